# SPDX-License-Identifier: Apache-2.0
"""How a speaker calls things, which questions it asks, and which ends of a range it tells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from misure import Range
from misure.deciding.machinery import compiled
from misure.telling.chapters.speaker import Speaker
from tests.telling.told_scenarios import JUNE, WORKS, book, measure


def speaker(name: str, language: str = "it", **facts: object) -> Speaker:
    decision = measure(name).decide(facts, on=JUNE)
    return Speaker(language, compiled(decision).period, decision.value)


LABELS = [
    ("asking", "last_sales", "vendite dell'anno scorso"), ("asking", "books", "anni"), ("asking", "books.year", "anno"),
    ("asking", "threshold", "soglia"), ("asking", "quorum", "numero minimo"), ("asking", "cashed", "incassi"),
    ("asking", "books.nothing", "books.nothing"), ("asking", "nothing_there", "nothing there"), ("asking", "ue/difficulty", "soglie dell'impresa in difficoltà"),
    ("amounts", "loan.equivalent", "ESL del prestito"), ("amounts", "most", "massimo"), ("amounts", "half", "quota del prestito"),
    ("amounts", "tenth", "quota del contributo"), ("amounts", "advice_share", "massimo della consulenza"),
    ("scoring", "score", "punteggio complessivo"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "what", "label"), LABELS, ids=range(len(LABELS)))
def test_how_people_call_it(name: str, what: str, label: str) -> None:
    assert speaker(name, **(WORKS if name == "amounts" else {})).label(what) == label


@pytest.mark.parametrize(("what", "question"), [
    ("books", "Quali anni?"), ("books.year", "Quale anno?"), ("books.id", "sigla"), ("cashed", "Quanti incassi?"), ("threshold", "soglia"),
])  # fmt: skip
def test_what_is_asked_to_learn_it(what: str, question: str) -> None:
    assert speaker("asking").question(what) == question


@pytest.mark.parametrize(("what", "known"), [
    ("half", "quota del prestito"), ("tenth", "quota del contributo"), ("loan.equivalent", "ESL del prestito"),
    ("nothing_there", ""), ("ue/difficulty", "soglie dell'impresa in difficoltà"),
])  # fmt: skip
def test_what_has_no_name_for_people_borrows_none(what: str, known: str) -> None:
    """The sentence of a rule that rests on a value says something else than the value."""
    assert speaker("amounts").known_as(what) == known


NOTHING: dict[str, object] = {}
TOLD = [
    (NOTHING, "after", ""), (NOTHING, "twice", ""), (NOTHING, "costs", ""), (NOTHING, "wait", "10 giorni"), (NOTHING, "loose_wait", "fra 5 e 15 giorni"),
    (NOTHING, "early", "fra il 1 maggio 2024 e il 15 giugno 2024"), (NOTHING, "places", "Milano"), (NOTHING, "least", "100,00 €"),
    (NOTHING, "loosely", ""), ({"filed_on": "not_yet"}, "loosely", "fra il 6 giugno 2024 e il 16 giugno 2024"), ({"built_on": "2000-01-01"}, "after", "11 gennaio 2000"),
    ({"built_on": "2000-01-01"}, "before", "22 dicembre 1999"), ({"active": True}, "fee", "100,00 €"), ({"active": False, "costs": "7"}, "fee", "7,00 €"),
    ({"costs": "7"}, "twice", "14,00 €"), ({"place": "bg"}, "place", "Bergamo"), ({"active": False}, "active", "no"), ({"ended_on": "not_yet"}, "ended_on", "non ancora"),
    ({"started_on": "2024-05-11"}, "started_on", "11 maggio 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "what", "told"), TOLD, ids=range(len(TOLD)))
def test_a_value_in_words_and_nothing_where_nothing_is_known(facts: dict[str, object], what: str, told: str) -> None:
    assert speaker("limits", **facts).told(what).replace("\xa0", " ") == told


def test_a_count_of_records_of_which_some_are_open() -> None:
    assert speaker("asking", books=[book("a", good=True), book("b")]).told("good_books") == "fra 1 e 2 imprese"
    assert (
        speaker("asking", "en", books={"records": [book("a", good=True)], "complete": False}).told("good_books")
        == "at least 1 firm"
    )


DAY = dt.timedelta(days=1)
FIRST, LAST = dt.date(2000, 1, 11), dt.date(2041, 1, 10)  # ten days after the bounds of the fact behind it
ENDS = [
    ("definition.after", Range(FIRST, LAST), (False, False)), ("definition.after", Range(FIRST + DAY, LAST), (True, False)),
    ("definition.after", Range(FIRST, LAST - DAY), (False, True)), ("definition.after", Range(FIRST + DAY, LAST - DAY), (True, True)),
    ("definition.twice", Range(Decimal("0.00"), Decimal("2000000.00")), (False, False)),
    ("definition.twice", Range(Decimal("0.01"), Decimal("2000000.00")), (True, False)),
    ("definition.twice", Range(Decimal("0.00"), Decimal("1999999.99")), (False, True)),
    ("definition.after", Range(None, LAST - DAY), (False, True)), ("definition.after", Range(FIRST + DAY, None), (True, False)),
    ("nothing", Range(Decimal("0.00"), Decimal("1.00")), (True, True)), ("definition.twice", Range("a", "b"), (True, True)),
]  # fmt: skip


@pytest.mark.parametrize(("key", "span", "ends"), ENDS, ids=range(len(ENDS)))
def test_an_end_that_the_bounds_alone_give_says_nothing(key: str, span: Range, ends: tuple[bool, bool]) -> None:
    assert speaker("limits").output_ends(key, span) == ends


@pytest.mark.parametrize(
    ("what", "ends"), [("wait", (True, True)), ("costs", (True, False)), ("twice", (False, False))]
)
def test_which_ends_of_a_name_are_told(what: str, ends: tuple[bool, bool]) -> None:
    assert speaker("limits").ends(what, Range(Decimal("0.00"), Decimal("2000000.00"))) == ends


def test_a_sentence_is_filled_in_or_is_the_id() -> None:
    told = speaker("limits")
    rule = next(one for one in told.book.terms if one.id == "deadline")
    assert told.sentence(rule) == "Fine entro 10 giorni"
    assert told.filled("{wait} e {nessuno} e {loose_wait}") == "10 giorni e {nessuno} e fra 5 e 15 giorni"
    assert told.filled("fino al {early}") == "fino al fra il 1 maggio 2024 e il 15 giugno 2024"
    assert (told.days(1), told.days(0), told.days(1000)) == ("1 giorno", "0 giorni", "1.000 giorni")
    assert speaker("limits", "en").days(1) == "1 day"


@pytest.mark.parametrize(("what", "kind", "unit", "decimals"), [
    ("costs", "number", "EUR", 2), ("ratio", "number", "share", 4), ("built_on", "date", "", 0), ("wait", "number", "days", 0),
    ("twice", "number", "EUR", 2), ("nothing", "number", "EUR", 2), ("place", "choice", "", 0),
])  # fmt: skip
def test_the_type_of_a_name(what: str, kind: str, unit: str, decimals: int) -> None:
    found = speaker("limits").type_of(what)
    assert (found.kind, found.unit, found.decimals) == (kind, unit, decimals)
