# SPDX-License-Identifier: Apache-2.0
"""Sentences that would say more than is known: a call that is only not open yet, a Saturday that nobody moves, a margin that is none."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.deminimis import Ledger, headroom
from misure.telling.formats.text import Style, plain_text
from misure.telling.headroom import headroom_page

CATALOGUE = misure.catalogue()
BANDO, FILIERE, FIERE, VERSO = (
    CATALOGUE[f"lombardia/{name}"]
    for name in ("bando-filiere-2022", "filiere", "fiere-lombardia-2024-2026", "verso-nuovi-mercati")
)


def page(decision, language="it"):
    return " ".join(str(misure.explain(decision, language)).split())


# Not open yet

NOT_OPEN = [
    (BANDO, dt.date(2022, 9, 4), "Apertura: 5 settembre 2022. Una domanda presentata il 4 settembre 2022 sarebbe respinta.",
     "Opening: 5 September 2022. An application filed on 4 September 2022 would be refused."),
    (FILIERE, dt.date(2022, 2, 10), "Apertura: fra il 24 febbraio 2022 e il 31 marzo 2022.", "Opening: between 24 February 2022 and 31 March 2022."),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "on", "italian", "english"), NOT_OPEN, ids=["a day", "days"])
def test_what_is_not_open_yet_is_not_refused_for_good(measure, on, italian, english):
    decision = measure.decide({"filed_on": "not_yet"}, on=on)
    assert decision.outcome == "refused"  # as if filed on that day
    for language, outcome, said, bare in (
        ("it", "NON ANCORA APERTO", italian, "NON AMMISSIBILE"), ("en", "NOT OPEN YET", english, "NOT ELIGIBLE"),
    ):  # fmt: skip
        told = page(decision, language)
        assert outcome in told
        assert said in told
        assert bare not in told
    assert "non ancora aperto; apre: " in page(decision)


@pytest.mark.parametrize(
    ("facts", "on"),
    [
        ({"filed_on": "2022-09-04"}, dt.date(2022, 9, 4)),
        ({"filed_on": "not_yet", "partners": []}, dt.date(2022, 9, 4)),
        ({"filed_on": "not_yet"}, dt.date(2022, 10, 18)),
    ],
    ids=["filed too early", "refused otherwise too", "closed"],
)
def test_what_is_refused_is_told_as_refused(facts, on):
    told = page(BANDO.decide(facts, on=on))
    assert "NON AMMISSIBILE" in told
    assert "NON ANCORA APERTO" not in told


# A last day that is no working day

SATURDAY = "ultimo giorno: 31 ottobre 2026; il 31 ottobre 2026 è sabato, e il termine non si sposta per questo"


@pytest.mark.parametrize("done", ["2026-11-02", "2026-10-31", None], ids=["monday", "saturday", "open"])
def test_a_saturday_that_does_not_move_is_told(done):
    facts = {"filed_on": "2025-01-10"} | ({"accounts_filed_on": done} if done else {})
    decision = FIERE.decide(facts, on=dt.date(2026, 11, 2))
    assert SATURDAY in page(decision)
    english = "last day: 31 October 2026; 31 October 2026 is a Saturday, and the term does not move for that"
    assert english in page(decision, "en")


def test_a_working_day_needs_no_word():
    told = page(FILIERE.decide({"filed_on": "2022-06-01"}, on=dt.date(2022, 6, 1)))
    assert "ultimo giorno: 1 luglio 2022" in told
    assert "non si sposta" not in told


# A margin that only the vocabulary bounds


FILED = {"filed_on": "2025-06-20", "merit_score": "80", "lombard_seat_opened_on": "2020-01-10"}
MARGINS = [
    ("2025-07-01", "reaches_threshold", {}, "15.00"),
    ("2025-07-01", "seat_open_by_advance", {"advance_paid_on": "not_yet"}, {"from": 1999, "to": None}),
    ("2025-07-01", "seat_open_by_advance", {}, None),
    ("2025-10-01", "project_end", {"granted_on": "2025-09-30"}, None),
]


@pytest.mark.parametrize(
    ("on", "condition", "more", "margin"), MARGINS, ids=[f"{n}-{one[1]}" for n, one in enumerate(MARGINS)]
)
def test_a_margin_has_no_end_that_the_vocabulary_alone_gives(on, condition, more, margin):
    decision = VERSO.decide(FILED | more, on=dt.date.fromisoformat(on))
    assert decision[condition].to_dict()["margin"] == margin


# Headroom of codes alone


def test_headroom_of_codes_alone_says_whom_it_leaves_out():
    found = headroom(Ledger([], complete_by="x"), "01234560157", on="2026-11-22")
    for language, said in (
        (
            "it",
            "Contano solo i codici indicati: chi li controlla, e chi ne è controllato, è della stessa impresa unica, e qui manca",
        ),
        (
            "en",
            "Only the codes named count: who controls them, and whom they control, is of the same single undertaking, and is left out here",
        ),
    ):
        told, silent = (
            " ".join(plain_text(headroom_page(found, language, as_named=named), Style()).split())
            for named in (True, False)
        )
        assert said in told
        assert said not in silent


# A share that may be any


def test_that_a_share_lies_between_nothing_and_the_whole_is_not_told():
    """Which reading a call means is written as a share of nothing or the whole: its bounds say nothing of it."""
    facts = {"filed_on": "2025-06-10", "beyond_budget": True, "further_resources": "awaited"}
    decision = CATALOGUE["lombardia/nuova-impresa-2025"].decide(facts, on=dt.date(2025, 6, 10))
    assert "resources_to_come" in {one.name for one in decision.missing}
    for language, label, bounds in (
        ("it", "se altre risorse arriveranno a chi aspetta", "fra 0% e 100%"),
        ("en", "whether other resources will come to those that wait", "between 0% and 100%"),
    ):
        told = page(decision, language)
        assert label in told
        assert bounds not in told
