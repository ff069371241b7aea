# SPDX-License-Identifier: Apache-2.0
"""Days made to stand in an order that can be: what nothing can turn round is refused as bad facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from misure.facts.vocabulary import Kind
from misure.program.lowering.orders import GRANT, windows_of_a_ranking
from misure.rulebook.expression import Name
from misure.testing.told import Facts

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.facts.vocabulary import Fact

__all__ = ["in_order"]


def in_order(
    measure: Measure, facts: Facts, on: dt.date, free: Collection[str], kept: tuple[str, str] = ("", "")
) -> Facts:
    """The facts with no day before one that it never precedes, as far as the `free` ones can give way; not the field that is `kept`.

    Of two days the later gives way, and is the other; what was spent too early, and was not, is nothing.
    """
    known, orders = measure.rulebook.facts, _orders(measure)
    granted = _day(facts.get(GRANT), on, waits=dt.date.max)
    if orders.closing is not None and granted is not None and granted < orders.closing and GRANT in free:
        facts[GRANT] = orders.closing if isinstance(facts[GRANT], dt.date) else orders.closing.isoformat()
    for _ in range(3):  # what gives way to one may be in the way of another
        for later, earlier in orders.pairs:
            _mend(facts, known[later], facts, earlier, on, free)
    for name, fact in known.items():
        if len(fact.only_if) == 2 and name in free and name in facts:
            first, second = (_day(facts.get(day), on) for day in fact.only_if)
            if first and second and first > second:
                facts[name] = "0"
    for table, (within, across) in orders.of_tables.items():
        told = facts.get(table, ())
        fields = measure.rulebook.tables[table].fields
        for row in (told["records"] if isinstance(told, Mapping) else told) if table in free else ():
            for later, earlier in within:
                _mend(
                    row, fields[later], row, earlier, on, {later, earlier} - ({kept[1]} if kept[0] == table else set())
                )
            for later, earlier in across:
                _mend(facts, known[later], row, earlier, on, (*free, earlier))
    for name, fact in known.items():
        if fact.kind is Kind.EVENT and name in free and (_day(facts.get(name), on) or on) > on:
            facts[name] = "not_yet"  # what follows something of a later day has not happened
    _rested(known, facts, free)
    return facts


def _rested(known: Mapping[str, Fact], facts: Facts, free: Collection[str]) -> None:
    """No yes, and nothing that happened, without what it rests on; of the two what rests gives way, where it may."""
    resting = [fact for fact in known.values() if len(fact.only_if) == 1 and fact.only_if[0] in known]
    for fact in resting * len(resting):  # what gives way to one may be what another rests on
        other = known[fact.only_if[0]]
        if _is_so(facts.get(fact.name)) and facts.get(other.name) in _DENIALS:
            if fact.name in free:
                facts[fact.name] = "not_yet" if fact.kind is Kind.EVENT else False
            elif other.name in free and other.kind is Kind.TRUTH:
                facts[other.name] = True


_Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of days, the later one first."""


_DENIALS = (False, "no", "not_yet")


def _is_so(told: Any) -> bool:
    return told is not None and told not in _DENIALS


class _Orders(NamedTuple):
    """What a measure says of the order of days."""

    pairs: _Pairs
    of_tables: dict[str, tuple[_Pairs, _Pairs]]
    """Of each table that has some: the pairs of its fields, and those of a fact of the applicant and an earlier field."""
    closing: dt.date | None
    """The last day of the windows of a ranking, before which nothing is granted."""


@lru_cache(maxsize=64)
def _orders(measure: Measure) -> _Orders:
    book = measure.rulebook
    of_tables = {
        name: (
            tuple(_pairs(table.fields)),
            tuple(
                (later, field.name)
                for field in table.fields.values()
                for later in field.not_after
                if later in book.facts
            ),
        )
        for name, table in book.tables.items()
    }
    closes = [window.closes.name for window in windows_of_a_ranking(book) if isinstance(window.closes, Name)]
    days = [
        value.known
        for name in closes
        if name in book.parameters
        for value in book.parameters[name].values
        if isinstance(value.known, int)
    ]
    return _Orders(
        _through(book.facts, tuple(_pairs(book.facts))),
        {name: pairs for name, pairs in of_tables.items() if any(pairs)},
        dt.date.fromordinal(max(days)) if days else None,
    )


def _pairs(known: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """Every pair of days that a vocabulary says of, the later one first."""
    for name, fact in known.items():
        yield from ((name, earlier) for earlier in fact.not_before if earlier in known)
        yield from ((later, name) for later in fact.not_after if later in known)


def _through(known: Mapping[str, Fact], pairs: _Pairs) -> _Pairs:
    """The pairs, and those that follow through an event between: nobody need tell it, and no lapse comes before the grant."""
    found = dict.fromkeys(pairs)
    for later, between in pairs:
        if known[between].kind is Kind.EVENT:
            found |= dict.fromkeys((later, earlier) for name, earlier in pairs if name == between)
    return tuple(found) if len(found) == len(pairs) else _through(known, tuple(found))


def _mend(one: Facts, later: Fact, other: Facts, earlier: str, on: dt.date, free: Collection[str]) -> None:
    last, first = (_day(told, on, waits=dt.date.max) for told in (one.get(later.name), other.get(earlier)))
    if last is None or first is None or last >= first:
        return
    if later.name in free:
        # A date is a day and no event: after what has not happened yet it lies on the day of the question at the earliest.
        waits = other[earlier] == "not_yet" and later.kind is not Kind.EVENT
        one[later.name] = (on if isinstance(one[later.name], dt.date) else on.isoformat()) if waits else other[earlier]
    elif earlier in free:
        other[earlier] = one[later.name]


def _day(told: Any, on: dt.date, *, waits: dt.date | None = None) -> dt.date | None:
    """The day that is told, None where none is. What has not happened may lie on the day of the question, or after it."""
    if told == "not_yet":
        return waits or on
    try:
        return told if type(told) is dt.date else dt.date.fromisoformat(told)
    except (TypeError, ValueError):
        return None
