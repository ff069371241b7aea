# SPDX-License-Identifier: Apache-2.0
"""Patron saints: local holidays, which no nationwide or regional term is moved for unless the act names the place.

The provincial capitals of Lombardy stand in `rules/tables/santi-patroni.csv`; of any other place the day is given.

>>> from misure.ground.days import day_text, parse_day
>>> day_text(calendar_of("Milano").roll(parse_day("2026-12-07")))
'2026-12-09'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from misure.ground.days import add_years, day_text, parse_day, year_of
from misure.ground.holidays import Calendar, national_calendar, with_days
from misure.ground.place import nearest
from misure.ground.rules_folder import bundled_rules

__all__ = ["PATRON", "calendar_of", "calendar_with", "patrons"]

PATRON = "santo patrono"
"""What a patron's day is called whose saint is not told."""

_MONTH_AND_DAY = re.compile(r"[0-9]{2}-[0-9]{2}", re.ASCII)


@cache
def patrons() -> Mapping[str, tuple[str, str]]:
    """The day (`MM-DD`) and the name of the patron of each place of the table."""
    import csv

    _, *lines = (bundled_rules() / "tables" / "santi-patroni.csv").read_text("utf-8").splitlines()
    return MappingProxyType({row["place"]: (row["date"], row["name"]) for row in csv.DictReader(lines)})


@cache
def calendar_of(place: str) -> Calendar:
    """The national calendar with the patron of a place, whose name may be in small letters.

    Raises:
        ValueError: The table has no such place; the message names the nearest one.
    """
    found = next((known for known in patrons() if known.casefold() == place.strip().casefold()), None)
    if found is None:
        hint = nearest(place.strip().title(), patrons())
        suggestion = f"; did you mean {hint!r}?" if hint else ""
        raise ValueError(
            f"no patron saint of {place[:60]!r} is known; the places are {', '.join(patrons())}{suggestion}"
        )
    return calendar_with(*patrons()[found])


@cache
def calendar_with(date: str, name: str = PATRON) -> Calendar:
    """The national calendar with one more holiday on the same day (`MM-DD`) of every year.

    Raises:
        ValueError: There is no such day.
    """
    if not _MONTH_AND_DAY.fullmatch(date):
        raise ValueError(f"{date[:40]!r} is not a day of the year: write MM-DD")
    parse_day(f"2000-{date}")  # a leap year, so that 29 February is a day
    calendar = national_calendar()
    years = range(year_of(calendar.first), year_of(calendar.last) + 1)
    ends = (add_years(parse_day(f"2000-{date}"), year - 2000) for year in years)
    return with_days(calendar, date, {day: name for day in ends if day_text(day)[5:] == date})
