# SPDX-License-Identifier: Apache-2.0
"""The frame that comes back: its kind, its columns, its words of bits, and that nothing runs before its time."""

from __future__ import annotations

import datetime as dt

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import misure
from misure import batch
from misure.batch.rows import BITS, _masks
from misure.engines.narwhals.printer import mask
from misure.program.nodes import Nodes
from tests.batch.proposals import FILIERE, NAMES, ON, applicants, firms, partners

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
TRANSFER = misure.catalogue()["lombardia/piano-export-2025"]


def test_the_names_of_the_conditions_are_in_the_order_of_the_act():
    assert NAMES == tuple(condition.id for condition in FILIERE.rulebook.conditions)
    assert NAMES[0] == "at_least_ten_firms"


BACK = [one for condition in VERSO.rulebook.conditions for one in condition.recovers]
"""What is given back after a lapse, each an amount of its own."""


def test_the_columns_of_the_answer(engine):
    filed = pa.array([dt.date(2025, 6, 20)] * 2)
    told = {"firm": ["a", "b"], "filed_on": filed, "planned_eligible_spend": [200_000, None]}
    rows = engine.rows(batch.decide(VERSO, engine.frame(told), on=dt.date(2025, 12, 1), key="firm"))
    assert list(rows[0]) == [
        "firm", "outcome", "failed", "failed_2", "unknown", "unknown_2", "loan_cents", "loan_cents_to", "grant_cents", "grant_cents_to",
        "own_share_cents", "own_share_cents_to", *(f"{one.id}_cents{end}" for one in BACK for end in ("", "_to")),
    ]  # fmt: skip
    assert {type(value) for row in rows for name, value in row.items() if name not in ("firm", "outcome")} == {int}


def test_where_nothing_is_open_there_is_one_column_of_an_amount(engine, write):
    measure = write(AMOUNTS)
    told = engine.frame({"id": [0, 1, 2], "planned_implementation": pa.array([1000, 1, 0])})
    rows = engine.by_key(batch.decide(measure, told, on=ON, complete=True))
    assert [row for _, row in sorted(rows.items())] == [
        {"outcome": "eligible", "failed": 0, "unknown": 0, "grant_cents": 33_333, "own_share_cents": 66_667},
        {"outcome": "eligible", "failed": 0, "unknown": 0, "grant_cents": 33, "own_share_cents": 67},
        {"outcome": "refused", "failed": 1, "unknown": 0, "grant_cents": 0, "own_share_cents": 0},
    ]


AMOUNTS = """
parameters:
  third: {is: 33.333%, provision: P.1}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      some_spend: {provision: P.2, text: "Una spesa", holds: planned_implementation > 0}
support:
  cite: {act: uno, at: "art. 2"}
  lines:
    grant: {form: grant, of: planned_implementation, intensity: third, provision: P.3, text: "Un terzo"}
  own_share: {of: planned_implementation, provision: P.4, text: "Il resto"}
"""


def test_an_open_amount_has_two_ends(engine, write):
    measure = write(AMOUNTS)
    told = engine.frame({"id": [0, 1], "planned_implementation": pa.array([1000, None], pa.int64())})
    rows = engine.by_key(batch.decide(measure, told, on=ON))
    assert (rows[0]["grant_cents"], rows[0]["grant_cents_to"]) == (33_333, 33_333)
    assert (rows[1]["grant_cents"], rows[1]["grant_cents_to"]) == (0, 33_333_000_000)
    assert rows[1]["outcome"] == "undecided"


def test_a_transfer_is_not_applicable(engine):
    rows = engine.rows(batch.decide(TRANSFER, engine.frame({"id": [1]}), on=dt.date(2026, 3, 2)))
    assert rows[0]["outcome"] == "not_applicable"


def test_a_pandas_answer_keeps_the_index_and_whole_numbers():
    told = applicants(3).to_pandas().set_index(pd.Index(["x", "y", "z"]))
    told.loc["y", "filed_on"] = dt.date(2022, 7, 1)
    answer = batch.decide(FILIERE, told, on=ON)
    assert list(answer.index) == ["x", "y", "z"]
    assert answer["outcome"].tolist() == ["undecided", "bad_facts", "undecided"]
    assert answer["failed"].dtype == pd.Int64Dtype()
    assert answer["failed"].isna().tolist() == [False, True, False]


def test_a_pandas_column_of_mixed_types_is_bad_facts():
    told = pd.DataFrame({"id": [1, 2], "capofila": ["a", 3]})
    with pytest.raises(misure.BadFacts) as caught:
        batch.decide(FILIERE, told, on=ON)
    assert str(caught.value) == "<frame>: capofila: the column mixes values of different types"


def test_lazy_polars_is_left_alone_until_it_is_collected():
    def never(_):
        raise AssertionError("collected")

    told = pl.from_arrow(applicants(2)).lazy().map_batches(never, schema={"id": pl.Int64, "filed_on": pl.Date})
    answer = batch.decide(FILIERE, told, on=ON, check_keys=False)
    assert isinstance(answer, pl.LazyFrame)
    assert answer.collect_schema().names() == ["id", "outcome", "failed", "unknown"]


def test_polars_may_mix_lazy_applicants_with_records_that_are_there():
    told, records = pl.from_arrow(applicants(1)).lazy(), pl.from_arrow(partners(firms(0, 10)))
    answer = batch.decide(FILIERE, told, on=ON, tables={"partners": records}).collect()
    assert answer["failed"].item() & 1 == 0
    assert answer["unknown"].item() & 1 == 0


def test_a_table_that_the_measure_does_not_read_is_passed_over(engine):
    other = engine.frame({"whatever": [1]})
    rows = engine.rows(batch.decide(FILIERE, engine.frame(applicants(1)), on=ON, tables={"expenses": other}))
    assert rows[0]["outcome"] == "undecided"


# Words of bits


def test_the_63rd_condition_is_the_first_bit_of_the_second_word():
    nodes = Nodes()
    truths = [nodes.column("value", "truth", f"t{number}") for number in range(2 * BITS + 1)]
    words = _masks("failed", truths)
    assert {name: len(word) for name, word in words.items()} == {"failed": 62, "failed_2": 62, "failed_3": 1}
    assert words["failed_2"][0] is truths[62]
    assert _masks("failed", []) == {"failed": []}


def test_every_bit_of_a_word_is_its_own(engine):
    truths = {f"t{bit}": [row in (bit, BITS) for row in range(BITS + 2)] for bit in range(BITS)}
    frame = nw.from_native(engine.frame({"id": range(BITS + 2), **truths}))
    columns = [nw.col(name) for name in truths]
    answer = engine.by_key(frame.select("id", word=mask(columns)).to_native())
    assert [answer[bit]["word"] for bit in range(BITS)] == [1 << bit for bit in range(BITS)]
    assert (answer[BITS]["word"], answer[BITS + 1]["word"]) == (2**62 - 1, 0)


def test_a_bit_that_is_never_set_is_left_out(engine):
    frame = nw.from_native(engine.frame({"id": [0], "t": [True]}))
    answer = engine.by_key(frame.select("id", word=mask([None, nw.col("t")]), empty=mask([None])).to_native())
    assert answer == {0: {"word": 2, "empty": 0}}
