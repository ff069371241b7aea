# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.days import parse_day
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.holidays import national_calendar
from misure.ground.ranges import Range
from misure.ground.truth import Confidence, worst
from misure.reading.expressions.literals import REGIMES
from misure.terms import Regime, deadline, deadline_between, fixed_date, period_end, working_days_between

CALENDAR = national_calendar()
dates = st.dates(dt.date(2012, 1, 1), dt.date(2085, 1, 1))
"""From which fifteen years on stay within the table of holidays."""
later_dates = st.dates(dt.date(2017, 1, 1), dt.date(2085, 1, 1))
"""From which, besides, five years back lead into no day on which a regime is not encoded."""
regimes = st.sampled_from(Regime)
UNITS = ("days", "working_days", "weeks", "months", "years")
lengths = st.one_of(
    st.tuples(st.sampled_from(("days", "working_days")), st.integers(0, 400)),
    st.tuples(st.sampled_from(("weeks", "months")), st.integers(0, 40)),
    st.tuples(st.just("years"), st.integers(0, 5)),
)


VECTORS = [
    ("TL-2", "2026-11-12", {"days": 30}, "it_civil", "2026-12-12"), ("TL-3", "2026-11-12", {"days": 30}, "eu_1182_71", "2026-12-14"),
    ("TL-5", "2027-09-04", {"days": 30}, "it_civil", "2027-10-05"), ("TL-6", "2021-09-04", {"days": 30}, "it_civil", "2021-10-04"),
    ("TL-8", "2026-01-31", {"months": 1}, "eu_1182_71", "2026-03-02"), ("TL-9", "2028-01-31", {"months": 1}, "it_civil", "2028-02-29"),
    ("TL-11", "2026-11-07", {"days": 30}, "it_civil", "2026-12-07"),
    ("TL-12", "2026-11-07", {"days": 30, "patron": "12-07"}, "it_civil", "2026-12-09"),
    ("TL-12", "2026-11-07", {"days": 30, "place": "Milano"}, "it_civil", "2026-12-09"),
    ("TL-14", "2026-02-20", {"days": 45}, "it_civil", "2026-04-07"), ("TL-15", "2026-07-16", {"days": 30}, "it_civil", "2026-08-17"),
    ("TL-17", "2026-07-01", {"days": 120}, "validity", "2026-10-29"), ("TL-18", "2026-04-02", {"working_days": 5}, "eu_1182_71", "2026-04-10"),
    ("TL-24", "2026-06-01", {"days": 30, "suspended": 10}, "it_civil", "2026-07-11"),
    ("DM-R1", "2026-12-10", {"working_days": 20}, "eu_1182_71", "2027-01-12"),
    ("DM-R2", "2026-04-01", {"working_days": 20}, "eu_1182_71", "2026-04-30"),
    ("cpc", "2026-11-12", {"days": 30}, "it_cpc", "2026-12-14"), ("tax", "2026-11-12", {"days": 30}, "it_tax", "2026-12-14"),
    ("backwards", "2026-12-31", {"days": 18, "backwards": True}, "eu_1182_71", "2026-12-13"),
    ("backwards", "2026-12-31", {"days": 18, "backwards": True}, "it_cpc", "2026-12-11"),
    ("backwards", "2026-12-31", {"days": 18, "backwards": True}, "it_civil", "2026-12-12"),
    ("backwards", "2026-03-31", {"months": 1, "backwards": True}, "fixed_instant", "2026-02-28"),
    ("rounding", "2026-01-31", {"months": 1, "rounding": "next_month"}, "fixed_instant", "2026-03-01"),
    ("feriali", "2026-11-20", {"working_days": 1, "feriali": True}, "it_civil", "2026-11-21"),
    ("feriali", "2026-11-20", {"working_days": 1, "feriali": True}, "it_cpc", "2026-11-23"),
    ("weeks", "2026-11-12", {"weeks": 2}, "eu_1182_71", "2026-11-26"), ("years", "2024-02-29", {"years": 1}, "it_civil", "2025-02-28"),
    ("two working days", "2026-11-20", {"days": 2}, "eu_1182_71", "2026-11-24"),
    ("nothing", "2026-11-22", {"days": 0}, "it_civil", "2026-11-23"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "start", "term", "regime", "end"), VECTORS)
def test_vectors(name, start, term, regime, end):
    assert deadline(start, regime=regime, **term).day == dt.date.fromisoformat(end), name


def test_a_certificate_is_good_on_its_last_day():  # DU-2
    durc = deadline("2026-07-01", days=120, regime="validity")
    assert not durc.is_over("2026-10-29")
    assert durc.is_over("2026-10-30")
    assert str(durc.ends) == "2026-10-30T00:00:00+01:00"


def test_rule_files_know_the_same_regimes():
    assert tuple(REGIMES) == tuple(Regime)


# Suspension and extension


@pytest.mark.parametrize(("term", "end"), [
    ({"days": 30, "suspended": [("2026-06-10", "2026-06-19")]}, "2026-07-11"),
    ({"days": 30, "suspended": [("2026-06-10", "2026-06-14"), ("2026-06-15", "2026-06-19")]}, "2026-07-11"),
    ({"days": 30, "suspended": [("2026-06-10", "2026-06-19"), ("2026-06-12", "2026-06-15")]}, "2026-07-11"),
    ({"days": 30, "suspended": [("2026-08-01", "2026-08-31")]}, "2026-07-01"),      # after the end: nothing
    ({"days": 30, "suspended": [("2026-05-01", "2026-06-01")]}, "2026-07-01"),      # before it began: nothing
    ({"days": 30, "suspended": [("2026-05-20", "2026-06-05")]}, "2026-07-06"),      # a Sunday, 5 July, moves
    ({"days": 30, "suspended": [("2026-06-30", "2026-07-09")]}, "2026-07-11"),
    ({"days": 30, "suspended": [("2026-06-10", "2026-06-12"), ("2026-07-03", "2026-07-04")]}, "2026-07-06"),  # the second only by the first
    ({"months": 6, "suspended": [("2026-08-01", "2026-08-31")]}, "2027-01-01"),     # 1 December, and 31 days
    ({"working_days": 5, "suspended": [("2026-06-03", "2026-06-04")]}, "2026-06-11"),
    ({"days": 30, "extended": 10}, "2026-07-11"), ({"days": 30, "extended": "2026-07-31"}, "2026-07-31"),
    ({"days": 30, "extended_months": 2}, "2026-09-01"), ({"days": 30, "extended": dt.date(2026, 7, 5)}, "2026-07-06"),
    ({"days": 30, "extended": 10, "suspended": [("2026-07-05", "2026-07-06")]}, "2026-07-13"),
])  # fmt: skip
def test_days_that_do_not_count_and_days_more(term, end):
    found = deadline("2026-06-01", regime="fixed_instant" if end == "2027-01-01" else "it_civil", **term)
    assert found.day == dt.date.fromisoformat(end)


@given(dates, st.integers(1, 60), st.lists(st.tuples(st.integers(-10, 80), st.integers(0, 12)), max_size=4))
def test_every_day_outside_a_suspension_counts_once(start, length, spans):
    """The rule itself: walk from day to day, and count those that are not suspended."""
    stretches = [(start + dt.timedelta(first), start + dt.timedelta(first + more)) for first, more in spans]
    day, counted = start, 0
    while counted < length:
        day += dt.timedelta(1)
        counted += not any(first <= day <= last for first, last in stretches)
    assert deadline(start, days=length, regime="fixed_instant", suspended=stretches).day == day


@given(dates, st.integers(1, 30), st.lists(st.tuples(st.integers(-40, 60), st.integers(0, 20)), max_size=3))
def test_every_working_day_outside_a_suspension_counts_once(start, length, spans):
    suspended = [(start + dt.timedelta(first), start + dt.timedelta(first + more)) for first, more in spans]
    day, counted = start, 0
    while counted < length:
        day += dt.timedelta(1)
        counted += CALENDAR.is_working(day.toordinal()) and not any(first <= day <= last for first, last in suspended)
    assert deadline(start, working_days=length, regime="fixed_instant", suspended=suspended).raw == day


# What holds of every term


@given(later_dates, lengths, regimes, st.booleans())
def test_a_deadline_never_falls_on_a_day_that_its_regime_excludes(start, length, regime, backwards):
    found = deadline(start, regime=regime, backwards=backwards, **dict([length]))
    if regime.moves(backwards=backwards):
        assert not CALENDAR.is_free(found.day.toordinal(), saturdays=regime.saturdays)
    else:
        assert found.day == found.raw
    assert len(found.moved) == abs((found.day - found.raw).days)
    assert (found.day <= found.raw) if backwards else (found.day >= found.raw)
    assert [passed.day for passed in found.moved] == [
        found.raw + dt.timedelta(-i if backwards else i) for i in range(len(found.moved))
    ]
    assert found.steps[-1].day == found.day
    assert found.confidence is worst(*(step.confidence for step in found.steps))


@given(dates, st.integers(0, 40), lengths, st.integers(0, 10), regimes)
def test_later_starts_and_longer_terms_never_end_earlier(start, later, length, longer, regime):
    unit, count = length
    ends = deadline(start, regime=regime, **{unit: count}).day
    assert ends <= deadline(start + dt.timedelta(later), regime=regime, **{unit: count}).day
    assert ends <= deadline(start, regime=regime, **{unit: count + longer}).day


@given(dates, st.integers(1, 200), st.booleans())
def test_working_days_are_counted_back_from_where_they_lead(start, count, feriali):
    found = deadline(start, working_days=count, regime="fixed_instant", feriali=feriali)
    assert working_days_between(start, found.day, feriali=feriali) == count
    back = deadline(found.day, working_days=count, regime="fixed_instant", feriali=feriali, backwards=True)
    assert working_days_between(back.day, found.day, feriali=feriali) == count
    if CALENDAR.is_working(start.toordinal(), feriali=feriali):
        assert back.day == start


@given(dates, regimes, st.booleans())
def test_where_a_period_ends_it_ends_again(day, regime, backwards):
    end = period_end(day, regime=regime, backwards=backwards)
    assert period_end(end.day, regime=regime, backwards=backwards).moved == ()


@given(dates, st.integers(0, 60), st.integers(0, 60), lengths, regimes)
def test_a_doubtful_start_has_its_deadline_in_the_range(first, width, inner, length, regime):
    last = first + dt.timedelta(width)
    term = {"regime": regime, **dict([length])}
    ends = deadline_between(first, last, **term)
    assert ends.least <= deadline(min(first + dt.timedelta(inner), last), **term).day <= ends.greatest
    assert isinstance(ends, Range)


# How it is told


def test_the_computation_step_by_step():
    found = deadline("2026-06-01", days=30, regime="it_civil", suspended=[("2026-06-10", "2026-06-13")])
    assert [(step.name, str(step.day), step.amount, step.unit, str(step.citation)) for step in found.steps] == [
        ("start", "2026-06-02", 0, "", "Codice civile, art. 2963, c. 2"),
        ("counted", "2026-07-01", 30, "days", "Codice civile, art. 2963, c. 2"),
        ("suspended", "2026-07-05", 4, "days", "Codice civile, art. 2963"),
        ("moved", "2026-07-06", 1, "days", "Codice civile, art. 2963, c. 3"),
    ]
    assert found.confidence is Confidence.INFERRED
    assert [str(cited) for cited in found.citations] == [
        "Codice civile, art. 2963, c. 2", "Codice civile, art. 2963", "Codice civile, art. 2963, c. 3",
    ]  # fmt: skip


@pytest.mark.parametrize(("term", "citation", "sure"), [
    ({"days": 30, "regime": "it_civil"}, "Codice civile, art. 2963, c. 3", "secondary"),
    ({"days": 30, "regime": "it_civil", "backwards": True}, "Codice civile, art. 2963, c. 3", "inferred"),
    ({"days": 30, "regime": "eu_1182_71"}, "Reg. (CEE, Euratom) 1182/71, art. 3, par. 4", "secondary"),
    ({"days": 2, "regime": "eu_1182_71"}, "Reg. (CEE, Euratom) 1182/71, art. 3, par. 5", "secondary"),
    ({"days": 30, "regime": "it_cpc"}, "Codice di procedura civile, art. 155, c. 4 e 5", "secondary"),
    ({"days": 30, "regime": "it_tax"}, "DL 70/2011, art. 7, c. 1, lett. h)", "inferred"),
    ({"days": 30, "regime": "validity"}, "None", "inferred"),
])  # fmt: skip
def test_who_says_so_and_how_sure_it_is(term, citation, sure):
    found = deadline("2026-11-20", **term)
    assert (str(found.citation), found.confidence.value) == (citation, sure)


def test_a_date_that_a_call_names():
    assert fixed_date("2026-11-15").day == dt.date(2026, 11, 16)
    assert fixed_date("2026-11-14").day == dt.date(2026, 11, 14)
    assert fixed_date("2026-11-15").confidence is Confidence.INFERRED
    european = fixed_date("2026-11-15", regime="eu_1182_71")
    assert (european.day, str(european.citation)) == (dt.date(2026, 11, 15), "Reg. (CEE, Euratom) 1182/71, art. 5")
    assert fixed_date("2026-11-15", regime="fixed_instant").day == dt.date(2026, 11, 15)


def test_a_deadline_is_a_value():
    found = deadline("2026-07-16", days=30, regime="it_civil", place="Milano")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert hash(found) == hash(deadline(dt.date(2026, 7, 16), days=30, regime=Regime.IT_CIVIL, place="milano"))


# What cannot be


def faults(call):
    with pytest.raises(BadFacts) as caught:
        call()
    return [(fault.subject, fault.message) for fault in caught.value.faults]


def test_everything_that_is_wrong_is_told_at_once():
    found = faults(
        lambda: deadline(
            dt.datetime.fromisoformat("2026-01-01T12:00"), days=30, months=1, regime="it_civl", place="Milan", feriali=1
        )
    )
    assert [subject for subject, _ in found] == ["feriali", "length", "place", "regime", "start"]
    assert found[1][1] == "a term has one length, in days, working_days, weeks, months or years; got days and months"
    assert found[3][1].endswith("did you mean 'it_civil'?")


@pytest.mark.parametrize(("term", "subject", "why"), [
    ({}, "length", "a term has one length, in days, working_days, weeks, months or years"),
    ({"days": -1}, "days", "-1 is negative: a term counted back is said by backwards=True"),
    ({"days": True}, "days", "expected a whole number; got true"), ({"months": 1.0}, "months", "expected a whole number; got 1.0"),
    ({"days": 10**30}, "days", f"{10**30} is longer than any term"),
    ({"years": 60000}, "length", "2026-01-01 and 720000 months lie outside the calendar"),
    ({"days": 1, "feriali": True}, "feriali", "says which days are working days, and a term in days counts them all"),
    ({"months": 1, "rounding": "last"}, "rounding", "no rounding of months is called 'last'; did you mean 'last_day'?"),
    ({"days": 1, "suspended": "2026-01-01"}, "suspended", "expected a number of days, or pairs of a first and a last day; got '2026-01-01'"),
    ({"days": 1, "suspended": {"2026-01-05"}}, "suspended", "expected a number of days, or pairs of a first and a last day; got a set"),
    ({"days": 1, "suspended": [("2026-01-05", "2026-01-04")]}, "suspended", "the suspension ends on 2026-01-04, before it begins"),
    ({"days": 1, "suspended": [("2026-01-05", None)]}, "suspended", "a suspension that still runs has no last day yet, and the term no end"),
    ({"days": 1, "suspended": -3}, "suspended", "-3 is negative: a term counted back is said by backwards=True"),
    ({"working_days": 5, "suspended": 3}, "suspended", "say which days: how many of them are working days depends on that"),
    ({"days": 30, "extended": "2026-01-20"}, "extended", "the term runs until 2026-01-31: 2026-01-20 would shorten it"),
    ({"days": 30, "extended": "2025-12-31"}, "extended", "the day to which the term is extended does not lie after its start"),
    ({"days": 30, "extended": 1, "extended_months": 1}, "extended_months", "a term is extended by days, by months or to a day: say one of them"),
    ({"days": 30, "extended": 1, "backwards": True}, "backwards", "a term counted back from a day is neither suspended nor extended here"),
    ({"days": 1, "patron": "13-01"}, "patron", "2000-13-01 does not exist: there is no month 13"),
    ({"days": 1, "patron": "12-07", "place": "Milano"}, "patron", "a term has the patron of a place, or of a day: not both"),
])  # fmt: skip
def test_a_term_that_cannot_be(term, subject, why):
    assert faults(lambda: deadline("2026-01-01", regime="it_civil", **term)) == [(subject, why)]


@pytest.mark.parametrize("term", [
    {"start": "1980-01-01", "days": 30, "regime": "it_civil"}, {"start": "2100-12-20", "days": 30, "regime": "it_civil"},
    {"start": "2005-01-10", "days": 30, "regime": "it_cpc"}, {"start": "2011-01-10", "days": 30, "regime": "it_tax"},
    {"start": "2100-12-20", "working_days": 30, "regime": "fixed_instant"},
])  # fmt: skip
def test_what_the_tables_do_not_hold(term):
    with pytest.raises(NotEncoded):
        deadline(term.pop("start"), **term)


@pytest.mark.parametrize(("regime", "first"), [
    ("it_tax", "2011-05-14"), ("it_cpc", "2006-03-01"), ("it_civil", "1990-01-01"), ("eu_1182_71", "1971-07-01"),
])  # fmt: skip
def test_a_term_counted_back_ends_no_earlier_than_its_regime_is_encoded(regime, first):
    first = dt.date.fromisoformat(first)
    start = first + dt.timedelta(days=40)
    lead = {"regime": regime, "backwards": True}
    assert deadline(start, days=30, **lead).raw == first + dt.timedelta(days=10)
    with pytest.raises(NotEncoded) as caught:
        deadline(start, days=41, **lead)
    assert caught.value.asked == first - dt.timedelta(days=1)
    assert caught.value.first == first


@pytest.mark.parametrize(
    ("start", "regime"), [("2016-05-13", "it_tax"), ("2012-01-01", "it_tax"), ("2011-02-28", "it_cpc")]
)
def test_years_back_into_law_that_is_not_encoded(start, regime):
    with pytest.raises(NotEncoded, match=r"the law of .* is not encoded; the rules hold from"):
        deadline(start, years=5, regime=regime, backwards=True)
    assert deadline(start, years=5, regime="fixed_instant", backwards=True).day < dt.date.fromisoformat(start)


def test_what_needs_no_table_needs_none():
    assert deadline("1980-01-01", days=30, regime="validity").day == dt.date(1980, 1, 31)
    assert parse_day("1980-01-31") < CALENDAR.first


def test_days_in_the_wrong_order():
    assert faults(lambda: deadline_between("2026-01-05", "2026-01-01", days=1, regime="it_civil")) == [
        ("last", "2026-01-01 lies before 2026-01-05")
    ]
