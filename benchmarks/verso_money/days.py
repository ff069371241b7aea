# SPDX-License-Identifier: Apache-2.0
"""Days as the civil code counts them (articles 1187, 2962 and 2963), written by hand; the call says nothing of it.

Days are ordinals of `datetime.date`. Where the call bears two readings an answer has two ends, both included.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cache

Span = tuple[int, int]
"""Two ends, the same where there is one answer."""

FIXED = ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26))
"""Law 260/1949, art. 2, with law 54/1977, DPR 792/1985 and law 336/2000."""
SAINT_FRANCIS = (10, 4)
SAINT_FRANCIS_SINCE = 2026
"""Law 151/2025."""


def easter(year: int) -> dt.date:
    """Easter Sunday, by the table of Gauss as Oudin wrote it out."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    since = epact - weekday
    month = 3 + (since + 40) // 44
    return dt.date(year, month, since + 28 - 31 * (month // 4))


@cache
def holidays(year: int) -> frozenset[int]:
    found = {dt.date(year, month, day).toordinal() for month, day in FIXED}
    if year >= SAINT_FRANCIS_SINCE:
        found.add(dt.date(year, *SAINT_FRANCIS).toordinal())
    return frozenset(found | {easter(year).toordinal() + 1})


def moved(day: int) -> int:
    """Art. 2963 c. 3: a term that ends on a holiday ends on the next day that is none. Saturday is none."""
    while True:
        date = dt.date.fromordinal(day)
        if date.weekday() != calendar.SUNDAY and day not in holidays(date.year):
            return day
        day += 1


def after_days(day: int, days: int) -> int:
    """Art. 2963 c. 2: the first day does not count, the last does."""
    return moved(day + days)


def after_months(day: int, months: int) -> int:
    """Art. 2963 c. 4 and 5: the same day of the last month, or the last of that month. Not moved yet."""
    start = dt.date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(start.day, last)).toordinal()
