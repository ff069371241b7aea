# SPDX-License-Identifier: Apache-2.0
"""One applicant at a time or all in a frame: the same answers, whatever the dataframe library."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import misure
from misure import batch
from misure.batch.rows import amounts
from misure.deciding.values import Range
from misure.ground.truth import Truth
from misure.testing.strategies import applicants, days, near_cases
from tests.batch.engines import KINDS, Engine
from tests.batch.frames import frames_of
from tests.laws.readings import every_measure

_OWN_OUTCOMES = {misure.BadFacts: "bad_facts", misure.NotEncoded: "not_encoded", misure.Conflict: "conflict"}
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
        return measure.intake.read(facts, on)
    except misure.BadFacts:
        # Near a case of another day an event may lie after the question; frames of such rows are tested by themselves.
        return None


def cents(amount):
    ends = (amount.least, amount.greatest) if isinstance(amount, Range) else (amount, amount)
    return tuple(int(end * 100) for end in ends)


def expected(measure, dossier):
    """What one decision says, as the columns of an answer."""
    try:
        decision = measure.decide_dossier(dossier)
    except misure.MisureError as error:
        return {"outcome": _OWN_OUTCOMES[type(error)]}
    found = {"outcome": str(decision.outcome)}
    for name, truth in (("failed", Truth.NO), ("unknown", Truth.UNKNOWN)):
        found[name] = sum(1 << bit for bit, finding in enumerate(decision.findings) if finding.truth is truth)
    told = {amount.id: amount.amount for amount in decision.support}
    for name, _ in amounts(measure):
        # A range as wide as the vocabulary's is not shown; what batch gives for it is tested against the program.
        if told.get(name, 0) is not None:
            found[name] = cents(told.get(name, 0))
    return found


def answered(measure, row):
    """A row of the answer, with the ends of each amount together."""
    found = {name: row[name] for name in ("outcome", "failed", "unknown") if row[name] is not None}
    for name, _ in amounts(measure):
        low = row[f"{name}_cents"]
        if low is not None:
            found[name] = (low, row.get(f"{name}_cents_to", low))
    return found


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
        if not dossiers or on < measure.stretches[0]:
            return
        applicants_, tables = frames_of(dossiers, cents=in_cents)
        answer = batch.decide(
            measure,
            engine.frame(applicants_),
            on=on,
            tables={name: engine.frame(table) for name, table in tables.items()},
        )
        rows = engine.by_key(answer)
        for number, dossier in enumerate(dossiers):
            want, got = expected(measure, dossier), answered(measure, rows[number])
            assert {name: got.get(name) for name in want} == want, (number, dossier.said())

    law()
