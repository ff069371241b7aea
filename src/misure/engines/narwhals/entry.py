# SPDX-License-Identifier: Apache-2.0
"""The plan of entry (`engines.columns.entry`) as Narwhals expressions: this file prints it, and says nothing of its own.

Days are made first, in columns beside those of the frame (`day_stages`): values and tests both read them.
"""

from __future__ import annotations

import operator
from decimal import Decimal
from functools import reduce
from typing import assert_never

import narwhals as nw

from misure.engines.columns.entered import ColumnRead, day_column
from misure.engines.columns.entry import (
    UNIX_DAY,
    AtMidnight,
    Atom,
    CheckDigit,
    DayBetween,
    Entry,
    Formula,
    FreeOf,
    Matches,
    NoLongerThan,
    NotEmpty,
    NumberBetween,
    OneOf,
    Storage,
    Unlike,
    ValueTest,
)

__all__ = ["day_stages", "formula", "reading", "truth", "value"]

_CASTING = frozenset({"polars", "pandas", "pyarrow"})
"""The hosts in which a date can be cast to its number of days; elsewhere no cast of dates is common to all."""
_WRAPPING = frozenset({"polars"})
"""The hosts that bear any whole number: one that overflows does no harm there."""

# Values


def day_stages(entry: Entry, host: str) -> list[dict[str, nw.Expr]]:
    """The columns to make, stage by stage, for the ordinals of a plan's days; as many stages for every plan of a host."""
    column, name = nw.col(entry.column), entry.name
    if host in _CASTING:
        return [{day_column(name): column.cast(nw.Date).cast(nw.Int32).cast(nw.Int64) + UNIX_DAY}]
    year = column.dt.year().cast(nw.Int64) - 1
    # Years before the first are negative, where engines round a quotient differently.
    stages: list[dict[str, nw.Expr]] = [{f"y:{name}": nw.when(year >= 0).then(year)}]
    year = nw.col(f"y:{name}")
    day = year * 365 + year // 4 - year // 100 + year // 400 + column.dt.ordinal_day().cast(nw.Int64)
    # A day that the calendar has not, as one before it or at no end of time, is told and cannot be: no fact may have day 0.
    return [*stages, {day_column(name): nw.when(~column.is_null()).then(day.fill_null(0))}]


def value(entry: Entry, host: str, *, sure: bool = False) -> nw.Expr:
    """The internal form, null where it is not told; and where it is guarded, unless every row's is `sure` to be right."""
    assert entry.stored is not None
    column = _tested(entry)
    if not sure and entry.guarded(wraps=host in _WRAPPING):
        column = nw.when(_right(entry)).then(column)
    if entry.stored.storage is Storage.TIME:
        return _microseconds(column)
    if entry.stored.storage is Storage.DECIMALS:
        # Twenty digits hold every bound, and leave pyarrow room for the product.
        exact = column.cast(nw.Decimal(20, entry.stored.decimals)) * nw.lit(Decimal(entry.factor))
        return exact.cast(nw.Int64)
    return column * entry.factor if entry.factor > 1 else column


def _tested(entry: Entry) -> nw.Expr:
    """The column of the values as the tests read it."""
    assert entry.stored is not None
    column = nw.col(entry.column)
    match entry.stored.storage:
        case Storage.WHOLE | Storage.DECIMALS | Storage.TRUTH | Storage.TEXT:
            return column
        case Storage.NARROW:
            return column.cast(nw.Int64)
        case Storage.CATEGORY | Storage.TIME:
            return column.cast(nw.String)
        case Storage.DAY | Storage.MOMENT:
            return nw.col(day_column(entry.name))
        case _:
            assert_never(entry.stored.storage)


def _microseconds(text: nw.Expr) -> nw.Expr:
    """The time of day that a text of the right form tells; what stands in none of its places adds nothing."""
    found = []
    for at, width, unit in _PLACES:
        table = {f"{number:0{width}}": number * unit for number in range(10**width)}
        piece = text.str.slice(at, width)
        found.append(piece.replace_strict(list(table), list(table.values()), default=None, return_dtype=nw.Int64))
    hours, *rest = found
    return reduce(operator.add, (piece.fill_null(0) for piece in rest), hours)


_PLACES = (
    (0, 2, 3_600_000_000), (3, 2, 60_000_000), (6, 2, 1_000_000), *((9 + at, 1, 10 ** (5 - at)) for at in range(6)),
)  # fmt: skip
"""Where the parts of `HH:MM:SS.ffffff` stand, how many digits they have, and how many microseconds one of them is."""


# Tests


def _right(entry: Entry) -> nw.Expr:
    """Whether a value passes every test; null where none is told."""
    return reduce(operator.and_, (_holds(test, entry) for test in entry.tests))


def _holds(test: ValueTest, entry: Entry) -> nw.Expr:
    column = _tested(entry)
    match test:
        case NumberBetween():
            if entry.stored and entry.stored.storage is Storage.DECIMALS:
                # The ends have the column's own decimals, for engines that would widen the column to compare it.
                least, greatest = (nw.lit(Decimal(end).scaleb(-test.decimals)) for end in (test.least, test.greatest))
                return column.is_between(least, greatest)
            return column.is_between(test.least, test.greatest)
        case DayBetween():
            return column.is_between(test.least, test.greatest)
        case AtMidnight():
            time = nw.col(entry.column).dt
            return (time.hour() == 0) & (time.minute() == 0) & (time.second() == 0) & (time.nanosecond() == 0)
        case OneOf():
            return column.is_in(list(test.texts))
        case Matches():
            return column.str.contains(f"^({test.pattern})$")
        case Unlike():
            return ~column.str.contains(f"^({test.pattern})$")
        case NotEmpty():
            return column != ""
        case FreeOf():
            inner, outer = _characters(test.anywhere), _characters(test.at_ends)
            return ~column.str.contains(f"^{outer}|{outer}$|{inner}")
        case NoLongerThan():
            return column.str.len_chars() <= test.characters
        case CheckDigit():
            return _adds_up(column, test)
        case _:
            assert_never(test)


def _characters(ranges: tuple[tuple[int, int], ...]) -> str:
    """A class of characters; they stand in it as they are, for engines that read no escapes."""
    return f"[{''.join(f'{chr(least)}-{chr(greatest)}' for least, greatest in ranges)}]"


def _adds_up(text: nw.Expr, test: CheckDigit) -> nw.Expr:
    """Whether a text of another length, or one whose check is right."""
    check = test.check
    ours = text.str.len_chars() == check.length
    if check.only:
        ours &= text.str.contains(f"^({check.only})$")
    asked = nw.when(ours).then(text)
    values = []
    for at, table in check.pieces:
        piece = asked.str.slice(at, len(next(iter(table))))
        # A character of no value is one that the form refuses.
        values.append(piece.replace_strict(list(table), list(table.values()), default=None, return_dtype=nw.Int64))
    return ~ours | (reduce(operator.add, values) % check.modulus == 0)


# Truths of a row


def formula(entry: Entry, wanted: Formula) -> nw.Expr:
    """A formula of a plan, which is not the one that never holds: null-free."""
    return reduce(operator.or_, (reduce(operator.and_, (_atom(atom, entry) for atom in part)) for part in wanted))


def _atom(atom: Atom, entry: Entry) -> nw.Expr:
    match atom:
        case Atom.EMPTY:
            return nw.col(entry.column).is_null()
        case Atom.VALUED:
            return ~nw.col(entry.column).is_null()
        case Atom.WAITING:
            return truth(entry.not_yet, unsaid=False)
        case Atom.NOT_WAITING:
            return ~truth(entry.not_yet, unsaid=False)
        case Atom.FAILS:
            return (~_right(entry)).fill_null(False)
        case Atom.NOT_RIGHT:
            return (~_right(entry)).fill_null(True)
        case _:
            assert_never(atom)


def truth(column: str, *, unsaid: bool) -> nw.Expr:
    """A column of truths, with what a row means that says nothing."""
    return nw.col(column).fill_null(unsaid)


# What entry made


def reading(how: ColumnRead) -> nw.Expr:
    """A column that entry made, as the program reads it."""
    column = nw.col(how.column)
    if how.missing:
        return column.is_null()
    filled = column if how.unsaid is None else column.fill_null(how.unsaid)
    return ~filled if how.negated else filled
