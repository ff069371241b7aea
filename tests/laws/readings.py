# SPDX-License-Identifier: Apache-2.0
"""What the laws look at: every output of a measure's program, by each of the ways in which it can be read."""

from __future__ import annotations

from functools import cache

import pytest

import misure
from misure import Outcome
from misure.deciding.machinery import compiled
from misure.deciding.values import Range
from misure.engines.intervals.interpreter import Interpreter
from misure.testing.worked_cases import cases_of_measure

MEASURES = tuple(misure.catalogue().values())


def each(measures):
    return pytest.mark.parametrize("measure", measures, ids=[measure.id for measure in measures])


def with_a(part):
    """The measures whose rules have this part."""
    return each([measure for measure in MEASURES if getattr(measure.rulebook, part) is not None])


every_measure = each(MEASURES)

LEAST = 1
"""So many examples at least must be what a law is about, or it was hardly looked at: laws count what they meet."""

_TRUTHS = {0: (0, 1), 1: (1, 0), 2: (1, 1)}


def answered(measure, facts, on):
    """The decision, or the kind of error."""
    try:
        return measure.decide(facts, on=on)
    except misure.MisureError as error:
        return type(error)


@cache
def cases_that_fail(measure, failing):
    """The worked cases in which a condition of this kind is not met: what is drawn meets few of these, or none."""
    ids = {condition.id for condition in measure.rulebook.conditions if failing(condition)}
    return [
        case
        for case in cases_of_measure(measure)
        if ids & {id_ for id_, truth in case.expect.get("findings", {}).items() if truth == "no"}
    ]


def favourable(met):
    """How often nothing stood in the way: of an edition that was not read whole that is the best outcome."""
    return met[Outcome.ELIGIBLE] + met[Outcome.NO_KNOWN_OBSTACLE]


def is_decision(answer):
    return not isinstance(answer, type)


def period_of(measure, dossier):
    return compiled(measure).period_of(dossier)


def ends(answers, dossier):
    """Both ends of every output of a printed function: of a truth, whether it may be yes and may be no."""
    raw = answers(dossier)
    return {
        key: _TRUTHS[raw[slot.first]] if slot.kind == "truth" else (raw[slot.first], raw[slot.second])
        for key, slot in answers.slots.items()
    }


def interpreted(period, dossier):
    """The same, by the plain interpreter of the lowered program."""
    reading = Interpreter(dossier)
    return {key: reading.ends(node) for key, node in period.program.outputs.items() if not key.startswith("fault.")}


def faults(period, dossier):
    reading = Interpreter(dossier)
    return [
        key for key, node in period.program.outputs.items() if key.startswith("fault.") and not reading.ends(node)[1]
    ]


def lies_within(inner, outer):
    """Whether a value, as decisions show them, lies in an earlier one: None says nothing."""
    if outer is None or inner == outer:
        return True
    if not isinstance(outer, Range) or inner is None:
        return False
    least, greatest = (inner.least, inner.greatest) if isinstance(inner, Range) else (inner, inner)
    # An end that is None is open.
    below = outer.least is None or (least is not None and outer.least <= least)
    above = outer.greatest is None or (greatest is not None and greatest <= outer.greatest)
    return below and above and (least is None or greatest is None or least <= greatest)
