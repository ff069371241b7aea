# SPDX-License-Identifier: Apache-2.0
"""What is told of a table by no file, by a header alone, by rows of some: objects, files and frames take it for the same."""

from __future__ import annotations

import datetime as dt
import json

import pyarrow as pa
import pytest

import misure
from misure import Application, batch
from misure.reading.applicants.applications import read_applications_file, read_csv
from tests.batch.engines import KINDS, Engine

ON = dt.date(2022, 6, 1)
FILIERE = misure.catalogue()["lombardia/filiere"]
VOCABULARY = FILIERE.rulebook.vocabulary
FILED = "2022-05-01T10:00"
SCENARIOS = {
    "no file": (None, {}, False, ("unknown", "unknown")),
    "a header alone": ([], {}, False, ("unknown", "unknown")),
    "a header alone, said to be whole": ([], {}, True, ("no", "no")),
    "a header alone, one says that it has none": ([], {"D-2": True}, False, ("unknown", "no")),
    "rows of one": (["D-1"], {}, False, ("no", "unknown")),
    "rows of one, said to be whole": (["D-1"], {}, True, ("no", "no")),
    "rows of one, the other says that it has none": (["D-1"], {"D-2": True}, False, ("no", "no")),
    "rows of one, which says that there may be more": (["D-1"], {"D-1": False}, False, ("unknown", "unknown")),
    "said to be whole, and one that there may be more": (["D-1"], {"D-2": False}, True, ("no", "unknown")),
}  # fmt: skip
"""Whose records the file has (None: there is none), who says whether it told all, whether the file has everybody's; and then
whether each of two applications has the ten firms that the act asks: an empty table has not, one that nobody told may."""


def records(rows):
    return [
        {"application": id_, "id": "x", "kind": "impresa", "seat_in_lombardy": "yes", "codice_fiscale": "DE123456788"}
        for id_ in rows
    ]


def by_objects(rows, known, whole):
    told = []
    for id_ in ("D-1", "D-2"):
        own = [{**one, "seat_in_lombardy": True} for one in records(rows or []) if one.pop("application") == id_]
        own = [{name: value for name, value in one.items() if name != "application"} for one in own]
        facts = {}
        if rows is not None and known.get(id_) is False:
            facts = {"partners": {"records": own, "complete": False}}
        elif rows is not None and (own or whole or known.get(id_)):
            facts = {"partners": own}
        told.append(Application(id_, facts, filed_at=FILED))
    return truths(FILIERE.select(told, on=ON))


def truths(selection):
    return tuple(selection[id_].decision["at_least_ten_firms"].truth.value for id_ in ("D-1", "D-2"))


def by_csv(rows, known, whole):
    header = "id;filed_at" + (";partners_known" if rows is not None else "")
    text = header + "".join(
        f"\n{id_};{FILED}"
        + (f";{ {True: 'VERO', False: 'FALSO', None: ''}[known.get(id_)] }" if rows is not None else "")
        for id_ in ("D-1", "D-2")
    )
    columns = ("application", "id", "kind", "seat_in_lombardy", "codice_fiscale")
    lines = [";".join(columns), *(";".join(one[name] for name in columns) for one in records(rows or []))]
    files = {} if rows is None else {"partners": ("\n".join(lines) + "\n", "p.csv")}
    fields = {name: table.fields for name, table in VOCABULARY.tables.items()}
    found = read_csv(text, "d.csv", VOCABULARY.facts, files, ("partners",) if whole else (), fields)
    told = [Application(one.id, one.facts, one.filed_at, text_source=True) for one in found]
    return truths(FILIERE.select(told, on=ON))


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("door", [by_objects, by_csv])
def test_what_objects_and_files_tell(door, scenario):
    rows, known, whole, right = SCENARIOS[scenario]
    assert door(rows, known, whole) == right


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_frames_tell(kind, scenario):
    rows, known, whole, right = SCENARIOS[scenario]
    engine = Engine(kind)
    columns = {"id": pa.array(["D-1", "D-2"]), "filed_on": pa.array([dt.date(2022, 5, 1)] * 2)}
    if known:
        columns["partners_known"] = pa.array([known.get("D-1"), known.get("D-2")], pa.bool_())
    tables = {}
    if rows is not None:
        one = pa.table({
            "applicant": pa.array(rows, pa.string()), "id": pa.array(["x"] * len(rows), pa.string()),
            "kind": pa.array(["impresa"] * len(rows), pa.string()), "seat_in_lombardy": pa.array([True] * len(rows), pa.bool_()),
        })  # fmt: skip
        tables = {"partners": engine.frame(one)}
    answer = batch.decide(
        FILIERE, engine.frame(pa.table(columns)), on=ON, tables=tables, complete=["partners"] if whole else False
    )
    bit = 1 << batch.condition_names(FILIERE).index("at_least_ten_firms")
    found = engine.by_key(answer)
    told = [
        ("no" if found[id_]["failed"] & bit else "unknown" if found[id_]["unknown"] & bit else "yes") for id_ in found
    ]
    assert dict(zip(found, told, strict=True)) == dict(zip(("D-1", "D-2"), right, strict=True))


# What refers to nobody, and what was filed when the call had ended


def test_a_record_of_nobody_and_a_lead_that_is_no_partner_are_told_by_files_and_frames(tmp_path):
    people = pa.table({"id": ["D-1", "D-2"], "filed_at": [FILED] * 2, "capofila": ["y", None]})
    partners = pa.table({"applicant": ["D-1", "D-9"], "id": ["x", "z"], "kind": ["impresa"] * 2})
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(FILIERE, people, on=ON, tables={"partners": partners})
    assert [str(fault) for fault in caught.value.faults] == [
        "<frame partners>: partners.applicant: no applicant has the key of these records: 'D-9'"
    ]
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(FILIERE, people, on=ON, tables={"partners": partners.slice(0, 1)})
    assert [str(fault) for fault in caught.value.faults] == [
        "<frame>: D-1.capofila: no record of partners is called 'y'"
    ]
    path = tmp_path / "d.json"
    told = [
        {"id": "D-1", "filed_at": FILED, "facts": {"capofila": "alfo", "partners": [{"id": "alfa"}]}},
        {"id": "D-2", "filed_at": FILED, "facts": {"partners": [{"id": "beta", "kind": "banca"}, {"id": "beta"}]}},
    ]
    path.write_text(json.dumps(told, indent=1), "utf-8")
    found = read_applications_file(path, VOCABULARY.facts)
    applications = [
        Application(one.id, one.facts, one.filed_at, place=one.place, places=one.places, text_source=True)
        for one in found
    ]
    with pytest.raises(misure.BadFacts) as caught:
        FILIERE.select(applications, on=ON)
    assert [(fault.subject, fault.suggestion, fault.place.line > 1) for fault in caught.value.faults] == [
        ("D-1.capofila", "alfa", True), ("D-2.partners[1].id", None, True),
    ]  # fmt: skip


ENDED = {"lombardia/fiere-lombardia-2024-2026": "2026-09-01", "lombardia/export-su-misura": "2028-05-01"}


@pytest.mark.parametrize("name", ENDED)
def test_what_was_filed_after_the_end_is_refused_by_every_door(name):
    measure, day = misure.catalogue()[name], dt.date.fromisoformat(ENDED[name])
    on = day + dt.timedelta(days=30)
    decision = measure.decide({"filed_on": day}, on=on)
    assert (decision.outcome, decision["call_open"].truth) == (misure.Outcome.REFUSED, "no")
    assert decision.succeeded_by in (f"{name}-2026", "lombardia/fiere-lombardia-2026")
    at = f"{day}T10:00"
    assert measure.select([Application("D-1", {}, filed_at=at)], on=on)["D-1"].admitted == "no"
    (told,) = read_csv(
        f"id;filed_at\nD-1;{day.day}/{day.month}/{day.year} 10:00\n", "d.csv", measure.rulebook.vocabulary.facts
    )
    assert measure.select([Application(told.id, told.facts, told.filed_at)], on=on)["D-1"].admitted == "no"
    for kind in KINDS:
        engine = Engine(kind)
        frame = engine.frame(pa.table({"id": ["D-1"], "filed_on": [day]}))
        assert engine.by_key(batch.decide(measure, frame, on=on))["D-1"]["outcome"] == "refused"
        frame = engine.frame(pa.table({"id": ["D-1"], "filed_at": [at]}))
        assert engine.by_key(batch.select(measure, frame, on=on))["D-1"]["standing"] == "not_admitted"
