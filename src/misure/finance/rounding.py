# SPDX-License-Identifier: Apache-2.0
"""How an amount is rounded: in which manner, to what, and on the lines or on their total.

No general norm says how a grant is rounded; calls may truncate, round to the euro, or be silent. The only rule of EU law is
that of the conversion into euro, half a cent upwards (Reg. (EC) 1103/97, art. 5), which is taken where a call is silent.
An amount held by a cap is never rounded above it: whoever rounds takes the lesser of the two afterwards.

>>> Rounding("half_up").of("12345.665"), Rounding("half_even").of("12345.665"), Rounding("down").of("12345.665")
(Decimal('12345.67'), Decimal('12345.66'), Decimal('12345.66'))
>>> Rounding("down", quantum=100).of("12345.665")
Decimal('12300.00')
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from misure._reopen import by_public_name
from misure.finance.checked import Checked
from misure.finance.powers import DIGITS, MOST_DIGITS
from misure.ground.arguments import is_no, kind_in_words
from misure.ground.given import Money, cents, euros
from misure.ground.money import decimal_text, down, half_even, half_up, up

__all__ = ["NOT_REFINED", "TO_THE_CENT", "Bounds", "Mode", "Rounding", "RoundingStage", "certain", "in_euros"]


@by_public_name
class Mode(StrEnum):
    """In which manner."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"
    NONE = "none"
    """Not at all: the exact amount stands, as a `Decimal` where it has an end and as a `Fraction` where it has none."""


@by_public_name
class RoundingStage(StrEnum):
    """On what."""

    PER_LINE = "per_line"
    """On each line of cost, whose amounts are then summed."""
    TOTAL = "total"
    """Once, on the total."""


_QUOTIENT = {Mode.HALF_UP: half_up, Mode.HALF_EVEN: half_even, Mode.DOWN: down, Mode.UP: up}


@by_public_name
@dataclass(frozen=True, slots=True)
class Rounding:
    """A manner of rounding.

    Args:
        mode: `half_up`, `half_even`, `down`, `up` or `none`.
        quantum: The amount to whose multiples is rounded, in euros and whole cents: 0.01, 1, 100.
        stage: `per_line` or `total`.

    Raises:
        BadFacts: A name is none of these, or the quantum is no positive amount.
    """

    mode: str = Mode.HALF_UP
    quantum: Money = Decimal("0.01")
    stage: str = RoundingStage.TOTAL

    def __post_init__(self) -> None:
        asked = Checked("Rounding")
        mode = Mode(asked.one_of("mode", self.mode, Mode))
        quantum = asked.positive("quantum", self.quantum)
        stage = RoundingStage(asked.one_of("stage", self.stage, RoundingStage))
        asked.done()
        for name, value in (("mode", mode), ("quantum", euros(quantum)), ("stage", stage)):
            object.__setattr__(self, name, value)

    def of(self, amount: Decimal | Fraction | int | str) -> Decimal | Fraction:
        """An amount of euros, with however many decimals, rounded.

        Raises:
            BadFacts: It is no number, is negative, or is a binary float.
        """
        asked = Checked("Rounding.of")
        value = asked.number("amount", amount)
        asked.done()
        return in_euros(self.cents(value * 100))

    def cents(self, value: Fraction) -> Fraction:
        """A number of cents, not negative, rounded to a multiple of the quantum.

        Raises:
            TypeError: It is no fraction and no whole number.
        """
        if is_no(value, (Fraction, int)):
            raise TypeError(f"value is a number of cents, a Fraction; got {kind_in_words(value)}")
        value = Fraction(value)
        if self.mode == Mode.NONE:
            return value
        quantum = cents(self.quantum)
        over = value / quantum
        return Fraction(_QUOTIENT[Mode(self.mode)](over.numerator, over.denominator) * quantum)


TO_THE_CENT = Rounding()
"""Half a cent upwards, on the total: what is done where a call says nothing."""

NOT_REFINED = (
    f"the amount lies so near a tie that {MOST_DIGITS} decimals do not tell how it rounds, or it is not rounded"
)

Bounds = Callable[[int], tuple[Fraction, Fraction]]
"""The two ends, in cents, between which a value lies, by the number of decimals at which its parts are enclosed."""


def certain(
    bounds: Bounds, rounding: Rounding, first: int = DIGITS, most: int = MOST_DIGITS
) -> tuple[Fraction, Fraction, int]:
    """The least and the greatest that the rounded value may be, in cents, and the decimals it took; 0 where it is exact.

    The decimals are doubled until both ends round to the same amount, which two different ends at last do: a present
    value that is no fraction is irrational, and so stands on no tie. (The positive parts that powers of one rate
    contribute cannot cancel: real roots of positive rationals whose quotients are irrational are linearly independent over
    the rationals.) Should `most` decimals not do, the two neighbouring amounts are the answer.
    """
    digits = first
    while True:
        low, high = bounds(digits)
        if low == high:
            return rounding.cents(low), rounding.cents(high), 0
        least, greatest = rounding.cents(low), rounding.cents(high)
        if least == greatest or digits >= most or rounding.mode == Mode.NONE:
            return least, greatest, digits
        digits = min(2 * digits, most)


def in_euros(amount: Fraction) -> Decimal | Fraction:
    """Cents as euros: with two decimals where they are whole, with all where they have an end, else as a fraction.

    >>> in_euros(Fraction(5)), in_euros(Fraction(1, 4)), in_euros(Fraction(100, 3))
    (Decimal('0.05'), Decimal('0.0025'), Fraction(1, 3))
    """
    if amount.denominator == 1:
        return euros(amount.numerator)
    value = amount / 100
    decimals, rest = 0, value.denominator
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        decimals = max(decimals, power)
    return value if rest > 1 else Decimal(decimal_text(int(value * 10**decimals), decimals))
