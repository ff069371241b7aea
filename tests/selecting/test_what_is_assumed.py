# SPDX-License-Identifier: Apache-2.0
"""A selection says which applications are not filed yet and are decided as if they were: as objects, as data, in words, in CSV."""

import csv
import datetime as dt
import io

import pytest

import misure
from misure.telling.formats.csv_ranking import ranking_csv

ON = dt.date(2026, 3, 1)
MEASURE = misure.catalogue()["lombardia/export-su-misura"]
TOLD = {"A": {"filed_on": "not_yet"}, "B": {"filed_on": "2026-03-01"}, "C": {}}


def flat(text):
    return " ".join(text.split())


@pytest.fixture(scope="module", params=["facts", "decisions", "mappings"])
def selection(request):
    match request.param:
        case "facts":
            given = TOLD
        case "decisions":
            given = {id_: MEASURE.decide(facts, on=ON) for id_, facts in TOLD.items()}
        case _:
            given = [{"id": id_, "facts": facts} for id_, facts in TOLD.items()]
    return MEASURE.select(given, on=ON)


def test_objects_and_data(selection):
    assert {one.id: one.assumed for one in selection} == {"A": ("filed_on",), "B": (), "C": ()}
    assert selection.assumed == ("filed_on",)
    data = selection.to_dict()
    assert data["assumed"] == ["filed_on"]
    assert {one["id"]: (one["filed_on"], one["assumed"]) for one in data["placements"]} == {
        "A": (None, ["filed_on"]), "B": ("2026-03-01", []), "C": (None, []),
    }  # fmt: skip
    again = MEASURE.reselect(data["receipt"])
    assert again == selection
    assert again.to_json() == selection.to_json()


def test_the_page(selection):
    for language, head, line in (
        ("it", "Una domanda non è ancora presentata, e si decide come se lo fosse il 1 marzo 2026: A", "non ancora presentata"),
        ("en", "One application is not filed yet, and is decided as if it were filed on 1 March 2026: A", "not filed yet"),
    ):  # fmt: skip
        explanation = misure.explain(selection, language)
        for text in (str(explanation), explanation._repr_html_()):
            assert head in flat(text)
        lines = {one["text"].split(" – ")[0].split(". ")[-1]: one.get("details", []) for section in
                 explanation.to_dict()["sections"] for one in section["lines"]}  # fmt: skip
        assert {id_: line in lines[id_] for id_ in "ABC"} == {"A": True, "B": False, "C": False}


def test_several_are_counted_and_named():
    found = MEASURE.select({"A": {"filed_on": "not_yet"}, "B": {"filed_on": "not_yet"}}, on=ON)
    page = flat(str(misure.explain(found, "it")))
    assert "2 domande non sono ancora presentate, e si decide come se lo fossero il 1 marzo 2026: A e B" in page


def test_who_filed_is_told_of_nothing():
    found = MEASURE.select({"B": TOLD["B"]}, on=ON)
    assert (found.assumed, found.to_dict()["assumed"]) == ((), [])
    assert "presentat" not in str(misure.explain(found, "it")).split("Dotazioni")[0]


def test_the_ranking_as_csv(selection):
    rows = list(csv.DictReader(io.StringIO(ranking_csv(selection))))
    assert {row["id"]: row["assumed"] for row in rows} == {"A": "filed_on", "B": "", "C": ""}


@pytest.mark.parametrize(
    ("facts", "on", "read"),
    [
        ({"filed_on": "2022-02-20"}, dt.date(2022, 2, 20), "whole"),
        ({"filed_on": "2022-02-20"}, dt.date(2022, 6, 10), "partly"),
        ({"filed_on": "2022-06-01"}, dt.date(2022, 6, 10), "partly"),
        ({}, dt.date(2022, 6, 10), "partly"),  # it may be under any edition of that day or before
        ({"filed_on": "2022-06-01"}, dt.date(2026, 1, 10), "not"),  # the rules of the ranking are those of the day
    ],
)
def test_a_selection_says_how_far_its_text_was_read(facts, on, read):
    measure = misure.catalogue()["lombardia/filiere"]
    found = measure.select({"A": facts}, on=on)
    assert str(found.read) == found.to_dict()["read"] == read
    assert found.unasked == tuple(measure.rulebook.unasked)
    assert ("non è stato letto" in flat(str(misure.explain(found)))) is (read == "not")
    assert ("letto solo in parte" in flat(str(misure.explain(found)))) is (read == "partly")
