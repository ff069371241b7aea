# SPDX-License-Identifier: Apache-2.0
import pickle
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure import Range
from misure.finance import Repayment, annuity_factor, discount_rate, loan_gge, present_value, reference_rate
from misure.ground.errors import BadFacts
from misure.ground.truth import Confidence

money = st.integers(1, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
rates = st.integers(0, 2000).map(lambda points: Fraction(points, 10_000))
BULLET = {"years": 5, "rate": "0.50%", "reference_rate": "3.19%", "discount_rate": "3.19%"}


@st.composite
def terms(draw):
    per_year = draw(st.sampled_from([1, 2, 4, 12]))
    periods = draw(st.integers(2, 10 * per_year))
    repayment = draw(st.sampled_from(list(Repayment)))
    grace = 0 if repayment is Repayment.BULLET else draw(st.integers(0, periods - 1))
    return {
        "months": periods * 12 // per_year, "periods_per_year": per_year, "repayment": repayment, "grace_periods": grace,
        "rate": draw(rates), "reference_rate": draw(rates), "discount_rate": draw(rates),
    }  # fmt: skip


@pytest.mark.parametrize(("reference", "gge"), [("0.0319", "12252.86"), ("0.0619", "25917.77")])
def test_bullet_loans(reference, gge):  # MO-11, MO-12
    answer = loan_gge(100000, years=5, rate="0.0050", reference_rate=reference, discount_rate="0.0319")
    assert answer.amount == Decimal(gge)
    assert answer.precision == 0


def by_hand(principal, terms):
    """The schedule as a bank would print it: balance, interest at both rates, and their difference discounted."""
    ctx = Context(prec=80)
    number = lambda value: ctx.divide(Decimal(value.numerator), Decimal(value.denominator))
    per_year, grace = terms["periods_per_year"], terms["grace_periods"]
    periods = terms["months"] * per_year // 12
    own, market = (ctx.divide(number(Fraction(terms[name])), per_year) for name in ("rate", "reference_rate"))
    growth = ctx.ln(ctx.add(1, number(Fraction(terms["discount_rate"]))))
    balance, total = Decimal(principal), Decimal(0)
    for period in range(1, periods + 1):
        saved = ctx.multiply(balance, ctx.subtract(market, own))
        when = ctx.divide(Decimal(period), per_year)
        total = ctx.add(total, ctx.multiply(saved, ctx.exp(ctx.multiply(when.copy_negate(), growth))))
        left = periods - period + 1
        if terms["repayment"] == "bullet" or period <= grace:
            continue
        if terms["repayment"] == "equal_principal" or not own:
            balance = ctx.subtract(balance, ctx.divide(balance, left))
        else:
            instalment = ctx.divide(ctx.multiply(balance, own), ctx.subtract(1, ctx.power(ctx.add(1, own), -left)))
            balance = ctx.subtract(balance, ctx.subtract(instalment, ctx.multiply(balance, own)))
    return total


@given(money, terms())
def test_the_gge_is_that_of_the_schedule_a_bank_prints(principal, terms):
    expected = max(by_hand(principal, terms), Decimal(0))
    answer = loan_gge(principal, **terms).amount
    assert abs(answer - expected) <= Decimal("0.005") + Decimal("1e-50")
    near_tie = abs(expected * 100 % 1 - Decimal("0.5")) < Decimal("1e-20")
    assert near_tie or answer == expected.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_equal_instalments_by_the_printed_schedule():
    """Two years, 10 %: instalment 576.19 of 1000; interest at 20 % less 10 % on 1000.00, then on 523.81."""
    answer = loan_gge(1000, years=2, rate="10%", reference_rate="20%", discount_rate=0, repayment="equal_instalments")
    assert answer.amount == Decimal("152.38")


def test_a_bullet_loan_is_a_stream_of_interest_saved():
    saved = dict.fromkeys(range(1, 6), 2690)
    assert loan_gge(100000, **BULLET).amount == present_value(saved, "3.19%").amount


@pytest.mark.parametrize("rate", ["3.19%", "3.20%", "100%"])
def test_a_loan_that_is_no_cheaper_carries_no_aid(rate):
    answer = loan_gge(100000, **BULLET | {"rate": rate})
    assert (answer.amount, answer.unknown) == (Decimal("0.00"), ())


@given(money, money, terms())
def test_the_gge_grows_with_the_amount(one, other, terms):
    low, high = sorted([one, other])
    assert loan_gge(low, **terms).amount <= loan_gge(high, **terms).amount


@given(money, terms(), st.integers(1, 5))
def test_the_gge_grows_with_the_duration(principal, terms, years):
    longer = terms | {"months": terms["months"] + 12 * years}
    assert 0 <= loan_gge(principal, **terms).amount <= loan_gge(principal, **longer).amount


@given(money, terms(), rates)
def test_the_gge_grows_with_the_reference_rate_and_falls_with_the_discount_rate(principal, terms, more):
    gge = loan_gge(principal, **terms).amount
    assert gge <= loan_gge(principal, **terms | {"reference_rate": terms["reference_rate"] + more}).amount
    assert gge >= loan_gge(principal, **terms | {"discount_rate": terms["discount_rate"] + more}).amount


@given(money, terms())
def test_the_factor_encloses_the_gge(principal, terms):
    saved = max(terms["reference_rate"] - terms["rate"], Fraction(0))
    low, high = annuity_factor(
        terms["months"], terms["periods_per_year"], terms["repayment"], terms["rate"], terms["discount_rate"],
        terms["grace_periods"],
    )  # fmt: skip
    gge = Fraction(loan_gge(principal, **terms).amount)
    half = Fraction(1, 200)
    assert Fraction(principal) * saved * low - half <= gge <= Fraction(principal) * saved * high + half


@given(st.tuples(money, money), terms(), st.tuples(rates, rates), st.tuples(rates, rates))
def test_a_range_holds_what_each_of_its_corners_gives(principals, terms, references, discounts):
    spans = [Range(min(pair), max(pair)) for pair in (principals, references, discounts)]
    answer = loan_gge(spans[0], **terms | {"reference_rate": spans[1], "discount_rate": spans[2]}).amount
    ends = (answer.least, answer.greatest) if isinstance(answer, Range) else (answer, answer)
    corners = [
        loan_gge(principal, **terms | {"reference_rate": reference, "discount_rate": discounting}).amount
        for principal in principals for reference in references for discounting in discounts
    ]  # fmt: skip
    assert ends == (min(corners), max(corners))


def test_an_unknown_rating_leaves_a_range_and_its_reason():
    day = "2026-01-15"
    answer = loan_gge(
        100000,
        **BULLET | {"reference_rate": reference_rate(day, collateral="normal"), "discount_rate": discount_rate(day)},
    )
    assert answer.unknown == ("the rating is not known",)
    assert answer.amount == Range(
        loan_gge(100000, **BULLET | {"reference_rate": "2.94%"}).amount,
        loan_gge(100000, **BULLET | {"reference_rate": "8.69%"}).amount,
    )
    assert answer.confidence is Confidence.INFERRED
    assert "dm-mimit-2025-12-22" in {cited.act.id for cited in answer.citations}


def test_a_principal_that_is_not_settled():
    answer = loan_gge(Range(0, 100000), **BULLET)
    assert answer.amount == Range(Decimal("0.00"), Decimal("12252.86"))
    assert answer.unknown == ("the principal is known only between two ends",)
    assert loan_gge(0, **BULLET).amount == Decimal("0.00")


def test_unknown_rates():
    unknown = loan_gge(100000, **BULLET | {"reference_rate": None})
    assert (unknown.amount, unknown.unknown) == (None, ("the reference rate is not known",))
    bounded = loan_gge(100000, **BULLET | {"discount_rate": None})
    assert bounded.amount == Range(Decimal("0.00"), Decimal("13450.00"))
    assert bounded.unknown == ("the discount rate is not known",)
    dear = loan_gge(100000, **BULLET | {"rate": "5%", "discount_rate": None})
    assert (dear.amount, dear.unknown) == (Decimal("0.00"), ())
    gap = loan_gge(100000, **BULLET | {"reference_rate": reference_rate("2026-06-01", rating="BB", collateral="low")})
    assert gap.amount is None
    assert "3.19% is confirmed for January 2026 alone" in gap.unknown[0]


def test_the_answer_shows_its_steps_and_is_a_value():
    answer = loan_gge(100000, **BULLET)
    assert {step.name: step.value for step in answer.steps} == {
        "principal": Decimal("100000.00"), "reference_rate": Fraction(319, 10_000), "rate": Fraction(1, 200), "periods": 5,
        "discount_rate": Fraction(319, 10_000), "interest_saved": Fraction(269, 10_000),
        "factor": Range(Decimal("4.554967898485"), Decimal("4.554967898486")),
        "gge": Range(Decimal("12252.863646924719"), Decimal("12252.863646924720")), "rounding": "half_up",
    }  # fmt: skip
    assert [str(cited) for cited in answer.citations] == [
        "Comunicazione 2008/C 14/02 (tassi di riferimento e di attualizzazione)", "Reg. (UE) 2023/2831, art. 4, par. 3, lett. c)",
    ]  # fmt: skip
    assert answer.confidence is Confidence.SECONDARY
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301
    assert len({answer, loan_gge(100000, **BULLET)}) == 1


def test_periods_within_a_year_rest_on_a_convention():
    answer = loan_gge(100000, **BULLET, periods_per_year=2)
    assert answer.confidence is Confidence.INFERRED
    assert answer.precision == 50


@pytest.mark.parametrize(("given", "told"), [
    ({"principal": Range("x", 1)}, "principal: 'x' is not a number: write 1234.50"),
    ({"principal": "-1"}, "principal: -1 is negative, and an amount of money is not"),
    ({"principal": 1000.0}, 'principal: 1000.0 is a binary float, which is not exact: write it as text, "1000.0"'),
    ({"years": 0}, "years: expected a whole number from 1 to 100; got 0"),
    ({"years": None}, "months: the duration is given either in months or in years; got nothing and nothing"),
    ({"months": 60}, "months: the duration is given either in months or in years; got 60 and 5"),
    ({"years": None, "months": 7, "periods_per_year": 2}, "months: 7 months are no whole number of periods of 6 months"),
    ({"repayment": "equal_instalment"}, "repayment: expected one of bullet, equal_principal, equal_instalments; got 'equal_instalment'; did you mean 'equal_instalments'?"),
    ({"rate": "5"}, "rate: 5 is above 100%: a rate of 5 per cent is written 5%"),
    ({"rate": "-0.1%"}, "rate: -0.1% is below zero, and no such rate is used"),
    ({"reference_rate": 1.5}, 'reference_rate: 1.5 is a binary float, which is not exact: write it as text, "1.5"'),
    ({"discount_rate": Range("4%", "3%")}, "discount_rate: the range begins at 4%, above its end 3%"),
    ({"rounding": "down"}, "rounding: expected a Rounding; got 'down'"),
])  # fmt: skip
def test_loans_that_cannot_be(given, told):
    loan = {"principal": 100000} | BULLET | given
    with pytest.raises(BadFacts) as raised:
        loan_gge(**loan)
    assert f"<loan_gge>: {told}" in str(raised.value).splitlines()
