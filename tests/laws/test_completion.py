# SPDX-License-Identifier: Apache-2.0
"""The law of the library: completing the unknowns never changes a definite answer, and only narrows an amount.

It was seen to fail, as it must, when a rule of `split` was broken on purpose: `cases` taking the first live case in place
of the hull, `count` counting every possible record as sure, `sub` without crossed ends, `not_yet` ending on the day of
the question, `all` blind to records not told.
"""

from collections import Counter
from fractions import Fraction

from misure import BadFacts, Outcome, Truth
from misure.deciding.machinery import compiled
from misure.testing.strategies import completions
from tests.laws.drawn_once import before_and_after, gathered, of_every, partly_told
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


@every_measure
def test_a_definite_finding_stays(measure):
    met = Counter()

    def law(before, after):
        assert len(before.findings) == len(measure.rulebook.conditions)
        for earlier, later in zip(before.findings, after.findings, strict=True):
            assert later.truth in STAYS[earlier.truth], earlier
            met[earlier.truth] += 1
            met["closed"] += earlier.truth is Truth.UNKNOWN is not later.truth

    of_every(before_and_after(measure), law)
    if measure.rulebook.conditions:
        assert min(met[Truth.YES], met[Truth.NO], met["closed"]) >= LEAST, met


@each(JUDGING)
def test_a_definite_outcome_stays(measure):
    met = Counter()

    def law(before, after):
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

    of_every(before_and_after(measure), law)
    assert min(favourable(met) + met[Outcome.REFUSED], met[Outcome.UNDECIDED]) >= LEAST, met
    assert met["decided"], met


@every_measure
def test_every_output_narrows(measure):
    """Under the printed program, output by output: stronger than what a decision shows.

    Who tells the day of filing is decided under one law in place of all that it might have picked: another program.
    """
    met = Counter()

    def law(before, after):
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

    of_every(before_and_after(measure), law)
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

    def law(before, after):
        shown = [shown_values(decision) for decision in (before, after)]
        for key, later in shown[1].items():
            assert lies_within(later, shown[0][key]), key
            met["narrower"] += later is not None and later != shown[0][key]
        if after.outcome is Outcome.REFUSED:
            assert after.support == ()

    of_every(before_and_after(measure), law)
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
def test_completing_by_steps_or_at_once_is_the_same(measure):
    met = Counter()

    def law(less, on, decision, whole):
        answer = answered(measure, whole, on)
        if answer is BadFacts:
            return
        [again] = gathered(completions(measure, whole, on=on), 1)
        if is_decision(answer):
            assert all_told(measure, compiled(answer).dossier, whole)
        assert answered(measure, again, on) == answer
        met["completed"] += answer != decision and not compiled(decision).dossier.complete and less != whole

    of_every(partly_told(measure)[::3], law)
    assert met["completed"] >= LEAST, met


def all_told(measure, dossier, facts):
    """Whether all is told that can be: nobody can be named of a table that is told to be empty."""
    specs = measure.rulebook.facts
    untold = [c.name for c, value in zip(dossier.layout.inputs, dossier.values, strict=True) if value is None]
    nobody = [name for name in untold if facts.get(specs[name].refers_to) == []]
    return dossier.complete or (untold != [] and untold == nobody)
