# SPDX-License-Identifier: Apache-2.0
"""Days made to stand in an order that can be: what nothing can turn round is refused as bad facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from misure.program.lowering.orders import GRANT, windows_of_a_ranking
from misure.rulebook.expression import Name
from misure.testing.told import Facts

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.facts.vocabulary import Fact

__all__ = ["in_order"]


def in_order(measure: Measure, facts: Facts, on: dt.date, free: Collection[str]) -> Facts:
    """The facts with no day before one that it never precedes, as far as the `free` ones can give way.

    Of two days the later gives way, and is the other; what was spent too early, and was not, is nothing.
    """
    known, pairs, of_tables = measure.rulebook.facts, *_orders(measure)
    for _ in range(3):  # what gives way to one may be in the way of another
        for later, earlier in pairs:
            _mend(facts, later, facts, earlier, on, free)
    for window in windows_of_a_ranking(measure.rulebook):
        closes = measure.rulebook.parameters.get(window.closes.name) if isinstance(window.closes, Name) else None
        days = [value.known for value in closes.values if isinstance(value.known, int)] if closes else []
        granted = _day(facts.get(GRANT), on, waits=dt.date.max)
        if days and granted is not None and granted.toordinal() < max(days) and GRANT in free:
            facts[GRANT] = (
                dt.date.fromordinal(max(days))
                if isinstance(facts[GRANT], dt.date)
                else dt.date.fromordinal(max(days)).isoformat()
            )
    for name, fact in known.items():
        if fact.only_if and name in free and name in facts:
            first, second = (_day(facts.get(day), on) for day in fact.only_if)
            if first and second and first > second:
                facts[name] = "0"
    for table, within in of_tables.items():
        told = facts.get(table, ())
        for row in (told["records"] if isinstance(told, Mapping) else told) if table in free else ():
            for later, earlier in within:
                _mend(row, later, row, earlier, on, (later, earlier))
    return facts


@lru_cache(maxsize=64)
def _orders(measure: Measure) -> tuple[tuple[tuple[str, str], ...], dict[str, tuple[tuple[str, str], ...]]]:
    """The pairs of days of a measure, and those of the rows of each table that has some."""
    of_tables = {name: tuple(_pairs(table.fields)) for name, table in measure.rulebook.tables.items()}
    return tuple(_pairs(measure.rulebook.facts)), {name: pairs for name, pairs in of_tables.items() if pairs}


def _pairs(known: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """Every pair of days that a vocabulary says of, the later one first."""
    for name, fact in known.items():
        yield from ((name, earlier) for earlier in fact.not_before if earlier in known)
        yield from ((later, name) for later in fact.not_after if later in known)


def _mend(one: Facts, later: str, other: Facts, earlier: str, on: dt.date, free: Collection[str]) -> None:
    last, first = _day(one.get(later), on, waits=dt.date.max), _day(other.get(earlier), on)
    if last is None or first is None or last >= first:
        return
    if later in free:
        one[later] = other[earlier]
    elif earlier in free:
        other[earlier] = one[later]


def _day(told: Any, on: dt.date, *, waits: dt.date | None = None) -> dt.date | None:
    """The day that is told, None where none is. What has not happened may lie on the day of the question, or after it."""
    if told == "not_yet":
        return waits or on
    try:
        return told if type(told) is dt.date else dt.date.fromisoformat(told)
    except (TypeError, ValueError):
        return None
