# SPDX-License-Identifier: Apache-2.0
"""The aid in a loan by its instalments: what the borrower pays less on each day it pays, discounted to the grant.

Some calls define the gross grant equivalent so, as Verso Nuovi Mercati does (decreto 5678/2025, All. A, D.11, lett. h):
two plans of equal instalments of one loan, at the market's reference rate and at its own, and the discounted difference
of what they fall due. `misure.finance.loan_gge` counts something else, the interest saved on what is still owed: of equal
instalments the cheaper loan comes back faster, so that the two differ. For a bullet and for equal principal they are one.

During the grace interest alone falls due, on what is drawn by then (`drawn_in_grace`): with a second payment at the end
of the grace, on a part of the loan.

>>> loan = {"months": 60, "rate": "1.5%", "reference_rate": "6.71%"}
>>> instalments_gge(107315, **loan, discount_rate="3.71%").amount
Decimal('14770.36')
>>> instalments_gge(107315, **loan, discount_rate="6.71%").amount
Decimal('13697.04')
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache, partial

from misure.finance.answers import AmountAnswer, RateAnswer, Step, amount_between, surest, unique
from misure.finance.checked import Checked
from misure.finance.factors import MOST_MONTHS, Repayment, RepaymentPlan, read_plan
from misure.finance.lent import certified, terms_of, unknown_of
from misure.finance.powers import discount_bounds, exact_discount
from misure.finance.quoted import quoted
from misure.finance.rounding import TO_THE_CENT, Rounding
from misure.ground.dated import Cited, act_of
from misure.ground.given import Money, Rate
from misure.ground.ranges import Range
from misure.ground.truth import Confidence

__all__ = ["instalment_bounds", "instalments_gge"]


def instalments_gge(
    principal: Money | Range, *, months: int | None = None, years: int | None = None, rate: Rate,
    reference_rate: Rate | Range | RateAnswer | None, discount_rate: Rate | Range | RateAnswer | None,
    periods_per_year: int = 2, grace_periods: int = 0, drawn_in_grace: Rate | Range = 1,
    rounding: Rounding = TO_THE_CENT,
) -> AmountAnswer:  # fmt: skip
    """The gross grant equivalent (ESL) of a soft loan in equal instalments, as the difference of two plans.

    Source: a call that defines it so; decreto 5678/2025, All. A, D.11, lett. h). A range of principal, rates or of the part
    drawn in the grace gives a range: the GGE grows with principal, reference rate and that part, and falls with the
    discount rate. A discount rate that is not known (None) leaves it between zero and the difference not discounted; a
    reference rate that is not known leaves it unknown. A loan dearer than the reference rate carries no aid.

    Args:
        principal: Euros lent; a `Range` while the amount is not settled.
        months: The whole duration, grace included; or else
        years: the same in years.
        rate: The loan's yearly nominal rate.
        reference_rate: Base rate and margin, such as `misure.finance.reference_rate` answers.
        discount_rate: Compounded yearly. Which one, the call says; where it does not, a `Range` over what it may mean.
        periods_per_year: How often instalments fall due: 1, 2, 4 or 12.
        grace_periods: The first periods, which pay interest alone.
        drawn_in_grace: The part of the loan on which interest falls due during the grace, from 0 to 1.
        rounding: Of the GGE.

    Raises:
        BadFacts: An argument cannot be; every fault is told.
    """
    asked = Checked("instalments_gge")
    lent = asked.ends("principal", principal, asked.money)
    length = asked.months(months, years, MOST_MONTHS)
    own = asked.rate("rate", rate)
    plan = read_plan(asked, length, periods_per_year, Repayment.EQUAL_INSTALMENTS, own, grace_periods)
    reference = quoted(asked, "reference_rate", reference_rate)
    discounting = quoted(asked, "discount_rate", discount_rate)
    drawn = asked.ends("drawn_in_grace", drawn_in_grace, asked.rate)
    asked.instance("rounding", rounding, Rounding)
    asked.done()
    # That the periods are equal parts of a year, and that discounting compounds yearly, stands in no act.
    method = Cited(act_of("decreto-5678-2025"), "All. A, D.11, lett. h)", Confidence.INFERRED)
    citations = unique(
        (
            method,
            Cited(act_of("com-2008-c-14-02"), "", Confidence.SECONDARY),
            *reference.citations,
            *discounting.citations,
        )
    )
    steps = terms_of(lent, plan, reference, discounting)
    unknown = unknown_of(lent, reference, discounting)
    if reference.ends is None:
        return AmountAnswer(None, steps, citations, surest(citations), unknown)
    if plan.grace and drawn[0] != drawn[1]:
        unknown += ("what is drawn during the grace is known only between two ends",)
    slow, fast = discounting.ends or (Fraction(0), None)
    most = partial(_bounds, plan, Fraction(lent[1]), reference.ends[1], slow, drawn[1])
    least = partial(
        _bounds, plan, Fraction(lent[0]) if fast is not None else Fraction(0), reference.ends[0], fast or slow, drawn[0]
    )
    gge = certified(least, most, rounding, unknown)
    steps = (*steps, Step("gge", gge.unrounded, method), Step("rounding", str(rounding.mode)))
    return AmountAnswer(amount_between(gge.low, gge.high), steps, citations, surest(citations), gge.unknown, gge.digits)


def _bounds(
    plan: RepaymentPlan, cents: Fraction, reference: Fraction, discount: Fraction, drawn: Fraction, digits: int
) -> tuple[Fraction, Fraction]:
    low, high = instalment_bounds(plan, reference, discount, drawn, digits)
    return cents * low, cents * high


def instalment_bounds(
    plan: RepaymentPlan, reference: Fraction, discount: Fraction, drawn: Fraction, digits: int
) -> tuple[Fraction, Fraction]:
    """The certified ends of what the discounted difference of the two plans is for one euro lent."""
    if reference <= plan.rate:
        return Fraction(0), Fraction(0)
    repaying = plan.periods - plan.grace
    in_grace = drawn * (reference - plan.rate) / plan.per_year
    afterwards = _instalment(reference / plan.per_year, repaying) - _instalment(plan.rate / plan.per_year, repaying)
    early = _annuity(plan.grace, plan.per_year, discount, digits)
    whole = _annuity(plan.periods, plan.per_year, discount, digits)
    # Each is worth its own part alone, and so the difference of two sums keeps the outer ends.
    low = in_grace * early[0] + afterwards * max(Fraction(0), whole[0] - early[1])
    high = in_grace * early[1] + afterwards * (whole[1] - early[0])
    return low, high


@lru_cache(maxsize=4096)
def _instalment(rate: Fraction, periods: int) -> Fraction:
    """The equal instalment that pays back one euro."""
    if not rate:
        return Fraction(1, periods)
    grown = (1 + rate) ** periods
    return Fraction(rate * grown / (grown - 1))


@lru_cache(maxsize=4096)
def _annuity(periods: int, per_year: int, discount: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    """What one euro at the end of each of so many periods is worth at the grant, between two ends."""
    step = Fraction(1, per_year)
    known = exact_discount(discount, step)
    if known is not None:
        total = sum((known**k for k in range(1, periods + 1)), Fraction(0))
        return total, total
    unit = 10**digits
    least, greatest = discount_bounds(discount, step, digits)
    low = high = unit
    low_sum = high_sum = 0
    for _ in range(periods):
        low, high = low * least // unit, -(-high * greatest // unit)
        low_sum, high_sum = low_sum + low, high_sum + high
    return Fraction(low_sum, unit), Fraction(high_sum, unit)
