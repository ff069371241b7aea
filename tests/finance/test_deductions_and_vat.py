# SPDX-License-Identifier: Apache-2.0
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure import Range
from misure.finance import Rounding, eligible_cost, stamp_duty, withholding
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.truth import Confidence

PAID = {"payment_date": "2026-05-04"}
money = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
maybe = st.sampled_from([True, False, None])


def test_the_withholding_lowers_the_payment_and_not_the_aid():  # MO-6
    answer = withholding("12345.67", **PAID)
    assert (answer.withheld, answer.paid, answer.aid) == (Decimal("493.83"), Decimal("11851.84"), Decimal("12345.67"))
    assert [str(cited) for cited in answer.citations] == ["DPR 600/1973, art. 28, comma 2"]
    assert answer.confidence is Confidence.SECONDARY


@pytest.mark.parametrize(("current", "capital", "documented", "exempt", "withheld"), [
    (5000, 5000, True, False, "200.00"),                                       # MO-15
    (5000, 5000, False, False, "400.00"),
    (0, 5000, True, False, "0.00"),
    (0, 5000, False, False, "200.00"),
    (5000, 0, None, False, "200.00"),
    (5000, 5000, False, True, "0.00"),
    (5000, 5000, None, True, "0.00"),
    (0, 0, None, None, "0.00"),
    ("0.12", 0, None, False, "0.00"),
    ("0.13", 0, None, False, "0.01"),
])  # fmt: skip
def test_what_bears_it(current, capital, documented, exempt, withheld):
    answer = withholding(current, capital=capital, split_documented=documented, exempt=exempt, **PAID)
    assert (str(answer.withheld), answer.unknown) == (withheld, ())
    assert answer.paid == answer.aid - answer.withheld


@pytest.mark.parametrize(("documented", "exempt", "least", "greatest", "reasons"), [
    (None, False, "200.00", "400.00", 1), (True, None, "0.00", "200.00", 1), (False, None, "0.00", "400.00", 1), (None, None, "0.00", "400.00", 2),
])  # fmt: skip
def test_what_is_not_known_leaves_a_range(documented, exempt, least, greatest, reasons):
    answer = withholding(5000, capital=5000, split_documented=documented, exempt=exempt, **PAID)
    assert answer.withheld == Range(Decimal(least), Decimal(greatest))
    assert answer.paid == Range(10000 - Decimal(greatest), 10000 - Decimal(least))
    assert len(answer.unknown) == reasons


@given(money, money, maybe, maybe)
def test_a_range_holds_every_way_it_may_turn_out(current, capital, documented, exempt):
    answer = withholding(current, capital=capital, split_documented=documented, exempt=exempt, **PAID)
    ends = (
        (answer.withheld.least, answer.withheld.greatest)
        if isinstance(answer.withheld, Range)
        else (answer.withheld,) * 2
    )
    outcomes = [
        withholding(current, capital=capital, split_documented=split, exempt=free, **PAID).withheld
        for split in ((True, False) if documented is None else (documented,))
        for free in ((True, False) if exempt is None else (exempt,))
    ]  # fmt: skip
    assert ends == (min(outcomes), max(outcomes))
    assert answer.aid == current + capital
    assert 0 <= ends[0] <= ends[1] <= answer.aid


def test_the_withholding_may_be_rounded_otherwise():
    assert withholding("12345.67", **PAID, rounding=Rounding("down", 1)).withheld == Decimal("493.00")
    exact = withholding("12345.67", **PAID, rounding=Rounding("none"))
    assert exact.withheld == Decimal("493.8268")
    assert withholding("0.60", **PAID, rounding=Rounding("up", 1)).withheld == Decimal(
        "0.60"
    )  # never more than is paid


def test_the_answer_is_a_value():
    answer = withholding("12345.67", **PAID)
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301
    assert [(step.name, step.value) for step in answer.steps] == [
        ("contribution", Decimal("12345.67")), ("base", Decimal("12345.67")), ("rate", Fraction(1, 25)), ("withheld", Decimal("493.83")),
    ]  # fmt: skip


def test_stamp_duty():
    assert stamp_duty("2026-05-04").amount == Decimal("16.00")
    assert stamp_duty("2026-05-04", exempt=True).amount == Decimal("0.00")
    unknown = stamp_duty("2026-05-04", exempt=None)
    assert unknown.amount == Range(Decimal("0.00"), Decimal("16.00"))
    assert unknown.unknown == ("whether the applicant is exempt is not known",)
    assert unknown.confidence is Confidence.INFERRED


@pytest.mark.parametrize("ask", [lambda: stamp_duty("2012-01-01"), lambda: withholding(1, payment_date="1970-01-01")])
def test_a_day_before_the_tables_is_not_encoded(ask):
    with pytest.raises(NotEncoded):
        ask()


@pytest.mark.parametrize(("treatment", "recoverable", "eligible"), [
    ("excluded", None, "1000.00"), ("excluded", False, "1000.00"), ("included", None, "1220.00"), ("included", True, "1220.00"),
    ("if_unrecoverable", True, "1000.00"), ("if_unrecoverable", False, "1220.00"),
])  # fmt: skip
def test_vat(treatment, recoverable, eligible):
    answer = eligible_cost("1000.00", "220.00", treatment, recoverable=recoverable)
    assert (str(answer.amount), answer.unknown) == (eligible, ())


@pytest.mark.parametrize(("treatment", "recoverable", "reason"), [
    ("if_unrecoverable", None, "whether the VAT can be recovered is not known"), (None, False, "what the call says of VAT is not known"),
])  # fmt: skip
def test_vat_of_which_something_is_not_known(treatment, recoverable, reason):
    answer = eligible_cost("1000.00", "220.00", treatment, recoverable=recoverable)
    assert answer.amount == Range(Decimal("1000.00"), Decimal("1220.00"))
    assert answer.unknown == (reason,)
    assert eligible_cost("1000.00", 0, treatment, recoverable=recoverable).amount == Decimal("1000.00")


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: withholding(-1, **PAID), "<withholding>: current: -1 is negative, and an amount of money is not"),
    (lambda: withholding(1, capital=0.5, **PAID), '<withholding>: capital: 0.5 is a binary float, which is not exact: write it as text, "0.5"'),
    (lambda: withholding(1, exempt="no", **PAID), "<withholding>: exempt: expected True, False, or None when it is not known; got 'no'"),
    (lambda: withholding(1, payment_date=None), "<withholding>: payment_date: expected a date; got nothing"),
    (lambda: withholding(1, rounding="up", **PAID), "<withholding>: rounding: expected a Rounding; got 'up'"),
    (lambda: stamp_duty("2026-05-04", exempt=1), "<stamp_duty>: exempt: expected True, False, or None when it is not known; got 1"),
    (lambda: eligible_cost(1, 1, "exclude"), "<eligible_cost>: treatment: expected one of excluded, if_unrecoverable, included; got 'exclude'; did you mean 'excluded'?"),
    (lambda: eligible_cost("1,00", 1, "excluded"), "<eligible_cost>: net: '1,00' has a comma: write 1234.50, a point before the decimals and no thousands separators"),
    (lambda: eligible_cost(1, -1, "excluded", recoverable="yes"), "<eligible_cost>: recoverable: expected True, False, or None when it is not known; got 'yes'\n<eligible_cost>: vat: -1 is negative, and an amount of money is not"),
])  # fmt: skip
def test_what_cannot_be(ask, told):
    with pytest.raises(BadFacts) as raised:
        ask()
    assert str(raised.value) == told
