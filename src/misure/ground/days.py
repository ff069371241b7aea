# SPDX-License-Identifier: Apache-2.0
"""The civil calendar on plain integers: a day is its proleptic Gregorian ordinal (`datetime.date.toordinal`).

Integers are compared, added and bounded by every engine in the same way; dates are not.

>>> day_text(add_months(parse_day("2026-01-31"), 1))
'2026-02-28'
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache

from misure._reopen import by_public_name
from misure.ground.spreadsheets import likely_day

__all__ = ["LAST_QUESTION", "MonthEnd", "WrongDay", "add_months", "add_years", "day_text", "parse_day", "year_of"]

LAST_QUESTION = dt.date(2090, 12, 31)
"""The last day on which a question can be put: what is counted from it must still lie inside the calendar."""

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class WrongDay(ValueError):
    """A text that is no day, and the right one that it may mean: in Italy `1/2/2025` is the first of February."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        self.message, self.suggestion = message, suggestion
        super().__init__(message + (f"; did you mean {suggestion!r}?" if suggestion else ""))


def parse_day(text: str) -> int:
    """The ordinal of an ISO date, `YYYY-MM-DD` and no other of the forms that ISO 8601 knows.

    >>> parse_day("2022-06-01")
    738307
    >>> parse_day("2023-02-29")
    Traceback (most recent call last):
    ...
    misure.ground.days.WrongDay: 2023-02-29 does not exist: February 2023 has 28 days
    >>> parse_day("1/2/2025")
    Traceback (most recent call last):
    ...
    misure.ground.days.WrongDay: '1/2/2025' is not a date: write YYYY-MM-DD; did you mean '2025-02-01'?

    Raises:
        WrongDay: The text is no such date, or the date does not exist; the message says which. It is a `ValueError`.
    """
    match = _ISO_DAY.fullmatch(text[:11])
    if match is None:
        raise WrongDay(f"{text[:40]!r} is not a date: write YYYY-MM-DD", likely_day(text))
    year, month, day = map(int, match.groups())
    if not 1 <= month <= 12 or not year:
        raise WrongDay(f"{text} does not exist: there is no {f'month {month}' if year else 'year 0'}")
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise WrongDay(f"{text} does not exist: {_MONTHS[month - 1]} {year} has {length} days")
    return dt.date(year, month, day).toordinal()


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_text(ordinal: int) -> str:
    """The ISO date of a day."""
    return dt.date.fromordinal(ordinal).isoformat()


def year_of(ordinal: int) -> int:
    """The calendar year of a day."""
    return dt.date.fromordinal(ordinal).year


@by_public_name
class MonthEnd(StrEnum):
    """What becomes of a term in months whose last month lacks the day on which it began."""

    LAST_DAY = "last_day"
    """The last day of that month: the law's rounding (art. 2963(5) c.c.; art. 3(2)(c) of Regulation 1182/71)."""
    NEXT_MONTH = "next_month"
    """The first day of the month after it: no law counts so, and some calls and contracts do."""


@lru_cache(maxsize=65_536)
def add_months(ordinal: int, months: int, rounding: MonthEnd = MonthEnd.LAST_DAY) -> int:
    """The day with the same number so many months later (or earlier); if that month lacks it, its last day.

    This is how terms in months are counted: art. 2963(4)-(5) of the Italian civil code; art. 3(2)(c) of Regulation
    (EEC, Euratom) 1182/71. Unless another rounding is named it is to the last day of the month, never into the next
    one. The function is monotone in day and months, so the ends of an interval of days may be moved one by one.

    >>> day_text(add_months(parse_day("2028-01-31"), 1)), day_text(add_months(parse_day("2026-03-31"), -1))
    ('2028-02-29', '2026-02-28')
    >>> day_text(add_months(parse_day("2028-01-31"), 1, MonthEnd.NEXT_MONTH))
    '2028-03-01'

    Raises:
        ValueError: The result lies outside the years 1 to 9999.
    """
    from dateutil.relativedelta import relativedelta  # importing it costs as much as the rest of `import misure`

    start = dt.date.fromordinal(ordinal)
    try:
        end = start + relativedelta(months=months)
        return end.toordinal() + (rounding is MonthEnd.NEXT_MONTH and end.day < start.day)
    except (ValueError, OverflowError):
        raise ValueError(f"{start} and {months} months lie outside the calendar") from None


def add_years(ordinal: int, years: int, rounding: MonthEnd = MonthEnd.LAST_DAY) -> int:
    """The same day so many years later; 29 February becomes 28 February where there is none. As `add_months`.

    >>> day_text(add_years(parse_day("2024-02-29"), 1))
    '2025-02-28'
    """
    return add_months(ordinal, 12 * years, rounding)
