# SPDX-License-Identifier: Apache-2.0
"""Frames say of which rows an answer takes records for different firms though nobody said who they are, as decisions do."""

from __future__ import annotations

import datetime as dt
import random

import pyarrow as pa
import pytest

import misure
from misure import batch
from tests.batch.engines import KINDS, Engine
from tests.identifiers.writings import made_up

ON = dt.date(2022, 10, 1)
CATALOGUE = misure.catalogue()
CALLS = ["lombardia/filiere", "lombardia/bando-filiere-2022"]


def partners(count, told, *, kind="impresa", seat=True):
    """Firms of which some say who they are."""
    return [
        {
            "id": f"p{n}",
            "kind": kind,
            "seat_in_lombardy": seat,
            "codice_fiscale": made_up("codice_fiscale", n) if n < told else None,
        }
        for n in range(count)
    ]


def drawn(seed):
    """Partners of which anything may be untold."""
    chosen = random.Random(seed)
    count = chosen.choice([0, 9, 10, 10, 10, 11, 12])
    rows = partners(count, 0)
    for n, row in enumerate(rows):
        row["codice_fiscale"] = made_up("codice_fiscale", n) if chosen.random() < seed % 4 / 3 else None
        row["kind"] = chosen.choice(["impresa"] * 12 + [None, "banca"])
        row["seat_in_lombardy"] = chosen.choice([True] * 12 + [None, False])
    return rows


APPLICANTS = {
    "nobody": partners(10, 0),
    "one": partners(10, 9),
    "spare": partners(11, 10),
    "two_spare": partners(12, 10),
    "all": partners(10, 10),
    "few": partners(9, 0),
    "none": [],
    **{f"drawn{seed}": drawn(seed) for seed in range(40)},
}


def answers(measure, engine, *, select=False, tables=True):
    people = engine.frame(pa.table({"id": list(APPLICANTS), "filed_on": [dt.date(2022, 9, 20)] * len(APPLICANTS)}))
    records = [{"applicant": id_, **row} for id_, rows in APPLICANTS.items() for row in rows]
    given = {"partners": engine.frame(pa.Table.from_pylist(records))} if tables else {}
    answer = (batch.select if select else batch.decide)(measure, people, on=ON, tables=given)
    return {row["id"]: row for row in engine.rows(answer)}


def alone(measure, rows):
    """What is assumed of one applicant: silence of a table is an answer of none where it has no records."""
    return " ".join(measure.decide({"filed_on": "2022-09-20", **({"partners": rows} if rows else {})}, on=ON).assumed)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("kind", KINDS)
def test_frames_and_decisions_assume_the_same(kind, name):
    measure = CATALOGUE[name]
    expected = {id_: alone(measure, rows) for id_, rows in APPLICANTS.items()}
    assert {expected[id_] for id_ in ("nobody", "one")} == {"partners.codice_fiscale"}
    assert {expected[id_] for id_ in ("spare", "two_spare", "all", "few", "none")} == {""}
    assert {id_: row["assumed"] for id_, row in answers(measure, Engine(kind)).items()} == expected


@pytest.mark.parametrize("name", CALLS)
def test_selections_of_frames_too(name):
    measure = CATALOGUE[name]
    expected = {id_: alone(measure, rows) for id_, rows in APPLICANTS.items()}
    assert {id_: row["assumed"] for id_, row in answers(measure, Engine("polars"), select=True).items()} == expected
    told = {id_: {"filed_on": "2022-09-20", **({"partners": rows} if rows else {})} for id_, rows in APPLICANTS.items()}
    assert {one.id: " ".join(one.assumed) for one in measure.select(told, on=ON)} == expected


@pytest.mark.parametrize("select", [False, True])
def test_a_frame_without_the_table_has_no_such_column(select):
    answer = answers(CATALOGUE["lombardia/filiere"], Engine("polars"), select=select, tables=False)
    assert "assumed" not in answer["all"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_filed_is_said_beside(kind):
    engine, measure = Engine(kind), CATALOGUE["lombardia/filiere"]
    people = pa.table({"id": ["a", "b", "c"], "filed_on_not_yet": pa.array([True, True, None], pa.bool_())})
    records = [{"applicant": id_, **row} for id_, told in (("a", 0), ("b", 10), ("c", 0)) for row in partners(10, told)]
    tables = {"partners": engine.frame(pa.Table.from_pylist(records))}
    answer = batch.decide(measure, engine.frame(people), on=ON, tables=tables)
    assert {row["id"]: row["assumed"] for row in engine.rows(answer)} == {
        "a": "filed_on partners.codice_fiscale", "b": "filed_on", "c": "partners.codice_fiscale",
    }  # fmt: skip


RULES = """
parameters:
  nine: {is: 9 firms, act: uno, label: nove, provision: P.1}
provisions:
  - cite: {act: uno}
    admission:
      not_nine: {holds: "count(p for p in people) != nine", text: "mai nove", provision: P.1}
"""
VOCABULARY = """
tables:
  people:
    label: l
    question: q
    key: id
    identity: code
    max_items: 20
    unit: firms
    fields:
      id: {text: 8, label: i}
      code: {identifier: codice_fiscale, label: codice, question: q}
"""


@pytest.mark.parametrize("kind", ["polars", "pyarrow"])
def test_two_that_may_be_one_are_enough(kind, write):
    measure, engine, on = write(RULES, vocabulary=VOCABULARY), Engine(kind), dt.date(2025, 10, 1)
    told = {"eight": (0, 8), "nine": (0, 9), "ten": (0, 10), "eleven": (0, 11), "told": (10, 10), "one": (9, 10)}
    facts = {
        id_: [{"id": f"p{n}"} | ({"code": made_up("codice_fiscale", n)} if n < known else {}) for n in range(count)]
        for id_, (known, count) in told.items()
    }
    expected = {id_: " ".join(measure.decide({"people": rows}, on=on).assumed) for id_, rows in facts.items()}
    assert [id_ for id_, said in expected.items() if said] == ["ten", "one"]
    records = [{"applicant": id_, "code": None, **row} for id_, rows in facts.items() for row in rows]
    answer = batch.decide(measure, engine.frame(pa.table({"id": list(facts)})), on=on,
                          tables={"people": engine.frame(pa.Table.from_pylist(records))})  # fmt: skip
    assert {row["id"]: row["assumed"] for row in engine.rows(answer)} == expected
