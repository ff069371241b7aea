# SPDX-License-Identifier: Apache-2.0
"""What is said of a value that means nothing, and on which side of each bound a value still means something."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from misure.facts.vocabulary import Unit
from misure.reading.expressions.literals import REGIMES, Unreadable, day, one_value, read_value, scaled, share, whole
from misure.rulebook.expression import Type

UNITS = {
    "EUR": Unit("EUR", 2, 0, 1000),
    "share": Unit("share", 6, 0, 10**6),
    "firms": Unit("firms", 0, 1, 10, counts=True),
}
NO_VALUE = "a value is a number with its unit, a share like 70%, a day, a time like 12:00, a list in brackets, or a counting regime"


def refused(read, *args):
    with pytest.raises(Unreadable) as caught:
        read(*args)
    assert str(caught.value) == caught.value.message
    return caught.value.message, caught.value.suggestion


@pytest.mark.parametrize(
    ("text", "decimals", "value"),
    [
        ("0", 0, 0), ("0", 2, 0), ("-0", 0, 0), ("1", 2, 100), ("1.5", 2, 150), ("1.50", 2, 150), ("-1.05", 2, -105),
        ("0.01", 2, 1), ("999999999999999999", 0, 999999999999999999), ("0.123456789", 9, 123456789),
    ],
)  # fmt: skip
def test_a_number_by_its_decimals(text, decimals, value):
    assert scaled(text, decimals) == value


@pytest.mark.parametrize(
    ("text", "decimals", "message"),
    [
        ("1.5", 0, "'1.5' has 1 decimals; no decimals can stand here"),
        ("1.555", 2, "'1.555' has 3 decimals; at most 2 decimals can stand here"),
        ("1.55", 1, "'1.55' has 2 decimals; at most 1 decimals can stand here"),
        ("1,5", 2, "'1,5' is not a number; write 1.5"),
        ("1.000,50", 2, "'1.000,50' is not a number; write 1000.50"),
        ("1.000.000", 2, "'1.000.000' is not a number; write 1000000"),
        ("1,000.50", 2, "'1,000.50' is not a number; write 1000.50"),
        ("1,000,000", 2, "'1,000,000' is not a number; write 1000000"),
        ("1_000", 2, "'1_000' is not a number; write 1000"),
        ("1'000", 2, '"1\'000" is not a number; write 1000'),
        ("1e3", 2, "'1e3' is not a number; write it without an exponent"),
        ("1E3", 2, "'1E3' is not a number; write it without an exponent"),
        ("+5", 2, "'+5' is not a number"),
        ("007", 2, "'007' is not a number"),
        ("5.", 2, "'5.' is not a number"),
        (".5", 2, "'.5' is not a number"),
        ("x", 2, "'x' is not a number"),
        ("", 2, "'' is not a number"),
        (
            "9999999999999999999",
            0,
            f"the number {'9' * 19} is too long: 18 digits may stand before the point, and 9 after it",
        ),
        (
            "0.1234567890",
            9,
            "the number 0.1234567890 is too long: 18 digits may stand before the point, and 9 after it",
        ),
        ("x" * 70, 0, f"'{'x' * 60}' is not a number"),
    ],
)
def test_a_number_that_is_none_is_told_how_to_be_written(text, decimals, message):
    assert refused(scaled, text, decimals) == (message, None)


def test_a_whole_number_lies_between_its_bounds_both_included():
    assert [whole(text, 2, 4) for text in ("2", "3", "4")] == [2, 3, 4]
    assert refused(whole, "1", 2, 4) == ("1 does not lie between 2 and 4", None)
    assert refused(whole, "5", 2, 4) == ("5 does not lie between 2 and 4", None)
    assert refused(whole, "3.0", 2, 4) == ("'3.0' has 1 decimals; no decimals can stand here", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("1", 1), ("0%", 0), ("100%", 1), ("0.35", "7/20"), ("35%", "7/20"), ("12.5%", "1/8"), ("33.33%", "3333/10000")],
)  # fmt: skip
def test_a_share_lies_between_nothing_and_the_whole(text, value):
    assert share(text) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.01", ("the share 1.01 does not lie between 0 and 1", "1.01%")),
        ("35", ("the share 35 does not lie between 0 and 1", "35%")),
        ("100", ("the share 100 does not lie between 0 and 1", "100%")),
        ("100.01", ("the share 100.01 does not lie between 0 and 1", None)),
        ("101%", ("the share 101% does not lie between 0 and 1", None)),
        ("-1", ("the share -1 does not lie between 0 and 1", None)),
        ("-0.01%", ("the share -0.01% does not lie between 0 and 1", None)),
        ("12,5%", ("'12,5%' is not a share such as 35% or 0.35; write 12.5", None)),
        ("1,0", ("'1,0' is not a share such as 35% or 0.35; write 1.0", None)),
        ("1,01", ("'1,01' is not a share such as 35% or 0.35", None)),
        ("100,0%", ("'100,0%' is not a share such as 35% or 0.35; write 100.0", None)),
        ("100,5%", ("'100,5%' is not a share such as 35% or 0.35", None)),
        ("%", ("'%' is not a share such as 35% or 0.35", None)),
        ("half", ("'half' is not a share such as 35% or 0.35", None)),
    ],
)
def test_a_share_that_is_none_is_told(text, told):
    assert refused(share, text) == told


def test_a_day_lies_between_1900_and_2100_both_included():
    assert day("1900-01-01") == dt.date(1900, 1, 1)
    assert day("2100-12-31") == dt.date(2100, 12, 31)
    for text in ("1899-12-31", "2101-01-01"):
        assert refused(day, text) == (f"the day {text} does not lie between 1900-01-01 and 2100-12-31", None)
    assert refused(day, "2022-02-29") == ("the day 2022-02-29 does not exist", None)
    for text in ("2022-1-1", "01-01-2022", "20220101", "2022-01-01 ", "oggi"):
        assert refused(day, text) == (f"'{text}' is not a day written like 2022-01-31", None)


@pytest.mark.parametrize(
    ("text", "kind", "known"),
    [
        ("0 EUR", Type("number", "EUR", 2), 0),
        ("10.00 EUR", Type("number", "EUR", 2), 1000),
        ("1 firms", Type("number", "firms"), 1),
        ("10 firms", Type("number", "firms"), 10),
        ("10  firms", Type("number", "firms"), 10),
        ("0.5 share", Type("number", "share", 6), Fraction(1, 2)),
        ("50% share", Type("number", "share", 6), Fraction(1, 2)),
        ("50%", Type("number", "share", 6), Fraction(1, 2)),
        *((regime, Type("regime"), regime) for regime in REGIMES),
    ],
)
def test_a_value_by_its_own_form(text, kind, known):
    reading = one_value(text, UNITS)
    assert (reading.type, reading.known) == (kind, known)


def test_a_share_has_four_decimals_where_the_vocabulary_has_no_such_unit():
    assert one_value("50%", {}).type == Type("number", "share", 4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("10.01 EUR", ("10.01 EUR lies outside the bounds of the unit", None)),
        ("-0.01 EUR", ("-0.01 EUR lies outside the bounds of the unit", None)),
        ("0 firms", ("0 firms lies outside the bounds of the unit", None)),
        ("11 firms", ("11 firms lies outside the bounds of the unit", None)),
        ("1 firm", ("no unit is called 'firm'", "firms")),
        ("1 xyz", ("no unit is called 'xyz'", None)),
        ("one firms", ("'one' is not a number", None)),
        ("2 share", ("the share 2 does not lie between 0 and 1", "2%")),
        ("10", ("the number 10 needs a unit, such as '10 EUR'", None)),
        ("1,5", ("the number 1,5 needs a unit, such as '1.5 EUR'", None)),
        ("-3", ("the number -3 needs a unit", None)),
        ("1e5", ("the number 1e5 needs a unit; write it without an exponent", None)),
        (
            "9" * 22,
            (f"the number {'9' * 20}... is too long: 18 digits may stand before the point, and 9 after it", None),
        ),
        (
            "9" * 22 + " EUR",
            (f"the number {'9' * 20}... is too long: 18 digits may stand before the point, and 9 after it", None),
        ),
        ("it_civl", (f"'it_civl' is no value; {NO_VALUE}", "it_civil")),
        ("yes", (f"'yes' is no value; {NO_VALUE}", None)),
        ("a b c", (f"'a b c' is no value; {NO_VALUE}", None)),
        ("2022-02-30", ("the day 2022-02-30 does not exist", None)),
    ],
)
def test_a_value_that_means_nothing_is_told(text, told):
    assert refused(one_value, text, UNITS) == told


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("8 firms", Type("number", "EUR", 2), "'8 firms' is not in EUR"),
        ("8 firms", Type("date"), "'8 firms' is not a date"),
        ("2022-01-01", Type("number", "share", 4), "'2022-01-01' is not in share"),
        ("2022-01-01", Type("regime"), "'2022-01-01' is not a regime"),
        ("it_civil", Type("date"), "'it_civil' is not a date"),
        ("5", Type("number", "firms"), "the number 5 needs a unit, such as '5 firms'"),
        ("0.5", Type("number", "firms"), "the number 0.5 needs a unit"),
        ("35", Type("date"), "'35' is not a date"),
        ("1,5", Type("number", "share", 4), "'1,5' is not a share such as 35% or 0.35"),
        ("0,5", Type("number", "share", 4), "'0,5' is not a share such as 35% or 0.35; write 0.5"),
        ("[1 firms, 1 EUR]", Type("list", "firms"), "'1 EUR' is not in firms"),
    ],
)
def test_a_what_if_value_of_another_type_is_told(text, kind, told):
    assert refused(read_value, text, kind, UNITS) == (told, None)


@pytest.mark.parametrize(
    ("text", "kind", "known"),
    [
        ("[A, K]", Type("list", choices=("A",)), ("A", "K")),
        ("A,K", Type("list", choices=("A",)), ("A", "K")),
        ("[1 firms,  2 firms]", Type("list", "firms"), (1, 2)),
        ("[1.50 EUR]", Type("list", "EUR", 2), (150,)),
        ("2022-01-01", Type("date"), dt.date(2022, 1, 1).toordinal()),
        ("25%", Type("number", "share", 4), Fraction(1, 4)),
        ("0.25", Type("number", "share", 4), Fraction(1, 4)),
    ],
)
def test_a_what_if_value_of_the_same_type(text, kind, known):
    assert read_value(text, kind, UNITS) == known
