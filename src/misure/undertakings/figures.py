# SPDX-License-Identifier: Apache-2.0
"""Figures of an undertaking: a headcount, an amount of euros, a share; known exactly, between two ends, or not at all.

Figures are exact fractions and not decimals, because a partner's are taken pro rata: a third of ten million has no
decimal form, and a threshold must not be met by rounding.

>>> str(count("12.5")), str(money(Range(1, 2))), str(money(None))
('12.5', 'from 1 to 2', 'at least 0')
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from misure._reopen import by_public_name
from misure.ground.arguments import shown
from misure.ground.given import Money, Rate, cents, exact, rate
from misure.ground.money import decimal_text, scaled
from misure.ground.ranges import Range

__all__ = ["Count", "Euros", "Figure", "Share", "count", "money", "share", "signed", "whole_share"]


@by_public_name
@dataclass(frozen=True, slots=True)
class Figure:
    """A number that lies from `least` to `greatest`, both included; None is an end that nobody knows."""

    least: Fraction | None
    greatest: Fraction | None

    @property
    def exact(self) -> Fraction | None:
        """The number, when both ends are the same."""
        return self.least if self.least is not None and self.least == self.greatest else None

    def __str__(self) -> str:
        if self.least is None:
            return "unknown" if self.greatest is None else f"at most {_text(self.greatest)}"
        if self.greatest is None:
            return f"at least {_text(self.least)}"
        if self.least == self.greatest:
            return _text(self.least)
        return f"from {_text(self.least)} to {_text(self.greatest)}"


Count: TypeAlias = Decimal | Fraction | int | str | Range | Figure | None
"""Annual work units, or another count; None is not known."""
Euros: TypeAlias = Money | Fraction | Range | Figure | None
"""Euros; a fraction where the amount is a share of another; None is not known."""
Share: TypeAlias = Rate | Range | Figure | None
"""A share of a whole, such as `30%`, `Decimal("0.3")` or a fraction; None is not known."""

_NOTHING, _WHOLE = Fraction(0), Fraction(1)


def count(given: object) -> Figure:
    """A count of annual work units, never negative.

    Raises:
        ValueError: It is none.
    """
    return _read(given, _count, _NOTHING, None)


def money(given: object) -> Figure:
    """An amount of euros, never negative.

    Raises:
        ValueError: It is none.
    """
    return _read(given, _euros, _NOTHING, None)


def signed(given: object) -> Figure:
    """An amount of euros, or a ratio, that may be negative.

    Raises:
        ValueError: It is no number.
    """
    return _read(given, _number, None, None)


def share(given: object) -> Figure:
    """A share of a whole, from nothing to all of it.

    Raises:
        ValueError: It is none.
    """
    return _read(given, whole_share, _NOTHING, _WHOLE)


def whole_share(given: object) -> Fraction:
    """A share that is exactly known.

    Raises:
        ValueError: It is none: a binary float, a negative number, or more than the whole.
    """
    return rate(given)


def _read(given: object, one: Callable[[object], Fraction], bottom: Fraction | None, top: Fraction | None) -> Figure:
    if given is None:
        return Figure(bottom, top)
    if isinstance(given, Figure):
        least = bottom if given.least is None else one(given.least)
        greatest = top if given.greatest is None else one(given.greatest)
    elif isinstance(given, Range):
        least, greatest = one(given.least), one(given.greatest)
    else:
        least = greatest = one(given)
    if least is not greatest and least is not None and greatest is not None and least > greatest:
        raise ValueError(f"a range goes from its least to its greatest value; got {_text(least)} to {_text(greatest)}")
    return Figure(least, greatest)


def _count(given: object) -> Fraction:
    if isinstance(given, str) and given.endswith("%"):
        raise ValueError(f"expected a count; got {shown(given)}")
    value = exact(given)
    if value < 0:
        raise ValueError(f"a count is never negative; got {given}")
    return value


def _euros(given: object) -> Fraction:
    if isinstance(given, Fraction):
        if given < 0:
            raise ValueError(f"{given} is negative, and an amount of money is not")
        return given
    return Fraction(cents(given), 100)


def _number(given: object) -> Fraction:
    if isinstance(given, str) and given.endswith("%"):
        raise ValueError(f"expected a number; got {shown(given)}")
    return exact(given)


def _text(value: Fraction) -> str:
    """Plain decimals where there are some, else the fraction itself: never a rounded number."""
    if value.denominator == 1:
        return str(value.numerator)
    try:
        return decimal_text(scaled(value, 12), 12).rstrip("0")
    except ValueError:
        return str(value)
