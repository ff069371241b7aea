# SPDX-License-Identifier: Apache-2.0
"""What an Italian spreadsheet writes has one meaning, or none: nothing is read as another number, day or hour."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.clock import WrongInstant, instant
from misure.ground.days import WrongDay, parse_day
from misure.ground.money import decimal_text, parse_scaled
from misure.ground.spreadsheets import likely_day, likely_number, plain_day, plain_instant, plain_number, two_readings

NUMBERS = {
    "74,50": "74.50", "0,5": "0.5", "-0,07": "-0.07", "1234,5": "1234.5", "1.234,56": "1234.56", "12.345.678,90": "12345678.90",
    "1.234.567": "1234567", "-1.234,5": "-1234.5", "12,5%": "12.5%", "1,234": "1.234", "0,350": "0.350", "1.000,0000": "1000.0000",
}  # fmt: skip
NO_NUMBERS = [
    "74.50", "1.234", "12.34,5", "1.2345,6", "1,2,3", "0.123,4", "01.234,5", ",5", "5,", "1.234.56", "1.234.5678", "1 234,5", "€ 5,00",
    "+1,5", "1,5e3", "--1,5", "1.,5", "", "VERO", "\u0661,5", "1,5\n", "9" * 50 + ",5",
]  # fmt: skip


@pytest.mark.parametrize(("text", "plain"), NUMBERS.items())
def test_a_number_with_a_decimal_comma(text, plain):
    assert plain_number(text) == plain


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_has_no_decimal_comma_is_left_as_it_is(text):
    assert plain_number(text) is None


@given(st.integers(-(10**12), 10**12), st.integers(1, 6))
def test_every_number_comes_back_as_it_was_written(value, decimals):
    plain = decimal_text(value, decimals)
    sign, whole, part = plain[:1].strip("0123456789"), *plain.lstrip("-").split(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    for text in (f"{sign}{whole},{part}", f"{sign}{grouped},{part}"):
        assert parse_scaled(plain_number(text), decimals) == value


@given(st.integers(1, 999), st.integers(0, 999))
def test_one_point_before_three_digits_means_two_things_and_is_never_read(whole, part):
    text = f"{whole}.{part:03}"
    assert (plain_number(text), two_readings(text)) == (None, (f"{whole}{part:03}", f"{whole},{part:03}"))
    assert likely_number(text) is likely_number(text.replace(".", ",")) is None


@pytest.mark.parametrize(("text", "likely"), [
    ("74,50", "74.50"), ("1.234,56", "1234.56"), ("€ 1.234,56", "1234.56"), ("1.234,56 EUR", "1234.56"), ("1 234", "1234"),
    ("1'234.50", "1234.50"), ("1\u00a0234,5", "1234.5"), ("+5", "5"), ("1_000", "1000"), ("5", None), ("1,234", None), ("1.234", None),
    ("€ 1.234", None), ("VERO", None), ("1e5", None), ("EUR", None), ("", None), ("€" * 60, None),
])  # fmt: skip
def test_the_number_that_a_wrong_writing_most_likely_means(text, likely):
    assert likely_number(text) == likely


DAYS = {
    "31/12/2025": "2025-12-31", "1/2/2025": "2025-02-01", "01-02-2025": "2025-02-01", "1.2.2025": "2025-02-01", "29/2/2024": "2024-02-29",
}  # fmt: skip


@pytest.mark.parametrize(("text", "plain"), DAYS.items())
def test_a_day_is_day_month_and_year(text, plain):
    assert plain_day(text) == likely_day(text) == plain
    with pytest.raises(WrongDay) as caught:
        parse_day(text)
    assert caught.value.suggestion == plain
    assert str(caught.value) == f"{caught.value.message}; did you mean {plain!r}?"


@pytest.mark.parametrize(("text", "likely"), [
    ("12/31/2025", "2025-12-31"), ("2025-31-12", None), ("2025/12/31", "2025-12-31"), ("20251231", "2025-12-31"),
    ("2025-1-5", "2025-01-05"), (" 2025-01-05 ", "2025-01-05"), ("31/12/25", None), ("29/2/2025", None), ("1/2-2025", None),
    ("2025-02-30", None), ("0/1/2025", None), ("202512", None), ("2025111", None), ("1/1/0000", None), ("x" * 50, None),
])  # fmt: skip
def test_other_orders_are_no_days_and_have_a_likely_one(text, likely):
    assert (plain_day(text), likely_day(text)) == (None, likely)


@given(st.dates())
def test_every_day_comes_back_as_it_was_written(day):
    plain = day.isoformat()
    assert plain_day(f"{day.day}/{day.month}/{day.year:04}") == plain
    assert parse_day(plain_day(f"{day.day:02}/{day.month:02}/{day.year:04}")) == day.toordinal()


@pytest.mark.parametrize(("text", "plain"), [
    ("31/12/2025 12:00", "2025-12-31T12:00"), ("31/12/2025 9.05", "2025-12-31T09:05"), ("31/12/2025  12:00:03", "2025-12-31T12:00:03"),
    ("31/12/2025T12:00:03,25", "2025-12-31T12:00:03.25"), ("31/12/2025 12:00:03.000001", "2025-12-31T12:00:03.000001"),
    ("31/12/2025 23:59:59", "2025-12-31T23:59:59"), ("31/12/2025 00:00", "2025-12-31T00:00"), ("31/12/2025 12:00:60", None),
    ("31/12/2025", None), ("31/12/2025 24:00", None), ("31/12/2025 12", None), ("12/31/2025 12:00", None), ("31/12/2025 12:60", None),
    ("31/12/2025 12:00 CET", None), ("31/12/2025 12:00:03.0000001", None),
])  # fmt: skip
def test_an_instant_is_a_day_and_an_hour(text, plain):
    assert plain_instant(text) == plain
    if plain:
        with pytest.raises(WrongInstant) as caught:
            instant(text)
        assert caught.value.suggestion == plain
        assert instant(plain).day == dt.date(2025, 12, 31)


@pytest.mark.parametrize(("text", "likely"), [
    ("12/31/2025 12:00", "2025-12-31T12:00"), ("2025-31-12T12:00:05+01:00", None), ("20251231 12:00", "2025-12-31T12:00"),
    ("2025-12-31T9:05", "2025-12-31T09:05"), ("2025-12-31 12.00", "2025-12-31T12:00"), ("2025-12-31", None), ("yesterday", None),
])  # fmt: skip
def test_the_nearest_instant_is_offered(text, likely):
    with pytest.raises(WrongInstant) as caught:
        instant(text)
    assert caught.value.suggestion == likely
