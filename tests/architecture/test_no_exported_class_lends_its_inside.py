# SPDX-License-Identifier: Apache-2.0
"""The walk over public attributes, over every exported class: what each gives is frozen or a copy, and what it was given is its own."""

from __future__ import annotations

import enum
import inspect
from typing import Any

import pytest

from misure import deminimis, undertakings
from tests.architecture.surface import exported
from tests.architecture.test_nothing_inside_can_be_changed import given, held, inside, whole
from tests.architecture.values_of_every_kind import every_kind

OF_THE_CALLER = {
    "misure.selecting.applications.Application.facts", "misure.reading.cases.decisions.WorkedCase.facts",
    "misure.reading.cases.selections.ToldApplication.facts",
}  # fmt: skip
"""An application carries what the caller handed over, whatever it is; a selection has read it, and looks at it no more. A worked case
carries what its file says, and the file is read anew whenever somebody asks."""
NEVER_MET = {
    "AidRemark", "Alternative", "Apportionment", "Award", "Culprit", "Exemption", "LedgerReport", "LeftOut", "MeasureReader", "Oddity", "Part", "Passed", "PreparedAward",
    "RegisterStep", "Rule", "Settore", "StatusFinalita", "TensionReading", "TerminalProgress", "WaitingList", "Window", "Withdrawal", "Withheld",
}  # fmt: skip
"""Readers, their reports, and plain records of texts: what stands beside those that are met."""
OFTEN = 6


def of_the_library(cls: type) -> bool:
    """The test tools hand out what they drew: it is the test's own."""
    return cls.__module__.startswith("misure") and not cls.__module__.startswith("misure.testing")


def test_no_public_attribute_of_any_exported_class_gives_the_inside_away() -> None:
    shared: dict[str, str] = {}
    settable: set[str] = set()
    counted: dict[type, int] = {}
    waiting: list[Any] = [*every_kind(), *whole()]
    kept = []
    while waiting:
        value = waiting.pop()
        kind = type(value)
        counted[kind] = counted.get(kind, 0) + 1
        if counted[kind] > OFTEN:
            continue
        first, again = dict(given(value)), dict(given(value))
        kept.append((first, again))  # what is kept is not made anew at the same address
        for name, one in first.items():
            where = f"{kind.__module__}.{kind.__name__}.{name}"
            if {id(part) for part in inside(one)} & {id(part) for part in inside(again[name])}:
                shared[where] = type(one).__name__
            waiting += list(held(one))
            if not name.endswith("()"):
                try:
                    setattr(value, name, one)
                except (AttributeError, TypeError):
                    continue
                settable.add(where)
    assert set(shared) <= OF_THE_CALLER
    assert settable == set()
    public = {what for _, what in exported() if inspect.isclass(what) and of_the_library(what)}
    met = {cls.__name__ for cls in public & counted.keys()}
    unmet = {cls.__name__ for cls in public - counted.keys() if not issubclass(cls, enum.Enum | Exception)}
    assert len(met) > 125
    assert unmet <= NEVER_MET


RATIO = undertakings.YearRatios(year=2024, debt_to_equity="8", interest_cover="0.5")
MAKERS = {
    "situation": lambda several: undertakings.Situation(ratios=several([RATIO])),
    "support": lambda several: deminimis.Support("a", "deminimis", "10.00", costs=several(["c"])),
    "aid": lambda several: deminimis.Aid("1", "01234560157", "gen", "2025-01-10", "1.00", costs=several(["c"])),
    "ledger": lambda several: deminimis.Ledger(
        several([deminimis.Aid("1", "x", "gen", "2025-01-10", "1.00")]), gaps=several([])
    ),
    "relations": lambda several: undertakings.Relations(
        several([undertakings.Undertaking("alfa", markets=several(["a"]))])
    ),
}


@pytest.mark.parametrize("name", MAKERS)
def test_what_a_value_was_made_of_is_its_own(name: str) -> None:
    """Who changes a list that he handed over changes no value that was made of it."""
    handed: list[list[Any]] = []

    def listed(items: list[Any]) -> list[Any]:
        handed.append(list(items))
        return handed[-1]

    made = MAKERS[name](listed)
    for one in handed:
        one.clear()
        one.append("spoilt")
    assert made == MAKERS[name](list)
