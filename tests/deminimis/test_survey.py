# SPDX-License-Identifier: Apache-2.0
"""A survey tells of everybody what headroom tells of each, and from which day more is left."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misure.deminimis import Aid, Gap, Ledger, headroom, survey
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range
from tests.deminimis.test_course import ledgers
from tests.deminimis.test_headroom_properties import options, regulations

ON = dt.date(2025, 3, 1)
groupings = st.sampled_from([
    (), (("alfa", "beta"),), (("alfa", "delta"), ("gamma",)),
    (SimpleNamespace(members=("alfa",), possible=("beta",)),), (SimpleNamespace(members=("delta",), possible=("beta", "gamma")),),
])  # fmt: skip


def asked(ledger, each, on, regulation, chosen):
    group = SimpleNamespace(members=each.members, possible=each.possible)
    return headroom(ledger, group, on=on, regulation=regulation, options=chosen, later="ignore")


@settings(max_examples=40)
@given(
    ledgers() | ledgers(exact=True),
    groupings,
    regulations,
    options,
    st.dates(dt.date(2023, 1, 1), dt.date(2026, 12, 31)),
)
def test_everybody_stands_as_headroom_says(ledger, groups, regulation, chosen, on):
    found = survey(ledger, on=on, regulation=regulation, groups=groups, options=chosen, later="ignore")
    for each in found:
        of = asked(ledger, each, on, regulation, chosen)
        assert (each.used, each.left, each.overdrawn, found.ceiling) == (of.used, of.amount, of.overdrawn, of.ceiling)
    names = [name for each in found for name in each.members]
    assert len(names) == len(set(names))
    possible = {name for group in groups if isinstance(group, SimpleNamespace) for name in group.possible}
    grouped = {name for group in groups for name in getattr(group, "members", group)}
    gaps = {gap.beneficiary for gap in ledger.gaps} - {None}
    assert set(names) == {*ledger.beneficiaries(), *grouped, *possible, *gaps}


@settings(max_examples=25)
@given(ledgers() | ledgers(exact=True), groupings, st.sampled_from(["gen", "agri"]), options)
def test_relief_is_the_first_day_on_which_more_is_left(ledger, groups, regulation, chosen):
    found = survey(ledger, on=ON, regulation=regulation, groups=groups, options=chosen, later="ignore")
    endless = ledger.without_end() if ledger.complete_until is None or ledger.complete_until >= ON else ledger
    for each in list(found)[:2]:
        now = asked(ledger, each, ON, regulation, chosen)
        days = {day for aid in ledger for day in (aid.first, aid.last) if day is not None}
        near = {day + 3 * 365 + more for day in days for more in range(3)}
        turns = {dt.date(year, month, 1).toordinal() for year in range(2025, 2030) for month in (1, 3, 7)} | {
            dt.date(2024, 12, 30).toordinal()
        }
        near |= {day.toordinal() + more for day in (each.relief, each.perhaps_from) if day for more in (-1, 0)}
        for ordinal in sorted(near | turns):
            day = dt.date.fromordinal(ordinal)
            if not ON < day <= dt.date(2029, 12, 31):
                continue
            then = asked(endless, each, day, regulation, chosen)
            if each.relief is None or day < each.relief:
                assert then.at_least <= now.at_least
            if each.perhaps_from is None or day < each.perhaps_from:
                assert then.at_most <= now.at_most
            if day == each.relief:
                assert then.at_least > now.at_least
            if day == each.perhaps_from:
                assert then.at_most > now.at_most


HELD = [
    Aid("COR-1", "alfa", "gen", "2025-01-10", "320000.00"), Aid("COR-2", "beta", "gen", "2026-03-01", "80000.00"),
    Aid("COR-3", "gamma", "gen", "2024-03-02", "290000.00"), Aid("COR-4", "delta", "gen", "2020-03-02", "290000.00"),
]  # fmt: skip
LEDGER = Ledger(HELD, complete_by="register")


def test_whoever_has_passed_most_stands_first_then_whoever_has_least():
    found = survey(LEDGER, on="2026-11-22")
    assert [each.members[0] for each in found] == ["alfa", "gamma", "beta", "delta"]
    assert [each.overdrawn for each in found] == [Decimal("20000.00"), *[Decimal("0.00")] * 3]
    assert [str(each.relief) for each in found] == ["2028-01-10", "2027-03-02", "2029-03-01", "None"]
    assert [each.members for each in found.overdrawn] == [("alfa",)]
    assert [each.members for each in found.near("10000.01")] == [("alfa",), ("gamma",)]
    assert [each.members for each in found.near("10000")] == [("alfa",)]
    assert found.doubts == ()
    assert repr(found) == "<Survey of 4 single undertakings, gen on 2026-11-22: 1 over the ceiling, or perhaps over it>"


def test_a_group_is_one():
    found = survey(LEDGER, on="2026-11-22", groups=[("beta", "gamma"), "delta"])
    assert [(each.members, each.left) for each in found] == [
        (("beta", "gamma"), Decimal("0.00")), (("alfa",), Decimal("0.00")), (("delta",), Decimal("300000.00")),
    ]  # fmt: skip


def test_who_may_belong_to_a_group_has_a_row_of_its_own():
    found = survey(LEDGER, on="2026-11-22", groups=[SimpleNamespace(members=("beta",), possible=("gamma",))])
    rows = {each.members: (each.possible, each.left) for each in found}
    assert rows[("beta",)] == (("gamma",), Range(Decimal("0.00"), Decimal("220000.00")))
    assert rows[("gamma",)] == (("beta",), Range(Decimal("0.00"), Decimal("10000.00")))


def test_more_is_surely_left_before_more_may_be_left_where_somebody_may_belong():
    held = [
        Aid("COR-1", "alfa", "gen", "2026-03-01", "80000.00"),
        Aid("COR-2", "beta", "gen", "2024-05-01", "50000.00"),
    ]
    group = SimpleNamespace(members=("alfa",), possible=("beta",))
    rows = {each.members[0]: each for each in survey(Ledger(held, complete_by="x"), on="2026-11-22", groups=[group])}
    assert rows["alfa"].left == Range(Decimal("170000.00"), Decimal("220000.00"))
    assert [str(day) for day in (rows["alfa"].relief, rows["alfa"].perhaps_from)] == ["2027-05-01", "2029-03-01"]
    assert [str(day) for day in (rows["beta"].relief, rows["beta"].perhaps_from)] == ["2027-05-01", "2027-05-01"]


def test_a_ledger_that_nobody_calls_complete_leaves_upper_ends():
    found = survey(Ledger(HELD), on="2026-11-22")
    assert [each.left for each in found][1] == Range(Decimal("0.00"), Decimal("10000.00"))
    assert [(each.relief, str(each.perhaps_from)) for each in found][:2] == [(None, "2028-01-10"), (None, "2027-03-02")]
    assert [doubt.kind for doubt in found.doubts] == ["ledger_incomplete"]
    late = survey(Ledger(HELD, complete_by="x", complete_until="2026-01-01", gaps=[Gap("a month")]), on="2026-11-22")
    assert [doubt.kind for doubt in late.doubts] == ["complete_until", "gap"]


def test_a_gap_touches_its_own_alone():
    found = survey(Ledger(HELD, complete_by="x", gaps=[Gap("a row", "beta"), Gap("a row", "zeta")]), on="2026-11-22")
    rows = {each.members[0]: each.left for each in found}
    assert isinstance(rows["beta"], Range) and isinstance(rows["zeta"], Range)
    assert rows["gamma"] == Decimal("10000.00")
    assert found.doubts == ()


def test_aid_after_the_day_is_a_slip_unless_said_otherwise():
    with pytest.raises(BadFacts, match="COR-2: granted on 2026-03-01, after 2026-01-01: say later='ignore'"):
        survey(LEDGER, on="2026-01-01")
    assert {each.members[0]: each.left for each in survey(LEDGER, on="2026-01-01", later="ignore")}["beta"] == Decimal(
        "300000.00"
    )
    many = Ledger([Aid(f"C{at}", "alfa", "gen", "2026-03-01", 1) for at in range(500)])
    with pytest.raises(BadFacts) as caught:
        survey(many, on="2026-01-01")
    assert len(caught.value.faults) == 101


@pytest.mark.parametrize(("settings_", "words"), [
    ({"groups": [("alfa", "beta"), ("beta", "gamma")]}, "'beta' is a member of group 1 and of group 2"),
    ({"groups": 7}, "groups: expected several in a row"), ({"regulation": "general"}, "no regulation is called 'general'"),
    ({"on": "yesterday"}, "on: "), ({"complete_by": "x"}, "the ledger says itself who answers for it"),
    ({"later": "never"}, "expected 'refuse' or 'ignore'"),
])  # fmt: skip
def test_what_no_survey_can_be(settings_, words):
    with pytest.raises(BadFacts) as caught:
        survey(LEDGER, **{"on": "2026-11-22"} | settings_)
    assert words in str(caught.value)


def test_other_things_than_ledgers_and_days_without_law():
    with pytest.raises(BadFacts, match="expected a Ledger"):
        survey([HELD], on="2026-11-22")
    with pytest.raises(NotEncoded):
        survey(LEDGER, on="2040-01-01")


def test_a_survey_as_columns_and_as_data():
    found = survey(LEDGER, on="2026-11-22")
    frame = pl.DataFrame(found.columns())
    assert frame["left_at_most"].to_list() == [
        Decimal("0.00"),
        Decimal("10000.00"),
        Decimal("220000.00"),
        Decimal("300000.00"),
    ]
    assert frame["members"].to_list() == ["alfa", "gamma", "beta", "delta"]
    assert found.to_dict()["standings"][0] == {
        "members": ["alfa"], "possible": [], "relief": "2028-01-10", "perhaps_from": "2028-01-10", "used": "320000.00",
        "left": "0.00", "overdrawn": "20000.00",
    }  # fmt: skip
    assert pl.DataFrame(survey(Ledger(), on="2026-11-22").columns()).height == 0


# Frames

COLUMNS = {
    "id": ["COR-1", "COR-2", "COR-3", "COR-4"], "beneficiary": ["alfa", "beta", "gamma", "delta"], "regulation": ["gen"] * 4,
    "granted_on": [dt.date(2025, 1, 10), dt.date(2026, 3, 1), dt.date(2024, 3, 2), dt.date(2020, 3, 2)],
    "amount": [Decimal("320000.00"), Decimal("80000.00"), Decimal("290000.00"), Decimal("290000.00")],
    "office": ["x"] * 4,
}  # fmt: skip
FRAMES = {
    "columns": lambda: COLUMNS, "polars": lambda: pl.DataFrame(COLUMNS), "lazy": lambda: pl.LazyFrame(COLUMNS),
    "pandas": lambda: pd.DataFrame(COLUMNS), "arrow": lambda: pl.DataFrame(COLUMNS).to_arrow(),
    "pandas days": lambda: pd.DataFrame(COLUMNS | {"granted_on": pd.to_datetime(COLUMNS["granted_on"])}),
}  # fmt: skip


@pytest.mark.parametrize("made", FRAMES.values(), ids=list(FRAMES))
def test_a_frame_is_surveyed_as_its_ledger_is(made):
    assert survey(made(), on="2026-11-22", complete_by="register") == survey(LEDGER, on="2026-11-22")


def test_a_relation_of_duckdb():
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.sql(
        "select 'alfa' as beneficiary, 'gen' as regulation, date '2025-01-10' as granted_on, 320000.00 as amount"
    )
    (standing,) = survey(relation, on="2026-11-22", complete_by="x")
    assert standing.overdrawn == Decimal("20000.00")


def test_what_a_row_does_not_tell_is_not_known():
    frame = pd.DataFrame({
        "beneficiary": ["alfa", None, "beta"], "regulation": ["gen"] * 3, "granted_on": ["2026-01-10", "2026-01-10", None],
        "amount": [None, "5", "7.00"],
    })  # fmt: skip
    found = survey(frame, on="2026-11-22", complete_by="x")
    assert [doubt.text for doubt in found.doubts] == ["1 rows name no beneficiary, first row 2"]
    assert all(isinstance(each.left, Range) for each in found)


def test_every_wrong_row_is_told_with_its_number():
    frame = pl.DataFrame({
        "beneficiary": ["alfa", "1234560157", "beta"], "regulation": ["gen", "gen", "generale"],
        "granted_on": ["2026-02-30", "2026-01-10", "2026-01-10"], "amount": ["5", "-1", "0.001"],
    })  # fmt: skip
    with pytest.raises(BadFacts) as caught:
        survey(frame, on="2026-11-22")
    told = str(caught.value)
    for words in ("row 1: granted_on: 2026-02-30 does not exist", "row 2: beneficiary: ", "row 2: amount: ", "row 3: regulation: ", "row 3: amount: "):  # fmt: skip
        assert words in told


def test_a_column_that_is_missing_is_told_with_the_nearest():
    with pytest.raises(BadFacts) as caught:
        survey({"beneficary": ["alfa"], "granted_on": ["2026-01-10"], "amount": ["1"]}, on="2026-11-22")
    assert "beneficiary: the frame has no such column; did you mean 'beneficary'?" in str(caught.value)
    assert "regulation: the frame has no such column" in str(caught.value)
    with pytest.raises(BadFacts, match="the column has 2 rows"):
        survey(COLUMNS | {"amount": ["1", "2"]}, on="2026-11-22")


@pytest.mark.parametrize("column", [7, "1.00", None, {"a": 1}, b"1"])
def test_what_is_no_column_is_told(column):
    with pytest.raises(BadFacts, match="amount: expected a column; got "):
        survey(COLUMNS | {"amount": column}, on="2026-11-22")


@pytest.mark.parametrize(
    "cell", [[1], {"a": 1}, object(), Decimal("sNaN"), Decimal("Infinity"), True, b"1", dt.date(2026, 1, 1)]
)
@pytest.mark.parametrize("name", ["beneficiary", "regulation", "granted_on", "amount", "activity"])
def test_a_hostile_cell_is_a_fault_or_not_known(name, cell):
    row = {
        "beneficiary": "alfa",
        "regulation": "gen",
        "granted_on": "2026-01-10",
        "amount": "1.00",
        "activity": None,
    } | {name: cell}
    if name == "granted_on" and isinstance(cell, dt.date):
        return
    with pytest.raises(BadFacts, match=f"row 1: {name}"):
        survey({column: [value] for column, value in row.items()}, on="2026-11-22")


def test_a_hundred_faults_of_rows_are_enough():
    frame = {
        "beneficiary": ["alfa"] * 300,
        "regulation": ["x"] * 300,
        "granted_on": ["2026-01-10"] * 300,
        "amount": ["1"] * 300,
    }
    with pytest.raises(BadFacts) as caught:
        survey(frame, on="2026-11-22")
    assert len(caught.value.faults) == 101


def test_binary_floats_are_refused_in_a_frame_too():
    frame = {"beneficiary": ["alfa"], "regulation": ["gen"], "granted_on": ["2026-01-10"], "amount": [0.5]}
    with pytest.raises(BadFacts, match="binary float"):
        survey(frame, on="2026-11-22")


def test_what_is_wrong_with_a_frame_hides_no_setting_and_no_setting_hides_a_row():
    settings_ = {"on": "2026-13-01", "regulation": "general", "groups": [("alfa",), ("alfa", "beta")]}
    sound = {"regulation": ["gen"], "granted_on": ["2025-01-01"], "amount": ["1"]}
    wanted = [
        "groups: 'alfa' is a member of group 1 and of group 2", "on: 2026-13-01 does not exist: there is no month 13",
        "regulation: no regulation is called 'general'",
    ]  # fmt: skip
    for frame, own in (
        (sound | {"benef": ["alfa"]}, ["beneficiary: the frame has no such column"]),
        (sound | {"beneficiary": ["alfa", "beta"]}, ["amount: the column has 1 rows", "beneficiary: the column has 2 rows",
                                                     "granted_on: the column has 1 rows", "regulation: the column has 1 rows"]),
        ({"beneficiary": ["alfa"], "amount": 7}, ["amount: expected a column; got 7", "granted_on: the frame has no such column",
                                                   "regulation: the frame has no such column"]),
        (sound | {"beneficiary": ["alfa"], "amount": ["x"]}, ["row 1: amount: 'x' is not a number"]),
    ):  # fmt: skip
        with pytest.raises(BadFacts) as caught:
            survey(frame, **settings_, complete_by=3)
        told = sorted(f"{fault.subject}: {fault.message}" for fault in caught.value.faults)
        expected = sorted([*wanted, *own, "complete_by: expected a text; got 3"])
        assert [line[: len(start)] for line, start in zip(told, expected, strict=True)] == expected


def test_rows_that_are_no_frame_are_told_as_what_they_are():
    with pytest.raises(BadFacts) as caught:
        survey([{"beneficiary": "alfa"}], on="2026-11-22", complete_by="Ufficio")
    assert [(fault.subject, fault.message) for fault in caught.value.faults] == [
        ("ledger", "expected a Ledger, or a frame of aid; got a list")
    ]
