# SPDX-License-Identifier: Apache-2.0
"""What one euro lent at one per cent less each year is worth at the grant: the factor of a loan's gross grant equivalent.

The aid in a loan is the interest that the borrower does not pay: at the end of each period, the outstanding principal times
the difference of the rates, discounted to the grant. The difference stands before the sum, so the loan's terms make one
number, and `GGE = principal * (reference rate - rate) * factor`.

Conventions, which no act states (Communication 2008/C 14/02 names the rates, not the calendar): periods are equal parts
of a year; interest of a period is the yearly rate over the periods of a year, paid at its end; discounting compounds
yearly, so that the end of period k lies k/periods_per_year years after the grant.

>>> low, high = annuity_factor(60, 1, "bullet", "0.5%", "3.19%")
>>> low == high, round(low * 10**6)
(True, 4554968)
>>> low, high = annuity_factor(72, 2, "equal_instalments", "1.5%", "3.19%", grace_periods=2)
>>> high - low <= Fraction(1, 10**20), round(low * 10**6)
(True, 3508548)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from misure._reopen import by_public_name
from misure.finance.checked import Checked
from misure.finance.powers import DIGITS, discount_bounds, exact_discount
from misure.ground.given import Rate

__all__ = [
    "MOST_MONTHS", "PERIODS_PER_YEAR", "Repayment", "RepaymentPlan", "annuity_factor", "factor_bounds", "read_plan",
]  # fmt: skip

MOST_MONTHS = 1200
"""A longer loan is a mistake."""
PERIODS_PER_YEAR = (1, 2, 4, 12)


@by_public_name
class Repayment(StrEnum):
    """How the principal comes back."""

    BULLET = "bullet"
    """All at the end."""
    EQUAL_PRINCIPAL = "equal_principal"
    """In equal parts (ammortamento all'italiana)."""
    EQUAL_INSTALMENTS = "equal_instalments"
    """By instalments of principal and interest that are equal together (ammortamento alla francese)."""


@dataclass(frozen=True, slots=True)
class RepaymentPlan:
    """When a loan comes back. `grace` periods at the beginning pay interest alone; `rate` is the loan's own, a year."""

    periods: int
    per_year: int
    repayment: Repayment
    rate: Fraction
    grace: int

    def outstanding(self) -> tuple[list[int], int]:
        """The principal outstanding in each period, as whole parts of the second number, exactly."""
        repaying = self.periods - self.grace
        if self.repayment is Repayment.BULLET:
            return [1] * self.periods, 1
        if self.repayment is Repayment.EQUAL_PRINCIPAL or not self.rate:
            return [repaying] * self.grace + list(range(repaying, 0, -1)), repaying
        growth = 1 + self.rate / self.per_year
        above, below = growth.numerator, growth.denominator
        end, grown = above**repaying, below**repaying
        whole, left = end - grown, [end - grown] * self.grace
        for _ in range(repaying):
            left.append(end - grown)
            grown = grown // below * above
        return left, whole


def annuity_factor(
    months: int, periods_per_year: int, repayment: str, rate: Rate, discount_rate: Rate, grace_periods: int = 0
) -> tuple[Fraction, Fraction]:
    """The certified bounds (low, high) of the factor with which `GGE = principal * (reference rate - rate) * factor`.

    The two are equal where the factor is a fraction: always with yearly periods, and with a discount rate of zero.
    Otherwise they lie within 10^-40 of each other. The loan's own `rate` matters for `equal_instalments` alone: it decides
    how fast the principal comes back.

    For all three repayments the factor grows with the months, the other terms kept (`grace_periods` among them): a longer
    loan owes at least as much in each of the earlier periods, and something in the new ones. It grows with the periods of
    grace and with the loan's own rate, and falls as the discount rate rises.

    Args:
        months: The whole duration, grace included; from 1 to 1200, and whole periods.
        periods_per_year: 1, 2, 4 or 12.
        repayment: `bullet`, `equal_principal` or `equal_instalments`.
        rate: The loan's yearly nominal rate.
        discount_rate: The yearly rate of discounting, compounded yearly.
        grace_periods: The first periods, which repay no principal (preammortamento).

    Raises:
        BadFacts: The terms are no loan's; every fault is told.
    """
    asked = Checked("annuity_factor")
    plan = read_plan(asked, months, periods_per_year, repayment, asked.rate("rate", rate), grace_periods)
    discounting = asked.rate("discount_rate", discount_rate)
    asked.done()
    return factor_bounds(plan, discounting, DIGITS)


def read_plan(
    asked: Checked, months: object, periods_per_year: object, repayment: object, rate: Fraction, grace_periods: object
) -> RepaymentPlan:
    """The plan of a loan from its terms; faults are left with `asked`."""
    length = asked.count("months", months, 1, MOST_MONTHS)
    per_year = asked.count("periods_per_year", periods_per_year, 1, 12)
    if per_year not in PERIODS_PER_YEAR:
        asked.fault("periods_per_year", f"expected one of 1, 2, 4, 12; got {per_year}")
        per_year = 12
    kind = Repayment(asked.one_of("repayment", repayment, Repayment))
    periods, rest = divmod(length * per_year, 12)
    if rest and not asked.refused("months", "years"):
        asked.fault("months", f"{length} months are no whole number of periods of {12 // per_year} months")
    periods += bool(rest)
    if kind is Repayment.BULLET and grace_periods != 0:
        asked.fault("grace_periods", "a bullet loan repays nothing before its end: leave them out")
        grace_periods = 0
    grace = asked.count("grace_periods", grace_periods, 0, max(periods - 1, 0))
    return RepaymentPlan(periods, per_year, kind, rate, grace)


def factor_bounds(plan: RepaymentPlan, discount_rate: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    """The bounds of the factor of a plan.

    Where they differ, they lie within `(n^2 + n + 2) / 10^digits` of each other for a plan of n periods: the discount of one
    period is known to two units, so that each further power adds no more than four; the weights are at most one, and
    half of that is left after the division by the periods of a year.
    """
    left, whole = plan.outstanding()
    whole *= plan.per_year
    step = Fraction(1, plan.per_year)
    known = exact_discount(discount_rate, step)
    if known is not None:
        total, power = 0, 1
        for owed in left:
            power *= known.numerator
            total = total * known.denominator + owed * power
        one = Fraction(total, whole * known.denominator**plan.periods)
        return one, one
    unit = 10**digits
    least, greatest = discount_bounds(discount_rate, step, digits)
    low = high = unit
    low_sum = high_sum = 0
    for owed in left:
        low, high = low * least // unit, -(-high * greatest // unit)
        low_sum += owed * low
        high_sum += owed * high
    return Fraction(low_sum // whole, unit), Fraction(-(-high_sum // whole), unit)
