# SPDX-License-Identifier: Apache-2.0
"""Why an application stands where it does, in words: each form of reason, places and what puts in order."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import misure
from misure import Range
from misure.deciding.missing import Missing
from misure.ground.truth import NotKnowing
from misure.selecting.placement import Reason, Why
from misure.telling.selection import SelectionTelling
from tests.telling.told_scenarios import JUNE, RANKED, SCORED, measure

SELECTION = measure("choosing").select(RANKED, on=JUNE)
SCORES = measure("scoring").select(SCORED, on=JUNE)
IT, EN = (SelectionTelling(SELECTION, language) for language in ("it", "en"))
OPEN = tuple(Missing(name, NotKnowing.MISSING) for name in ("active", "costs", "active"))

REASONS = [
    (Reason(Why.FITS), "entra nella dotazione", "it fits into the envelope"),
    (Reason(Why.DISPLACED, other="D-7"), "resta un'altra domanda: D-7", "another application stays: D-7"),
    (Reason(Why.NOT_ADMITTED, rules=("is_active",)), "non è ammessa: manca «È attiva»", "it is not admitted: “È attiva” is not met"),
    (Reason(Why.NOT_ADMITTED, rules=("is_active", "another", "is_active")), "non è ammessa: manca «È attiva»; «È attiva»", None),
    (Reason(Why.NOT_ADMITTED), "non è ammessa", "it is not admitted"),
    (Reason(Why.FITS, rules=("is_active",)), "entra nella dotazione", "it fits into the envelope"),
    (Reason(Why.CONFLICT, rules=("costs", "active")), "le norme si contraddicono per questa domanda: costi e attiva", None),
    (Reason(Why.ADMISSION_OPEN, missing=OPEN), "l'ammissione è da decidere; non si sa: attiva e costi", "its admission is to be decided; not known: attiva and costi"),
    (Reason(Why.ADMISSION_OPEN, missing=OPEN, other="D-7"), "l'ammissione è da decidere: D-7", None),
    (Reason(Why.BUDGET_OPEN, text="manca l'atto"), "la dotazione non è pubblicata (manca l'atto)", "the envelope is not published (manca l'atto)"),
    (Reason(Why.DISPLACED, other="D-7", text="perché"), "resta un'altra domanda: D-7 (perché)", None),
    (Reason(Why.ADMISSION_OPEN, missing=OPEN, text="perché"), "l'ammissione è da decidere; non si sa: attiva e costi (perché)", None),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "italian", "english"), REASONS, ids=range(len(REASONS)))
def test_a_reason_in_words(reason: Reason, italian: str, english: str | None) -> None:
    assert IT.reason(reason) == italian
    assert english is None or EN.reason(reason) == english


def test_a_place_that_is_open_has_two_ends() -> None:
    places = {each.id: IT.place(each) for each in SELECTION.placements}
    assert places == {
        "a": "1",
        "b": "2",
        "c": "3",
        "f": "1-2",
        "g": "1-3",
        "l": "2-3",
        "h": "1",
        "i": "",
        "d": "",
        "e": "",
    }


def test_what_puts_in_order_has_its_unit() -> None:
    first, second = SELECTION.rule.keys[:2]
    assert IT.key_value(first, "mark", Decimal("80.50")) == "80,5 punti"
    assert IT.key_value(first, "mark", Range(Decimal("80.00"), Decimal("90.00"))) == "fra 80 e 90 punti"
    assert EN.key_value(second, "costs", Decimal("8000.00")) == "€8,000.00"
    filed = SELECTION.rule.keys[2]
    assert filed.name == "filed_at"
    assert IT.key_value(filed, "filed_at", "2024-02-11T09:30:00+01:00") == "11 febbraio 2024, 09:30:00"
    score, day = SCORES.rule.keys[:2]
    assert SelectionTelling(SCORES, "it").key_value(score, "score", Decimal(80)) == "80 punti"
    assert SelectionTelling(SCORES, "it").key_value(day, "started_on", dt.date(2024, 1, 2)) == "2 gennaio 2024"


@pytest.mark.parametrize(("name", "italian", "english"), [
    ("order", "ordine", "order"), ("tie_break", "parità", "tie-break"), ("last_award", "ultima domanda", "last application"),
    ("intake", "chiusura dello sportello", "closing of the counter"), ("waiting_list", "lista d'attesa", "waiting list"),
    ("selection", "selezione", "selection"), ("second_money", "seconda dotazione", "seconda dotazione"),
])  # fmt: skip
def test_how_the_parts_of_a_selection_are_called(name: str, italian: str, english: str) -> None:
    assert (IT.label(name), EN.label(name)) == (italian, english)


def test_every_application_stands_once_and_the_summary_counts_them() -> None:
    page = IT.page()
    lines = [line.text for section in page.sections for line in section.lines if " – " in line.text]
    assert len(lines) == len(SELECTION.placements)
    counted = [int(text.rpartition(": ")[2]) for text in page.summary if text.rpartition(": ")[2].isdigit()]
    assert sum(counted) + len(SELECTION.funded_applications) == len(SELECTION.placements)


@pytest.mark.parametrize(("language", "order"), [
    ("it", "Ordine: punteggio con le premialità, dal più alto"), ("en", "Order: score with the bonus, highest first"),
])  # fmt: skip
def test_an_order_by_the_final_score_says_that_bonuses_are_in_it(language: str, order: str) -> None:
    chains = misure.catalogue()["lombardia/bando-filiere-2022"]
    selection = chains.select({"a": {}}, on=dt.date(2022, 9, 30))
    assert order in str(misure.explain(selection, language)).replace("\xa0", " ")
