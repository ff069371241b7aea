# SPDX-License-Identifier: Apache-2.0
"""Single undertakings of a whole frame of relations, on every engine."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import misure
from misure import BadFacts, batch
from misure.program.groups import single_undertaking
from misure.testing import population
from misure.testing.drawn.repertoire import repertoire_of

EXPORT = misure.catalogue()["lombardia/export-su-misura"]
ON = dt.date(2026, 9, 11)
FIRM, SISTER = "01234560157", "01234560264"
TABLE = pa.table({
    "controller": ["A", "B", "D", "E", "F"], "controlled": ["B", "C", "E", "D", "G"],
    "control": pa.array([True, None, True, True, False]),
})  # fmt: skip


def test_groups_are_those_joined_by_control(engine):
    found = engine.by_key(batch.single_undertakings(engine.frame(TABLE)), key="undertaking")
    assert {name: tuple(row.values()) for name, row in found.items()} == {
        "A": ("A", "A"), "B": ("A", "A"), "C": ("C", "A"), "D": ("D", "D"), "E": ("D", "D"), "F": ("F", "F"), "G": ("G", "G"),
    }  # fmt: skip


def test_columns_may_have_other_names_and_identifiers_may_be_numbers(engine):
    table = pa.table({"holder": [7, 2], "held": [2, 9], "holds": [True, True]})
    answer = batch.single_undertakings(engine.frame(table), controller="holder", controlled="held", control="holds")
    assert {row["impresa_unica"] for row in engine.rows(answer)} == {2}


def framed(table, library, text):
    """A table with texts of one Arrow type, in a library; those that pandas 3 makes of itself are wide."""
    fields = [pa.field(one.name, text if one.type == pa.string() else one.type) for one in table.schema]
    table = table.cast(pa.schema(fields))
    return table if library == "pyarrow" else table.to_pandas(types_mapper={text: pd.ArrowDtype(text)}.get)


@pytest.mark.parametrize("keys", ["none", "all", "applicants", "records"])
@pytest.mark.parametrize("library", ["pyarrow", "pandas"])
def test_keys_of_any_width_name_the_members(library, keys):
    """Of two firms that are one undertaking the aid of the other counts, in wide texts as in others; told apart it does not."""
    told = {"codice_fiscale": FIRM, "granted_on": "2026-03-18", "deminimis_aids": [], "control_relations": []}
    firms = population(EXPORT, 2, seed=1, on=ON, fixed=repertoire_of(EXPORT, ON).base | told, library="pyarrow").frame
    one, other = firms["id"].to_pylist()
    aids = pa.table({
        "applicant": [one, other], "cor": ["20000001", "20000002"], "beneficiary": [SISTER] * 2, "regulation": ["gen"] * 2,
        "granted_on": [dt.date(2025, 6, 1)] * 2, "amount_cents": [300_000_00] * 2,
    })  # fmt: skip
    controls = pa.table(
        {
            "applicant": [one, other],
            "id": ["r1", "r1"],
            "controller": [FIRM] * 2,
            "controlled": [SISTER] * 2,
            "control": [True, False],
        }
    )

    wide = {"none": (), "all": ("applicants", "records")}.get(keys, (keys,))
    firms, aids, controls = (
        framed(table, library, pa.large_string() if kind in wide else pa.string())
        for table, kind in ((firms, "applicants"), (aids, "records"), (controls, "records"))
    )
    tables = {"deminimis_aids": aids, "control_relations": controls}
    found = batch.decide(EXPORT, firms, on=ON, tables=tables, key="id")
    assert list(map(str, found["outcome"].to_numpy())) == ["refused", "no_known_obstacle"]


NAMES = st.sampled_from("ABCDEF")
RELATIONS = st.lists(st.tuples(NAMES, NAMES, st.sampled_from([True, False, None])), min_size=1, max_size=8)


@given(RELATIONS)
def test_a_frame_says_what_one_decision_says(relations):
    one, other, control = zip(*relations, strict=True)
    table = pa.table({"controller": one, "controlled": other, "control": pa.array(control, pa.bool_())})
    rows = {row["undertaking"]: row for row in batch.single_undertakings(table).to_pylist()}
    for name, row in rows.items():
        told = [(*relation, None) for relation in relations]
        sure, _ = single_undertaking(name, told, 0)
        possible, _ = single_undertaking(name, [(a, b, held is not False, None) for a, b, held, _ in told], 0)
        assert row["impresa_unica"] == min(sure)
        assert row["impresa_unica_possible"] == min(possible)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (TABLE.rename_columns(["controler", "controlled", "control"]), "controller: there is no column of that name; did you mean 'controler'?"),
        (TABLE.set_column(2, "control", pa.array([1, 0, 1, 1, 0])), "control: expected a column of truths; got Int64"),
        (TABLE.set_column(0, "controller", pa.array([1, 2, 3, 4, 5])), "controlled: controller is of type Int64, and controlled of String"),
        (TABLE.set_column(0, "controller", pa.array([0.5] * 5)), "controller: expected a column of identifiers; got Float64"),
        (TABLE.set_column(0, "controller", pa.array(["A", None, None, "E", "F"])), "row 2 names nobody at one end, and 1 more"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(table, told):
    with pytest.raises(BadFacts) as caught:
        batch.single_undertakings(table)
    assert told in str(caught.value)


def test_what_a_person_controls_is_possible_alone():
    person, one, other = "RSSMRA85T10F205R", "01234560157", "02345670158"
    table = pa.table({"controller": [person, person, one], "controlled": [one, other, "B"], "control": [True] * 3})
    found = {
        row["undertaking"]: (row["impresa_unica"], row["impresa_unica_possible"])
        for row in batch.single_undertakings(table).to_pylist()
    }
    assert found == {one: (one, one), other: (other, one), "B": (one, one), person: (person, one)}
