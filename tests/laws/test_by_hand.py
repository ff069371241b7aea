# SPDX-License-Identifier: Apache-2.0
"""What benchmarks measure the library against answers as the library does: the same calls, written by hand."""

from collections import Counter

import pytest
from benchmarks import by_hand, verso_after_grant, verso_by_hand, verso_firm
from hypothesis import assume, given, settings

import misure
from misure import BadFacts, NotEncoded, Outcome
from misure.deciding.machinery import compiled
from misure.testing.strategies import questions
from tests.laws.money_by_hand import money_agrees
from tests.laws.readings import LEAST, answered, ends, favourable, is_decision

FILIERE = misure.catalogue()["lombardia/filiere"]
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
OUTCOMES = {by_hand.NO: "refused", by_hand.UNKNOWN: "undecided"}
TRUTHS = {by_hand.YES: "yes", by_hand.NO: "no", by_hand.UNKNOWN: "unknown", verso_after_grant.PENDING: "pending",
          None: "not_applicable"}  # fmt: skip


def outcome(decision, answer):
    """What the hand finds, in the library's word: nobody is eligible under a text that was not read whole."""
    return OUTCOMES.get(answer.outcome, "eligible" if decision.read == "whole" else "no_known_obstacle")


def dossier_of(measure, facts, on):
    try:
        return compiled(measure).facts.read(facts, on)
    except BadFacts:
        assume(False)


def test_filiere():
    met = Counter()

    @settings(max_examples=150)
    @given(questions(FILIERE))
    def law(question):
        facts, on = question
        # The hand decides under one law: of whom filing is not told it is decided as if it had not happened.
        facts = {"filed_on": "not_yet"} | facts
        decision = answered(FILIERE, facts, on)
        proposal = by_hand.proposal_of(dossier_of(FILIERE, facts, on))
        if not is_decision(decision):
            met[decision] += 1
            with pytest.raises(by_hand.Contradiction if decision is BadFacts else LookupError):
                by_hand.decide(proposal)
            assert decision in (BadFacts, NotEncoded)
            return
        met[decision.outcome] += 1
        answer = by_hand.decide(proposal)
        assert decision.outcome == outcome(decision, answer)
        assert {finding.id: str(finding.truth) for finding in decision.findings} == {
            name: TRUTHS[truth] for name, truth in answer.findings.items()
        }
        assert answer.score == ends(compiled(decision).period.partial_detail, compiled(decision).dossier)["score.total"]

    law()
    assert min(favourable(met), met[Outcome.REFUSED], met[Outcome.UNDECIDED]) >= LEAST, met


def test_verso_nuovi_mercati():
    met = Counter()

    @settings(max_examples=150)
    @given(questions(VERSO, missing=False))
    def law(question):
        facts, on = question
        decision = answered(VERSO, facts, on)
        firm = verso_firm.firm_of(dossier_of(VERSO, facts, on))
        if not is_decision(decision):
            met[decision] += 1
            with pytest.raises(by_hand.Contradiction if decision is BadFacts else LookupError):
                verso_by_hand.decide(firm, on.toordinal())
            return
        met[decision.outcome] += 1
        answer = verso_by_hand.decide(firm, on.toordinal())
        assert decision.outcome == outcome(decision, answer)
        assert {finding.id: str(finding.truth) for finding in decision.findings} == {
            name: TRUTHS[truth] for name, truth in answer.findings.items()
        }
        money_agrees(decision, firm, answer.money)

    law()
    assert favourable(met) + met[Outcome.UNDECIDED] >= LEAST, met
    assert met[Outcome.REFUSED] >= LEAST, met
