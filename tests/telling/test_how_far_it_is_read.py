# SPDX-License-Identifier: Apache-2.0
"""How far the governing text was read is told above every outcome, with what of it, and never without it."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.telling.presenting import present
from tests.deciding.test_law_of_the_day import DATED, FACTS
from tests.deciding.written_measures import write

__all__ = ["write"]

ON = dt.date(2024, 6, 1)
PART = {"it": "Il testo che governa la misura è stato letto solo in parte.", "en": "The text that governs the measure was read only in part."}  # fmt: skip
MORE = {"it": "Può chiedere altro.", "en": "It may ask for more."}
EDITIONS = """editions:
  2022-01-31: {act: uno, read: whole, note: "Letto tutto."}
  2024-01-31: {act: due, restates: [most], read: partly, note: "Letto il primo articolo, non il secondo."}
"""
languages = pytest.mark.parametrize("language", ["it", "en"])


@pytest.fixture
def measure(write):
    return write(DATED, editions=EDITIONS, vocabulary=FACTS)


def told(measure, language, **facts):
    return misure.explain(measure.decide(facts, on=ON), language).page.preamble


@languages
@pytest.mark.parametrize(("employees", "more"), [(5, True), (None, True), (500, False)])
def test_what_was_read_stands_with_how_far_and_a_refusal_is_asked_nothing_more(measure, language, employees, more):
    asked = [MORE[language]] if more else []
    line = " ".join([PART[language], *asked, "Letto il primo articolo, non il secondo."])
    assert line in told(measure, language, employees=employees, filed_on="2024-03-01")


@languages
def test_of_a_text_that_was_read_whole_nothing_is_said(measure, language):
    assert len(told(measure, language, employees=5, filed_on="2022-06-01")) == 1


@languages
def test_where_any_edition_may_rule_what_was_read_of_one_is_not_told(measure, language):
    assert told(measure, language, employees=5)[1] == f"{PART[language]} {MORE[language]}"


@languages
def test_the_page_of_the_rules_and_that_of_a_selection_say_it_too(measure, language):
    note = "Letto il primo articolo, non il secondo."
    assert present(measure, language, on=ON).preamble[-1] == f"{PART[language]} {note}"
    assert len(present(measure, language, on=dt.date(2022, 6, 1)).preamble) == 2
    filiere = misure.catalogue()["lombardia/filiere"]
    page = misure.explain(filiere.select({"A": {"filed_on": "2022-06-01"}}, on=dt.date(2022, 6, 10)), language).page
    assert page.preamble[1].startswith(f"{PART[language]} {MORE[language]} ")
    assert "2338" in page.preamble[1]


@languages
@pytest.mark.parametrize("name", sorted(misure.catalogue()))
def test_a_bundled_edition_that_was_not_read_whole_says_so_on_its_page(name, language):
    measure = misure.catalogue()[name]
    for edition in measure.editions:
        told = present(measure, language, on=edition.day).preamble
        assert (edition.read == "whole") is not any(PART[language][:20] in line for line in told)
        # What of it was read, and what was not, is said beside it: else "in part" leaves whoever reads to guess.
        assert (edition.read == "whole") is (edition.note == "")
