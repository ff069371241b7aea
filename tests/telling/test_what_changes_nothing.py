# SPDX-License-Identifier: Apache-2.0
"""Of whoever is refused for certain, what is open is counted in one line, and told when everything is asked for."""

from __future__ import annotations

import datetime as dt
import re

import pytest

import misure
from misure.ground.truth import Truth
from misure.telling.chapters.page import Mark

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
NUOVA = misure.catalogue()["lombardia/nuova-impresa-2025"]
PIANO = misure.catalogue()["lombardia/piano-export-2025"]
ON = dt.date(2025, 7, 1)
LARGE = {"size": "large", "filed_on": "2025-06-20"}
OPEN = (Mark.OPEN, Mark.WAITING)
SAID = {
    "it": ("{n} condizioni ancora da valutare, che non cambiano l'esito", "Nulla si paga di una domanda non ammissibile"),
    "en": ("{n} conditions still to be assessed, which do not change the outcome", "Nothing is paid on an application that is not eligible"),
}  # fmt: skip


def told_lines(decision, language="it"):
    return [line for section in misure.explain(decision, language).page.sections for line in section.lines]


@pytest.mark.parametrize("language", ["it", "en"])
def test_who_is_refused_is_asked_nothing_and_sees_how_much_is_open(language):
    decision = VERSO.decide(LARGE, on=ON)
    open_ones = [
        one for one in decision.findings
        if one.truth in (Truth.UNKNOWN, Truth.PENDING) and one.rule.origin not in ("window", "deadline")
    ]  # fmt: skip
    found = told_lines(decision, language)
    counted, paid = SAID[language]
    several = [line for line in found if line.text in {counted.format(n=n) for n in range(2, 60)}]
    # The bonuses of the score are no conditions of the outcome, and stand among what is counted too.
    assert sum(len(line.folded) for line in several) == len(open_ones) + 2
    assert {line.mark for line in several} == {Mark.PLAIN}
    assert [len(line.folded) for line in found if line.text == paid] == [len(decision.tranches)]
    # What is still told as open is no question: the ranking is yet to come, and so is the balance from which papers are kept.
    assert [line.cite[-5:] for line in found if line.mark in OPEN] == ["p. 29", "p. 38"]


def test_all_of_it_is_there_for_whoever_asks():
    decision = VERSO.decide(LARGE, on=ON)
    short, whole = (misure.explain(decision, all=everything).text(width=300) for everything in (False, True))
    assert "Il piano contiene il cronoprogramma: manca la risposta" not in short
    assert "Il piano contiene il cronoprogramma: manca la risposta" in whole
    assert "Prima tranche" not in short
    assert "Prima tranche del finanziamento, il 50%, alla firma del contratto: non si paga" in whole
    assert "(--all)" in misure.explain(decision).text(hint="--all")
    assert len(short.splitlines()) < len(whole.splitlines()) / 3
    html = misure.explain(decision)._repr_html_()
    folded = re.search(r"<details><summary>[0-9]{2} condizioni ancora da valutare", html)
    assert folded
    assert folded.start() < html.index("Il piano contiene il cronoprogramma")


def test_what_failed_is_told_and_its_conflict_of_provisions_too():
    facts = LARGE | {"vat_years": [{"year": 2024, "turnover": 1000, "foreign_supplies": 900, "out_of_scope": 0}]}
    decision = VERSO.decide(facts, on=ON)
    assert decision["exports_within_limit"].truth is Truth.NO
    said = [line for line in told_lines(decision) if "VE30" in line.text]
    assert [line.mark for line in said] == [Mark.OPEN]
    [idle] = [line for line in told_lines(decision) if "contrasti che non toccano ciò che esclude" in line.text]
    bearing = [one for one in decision.tensions if {"exports_within_limit", "size_admitted"} & {*one.bears_on}]
    assert len(idle.folded) == len(decision.tensions) - len(bearing)
    assert bearing


@pytest.mark.parametrize(("facts", "on", "outcome"), [
    ({"filed_on": "not_yet", "size": "small"}, dt.date(2025, 6, 1), "refused"),  # not open yet: what to prepare is told
    ({"filed_on": "2025-06-20", "size": "small"}, ON, "undecided"),
], ids=["not-open-yet", "undecided"])  # fmt: skip
def test_where_nothing_is_settled_questions_are_told(facts, on, outcome):
    decision = VERSO.decide(facts, on=on)
    assert decision.outcome == outcome
    found = told_lines(decision)
    assert not any("ancora da valutare" in line.text for line in found)
    assert sum(line.mark is Mark.OPEN for line in found) > 30
    assert not any(line.text == SAID["it"][1] for line in found)


def test_a_transfer_that_refuses_nobody_is_told_as_before():
    found = told_lines(PIANO.decide({}, on=dt.date(2025, 11, 1)))
    assert not any("ancora da valutare" in line.text or line.text == SAID["it"][1] for line in found)


@pytest.mark.parametrize(("language", "counted"), [
    ("it", "{n} contrasti in cui ogni lettura dice qui lo stesso"),
    ("en", "{n} places where provisions do not fit, of which every reading says the same here"),
])  # fmt: skip
def test_a_conflict_of_which_every_reading_says_the_same_is_counted(language, counted):
    decision = NUOVA.decide({"filed_on": "2025-06-20", "applicant_class": "firm"}, on=ON)
    apart = [one for one in decision.tensions if one.holds_open is Truth.NO]
    others = [one for one in decision.tensions if one.holds_open is not Truth.NO]
    assert len(apart) > 1
    assert len(others) > 1
    found = told_lines(decision, language)
    [line] = [line for line in found if line.text == counted.format(n=len(apart))]
    assert len(line.folded) == len(apart)
    if language == "it":
        whole = misure.explain(decision, all=True).text(width=900)
        assert all(one.text in {line.text for line in found} for one in others if "{" not in one.text)
        assert all(one.text in whole for one in apart if "{" not in one.text)
        assert not {one.text for one in apart} & {line.text for line in found}
