# SPDX-License-Identifier: Apache-2.0
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.deminimis.law import REGULATIONS, Convention, ceiling_row, ceiling_rows, leaves, start, window
from misure.ground.days import day_text, parse_day
from misure.ground.errors import BadFacts, NotEncoded


# The vectors DM-W1 to DM-W8, DM-A1, DM-F1 and DM-O1: where the three years begin.
@pytest.mark.parametrize(("regulation", "granted", "first"), [
    ("gen", "2024-02-10", "2021-02-11"),   # the example of the register's FAQ 15.1
    ("gen", "2024-03-01", "2021-03-02"),   # the example of Assonime, circular 5/2024
    ("gen", "2026-11-22", "2023-11-23"),
    ("gen", "2027-02-28", "2024-02-29"),
    ("gen", "2028-02-29", "2025-03-01"),
    ("gen", "2026-11-21", "2023-11-22"),   # a Saturday: nothing moves
    ("sgei", "2026-11-22", "2023-11-23"),
    ("agri", "2024-12-15", "2022-01-01"),
    ("agri", "2024-12-16", "2021-12-17"),  # the first rolling day reaches back further than the last financial one
    ("fish", "2026-11-22", "2024-01-01"),
    ("gen", "2023-12-29", "2021-01-01"),
])  # fmt: skip
def test_where_the_three_years_begin(regulation, granted, first):
    assert tuple(map(day_text, window(parse_day(granted), regulation))) == (first, granted)


@pytest.mark.parametrize(("granted", "main", "alt", "same_day"), [
    ("2027-02-28", "2024-02-29", "2024-03-01", "2024-02-28"),  # DM-W5
    ("2028-02-28", "2025-03-01", "2025-02-28", "2025-02-28"),
    ("2028-02-29", "2025-03-01", "2025-03-01", "2025-02-28"),
    ("2026-11-22", "2023-11-23", "2023-11-23", "2023-11-22"),
])  # fmt: skip
def test_the_conventions(granted, main, alt, same_day):
    found = [day_text(window(parse_day(granted), "gen", convention=each)[0]) for each in Convention]
    assert found == [main, alt, same_day]


@pytest.mark.parametrize(("granted", "year_end", "first"), [
    ("2026-06-30", (6, 30), "2023-07-01"),
    ("2026-07-01", (6, 30), "2024-07-01"),
    ("2026-02-28", (2, 29), "2023-03-01"),
    ("2024-02-29", (2, 29), "2021-03-01"),
    ("2024-03-01", (2, 29), "2022-03-01"),
])  # fmt: skip
def test_a_financial_year_of_its_own(granted, year_end, first):
    assert day_text(window(parse_day(granted), "fish", year_end=year_end)[0]) == first


@pytest.mark.parametrize(("regulation", "day", "cents"), [
    ("gen", "2023-12-31", 200_000_00), ("gen", "2024-01-01", 300_000_00), ("sgei", "2012-04-29", 500_000_00),
    ("sgei", "2023-12-31", 500_000_00), ("sgei", "2024-01-01", 750_000_00), ("agri", "2019-03-13", 15_000_00),
    ("agri", "2019-03-14", 20_000_00), ("agri", "2024-12-15", 20_000_00), ("agri", "2024-12-16", 50_000_00),
    ("fish", "2023-10-24", 30_000_00), ("fish", "2023-10-25", 30_000_00),
])  # fmt: skip
def test_the_ceiling_of_the_day_of_granting(regulation, day, cents):
    assert ceiling_row(parse_day(day), regulation).ceiling == cents


def test_the_higher_ceiling_of_a_register():
    assert ceiling_row(parse_day("2024-12-15"), "agri").with_register == 25_000_00
    assert ceiling_row(parse_day("2026-11-22"), "fish").with_register == 40_000_00
    assert ceiling_row(parse_day("2026-11-22"), "gen").with_register is None


def test_after_expiry_schemes_alone():
    assert not ceiling_row(parse_day("2030-12-31"), "gen").only_schemes
    assert ceiling_row(parse_day("2031-01-01"), "gen").only_schemes


@pytest.mark.parametrize(("regulation", "day"), [
    ("gen", "2013-12-31"), ("gen", "2031-07-01"), ("sgei", "2012-04-28"), ("agri", "2033-07-01"), ("fish", "2014-06-30"),
])  # fmt: skip
def test_what_is_not_encoded(regulation, day):
    with pytest.raises(NotEncoded):
        window(parse_day(day), regulation)


def test_a_regulation_that_is_none():
    with pytest.raises(BadFacts, match="no regulation is called 'generale'; they are gen, sgei, agri, fish"):
        ceiling_rows("generale")
    with pytest.raises(BadFacts, match="did you mean 'fish'"):
        window(parse_day("2026-11-22"), "fisc")
    with pytest.raises(BadFacts, match="expected the ordinal of a day"):
        window("2026-11-22", "gen")
    with pytest.raises(BadFacts):
        ceiling_rows(["gen"])


rows = st.sampled_from([row for name in REGULATIONS for row in ceiling_rows(name)])
days = st.integers(dt.date(2012, 1, 1).toordinal(), dt.date(2036, 1, 1).toordinal())
leap_days = st.sampled_from([parse_day(f"{year}-02-{day}") for year in (2024, 2028, 2032) for day in (28, 29)])
conventions = st.sampled_from(Convention)
year_ends = st.sampled_from([(12, 31), (6, 30), (2, 29), (2, 28), (1, 1), (9, 30), (11, 30)])


@given(rows, days | leap_days, st.integers(0, 800), conventions, year_ends)
def test_under_one_row_the_start_never_moves_back(row, day, later, convention, year_end):
    assert start(day, row, convention, year_end) <= start(day + later, row, convention, year_end)
    assert start(day, row, convention, year_end) <= day


@given(rows, days | leap_days, conventions, year_ends)
def test_an_aid_leaves_on_the_first_day_that_does_not_see_it(row, granted, convention, year_end):
    day = leaves(granted, row, convention, year_end)
    assert start(day, row, convention, year_end) > granted >= start(day - 1, row, convention, year_end)


@pytest.mark.parametrize(("granted", "year_end", "left"), [
    ("2024-02-29", (2, 28), "2027-03-01"), ("2024-02-28", (2, 28), "2026-03-01"), ("2024-02-29", (2, 29), "2026-03-01"),
    ("2024-03-01", (2, 29), "2027-03-01"), ("2023-02-28", (2, 29), "2025-03-01"), ("2024-12-31", (12, 31), "2027-01-01"),
    ("2024-06-30", (6, 30), "2026-07-01"), ("2024-07-01", (6, 30), "2027-07-01"),
])  # fmt: skip
def test_the_first_day_that_no_longer_sees_an_aid_of_a_financial_year(granted, year_end, left):
    row = ceiling_row(parse_day("2026-11-22"), "fish")
    assert day_text(leaves(parse_day(granted), row, Convention.MAIN, year_end)) == left
