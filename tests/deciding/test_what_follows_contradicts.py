# SPDX-License-Identifier: Apache-2.0
"""What is said only of an event that cannot have happened, as one before it has not, is told as a fault at every door."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.facts.vocabulary import Kind

MEASURES = misure.catalogue()
QUOTA = MEASURES["lombardia/quota-lombardia"]
ON, LATE = dt.date(2025, 7, 10), dt.date(2026, 12, 1)
TOLD = {"granted_on": "not_yet", "successor_qualified": True}
FAULT = (
    "cannot be without successor_entered_on, which has not happened; "
    "successor_entered_on has not happened, for granted_on has not"
)


def told(fact):
    return {Kind.TRUTH: [True], Kind.CHOICE: list(fact.choices or ())[:1]}.get(fact.kind, [])


def refusal(measure, facts):
    try:
        measure.decide(facts, on=LATE)
    except misure.BadFacts as problem:
        return problem
    return None


@pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
def test_whatever_is_refused_says_of_what(measure):
    facts = measure.rulebook.facts
    events = [name for name, fact in facts.items() if fact.kind is Kind.EVENT]
    only = [(name, value) for name, fact in facts.items() if fact.only_if for value in told(fact)]
    refused = []
    for event in events:
        for name, value in only:
            problem = refusal(measure, {event: "not_yet", name: value})
            if problem is not None:
                refused.append(problem)
                assert problem.faults, (event, name)
                assert name in str(problem)
    assert refused or not any(set(facts[name].only_if) & set(events) for name, _ in only)


def test_one_decision_says_why():
    with pytest.raises(misure.BadFacts) as caught:
        QUOTA.decide(TOLD, on=ON)
    assert [(fault.subject, fault.message) for fault in caught.value.faults] == [("successor_qualified", FAULT)]


def test_an_application_is_not_left_out_of_a_ranking_in_silence():
    applications = [
        misure.Application("D-1", TOLD | {"codice_fiscale": "01234560157"}, filed_at="2025-03-10T10:00"),
        misure.Application("D-2", {"codice_fiscale": "01234570156"}, filed_at="2025-03-11T10:00"),
    ]
    with pytest.raises(misure.BadFacts, match=r"D-1\.successor_qualified: cannot be without successor_entered_on"):
        QUOTA.select(applications, on=ON)
