# SPDX-License-Identifier: Apache-2.0
"""What a caller hands to the library, brought to its inner form: euros to cents, dates to ordinals, rates to fractions.

A binary float is refused everywhere: it is not exact. Each function raises `ValueError` with words for the person who
gave the value; who checks many values gathers the faults and raises them together.

>>> cents("1234.50"), cents(Decimal("0.07")), cents(12)
(123450, 7, 1200)
>>> cents(0.1)
Traceback (most recent call last):
...
ValueError: 0.1 is a binary float, which is not exact: write it as text, "0.1"
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import TypeAlias

from misure.ground.arguments import kind_in_words, shown
from misure.ground.days import WrongDay, parse_day
from misure.ground.errors import BadFacts
from misure.ground.money import MOST_DIGITS, decimal_text, parse_scaled, parse_share, scaled
from misure.ground.place import Fault, Place

__all__ = [
    "Day",
    "Mistake",
    "Money",
    "Rate",
    "cents",
    "day",
    "euros",
    "exact",
    "plain_day",
    "plain_days",
    "rate",
    "refuse",
]

Money: TypeAlias = Decimal | int | str
"""Euros: a decimal with at most two decimals, whole euros, or decimal text such as `1234.50`."""
Rate: TypeAlias = Decimal | Fraction | int | str
"""A share or a yearly rate: 0.0319, or the text `3.19%`."""
Day: TypeAlias = dt.date | str
"""A day: a date without a time of day, or its ISO text, `2022-06-01`."""
Mistake: TypeAlias = tuple[str, str] | tuple[str, str, str | None]
"""What is wrong with which part of what was given: its name, the words, and the nearest right value where there is one."""


_MOST = 10**MOST_DIGITS
_IDLE = re.compile(r"(-?[0-9]+)\.([0-9]+)")
_GROUP = 3
"""The digits of a group of thousands."""
_MOST_BITS = 100
"""A whole number of more bits has over thirty digits."""


def cents(given: object) -> int:
    """Euros as whole cents; never negative. Zeros behind the cents are idle, in a text as in a decimal.

    >>> cents("10000.0000") == cents(Decimal("10000.0000"))
    True

    Raises:
        ValueError: It is no amount of money, is negative, or has more than two decimals.
    """
    value = _scaled(given, 2)
    if value < 0:
        raise ValueError(f"{given} is negative, and an amount of money is not")
    return value


def euros(amount: int) -> Decimal:
    """Cents as a decimal of euros, with its two decimals.

    >>> euros(123450)
    Decimal('1234.50')
    """
    return Decimal(decimal_text(amount, 2))


def exact(given: object) -> Fraction:
    """A share or a rate as an exact fraction.

    >>> exact("3.19%") == exact(Decimal("0.0319"))
    True

    Raises:
        ValueError: It is none, or a binary float.
    """
    if isinstance(given, str):
        return parse_share(given)
    if isinstance(given, bool | float) or not isinstance(given, Decimal | Fraction | int):
        raise ValueError(_not_exact(given))
    if isinstance(given, Decimal) and (
        not given.is_finite() or (given and not -MOST_DIGITS <= given.adjusted() <= MOST_DIGITS)
    ):
        raise ValueError(f"{given} is no number that an act could name")
    return Fraction(given)


def rate(given: object) -> Fraction:
    """A share or a yearly rate, from 0 to 100%: every rate that a caller hands over is read by this.

    >>> rate("0.5%"), rate(Decimal("0.35"))
    (Fraction(1, 200), Fraction(7, 20))
    >>> rate(50)
    Traceback (most recent call last):
    ...
    ValueError: 50 is above 100%: a rate of 50 per cent is written 50%

    Raises:
        ValueError: It is none, a binary float, below zero, above the whole, or has absurdly many digits.
    """
    value = exact(given)
    if max(abs(value.numerator), value.denominator) >= _MOST:
        raise ValueError(f"a rate with more than {MOST_DIGITS} digits is a mistake")
    if value < 0:
        raise ValueError(f"{given} is below zero, and no such rate is used")
    if value > 1:
        plain = str(given).removesuffix("%")
        hint = "" if str(given) != plain or value > 100 else f": a rate of {plain} per cent is written {plain}%"
        raise ValueError(f"{given} is above 100%{hint}")
    return value


def day(given: object) -> int:
    """A date, or its ISO text, as an ordinal. A date with an hour is refused: which day it is depends on the place.

    >>> day("2026-11-22") == day(dt.date(2026, 11, 22))
    True

    Raises:
        ValueError: It is no date, or does not exist.
    """
    if isinstance(given, str):
        return parse_day(given)
    if isinstance(given, dt.datetime) or not isinstance(given, dt.date):
        raise ValueError(f"expected a date; got {shown(given)}")
    return given.toordinal()


def plain_day(given: object, name: str = "on") -> dt.date:
    """The day that an argument tells: a date, or its ISO text.

    >>> plain_day("2022-06-01") == plain_day(dt.date(2022, 6, 1))
    True
    >>> plain_day("1/2/2025")
    Traceback (most recent call last):
    ...
    misure.ground.errors.BadFacts: <question>: on: '1/2/2025' is not a date: write YYYY-MM-DD; did you mean '2025-02-01'?

    Raises:
        BadFacts: It is a text, and no day.
        TypeError: It is something else, or a date with a time of day.
    """
    if type(given) is dt.date:
        return given
    if not isinstance(given, str):
        raise TypeError(f"{name}= is a day, a date without a time of day; got {kind_in_words(given)}")
    try:
        return dt.date.fromordinal(parse_day(given))
    except WrongDay as wrong:
        raise BadFacts([Fault(Place("<question>"), name, wrong.message, wrong.suggestion)]) from None


def plain_days(given: Mapping[str, object], name: str, kind: str, faults: list[Fault]) -> dict[str, dt.date]:
    """The days of an argument that has one for each of some keys (or one alone, under ""); what is no day is added to `faults`.

    Raises:
        TypeError: One is neither a date nor a text; `kind` says what the argument has.
    """
    found: dict[str, dt.date] = {}
    for key, day in given.items():
        if not isinstance(day, str) and type(day) is not dt.date:
            raise TypeError(f"{name}= {kind}; got {shown(day)}")
        try:
            found[key] = plain_day(day, f"{name}.{key}" if key else name)
        except BadFacts as problem:
            faults += problem.faults
    return found


def refuse(where: str, faults: Iterable[Mistake]) -> None:
    """Raise `BadFacts` with every fault, each (subject, message) or (subject, message, suggestion), if there is one.

    >>> refuse("<relations>", [])
    """
    found = [Fault(Place(where), *fault) for fault in faults]
    if found:
        raise BadFacts(found)


def _scaled(given: object, decimals: int) -> int:
    if isinstance(given, str):
        return parse_scaled(_without_idle_zeros(given, decimals), decimals)
    if isinstance(given, bool | float) or not isinstance(given, Decimal | int):
        raise ValueError(_not_exact(given))
    if isinstance(given, int):
        if given.bit_length() > _MOST_BITS:
            raise ValueError("a whole number of so many digits is no amount that an act could name")
        return int(given * 10**decimals)
    if not given.is_finite() or (given and not -MOST_DIGITS <= given.adjusted() <= MOST_DIGITS):
        raise ValueError(f"{given} is no amount that an act could name")
    return scaled(Fraction(given), decimals)


def _without_idle_zeros(text: str, decimals: int) -> str:
    """A text without the zeros that a column of fixed decimals writes: `10000.0000` is the amount that its decimal is.

    Three decimals behind one to three digits stay, and are refused: `10.000` may well mean ten thousand.
    """
    match = _IDLE.fullmatch(text)
    if match is None or len(text) > MOST_DIGITS or match[2][decimals:].strip("0"):
        return text
    whole, part = match.groups()
    if len(part) == _GROUP and 0 < len(whole.lstrip("-0")) <= _GROUP:
        return text
    return f"{whole}.{part[:decimals]}" if len(part) > decimals else text


def _not_exact(given: object) -> str:
    if isinstance(given, float) and not isfinite(given):
        return f"{given!r} is no number"
    if isinstance(given, float):
        return f'{given!r} is a binary float, which is not exact: write it as text, "{given!r}"'
    return f"expected a number; got {shown(given)}"
