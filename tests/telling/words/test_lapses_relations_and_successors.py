# SPDX-License-Identifier: Apache-2.0
"""Pages say what a lapse rests on, which relation of control is not known, and the call that comes next by its name."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.testing.worked_cases import cases_of_measure, decide_case

CATALOGUE = misure.catalogue()


def case_of(measure, name):
    return next(case for case in cases_of_measure(measure) if case.name.startswith(name))


@pytest.mark.parametrize(
    ("name", "confidence", "told"),
    [
        ("Un centesimo sotto il 70% si decade", "inferred", True),
        ("Contratto risolto per l'antiriciclaggio", "official", False),
    ],
)
def test_a_lapse_by_our_reading_alone_is_told_as_such(name, confidence, told):
    measure = CATALOGUE["lombardia/verso-nuovi-mercati"]
    decision = decide_case(measure, case_of(measure, name))
    gone = [lapse.id for lapse in decision.lapses if lapse.truth is misure.Truth.NO]
    assert [decision[id_].confidence.value for id_ in gone] == [confidence]
    for language, sentence in (
        ("it", "La decadenza si regge soltanto su una nostra lettura."),
        ("en", "The lapse rests on our reading alone."),
    ):
        assert (sentence in misure.explain(decision, language).text(width=2000)) is told


@pytest.mark.parametrize(
    ("relations", "asked"),
    [
        ([], True),
        ([{"id": "r", "controller": "01234560157", "controlled": "01234570156", "control": False}], False),
        ([{"id": "r", "controller": "01234570156", "controlled": "01234560157", "control": False}], False),
    ],
    ids=["none told", "denied", "denied the other way round"],
)
def test_who_tells_no_relation_is_asked_whether_there_is_control_either_way(relations, asked):
    measure = CATALOGUE["lombardia/fiere-lombardia-2024-2026"]
    facts = dict(decide_case(measure, cases_of_measure(measure)[0]).receipt["facts"])
    aid = {
        "cor": "1",
        "beneficiary": "01234570156",
        "regulation": "gen",
        "granted_on": "2024-05-05",
        "amount": "295000",
    }
    told = {"codice_fiscale": "01234560157", "deminimis_aids": [aid], "control_relations": relations}
    page = misure.explain(measure.decide(facts | told, on=dt.date(2025, 1, 10))).text(width=2000)
    assert ("fra l'impresa e 01234570156 c'è controllo, in un verso o nell'altro?" in page) is asked
    assert "la riga che serve manca" not in page
    assert "codice fiscale dell'impresa controllata: 01234570156" not in page


@pytest.mark.parametrize(
    ("name", "filed", "told"),
    [
        ("fiere-lombardia-2024-2026", "2026-09-05", "secondo sportello Fiere in Lombardia, del 7 luglio 2026"),
        ("export-su-misura", "2026-09-15", "bando Export su misura 2026, aperto dal 2 settembre 2026"),
        ("nuova-impresa-2025", "2026-01-16", "bando Nuova Impresa 2026, aperto dal 30 aprile 2026"),
    ],
)
def test_the_call_that_comes_next_is_told_by_its_name(name, filed, told):
    decision = CATALOGUE[f"lombardia/{name}"].decide({"filed_on": filed}, on=dt.date(2026, 9, 20))
    page = misure.explain(decision).text(width=2000)
    assert f"dopo questa misura viene: {told}" in page
    assert decision.succeeded_by in CATALOGUE["lombardia/" + name].rulebook.closing.others
    assert decision.succeeded_by not in page
