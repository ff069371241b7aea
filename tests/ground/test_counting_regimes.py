# SPDX-License-Identifier: Apache-2.0
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.days import add_months, day_text, parse_day
from misure.ground.holidays import national_calendar
from misure.ground.terms import Deadline, Regime, deadline, deadlines

CALENDAR = national_calendar()
days = st.integers(CALENDAR.first, CALENDAR.last - 5)


# The vectors TL-2 to TL-15 of the worked time limits: the starting day is not counted.
@pytest.mark.parametrize(("start", "added", "end", "moved"), [
    ("2026-11-12", 30, "2026-12-12", ()),                                            # a Saturday stays
    ("2027-09-04", 30, "2027-10-05", (("holiday", "Festa nazionale di San Francesco d'Assisi, patrono d'Italia"),)),
    ("2021-09-04", 30, "2021-10-04", ()),                                            # not yet a holiday
    ("2026-11-07", 30, "2026-12-07", ()),                                            # the patron of Milan is local
    ("2026-02-20", 45, "2026-04-07", (("holiday", "Lunedì dell'Angelo"),)),
    ("2026-07-16", 30, "2026-08-17", (("holiday", "Assunzione della Beata Vergine Maria"), ("sunday",))),
    ("2022-11-25", 30, "2022-12-27", (("sunday",), ("holiday", "Santo Stefano"))),   # Christmas on a Sunday
])  # fmt: skip
def test_terms_in_days(start, added, end, moved):
    found = deadline(parse_day(start) + added, Regime.IT_CIVIL, CALENDAR)
    assert (day_text(found.day), found.moved) == (end, moved)
    assert found.raw == parse_day(start) + added


def test_a_term_in_months():  # TL-9
    assert day_text(deadline(add_months(parse_day("2028-01-31"), 1), Regime.IT_CIVIL, CALENDAR).day) == "2028-02-29"


@given(days)
def test_a_fixed_instant_never_moves(day):
    assert deadline(day, Regime.FIXED_INSTANT, CALENDAR) == Deadline(day, day, Regime.FIXED_INSTANT, ())


def test_a_fixed_instant_asks_no_calendar():
    assert deadline(parse_day("1950-01-01"), Regime.FIXED_INSTANT, CALENDAR).day == parse_day("1950-01-01")


@given(days)
def test_every_day_passed_over_has_its_reason(day):
    found = deadline(day, Regime.IT_CIVIL, CALENDAR)
    assert found.day - found.raw == len(found.moved)
    assert found.day == CALENDAR.roll(day)


def test_doubtful_regimes_give_both_days_only_where_they_differ():
    sunday, monday = parse_day("2026-11-22"), parse_day("2026-11-23")
    both = deadlines(sunday, Regime, CALENDAR)
    assert [(found.day, found.regime) for found in both] == [(sunday, Regime.FIXED_INSTANT), (monday, Regime.IT_CIVIL)]
    assert len(deadlines(monday, Regime, CALENDAR)) == 1


@pytest.mark.parametrize(("name", "hint"), [
    ("it_cpc", ""), ("validity", ""), ("it_civl", "; did you mean 'it_civil'?"), (None, ""),
])  # fmt: skip
def test_a_regime_that_is_not_offered(name, hint):
    with pytest.raises(ValueError) as caught:
        Regime(name)
    assert str(caught.value) == (
        f"the counting regime {name!r} is not offered; the regimes are: fixed_instant, it_civil{hint}"
    )


def test_a_deadline_is_a_value():
    found = deadline(parse_day("2026-11-22"), Regime.IT_CIVIL, CALENDAR)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert hash(found) == hash(deadline(parse_day("2026-11-22"), Regime.IT_CIVIL, CALENDAR))
