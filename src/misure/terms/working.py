# SPDX-License-Identifier: Apache-2.0
"""Working days: none of Saturday, Sunday and national holidays (art. 2(2) of Regulation 1182/71).

Italian acts often say "giorni feriali", which in ordinary use takes Saturday in: each function takes `feriali`, and a
measure says which it means.
"""

from __future__ import annotations

import datetime as dt

from misure.ground.arguments import shown
from misure.ground.given import day as day_given
from misure.ground.given import refuse
from misure.terms.reading import Day, calendar_for, check_flag, told

__all__ = ["add_working_days", "is_working_day", "working_days_between"]


def is_working_day(day: Day, *, feriali: bool = False, place: str | None = None, patron: str | None = None) -> bool:
    """Whether a day is a working day.

    >>> is_working_day("2026-12-12"), is_working_day("2026-12-12", feriali=True)
    (False, True)

    Raises:
        BadFacts: It is no day, or the place has no patron in the table.
        NotEncoded: The day lies outside the table of holidays.
    """
    check_flag("is_working_day", "feriali", feriali)
    calendar = told("is_working_day", "place", lambda: calendar_for(place, patron))
    return calendar.is_working(told("is_working_day", "day", lambda: day_given(day)), feriali=feriali)


def add_working_days(
    start: Day, days: int, *, feriali: bool = False, place: str | None = None, patron: str | None = None
) -> dt.date:  # fmt: skip
    """The day on which so many working days have passed, or before it (negative); the start is not counted.

    >>> str(add_working_days("2026-12-10", 20)), str(add_working_days("2027-01-12", -20))
    ('2027-01-12', '2026-12-10')

    Raises:
        BadFacts: It is no day, no whole number, or the place has no patron in the table.
        NotEncoded: The start or the end lies outside the table of holidays.
    """
    check_flag("add_working_days", "feriali", feriali)
    calendar = told("add_working_days", "place", lambda: calendar_for(place, patron))
    begin = told("add_working_days", "start", lambda: day_given(start))
    if type(days) is not int:
        refuse("<add_working_days>", [("days", f"expected a whole number; got {shown(days)}")])
    return dt.date.fromordinal(calendar.add_working_days(begin, days, feriali=feriali))


def working_days_between(
    start: Day, end: Day, *, feriali: bool = False, place: str | None = None, patron: str | None = None
) -> int:  # fmt: skip
    """How many working days pass from the start, which is not counted, to the end, which is; negative if it lies before.

    >>> working_days_between("2026-12-10", "2027-01-12")
    20

    Raises:
        BadFacts: One is no day, or the place has no patron in the table.
        NotEncoded: A day lies outside the table of holidays.
    """
    check_flag("working_days_between", "feriali", feriali)
    calendar = told("working_days_between", "place", lambda: calendar_for(place, patron))
    first = told("working_days_between", "start", lambda: day_given(start))
    last = told("working_days_between", "end", lambda: day_given(end))
    return calendar.working_days_between(first, last, feriali=feriali)
