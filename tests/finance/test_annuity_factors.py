# SPDX-License-Identifier: Apache-2.0
from decimal import ROUND_UP, Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.finance.checked import Checked
from misure.finance.factors import PERIODS_PER_YEAR, Repayment, annuity_factor, factor_bounds, read_plan
from misure.finance.powers import discount_bounds, exact_discount
from misure.ground.errors import BadFacts

rates = st.integers(0, 10_000).map(lambda points: Fraction(points, 100_000))
positive = st.integers(1, 100_000).map(lambda points: Fraction(points, 100_000))
times = st.fractions(Fraction(1, 366), 40, max_denominator=366)


@st.composite
def terms(draw):
    per_year = draw(st.sampled_from(PERIODS_PER_YEAR))
    periods = draw(st.integers(1, 15 * per_year))
    repayment = draw(st.sampled_from(list(Repayment)))
    grace = 0 if repayment is Repayment.BULLET else draw(st.integers(0, min(periods - 1, 12)))
    return periods * 12 // per_year, per_year, repayment, draw(rates), draw(rates), grace


def slowly(months, per_year, repayment, rate, discount_rate, grace):
    """The same sum in another way: the balance period by period, with 150 digits and powers of a decimal."""
    ctx = Context(prec=150)
    number = lambda value: ctx.divide(Decimal(value.numerator), Decimal(value.denominator))
    periods, rate = months * per_year // 12, ctx.divide(number(rate), Decimal(per_year))
    grown, discounting = ctx.add(1, rate), ctx.ln(ctx.add(1, number(discount_rate)))
    repaying = periods - grace
    if rate:
        instalment = ctx.divide(rate, ctx.subtract(1, ctx.power(grown, -repaying)))
    else:
        instalment = ctx.divide(1, repaying)
    balance, total = Decimal(1), Decimal(0)
    for period in range(1, periods + 1):
        years = ctx.divide(Decimal(period), Decimal(per_year))
        worth = ctx.exp(ctx.multiply(years.copy_negate(), discounting))
        total = ctx.add(total, ctx.divide(ctx.multiply(balance, worth), Decimal(per_year)))
        if period > grace and repayment == "equal_principal":
            balance = ctx.subtract(balance, ctx.divide(1, repaying))
        if period > grace and repayment == "equal_instalments":
            balance = ctx.subtract(ctx.multiply(balance, grown), instalment)
    return total


@given(terms())
def test_the_bounds_hold_a_value_of_high_precision(loan):
    low, high = annuity_factor(*loan)
    near = Fraction(slowly(*loan))
    slack = Fraction(1, 10**130)
    assert low - slack <= near <= high + slack
    assert 0 <= high - low <= Fraction(1, 10**40)


@given(terms(), st.sampled_from([20, 30, 60]))
def test_the_documented_width(loan, digits):
    *rest, discount_rate, grace = loan
    plan = read_plan(Checked("test"), *rest, grace)
    low, high = factor_bounds(plan, discount_rate, digits)
    assert high - low <= Fraction(plan.periods**2 + plan.periods + 2, 10**digits)
    finer = factor_bounds(plan, discount_rate, 2 * digits)
    assert low <= finer[0] <= finer[1] <= high


@given(terms(), st.integers(1, 24))
def test_a_longer_loan_has_a_greater_factor(loan, more):
    months, per_year, *rest = loan
    _, high = annuity_factor(months, per_year, *rest)
    low, _ = annuity_factor(months + more * 12 // per_year, per_year, *rest)
    assert high < low


@given(terms(), positive)
def test_the_factor_falls_as_the_discount_rate_rises(loan, more):
    months, per_year, repayment, rate, discount_rate, grace = loan
    higher = min(discount_rate + more, Fraction(1))
    _, least = annuity_factor(months, per_year, repayment, rate, higher, grace)
    _, most = annuity_factor(months, per_year, repayment, rate, discount_rate, grace)
    assert least <= most


@given(terms())
def test_grace_and_a_dearer_loan_leave_more_outstanding(loan):
    months, per_year, repayment, rate, discount_rate, grace = loan
    low, high = annuity_factor(*loan)
    assert low <= annuity_factor(months, per_year, repayment, rate + Fraction(1, 1000), discount_rate, grace)[1]
    if repayment is not Repayment.BULLET and grace + 1 < months * per_year // 12:
        assert high < annuity_factor(months, per_year, repayment, rate, discount_rate, grace + 1)[0]
    bullet, _ = annuity_factor(months, per_year, "bullet", rate, discount_rate)
    assert low <= bullet + high - low


@pytest.mark.parametrize(("loan", "factor"), [
    ((60, 1, "bullet", 0, 0), 5),
    ((60, 12, "bullet", 0, 0), 5),
    ((12, 4, "equal_principal", 0, 0), Fraction(4 + 3 + 2 + 1, 16)),
    ((12, 4, "equal_principal", 0, 0, 2), Fraction(2 + 2 + 2 + 1, 8)),
    ((24, 1, "equal_instalments", 0, "3.19%"), Fraction(10_000, 10_319) + Fraction(10_000, 10_319) ** 2 / 2),
    ((24, 1, "equal_instalments", "10%", 0), 1 + Fraction(11, 21)),
    ((12, 2, "bullet", 0, "4.04%"), (Fraction(50, 51) + Fraction(50, 51) ** 2) / 2),     # 1.0404 is the square of 1.02
])  # fmt: skip
def test_factors_that_are_fractions_are_exact(loan, factor):
    assert annuity_factor(*loan) == (factor, factor)


@given(positive, times)
def test_a_power_is_enclosed(rate, time):
    """The proof by whole numbers: x = (1+i)^(-a/b) lies between two numbers when x^b lies between their powers."""
    low, high = discount_bounds(rate, time, 40)
    grown, unit = 1 + rate, 10**40
    exact = exact_discount(rate, time)
    if exact is not None:
        assert low <= exact * unit <= high
    above = grown.numerator**time.numerator
    below = grown.denominator**time.numerator * unit**time.denominator
    assert low**time.denominator * above <= below <= high**time.denominator * above
    assert 0 <= high - low <= 2


def test_the_caller_s_decimal_context_is_not_asked():
    with localcontext(Context(prec=3, rounding=ROUND_UP)):
        coarse = discount_bounds.__wrapped__(Fraction(319, 10_000), Fraction(1, 12), 50)
    assert coarse == discount_bounds.__wrapped__(Fraction(319, 10_000), Fraction(1, 12), 50)


@given(st.fractions(0, 1, max_denominator=50), st.integers(1, 40), st.integers(1, 6))
def test_a_root_that_is_a_fraction_is_found(rate, numerator, degree):
    grown = (1 + rate) ** degree
    assert exact_discount(grown - 1, Fraction(numerator, degree)) == 1 / (1 + rate) ** numerator


@pytest.mark.parametrize(("loan", "told"), [
    ((0, 1, "bullet", 0, 0), "months: expected a whole number from 1 to 1200; got 0"),
    ((True, 1, "bullet", 0, 0), "months: expected a whole number from 1 to 1200; got true"),
    ((1201, 12, "bullet", 0, 0), "months: expected a whole number from 1 to 1200; got 1201"),
    ((7, 4, "bullet", 0, 0), "months: 7 months are no whole number of periods of 3 months"),
    ((12, 3, "bullet", 0, 0), "periods_per_year: expected one of 1, 2, 4, 12; got 3"),
    ((12, [], "bullet", 0, 0), "periods_per_year: expected a whole number from 1 to 12; got an empty list"),
    ((12, 12.0, "bullet", 0, 0), "periods_per_year: expected a whole number from 1 to 12; got 12.0"),
    ((10**5000, 1, "bullet", 0, 0), "months: expected a whole number from 1 to 1200; got a number of more than 30 digits"),
    ((12, 1, "bullet", 10**5000, 0), "rate: a rate with more than 30 digits is a mistake"),
    ((12, 1, "bulet", 0, 0), "repayment: expected one of bullet, equal_principal, equal_instalments; got 'bulet'; did you mean 'bullet'?"),
    ((12, 1, None, 0, 0), "repayment: expected one of bullet, equal_principal, equal_instalments; got nothing"),
    ((12, 1, "bullet", 0.01, 0), 'rate: 0.01 is a binary float, which is not exact: write it as text, "0.01"'),
    ((12, 1, "bullet", "-1%", 0), "rate: -1% is below zero, and no such rate is used"),
    ((12, 1, "bullet", 0, "3.19"), "discount_rate: 3.19 is above 100%: a rate of 3.19 per cent is written 3.19%"),
    ((12, 1, "bullet", 0, "319%"), "discount_rate: 319% is above 100%"),
    ((12, 1, "bullet", 0, 0, 1), "grace_periods: a bullet loan repays nothing before its end: leave them out"),
    ((24, 1, "equal_principal", 0, 0, 2), "grace_periods: expected a whole number from 0 to 1; got 2"),
    ((12, 1, "bullet", Fraction(1, 3**70), 0), "rate: a rate with more than 30 digits is a mistake"),
])  # fmt: skip
def test_terms_that_are_no_loan_s(loan, told):
    with pytest.raises(BadFacts) as raised:
        annuity_factor(*loan)
    assert f"<annuity_factor>: {told}" in str(raised.value).splitlines()


def test_all_faults_are_told_at_once():
    with pytest.raises(BadFacts) as raised:
        annuity_factor("6", 5, "x", 2, None, -1)
    assert {fault.subject for fault in raised.value.faults} == {
        "months", "periods_per_year", "repayment", "rate", "discount_rate", "grace_periods",
    }  # fmt: skip
