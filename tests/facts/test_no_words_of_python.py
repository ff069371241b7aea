# SPDX-License-Identifier: Apache-2.0
"""Whatever is handed to whatever door, who reads the message needs no Python: no kind of value is told by its name there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

import misure
from misure import deminimis, finance, register, terms
from misure.undertakings import Holding, Relations, Undertaking

ON = dt.date(2026, 3, 18)
FILIERE, EXPORT = (misure.catalogue()[f"lombardia/{name}"] for name in ("filiere", "export-su-misura"))
PYTHON = re.compile(
    r"NoneType|<class|<object|<function|0x[0-9a-f]{6}|datetime\.|unexpected keyword|Decimal\(|Fraction\(|__|positional"
    r"|\b(None|int|dict|str|bool|tuple|unhashable|Exception)\b|\b(True|False) (is|cannot)\b|\b(got|called|and) (True|False)\b"
    r"|\w\('|=<"
)
VALUES = {
    "nothing": None, "true": True, "three": 3, "a float": 3.5, "no number": float("nan"), "a text": "x", "no text": "",
    "a list": [], "a list of nothing": [None], "a list of texts": ["a"], "a mapping": {}, "a record": {"a": 1},
    "an object": object(), "a day": ON, "an instant": dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "a time": dt.time(1), "bytes": b"x",
    "no decimal": Decimal("NaN"), "a set": {"a"}, "a long number": 10**400, "a fraction": Fraction(1, 3), "a kind": list,
    "a way": lambda: 1, "an error": ValueError("boo"),
}  # fmt: skip


def aid(field: str) -> Callable[[object], object]:
    sound = {"id": "a", "beneficiary": "01234560157", "regulation": "gen", "granted_on": "2025-01-01", "amount": "10"}
    return lambda given: deminimis.Aid(**{**sound, field: given})  # type: ignore[arg-type]


def application(field: str) -> Callable[[object], object]:
    sound = {"id": "a", "facts": {}, "filed_at": None, "admitted": True, "window": "first"}
    return lambda given: EXPORT.select([misure.Application(**{**sound, field: given})], on=ON)  # type: ignore[arg-type]


def fact(name: str) -> Callable[[object], object]:
    return lambda given: FILIERE.decide({name: given}, on=ON)


def field(name: str) -> Callable[[object], object]:
    return lambda given: FILIERE.decide({"partners": [{"id": "a", name: given}]}, on=ON)


def loan(amount: object, months: object, repayment: object) -> object:
    rates = {"rate": "1%", "reference_rate": "5%", "discount_rate": "3%"}
    return finance.loan_gge(amount, months=months, repayment=repayment, **rates)  # type: ignore[arg-type]


EMPTY = deminimis.Ledger([])
DECIDED = FILIERE.decide({}, on=dt.date(2022, 6, 1))
DOORS: dict[str, Callable[[object], object]] = {
    "decide": lambda given: FILIERE.decide(given, on=ON),  # type: ignore[arg-type]
    **{f"a fact: {name}": fact(name) for name in ("total_score", "partners", "filed_on", "capofila")},
    **{f"a field: {name}": field(name) for name in ("id", "kind", "seat_in_lombardy")},
    "a record": lambda given: FILIERE.decide({"partners": [given]}, on=ON),
    "records": lambda given: FILIERE.decide({"partners": {"records": given}}, on=ON),
    "select": lambda given: EXPORT.select(given, on=ON),  # type: ignore[arg-type]
    **{f"an application: {name}": application(name) for name in ("id", "facts", "filed_at", "admitted", "window")},
    "survivors": lambda given: EXPORT.select([], on=ON, survivors=given),  # type: ignore[arg-type]
    "vary": lambda given: FILIERE.vary(minimum_firms=given),  # type: ignore[arg-type]
    "replay": FILIERE.replay,  # type: ignore[arg-type]
    **{f"an aid: {name}": aid(name) for name in ("id", "beneficiary", "regulation", "granted_on", "amount")},
    "a ledger": deminimis.Ledger,  # type: ignore[arg-type]
    "headroom": lambda given: deminimis.headroom(EMPTY, given, on=ON),  # type: ignore[arg-type]
    "the day of headroom": lambda given: deminimis.headroom(EMPTY, "01234560157", on=given),  # type: ignore[arg-type]
    "survey": lambda given: deminimis.survey(given, on=ON),
    "course": lambda given: deminimis.course(EMPTY, given, ON, ON),  # type: ignore[arg-type]
    "a convention": lambda given: deminimis.Options(convention=given),  # type: ignore[arg-type]
    "the day of a question": lambda given: FILIERE.decide({}, on=given),  # type: ignore[arg-type]
    "the day of a selection": lambda given: EXPORT.select([], on=given),  # type: ignore[arg-type]
    "the day of an approval": lambda given: EXPORT.select([], on=ON, approved_on=given),  # type: ignore[arg-type]
    "points of a what-if": lambda given: FILIERE.vary(threshold=given),  # type: ignore[arg-type]
    "a day of a what-if": lambda given: FILIERE.vary(closing_day=given),  # type: ignore[arg-type]
    "a language": lambda given: misure.explain(DECIDED, given),  # type: ignore[arg-type]
    "who is held": lambda given: Relations([Undertaking("a")], [Holding("a", given, votes="60%")]),  # type: ignore[arg-type]
    "who holds": lambda given: Relations([Undertaking("a")], [Holding(given, "a", votes="60%")]),  # type: ignore[arg-type]
    "votes": lambda given: Relations([Undertaking("a"), Undertaking("b")], [Holding("a", "b", votes=given)]),  # type: ignore[arg-type]
    "the start of a term": lambda given: terms.deadline(given, days=1, regime="it_civil"),  # type: ignore[arg-type]
    "the days of a term": lambda given: terms.deadline(ON, days=given, regime="it_civil"),  # type: ignore[arg-type]
    "the regime of a term": lambda given: terms.deadline(ON, days=1, regime=given),  # type: ignore[arg-type]
    "the rounding of a term": lambda given: terms.deadline(ON, months=1, regime="it_civil", rounding=given),  # type: ignore[arg-type]
    "an instant": terms.instant,  # type: ignore[arg-type]
    "the amount of a loan": lambda given: loan(given, 12, "bullet"),
    "the months of a loan": lambda given: loan("1000", given, "bullet"),
    "the repayment of a loan": lambda given: loan("1000", 12, given),
    "read_ledger": register.read_ledger,  # type: ignore[arg-type]
    "catalogue": lambda given: misure.catalogue()[given],  # type: ignore[index]
}


def told(door: Callable[[object], object]) -> Iterator[tuple[str, str]]:
    for name, value in VALUES.items():
        try:
            door(value)
        except (misure.MisureError, TypeError, ValueError) as problem:
            yield name, str(problem)


@pytest.mark.parametrize("door", DOORS)
def test_a_message_has_no_word_of_python(door: str) -> None:
    found = dict(told(DOORS[door]))
    assert found  # every door refuses something
    assert {name: message for name, message in found.items() if PYTHON.search(message) or not message} == {}


def test_two_aids_of_one_id_are_told_by_what_differs() -> None:
    one, two = (deminimis.Aid("1", "01234560157", "gen", "2025-01-10", amount) for amount in ("5.00", None))
    with pytest.raises(misure.BadFacts) as caught:
        deminimis.Ledger([one, two])
    (fault,) = caught.value.faults
    assert fault.message == "two aids have this id, and differ: amount 5.00 and nothing"
