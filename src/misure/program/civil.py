# SPDX-License-Identifier: Apache-2.0
"""The calendar as the printed programs call it: exact on a known day, sound and total on the ends of an unknown one.

A known day outside the table of holidays is an error (`NotEncoded`): nobody may be told a deadline that was not worked out.
The ends of an unknown day may lie anywhere in the vocabulary's bounds; there the range only widens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from misure.ground.days import add_months, year_of
from misure.ground.holidays import national_calendar

__all__ = ["ENDS_OF", "FUNCTIONS", "ROLLS", "Roll", "working", "working_hi", "working_lo"]


class Roll(NamedTuple):
    """A way in which the last day of a term moves: over Saturdays too or not, to a later day or an earlier one."""

    saturdays: bool
    backwards: bool

    def exactly(self, day: int) -> int:
        """The day to which a known day rolls."""
        return national_calendar().roll(day, saturdays=self.saturdays, backwards=self.backwards)

    def least(self, day: int) -> int:
        """The least day to which a day from `day` on can roll."""
        return national_calendar().roll_range(day, day, saturdays=self.saturdays, backwards=self.backwards)[0]

    def greatest(self, day: int) -> int:
        """The greatest day to which a day until `day` can roll."""
        return national_calendar().roll_range(day, day, saturdays=self.saturdays, backwards=self.backwards)[1]


ROLLS: Mapping[str, Roll] = MappingProxyType({
    "roll": Roll(saturdays=False, backwards=False), "roll_saturday": Roll(saturdays=True, backwards=False),
    "back": Roll(saturdays=False, backwards=True), "back_saturday": Roll(saturdays=True, backwards=True),
})  # fmt: skip
"""Each way by the name of its operator."""


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


_NAMED: dict[str, Callable[..., int]] = {
    "year": year_of, "add_months": add_months, "add_working": working, "working_lo": working_lo, "working_hi": working_hi,
}  # fmt: skip
for _name, _way in ROLLS.items():
    _NAMED |= {_name: _way.exactly, f"{_name}_lo": _way.least, f"{_name}_hi": _way.greatest}

FUNCTIONS: Mapping[str, Callable[..., int]] = MappingProxyType(_NAMED)
"""What each operator of the calendar is, by its name in a split program."""

ENDS_OF: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"add_working": ("working_lo", "working_hi")} | {name: (f"{name}_lo", f"{name}_hi") for name in ROLLS}
)
"""What works out the ends of an unknown day, which may lie outside the table of holidays."""
