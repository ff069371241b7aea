# SPDX-License-Identifier: Apache-2.0
"""The two formats of a decision as JSON: what each holds, and what became of what."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache

import pytest

import misure
from misure.testing.worked_cases import cases_of_measure, decide_case, decided_cases
from tests.deciding.whole_measure import ON, RULES, VOCABULARY, facts

FIRST = [
    "format", "measure", "on", "outcome", "stages", "findings", "missing", "spending", "support", "score", "tranches", "terms",
    "duties", "tensions", "selection", "receipt",
]  # fmt: skip
SECOND = [
    *FIRST[:4],
    "confidence",
    "read",
    "unasked",
    "assumed",
    "succeeded_by",
    *FIRST[4:11],
    "lapses",
    "recovery",
    *FIRST[11:-2],
    "aid_remarks",
    *FIRST[-2:],
]
BEFORE = {
    "eligible": "eligible", "no_known_obstacle": "undecided", "refused": "refused", "undecided": "undecided",
    "not_applicable": "not_applicable",
}  # fmt: skip
"""What each outcome of format 2 was in format 1."""
MEASURES = misure.catalogue()


@cache
def decided(name):
    """The decisions of some sixty worked cases of a measure, from first to last, worked out once."""
    return tuple(decided_cases(MEASURES[name], one_in=-(-len(cases_of_measure(MEASURES[name])) // 60)))


@pytest.fixture(scope="module")
def every():
    # One case of all comes out eligible: it need not be among the sixty.
    filiere = MEASURES["lombardia/filiere"]
    eligible = [
        decide_case(filiere, case) for case in cases_of_measure(filiere) if case.expect.get("outcome") == "eligible"
    ]
    return [*eligible, *(decision for name in MEASURES for decision in decided(name))]


@pytest.fixture
def measure(write):
    return write(RULES, vocabulary=VOCABULARY)


def test_the_keys_of_each_format(measure) -> None:
    decision = measure.decide(facts("sound"), on=ON)
    second, first = decision.to_dict(), decision.to_dict(format=1)
    assert list(second) == SECOND
    assert sorted(first) == sorted(FIRST)
    assert (first["format"], second["format"]) == (1, 2)
    assert decision.to_dict(format=2) == second
    assert {key: second[key] for key in ("confidence", "read", "unasked", "assumed")} == {
        "confidence": None, "read": "whole", "unasked": [], "assumed": [],
    }  # fmt: skip


def test_what_is_missing_in_each_format(measure) -> None:
    members = [{"id": "a"}, {"id": "b", "signed": True}]
    decision = measure.decide(facts("hands", members=members), on=ON)
    second, first = decision.to_dict(), decision.to_dict(format=1)
    term = [{"kind": "term", "id": "window"}]
    assert second["missing"] == [
        {
            "name": "hands",
            "kind": "missing",
            "records": [],
            "decides": [{"kind": "outcome", "id": "few_hands"}],
            "wanted": [],
        },
        {
            "name": "members.signed",
            "kind": "missing",
            "records": ["a"],
            "decides": [{"kind": "outcome", "id": "all_signed"}],
            "wanted": [],
        },
        {"name": "opens", "kind": "unpublished", "records": [], "decides": term, "wanted": []},
    ]
    assert first["missing"] == [
        {"name": "hands", "kind": "missing"},
        {"name": "members.signed", "kind": "missing", "records": ["a"]},
        {"name": "opens", "kind": "unpublished"},
    ]
    for name, at in (("few_hands", 0), ("all_signed", 1)):
        found = [{f["id"]: f["missing"] for f in said["findings"]}[name] for said in (first, second)]
        assert found == [[first["missing"][at]], [second["missing"][at]]]


NEW_OF_A_FINDING = ("origin", "culprit_records", "left_out", "assumes")
NEW_OF_A_TRANCHE = ("cap", "withheld", "net")
NEW_OF_AN_AMOUNT = ("parts",)


NEW_STEPS = ("ceiling", "equivalent", "granted", "reduced")
NEW_KEYS = (
    "decides", "wanted", "culprit_records", "left_out", "assumes", "origin", "opens_at", "closes_at", "parameter", "holds_open",
    "readings", "editions", "read", "unasked", "assumed", "succeeded_by", "of",
)  # fmt: skip
"""Keys that came with format 2, at any depth."""


def without(said, *names):
    return {key: value for key, value in said.items() if key not in names}


def selection_before(selection):
    """How applications are chosen, as format 1 wrote it: a relation had no fact that names one record."""
    relations = [{name: one[name] for name in ("id", "key", "cite")} for one in (selection or {}).get("relations", ())]
    return selection and {"kind": selection["kind"], "relations": relations}


def before(missing):
    """What is missing, as format 1 wrote it."""
    return [{key: item[key] for key in ("name", "kind", "records") if item[key] != []} for item in missing]


@pytest.mark.parametrize("name", MEASURES)
def test_format_1_says_of_worked_cases_what_it_said(name) -> None:
    wrong = {}
    assert decided(name)
    for decision in decided(name):
        try:
            says_what_it_said(decision)
        except AssertionError as error:
            wrong[decision] = str(error)
    assert wrong == {}


def says_what_it_said(decision) -> None:
    second, first = decision.to_dict(), decision.to_dict(format=1)
    assert set(first) == set(FIRST)
    assert first["outcome"] == BEFORE[second["outcome"]]
    assert first["stages"] == {
        name: {"outcome": BEFORE.get(said["outcome"], said["outcome"])} for name, said in second["stages"].items()
    }
    for key in ("measure", "on", "spending", "score"):
        assert first[key] == second[key]
    for key in ("terms", "duties"):
        assert first[key] == [without(term, "opens_at", "closes_at") for term in second[key]]
    assert first["receipt"] == without(second["receipt"], "editions")
    for old, new in zip(first["support"], second["support"], strict=True):
        steps = [without(step, "parameter", "cite") for step in new["steps"] if step["step"] not in NEW_STEPS]
        assert old == without(new, *NEW_OF_AN_AMOUNT) | {"steps": steps}
    assert first["selection"] == selection_before(second["selection"])
    assert first["missing"] == before(second["missing"])
    for old, new in zip(first["tensions"], second["tensions"], strict=True):
        assert old == {key: value for key, value in new.items() if key not in ("holds_open", "readings")}
    for old, new in zip(first["findings"], second["findings"], strict=True):
        asked = {"missing": before(new["missing"])}
        truth = {"truth": "not_applicable" if new["truth"] == "pending" else new["truth"]}
        assert old == {key: value for key, value in new.items() if key not in NEW_OF_A_FINDING} | asked | truth
    for old, new in zip(first["tranches"], second["tranches"], strict=True):
        waits = [
            one | ({"missing": before(one["missing"])} if "missing" in one else {}) for one in new.get("waits_for", [])
        ]
        kept = without(new, *NEW_OF_A_TRANCHE)
        assert old == kept | ({"waits_for": waits} if "waits_for" in new else {})
    assert not set(re.findall(rf'"({"|".join(NEW_KEYS)})":', json.dumps(without(first, "receipt"))))
    assert json.loads(decision.to_json(format=1)) == first
    assert json.loads(decision.to_json()) == second


def test_the_cases_hold_what_format_1_has_no_word_for(every) -> None:
    assert {str(decision.outcome) for decision in every} == set(BEFORE)
    every = [decision.to_dict() for decision in every]
    found = [finding for second in every for finding in second["findings"]]
    assert all(any(finding[key] for finding in found) for key in NEW_OF_A_FINDING)
    steps = {step["step"] for second in every for amount in second["support"] for step in amount["steps"]}
    assert set(NEW_STEPS) <= steps
    assert any(term["closes_at"] for second in every for term in second["terms"])
    assert any(missing["wanted"] for second in every for missing in second["missing"])
    assert {bool(one["of"]) for second in every for one in (second["selection"] or {}).get("relations", ())} == {
        True,
        False,
    }


@pytest.mark.parametrize("format_", [0, 3, "2", None, True, 2.0])
def test_a_format_that_there_is_not(measure, format_) -> None:
    decision = measure.decide({}, on=ON)
    for written in (decision.to_dict, decision.to_json):
        with pytest.raises(ValueError, match=f"there is no format {format_!r} of a decision; there are 1 and 2"):
            written(format=format_)


def test_what_is_taken_of_a_format_cannot_reach_the_decision(measure) -> None:
    decision = measure.decide(facts("sound"), on=ON)
    texts = [decision.to_json(format=one) for one in (1, 2)]
    for one in (1, 2):
        taken = decision.to_dict(format=one)
        taken["receipt"]["facts"].clear()
        taken["missing"][0].clear()
        taken["findings"][0]["values"].clear()
        taken["stages"].clear()
    assert [decision.to_json(format=one) for one in (1, 2)] == texts


def test_what_is_assumed_and_not_asked_stands_in_format_2_alone() -> None:
    decision = misure.catalogue()["lombardia/filiere"].decide({"filed_on": "not_yet"}, on=dt.date(2022, 6, 1))
    second = decision.to_dict()
    assert second["assumed"] == ["filed_on"] == list(second["receipt"]["defaults"])
    assert second["unasked"] == list(decision.unasked) == list(decision.measure.rulebook.unasked)
    assert len(second["unasked"]) == 5
