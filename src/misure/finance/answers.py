# SPDX-License-Identifier: Apache-2.0
"""What a calculation answers: an amount with its steps, the acts beneath it, and what was not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from misure._reopen import by_public_name
from misure.finance.rounding import in_euros
from misure.ground.dated import Cited
from misure.ground.money import decimal_text
from misure.ground.ranges import Range
from misure.ground.truth import Confidence, worst

__all__ = ["AmountAnswer", "Number", "RateAnswer", "Step", "amount_between", "shown", "surest", "unique"]

Number: TypeAlias = Decimal | Fraction | int | str | Range
"""The value of a step: an amount, a rate, a count, a name, or the two ends of one."""

_SHOWN = 12
"""The decimals of a factor in a step; its ends are rounded outwards to them."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: what was applied, what stands after it, and the provision it follows."""

    name: str
    value: Number
    citation: Cited | None = None


@by_public_name
@dataclass(frozen=True, slots=True)
class AmountAnswer:
    """An amount of euros.

    Args:
        amount: A `Decimal` where it is certain; a `Range` where its ends are; None where nothing bounds it.
        steps: How it came about, in order.
        citations: The provisions beneath it.
        confidence: How sure the least sure of them is; official where the answer rests on the caller's word alone.
        unknown: Why the amount is not certain, one sentence for each reason; empty where it is.
        precision: The decimals at which irrational discount factors were enclosed; 0 where all was computed exactly.
    """

    amount: Decimal | Fraction | Range | None
    steps: tuple[Step, ...]
    citations: tuple[Cited, ...]
    confidence: Confidence
    unknown: tuple[str, ...] = ()
    precision: int = 0


@by_public_name
@dataclass(frozen=True, slots=True)
class RateAnswer:
    """A yearly rate: exact, a `Range`, or None where no source gives it. The other fields are those of `AmountAnswer`."""

    rate: Fraction | Range | None
    steps: tuple[Step, ...]
    citations: tuple[Cited, ...]
    confidence: Confidence
    unknown: tuple[str, ...] = ()


def amount_between(least: Fraction, greatest: Fraction) -> Decimal | Fraction | Range:
    """Two ends in cents as one amount of euros, or as the range between them."""
    low, high = in_euros(least), in_euros(greatest)
    return low if least == greatest else Range(low, high)


def shown(low: Fraction, high: Fraction) -> Decimal | Range:
    """A number between two ends for the eye: rounded outwards, unless it is one decimal with an end.

    >>> shown(Fraction(1, 8), Fraction(1, 8))
    Decimal('0.125000000000')
    >>> shown(Fraction(1, 3), Fraction(1, 3))
    Range(least=Decimal('0.333333333333'), greatest=Decimal('0.333333333334'))
    """
    unit = 10**_SHOWN
    least, greatest = low * unit // 1, -(-high * unit // 1)
    ends = Decimal(decimal_text(int(least), _SHOWN)), Decimal(decimal_text(int(greatest), _SHOWN))
    return ends[0] if ends[0] == ends[1] else Range(*ends)


def unique(citations: Iterable[Cited]) -> tuple[Cited, ...]:
    """The citations without repetition, in order."""
    return tuple(dict.fromkeys(citations))


def surest(citations: Iterable[Cited]) -> Confidence:
    """How sure an answer is that rests on them all."""
    return worst(*(cited.confidence for cited in citations))
