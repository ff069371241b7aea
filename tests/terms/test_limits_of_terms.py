# SPDX-License-Identifier: Apache-2.0
"""Terms exactly at what can be asked, and one beyond; every refusal with its subject and its words."""

import datetime as dt

import pytest

from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range
from misure.terms import (
    NO_OBSERVATIONS,
    MonthEnd,
    Regime,
    add_hours,
    add_working_days,
    ambiguity,
    by_end_of_day,
    by_hour,
    deadline,
    deadline_between,
    deadlines,
    fixed_date,
    instant,
    is_working_day,
    period_end,
    procedure_term,
    working_days_between,
)


def told(ask):
    with pytest.raises(BadFacts) as caught:
        ask()
    assert {fault.place.line for fault in caught.value.faults} == {0}
    return [(fault.place.path, fault.subject, fault.message) for fault in caught.value.faults]


def fixed(**term):
    return deadline("2026-01-01", regime="fixed_instant", **term)


@pytest.mark.parametrize(("term", "end"), [
    ({"days": 73_200}, "2226-06-02"), ({"days": 0}, "2026-01-01"), ({"weeks": 1}, "2026-01-08"), ({"weeks": 2, "backwards": True}, "2025-12-18"),
    ({"years": 1}, "2027-01-01"), ({"years": 2, "backwards": True}, "2024-01-01"), ({"months": 1, "backwards": True}, "2025-12-01"),
    ({"years": 7973}, "9999-01-01"), ({"years": 2025, "backwards": True}, "0001-01-01"), ({"months": 95_687, "extended": "9999-12-31"}, None),
    ({"days": 5, "suspended": 1}, "2026-01-07"), ({"days": 5, "extended": 1}, "2026-01-07"), ({"days": 5, "extended": "2026-01-06"}, "2026-01-06"),
    ({"days": 5, "extended_months": 1}, "2026-02-06"), ({"days": 5, "suspended": 0, "extended": 0}, "2026-01-06"),
    ({"days": 5, "suspended": []}, "2026-01-06"), ({"days": 5, "suspended": [["2026-01-06", "2026-01-06"]]}, "2026-01-07"),
    ({"days": 5, "suspended": [("2026-01-07", "2026-01-09")]}, "2026-01-06"), ({"days": 5, "suspended": [("2025-12-01", "2026-01-01")]}, "2026-01-06"),
    ({"days": 5, "suspended": [("2025-12-01", "2026-01-02")]}, "2026-01-07"),
    ({"days": 5, "suspended": [("2026-01-02", "2026-01-02"), ("2026-01-03", "2026-01-03")]}, "2026-01-08"),
    ({"days": 5, "suspended": [("2026-01-02", "2026-01-04"), ("2026-01-04", "2026-01-05")]}, "2026-01-10"),
    ({"days": 5, "suspended": [("2026-01-02", "2026-01-09"), ("2026-01-04", "2026-01-05")]}, "2026-01-14"),
    ({"days": 5, "suspended": [("2026-01-07", "2026-01-07"), ("2026-01-02", "2026-01-02")]}, "2026-01-08"),
    ({"months": 1, "suspended": [("2026-01-02", "2026-01-02")]}, "2026-02-02"),
    ({"working_days": 3}, "2026-01-07"), ({"working_days": 3, "feriali": True}, "2026-01-05"), ({"working_days": 0}, "2026-01-01"),
    ({"working_days": 3, "suspended": [("2026-01-02", "2026-01-04")]}, "2026-01-08"),
    ({"working_days": 3, "suspended": [("2026-01-02", "2026-01-05")], "feriali": True}, "2026-01-09"),
    ({"working_days": 3, "backwards": True}, "2025-12-29"), ({"working_days": 1, "extended": 1}, "2026-01-03"),
])  # fmt: skip
def test_where_a_term_ends_at_its_limits(term, end):
    if end is None:
        assert told(lambda: fixed(**term))[0][1] == "months"
    else:
        assert fixed(**term).day == dt.date.fromisoformat(end)


ONE_LENGTH = "a term has one length, in days, working_days, weeks, months or years"


@pytest.mark.parametrize(("term", "faults"), [
    ({"days": 73_201}, [("days", "73201 is longer than any term")]), ({"suspended": 73_201, "days": 1}, [("suspended", "73201 is longer than any term")]),
    ({"days": 1, "extended": 73_201}, [("extended", "73201 is longer than any term")]),
    ({"days": 1, "extended_months": 73_201}, [("extended_months", "73201 is longer than any term")]),
    ({"days": 1, "extended_months": -1}, [("extended_months", "-1 is negative: a term counted back is said by backwards=True")]),
    ({"days": 1, "extended": -1}, [("extended", "-1 is negative: a term counted back is said by backwards=True")]),
    ({"years": 7974}, [("length", "2026-01-01 and 95688 months lie outside the calendar")]),
    ({"years": 2026, "backwards": True}, [("length", "2026-01-01 and -24312 months lie outside the calendar")]),
    ({"days": "5"}, [("days", "expected a whole number; got '5'")]),
    ({"days": 1, "weeks": 1}, [("length", f"{ONE_LENGTH}; got days and weeks")]), ({}, [("length", ONE_LENGTH)]),
    ({"feriali": True}, [("length", ONE_LENGTH)]), ({"months": 1, "feriali": True}, [("feriali", "says which days are working days, and a term in months counts them all")]),
    ({"days": 1, "backwards": 1}, [("backwards", "yes or no is said by True or False; got 1")]),
    ({"working_days": 1, "feriali": "si"}, [("feriali", "yes or no is said by True or False; got 'si'")]),
    ({"days": 1, "suspended": 1, "backwards": True}, [("backwards", "a term counted back from a day is neither suspended nor extended here")]),
    ({"days": 1, "suspended": [("2026-01-01", "2026-01-02")], "backwards": True}, [("backwards", "a term counted back from a day is neither suspended nor extended here")]),
    ({"days": 1, "extended": 0, "backwards": True}, [("backwards", "a term counted back from a day is neither suspended nor extended here")]),
    ({"days": 1, "extended_months": 0, "backwards": True}, [("backwards", "a term counted back from a day is neither suspended nor extended here")]),
    ({"days": 1, "extended": "2026-01-01"}, [("extended", "the day to which the term is extended does not lie after its start")]),
    ({"days": 5, "extended": "2026-01-05"}, [("extended", "the term runs until 2026-01-06: 2026-01-05 would shorten it")]),
    ({"days": 5, "extended": 1.5}, [("extended", "expected a date; got 1.5")]), ({"days": 5, "extended": "x"}, [("extended", "'x' is not a date: write YYYY-MM-DD")]),
    ({"days": 1, "extended": 0, "extended_months": 0}, [("extended_months", "a term is extended by days, by months or to a day: say one of them")]),
    ({"working_days": 1, "suspended": 1}, [("suspended", "say which days: how many of them are working days depends on that")]),
    ({"days": 1, "suspended": ("2026-01-01", "2026-01-02")}, [("suspended", "expected a first and a last day; got '2026-01-01'")]),
    ({"days": 1, "suspended": [("2026-01-01",)]}, [("suspended", "expected a first and a last day; got a list")]),
    ({"days": 1, "suspended": [("2026-01-02", "x")]}, [("suspended", "'x' is not a date: write YYYY-MM-DD")]),
    ({"days": 1, "suspended": True}, [("suspended", "expected a number of days, or pairs of a first and a last day; got true")]),
    ({"days": 1, "suspended": None}, [("suspended", "expected a number of days, or pairs of a first and a last day; got nothing")]),
    ({"days": 1, "suspended": [("2026-01-02", dt.date(2026, 1, 1))]}, [("suspended", "the suspension ends on 2026-01-01, before it begins")]),
    ({"days": 1, "rounding": None}, [("rounding", "expected one of last_day, next_month; got nothing")]),
    ({"days": 1, "rounding": "zz"}, [("rounding", "no rounding of months is called 'zz'; it has last_day, next_month")]),
    ({"days": 1, "rounding": "next_mont"}, [("rounding", "no rounding of months is called 'next_mont'; did you mean 'next_month'?")]),
    ({"days": 1, "place": 5}, [("place", "a place is named by its text; got 5")]), ({"days": 1, "patron": 7}, [("patron", "a patron's day is written MM-DD; got 7")]),
    ({"days": 1, "place": "Milano", "patron": "01-01"}, [("patron", "a term has the patron of a place, or of a day: not both")]),
])  # fmt: skip
def test_a_term_one_beyond_what_can_be_asked(term, faults):
    found = told(lambda: fixed(**term))
    assert {path for path, _, _ in found} == {"<deadline>"}
    assert [(subject, message) for _, subject, message in found] == faults


def test_a_term_that_leads_beyond_the_calendar():
    last = {"regime": "fixed_instant"}
    assert deadline("9999-12-20", days=10, **last).day == dt.date(9999, 12, 30)
    for days in (11, 12):
        assert told(lambda days=days: deadline("9999-12-20", days=days, **last)) == [
            ("<deadline>", "length", "the term leads outside the calendar")
        ]
    assert deadline("0001-01-05", days=4, backwards=True, **last).day == dt.date(1, 1, 1)
    assert told(lambda: deadline("0001-01-05", days=5, backwards=True, **last))[0][1] == "length"
    assert told(lambda: deadline("9999-12-20", days=5, suspended=10, **last))[0][1] == "length"


def test_the_regime_is_named_or_given():
    assert deadline("2026-01-01", days=1, regime=Regime.VALIDITY) == deadline("2026-01-01", days=1, regime="validity")
    assert told(lambda: deadline("2026-01-01", days=1, regime=None))[0][1] == "regime"
    assert told(lambda: period_end("2026-13-01", regime="it_civl", backwards="x", place=3)) == [
        ("<period_end>", "backwards", "yes or no is said by True or False; got 'x'"),
        ("<period_end>", "place", "a place is named by its text; got 3"),
        ("<period_end>", "regime", str(told(lambda: deadline("2026-01-01", days=1, regime="it_civl"))[0][2])),
        ("<period_end>", "start", "2026-13-01 does not exist: there is no month 13"),
    ]
    assert told(lambda: fixed_date("x", patron=5)) == [
        ("<fixed_date>", "patron", "a patron's day is written MM-DD; got 5"),
        ("<fixed_date>", "start", "'x' is not a date: write YYYY-MM-DD"),
    ]
    assert fixed_date("2026-12-07", place="Milano").day == dt.date(2026, 12, 9)
    assert fixed_date("2026-12-07", patron="12-07").day == dt.date(2026, 12, 9)
    assert period_end("2026-12-07", regime="it_civil", place="Milano").day == dt.date(2026, 12, 9)
    assert period_end("2026-12-07", regime="it_civil", patron="12-07").day == dt.date(2026, 12, 9)


def test_a_start_between_two_days():
    same = deadline_between("2026-11-10", "2026-11-10", days=30, regime="it_civil")
    assert same == Range(dt.date(2026, 12, 10), dt.date(2026, 12, 10))
    assert told(lambda: deadline_between("2026-11-11", "2026-11-10", days=30, regime="it_civil")) == [
        ("<deadline_between>", "last", "2026-11-10 lies before 2026-11-11")
    ]
    assert told(lambda: deadline_between("2026-11-11", "x", days=30, regime="it_civil"))[0][:2] == (
        "<deadline>",
        "start",
    )


# Terms in doubt


def readings(doubt):
    return [
        (str(one.deadline.day), one.deadline.regime.value, one.rounding.value, one.assumes) for one in doubt.readings
    ]


@pytest.mark.parametrize(("term", "expected"), [
    ({"days": 0, "regimes": ["it_civil", "fixed_instant"]}, [("2026-02-02", "it_civil", "last_day", ""), ("2026-02-01", "fixed_instant", "last_day", "")]),
    ({"months": 1, "regimes": ["it_civil"]}, [("2026-03-02", "it_civil", "last_day", ""), ("2026-03-02", "it_civil", "next_month", "")]),
    ({"days": 1, "extended_months": 1, "regimes": ["validity"]}, [("2026-03-02", "validity", "last_day", ""), ("2026-03-02", "validity", "next_month", "")]),
    ({"years": 1, "regimes": ["validity"]}, [("2027-02-01", "validity", "last_day", ""), ("2027-02-01", "validity", "next_month", "")]),
    ({"weeks": 1, "regimes": ["it_civil"]}, [("2026-02-09", "it_civil", "last_day", "")]),
    ({"days": 8, "backwards": True, "regimes": ["it_cpc", "it_civil", "it_tax", "eu_1182_71", "validity"]}, [
        ("2026-01-23", "it_cpc", "last_day", ""), ("2026-01-24", "it_cpc", "last_day", "saturday_stays"),
        ("2026-01-24", "it_civil", "last_day", ""), ("2026-01-24", "it_civil", "last_day", "does_not_move"),
        ("2026-01-23", "it_tax", "last_day", ""), ("2026-01-24", "it_tax", "last_day", "does_not_move"),
        ("2026-01-24", "eu_1182_71", "last_day", ""), ("2026-01-24", "validity", "last_day", ""),
    ]),
    ({"months": 1, "backwards": True, "regimes": ["it_civil"]}, [
        ("2025-12-31", "it_civil", "last_day", ""), ("2026-01-01", "it_civil", "last_day", "does_not_move"),
        ("2025-12-31", "it_civil", "next_month", ""), ("2026-01-01", "it_civil", "next_month", "does_not_move"),
    ]),
])  # fmt: skip
def test_every_reading_of_a_term_in_doubt(term, expected):
    found = ambiguity("2026-02-01", **term)
    assert readings(found) == expected
    days = sorted({day for day, *_ in expected})
    assert [str(day) for day in found.days] == days
    assert (str(found.earliest), str(found.latest), found.matters) == (days[0], days[-1], len(days) > 1)


def test_what_is_told_of_a_term_in_doubt_that_cannot_be():
    assert told(lambda: ambiguity("2026-01-01", days=1, regimes="it_civil")) == [
        ("<ambiguity>", "regimes", "expected a list of counting regimes; got 'it_civil'")
    ]
    assert told(lambda: deadlines("2026-01-01", regimes=["it_civil"])) == [("<ambiguity>", "length", ONE_LENGTH)]
    by_default = deadlines("2026-11-21", days=0)
    assert [(str(end.day), end.regime.value) for end in by_default] == [
        ("2026-11-21", "it_civil"),
        ("2026-11-23", "eu_1182_71"),
    ]
    rounded = deadlines("2026-01-30", months=1, regimes=["validity"])
    assert [str(end.day) for end in rounded] == ["2026-02-28"]
    assert ambiguity("2026-01-30", months=1, regimes=["validity"]).readings[1].rounding is MonthEnd.NEXT_MONTH
    back = deadlines("2026-12-31", days=18, backwards=True, regimes=["it_cpc"])
    assert [str(end.day) for end in back] == ["2026-12-11"]


# Hours and working days


@pytest.mark.parametrize(("at", "inclusive", "day"), [
    ("2026-11-15T00:00", True, "2026-11-15"), ("2026-11-15T00:00", False, "2026-11-14"), ("2026-11-15T00:00:00.000001", False, "2026-11-15"),
    ("2026-11-15T24:00", True, "2026-11-16"), ("2026-11-15T24:00", False, "2026-11-15"),
])  # fmt: skip
def test_the_last_day_of_a_deadline_with_an_hour(at, inclusive, day):
    assert by_hour(at, hour_inclusive=inclusive).day == dt.date.fromisoformat(day)


def test_a_moment_just_before_and_just_after():
    for inclusive in (True, False):
        noon = by_hour("2026-11-15T12:00", hour_inclusive=inclusive)
        assert noon.admits("2026-11-15T11:59:59.999999")
        assert noon.admits("2026-11-15T12:00") is inclusive
        assert not noon.admits("2026-11-15T12:00:00.000001")
    assert by_end_of_day(dt.date(2026, 11, 15)).hour_inclusive is False


@pytest.mark.parametrize(("ask", "fault"), [
    (lambda: by_hour("2026-11-15T12:00", hour_inclusive=1), ("<by_hour>", "hour_inclusive", "yes or no is said by True or False; got 1")),
    (lambda: by_hour("x", hour_inclusive=True), ("<by_hour>", "moment", "'x' is not a day with an hour: write YYYY-MM-DDTHH:MM")),
    (lambda: by_end_of_day("x"), ("<by_end_of_day>", "day", "'x' is not a date: write YYYY-MM-DD")),
    (lambda: instant("x"), ("<instant>", "moment", "'x' is not a day with an hour: write YYYY-MM-DDTHH:MM")),
    (lambda: by_end_of_day("2026-11-15").admits("x"), ("<instant>", "moment", "'x' is not a day with an hour: write YYYY-MM-DDTHH:MM")),
    (lambda: add_hours("x", 1), ("<add_hours>", "start", "'x' is not a day with an hour: write YYYY-MM-DDTHH:MM")),
    (lambda: add_hours("2026-11-15T12:00", -1), ("<add_hours>", "hours", "a term has a whole number of hours, not less than none; got -1")),
    (lambda: add_hours("2026-11-15T12:00", 1, count="whole"), ("<add_hours>", "hours", "hours are not counted as 'whole'; did you mean 'whole_hours'?")),
    (lambda: add_hours("2026-11-15T12:00", 1, count=None), ("<add_hours>", "hours", "expected one of elapsed, whole_hours; got nothing")),
    (lambda: add_hours("2026-11-15T12:00", 1, backwards=None), ("<add_hours>", "backwards", "yes or no is said by True or False; got nothing")),
    (lambda: is_working_day("x"), ("<is_working_day>", "day", "'x' is not a date: write YYYY-MM-DD")),
    (lambda: is_working_day("2026-01-01", feriali=0), ("<is_working_day>", "feriali", "yes or no is said by True or False; got 0")),
    (lambda: is_working_day("2026-01-01", patron="1"), ("<is_working_day>", "place", "'1' is not a day of the year: write MM-DD")),
    (lambda: add_working_days("x", 1), ("<add_working_days>", "start", "'x' is not a date: write YYYY-MM-DD")),
    (lambda: add_working_days("2026-01-01", True), ("<add_working_days>", "days", "expected a whole number; got true")),
    (lambda: add_working_days("2026-01-01", 1, feriali=1), ("<add_working_days>", "feriali", "yes or no is said by True or False; got 1")),
    (lambda: add_working_days("2026-01-01", 1, place=3), ("<add_working_days>", "place", "a place is named by its text; got 3")),
    (lambda: working_days_between("x", "2026-01-01"), ("<working_days_between>", "start", "'x' is not a date: write YYYY-MM-DD")),
    (lambda: working_days_between("2026-01-01", "x"), ("<working_days_between>", "end", "'x' is not a date: write YYYY-MM-DD")),
    (lambda: working_days_between("2026-01-01", "2026-01-02", feriali=1), ("<working_days_between>", "feriali", "yes or no is said by True or False; got 1")),
    (lambda: working_days_between("2026-01-01", "2026-01-02", place=""), None),
    (lambda: deadline("2026-01-01", days=1, regime="it_civil").is_over("x"), ("<is_over>", "on", "'x' is not a date: write YYYY-MM-DD")),
])  # fmt: skip
def test_what_is_told_of_each_argument(ask, fault):
    found = told(ask)
    assert found == [fault] if fault else found[0][:2] == ("<working_days_between>", "place")


def test_hours_of_both_ways_and_counts():
    start = "2026-10-25T02:30"
    assert str(add_hours(start, 1, fold=0)) == "2026-10-25T02:30:00+01:00"
    assert str(add_hours(start, 1, fold=1)) == "2026-10-25T03:30:00+01:00"
    assert str(add_hours(start, 1, fold=1, backwards=True)) == "2026-10-25T02:30:00+02:00"
    assert str(add_hours(start, 1, fold=1, count="whole_hours")) == "2026-10-25T04:00:00+01:00"
    assert str(by_hour(start, hour_inclusive=True, fold=1).at) == "2026-10-25T02:30:00+01:00"
    assert add_working_days("2026-12-04", 1, place="Milano") == dt.date(2026, 12, 9)
    assert add_working_days("2026-12-04", 1, patron="12-07", feriali=True) == dt.date(2026, 12, 5)
    assert working_days_between("2026-12-04", "2026-12-09", patron="12-07", feriali=True) == 2


# Procedures


@pytest.mark.parametrize(("term", "end"), [
    ({"suspended": 1}, "2026-07-02"), ({"suspended": 30}, "2026-07-31"), ({"days": 1}, "2026-06-03"), ({"days": 90}, "2026-08-31"),
    ({"days": 180, "complex_procedure": True}, "2026-11-28"), ({"suspended": ("2026-06-02", "2026-06-02")}, "2026-07-02"),
    ({"suspended": ["2026-06-02", "2026-07-01"]}, "2026-07-31"), ({"notice": "2026-06-02", "observations": NO_OBSERVATIONS}, "2026-07-11"),
    ({"notice": "2026-06-10", "observations": "2026-06-10"}, "2026-07-11"), ({"notice": "2026-06-10", "observations": "2026-06-20"}, "2026-07-21"),
    # The time for observations ends on the day of the patron where the place has one.
    ({"notice": "2026-06-26", "observations": "none"}, "2026-07-11"), ({"received": "2026-11-20", "notice": "2026-11-27", "observations": "none", "place": "Milano"}, "2027-01-02"),
    ({"received": "2026-11-20", "notice": "2026-11-27", "observations": "none"}, "2026-12-30"),
])  # fmt: skip
def test_a_procedure_at_its_limits(term, end):
    received = term.pop("received", "2026-06-01")
    assert procedure_term(received, **term).day == dt.date.fromisoformat(end)


LASTS = "(L. 241/1990, art. 2, c. 7); got"


@pytest.mark.parametrize(("term", "faults"), [
    ({"suspended": 0}, [("suspended", f"a suspension lasts from 1 to 30 days {LASTS} 0")]), ({"suspended": 31}, [("suspended", f"a suspension lasts from 1 to 30 days {LASTS} 31")]),
    ({"suspended": ("2026-06-02", "2026-07-02")}, [("suspended", f"a suspension lasts from 1 to 30 days {LASTS} 31")]),
    ({"suspended": "2026-06-02"}, [("suspended", "the term is suspended once: a number of days, or (first, last); got '2026-06-02'")]),
    ({"suspended": True}, [("suspended", "the term is suspended once: a number of days, or (first, last); got true")]),
    ({"suspended": [("2026-06-05", "2026-06-10")]}, [("suspended", "the term is suspended once: a number of days, or (first, last); got a list")]),
    ({"suspended": ("x", "2026-06-02")}, [("suspended", "'x' is not a date: write YYYY-MM-DD")]), ({"suspended": ("2026-06-02", None)}, [("suspended", "expected a date; got nothing")]),
    ({"suspended": ("2026-06-01", "2026-07-01")}, [("suspended", f"a suspension lasts from 1 to 30 days {LASTS} 31"), ("suspended", "the suspension does not begin after the procedure")]),
    ({"days": True}, [("days", "a procedure lasts from 1 to 90 days (L. 241/1990, art. 2, c. 3); got true")]),
    ({"days": 0, "complex_procedure": True}, [("days", "a procedure lasts from 1 to 180 days (L. 241/1990, art. 2, c. 4); got 0")]),
    ({"complex_procedure": 1}, [("complex_procedure", "yes or no is said by True or False; got 1")]),
    ({"notice": "x", "observations": "y"}, [("notice", "'x' is not a date: write YYYY-MM-DD"), ("observations", "'y' is not a date: write YYYY-MM-DD")]),
    ({"notice": "2026-06-01", "observations": "2026-05-31"}, [("notice", "2026-06-01 does not lie after the start of the procedure"), ("observations", "2026-05-31 lies before the notice")]),
    ({"observations": "none"}, [("observations", "without a notice of refusal there are none")]),
    ({"received": "x", "suspended": 50, "days": 500}, [("received", "'x' is not a date: write YYYY-MM-DD")]),
    ({"place": "Milan"}, None),
])  # fmt: skip
def test_a_procedure_one_beyond_its_limits(term, faults):
    received = term.pop("received", "2026-06-01")
    found = told(lambda: procedure_term(received, **term))
    assert {path for path, _, _ in found} == {"<procedure_term>"}
    if faults is None:
        assert "did you mean 'Milano'?" in found[0][2]
    else:
        assert [(subject, message) for _, subject, message in found] == faults


@pytest.mark.parametrize(("received", "notice"), [("2009-07-04", None), ("2020-07-01", "2020-07-17")])
def test_a_procedure_on_the_first_day_of_its_law(received, notice):
    told_on = {"notice": notice, "observations": "none"} if notice else {}
    assert procedure_term(received, **told_on).start == dt.date.fromisoformat(received)
    earlier = dt.date.fromisoformat(notice or received) - dt.timedelta(days=1)
    with pytest.raises(NotEncoded) as caught:
        procedure_term(received if notice else earlier, **(told_on | {"notice": earlier} if notice else {}))
    assert caught.value.asked == earlier
