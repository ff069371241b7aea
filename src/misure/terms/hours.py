# SPDX-License-Identifier: Apache-2.0
"""Deadlines with an hour, on the clock of Italy and in UTC: they never move."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from misure._reopen import by_public_name
from misure.ground.arguments import shown
from misure.ground.clock import HourCount, Instant, hours_from, midnight_after
from misure.ground.clock import instant as read_instant
from misure.ground.given import day as day_given
from misure.terms.reading import Day, check_flag, named, told

__all__ = ["HourDeadline", "Moment", "add_hours", "by_end_of_day", "by_hour", "instant"]

Moment = Instant | dt.datetime | str
"""A day with its hour."""


@by_public_name
@dataclass(frozen=True, slots=True)
class HourDeadline:
    """A deadline at a moment: whether what arrives at that very moment is in time is said by `hour_inclusive`."""

    at: Instant
    hour_inclusive: bool

    @property
    def day(self) -> dt.date:
        """The last day in Italy on which anything is in time."""
        return self.at.day if self.hour_inclusive else Instant(self.at.utc - dt.timedelta(microseconds=1)).day

    def admits(self, moment: Moment, fold: int | None = None) -> bool:
        """Whether what arrives at a moment is in time.

        Raises:
            BadFacts: There is no such moment, or there are two.
        """
        arrived = instant(moment, fold=fold)
        return arrived <= self.at if self.hour_inclusive else arrived < self.at


def instant(given: Moment, *, fold: int | None = None) -> Instant:
    """A moment on the clock of Italy, from `2026-11-15T12:00`; `T24:00` is the end of its day.

    An hour that exists twice, on the night on which the clock is put back, is told apart by `fold`: 0 the first, 1 the
    second. What has an offset of its own is that moment.

    >>> instant("2026-10-25T12:00").utc.isoformat()
    '2026-10-25T11:00:00+00:00'
    >>> instant("2026-03-29T02:30")
    Traceback (most recent call last):
    ...
    misure.ground.errors.BadFacts: <instant>: moment: 2026-03-29T02:30 does not exist in Europe/Rome: the clock goes from 02:00 to 03:00 that night; did you mean '2026-03-29T03:30:00'?

    Raises:
        BadFacts: It is no day with an hour; the time does not exist; or it exists twice and `fold` does not say which.
    """
    return told("instant", "moment", lambda: read_instant(given, fold))


def by_hour(given: Moment, *, hour_inclusive: bool, fold: int | None = None) -> HourDeadline:
    """A deadline at an hour that a call names, "entro le ore 12:00 del 15 novembre 2026".

    Whether 12:00:00 itself is in time no act says for every portal, so that the caller does. One second later never is.

    >>> noon = by_hour("2026-11-15T12:00", hour_inclusive=True)
    >>> noon.admits("2026-11-15T12:00:00"), noon.admits("2026-11-15T12:00:01")
    (True, False)

    Raises:
        BadFacts: There is no such moment, or there are two.
    """
    check_flag("by_hour", "hour_inclusive", hour_inclusive)
    return HourDeadline(told("by_hour", "moment", lambda: read_instant(given, fold)), hour_inclusive)


def by_end_of_day(day: Day) -> HourDeadline:
    """The end of a day, "entro il 15 novembre 2026": everything before the midnight that follows is in time.

    >>> last = by_end_of_day("2026-11-15")
    >>> last.admits("2026-11-15T23:59:59.999"), last.admits("2026-11-16T00:00"), str(last.at)
    (True, False, '2026-11-16T00:00:00+01:00')

    Raises:
        BadFacts: It is no day.
    """
    return HourDeadline(midnight_after(told("by_end_of_day", "day", lambda: day_given(day))), hour_inclusive=False)


def add_hours(
    start: Moment, hours: int, *, count: HourCount | str = HourCount.ELAPSED, backwards: bool = False,
    fold: int | None = None,
) -> Instant:  # fmt: skip
    """The end of a term in hours. Hours are real ones: a change of the clock on the way changes none of them.

    Args:
        start: The moment from which it runs.
        hours: How many.
        count: `elapsed`, to the second; or `whole_hours`: the hour in which it starts is left out (art. 155(1) c.p.c.;
            art. 3(1) of Regulation 1182/71).
        backwards: The term is counted back.
        fold: As in `instant`.

    >>> str(add_hours("2026-03-28T12:00", 48)), str(add_hours("2026-06-10T10:20", 24, count="whole_hours"))
    ('2026-03-30T13:00:00+02:00', '2026-06-11T11:00:00+02:00')

    Raises:
        BadFacts: There is no such moment, or the number is no whole one or negative.
    """
    check_flag("add_hours", "backwards", backwards)
    begin = told("add_hours", "start", lambda: read_instant(start, fold))
    return told("add_hours", "hours", lambda: hours_from(begin, hours, _count(count), backwards=backwards))


def _count(given: object) -> HourCount:
    return named(HourCount, given, f"hours are not counted as {shown(given)}", "they are")
