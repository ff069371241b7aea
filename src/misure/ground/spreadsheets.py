# SPDX-License-Identifier: Apache-2.0
"""How an Italian spreadsheet writes numbers, days and instants, and the one plain writing of each.

A file whose columns semicolons separate was saved so: its comma is the sign of the decimals, and its days are day, month and
year. Elsewhere these are the nearest right writings that a fault offers. What may mean two things means none: `1.234` is
1234 to whoever saved the file, and 1,234 to whoever wrote it by hand.

>>> plain_number("1.234,56"), plain_number("74,50"), plain_number("1.234.567"), plain_number("1.234")
('1234.56', '74.50', '1234567', None)
>>> plain_day("31/12/2025"), plain_day("12/31/2025"), plain_instant("31/12/2025 12:00:03,25")
('2025-12-31', None, '2025-12-31T12:00:03.25')
"""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["likely_day", "likely_number", "plain_day", "plain_instant", "plain_number", "two_readings"]

_MOST = 40
"""Nothing longer is a number, a day or an instant."""
_COMMA = re.compile(r"(-?)([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]+)(%?)", re.ASCII)
_GROUPS = re.compile(r"(-?)([1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})(%?)", re.ASCII)
_ONE_GROUP = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}%?", re.ASCII)
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?%?", re.ASCII)
_TYPOGRAPHY = re.compile(r"€|EUR\b|[\s'’_+]")
_DAY = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-]?)([0-9]{1,2})\2([0-9]{1,2})", re.ASCII)
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,]([0-9]{1,6}))?)?", re.ASCII)


def plain_number(text: str) -> str | None:
    """The plain decimal text of a number with a decimal comma, or with two points of thousands or more.

    >>> plain_number("-0,5"), plain_number("12,5%"), plain_number("12.34,5"), plain_number("74.50")
    ('-0.5', '12.5%', None, None)
    """
    if len(text) > _MOST:
        return None
    if found := _COMMA.fullmatch(text):
        sign, whole, part, percent = found.groups()
        return f"{sign}{whole.replace('.', '')}.{part}{percent}"
    if found := _GROUPS.fullmatch(text):
        sign, whole, percent = found.groups()
        return f"{sign}{whole.replace('.', '')}{percent}"
    return None


def two_readings(text: str) -> tuple[str, str] | None:
    """What a number may mean that has three digits behind its only point, where a comma is the sign of the decimals.

    >>> two_readings("1.234"), two_readings("74.50"), two_readings("0.123")
    (('1234', '1,234'), None, None)
    """
    if len(text) > _MOST or _ONE_GROUP.fullmatch(text) is None:
        return None
    return text.replace(".", ""), text.replace(".", ",")


def plain_day(text: str) -> str | None:
    """The ISO text of a day, month and year; None of what is not written so, and of a day that does not exist."""
    found = _DAY.fullmatch(text) if len(text) <= _MOST else None
    return _iso(found[4], found[3], found[1]) if found else None


def likely_day(text: str) -> str | None:
    """The ISO text of the day that a wrong writing most likely means: the order of its parts, or its signs, are others.

    >>> likely_day("12/31/2025"), likely_day("1/2/2025"), likely_day("2025/12/31"), likely_day("20251231")
    ('2025-12-31', '2025-02-01', '2025-12-31', '2025-12-31')
    """
    text = text.strip() if len(text) <= _MOST else ""
    if found := _DAY.fullmatch(text):
        first, _, second, year = found.groups()
        return _iso(year, second, first) or _iso(year, first, second)
    if found := _YEAR_FIRST.fullmatch(text):
        year, sign, first, second = found.groups()
        if sign or len(text) == len("20251231"):
            return _iso(year, first, second)
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def plain_instant(text: str, day: str | None = None) -> str | None:
    """The ISO text of a day and an hour of Italy, `31/12/2025 12:00`; `day` is the plain writing of its day, where that is known.

    >>> plain_instant("31/12/2025 9.05"), plain_instant("31/12/2025"), plain_instant("31/12/2025 25:00")
    ('2025-12-31T09:05', None, None)
    """
    before, _, after = " ".join(text[: _MOST + 1].replace("T", " ").split()).partition(" ")
    plain, found = day or plain_day(before), _TIME.fullmatch(after)
    if len(text) > _MOST or plain is None or found is None:
        return None
    hour, minute, second, fraction = found.groups()
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    told = f"{plain}T{int(hour):02}:{minute}" + (f":{second}" if second else "")
    return told + (f".{fraction}" if fraction else "")


def likely_number(text: str) -> str | None:
    """The plain decimal text that a wrong writing most likely means; None of what may mean two, and of what means none.

    >>> likely_number("€ 1.234,56"), likely_number("1 234,50"), likely_number("1'234.50"), likely_number("1,234")
    ('1234.56', '1234.50', '1234.50', None)
    """
    bare = _TYPOGRAPHY.sub("", text) if len(text) <= _MOST else ""
    if two_readings(bare.replace(",", ".")) is not None:
        return None
    plain = plain_number(bare)
    return plain if plain is not None or bare == text or _PLAIN.fullmatch(bare) is None else bare
