# SPDX-License-Identifier: Apache-2.0
"""The texts of the register's elements, each on its limits: amounts, numbers, dates, codes, and what is not told."""

import datetime as dt

import pytest

from misure.register.aids import texts
from misure.register.aids.texts import RaisedToCent

NOTHING = [None, "", " ", "\n\t ", "n.d.", "N.D.", " n.d. ", "n.D.", "\tn.d.\n", "\n      n.d.\n    ",
           "n.d.\n        ", "\n        n.d.", " " * 5000 + "N.D."]  # fmt: skip
SOMETHING = ["0", "n.d", "n.d..", "nd", "n. d.", "  n.d.  x", "x" * 8, "\n      n.d. x\n", "   x     "]


@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing_is_not_told(text):
    assert texts.told(text) is None
    assert texts.money(text) is None
    assert texts.whole(text) is None
    assert texts.code(text) is None
    assert texts.sectors(text) == ()
    for needed in (texts.day, texts.digits):
        with pytest.raises(ValueError, match=r"^it is not told$"):
            needed(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_what_says_something_is_kept_as_it_is(text):
    assert texts.told(text) == text


@pytest.mark.parametrize(("text", "cents"), [
    ("0", 0), ("0.00", 0), ("-0", 0), ("-0.00", 0), ("+0.01", 1), ("1", 100), ("1.", 100), (".5", 50), (".05", 5), ("12.3", 1230),
    ("12.30", 1230), ("12.300000", 1230), (" 12.34\n", 1234), ("007", 700), ("1" * 30, int("1" * 30) * 100), ("0." + "0" * 28, 0),
])  # fmt: skip
def test_an_amount_in_cents(text, cents):
    assert texts.money(text) == cents


@pytest.mark.parametrize(("text", "cents"), [
    ("0.001", 1), ("10.001", 1001), ("0.009", 1), ("1.999", 200), ("0.0000000001", 1), ("9.991", 1000), (".009", 1),
])  # fmt: skip
def test_a_fraction_of_a_cent_counts_as_one(text, cents):
    with pytest.raises(RaisedToCent) as caught:
        texts.money(text)
    assert caught.value.cents == cents
    assert str(caught.value) == f"{text} has a fraction of a cent, which counts as one"


@pytest.mark.parametrize(("text", "message"), [
    ("-1", "-1 is negative, and an amount of money is not"), ("-0.01", "-0.01 is negative, and an amount of money is not"),
    ("-0.001", "-0.001 is negative, and an amount of money is not"), ("1,00", "'1,00' is no amount: the decimals follow a point"),
    ("1.000,00", "'1.000,00' is no amount: the decimals follow a point"), ("1e3", "'1e3' is no amount"), (".", "'.' is no amount"),
    ("-", "'-' is no amount"), ("+.", "'+.' is no amount"), ("1 000", "'1 000' is no amount"), ("1.2.3", "'1.2.3' is no amount"),
    ("INF", "'INF' is no amount"), ("1" * 31, "an amount of 31 characters is too long"), ("0." + "0" * 29, "an amount of 31 characters is too long"),
    ("x" * 50, f"'{'x' * 40}' is no amount"),
])  # fmt: skip
def test_what_is_no_amount_says_why(text, message):
    with pytest.raises(ValueError, match="is") as caught:
        texts.money(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(("text", "number"), [
    ("0", 0), ("-0", 0), ("+7", 7), ("-7", -7), (" 7 ", 7), ("007", 7), ("9" * 18, 10**18 - 1), ("-" + "9" * 18, 1 - 10**18),
])  # fmt: skip
def test_a_whole_number(text, number):
    assert texts.whole(text) == number


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1.0", "1.0"), ("9" * 19, "9" * 19), ("x", "x"), ("--1", "--1"), ("x" * 50, "x" * 40), ("\u0661", "\u0661")],
)
def test_what_is_no_whole_number(text, shown):
    with pytest.raises(ValueError, match="is no whole number") as caught:
        texts.whole(text)
    assert str(caught.value) == f"{shown!r} is no whole number"


@pytest.mark.parametrize(
    ("text", "number"), [("7", "7"), (" 007 ", "7"), ("+7", "7"), ("0", "0"), ("9" * 18, "9" * 18)]
)
def test_a_number_that_names_something(text, number):
    assert texts.digits(text) == number


@pytest.mark.parametrize("text", ["-7", "-0", "9" * 19, "7a", "7.0"])
def test_what_names_nothing(text):
    with pytest.raises(ValueError, match="is no whole number that names anything") as caught:
        texts.digits(text)
    assert str(caught.value) == f"{text!r} is no whole number that names anything"


@pytest.mark.parametrize("zone", ["", "Z", "+00:00", "+14:00", "-05:30"])
def test_a_date_with_any_zone_is_that_day(zone):
    assert texts.day(f" 2024-02-29{zone} ") == dt.date(2024, 2, 29)


@pytest.mark.parametrize(("text", "message"), [
    ("2023-02-29", "2023-02-29 does not exist: February 2023 has 28 days"), ("2024-2-9", "'2024-2-9' is not a date: write YYYY-MM-DD; did you mean '2024-02-09'?"),
    ("2024-02-29z", "'2024-02-29z' is not a date: write YYYY-MM-DD"), ("2024-02-29+1:00", "'2024-02-29+1:00' is not a date: write YYYY-MM-DD"),
    ("2024-02-29T00:00:00", "'2024-02-29T00:00:00' is not a date: write YYYY-MM-DD"),
])  # fmt: skip
def test_what_is_no_date(text, message):
    with pytest.raises(ValueError, match="2") as caught:
        texts.day(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(("text", "codes"), [
    ("I.56.1", ("I.56.1",)), (" I.56.1 , C.10", ("I.56.1", "C.10")), (",,", ()), ("a,,b", ("a", "b")), ("x;y", ("x;y",)),
])  # fmt: skip
def test_codes_in_a_row(text, codes):
    assert texts.sectors(text) == codes


@pytest.mark.parametrize(("text", "right"), [
    ("I.56", True), ("I.56.1", True), ("I.56.10", True), ("I.56.100", False), ("I.5", False), ("i.56.1", False), ("I56.1", False),
    ("I.56.", False), ("56.1", False), ("", False), (" I.56.1", False), ("I.56.1 ", False), ("AA.56", False),
])  # fmt: skip
def test_the_form_of_a_sector(text, right):
    assert texts.is_sector(text) is right


def test_a_code_loses_the_blanks_at_its_ends_alone():
    assert texts.code(" a b \n") == "a b"
