# SPDX-License-Identifier: Apache-2.0
"""One measure on one period of days, as a program: every output by name, in the order in which the act speaks.

Names of outputs: `condition.ID` (exemptions and `when` folded in), `applies.ID`, `due.ID`, `margin.ID`, `definition.NAME` (and
`definition.NAME=CHOICE`), `term.ID.*`, `duty.ID.*`, `score.*`, `spending.PLAN.*`, `support.LINE`, `own_share`,
`tranche.ID.*`, `selection.*`, `fault.*` (a truth that makes the facts bad, or the act contradict itself). Where a condition
reduces an amount, `before.support.*` and `before.definition.*` are what they were without that; `spares.ID` says of a term that reduces
one that nothing is taken: it is kept, or still runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from misure.facts.vocabulary import TIME
from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place
from misure.program.law import Law
from misure.program.lowering.apportioned import Parts
from misure.program.lowering.by_now import by_now
from misure.program.lowering.costs import CENTS
from misure.program.lowering.expressions import Expressions
from misure.program.lowering.functions import functions_of
from misure.program.lowering.orders import impossible_orders
from misure.program.lowering.points.told_points import ToldPoints
from misure.program.lowering.scope import LoweringScope
from misure.program.lowering.shapes import Shapes
from misure.program.nodes import Node, Nodes, TooLarge
from misure.rulebook import expression as tree
from misure.rulebook.points import decimals_of
from misure.rulebook.rules import Condition, Criterion, Definition, Effect
from misure.rulebook.tranches import Requirement

__all__ = ["Program", "lower"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Program:
    """The outputs by name, the parts of what is apportioned, and the scale of those that are ratios not yet rounded to their unit's decimals."""

    law: Law
    outputs: Mapping[str, Node]
    scales: Mapping[str, int]
    parts: Mapping[str, Parts]
    """How the lines of support that are apportioned are, by their ids."""


class _Spoilt(TooLarge):
    """What this rests on has a fault of its own: that one is reported, once."""


class _Named(dict[str, T]):
    """What steps have made, by name. Of a step that failed there is nothing, which spoils what reads it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self._faults = faults

    def __missing__(self, name: str) -> T:
        raise _Spoilt(name) if self._faults else KeyError(name)


def _subject(name: str) -> str:
    """The id of the rule that a step lowers: of a line of costs (`planned.advice.requested`) its own."""
    return name.removeprefix("condition ").partition(".")[2].partition(".")[0] or name.removeprefix("condition ")


class _Lowering:
    """One lowering. `before` is the same law lowered with its amounts as they are before any condition reduces them."""

    def __init__(self, law: Law, nodes: Nodes, before: Program | None = None) -> None:
        self.law, self.rulebook, self.nodes, self.before = law, law.rulebook, nodes, before
        self.scope = LoweringScope(law, self.nodes, self.need)
        self.scope.expressions = self.expressions = _expressions(law, self.scope)
        self.scope.told_points = ToldPoints(law.rulebook, nodes, self.scope.as_told, partial(_alone, law, nodes))
        self.faults: list[Fault] = []
        self.outputs: dict[str, Node] = _Named(self.faults)
        self.scope.numbers = _Named(self.faults)
        self.scales: dict[str, int] = {}
        self.done: set[str] = set()
        self.failed: set[str] = set()
        self.underway: list[str] = []
        """What is being lowered, each for the one before it."""
        self.shapes = Shapes(
            self.rulebook,
            self.nodes,
            self.expressions,
            self.scope,
            self.outputs,
            self.scales,
            self.reducers(),
            self.met,
            before.outputs if before else {},
        )
        self.waiting: dict[str, tuple[Place, Callable[[], object]]] = {
            **{d.id: (d.place, partial(self.definition, d)) for d in self.rulebook.definitions.values()},
            **self.shapes.steps(),
        }

    def run(self) -> Program:
        for name in self.waiting:
            self.attempt(name)
        for condition in self.rulebook.conditions:
            self.waiting[f"condition {condition.id}"] = (condition.place, partial(self.condition, condition))
            self.attempt(f"condition {condition.id}")
        for name, step in self.shapes.last_steps(self.requirement, self.blocking).items():
            self.waiting[name] = step
            self.attempt(name)
        if self.faults:
            raise BadRules(self.faults)
        self._contradicted()
        self.outputs.update(impossible_orders(self.scope, self.outputs))
        self._overfull()
        self._keep_before()
        return Program(self.law, dict(self.outputs), self.scales, self.shapes.parts)

    def need(self, name: str) -> None:
        """Lower what a name stands for, before what reads it. What rests on itself in a ring is a fault of the first of the ring."""
        if name in self.underway:
            ring = [*self.underway[self.underway.index(name) :], name]
            told = f"these rest on each other in a ring: {' -> '.join(ring)}"
            self.faults.append(Fault(self.waiting[name][0], _subject(name), told))
        if name in self.done or name not in self.waiting:
            raise _Spoilt(name)
        self.attempt(name)
        if name in self.failed:
            raise _Spoilt(name)

    def attempt(self, name: str) -> None:
        """Lower one thing, once; what passes the limits of the integers becomes a fault in its place."""
        if name in self.done:
            return
        self.done.add(name)
        place, step = self.waiting[name]
        self.underway.append(name)
        try:
            step()
        except _Spoilt:
            return
        except TooLarge as problem:
            self.failed.add(name)
            self.faults.append(Fault(place, _subject(name), str(problem)))
        finally:
            self.underway.pop()

    def definition(self, definition: Definition) -> None:
        pairs = self.scope.define(definition)
        key = f"definition.{definition.id}"
        kind = definition.type.kind
        if kind == "choice":
            for option in definition.type.choices:
                name = tree.Name(definition.id, "definition", definition.type, definition.place)
                node = self.scope.choice_definition(name, frozenset({option}))
                assert node is not None
                self.outputs[f"{key}={option}"] = node
        elif kind == "truth":
            self.outputs[key] = self.scope.truths[definition.id]
        elif kind == "date":
            self.outputs[key] = self.scope.days[definition.id]
        else:
            ratio = self.scope.numbers[definition.id]
            if ratio.divisor is not None:
                raise TooLarge("a quotient must be rounded (half_up or down) before it gets a name")
            self.outputs[key], self.scales[key] = ratio.number, ratio.scale
        if not definition.proved:
            guarded = [(guard, value) for guard, value in pairs if guard is not None]
            for i, (guard, value) in enumerate(guarded):
                for j, (other, another) in enumerate(guarded[i + 1 :], i + 1):
                    clash = self.nodes.make("clash", "truth", (guard, value, other, another))
                    self.outputs[f"fault.conflict.{definition.id}.{i}.{j}"] = clash

    def _contradicted(self) -> None:
        """Whether a truth is denied that the code of another fact implies."""
        for name in self.rulebook.facts:
            for other, is_so in self.scope.implied(name).items():
                denied = self.nodes.all_of(is_so, self.nodes.not_(self.scope.fact(name)))
                self.outputs[f"fault.implied.{name}.{other}"] = denied

    def _overfull(self) -> None:
        """Whether what is counted in a total, and told apart, is more than it."""
        spending = self.rulebook.spending
        for plan in spending.plans if spending else ():
            total = self.scope.numbers[plan.total]
            for at, part in enumerate(plan.includes):
                left, right, _ = self.expressions.ratios.cross(total, self.expressions.number(part))
                self.outputs[f"fault.overfull.{plan.total}.{at}"] = self.nodes.lt(left, right)

    def reducers(self) -> dict[str, list[tuple[Condition, Node]]]:
        """Of each line of support the conditions that reduce it by nobody knows how much, each with its truth."""
        found: dict[str, list[tuple[Condition, Node]]] = {}
        for condition in self.rulebook.conditions if self.before else ():
            for line in condition.reduces if condition.leaves is None else ():
                outputs = self.before.outputs  # type: ignore[union-attr]
                holds = outputs.get(f"spares.{condition.id}", outputs[f"condition.{condition.id}"])
                found.setdefault(line, []).append((condition, holds))
        return found

    def _keep_before(self) -> None:
        """What the conditions looked at, where something was reduced since: `before.` and the name of the output."""
        for key, node in self.before.outputs.items() if self.before else ():
            if key.partition(".")[0] in ("support", "definition") and self.outputs[key] is not node:
                self.outputs[f"before.{key}"] = node
                if key in self.before.scales:  # type: ignore[union-attr]
                    self.scales[f"before.{key}"] = self.before.scales[key]  # type: ignore[union-attr]

    def _as_before(self, before: Program, condition: Condition) -> None:
        """A condition looks at amounts as they are before any is reduced: else it would look at what follows from it."""
        keys = [f"{what}.{condition.id}" for what in ("applies", "due", "condition", "margin", "spares")]
        keys += [f"exemption.{exemption.id}" for exemption in condition.exemptions]
        keys += [f"recovery.{one.id}" for one in condition.recovers]
        keys += [f"tension.{tension.id}" for tension in self.rulebook.tensions if condition.id in tension.bears_on]
        self.outputs |= {key: before.outputs[key] for key in keys if key in before.outputs}
        self.scales |= {key: before.scales[key] for key in keys if key in before.scales}

    def condition(self, condition: Condition) -> None:
        if self.before is not None:
            self._as_before(self.before, condition)
            return
        met = self.outputs[f"condition.{condition.id}"] = self.met(condition)
        if condition.reduces and condition.origin == "deadline":
            # Until the last day of a term is over nothing was missed, and nothing is taken for it.
            runs = self.nodes.le(self.scope.anchor("on"), self.scope.days[condition.id])
            self.outputs[f"spares.{condition.id}"] = self.nodes.any_of(met, runs)
        self.margin(condition)
        for one in condition.recovers:
            amount, positive = self.expressions.ratios.rounded(self.expressions.number(one.amount), CENTS, "half_up")
            amount = amount if positive is None else self.expressions.guarded(amount, positive)
            back = self.nodes.greatest(amount, self.nodes.const(0))
            self.outputs[f"recovery.{one.id}"] = self.nodes.choose(met, self.nodes.const(0), back)

    def met(self, condition: Condition) -> Node:
        """Whether a condition holds, or lets off, or does not apply, or is not asked yet."""
        nodes, truth = self.nodes, self.expressions.truth
        applies = nodes.truth(True)
        if not self.law.live(condition):
            applies = nodes.truth(False)
        elif condition.when is not None:
            applies = truth(condition.when)
        applies = nodes.all_of(applies, *self.within_its_days(condition))
        holds = truth(condition.holds)
        exempt = []
        for exemption in condition.exemptions:
            exempt.append(truth(exemption.when))
            self.outputs[f"exemption.{exemption.id}"] = exempt[-1]
        self.outputs[f"applies.{condition.id}"] = applies
        due = nodes.truth(True)
        if condition.once:
            due = self.outputs[f"due.{condition.id}"] = nodes.given("happened", condition.once)
            on = self.scope.anchor("on")
            holds, applies, *exempt = (by_now(nodes, each, condition.once, on) for each in (holds, applies, *exempt))
        met = nodes.any_of(holds, *exempt, nodes.not_(applies), nodes.not_(due))
        return self.in_all_readings(condition, met)

    def in_all_readings(self, condition: Condition, met: Node) -> Node:
        """The condition as it holds under every reading: open for those of whom two readings say different things."""
        nodes = self.nodes
        for tension in self.rulebook.tensions:
            if tension.when is None or condition.id not in tension.bears_on:
                continue
            since = nodes.le(nodes.const(tension.since.toordinal()), self.scope.anchor("on"))
            differs = nodes.all_of(since, self.expressions.truth(tension.when))
            self.outputs[f"tension.{tension.id}"] = differs
            if tension.otherwise != "met":
                # What another reading asks is asked, though the rule as it stands asks it of others alone.
                applies = f"applies.{condition.id}"
                self.outputs[applies] = nodes.any_of(self.outputs[applies], differs)
            other = nodes.given("open", f"{tension.id}@{condition.id}", least=0, greatest=1)
            either = nodes.le(nodes.const(1), other)
            if tension.otherwise == "met":
                either = nodes.any_of(met, either)
            elif tension.otherwise == "not_met":
                either = nodes.all_of(met, either)
            met = nodes.choose(differs, either, met)
        return met

    def within_its_days(self, condition: Condition) -> list[Node]:
        """The days between which a condition stands, compared where the day that picks the law may not be known."""
        if self.law.folds:
            return []
        anchor, nodes = self.scope.anchor(self.rulebook.law_of), self.nodes
        since = [nodes.le(nodes.const(condition.since.toordinal()), anchor)] if condition.since else []
        until = [nodes.le(anchor, nodes.const(condition.until.toordinal()))] if condition.until else []
        return since + until

    def margin(self, condition: Condition) -> None:
        """By how much it holds (negative: what is missing), where it is one comparison, in the unit of its left side."""
        holds = condition.holds
        if not isinstance(holds, tree.Compare) or holds.op in ("==", "!="):
            return
        down = holds.op in ("<=", "<")
        if holds.left.type.kind == "date":
            left, right = self.expressions.day(holds.left), self.expressions.day(holds.right)
            self.outputs[f"margin.{condition.id}"] = (
                self.nodes.sub(right, left) if down else self.nodes.sub(left, right)
            )
        elif holds.left.type.kind == "number" and TIME not in (holds.left.type.unit, holds.right.type.unit):
            a, b = self.expressions.number(holds.left), self.expressions.number(holds.right)
            if a.divisor is None and b.divisor is None:
                difference = self.expressions.ratios.sub(b, a) if down else self.expressions.ratios.sub(a, b)
                key = f"margin.{condition.id}"
                self.outputs[key], self.scales[key] = difference.number, difference.scale

    def requirement(self, key: str, requirement: Requirement) -> Node:
        """One requirement of a tranche: its own truth, and what it lends to the tranche."""
        nodes = self.nodes
        applies = nodes.truth(True) if requirement.when is None else self.expressions.truth(requirement.when)
        holds = self.expressions.truth(requirement.holds)
        self.outputs[f"{key}.applies"] = applies
        self.outputs[key] = nodes.any_of(holds, nodes.not_(applies))
        return self.outputs[key]

    def blocking(self, tranche: str) -> list[Node]:
        return [
            self.outputs[f"condition.{c.id}"]
            for c in self.rulebook.conditions
            if c.effect is Effect.BLOCKS and c.blocks == tranche and f"condition.{c.id}" in self.outputs
        ]


def _expressions(law: Law, scope: LoweringScope) -> Expressions:
    expressions = Expressions(scope.nodes, scope)
    expressions.functions = functions_of(expressions, min(edition.day for edition in law.rulebook.editions))
    return expressions


def _alone(law: Law, nodes: Nodes, criterion: Criterion) -> Node | None:
    """The points that a criterion gives, of facts as they are told; None where they rest on more than facts and definitions."""
    underway: list[str] = []

    def need(name: str) -> None:
        definition = law.rulebook.definitions.get(name)
        if definition is None or name in underway:
            raise TooLarge(name)
        underway.append(name)
        scope.define(definition)
        underway.pop()

    scope = LoweringScope(law, nodes, need)
    scope.expressions = _expressions(law, scope)
    assert criterion.gives is not None
    assert law.rulebook.score is not None
    try:
        points = scope.expressions.number(criterion.gives)
        return scope.expressions.ratios.rounded(points, decimals_of(law.rulebook, law.rulebook.score), "down")[0]
    except TooLarge:
        return None  # whoever lowers it for its own sake tells why


def lower(law: Law) -> Program:
    """The program of a measure under one law.

    Raises `BadRules`, with a place for each, where a value could pass 63 bits, or a rounded amount be negative.
    """
    nodes = Nodes()
    program = _Lowering(law, nodes).run()
    if any(condition.reduces and condition.leaves is None for condition in law.rulebook.conditions):
        program = _Lowering(law, nodes, program).run()
    return program
