# SPDX-License-Identifier: Apache-2.0
"""Applicants are drawn of every kind: a property that only looks at refused ones, or at bad facts, shows nothing.

The numbers are of the first hundred of each kind that are drawn, the same in every run of one release of Hypothesis
(`tests/conftest.py`); what is asked of them lies far below what comes.
"""

from collections import Counter
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import misure
from misure.deciding.machinery import compiled
from misure.testing.starts import gets_something
from misure.testing.strategies import questions

MEASURES = misure.catalogue()
ALWAYS = "lombardia/piano-export-2025"
"""A measure that admits nobody: it says what falls due of what was granted, and when."""
NEVER_BAD = {ALWAYS}
"""Here nothing is said twice, and no limit stands in the law: no fact contradicts another."""
every_measure = pytest.mark.parametrize("name", sorted(MEASURES))
what_is_told = pytest.mark.parametrize("missing", [False, True], ids=["told", "untold"])


@cache
def drawn(name, missing):
    """What comes out of a hundred questions: each outcome, and apart those with exact amounts; or the kind of error."""
    found = Counter()

    @settings(
        max_examples=100, database=None, derandomize=True, phases=[Phase.generate], deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(questions(MEASURES[name], missing=missing))
    def gather(question):
        facts, on = question
        try:
            decision = MEASURES[name].decide(facts, on=on)
        except misure.MisureError as error:
            found[type(error)] += 1
            return
        found[str(decision.outcome)] += 1
        found[f"{decision.outcome}, exact"] += gets_something(decision)

    gather()
    return found


@every_measure
@what_is_told
def test_some_are_granted_something_that_is_known_to_the_cent(name, missing):
    """Ten of those of whom everything is told; of the others five, for what an amount waits for may be untold too.

    Five where one expense that is not admitted may leave less than the least spending: it refuses many of those who are drawn.
    """
    found = drawn(name, missing)
    book = MEASURES[name].rulebook
    granted = ["not_applicable"] if name == ALWAYS else ["eligible", "no_known_obstacle"]
    assert sum(found[f"{outcome}, exact" if book.support or book.tranches else outcome] for outcome in granted) >= (
        5 if missing or name == "lombardia/verso-nuovi-mercati" else 10
    ), found
    # Of none the text was read whole that governs a day on which one can apply.
    assert (bool(found["eligible"]), bool(found["no_known_obstacle"])) == (False, name != ALWAYS), found


@every_measure
@what_is_told
def test_five_are_refused(name, missing):
    found = drawn(name, missing)
    assert (found["refused"] >= 5) is (name != ALWAYS), found


@every_measure
def test_of_three_something_is_missing_that_decides(name):
    found = drawn(name, missing=True)
    assert (found["undecided"] >= 3) is (name != ALWAYS), found


@every_measure
def test_some_contradict_themselves(name):
    found = drawn(name, missing=False) + drawn(name, missing=True)
    assert (found[misure.BadFacts] >= 1) is (name not in NEVER_BAD), found


@every_measure
@what_is_told
def test_few_have_no_answer(name, missing):
    found = drawn(name, missing)
    errors = sum(count for kind, count in found.items() if isinstance(kind, type))
    assert errors <= 40, found


@every_measure
def test_nothing_is_bad_where_the_program_looks_for_no_fault(name):
    period = compiled(MEASURES[name]).period(compiled(MEASURES[name]).periods[-1])
    faults = [key for key in period.program.outputs if key.startswith("fault.")]
    assert bool(faults) is (name not in NEVER_BAD)
