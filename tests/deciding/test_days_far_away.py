# SPDX-License-Identifier: Apache-2.0
"""Of a day long past a decision is refused as a whole, or answers to its last term: it never fails when it is read."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.facts.vocabulary import Kind
from misure.testing.worked_cases import cases_of_measure

MEASURES = misure.catalogue()
DAYS = ["1900-01-01", "1950-03-05", "1990-01-01", "1990-12-31", "1991-01-01", "1991-01-02"]
QUOTA = MEASURES["lombardia/quota-lombardia"]
ON = dt.date(2026, 6, 1)


def usual(measure):
    """The day of most cases."""
    days = [case.on for case in cases_of_measure(measure)]
    return max(set(days), key=days.count)


@pytest.mark.parametrize("name", MEASURES)
def test_whatever_day_is_told_the_answer_can_be_read_to_its_end(name):
    measure, answered = MEASURES[name], 0
    on = usual(measure)
    for fact in measure.rulebook.facts.values():
        if fact.kind not in (Kind.EVENT, Kind.DATE):
            continue
        for day in DAYS:
            decision = decided(measure, fact.name, day, on)
            if decision is not None:
                answered += 1
                assert [len(part) for part in read_whole(decision)] != []
    assert answered or not any(fact.kind in (Kind.EVENT, Kind.DATE) for fact in measure.rulebook.facts.values())


def decided(measure, name, day, on):
    """The decision; None where the day is refused as the facts are read."""
    try:
        return measure.decide({name: day}, on=on)
    except (misure.BadFacts, misure.NotEncoded) as problem:
        assert name in str(problem) or getattr(problem, "asked", None) == dt.date.fromisoformat(day)  # noqa: PT017
        return None


def read_whole(decision):
    """What of a decision rests on days."""
    return [
        decision.terms,
        decision.duties,
        decision.tranches,
        decision.lapses,
        decision.support,
        decision.recovery,
        decision.missing,
    ]


def test_a_term_that_runs_from_a_day_before_the_table_of_holidays_ends_between_two_days():
    decision = QUOTA.decide({"listing_notice_on": "1950-03-05"}, on=ON)
    (trading,) = (term for term in decision.terms if "negoziazioni avviate" in term.text.lower())
    assert isinstance(trading.day, misure.Range)
    assert trading.day.least <= trading.day.greatest < trading.day.least + dt.timedelta(days=10)
    inside = QUOTA.decide({"listing_notice_on": "2025-07-01"}, on=ON)
    assert isinstance(next(term for term in inside.terms if term.id == trading.id).day, dt.date)
    assert misure.explain(decision).text()
