# SPDX-License-Identifier: Apache-2.0
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.finance import Rounding, guarantee_gge, loan_safe_harbour, sound_borrower
from misure.ground.dated import dated_table
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.truth import Confidence

DAY = {"grant_date": "2026-11-22"}
SOUND = DAY | {"insolvent": False, "large": False}
LOAN = SOUND | {"collateral": "50%"}
GUARANTEE = SOUND | {"losses_pro_rata": True}


@pytest.mark.parametrize(("loan", "years", "gge"), [
    (200000, 8, "64000.00"),                # DM-L2
    (1500000, 5, "300000.00"),              # DM-L3
    (750000, 10, "300000.00"),
    (750000, 6, "180000.00"),
    (100000, 1, "4000.00"),
    ("0.01", 1, "0.00"),
])  # fmt: skip
def test_loans_within(loan, years, gge):
    answer = loan_safe_harbour(loan, years=years, **LOAN)
    assert (answer.safe_harbour, str(answer.amount), answer.reasons) == (True, gge, ())
    assert answer.amount == answer.by_formula


@pytest.mark.parametrize(("loan", "months", "within"), [
    (1500000, 60, True), ("1500000.01", 60, False), (1500000, 61, False), ("750000.01", 61, False), (750000, 61, True),
    (750000, 120, True), (750000, 121, False), (1, 121, False), ("1500000.01", 12, False),
])  # fmt: skip
def test_the_limits_of_a_loan(loan, months, within):
    answer = loan_safe_harbour(loan, months=months, **LOAN)
    assert answer.safe_harbour is within
    assert answer.reasons == (() if within else ("amount_and_duration",))


def test_a_loan_that_the_formula_alone_would_allow():  # DM-L5
    answer = loan_safe_harbour(1000000, years=6, **LOAN)
    assert (answer.safe_harbour, answer.amount, answer.by_formula) == (False, None, Decimal("240000.00"))
    assert (
        answer.conditions[0].why
        == "1000000.00 over 72 months; the limits are 1500000.00 over 60 months or 750000.00 over 120 months"
    )


def test_a_loan_that_is_secured_too_little():  # DM-L6
    answer = loan_safe_harbour(200000, years=5, **LOAN | {"collateral": "49%"})
    assert (answer.safe_harbour, answer.amount, answer.reasons) == (False, None, ("collateral",))
    assert loan_safe_harbour(200000, years=5, **LOAN | {"collateral": "49.99%"}).safe_harbour is False
    assert loan_safe_harbour(200000, years=5, **LOAN | {"collateral": 1}).safe_harbour is True


@pytest.mark.parametrize(("guaranteed", "loan", "years", "gge"), [
    (400000, 500000, 5, "53333.33"),        # DM-U1
    (2250000, 4000000, 5, "300000.00"),
    (1125000, 2000000, 10, "300000.00"),
])  # fmt: skip
def test_guarantees_within(guaranteed, loan, years, gge):
    answer = guarantee_gge(guaranteed, loan, years=years, **GUARANTEE)
    assert (answer.safe_harbour, str(answer.amount)) == (True, gge)


@pytest.mark.parametrize(("guaranteed", "loan", "months", "reasons"), [
    (400001, 500000, 60, ("guaranteed_share",)),                       # DM-U2
    ("400000.01", 500000, 60, ("guaranteed_share",)),
    ("2250000.01", 4000000, 60, ("amount_and_duration",)),
    ("1125000.01", 4000000, 61, ("amount_and_duration",)),
    (500000, 500000, 130, ("amount_and_duration", "guaranteed_share")),
])  # fmt: skip
def test_guarantees_outside(guaranteed, loan, months, reasons):
    answer = guarantee_gge(guaranteed, loan, months=months, **GUARANTEE)
    assert (answer.safe_harbour, answer.amount, answer.reasons) == (False, None, reasons)


@given(st.integers(1, 150_000_000), st.integers(1, 120))
def test_the_identity_of_loans(cents, months):
    answer = loan_safe_harbour(Decimal(cents).scaleb(-2), months=months, **LOAN, rounding=Rounding("none"))
    assert Fraction(answer.by_formula) == Fraction(4, 100) * Fraction(cents, 100) * Fraction(months, 12)
    assert answer.safe_harbour is (months <= 60 or cents <= 75_000_000)


@given(st.integers(1, 225_000_000), st.integers(1, 120))
def test_the_identity_of_guarantees(cents, months):
    answer = guarantee_gge(Decimal(cents).scaleb(-2), 10**7, months=months, **GUARANTEE, rounding=Rounding("none"))
    assert Fraction(answer.by_formula) == Fraction(cents, 100) * Fraction(months, 12) * Fraction(300_000, 11_250_000)


@given(st.integers(1, 10**8), st.integers(1, 10**8), st.integers(1, 120), st.integers(1, 120))
def test_the_proportion_grows_with_amount_and_duration(one, other, some, more):
    (low, high), (short, long) = sorted([one, other]), sorted([some, more])
    amounts = [Decimal(cents).scaleb(-2) for cents in (low, high)]
    assert (
        loan_safe_harbour(amounts[0], months=short, **LOAN).by_formula
        <= loan_safe_harbour(amounts[1], months=long, **LOAN).by_formula
    )


@given(st.integers(1, 150_000_000), st.integers(1, 120))
def test_within_the_limits_the_ceiling_is_never_passed(cents, months):
    answer = loan_safe_harbour(Decimal(cents).scaleb(-2), months=months, **LOAN)
    assert answer.amount is None or answer.amount <= 300_000


def test_both_limits_of_a_row_give_one_proportion():
    for row in dated_table("ue/gge-safe-harbours").rows:
        if row.known("covered"):
            assert row.cents("short_amount") * row.whole("short_years") == row.cents("long_amount") * row.whole(
                "long_years"
            )


@pytest.mark.parametrize(("given", "outcome", "reasons"), [
    ({"insolvent": True}, False, ("not_insolvent",)),
    ({"insolvent": None}, None, ("not_insolvent",)),
    ({"large": None}, None, ("rating",)),
    ({"large": None, "rating": "B-"}, True, ()),                       # enough, large or not
    ({"large": None, "rating": "CCC+"}, None, ("rating",)),
    ({"large": True}, None, ("rating",)),
    ({"large": True, "rating": "b-"}, True, ()),
    ({"large": True, "rating": "CCC+"}, False, ("rating",)),
    ({"large": False, "rating": "D"}, True, ()),                       # not asked of an SME
    ({"collateral": None}, None, ("collateral",)),
    ({"collateral": None, "insolvent": None}, None, ("collateral", "not_insolvent")),
    ({"collateral": None, "insolvent": True}, False, ("not_insolvent",)),
])  # fmt: skip
def test_conditions_that_are_not_met_or_not_known(given, outcome, reasons):
    answer = loan_safe_harbour(200000, years=5, **LOAN | given)
    assert (answer.safe_harbour, answer.reasons) == (outcome, reasons)
    assert answer.amount == (Decimal("40000.00") if outcome else None)
    assert answer.by_formula == Decimal("40000.00")


def test_nothing_is_taken_for_granted():
    assert loan_safe_harbour(200000, years=5, collateral="50%", **DAY).safe_harbour is None
    answer = guarantee_gge(400000, 500000, years=5, **DAY)
    assert (answer.safe_harbour, answer.reasons) == (None, ("losses_pro_rata", "not_insolvent", "rating"))


@pytest.mark.parametrize(("given", "sound"), [
    ({}, None), ({"insolvent": False}, None), ({"insolvent": True}, False), ({"insolvent": False, "large": False}, True),
    ({"insolvent": False, "large": True, "rating": "B"}, True), ({"insolvent": False, "large": True, "rating": "CC"}, False),
    ({"insolvent": False, "large": False, "regulation": "sgei"}, True), ({"insolvent": False, "large": True, "rating": "A", "regulation": "sgei"}, None),
])  # fmt: skip
def test_a_sound_borrower(given, sound):
    assert sound_borrower(**DAY, **given) is sound


def test_the_regulation_of_the_day_rules():
    old = loan_safe_harbour(1000000, years=5, **LOAN | {"grant_date": "2023-12-31"})
    assert (old.safe_harbour, old.amount) == (True, Decimal("200000.00"))
    assert loan_safe_harbour("1000000.01", years=5, **LOAN | {"grant_date": "2023-12-31"}).safe_harbour is False
    assert loan_safe_harbour("1000000.01", years=5, **LOAN | {"grant_date": "2024-01-01"}).safe_harbour is True
    assert [str(cited) for cited in old.citations] == [
        "Reg. (UE) 1407/2013, art. 4, par. 3, lett. b)",
        "Reg. (UE) 1407/2013, art. 3, par. 2",
    ]
    assert "carriers of goods by road" in old.notes[0]
    assert guarantee_gge(1500000, 2000000, years=5, **GUARANTEE | {"grant_date": "2023-06-01"}).amount == Decimal(
        "200000.00"
    )
    tail = loan_safe_harbour(1500000, years=5, **LOAN | {"grant_date": "2031-06-30"})
    assert (tail.amount, "aid schemes alone" in tail.notes[0]) == (Decimal("300000.00"), True)


@pytest.mark.parametrize("day", ["2013-12-31", "2031-07-01"])
def test_days_outside_the_encoded_law(day):
    with pytest.raises(NotEncoded):
        loan_safe_harbour(1000, years=1, **LOAN | {"grant_date": day})


@pytest.mark.parametrize("regulation", ["sgei", "agri", "fish"])
def test_other_regulations_do_not_borrow_the_figures(regulation):
    for answer in (
        loan_safe_harbour(1000, years=1, **LOAN, regulation=regulation),
        guarantee_gge(1000, 2000, years=1, **GUARANTEE, regulation=regulation),
    ):
        assert (answer.safe_harbour, answer.amount, answer.by_formula) == (None, None, None)
        assert answer.notes[0]
        assert answer.confidence is Confidence.INFERRED


def test_a_method_whose_figures_are_not_encoded():
    answer = guarantee_gge(1000, 2000, years=1, **GUARANTEE, method="premium")
    assert answer.citations[0].act.id == "com-2008-c-155-02"
    assert answer.notes[0] == "the figures of the method 'premium' are not encoded here"
    assert (answer.safe_harbour, answer.amount, answer.by_formula) == (None, None, None)
    assert answer.reasons == ("premiums",)
    assert all(condition.met is None and condition.why for condition in answer.conditions)


NATIONAL = {
    "method": "accepted", "purpose": "investment", "premium": 0, "large": False, "in_difficulty": False, "years": 1,
    "grant_date": "2019-10-01",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "amount"),
    [
        ({}, "2032.00"),  # 2.54 % of 80,000: 1.62 of risk, 0.60 of costs, 0.32 of remuneration
        ({"purpose": "working_capital"}, "2704.00"),  # 3.38 %
        ({"premium": "500.00"}, "1532.00"),
        ({"premium": "2032.00"}, "0.00"),
        ({"premium": "2032.01"}, "0.00"),
        ({"grant_date": "2019-10-31"}, "2032.00"),
    ],
)
def test_the_national_method_of_a_year(change, amount):
    answer = guarantee_gge(80000, 100000, **NATIONAL | change)
    assert (answer.safe_harbour, str(answer.amount), answer.reasons) == (True, amount, ())
    assert answer.citations[0].act.id == "decision-n-182-2010"
    assert answer.confidence is Confidence.OFFICIAL


@pytest.mark.parametrize(
    ("change", "open_to", "reasons"),
    [
        ({"grant_date": "2019-09-30"}, None, ("premiums",)),
        ({"grant_date": "2019-11-01"}, None, ("premiums",)),
        ({"grant_date": "2026-11-22"}, None, ("premiums",)),
        ({"years": None, "months": 13}, None, ("discounting",)),
        ({"years": None, "months": 11}, None, ("discounting",)),
        ({"years": 5, "grant_date": "2026-11-22"}, None, ("premiums", "discounting")),
        ({"purpose": None}, None, ("purpose",)),
        ({"premium": None}, None, ("premium_paid",)),
        ({"large": None, "in_difficulty": None}, None, ("sme", "not_in_difficulty")),
        ({"large": True}, False, ("sme",)),
        ({"in_difficulty": True}, False, ("not_in_difficulty",)),
    ],
)
def test_why_the_national_method_gives_no_amount(change, open_to, reasons):
    answer = guarantee_gge(80000, 100000, **NATIONAL | change)
    assert (answer.safe_harbour, answer.amount, answer.reasons) == (open_to, None, reasons)
    assert all(condition.why for condition in answer.conditions)
    assert bool(answer.steps) == ("premiums" not in reasons and "purpose" not in reasons)


def test_the_national_method_covers_four_fifths_of_a_loan():
    assert guarantee_gge("80000.01", 100000, **NATIONAL).reasons == ("guaranteed_share",)
    with pytest.raises(BadFacts, match=r"purpose: .*investment"):
        guarantee_gge(80000, 100000, **NATIONAL | {"purpose": "investments"})
    with pytest.raises(BadFacts, match="premium"):
        guarantee_gge(80000, 100000, **NATIONAL | {"premium": "-1"})


def test_the_answer_shows_its_steps_and_is_a_value():
    answer = loan_safe_harbour(200000, years=8, **LOAN)
    assert [(step.name, step.value) for step in answer.steps] == [
        ("ceiling", Decimal("300000.00")), ("limit_amount", Decimal("750000.00")), ("limit_months", 120),
        ("share_of_ceiling", Fraction(16, 75)), ("gge", Decimal("64000.00")),
    ]  # fmt: skip
    assert answer.confidence is Confidence.SECONDARY
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301
    assert len({answer, loan_safe_harbour(200000, years=8, **LOAN)}) == 1


@pytest.mark.parametrize(("given", "told"), [
    ({"loan": 0}, "loan: is zero: there is nothing to compute"),
    ({"loan": -5}, "loan: -5 is negative, and an amount of money is not"),
    ({"years": 0}, "years: expected a whole number from 1 to 100; got 0"),
    ({"years": 5.0}, "years: expected a whole number from 1 to 100; got 5.0"),
    ({"collateral": 50}, "collateral: 50 is above 100%: a rate of 50 per cent is written 50%"),
    ({"insolvent": "no"}, "insolvent: expected True, False, or None when it is not known; got 'no'"),
    ({"large": 0}, "large: expected True, False, or None when it is not known; got 0"),
    ({"rating": "BBBB"}, None),
    ({"regulation": "GEN"}, "regulation: expected one of gen, sgei, agri, fish; got 'GEN'; did you mean 'gen'?"),
    ({"regulation": "agr"}, "regulation: expected one of gen, sgei, agri, fish; got 'agr'; did you mean 'agri'?"),
    ({"grant_date": "2026-13-01"}, "grant_date: 2026-13-01 does not exist: there is no month 13"),
    ({"rounding": None}, "rounding: expected a Rounding; got nothing"),
])  # fmt: skip
def test_what_cannot_be(given, told):
    with pytest.raises(BadFacts) as raised:
        loan_safe_harbour(**{"loan": 1000, "years": 5} | LOAN | given)
    if told:
        assert str(raised.value) == f"<loan_safe_harbour>: {told}"


def test_more_cannot_be_guaranteed_than_lent():
    with pytest.raises(BadFacts) as raised:
        guarantee_gge(1001, 1000, years=5, **GUARANTEE | {"losses_pro_rata": "yes"}, method="premiun")
    assert [(fault.subject, fault.suggestion) for fault in raised.value.faults] == [
        ("guaranteed", None), ("losses_pro_rata", None), ("method", "premium"),
    ]  # fmt: skip
