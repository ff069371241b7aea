# SPDX-License-Identifier: Apache-2.0
"""What an explanation is: a value in two forms, escaped, with every hidden line within reach, in a language we have."""

from __future__ import annotations

import copy
import datetime as dt
import html
import json

import pytest

import misure

DAY = dt.date(2022, 7, 15)
HOSTILE = "<script>alert('x')</script> {minimum_firms} %s"


@pytest.fixture(scope="module")
def filiere() -> misure.Measure:
    return misure.catalogue()["lombardia/filiere"]


def partners(*names: str, **fields: object) -> list[dict[str, object]]:
    return [{"id": f"p{n}", "name": name, "kind": "impresa", "signed": False, **fields} for n, name in enumerate(names)]


def test_an_explanation_is_text_html_and_data(filiere: misure.Measure) -> None:
    decision = filiere.decide({"filed_on": "2022-06-01"}, on=DAY)
    explanation = misure.explain(decision, "it")
    assert str(explanation).startswith("Manifestazione di interesse")
    assert explanation._repr_html_().startswith('<article lang="it" class="misure">')
    assert json.loads(json.dumps(explanation.to_dict()))["answer"] == "Esito: NON SI PUÒ ANCORA DECIDERE"
    assert copy.deepcopy(explanation) == explanation
    assert explanation == misure.explain(decision)


def test_what_an_applicant_says_is_never_markup(filiere: misure.Measure) -> None:
    decision = filiere.decide({"filed_on": "2022-06-01", "partners": partners(HOSTILE)}, on=DAY)
    told = misure.explain(decision, "it", all=True)._repr_html_()
    assert "<script" not in told
    assert "&lt;script&gt;" in told
    assert "{minimum_firms} %s" in str(misure.explain(decision, "it"))


def test_what_is_counted_can_be_opened(filiere: misure.Measure) -> None:
    decision = filiere.decide({"filed_on": "2022-06-01", "filed_on_webtelemaco": True}, on=DAY)
    short, whole = misure.explain(decision, "it"), misure.explain(decision, "it", all=True)
    sentence = "Proposta inviata con l'applicativo Webtelemaco"
    assert sentence not in str(short)
    assert sentence in str(whole)
    assert html.escape(sentence) in short._repr_html_()
    assert "(all=True)" in short.text(hint="all=True")


def test_many_culprits_are_cut_short_and_counted(filiere: misure.Measure) -> None:
    decision = filiere.decide({"filed_on": "2022-06-01", "partners": partners(*(f"F{n}" for n in range(12)))}, on=DAY)
    told = json.dumps(misure.explain(decision, "it").to_dict(), ensure_ascii=False)
    assert "non è così per «F0», «F1», «F2», «F3», «F4», «F5», «F6» e altri 5" in told


def test_colour_wraps_and_adds_nothing_else(filiere: misure.Measure) -> None:
    explanation = misure.explain(
        filiere.decide({"filed_on": "2022-06-01", "filed_on_webtelemaco": False}, on=DAY), "en"
    )
    coloured = explanation.text(colour=True)
    bare = coloured
    for code in ("0", "1", "1;31", "31", "32", "33", "1;33"):
        bare = bare.replace(f"\x1b[{code}m", "")
    assert bare == str(explanation)
    assert "\x1b[31m✗" in coloured


def test_a_language_that_is_not_offered(filiere: misure.Measure) -> None:
    with pytest.raises(ValueError, match="'fr' is not offered; the languages are: it, en"):
        misure.explain(filiere.decide({}, on=DAY), "fr")
