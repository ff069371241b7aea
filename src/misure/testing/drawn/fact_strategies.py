# SPDX-License-Identifier: Apache-2.0
"""Facts of applicants as Hypothesis strategies: of any kind, with something untold, on the edges of the rules, or such as are wanted.

>>> import datetime as dt, misure
>>> from hypothesis import find
>>> filiere = misure.catalogue()["lombardia/filiere"]
>>> day = dt.date(2022, 6, 1)
>>> plainest = find(facts(filiere, on=day), lambda told: True)
>>> str(filiere.decide(plainest, on=day).outcome), len(plainest["partners"])
('no_known_obstacle', 10)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

from misure.deciding.decision import Decision, Outcome
from misure.deciding.measure import Measure
from misure.ground.truth import Truth
from misure.testing.drawn.edge_spots import spots_of, state_of
from misure.testing.drawn.making import Holds, any_applicant, decides, less_told, varied
from misure.testing.drawn.moving import answer
from misure.testing.drawn.repertoire import Repertoire, best, repertoire_of, turned
from misure.testing.handed import a_question, known, named
from misure.testing.told import Facts

__all__ = ["Drawn", "edge_facts", "facts", "facts_with", "partial_facts"]

T = TypeVar("T")


class Drawn:
    """Choices by Hypothesis: the first option, and the least number, are what examples shrink to."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def one(self, options: Sequence[T], /) -> T:
        return self._draw(st.sampled_from(options))

    def whole(self, least: int, most: int, /) -> int:
        return self._draw(st.integers(least, most))


@st.composite
def _facts(draw: st.DrawFn, measure: Measure, on: dt.date) -> Facts:
    return any_applicant(Drawn(draw), repertoire_of(measure, on))


def facts(measure: Measure, *, on: dt.date) -> st.SearchStrategy[Facts]:
    """Everything that a measure asks of one applicant, as a mapping that `measure.decide(..., on=on)` takes.

    Totals agree with their parts, scores stand on their steps, days lie inside the law, codes have right check digits: every
    example is decided. About a third get the best outcome, `eligible` or, under an edition whose text was not read whole,
    `no_known_obstacle`; the others fail one condition or several, each of them now and then. What is asked only once the aid
    is granted is mostly asked.
    Examples shrink to the smallest applicant found that gets the best outcome.

    Raises:
        NotEncoded: No law is encoded for the day.
    """
    a_question(measure, on)
    return _facts(measure, on)


@st.composite
def _partial(draw: st.DrawFn, measure: Measure, on: dt.date) -> Facts:
    chooser, repertoire = Drawn(draw), repertoire_of(measure, on)
    return less_told(chooser, repertoire, any_applicant(chooser, repertoire))


def partial_facts(measure: Measure, *, on: dt.date) -> st.SearchStrategy[Facts]:
    """Facts of one applicant of whom something is untold: a few facts, fields, records or tables; or nearly everything.

    What is told is as `facts` tells it. Examples shrink to an applicant of whom almost nothing is told.

    Raises:
        NotEncoded: No law is encoded for the day.
    """
    a_question(measure, on)
    return _partial(measure, on)


@st.composite
def _edges(draw: st.DrawFn, measure: Measure, on: dt.date) -> Facts:
    chooser, repertoire, spots = Drawn(draw), repertoire_of(measure, on), spots_of(measure, on)
    if not spots:
        return any_applicant(chooser, repertoire)
    # By several numbers, so that all comes alike. The two sides between which something turns come most often.
    at = sum(chooser.whole(0, 2**16 - 1) for _ in range(3))
    name, side = [(name, side) for side in (1, 0, 1, 0, -1, 2) for name in spots][at % (6 * len(spots))]
    spot = spots[name][at // (6 * len(spots)) % len(spots[name])]
    value = spot.low + side

    def turns(told: Facts) -> bool:
        sides = (spot.at(measure, side, told, on) for side in (spot.low, spot.high))
        found = [answer(measure, side, on) for side in sides if side is not None]
        states = [state_of(decision) for decision in found if decision is not None]
        return len(states) == 2 and any(states[0][name] != states[1][name] for name in spot.turns)

    about = varied(chooser, repertoire, spot.facts, turns, chooser.one([0, 1, 2]), without={spot.name})
    for at in (value, spot.high):
        told = spot.at(measure, at, about, on)
        if told is not None and answer(measure, told, on) is not None:
            return told
    return about


def edge_facts(measure: Measure, *, on: dt.date) -> st.SearchStrategy[Facts]:
    """Complete facts of applicants who stand exactly on a threshold of the rules, just below it or just above it.

    A threshold is wherever a condition turns, or a cap begins to bind, between two neighbouring values of a number or day,
    or from one record more. Where a measure has none (on that day), these are `facts`.

    Raises:
        NotEncoded: No law is encoded for the day.
    """
    a_question(measure, on)
    return _edges(measure, on)


def facts_with(
    measure: Measure,
    *,
    on: dt.date,
    outcome: Outcome | str | None = None,
    failing: str | None = None,
    fixed: Mapping[str, Any] | None = None,
) -> st.SearchStrategy[Facts]:
    """Complete facts of applicants such as are wanted; every example is one.

    Args:
        measure: The measure.
        on: The day on which the question is put.
        outcome: What comes out, such as `eligible`.
        failing: The id of a condition that is not met; of the others as few fail as can be.
        fixed: Facts and whole tables that are said of each of them, as `decide` takes them.

    Raises:
        TypeError: `measure`, `on`, `outcome`, `failing` or `fixed` is something else.
        ValueError: There is no such outcome or condition. When an example is drawn: no such applicant was found.
        BadFacts: The fixed facts cannot be.
        NotEncoded: No law is encoded for the day.
    """
    a_question(measure, on)
    wanted = None if outcome is None else Outcome(known(outcome, list(map(str, Outcome)), "no outcome"))
    ids = [condition.id for condition in measure.rulebook.conditions]
    if failing is not None:
        known(failing, ids, f"no condition of {measure.id}")
    named(fixed)
    repertoire = repertoire_of(measure, on) if not fixed else Repertoire(measure, on, fixed)

    def nearness(decision: Decision) -> tuple[int, ...]:
        parts: list[tuple[int, ...]] = []
        if wanted is not None:
            met = decision.outcome is wanted
            parts.append((int(met), *(best(decision) if wanted in BEST and not met else ())))
        if failing is not None:
            parts.append(turned(failing, Truth.NO)(decision))
        return (
            int(all(part[0] for part in parts)),
            *(number for part in parts for number in part),
            *best(decision)[1:],
        )

    @cache
    def such() -> list[Facts]:
        found = repertoire.such(nearness)
        if not found:
            raise ValueError(_not_found(measure, on, wanted, failing, fixed))
        return found

    return _with(repertoire, such, decides(repertoire, lambda decision: nearness(decision)[0] == 1))


BEST = (Outcome.ELIGIBLE, Outcome.NO_KNOWN_OBSTACLE)
"""The best outcomes; under an edition whose text was not read whole the second is the best there is."""


@st.composite
def _with(draw: st.DrawFn, repertoire: Repertoire, such: Any, holds: Holds) -> Facts:
    chooser = Drawn(draw)
    start: Facts = chooser.one(such())
    return varied(chooser, repertoire, start, holds, chooser.one([0, 1, 2, 3, 5]))


def _not_found(
    measure: Measure, on: dt.date, outcome: Outcome | None, failing: str | None, fixed: Mapping[str, Any] | None
) -> str:
    said = [f"comes out {outcome}"] if outcome else []
    said += [f"fails {failing!r}"] if failing else []
    held = f" with {', '.join(fixed)} as fixed" if fixed else ""
    return f"of {measure.id} on {on.isoformat()} no applicant was found that {' and '.join(said) or 'is decided'}{held}"
