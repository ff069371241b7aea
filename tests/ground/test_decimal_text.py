# SPDX-License-Identifier: Apache-2.0
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.money import decimal_text, down, half_up, parse_scaled, parse_share, scaled, share_text

decimals = st.integers(0, 6)


@given(st.integers(-(10**20), 10**20), decimals)
def test_what_is_printed_is_read_again(value, places):
    assert parse_scaled(decimal_text(value, places), places) == value


@given(st.decimals(-(10**12), 10**12, places=2))
def test_reading_agrees_with_decimal(number):
    assert parse_scaled(f"{number:f}", 2) == int(number * 100)


@pytest.mark.parametrize(("text", "places", "value"), [
    ("1234.5", 2, 123450), ("0", 0, 0), ("-0", 2, 0), ("-0.00", 2, 0), ("007", 0, 7), ("0.1", 4, 1000), ("9" * 30, 0, 10**30 - 1),
])  # fmt: skip
def test_plain_texts(text, places, value):
    assert parse_scaled(text, places) == value


@pytest.mark.parametrize(("text", "why"), [
    ("", "'' is empty: leave the fact out when it is not known"),
    ("1e3", "'1e3' has an exponent: write the digits out"),
    ("-1.5E-7", "'-1.5E-7' has an exponent: write the digits out"),
    ("nan", "'nan' is no number"),
    ("-Infinity", "'-Infinity' is no number"),
    ("1,5", "'1,5' has a comma: write 1234.50, a point before the decimals and no thousands separators"),
    ("n.d.", "'n.d.' is no number: leave it out when it is not known"),
    ("N/A", "'N/A' is no number: leave it out when it is not known"),
    ("1.000.000", "'1.000.000' has thousands separators: write 1234.50"),
    ("1_000", "'1_000' has thousands separators: write 1234.50"),
    ("1'000", '"1\'000" has thousands separators: write 1234.50'),
    ("1 000", "'1 000' has a space: write 1234.50"),
    (" 1", "' 1' has a space: write 1234.50"),
    ("1\n", "'1\\n' has a space: write 1234.50"),
    ("+1", "'+1' has a plus sign: leave it out"),
    (".5", "'.5' has a point without digits on both sides: write 0.50"),
    ("5.", "'5.' has a point without digits on both sides: write 0.50"),
    ("١٢", "'١٢' has characters that are no plain digits"),
    ("²", "'²' has characters that are no plain digits"),
    ("1\u00a0000", "'1\\xa0000' has characters that are no plain digits"),
    ("--1", "'--1' is not a number: write 1234.50"),
    ("0x10", "'0x10' is not a number: write 1234.50"),
    ("10.000", "'10.000' has 3 decimals"),
    ("1" * 31, "a number of 31 characters is too long"),
])  # fmt: skip
def test_texts_that_are_refused(text, why):
    with pytest.raises(ValueError) as caught:
        parse_scaled(text, 2)
    assert str(caught.value) == why


def test_a_whole_number_has_no_decimals():
    with pytest.raises(ValueError, match=r"'1\.0' is not whole"):
        parse_scaled("1.0", 0)


@given(st.text(max_size=40), decimals)
def test_any_text_is_read_exactly_or_refused(text, places):
    try:
        value = parse_scaled(text, places)
    except ValueError:
        return
    assert Fraction(text) == Fraction(value, 10**places)


@given(st.integers(0, 10**9).map(lambda n: Fraction(n, 10**6)))
def test_a_share_is_read_as_it_is_printed(share):
    assert parse_share(share_text(share)) == share


@pytest.mark.parametrize(
    ("text", "share"), [("35%", Fraction(7, 20)), ("0.35", Fraction(7, 20)), ("100%", 1), ("0%", 0)]
)
def test_shares(text, share):
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["%", "35 %", "35%%", "35,5%", ""])
def test_shares_that_are_refused(text):
    with pytest.raises(ValueError):
        parse_share(text)


def test_a_share_without_a_finite_form_is_not_rounded_in_silence():
    with pytest.raises(ValueError):
        share_text(Fraction(1, 3))
    with pytest.raises(ValueError, match="1/3 cannot be written with 2 decimals"):
        scaled(Fraction(1, 3), 2)


@given(st.integers(0, 10**15), st.integers(1, 10**4))
def test_rounding_agrees_with_decimal(numerator, denominator):
    exact = Fraction(numerator, denominator)
    assert half_up(numerator, denominator) == (exact + Fraction(1, 2)).__floor__()
    assert down(numerator, denominator) == exact.__floor__()


# MO-2 and MO-3 of the worked vectors: 12345.665 rounded to the cent, 40% of 33333.33.
def test_worked_vectors():
    assert half_up(12345665, 10) == int(Decimal("1234566.5").quantize(Decimal(1), ROUND_HALF_UP)) == 1234567
    assert down(12345665, 10) == int(Decimal("1234566.5").quantize(Decimal(1), ROUND_DOWN)) == 1234566
    assert half_up(3333333 * 40, 100) == 1333333


@pytest.mark.parametrize("rounded", [half_up, down])
@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 2), (1, 0), (1, -2)])
def test_only_amounts_that_are_not_negative_are_rounded(rounded, numerator, denominator):
    with pytest.raises(ValueError, match="only a non-negative amount is rounded"):
        rounded(numerator, denominator)
