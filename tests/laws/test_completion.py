# SPDX-License-Identifier: Apache-2.0
"""The law of the library: completing the unknowns never changes a definite answer, and only narrows an amount.

It was seen to fail, as it must, when a rule of `split` was broken on purpose: `cases` taking the first live case in place
of the hull, `count` counting every possible record as sure, `sub` without crossed ends, `not_yet` ending on the day of
the question, `all` blind to records not told.
"""

from collections import Counter

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from misure import BadFacts, Conflict, NotEncoded, Outcome, Truth
from misure.deciding.machinery import compiled
from misure.testing.strategies import completions, questions, thinned
from tests.laws.readings import (
    LEAST,
    MEASURES,
    answered,
    each,
    ends,
    every_measure,
    is_decision,
    lies_within,
    period_of,
)

REVEALED = (BadFacts, Conflict, NotEncoded)
JUDGING = [measure for measure in MEASURES if measure.refuses]
STAYS = {
    Truth.YES: {Truth.YES, Truth.NOT_APPLICABLE},
    Truth.NOT_APPLICABLE: {Truth.YES, Truth.NOT_APPLICABLE},
    Truth.NO: {Truth.NO},
    Truth.UNKNOWN: set(Truth),
}


def before_and_after(measure, data, *, whole):
    """A decision, and the same applicant decided with more told; what completing reveals is no change of mind."""
    facts, on = data.draw(questions(measure))
    less = data.draw(thinned(measure, facts, on))
    before = answered(measure, less, on)
    assume(is_decision(before))
    more = data.draw(completions(measure, less, on, whole=whole) | st.just(facts))
    after = answered(measure, more, on)
    event("decided" if is_decision(after) else after.__name__)
    if not is_decision(after):
        assert issubclass(after, REVEALED)
        assume(False)
    return before, after


@every_measure
def test_a_definite_finding_stays(measure):
    met = Counter()

    @given(data=st.data(), whole=st.booleans())
    def law(data, whole):
        before, after = before_and_after(measure, data, whole=whole)
        assert len(before.findings) == len(measure.rulebook.conditions)
        for earlier, later in zip(before.findings, after.findings, strict=True):
            assert later.truth in STAYS[earlier.truth], earlier
            met[earlier.truth] += 1
            met["closed"] += earlier.truth is Truth.UNKNOWN is not later.truth

    law()
    if measure.rulebook.conditions:
        assert min(met[Truth.YES], met[Truth.NO], met["closed"]) >= LEAST, met


@each(JUDGING)
def test_a_definite_outcome_stays(measure):
    met = Counter()

    @given(data=st.data(), whole=st.booleans())
    def law(data, whole):
        before, after = before_and_after(measure, data, whole=whole)
        assert before.outcome is Outcome.UNDECIDED or after.outcome is before.outcome
        met[before.outcome] += compiled(before).dossier != compiled(after).dossier
        met["decided"] += before.outcome is Outcome.UNDECIDED is not after.outcome

    law()
    assert min(met[Outcome.ELIGIBLE] + met[Outcome.REFUSED], met[Outcome.UNDECIDED]) >= LEAST, met
    assert met["decided"], met


@every_measure
def test_every_output_narrows(measure):
    """Under the printed program, output by output: stronger than what a decision shows."""
    met = Counter()

    @given(data=st.data(), whole=st.booleans())
    def law(data, whole):
        before, after = before_and_after(measure, data, whole=whole)
        assert period_of(measure, compiled(before).dossier) is period_of(measure, compiled(after).dossier)
        answers = compiled(before).period.partial_detail
        earlier, later = ends(answers, compiled(before).dossier), ends(answers, compiled(after).dossier)
        for key, node in compiled(before).period.program.outputs.items():
            if key.startswith("fault."):
                continue
            (low, high), (least, greatest) = earlier[key], later[key]
            if node.sort == "truth":
                assert (least, greatest) != (0, 0), key
                assert least <= low, key
                assert greatest <= high, key
                met["narrower truth"] += (least, greatest) != (low, high)
            else:
                assert low <= least <= greatest <= high, key
                met["narrower range"] += (least, greatest) != (low, high)

    law()
    assert min(met["narrower truth"], met["narrower range"]) >= LEAST, met


@every_measure
def test_what_a_decision_shows_narrows(measure):
    met = Counter()

    @given(data=st.data(), whole=st.booleans())
    def law(data, whole):
        before, after = before_and_after(measure, data, whole=whole)
        shown = [shown_values(decision) for decision in (before, after)]
        for key, later in shown[1].items():
            assert lies_within(later, shown[0][key]), key
            met["narrower"] += later is not None and later != shown[0][key]
        if after.outcome is Outcome.REFUSED:
            assert after.support == ()

    law()
    assert met["narrower"] >= LEAST, met


def shown_values(decision):
    found = {("support", amount.id): amount.amount for amount in decision.support}
    found |= {("spending", line.plan, line.id): line.admitted for line in decision.spending}
    found |= {("tranche", tranche.id): tranche.amount for tranche in decision.tranches}
    found |= {("term", term.id): term.day for term in (*decision.terms, *decision.duties)}
    found |= {("margin", finding.id): finding.margin for finding in decision.findings if finding.margin is not None}
    if decision.score:
        found |= {"score": decision.score.total, "final score": decision.score.final}
    return Shown(found)


class Shown(dict):
    """What an earlier decision did not show at all says nothing of the later one."""

    def __missing__(self, key):
        return None


@every_measure
@settings(max_examples=30)
@given(data=st.data())
def test_completing_by_steps_or_at_once_is_the_same(measure, data):
    facts, on = data.draw(questions(measure))
    assume(is_decision(answered(measure, facts, on)))
    whole = data.draw(completions(measure, facts, on))
    answer = answered(measure, whole, on)
    again = answered(measure, data.draw(completions(measure, whole, on)), on)
    if is_decision(answer):
        assert compiled(answer).dossier.complete
    assert again == answer
