# SPDX-License-Identifier: Apache-2.0
"""Two writings of one COR are one aid at every door of facts; what has the shape of one and is none is refused with the right one.

Of ledgers `tests/identifiers/test_two_writings_of_one_cor.py` holds the same.
"""

from __future__ import annotations

import json
import re

import pyarrow as pa
import pytest

import misure
from misure import batch
from misure.cli import main
from misure.deciding.machinery import compiled
from misure.deminimis import Aid, Ledger
from misure.deminimis import facts as ledger_facts
from misure.reading.applicants.facts import read_facts
from tests.batch.engines import KINDS, Engine
from tests.batch.test_left_out import AID, FIRM, ON, RELATION, table, written
from tests.deciding.written_measures import write

__all__ = ["write"]

WRITINGS = [
    "23193436",
    " 23193436 ",
    "COR 23193436",
    "cor-23193436",
    "RNA-COR: 23193436",
    "Cor n. 23193436",
    "COR\u00a023193436",
]
"""How somebody writes one COR."""
WRONG = {
    "023193436": "23193436", "COR 023193436": "23193436", "23193436.0": "23193436", "23193436,00": "23193436",
    "23.193.436": "23193436", "23 193 436": "23193436", "cor 23'193'436": "23193436", "2.3193436E+7": None,
    "\uff12\uff13\uff11\uff19\uff13\uff14\uff13\uff16": "23193436",
}  # fmt: skip
"""What has the shape of a COR and is none, and the right one where its digits are all there."""
FREE = ["c1", "D-1/beta", "R-123456", "23193436/2", "COR", "CORSO 1", "2025 123", "12.345"]
"""Ids that are those of no register, or of another one."""


def aids(*cors):
    told = {"beneficiary": FIRM, "regulation": "gen", "granted_on": "2025-01-10", "amount": "100000.00"}
    return {"codice_fiscale": FIRM, "deminimis_aids": [{"cor": cor, **told} for cor in cors], "control_relations": []}


def by_object(measure, tmp_path, *cors):
    return measure.decide(aids(*cors), on=ON)


def by_json(measure, tmp_path, *cors):
    return measure.decide(json.dumps(aids(*cors)), on=ON)


def by_file(measure, tmp_path, *cors):
    """A dossier of the command line, in which every scalar is a text."""
    path = tmp_path / "fatti.yaml"
    path.write_text(json.dumps(aids(*cors)), "utf-8")
    told = read_facts(path)
    return compiled(measure).decide(compiled(measure).read(told.facts, ON, told.places, text_source=told.text_source))


SCALAR = {"object": by_object, "json": by_json, "file": by_file}


def rows(engine, measure, *told):
    """What a frame says of applicants, of each of whom these ids of aid are told."""
    records = [(who, cor, FIRM, "gen", ON.replace(month=1), 100_000) for who, cors in enumerate(told) for cor in cors]
    tables = {"deminimis_aids": table(AID, records), "control_relations": table(RELATION, [])}
    people = pa.table({"id": pa.array(range(len(told)), pa.int64()), "codice_fiscale": [FIRM] * len(told)})
    framed = {name: engine.frame(one) for name, one in tables.items()}
    found = engine.by_key(batch.decide(measure, engine.frame(people), on=ON, tables=framed, key="id"))
    return [found[who] for who in range(len(told))]


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("door", SCALAR)
def test_two_writings_are_one_aid_that_stands_twice(write, tmp_path, door, writing):
    measure = written(write)
    assert SCALAR[door](measure, tmp_path, writing).support[0].amount == 200_000
    with pytest.raises(misure.BadFacts, match=r"deminimis_aids\[1\]\.cor: '23193436' stands twice"):
        SCALAR[door](measure, tmp_path, "23193436", writing)
    assert SCALAR[door](measure, tmp_path, "23193437", writing).support[0].amount == 100_000


@pytest.mark.parametrize("kind", KINDS)
def test_two_writings_are_one_aid_of_a_frame(write, kind):
    numbered = [(f"2319343{n}", writing.replace("23193436", f"2319343{n}")) for n, writing in enumerate(WRITINGS)]
    first, more = "'23193430', '23193431', '23193432'", len(WRITINGS) - 3
    with pytest.raises(
        misure.BadFacts, match=rf"deminimis_aids\.cor: these keys stand more than once: {first} and {more} more"
    ):
        rows(Engine(kind), written(write), *numbered)


@pytest.mark.parametrize(("text", "right"), WRONG.items())
@pytest.mark.parametrize("door", SCALAR)
def test_what_is_no_cor_is_refused_with_the_right_one(write, tmp_path, door, text, right):
    with pytest.raises(misure.BadFacts) as refused:
        SCALAR[door](written(write), tmp_path, "23193435", text)
    (fault,) = refused.value.faults
    assert (fault.subject, fault.suggestion) == ("deminimis_aids[1].cor", right)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_cor_has_no_answer_in_a_frame(write, kind):
    found = rows(Engine(kind), written(write), *([text] for text in WRONG), FREE[:2], FREE[2:], WRITINGS[2:3])
    assert [row["outcome"] for row in found] == ["bad_facts"] * len(WRONG) + ["not_applicable"] * 3
    assert [row["left_cents"] for row in found[-3:]] == [10_000_000, 0, 20_000_000]


@pytest.mark.parametrize("door", SCALAR)
def test_ids_that_somebody_chose_stay_as_they_are(write, tmp_path, door):
    decision = SCALAR[door](written(write), tmp_path, *FREE)
    assert [record["cor"] for record in decision.receipt["facts"]["deminimis_aids"]] == FREE


@pytest.mark.parametrize(
    ("number", "right"), [(23193436, "23193436"), (23193436.0, "23193436"), (0, "0"), (True, None)]
)
def test_a_number_is_refused_with_its_text(write, number, right):
    with pytest.raises(misure.BadFacts) as refused:
        written(write).decide(aids(number), on=ON)
    (fault,) = refused.value.faults
    assert (fault.subject, fault.suggestion) == ("deminimis_aids[0].cor", right)


def test_the_command_line_says_where(tmp_path, capsys):
    path = tmp_path / "fatti.yaml"
    path.write_text(
        f"deminimis_aids:\n  - {{cor: 0123, beneficiary: '{FIRM}'}}\n  - {{cor: COR 5}}\n  - {{cor: cor-5}}\n", "utf-8"
    )
    assert main(["decide", "lombardia/verso-nuovi-mercati", str(path), "--on", "2025-07-01"]) == 2
    told = capsys.readouterr().err
    assert (
        f"{path}:2:11: deminimis_aids[0].cor: '0123' is no COR, and no other id of an aid: it begins with a zero; did you mean '123'?"
        in told
    )
    assert f"{path}:4:11: deminimis_aids[2].cor: '5' stands twice: deminimis_aids[1] has it too" in told


def test_a_ledger_becomes_facts_whatever_its_ids(write):
    held = [Aid(one, FIRM, "gen", "2025-01-10", "1000.00") for one in ("COR-1", "2", "D-1/beta")]
    facts = ledger_facts(Ledger(held, complete_by="register"), [FIRM], applicant=FIRM, on=ON)
    decision = written(write).decide(facts, on=ON)
    assert {record["cor"] for record in decision.receipt["facts"]["deminimis_aids"]} == {"1", "2", "D-1/beta"}
    assert decision.support[0].amount == 297_000


def test_the_schema_refuses_what_the_reader_refuses(write):
    record = written(write).facts_schema()["properties"]["deminimis_aids"]["anyOf"][0]["items"]
    asked = record["properties"]["cor"]
    assert (asked["type"], asked["maxLength"], asked["x-identifier"]) == ("string", 64, "aid_id")
    refused = [text for text in (*WRONG, *FREE) if re.search(asked["not"]["pattern"], text)]
    assert refused == list(WRONG)
