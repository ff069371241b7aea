# SPDX-License-Identifier: Apache-2.0
"""The equivalent as the difference of two plans of instalments, against the two plans printed side by side."""

from decimal import Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from misure import BadFacts, Range
from misure.finance import discount_rate, instalments_gge, loan_gge, reference_rate
from misure.ground.truth import Confidence

EXACT = Context(prec=60)
RATES = st.integers(0, 1500).map(lambda points: Fraction(points, 10_000))
CALL = {"months": 60, "rate": "1.5%", "reference_rate": "6.71%", "discount_rate": "3.71%"}


def number(value):
    value = Fraction(value)
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def plan(principal, rate, per_year, periods, grace, drawn):
    """What falls due at the end of each period."""
    each = EXACT.divide(number(rate), Decimal(per_year))
    repaying = periods - grace
    due = [EXACT.multiply(EXACT.multiply(principal, number(drawn)), each)] * grace
    if not rate:
        return due + [EXACT.divide(principal, Decimal(repaying))] * repaying
    left = EXACT.subtract(1, EXACT.power(EXACT.add(1, each), -repaying))
    return due + [EXACT.divide(EXACT.multiply(principal, each), left)] * repaying


@given(
    st.integers(1, 10**8).map(lambda cents: Decimal(cents).scaleb(-2)), st.sampled_from([1, 2, 4, 12]),
    st.integers(1, 24), st.integers(0, 23), st.sampled_from([0, Fraction(1, 2), 1]), RATES, RATES, RATES,
)  # fmt: skip
@example(Decimal("107315.00"), 2, 10, 0, 1, Fraction(671, 10_000), Fraction(15, 1000), Fraction(371, 10_000))
@example(
    Decimal("390000.00"), 2, 12, 4, Fraction(1, 2), Fraction(671, 10_000), Fraction(15, 1000), Fraction(371, 10_000)
)
@example(Decimal("1000.00"), 1, 2, 0, 1, Fraction(1, 5), Fraction(1, 10), Fraction(0))
def test_it_is_what_is_paid_less_on_each_due_day(principal, per_year, periods, grace, drawn, market, own, discount):
    grace = min(grace, periods - 1)
    dear, cheap = (plan(principal, rate, per_year, periods, grace, drawn) for rate in (market, own))
    growth = EXACT.ln(EXACT.add(1, number(discount)))
    total = Decimal(0)
    for period, (more, less) in enumerate(zip(dear, cheap, strict=True), 1):
        time = EXACT.multiply(EXACT.divide(Decimal(period), Decimal(per_year)), growth)
        total = EXACT.add(total, EXACT.multiply(EXACT.subtract(more, less), EXACT.exp(time.copy_negate())))
    expected = max(total, Decimal(0)) if market > own else Decimal(0)
    found = instalments_gge(
        principal, months=periods * 12 // per_year, rate=own, reference_rate=market, discount_rate=discount,
        periods_per_year=per_year, grace_periods=grace, drawn_in_grace=drawn,
    ).amount  # fmt: skip
    assert abs(found - expected) <= Decimal("0.005") + Decimal("1e-40")


def test_it_is_not_the_interest_saved():
    """107,315.00 over five years, the figures of the call against those of the general method."""
    assert instalments_gge(107315, **CALL).amount == Decimal("14770.36")
    general = loan_gge(107315, **CALL, repayment="equal_instalments", periods_per_year=2)
    assert general.amount == Decimal("14463.85")
    assert instalments_gge(390000, **(CALL | {"months": 72})).amount == Decimal("63115.76")


def test_a_discount_rate_that_the_call_does_not_say_leaves_a_range():
    found = instalments_gge(107315, **(CALL | {"discount_rate": Range(Fraction(271, 10_000), Fraction(671, 10_000))}))
    assert found.amount == Range(Decimal("13697.04"), Decimal("15159.63"))
    assert found.unknown == ("the discount rate is known only between two ends",)
    unsaid = instalments_gge(107315, **(CALL | {"discount_rate": None})).amount
    assert (unsaid.least, unsaid.greatest > found.amount.greatest) == (0, True)


def test_half_of_the_loan_in_the_grace_lies_between_none_and_all():
    asked = CALL | {"grace_periods": 4}
    none, half, whole = (instalments_gge(390000, **asked, drawn_in_grace=part).amount for part in ("0%", "50%", "100%"))
    assert none < half < whole
    assert abs(half - (none + whole) / 2) <= Decimal("0.01")
    assert instalments_gge(390000, **asked, drawn_in_grace=Range(Fraction(0), Fraction(1))).amount == Range(none, whole)


def test_a_loan_dearer_than_the_market_holds_no_aid():
    assert instalments_gge(1000, **(CALL | {"rate": "7%"})).amount == 0


def test_it_names_the_provision_that_defines_it_and_the_rates_of_the_day():
    rates = {"reference_rate": reference_rate("2025-05-15", rating="BB", collateral="low"), "discount_rate": discount_rate("2025-05-15")}  # fmt: skip
    found = instalments_gge(107315, months=60, rate="1.5%", **rates)
    assert found.amount == Decimal("14770.36")
    assert str(found.citations[0]) == "Decreto Regione Lombardia 5678/2025, All. A, D.11, lett. h)"
    assert found.confidence is Confidence.INFERRED
    assert [step.name for step in found.steps][-2:] == ["gge", "rounding"]


@pytest.mark.parametrize(
    ("wrong", "subject"),
    [({"months": 61}, "months"), ({"grace_periods": 10}, "grace_periods"), ({"drawn_in_grace": 2}, "drawn_in_grace"),
     ({"rate": 0.015}, "rate"), ({"discount_rate": "371"}, "discount_rate")],
)  # fmt: skip
def test_what_is_no_plan_is_told(wrong, subject):
    with pytest.raises(BadFacts) as caught:
        instalments_gge(1000, **(CALL | wrong))
    assert [fault.subject for fault in caught.value.faults] == [subject]
