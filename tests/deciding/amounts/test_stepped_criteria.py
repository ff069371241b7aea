# SPDX-License-Identifier: Apache-2.0
"""A criterion of discrete steps: what nobody told lies within the steps, and what lies between two of them is a fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

import misure
from misure import Range, Truth

RULES = """\
parameters:
  lowest: 0 points
  highest: 100 points
  threshold: 65 points
  coherence_most: 60 points
  breadth_steps: [5 points, 10 points, 15 points]
score:
  cite: {act: uno, at: art. 1}
  provision: G.01
  scale: {from: lowest, to: highest}
  criteria:
    coherence: {fact: score_coherence, most: coherence_most, text: "Coerenza"}
    breadth: {fact: score_breadth, steps: breadth_steps, text: "Ampiezza"}
  threshold: {id: reaches_threshold, at_least: threshold, provision: G.02, text: "Almeno {threshold}"}
"""


@pytest.fixture
def measure(write: Callable[[str], misure.Measure]) -> misure.Measure:
    return write(RULES)


def decided(measure: misure.Measure, **facts: str) -> misure.Decision:
    return measure.decide(facts, on=dt.date(2025, 6, 1))


@pytest.mark.parametrize(
    ("coherence", "truth"),
    [("49.99", Truth.NO), ("50", Truth.UNKNOWN), ("59.99", Truth.UNKNOWN), ("60", Truth.YES)],
)
def test_a_criterion_not_told_gives_its_lowest_step_at_least_and_its_highest_at_most(
    measure: misure.Measure, coherence: str, truth: Truth
) -> None:
    decision = decided(measure, score_coherence=coherence)
    assert decision["reaches_threshold"].truth is truth
    assert decision.score is not None
    assert decision.score.total == Range(Decimal(coherence) + 5, Decimal(coherence) + 15)


@pytest.mark.parametrize("points", ["5", "10", "15"])
def test_each_step_counts_as_it_is(measure: misure.Measure, points: str) -> None:
    decision = decided(measure, score_coherence="50", score_breadth=points)
    assert decision.score is not None
    assert decision.score.total == 50 + Decimal(points)


@pytest.mark.parametrize("points", ["0", "4.99", "7", "20"])
def test_points_on_no_step_are_bad_facts(measure: misure.Measure, points: str) -> None:
    with pytest.raises(misure.BadFacts) as caught:
        decided(measure, score_coherence="50", score_breadth=points)
    (fault,) = caught.value.faults
    assert (str(fault.place), fault.subject) == ("<facts>", "score_breadth")
