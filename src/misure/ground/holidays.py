# SPDX-License-Identifier: Apache-2.0
"""The national public holidays of Italy, and the days that are not working days because of them.

The law is L. 260/1949 art. 2 as amended, last by L. 151/2025 (4 October, from 2026). Patron saints are local and are
left out. The days come from `rules/tables/festivita-nazionali.csv`, read once, when the first term needs them.

>>> from misure.ground.days import day_text, parse_day
>>> calendar = national_calendar()
>>> day_text(calendar.roll(parse_day("2027-10-04")))
'2027-10-05'
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from misure.ground.days import day_text, parse_day
from misure.ground.errors import NotEncoded
from misure.ground.rules_folder import bundled_rules

__all__ = ["TABLE", "Calendar", "digest", "is_saturday", "is_sunday", "national_calendar", "read_calendar", "with_days"]

TABLE = "festivita-nazionali"
"""The table's name: its file is `rules/tables/<TABLE>.csv`."""


def is_sunday(ordinal: int) -> bool:
    """Whether the day is a Sunday: ordinal 7 was the first."""
    return ordinal % 7 == 0


def is_saturday(ordinal: int) -> bool:
    return ordinal % 7 == 6


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holidays from day `first` to day `last`; every question about another day raises `NotEncoded`.

    `version` goes into receipts: two calendars of one version hold the same days.
    """

    version: str
    first: int
    last: int
    names: Mapping[int, str] = field(compare=False, repr=False)
    """The holidays, by ordinal, with their Italian names."""
    longest_pause: int = field(compare=False, repr=False, default=3)
    """How many Sundays and holidays may follow one another: the furthest a day can roll."""
    longest_break: int = field(compare=False, repr=False, default=4)
    """The same where Saturdays are passed over too."""

    def is_holiday(self, ordinal: int) -> bool:
        """Whether the day is a national public holiday; an ordinary Sunday is none."""
        self._within(ordinal)
        return ordinal in self.names

    def holiday_name(self, ordinal: int) -> str | None:
        """The Italian name of the holiday, None on any other day."""
        self._within(ordinal)
        return self.names.get(ordinal)

    def is_free(self, ordinal: int, *, saturdays: bool = False) -> bool:
        """Whether a term that ends on this day is moved: a Sunday or a holiday, and a Saturday where the regime says so."""
        self._within(ordinal)
        return is_sunday(ordinal) or ordinal in self.names or (saturdays and is_saturday(ordinal))

    def roll(self, ordinal: int, *, saturdays: bool = False, backwards: bool = False) -> int:
        """The day itself, or the next that is neither Sunday nor holiday (art. 2963(3) c.c.). Saturday stays.

        With `saturdays` a Saturday is passed over as well; with `backwards` the day moves to an earlier one.

        >>> calendar = national_calendar()
        >>> day_text(calendar.roll(parse_day("2026-12-12"), saturdays=True))
        '2026-12-14'

        Raises:
            NotEncoded: The day, or the day it would move to, lies outside the table.
        """
        step = -1 if backwards else 1
        while self.is_free(ordinal, saturdays=saturdays):
            ordinal += step
        return ordinal

    def pause(self, *, saturdays: bool = False) -> int:
        """The furthest that a day can roll."""
        return self.longest_break if saturdays else self.longest_pause

    def roll_range(
        self, low: int, high: int, *, saturdays: bool = False, backwards: bool = False
    ) -> tuple[int, int]:  # fmt: skip
        """The days between which a day rolls that is only known to lie from `low` to `high`.

        Exact inside the table, because rolling never changes the order of two days. Outside it, where an unknown day
        has only the bounds of the vocabulary, the range widens by the longest pause: sound, and never an error.
        """
        pause = self.pause(saturdays=saturdays)
        before, after = (pause, 0) if backwards else (0, pause)
        if self.first + before <= low and high <= self.last - after:
            ends = (self.roll(end, saturdays=saturdays, backwards=backwards) for end in (low, high))
            return next(ends), next(ends)
        return low - before, high + after

    def is_working(self, ordinal: int, *, feriali: bool = False) -> bool:
        """Whether the day is a working day under national law: not Saturday, not Sunday, not a national holiday.

        With `feriali` a Saturday works: this is how Italian acts commonly use the word.
        """
        return not self.is_free(ordinal, saturdays=not feriali)

    def add_working_days(self, ordinal: int, days: int, *, feriali: bool = False) -> int:
        """The day on which so many working days have passed; the starting day is not counted. Zero moves nothing.

        A working day here is none of Saturday, Sunday and national holidays; with `feriali` a Saturday is one.

        >>> calendar = national_calendar()
        >>> day_text(calendar.add_working_days(parse_day("2026-04-02"), 5))
        '2026-04-10'

        Raises:
            NotEncoded: The day, or the result, lies outside the table.
        """
        self._within(ordinal)
        if not days:
            return ordinal
        working = _working_days(self, feriali)
        place = bisect_right(working, ordinal) + days - 1 if days > 0 else bisect_left(working, ordinal) + days
        if not 0 <= place < len(working):
            raise self._outside(self.last + 1 if days > 0 else self.first - 1)
        return working[place]

    def working_days_between(self, start: int, end: int, *, feriali: bool = False) -> int:
        """How many working days pass from `start`, which is not counted, to `end`, which is; negative if it lies before.

        The number that `add_working_days` takes to come from a day to a working one.

        Raises:
            NotEncoded: One of the days lies outside the table.
        """
        self._within(start)
        self._within(end)
        working = _working_days(self, feriali)
        if start <= end:
            return bisect_right(working, end) - bisect_right(working, start)
        return bisect_left(working, end) - bisect_left(working, start)

    def _within(self, ordinal: int) -> None:
        if not self.first <= ordinal <= self.last:
            raise self._outside(ordinal)

    def _outside(self, ordinal: int) -> NotEncoded:
        day, first, last = map(dt.date.fromordinal, (ordinal, self.first, self.last))
        return NotEncoded("the national holidays", day, first, last)


@cache
def _working_days(calendar: Calendar, feriali: bool) -> list[int]:
    return [day for day in range(calendar.first, calendar.last + 1) if calendar.is_working(day, feriali=feriali)]


@cache
def national_calendar() -> Calendar:
    """The calendar of the bundled rules."""
    return read_calendar(_path())


@cache
def digest() -> str:
    """What tells the calendar of the bundled rules from any other, as its version does; no day of it is read for that.

    >>> national_calendar().version.endswith(digest())
    True
    """
    return _digest(_path().read_bytes())


def _path() -> Path:
    return bundled_rules() / "tables" / f"{TABLE}.csv"


def _digest(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()[:12]


def read_calendar(path: Path) -> Calendar:
    """A calendar from a table `date,name` that covers whole years; the first line names source, date and generator.

    Raises:
        ValueError: The file is no such table.
    """
    import csv

    content = path.read_bytes()
    source, header, *lines = content.decode("utf-8").splitlines()
    if not source.startswith("# ") or header != "date,name" or not lines:
        raise ValueError(f"{path}: expected a line that names the source, then date,name, then the days")
    names = {parse_day(day): name for day, name in csv.reader(lines)}
    first, last = parse_day(f"{day_text(min(names))[:4]}-01-01"), parse_day(f"{day_text(max(names))[:4]}-12-31")
    version = f"{TABLE} {day_text(first)[:4]}-{day_text(last)[:4]} {_digest(content)}"
    return _calendar(version, first, last, names)


def with_days(calendar: Calendar, label: str, days: Mapping[int, str]) -> Calendar:
    """A calendar with more holidays, such as the patron saint of one place; a holiday that is there keeps its name.

    Days outside the calendar are left out. `label` tells its version from others.
    """
    inside = {day: name for day, name in days.items() if calendar.first <= day <= calendar.last}
    names = inside | dict(calendar.names)
    return _calendar(f"{calendar.version} + {label}", calendar.first, calendar.last, names)


def _calendar(version: str, first: int, last: int, names: Mapping[int, str]) -> Calendar:
    pause, break_ = _longest(names, is_sunday), _longest(names, lambda day: is_sunday(day) or is_saturday(day))
    return Calendar(version, first, last, names, pause, break_)


def _longest(names: Mapping[int, str], free: Callable[[int], bool]) -> int:
    """The most days that follow one another of which each is a holiday or free on its own account."""
    longest = 2
    for day in names:
        start = end = day
        while start - 1 in names or free(start - 1):
            start -= 1
        while end + 1 in names or free(end + 1):
            end += 1
        longest = max(longest, end - start + 1)
    return longest
