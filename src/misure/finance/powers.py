# SPDX-License-Identifier: Apache-2.0
"""Powers of `1 + rate`, exact where they are fractions and between certified bounds where they are not.

Over whole years the discount factor `1/(1 + i)^t` is a fraction. Over half a year it is the root of one, which no
fraction equals unless numerator and denominator are squares (a rate of 4.04% is `1.02^2 - 1`). Where it is irrational,
two decimals enclose it: logarithm and exponential of the decimal arithmetic are correctly rounded, each is widened by one
unit in its last place, and every step between them is rounded outwards. The contexts are the module's own: the caller's
decimal context, which operators such as a minus sign would obey, is never asked.

>>> exact_discount(Fraction(404, 10000), Fraction(1, 2))
Fraction(50, 51)
>>> exact_discount(Fraction(319, 10000), Fraction(1, 2)) is None
True
>>> discount_bounds(Fraction(319, 10000), Fraction(1, 2), digits=12)
(984421734704, 984421734705)
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import lru_cache

__all__ = ["DIGITS", "MOST_DIGITS", "discount_bounds", "exact_discount"]

DIGITS = 50
"""The decimals at which an irrational value is first enclosed."""
MOST_DIGITS = 800
"""The decimals at which refining stops."""

_GUARD = 12
"""Digits beyond those asked for: two steps of rounding, and a time of some hundred years, cost fewer."""


@lru_cache(maxsize=4096)
def exact_discount(rate: Fraction, time: Fraction) -> Fraction | None:
    """`(1 + rate)^-time` if it is a fraction, for a rate and a time not below zero."""
    grown = 1 + rate
    above, below = _root(grown.numerator, time.denominator), _root(grown.denominator, time.denominator)
    if above is None or below is None:
        return None
    return Fraction(below**time.numerator, above**time.numerator)


def _root(value: int, degree: int) -> int | None:
    """The whole root of a positive whole number, if it has one."""
    if degree == 1 or value == 1:
        return value
    low, high = 1, 1 << -(-value.bit_length() // degree)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= value:
            low = middle
        else:
            high = middle - 1
    return low if low**degree == value else None


@lru_cache(maxsize=4096)
def discount_bounds(rate: Fraction, time: Fraction, digits: int) -> tuple[int, int]:
    """Two whole numbers between which `(1 + rate)^-time * 10^digits` lies, for a positive rate and time."""
    precision = digits + _GUARD
    near = Context(prec=precision, traps=[])
    down, up = (
        Context(prec=precision, rounding=ROUND_FLOOR, traps=[]),
        Context(prec=precision, rounding=ROUND_CEILING, traps=[]),
    )
    grown = 1 + rate
    above, below = near.ln(Decimal(grown.numerator)), near.ln(Decimal(grown.denominator))
    least = down.subtract(near.next_minus(above), near.next_plus(below))
    greatest = up.subtract(near.next_plus(above), near.next_minus(below))
    times, over = Decimal(time.numerator), Decimal(time.denominator)
    low = near.next_minus(near.exp(up.divide(up.multiply(greatest, times), over).copy_negate()))
    high = near.next_plus(near.exp(down.divide(down.multiply(least, times), over).copy_negate()))
    unit = 10**digits
    return max(0, int(Fraction(low) * unit // 1)), min(unit, int(-(-Fraction(high) * unit // 1)))
