# SPDX-License-Identifier: Apache-2.0
"""Exact decimal text, scaled integers, shares, and the roundings that acts name.

Every number of the library is an integer scaled by the decimals of its unit: 1234.50 EUR is 123450 cents. A binary
float never enters. A share such as 35% is an exact fraction.

>>> parse_scaled("1234.5", decimals=2)
123450
>>> decimal_text(123450, decimals=2)
'1234.50'
>>> share_text(parse_share("35%"))
'35%'
"""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = [
    "MOST_DIGITS", "decimal_text", "down", "half_even", "half_up", "parse_scaled", "parse_share", "portion", "scaled", "share_text", "up",
]  # fmt: skip

MOST_DIGITS = 30
"""No amount of any act has more digits than this; a longer text is a mistake or an attack."""

_DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")


def parse_scaled(text: str, decimals: int) -> int:
    """The scaled integer that a plain decimal text stands for: `1234.5` with two decimals is 123450.

    More decimals than allowed are refused even when they are zeros: `10.000` may well mean ten thousand.

    >>> parse_scaled("-0.07", decimals=2)
    -7
    >>> parse_scaled("1.234,50", decimals=2)
    Traceback (most recent call last):
    ...
    ValueError: '1.234,50' has a comma: write 1234.50, a point before the decimals and no thousands separators

    Raises:
        ValueError: The text is no plain decimal number, is absurdly long, or has more decimals than allowed.
    """
    if len(text) > MOST_DIGITS:
        raise ValueError(f"a number of {len(text)} characters is too long")
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} {_why_not(text)}")
    sign, whole, part = match.groups(default="")
    if len(part) > decimals:
        raise ValueError(f"{text!r} has {len(part)} decimals" if decimals else f"{text!r} is not whole")
    value = int(whole + part.ljust(decimals, "0"))
    return -value if sign else value


def decimal_text(value: int, decimals: int) -> str:
    """A scaled integer as plain decimal text, with all its decimals: 123450 with two is `1234.50`.

    >>> decimal_text(-7, decimals=2), decimal_text(12, decimals=0)
    ('-0.07', '12')
    """
    if not decimals:
        return str(value)
    digits = str(abs(value)).rjust(decimals + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


def scaled(value: Fraction, decimals: int) -> int:
    """The scaled integer of an exact fraction.

    >>> scaled(Fraction(7, 20), decimals=4)
    3500

    Raises:
        ValueError: The fraction has no exact form with so many decimals.
    """
    product: Fraction = value * 10**decimals
    if product.denominator != 1:
        raise ValueError(f"{value} cannot be written with {decimals} decimals")
    return product.numerator


def parse_share(text: str) -> Fraction:
    """A share of a whole, written `35%` or `0.35`.

    >>> parse_share("12.5%")
    Fraction(1, 8)

    Raises:
        ValueError: The text is neither.
    """
    number = text.removesuffix("%")
    value = Fraction(parse_scaled(number, MOST_DIGITS), 10**MOST_DIGITS)
    return value / 100 if number != text else value


def share_text(share: Fraction) -> str:
    """A share as a percentage, without idle zeros: `12.5%`.

    >>> share_text(Fraction(1, 8)), share_text(Fraction(1))
    ('12.5%', '100%')

    Raises:
        ValueError: The share has no finite decimal form, so that printing it would round it.
    """
    text = decimal_text(scaled(share * 100, MOST_DIGITS), MOST_DIGITS)
    return text.rstrip("0").rstrip(".") + "%"


def half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to the nearest whole, a half away from zero: the rule where an act names none.

    >>> half_up(5, 2), half_up(7, 5)
    (3, 1)

    Raises:
        ValueError: An operand is negative: no amount that acts round is, and the two readings of a half would part.
    """
    _never_negative(numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def down(numerator: int, denominator: int) -> int:
    """The quotient without its fraction: the rule where a percentage is itself a maximum.

    >>> down(5, 2)
    2

    Raises:
        ValueError: An operand is negative.
    """
    _never_negative(numerator, denominator)
    return numerator // denominator


def half_even(numerator: int, denominator: int) -> int:
    """The quotient rounded to the nearest whole, a half to the even one of its neighbours.

    >>> half_even(5, 2), half_even(7, 2)
    (2, 4)

    Raises:
        ValueError: An operand is negative.
    """
    _never_negative(numerator, denominator)
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2))


def up(numerator: int, denominator: int) -> int:
    """The quotient raised to the next whole unless it is one.

    >>> up(5, 2), up(4, 2)
    (3, 2)

    Raises:
        ValueError: An operand is negative.
    """
    _never_negative(numerator, denominator)
    return -(-numerator // denominator)


def _never_negative(numerator: int, denominator: int) -> None:
    if numerator < 0 or denominator <= 0:
        raise ValueError(
            f"only a non-negative amount is rounded, over a positive divisor; got {numerator}/{denominator}"
        )


_NOT_KNOWN = frozenset({"nd", "na", "notyet", "unknown", "ignoto", "null", "none"})
"""What people and programs write where they have no number."""


def _why_not(text: str) -> str:
    """What is wrong with a text that is no plain decimal number, for the person who wrote it."""
    lower = text.lower()
    if not text:
        return "is empty: leave the fact out when it is not known"
    if not text.isascii():
        return "has characters that are no plain digits"
    if any(character.isspace() for character in text):
        return "has a space: write 1234.50"
    if re.sub(r"[./_-]", "", lower) in _NOT_KNOWN:
        return "is no number: leave it out when it is not known"
    if lower.strip("+-") in {"nan", "inf", "infinity"}:
        return "is no number"
    if "," in text:
        return "has a comma: write 1234.50, a point before the decimals and no thousands separators"
    if (text.count(".") > 1 or "_" in text or "'" in text) and not any(character.isalpha() for character in text):
        return "has thousands separators: write 1234.50"
    if re.fullmatch(r"[+-]?[0-9.]+e[+-]?[0-9]+", lower):
        return "has an exponent: write the digits out"
    if text.startswith("+"):
        return "has a plus sign: leave it out"
    if text.strip("-0123456789") == ".":
        return "has a point without digits on both sides: write 0.50"
    return "is not a number: write 1234.50"


def portion(amount: int, part: int, whole: int, divisor: int = 1, *, half: bool = False) -> int:
    """What of an amount falls to a part of a whole, over a divisor: rounded down, or half up. The part counts up to the whole.

    >>> portion(10000, 1, 3), portion(10000, 2, 3, half=True), portion(10000, 5, 3)
    (3333, 6667, 10000)
    """
    product, by = amount * min(part, whole), whole * divisor
    return (2 * product + by) // (2 * by) if half else product // by
