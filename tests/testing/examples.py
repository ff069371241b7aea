# SPDX-License-Identifier: Apache-2.0
"""The bundled measures with a day on which most of each can be asked, and examples that are the same in every run."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import misure

MEASURES = misure.catalogue()
FILIERE = MEASURES["lombardia/filiere"]
VERSO = MEASURES["lombardia/verso-nuovi-mercati"]
EXPORT = MEASURES["lombardia/export-su-misura"]
DAYS = {
    "lombardia/bando-filiere-2022": dt.date(2022, 11, 15),
    "lombardia/export-su-misura": dt.date(2026, 9, 11),
    "lombardia/fiere-lombardia-2024-2026": dt.date(2026, 11, 1),
    "lombardia/filiere": dt.date(2028, 2, 15),
    "lombardia/linea-microimprese-2024": dt.date(2026, 6, 1),
    "lombardia/linea-microimprese-2025": dt.date(2027, 6, 1),
    "lombardia/nuova-impresa-2025": dt.date(2026, 3, 18),
    "lombardia/piano-export-2025": dt.date(2026, 3, 18),
    "lombardia/quota-lombardia": dt.date(2028, 7, 3),
    "lombardia/tecnologie-strategiche-step": dt.date(2028, 7, 10),
    "lombardia/verso-nuovi-mercati": dt.date(2026, 12, 1),
}
"""Late enough for what comes after the grant."""
BEST = dict.fromkeys(MEASURES, "no_known_obstacle") | {
    "lombardia/piano-export-2025": "not_applicable",
}
"""The best that comes out: what governs applications was read whole of none, and one admits nobody."""
EARLY_FILIERE = FILIERE.vary(opening_day="2022-02-01")
EARLY = dt.date(2022, 2, 20)
"""A what-if, and a day of it, on which somebody is eligible: a resolution rules alone that was read whole."""
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))

light_measures = pytest.mark.parametrize(
    "measure", [EXPORT, MEASURES["lombardia/fiere-lombardia-2024-2026"], FILIERE], ids=lambda measure: measure.id
)
"""Of which many examples take little time."""


def drawn(strategy, count=100):
    found = []

    @settings(
        max_examples=count, database=None, derandomize=True, phases=[Phase.generate], deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def gather(example):
        found.append(example)

    gather()
    return found


QUICKLY = settings(
    max_examples=80, database=None, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
