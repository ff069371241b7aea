# SPDX-License-Identifier: Apache-2.0
import datetime as dt

import pytest

from misure.ground.days import day_text, parse_day
from misure.ground.holidays import national_calendar
from misure.ground.patrons import calendar_of, calendar_with, patrons

PROVINCES = {
    "Bergamo": "BG", "Brescia": "BS", "Como": "CO", "Cremona": "CR", "Lecco": "LC", "Lodi": "LO", "Mantova": "MN",
    "Milano": "MI", "Monza": "MB", "Pavia": "PV", "Sondrio": "SO", "Varese": "VA",
}  # fmt: skip


def test_the_table_agrees_with_the_library():
    holidays = pytest.importorskip("holidays")
    assert sorted(patrons()) == sorted(PROVINCES)
    for place, province in PROVINCES.items():
        date, name = patrons()[place]
        local = holidays.country_holidays("IT", subdiv=province, years=range(2020, 2031), language="it_IT")
        for year in range(2020, 2031):
            assert name in local[dt.date.fromisoformat(f"{year}-{date}")]


def test_a_place_keeps_its_patron_and_the_nation_does_not():
    milan = calendar_of("milano")
    assert milan.holiday_name(parse_day("2026-12-07")) == "Sant'Ambrogio"
    assert day_text(milan.roll(parse_day("2026-12-07"))) == "2026-12-09"
    assert not national_calendar().is_holiday(parse_day("2026-12-07"))
    assert milan != national_calendar()
    assert milan == calendar_with("12-07")


def test_a_longer_pause_is_known():
    """With the saint next to a national holiday a day may roll further than in the rest of the country."""
    two = calendar_with("12-27")
    assert two.longest_pause == 4
    inside = range(two.first + 5, two.last - 5)
    assert max(two.roll(day) - day for day in inside) == two.longest_pause
    assert max(two.roll(day, saturdays=True) - day for day in inside) == two.longest_break


def test_a_leap_day_is_kept_in_leap_years():
    calendar = calendar_with("02-29")
    assert calendar.is_holiday(parse_day("2028-02-29"))
    assert not calendar.is_holiday(parse_day("2027-02-28"))
    assert not calendar.is_holiday(parse_day("2027-03-01"))


@pytest.mark.parametrize(("date", "why"), [
    ("7-12", "'7-12' is not a day of the year: write MM-DD"), ("12-07\n", "'12-07\\n' is not a day of the year: write MM-DD"),
    ("02-30", "2000-02-30 does not exist: February 2000 has 29 days"),
])  # fmt: skip
def test_a_text_that_is_no_day_of_the_year(date, why):
    with pytest.raises(ValueError) as caught:
        calendar_with(date)
    assert str(caught.value) == why


def test_a_place_that_the_table_has_not():
    with pytest.raises(ValueError, match=r"no patron saint of 'Milan' is known; .*; did you mean 'Milano'"):
        calendar_of("Milan")
