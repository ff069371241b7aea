# SPDX-License-Identifier: Apache-2.0
"""Which columns of a caller's frame tell which fact (`engines.columns.source`), and the words for those that cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import narwhals as nw
from narwhals.dtypes import DType

from misure.engines.columns.entry import Storage, Stored, may_tell
from misure.engines.columns.source import CENTS, KNOWN, NOT_YET, Source
from misure.facts.vocabulary import Fact, Kind
from misure.ground.place import Fault, Place, nearest

__all__ = ["check_truth", "sources", "strangers"]

_STORAGES: Mapping[Storage, tuple[type[DType], ...]] = {
    Storage.WHOLE: (nw.Int64,), Storage.NARROW: (nw.Int8, nw.Int16, nw.Int32, nw.UInt8, nw.UInt16, nw.UInt32),
    Storage.DAY: (nw.Date,), Storage.MOMENT: (nw.Datetime,), Storage.TRUTH: (nw.Boolean,), Storage.TEXT: (nw.String,),
    Storage.CATEGORY: (nw.Categorical, nw.Enum),
}  # fmt: skip
_WIDER = (nw.UInt64, nw.Int128, nw.UInt128)
_TEXTS = (*_STORAGES[Storage.TEXT], *_STORAGES[Storage.CATEGORY])


def _stored(fact: Fact, dtype: DType) -> Stored | None:
    """What a column of that type is stored as; None for a type in which no fact is told."""
    if fact.is_time and isinstance(dtype, _TEXTS):
        return Stored(Storage.TIME)
    if isinstance(dtype, nw.Decimal):
        return Stored(Storage.DECIMALS, dtype.scale)
    if isinstance(dtype, nw.Datetime) and dtype.time_zone is not None:
        return None
    return next((Stored(storage) for storage, types in _STORAGES.items() if isinstance(dtype, types)), None)


def _wrong_type(fact: Fact, dtype: DType, *, in_cents: bool) -> str:
    """Why a column of that type, in which the fact cannot be told, is wrong."""
    match fact.kind:
        case Kind.NUMBER if fact.is_time:
            # A cast of times to texts keeps what is less than a second in some engines, and in others not.
            return f"expected a column of texts such as 10:30; got {dtype}"
        case Kind.NUMBER:
            return _wrong_number(fact, dtype, in_cents=in_cents)
        case Kind.TRUTH:
            return f"expected a column of truths; got {dtype}"
        case Kind.DATE | Kind.EVENT:
            zoned = isinstance(dtype, nw.Datetime) and dtype.time_zone is not None
            return f"expected a column of dates; got {dtype}{': take the day in Europe/Rome first' * zoned}"
        case _:
            # Whoever reads a CSV file without saying so gets numbers, without the zeros at their beginning.
            why = ": a code is text, with all its zeros" if fact.identifier and dtype.is_numeric() else ""
            return f"expected a column of texts; got {dtype}{why}"


def _wrong_number(fact: Fact, dtype: DType, *, in_cents: bool) -> str:
    if isinstance(dtype, _WIDER):
        return f"{dtype} is wider than any value of a fact: cast the column to Int64"
    if isinstance(dtype, nw.Decimal) and not in_cents:
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
        stored = None if dtype is None else _stored(fact, dtype)
        found[name] = source = Source(fact, column, stored, not_yet)
        if dtype is not None and not (stored and may_tell(fact, stored, in_cents=source.in_cents)):
            faults.append(Fault(place, f"{prefix}{column}", _wrong_type(fact, dtype, in_cents=source.in_cents)))
    return found


def check_truth(dtype: DType, place: Place, subject: str, faults: list[Fault]) -> None:
    """A fault unless the column holds truths."""
    if not isinstance(dtype, nw.Boolean | nw.Unknown):
        faults.append(Fault(place, subject, f"expected a column of truths; got {dtype}"))


def strangers(
    columns: Iterable[str], facts: Mapping[str, Fact], tables: Iterable[str], own: Iterable[str], what: str, place: Place,
    prefix: str, elsewhere: Callable[[str], str] = lambda _: "",
) -> list[Fault]:  # fmt: skip
    """A fault for every column that tells no fact that anybody knows; what stands `elsewhere` is told as what it is."""
    known = {*facts, *own, *(f"{table}{KNOWN}" for table in tables)}
    known |= {f"{name}{CENTS}" for name, fact in facts.items() if fact.kind is Kind.NUMBER and fact.decimals == 2}
    known |= {f"{name}{NOT_YET}" for name, fact in facts.items() if fact.kind is Kind.EVENT}
    replaced = {old: fact.name for fact in facts.values() for old in fact.replaces}
    names, found = sorted(known), []
    for column in columns:
        if column not in known:
            said = "" if column in replaced else elsewhere(column)
            hint = None if said else replaced.get(column) or nearest(column, names)
            found.append(Fault(place, f"{prefix}{column}", said or f"no {what} is called {column!r}", hint))
    return found
