# SPDX-License-Identifier: Apache-2.0
import datetime as dt
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure import Range
from misure.finance import Rounding, aid_at_grant, discount_rate, present_value
from misure.ground.errors import BadFacts
from misure.ground.truth import Confidence

money = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
rates = st.integers(0, 10_000).map(lambda points: Fraction(points, 100_000))
times = st.fractions(0, 30, max_denominator=366)
flows = st.lists(st.tuples(times, money), max_size=6)


def slowly(parts, rate):
    """The sum with 120 digits of decimal arithmetic, rounded at the end."""
    ctx = Context(prec=120)
    logarithm = ctx.ln(ctx.add(1, ctx.divide(Decimal(rate.numerator), Decimal(rate.denominator))))
    total = Decimal(0)
    for time, amount in parts:
        years = ctx.divide(Decimal(time.numerator), Decimal(time.denominator))
        total = ctx.add(total, ctx.multiply(amount, ctx.exp(ctx.multiply(years.copy_negate(), logarithm))))
    return total.quantize(Decimal("0.01"), ROUND_HALF_UP, ctx)


@pytest.mark.parametrize(("flows", "rate", "value"), [
    ({0: 10000, 1: 10000, 2: 10000}, "0.0319", "29082.14"),                       # MO-8
    ({1: 10000, 2: 10000, 3: 10000}, "0.0321", "28172.29"),                       # MO-9
    ([(1, 10000), (1, 10000)], "3.19%", "19381.72"),
    ({}, "3.19%", "0.00"),
    ({0: "123.45"}, "3.19%", "123.45"),
    ({5: "123.45"}, 0, "123.45"),
    ({"0.5": 10000}, "3.19%", "9844.22"),
    ({Decimal("0.25"): 10000}, "3.19%", "9921.80"),
    ({Fraction(1, 2): 102}, "4.04%", "100.00"),                                   # the root of 1.0404 is 1.02
])  # fmt: skip
def test_values(flows, rate, value):
    assert str(present_value(flows, rate).amount) == value


@given(flows, rates.filter(bool))
def test_the_rounded_cent_is_that_of_a_value_of_high_precision(parts, rate):
    assert present_value(parts, rate).amount == slowly(parts, rate)


@given(st.lists(st.tuples(st.integers(0, 30), money), max_size=6), rates)
def test_whole_years_are_exact(parts, rate):
    answer = present_value(parts, rate, rounding=Rounding("none"))
    assert Fraction(answer.amount) == sum(Fraction(amount) / (1 + rate) ** time for time, amount in parts)
    assert answer.precision == 0


@given(flows, rates, rates)
def test_the_value_falls_as_the_rate_rises(parts, one, other):
    low, high = sorted([one, other])
    assert present_value(parts, high).amount <= present_value(parts, low).amount


@given(flows, rates)
def test_a_value_lies_below_the_sum(parts, rate):
    answer = present_value(parts, rate).amount
    assert (
        sum((amount for time, amount in parts if time == 0), Decimal(0))
        <= answer
        <= sum((amount for _, amount in parts), Decimal(0))
    )


def test_a_tie_is_rounded_exactly():
    assert present_value({1: "0.01"}, 1).amount == Decimal("0.01")  # half a cent
    assert present_value({1: "0.01"}, 1, rounding=Rounding("half_even")).amount == Decimal("0.00")


def test_lines_may_be_rounded_one_by_one():
    parts = [(1, "0.01"), (1, "0.01"), (Fraction(1, 2), "0.01")]
    assert present_value(parts, 1, rounding=Rounding(stage="per_line")).amount == Decimal("0.03")
    assert present_value(parts, 1).amount == Decimal("0.02")


def test_an_irrational_value_that_is_not_rounded_is_a_range():
    answer = present_value({Fraction(1, 2): 1}, "3.19%", rounding=Rounding("none"))
    assert answer.amount.greatest - answer.amount.least < Fraction(1, 10**49)
    assert answer.precision == 50
    assert answer.unknown


def test_a_rate_that_is_not_known_leaves_the_two_ends():
    answer = present_value({0: 100, 1: 200}, None)
    assert (answer.amount, answer.unknown) == (Range(Decimal("100.00"), Decimal("300.00")), ("the rate is not known",))
    gap = present_value({0: 100, 1: 200}, discount_rate("2023-09-01"))
    assert gap.amount == answer.amount
    assert "2023-09-01" in gap.unknown[0]
    assert (present_value({0: 100}, None).amount, present_value({0: 100}, None).unknown) == (Decimal("100.00"), ())


def test_ranges_of_rate_and_amount():
    answer = present_value({1: Range(100, 200)}, Range(0, "100%"))
    assert answer.amount == Range(Decimal("50.00"), Decimal("200.00"))
    assert answer.unknown == ("the rate is known only between two ends", "an amount is known only between two ends")


def test_the_answer_says_its_steps_and_how_sure_it_is():
    answer = present_value({0: 10000, 1: 10000}, discount_rate("2026-01-15"))
    assert [step.name for step in answer.steps] == ["nominal", "discount_rate", "present_value", "rounding"]
    assert answer.steps[0].value == Decimal("20000.00")
    assert answer.steps[2].value == Range(Decimal("19690.861517588913"), Decimal("19690.861517588914"))
    assert answer.confidence is Confidence.SECONDARY
    assert [cited.act.id for cited in answer.citations] == ["com-2008-c-14-02", "dm-mimit-2025-12-22"]
    assert present_value({"0.5": 1}, "3%").confidence is Confidence.INFERRED


def test_instalments_are_discounted_to_the_grant():
    on = lambda year: dt.date(year, 9, 1)
    plan = [(on(2026), 10000), (on(2027), 10000), (on(2028), 10000)]
    assert aid_at_grant(on(2025), plan, "3.21%").amount == Decimal("28172.29")  # a leap year among them
    assert aid_at_grant(on(2025), plan, "3.21%", day_count="actual_365").amount == Decimal("28171.51")
    assert aid_at_grant(on(2025), [(on(2025), "12.34")], "3.21%").amount == Decimal("12.34")


@pytest.mark.parametrize(("grant", "paid", "years"), [
    ("2024-02-29", "2025-02-28", 1), ("2023-03-01", "2024-02-29", Fraction(365, 366)), ("2025-01-01", "2025-07-02", Fraction(182, 365)),
    ("2023-02-28", "2024-02-29", 1 + Fraction(1, 366)), ("2024-12-31", "2026-01-01", 1 + Fraction(1, 365)),
    ("2024-02-29", "2028-02-29", 4),
])  # fmt: skip
def test_years_by_the_anniversary(grant, paid, years):
    doubling = aid_at_grant(grant, [(paid, 1_000_000)], 1).amount
    assert doubling == present_value({years: 1_000_000}, 1).amount


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.lists(st.integers(0, 9000), min_size=2, max_size=2))
def test_a_later_instalment_is_worth_no_more(start, waits):
    soon, late = (start + dt.timedelta(days) for days in sorted(waits))
    for day_count in ("anniversary", "actual_365"):
        worth = [aid_at_grant(start, [(day, 10**6)], "5%", day_count=day_count).amount for day in (soon, late)]
        assert worth[0] > worth[1] or soon == late


@pytest.mark.parametrize(("flows", "rate", "told"), [
    ({-1: 1}, 0, "flows[1]: -1 is negative"),
    ({101: 1}, 0, "flows[1]: a flow after 101 years: the most is 100"),
    ({Fraction(1, 10**7): 1}, 0, "flows[1]: a time of 1/10000000 years is finer than any calendar"),
    ({0.5: 1}, 0, 'flows[1]: 0.5 is a binary float, which is not exact: write it as text, "0.5"'),
    ({"50%": 1}, 0, "flows[1]: 50% is a share, and an amount is asked for"),
    ({1: -1}, 0, "flows[1]: -1 is negative, and an amount of money is not"),
    ({1: None}, 0, "flows[1]: expected a number; got nothing"),
    ([1, 2], 0, "flows[2]: expected a pair of a time and an amount; got 2"),
    (7, 0, "flows: expected pairs of a time and an amount; got 7"),
    ({1: 1}, "3.19", "rate: 3.19 is above 100%: a rate of 3.19 per cent is written 3.19%"),
    ({1: 1}, Range("5%", "3%"), "rate: the range begins at 5%, above its end 3%"),
    ({1: 1}, "-1%", "rate: -1% is below zero, and no such rate is used"),
])  # fmt: skip
def test_flows_that_cannot_be(flows, rate, told):
    with pytest.raises(BadFacts) as raised:
        present_value(flows, rate)
    assert f"<present_value>: {told}" in str(raised.value).splitlines()


@pytest.mark.parametrize(("grant", "paid"), [("2026-01-15", "9999-12-31"), ("2026-01-15", "2127-01-15")])
def test_an_instalment_lies_within_a_lifetime(grant, paid):
    with pytest.raises(BadFacts, match="lies more than 100 years after the grant"):
        aid_at_grant(grant, [(paid, 1)], "3%")


def test_a_grant_at_the_end_of_the_calendar():
    with pytest.raises(BadFacts, match="grant_date: 9998-01-01 lies at the end of the calendar"):
        aid_at_grant("9998-01-01", [("9999-06-01", 1)], "3%")


def test_an_instalment_does_not_precede_the_grant():
    with pytest.raises(BadFacts) as raised:
        aid_at_grant("2026-01-15", [("2026-01-14", 1), ("2026-02-30", 1)], "3%", day_count="act365")
    assert [(fault.subject, fault.message) for fault in raised.value.faults] == [
        ("day_count", "expected one of anniversary, actual_365; got 'act365'"),
        ("instalments[1]", "2026-01-14 lies before the day of granting, 2026-01-15"),
        ("instalments[2]", "2026-02-30 does not exist: February 2026 has 28 days"),
    ]  # fmt: skip
