# SPDX-License-Identifier: Apache-2.0
"""Two writings of one identity are one firm wherever facts come in, and what is none is refused there with the nearest right one.

The doors of the law beneath are held to the same in `tests/deminimis`; these are the doors of facts: objects, files, tables of
files, frames and the command line.
"""

from __future__ import annotations

import datetime as dt
import json

import duckdb
import polars as pl
import pyarrow as pa
import pytest

import misure
from misure import Application, batch
from misure.cli import main
from misure.deciding.machinery import compiled
from misure.reading.applicants.applications import read_csv

ON = dt.date(2022, 6, 1)
FILIERE = misure.catalogue()["lombardia/filiere"]
ENTITY, PERSON, FOREIGN, OTHER = "01234560157", "RSSMRA85T10F205R", "DE123456788", "02345670158"

WRITINGS = {
    "plain": (ENTITY, ENTITY), "person": (PERSON, PERSON), "foreign": (FOREIGN, FOREIGN), "French": ("FRAB123456789", "FRAB123456789"),
    "lower case": ("rssmra85t10f205r", PERSON), "lower case, foreign": ("de123456788", FOREIGN),
    "blanks": ("012 345 601 57", ENTITY), "no-break blanks": ("012\u00a0345\u00a060157", ENTITY), "blanks, foreign": ("DE 123 456 788", FOREIGN),
    "blanks at the ends": (f" {ENTITY} ", ENTITY), "dots": ("012.345.601.57", ENTITY), "hyphens": ("CHE-123.456.789 MWST", "CHE123456789"),
    "IT": (f"IT{ENTITY}", ENTITY), "it": (f"it {ENTITY}", ENTITY), "TINIT": (f"TINIT-{PERSON}", PERSON), "tinit": (f"tinit-{ENTITY}", ENTITY),
    "VATIT": (f"VATIT-{ENTITY}", ENTITY), "VAT, foreign": (f"VAT{FOREIGN}", FOREIGN), "Greece": ("GR123456789", "EL123456789"),
}  # fmt: skip
"""How somebody writes a code, and the one writing by which it is compared."""
WRONG = {
    "1234560157": ENTITY, "IT1234560157": ENTITY, "TINIT-1234560157": ENTITY, "01234560158": ENTITY, "012345601577": ENTITY,
    "1234560157.0": ENTITY, "RSSMRA85T10F205X": PERSON, "RSSMRA85T10F205": PERSON, "RSSMRA85T1OF205R": PERSON,
    "BE123456749": "BE0123456749", "DE12345678": "DE012345678", "Alfa S.r.l.": None, "12345": None,
}  # fmt: skip
"""What is no code, and the nearest right one, where there is one."""


def partner(id_, code):
    return {"id": id_, "kind": "impresa", "codice_fiscale": code}


def names(columns, rows):
    return [dict(zip(columns, row, strict=True)) for row in rows]


COLUMNS = ("id", "kind", "codice_fiscale")


def by_object(*codes):
    FILIERE.decide({"partners": [partner(f"p{n}", code) for n, code in enumerate(codes)]}, on=ON)


def by_json(*codes):
    FILIERE.decide(json.dumps({"partners": [partner(f"p{n}", code) for n, code in enumerate(codes)]}), on=ON)


def by_selection(*codes):
    told = {"partners": [partner(f"p{n}", code) for n, code in enumerate(codes)]}
    FILIERE.select([Application("D-1", told, filed_at="2022-05-01T10:00")], on=ON)


def by_csv(*codes):
    rows = "".join(f'D-1;p{n};impresa;"{code}"\n' for n, code in enumerate(codes))
    files = {"partners": (f"application;id;kind;codice_fiscale\n{rows}", "partner.csv")}
    vocabulary = FILIERE.rulebook.vocabulary
    fields = {name: table.fields for name, table in vocabulary.tables.items()}
    told = read_csv("id;filed_at\nD-1;2022-05-01T10:00\n", "domande.csv", vocabulary.facts, files, (), fields)
    applications = [
        Application(one.id, one.facts, one.filed_at, place=one.place, places=one.places, text_source=True)
        for one in told
    ]
    FILIERE.select(applications, on=ON)


def by_frame(make):
    def door(*codes):
        people = make(pa.table({"id": ["D-1"], "filed_at": ["2022-05-01T10:00"]}))
        partners = make(pa.table({
            "applicant": ["D-1"] * len(codes), "id": [f"p{n}" for n in range(len(codes))], "kind": ["impresa"] * len(codes),
            "codice_fiscale": list(codes),
        }))  # fmt: skip
        batch.select(FILIERE, people, on=ON, tables={"partners": partners})

    return door


def in_duckdb(table, connection=duckdb.connect()):  # noqa: B008 - one connection for all the frames of a question
    name = f"t{id(table)}"
    connection.register(name, table)
    return connection.table(name)


DOORS = {
    "object": by_object, "json": by_json, "selection": by_selection, "csv": by_csv, "arrow": by_frame(lambda table: table),
    "polars": by_frame(pl.from_arrow), "pandas": by_frame(lambda table: table.to_pandas()), "duckdb": by_frame(in_duckdb),
}  # fmt: skip


def faults(door, *codes):
    with pytest.raises(misure.BadFacts) as caught:
        DOORS[door](*codes)
    return caught.value.faults


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("door", DOORS)
def test_two_writings_of_one_identity_are_one_firm(door, writing):
    text, plain = WRITINGS[writing]
    DOORS[door](text, OTHER)
    (fault,) = faults(door, plain, text)
    assert fault.subject.endswith("partners[1].codice_fiscale")
    assert fault.message == f"{plain!r} stands in partners[0] too: one firm is one row"


@pytest.mark.parametrize(("text", "right"), WRONG.items())
@pytest.mark.parametrize("door", ["object", "json", "selection", "csv", "polars"])
def test_what_is_no_code_is_refused_with_the_nearest_right_one(door, text, right):
    (fault,) = faults(door, OTHER, text)
    assert (fault.subject.endswith("partners[1].codice_fiscale"), fault.suggestion) == (True, right)


@pytest.mark.parametrize("door", DOORS)
def test_ten_wrong_codes_are_told_at_once(door):
    found = faults(door, *list(WRONG)[:10])
    assert {fault.suggestion for fault in found} == {*list(WRONG.values())[:10]}
    assert {fault.subject.rpartition("partners")[2] for fault in found} == {f"[{n}].codice_fiscale" for n in range(10)}


@pytest.mark.parametrize("door", ["object", "json", "selection"])
def test_a_code_that_is_a_number_has_lost_its_zeros(door):
    (fault,) = faults(door, 1234560157, OTHER)
    assert ("a code is text, with all its zeros" in fault.message, fault.suggestion) == (True, ENTITY)


@pytest.mark.parametrize("door", ["arrow", "polars", "pandas", "duckdb"])
def test_a_column_of_numbers_has_lost_their_zeros(door):
    (fault,) = faults(door, 1234560157, 2345670158)
    assert (fault.subject, fault.message) == (
        "partners.codice_fiscale",
        "expected a column of texts; got Int64: a code is text, with all its zeros",
    )


@pytest.mark.parametrize("code", ["codice_fiscale: 01234560157", "codice_fiscale: tinit-01234560157"])
def test_the_command_line_reads_a_file_as_objects_are_read(tmp_path, capsys, code):
    path = tmp_path / "fatti.yaml"
    path.write_text(f"partners:\n  - {{id: a, {code}}}\n  - {{id: b, codice_fiscale: it 012 345 601 57}}\n", "utf-8")
    assert main(["decide", FILIERE.id, str(path), "--on", "2022-06-01"]) == 2
    told = capsys.readouterr().err
    assert f"{path}:3:29: partners[1].codice_fiscale: '01234560157' stands in partners[0] too" in told


def test_every_door_tells_the_one_writing():
    told = {"partners": [partner("a", "it 012.345.601.57"), partner("b", "de 123456788")]}
    decision = FILIERE.decide(told, on=ON)
    said = compiled(decision).dossier.said()["partners"]
    assert [one["codice_fiscale"] for one in said] == [ENTITY, FOREIGN]
    assert FILIERE.replay(decision.receipt) == decision
    assert FILIERE.decide({"partners": said}, on=ON) == decision


# Names


COMPOSED, APART = "societ\u00e0", "societa\u0300"


@pytest.mark.parametrize("door", ["object", "json", "selection", "csv"])
def test_a_name_is_compared_in_its_composed_form(door):
    def twice():
        records = [{"id": COMPOSED, "kind": "impresa"}, {"id": APART, "kind": "impresa"}]
        if door == "csv":
            rows = f"application;id;kind\nD-1;{COMPOSED};impresa\nD-1;{APART};impresa\n"
            read = read_csv("id\nD-1\n", "d.csv", {}, {"partners": (rows, "p.csv")})[0]
            return FILIERE.decide(read.facts, on=ON)
        if door == "selection":
            return FILIERE.select([Application("D-1", {"partners": records}, filed_at="2022-05-01T10:00")], on=ON)
        return FILIERE.decide({"partners": records} if door == "object" else json.dumps({"partners": records}), on=ON)

    with pytest.raises(misure.BadFacts, match="stands twice"):
        twice()


def test_the_rows_of_a_file_of_records_find_their_application_in_either_form():
    files = {"partners": (f"application;id\nD-{APART};p\n", "p.csv")}
    (told,) = read_csv(f"id\nD-{COMPOSED}\n", "d.csv", {}, files)
    assert (told.id, told.facts) == (f"D-{COMPOSED}", {"partners": [{"id": "p"}]})
