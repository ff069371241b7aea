# SPDX-License-Identifier: Apache-2.0
"""A code that stands above one of a list, and under none, does not say whether it is in the list: asked at every door alike."""

import datetime as dt

import polars as pl
import pytest

import misure
from misure import Truth, batch
from misure.program.nodes import coarser

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
ON = dt.date(2025, 7, 1)
FACTS = {"filed_on": "2025-06-20"}
TRUTHS = {
    "12": Truth.NO, "12.00": Truth.NO, "46": Truth.UNKNOWN, "46.2": Truth.UNKNOWN, "46.21": Truth.UNKNOWN,
    "46.21.2": Truth.UNKNOWN, "46.21.21": Truth.NO, "46.21.22": Truth.YES, "46.3": Truth.UNKNOWN, "46.35": Truth.NO,
    "46.39.20": Truth.NO, "46.4": Truth.YES, "47": Truth.UNKNOWN, "47.2": Truth.UNKNOWN, "47.26": Truth.NO,
    "62.10": Truth.YES,
}  # fmt: skip


def asked(code):
    return VERSO.decide(FACTS | {"primary_ateco_2025": code, "prevalent_ateco_2025": code}, on=ON)


@pytest.mark.parametrize(("code", "truth"), TRUTHS.items())
def test_one_applicant(code, truth):
    finding = asked(code)["no_tobacco"]
    assert finding.truth is truth
    assert [item.name for item in finding.missing] == (
        ["primary_ateco_2025", "prevalent_ateco_2025"] if truth is Truth.UNKNOWN else []
    )


def test_a_frame_answers_as_one_decision_does():
    codes = list(TRUTHS)
    frame = pl.DataFrame(
        {"id": range(len(codes)), "filed_on": [dt.date(2025, 6, 20)] * len(codes), "primary_ateco_2025": codes,
         "prevalent_ateco_2025": codes}
    )  # fmt: skip
    found = batch.decide(VERSO, frame, on=ON, key="id", complete=False).sort("id")
    bit = 1 << batch.condition_names(VERSO).index("no_tobacco")
    for code, failed, unknown in zip(codes, found["failed"], found["unknown"], strict=True):
        truth = TRUTHS[code]
        assert (failed & bit > 0, unknown & bit > 0) == (truth is Truth.NO, truth is Truth.UNKNOWN), code


def test_one_of_two_codes_decides_for_both():
    """Under the list for certain, by one code: how short the other is changes nothing."""
    told = FACTS | {"primary_ateco_2025": "46.3", "prevalent_ateco_2025": "47.26"}
    assert VERSO.decide(told, on=ON)["no_tobacco"].truth is Truth.NO


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_page_says_why_it_asks_again(language):
    page = str(misure.explain(asked("46.3"), language))
    words = {"it": "serve un codice più preciso", "en": "a more precise code is needed"}
    assert words[language] in " ".join(page.split())


def test_what_stands_under_the_list_is_long_enough():
    assert coarser(frozenset({"46", "46.35"})) == frozenset()
