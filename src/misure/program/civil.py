# SPDX-License-Identifier: Apache-2.0
"""The calendar as the printed programs call it: exact on a known day, sound and total on the ends of an unknown one.

A known day outside the table of holidays is an error (`NotEncoded`): nobody may be told a deadline that was not worked out.
The ends of an unknown day may lie anywhere in the vocabulary's bounds; there the range only widens.
"""

from __future__ import annotations

from misure.ground.days import add_months, year_of
from misure.ground.holidays import national_calendar

__all__ = ["FUNCTIONS", "roll", "roll_hi", "roll_lo", "working", "working_hi", "working_lo"]


def roll(day: int) -> int:
    """The day, or the next that is neither Sunday nor national holiday."""
    return national_calendar().roll(day)


def roll_lo(day: int) -> int:
    """The least day to which a day from `day` on can roll."""
    return national_calendar().roll_range(day, day)[0]


def roll_hi(day: int) -> int:
    """The greatest day to which a day until `day` can roll."""
    return national_calendar().roll_range(day, day)[1]


def working(day: int, days: int) -> int:
    """The day on which so many working days have passed."""
    return national_calendar().add_working_days(day, days)


def working_lo(day: int, days: int) -> int:
    """A day not after the one on which so many working days have passed."""
    return working(day, days) if _inside(day, days) else day + min(0, 2 * days - 40)


def working_hi(day: int, days: int) -> int:
    """A day not before the one on which so many working days have passed."""
    return working(day, days) if _inside(day, days) else day + max(0, 2 * days + 40)


def _inside(day: int, days: int) -> bool:
    calendar = national_calendar()
    slack = 2 * abs(days) + 40
    return calendar.first + slack <= day <= calendar.last - slack


FUNCTIONS = {
    "year": year_of, "add_months": add_months, "roll": roll, "roll_lo": roll_lo, "roll_hi": roll_hi,
    "add_working": working, "working_lo": working_lo, "working_hi": working_hi,
}  # fmt: skip
"""What each operator of the calendar is, by its name in a split program."""
