# SPDX-License-Identifier: Apache-2.0
"""Values as people and programs read them: decimals, integers, dates, times of day, or a range of these.

>>> import datetime as dt
>>> as_json(Range(Decimal("6000.00"), Decimal("12000.00")))
{'from': '6000.00', 'to': '12000.00'}
>>> as_json(dt.date(2022, 6, 1))
'2022-06-01'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.ground.money import decimal_text
from misure.ground.ranges import Exact, Range
from misure.ground.times import time_number, time_text

__all__ = ["Exact", "Range", "Shown", "as_json", "day_of", "day_within", "number_of", "share_text"]

Shown: TypeAlias = Exact | Range | None
"""A value as an answer shows it: exact, between two ends, or None where nothing is known."""


def number_of(number: int, scale: int, decimals: int) -> int | Decimal | Fraction:
    """`number / scale` as an int (no decimals), an exact decimal of so many decimals, or a fraction where none is exact."""
    ten: int = 10**decimals
    if number * ten % scale:
        return Fraction(number, scale)
    scaled = number * ten // scale
    return Decimal(decimal_text(scaled, decimals)) if decimals else scaled


def day_of(ordinal: int) -> dt.date:
    """The date of an ordinal."""
    return dt.date.fromordinal(ordinal)


def day_within(first: int, last: int) -> dt.date | Range | None:
    """The day that lies between two ordinals; an end at the horizon of the vocabulary is no day of anybody, and left open.

    >>> day_within(738000, 738000), day_within(738000, LAST_DAY + 500)
    (datetime.date(2021, 7, 29), Range(least=datetime.date(2021, 7, 29), greatest=None))
    """
    if first == last:
        return day_of(first)
    # What is counted from the horizon lies some years on this side of it or on the other.
    least = day_of(first) if first > FIRST_DAY + _BESIDE else None
    greatest = day_of(last) if last < LAST_DAY - _BESIDE else None
    return None if least is None and greatest is None else Range(least, greatest)


_BESIDE = 25 * 365


def share_text(share: Fraction) -> str:
    """A share as exact decimal text where there is one, else as a fraction.

    >>> share_text(Fraction(13, 20)), share_text(Fraction(1, 3))
    ('0.65', '1/3')
    """
    for decimals in range(19):
        if share.numerator * 10**decimals % share.denominator == 0:
            return decimal_text(share.numerator * 10**decimals // share.denominator, decimals)
    return f"{share.numerator}/{share.denominator}"


def as_json(value: Shown) -> object:
    """The value as the contract writes it in JSON."""
    kind = type(value)
    if kind is int or kind is str or kind is bool or value is None:
        return value
    write = _WRITTEN.get(kind)
    return value if write is None else write(value)


_WRITTEN: dict[type, Callable[[Any], object]] = {
    Range: lambda value: {"from": as_json(value.least), "to": as_json(value.greatest)},
    Decimal: str,
    Fraction: share_text,
    dt.date: dt.date.isoformat,
    dt.time: lambda value: time_text(time_number(value)),
    tuple: lambda value: [as_json(item) for item in value],
}
