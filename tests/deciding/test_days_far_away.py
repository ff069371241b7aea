# SPDX-License-Identifier: Apache-2.0
"""Of a day long past or far ahead a decision is refused as a whole, or answers to its last term: it never fails when it is read."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

import misure
from misure import batch
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
    measure, answered, refused = MEASURES[name], 0, 0
    on = usual(measure)
    for fact in measure.rulebook.facts.values():
        if fact.kind not in (Kind.EVENT, Kind.DATE):
            continue
        for day in DAYS:
            decision = decided(measure, fact.name, day, on)
            if decision is None:
                refused += 1
            else:
                answered += 1
                assert [len(part) for part in read_whole(decision)] != []
    assert answered or not any(fact.kind in (Kind.EVENT, Kind.DATE) for fact in measure.rulebook.facts.values())
    # Its terms end on days that the act gives.
    assert refused or name == "lombardia/piano-export-2025"


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


@pytest.mark.parametrize(("day", "answer"), [("1990-12-31", "bad_facts"), ("1991-01-01", "undecided")])
def test_frames_refuse_what_one_decision_refuses(day, answer):
    told = pa.table({"id": [1], "listing_notice_on": [dt.date.fromisoformat(day)]})
    assert batch.decide(QUOTA, told, on=ON).to_pylist()[0]["outcome"] in {answer, "refused"} - (
        {"refused"} if answer == "bad_facts" else set()
    )
    if answer == "bad_facts":
        message = f"{day} is before 1991-01-01, the first day that can be"
        with pytest.raises(misure.BadFacts, match=message):
            QUOTA.decide({"listing_notice_on": day}, on=ON)


def test_a_day_from_which_nothing_is_counted_may_be_older():
    """A firm may have been founded in any year."""
    assert QUOTA.decide({"founded_on": "1950-03-05"}, on=ON).outcome is not None
