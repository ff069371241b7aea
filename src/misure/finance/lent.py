# SPDX-License-Identifier: Apache-2.0
"""What the answers about a loan have in common: its terms as steps, and an amount between two ends that are certified."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from misure.finance.answers import Number, Step, amount_between, shown
from misure.finance.checked import Ends
from misure.finance.factors import RepaymentPlan
from misure.finance.powers import DIGITS
from misure.finance.quoted import Quoted
from misure.finance.rounding import NOT_REFINED, Bounds, Rounding, certain

__all__ = ["Certified", "certified", "terms_of", "unknown_of"]


def terms_of(lent: Ends[int], plan: RepaymentPlan, reference: Quoted, discounting: Quoted) -> tuple[Step, ...]:
    """The terms of a loan as the first steps of an answer."""
    return (
        Step("principal", amount_between(Fraction(lent[0]), Fraction(lent[1]))),
        Step("reference_rate", reference.shown, next(iter(reference.citations), None)),
        Step("rate", plan.rate),
        Step("periods", plan.periods),
        Step("discount_rate", discounting.shown, next(iter(discounting.citations), None)),
    )


def unknown_of(lent: Ends[int], reference: Quoted, discounting: Quoted) -> tuple[str, ...]:
    """What is not known of them."""
    unknown = reference.unknown + discounting.unknown
    if reference.ends is not None and lent[0] != lent[1]:
        unknown += ("the principal is known only between two ends",)
    return unknown


class Certified(NamedTuple):
    """An amount in cents between two ends, what is not known of it, its value in euros before rounding, and the digits it took."""

    low: Fraction
    high: Fraction
    unknown: tuple[str, ...]
    unrounded: Number
    digits: int


def certified(least: Bounds, most: Bounds, rounding: Rounding, unknown: tuple[str, ...]) -> Certified:
    """The rounded amount between what is certainly its least and its greatest; one that is exact has nothing unknown."""
    ceiling, high, fine = certain(most, rounding)
    low, refuge, coarse = certain(least, rounding)
    if low < refuge or ceiling < high:
        unknown += (NOT_REFINED,)
    unrounded = shown(least(DIGITS)[0] / 100, most(DIGITS)[1] / 100)
    return Certified(low, high, unknown if low < high else (), unrounded, max(coarse, fine))
