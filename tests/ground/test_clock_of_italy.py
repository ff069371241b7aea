# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import pickle
import zoneinfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from misure.ground.clock import HourCount, Instant, hours_from, instant, midnight_after
from misure.ground.days import parse_day

ROME = zoneinfo.ZoneInfo("Europe/Rome")
FIRST, LAST = map(dt.datetime.fromisoformat, ("1950-01-01", "2090-01-01"))
moments = st.datetimes(FIRST, LAST, timezones=st.just(dt.UTC)).map(Instant)


@given(moments)
def test_the_clock_and_back(moment):
    assert instant(str(moment)) == moment
    assert instant(moment.local) == moment
    wall = moment.local.replace(tzinfo=None)
    assert instant(wall.isoformat(), fold=wall.fold) == moment
    assert moment.local.tzinfo.key == "Europe/Rome"
    assert moment.day == wall.date()


@example(dt.datetime.fromisoformat("2026-03-29T02:30"))
@example(dt.datetime.fromisoformat("2026-10-25T02:30"))
@given(st.datetimes(FIRST, LAST))
def test_a_time_of_the_clock_is_a_moment_that_shows_it_or_is_refused(wall):
    aware = wall.replace(tzinfo=ROME)
    exists = aware.astimezone(dt.UTC).astimezone(ROME).replace(tzinfo=None) == wall
    try:
        found = instant(wall.isoformat(), fold=0)
    except ValueError:
        assert not exists
    else:
        assert exists
        assert found.local.replace(tzinfo=None, fold=0) == wall


@pytest.mark.parametrize(("text", "fold", "utc"), [
    ("2026-10-25T12:00", None, "2026-10-25T11:00:00+00:00"),          # TL-20
    ("2026-10-25T02:30", 0, "2026-10-25T00:30:00+00:00"), ("2026-10-25T02:30", 1, "2026-10-25T01:30:00+00:00"),
    ("2026-10-25T02:30+01:00", None, "2026-10-25T01:30:00+00:00"), ("2026-10-25T11:00Z", None, "2026-10-25T11:00:00+00:00"),
    ("2026-10-25T01:59:59.999", None, "2026-10-24T23:59:59.999000+00:00"), ("2026-10-25T03:00", None, "2026-10-25T02:00:00+00:00"),
    ("2026-03-29T03:00", None, "2026-03-29T01:00:00+00:00"), ("2026-03-29T01:59", None, "2026-03-29T00:59:00+00:00"),
    ("2026-11-15T24:00", None, "2026-11-15T23:00:00+00:00"), ("2026-11-15 12:00", None, "2026-11-15T11:00:00+00:00"),
    ("2026-12-31T24:00:00", None, "2026-12-31T23:00:00+00:00"), ("2026-07-01T00:00-05:00", None, "2026-07-01T05:00:00+00:00"),
    ("1978-05-27T24:00", None, "1978-05-27T23:00:00+00:00"),          # midnight did not exist that night
    ("2100-12-31T24:00", None, "2100-12-31T23:00:00+00:00"),
])  # fmt: skip
def test_moments(text, fold, utc):
    assert instant(text, fold).utc.isoformat() == utc


@pytest.mark.parametrize(("given_", "fold", "why"), [
    ("2026-03-29T02:30", None, "2026-03-29T02:30 does not exist in Europe/Rome: the clock goes from 02:00 to 03:00 that night; did you mean '2026-03-29T03:30:00'?"),  # TL-21
    ("2026-03-29T02:00", 1, "2026-03-29T02:00 does not exist in Europe/Rome: the clock goes from 02:00 to 03:00 that night; did you mean '2026-03-29T03:00:00'?"),
    ("2026-10-25T02:30", None, "2026-10-25T02:30 exists twice in Europe/Rome: fold=0 says the first, fold=1 the second; as texts they are 2026-10-25T02:30:00+02:00 and 2026-10-25T02:30:00+01:00"),
    (dt.datetime.fromisoformat("2026-10-25T02:30"), None, "2026-10-25T02:30:00 exists twice in Europe/Rome: fold=0 says the first, fold=1 the second; as texts they are 2026-10-25T02:30:00+02:00 and 2026-10-25T02:30:00+01:00"),
    ("2026-11-15", None, "'2026-11-15' is not a day with an hour: write YYYY-MM-DDTHH:MM; a day alone has no hour: is the whole of it meant?"),
    ("2026-11-15T24:01", None, "2026-11-15T24:01 does not exist: a day has the hours from 00:00 to 24:00"),
    ("2026-11-15T12:60", None, "2026-11-15T12:60 does not exist: an hour has the minutes from 00 to 59"),
    ("2026-11-31T12:00", None, "2026-11-31 does not exist: November 2026 has 30 days"),
    ("2026-11-15T12:00+25:00", None, "2026-11-15T12:00+25:00 does not exist: +25:00 is no offset from UTC"),
    ("2026-11-15T12", None, "'2026-11-15T12' is not a day with an hour: write YYYY-MM-DDTHH:MM"),
    ("2026-11-15T12:00\n", None, "'2026-11-15T12:00\\n' is not a day with an hour: write YYYY-MM-DDTHH:MM; did you mean '2026-11-15T12:00'?"),
    ("9999-12-31T24:00", None, "9999-12-31T24:00 does not lie between the years 1900 and 2100"),
    (dt.date(2026, 11, 15), None, "expected a day with an hour, such as 2026-11-15T12:00; got 2026-11-15"),
    ("2026-11-15T12:00", True, "fold is 0 for the first of two equal hours and 1 for the second; got true"),
])  # fmt: skip
def test_what_is_no_moment(given_, fold, why):
    with pytest.raises(ValueError) as caught:
        instant(given_, fold)
    assert str(caught.value) == why


def test_a_datetime_says_which_of_two_hours_by_its_own_fold():
    second = dt.datetime.fromisoformat("2026-10-25T02:30").replace(fold=1)
    assert str(instant(second)) == "2026-10-25T02:30:00+01:00"


@given(st.dates(dt.date(1980, 1, 1), dt.date(2090, 1, 1)))
def test_a_day_ends_where_the_next_begins(day):
    end = midnight_after(day.toordinal())
    assert end.day == day + dt.timedelta(days=1)
    assert Instant(end.utc - dt.timedelta(microseconds=1)).day == day
    assert instant(f"{day}T24:00") == end


@pytest.mark.parametrize(("start", "hours", "count", "backwards", "end"), [
    ("2026-03-28T12:00", 48, "elapsed", False, "2026-03-30T13:00:00+02:00"),      # TL-23
    ("2026-10-24T12:00", 48, "elapsed", False, "2026-10-26T11:00:00+01:00"),
    ("2026-06-10T10:20", 24, "whole_hours", False, "2026-06-11T11:00:00+02:00"),
    ("2026-06-10T10:00", 24, "whole_hours", False, "2026-06-11T11:00:00+02:00"),  # at the stroke of ten that hour begins
    ("2026-06-10T10:20", 24, "whole_hours", True, "2026-06-09T10:00:00+02:00"),
    ("2026-03-30T13:00", 48, "elapsed", True, "2026-03-28T12:00:00+01:00"),
    ("2026-06-10T10:20", 0, "elapsed", False, "2026-06-10T10:20:00+02:00"),
])  # fmt: skip
def test_terms_in_hours(start, hours, count, backwards, end):
    assert str(hours_from(instant(start), hours, HourCount(count), backwards=backwards)) == end


@given(moments, st.integers(0, 10_000))
def test_hours_forth_and_back(moment, hours):
    there = hours_from(moment, hours, HourCount.ELAPSED)
    assert hours_from(there, hours, HourCount.ELAPSED, backwards=True) == moment
    whole = hours_from(moment, hours, HourCount.WHOLE_HOURS)
    assert dt.timedelta(0) < whole.utc - there.utc <= dt.timedelta(hours=1)
    assert (whole.local.minute, whole.local.second) == (0, 0)


NO_HOURS = "a term has a whole number of hours, not less than none; got "
BEYOND = "hours from 2026-03-28T12:00:00+01:00 lie outside the"


@pytest.mark.parametrize(("hours", "backwards", "why"), [
    (-1, False, NO_HOURS + "-1"), (2.0, False, NO_HOURS + "2.0"), (True, False, NO_HOURS + "true"), ("48", False, NO_HOURS + "'48'"),
    (10**30, False, f"{10**30} {BEYOND} calendar"), (10**30, True, f"{10**30} {BEYOND} calendar"),
    (10_000_000, False, f"10000000 {BEYOND} years 1900 to 2100"), (1_200_000, True, f"1200000 {BEYOND} years 1900 to 2100"),
])  # fmt: skip
def test_what_is_no_number_of_hours(hours, backwards, why):
    with pytest.raises(ValueError) as caught:
        hours_from(instant("2026-03-28T12:00"), hours, HourCount.ELAPSED, backwards=backwards)
    assert str(caught.value) == why


@pytest.mark.parametrize(("start", "backwards", "end"), [
    ("2100-12-31T22:00Z", False, "2100-12-31T23:00:00+00:00"), ("1900-01-01T01:00Z", True, "1900-01-01T00:00:00+00:00"),
])  # fmt: skip
def test_hours_end_with_the_years_that_are_counted(start, backwards, end):
    assert hours_from(instant(start), 1, HourCount.ELAPSED, backwards=backwards).utc.isoformat() == end
    with pytest.raises(ValueError, match=r"2 hours from .* lie outside the years 1900 to 2100"):
        hours_from(instant(start), 2, HourCount.ELAPSED, backwards=backwards)


@pytest.mark.parametrize("text", ["1900-01-01T00:00Z", "2100-12-31T23:59:59.999999"])
def test_the_first_moment_that_is_read_and_the_last(text):
    assert instant(text).utc.year in (1900, 2100)


@pytest.mark.parametrize("text", ["1899-12-31T23:59:59.999999", "2101-01-01T00:00"])
def test_a_moment_outside_the_years_that_are_read(text):
    with pytest.raises(ValueError) as caught:
        instant(text)
    assert str(caught.value) == f"{text} does not lie between the years 1900 and 2100"


@pytest.mark.parametrize(("text", "utc"), [
    ("2026-11-15T23:59:59", "2026-11-15T22:59:59+00:00"), ("2026-11-15T12:00:00.5", "2026-11-15T11:00:00.500000+00:00"),
    ("2026-11-15T12:00:00.000001", "2026-11-15T11:00:00.000001+00:00"), ("2026-11-15T12:00+23:59", "2026-11-14T12:01:00+00:00"),
    ("2026-11-15T12:00-23:59", "2026-11-16T11:59:00+00:00"), ("2026-11-15T24:00:00.000", "2026-11-15T23:00:00+00:00"),
])  # fmt: skip
def test_seconds_fractions_and_the_furthest_offsets(text, utc):
    assert instant(text).utc.isoformat() == utc


@pytest.mark.parametrize(("text", "why"), [
    ("2026-11-15T12:00:60", "a minute has the seconds from 00 to 59"), ("2026-11-15T25:00", "a day has the hours from 00:00 to 24:00"),
    ("2026-11-15T24:00:01", "a day has the hours from 00:00 to 24:00"), ("2026-11-15T24:00:00.1", "a day has the hours from 00:00 to 24:00"),
    ("2026-11-15T12:00+24:00", "+24:00 is no offset from UTC"), ("2026-11-15T12:00-01:60", "-01:60 is no offset from UTC"),
])  # fmt: skip
def test_hours_and_offsets_one_beyond_the_last(text, why):
    with pytest.raises(ValueError) as caught:
        instant(text)
    assert str(caught.value) == f"{text} does not exist: {why}"


def test_an_instant_is_taken_as_it_is():
    moment = instant("2026-03-28T12:00")
    assert instant(moment) is moment
    assert instant(moment, 1) is moment


def test_a_moment_is_a_value():
    moment = instant("2026-03-28T12:00")
    assert pickle.loads(pickle.dumps(moment)) == moment  # noqa: S301 - our own bytes
    assert hash(moment) == hash(instant("2026-03-28T11:00Z"))
    assert moment < instant("2026-03-28T12:01")
    assert midnight_after(parse_day("2026-03-28")) > moment
