# SPDX-License-Identifier: Apache-2.0
"""A column tells a fact exactly, or its type is a fault: none is taken for a column that tells nothing, and none is rounded."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from decimal import Decimal

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import misure
from misure import batch
from misure.batch.native import native
from misure.ground.errors import BadFacts
from misure.ground.place import Place
from tests.batch.test_hours_of_filing import CALL, ON, opened

NUMBERS = "whole numbers, decimals (at most 2), or whole cents named costs_cents"
FLOATS = f"a column of binary floats is not exact: give {NUMBERS}"


def typed(value, kind):
    return pa.array([value], kind)


EXACT = {
    "whole": pa.array([7]), "narrow": typed(7, pa.int8()), "scale 0": typed(Decimal(7), pa.decimal128(20, 0)),
    "scale 2": typed(Decimal("7.00"), pa.decimal128(20, 2)), "of many": typed(Decimal("7.00"), pa.decimal256(60, 2)),
}  # fmt: skip
if hasattr(pa, "decimal32"):  # Arrow has the narrow ones from 18 on
    EXACT["of few digits"] = typed(Decimal("7.0"), pa.decimal32(5, 1))
    EXACT["of eighteen"] = typed(Decimal("7.00"), pa.decimal64(18, 2))


@pytest.mark.parametrize("column", EXACT.values(), ids=EXACT)
def test_an_exact_number_is_the_number_whatever_holds_it(column):
    answer = batch.decide(CALL, pa.table({"id": ["a"], "costs": column}), on=ON).to_pylist()
    decision = CALL.decide({"costs": "7.00"}, on=ON)
    assert (answer[0]["grant_cents"], decision.support[0].amount) == (350, Decimal("3.50"))


def test_decimals_that_count_hundreds_are_whole():
    column = typed(Decimal(700), pa.decimal128(5, -2))
    (answer,) = batch.decide(CALL, pa.table({"id": ["a"], "costs": column}), on=ON).to_pylist()
    assert answer["grant_cents"] == 35_000


WRONG = {
    "float": ([0.1 + 0.2], None, FLOATS), "narrow float": ([1.5], pa.float32(), FLOATS), "whole float": ([7.0], None, FLOATS),
    "three decimals": ([Decimal("1.234")], None, "the column has 3 decimals; at most 2 are allowed"),
    "idle zeros": ([Decimal("1.5000")], pa.decimal128(20, 4), "the column has 4 decimals; at most 2 are allowed"),
    "truth": ([True], None, f"expected a column of {NUMBERS}; got Boolean"),
    "text": (["1.50"], None, f"expected a column of {NUMBERS}; got String"),
    "category": (pa.array(["1.50"]).dictionary_encode(), None, f"expected a column of {NUMBERS}; got Categorical"),
    "duration": ([dt.timedelta(1)], None, f"expected a column of {NUMBERS}; got Duration(time_unit='us')"),
    "time": ([dt.time(1)], None, f"expected a column of {NUMBERS}; got Time"),
    "day": ([dt.date(2025, 1, 1)], None, f"expected a column of {NUMBERS}; got Date"),
    "list": ([[1]], None, f"expected a column of {NUMBERS}; got List(Int64)"),
    "wide": ([1], pa.uint64(), "UInt64 is wider than any value of a fact: cast the column to Int64"),
    "many digits": ([Decimal(10) ** 45], pa.decimal256(60, 2), "no fact is told in a column of the type decimal256(76, 2)"),
    "bytes of one length": ([b"7"], pa.binary(1), "no fact is told in a column of the type fixed_size_binary[1]"),
    "interval": ([(1, 2, 3)], pa.month_day_nano_interval(), "no fact is told in a column of the type month_day_nano_interval"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_number_in_another_type_is_a_fault(name):
    values, kind, why = WRONG[name]
    column = values if isinstance(values, pa.Array | pa.DictionaryArray) else pa.array(values, kind)
    with pytest.raises(BadFacts) as caught:
        batch.decide(CALL, pa.table({"id": ["a"], "costs": column}), on=ON)
    assert [str(fault) for fault in caught.value.faults] == [f"<frame>: costs: {why}"]


@pytest.mark.parametrize(
    ("sql", "kind"), [("uuid()", "UUID"), ("'12:00+01'::timetz", "TIME WITH TIME ZONE"), ("1::bignum", "BIGNUM")]
)
@pytest.mark.parametrize("column", ["costs", "filed_on", "filing_time", "filed_on_not_yet"])
def test_a_type_of_duckdb_that_nobody_reads_is_not_nothing(sql, kind, column):
    with pytest.raises(BadFacts) as caught:
        batch.decide(CALL, duckdb.sql(f"select 'a' as id, {sql} as {column}"), on=ON)
    assert [str(fault) for fault in caught.value.faults] == [
        f"<frame>: {column}: no fact is told in a column of the type {kind}"
    ]


def test_a_column_of_nothing_but_nulls_still_tells_nothing():
    tables = [
        pa.table({"id": ["a"], "costs": pa.nulls(1)}), pl.DataFrame({"id": ["a"], "costs": [None]}),
        pl.LazyFrame({"id": ["a"], "costs": [None]}), pd.DataFrame({"id": ["a"], "costs": [None]}),
    ]  # fmt: skip
    for table in tables:
        answer = batch.decide(CALL, table, on=ON)
        answer = answer.collect() if isinstance(answer, pl.LazyFrame) else answer
        outcome = answer["outcome"]
        assert (outcome.to_pylist() if isinstance(answer, pa.Table) else list(outcome)) == ["undecided"]
    assert batch.decide(CALL, duckdb.sql("select 'a' as id, null as costs"), on=ON).fetchall()[0][1] == "undecided"


def test_wrong_types_of_applicants_and_records_are_told_together():
    filiere = misure.catalogue()["lombardia/filiere"]
    people = pa.table({"id": ["a"], "total_score": typed(b"7", pa.binary(1)), "capofila": [7]})
    partners = pa.table({"applicant": ["a"], "id": ["x"], "codice_fiscale": typed(b"7", pa.binary(1)), "kind": [1.5]})
    with pytest.raises(BadFacts) as caught:
        batch.decide(filiere, people, on=dt.date(2022, 6, 1), tables={"partners": partners})
    assert [fault.subject for fault in caught.value.faults] == [
        "partners.codice_fiscale", "partners.kind", "capofila", "total_score",
    ]  # fmt: skip


@pytest.mark.parametrize("column", ["controller", "controlled", "control"])
def test_relations_in_a_type_that_nobody_reads_are_refused(column):
    columns = {"controller": pa.array(["A"]), "controlled": pa.array(["B"]), "control": pa.array([True])}
    with pytest.raises(BadFacts, match=r"nothing is told in a column of the type fixed_size_binary\[1\]"):
        batch.single_undertakings(pa.table(columns | {column: typed(b"7", pa.binary(1))}))


# The days of withdrawal


UNITS = ["s", "ms", "us", "ns"]
MAKES = [lambda table: table, pl.from_arrow, lambda table: table.to_pandas()]


def withdrawn(make, hour, unit, zone=None):
    gone = pa.array([dt.datetime.combine(dt.date(2025, 9, 1), dt.time(hour)), None], pa.timestamp(unit, zone))
    table = pa.table({"id": ["a", "b"], "costs": [2, 2], "filed_at": ["2025-08-01T10:00"] * 2, "gone": gone})
    return batch.select(CALL, make(table), on=ON, withdrawn="gone")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("make", MAKES)
def test_a_day_of_withdrawal_is_a_day(make, unit):
    standing = withdrawn(make, 0, unit)["standing"]
    found = standing.to_pylist() if isinstance(standing, pa.ChunkedArray) else list(standing)
    assert found == ["withdrawn", "funded"]
    with pytest.raises(BadFacts) as caught:
        withdrawn(make, 5, unit)
    assert [str(fault) for fault in caught.value.faults] == [
        "<frame>: a.gone: expected a date; got one with a time of day: give its day alone"
    ]
    with pytest.raises(BadFacts, match="take the day in Europe/Rome first"):
        withdrawn(make, 0, unit, "UTC")


def test_another_column_is_no_day_of_withdrawal():
    table = pa.table({"id": ["a"], "costs": [2], "filed_at": ["2025-08-01T10:00"], "gone": ["2025-09-01"]})
    with pytest.raises(BadFacts, match="gone: expected a column of dates; got String"):
        batch.select(opened(), table, on=ON, withdrawn="gone")


# The objects of pandas


def objects(*values):
    return pd.Series(values, dtype=object)


NOON = dt.datetime(2025, 9, 9, 12)  # noqa: DTZ001 - what a clock shows
ROME = zoneinfo.ZoneInfo("Europe/Rome")
MIXED = "the column mixes values of different types"
ENDLESS = "the column has a decimal that is infinite, or that signals that it is no number"


@pytest.mark.parametrize(("name", "column", "why"), [
    ("filed_on", objects(dt.date(2025, 7, 1), 5), MIXED), ("filed_on", objects(5, dt.date(2025, 7, 1)), MIXED),
    ("filed_on", objects(dt.date(2025, 7, 1), NOON), MIXED), ("filed_on", objects(NOON, dt.date(2025, 7, 1)), MIXED),
    ("filed_on", objects(NOON, 5), MIXED), ("filed_on", objects("2025-07-01", dt.date(2025, 7, 1)), MIXED),
    ("filed_at", objects(NOON, NOON.replace(tzinfo=dt.UTC)), MIXED), ("filed_at", objects(NOON.replace(tzinfo=dt.UTC), NOON), MIXED),
    ("filed_at", objects("2025-07-01T10:00", NOON), MIXED), ("filing_time", objects(dt.time(10), 5), MIXED),
    ("costs", objects(1, True), MIXED), ("costs", objects(True, 1), MIXED), ("costs", objects(Decimal(1), "1"), MIXED),
    ("costs", objects(1, 1.5), FLOATS), ("costs", objects(Decimal("1.5"), 0.5), MIXED), ("costs", objects(2, 1j), MIXED),
    ("costs", objects(Decimal("sNaN"), Decimal(2)), ENDLESS), ("costs", objects(2, Decimal("Infinity")), ENDLESS),
    ("costs", objects(Decimal("-Infinity"), Decimal(2)), ENDLESS), ("id", objects(Decimal("sNaN"), Decimal(2)), ENDLESS),
    ("id", objects(["a"], ["b"]), "a key is a text, a number or a day, and the column holds List(String)"),
    ("id", objects({"a": 1}, {"a": 2}), "a key is a text, a number or a day, and the column holds Struct({'a': Int64})"),
    ("costs", objects(2**70, 1), "a number in the column is wider than any value of a fact"),
    ("filed_at", objects(NOON, dt.datetime(2025, 3, 30, 2, 30, tzinfo=ROME)), MIXED),
    (
        "filed_at", objects(NOON.replace(tzinfo=ROME), dt.datetime(2025, 3, 30, 2, 30, tzinfo=ROME)),
        "2025-03-30T02:30:00 does not exist in Europe/Rome: the clock goes from 02:00 to 03:00 that night; did you mean '2025-03-30T03:30:00'?",
    ),
])  # fmt: skip
def test_objects_that_a_column_can_not_hold_exactly(name, column, why):
    frame = pd.DataFrame({"id": ["a", "b"], "costs": [2, 2], "filed_at": ["2025-07-01T10:00"] * 2} | {name: column})
    with pytest.raises(BadFacts) as caught:
        batch.select(CALL, frame, on=ON)
    assert f"<frame>: {name}: {why}" in [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("column", [
    objects(2, Decimal("2.00")), objects(2, None), objects(Decimal(2), Decimal("NaN")), objects(2, float("nan")), objects(pd.NA, 2),
])  # fmt: skip
def test_objects_that_are_numbers_or_nothing(column):
    frame = pd.DataFrame({"id": ["a", "b"], "costs": column})
    assert set(batch.decide(CALL, frame, on=ON)["grant_cents"]) <= {0, 100}


@pytest.mark.parametrize(
    ("given", "said"), [(3, "3"), (None, "nothing"), ({}, "an empty mapping"), (int, "a type")], ids=range(4)
)
def test_what_is_no_frame_is_told_in_words(given, said):
    with pytest.raises(TypeError) as caught:
        batch.decide(CALL, given, on=ON)
    assert str(caught.value) == f"frame is a dataframe of pandas, polars, Arrow or DuckDB; got {said}"


def test_objects_that_are_truths_texts_or_days():
    frame = pd.DataFrame({
        "id": objects("a", np.str_("b")), "filed_on": objects(dt.date(2025, 7, 1), pd.NaT), "filing_time": objects("10:00", None),
        "filed_on_not_yet": objects(np.bool_(False), True), "costs": [2, 2],
    })  # fmt: skip
    assert list(batch.decide(CALL, frame, on=ON)["outcome"]) == ["eligible", "refused"]


def test_instants_that_are_objects_keep_their_nanoseconds_and_their_moments():
    late = pd.Timestamp("2025-09-09T12:00:00.000000001")
    for column in (
        objects(late, late.floor("us")),
        objects(*(one.tz_localize("Europe/Rome") for one in (late, late.floor("us")))),
    ):
        frame = pd.DataFrame({"id": ["late", "sharp"], "costs": [2, 2]}).assign(filed_at=column)
        with pytest.raises(BadFacts, match=r"late\.filed_at: .* is told to less than a microsecond"):
            batch.select(CALL, frame, on=ON)
    twice = dt.datetime(2024, 10, 27, 2, 30, tzinfo=ROME)
    zoned = objects(twice.replace(fold=1), twice)
    found = native(pd.DataFrame({"filed_at": zoned}), Place("<x>")).there()["filed_at"].to_list()
    assert [one.astimezone(dt.UTC).hour for one in found] == [1, 0]


@pytest.mark.parametrize("frame", [
    pd.DataFrame([["a", 1, 2]], columns=["id", "costs", "costs"]), pd.DataFrame([["a", 1, 2]], columns=["id", 5, "5"]),
    pa.Table.from_arrays([pa.array(["a"]), pa.array([1]), pa.array([2])], ["id", "costs", "costs"]),
    duckdb.sql("select 'a' as id, 1 as costs, 2 as costs"),
])  # fmt: skip
def test_two_columns_of_one_name_are_a_fault(frame):
    for decide in (batch.decide, batch.select):
        with pytest.raises(BadFacts, match="two columns have this name"):
            decide(CALL, frame, on=ON)


def test_one_name_alone_is_not_several():
    with pytest.raises(TypeError, match=r"complete= is a truth, or several names; of one name write \['costs'\]"):
        batch.decide(CALL, pa.table({"id": ["a"]}), on=ON, complete="costs")
    with pytest.raises(TypeError, match="tables= has a dataframe for each table; got a list"):
        batch.decide(CALL, pa.table({"id": ["a"]}), on=ON, tables=[1])
