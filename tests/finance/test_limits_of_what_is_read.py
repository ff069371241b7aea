# SPDX-License-Identifier: Apache-2.0
"""What stands exactly on a limit of a calculation is read, and what stands one beyond is refused."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from misure import Range
from misure.finance import (
    Rounding,
    aid_at_grant,
    annuity_factor,
    loan_gge,
    loan_safe_harbour,
    present_value,
    reference_rate,
    share_of,
)
from misure.finance.checked import Checked
from misure.finance.ratings import GRADES, at_least, category
from misure.ground.errors import BadFacts


def told(ask):
    with pytest.raises(BadFacts) as caught:
        ask()
    return [(fault.subject, fault.message, fault.suggestion) for fault in caught.value.faults]


def read(method, *args):
    """What a reader of one call makes of a value, and the faults that it keeps."""
    asked = Checked("x")
    value = getattr(asked, method)(*args)
    try:
        asked.done()
    except BadFacts as refused:
        return value, [str(fault) for fault in refused.faults]
    return value, []


GREAT = "a number of more than 30 digits"


@pytest.mark.parametrize(("method", "args", "value", "fault"), [
    ("money", ("a", "9" * 27 + ".99"), 10**29 - 1, None),
    ("money", ("a", 10**30), 1, f"{GREAT} is no amount that an act could name"), ("money", ("a", -(10**30)), 1, f"{GREAT} is no amount that an act could name"),
    ("money", ("a", 10**30 - 1), (10**30 - 1) * 100, None), ("money", ("a", 0), 0, None),
    ("positive", ("a", "0.01"), 1, None), ("positive", ("a", 0), 1, "is zero: there is nothing to compute"),
    ("positive", ("a", 25), 2500, None),
    ("rate", ("a", 0), 0, None), ("rate", ("a", "100%"), 1, None), ("rate", ("a", 1), 1, None),
    ("rate", ("a", "100.01%"), 0, "100.01% is above 100%"), ("rate", ("a", "1.0001"), 0, "1.0001 is above 100%: a rate of 1.0001 per cent is written 1.0001%"),
    ("rate", ("a", "-0.01%"), 0, "-0.01% is below zero, and no such rate is used"),
    ("rate", ("a", Fraction(1, 10**30 - 1)), Fraction(1, 10**30 - 1), None),
    ("rate", ("a", Fraction(1, 10**30)), 0, "a rate with more than 30 digits is a mistake"),
    ("number", ("a", Fraction(1, 10**60 - 1)), Fraction(1, 10**60 - 1), None),
    ("number", ("a", Fraction(1, 10**60)), 0, "a number with more than 60 digits is a mistake"),
    ("number", ("a", Fraction(10**60)), 0, "a number with more than 60 digits is a mistake"),
    ("number", ("a", 10**60 - 1), 10**60 - 1, None), ("number", ("a", 0), 0, None), ("number", ("a", -1), 0, "-1 is negative"),
    ("number", ("a", "5%"), 0, "5% is a share, and an amount is asked for"),
    ("count", ("a", 1, 1, 3), 1, None), ("count", ("a", 3, 1, 3), 3, None),
    ("count", ("a", 0, 1, 3), 1, "expected a whole number from 1 to 3; got 0"), ("count", ("a", 4, 1, 3), 1, "expected a whole number from 1 to 3; got 4"),
    ("count", ("a", True, 1, 3), 1, "expected a whole number from 1 to 3; got true"), ("count", ("a", "2", 1, 3), 1, "expected a whole number from 1 to 3; got '2'"),
    ("count", ("a", 10**30, 1, 3), 1, f"expected a whole number from 1 to 3; got {GREAT}"),
    ("count", ("a", -(10**30), 1, 3), 1, f"expected a whole number from 1 to 3; got {GREAT}"),
    ("count", ("a", 10**30 - 1, 1, 3), 1, f"expected a whole number from 1 to 3; got {10**30 - 1}"),
    ("day", ("a", "0001-01-01"), 1, None), ("day", ("a", "2026"), 1, "'2026' is not a date: write YYYY-MM-DD"),
    ("one_of", ("a", "y", ["x", "y"]), "y", None), ("one_of", ("a", "z", ["xx", "yy"]), "xx", "expected one of xx, yy; got 'z'"),
    ("one_of", ("a", "YES", ["yes", "no"]), "yes", "expected one of yes, no; got 'YES'; did you mean 'yes'?"),
    ("one_of", ("a", "q" * 80, ["xx"]), "xx", f"expected one of xx; got '{'q' * 57}'..."),
    ("months", (24, None, 1200), 24, None), ("months", (None, 2, 1200), 24, None), ("months", (None, 100, 1200), 1200, None),
    ("months", (1200, None, 1200), 1200, None),
    ("grade", ("a", None, ["AA", "b"]), None, None), ("grade", ("a", "aa", ["AA", "b"]), "AA", None), ("grade", ("a", "B", ["AA", "b"]), "b", None),
    ("grade", ("a", "c", ["AA", "b"]), "AA", "expected one of AA, b; got 'c'"), ("grade", ("a", 3, ["AA", "b"]), "AA", "expected one of AA, b; got 3"),
    ("truth", ("a", None), None, None), ("truth", ("a", True), True, None), ("truth", ("a", False), False, None),
    ("truth", ("a", 1), None, "expected True, False, or None when it is not known; got 1"),
])  # fmt: skip
def test_a_value_is_read_or_kept_as_a_fault_with_a_stand_in(method, args, value, fault):
    subject = "" if method == "months" else "a: "
    assert read(method, *args) == (value, [] if fault is None else [f"<x>: {subject}{fault}"])


@pytest.mark.parametrize(("given", "value", "fault"), [
    ((1201, None), 1, "months: expected a whole number from 1 to 1200; got 1201"), ((0, None), 1, "months: expected a whole number from 1 to 1200; got 0"),
    ((None, 101), 12, "years: expected a whole number from 1 to 100; got 101"), ((None, 0), 12, "years: expected a whole number from 1 to 100; got 0"),
    ((None, None), 12, "months: the duration is given either in months or in years; got nothing and nothing"),
    ((12, 1), 12, "months: the duration is given either in months or in years; got 12 and 1"),
])  # fmt: skip
def test_a_duration_is_given_in_months_or_in_years(given, value, fault):
    assert read("months", *given, 1200) == (value, [f"<x>: {fault}"])


def test_the_two_ends_of_a_value():
    asked = Checked("x")
    assert asked.ends("a", "5", asked.money) == (500, 500)
    assert asked.ends("a", Range(1, 2), asked.money) == (100, 200)
    assert asked.ends("a", Range(2, 2), asked.money) == (200, 200)
    assert asked.found == 0
    asked.ends("a", Range("2.01", 2), asked.money)
    assert asked.found == 1
    asked.ends("b", Range(3, -1), asked.money)  # the end is a fault of its own; their order is not looked at
    assert asked.found == 2
    with pytest.raises(BadFacts) as caught:
        asked.done()
    assert [str(fault) for fault in caught.value.faults] == [
        "<x>: a: the range begins at 2.01, above its end 2",
        "<x>: b: -1 is negative, and an amount of money is not",
    ]


def test_a_value_of_another_kind_is_told_by_its_kind():
    asked = Checked("x")
    asked.instance("rounding", Rounding(), Rounding)
    assert asked.found == 0
    asked.instance("rounding", 10**30, Rounding)
    assert told(asked.done) == [("rounding", f"expected a Rounding; got {GREAT}", None)]


# Each calculation


@pytest.mark.parametrize("years", [100, "100", Fraction(1, 100_000), Fraction(99_999, 100_000)])
def test_the_farthest_flow_and_the_finest_time(years):
    assert present_value({years: 100}, 0).amount == Decimal("100.00")


@pytest.mark.parametrize(("years", "why"), [
    (Fraction(10**7 + 1, 10**5), "a flow after 10000001/100000 years: the most is 100"),
    (Fraction(1, 100_001), "a time of 1/100001 years is finer than any calendar"),
])  # fmt: skip
def test_a_flow_too_far_off_or_too_fine(years, why):
    assert told(lambda: present_value({years: 100}, 0)) == [("flows[1]", why, None)]


def test_an_instalment_is_paid_on_the_day_of_granting_or_within_a_hundred_years():
    assert aid_at_grant("2026-01-15", [("2026-01-15", 100)], "3%").amount == Decimal("100.00")
    assert aid_at_grant("2026-01-15", [("2126-01-15", 100)], 0).amount == Decimal("100.00")
    granted = dt.date(2026, 1, 15)
    last = granted + dt.timedelta(days=100 * 366)  # as if every year were a leap year
    assert aid_at_grant(granted, [(last, 100)], 0).amount == Decimal("100.00")
    beyond = last + dt.timedelta(days=1)
    assert told(lambda: aid_at_grant(granted, [(beyond, 100)], 0)) == [
        ("instalments[1]", f"{beyond} lies more than 100 years after the grant", None)
    ]


def test_a_grant_near_the_end_of_the_calendar():
    assert aid_at_grant("9897-01-01", [("9997-01-01", 100)], 0).amount == Decimal("100.00")
    assert told(lambda: aid_at_grant("9897-01-02", [("9897-01-03", 100)], 0)) == [
        ("grant_date", "9897-01-02 lies at the end of the calendar", None)
    ]


@pytest.mark.parametrize(("pairs", "faults"), [
    ("abc", [("instalments", "expected pairs of a time and an amount; got 'abc'", None)]),
    (b"abc", [("instalments", "expected pairs of a time and an amount; got bytes", None)]),
    ([("2026-02-01", 1), ("2026-02-01",), "ab", ["2026-02-01", 1]], [
        ("instalments[2]", "expected a pair of a time and an amount; got a list", None),
        ("instalments[3]", "expected a pair of a time and an amount; got 'ab'", None),
    ]),
    ([("2026-02-01", -1), ("2026-01-14", 1)], [
        ("instalments[1]", "-1 is negative, and an amount of money is not", None),
        ("instalments[2]", "2026-01-14 lies before the day of granting, 2026-01-15", None),
    ]),
])  # fmt: skip
def test_instalments_that_are_none(pairs, faults):
    assert told(lambda: aid_at_grant("2026-01-15", pairs, "3%")) == faults


def test_of_a_grant_on_no_day_nothing_is_said_to_lie_before_it():
    assert [subject for subject, _, _ in told(lambda: aid_at_grant("2026-02-30", [("2026-01-14", 1)], "3%"))] == [
        "grant_date"
    ]


@pytest.mark.parametrize(("given", "faults"), [
    ((1200, 12, "bullet", 0, 0), []), ((1, 12, "bullet", 0, 0), []), ((12, 1, "equal_principal", 0, 0, 0), []),
    ((24, 1, "equal_principal", 0, 0, 1), []), ((24, 1, "equal_principal", 0, 0, -1), ["grace_periods"]),
    ((12, 1, "equal_principal", 0, 0, 1), ["grace_periods"]), ((12, 0, "bullet", 0, 0), ["periods_per_year"]),
    ((12, 13, "bullet", 0, 0), ["periods_per_year"]), ((6, 1, "bullet", 0, 0), ["months"]), ((18, 1, "equal_principal", 0, 0, 1), ["months"]),
    ((12, 1, "bullet", "100%", "100%"), []), ((12, 1, "bullet", 0, 0, None), ["grace_periods"]),
])  # fmt: skip
def test_the_terms_of_a_loan_at_their_limits(given, faults):
    if faults:
        assert [subject for subject, _, _ in told(lambda: annuity_factor(*given))] == faults
    else:
        low, high = annuity_factor(*given)
        assert 0 < low <= high


def test_the_share_and_its_bonuses_may_come_to_the_whole():
    assert share_of(100, "60%", bonuses=["40%"]).amount == Decimal("100.00")
    assert share_of(100, "60%", bonuses=["40%", "10%"], highest_share="100%").amount == Decimal("100.00")
    over = told(lambda: share_of(100, "60%", bonuses={"a": "40%", "b": "0.01%"}))
    assert over == [("bonuses", "with the share they come to 10001/100 %; a highest_share would hold them", None)]
    may_be = told(lambda: share_of(100, "60%", bonuses=[Range(0, "41%")]))
    assert may_be == [("bonuses", "with the share they come to 101 %; a highest_share would hold them", None)]
    for odd, said in ((b"5%", "bytes"), (5, "5")):
        assert told(lambda odd=odd: share_of(1, "40%", bonuses=odd)) == [
            ("bonuses", f"expected shares by name, or a list of them; got {said}", None)
        ]


@pytest.mark.parametrize(("base", "given", "amount"), [
    (None, {"share": "0%"}, "0.00"), ([None, 5], {"share": 0}, "0.00"),
    (None, {"share": "40%", "cost_cap": 0}, "0.00"), (Range(10, 20), {"share": "50%", "cost_cap": 10}, "5.00"),
])  # fmt: skip
def test_costs_that_are_not_known_and_make_no_difference(base, given, amount):
    answer = share_of(base, **given)
    assert (str(answer.amount), answer.unknown) == (amount, ())


def test_lines_with_one_that_is_not_known_keep_their_least():
    by_line = Rounding(stage="per_line")
    answer = share_of(["1000.01", None], "45%", cost_cap=Range(2000, 3000), rounding=by_line)
    assert answer.amount == Range(Decimal("450.00"), Decimal("1350.00"))
    assert answer.unknown == ("an eligible cost is not exactly known", "the cost cap is not exactly known")


def test_a_parent_s_rating_is_asked_of_an_unrated_borrower_alone():
    assert told(lambda: reference_rate("2026-01-15", parent_rating="A")) == [
        ("parent_rating", "matters for an unrated borrower alone", None)
    ]
    better = reference_rate("2026-01-15", rating="unrated", parent_rating="AAA", collateral="high").rate
    assert better == Range(Fraction(619, 10000), Fraction(1219, 10000))


def test_grades_from_the_best_to_the_worst():
    assert [category(grade) for grade in GRADES] == (
        ["AAA-A"] * 7 + ["BBB"] * 3 + ["BB"] * 3 + ["B"] * 3 + ["CCC"] * 6
    )  # fmt: skip
    assert [grade for grade in GRADES if at_least(grade, "B-")] == list(GRADES[:16])
    assert at_least("b-", "B-")
    assert not at_least("CCC+", "B-")


@pytest.mark.parametrize("given", [{"months": 1}, {"months": 1200}, {"years": 100}])
def test_the_shortest_and_the_longest_loan_of_a_harbour(given):
    answer = loan_safe_harbour("0.01", collateral="100%", grant_date="2026-11-22", **given)
    assert answer.conditions[0].met is (given == {"months": 1})


def test_a_loan_at_the_reference_rate_has_no_aid_and_one_just_below_has():
    loan = {"years": 5, "reference_rate": "3.19%", "discount_rate": "3.19%"}
    assert loan_gge(100000, rate="3.19%", **loan).amount == Decimal("0.00")
    assert loan_gge(100000, rate="3.18%", **loan).amount == Decimal("45.55")
    assert loan_gge(100000, rate="3.18%", **loan | {"discount_rate": 0}).amount == Decimal("50.00")
