# SPDX-License-Identifier: Apache-2.0
"""Values at the ends of what is taken, and one beyond; and in which words each kind of thing is refused."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from misure.ground.arguments import shown
from misure.ground.days import MonthEnd, add_months, add_years, day_text, parse_day, year_of
from misure.ground.errors import BadFacts, NoSuchApplication, NoSuchMeasure, NotEncoded
from misure.ground.given import cents, day, euros, exact, refuse
from misure.ground.money import (
    decimal_text,
    down,
    half_even,
    half_up,
    parse_scaled,
    parse_share,
    scaled,
    share_text,
    up,
)
from misure.ground.place import Fault, Place, nearest


def why(ask):
    with pytest.raises(ValueError) as caught:
        ask()
    return str(caught.value)


NO_AMOUNT = "is no amount that an act could name"
NO_NUMBER = "is no number that an act could name"
FLOAT = 'is a binary float, which is not exact: write it as text, "'


@pytest.mark.parametrize(("given", "told"), [
    (0.5, f'0.5 {FLOAT}0.5"'), (True, "expected a number; got true"), (None, "expected a number; got nothing"), ([1], "expected a number; got a list"),
    (Fraction(1, 2), "expected a number; got 1/2"), ("x" * 31, "a number of 31 characters is too long"),
    (-1, "-1 is negative, and an amount of money is not"), ("-0.01", "-0.01 is negative, and an amount of money is not"),
    (Decimal("-0.01"), "-0.01 is negative, and an amount of money is not"), (Decimal("0.001"), "1/1000 cannot be written with 2 decimals"),
    (Decimal("NaN"), f"NaN {NO_AMOUNT}"), (Decimal("Infinity"), f"Infinity {NO_AMOUNT}"), (Decimal("1e31"), f"1E+31 {NO_AMOUNT}"),
    (Decimal("1e-31"), f"1E-31 {NO_AMOUNT}"), (2**100, "a whole number of so many digits is no amount that an act could name"),
])  # fmt: skip
def test_what_is_no_amount(given, told):
    assert why(lambda: cents(given)) == told


@pytest.mark.parametrize(("given", "expected"), [
    (2**100 - 1, (2**100 - 1) * 100), (Decimal("1e30"), 10**32), (Decimal("0.01"), 1), (Decimal("0E+40"), 0), (Decimal("-0"), 0),
    ("0" * 30, 0), ("0.01", 1), (1, 100), (Decimal("1.10"), 110),
])  # fmt: skip
def test_the_greatest_and_the_least_amounts(given, expected):
    assert cents(given) == expected


@pytest.mark.parametrize(("given", "told"), [
    (0.5, f'0.5 {FLOAT}0.5"'), (False, "expected a number; got false"), (None, "expected a number; got nothing"), (b"1", "expected a number; got bytes"),
    (Decimal("NaN"), f"NaN {NO_NUMBER}"), (Decimal("-Infinity"), f"-Infinity {NO_NUMBER}"), (Decimal("1e31"), f"1E+31 {NO_NUMBER}"),
    (Decimal("1e-31"), f"1E-31 {NO_NUMBER}"), ("1,5", "'1,5' has a comma: write 1234.50, a point before the decimals and no thousands separators"),
])  # fmt: skip
def test_what_is_no_exact_number(given, told):
    assert why(lambda: exact(given)) == told


@pytest.mark.parametrize(("given", "expected"), [
    (Decimal("1e30"), 10**30), (Decimal("1e-30"), Fraction(1, 10**30)), (Decimal("0E-99"), 0), (-3, -3), (10**40, 10**40),
    (Fraction(1, 3), Fraction(1, 3)), (Decimal("-0.5"), Fraction(-1, 2)), ("-5%", Fraction(-1, 20)), ("0.05", Fraction(1, 20)),
])  # fmt: skip
def test_exact_numbers(given, expected):
    assert exact(given) == expected
    assert type(exact(given)) is Fraction


def test_what_is_long_or_holds_others_is_told_in_few_words():
    assert why(lambda: cents(["x" * 100])) == "expected a number; got a list"
    assert why(lambda: day(("x" * 100,))) == "expected a date; got a list"
    assert shown("x" * 100) == f"'{'x' * 57}'..."


@pytest.mark.parametrize(("given", "told"), [
    (dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC), "expected a date; got 2026-01-01T12:00:00+00:00"),
    (5, "expected a date; got 5"), (None, "expected a date; got nothing"), ("1/2/2026", "'1/2/2026' is not a date: write YYYY-MM-DD; did you mean '2026-02-01'?"),
    ("2026-02-30", "2026-02-30 does not exist: February 2026 has 28 days"),
])  # fmt: skip
def test_what_is_no_day(given, told):
    assert why(lambda: day(given)) == told


def test_days_are_ordinals():
    assert day(dt.date(1, 1, 1)) == day("0001-01-01") == 1
    assert day("9999-12-31") == dt.date.max.toordinal()
    assert (year_of(1), year_of(366), day_text(365), day_text(366)) == (1, 2, "0001-12-31", "0002-01-01")


def test_a_fault_has_its_place_and_none_is_no_error():
    refuse("<x>", [])
    with pytest.raises(BadFacts) as caught:
        refuse("<x>", [("b", "two"), ("a", "one")])
    assert caught.value.faults == (Fault(Place("<x>"), "a", "one"), Fault(Place("<x>"), "b", "two"))


@pytest.mark.parametrize(("text", "told"), [
    ("2022-13-01", "2022-13-01 does not exist: there is no month 13"), ("2022-12-32", "2022-12-32 does not exist: December 2022 has 31 days"),
    ("2022-01-32", "2022-01-32 does not exist: January 2022 has 31 days"), ("2024-02-30", "2024-02-30 does not exist: February 2024 has 29 days"),
    ("0000-13-01", "0000-13-01 does not exist: there is no year 0"), ("2" * 50, f"'{'2' * 40}' is not a date: write YYYY-MM-DD"),
])  # fmt: skip
def test_months_and_days_one_beyond_the_last(text, told):
    assert why(lambda: parse_day(text)) == told


@pytest.mark.parametrize("text", ["2022-12-31", "2022-01-01", "2024-02-29", "0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_days_that_exist(text):
    assert day_text(parse_day(text)) == text


@pytest.mark.parametrize(("start", "months", "last", "next_"), [
    ("2026-01-31", 1, "2026-02-28", "2026-03-01"), ("2026-01-28", 1, "2026-02-28", "2026-02-28"), ("2028-01-29", 1, "2028-02-29", "2028-02-29"),
    ("2026-03-31", -1, "2026-02-28", "2026-03-01"), ("2026-05-31", 1, "2026-06-30", "2026-07-01"), ("2026-02-28", 1, "2026-03-28", "2026-03-28"),
])  # fmt: skip
def test_both_roundings_of_a_month(start, months, last, next_):
    assert day_text(add_months(parse_day(start), months)) == last
    assert day_text(add_months(parse_day(start), months, MonthEnd.LAST_DAY)) == last
    assert day_text(add_months(parse_day(start), months, MonthEnd.NEXT_MONTH)) == next_


def test_years_round_as_months_do():
    leap = parse_day("2024-02-29")
    assert day_text(add_years(leap, 1, MonthEnd.NEXT_MONTH)) == "2025-03-01"
    assert day_text(add_years(leap, -4)) == "2020-02-29"
    assert why(lambda: add_months(parse_day("9999-12-01"), 1)) == "9999-12-01 and 1 months lie outside the calendar"
    assert why(lambda: add_months(parse_day("0001-01-01"), -1)) == "0001-01-01 and -1 months lie outside the calendar"
    assert day_text(add_months(parse_day("9999-11-30"), 1)) == "9999-12-30"


# Money


@pytest.mark.parametrize(("value", "decimals", "text"), [
    (0, 2, "0.00"), (-1, 2, "-0.01"), (1, 2, "0.01"), (100, 2, "1.00"), (-100, 0, "-100"), (0, 0, "0"), (5, 1, "0.5"), (123456, 4, "12.3456"),
])  # fmt: skip
def test_scaled_integers_as_text(value, decimals, text):
    assert decimal_text(value, decimals) == text
    assert parse_scaled(text, decimals) == value


def test_euros_have_two_decimals():
    assert [str(euros(amount)) for amount in (0, 1, 100, 123450)] == ["0.00", "0.01", "1.00", "1234.50"]


@pytest.mark.parametrize(("text", "decimals", "told"), [
    ("1.5", 0, "'1.5' is not whole"), ("1.555", 2, "'1.555' has 3 decimals"), ("NAN", 2, "'NAN' is no number"), ("-inf", 2, "'-inf' is no number"),
    ("+1e5", 2, "'+1e5' has an exponent: write the digits out"), ("1.5e", 2, "'1.5e' is not a number: write 1234.50"),
    ("-.5", 2, "'-.5' has a point without digits on both sides: write 0.50"), ("1,5 0", 2, "'1,5 0' has a space: write 1234.50"),
    ("1.0.0", 2, "'1.0.0' has thousands separators: write 1234.50"), (".", 2, "'.' has a point without digits on both sides: write 0.50"),
    ("é 1", 2, "'é 1' has characters that are no plain digits"), ("12a", 2, "'12a' is not a number: write 1234.50"), ("-", 2, "'-' is not a number: write 1234.50"),
])  # fmt: skip
def test_why_a_text_is_no_number(text, decimals, told):
    assert why(lambda: parse_scaled(text, decimals)) == told


@pytest.mark.parametrize(("text", "told"), [
    ("%", "'' is empty: leave the fact out when it is not known"), ("35 %", "'35 ' has a space: write 1234.50"), ("", "'' is empty: leave the fact out when it is not known"),
    ("35%%", "'35%' is not a number: write 1234.50"), ("5.5.5%", "'5.5.5' has thousands separators: write 1234.50"),
])  # fmt: skip
def test_why_a_text_is_no_share(text, told):
    assert why(lambda: parse_share(text)) == told


def test_shares_at_their_ends():
    assert parse_share("0." + "0" * 27 + "1") == Fraction(1, 10**28)
    assert parse_share("0.01%") == Fraction(1, 10_000)
    assert [share_text(Fraction(n, 1000)) for n in (0, 1, 100, 125, 1000, 10_000)] == [
        "0%",
        "0.1%",
        "10%",
        "12.5%",
        "100%",
        "1000%",
    ]
    assert why(lambda: share_text(Fraction(1, 3))) == "100/3 cannot be written with 30 decimals"
    assert scaled(Fraction(-7, 20), 2) == -35


@pytest.mark.parametrize(("numerator", "denominator", "rounded"), [
    (0, 1, (0, 0, 0, 0)), (1, 2, (1, 0, 0, 1)), (3, 2, (2, 2, 1, 2)), (5, 2, (3, 2, 2, 3)), (2, 3, (1, 1, 0, 1)), (1, 3, (0, 0, 0, 1)), (4, 2, (2, 2, 2, 2)),
    (1, 1, (1, 1, 1, 1)), (499, 1000, (0, 0, 0, 1)), (501, 1000, (1, 1, 0, 1)),
])  # fmt: skip
def test_the_four_roundings(numerator, denominator, rounded):
    found = tuple(int(of(numerator, denominator)) for of in (half_up, half_even, down, up))
    assert found == rounded


@pytest.mark.parametrize("rounding", [half_up, half_even, down, up])
@pytest.mark.parametrize("operands", [(-1, 1), (1, 0), (1, -1), (0, 0)])
def test_the_operands_of_a_rounding(rounding, operands):
    one, other = operands
    told = f"only a non-negative amount is rounded, over a positive divisor; got {one}/{other}"
    assert why(lambda: rounding(*operands)) == told


# Faults and errors


@pytest.mark.parametrize(("place", "text"), [
    (Place("a.yaml"), "a.yaml"), (Place("a.yaml", 1, 1), "a.yaml:1:1"), (Place("a.yaml", 0, 7), "a.yaml"), (Place("a.yaml", 2), "a.yaml:2:0"),
])  # fmt: skip
def test_a_place(place, text):
    assert str(place) == text


def test_places_and_faults_in_the_order_of_the_eye():
    places = [Place("a", 2, 1), Place("b", 1, 1), Place("a", 1, 9), Place("a", 10, 1), Place("a")]
    assert sorted(places) == [Place("a"), Place("a", 1, 9), Place("a", 2, 1), Place("a", 10, 1), Place("b", 1, 1)]
    assert Place("a", 1, 1) < Place("a", 1, 2) <= Place("a", 1, 2)
    faults = [Fault(Place("a", 1, 1), "y", "1"), Fault(Place("a", 1, 1), "x", "2"), Fault(Place("a", 1, 1), "x", "1")]
    assert [(fault.subject, fault.message) for fault in BadFacts(faults).faults] == [("x", "1"), ("x", "2"), ("y", "1")]
    assert Fault(Place("a", 3, 4), "s", "m").order == ("a", 3, 4, "s", "m")
    assert str(Fault(Place("a"), "", "m", "n")) == "a: m; did you mean 'n'?"


@pytest.mark.parametrize(("name", "right"), [
    ("abcde", "abcdx"), ("abcxx", "abcde"), ("abxxx", None), ("", None),
])  # fmt: skip
def test_a_name_is_near_from_six_parts_in_ten_on(name, right):
    assert nearest(name, [right or "abcde"]) == right
    assert nearest(name, []) is None


def test_what_is_not_there_is_told_with_what_is_nearest():
    error = NoSuchApplication(["d1", "d2"], ["d-1", "x"])
    assert (error.names, error.nearest, str(error)) == (
        ("d1", "d2"), "d-1", "no application is called 'd1', 'd2'; did you mean 'd-1'?",
    )  # fmt: skip
    assert str(NoSuchApplication(["q"], ["d-1"])) == "no application is called 'q'"
    assert (NoSuchApplication([], ["d-1"]).nearest, NoSuchApplication(["q"], ["d-1"]).nearest) == (None, None)
    measure = NoSuchMeasure("a/bc", ["a/bd", "z"])
    assert (measure.name, measure.known, measure.nearest) == ("a/bc", ("a/bd", "z"), "a/bd")
    law = NotEncoded("m", dt.date(2021, 1, 1), dt.date(2022, 1, 31), dt.date(2023, 1, 1))
    assert str(law) == "m: the law of 2021-01-01 is not encoded; the rules hold from 2022-01-31 until 2023-01-01"
    assert (law.measure, law.asked, law.first, law.last) == (
        "m", dt.date(2021, 1, 1), dt.date(2022, 1, 31), dt.date(2023, 1, 1),
    )  # fmt: skip
