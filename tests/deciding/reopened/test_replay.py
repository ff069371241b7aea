# SPDX-License-Identifier: Apache-2.0
"""A receipt is decided again by the same law, or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import pickle
from typing import Any

import polars as pl
import pytest

import misure
from misure.ground.holidays import national_calendar

ON = dt.date(2022, 6, 1)


@pytest.fixture(scope="module")
def filiere() -> misure.Measure:
    return misure.catalogue()["lombardia/filiere"]


def partners(number: int) -> dict[str, Any]:
    return {"partners": [{"id": f"p{n}", "kind": "impresa", "seat_in_lombardy": True} for n in range(number)]}


def test_a_what_if_and_its_base_replay_each_as_it_was(filiere: misure.Measure) -> None:
    eight = filiere.vary(minimum_firms="8 firms")
    base, varied = (measure.decide(partners(8), on=ON) for measure in (filiere, eight))
    assert (base["at_least_ten_firms"].truth, varied["at_least_ten_firms"].truth) == ("no", "yes")
    for measure in (filiere, eight):
        for decision in (base, varied):
            again = measure.replay(json.loads(json.dumps(decision.receipt)))
            assert again == decision
            assert again["at_least_ten_firms"].truth == decision["at_least_ten_firms"].truth


@pytest.mark.parametrize("key", ["measure", "rules", "calendar"])
def test_another_law_is_refused_by_name(filiere: misure.Measure, key: str) -> None:
    receipt = filiere.decide({}, on=ON).receipt | {key: "another"}
    with pytest.raises(misure.BadRules, match=f"<receipt>: {key}: the receipt is of 'another', and here is '"):
        filiere.replay(receipt)


def test_no_answer_that_was_pickled_is_decided_again_under_another_calendar(
    filiere: misure.Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = filiere.decide({}, on=ON)
    selection = misure.catalogue()["lombardia/export-su-misura"].select({"D-1": {}}, on=dt.date(2026, 3, 18))
    answers = [decision, decision.findings[0], selection, selection["D-1"]]
    data = [pickle.dumps(answer) for answer in answers]
    assert [pickle.loads(one) for one in data] == answers  # noqa: S301 - our own bytes
    other = dataclasses.replace(national_calendar(), version="another")
    monkeypatch.setattr("misure.deciding.replaying.national_calendar", lambda: other)
    for one in data:
        with pytest.raises(misure.BadRules, match=r"calendar: .* 'festivita-nazionali .*, and here is 'another'"):
            pickle.loads(one)  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"on": "2022-02-30"}, "<receipt>: on: 2022-02-30 does not exist: February 2022 has 28 days"),
        ({"on": None}, "<receipt>: on: expected a date, YYYY-MM-DD; got nothing"),
        ({"facts": None}, "<receipt>: facts: expected a mapping; got nothing"),
        ({"varied": ["x"]}, "<receipt>: varied: expected a mapping; got a list"),
    ],
)
def test_what_is_no_receipt_says_why(filiere: misure.Measure, change: dict[str, Any], fault: str) -> None:
    with pytest.raises(misure.BadFacts) as caught:
        filiere.replay(filiere.decide({}, on=ON).receipt | change)
    assert str(caught.value) == fault


@pytest.mark.parametrize("receipt", [None, "text", 7])
def test_a_receipt_is_a_mapping(filiere: misure.Measure, receipt: Any) -> None:
    with pytest.raises(misure.BadFacts, match="a receipt is a mapping; got "):
        filiere.replay(receipt)


@pytest.mark.parametrize("on", [dt.date(2022, 1, 30), dt.date(2091, 1, 1), dt.date(9999, 12, 31)])
def test_a_question_outside_what_is_encoded(filiere: misure.Measure, on: dt.date) -> None:
    with pytest.raises(misure.NotEncoded, match="the rules hold from 2022-01-31 until 2090-12-31"):
        filiere.decide({}, on=on)
    with pytest.raises(misure.NotEncoded, match="the rules hold from 2022-01-31 until 2090-12-31"):
        misure.batch.decide(filiere, pl.DataFrame({"id": ["a"]}), on=on)


def test_the_last_day_of_questions_can_be_explained(filiere: misure.Measure) -> None:
    last = dt.date(2090, 12, 31)
    decision = filiere.decide({"filed_on": "not_yet"}, on=last)
    assert decision.outcome == "refused"
    assert "NON AMMISSIBILE" in str(misure.explain(decision, "it"))
    untold = filiere.decide({}, on=last)
    assert untold.outcome == "undecided"
    assert "NON SI PUÒ ANCORA DECIDERE" in str(misure.explain(untold, "it"))


def test_a_condition_that_is_not_there_names_the_nearest(filiere: misure.Measure) -> None:
    with pytest.raises(KeyError, match="did you mean 'reaches_threshold'"):
        filiere.decide({}, on=ON)["reaches_treshold"]


def spoilt(given: Any) -> None:
    """Every dictionary and list in it, changed in place."""
    if isinstance(given, dict):
        for value in list(given.values()):
            spoilt(value)
        for name in given:
            given[name] = "spoilt"
    elif isinstance(given, list):
        for value in given:
            spoilt(value)
        given[:] = ["spoilt"]


@pytest.mark.parametrize("handle", ["receipt", "to_dict", "facts_schema"])
def test_whoever_changes_what_was_given_changes_no_later_answer(filiere: misure.Measure, handle: str) -> None:
    first = filiere.decide(partners(9), on=ON)
    text, schema = first.to_json(), json.dumps(filiere.facts_schema())
    spoilt({"receipt": lambda: first.receipt, "to_dict": first.to_dict, "facts_schema": filiere.facts_schema}[handle]())
    assert first.to_json() == text
    assert filiere.decide(partners(9), on=ON).to_json() == text
    assert json.dumps(filiere.facts_schema()) == schema
    assert filiere.replay(first.receipt) == first
