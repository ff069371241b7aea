# SPDX-License-Identifier: Apache-2.0
"""The law of the library: completing the unknowns never changes a definite answer, and only narrows an amount.

It was seen to fail, as it must, when a rule of `split` was broken on purpose: `cases` taking the first live case in place
of the hull, `count` counting every possible record as sure, `sub` without crossed ends, `not_yet` ending on the day of
the question, `all` blind to records not told.
"""

from collections import Counter
from fractions import Fraction

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
    favourable,
    is_decision,
    lies_within,
)

REVEALED = (BadFacts, Conflict, NotEncoded)
JUDGING = [measure for measure in MEASURES if measure.refuses]
ANSWERED = {Truth.YES, Truth.NOT_APPLICABLE, Truth.PENDING}
"""Nothing stands in the way: it holds, is not asked of this applicant, or not yet."""
STAYS = {
    Truth.YES: ANSWERED,
    Truth.NOT_APPLICABLE: ANSWERED,
    Truth.PENDING: ANSWERED,
    Truth.NO: {Truth.NO},
    Truth.UNKNOWN: set(Truth),
}
OUTCOME_STAYS = {
    Outcome.ELIGIBLE: {Outcome.ELIGIBLE},
    # Who tells the day of filing may tell that an edition rules which was read whole.
    Outcome.NO_KNOWN_OBSTACLE: {Outcome.NO_KNOWN_OBSTACLE, Outcome.ELIGIBLE},
    Outcome.REFUSED: {Outcome.REFUSED},
    Outcome.UNDECIDED: {Outcome.ELIGIBLE, Outcome.NO_KNOWN_OBSTACLE, Outcome.REFUSED, Outcome.UNDECIDED},
    Outcome.NOT_APPLICABLE: {Outcome.NOT_APPLICABLE},
}


def before_and_after(measure, data, *, whole):
    """A decision, and the same applicant decided with more told; what completing reveals is no change of mind."""
    facts, on = data.draw(questions(measure))
    less = data.draw(thinned(measure, facts, on))
    before = answered(measure, less, on)
    assume(is_decision(before))
    more = data.draw(completions(measure, less, on=on, whole=whole) | st.just(facts))
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
        assert after.outcome in OUTCOME_STAYS[before.outcome]
        for stage, answer in before.stages.items():
            later = after.stages[stage]
            assert (
                later == answer
                or answer in ("undecided", "open")
                or (answer, later) == ("no_known_obstacle", "eligible")
            )
        met[before.outcome] += compiled(before).dossier != compiled(after).dossier
        met["decided"] += before.outcome is Outcome.UNDECIDED is not after.outcome

    law()
    assert min(favourable(met) + met[Outcome.REFUSED], met[Outcome.UNDECIDED]) >= LEAST, met
    assert met["decided"], met


@every_measure
def test_every_output_narrows(measure):
    """Under the printed program, output by output: stronger than what a decision shows.

    Who tells the day of filing is decided under one law in place of all that it might have picked: another program.
    """
    met = Counter()

    @given(data=st.data(), whole=st.booleans())
    def law(data, whole):
        before, after = before_and_after(measure, data, whole=whole)
        told = compiled(after).period.filing and not compiled(before).period.filing
        assert told or compiled(before).period is compiled(after).period
        earlier, later = scaled_ends(before), scaled_ends(after)
        assert earlier.keys() == later.keys()
        for key, node in compiled(before).period.program.outputs.items():
            if key.startswith("fault."):
                continue
            (low, high), (least, greatest) = earlier[key], later[key]
            met["filing told"] += told
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
    assert met["filing told"] >= LEAST or not compiled(measure).asks_filing, met


def scaled_ends(decision):
    """The ends of every output, numbers as they are meant: programs of two laws may count in other units."""
    period = compiled(decision).period
    found = ends(period.partial_detail, compiled(decision).dossier)
    scales = period.program.scales
    return {key: tuple(Fraction(end, scales.get(key, 1)) for end in pair) for key, pair in found.items()}


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
    whole = data.draw(completions(measure, facts, on=on))
    answer = answered(measure, whole, on)
    assume(answer is not BadFacts)
    again = answered(measure, data.draw(completions(measure, whole, on=on)), on)
    if is_decision(answer):
        assert all_told(measure, compiled(answer).dossier, whole)
    assert again == answer


def all_told(measure, dossier, facts):
    """Whether all is told that can be: nobody can be named of a table that is told to be empty."""
    specs = measure.rulebook.facts
    untold = [c.name for c, value in zip(dossier.layout.inputs, dossier.values, strict=True) if value is None]
    nobody = [name for name in untold if facts.get(specs[name].refers_to) == []]
    return dossier.complete or (untold != [] and untold == nobody)
