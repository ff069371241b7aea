# SPDX-License-Identifier: Apache-2.0
"""A column in the wrong file, or in the wrong frame, is told as what it is, in files and frames alike."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

import misure
from misure import batch
from misure.reading.applicants.applications import read_csv

MEASURE = misure.catalogue()["lombardia/filiere"]
BOOK = MEASURE.rulebook
ON = dt.date(2022, 6, 1)
FIELDS = {name: table.fields for name, table in BOOK.vocabulary.tables.items()}
AMONG_APPLICANTS = {
    "partners_known": "the table 'partners' is not given, so this column cannot speak of its records",
    "partners": "'partners' is a table: its records stand apart, one a row, each with its applicant",
    "partners.kind": "'kind' is a field of 'partners': it stands beside the records of that table",
    "signed": "'signed' is a field of 'partners': it stands beside the records of that table",
}
AMONG_RECORDS = {
    "capofila": "'capofila' is a fact of the applicant: it stands beside the applicants, and not beside records",
    "partners_known": "'partners_known' says of an applicant whether all records are told: it stands beside the applicants",
}


def by_file(columns, records=()):
    tables = {}
    if records:
        tables = {"partners": (f"application,id,{','.join(records)}\nD-1,a{',' * len(records)}\n", "partner.csv")}
    with pytest.raises(misure.BadFacts) as caught:
        read_csv(
            f"id{''.join(f',{one}' for one in columns)}\nD-1{',' * len(columns)}\n",
            "d.csv",
            BOOK.vocabulary.facts,
            tables,
            (),
            FIELDS,
        )
    return {fault.subject: fault.message for fault in caught.value.faults}


def by_frame(columns, records=()):
    frame = pl.DataFrame({"id": ["D-1"], **{one: [True] for one in columns}})
    tables = (
        {"partners": pl.DataFrame({"applicant": ["D-1"], "id": ["a"], **{one: [True] for one in records}})}
        if records
        else {}
    )
    with pytest.raises(misure.BadFacts) as caught:
        batch.decide(MEASURE, frame, on=ON, tables=tables)
    return {
        fault.subject.removeprefix("partners.") if records else fault.subject: fault.message
        for fault in caught.value.faults
    }


@pytest.mark.parametrize("door", [by_file, by_frame], ids=["file", "frame"])
def test_among_the_applicants(door):
    assert door(AMONG_APPLICANTS) == AMONG_APPLICANTS


@pytest.mark.parametrize("door", [by_file, by_frame], ids=["file", "frame"])
def test_among_the_records(door):
    assert door((), AMONG_RECORDS) == AMONG_RECORDS


def test_what_the_office_says_is_of_the_application():
    said = by_file((), ("filed_at", "window"))
    assert said["filed_at"] == "'filed_at' is of the application, and not of a record: it stands beside the applicants"
    assert by_file(("xyz",)) == {"xyz": "no fact is called 'xyz'"}
