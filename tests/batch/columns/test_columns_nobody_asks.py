# SPDX-License-Identifier: Apache-2.0
"""A value that one decision refuses is refused in a frame too, whether or not any rule asks for its column."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

import misure
from misure import batch
from misure.facts.vocabulary import Kind

ON = dt.date(2026, 3, 18)
BOOKS = {name: misure.catalogue()[name].rulebook for name in misure.catalogue()}
FACTS = [(name, fact) for name, book in BOOKS.items() for fact in book.facts]
FIELDS = [
    (name, table, field)
    for name, book in BOOKS.items()
    for table, one in book.tables.items()
    for field in one.fields
    if field != one.key
]


def wrong(fact):
    """A value that the fact cannot have, and the type of its column; None of a truth, which a column cannot have wrong."""
    match fact.kind:
        case Kind.NUMBER if fact.unit == "time":
            return "24:61", pa.string()
        case Kind.NUMBER:
            return fact.greatest // 10**fact.decimals + 5, pa.int64()
        case Kind.TRUTH:
            return None
        case Kind.DATE | Kind.EVENT:
            return dt.date(2150, 1, 1), pa.date32()
        case Kind.TEXT if fact.identifier:
            return "1234560157", pa.string()
        case Kind.TEXT:
            return "x" * (fact.greatest + 1), pa.string()
        case _:
            return "no such thing", pa.string()


def key_of(fact):
    return 2024 if fact.kind is Kind.NUMBER else "01234560157"


def outcome(measure, tables=None, **columns):
    frame = pa.table({"id": ["a"], **columns})
    (row,) = batch.decide(misure.catalogue()[measure], frame, on=ON, tables=tables or {}).to_pylist()
    return row["outcome"]


def refused(measure, told):
    with pytest.raises(misure.BadFacts):
        misure.catalogue()[measure].decide(told, on=ON)


@pytest.mark.parametrize(("measure", "name"), FACTS, ids=map("-".join, FACTS))
def test_a_fact(measure, name):
    found = wrong(BOOKS[measure].facts[name])
    if found is not None:
        refused(measure, {name: found[0]})
        assert outcome(measure, **{name: pa.array([found[0]], found[1])}) == "bad_facts"


@pytest.mark.parametrize(("measure", "table", "field"), FIELDS, ids=map("-".join, FIELDS))
def test_a_field_of_a_table(measure, table, field):
    one = BOOKS[measure].tables[table]
    found, key = wrong(one.fields[field]), key_of(one.fields[one.key])
    if found is not None:
        refused(measure, {table: [{one.key: key, field: found[0]}]})
        records = pa.table({"applicant": ["a"], one.key: [key], field: pa.array([found[0]], found[1])})
        assert outcome(measure, {table: records}) == "bad_facts"
