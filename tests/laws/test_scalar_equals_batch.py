# SPDX-License-Identifier: Apache-2.0
"""One applicant at a time or all in a frame: the same answers, whatever the dataframe library."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import misure
from misure.deciding.machinery import compiled
from misure.testing.strategies import applicants, days, near_cases
from tests.batch.engines import KINDS, Engine
from tests.batch.scalar import assert_same
from tests.laws.readings import every_measure

MANY = 12


@st.composite
def crowds(draw, measure, *, missing):
    """Some applicants and a day on which the question is put of all of them."""
    facts, on = draw(near_cases(measure, missing=missing))
    if draw(st.booleans()):
        on = draw(days(measure))
    others = draw(st.lists(applicants(measure, on, missing=missing), min_size=1, max_size=MANY))
    return [facts, *others], on


def dossier_of(measure, facts, on):
    try:
        return compiled(measure).facts.read(facts, on)
    except misure.BadFacts:
        # Near a case of another day an event may lie after the question; frames of such rows are tested by themselves.
        return None


@every_measure
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("missing", [False, True], ids=["told", "untold"])
def test_scalar_equals_batch(measure, kind, missing):
    engine = Engine(kind)

    # What DuckDB and Narwhals do to plan a query takes seconds, whatever the number of rows.
    @settings(
        max_examples=3 if kind == "duckdb" else 10,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(crowds(measure, missing=missing), st.booleans())
    def law(crowd, in_cents):
        everybody, on = crowd
        dossiers = [found for facts in everybody if (found := dossier_of(measure, facts, on))]
        if not dossiers or on < compiled(measure).periods[0]:
            return
        assert_same(engine, measure, dossiers, on, in_cents=in_cents)

    law()
