# SPDX-License-Identifier: Apache-2.0
"""Two records of control that gainsay each other, or themselves, are a fault at every door: neither is what was meant."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure import batch
from misure.cli import main
from tests.batch.engines import KINDS, Engine

ON = dt.date(2026, 3, 18)
A, B, PERSON = "01234560157", "01234570156", "RSSMRA85T10F205R"
EXPORT = "lombardia/export-su-misura"
FACTS = {"codice_fiscale": B, "granted_on": "2026-03-10", "filed_on": "2026-01-12", "deminimis_aids": [
    {"cor": "1", "beneficiary": A, "regulation": "gen", "granted_on": "2026-01-01", "amount": "300000.00"},
]}  # fmt: skip


def ties(*rows):
    names = ("controller", "controlled", "control", "sole_trader")
    return [
        {"id": str(place), **{name: value for name, value in zip(names, row, strict=False) if value is not None}}
        for place, row in enumerate(rows)
    ]


GAINSAID = "control_relations[1].control: false, and control_relations[0].control, of the same controller and controlled, is true"
WRONG = {
    "one pair, two ways": (ties((A, B, True), (A, B, False)), [GAINSAID]),
    "the other way about": (ties((A, B, False), (A, B, True)), [
        "control_relations[1].control: true, and control_relations[0].control, of the same controller and controlled, is false",
    ]),
    "in two writings": (ties((A, B, True), (f"IT{A}", B, False)), [GAINSAID]),
    "nobody controls itself": (ties((A, A, False)), [f"control_relations[0].controlled: '{A}' is its controller too, and they are never one"]),
    "nor where that is not said": (ties((A, A)), [f"control_relations[0].controlled: '{A}' is its controller too, and they are never one"]),
    "one person, two trades": (ties((PERSON, A, True, True), (PERSON, B, True, False)), [
        "control_relations[1].sole_trader: false, and control_relations[0].sole_trader, of the same controller, is true",
    ]),
    "each told": (ties((A, B, True), (A, B, False), (B, B, True)), [
        GAINSAID, f"control_relations[2].controlled: '{B}' is its controller too, and they are never one",
    ]),
}  # fmt: skip
RIGHT = {
    "said twice": ties((A, B, True), (A, B, True)),
    "each of the other": ties((A, B, True), (B, A, False)),
    "not told again": ties((A, B, True), (A, B, None)),
    "somebody, and somebody": ties((None, B, True), (None, B, False), (A, None, True), (A, None, False)),
    "one person, told once": ties((PERSON, A, True, True), (PERSON, B, True)),
}


def decide(ties, *, whole=True):
    told = ties if whole else {"records": ties, "complete": False}
    return misure.catalogue()[EXPORT].decide(FACTS | {"control_relations": told}, on=ON)


@pytest.mark.parametrize("case", WRONG)
def test_it_is_told_at_both_places(case):
    rows, told = WRONG[case]
    with pytest.raises(misure.BadFacts) as caught:
        decide(rows)
    assert [str(fault).removeprefix("<facts>: ") for fault in caught.value.faults] == told
    with pytest.raises(misure.BadFacts) as caught:
        decide(rows, whole=False)
    assert [str(fault).removeprefix("<facts>: ").replace(".records[", "[") for fault in caught.value.faults] == told


@pytest.mark.parametrize("case", RIGHT)
def test_what_gainsays_nothing_is_taken(case):
    assert decide(RIGHT[case]).outcome is not None


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_a_frame_too(kind):
    cases = {**{name: rows for name, (rows, _) in WRONG.items() if name != "in two writings"}, **RIGHT}
    engine, columns = Engine(kind), ("controller", "controlled", "control", "sole_trader")
    rows = [{"applicant": case, **row} for case, ties in cases.items() for row in ties]
    relations = {"applicant": [row["applicant"] for row in rows], "id": [row["id"] for row in rows]}
    relations |= {name: [row.get(name) for row in rows] for name in columns}
    answer = batch.decide(
        misure.catalogue()[EXPORT], engine.frame({"id": list(cases), "codice_fiscale": [B] * len(cases)}),
        on=ON, key="id", tables={"control_relations": engine.frame(relations)},
    )  # fmt: skip
    found = {row["id"]: row["outcome"] == "bad_facts" for row in engine.rows(answer)}
    assert found == {case: case in WRONG for case in cases}


def test_a_file_tells_the_line(tmp_path, capsys):
    path = tmp_path / "f.yaml"
    path.write_text(f"""\
control_relations:
  - {{id: a, controller: "{A}", controlled: "{B}", control: yes}}
  - {{id: b, controller: "{A}", controlled: "{B}", control: no}}
""")
    assert main(["decide", EXPORT, str(path), "--on", "2026-03-18"]) == 2
    assert capsys.readouterr().err == f"{path}:3:76: {GAINSAID}\n"
