# SPDX-License-Identifier: Apache-2.0
"""What a rule file leaves without words is told in words of the language, never by a name that the rules call it."""

from __future__ import annotations

from pathlib import Path

import pytest

import misure
from misure.deciding.machinery import compiled
from misure.telling.chapters.selection_rules import SelectionRules
from misure.telling.chapters.speaker import Speaker
from tests.selecting.counters import counter_rules
from tests.telling.told_measures import ON, lines, opened

VOCABULARY = """
    flags:
      active: {label: attiva, question: "Attiva?"}
    facts:
      costs: {unit: EUR, least: "0", greatest: "1000000", label: costi, question: "Quanti costi?"}
      wages: {unit: EUR, least: "0", greatest: "1000000", label: paghe, question: "Quante paghe?"}
      mark: {unit: points, least: "0", greatest: "100", label: merito, question: "Quanti punti?"}
      spent_tools: {unit: EUR, least: "0", greatest: "1000000", label: spesa attrezzi, question: "Quanto in attrezzi?"}
"""
RULES = counter_rules(
    parameters="""
    lowest: 0 points
    highest: 100 points
    beyond: 125 percent
    tier: {unknown: "nessuno la dice", unit: EUR, provision: P.09}
    """,
    rules="""
    provisions:
      - cite: {act: uno, at: "art. 2"}
        definitions:
          doubled: {is: "costs + costs", unit: EUR, label: "il doppio"}
          lawful: {is: "tier + tier", unit: EUR, label: "la soglia doppia"}
        admission:
          per_head: {provision: P.01, text: "Costi almeno la metà delle paghe", holds: "costs / wages >= half"}
          twice_that: {provision: P.01, text: "Meno di {doubled}", holds: "costs < doubled"}
          below_law: {provision: P.01, text: "Meno di {lawful}", holds: "costs < lawful"}
    score:
      cite: {act: uno, at: "art. 5"}
      provision: P.02
      scale: {from: lowest, to: highest}
      criteria:
        quality: {fact: mark, most: highest, text: "Qualità"}
    """,
    support='own_share: {of: costs, text: "Quota propria"}',
    order="[highest score]",
    selection="""
    intake: {percent: beyond}
    waiting_list: yes
    """,
)


@pytest.fixture
def measure(tmp_path: Path) -> misure.Measure:
    return opened(tmp_path, RULES, vocabulary=VOCABULARY)


def speaker(measure: misure.Measure, language: str = "it") -> Speaker:
    decision = measure.decide({}, on=ON)
    return Speaker(language, compiled(decision).period, decision.value)


RULE_LINES = {
    "it": ["Ordine: punteggio, dal più alto", "Chiusura dello sportello: 125 per cento", "Lista d'attesa: non pubblicato"],
    "en": ["Order: score, highest first", "Closing of the counter: 125 percent", "Waiting list: not published"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_parts_of_a_selection_without_words_of_their_own(measure: misure.Measure, language: str) -> None:
    selection = measure.select([], on=ON)
    told = SelectionRules(speaker(measure, language), compiled(selection).law.period, selection.rule)
    found = [line.text.replace("\xa0", " ") for line in told.lines(envelopes=False)]
    assert [found[0], *found[2:]] == RULE_LINES[language]


@pytest.mark.parametrize(("what", "it", "en"), [
    ("score", "punteggio", "score"), ("total", "punteggio", "score"), ("per_head", "Costi almeno la metà delle paghe", "Costi almeno la metà delle paghe"),
    ("grant", "Contributo", "Contributo"), ("own_share", "Quota propria", "Quota propria"), ("quality", "Qualità", "Qualità"),
    ("on", "giorno a cui si decide", "day of the decision"),
])  # fmt: skip
def test_what_the_rules_work_out_has_a_name(measure: misure.Measure, what: str, it: str, en: str) -> None:
    assert (speaker(measure).label(what), speaker(measure, "en").label(what)) == (it, en)


def test_a_quotient_by_nothing_is_told_by_the_sentence_of_its_condition(measure: misure.Measure) -> None:
    decision = measure.decide({"costs": "1000", "wages": 0}, on=ON)
    assert lines(decision, "Senza un valore") == ["open Costi almeno la metà delle paghe"]


@pytest.mark.parametrize(("language", "unknown", "unpublished"), [
    ("it", "Meno di [non ancora noto]", "Meno di [non pubblicato]"),
    ("en", "Meno di [not known yet]", "Meno di [not published]"),
])  # fmt: skip
def test_what_is_not_told_is_not_called_unpublished(
    measure: misure.Measure, language: str, unknown: str, unpublished: str
) -> None:
    told = speaker(measure, language)
    rules = {condition.id: condition for condition in told.book.conditions}
    assert told.sentence(rules["twice_that"]) == unknown
    assert told.sentence(rules["below_law"]) == unpublished
    known = measure.decide({"costs": "50"}, on=ON)
    filled = Speaker(language, compiled(known).period, known.value).sentence(rules["twice_that"])
    assert filled.replace("\xa0", " ") == ("Meno di 100,00 €" if language == "it" else "Meno di €100.00")
