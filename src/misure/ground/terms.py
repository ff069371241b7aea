# SPDX-License-Identifier: Apache-2.0
"""Counting regimes: what becomes of a term whose last day is a Sunday or a holiday.

The day on which a term starts is never counted (art. 2963(2) c.c.): adding 30 days to it is the whole rule, and it is
done before this module is asked. What is asked here is whether the day so found moves.

>>> from misure.ground.days import day_text, parse_day
>>> from misure.ground.holidays import national_calendar
>>> end = deadline(parse_day("2026-08-15"), Regime.IT_CIVIL, national_calendar())
>>> day_text(end.day), end.moved
('2026-08-17', (('holiday', 'Assunzione della Beata Vergine Maria'), ('sunday',)))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from misure.ground.holidays import Calendar, is_sunday
from misure.ground.place import nearest

__all__ = ["Deadline", "Reason", "Regime", "deadline", "deadlines"]

Reason = tuple[str] | tuple[str, str]
"""Why a day was passed over: `("sunday",)`, or `("holiday", its name)`."""


class Regime(StrEnum):
    """A counting regime that the library offers.

    >>> Regime("it_cpc")
    Traceback (most recent call last):
    ...
    ValueError: the counting regime 'it_cpc' is not offered; the regimes are: fixed_instant, it_civil
    """

    FIXED_INSTANT = "fixed_instant"
    """A day (and hour) that the call itself names: it never moves."""
    IT_CIVIL = "it_civil"
    """Art. 2963(3) c.c., a general principle: a last day on a Sunday or national holiday moves to the next day that is
    neither. Saturday does not move: it is no holiday."""

    @classmethod
    def _missing_(cls, value: object) -> Regime:
        offered = ", ".join(cls)
        hint = nearest(value, [regime.value for regime in cls]) if isinstance(value, str) else None
        suggestion = f"; did you mean {hint!r}?" if hint else ""
        raise ValueError(f"the counting regime {value!r} is not offered; the regimes are: {offered}{suggestion}")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term: `day` as it counts, `raw` before it moved, and each day passed over with its reason."""

    day: int
    raw: int
    regime: Regime
    moved: tuple[Reason, ...] = ()


def deadline(raw: int, regime: Regime, calendar: Calendar) -> Deadline:
    """The last day of a term, given the day that counting alone leads to.

    Raises:
        NotEncoded: The regime asks the calendar about a day outside it.
    """
    if regime is Regime.FIXED_INSTANT:
        return Deadline(raw, raw, regime)
    day = calendar.roll(raw)
    return Deadline(day, raw, regime, tuple(_reason(passed, calendar) for passed in range(raw, day)))


def deadlines(raw: int, regimes: Iterable[Regime], calendar: Calendar) -> tuple[Deadline, ...]:
    """The different answers of several regimes, earliest first: one alone when the doubt makes no difference."""
    by_day = {found.day: found for found in (deadline(raw, regime, calendar) for regime in regimes)}
    return tuple(by_day[day] for day in sorted(by_day))


def _reason(day: int, calendar: Calendar) -> Reason:
    name = calendar.holiday_name(day)
    return ("sunday",) if name is None or is_sunday(day) else ("holiday", name)
