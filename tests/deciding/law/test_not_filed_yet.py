# SPDX-License-Identifier: Apache-2.0
"""What is told as not filed has no hour of filing: nobody is asked for it; what has to come is the filing itself."""

from __future__ import annotations

import datetime as dt

import pytest

import misure

EDGES = [
    ("lombardia/bando-filiere-2022", dt.date(2022, 9, 5)),
    ("lombardia/bando-filiere-2022", dt.date(2022, 10, 17)),
    ("lombardia/verso-nuovi-mercati", dt.date(2025, 6, 3)),
    ("lombardia/verso-nuovi-mercati", dt.date(2025, 9, 9)),
]


def waits(items):
    return {(item.name, str(item.kind)) for item in items if item.name in ("filing_time", "filed_on")}


@pytest.mark.parametrize(("measure_id", "edge"), EDGES, ids=str)
def test_the_hour_is_asked_of_who_filed_and_not_of_who_has_not(measure_id, edge):
    measure = misure.catalogue()[measure_id]
    waiting, filed = (measure.decide({"filed_on": told}, on=edge) for told in ("not_yet", edge.isoformat()))
    assert (waiting.assumed, filed.assumed) == (("filed_on",), ())
    for decision, expected in ((waiting, {("filed_on", "pending")}), (filed, {("filing_time", "missing")})):
        assert waits(decision.missing) == waits(decision.missing_for("outcome")) == expected
        assert waits(decision["application_window"].missing) == expected
        assert str(decision["application_window"].truth) == "unknown"
    for language, question, head in (
        ("it", "A che ora", "deve ancora avvenire «presentazione della domanda»"),
        ("en", "At what time", "“filing of the application” has not happened yet"),
    ):
        page, asking = (" ".join(str(misure.explain(one, language, all=True)).split()) for one in (waiting, filed))
        assert question in asking
        assert question not in page
        assert head in page
        assert head not in asking


@pytest.mark.parametrize(("measure_id", "edge"), EDGES, ids=str)
def test_the_hour_told_of_the_filing_closes_it(measure_id, edge):
    measure = misure.catalogue()[measure_id]
    decision = measure.decide({"filed_on": "not_yet", "filing_time": "11:30"}, on=edge)
    assert waits(decision.missing) == set()


@pytest.mark.parametrize("short", [True, False])
@pytest.mark.parametrize(
    ("language", "head", "window"),
    [
        ("it", "La domanda non è ancora presentata: si decide come se lo fosse il 1 ottobre 2022", "non ancora; si conta il 1 ottobre 2022"),
        ("en", "The application is not filed yet: decided as if it were filed on 1 October 2022", "not yet; counted as 1 October 2022"),
    ],
)  # fmt: skip
def test_every_page_says_what_is_assumed(short, language, head, window):
    measure = misure.catalogue()["lombardia/bando-filiere-2022"]
    decision = measure.decide({"filed_on": "not_yet"}, on=dt.date(2022, 10, 1))
    explanation = misure.explain(decision, language, all=not short)
    for text in (str(explanation), explanation._repr_html_(), str(explanation.to_dict())):
        assert head in " ".join(text.split())
        assert window in " ".join(text.split())
