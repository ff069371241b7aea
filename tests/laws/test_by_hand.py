# SPDX-License-Identifier: Apache-2.0
"""What benchmarks measure the library against answers as the library does: the same calls, written by hand."""

import pytest
from benchmarks import by_hand, verso_by_hand
from hypothesis import assume, given, settings

import misure
from misure import BadFacts, NotEncoded
from misure.deciding.machinery import compiled
from misure.testing.strategies import questions
from tests.laws.readings import answered, ends, is_decision

FILIERE = misure.catalogue()["lombardia/filiere"]
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
OUTCOMES = {by_hand.YES: "eligible", by_hand.NO: "refused", by_hand.UNKNOWN: "undecided"}
TRUTHS = {by_hand.YES: "yes", by_hand.NO: "no", by_hand.UNKNOWN: "unknown", None: "not_applicable"}


@settings(max_examples=150)
@given(questions(FILIERE))
def test_filiere(question):
    facts, on = question
    decision = answered(FILIERE, facts, on)
    try:
        dossier = compiled(FILIERE).facts.read(facts, on)
    except BadFacts:
        assume(False)
    proposal = by_hand.proposal_of(dossier)
    if not is_decision(decision):
        with pytest.raises(by_hand.Contradiction if decision is BadFacts else LookupError):
            by_hand.decide(proposal)
        assert decision in (BadFacts, NotEncoded)
        return
    answer = by_hand.decide(proposal)
    assert decision.outcome == OUTCOMES[answer.outcome]
    assert {finding.id: str(finding.truth) for finding in decision.findings} == {
        name: TRUTHS[truth] for name, truth in answer.findings.items()
    }
    assert answer.score == ends(compiled(decision).period.partial_detail, dossier)["score.total"]


@settings(max_examples=150)
@given(questions(VERSO, missing=False))
def test_verso_nuovi_mercati(question):
    facts, on = question
    decision = answered(VERSO, facts, on)
    try:
        dossier = compiled(VERSO).facts.read(facts, on)
    except BadFacts:
        assume(False)
    firm = verso_by_hand.firm_of(dossier)
    if not is_decision(decision):
        with pytest.raises(by_hand.Contradiction if decision is BadFacts else LookupError):
            verso_by_hand.decide(firm, on.toordinal())
        return
    answer = verso_by_hand.decide(firm, on.toordinal())
    assert decision.outcome == OUTCOMES[answer.outcome]
    assert {finding.id: str(finding.truth) for finding in decision.findings} == {
        name: TRUTHS[truth] for name, truth in answer.findings.items()
    }
    found = ends(compiled(decision).period.partial, dossier)
    assert [found[key] for key in ("support.loan", "support.grant", "own_share")] == list(answer.amounts)
