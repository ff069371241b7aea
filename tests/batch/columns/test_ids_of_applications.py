# SPDX-License-Identifier: Apache-2.0
"""What is no id of an application, and two writings of one, are refused alike by deciding, by selecting and by objects."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pyarrow as pa
import pytest

import misure
from misure import Application, batch
from tests.batch.engines import Engine

ON = dt.date(2022, 6, 1)
FILIERE = misure.catalogue()["lombardia/filiere"]
DOORS = {"decide": batch.decide, "select": batch.select}
NO_ID = "an id is a printable text of 1 to 100 characters"
NO_IDS = {
    "a\u202eb": r"a\u202eb",
    "": "",
    "  ": "  ",
    "a\u200b": r"a\u200b",
    "a\nb": r"a\nb",
    "a\t": r"a\t",
    "x" * 101: "x",
}
TWINS = {
    "blank": ("D-1", "D-1 "),
    "no-break blank": ("D-1", "\u00a0D-1"),
    "accent": ("citt\u00e0", "citta\u0300"),
    "both written": ("\u212b ", "\u00c5"),
}


def ask(engine, door, ids):
    told = pa.table({"id": ids, "filed_at": ["2022-05-02T10:00"] * len(ids)})
    if door == "decide":
        told = told.drop_columns(["filed_at"])
    return DOORS[door](FILIERE, engine.frame(told), on=ON)


def refused(engine, door, ids):
    with pytest.raises(misure.BadFacts) as caught:
        ask(engine, door, ids)
    return caught.value.faults


@pytest.mark.parametrize("door", DOORS)
def test_texts_that_are_no_id(engine, door):
    found = refused(engine, door, [*NO_IDS, "D-1"])
    assert [fault.message for fault in found] == [NO_ID] * len(NO_IDS)
    assert all(any(shown in fault.subject for fault in found) for shown in NO_IDS.values())


@pytest.mark.parametrize("door", DOORS)
def test_two_writings_of_one_id(engine, door):
    found = refused(engine, door, [id_ for pair in TWINS.values() for id_ in pair if pair != TWINS["no-break blank"]])
    said = sorted({unicodedata.normalize("NFC", one).strip() for one, _ in TWINS.values()})
    assert [(fault.subject, fault.message) for fault in found] == [
        (id_, "two applications have this id") for id_ in said
    ]


@pytest.mark.parametrize("pair", TWINS.values(), ids=TWINS)
@pytest.mark.parametrize("door", DOORS)
def test_each_pair_of_writings(door, pair):
    for ids in (pair, pair[::-1]):
        (fault,) = refused(Engine("polars"), door, list(ids))
        assert fault.message == "two applications have this id"


@pytest.mark.parametrize("door", DOORS)
def test_one_writing_alone_stays_as_the_caller_has_it(engine, door):
    ids = ["D-1 ", "citta\u0300", "\u6771\u4eac 1", "d-1", "x" * 100]
    assert sorted(row["id"] for row in engine.rows(ask(engine, door, ids))) == sorted(ids)


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        ([b"a", b"b"], "a key is a text, a number or a day, and the column holds Binary"),
        ([True, False], "a key is a text, a number or a day, and the column holds Boolean"),
        ([float("nan"), 1.0], "a row has no key"),
        ([float("inf"), 1.0], "a row has no key"),
        ([None, "a"], "a row has no key"),
    ],
    ids=["bytes", "truths", "no number", "no end", "nothing"],
)
@pytest.mark.parametrize("door", DOORS)
def test_what_is_no_key_at_all(engine, door, ids, message):
    (fault,) = refused(engine, door, pa.array(ids, from_pandas=False))
    assert (fault.subject, fault.message) == ("id", message)


@pytest.mark.parametrize("text", NO_IDS)
def test_objects_refuse_the_same(text):
    with pytest.raises(misure.BadFacts, match=NO_ID):
        FILIERE.select([Application(text, {}, filed_at="2022-05-02T10:00")], on=ON)


@pytest.mark.parametrize("pair", TWINS.values(), ids=TWINS)
def test_objects_hold_two_writings_for_one(pair):
    told = [Application(id_, {}, filed_at="2022-05-02T10:00") for id_ in pair]
    with pytest.raises(misure.BadFacts, match="two applications have this id"):
        FILIERE.select(told, on=ON)
