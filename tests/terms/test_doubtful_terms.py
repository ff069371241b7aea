# SPDX-License-Identifier: Apache-2.0
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts
from misure.terms import MonthEnd, Regime, ambiguity, deadline, deadlines

dates = st.dates(dt.date(2012, 1, 1), dt.date(2090, 1, 1))


def day(text):
    return dt.date.fromisoformat(text)


def test_both_roundings_of_a_month_are_compared():
    doubt = ambiguity("2026-01-30", months=1, regimes=["fixed_instant"])
    assert (doubt.matters, doubt.earliest, doubt.latest) == (True, day("2026-02-28"), day("2026-03-01"))
    assert [reading.rounding for reading in doubt.readings] == [MonthEnd.LAST_DAY, MonthEnd.NEXT_MONTH]
    assert not ambiguity("2026-01-28", months=1, regimes=["fixed_instant"]).matters


def test_a_doubt_of_the_rounding_may_vanish_in_the_roll():
    """28 February 2026 is a Saturday and 1 March a Sunday: both readings end on Monday."""
    assert not ambiguity("2026-01-31", months=1, regimes=["eu_1182_71"]).matters


def test_the_regimes_in_doubt():
    doubt = ambiguity("2026-11-12", days=30)
    assert doubt.days == (day("2026-12-12"), day("2026-12-14"))
    assert {reading.deadline.regime for reading in doubt.readings} == set(Regime)
    assert ambiguity("2026-11-10", days=30).days == (day("2026-12-10"),)
    assert not ambiguity("2026-11-12", days=30, regimes=["it_civil", "fixed_instant"]).matters


def test_a_date_that_a_call_names_may_move():
    doubt = ambiguity("2026-11-15", days=0, regimes=("it_civil", "fixed_instant"))
    assert (doubt.matters, doubt.days) == (True, (day("2026-11-15"), day("2026-11-16")))


@pytest.mark.parametrize(("regime", "assumes", "days"), [
    ("it_cpc", "saturday_stays", ["2026-12-11", "2026-12-12"]),   # Cass. 14767/2014; art. 52 c.p.a.
    ("it_civil", "does_not_move", ["2026-12-12", "2026-12-13"]), ("it_tax", "does_not_move", ["2026-12-11", "2026-12-13"]),
])  # fmt: skip
def test_terms_counted_back_are_doubtful_where_the_law_is_silent(regime, assumes, days):
    doubt = ambiguity("2026-12-31", days=18, backwards=True, regimes=[regime])
    assert [reading.assumes for reading in doubt.readings] == ["", assumes]
    assert doubt.days == tuple(map(day, days))
    assert all(reading.deadline.regime == regime for reading in doubt.readings)


def test_european_periods_counted_back_leave_no_doubt():
    assert len(ambiguity("2026-12-31", days=18, backwards=True, regimes=["eu_1182_71"]).readings) == 1


@given(dates, st.integers(0, 60), st.sets(st.sampled_from(Regime), min_size=1))
def test_one_answer_alone_when_the_doubt_makes_no_difference(start, length, regimes):
    found = deadlines(start, days=length, regimes=sorted(regimes))
    assert [end.day for end in found] == sorted({deadline(start, days=length, regime=one).day for one in regimes})
    assert (len(found) > 1) == ambiguity(start, days=length, regimes=regimes).matters
    assert all(end == deadline(start, days=length, regime=end.regime) for end in found)


@pytest.mark.parametrize("regimes", [[], "it_civil", 5, None])
def test_no_list_of_regimes(regimes):
    with pytest.raises(BadFacts, match="expected a list of counting regimes"):
        ambiguity("2026-01-01", days=1, regimes=regimes)


def test_a_wrong_regime_in_the_list_is_named():
    with pytest.raises(BadFacts, match="did you mean 'it_cpc'"):
        deadlines("2026-01-01", days=1, regimes=["it_civil", "it_cp"])
