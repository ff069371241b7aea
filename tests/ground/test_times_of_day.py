# SPDX-License-Identifier: Apache-2.0
"""Times of day: what is read, what is refused and with which right form, and that nothing is lost on the way back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.times import DAY, LAST_TIME, WrongTime, clock_time, parse_time, time_number, time_text

RIGHT = {
    "00:00": 0, "00:00:00.000001": 1, "00:00:01": 1_000_000, "00:01": 60_000_000, "10:30": 37_800_000_000,
    "10:30:15": 37_815_000_000, "10:30:15.25": 37_815_250_000, "10:30:15.250000": 37_815_250_000, "12:00:00.000001": 43_200_000_001,
    "23:59:59.999999": LAST_TIME,
}  # fmt: skip


@pytest.mark.parametrize(("text", "number"), RIGHT.items())
def test_a_time_is_its_microseconds_from_midnight(text, number):
    assert parse_time(text) == number
    assert number < DAY


WRONG = [
    ("25:00", "25:00 does not exist: hours go from 00 to 23, minutes and seconds from 00 to 59, as in 23:59", None),
    ("10:60", "10:60 does not exist: hours go from 00 to 23, minutes and seconds from 00 to 59, as in 23:59", None),
    ("10:30:60", "10:30:60 does not exist: hours go from 00 to 23, minutes and seconds from 00 to 59, as in 23:59", None),
    ("24:00", "24:00 is 00:00 of the day after; the last time of a day is 23:59:59.999999", None),
    ("24:01", "24:01 does not exist: hours go from 00 to 23, minutes and seconds from 00 to 59, as in 23:59", None),
    ("10.30", "'10.30' is not written as a time of day, HH:MM", "10:30"),
    ("9:05", "'9:05' is not written as a time of day, HH:MM", "09:05"),
    ("ore 12", "'ore 12' is not written as a time of day, HH:MM", "12:00"),
    ("10h30", "'10h30' is not written as a time of day, HH:MM", "10:30"),
    (" 10:30", "' 10:30' is not written as a time of day, HH:MM", "10:30"),
    ("10:30\n", "'10:30\\n' is not written as a time of day, HH:MM", "10:30"),
    ("10:30:15.1234567", "'10:30:15.1234567' is no time of day: write HH:MM, from 00:00 to 23:59, such as 10:30", None),
    ("10:30:15.", "'10:30:15.' is no time of day: write HH:MM, from 00:00 to 23:59, such as 10:30", None),
    ("\u0661\u0660:30", "'\u0661\u0660:30' is no time of day: write HH:MM, from 00:00 to 23:59, such as 10:30", None),
    ("noon", "'noon' is no time of day: write HH:MM, from 00:00 to 23:59, such as 10:30", None),
    ("", "'' is no time of day: write HH:MM, from 00:00 to 23:59, such as 10:30", None),
    ("1" * 50, f"{'1' * 37!r}... is no time of day: write HH:MM, from 00:00 to 23:59, such as 10:30", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "right"), WRONG)
def test_a_wrong_time_is_told_with_the_right_form(text, message, right):
    with pytest.raises(WrongTime) as caught:
        parse_time(text)
    assert (caught.value.message, caught.value.suggestion) == (message, right)


@given(st.integers(0, LAST_TIME))
def test_nothing_is_lost_on_the_way_back(number):
    assert parse_time(time_text(number)) == number == time_number(clock_time(number))


@given(st.integers(0, LAST_TIME), st.integers(0, LAST_TIME))
def test_times_are_in_the_order_of_the_clock(one, other):
    assert (one < other) == (clock_time(one) < clock_time(other))


@pytest.mark.parametrize(("time", "text"), [
    (dt.time(10, 30), "10:30"), (dt.time(10, 30, 15), "10:30:15"), (dt.time(10, 30, 15, 250_000), "10:30:15.250000"),
    (dt.time(10, 30, 0, 1), "10:30:00.000001"), (dt.time(0), "00:00"),
])  # fmt: skip
def test_a_time_is_written_as_short_as_it_is(time, text):
    assert time_text(time_number(time)) == text
