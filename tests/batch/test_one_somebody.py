# SPDX-License-Identifier: Apache-2.0
"""Costs of a firm and that firm among the partners, in frames: told of both, and a row's own fault where they differ."""

from __future__ import annotations

import datetime as dt
import random

import pyarrow as pa
import pytest

import misure
from misure import batch
from misure.identifiers.forms import made_up
from misure.testing.worked_cases import cases_of_measure

ON = dt.date(2022, 11, 15)
BANDO = misure.catalogue()["lombardia/bando-filiere-2022"]
A, B, C = (made_up("codice_fiscale", number) for number in (1, 2, 3))
CODES = [A, B, C, f"it {A}", None, None]
KINDS = ["impresa", "impresa", "universita", None]
Row = dict[str, object]


def applicant(chosen: random.Random) -> dict[str, list[Row]]:
    partners: list[Row] = [
        {"id": f"p{n}", "codice_fiscale": chosen.choice(CODES), "kind": chosen.choice(KINDS), "seat_in_lombardy": chosen.choice([True, True, False, None])}
        for n in range(3)
    ]  # fmt: skip
    costs: list[Row] = [
        {"firm": f"p{n}", "codice_fiscale": chosen.choice(CODES), "kind": chosen.choice([None, *KINDS]), "seat_in_lombardy": chosen.choice([None, None, True]),
         "size": chosen.choice(["small", "large"]), "collaborates": True, "amount": 100_000 * (n + 1)}
        for n in chosen.sample(range(3), chosen.randint(0, 3))
    ]  # fmt: skip
    return {"partners": partners, "firm_costs": costs}


def told(rows: list[Row]) -> list[Row]:
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def table(applicants: list[dict[str, list[Row]]], name: str) -> pa.Table:
    rows = [{"applicant": at, **row} for at, facts in enumerate(applicants) for row in facts[name]]
    types = {"applicant": pa.int64(), "amount": pa.int64(), "seat_in_lombardy": pa.bool_(), "collaborates": pa.bool_()}
    return pa.table(
        {column: pa.array([row[column] for row in rows], types.get(column, pa.string())) for column in rows[0]}
    )


APPLICANTS = [applicant(random.Random(seed)) for seed in range(120)]


def scalar(facts: dict[str, list[Row]]) -> tuple[object, ...]:
    try:
        found = BANDO.decide({name: told(rows) for name, rows in facts.items()}, on=ON)
    except misure.BadFacts:
        return ("bad_facts",)
    grant = next(line for line in found.support.lines if line.id == "grant").granted if found.support else None
    return str(found.outcome), str(grant)


def test_every_row_answers_as_one_decision_does(engine):
    frame = engine.frame({"id": list(range(len(APPLICANTS))), **{f"{name}_known": [True] * len(APPLICANTS) for name in ("partners", "firm_costs")}})  # fmt: skip
    tables = {name: engine.frame(dict(zip(t.column_names, t.columns, strict=True))) for name in ("partners", "firm_costs") for t in [table(APPLICANTS, name)]}  # fmt: skip
    rows = engine.by_key(batch.decide(BANDO, frame, on=ON, tables=tables))
    expected = [scalar(facts)[0] for facts in APPLICANTS]
    assert [rows[at]["outcome"] for at in range(len(APPLICANTS))] == expected
    assert expected.count("bad_facts") > 20 and len(expected) - expected.count("bad_facts") > 20


def test_costs_under_another_name_than_the_partner_of_that_code(engine):
    partners = {"applicant": [1, 1, 2, 3], "id": ["b", "c", "b", "b"], "codice_fiscale": [A, None, A, A]}
    costs = {"applicant": [1, 2, 3], "firm": ["zz", "zz", "b"], "codice_fiscale": [A, B, A], "amount": [5, 5, 5]}
    people = {"id": [1, 2, 3], "partners_known": [False] * 3, "firm_costs_known": [True] * 3}
    tables = {"partners": engine.frame(partners), "firm_costs": engine.frame(costs)}
    found = engine.by_key(batch.decide(BANDO, engine.frame(people), on=ON, tables=tables))
    assert [found[at]["outcome"] == "bad_facts" for at in (1, 2, 3)] == [True, False, False]


CASE = next(case for case in cases_of_measure(BANDO) if case.name.startswith("Un'altra aggregazione con la SWOT è ammessa"))  # fmt: skip


def project(*, partners: list[str | None], costs: list[str | None]) -> dict[str, object]:
    """A project of which two of ten partners bear costs; of both lists, the codes that they tell of them."""
    facts: dict[str, object] = {"filed_on": dt.date(2022, 10, 3), "chain_project_score": 80, "common_objective": True, "granted_on_not_yet": True,
                                "manifestation_filed_on_not_yet": True, "manifestation_recognised_on_not_yet": True,
                                "project_swot_presented": True, "project_swot_adequate": True}  # fmt: skip
    seat = {
        "kind": "impresa",
        "seat_in_lombardy": True,
        "signed": True,
        "role_stated": True,
        "commitments_stated": True,
    }
    facts["partners"] = [{"id": f"p{n}", "codice_fiscale": partners[n] if n < 2 else None, **seat} for n in range(10)]
    facts["firm_costs"] = [
        {"firm": f"p{n}", "codice_fiscale": costs[n], "size": "small", "amount": 200_000, "deminimis_left": 200_000}
        for n in range(2)
    ]
    return facts


def selected(engine, projects: list[dict[str, object]]) -> list[str]:
    names = [name for name in projects[0] if name not in ("partners", "firm_costs")]
    people = engine.frame({"id": list(range(len(projects))), **{name: [p[name] for p in projects] for name in names}})
    tables = {}
    for name in ("partners", "firm_costs"):
        rows = [{"applicant": at, **row} for at, p in enumerate(projects) for row in p[name]]  # type: ignore[attr-defined]
        columns = {column: [row[column] for row in rows] for column in rows[0]}
        columns["codice_fiscale"] = pa.array(columns["codice_fiscale"], pa.string())
        tables[name] = engine.frame(columns)
    found = engine.by_key(batch.select(BANDO, people, on=ON, tables=tables))
    return [found[at]["standing"] for at in range(len(projects))]


def test_one_firm_in_two_projects_is_found_by_what_its_partners_tell(engine):
    one = project(partners=[A, B], costs=[None, None])
    other = project(partners=[None, None], costs=[f"it {B}", C])
    apart = project(partners=[made_up("codice_fiscale", 8), None], costs=[None, made_up("codice_fiscale", 9)])
    assert selected(engine, [one, other, apart]) == ["depends", "depends", "funded"]
    assert selected(engine, [one, apart]) == ["funded", "funded"]


def test_a_row_that_contradicts_its_partner_is_told_with_the_right_code(engine):
    wrong = project(partners=[A, None], costs=[B, None])
    with pytest.raises(misure.BadFacts) as caught:
        selected(engine, [project(partners=[C, None], costs=[None, None]), wrong])
    (fault,) = caught.value.faults
    assert (fault.subject, fault.suggestion) == ("1.firm_costs[0].codice_fiscale", A)


CHAIN = """
provisions:
  - cite: {act: uno}
    admission:
      visited: {holds: "any(v.code == codice_fiscale for v in visits)", text: "visita", provision: P.1}
      paid: {holds: "any(c.code == codice_fiscale for c in costs)", text: "costi", provision: P.2}
      there: {holds: "any(p.code == codice_fiscale for p in people)", text: "partner", provision: P.3}
"""
FIELDS = "code: {identifier: codice_fiscale, label: codice, question: q}"
TABLES = {"people": "", "costs": ", refers_to: people", "visits": ", refers_to: costs"}
CHAINED = "tables:\n" + "".join(
    f"  {name}:\n    label: l\n    question: q\n    key: id\n    name: id\n    identity: code\n    max_items: 9\n"
    f"    fields:\n      id: {{text: 8, label: i{refers}}}\n      {FIELDS}\n"
    for name, refers in TABLES.items()
)
THEN = dt.date(2025, 10, 1)


@pytest.mark.parametrize("engine", ["polars", "pyarrow"], indirect=True)
@pytest.mark.parametrize(
    ("where", "outcome"),
    [
        ({"people": A}, "eligible"), ({"visits": A}, "eligible"), ({"costs": B}, "refused"), ({"people": A, "visits": B}, "bad_facts"),
    ],
)  # fmt: skip
def test_a_code_goes_as_far_as_frames_speak_of_frames(engine, write, where, outcome):
    measure = write(CHAIN, vocabulary=CHAINED)
    facts = {name: [{"id": "x"} | ({"code": where[name]} if name in where else {})] for name in TABLES}
    try:
        assert str(measure.decide({"codice_fiscale": A, **facts}, on=THEN).outcome) == outcome
    except misure.BadFacts:
        assert outcome == "bad_facts"
    columns = {"applicant": [0], "id": ["x"]}
    told = {name: {"code": pa.array([where[name]])} if name in where else {} for name in TABLES}
    tables = {name: engine.frame(columns | more) for name, more in told.items()}
    people = engine.frame({"id": [0], "codice_fiscale": [A]})
    (row,) = engine.rows(batch.decide(measure, people, on=THEN, tables=tables))
    assert row["outcome"] == outcome
