# SPDX-License-Identifier: Apache-2.0
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.days import add_months, add_years, day_text, parse_day, year_of

dates = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
spans = st.integers(-1200, 1200)


@given(dates, spans)
def test_the_month_is_the_one_counted_and_the_day_keeps_its_number_or_is_the_last(day, months):
    end = dt.date.fromordinal(add_months(day.toordinal(), months))
    assert (end.year - day.year) * 12 + end.month - day.month == months
    last = (end + dt.timedelta(days=1)).month != end.month
    assert end.day == day.day or (last and end.day < day.day)


@given(dates, st.integers(-100, 100))
def test_a_year_is_twelve_months(day, years):
    assert add_years(day.toordinal(), years) == add_months(day.toordinal(), 12 * years)


@given(dates, st.integers(0, 40), spans)
def test_adding_months_never_changes_the_order_of_two_days(day, later, months):
    first = day.toordinal()
    assert add_months(first, months) <= add_months(first + later, months)


@given(dates, spans, st.integers(0, 24))
def test_more_months_never_lead_to_an_earlier_day(day, months, more):
    assert add_months(day.toordinal(), months) <= add_months(day.toordinal(), months + more)


@given(dates)
def test_a_day_is_read_as_it_is_printed(day):
    assert parse_day(day.isoformat()) == day.toordinal()
    assert day_text(day.toordinal()) == day.isoformat()
    assert year_of(day.toordinal()) == day.year


@pytest.mark.parametrize(("start", "months", "end"), [
    ("2028-01-31", 1, "2028-02-29"), ("2026-01-31", 1, "2026-02-28"), ("2026-01-30", 1, "2026-02-28"),
    ("2026-03-31", -1, "2026-02-28"), ("2026-12-31", 2, "2027-02-28"), ("2026-05-31", 1, "2026-06-30"), ("2026-05-15", 0, "2026-05-15"),
])  # fmt: skip
def test_a_month_that_lacks_the_day_ends_on_its_last(start, months, end):
    assert day_text(add_months(parse_day(start), months)) == end


@pytest.mark.parametrize(("text", "why"), [
    ("2022-02-29", "2022-02-29 does not exist: February 2022 has 28 days"),
    ("2022-04-00", "2022-04-00 does not exist: April 2022 has 30 days"),
    ("2022-00-01", "2022-00-01 does not exist: there is no month 0"),
    ("0000-01-01", "0000-01-01 does not exist: there is no year 0"),
    ("20220401", "'20220401' is not a date: write YYYY-MM-DD; did you mean '2022-04-01'?"),
    ("2022-4-1", "'2022-4-1' is not a date: write YYYY-MM-DD; did you mean '2022-04-01'?"),
    ("01/04/2022", "'01/04/2022' is not a date: write YYYY-MM-DD; did you mean '2022-04-01'?"),
    ("2022-04-01T00:00", "'2022-04-01T00:00' is not a date: write YYYY-MM-DD"),
    ("2022-04-01\n", "'2022-04-01\\n' is not a date: write YYYY-MM-DD; did you mean '2022-04-01'?"),
    ("２０２２-04-01", "'２０２２-04-01' is not a date: write YYYY-MM-DD"),
    ("", "'' is not a date: write YYYY-MM-DD"),
])  # fmt: skip
def test_a_text_that_is_no_day(text, why):
    with pytest.raises(ValueError) as caught:
        parse_day(text)
    assert str(caught.value) == why


@pytest.mark.parametrize("months", [-30_000, 200_000, 10**12])
def test_the_calendar_ends(months):
    with pytest.raises(ValueError, match=r"2022-01-01 and -?[0-9]+ months lie outside the calendar"):
        add_months(parse_day("2022-01-01"), months)
