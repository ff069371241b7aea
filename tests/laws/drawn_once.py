# SPDX-License-Identifier: Apache-2.0
"""What the laws look at, drawn once for all of them: to draw an applicant of a long measure takes longer than to decide it.

Each run draws others; what one law does to an applicant, the next finds undone, as decisions never change. Beside what is
drawn stand the worked cases, so that every law meets what it is about, whatever was drawn.
"""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from misure.deciding.decision import Decision
from misure.deciding.machinery import compiled
from misure.ground.errors import BadFacts, Conflict, NotEncoded
from misure.testing.strategies import completions, questions, thinned
from misure.testing.worked_cases import cases_of_measure, decide_case
from tests.laws.readings import answered, is_decision

MANY = 100
"""So many applicants are drawn of each kind and measure."""

WORKED = 200
"""No more worked cases of a measure than that are looked at, from first to last."""

REVEALED = (BadFacts, Conflict, NotEncoded)
"""What completing may reveal: that what is told now fits together no longer, or cannot be answered."""


def gathered(strategy, count):
    """So many examples of a strategy."""
    found = []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def gather(example):
        found.append(example)

    gather()
    return found


def of_every(examples, law):
    """The law of each example; where it fails, what it failed of stands beneath the failure."""
    assert examples
    for example in examples:
        try:
            law(*example)
        except BaseException as failure:
            for part in example:
                said = (compiled(part).dossier.said(), part.on.isoformat()) if isinstance(part, Decision) else part
                failure.add_note(repr(said))
            raise


@cache
def asked(measure, *, missing=True):
    """Questions: facts and a day, whatever the answer."""
    return gathered(questions(measure, missing=missing), MANY)


@cache
def asked_and_decided(measure, *, missing=True):
    """Facts, a day, and the decision."""
    found = [(facts, on, answered(measure, facts, on)) for facts, on in asked(measure, missing=missing)]
    return [one for one in found if is_decision(one[2])]


@cache
def worked(measure, most=WORKED):
    """The decisions of the worked cases, but for what-ifs, which are decided by another measure; of hundreds, of some of them."""
    cases = [case for case in cases_of_measure(measure) if "error" not in case.expect and not case.vary]
    return [decide_case(measure, case) for case in cases[:: -(-len(cases) // most)]]


@cache
def decisions(measure):
    """Decisions alone, of whoever was drawn, all told or not, and of the worked cases."""
    drawn = [(decision,) for missing in (False, True) for _, _, decision in asked_and_decided(measure, missing=missing)]
    return drawn + [(decision,) for decision in worked(measure)]


@st.composite
def _more_and_more(draw, measure):
    """Facts, the same with some left out, the day, what is answered then, and the same again with some or all told."""
    facts, on = draw(questions(measure))
    less = draw(thinned(measure, facts, on))
    decision = answered(measure, less, on)
    if not is_decision(decision):
        return None
    some, whole = (draw(completions(measure, less, on=on, whole=whole)) for whole in (False, True))
    return facts, less, on, decision, some, whole


@cache
def _told_by_steps(measure):
    return [one for one in gathered(_more_and_more(measure), MANY) if one is not None]


@cache
def partly_told(measure):
    """Facts of which some were left out, the day, the decision, and the facts with all told that can be."""
    return [(less, on, decision, whole) for _, less, on, decision, _, whole in _told_by_steps(measure)]


@cache
def before_and_after(measure):
    """A decision, and that of the same applicant with more told, or all; what completing reveals is no change of mind."""
    later = [
        (decision, answered(measure, told, on))
        for facts, _, on, decision, some, whole in _told_by_steps(measure)
        for told in (facts, some, whole)
    ]
    assert all(is_decision(after) or issubclass(after, REVEALED) for _, after in later)
    return [pair for pair in later if is_decision(pair[1])]
