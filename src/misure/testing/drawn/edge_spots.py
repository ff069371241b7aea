# SPDX-License-Identifier: Apache-2.0
"""Where something turns: the two neighbouring values of a fact between which a condition, or a cap that binds, changes.

Nothing is read off the rules for this: a fact is moved from one end of its range to the other, and wherever the answers differ
the interval is halved until two neighbours are left. So thresholds inside `and`, under exemptions, and of amounts that
are worked out, are found alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from misure.deciding.machinery import compiled
from misure.deciding.values import Range
from misure.facts.dossier import Column
from misure.facts.vocabulary import Fact, Kind
from misure.ground.errors import NotEncoded
from misure.ground.truth import Truth
from misure.rulebook import expression as tree
from misure.testing.drawn.moving import ALL, Move, answer, truths_of
from misure.testing.drawn.repertoire import repertoire_of
from misure.testing.edges import edges_of
from misure.testing.told import Facts, rows_of, specs_of

if TYPE_CHECKING:
    from misure.deciding.decision import Decision
    from misure.deciding.measure import Measure
    from misure.testing.drawn.repertoire import Repertoire

__all__ = ["Spot", "spots_of", "state_of"]

_SEEDS = 4
"""So many applicants besides the base are looked at, where a condition does not turn about the base."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Two neighbouring values of one fact of one applicant, between which something turns."""

    facts: Facts
    name: str
    field: str
    row: int
    fact: Fact | None
    """None where it is the number of records that turns something."""
    low: int
    high: int
    turns: tuple[str, ...]

    def at(self, measure: Measure, value: int, facts: Facts, on: dt.date) -> Facts | None:
        """An applicant with that value in place of its own; None where the fact cannot have it."""
        if self.fact is None:
            table = measure.rulebook.tables[self.name]
            return Move(self.name, value).made(measure, facts, on) if 0 <= value <= table.max_items else None
        latest = on.toordinal() if self.fact.kind is Kind.EVENT else self.fact.greatest
        if not self.fact.least <= value <= min(latest, self.fact.greatest):
            return None
        told = Column.of(self.fact).json(value)
        return Move(self.name, told, self.field, self.row).made(measure, facts, on)


def state_of(decision: Decision) -> dict[str, Any]:
    """What may turn: the truth of each condition, how each term and duty stands, on which side of each cap an amount lies.

    Where a definition takes the least or greatest of some values, or compares two: which of them is the greater.
    """
    found: dict[str, Any] = dict(truths_of(decision))
    found |= {f"term {term.id}": term.state for term in (*decision.terms, *decision.duties)}
    book, reading = decision.measure.rulebook, compiled(decision)
    for place, sides in _weighed(decision.measure):
        values: list[Any] = [reading.answers.readers.of_name(side)(reading) for side in sides]
        # A value that is not known, or is no number and no day yet, weighs nothing.
        kinds = {dt.date if isinstance(value, dt.date) else type(value) for value in values}
        open_ = None in values or Range in kinds or str in kinds
        found[place] = None if open_ else [values[0] > other for other in values[1:]]
    for line in book.support.lines if book.support else ():
        for number in range(len(line.caps)):
            key = f"support.{line.id}"
            found[f"{key}.cap{number}"] = _side(reading, f"{key}.uncapped", f"{key}.cap{number}")
    for plan in book.spending.plans if book.spending else ():
        for spending in book.spending.lines if book.spending else ():
            key = f"spending.{plan.id}.{spending.id}"
            if spending.capped:
                found[f"{key}.cap"] = _side(reading, f"{key}.requested", f"{key}.cap")
    return found


def _state(decision: Decision) -> dict[str, Any] | None:
    """The same; None where a term falls on a day of no calendar, as it does for a grant of 1901."""
    try:
        return state_of(decision)
    except NotEncoded:
        return None


@lru_cache(maxsize=64)
def _weighed(measure: Measure) -> tuple[tuple[str, tuple[tree.Name, ...]], ...]:
    """The named values that a definition weighs against one another, with the definition and a number."""
    found = []
    for name, definition in measure.rulebook.definitions.items():
        nodes = (
            node for case in definition.cases for part in (case.value, case.when) if part for node in tree.walk(part)
        )
        for number, node in enumerate(nodes):
            if isinstance(node, tree.Compare | tree.Extreme):
                sides = (node.left, node.right) if isinstance(node, tree.Compare) else node.args
                named = tuple(side for side in sides if isinstance(side, tree.Name))
                if len(named) == len(sides):
                    found.append((f"{name} {number}", named))
    return tuple(found)


def _side(reading: Any, amount: str, cap: str) -> bool | None:
    """Whether an amount is above its cap, where both are exact."""
    (low, high), (least, most) = reading.ends(amount), reading.ends(cap)
    return low > least if low == high and least == most else None


@lru_cache(maxsize=64)
def spots_of(measure: Measure, on: dt.date) -> dict[str, list[Spot]]:
    """Where each condition and each cap turns, found once for a measure and a day."""
    repertoire = repertoire_of(measure, on)
    found: dict[str, list[Spot]] = {}
    for facts in _seeds(repertoire, found):
        for spot in _about(repertoire, facts):
            for name in spot.turns:
                others = found.setdefault(name, [])
                if (spot.name, spot.field, spot.low) not in {(one.name, one.field, one.low) for one in others}:
                    others.append(spot)
    return found


def _seeds(repertoire: Repertoire, found: dict[str, list[Spot]]) -> Iterator[Facts]:
    """The base, then whoever has most definite answers of conditions that have not turned yet."""
    yield repertoire.base
    left = {condition.id for condition in repertoire.measure.rulebook.conditions}
    for _ in range(_SEEDS):
        left -= found.keys()
        definite = [
            {name for name in left if decision[name].truth in (Truth.YES, Truth.NO)}
            for _, decision in repertoire.reached
        ]
        at = max(range(len(definite)), key=lambda at: len(definite[at]))
        if not definite[at]:
            return
        yield repertoire.reached[at][0]
        left -= definite[at]


def _about(repertoire: Repertoire, facts: Facts) -> Iterator[Spot]:
    """Every spot of one applicant, one fact after the other."""
    measure = repertoire.measure
    for name, fact in specs_of(measure).items():
        yield from _along(repertoire, Spot(facts, name, "", ALL, fact, 0, 0, ()))
    for name, table in measure.rulebook.tables.items():
        rows = rows_of(facts.get(name))
        yield from _along(repertoire, Spot(facts, name, "", ALL, None, 0, 0, ()))
        for field, fact in table.fields.items() if rows else ():
            if field != table.key:
                yield from _along(repertoire, Spot(facts, name, field, 0, fact, 0, 0, ()))
                if len(rows) > 1:
                    yield from _along(repertoire, Spot(facts, name, field, ALL, fact, 0, 0, ()))


def _along(repertoire: Repertoire, axis: Spot) -> Iterator[Spot]:
    measure, on, fact = repertoire.measure, repertoire.on, axis.fact
    edges = edges_of(measure)
    if fact is None:
        values: list[int] = sorted(edges.sizes(measure.rulebook.tables[axis.name].max_items))
    elif fact.kind in (Kind.NUMBER, Kind.DATE, Kind.EVENT) and not edges.steps(fact):
        own = edges.allowed(axis.name if axis.field else "", fact, on.toordinal())
        values = sorted(int(value) for value in own if value)
    else:
        return
    states: dict[int, dict[str, Any] | None] = {}

    def state(value: int) -> dict[str, Any] | None:
        if value not in states:
            after = axis.at(measure, value, axis.facts, on)
            decision = answer(measure, after, on) if after is not None else None
            states[value] = _state(decision) if decision is not None else None
        return states[value]

    for low, high in pairwise(values):
        yield from _between(axis, state, low, high)


def _between(axis: Spot, state: Any, low: int, high: int) -> Iterator[Spot]:
    before, after = state(low), state(high)
    if before is None or after is None or before == after:
        return
    if high - low == 1:
        turns = tuple(name for name in before if before[name] != after[name])
        yield Spot(axis.facts, axis.name, axis.field, axis.row, axis.fact, low, high, turns)
        return
    middle = (low + high) // 2
    yield from _between(axis, state, low, middle)
    yield from _between(axis, state, middle, high)
