# SPDX-License-Identifier: Apache-2.0
"""One list of codes that an act gives for several editions of a classification: named once, looked at in each."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure import testing
from tests.deciding.written_measures import write

__all__ = ["write"]

DAY = dt.date(2025, 7, 1)
VOCABULARY = """
facts:
  before: {code: ateco-2007, label: codice 2007, question: "Quale codice 2007?"}
  between: {code: ateco-2022, label: codice 2022, question: "Quale codice 2022?"}
  after: {code: ateco-2025, label: codice 2025, question: "Quale codice 2025?"}
"""
RULES = """
parameters:
  excluded: {edition: EDITIONS, is: CODES, label: sezioni escluse}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      old_one: {provision: P.1, text: "Codice 2007 non escluso", holds: "not within(before, excluded)"}
      new_one: {provision: P.1, text: "Codice 2025 non escluso", holds: "not within(after, excluded)"}
"""


def written(write, editions="[ateco-2007, ateco-2025]", codes='[A, K, "12"]', rules=RULES):
    return write(rules.replace("EDITIONS", editions).replace("CODES", codes), vocabulary=VOCABULARY)


@pytest.mark.parametrize(
    ("before", "after", "truths"),
    [
        # K is finance in 2007 and telecommunications in 2025: one letter, and the divisions of each edition.
        ("64.19", "64.19", ["no", "yes"]),
        ("61.10", "61.10", ["yes", "no"]),
        ("01.11", "01.11", ["no", "no"]),
        ("12.00", "12.00", ["no", "no"]),
        ("47.11", "47.11", ["yes", "yes"]),
    ],
)
def test_a_section_is_that_of_the_edition_of_the_code(write, before, after, truths):
    measure = written(write)
    told = {"filed_on": "2025-05-02", "before": before, "after": after}
    for one in (measure, misure.open_linked(measure.linked())):
        decision = one.decide(told, on=DAY)
        assert [str(finding.truth) for finding in decision.findings] == truths
    testing.assert_same_in_frames(measure, on=DAY)


def test_it_may_be_known_in_part_or_not_at_all(write):
    rules = RULES.replace("is: CODES", 'is: [A], unknown: "non letto"')
    decision = written(write, rules=rules).decide(
        {"filed_on": "2025-05-02", "before": "01.11", "after": "62.10"}, on=DAY
    )
    assert [str(finding.truth) for finding in decision.findings] == ["no", "unknown"]


@pytest.mark.parametrize(
    ("editions", "codes", "told"),
    [
        ("[ateco-2007, ateco-2022]", "[A]", "excluded: the code is of ateco-2025 and the list 'excluded' of ateco-2007 and ateco-2022: one code means"),
        ("[ateco-2007, ateco-2052]", "[A]", "excluded: no classification is called 'ateco-2052'; did you mean 'ateco-2025'?"),
        ("[ateco-2007, ateco-2007]", "[A]", "excluded: 'ateco-2007' stands twice"),
        ("[ateco-2007, ateco-2025]", '["62.10"]', "excluded: "),
        ("[]", "[A]", "a text or a list of texts belongs here, and this list is empty"),
        ("[ateco-2007, ateco-2025]", "3 points", "excluded: 'edition' belongs to a list of codes"),
    ],
    ids=["another", "none", "twice", "of-one-alone", "empty", "a-number"],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(write, editions, codes, told):
    with pytest.raises(misure.BadRules) as failure:
        written(write, editions, codes)
    assert any(told in str(fault) for fault in failure.value.faults), failure.value.faults
