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
TABLES = [(name, table) for name, book in BOOKS.items() for table in book.tables]


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


def refused(measure, told):
    with pytest.raises(misure.BadFacts):
        misure.catalogue()[measure].decide(told, on=ON)


def outcomes(measure, applicants, tables=None):
    found = batch.decide(misure.catalogue()[measure], applicants, on=ON, tables=tables or {}).to_pylist()
    return {row["id"]: row["outcome"] for row in found}


def one_wrong_in_each(told):
    """A column for each name, with its wrong value in a row of its own, called by that name."""
    return {
        name: pa.array([value if row == name else None for row in told], kind) for name, (value, kind) in told.items()
    }


@pytest.mark.parametrize("measure", BOOKS)
def test_a_fact(measure):
    told = {name: found for name, fact in BOOKS[measure].facts.items() if (found := wrong(fact))}
    assert told
    for name, (value, _) in told.items():
        refused(measure, {name: value})
    assert outcomes(measure, pa.table({"id": list(told), **one_wrong_in_each(told)})) == dict.fromkeys(
        told, "bad_facts"
    )


@pytest.mark.parametrize(("measure", "table"), TABLES, ids=map("-".join, TABLES))
def test_a_field_of_a_table(measure, table):
    one = BOOKS[measure].tables[table]
    key = key_of(one.fields[one.key])
    told = {name: found for name, field in one.fields.items() if name != one.key and (found := wrong(field))}
    assert told
    for name, (value, _) in told.items():
        refused(measure, {table: [{one.key: key, name: value}]})
    records = pa.table({"applicant": list(told), one.key: [key] * len(told), **one_wrong_in_each(told)})
    assert outcomes(measure, pa.table({"id": list(told)}), {table: records}) == dict.fromkeys(told, "bad_facts")
