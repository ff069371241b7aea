# SPDX-License-Identifier: Apache-2.0
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.days import MonthEnd, add_months, day_text, parse_day
from misure.ground.errors import NotEncoded
from misure.ground.holidays import is_saturday, national_calendar
from misure.ground.regimes import Deadline, LeastWorking, Regime, deadline, deadlines, least_working, rule_of

CALENDAR = national_calendar()
days = st.integers(CALENDAR.first + 10, CALENDAR.last - 10)
regimes = st.sampled_from(Regime)
STILL = (Regime.FIXED_INSTANT, Regime.VALIDITY)


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


SATURDAY = ("saturday",)
SUNDAY = ("sunday",)


@pytest.mark.parametrize(("regime", "raw", "backwards", "end", "moved"), [
    ("eu_1182_71", "2026-12-12", False, "2026-12-14", (SATURDAY, SUNDAY)),
    ("it_cpc", "2026-12-12", False, "2026-12-14", (SATURDAY, SUNDAY)),
    ("it_tax", "2026-12-12", False, "2026-12-14", (SATURDAY, SUNDAY)),
    ("it_civil", "2026-12-12", False, "2026-12-12", ()),
    ("validity", "2026-12-13", False, "2026-12-13", ()),
    ("eu_1182_71", "2026-12-13", True, "2026-12-13", ()),                 # a period counted back is not moved
    ("it_cpc", "2026-12-13", True, "2026-12-11", (SUNDAY, SATURDAY)),     # as in a mirror
    ("it_cpc", "2026-12-12", True, "2026-12-11", (SATURDAY,)),
    ("it_civil", "2026-12-13", True, "2026-12-12", (SUNDAY,)),            # a Saturday is no holiday
    ("it_civil", "2026-12-12", True, "2026-12-12", ()),
    ("validity", "2026-12-13", True, "2026-12-13", ()),
    ("it_cpc", "2026-08-15", False, "2026-08-17", (("holiday", "Assunzione della Beata Vergine Maria"), SUNDAY)),
])  # fmt: skip
def test_which_last_days_move(regime, raw, backwards, end, moved):
    found = deadline(parse_day(raw), Regime(regime), CALENDAR, backwards=backwards)
    assert (day_text(found.day), found.moved) == (end, moved)


@pytest.mark.parametrize(("start", "length", "end"), [
    ("2026-11-20", 2, "2026-11-24"),   # Friday: Saturday, Sunday, Monday are one working day
    ("2026-11-20", 1, "2026-11-23"),   # a period of one day has one
    ("2026-11-19", 2, "2026-11-23"),   # Friday; the Monday to which it moves is the second working day
    ("2026-11-18", 2, "2026-11-20"),
    ("2026-04-02", 2, "2026-04-07"),   # Good Friday works, Easter Monday does not
    ("2026-12-24", 3, "2026-12-29"),
])  # fmt: skip
def test_a_period_of_two_days_has_two_working_days(start, length, end):
    """Art. 3(5) of Regulation 1182/71."""
    found = deadline(parse_day(start) + length, Regime.EU_1182_71, CALENDAR, start=parse_day(start))
    counted = [day for day in range(parse_day(start) + 1, found.day + 1) if CALENDAR.is_working(day)]
    assert len(counted) >= min(length, 2)
    assert day_text(found.day) == end


def test_who_asks_for_two_working_days():
    assert least_working(Regime.EU_1182_71) == LeastWorking(days=2, working=2)
    assert [regime for regime in Regime if least_working(regime)] == [Regime.EU_1182_71]


@given(days, st.integers(2, 400))
def test_every_longer_period_has_two_working_days_too(start, length):
    found = deadline(min(start + length, CALENDAR.last - 5), Regime.EU_1182_71, CALENDAR, start=start)
    assert CALENDAR.working_days_between(start, found.day) >= 2
    assert found.day - found.raw == len(found.moved)


def test_a_term_in_months():  # TL-9
    assert day_text(deadline(add_months(parse_day("2028-01-31"), 1), Regime.IT_CIVIL, CALENDAR).day) == "2028-02-29"


@given(days, st.sampled_from(STILL), st.booleans())
def test_what_never_moves(day, regime, backwards):
    assert deadline(day, regime, CALENDAR, backwards=backwards) == Deadline(day, day, regime, ())


def test_a_fixed_instant_asks_no_calendar():
    assert deadline(parse_day("1950-01-01"), Regime.FIXED_INSTANT, CALENDAR).day == parse_day("1950-01-01")


@given(days, regimes, st.booleans())
def test_no_deadline_falls_on_a_day_that_its_regime_excludes(day, regime, backwards):
    found = deadline(day, regime, CALENDAR, backwards=backwards)
    again = deadline(found.day, regime, CALENDAR, backwards=backwards)
    assert again == Deadline(found.day, found.day, regime)
    if regime.moves(backwards=backwards):
        assert not CALENDAR.is_free(found.day)
        assert not (regime.saturdays and is_saturday(found.day))
        assert abs(found.day - found.raw) == len(found.moved) <= CALENDAR.longest_break


@given(days, st.integers(0, 10), regimes, st.booleans())
def test_a_later_day_never_has_an_earlier_deadline(day, later, regime, backwards):
    ends = [
        deadline(min(raw, CALENDAR.last - 10), regime, CALENDAR, backwards=backwards).day for raw in (day, day + later)
    ]
    assert ends[0] <= ends[1]


def test_doubtful_regimes_give_both_days_only_where_they_differ():
    sunday, monday, saturday = map(parse_day, ("2026-11-22", "2026-11-23", "2026-11-21"))
    both = deadlines(sunday, Regime, CALENDAR)
    assert [(found.day, found.regime) for found in both] == [
        (sunday, Regime.FIXED_INSTANT), (monday, Regime.EU_1182_71),
    ]  # fmt: skip
    assert [found.regime for found in deadlines(saturday, Regime, CALENDAR)] == [Regime.IT_CIVIL, Regime.EU_1182_71]
    assert len(deadlines(monday, Regime, CALENDAR)) == 1


@pytest.mark.parametrize(("name", "hint"), [
    ("it_cp", "; did you mean 'it_cpc'?"), ("eu", ""), ("it_civl", "; did you mean 'it_civil'?"),
])  # fmt: skip
def test_a_regime_that_is_not_offered(name, hint):
    with pytest.raises(ValueError) as caught:
        Regime(name)
    assert str(caught.value) == (
        f"the counting regime {name!r} is not offered; the regimes are: "
        f"eu_1182_71, it_civil, it_cpc, it_tax, fixed_instant, validity{hint}"
    )


@pytest.mark.parametrize(("value", "words"), [(None, "nothing"), ([], "an empty list"), (3, "3")])
def test_a_regime_that_is_no_name(value, words):
    with pytest.raises(ValueError) as caught:
        Regime(value)
    offered = "eu_1182_71, it_civil, it_cpc, it_tax, fixed_instant, validity"
    assert str(caught.value) == f"expected a counting regime, one of {offered}; got {words}"


def test_every_rule_has_its_provision():
    day = parse_day("2026-11-22")
    for regime in Regime:
        for rule in (
            "start",
            "hours",
            "months",
            "working_days",
            "moves",
            "backwards",
            "suspended",
            "extended",
            "fixed_date",
        ):
            row = rule_of(regime, rule, day)
            assert (row is None) == (regime in STILL)
            assert row is None or row.citation.at
    assert str(rule_of(Regime.EU_1182_71, "moves", day).citation) == "Reg. (CEE, Euratom) 1182/71, art. 3, par. 4"


def test_saturday_moved_in_no_trial_before_march_2006():
    assert rule_of(Regime.IT_CPC, "moves", parse_day("2006-03-01")) is not None
    with pytest.raises(NotEncoded):
        rule_of(Regime.IT_CPC, "moves", parse_day("2006-02-28"))


@given(days, st.integers(-60, 60))
def test_the_two_roundings_of_a_month_differ_by_one_day_and_only_where_it_lacks_the_day(day, months):
    last, over = add_months(day, months), add_months(day, months, MonthEnd.NEXT_MONTH)
    lacks = day_text(last)[8:] != day_text(day)[8:]
    assert over - last == lacks
    assert not lacks or day_text(over)[8:] == "01"


def test_a_deadline_is_a_value():
    found = deadline(parse_day("2026-11-22"), Regime.IT_CIVIL, CALENDAR)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert hash(found) == hash(deadline(parse_day("2026-11-22"), Regime.IT_CIVIL, CALENDAR))
