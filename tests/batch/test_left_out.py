# SPDX-License-Identifier: Apache-2.0
"""What a frame leaves out, a table, a column or a value, is as little known of its rows as of one applicant."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pyarrow as pa
import pytest

import misure
from misure import Range, batch
from tests.batch.engines import Engine, long_planned

ON = dt.date(2025, 9, 1)
FIRM, OTHER, THIRD = "01234560157", "02345670158", "03456780166"
RULES = """
support:
  cite: {act: uno, at: "art. 2"}
  lines:
    left: {form: grant, of: "headroom(deminimis_aids, 'gen', on)", provision: F.09, text: "plafond"}
    left_group: {form: grant, of: "group_headroom(deminimis_aids, control_relations, codice_fiscale, 'gen', on)", provision: F.12, text: "plafond"}
"""
AID = {"applicant": pa.int64(), "cor": pa.string(), "beneficiary": pa.string(), "regulation": pa.string(), "granted_on": pa.date32(),
       "amount": pa.int64()}  # fmt: skip
RELATION = {
    "applicant": pa.int64(),
    "id": pa.string(),
    "controller": pa.string(),
    "controlled": pa.string(),
    "control": pa.bool_(),
}
AIDS = [
    (0, "1", FIRM, "gen", dt.date(2025, 1, 10), 100_000), (0, "2", OTHER, "gen", dt.date(2025, 1, 10), 50_000),
    (1, "1", THIRD, "gen", dt.date(2025, 1, 10), 20_000), (1, "2", None, "gen", dt.date(2025, 1, 10), 7_000),
    (3, "1", OTHER, "gen", dt.date(2025, 1, 10), 30_000), (3, "2", FIRM, None, dt.date(2025, 1, 10), 1_000),
    (3, "3", FIRM, "gen", None, 2_000), (3, "4", FIRM, "gen", dt.date(2025, 1, 10), None),
    (4, "1", OTHER, "gen", dt.date(2025, 1, 10), 40_000), (4, "2", FIRM, "gen", dt.date(2020, 1, 10), 90_000),
]  # fmt: skip
RELATIONS = [
    (0, "a", FIRM, OTHER, True), (1, "a", FIRM, THIRD, True), (2, "a", FIRM, OTHER, True), (3, "a", FIRM, OTHER, None),
    (3, "b", None, OTHER, True), (4, "a", OTHER, THIRD, True), (4, "b", THIRD, FIRM, True),
]  # fmt: skip
FIRMS = [FIRM, FIRM, FIRM, FIRM, FIRM]


def written(write):
    return write(RULES, law_of="question", editions="editions: {2025-01-01: {act: uno, read: whole}}\n")


def table(names, rows):
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pa.table({name: pa.array(list(one), kind) for (name, kind), one in zip(names.items(), columns, strict=True)})


def whole():
    people = pa.table({"id": pa.array(range(5), pa.int64()), "codice_fiscale": pa.array(FIRMS, pa.string())})
    return people, {"deminimis_aids": table(AID, AIDS), "control_relations": table(RELATION, RELATIONS)}


def scalar(measure, people, tables):
    """What one decision says of each applicant of the frames."""
    found = {}
    for row in people.to_pylist():
        person = dict(row)
        key = person.pop("id")
        known = {name: person.pop(f"{name}_known", None) for name in tables}
        for name, records in tables.items():
            own = [
                {field: value for field, value in record.items() if field != "applicant" and value is not None}
                for record in records.to_pylist()
                if record["applicant"] == key
            ]
            person[name] = {"records": own, "complete": False} if known[name] is False else own
        decision = measure.decide({name: value for name, value in person.items() if value is not None}, on=ON)
        found[key] = {one.id: ends(one.amount) for one in decision.support}
    return found


def ends(amount):
    low, high = (amount.least, amount.greatest) if isinstance(amount, Range) else (amount, amount)
    return int(low), int(high)


def decided(engine, measure, people, tables, **options):
    given = {name: engine.frame(one) for name, one in tables.items()}
    options = {"complete": list(given)} | options
    rows = engine.by_key(batch.decide(measure, engine.frame(people), on=ON, tables=given, **options))
    return {
        key: {
            line: (row[f"{line}_cents"] // 100, row.get(f"{line}_cents_to", row[f"{line}_cents"]) // 100)
            for line in ("left", "left_group")
        }
        for key, row in rows.items()
    }


def groups(found):
    return [found[key]["left_group"] for key in sorted(found)]


def test_of_frames_that_tell_everything_each_group_is_followed(engine, write):
    measure, (people, tables) = written(write), whole()
    found = decided(engine, measure, people, tables)
    assert found == scalar(measure, people, tables)
    assert groups(found) == [
        (150_000, 150_000),
        (273_000, 280_000),
        (300_000, 300_000),
        (0, 300_000),
        (260_000, 260_000),
    ]


LEFT_OUT = {
    "no relations": (["control_relations"], [(150_000, 200_000), (273_000, 300_000), (300_000, 300_000), (0, 300_000),
                                                   (260_000, 300_000)]),
    "no aids": (["deminimis_aids"], [(0, 300_000)] * 5),
    "neither table": (["deminimis_aids", "control_relations"], [(0, 300_000)] * 5),
}  # fmt: skip


@pytest.mark.parametrize(("names", "expected"), LEFT_OUT.values(), ids=list(LEFT_OUT))
def test_a_table_that_is_left_out_leaves_the_group_open(engine, write, names, expected):
    measure, (people, tables) = written(write), whole()
    given = {name: one for name, one in tables.items() if name not in names}
    found = decided(engine, measure, people, given)
    assert found == scalar(measure, people, given)
    assert groups(found) == expected


COLUMNS = [
    ("", "codice_fiscale"), *(("deminimis_aids", name) for name in AID if name not in ("applicant", "cor")),
    *(("control_relations", name) for name in RELATION if name not in ("applicant", "id")),
    ("deminimis_aids", "cor"), ("control_relations", "id"),
]  # fmt: skip


KEYS = ("cor", "id")
WAYS = [
    ("left out", "polars"),
    ("left out", "pandas"),
    ("left out", "duckdb"),
    ("of nulls", "polars lazy"),
    ("of no type", "pyarrow"),
]
LACKING = [
    long_planned(kind, name, column, way, kind, id=f"{way}-{kind}-{name or 'applicants'} {column}")
    for name, column in COLUMNS for way, kind in WAYS if column not in KEYS or way == "left out"
]  # fmt: skip


@pytest.mark.parametrize(("name", "column", "way", "kind"), LACKING)
def test_a_column_that_is_left_out_is_told_of_nobody(write, name, column, way, kind):
    measure, (people, tables) = written(write), whole()
    frames = {"": people, **tables}
    at = frames[name].column_names.index(column)
    rows = len(frames[name])
    frames[name] = {
        "left out": lambda one: one.drop_columns([column]),
        "of nulls": lambda one: one.set_column(at, column, pa.nulls(rows, one.schema.field(column).type)),
        "of no type": lambda one: one.set_column(at, column, pa.nulls(rows)),
    }[way](frames[name])
    people, tables = frames.pop(""), frames
    found = decided(Engine(kind), measure, people, tables, check_keys=column not in KEYS)
    if column not in KEYS:
        assert found == scalar(measure, people, tables)
    else:
        assert groups(found)[0] == (150_000, 150_000)


def test_without_the_beneficiaries_of_aid_any_of_it_may_be_the_groups(engine, write):
    measure, (people, tables) = written(write), whole()
    tables["deminimis_aids"] = tables["deminimis_aids"].drop_columns(["beneficiary"])
    found = decided(engine, measure, people, tables)
    assert groups(found)[0] == (150_000, 300_000)
    assert [found[key]["left"] for key in (0, 1)] == [(150_000, 150_000), (273_000, 273_000)]


def test_a_table_of_relations_that_a_row_says_is_not_whole(engine, write):
    measure, (people, tables) = written(write), whole()
    people = people.append_column("control_relations_known", pa.array([True, False, None, False, True]))
    found = decided(engine, measure, people, tables)
    assert found == scalar(measure, people, tables)
    assert groups(found) == [
        (150_000, 150_000),
        (273_000, 280_000),
        (300_000, 300_000),
        (0, 300_000),
        (260_000, 260_000),
    ]
    few = {**tables, "control_relations": table(RELATION, RELATIONS[3:5])}
    open_ = decided(engine, measure, people, few)
    assert open_ == scalar(measure, people, few)
    assert groups(open_) == [
        # Whose aid is told and whom no relation speaks of may be linked: nobody said that it is not.
        (150_000, 200_000),
        (273_000, 300_000),
        (300_000, 300_000),
        (0, 300_000),
        (260_000, 300_000),
    ]


def test_a_table_of_aid_that_a_row_says_is_not_whole(engine, write):
    measure, (people, tables) = written(write), whole()
    people = people.append_column("deminimis_aids_known", pa.array([True, False, False, None, True]))
    found = decided(engine, measure, people, tables)
    assert found == scalar(measure, people, tables)
    assert groups(found) == [(150_000, 150_000), (0, 280_000), (0, 300_000), (0, 300_000), (260_000, 260_000)]


def test_empty_tables_of_aid_and_relations_leave_everything(engine, write):
    measure, (people, _) = written(write), whole()
    tables = {"deminimis_aids": table(AID, []), "control_relations": table(RELATION, [])}
    assert groups(decided(engine, measure, people, tables)) == [(300_000, 300_000)] * 5


def test_a_frame_of_no_applicants_has_no_answer(engine, write):
    measure, (people, tables) = written(write), whole()
    nobody = {name: one.slice(0, 0) for name, one in tables.items()}
    assert decided(engine, measure, people.slice(0, 0), nobody) == {}


def test_a_lazy_frame_stays_lazy_where_groups_are_asked(write):
    measure, (people, tables) = written(write), whole()
    lazy = {name: pl.from_arrow(one).lazy() for name, one in tables.items()}
    answer = batch.decide(measure, pl.from_arrow(people).lazy(), on=ON, tables=lazy)
    assert isinstance(answer, pl.LazyFrame)
    assert answer.collect().sort("id")["left_group_cents"].to_list()[0] == 15_000_000


def test_keys_of_a_table_that_leaves_out_its_own_key_are_those_of_the_applicants_alone(engine, write):
    """Two records with one COR are a fault where the column is there; where it is not, nobody can tell."""
    measure, (people, tables) = written(write), whole()
    twice = table(AID, [AIDS[0], AIDS[0]])
    with pytest.raises(misure.BadFacts, match=r"deminimis_aids\.cor: these keys stand more than once: '1'"):
        decided(engine, measure, people, {**tables, "deminimis_aids": twice})
    found = decided(engine, measure, people, {**tables, "deminimis_aids": twice.drop_columns(["cor"])})
    assert found[0]["left"] == (100_000, 100_000)
