# SPDX-License-Identifier: Apache-2.0
"""A selection among the rows of a frame says of each what the selection among objects says."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import Application, batch
from misure.batch.filings import Filings
from misure.batch.placements import COLUMNS
from misure.deciding.machinery import compiled
from misure.ground.clock import instant
from misure.ground.place import Place
from misure.selecting.candidates import moment
from misure.testing.worked_cases import cases_of_measure
from tests.batch.chosen import MEASURES, ON, applications, code, frames, measure_of, row_of, rows, selected
from tests.batch.engines import KINDS, Engine
from tests.batch.frames import frames_of


@pytest.mark.parametrize("name", MEASURES)
@settings(max_examples=40)
@given(st.data())
def test_a_frame_says_what_objects_say(name, data):
    measure = measure_of(name)
    told = data.draw(rows(measure))
    gone = data.draw(st.lists(st.sampled_from([row["id"] for row in told]), unique=True, max_size=2))
    approved = data.draw(st.sampled_from([None, dt.date(2024, 5, 10)]))
    engine = Engine(data.draw(st.sampled_from(KINDS)))
    form = data.draw(st.sampled_from([{}, {"zone": "UTC"}, {"zone": "America/New_York"}, {"as_text": True}]))
    expected = measure.select(applications(told), on=ON, approved_on=approved)
    day = dt.date(2024, 5, 20)
    if gone:
        expected = expected.withdraw(*gone, on=day)
    found = selected(engine, measure, told, approved_on=approved, withdrawn=dict.fromkeys(gone, day), **form)
    assert [row.pop("id") for row in found] == [row["id"] for row in told]
    assert found == [row_of(expected, row["id"]) for row in told]


def some(number=6, **office):
    """Applications that ask 6,000 EUR each, filed second after second."""
    return [
        {"id": f"D-{n}", "filed_at": f"2024-02-01T09:00:0{n}", "filed_on": None, "admitted": None, "window": None,
         "active": True, "young": False, "place": "mi", "costs": 12000, "points_given": 90 - n, "firm": code(n),
         "born_on": None, "members": [code(n)], "members_known": True} | office
        for n in range(number)
    ]  # fmt: skip


def standings_of(measure, told):
    """What the selection among objects says of each, in their order."""
    chosen = measure.select(applications(told), on=ON)
    return [str(chosen[row["id"]].standing) for row in told]


@pytest.mark.parametrize("writing", [" {}", "it {}", "TINIT-{}", "{}\n"])
@pytest.mark.parametrize(("name", "told"), [("ranking", "firm"), ("list", "firm"), ("counter", "members")])
def test_two_writings_of_one_code_are_one_firm(engine, name, told, writing):
    same, measure = some(3), measure_of(name)
    for row in same[:2]:
        row["members"] = [code(9)]
        row["firm"] = code(9)
    written = [dict(row) for row in same]
    other = writing.format(code(9))
    written[1][told] = [other] if told == "members" else other
    found = selected(engine, measure, written)
    standings = [row["standing"] for row in found]
    # What objects say of the others, each library says too: that is another test's.
    assert standings == standings_of(measure, same)
    assert standings != standings_of(measure, some(3))
    expected = measure.select(applications(written), on=ON)
    assert [{name: row[name] for name in row if name != "id"} for row in found] == [
        row_of(expected, row["id"]) for row in found
    ]


def test_the_columns_of_an_answer(engine):
    found = selected(engine, measure_of("ranking"), some(4, born_on=dt.date(1990, 1, 1)))
    assert list(found[0]) == ["id", *COLUMNS]
    assert [tuple(row[name] for name in ("id", "standing", "funded", "place_to", "amount_cents_to")) for row in found] == [
        ("D-0", "funded", True, 1, 600000), ("D-1", "funded", True, 2, 600000), ("D-2", "waiting", False, 3, 0),
        ("D-3", "waiting", False, 4, 0),
    ]  # fmt: skip
    assert {row["envelope"] for row in found} == {"milano"}
    assert {row["window"] for row in found} == {"prima"}


def test_the_types_of_an_answer_are_its_own_whatever_is_null():
    measure = measure_of("list")
    told = some(2, place=None, admitted=None, active=None)
    table, _ = frames(told)
    table = table.drop_columns(["members_known"])
    answer = batch.select(measure, pl.from_arrow(table), on=ON)
    assert answer.schema == {"id": pl.String, **{name: _POLARS[str(kind)] for name, kind in COLUMNS.items()}}
    frame = table.to_pandas().set_index(pd.Index(["x", "y"]))
    answer = batch.select(measure, frame, on=ON)
    assert list(answer.index) == ["x", "y"]
    assert (answer["funded"].dtype, answer["place_from"].dtype) == (pd.BooleanDtype(), pd.Int64Dtype())


_POLARS = {"String": pl.String, "Boolean": pl.Boolean, "Int64": pl.Int64}


def test_keys_may_be_numbers_and_rows_keep_their_order(engine):
    measure = measure_of("counter")
    told = some(6)
    random.Random(3).shuffle(told)
    table, records = frames(told)
    numbers = {row["id"]: number for number, row in enumerate(told, 100)}
    table = table.set_column(0, "number", pa.array(list(numbers.values())))
    of = pa.array([numbers[one] for one in records["applicant"].to_pylist()], pa.int32())
    records = records.set_column(0, "of", of)
    answer = batch.select(
        measure, engine.frame(table), on=ON, tables={"members": engine.frame(records)}, key="number", parent="of",
        withdrawn={100: dt.date(2024, 5, 1)},
    )  # fmt: skip
    expected = measure.select(applications(told), on=ON).withdraw(told[0]["id"], on=dt.date(2024, 5, 1))
    found = engine.rows(answer)
    assert [row.pop("number") for row in found] == list(numbers.values())
    assert found == [row_of(expected, row["id"]) for row in told]


def test_days_of_withdrawal_may_stand_in_a_column(engine):
    told = some(4, born_on=dt.date(1990, 1, 1))
    table, _ = frames(told)
    table = table.drop_columns(["members_known"])
    table = table.append_column("gone", pa.array([dt.date(2024, 5, 1), None, None, None], pa.date32()))
    measure = measure_of("ranking")
    found = engine.rows(batch.select(measure, engine.frame(table), on=ON, withdrawn="gone"))
    assert [row["standing"] for row in found] == ["withdrawn", "funded", "funded", "waiting"]


def test_a_frame_without_rows(engine):
    table, records = (one.slice(0, 0) for one in frames(some(1)))
    assert engine.rows(batch.select(measure_of("counter"), engine.frame(table), on=ON,
                                    tables={"members": engine.frame(records)})) == []  # fmt: skip


@pytest.mark.parametrize("kind", ["polars", "pyarrow"])
def test_a_table_that_is_not_given_may_hold_anybody(kind):
    table, _ = frames(some(2))
    table = table.drop_columns(["members_known"])
    found = Engine(kind).rows(batch.select(measure_of("counter"), Engine(kind).frame(table), on=ON))
    assert {row["standing"] for row in found} == {"depends"}


def test_a_thousand_applications_say_what_as_many_objects_say(engine):
    draws = random.Random(11)
    told = [
        row | {"id": f"D-{n}", "points_given": draws.randrange(60, 70), "young": draws.random() < 0.3,
               "place": draws.choice(["mi", "bg"]), "costs": draws.randrange(200, 30_000), "firm": code(draws.randrange(900)),
               "born_on": dt.date(1990 + draws.randrange(3), 1, 1), "filed_at": f"2024-0{draws.randrange(1, 5)}-01T09:00:0{n % 10}"}
        for n, row in enumerate(some(1) * 1000)
    ]  # fmt: skip
    measure = measure_of("ranking").vary(budget="1000000.00 EUR", small_budget="300000.00 EUR")
    expected = measure.select(applications(told), on=ON)
    by_id = {placement.id: placement for placement in expected.placements}
    assert len({placement.standing for placement in by_id.values()}) >= 4
    found = selected(engine, measure, told)
    columns = compiled(expected).allocation
    for row, one in enumerate(found):
        assert one["standing"] == by_id[one["id"]].standing
        if one["place_from"] is not None:
            assert (one["place_from"], one["place_to"]) == (columns.place_first[row], columns.place_last[row])
        assert (one["amount_cents_from"], one["amount_cents_to"]) == (columns.award_least[row], columns.award_most[row])


def test_where_the_act_contradicts_itself_everything_is_open(engine):
    told = some(2, young=True)
    told[1]["place"] = "bg"
    measure = measure_of("clashing")
    found = selected(engine, measure, told)
    assert [row["admitted"] for row in found] == [None, True]
    assert [(row["asked_cents_from"], row["asked_cents_to"]) for row in found] == [(0, 1000000), (600000, 600000)]
    expected = measure.select(applications(told), on=ON)
    assert [row | {"id": one["id"]} for row, one in zip(found, told, strict=True)] == [
        {"id": one["id"], **row_of(expected, one["id"])} for one in told
    ]


@given(st.lists(st.datetimes(*map(dt.datetime.fromisoformat, ("1905-01-01", "2099-12-31"))), min_size=1, max_size=20))
def test_the_clock_of_a_column_is_that_of_a_single_instant(walls):
    for zone in (None, "UTC"):
        table = pa.table({"filed_at": pa.array(walls, pa.timestamp("us", zone))})
        found = Filings.of(nw.from_native(table), Place("<test>"), [])
        for row, wall in enumerate(walls):
            try:
                # A column has no `fold`: of an hour that comes twice it does not say which.
                at = instant(wall.replace(fold=0) if zone is None else wall.replace(tzinfo=dt.UTC))
            except ValueError:
                assert (found.filed[row], row in found.odd) == (None, True)
                continue
            assert (found.filed[row], found.days[row]) == (moment(at), at.day.toordinal())


CHANGES = [f"{day}T{hour:02}:{minute}:00" for day in ("2024-03-30", "2024-03-31", "2024-10-27", "1976-05-30", "1944-04-03")
           for hour in range(5) for minute in ("00", "30", "59")]  # fmt: skip


def test_the_hours_around_a_change_of_the_clock():
    walls = [dt.datetime.fromisoformat(text) for text in CHANGES]
    test_the_clock_of_a_column_is_that_of_a_single_instant.hypothesis.inner_test(walls)


LONGEST = ("lombardia/verso-nuovi-mercati", "lombardia/tecnologie-strategiche-step")
BUNDLED = [name for name, measure in misure.catalogue().items() if measure.rulebook.selection is not None]


@cache
def worked_selection(name):
    """The applicants of the worked cases of most days, in columns, and what the selection among objects says of them."""
    measure = misure.catalogue()[name]
    by_day = {}
    for case in cases_of_measure(measure):
        by_day.setdefault(case.on, []).append(case)
    on, cases = max(by_day.items(), key=lambda item: len(item[1]))
    dossiers, told = [], []
    for number, case in enumerate(cases):
        try:
            dossier = compiled(measure).facts.read(case.facts, on, text_source=True)
            compiled(measure).decide(dossier)
        except misure.MisureError:
            continue
        said = dossier.said()
        filed = dict(zip([column.name for column in dossier.layout.inputs], dossier.values, strict=True)).get(
            "filed_on"
        )
        day = dt.date.fromordinal(filed) if filed else on
        time = said.get("filing_time", f"09:{number % 60:02}")
        told.append(Application(str(len(dossiers)), said, filed_at=f"{day}T{time}"))
        dossiers.append(dossier)
    applicants, tables = frames_of(dossiers)
    applicants = applicants.append_column("filed_at", pa.array([one.filed_at for one in told]))
    expected = measure.select(told, on=on)
    rows = {assumed: [row_of(expected, one.id, assumed=assumed) for one in told] for assumed in (True, False)}
    return on, applicants, tables, rows


def same_as_objects(engine, name):
    on, applicants, tables, expected = worked_selection(name)
    answer = batch.select(
        misure.catalogue()[name], engine.frame(applicants), on=on,
        tables={table: engine.frame(records) for table, records in tables.items()},
    )  # fmt: skip
    found = engine.rows(answer)
    assert len(found) == applicants.num_rows > 5
    for row in found:
        assert row == {"id": row["id"], **expected["assumed" in row][int(row["id"])]}


@pytest.mark.parametrize("name", [name for name in BUNDLED if name not in LONGEST])
def test_the_worked_cases_of_a_bundled_measure(engine, name):
    same_as_objects(engine, name)


@pytest.mark.parametrize("name", LONGEST)
@pytest.mark.parametrize("kind", [pytest.param(kind, marks=[pytest.mark.wide] * (kind != KINDS[0])) for kind in KINDS])
def test_the_worked_cases_of_the_longest_measures(kind, name):
    """One library first, for each lays out a plan as long as the measure: how they decide it alike, `tests/laws` asks of all."""
    same_as_objects(Engine(kind), name)
