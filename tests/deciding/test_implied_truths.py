# SPDX-License-Identifier: Apache-2.0
"""What a code implies for certain is filled in where it is not told, and who denies it contradicts himself, at every door."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest

import misure
import misure.batch
from misure.cli import main
from misure.ground.errors import BadFacts, BadRules

ON = dt.date(2025, 7, 1)
VOCABULARY = """
facts:
  trade: {code: ateco-2022, label: "attività", question: "Quale?"}
flags:
  tobacco:
    label: "tabacco"
    question: "Lavora il tabacco?"
    implied_by: [{fact: trade, edition: ateco-2022, codes: ["12", "46.35"], why: "titoli"}]
  farm:
    label: "agricoltura"
    question: "Coltiva?"
    implied_by: [{fact: trade, edition: ateco-2022, codes: [A], why: "titoli"}]
"""
RULES = """
parameters:
  ours: {edition: ateco-2022, is: [A, C, G], label: "settori"}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      ours_alone: {provision: P.1, text: "Fra i settori", holds: "within(trade, ours)"}
      no_tobacco: {provision: P.2, text: "Niente tabacco", holds: not tobacco}
      no_farm: {provision: P.3, text: "Niente agricoltura", holds: not farm}
"""
TOLD = [
    # the code, tobacco and farm as told; whether there is no tobacco and no farm, None where the facts contradict themselves
    ("12.00", None, None, ("no", "unknown")),
    ("12", None, False, ("no", "yes")),
    ("46.35.00", True, None, ("no", "unknown")),
    ("46.3", None, None, ("unknown", "unknown")),
    ("46.39.20", False, False, ("yes", "yes")),
    ("01.15", False, None, ("yes", "no")),
    ("03.11", None, True, ("unknown", "no")),
    (None, False, False, ("yes", "yes")),
    (None, None, None, ("unknown", "unknown")),
    ("12.00", False, None, None),
    ("46.35", False, True, None),
    ("01", True, False, None),
]


@pytest.fixture
def measure(write):
    return write(RULES, vocabulary=VOCABULARY)


def facts_of(code, tobacco, farm):
    told = {"trade": code, "tobacco": tobacco, "farm": farm}
    return {name: value for name, value in told.items() if value is not None}


@pytest.mark.parametrize(("code", "tobacco", "farm", "truths"), TOLD)
def test_one_applicant(measure, code, tobacco, farm, truths):
    facts = facts_of(code, tobacco, farm)
    for given in (facts, json.dumps(facts)):
        if truths is None:
            with pytest.raises(BadFacts, match=r"this is denied, and trade, which is '.*', implies it"):
                measure.decide(given, on=ON)
        else:
            decision = measure.decide(given, on=ON)
            assert tuple(decision[name].truth for name in ("no_tobacco", "no_farm")) == truths


def test_frames_say_the_same(measure):
    rows = [{"id": str(row), "trade": code, "tobacco": t, "farm": f} for row, (code, t, f, _) in enumerate(TOLD)]
    schema = {"id": pl.String, "trade": pl.String, "tobacco": pl.Boolean, "farm": pl.Boolean}
    found = misure.batch.decide(measure, pl.DataFrame(rows, schema=schema), on=ON, key="id")
    outcomes = dict(found.select("id", "outcome").iter_rows())
    for row, (code, tobacco, farm, truths) in enumerate(TOLD):
        if truths is None:
            assert outcomes[str(row)] == "bad_facts"
        else:
            assert outcomes[str(row)] == measure.decide(facts_of(code, tobacco, farm), on=ON).outcome


def test_a_contradiction_has_its_place(measure):
    with pytest.raises(BadFacts) as caught:
        measure.decide('{"trade": "12.00",\n "tobacco": false,\n "farm": false}', on=ON)
    (fault,) = caught.value.faults
    assert (fault.place.line, fault.place.column, fault.subject) == (2, 13, "tobacco")


def test_a_csv_of_applications_tells_the_row(tmp_path, capsys):
    path = tmp_path / "domande.csv"
    path.write_text(
        "id,filed_at,primary_ateco,tobacco_activity\n"
        "a,2025-03-03T10:00:00,12.00,no\nb,2025-03-03T10:00:01,12.00,\nc,2025-03-03T10:00:02,28.99,no\n"
    )
    assert main(["select", "lombardia/fiere-lombardia-2024-2026", str(path), "--on", "2025-04-01"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{path}:2:29: a.tobacco_activity: this is denied, and primary_ateco, which is '12.00',")


def test_what_is_implied_is_told_with_the_code(measure):
    finding = measure.decide({"trade": "12.00"}, on=ON)["no_tobacco"]
    assert finding.values == {"tobacco": True, "trade": "12.00"}
    assert measure.decide({}, on=ON)["no_tobacco"].values == {"tobacco": None, "trade": None}


def test_what_the_code_answers_is_not_asked(measure):
    missing = [one.name for one in measure.decide({"trade": "12.00", "farm": False}, on=ON).missing]
    assert "tobacco" not in missing


def test_a_linked_measure_says_the_same(measure):
    opened = misure.open_linked(measure.linked())
    with pytest.raises(BadFacts, match="implies it"):
        opened.decide({"trade": "12.00", "tobacco": False}, on=ON)
    assert opened.decide({"trade": "12.00"}, on=ON)["no_tobacco"].truth == "no"


WRONG = [
    ("fact: trade, edition: ateco-2022, codes: [A]", "fact: tarde, edition: ateco-2022, codes: [A]",
     "no fact that is a code is called 'tarde'", "trade"),
    ("fact: trade, edition: ateco-2022, codes: [A]", "fact: tobacco, edition: ateco-2022, codes: [A]",
     "no fact that is a code is called 'tobacco'", None),
    ("edition: ateco-2022, codes: [A]", "edition: ateco-222, codes: [A]",
     "no classification is called 'ateco-222'", "ateco-2022"),
    ("edition: ateco-2022, codes: [A]", "edition: ateco-2025, codes: [A]",
     "'trade' is of ateco-2022 and the codes of ateco-2025: one code means different things", None),
    ("codes: [A]", "codes: [Z]", "'Z' is no section or code of ateco-2022", None),
    ("codes: [A]", "codes: [A, 99.99.99]", "'99.99.99' is no section or code of ateco-2022", "99"),
    ("codes: [A]", "codes: [A, 62.10]", "'62.10' is no section or code of ateco-2022", "62"),
    ("codes: [A]", "codes: [A, 6201]", "'6201' is no section or code of ateco-2022", "62.01"),
    ("codes: [A]", "codes: [A, C, A]", "'A' stands in the list twice", None),
    ("codes: [A]", "codes: []", "no code is listed that implies it", None),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message", "suggestion"), WRONG)
def test_what_cannot_imply_anything(write, old, new, message, suggestion):
    assert VOCABULARY.count(old) == 1
    with pytest.raises(BadRules) as caught:
        write(RULES, vocabulary=VOCABULARY.replace(old, new))
    (fault,) = caught.value.faults
    assert fault.subject == "farm"
    assert fault.message.startswith(message)
    assert suggestion is None or fault.suggestion == suggestion


def test_an_empty_list_of_codes_hides_no_other_fault(write):
    """It once made the whole file unusable, so that a wrong name beside it was told only after."""
    broken = VOCABULARY.replace(
        "fact: trade, edition: ateco-2022, codes: [A]", "fact: tarde, edition: ateco-222, codes: []"
    )
    with pytest.raises(BadRules) as caught:
        write(RULES, vocabulary=broken)
    assert [fault.message for fault in caught.value.faults] == [
        "no code is listed that implies it", "no fact that is a code is called 'tarde'", "no classification is called 'ateco-222'",
    ]  # fmt: skip


def test_the_bundled_rules_know_tobacco_by_its_codes():
    measure = misure.catalogue()["lombardia/fiere-lombardia-2024-2026"]
    for code in ("12.00.00", "46.21.21", "46.35.00", "47.26.00"):
        assert measure.decide({"primary_ateco": code}, on=ON)["no_tobacco"].truth == "no"
        with pytest.raises(BadFacts, match="implies it"):
            measure.decide({"primary_ateco": code, "tobacco_activity": False}, on=ON)
    for code in ("46.39.20", "01.15.00", "46.17.08"):
        assert measure.decide({"primary_ateco": code}, on=ON)["no_tobacco"].truth == "unknown"
