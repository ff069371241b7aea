# SPDX-License-Identifier: Apache-2.0
"""A course is, on each of its days, the headroom of that day; it turns on no other day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misure.deminimis import Aid, Gap, Ledger, Options, course, headroom
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range
from misure.identifiers.forms import made_up
from tests.deminimis.test_headroom_properties import options, regulations

FROM, UNTIL = dt.date(2023, 6, 1), dt.date(2027, 6, 30)
CODE = made_up("codice_fiscale", 0)
firms = st.sampled_from(["alfa", "beta", "gamma"])
days = st.dates(dt.date(2020, 6, 1), dt.date(2026, 12, 31)) | st.just(dt.date(2024, 2, 29))
spans = days | st.tuples(days, days).map(lambda ends: Range(min(ends), max(ends))) | st.none()
amounts = st.integers(0, 200_000).map(str)
sums = amounts | st.just(Range("10000", "90000")) | st.none()


@st.composite
def ledgers(draw, exact=False):
    held = [
        Aid(f"A{at}", draw(firms), draw(st.sampled_from(["gen", "sgei", "agri", "fish"])), draw(days if exact else spans),
            draw(amounts if exact else sums))
        for at in range(draw(st.integers(0, 6)))
    ]  # fmt: skip
    gaps = () if exact else draw(st.lists(st.builds(Gap, st.just("x"), firms | st.none()), max_size=1))
    until = None if exact else draw(st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2027, 1, 1)))
    who = "x" if exact or until is not None else draw(st.sampled_from(["x", None]))
    return Ledger(held, complete_by=who, complete_until=until, gaps=gaps)


def day_by_day(ledger, group, on, regulation, chosen):
    found = headroom(ledger, group, on=on, regulation=regulation, options=chosen, later="ignore")
    return found.ceiling, found.used, found.amount, found.overdrawn


@settings(max_examples=25)
@given(
    ledgers() | ledgers(exact=True),
    st.sampled_from([("alfa",), ("alfa", "beta"), ("delta",)]),
    regulations,
    options,
    st.data(),
)
def test_on_every_day_a_course_is_the_headroom_of_that_day(ledger, group, regulation, chosen, data):
    found = course(ledger, group, FROM, UNTIL, regulation=regulation, options=chosen)
    assert (found.stretches[0].first, found.stretches[-1].last) == (FROM, UNTIL)
    for one, other in zip(found.stretches, found.stretches[1:], strict=False):
        assert other.first == one.last + dt.timedelta(1)
    some = data.draw(st.lists(st.dates(FROM, UNTIL), max_size=12))
    edges = [day for each in found.stretches for day in (each.first, each.last)]
    told = [dt.date.fromordinal(day) for aid in ledger for day in (aid.first, aid.last) if day is not None]
    near = [day + dt.timedelta(years * 365 + more) for day in told for years in (0, 3) for more in range(3)]
    turns = [dt.date(day.year + 4, 1, 1) for day in told] + [dt.date(day.year + 3, 7, 1) for day in told]
    for on in {day for day in (*some, *edges, *near, *turns) if FROM <= day <= UNTIL}:
        each = found.at(on)
        assert (each.ceiling, each.used, each.left, each.overdrawn) == day_by_day(ledger, group, on, regulation, chosen)


@settings(max_examples=25)
@given(ledgers(exact=True), regulations, options)
def test_a_course_turns_only_where_something_happens(ledger, regulation, chosen):
    found = course(ledger, ("alfa", "beta"), FROM, UNTIL, regulation=regulation, options=chosen)
    for one, other in zip(found.stretches, found.stretches[1:], strict=False):
        same = replace(one, first=other.first, last=other.last, granted=(), fallen_out=())
        assert other.granted or other.fallen_out or same != other
        # Where the law changes the years may begin earlier, and aid counts again; elsewhere it counts from its own day on.
        if regulation in {"gen", "sgei"} and other.first != dt.date(2024, 1, 1):
            assert all(aid.granted_on == other.first for aid in other.granted)


HELD = [
    Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00"), Aid("COR-2", "beta", "gen", "2026-03-01", "80000.00"),
    Aid("COR-3", "gamma", "gen", "2026-03-02", "1.00"),
]  # fmt: skip
LEDGER = Ledger(HELD, complete_by="register")


def test_what_is_passed_and_until_when():
    found = course(LEDGER, ("alfa", "beta"), "2026-01-01", "2029-12-31")
    assert [(str(each.first), str(each.last), each.overdrawn) for each in found.overdrawn] == [
        ("2026-03-01", "2028-01-09", Decimal("30000.00"))
    ]
    assert (found.least.first, found.least.left) == (dt.date(2026, 3, 1), Decimal("0.00"))
    assert (found.greatest.first, found.greatest.left) == (dt.date(2029, 3, 1), Decimal("300000.00"))
    assert [[aid.id for aid in each.granted] for each in found.stretches] == [[], ["COR-2"], [], []]
    assert [[aid.id for aid in each.fallen_out] for each in found.stretches] == [[], [], ["COR-1"], ["COR-2"]]
    assert found.members == ("alfa", "beta")


def test_after_the_last_complete_day_less_may_be_left():
    ledger = Ledger(HELD, complete_by="register", complete_until="2026-06-30")
    found = course(ledger, "alfa", "2026-06-01", "2026-12-31")
    assert [(str(each.first), each.left) for each in found.stretches] == [
        ("2026-06-01", Decimal("50000.00")), ("2026-07-01", Range(Decimal("0.00"), Decimal("50000.00"))),
    ]  # fmt: skip
    assert [doubt.kind for doubt in found.doubts] == ["complete_until"]
    assert len(course(ledger.without_end(), "alfa", "2026-06-01", "2026-12-31").stretches) == 1


def test_a_change_of_the_law_is_a_turn():
    found = course(Ledger(complete_by="x"), "alfa", "2023-12-01", "2024-01-31")
    assert [(str(each.first), each.ceiling, each.left) for each in found.stretches] == [
        ("2023-12-01", Decimal("200000.00"), Decimal("200000.00")), ("2024-01-01", Decimal("300000.00"), Decimal("300000.00")),
    ]  # fmt: skip


def test_one_day_is_a_course():
    found = course(LEDGER, "alfa", "2026-01-01", "2026-01-01")
    assert len(found.stretches) == 1
    assert found.least == found.greatest == found.at(dt.date(2026, 1, 1))


def test_a_course_as_data():
    told = course(LEDGER, ("alfa", "beta"), "2026-01-01", "2029-12-31").to_dict()
    assert told["stretches"][2]["fallen_out"][0]["id"] == "COR-1"
    assert (told["least"]["left"], told["greatest"]["left"], len(told["overdrawn"])) == ("0.00", "300000.00", 1)


@pytest.mark.parametrize(("from_", "until", "words"), [
    ("2026-01-02", "2026-01-01", "until: 2026-01-01 lies before 2026-01-02"), ("x", "y", "from_: 'x'"), ("x", "y", "until: 'y'"),
])  # fmt: skip
def test_what_no_course_can_be(from_, until, words):
    with pytest.raises(BadFacts) as caught:
        course(LEDGER, "alfa", from_, until)
    assert words in str(caught.value)


def test_days_the_wrong_way_round_are_told_with_the_rest():
    with pytest.raises(BadFacts) as caught:
        course(LEDGER, "", "2026-01-02", "2026-01-01", regulation="genn")
    assert [fault.subject for fault in caught.value.faults] == ["regulation", "undertaking", "until"]


def test_days_outside_are_refused():
    with pytest.raises(NotEncoded):
        course(LEDGER, "alfa", "2026-01-01", "2035-01-01")
    found = course(LEDGER, "alfa", "2026-01-01", "2026-02-01")
    with pytest.raises(BadFacts, match="2026-02-02 lies outside the course, from 2026-01-01 to 2026-02-01"):
        found.at("2026-02-02")
    with pytest.raises(BadFacts, match="on: "):
        found.at("soon")


def test_the_reading_of_the_years_moves_the_turn():
    found = course(LEDGER, "alfa", "2026-01-01", "2029-12-31", options=Options(convention="same_day"))
    assert [str(each.first) for each in found.stretches] == ["2026-01-01", "2028-01-11"]


@pytest.mark.parametrize(("own", "over"), [("199999.99", "99999.99"), ("200000", "100000.00"), ("200000.01", "0.01")])
def test_just_at_its_own_ceiling_a_shared_cap_says_by_how_much_it_is_passed(own, over):
    """Its own ceiling says it once that is passed itself."""
    aids = [Aid("1", CODE, "gen", "2021-03-01", own), Aid("2", CODE, "sgei", "2021-03-01", "400000")]
    chosen = Options(sgei_joint_cap=True, register=False)
    found = course(Ledger(aids, complete_by="x"), CODE, dt.date(2022, 6, 1), dt.date(2022, 6, 5), options=chosen)
    assert [stretch.overdrawn for stretch in found.stretches] == [Decimal(over)]
