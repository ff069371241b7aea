# SPDX-License-Identifier: Apache-2.0
"""Engines bear days and instants that Python's calendar has not: such a row is at fault, and nothing fails."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

import misure
from misure import batch
from tests.batch.chosen import ON, frames, measure_of
from tests.batch.engines import Engine
from tests.batch.test_selection import some

MICROSECONDS = pa.timestamp("us", "UTC")
GOOD = 1_706_774_400_000_000
FIRST, LAST = -62_135_596_800_000_000, 253_402_300_800_000_000
"""The first instant of the calendar, and the first after it, in microseconds."""
WHY = "D-0.filed_at: 'an instant outside the calendar' is not a day with an hour: write YYYY-MM-DDTHH:MM"


def with_column(table, name, values, kind):
    return table.set_column(table.column_names.index(name), name, pa.array(values, kind))


def faults(engine, name, told, records):
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(measure_of(name), engine.frame(told), on=ON, tables={"members": engine.frame(records)})
    return [str(fault).removeprefix("<frame>: ") for fault in caught.value.faults]


@pytest.mark.parametrize("kind", [MICROSECONDS, pa.timestamp("us")], ids=["with a zone", "on the clock"])
@pytest.mark.parametrize("instant", [LAST, FIRST - 86_400_000_001], ids=["after it", "before it"])
def test_an_instant_of_filing(engine, instant, kind):
    told, records = frames(some(3, born_on=dt.date(1990, 1, 1)))
    told = with_column(told, "filed_at", [instant, GOOD, GOOD + 1], kind)
    assert faults(engine, "counter", told, records) == [WHY]


DAYS = {"a day after it": 2_932_897, "a day before it": -719_163}


@pytest.mark.parametrize("day", DAYS.values(), ids=list(DAYS))
@pytest.mark.parametrize(("column", "hint"), [("born_on", ""), ("filed_on", ", or not_yet")])
@pytest.mark.parametrize("kind", ["polars", "polars lazy", "duckdb", "pyarrow"])
def test_a_day(kind, column, hint, day):
    told, records = frames(some(3, born_on=dt.date(1990, 1, 1)))
    told = with_column(told, column, [day, None, None], pa.date32())
    why = f"D-0.{column}: 'a day outside the calendar' is not a date: write YYYY-MM-DD{hint}"
    assert why in faults(Engine(kind), "ranking", told, records)


def test_a_day_in_the_form_of_pandas(engine):
    told, records = frames(some(3, born_on=dt.date(1990, 1, 1)))
    told = with_column(told, "born_on", [LAST, 0, 0], pa.timestamp("us"))
    why = "D-0.born_on: 'a day outside the calendar' is not a date: write YYYY-MM-DD"
    assert faults(engine, "ranking", told, records) == [why]


@pytest.mark.parametrize("kind", ["polars", "polars lazy", "duckdb", "pyarrow"])
def test_a_day_of_filing_outside_it_is_bad_facts_of_its_own_row(kind):
    told, _ = frames(some(2, born_on=dt.date(1990, 1, 1)))
    told = told.drop_columns(["filed_at", "admitted", "window", "members_known"])
    sound = with_column(told, "filed_on", [19_754, 19_754], pa.date32())
    wrong = with_column(told, "filed_on", [2_932_897, 19_754], pa.date32())
    engine = Engine(kind)
    answers = [engine.by_key(batch.decide(measure_of("counter"), engine.frame(each), on=ON)) for each in (sound, wrong)]
    assert answers[1]["D-0"]["outcome"] == "bad_facts"
    assert answers[1]["D-1"] == answers[0]["D-1"]


@pytest.mark.parametrize("day", ["0005-01-01 (BC)", "infinity", "-infinity"])
def test_a_day_that_only_duckdb_has_is_told_and_cannot_be(day):
    engine = Engine("duckdb")
    rows = f"select 0 as id, date '{day}' as filed_on union all select 1, date '2024-02-01'"
    answers = engine.by_key(batch.decide(measure_of("counter"), engine.connection.sql(rows), on=ON))
    assert [answers[key]["outcome"] == "bad_facts" for key in (0, 1)] == [True, False]
