# SPDX-License-Identifier: Apache-2.0
"""Counting regimes: what becomes of a term whose last day is a Saturday, a Sunday or a holiday.

The day on which a term starts is never counted (art. 2963(2) c.c.): adding 30 days to it is the whole rule, and it is
done before this module is asked. What is asked here is whether the day so found moves. Citations and the few numbers
stand in `rules/stato/counting-regimes.csv`.

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
from functools import cache

from misure._reopen import by_public_name
from misure.ground.arguments import shown
from misure.ground.dated import Row, dated_table
from misure.ground.holidays import Calendar, is_saturday, is_sunday
from misure.ground.place import nearest

__all__ = [
    "COUNTING", "IN_DOUBT", "Deadline", "LeastWorking", "Reason", "Regime", "deadline", "deadline_range", "deadlines", "least_working",
    "passed_over", "rule_of",
]  # fmt: skip

Reason = tuple[str] | tuple[str, str]
"""Why a day was passed over: `("sunday",)`, `("saturday",)`, `("holiday", its name)`, or `("least_working_days",)`
where the day is a working one and the period would still have too few of them."""

COUNTING = "stato/counting-regimes"
"""The dated table of what acts lay down of the regimes."""


@by_public_name
class Regime(StrEnum):
    """A counting regime that the library offers.

    >>> Regime("it_civl")
    Traceback (most recent call last):
    ...
    ValueError: the counting regime 'it_civl' is not offered; the regimes are: eu_1182_71, it_civil, it_cpc, it_tax, fixed_instant, validity; did you mean 'it_civil'?
    """

    EU_1182_71 = "eu_1182_71"
    """Acts of the Union: Regulation (EEC, Euratom) 1182/71, art. 3. A last day on a Saturday, Sunday or holiday moves to
    the next working day; a period counted back does not; one of two days or more has two working days in it."""
    IT_CIVIL = "it_civil"
    """Art. 2963(3) c.c., a general principle: a last day on a Sunday or national holiday moves to the next day that is
    neither. Saturday does not move: it is no holiday."""
    IT_CPC = "it_cpc"
    """Civil procedure, art. 155 c.p.c.: Saturday moves too; a term counted back moves to an earlier day."""
    IT_TAX = "it_tax"
    """Duties towards the economic and financial administration, art. 7(1)(h) DL 70/2011: Saturday moves too."""
    FIXED_INSTANT = "fixed_instant"
    """A day (and hour) that the call itself names: it never moves."""
    VALIDITY = "validity"
    """How long a certificate is good: nothing is to be done on its last day, so that it never moves."""

    @classmethod
    def _missing_(cls, value: object) -> Regime:
        offered = ", ".join(cls)
        if not isinstance(value, str):
            raise ValueError(f"expected a counting regime, one of {offered}; got {shown(value)}")
        hint = nearest(value, [regime.value for regime in cls])
        suggestion = f"; did you mean {hint!r}?" if hint else ""
        raise ValueError(f"the counting regime {shown(value)} is not offered; the regimes are: {offered}{suggestion}")

    @property
    def saturdays(self) -> bool:
        """Whether a last day on a Saturday moves."""
        return self in _SATURDAYS

    def moves(self, *, backwards: bool = False) -> bool:
        """Whether the last day of a term can move at all; `backwards` of one that is counted back from a day."""
        return self in (_BACKWARDS if backwards else _MOVES)


_MOVES = frozenset({Regime.EU_1182_71, Regime.IT_CIVIL, Regime.IT_CPC, Regime.IT_TAX})
_SATURDAYS = frozenset({Regime.EU_1182_71, Regime.IT_CPC, Regime.IT_TAX})
_BACKWARDS = frozenset({Regime.IT_CIVIL, Regime.IT_CPC, Regime.IT_TAX})
"""Where a term counted back moves, it moves to an earlier day, as in a mirror (Cass. 14767/2014 on art. 155 c.p.c.)."""


IN_DOUBT = (Regime.FIXED_INSTANT, Regime.IT_CIVIL)
"""Between which regimes a call that is silent leaves a doubt: whether a last day on a Sunday or a holiday moves."""


@dataclass(frozen=True, slots=True)
class LeastWorking:
    """That a period of `days` days or more includes `working` working days (art. 3(5) of Regulation 1182/71)."""

    days: int
    working: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term: `day` as it counts, `raw` before it moved, and each day passed over with its reason."""

    day: int
    raw: int
    regime: Regime
    moved: tuple[Reason, ...] = ()
    """In the order in which the days are passed over: from `raw` on, or back from it."""


def rule_of(regime: Regime, rule: str, day: int) -> Row | None:
    """Where the law says a rule of a regime, as it stands on a day; None of a regime that no act lays down.

    Raises:
        NotEncoded: The rule began later, or its older text is not encoded.
    """
    if regime in (Regime.FIXED_INSTANT, Regime.VALIDITY):
        return None
    for row in _series(regime, rule):
        if row.holds_on(day):
            return row
    return dated_table(COUNTING).on(day, regime=str(regime), rule=rule)


@cache
def _series(regime: Regime, rule: str) -> tuple[Row, ...]:
    return dated_table(COUNTING).series(regime=str(regime), rule=rule)


@cache
def least_working(regime: Regime) -> LeastWorking | None:
    """How many working days a period has at least, where the regime says so."""
    if regime is not Regime.EU_1182_71:
        return None
    days, working = (_series(regime, rule)[-1].whole("number") for rule in ("least_days", "least_working_days"))
    return LeastWorking(days, working)


def deadline(
    raw: int, regime: Regime, calendar: Calendar, *, backwards: bool = False, start: int | None = None
) -> Deadline:  # fmt: skip
    """The last day of a term, given the day that counting alone leads to.

    `backwards` says that the term is counted back from a day; `start`, the day it started, is needed only where the
    regime asks for a number of working days in it.

    Raises:
        NotEncoded: The regime asks the calendar about a day outside it.
    """
    if not regime.moves(backwards=backwards):
        return Deadline(raw, raw, regime)
    day = calendar.roll(raw, saturdays=regime.saturdays, backwards=backwards)
    if start is not None and not backwards and (least := least_working(regime)) and raw - start >= least.days:
        day = max(day, calendar.add_working_days(start, least.working))
    return Deadline(day, raw, regime, passed_over(raw, day, calendar))


def deadline_range(
    low: int, high: int, regime: Regime, calendar: Calendar, *, backwards: bool = False
) -> tuple[int, int]:  # fmt: skip
    """The days between which a deadline lies whose `raw` day is only known to lie from `low` to `high`; never an error."""
    if not regime.moves(backwards=backwards):
        return low, high
    return calendar.roll_range(low, high, saturdays=regime.saturdays, backwards=backwards)


def passed_over(raw: int, day: int, calendar: Calendar) -> tuple[Reason, ...]:
    """Why a last day that counting leads to is not the one that rules: each day passed over, from `raw` on."""
    if day == raw:
        return ()
    return tuple(_reason(one, calendar) for one in range(raw, day, 1 if raw < day else -1))


def deadlines(
    raw: int, regimes: Iterable[Regime], calendar: Calendar, *, backwards: bool = False, start: int | None = None
) -> tuple[Deadline, ...]:  # fmt: skip
    """The different answers of several regimes, earliest first: one alone when the doubt makes no difference."""
    by_day: dict[int, Deadline] = {}
    for regime in regimes:
        found = deadline(raw, regime, calendar, backwards=backwards, start=start)
        by_day.setdefault(found.day, found)
    return tuple(by_day[day] for day in sorted(by_day))


def _reason(day: int, calendar: Calendar) -> Reason:
    if is_sunday(day):
        return ("sunday",)
    name = calendar.holiday_name(day)
    if name is not None:
        return ("holiday", name)
    return ("saturday",) if is_saturday(day) else ("least_working_days",)
