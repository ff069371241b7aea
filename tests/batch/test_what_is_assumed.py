# SPDX-License-Identifier: Apache-2.0
"""Frames say of a row that it is decided as if filed on the day of the question, as decisions and selections do."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

import misure
from misure import batch
from tests.batch.engines import KINDS, Engine

ON = dt.date(2026, 3, 1)
MEASURE = misure.catalogue()["lombardia/export-su-misura"]
FILED = pa.array([dt.date(2026, 3, 1), None, None, None], pa.date32())
NOT_YET = pa.array([None, True, None, False], pa.bool_())


def rows(engine, table, *, select=False):
    answer = (batch.select if select else batch.decide)(MEASURE, engine.frame(pa.table(table)), on=ON)
    return {row["id"]: row for row in engine.rows(answer)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_says_of_which_rows_the_filing_is_assumed(kind):
    engine = Engine(kind)
    table = {"id": ["a", "b", "c", "d"], "filed_on": FILED, "filed_on_not_yet": NOT_YET}
    facts = {"a": {"filed_on": "2026-03-01"}, "b": {"filed_on": "not_yet"}, "c": {}, "d": {}}
    said = {id_: " ".join(MEASURE.decide(told, on=ON).assumed) for id_, told in facts.items()}
    assert said == {"a": "", "b": "filed_on", "c": "", "d": ""}
    assert {id_: row["assumed"] for id_, row in rows(engine, table).items()} == said
    selection = MEASURE.select(facts, on=ON)
    assert {one.id: " ".join(one.assumed) for one in selection} == said
    assert {id_: row["assumed"] for id_, row in rows(engine, table, select=True).items()} == said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("select", [False, True])
@pytest.mark.parametrize(("told", "said"), [([True, True], "filed_on"), ([None, None], ""), ([False, False], "")])
def test_all_rows_or_none(kind, select, told, said):
    table = {"id": ["a", "b"], "filed_on_not_yet": pa.array(told, pa.bool_())}
    assert [row["assumed"] for row in rows(Engine(kind), table, select=select).values()] == [said, said]


@pytest.mark.parametrize("select", [False, True])
def test_a_frame_that_cannot_say_it_has_no_such_column(select):
    answer = rows(Engine("polars"), {"id": ["a"], "filed_on": FILED[:1]}, select=select)
    assert "assumed" not in answer["a"]


def test_a_row_without_an_answer_assumes_nothing():
    table = {"id": ["a", "b"], "filed_on_not_yet": [True, True], "codice_fiscale": ["1234", None]}
    answer = rows(Engine("polars"), table)
    assert (answer["a"]["outcome"], answer["a"]["assumed"]) == ("bad_facts", None)
    assert answer["b"]["assumed"] == "filed_on"


@pytest.mark.parametrize("ask", [batch.decide, batch.select])
def test_a_key_of_that_name_is_refused(ask):
    with pytest.raises(misure.BadFacts, match="the answer has a column of that name"):
        ask(MEASURE, pa.table({"assumed": ["a"]}), on=ON, key="assumed")
