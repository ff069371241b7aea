# SPDX-License-Identifier: Apache-2.0
"""What a caller says of a term, read once: every fault is gathered, and raised together.

A length is one number of one unit; dates become ordinals, names become members of their enums, a place its calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from misure.ground.arguments import shown
from misure.ground.days import MonthEnd
from misure.ground.given import Day, refuse
from misure.ground.given import day as day_given
from misure.ground.holidays import Calendar, national_calendar
from misure.ground.patrons import calendar_of, calendar_with
from misure.ground.place import nearest
from misure.ground.regimes import Regime

__all__ = ["UNITS", "TermText", "Day", "Span", "calendar_for", "check_flag", "day_text_or", "named", "read", "told"]

Span = tuple[Day, Day]
"""A stretch of days, the first and the last included."""

UNITS = ("days", "working_days", "weeks", "months", "years")
_LONGEST = 200 * 366
"""No term is longer than the table of holidays."""

T = TypeVar("T")
Name = TypeVar("Name", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class TermText:
    """A term as it was asked about: days are ordinals."""

    start: int
    count: int
    unit: str
    regime: Regime
    calendar: Calendar
    backwards: bool = False
    rounding: MonthEnd = MonthEnd.LAST_DAY
    feriali: bool = False
    suspended_days: int = 0
    spans: tuple[tuple[int, int], ...] = ()
    """Stretches of days that do not count; none touches another."""
    extended_days: int = 0
    extended_months: int = 0
    extended_to: int | None = None


def told(where: str, subject: str, read_it: Callable[[], T]) -> T:
    """What `read_it` returns; what it refuses is raised as `BadFacts`."""
    try:
        return read_it()
    except ValueError as problem:
        refuse(f"<{where}>", [(subject, str(problem))])
        raise


def day_text_or(given: object) -> str:
    """What was given, in a sentence."""
    return given if isinstance(given, str) else shown(given)


def calendar_for(place: object, patron: object) -> Calendar:
    """The national holidays, with the patron of a place or of a day of the year where one is named."""
    if place is not None and patron is not None:
        raise ValueError("a term has the patron of a place, or of a day: not both")
    if place is not None:
        if not isinstance(place, str):
            raise ValueError(f"a place is named by its text; got {shown(place)}")
        return calendar_of(place)
    if patron is not None:
        if not isinstance(patron, str):
            raise ValueError(f"a patron's day is written MM-DD; got {shown(patron)}")
        return calendar_with(patron)
    return national_calendar()


def check_flag(where: str, subject: str, given: object) -> None:
    """Refuse what is neither True nor False."""
    if not isinstance(given, bool):
        refuse(f"<{where}>", [(subject, _NO_FLAG.format(shown(given)))])


_NO_FLAG = "yes or no is said by True or False; got {}"


class _Faults:
    """Reads one thing after another, and keeps what is wrong."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def say(self, subject: str, message: str) -> None:
        self.found.append((subject, message))

    def of(self, subject: str, read_it: Callable[[object], T], given: object, otherwise: T) -> T:
        try:
            return read_it(given)
        except ValueError as problem:
            self.say(subject, str(problem))
            return otherwise

    def flag(self, subject: str, given: object) -> bool:
        if given is not True and given is not False:
            self.say(subject, _NO_FLAG.format(shown(given)))
        return given is True


def read(
    where: str, start: object, lengths: dict[str, object], *, regime: object, backwards: object = False,
    rounding: object = MonthEnd.LAST_DAY, feriali: object = False, suspended: object = (), extended: object = None,
    extended_months: object = None, place: object = None, patron: object = None,
) -> TermText:  # fmt: skip
    """The term that was asked about.

    Raises:
        BadFacts: Something in it cannot be; everything that is wrong is told.
    """
    faults = _Faults()
    began = faults.of("start", day_given, start, 1)
    named = faults.of("regime", _regime, regime, Regime.IT_CIVIL)
    unit, count = _length(lengths, faults)
    month_end = faults.of("rounding", _rounding, rounding, MonthEnd.LAST_DAY)
    calendar = national_calendar()
    if place is not None or patron is not None:
        where_kept = "place" if patron is None else "patron"
        calendar = faults.of(where_kept, lambda named: calendar_for(named, patron), place, calendar)
    back, with_saturdays = faults.flag("backwards", backwards), faults.flag("feriali", feriali)
    if with_saturdays and unit not in ("", "working_days"):
        faults.say("feriali", f"says which days are working days, and a term in {unit} counts them all")
    days, spans = faults.of("suspended", _suspended, suspended, _NOTHING)
    more_days, to_day = faults.of("extended", _extended, extended, _NO_EXTENSION)
    months = faults.of("extended_months", _whole, 0 if extended_months is None else extended_months, 0)
    if extended is not None and extended_months is not None:
        faults.say("extended_months", "a term is extended by days, by months or to a day: say one of them")
    if back and (days or spans or extended is not None or extended_months is not None):
        faults.say("backwards", "a term counted back from a day is neither suspended nor extended here")
    if days and unit == "working_days":
        faults.say("suspended", "say which days: how many of them are working days depends on that")
    if to_day is not None and to_day <= began:
        faults.say("extended", "the day to which the term is extended does not lie after its start")
    if faults.found:
        refuse(f"<{where}>", faults.found)
    return TermText(
        began, count, unit, named, calendar, back, month_end, with_saturdays, days, spans, more_days, months, to_day
    )


_NOTHING: tuple[int, tuple[tuple[int, int], ...]] = (0, ())
_NO_EXTENSION: tuple[int, int | None] = (0, None)


def _regime(given: object) -> Regime:
    return given if isinstance(given, Regime) else Regime(given)  # type: ignore[arg-type]


def _length(lengths: dict[str, object], faults: _Faults) -> tuple[str, int]:
    given = [(unit, count) for unit, count in lengths.items() if count is not None]
    if len(given) != 1:
        said = f"; got {' and '.join(unit for unit, _ in given)}" if given else ""
        faults.say("length", f"a term has one length, in {', '.join(UNITS[:-1])} or {UNITS[-1]}{said}")
        return "", 0
    unit, count = given[0]
    return unit, faults.of(unit, _whole, count, 0)


def _whole(count: object) -> int:
    if type(count) is not int:
        raise ValueError(f"expected a whole number; got {shown(count)}")
    if count < 0:
        raise ValueError(f"{count} is negative: a term counted back is said by backwards=True")
    if count > _LONGEST:
        raise ValueError(f"{count} is longer than any term")
    return count


def _rounding(given: object) -> MonthEnd:
    return named(MonthEnd, given, f"no rounding of months is called {shown(given)}", "it has")


def named(kind: type[Name], given: object, refused: str, there_are: str) -> Name:
    """A member of an enumeration by its name, or the words that refuse it, with the nearest name or all of them.

    >>> named(MonthEnd, "last-day", "that is no rounding", "it has")
    Traceback (most recent call last):
    ...
    ValueError: that is no rounding; did you mean 'last_day'?
    """
    try:
        return kind(given)  # type: ignore[arg-type] # whatever is no name is refused
    except ValueError:
        names = [str(name) for name in kind]
        if not isinstance(given, str):
            raise ValueError(f"expected one of {', '.join(names)}; got {shown(given)}") from None
        hint = nearest(given, names)
        suggestion = f"did you mean {hint!r}?" if hint else f"{there_are} {', '.join(names)}"
        raise ValueError(f"{refused}; {suggestion}") from None


def _suspended(given: object) -> tuple[int, tuple[tuple[int, int], ...]]:
    """How many days do not count, where only their number is said; else the stretches, merged."""
    if given == ():
        return _NOTHING
    if type(given) is int:
        return _whole(given), ()
    if not isinstance(given, tuple | list):
        raise ValueError(f"expected a number of days, or pairs of a first and a last day; got {shown(given)}")
    spans = []
    for span in given:
        if not isinstance(span, tuple | list) or len(span) != 2:
            raise ValueError(f"expected a first and a last day; got {shown(span)}")
        if span[1] is None:
            raise ValueError("a suspension that still runs has no last day yet, and the term no end")
        first, last = map(day_given, span)
        if last < first:
            raise ValueError(f"the suspension ends on {day_text_or(span[1])}, before it begins")
        spans.append((first, last))
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return 0, tuple(merged)


def _extended(given: object) -> tuple[int, int | None]:
    if given is None:
        return 0, None
    if type(given) is int:
        return _whole(given), None
    return 0, day_given(given)
