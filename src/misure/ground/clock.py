# SPDX-License-Identifier: Apache-2.0
"""Moments on the clock of Italy (Europe/Rome), each with its instant in UTC.

In spring an hour of the clock does not exist, and a time in it is refused: Python alone would move it without a word. In
autumn one hour exists twice, and who names a time in it says which (`fold` 0 is the first, 1 the second).

>>> str(instant("2026-10-25T12:00")), instant("2026-10-25T12:00").utc.isoformat()
('2026-10-25T12:00:00+01:00', '2026-10-25T11:00:00+00:00')
>>> instant("2026-03-29T02:30")
Traceback (most recent call last):
...
misure.ground.clock.WrongInstant: 2026-03-29T02:30 does not exist in Europe/Rome: the clock goes from 02:00 to 03:00 that night; did you mean '2026-03-29T03:30:00'?
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from misure._reopen import by_public_name
from misure.ground.arguments import shown
from misure.ground.days import WrongDay, parse_day
from misure.ground.spreadsheets import likely_day, plain_instant

__all__ = [
    "LOST_HOUR",
    "ZONE",
    "HourCount",
    "Instant",
    "WrongInstant",
    "hours_from",
    "instant",
    "midnight_after",
    "put_forward",
]

ZONE = "Europe/Rome"
"""Where every hour of a call is told."""

LOST_HOUR = (2, 3)
"""The hours from which and to which the clock of Italy is put forward in spring: 1:00 UTC (Directive 2000/84/EC, art. 2)."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SUMMER_TIME_FROM = 2002
_FINER = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{7,}(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_TEXT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6})0{0,3})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


class WrongInstant(ValueError):
    """What is no moment on the clock of Italy, and the right writing that it may mean.

    Of an hour that spring leaves out that is the same time by the clock after it was put forward: whoever measured it with a
    clock that nobody had put forward yet has measured that moment.

    `as_text` says it to whoever writes texts, in a file or a form, where an hour is told apart by its offset alone.
    """

    def __init__(self, message: str, suggestion: str | None = None, as_text: str | None = None) -> None:
        self.message, self.suggestion, self.as_text = message, suggestion, as_text or message
        super().__init__(message + (f"; did you mean {suggestion!r}?" if suggestion else ""))


@cache
def _rome() -> dt.tzinfo:
    import zoneinfo

    return zoneinfo.ZoneInfo(ZONE)


@by_public_name
@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """A moment, known by its instant in UTC; what is shown is the clock of Italy."""

    utc: dt.datetime

    @property
    def local(self) -> dt.datetime:
        """The same moment on the clock of Italy, with its offset."""
        return self.utc.astimezone(_rome())

    @property
    def day(self) -> dt.date:
        """The day in Italy."""
        return self.local.date()

    @property
    def comes_twice(self) -> bool:
        """Whether the clock of Italy shows the same time at another moment too: the hour that autumn repeats.

        >>> instant("2024-10-27T02:40", fold=1).comes_twice, instant("2024-10-27T03:00").comes_twice
        (True, False)
        """
        local = self.local
        return local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()

    def __str__(self) -> str:
        return self.local.isoformat()


@by_public_name
class HourCount(StrEnum):
    """How the hours of a term are counted."""

    ELAPSED = "elapsed"
    """From the moment itself, to the second."""
    WHOLE_HOURS = "whole_hours"
    """The hour in which the term starts is left out, as the starting day is: art. 155(1) c.p.c.; art. 3(1) of
    Regulation 1182/71. The term ends with the last of its whole hours."""


def instant(given: object, fold: int | None = None) -> Instant:
    """A moment from `2026-11-15T12:00`, with seconds or without, or from a datetime.

    What has an offset is that moment, wherever it was written. `T24:00` is the end of its day.

    Raises:
        ValueError: `fold` is neither; `WrongInstant`, which is one: it is no such text; the time does not exist in Italy, or
            in the zone of the datetime; it exists twice and `fold` does not say which; or it is told to less than a
            microsecond, as pandas may, and to cut that off could turn a late filing into one in time.
    """
    if fold is not None and (isinstance(fold, bool) or fold not in (0, 1)):
        raise ValueError(f"fold is 0 for the first of two equal hours and 1 for the second; got {shown(fold)}")
    if isinstance(given, Instant):
        return given
    ends_day = False
    if isinstance(given, dt.datetime):
        said = given.isoformat()
        if said == "NaT":
            raise WrongInstant(
                "expected a day with an hour, such as 2026-11-15T12:00; got NaT, which pandas has for nothing"
            )
        wall = _plainly(given)
        if getattr(given, "nanosecond", 0):
            raise WrongInstant(f"{said} is told to the nanosecond, and an instant is exact to the microsecond")
        fold = 1 if fold is None and given.fold else fold
    elif isinstance(given, str):
        wall, ends_day = _parsed(given)
        said = given
    else:
        raise WrongInstant(f"expected a day with an hour, such as 2026-11-15T12:00; got {shown(given)}")
    if not _FIRST_YEAR <= wall.year <= _LAST_YEAR:
        raise WrongInstant(f"{said} does not lie between the years {_FIRST_YEAR} and {_LAST_YEAR}")
    if wall.utcoffset() is not None:
        # Nothing is added where nothing need be: arithmetic on a datetime drops its `fold`.
        return Instant(_in_its_zone(wall + dt.timedelta(days=1) if ends_day else wall))
    if ends_day:
        return midnight_after(wall.toordinal())
    return Instant(_resolved(wall.replace(tzinfo=None), fold, said, _rome()))


def _plainly(given: dt.datetime) -> dt.datetime:
    """The same moment as a datetime of Python itself: the subclass of a dataframe library would go on into answers."""
    if type(given) is dt.datetime:
        return given
    whole = dt.datetime.combine(given.date(), given.time(), tzinfo=given.tzinfo)
    return whole.replace(fold=given.fold)


def _parsed(text: str) -> tuple[dt.datetime, bool]:
    """What the text says, and whether it says the hour 24, which is midnight of the day after."""
    match = _TEXT.fullmatch(text[:60])
    if match is None:
        raise _unwritten(text)
    day, hour, minute, second, fraction, offset = match.groups()
    try:
        date = dt.date.fromordinal(parse_day(day))
    except WrongDay as wrong:
        raise WrongInstant(wrong.message) from None
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    micro = int((fraction or "").ljust(6, "0"))
    ends_day = hours == 24 and not (minutes or seconds or micro)
    if ends_day:
        hours = 0
    if hours > 23:
        raise WrongInstant(f"{text} does not exist: a day has the hours from 00:00 to 24:00")
    if minutes > 59 or seconds > 59:
        whole, parts = ("an hour", "minutes") if minutes > 59 else ("a minute", "seconds")
        raise WrongInstant(f"{text} does not exist: {whole} has the {parts} from 00 to 59")
    zone = None
    if offset:
        if offset != "Z" and (int(offset[1:3]) > 23 or int(offset[4:]) > 59):
            raise WrongInstant(f"{text} does not exist: {offset} is no offset from UTC")
        zone = dt.datetime.fromisoformat(f"2000-01-01T00:00{offset}").tzinfo
    return dt.datetime.combine(date, dt.time(hours, minutes, seconds, micro), tzinfo=zone), ends_day


def _unwritten(text: str) -> WrongInstant:
    """What is wrong with a text that is not written as an instant is."""
    if _FINER.fullmatch(text[:60]):
        return WrongInstant(f"{text!r} is told to less than a microsecond, to which an instant is exact")
    hint = "; a day alone has no hour: is the whole of it meant?" if len(text) == 10 else ""
    message = f"{text[:60]!r} is not a day with an hour: write YYYY-MM-DDTHH:MM{hint}"
    before = re.split("[ T]", text[:60].strip(), maxsplit=1)[0]
    return WrongInstant(message, plain_instant(text, likely_day(before)))


def _in_its_zone(wall: dt.datetime) -> dt.datetime:
    """The instant of a datetime that says its offset, which the clock of its zone must show: Python asks no such thing."""
    utc, zone = wall.astimezone(dt.UTC), wall.tzinfo
    if zone is None or isinstance(zone, dt.timezone):
        return utc
    try:
        back = utc.astimezone(zone)
    except (NotImplementedError, ValueError):
        return utc  # a zone that tells its offset and nothing else: it has no clock that could change
    plain = wall.replace(tzinfo=None, fold=0)
    if back.replace(tzinfo=None, fold=0) == plain:
        return utc
    _resolved(plain, wall.fold, plain.isoformat(), zone)
    # Zones that are no `zoneinfo` may know one offset for an hour that their clock never shows.
    message = f"{wall.isoformat()} does not exist in {zone}: its clock shows {back.isoformat()} at that moment"
    raise WrongInstant(message, back.isoformat())


def _resolved(wall: dt.datetime, fold: int | None, shown: str, zone: dt.tzinfo) -> dt.datetime:
    """The instant at which the clock of a zone shows `wall`."""
    first, second = (wall.replace(tzinfo=zone, fold=which).astimezone(dt.UTC) for which in (0, 1))
    if first == second:
        return first
    # Two readings: of an hour that exists twice both lead back to it, of one that does not exist neither does.
    if first.astimezone(zone).replace(tzinfo=None, fold=0) != wall:
        after, before = (found.astimezone(zone) for found in (first, second))
        gap = (after.utcoffset() or dt.timedelta()) - (before.utcoffset() or dt.timedelta())
        start = _start_of_gap(second, first, zone)
        message = (
            f"{shown} does not exist in {zone}: the clock goes from {start:%H:%M} to {start + gap:%H:%M} that night"
        )
        right = after.replace(tzinfo=None) if zone is _rome() else after
        raise WrongInstant(message, right.isoformat())
    if fold is None:
        ways = " and ".join(found.astimezone(zone).isoformat() for found in (first, second))
        message = f"{shown} exists twice in {zone}: fold=0 says the first, fold=1 the second; as texts they are {ways}"
        raise WrongInstant(
            message, as_text=f"{shown} exists twice in {zone}: the first is {ways.replace(' and ', ', the second ')}"
        )
    return (first, second)[fold]


def _start_of_gap(low: dt.datetime, high: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """What the clock shows at the moment when it is put forward, which lies between two instants."""
    before = low.astimezone(zone).utcoffset()
    while high - low > dt.timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return (high.replace(microsecond=0) + (before or dt.timedelta())).replace(tzinfo=None)


def midnight_after(day: int) -> Instant:
    """The end of a day in Italy: the first moment of the next."""
    # Where the clock was put forward at midnight, the offset before it leads to that very moment.
    return Instant(dt.datetime.fromordinal(day + 1).replace(tzinfo=_rome()).astimezone(dt.UTC))


@cache
def put_forward(first_year: int) -> tuple[int, ...]:
    """The days, as ordinals, on which the clock of Italy is put forward, and lacks the `LOST_HOUR`: each last Sunday of March.

    From a year on, and from 2002 at the earliest (Directive 2000/84/EC, arts. 2 and 4).

    >>> dt.date.fromordinal(put_forward(2026)[0]).isoformat()
    '2026-03-29'
    """
    last_days = (dt.date(year, 3, 31) for year in range(max(first_year, _SUMMER_TIME_FROM), _LAST_YEAR + 1))
    return tuple(day.toordinal() - day.isoweekday() % 7 for day in last_days)


def hours_from(start: Instant, hours: int, count: HourCount, *, backwards: bool = False) -> Instant:
    """The moment so many real hours after another, or before it; a change of the clock on the way changes nothing.

    Raises:
        ValueError: There are less than no hours, or the end lies outside the calendar.
    """
    if type(hours) is not int or hours < 0:
        raise ValueError(f"a term has a whole number of hours, not less than none; got {shown(hours)}")
    begin = start.utc
    if count is HourCount.WHOLE_HOURS:
        # The offsets of Italy are whole hours in all the years that are counted here.
        begin = begin.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=not backwards)
    try:
        end = begin - dt.timedelta(hours=hours) if backwards else begin + dt.timedelta(hours=hours)
    except OverflowError:
        raise ValueError(f"{hours} hours from {start} lie outside the calendar") from None
    if not _FIRST_YEAR <= end.year <= _LAST_YEAR:
        raise ValueError(f"{hours} hours from {start} lie outside the years {_FIRST_YEAR} to {_LAST_YEAR}")
    return Instant(end)
