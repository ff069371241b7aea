# SPDX-License-Identifier: Apache-2.0
"""What a rule file computes with a function is what the library answers when it is asked alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from misure import Range, deminimis, finance, undertakings
from tests.functions.conftest import ON

MONEY = st.decimals(min_value=1, max_value=2_000_000, places=2)
RATINGS = {"aaa_a": "AAA", "bbb": "BBB", "bb": "BB", "b": "B", "ccc": "CCC"}
PLANS = {
    "bullet": ("bullet", 1), "equal_principal_yearly": ("equal_principal", 1),
    "equal_principal_half_yearly": ("equal_principal", 2), "equal_principal_monthly": ("equal_principal", 12),
    "equal_instalments_quarterly": ("equal_instalments", 4), "equal_instalments_yearly": ("equal_instalments", 1),
}  # fmt: skip


@settings(max_examples=60)
@given(
    MONEY, st.integers(1, 12), st.sampled_from(sorted(RATINGS)), st.sampled_from(["high", "normal", "low"]),
    st.sampled_from(sorted(PLANS)),
)  # fmt: skip
@example("100000.00", 12, "bbb", "normal", "bullet")
@example("100000.00", 12, "bbb", "normal", "equal_principal_monthly")
@example("100000.00", 1, "bbb", "normal", "equal_instalments_yearly")
def test_a_loan_by_reference_rate(amount, principal, years, rating, collateral, plan):
    kind, periods = PLANS[plan]
    reference = finance.reference_rate(ON, rating=RATINGS[rating], collateral=collateral)
    expected = finance.loan_gge(
        principal, years=years, rate="1.5%", reference_rate=reference, discount_rate=finance.discount_rate(ON),
        repayment=kind, periods_per_year=periods,
    )  # fmt: skip
    found = amount(
        "by_reference", principal=principal, duration=12 * years, borrower_rating=rating, loan_collateral=collateral,
        loan_repayment=plan,
    )  # fmt: skip
    assert found == expected.amount


@settings(max_examples=60)
@given(
    MONEY, st.integers(1, 24), st.sampled_from([0, 6, 12, 18, 24]), st.sampled_from(sorted(RATINGS)),
    st.sampled_from(["high", "normal", "low"]),
)  # fmt: skip
@example("107315.00", 10, 0, "bb", "low")
@example("390000.00", 12, 24, "bb", "low")
@example("100000.00", 1, 24, "ccc", "low")
def test_a_loan_by_the_instalments_of_two_plans(amount, principal, periods, grace, rating, collateral):
    reference = finance.reference_rate(ON, rating=RATINGS[rating], collateral=collateral)
    asked = {
        "months": 6 * periods, "rate": "1.5%", "reference_rate": reference, "drawn_in_grace": "50%",
        "grace_periods": min(grace // 6, periods - 1),
    }  # fmt: skip
    told = {
        "principal": principal, "duration": 6 * periods, "grace": grace, "borrower_rating": rating,
        "loan_collateral": collateral,
    }  # fmt: skip
    expected = finance.instalments_gge(principal, **asked, discount_rate=finance.discount_rate(ON)).amount
    assert amount("by_plans", **told) == expected
    base = finance.base_rate(ON).rate
    dearest = max(finance.discount_rate(ON).rate, reference.rate)
    unsaid = finance.instalments_gge(principal, **asked, discount_rate=Range(base, dearest)).amount
    assert amount("by_unsaid", **told) == unsaid


def test_of_two_plans_what_is_not_told_lies_between_what_it_may_be(amount):
    told = {"principal": "100000", "duration": 60, "grace": 0, "borrower_rating": "bb", "loan_collateral": "normal"}
    by = {rating: amount("by_plans", **(told | {"borrower_rating": rating})) for rating in ("aaa_a", "ccc")}
    high = amount("by_plans", **(told | {"borrower_rating": "ccc", "loan_collateral": "low"}))
    low = amount("by_plans", **(told | {"borrower_rating": "aaa_a", "loan_collateral": "high"}))
    del told["borrower_rating"], told["loan_collateral"]
    assert amount("by_plans", **told) == Range(low, high)
    assert low < by["aaa_a"] < by["ccc"] < high
    whole = {"principal": "100000", "borrower_rating": "bb", "loan_collateral": "normal"}
    graces = [amount("by_plans", **whole, duration=60, grace=months) for months in (0, 6, 12, 18, 24)]
    assert amount("by_plans", **whole, duration=60, grace=7) == Range(min(graces), max(graces))
    assert amount("by_plans", **whole, duration=60) == Range(min(graces), max(graces))
    between = amount("by_plans", **whole, duration=57, grace=0)
    assert between == Range(amount("by_plans", **whole, duration=54, grace=0), graces[0])
    # Without a history at least 400 basis points, and at most the greatest margin.
    unrated = amount("by_plans", principal="100000", duration=60, grace=0, borrower_rating="unrated")
    four = finance.instalments_gge(
        100000, months=60, rate="1.5%", reference_rate=finance.base_rate(ON).rate + Fraction(4, 100),
        discount_rate=finance.discount_rate(ON),
    ).amount  # fmt: skip
    assert unrated == Range(four, high)


def test_between_two_periods_a_loan_lies_between_theirs(amount):
    told = {"principal": "100000", "borrower_rating": "bbb", "loan_collateral": "normal"}
    yearly = [amount("by_reference", duration=months, loan_repayment="equal_principal_yearly", **told)
              for months in (36, 41, 48)]  # fmt: skip
    assert yearly[1] == Range(yearly[0], yearly[2])


def test_a_plan_that_is_none_of_these_lies_between_nothing_and_a_bullet(amount):
    told = {"principal": "100000", "duration": 60, "borrower_rating": "bbb", "loan_collateral": "normal"}
    bullet = amount("by_reference", loan_repayment="bullet", **told)
    assert amount("by_reference", loan_repayment="other", **told) == Range(Decimal("0.00"), bullet)
    assert amount("by_reference", **told) == Range(Decimal("0.00"), bullet)


def test_a_day_without_a_rate_leaves_the_equivalent_open(amount):
    told = {
        "principal": "100000", "duration": 60, "borrower_rating": "bbb", "loan_collateral": "normal",
        "loan_repayment": "bullet",
    }  # fmt: skip
    assert amount("by_reference", on=dt.date(2026, 3, 1), **told) == Range(Decimal("0.00"), Decimal("100000.00"))
    assert amount("by_plans", on=dt.date(2026, 3, 1), **told) == Range(Decimal("0.00"), Decimal("100000.00"))
    assert amount("later", on=dt.date(2026, 3, 1), **told) == Range(Decimal("0.00"), Decimal("100000.00"))


@settings(max_examples=60)
@given(MONEY, st.integers(0, 150))
@example("100000.00", 150)
@example("100000.00", 149)
@example("100000.00", 1)
@example("100000.00", 0)
def test_a_present_value(amount, principal, months):
    expected = finance.present_value({Fraction(months, 12): principal}, finance.discount_rate(ON)).amount
    assert amount("later", principal=principal, duration=months) == expected


@pytest.mark.parametrize(
    ("principal", "months", "covered", "sound"),
    [
        ("200000", 96, "50%", True), ("1500000", 60, "50%", True), ("1500000.01", 60, "50%", True),
        ("750000", 120, "60%", True), ("750000.01", 61, "50%", True), ("750000", 121, "50%", True),
        ("200000", 60, "49.99%", True), ("200000", 60, "50%", False), ("123456.78", 17, "100%", True),
    ],
)  # fmt: skip
def test_a_loan_in_a_safe_harbour(amount, principal, months, covered, sound):
    expected = finance.loan_safe_harbour(
        principal, months=months, collateral=covered, grant_date=ON, insolvent=not sound, large=False
    )
    found = amount("by_harbour", principal=principal, duration=months, covered=covered, sound=sound)
    if expected.safe_harbour:
        assert found == expected.amount
    else:
        assert isinstance(found, Range)


@pytest.mark.parametrize(
    ("guaranteed", "loan", "months", "sound", "pro_rata"),
    [
        ("400000", "500000", 60, True, True), ("400000.01", "500000", 60, True, True),
        ("1125000", "2000000", 120, True, True), ("1125000.01", "2000000", 61, True, True),
        ("2250000", "3000000", 60, True, True), ("100000", "200000", 60, False, True),
        ("100000", "200000", 60, True, False), ("33333.33", "50000", 7, True, True),
    ],
)  # fmt: skip
def test_a_guarantee_in_a_safe_harbour(amount, guaranteed, loan, months, sound, pro_rata):
    expected = finance.guarantee_gge(
        guaranteed, loan, months=months, grant_date=ON, losses_pro_rata=pro_rata, insolvent=not sound, large=False
    )
    found = amount(
        "by_guarantee", principal=guaranteed, loan_amount=loan, duration=months, sound=sound, pro_rata=pro_rata
    )
    if expected.safe_harbour:
        assert found == expected.amount
    else:
        assert isinstance(found, Range)


FIGURES = st.one_of(
    st.none(), st.sampled_from([0, 2_000_000, 2_000_001, 10_000_000, 10_000_001, 43_000_000, 43_000_001, 50_000_000]),
    st.integers(0, 60_000_000),
)  # fmt: skip
HEADS = st.one_of(st.none(), st.sampled_from(["9.99", "10", "49", "49.99", "50", "249.99", "250"]))


@settings(max_examples=150)
@given(HEADS, FIGURES, FIGURES)
def test_the_size_of_an_undertaking(measure, headcount, turnover, balance_sheet):
    told = {"headcount": headcount, "turnover": turnover, "balance_sheet": balance_sheet}
    answer = undertakings.size_class(
        None if headcount is None else Decimal(headcount), turnover, balance_sheet, on=ON, definition="recommendation"
    )
    possible = {str(found) for found in answer.classes}
    decision = measure.decide({name: value for name, value in told.items() if value is not None}, on=ON)

    def expected(*classes):
        inside, outside = possible & set(classes), possible - set(classes)
        return "unknown" if inside and outside else "yes" if inside else "no"

    assert decision["small_or_less"].truth == expected("micro", "small")
    assert decision["medium"].truth == expected("medium")
    assert decision["micro_or_large"].truth == expected("micro", "large")


LIMIT = dt.date(2022, 9, 2)
"""The first day of the window of `ON`."""
DAYS = st.one_of(
    st.sampled_from(
        [LIMIT, LIMIT - dt.timedelta(1), ON, ON - dt.timedelta(1), dt.date(2023, 1, 1), dt.date(2022, 12, 31)]
    ),
    st.dates(dt.date(2020, 1, 1), ON),
)
AIDS = st.lists(
    st.tuples(
        st.sampled_from(["01234560157", "02345670158", "03456780166"]),
        st.sampled_from(["gen", "gen", "sgei", "agri", "fish"]), DAYS, st.decimals(0, 90_000, places=2),
    ),
    max_size=8,
)  # fmt: skip
RELATIONS = st.lists(
    st.tuples(
        st.sampled_from(["01234560157", "02345670158", "03456780166"]),
        st.sampled_from(["01234560157", "02345670158", "03456780166", "04567890175"]),
        st.sampled_from([True, True, False, None]),
    ),
    max_size=4,
).map(lambda rows: [*{(one, other): (one, other, control) for one, other, control in rows if one != other}.values()])  # fmt: skip
"""Nobody controls itself, and of two there is one thing to say."""


def records(aids):
    return [
        {"cor": str(number), "beneficiary": who, "regulation": regulation, "granted_on": day, "amount": amount}
        for number, (who, regulation, day, amount) in enumerate(aids)
    ]


def ledger(aids):
    told = [
        deminimis.Aid(str(number), who, regulation, day, amount)
        for number, (who, regulation, day, amount) in enumerate(aids)
    ]
    return deminimis.Ledger(told, complete_by="the test")


def known(amount):
    return (amount.least, amount.greatest) if isinstance(amount, Range) else (amount, amount)


@settings(max_examples=100)
@given(AIDS)
def test_the_headroom_of_a_ledger(amount, aids):
    everybody = ["01234560157", "02345670158", "03456780166"]
    for line, regulation in (("left", "gen"), ("left_fish", "fish"), ("left_sgei", "sgei")):
        expected = deminimis.headroom(ledger(aids), everybody, on=ON, regulation=regulation).amount
        assert amount(line, deminimis_aids=records(aids)) == expected


@settings(max_examples=100)
@given(AIDS, RELATIONS)
def test_the_headroom_of_a_single_undertaking(amount, aids, relations):
    told = [
        {"id": str(number), "controller": one, "controlled": other, "control": control}
        for number, (one, other, control) in enumerate(relations)
    ]
    told = [{name: value for name, value in record.items() if value is not None} for record in told]
    found = amount("left_group", codice_fiscale="01234560157", deminimis_aids=records(aids), control_relations=told)
    sure = group(relations, lambda control: control is True)
    # Whom no relation speaks of may belong to it too: nobody said that it does not.
    apart = {*group(relations, lambda _: True)} - {*group(relations, lambda control: control is not False)}
    possible = ({"01234560157"} | {who for who, *_ in aids}) - apart
    least = deminimis.headroom(ledger(aids), sorted(possible), on=ON).amount
    greatest = deminimis.headroom(ledger(aids), sure, on=ON).amount
    assert known(found) == (least, greatest)


def group(relations, counts):
    members = {"01234560157"}
    for _ in relations:
        for one, other, control in relations:
            if counts(control) and {one, other} & members:
                members |= {one, other}
    return sorted(members)


HALVES = st.sampled_from([None, 0, 10_000, 20_000, 70_000, "70000.01", 100_000])
MAYBE = st.one_of(st.none(), st.booleans())


@settings(max_examples=150)
@given(HALVES, HALVES, HALVES, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE)
def test_an_undertaking_in_difficulty(measure, capital, reserves, losses, insolvent, rescued, sme, young, indebted):
    told = {
        "capital": capital, "reserves": reserves, "losses": losses, "insolvent": insolvent, "rescued": rescued,
        "is_sme": sme, "is_young": young, "indebted": indebted,
    }  # fmt: skip
    decision = measure.decide({name: value for name, value in told.items() if value is not None}, on=ON)
    found = decision["healthy"].truth
    if None not in told.values():
        half_lost = Decimal(capital) + Decimal(reserves) - Decimal(losses) < Decimal(capital) / 2
        limbs = (half_lost and not (sme and young)) or insolvent or rescued or (indebted and not sme)
        assert found == ("no" if limbs else "yes")
    elif insolvent or rescued:
        assert found == "no"
    elif insolvent is None or rescued is None:
        assert found in ("unknown", "no")


def test_on_days_for_which_the_regulation_is_not_known_nobody_is_said_to_be_healthy(measure):
    told = {
        "capital": 1, "reserves": 0, "losses": 0, "insolvent": False, "rescued": False, "is_sme": True, "is_young": False,
        "indebted": False,
    }  # fmt: skip
    assert measure.decide(told, on=ON)["healthy"].truth == "yes"
    assert measure.decide(told, on=dt.date(2027, 1, 1))["healthy"].truth == "unknown"
