# SPDX-License-Identifier: Apache-2.0
"""An applicant made from a repertoire by somebody's choices: some conditions turned, a few things said otherwise.

What is chosen holds only where the measure still decides, and where what is wanted of the applicant still holds: so nothing
that was made has to be thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from misure.facts.dossier import Column
from misure.facts.values import NOT_YET, Unfit, read_value
from misure.facts.vocabulary import Fact, Kind
from misure.ground.truth import Truth
from misure.testing.drawn.choosing import Seeded
from misure.testing.drawn.moving import ALL, Move, answer, values_of
from misure.testing.edges import edges_of
from misure.testing.starts import told_in_cases
from misure.testing.told import Facts, copied, rows_of, specs_of

if TYPE_CHECKING:
    from misure.deciding.decision import Decision
    from misure.deciding.measure import Measure
    from misure.testing.drawn.choosing import Chooser
    from misure.testing.drawn.repertoire import Patch, Repertoire

__all__ = ["Holds", "any_applicant", "decides", "less_told", "targets_of", "varied", "with_more_records"]

Holds: TypeAlias = Callable[[Facts], bool]
"""Whether an applicant is still what is wanted."""


def decides(repertoire: Repertoire, wanted: Callable[[Decision], bool] | None = None) -> Holds:
    """That the measure decides of an applicant and, if given, that the decision is as wanted."""

    def holds(facts: Facts) -> bool:
        decision = answer(repertoire.measure, facts, repertoire.on)
        return decision is not None and (wanted is None or wanted(decision))

    return holds


def targets_of(repertoire: Repertoire) -> list[tuple[str, Truth]]:
    """The conditions that can be turned to no, and those to yes that the base does not meet."""
    return [(name, truth) for name, truth in repertoire.turning if truth in (Truth.NO, Truth.YES)]


def any_applicant(chooser: Chooser, repertoire: Repertoire) -> Facts:
    """An applicant of any kind, of whom everything is told: one like the base, with some conditions turned, or another one."""
    holds, facts = decides(repertoire), dict(repertoire.base)
    targets = targets_of(repertoire)
    kind = chooser.one(["best", "turned", "mixed", "best", "other", "mixed"])
    if kind == "best":
        outcome = repertoire.best_outcome
        holds = decides(repertoire, lambda decision: decision.outcome is outcome)
    if kind in ("turned", "mixed") and targets:
        if kind == "turned":
            chosen = [chooser.one(targets) for _ in range(chooser.whole(1, 3))]
        else:
            # Many at once, by lots, so that every one is turned as often; each can be left when examples shrink. Hypothesis makes
            # most examples of one before, with one number in place of another: of several numbers one is then another.
            lots = Seeded(sum(chooser.whole(0, 2**16 - 1) << shift for shift in range(0, 40, 8)))
            # The first stands whatever the others say: more often what the base does not meet, which others take back.
            firsts = [at for at, (_, truth) in enumerate(targets) for _ in range(3 if truth is Truth.YES else 1)]
            first, part = lots.one(firsts), lots.one([2, 3])
            found = [target for target in (*targets[first + 1 :], *targets[:first]) if lots.whole(1, part) == 1]
            chosen = [targets[first], *(target for target in found if chooser.one([False, *[True] * 7]))]
        patches: list[Patch] = []
        tables: set[str] = set()
        for target in chosen:
            patch = chooser.one(repertoire.turning[target])
            # A table said anew takes back what another patch says by it: so that none loses always, the earlier stands.
            if tables.isdisjoint(patch):
                patches.append(patch)
                tables |= repertoire.measure.rulebook.tables.keys() & patch.keys()
        # Of the others, what needs most said otherwise is said last.
        for patch in (*sorted(patches[1:], key=len), *patches[:1]):
            if holds(facts | patch):
                facts |= patch
    elif kind == "other" and repertoire.others:
        facts = dict(chooser.one(repertoire.others)[0])
    return varied(chooser, repertoire, facts, holds, chooser.one([0, 1, 1, 2, 2, 3]))


def varied(
    chooser: Chooser, repertoire: Repertoire, facts: Facts, holds: Holds, moves: int, *, without: Collection[str] = ()
) -> Facts:
    """The applicant with so many things said otherwise, each within what is plausible, as far as it still `holds`."""
    measure, on = repertoire.measure, repertoire.on
    left = {*without, *repertoire.fixed}
    places: list[str] = [name for name in (*specs_of(measure), *measure.rulebook.tables) if name not in left]
    facts = {name: copied(value) for name, value in facts.items()}
    for _ in range(moves if places else 0):
        name = chooser.one(places)
        move = _moved(chooser, repertoire, name, facts)
        if move is not None:
            after = move.made(measure, facts, on)
            if holds(after):
                facts = after
    return facts


def with_more_records(chooser: Chooser, repertoire: Repertoire) -> Facts:
    """An applicant with up to two records more in each table, of which each may say something else than the one before."""
    measure, on, holds = repertoire.measure, repertoire.on, decides(repertoire)
    facts: Facts = {name: copied(value) for name, value in any_applicant(chooser, repertoire).items()}
    for name, table in measure.rulebook.tables.items():
        fields = [field for field in table.fields if field != table.key]
        for _ in range(chooser.whole(0, 2) if fields and name not in repertoire.fixed else 0):
            at = len(rows_of(facts.get(name)))
            after = Move(name, at + 1).made(measure, facts, on)
            for field in {chooser.one(fields) for _ in range(2)}:
                value = _value(chooser, repertoire, name, table.fields[field], None)
                after = Move(name, value, field, at).made(measure, after, on)
            facts = after if holds(after) else facts
    return facts


def _moved(chooser: Chooser, repertoire: Repertoire, name: str, facts: Facts) -> Move | None:
    measure = repertoire.measure
    table = measure.rulebook.tables.get(name)
    if table is None:
        fact = specs_of(measure)[name]
        return Move(name, _value(chooser, repertoire, "", fact, facts.get(name)))
    rows = rows_of(facts.get(name))
    fields = [field for field in table.fields if field != table.key]
    if rows and fields and chooser.one([True, False]):
        field = chooser.one(fields)
        at = chooser.whole(0, len(rows) - 1)
        value = _value(chooser, repertoire, name, table.fields[field], rows[at].get(field))
        return Move(name, value, field, chooser.one([at, at, at, ALL]))
    size = max(0, min(len(rows) + chooser.one([1, -1, 2]), table.max_items))
    return Move(name, size)


def _value(chooser: Chooser, repertoire: Repertoire, table: str, fact: Fact, told: Any) -> Any:
    """A plausible value: one that cases tell or rules look at or, of numbers and days, one between those of the cases."""
    measure, on = repertoire.measure, repertoire.on
    if fact.kind in (Kind.NUMBER, Kind.DATE, Kind.EVENT) and not edges_of(measure).steps(fact):
        span = _span(measure, table, fact, repertoire, told)
        if span is not None and span[0] <= span[1] and chooser.one([True, True, False]):
            low, high = span
            step = 100 * 10**fact.decimals if fact.unit == "EUR" and high - low > 1000 * 10**fact.decimals else 1
            value = max(fact.least, min(low + (chooser.whole(0, (high - low) // step)) * step, fact.greatest))
            return Column.of(fact).json(value)
    return chooser.one(list(values_of(measure, table, fact, on, ())))


def _span(measure: Measure, table: str, fact: Fact, repertoire: Repertoire, told: Any) -> tuple[int, int] | None:
    """Between which ends the cases tell a number or a day; of one value alone, from its half to its double."""
    on = repertoire.on
    said: Sequence[Any] = [*told_in_cases(measure, table, fact.name, on), told]
    found = []
    for value in said:
        try:
            read = read_value(fact, value["value"] if isinstance(value, dict) else value, on.toordinal())
        except Unfit:
            continue
        if read is not None and not (fact.kind is Kind.EVENT and read == NOT_YET):
            found.append(int(read))
    if not found:
        return None
    low, high = min(found), max(found)
    if low == high and fact.kind is Kind.NUMBER:
        low, high = low // 2, high * 2
    return max(low, fact.least), min(high, edges_of(measure).most(fact))


def less_told(chooser: Chooser, repertoire: Repertoire, facts: Facts) -> Facts:
    """The applicant with something untold: all but a few facts, or only a few facts, fields and records."""
    holds = decides(repertoire)
    names = [name for name in facts if name not in repertoire.fixed]
    if not names:
        return facts
    if chooser.one([False, True, True]):
        less = {name: copied(value) for name, value in facts.items()}
        for _ in range(chooser.whole(1, 5)):
            after = _untold(chooser, repertoire, less)
            if holds(after):
                less = after
        return less
    kept = {chooser.one(names) for _ in range(chooser.whole(0, min(6, len(names) - 1)))}
    less = {name: value for name, value in facts.items() if name in kept or name in repertoire.fixed}
    return less if holds(less) else dict(repertoire.fixed)


def _untold(chooser: Chooser, repertoire: Repertoire, facts: Facts) -> Facts:
    """One thing less told: a fact, a table, a field of a record, or that a table is complete."""
    tables = repertoire.measure.rulebook.tables
    names = [name for name in facts if name not in repertoire.fixed]
    if not names:
        return facts
    name = chooser.one(names)
    rows = rows_of(facts[name]) if name in tables else []
    way = chooser.one(["all", "field", "open"]) if rows else "all"
    after = {other: copied(value) for other, value in facts.items()}
    if way == "all":
        del after[name]
    elif way == "open":
        room = len(rows) < tables[name].max_items
        after[name] = {"records": rows_of(after[name]), "complete": False} if room else after[name]
    else:
        row = rows_of(after[name])[chooser.whole(0, len(rows) - 1)]
        fields = [field for field in row if field != tables[name].key]
        row.pop(chooser.one(fields) if fields else "", None)
    return after
