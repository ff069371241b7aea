# SPDX-License-Identifier: Apache-2.0
"""The aid in a loan by the reference rate: the interest that the borrower does not pay, discounted to the grant.

`GGE = principal * (reference rate - rate) * factor`, where the factor (`misure.finance.factors`) holds the plan of
repayment and the discounting, with the conventions stated there. A loan dearer than the reference rate carries no aid.
Whether it is transparent de minimis aid also hangs on the borrower: `misure.finance.sound_borrower`.

>>> loan_gge(100000, years=5, rate="0.50%", reference_rate="3.19%", discount_rate="3.19%").amount
Decimal('12252.86')
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from misure.finance.answers import AmountAnswer, RateAnswer, Step, amount_between, shown, surest, unique
from misure.finance.checked import Checked
from misure.finance.factors import MOST_MONTHS, Repayment, RepaymentPlan, factor_bounds, read_plan
from misure.finance.lent import certified, terms_of, unknown_of
from misure.finance.powers import DIGITS
from misure.finance.quoted import quoted
from misure.finance.rounding import TO_THE_CENT, Rounding
from misure.ground.dated import Cited, act_of
from misure.ground.given import Money, Rate
from misure.ground.ranges import Range
from misure.ground.truth import Confidence

__all__ = ["loan_gge"]


def loan_gge(
    principal: Money | Range, *, months: int | None = None, years: int | None = None, rate: Rate,
    reference_rate: Rate | Range | RateAnswer | None, discount_rate: Rate | Range | RateAnswer | None,
    repayment: str = Repayment.BULLET, periods_per_year: int = 1, grace_periods: int = 0,
    rounding: Rounding = TO_THE_CENT,
) -> AmountAnswer:  # fmt: skip
    """The gross grant equivalent (ESL) of a soft loan, by the reference rate in force at the grant.

    Source: Communication 2008/C 14/02; Reg. (EU) 2023/2831, art. 4(3)(c). A range of principal, reference rate or discount
    rate gives a range: the GGE grows with the first two and falls with the third. A discount rate that is not known (None)
    leaves it between zero and the interest saved, not discounted; a reference rate that is not known leaves it unknown.

    Args:
        principal: Euros lent, paid out at the grant; a `Range` while the amount is not settled.
        months: The whole duration, grace included; or else
        years: the same in years.
        rate: The loan's yearly nominal rate.
        reference_rate: Base rate and margin, such as `misure.finance.reference_rate` answers.
        discount_rate: Compounded yearly, such as `misure.finance.discount_rate` answers.
        repayment: `bullet`, `equal_principal` or `equal_instalments`.
        periods_per_year: How often interest falls due: 1, 2, 4 or 12.
        grace_periods: The first periods, which pay interest alone.
        rounding: Of the GGE.

    Raises:
        BadFacts: An argument cannot be; every fault is told.
    """
    asked = Checked("loan_gge")
    lent = asked.ends("principal", principal, asked.money)
    length = asked.months(months, years, MOST_MONTHS)
    plan = read_plan(asked, length, periods_per_year, repayment, asked.rate("rate", rate), grace_periods)
    reference = quoted(asked, "reference_rate", reference_rate)
    discounting = quoted(asked, "discount_rate", discount_rate)
    asked.instance("rounding", rounding, Rounding)
    asked.done()
    # The Communication names the rates; how a part of a year bears interest stands in no act.
    sure = Confidence.SECONDARY if plan.per_year == 1 else Confidence.INFERRED
    method = Cited(act_of("com-2008-c-14-02"), "", sure)
    citations = unique((
        method, Cited(act_of("reg-2023-2831"), "art. 4, par. 3, lett. c)", Confidence.SECONDARY),
        *reference.citations, *discounting.citations,
    ))  # fmt: skip
    steps = terms_of(lent, plan, reference, discounting)
    unknown = unknown_of(lent, reference, discounting)
    if reference.ends is None:
        return AmountAnswer(None, steps, citations, surest(citations), unknown)
    # Not discounted at all is the most that the interest saved can be worth, whatever the rate.
    slow, fast = discounting.ends or (Fraction(0), None)
    least_saved, most_saved = (max(Fraction(0), end - plan.rate) for end in reference.ends)
    most = partial(_bounds, plan, lent[1] * most_saved, slow)
    least = partial(_bounds, plan, lent[0] * least_saved if fast is not None else Fraction(0), fast or Fraction(0))
    gge = certified(least, most, rounding, unknown)
    steps = (
        *steps,
        Step("interest_saved", _between(least_saved, most_saved)),
        Step("factor", shown(*_ends(plan, slow, fast)), method),
        Step("gge", gge.unrounded, method),
        Step("rounding", str(rounding.mode)),
    )
    return AmountAnswer(amount_between(gge.low, gge.high), steps, citations, surest(citations), gge.unknown, gge.digits)


def _bounds(plan: RepaymentPlan, saved: Fraction, discount_rate: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    """The two ends of the GGE of a plan on which so many cents are saved a year, while all is outstanding."""
    low, high = factor_bounds(plan, discount_rate, digits)
    return saved * low, saved * high


def _ends(plan: RepaymentPlan, slow: Fraction, fast: Fraction | None) -> tuple[Fraction, Fraction]:
    """The least and the greatest that the factor may be."""
    least = factor_bounds(plan, fast, DIGITS)[0] if fast is not None else Fraction(0)
    return least, factor_bounds(plan, slow, DIGITS)[1]


def _between(least: Fraction, greatest: Fraction) -> Fraction | Range:
    return least if least == greatest else Range(least, greatest)
