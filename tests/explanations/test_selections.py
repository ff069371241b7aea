# SPDX-License-Identifier: Apache-2.0
"""Selections told in full, word for word, in both languages; written again as the explanations are."""

from __future__ import annotations

from pathlib import Path

import pytest

import misure
from misure.selecting.selection import Selection
from misure.testing.worked_selections import select_case, selections_of_measure
from tests.explanations.golden import reads_as_written

FOLDER = Path(__file__).parent / "selections"
TOLD = {
    "misura-ties": ("lombardia/export-su-misura", "Pari punteggio a cavallo del limite: nessuna fonte dice chi passa"),
    "misura-not-admitted": ("lombardia/export-su-misura", "Le non ammesse stanno a parte, con i loro motivi"),
    "fiere-two-envelopes": ("lombardia/fiere-lombardia-2024-2026", "Lo sportello si chiude quando è stato chiesto il 125% delle riserve"),
    "filiere-list": ("lombardia/filiere", "Lo stesso capofila due volte: l'atto non dice quale proposta resti"),
}  # fmt: skip


def selected(measure_id: str, name: str) -> Selection:
    measure = misure.catalogue()[measure_id]
    case = next(case for case in selections_of_measure(measure) if case.name == name)
    return select_case(measure, case)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("told", TOLD)
def test_the_selection_reads_as_written(told: str, language: str) -> None:
    path = FOLDER / f"{told}.{language}.txt"
    text = f"{misure.explain(selected(*TOLD[told]), language)}\n"
    reads_as_written(text, path)


def test_a_notebook_shows_the_same_as_html() -> None:
    html = misure.explain(selected(*TOLD["misura-ties"]))._repr_html_()
    assert html.count("<li") > 58
    assert "B-1 – 80 punti" in html
