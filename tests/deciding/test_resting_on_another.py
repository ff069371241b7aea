# SPDX-License-Identifier: Apache-2.0
"""What cannot be without something else (`only_if` on a flag or an event) is a contradiction where that is denied, at every door."""

from __future__ import annotations

import datetime as dt
import json

import pyarrow as pa
import pytest

import misure
from misure import batch
from misure.cli import main
from misure.testing.ordering import in_order

ON = dt.date(2026, 11, 1)
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
VOCABULARY = """
flags:
  member: {label: "socio", question: "È socio?"}
  founder: {only_if: member, label: "fondatore", question: "È fondatore?"}
  voted: {only_if: enrolled_on, label: "voto", question: "Ha votato?"}
events:
  enrolled_on: {only_if: founder, label: "iscrizione", question: "Quando?"}
"""
RULES = """
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      of_founders: {provision: P.1, text: "Fondatore", holds: founder or member}
      enrolled: {provision: P.2, text: "Iscritto", holds: happened(enrolled_on) or voted}
"""
TOLD = [
    # what is told, and what the fault is of; None where nothing is wrong
    ({"founder": True, "member": False}, "founder", "cannot be without member, which is told not to be"),
    ({"enrolled_on": "2026-10-01", "founder": False}, "enrolled_on", "2026-10-01 cannot be without founder, which is told not to be"),
    ({"voted": True, "enrolled_on": "not_yet"}, "voted", "cannot be without enrolled_on, which is told not to be"),
    ({"founder": False, "member": False}, None, ""),
    ({"founder": True, "member": True}, None, ""),
    ({"founder": True}, None, ""),
    ({"member": False}, None, ""),
    ({"enrolled_on": "not_yet", "founder": False, "voted": False}, None, ""),
]  # fmt: skip
each = pytest.mark.parametrize(("facts", "subject", "words"), TOLD, ids=range(len(TOLD)))


@pytest.fixture
def measure(write):
    return write(RULES, vocabulary=VOCABULARY)


def columns(facts):
    """The facts as columns of a frame of one applicant."""
    waits = {f"{name}_not_yet": [True] for name, told in facts.items() if told == "not_yet"}
    days = {
        name: [dt.date.fromisoformat(told)]
        for name, told in facts.items()
        if isinstance(told, str) and told != "not_yet"
    }
    return pa.table(
        {"id": ["a"], **waits, **days, **{name: [told] for name, told in facts.items() if isinstance(told, bool)}}
    )


@each
def test_it_is_told_of_what_rests(measure, facts, subject, words):
    (row,) = batch.decide(measure, columns(facts), on=ON).to_pylist()
    if subject is None:
        assert row["outcome"] == str(measure.decide(facts, on=ON).outcome)
        return
    with pytest.raises(misure.BadFacts) as caught:
        measure.decide(facts, on=ON)
    (fault,) = caught.value.faults
    assert (fault.subject, fault.message) == (subject, words)
    assert row["outcome"] == "bad_facts"


@each
def test_drawn_facts_do_not_gainsay_themselves(measure, facts, subject, words):
    for free in (facts, [name for name in facts if name == subject], [name for name in facts if name != subject]):
        mended = in_order(measure, dict(facts), ON, free)
        assert mended == facts or subject is not None
        if subject in free or (subject == "founder" and "member" in free):
            assert measure.decide(mended, on=ON).outcome


def test_arrears_that_were_notified_are_there(tmp_path, capsys):
    facts = {"arrears_at_balance": False, "arrears_notified_on": "2026-10-01", "arrears_paid_on": "not_yet"}
    with pytest.raises(misure.BadFacts, match="arrears_notified_on: 2026-10-01 cannot be without arrears_at_balance"):
        VERSO.decide(facts, on=ON)
    with pytest.raises(misure.BadFacts, match=r"D-1.arrears_notified_on"):
        VERSO.select({"D-1": facts}, on=ON)
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts, indent=1), "utf-8")
    assert main(["decide", VERSO.id, str(path), "--on", f"{ON}"]) == 2
    assert f"{path}:3:" in capsys.readouterr().err
    assert VERSO.decide(facts | {"arrears_notified_on": "not_yet"}, on=ON).outcome
