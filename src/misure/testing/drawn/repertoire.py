# SPDX-License-Identifier: Apache-2.0
"""What can come out of a measure on a day, found by trying it: a small applicant that gets the best, and what turns each condition.

The worked cases are tried first; where there are none, or none is good enough, one thing after another is said otherwise
until nothing gets better. All of it is found once for a measure and a day, always in the same order.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from misure.deciding.decision import Decision, Outcome
from misure.deciding.machinery import compiled
from misure.facts.vocabulary import Fact, Kind
from misure.ground.errors import NotEncoded
from misure.ground.truth import Truth
from misure.identifiers.forms import made_up
from misure.program.nodes import below
from misure.rulebook import expression as tree
from misure.testing.agreeing import totals
from misure.testing.drawn.moving import Move, answer, candidates, truths_of, values_of
from misure.testing.starts import gets_something, starts_of
from misure.testing.told import Facts, copied, rows_of, specs_of

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.rulebook.rules import Condition

__all__ = ["Goal", "Patch", "Repertoire", "repertoire_of"]

Goal: TypeAlias = Callable[[Decision], tuple[int, ...]]
"""How near a decision comes to what is wanted: the greater the better, and (1, ...) when it is there."""
Patch: TypeAlias = dict[str, Any]
"""What is said otherwise than of another applicant: facts and whole tables by name."""
_NOT_SAID = (Truth.NO, Truth.UNKNOWN, Truth.PENDING)
_STARTS = 100
_ROUNDS = 40
_EACH = 6
"""So many ways to turn a condition are enough."""


def best(decision: Decision) -> tuple[int, ...]:
    """The best outcome, then as little as possible that fails, stays open, or is not asked yet."""
    truths = [finding.truth for finding in decision.findings]
    order = (
        Outcome.REFUSED, Outcome.UNDECIDED, Outcome.NO_KNOWN_OBSTACLE, Outcome.ELIGIBLE, Outcome.NOT_APPLICABLE,
    )  # fmt: skip
    left = (-truths.count(truth) for truth in (Truth.NO, Truth.UNKNOWN, Truth.PENDING))
    return (order.index(decision.outcome) - 1, *left)


def _asked_by_now(held: tuple[int, ...]) -> Goal:
    """The goal that every condition is asked, whatever has to have happened for that, and nothing turns out worse."""

    def goal(decision: Decision) -> tuple[int, ...]:
        near = best(decision)
        return (int(near[:-1] >= held[:-1] and not near[-1]), *near)

    return goal


def keeping(before: Decision) -> Goal:
    """The goal that what was definite stays, and that the rest turns out as well as it can."""
    left = (Truth.UNKNOWN, Truth.PENDING)
    definite = [(name, truth) for name, truth in truths_of(before).items() if truth not in left]

    def goal(decision: Decision) -> tuple[int, ...]:
        found = truths_of(decision)
        return (sum(found[name] is truth for name, truth in definite), *best(decision))

    return goal


class Repertoire:
    """The applicants of one measure from which others are made, on one day. What is `fixed` is said of each of them."""

    def __init__(self, measure: Measure, on: dt.date, fixed: Mapping[str, Any] | None = None) -> None:
        compiled(measure).check_question(on)
        self.measure, self.on = measure, on
        self.fixed: Facts = {name: copied(value) for name, value in (fixed or {}).items()}
        measure_takes = compiled(measure).facts.read(self.fixed, on)
        assert measure_takes is not None

    # Applicants of whom everything is told

    @cached_property
    def base(self) -> Facts:
        """The smallest applicant found that gets the best outcome."""
        ranked = sorted(
            (
                (-best(decision)[0], -_lines_given(decision), *(-part for part in best(decision)[1:]), self._size(facts), at)
                for at, (facts, decision) in enumerate(self.others)
            ),
        )  # fmt: skip
        start = self.others[int(ranked[0][-1])][0] if ranked else self._completed(self.fixed, self.on)
        if not ranked or best(self._decided(start))[0] < 1:
            start = self.climbed(start, best)
        now = self._decided(start)
        waiting = [condition for condition in self.measure.rulebook.conditions if now[condition.id].truth in _NOT_SAID]
        return self._smaller(self.climbed(start, _asked_by_now(best(now)), self._behind(now, waiting)))

    @cached_property
    def best_outcome(self) -> Outcome:
        """What comes out of the base: nothing better was found."""
        return self._decided(self.base).outcome

    @cached_property
    def others(self) -> tuple[tuple[Facts, Decision], ...]:
        """The worked cases that can be asked on the day, everything told: of those that show nothing new only a few."""
        found: list[tuple[Facts, Decision]] = []
        seen: set[object] = set()
        for told, day in dict.fromkeys((json.dumps(dict(told)), day) for told, day in self._starts()):
            start = json.loads(told) | self.fixed
            decision = answer(self.measure, start, self.on)
            if decision is None:
                continue
            shown = {(decision.outcome, "")} | set(truths_of(decision).items())
            if shown <= seen and len(found) >= _EACH:
                continue
            seen |= shown
            whole = self._completed(start, day, keeping(decision), found[0][0] if found else {})
            after = answer(self.measure, whole, self.on)
            if after is not None:
                found.append((whole, after))
            if len(found) >= _STARTS:
                break
        return tuple(found)

    def _starts(self) -> Iterator[tuple[tuple[tuple[str, Any], ...], dt.date]]:
        """The cases on the day of the question, each with the day on which it was asked first."""
        own = {json.dumps(dict(told)): day for told, day in starts_of(self.measure)}
        for told, _ in starts_of(self.measure, self.on):
            yield told, min(own.get(json.dumps(dict(told)), self.on), self.on)

    @staticmethod
    def _size(facts: Facts) -> int:
        return sum(len(rows_of(value)) for value in facts.values() if isinstance(value, list | Mapping))

    def _decided(self, facts: Facts) -> Decision:
        found = answer(self.measure, facts, self.on)
        if found is None:
            raise NotEncoded(self.measure.id, self.on, compiled(self.measure).periods[0])
        return found

    def _completed(self, told: Facts, day: dt.date, goal: Goal = best, model: Mapping[str, Any] | None = None) -> Facts:
        """What was not told, told: each in the way that serves a goal best, and the day of filing as the day of the case.

        What a `model` tells is told as there, where that serves the goal no worse: of forty applicants each thing in a dozen ways
        would take minutes.
        """
        facts: Facts = {name: copied(value) for name, value in told.items()}
        dossier = compiled(self.measure).facts.read(facts, self.on)
        for name, _ in dossier.defaults:
            self._better(facts, goal, [Move(name, day.isoformat()), Move(name, self.on.isoformat())])
        self._borrow(facts, goal, {name: value for name, value in (model or {}).items() if name not in facts})
        for name in self.measure.rulebook.tables:
            rows = facts.get(name)
            if isinstance(rows, Mapping):
                self._better(facts, goal, [Move(name, len(rows_of(rows)))])
            elif rows is None:
                self._better(facts, goal, [Move(name, size) for size in (0, 1)])
        for name, fact in specs_of(self.measure).items():
            if name not in facts:
                self._better(facts, goal, [Move(name, value) for value in islice(self._values("", fact), 12)])
        for name, table in self.measure.rulebook.tables.items():
            for at, row in enumerate(rows_of(facts.get(name))):
                for field, fact in table.fields.items():
                    if field not in row:
                        # The day before which it cannot lie is one on which it can.
                        own = (*_own(fact, row[table.key], at), *(row[day] for day in fact.not_before if day in row))
                        moves = [Move(name, value, field, at) for value in (*own, *islice(self._values(name, fact), 4))]
                        self._better(facts, goal, moves)
        return facts

    def _borrow(self, facts: Facts, goal: Goal, others: Facts) -> None:
        """Tell what others tell, in place: all of it, or else each thing by which the goal comes no farther away."""
        before = answer(self.measure, facts, self.on) if others else None
        if before is None:
            return
        for patch in (others, *({name: value} for name, value in others.items())):
            after = facts | {name: copied(value) for name, value in patch.items()}
            decision = answer(self.measure, after, self.on)
            if decision is not None and goal(decision)[0] >= goal(before)[0]:
                facts.update(after)
                if patch is others:
                    return

    def _values(self, table: str, fact: Fact) -> Iterator[Any]:
        return values_of(self.measure, table, fact, self.on, ())

    def _better(self, facts: Facts, goal: Goal, moves: list[Move]) -> None:
        """Make the move that serves a goal best, in place; the first of equals."""
        chosen: tuple[tuple[int, ...], Facts] | None = None
        for move in moves:
            after = move.made(self.measure, facts, self.on) | self.fixed
            decision = answer(self.measure, after, self.on)
            if decision is not None and (chosen is None or goal(decision) > chosen[0]):
                chosen = (goal(decision), after)
        if chosen is not None:
            facts.update(chosen[1])

    def climbed(self, facts: Facts, goal: Goal, among: Collection[str] | None = None) -> Facts:
        """The applicant with one thing after another said otherwise, as long as that comes nearer to a goal.

        Where nothing but some facts and tables can bring it nearer, only `among` them is looked.
        """
        decision = answer(self.measure, facts, self.on)
        every = [*specs_of(self.measure), *self.measure.rulebook.tables]
        without = [name for name in every if name in self.fixed or (among is not None and name not in among)]
        held = goal(decision) if decision else (-9,)
        for _ in range(_ROUNDS):
            if held[0] >= 1:
                break
            found = None
            for move in candidates(self.measure, facts, self.on, without=without):
                after = move.made(self.measure, facts, self.on)
                decision = answer(self.measure, after, self.on)
                if decision is not None and (near := goal(decision)) > held:
                    found, held = after, near
                    if near[0] >= 1:
                        break
            if found is None:
                break
            facts = found
        return facts

    def _smaller(self, facts: Facts) -> Facts:
        """The applicant without the records, and before the events, that it does not need."""
        held = best(self._decided(facts))
        for name in self.measure.rulebook.tables:
            at = len(rows_of(facts.get(name))) - 1
            while at >= 0 and name not in self.fixed:
                rows = rows_of(facts[name])
                fewer = facts | {name: [row for number, row in enumerate(rows) if number != at]}
                decision = answer(self.measure, fewer, self.on)
                if decision is not None and best(decision) >= held:
                    facts = fewer
                at -= 1
        return {name: facts[name] for name in (*specs_of(self.measure), *self.measure.rulebook.tables) if name in facts}

    # What turns a condition

    @cached_property
    def turning(self) -> dict[tuple[str, Truth], list[Patch]]:
        """For each condition and each answer that the base does not give, what to say otherwise of the base."""
        plain = truths_of(self._decided(self.base))
        found: dict[tuple[str, Truth], list[Patch]] = {}
        for move in candidates(self.measure, self.base, self.on, without=self.fixed):
            after = move.made(self.measure, self.base, self.on)
            self._note(found, plain, after)
        for facts, decision in self.others:
            fresh = [(name, truth) for name, truth in truths_of(decision).items() if truth is not plain[name]]
            for name, truth in fresh:
                if len(found.get((name, truth), ())) < 2:
                    self._note(found, plain, self._nearer(facts, name, truth))
        for condition in self.measure.rulebook.conditions:
            for truth in (Truth.YES, Truth.NO):
                # One move was not enough: from where it is open, or comes to apply at all, another may be.
                halfway = [found[key] for key in ((condition.id, way) for way in Truth) if key in found]
                if (
                    plain[condition.id] is truth
                    or (condition.id, truth) in found
                    or not halfway
                    or self._open(condition)
                ):
                    continue
                start, goal = self.base | halfway[0][0], turned(condition.id, truth)
                self._note(found, plain, self.climbed(start, goal, self._behind(self._decided(self.base), [condition])))
        return found

    def _behind(self, decision: Decision, conditions: Iterable[Condition]) -> set[str]:
        """The facts and tables on which the answers of some conditions rest, under the law of a decision."""
        program = compiled(decision).period.program.outputs
        tables = self.measure.rulebook.tables
        keys = [f"{what}.{one.id}" for one in conditions for what in ("condition", "applies", "due")]
        roots = [program[key] for key in keys if key in program]
        found = set[str]()
        for node in below(roots):
            if node.op == "given":
                found.add(node.data[1] or node.data[2])
            elif node.op == "member":
                found |= set(tables)
        # What adds up to a total that is declared moves it.
        return found | {part for total, parts in totals(self.measure) if total in found for part in parts}

    def _open(self, condition: Condition) -> bool:
        """Whether a condition rests on a value that is not published: no applicant can be sure to fail it."""
        parameters = self.measure.parameters
        named = [name.name for name in tree.names(condition.holds) if name.role == "parameter"]
        return any(value.unknown for name in named for value in parameters[name].values)

    def _note(self, found: dict[tuple[str, Truth], list[Patch]], plain: dict[str, Truth], after: Facts) -> None:
        decision = answer(self.measure, after, self.on)
        if decision is None:
            return
        patch = self.difference(after)
        for name, truth in truths_of(decision).items():
            if truth is not plain[name]:
                ways = found.setdefault((name, truth), [])
                if len(ways) < _EACH and patch not in ways:
                    ways.append(patch)

    def _nearer(self, facts: Facts, name: str, truth: Truth) -> Facts:
        """An applicant made as like the base as can be while one condition keeps its answer."""
        waiting = [[other for other in self.base if facts.get(other) != self.base[other]]]
        while waiting:
            # Most of it hardly ever matters: all at once first, and halves where that turns the answer.
            others = waiting.pop()
            nearer = facts | {other: self.base[other] for other in others}
            decision = answer(self.measure, nearer, self.on) if others else None
            if decision is not None and decision[name].truth is truth:
                facts = nearer
            elif len(others) > 1:
                half = len(others) // 2
                waiting += [others[half:], others[:half]]
        return facts

    def difference(self, facts: Facts) -> Patch:
        """What an applicant says otherwise than the base."""
        return {name: value for name, value in facts.items() if self.base.get(name) != value}

    # What comes out

    @cached_property
    def reached(self) -> tuple[tuple[Facts, Decision], ...]:
        """The base, the base with each of the turns, and the other applicants: everything that was found."""
        turned_ones = [self.base | patch for ways in self.turning.values() for patch in ways]
        every = [self.base, *turned_ones, *(facts for facts, _ in self.others)]
        found = ((facts, answer(self.measure, facts, self.on)) for facts in every)
        return tuple((facts, decision) for facts, decision in found if decision is not None)

    def such(self, goal: Goal) -> list[Facts]:
        """Some applicants that reach a goal, the plainest first; none where none was found."""
        near = [(facts, goal(decision), decision) for facts, decision in self.reached]
        there = [
            (-found[1], len(self.difference(facts)), at)
            for at, (facts, found, _) in enumerate(near)
            if found[0] >= 1
        ]  # fmt: skip
        if there:
            return [near[at][0] for _, _, at in sorted(there)[:12]]
        for at in sorted(range(len(near)), key=lambda at: near[at][1], reverse=True)[:6]:
            facts = self.climbed(near[at][0], goal)
            decision = answer(self.measure, facts, self.on)
            if decision is not None and goal(decision)[0] >= 1:
                return [facts]
        return []


def _lines_given(decision: Decision) -> int:
    """How many lines of the support, or tranches, are more than nothing; none where one of them is not known."""
    return sum(bool(line.amount) for line in decision.support or decision.tranches) if gets_something(decision) else 0


def _own(fact: Fact, key: Any, at: int) -> list[Any]:
    """What tells one record from the others: a code of its own, or a name like its key."""
    if fact.identifier:
        return [made_up(fact.identifier, at + 1)]
    return [str(key)] if fact.kind is Kind.TEXT and len(str(key)) <= fact.greatest else []


def turned(name: str, truth: Truth) -> Goal:
    """The goal that one condition gives an answer: from not applying at all, or not yet, to open, to the answer itself."""
    order = (Truth.NOT_APPLICABLE, Truth.PENDING, Truth.YES, Truth.NO, Truth.UNKNOWN)
    steps = [other for other in order if other is not truth]

    def goal(decision: Decision) -> tuple[int, ...]:
        found = decision[name].truth
        return (1, 0) if found is truth else (0, steps.index(found))

    return goal


@lru_cache(maxsize=64)
def repertoire_of(measure: Measure, on: dt.date) -> Repertoire:
    """The repertoire of a measure on a day, found once."""
    return Repertoire(measure, on)
