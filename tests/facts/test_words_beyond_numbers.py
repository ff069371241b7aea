# SPDX-License-Identifier: Apache-2.0
"""A number may have words past its greatest, such as a firm without a class after the last class: told by their word."""

from __future__ import annotations

import datetime as dt
import json

import pytest

import misure
from misure import batch
from tests.deciding.written_measures import opened

DAY = dt.date(2025, 7, 1)
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
NEEDED = {"filed_on": "2025-06-20"}


def finding(told):
    return VERSO.decide(NEEDED | {"credit_class": told}, on=DAY)["credit_class_admitted"]


@pytest.mark.parametrize(
    ("told", "truth", "margin"),
    [(1, "yes", 6), (7, "yes", 0), ("7", "yes", 0), (8, "no", -1), (12, "no", -5), ("unrated", "no", None)],
)
def test_each_class_and_none(told, truth, margin):
    found = finding(told)
    assert (str(found.truth), found.margin) == (truth, margin)


def test_it_is_told_by_its_word():
    found = finding("unrated")
    assert found.values["credit_class"] == "unrated"
    decision = VERSO.decide(NEEDED | {"credit_class": "unrated"}, on=DAY)
    assert "classe di Credit Scoring: nessuna («unrated»)" in str(misure.explain(decision, "it"))
    assert "Credit Scoring class: none (“unrated”)" in str(misure.explain(decision, "en"))
    assert VERSO.replay(json.loads(json.dumps(decision.receipt))) == decision


@pytest.mark.parametrize(
    ("told", "message", "hint"),
    [
        (99, "99 is above the greatest that can be, 12 credit_classes or 'unrated'", None),
        (0, "0 is below the least that can be, 1 credit_classes", None),
        ("UNRATED", "'UNRATED' is not a number", "unrated"),
        ("unratd", "'unratd' is not a number", "unrated"),
    ],
)
def test_what_is_neither_is_refused_with_the_nearest(told, message, hint):
    with pytest.raises(misure.BadFacts) as failure:
        finding(told)
    (fault,) = failure.value.faults
    assert fault.subject == "credit_class"
    assert message in fault.message
    assert fault.suggestion == hint


def test_the_schema_has_the_word():
    schema = VERSO.facts_schema()["properties"]["credit_class"]
    assert {"const": "unrated", "title": "nessuna («unrated»)"} in schema["anyOf"]
    assert schema["x-greatest"] == "12"


def test_a_frame_tells_it_by_the_number_after_the_last():
    import polars as pl

    frame = pl.DataFrame({"id": [1, 2, 3, 4], "filed_on": [dt.date(2025, 6, 20)] * 4, "credit_class": [7, 12, 13, 14]})
    found = batch.decide(VERSO, frame, on=DAY, complete=False)
    assert found["outcome"].to_list() == ["undecided", "refused", "refused", "bad_facts"]


RULES = """
    flags:
      fair: {label: "prova", question: "Prova?"}
    facts:
      rank: FACT
    provisions:
      - cite: {act: uno, at: art. 1}
        admission:
          is_fair: {provision: P.1, text: "Prova", holds: fair}
"""


@pytest.mark.parametrize(
    "fact",
    [
        '{unit: EUR, least: "0", greatest: "9", beyond: {none_at_all: "nessuno"}, label: prova, question: "Quale?"}',
        '{choices: {a: uno, b: due}, beyond: {c: tre}, label: prova, question: "Quale?"}',
    ],
    ids=["an amount", "a choice"],
)
def test_only_whole_numbers_have_them(tmp_path, fact):
    with pytest.raises(misure.BadRules, match="in the place of a whole number"):
        opened(tmp_path, RULES.replace("FACT", fact))
