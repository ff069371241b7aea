# SPDX-License-Identifier: Apache-2.0
"""The calendar of a program: each operator on a known day, and bounds that hold on the ends of an unknown one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import NotEncoded
from misure.ground.holidays import national_calendar
from misure.program.civil import ENDS_OF, FUNCTIONS, ROLLS, working, working_hi, working_lo

CALENDAR = national_calendar()


def day(text):
    return dt.date.fromisoformat(text).toordinal()


def shown(ordinal):
    return dt.date.fromordinal(ordinal).isoformat()


def test_each_operator_is_a_function_by_its_name():
    assert set(ROLLS) == {"roll", "roll_saturday", "back", "back_saturday"}
    assert set(FUNCTIONS) == {"year", "add_months", "add_working", "working_lo", "working_hi"} | {
        f"{way}{end}" for way in ROLLS for end in ("", "_lo", "_hi")
    }
    assert dict(ENDS_OF) == {"add_working": ("working_lo", "working_hi")} | {
        way: (f"{way}_lo", f"{way}_hi") for way in ROLLS
    }
    assert {name: tuple(way) for name, way in ROLLS.items()} == {
        "roll": (False, False),
        "roll_saturday": (True, False),
        "back": (False, True),
        "back_saturday": (True, True),
    }


@pytest.mark.parametrize(
    ("way", "start", "end"),
    [
        ("roll", "2022-05-14", "2022-05-14"),
        ("roll", "2022-05-15", "2022-05-16"),
        ("roll_saturday", "2022-05-14", "2022-05-16"),
        ("back", "2022-05-14", "2022-05-14"),
        ("back", "2022-05-15", "2022-05-14"),
        ("back_saturday", "2022-05-14", "2022-05-13"),
        ("back_saturday", "2022-05-15", "2022-05-13"),
        ("roll", "2022-04-24", "2022-04-26"),
        ("back", "2022-04-25", "2022-04-23"),
        ("roll", "2022-05-13", "2022-05-13"),
    ],
)
def test_a_last_day_moves_on_or_back(way, start, end):
    assert shown(FUNCTIONS[way](day(start))) == end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2022-05-13", 1, "2022-05-16"),
        ("2022-05-13", 2, "2022-05-17"),
        ("2022-05-31", 2, "2022-06-03"),
        ("2022-05-16", -1, "2022-05-13"),
        ("2022-05-16", 0, "2022-05-16"),
    ],
)
def test_working_days_pass_over_saturdays_sundays_and_holidays(start, days, end):
    assert shown(working(day(start), days)) == end
    assert working_lo(day(start), days) == working_hi(day(start), days) == day(end)


@given(st.integers(CALENDAR.first + 60, CALENDAR.last - 60), st.integers(0, 40))
def test_the_ends_hold_every_known_day(start, more):
    for name, way in ROLLS.items():
        found = [way.exactly(one) for one in range(start, start + more + 1)]
        assert FUNCTIONS[f"{name}_lo"](start) <= min(found)
        assert FUNCTIONS[f"{name}_hi"](start + more) >= max(found)


@given(st.integers(-5, 30), st.integers(0, 80))
def test_the_ends_of_working_days_are_exact_well_inside_the_table_and_hold_outside(days, near):
    for edge, inward in ((CALENDAR.first, 1), (CALENDAR.last, -1)):
        start = edge + inward * near
        slack = 2 * abs(days) + 40
        low, high = working_lo(start, days), working_hi(start, days)
        if near >= slack:
            assert low == high == working(start, days)
        else:
            assert (low, high) == (start + min(0, 2 * days - 40), start + max(0, 2 * days + 40))


@pytest.mark.parametrize("way", ROLLS)
@pytest.mark.parametrize(
    ("start", "told"), [(CALENDAR.last + 1, "the law of 2101-01-01"), (CALENDAR.first - 1, "the law of 1989-12-31")]
)
def test_a_known_day_outside_the_table_is_not_worked_out(way, start, told):
    with pytest.raises(NotEncoded) as caught:
        FUNCTIONS[way](start)
    assert f"the national holidays: {told} is not encoded" in str(caught.value)
