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
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from misure.ground.days import parse_day
from misure.ground.errors import BadFacts
from misure.ground.money import MOST_DIGITS, decimal_text, parse_scaled, parse_share, scaled
from misure.ground.place import Fault, Place

__all__ = ["Mistake", "Money", "Rate", "cents", "day", "euros", "exact", "refuse"]

Money: TypeAlias = Decimal | int | str
"""Euros: a decimal with at most two decimals, whole euros, or decimal text such as `1234.50`."""
Rate: TypeAlias = Decimal | Fraction | int | str
"""A share or a yearly rate: 0.0319, or the text `3.19%`."""
Mistake: TypeAlias = tuple[str, str] | tuple[str, str, str | None]
"""What is wrong with which part of what was given: its name, the words, and the nearest right value where there is one."""


_MOST_BITS = 100
"""A whole number of more bits has over thirty digits."""


def cents(given: object) -> int:
    """Euros as whole cents; never negative.

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
        raise ValueError(f"expected a date; got {given!r:.60}")
    return given.toordinal()


def refuse(where: str, faults: Iterable[Mistake]) -> None:
    """Raise `BadFacts` with every fault, each (subject, message) or (subject, message, suggestion), if there is one.

    >>> refuse("<relations>", [])
    """
    found = [Fault(Place(where), *fault) for fault in faults]
    if found:
        raise BadFacts(found)


def _scaled(given: object, decimals: int) -> int:
    if isinstance(given, str):
        return parse_scaled(given, decimals)
    if isinstance(given, bool | float) or not isinstance(given, Decimal | int):
        raise ValueError(_not_exact(given))
    if isinstance(given, int):
        if given.bit_length() > _MOST_BITS:
            raise ValueError("a whole number of so many digits is no amount that an act could name")
        return int(given * 10**decimals)
    if not given.is_finite() or (given and not -MOST_DIGITS <= given.adjusted() <= MOST_DIGITS):
        raise ValueError(f"{given} is no amount that an act could name")
    return scaled(Fraction(given), decimals)


def _not_exact(given: object) -> str:
    if isinstance(given, float):
        return f'{given!r} is a binary float, which is not exact: write it as text, "{given!r}"'
    return f"expected a number; got {given!r:.60}"
