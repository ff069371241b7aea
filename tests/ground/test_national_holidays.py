# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import importlib.util
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.days import parse_day
from misure.ground.errors import MisureError, NotEncoded
from misure.ground.holidays import is_saturday, is_sunday, national_calendar, read_calendar
from misure.ground.rules_folder import bundled_rules

CALENDAR = national_calendar()
TABLES = bundled_rules() / "tables"
days = st.integers(CALENDAR.first, CALENDAR.last - 5)
around = st.integers(parse_day("1900-01-01"), parse_day("2140-01-01"))


def on(text):
    return dt.date.fromisoformat(text).toordinal()


@pytest.fixture(scope="module")
def generator():
    spec = importlib.util.spec_from_file_location("make_festivita_nazionali", TABLES / "make_festivita_nazionali.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_is_what_the_generator_writes(generator):
    written = (TABLES / "festivita-nazionali.csv").read_text(encoding="utf-8").splitlines()
    assert written[0].startswith("# source: L. 260/1949 art. 2")
    assert written[1:] == generator.text(dt.date(2026, 11, 22)).splitlines()[1:]


def test_the_table_has_every_holiday_of_the_library_that_is_not_always_a_sunday(generator):
    holidays = pytest.importorskip("holidays")
    found = holidays.country_holidays("IT", years=range(1990, 2101), language="it_IT")
    for day in range(CALENDAR.first, CALENDAR.last + 1):
        date = dt.date.fromordinal(day)
        assert CALENDAR.is_free(day) is (date in found or date.weekday() == 6)
        assert not CALENDAR.is_holiday(day) or date in found


@pytest.mark.parametrize(("day", "name"), [
    ("2022-12-25", "Natale"), ("2026-04-06", "Lunedì dell'Angelo"), ("2025-10-04", None), ("2011-03-17", "Anniversario dell'Unità d'Italia"),
    ("2026-10-04", "Festa nazionale di San Francesco d'Assisi, patrono d'Italia"),
    ("2027-10-04", "Festa nazionale di San Francesco d'Assisi, patrono d'Italia"),
    ("2026-12-07", None), ("2026-06-29", None), ("2026-03-19", None), ("2026-11-04", None), ("2026-04-05", None), ("2026-11-01", "Ognissanti"),
])  # fmt: skip
def test_holidays_by_name(day, name):
    assert CALENDAR.holiday_name(on(day)) == name
    assert CALENDAR.is_holiday(on(day)) is (name is not None)


def test_saint_francis_is_a_holiday_from_2026_on():
    assert [year for year in range(1990, 2101) if CALENDAR.is_holiday(on(f"{year}-10-04"))] == list(range(2026, 2101))


def test_no_town_keeps_its_patron_saint():
    assert not any(CALENDAR.is_holiday(on(f"{year}-12-07")) for year in range(1990, 2101))
    assert len(set(CALENDAR.names.values())) == 14


@given(days)
def test_rolling_ends_on_a_day_that_is_neither_sunday_nor_holiday(day):
    rolled = CALENDAR.roll(day)
    assert 0 <= rolled - day <= CALENDAR.longest_pause
    assert dt.date.fromordinal(rolled).weekday() != 6
    assert not CALENDAR.is_holiday(rolled)
    assert CALENDAR.roll(rolled) == rolled
    assert all(CALENDAR.is_free(passed) for passed in range(day, rolled))


@given(days, st.integers(0, 10))
def test_rolling_never_changes_the_order_of_two_days(day, later):
    later_day = min(day + later, CALENDAR.last - 5)
    assert CALENDAR.roll(day) <= CALENDAR.roll(later_day)


@given(around, st.integers(0, 400), st.integers(0, 400))
def test_the_range_of_a_doubtful_day_holds_every_day_that_it_may_roll_to(low, width, inner):
    high = low + width
    first, last = CALENDAR.roll_range(low, high)
    day = min(low + inner, high)
    if CALENDAR.first <= day <= CALENDAR.last - 5:
        assert first <= CALENDAR.roll(day) <= last
    assert low <= first <= last


def test_a_saturday_stays():
    assert CALENDAR.roll(on("2026-12-12")) == on("2026-12-12")


def test_no_pause_is_longer_than_three_days():
    assert CALENDAR.longest_pause == 3
    assert CALENDAR.roll(on("2025-12-25")) == on("2025-12-27")
    assert CALENDAR.roll(on("2026-12-25")) == on("2026-12-28")


@given(st.integers(on("1995-01-01"), on("2095-12-31")), st.integers(1, 300))
def test_working_days_are_counted_one_by_one(day, count):
    after = before = day
    for _ in range(count):
        after = next(d for d in range(after + 1, after + 20) if CALENDAR.is_working(d))
        before = next(d for d in range(before - 1, before - 20, -1) if CALENDAR.is_working(d))
    assert CALENDAR.add_working_days(day, count) == after
    assert CALENDAR.add_working_days(day, -count) == before
    assert CALENDAR.add_working_days(day, 0) == day


def test_a_week_has_one_saturday_and_one_sunday():
    assert (is_saturday(on("2026-11-21")), is_sunday(on("2026-11-22"))) == (True, True)
    assert not CALENDAR.is_working(on("2026-11-21"))
    assert CALENDAR.is_working(on("2026-11-20"))


@pytest.mark.parametrize("ask", [
    CALENDAR.is_holiday, CALENDAR.holiday_name, CALENDAR.roll, CALENDAR.is_free, CALENDAR.is_working,
    lambda day: CALENDAR.add_working_days(day, 1),
])  # fmt: skip
@pytest.mark.parametrize("day", ["1989-12-31", "2101-01-01"])
def test_a_day_outside_the_table_is_not_encoded(ask, day):
    with pytest.raises(NotEncoded) as caught:
        ask(on(day))
    assert isinstance(caught.value, MisureError)
    assert str(caught.value) == (
        f"the national holidays: the law of {day} is not encoded; the rules hold from 1990-01-01 until 2100-12-31"
    )


@pytest.mark.parametrize("days", [300_000, -300_000])
def test_working_days_end_with_the_table(days):
    with pytest.raises(NotEncoded):
        CALENDAR.add_working_days(on("2026-01-01"), days)


def test_a_calendar_is_a_value():
    again = pickle.loads(pickle.dumps(CALENDAR))  # noqa: S301 - our own bytes
    assert again == CALENDAR
    assert again.names == CALENDAR.names
    assert hash(again) == hash(CALENDAR)
    assert CALENDAR.version.startswith("festivita-nazionali 1990-2100 ")


@pytest.mark.parametrize(
    "text", ["", "date,name\n2020-01-01,x\n", "# source\ndate,name\n", "# source\nday,name\n2020-01-01,x\n"]
)
def test_a_file_that_is_no_table(tmp_path, text):
    table = tmp_path / "t.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):
        read_calendar(table)


@given(days, st.booleans(), st.booleans())
def test_rolling_either_way_ends_on_the_nearest_day_that_may_stand(day, saturdays, backwards):
    rolled = CALENDAR.roll(day, saturdays=saturdays)
    back = CALENDAR.roll(day, saturdays=saturdays, backwards=True) if day > CALENDAR.first else rolled
    end = back if backwards else rolled
    assert not CALENDAR.is_free(end, saturdays=saturdays)
    assert all(CALENDAR.is_free(passed, saturdays=saturdays) for passed in range(min(day, end + 1), max(day, end)))
    assert CALENDAR.roll(end, saturdays=saturdays, backwards=backwards) == end
    assert abs(end - day) <= CALENDAR.pause(saturdays=saturdays)


@given(around, st.integers(0, 400), st.integers(0, 400), st.booleans(), st.booleans())
def test_the_range_holds_in_every_way_of_rolling(low, width, inner, saturdays, backwards):
    high = low + width
    way = {"saturdays": saturdays, "backwards": backwards}
    first, last = CALENDAR.roll_range(low, high, **way)
    day = min(low + inner, high)
    if CALENDAR.first + 5 <= day <= CALENDAR.last - 5:
        assert first <= CALENDAR.roll(day, **way) <= last
    assert first <= last


def test_no_break_is_longer_than_four_days():
    assert CALENDAR.longest_break == 4
    inside = range(CALENDAR.first + 5, CALENDAR.last - 5)
    assert max(CALENDAR.roll(day, saturdays=True) - day for day in inside) == 4


@given(st.integers(on("1995-01-01"), on("2095-12-31")), st.integers(-300, 300), st.booleans())
def test_working_days_between_undo_the_adding(day, count, feriali):
    end = CALENDAR.add_working_days(day, count, feriali=feriali)
    assert CALENDAR.working_days_between(day, end, feriali=feriali) == count
    if CALENDAR.is_working(day, feriali=feriali):
        assert CALENDAR.add_working_days(end, -count, feriali=feriali) == day


def test_feriali_take_saturday_in():
    friday = on("2026-11-20")
    assert CALENDAR.add_working_days(friday, 1) == on("2026-11-23")
    assert CALENDAR.add_working_days(friday, 1, feriali=True) == on("2026-11-21")
    assert CALENDAR.is_working(on("2026-11-21"), feriali=True)
    assert not CALENDAR.is_working(on("2026-08-15"), feriali=True)
