# SPDX-License-Identifier: Apache-2.0
"""What the office says of the applications of a frame: the instant of filing, whether it admitted them, their window.

The clock of Italy is read by `misure.ground.clock`, once for each hour that stands in the frame; an hour in which the clock
was put on or back is left to be read row by row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import narwhals as nw
from narwhals.dtypes import DType

from misure.batch.sources import NOT_YET, UNIX_DAY
from misure.deciding.applications import OFFICE
from misure.deciding.candidates import moment
from misure.ground.clock import instant
from misure.ground.place import Fault, Place

__all__ = ["FILED_ON", "Offices", "days_of"]

FILED_ON = "filed_on"
_HOUR, _DAY = 3_600_000_000, 86_400_000_000
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - what a clock shows, without its offset
_NEW = "misure:filed"

Given: TypeAlias = nw.DataFrame[Any]


@dataclass(frozen=True, slots=True)
class Offices:
    """What the office says, one row for each application of a frame."""

    filed: Sequence[int | None]
    """The instant of filing, in microseconds; None where it is not told, or can not be."""
    days: Sequence[int | None]
    """Its day in Italy, as an ordinal."""
    odd: frozenset[int]
    """The rows of which the instant can not be, or is not sure."""
    admitted: Sequence[bool | None]
    windows: Sequence[str | None]
    given: Given
    """The columns as they were given."""

    @classmethod
    def of(cls, frame: Given, place: Place, faults: list[Fault]) -> Offices:
        """The columns that the office fills in; those of a wrong type are told in `faults`, and say nothing."""
        schema = frame.schema
        for name, dtype in schema.items():
            if name in OFFICE and (message := _wrong(name, dtype)):
                faults.append(Fault(place, name, message))
        told = {name: frame[name] for name in OFFICE if name in schema and _wrong(name, schema[name]) == ""}
        nothing: list[None] = [None] * len(frame)
        filed, days, odd = _instants(told["filed_at"]) if "filed_at" in told else (nothing, nothing, frozenset[int]())
        windows = told["window"].cast(nw.String).to_list() if "window" in told else nothing
        admitted = told["admitted"].to_list() if "admitted" in told else nothing
        return cls(filed, days, odd, admitted, windows, frame.select(*told))

    def of_row(self, row: int) -> dict[str, Any]:
        """What is said of one application, as it was given."""
        found = {}
        for name in self.given.columns:
            try:
                found[name] = self.given[name][[row]].to_list()[0]
            except (OverflowError, ValueError):
                found[name] = "an instant outside the calendar"
        return found

    def with_days(self, frame: Given) -> Given:
        """The frame with the day of each instant where it does not tell the day of filing itself."""
        if all(day is None for day in self.days):
            return frame
        dtype = frame.schema.get(FILED_ON)
        days = [None if day is None else day - UNIX_DAY for day in self.days]
        new = nw.new_series(_NEW, days, nw.Int32, backend=frame.implementation).cast(nw.Date)
        if dtype is None or isinstance(dtype, nw.Unknown):
            told: nw.Expr = nw.lit(None, nw.Date)
        elif isinstance(dtype, nw.Date) or (isinstance(dtype, nw.Datetime) and dtype.time_zone is None):
            told = nw.col(FILED_ON)
        else:
            return frame  # no days at all, which is told as such
        untold, waits = told.is_null(), f"{FILED_ON}{NOT_YET}"
        if isinstance(frame.schema.get(waits), nw.Boolean):
            untold &= ~nw.col(waits).fill_null(False)
        day = nw.col(_NEW).cast(dtype) if isinstance(dtype, nw.Datetime) else nw.col(_NEW)
        filled = nw.when(untold).then(day).otherwise(told)
        return frame.with_columns(new).with_columns(filled.alias(FILED_ON)).drop(_NEW)


def days_of(frame: Given, column: str) -> list[int | None]:
    """The days of a column as ordinals."""
    dtype = frame.schema.get(column)
    if not isinstance(dtype, nw.Date | nw.Datetime):
        return [None] * len(frame)
    days: list[int | None] = frame[column].cast(nw.Date).cast(nw.Int32).to_list()
    return [None if day is None else day + UNIX_DAY for day in days]


def _wrong(name: str, dtype: DType) -> str | None:
    """What is wrong with the type of a column: "" where nothing is, None where it has no type and tells nothing."""
    if isinstance(dtype, nw.Unknown):
        return None
    texts = isinstance(dtype, nw.String | nw.Categorical | nw.Enum)
    match name:
        case "filed_at":
            right = isinstance(dtype, nw.Datetime | nw.String)
            what = "instants (datetimes, on the clock of Italy or with a time zone, or texts)"
        case "admitted":
            right, what = isinstance(dtype, nw.Boolean), "truths"
        case _:
            right, what = texts, "texts"
    return "" if right else f"expected a column of {what}; got {dtype}"


def _instants(column: nw.Series[Any]) -> tuple[list[int | None], list[int | None], frozenset[int]]:
    """The instants and their days in Italy, and the rows of which they are not sure."""
    if isinstance(column.dtype, nw.Datetime):
        given: list[int | None] = column.dt.timestamp("us").to_list()
        odd = frozenset[int]()
    else:
        given, odd = _of_texts(column.to_list())
    on_clock = isinstance(column.dtype, nw.Datetime) and column.dtype.time_zone is None
    ahead = {
        hour: (_ahead_on_clock if on_clock else _ahead)(hour)
        for hour in {at // _HOUR for at in given if at is not None}
    }
    if None in ahead.values():
        odd |= {row for row, at in enumerate(given) if at is not None and ahead[at // _HOUR] is None}
        given = [None if row in odd else at for row, at in enumerate(given)]
    sure = {hour: difference or 0 for hour, difference in ahead.items()}
    if on_clock:
        filed = [None if wall is None else wall - sure[wall // _HOUR] for wall in given]
        return filed, [None if wall is None else wall // _DAY + UNIX_DAY for wall in given], odd
    days = [None if utc is None else (utc + sure[utc // _HOUR]) // _DAY + UNIX_DAY for utc in given]
    return given, days, odd


def _of_texts(given: Sequence[str | None]) -> tuple[list[int | None], frozenset[int]]:
    found: list[int | None] = []
    odd = set()
    for row, text in enumerate(given):
        try:
            found.append(None if text is None else moment(instant(text)))
        except ValueError:
            found.append(None)
            odd.add(row)
    return found, frozenset(odd)


@lru_cache(maxsize=2**16)
def _ahead_on_clock(hour: int) -> int | None:
    """How far the clock is ahead of UTC while it shows a given hour; None where that hour is not, or is twice."""
    try:
        return hour * _HOUR - moment(instant(_EPOCH + dt.timedelta(hours=hour)))
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=2**16)
def _ahead(hour: int) -> int | None:
    """How far the clock of Italy is ahead in a given hour of UTC."""
    try:
        local = instant((_EPOCH + dt.timedelta(hours=hour)).replace(tzinfo=dt.UTC)).local
    except (ValueError, OverflowError):
        return None
    return (local.utcoffset() or dt.timedelta()) // dt.timedelta(microseconds=1)
