# SPDX-License-Identifier: Apache-2.0
"""The ceilings of the four de minimis regulations, and the three years over which each counts, on plain day numbers.

The regulations go by short names: `gen` (Reg. (EU) 2023/2831, before it 1407/2013), `sgei` (2023/2832, before it 360/2012),
`agri` (1408/2013 as amended), `fish` (717/2014 as amended). All figures stand in `rules/ue/deminimis-ceilings.csv`.

>>> from misure.ground.days import day_text, parse_day
>>> [day_text(day) for day in window(parse_day("2026-11-22"), "gen")]
['2023-11-23', '2026-11-22']
>>> [day_text(day) for day in window(parse_day("2026-11-22"), "fish")]
['2024-01-01', '2026-11-22']
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from misure._reopen import by_public_name
from misure.ground.arguments import shown
from misure.ground.dated import Cited, dated_table
from misure.ground.days import add_years
from misure.ground.errors import NotEncoded
from misure.ground.given import refuse
from misure.ground.place import nearest

__all__ = [
    "CALENDAR_YEAR", "REGULATIONS", "TABLE", "CeilingRow", "Convention", "YearEnd", "ceiling_row", "ceiling_rows",
    "leaves", "regulation_faults", "start", "window",
]  # fmt: skip

TABLE = "ue/deminimis-ceilings"
REGULATIONS = ("gen", "sgei", "agri", "fish")

YearEnd = tuple[int, int]
"""The last day of a financial year: month and day. The 29th of February stands for the last day of February."""
CALENDAR_YEAR: YearEnd = (12, 31)


@by_public_name
class Convention(StrEnum):
    """Where three rolling years begin. The three differ by a day, or around the 29th of February alone."""

    MAIN = "main"
    """Three years back, then a day on: the same day three years earlier is out (register's FAQ 15.1)."""
    ALT = "alt"
    """A day on, then three years back: differs from the first only around the 29th of February."""
    SAME_DAY = "same_day"
    """The same day three years earlier counts: the loose wording of one chamber of commerce, against the register."""


@by_public_name
@dataclass(frozen=True, slots=True)
class CeilingRow:
    """What one regulation says on a period of days of granting. Amounts are cents, days ordinals."""

    regulation: str
    since: int
    until: int | None
    ceiling: int
    with_register: int | None
    """The higher ceiling of a Member State that keeps a complete central register; None where the act has none."""
    rolling: bool
    """Three years up to the grant; otherwise the financial year of the grant and those before it."""
    years: int
    only_schemes: bool
    """The months after expiry cover aid under a scheme, and no other."""
    citation: Cited
    note: str


def regulation_faults(given: object) -> list[tuple[str, str]]:
    """What is wrong with the name of a regulation, with the nearest right one."""
    if isinstance(given, str) and given in REGULATIONS:
        return []
    hint = nearest(given, REGULATIONS) if isinstance(given, str) else None
    suggestion = f"did you mean {hint!r}?" if hint else f"they are {', '.join(REGULATIONS)}"
    if not isinstance(given, str):
        return [("regulation", f"a regulation is a text, one of {', '.join(REGULATIONS)}; got {shown(given)}")]
    return [("regulation", f"no regulation is called {shown(given)}; {suggestion}")]


def ceiling_rows(regulation: str) -> tuple[CeilingRow, ...]:
    """What a regulation said and says, the oldest first.

    >>> [(row.ceiling, row.rolling) for row in ceiling_rows("gen")]
    [(20000000, False), (30000000, True), (30000000, True)]

    Raises:
        BadFacts: No regulation has this name; the message tells the nearest.
    """
    if regulation not in REGULATIONS:
        refuse("<law>", regulation_faults(regulation))
    return _ceiling_rows(regulation)


@cache
def _ceiling_rows(regulation: str) -> tuple[CeilingRow, ...]:
    return tuple(
        CeilingRow(
            regulation, row.since, row.until, row.cents("ceiling"),
            row.cents("with_register") if row.texts["with_register"] else None,
            row.texts["window"] == "rolling", row.whole("years"), row.texts["only"] == "schemes", row.citation, row.note,
        )
        for row in dated_table(TABLE).series(regulation=regulation)
    )  # fmt: skip


def ceiling_row(day: int, regulation: str) -> CeilingRow:
    """What a regulation says of an aid granted on a day: it lives on the day of granting, not of payment (art. 3(3)).

    Raises:
        NotEncoded: The day lies outside the table.
        BadFacts: No regulation has this name.
    """
    rows = ceiling_rows(regulation)
    for row in rows:
        if row.since <= day and (row.until is None or day <= row.until):
            return row
    last = rows[-1].until
    raise NotEncoded(
        f"{TABLE} ({regulation})", dt.date.fromordinal(day), dt.date.fromordinal(rows[0].since),
        None if last is None else dt.date.fromordinal(last),
    )  # fmt: skip


def window(
    day: int, regulation: str, *, convention: Convention = Convention.MAIN, year_end: YearEnd = CALENDAR_YEAR
) -> tuple[int, int]:
    """The first and the last day whose aid counts when an aid is granted on a day. It never moves for a holiday.

    Raises:
        NotEncoded: The law of that day is not encoded.
        BadFacts: No regulation has this name, or the day is no ordinal.
    """
    if type(day) is not int or not 1 <= day <= dt.date.max.toordinal():
        refuse("<law>", [("day", f"expected the ordinal of a day (date.toordinal()); got {shown(day)}")])
    return start(day, ceiling_row(day, regulation), convention, year_end), day


def start(day: int, row: CeilingRow, convention: Convention, year_end: YearEnd) -> int:
    """The first day that counts for a grant on a day, by the rule of one row."""
    if not row.rolling:
        return _financial_year_start(day, row.years, year_end)
    if convention is Convention.ALT:
        return add_years(day + 1, -row.years)
    back = add_years(day, -row.years)
    return back if convention is Convention.SAME_DAY else back + 1


def leaves(granted: int, row: CeilingRow, convention: Convention, year_end: YearEnd) -> int:
    """The first day on which an aid no longer counts, by the rule of one row: a grant on that day does not see it."""
    day = add_years(granted, row.years)
    if not row.rolling:
        day = _financial_year_start(day, 1, year_end)
    # Around the 29th of February, and at the edge of a financial year, the guess may be a day or a year away.
    while start(day, row, convention, year_end) <= granted:
        day = day + 1 if row.rolling else add_years(day, 1)
    while start(day - 1, row, convention, year_end) > granted:
        day -= 1
    return day


def _financial_year_start(day: int, years: int, year_end: YearEnd) -> int:
    """The first day of the earliest of so many financial years, the last of which holds the day."""
    date = dt.date.fromordinal(day)
    ends = _year_end(date.year, year_end)
    last_year = date.year if date <= ends else date.year + 1
    return _year_end(last_year - years, year_end).toordinal() + 1


def _year_end(year: int, year_end: YearEnd) -> dt.date:
    month, day = year_end
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
