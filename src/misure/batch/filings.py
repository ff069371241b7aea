# SPDX-License-Identifier: Apache-2.0
"""What the office says of the applications of a frame: the instant of filing, whether it admitted them, their window.

The clock of Italy is read by `misure.ground.clock`, once for each hour that stands in the frame; an hour in which the clock
was put on or back is left to be read row by row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

import narwhals as nw
from narwhals.dtypes import DType

from misure.engines.columns.entry import UNIX_DAY
from misure.engines.columns.source import NOT_YET
from misure.facts.vocabulary import FILING, FILING_TIME
from misure.ground.clock import ZONE, instant
from misure.ground.place import Fault, Place
from misure.ground.times import DAY, WrongTime, parse_time
from misure.selecting.applications import OFFICE
from misure.selecting.candidates import moment

__all__ = ["Filings", "days_of", "times_of", "waits_of", "wrong_days"]

_HOUR = 3_600_000_000
_MOST_TOLD = 50
_NANOSECONDS = 1_000
"""In a microsecond."""
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - what a clock shows, without its offset
_NEW = "misure:filed"
_CLOCK = (
    (_HOUR, 24, "{:02}"),
    (60_000_000, 60, ":{:02}"),
    (1_000_000, 60, ":{:02}"),
    (1_000, 1_000, ".{:03}"),
    (1, 1_000, "{:03}"),
)
"""The parts of a time of day as they are written: the microseconds of one, how many there may be, and their form."""

Given: TypeAlias = nw.DataFrame[Any]


@dataclass(frozen=True)
class Filings:
    """What the office says, one row for each application of a frame."""

    instants: nw.Series[Any] | None
    """The instants of filing, in microseconds, null where none is told, or none that can be; None where nobody tells any."""
    in_italy: nw.Series[Any] | None
    """Their days in Italy, as ordinals."""
    times: nw.Series[Any] | None
    """What the clock of Italy shows at them, in microseconds from midnight."""
    odd: frozenset[int]
    """The rows of which the instant can not be, or is not sure."""
    given: Given
    """The columns as they were given."""
    rows: int

    @classmethod
    def of(cls, frame: Given, place: Place, faults: list[Fault]) -> Filings:
        """The columns that the office fills in; those of a wrong type are told in `faults`, and say nothing."""
        schema = frame.schema
        for name, dtype in schema.items():
            if name in OFFICE and (message := _wrong(name, dtype)):
                faults.append(Fault(place, name, message))
        told = [name for name in OFFICE if name in schema and _wrong(name, schema[name]) == ""]
        given = frame.select(*told)
        if "filed_at" not in told:
            return cls(None, None, None, frozenset(), given, len(frame))
        instants, in_italy, times, odd = _instants(frame["filed_at"])
        return cls(instants, in_italy, times, odd, given, len(frame))

    @cached_property
    def filed(self) -> list[int | None]:
        """The instant of each row."""
        return [None] * self.rows if self.instants is None else self.instants.to_list()

    @cached_property
    def days(self) -> list[int | None]:
        """The day in Italy of each row."""
        return [None] * self.rows if self.in_italy is None else self.in_italy.to_list()

    @cached_property
    def admitted(self) -> list[bool | None]:
        return self.given["admitted"].to_list() if "admitted" in self.given.columns else [None] * self.rows

    @cached_property
    def windows(self) -> list[str | None]:
        if "window" not in self.given.columns:
            return [None] * self.rows
        found: list[str | None] = self.given["window"].cast(nw.String).to_list()
        return found

    def of_row(self, row: int) -> dict[str, Any]:
        """What is said of one application, as it was given."""
        found = {}
        for name in self.given.columns:
            told = self.given[name][[row]]
            try:
                found[name] = _finer(told) or told.to_list()[0]
            except (OverflowError, ValueError):
                found[name] = "an instant outside the calendar"
        return found

    def with_days(self, frame: Given) -> Given:
        """The frame with the day of each instant where it does not tell the day of filing itself."""
        if self.in_italy is None:
            return frame
        dtype = frame.schema.get(FILING)
        new = (self.in_italy - UNIX_DAY).cast(nw.Int32).cast(nw.Date).alias(_NEW)
        if dtype is None or isinstance(dtype, nw.Unknown):
            told: nw.Expr = nw.lit(None, nw.Date)
        elif isinstance(dtype, nw.Date) or (isinstance(dtype, nw.Datetime) and dtype.time_zone is None):
            told = nw.col(FILING)
        else:
            return frame  # no days at all, which is told as such
        untold, waits = told.is_null(), f"{FILING}{NOT_YET}"
        if isinstance(frame.schema.get(waits), nw.Boolean):
            untold &= ~nw.col(waits).fill_null(False)
        day = nw.col(_NEW).cast(dtype) if isinstance(dtype, nw.Datetime) else nw.col(_NEW)
        filled = nw.when(untold).then(day).otherwise(told)
        return frame.with_columns(new).with_columns(filled.alias(FILING)).drop(_NEW)

    def with_times(self, frame: Given) -> Given:
        """The frame with the time of day of each instant, as a text, where it does not tell the time of filing itself."""
        if self.times is None:
            return frame
        dtype = frame.schema.get(FILING_TIME)
        if dtype is None or isinstance(dtype, nw.Unknown):
            told: nw.Expr = nw.lit(None, nw.String)
        elif isinstance(dtype, nw.String | nw.Categorical | nw.Enum):
            told = nw.col(FILING_TIME).cast(nw.String)
        else:
            return frame  # no times at all, which is told as such
        parts: list[nw.Expr] = []
        for unit, many, form in _CLOCK:
            texts = {number: form.format(number) for number in range(many)}
            part = nw.col(_NEW) // unit % many
            parts.append(part.replace_strict(list(texts), list(texts.values()), default=None, return_dtype=nw.String))
        filled = nw.when(told.is_null()).then(nw.concat_str(parts)).otherwise(told)
        return frame.with_columns(self.times.alias(_NEW)).with_columns(filled.alias(FILING_TIME)).drop(_NEW)


def _finer(told: nw.Series[Any]) -> str | None:
    """An instant that is told to less than a microsecond, as a text with all its digits; None of any other value."""
    if not isinstance(told.dtype, nw.Datetime) or told.dtype.time_unit != "ns":
        return None
    number = told.dt.timestamp("ns").to_list()[0]
    if number is None or not number % _NANOSECONDS:
        return None
    whole = _EPOCH + dt.timedelta(microseconds=number // _NANOSECONDS)
    zone = "" if told.dtype.time_zone is None else "Z"
    return f"{whole.isoformat(timespec='microseconds')}{number % _NANOSECONDS:03}{zone}"


def days_of(frame: Given, column: str) -> list[int | None]:
    """The days of a column as ordinals."""
    dtype = frame.schema.get(column)
    if not isinstance(dtype, nw.Date | nw.Datetime):
        return [None] * len(frame)
    days: list[int | None] = frame[column].cast(nw.Date).cast(nw.Int32).to_list()
    return [None if day is None else day + UNIX_DAY for day in days]


def wrong_days(frame: Given, column: str, key: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a column of days: its type, or the rows that have a time of day; each with what it is of."""
    dtype = frame.schema[column]
    if isinstance(dtype, nw.Datetime) and dtype.time_zone is not None:
        yield column, f"expected a column of dates; got {dtype}: take the day in {ZONE} first"
    elif isinstance(dtype, nw.Datetime):
        timed = frame.filter(frame[column] != frame[column].dt.truncate("1d"))
        for id_ in timed[key].to_list()[:_MOST_TOLD] if key in frame.columns else ():
            yield f"{id_}.{column}", "expected a date; got one with a time of day: give its day alone"
    elif not isinstance(dtype, nw.Date | nw.Unknown):
        yield column, f"expected a column of dates; got {dtype}"


def waits_of(frame: Given, column: str) -> list[bool | None]:
    """Whether each row says of an event that it has not happened."""
    waits = f"{column}{NOT_YET}"
    if not isinstance(frame.schema.get(waits), nw.Boolean):
        return [None] * len(frame)
    found: list[bool | None] = frame[waits].to_list()
    return found


def times_of(frame: Given, column: str) -> list[int | None]:
    """The times of day of a column, in microseconds from midnight; none of what is no time."""
    dtype = frame.schema.get(column)
    if not isinstance(dtype, nw.String | nw.Categorical | nw.Enum):
        return [None] * len(frame)
    return [_time(told) for told in frame[column].to_list()]


def _time(told: str | None) -> int | None:
    try:
        return None if told is None else parse_time(told)
    except WrongTime:
        return None


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


def _instants(column: nw.Series[Any]) -> tuple[nw.Series[Any], nw.Series[Any], nw.Series[Any], frozenset[int]]:
    """The instants, their days and their times of day in Italy, and the rows of which they are not sure."""
    odd = frozenset[int]()
    if isinstance(column.dtype, nw.Datetime):
        given, on_clock = column.dt.timestamp("us"), column.dtype.time_zone is None
        if column.dtype.time_unit == "ns":
            # To cut off less than a microsecond could turn a late filing into one in time.
            finer = (column.dt.timestamp("ns") % _NANOSECONDS != 0).to_list()
            odd = frozenset(row for row, is_finer in enumerate(finer) if is_finer)
    else:
        read, odd = _of_texts(column.to_list())
        given, on_clock = nw.new_series("", read, nw.Int64, backend=column.implementation), False
    hours = given // _HOUR
    ahead = {
        hour: (_ahead_on_clock if on_clock else _ahead)(hour) for hour in hours.unique().to_list() if hour is not None
    }
    if None in ahead.values():
        odd |= {row for row, hour in enumerate(hours.to_list()) if hour is not None and ahead[hour] is None}
    sure = {hour: difference for hour, difference in ahead.items() if difference is not None}
    if not sure:
        nothing = nw.new_series("", [None] * len(given), nw.Int64, backend=column.implementation)
        return nothing, nothing, nothing, odd
    difference = hours.replace_strict(list(sure), list(sure.values()), default=None, return_dtype=nw.Int64)
    # Where the difference is null, so is all that follows.
    filed = given - difference if on_clock else given + difference - difference
    shown = filed + difference
    days = shown // DAY
    return filed, days + UNIX_DAY, shown - days * DAY, odd


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
