# SPDX-License-Identifier: Apache-2.0
"""Which columns of a caller's frame tell which fact, and how their values become internal form.

A fact is told by the column of its name. Beside it, a number of two decimals may be told in cents (`turnover_cents`, whole
numbers), and an event as not happened (`granted_on_not_yet`, true or false). Whether a table is complete is told by
`partners_known`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import narwhals as nw
from narwhals.dtypes import DType

from misure.facts.vocabulary import Fact, Kind
from misure.ground.place import Fault, Place, nearest

__all__ = ["CENTS", "KNOWN", "NOT_YET", "UNIX_DAY", "Source", "sources", "strangers"]

CENTS, NOT_YET, KNOWN = "_cents", "_not_yet", "_known"
"""What a fact's or a table's name may end in, to tell it in another way."""

UNIX_DAY = 719_163
"""1 January 1970, from which engines count their dates."""
_WHOLE = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32)
_WIDER = (nw.UInt64, nw.Int128, nw.UInt128)
_TEXTS = (nw.String, nw.Categorical, nw.Enum)


@dataclass(frozen=True, slots=True)
class Source:
    """The column that tells a fact, with its type, and the one that says that an event has not happened."""

    fact: Fact
    column: str
    dtype: DType | None
    not_yet: str = ""

    @property
    def absent(self) -> bool:
        """Whether the frame says nothing of the fact."""
        return self.dtype is None and not self.not_yet

    @property
    def in_cents(self) -> bool:
        return self.column != self.fact.name

    def number(self, *, guarded: bool) -> nw.Expr:
        """The scaled integer, null where it is not told and, if `guarded`, where it lies outside the fact's bounds."""
        column = nw.col(self.column)
        if guarded:
            column = nw.when(self.number_inside()).then(column)
        scale = self._scale
        if isinstance(self.dtype, nw.Decimal):
            # Twenty digits hold every bound, and leave pyarrow room for the product.
            return (column.cast(nw.Decimal(20, self.dtype.scale)) * nw.lit(Decimal(scale))).cast(nw.Int64)
        column = column if isinstance(self.dtype, nw.Int64) else column.cast(nw.Int64)
        return column * scale if scale > 1 else column

    def number_inside(self) -> nw.Expr:
        """Whether the number lies within the fact's bounds, by the column as it is."""
        fact, column = self.fact, nw.col(self.column)
        if isinstance(self.dtype, nw.Decimal):
            # The ends have the column's own decimals, for engines that would widen the column to compare it.
            finer = 10 ** (fact.decimals - self.dtype.scale)
            ends = (-(-fact.least // finer), fact.greatest // finer)
            least, greatest = (nw.lit(Decimal(end).scaleb(-self.dtype.scale)) for end in ends)
            return column.is_between(least, greatest)
        column = column if isinstance(self.dtype, nw.Int64) else column.cast(nw.Int64)
        return column.is_between(-(-fact.least // self._scale), fact.greatest // self._scale)

    @property
    def _scale(self) -> int:
        scale: int = 1 if self.in_cents else 10**self.fact.decimals
        return scale

    @property
    def day(self) -> nw.Expr:
        """The ordinal of a day, null where it is not told: a column that `day_stages` make."""
        return nw.col(f"d:{self.fact.name}")

    def day_stages(self, *, cast: bool) -> list[dict[str, nw.Expr]]:
        """The columns to make, stage by stage, for the ordinal of a day; `cast` where a date is its number of days."""
        column, name = nw.col(self.column), self.fact.name
        if cast:
            return [{f"d:{name}": column.cast(nw.Date).cast(nw.Int32).cast(nw.Int64) + UNIX_DAY}]
        year = column.dt.year().cast(nw.Int64) - 1
        # Years before the first are negative, where engines round a quotient differently: they are out of bounds.
        stages: list[dict[str, nw.Expr]] = [{f"y:{name}": nw.when(year >= 0).then(year)}]
        year = nw.col(f"y:{name}")
        day = year * 365 + year // 4 - year // 100 + year // 400 + column.dt.ordinal_day().cast(nw.Int64)
        return [*stages, {f"d:{name}": day}]

    def day_inside(self, on: int) -> nw.Expr:
        """Whether the day lies within the fact's bounds, and an event not after the day of the question."""
        greatest = min(on, self.fact.greatest) if self.fact.kind is Kind.EVENT else self.fact.greatest
        inside = self.day.is_between(self.fact.least, greatest)
        return inside & self.at_midnight() if isinstance(self.dtype, nw.Datetime) else inside

    def at_midnight(self) -> nw.Expr:
        """Whether a date with a time of day is a plain day; pandas has no other dates."""
        time = nw.col(self.column).dt
        return (time.hour() == 0) & (time.minute() == 0) & (time.second() == 0) & (time.nanosecond() == 0)

    def fault(self, place: Place, subject: str) -> Fault | None:
        """What is wrong with the type of the column."""
        if self.dtype is None:
            return None
        message = _wrong_type(self.fact, self.dtype, in_cents=self.in_cents)
        return Fault(place, subject, message) if message else None


def _wrong_type(fact: Fact, dtype: DType, *, in_cents: bool) -> str | None:
    match fact.kind:
        case Kind.NUMBER:
            return _wrong_number(fact, dtype, in_cents=in_cents)
        case Kind.TRUTH:
            return None if isinstance(dtype, nw.Boolean) else f"expected a column of truths; got {dtype}"
        case Kind.DATE | Kind.EVENT:
            if isinstance(dtype, nw.Datetime) and dtype.time_zone is not None:
                return f"expected a column of dates; got {dtype}: take the day in Europe/Rome first"
            return None if isinstance(dtype, nw.Date | nw.Datetime) else f"expected a column of dates; got {dtype}"
        case _:
            return None if isinstance(dtype, _TEXTS) else f"expected a column of texts; got {dtype}"


def _wrong_number(fact: Fact, dtype: DType, *, in_cents: bool) -> str | None:
    if isinstance(dtype, _WHOLE):
        return None
    if isinstance(dtype, _WIDER):
        return f"{dtype} is wider than any value of a fact: cast the column to Int64"
    if isinstance(dtype, nw.Decimal) and not in_cents:
        if dtype.scale <= fact.decimals:
            return None
        return f"the column has {dtype.scale} decimals; at most {fact.decimals} are allowed"
    how = "whole numbers"
    if fact.decimals and not in_cents:
        how += f", decimals (at most {fact.decimals})"
        if fact.decimals == 2:
            how += f", or whole cents named {fact.name}{CENTS}"
    if dtype.is_float():
        return f"a column of binary floats is not exact: give {how}"
    return f"expected a column of {how}; got {dtype}"


def sources(
    facts: Mapping[str, Fact], schema: Mapping[str, DType], place: Place, prefix: str, faults: list[Fault]
) -> dict[str, Source]:
    """Where each fact is told in a frame of that schema; what cannot be is added to `faults`."""
    found = {}
    for name, fact in facts.items():
        column, not_yet = name, ""
        if fact.kind is Kind.NUMBER and fact.decimals == 2 and f"{name}{CENTS}" in schema:
            column = f"{name}{CENTS}"
            if name in schema:
                faults.append(Fault(place, f"{prefix}{name}", f"told twice, by {name} and by {column}"))
        if fact.kind is Kind.EVENT and f"{name}{NOT_YET}" in schema:
            not_yet = f"{name}{NOT_YET}"
            check_truth(schema[not_yet], place, f"{prefix}{not_yet}", faults)
        # A column of nothing but nulls has no type, and tells nothing.
        dtype = schema.get(column)
        dtype = None if isinstance(dtype, nw.Unknown) else dtype
        not_yet = "" if not_yet and isinstance(schema[not_yet], nw.Unknown) else not_yet
        found[name] = Source(fact, column, dtype, not_yet)
        fault = found[name].fault(place, f"{prefix}{column}")
        if fault:
            faults.append(fault)
    return found


def check_truth(dtype: DType, place: Place, subject: str, faults: list[Fault]) -> None:
    """A fault unless the column holds truths."""
    if not isinstance(dtype, nw.Boolean | nw.Unknown):
        faults.append(Fault(place, subject, f"expected a column of truths; got {dtype}"))


def strangers(
    columns: Iterable[str], facts: Mapping[str, Fact], tables: Iterable[str], own: Iterable[str], what: str, place: Place,
    prefix: str,
) -> list[Fault]:  # fmt: skip
    """A fault for every column that tells no fact that anybody knows."""
    known = {*facts, *own, *(f"{table}{KNOWN}" for table in tables)}
    known |= {f"{name}{CENTS}" for name, fact in facts.items() if fact.kind is Kind.NUMBER and fact.decimals == 2}
    known |= {f"{name}{NOT_YET}" for name, fact in facts.items() if fact.kind is Kind.EVENT}
    return [
        Fault(place, f"{prefix}{column}", f"no {what} is called {column!r}", nearest(column, sorted(known)))
        for column in columns
        if column not in known
    ]
