# SPDX-License-Identifier: Apache-2.0
"""Under the outcome both are counted: the conditions that fail and do not decide it, and those that are open."""

from __future__ import annotations

import pytest

import misure
from tests.telling.told_measures import ON, opened

FLAGS = ("sound", "first", "second", "third", "fourth")
VOCABULARY = "flags:\n" + "".join(f"  {name}: {{label: {name}, question: Sì?}}\n" for name in FLAGS)
ASKED = "".join(
    f'      {name}_asked: {{provision: P.1, text: "{name}", holds: {name}, effect: {"refuses" if name == "sound" else "none"}}}\n'
    for name in FLAGS
)
RULES = f"""
provisions:
  - cite: {{act: uno, at: "art. 1"}}
    admission:
{ASKED}"""
FINE = {
    "it": "Tutte le condizioni che decidono l'esito sono soddisfatte",
    "en": "All the conditions that decide the outcome are met",
}
FIRST = {"filed_on": "2024-06-01", "sound": True}
HEADLINES = [
    ((True, True, True, True), "Tutte le condizioni sono soddisfatte.", "All conditions are met."),
    ((True, True, True, False), f"{FINE['it']}; un'altra non è soddisfatta.", f"{FINE['en']}; another one is not met."),
    ((True, True, True, None), f"{FINE['it']}; un'altra non si può ancora valutare.", f"{FINE['en']}; another one cannot be assessed yet."),
    ((True, True, False, None), f"{FINE['it']}; un'altra non è soddisfatta. Un'altra non si può ancora valutare.",
     f"{FINE['en']}; another one is not met. Another one cannot be assessed yet."),
    ((False, None, False, None), f"{FINE['it']}; altre 2 non sono soddisfatte. Altre 2 non si possono ancora valutare.",
     f"{FINE['en']}; 2 others are not met. 2 others cannot be assessed yet."),
]  # fmt: skip
OPEN = [
    ((True, True, None, None), "Nessuna condizione è violata, ma non tutte si possono ancora valutare. Per decidere manca una risposta.",
     "No condition is breached, but not all can be assessed yet. Still needed for a decision: one answer."),
    ((True, True, True, False), ("Nessuna delle condizioni che decidono l'esito è violata, ma non tutte si possono ancora valutare. "
     "Un'altra, che non decide l'esito, non è soddisfatta. Per decidere manca una risposta."),
     ("No condition that decides the outcome is breached, but not all can be assessed yet. "
     "Another one, which does not decide the outcome, is not met. Still needed for a decision: one answer.")),
    ((False, False, None, True), ("Nessuna delle condizioni che decidono l'esito è violata, ma non tutte si possono ancora valutare. "
     "Altre 2, che non decidono l'esito, non sono soddisfatte. Per decidere manca una risposta."),
     ("No condition that decides the outcome is breached, but not all can be assessed yet. "
     "2 others, which do not decide the outcome, are not met. Still needed for a decision: one answer.")),
]  # fmt: skip


@pytest.fixture
def measure(tmp_path):
    return opened(tmp_path, RULES, vocabulary=VOCABULARY)


def headline(measure, told, language, **more):
    facts = FIRST | dict(zip(FLAGS[1:], told, strict=True)) | more
    return misure.explain(measure.decide(facts, on=ON), language).page.summary[0]


@pytest.mark.parametrize(("told", "it", "en"), HEADLINES, ids=range(len(HEADLINES)))
def test_what_fails_hides_nothing_that_is_open(measure, told, it, en):
    assert (headline(measure, told, "it"), headline(measure, told, "en")) == (it, en)


@pytest.mark.parametrize(("told", "it", "en"), OPEN, ids=range(len(OPEN)))
def test_what_fails_is_not_said_to_be_breached_by_nobody_while_the_outcome_is_open(measure, told, it, en):
    assert (headline(measure, told, "it", sound=None), headline(measure, told, "en", sound=None)) == (it, en)
