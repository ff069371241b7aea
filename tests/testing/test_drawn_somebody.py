# SPDX-License-Identifier: Apache-2.0
"""Drawn firms tell one thing wherever a table speaks of them, and what was told of them stays."""

from __future__ import annotations

import datetime as dt

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import misure
from misure.deciding.machinery import compiled
from misure.identifiers.forms import made_up
from misure.testing.agreeing import distinct
from misure.testing.strategies import completions, questions
from misure.testing.told import rows_of

BANDO = misure.catalogue()["lombardia/bando-filiere-2022"]
ON = dt.date(2022, 11, 15)
A, B, C, D = (made_up("codice_fiscale", number) for number in (1, 2, 3, 4))


def firms(*codes: str, key: str = "id", **told: object) -> list[dict[str, object]]:
    return [{key: f"p{n}", "codice_fiscale": code, **told} for n, code in enumerate(codes)]


def test_costs_take_the_code_the_kind_and_the_seat_of_their_partner() -> None:
    facts = {"firm_costs": firms(C, A, key="firm", kind="impresa"), "partners": firms(A, B, kind="universita")}
    found = distinct(BANDO, facts)
    assert found["firm_costs"] == firms(A, B, key="firm", kind="universita")
    assert found["partners"] == firms(A, B, kind="universita")


def test_what_was_told_of_the_costs_stays_and_the_others_give_way() -> None:
    told = {"firm_costs": [{"firm": "p1", "codice_fiscale": A, "kind": "impresa"}]}
    facts = {"firm_costs": [{**told["firm_costs"][0]}], "partners": firms(A, B, kind="universita")}
    found = distinct(BANDO, facts, told)
    assert found["firm_costs"] == told["firm_costs"]
    first, second = found["partners"]
    assert (second["codice_fiscale"], second["kind"]) == (A, "impresa")
    assert first["codice_fiscale"] not in (A, B) and first["kind"] == "universita"


def test_what_is_not_told_is_not_made_up() -> None:
    facts = {"firm_costs": [{"firm": "p0"}], "partners": firms(A)}
    assert distinct(BANDO, facts) == {"firm_costs": [{"firm": "p0"}], "partners": firms(A)}


def shared(facts: dict[str, object]) -> list[str]:
    """Who stands in both tables with a code told in each."""
    partners = {row["id"]: row for row in rows_of(facts.get("partners"))}
    both = [row for row in rows_of(facts.get("firm_costs")) if "codice_fiscale" in row and row["firm"] in partners]
    return [row["firm"] for row in both if "codice_fiscale" in partners[row["firm"]]]


@given(questions(BANDO))
def test_what_is_drawn_contradicts_no_partner(question: tuple[dict[str, object], dt.date]) -> None:
    partners = {row["id"]: row for row in rows_of(question[0].get("partners"))}
    for row in rows_of(question[0].get("firm_costs")):
        partner = partners.get(row["firm"], {})
        for field in ("codice_fiscale", "kind", "seat_in_lombardy"):
            assert field not in row or partner.get(field) in (None, row[field])


def test_some_that_are_drawn_tell_a_code_in_both_tables() -> None:
    found = find(questions(BANDO, missing=False), lambda question: bool(shared(question[0])), settings=settings(database=None, max_examples=200, derandomize=True, phases=[Phase.generate]))  # fmt: skip
    assert shared(found[0])


@given(st.data())
def test_costs_that_are_told_alone_are_completed_with_partners_of_their_codes(data: st.DataObject) -> None:
    told = {"firm_costs": firms(A, B, key="firm", kind="universita")}
    after = data.draw(completions(BANDO, told, on=ON))
    tables = dict(zip((table.name for table in compiled(BANDO).facts.layout.tables), compiled(BANDO).facts.read(after, ON).tables, strict=True))  # fmt: skip
    codes = {record[0]: (record[2], record[3]) for record in tables["partners"][0]}
    assert codes["p0"] == (A, "universita") and codes["p1"] == (B, "universita")
