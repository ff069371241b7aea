# SPDX-License-Identifier: Apache-2.0
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts, NotEncoded
from misure.terms import (
    add_hours,
    add_working_days,
    by_end_of_day,
    by_hour,
    instant,
    is_working_day,
    working_days_between,
)

dates = st.dates(dt.date(1995, 1, 1), dt.date(2090, 1, 1))


def test_moments_of_the_vectors():
    assert instant("2026-10-25T12:00").utc == dt.datetime(2026, 10, 25, 11, tzinfo=dt.UTC)  # TL-20
    with pytest.raises(BadFacts, match="does not exist"):  # TL-21
        instant("2026-03-29T02:30")
    assert add_hours("2026-03-28T12:00", 48) == instant("2026-03-30T13:00")  # TL-23


@pytest.mark.parametrize(("inclusive", "arrived", "in_time"), [
    (True, "2026-11-15T12:00:00", True), (True, "2026-11-15T12:00:00.001", False), (True, "2026-11-15T12:01", False),
    (False, "2026-11-15T12:00:00", False), (False, "2026-11-15T11:59:59.999", True), (True, "2026-11-15T11:00Z", True),
])  # fmt: skip
def test_the_hour_itself_is_in_time_where_that_is_said(inclusive, arrived, in_time):
    assert by_hour("2026-11-15T12:00", hour_inclusive=inclusive).admits(arrived) is in_time


def test_the_end_of_a_day():
    last = by_end_of_day("2026-10-24")
    assert (last.day, str(last.at)) == (dt.date(2026, 10, 24), "2026-10-25T00:00:00+02:00")
    assert last.admits("2026-10-24T23:59:59.999999")
    assert not last.admits("2026-10-24T24:00")
    assert by_hour("2026-10-24T24:00", hour_inclusive=False) == last
    assert by_hour("2026-10-24T12:00", hour_inclusive=False).day == dt.date(2026, 10, 24)


def test_an_hour_that_comes_twice():
    first = by_hour("2026-10-25T02:30", hour_inclusive=True, fold=0)
    assert first.admits("2026-10-25T02:30", fold=0)
    assert not first.admits("2026-10-25T02:30", fold=1)
    with pytest.raises(BadFacts, match="fold=0 says the first"):
        first.admits("2026-10-25T02:30")


@pytest.mark.parametrize(("call", "subject"), [
    (lambda: by_hour("2026-11-15T12:00", hour_inclusive=1), "hour_inclusive"), (lambda: by_hour("2026-11-15", hour_inclusive=True), "moment"),
    (lambda: by_end_of_day(dt.datetime.fromisoformat("2026-11-15")), "day"), (lambda: add_hours("2026-11-15T12:00", -1), "hours"),
    (lambda: add_hours("2026-11-15T12:00", 1, count="whole"), "hours"), (lambda: add_hours("12:00", 1), "start"),
    (lambda: is_working_day("2026-02-03", feriali="no"), "feriali"), (lambda: add_hours("2026-11-15T12:00", 1, backwards=1), "backwards"),
    (lambda: is_working_day("2026-02-30"), "day"), (lambda: is_working_day("2026-02-03", place="Roma"), "place"),
    (lambda: add_working_days("2026-01-01", 1.5), "days"), (lambda: working_days_between("2026-01-01", None), "end"),
])  # fmt: skip
def test_what_cannot_be(call, subject):
    with pytest.raises(BadFacts) as caught:
        call()
    assert [fault.subject for fault in caught.value.faults] == [subject]


@given(dates, st.integers(-400, 400), st.booleans())
def test_working_days_forth_and_back(start, count, feriali):
    end = add_working_days(start, count, feriali=feriali)
    assert working_days_between(start, end, feriali=feriali) == count
    assert count == 0 or is_working_day(end, feriali=feriali)
    if is_working_day(start, feriali=feriali):
        assert add_working_days(end, -count, feriali=feriali) == start


def test_local_holidays_are_no_working_days_where_the_place_is_named():
    assert is_working_day("2026-12-07")
    assert not is_working_day("2026-12-07", place="Milano")
    assert not is_working_day("2026-12-07", patron="12-07", feriali=True)
    assert working_days_between("2026-12-04", "2026-12-09") == 2
    assert working_days_between("2026-12-04", "2026-12-09", place="Milano") == 1


def test_days_outside_the_table():
    for call in (lambda: is_working_day("1989-12-31"), lambda: add_working_days("2100-12-31", 1)):
        with pytest.raises(NotEncoded):
            call()
