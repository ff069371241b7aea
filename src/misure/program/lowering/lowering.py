# SPDX-License-Identifier: Apache-2.0
"""One measure on one period of days, as a program: every output by name, in the order in which the act speaks.

Names of outputs: `condition.ID` (exemptions and `when` folded in), `applies.ID`, `margin.ID`, `definition.NAME` (and
`definition.NAME=CHOICE`), `term.ID.*`, `duty.ID.*`, `score.*`, `spending.PLAN.*`, `support.LINE`, `own_share`,
`tranche.ID.*`, `selection.*`, `fault.*` (a truth that makes the facts bad, or the act contradict itself).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind
from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place
from misure.program.law import Law, folds
from misure.program.lowering.expressions import Expressions
from misure.program.lowering.functions import functions_of
from misure.program.lowering.ratio import Ratio
from misure.program.lowering.shapes import Shapes
from misure.program.nodes import Node, Nodes, TooLarge
from misure.rulebook import expression as tree
from misure.rulebook.rules import Condition, Definition, Effect, Parameter, Requirement, Value

__all__ = ["Program", "lower"]

T = TypeVar("T")

_LEAF = {
    Kind.NUMBER: "number", Kind.DATE: "date", Kind.EVENT: "event", Kind.TRUTH: "truth", Kind.CHOICE: "choice",
    Kind.CODE: "code", Kind.TEXT: "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Program:
    """The outputs by name, and the scale of those that are ratios not yet rounded to their unit's decimals."""

    law: Law
    outputs: Mapping[str, Node]
    scales: Mapping[str, int]


@dataclass(slots=True)
class Scope:
    """What names stand for in one measure under one law. What is not lowered yet is lowered when it is needed."""

    law: Law
    nodes: Nodes
    need: Callable[[str], None]
    numbers: dict[str, Ratio] = field(default_factory=dict)
    truths: dict[str, Node] = field(default_factory=dict)
    days: dict[str, Node] = field(default_factory=dict)
    choices: dict[str, Definition] = field(default_factory=dict)
    expressions: Expressions = field(init=False)

    def _given(self, fact: Fact, table: str = "") -> Node:
        bounded = fact.kind in (Kind.NUMBER, Kind.DATE, Kind.EVENT)
        return self.nodes.given(
            _LEAF[fact.kind], fact.name, table,
            least=fact.least if bounded else 0, greatest=fact.greatest if bounded else 0,
        )  # fmt: skip

    def fact(self, name: str) -> Node:
        return self._given(self.law.rulebook.facts[name])

    def number(self, name: tree.Name) -> Ratio:
        if name.role == "fact":
            return Ratio(self.fact(name.name), 10 ** self.law.rulebook.facts[name.name].decimals)
        if name.role == "parameter":
            return self.parameter(name.name)
        if name.name not in self.numbers:
            self.need(name.name)
        return self.numbers[name.name]

    def parameter(self, name: str) -> Ratio:
        """A number of the law: a constant, an open value within bounds, or a choice on the day that picks it."""
        parameter = self.law.rulebook.parameters[name]
        ratios = self.expressions.ratios
        live = self.law.values(parameter)
        result = self._value(parameter, live[0])
        for value in live[1:]:
            newer = self.nodes.le(self.nodes.const(value.since.toordinal()), self.anchor(parameter.anchor))
            result = ratios.choose(newer, self._value(parameter, value), result)
        return result

    def anchor(self, name: str) -> Node:
        return self.nodes.given("on", "on", least=1, greatest=3_652_059) if name == "on" else self.fact(name)

    def _value(self, parameter: Parameter, value: Value) -> Ratio:
        scale = 10**parameter.type.decimals
        if value.known is None:
            lo, hi = (math.floor(value.least * scale), math.ceil(value.greatest * scale))
            if parameter.type.unit != "share":
                lo, hi = int(value.least), int(value.greatest)
            name = f"{parameter.name}@{value.since}"
            return Ratio(self.nodes.given("open", name, least=lo, greatest=hi), scale)
        if parameter.type.unit == "share":
            return self.expressions.ratios.constant(value.known)  # type: ignore[arg-type]
        return Ratio(self.nodes.const(int(value.known)), scale)  # type: ignore[arg-type]

    def day(self, name: tree.Name) -> Node:
        if name.role == "on":
            return self.anchor("on")
        if name.role in ("fact", "event"):
            return self.fact(name.name)
        if name.role == "parameter":
            return self.day_parameter(name.name)
        if name.name not in self.days:
            self.need(name.name)
        return self.days[name.name]

    def day_parameter(self, name: str) -> Node:
        parameter = self.law.rulebook.parameters[name]
        live = self.law.values(parameter)
        result: Node | None = None
        for value in live:
            if value.known is None:
                node = self.nodes.given(
                    "open", f"{name}@{value.since}", least=int(value.least), greatest=int(value.greatest)
                )
            else:
                node = self.nodes.const(int(value.known))  # type: ignore[arg-type]
            if result is None:
                result = node
            else:
                newer = self.nodes.le(self.nodes.const(value.since.toordinal()), self.anchor(parameter.anchor))
                result = self.nodes.choose(newer, node, result)
        assert result is not None
        return result

    def truth(self, name: tree.Name) -> Node:
        if name.role == "fact":
            return self.fact(name.name)
        if name.name not in self.truths:
            self.need(name.name)
        return self.truths[name.name]

    def text(self, name: tree.Name) -> Node:
        if name.role != "fact":
            raise TooLarge("a choice that a definition gives is compared with its choices only")
        return self.fact(name.name)

    def options(self, name: tree.Name) -> tuple[str, ...]:
        """A list parameter. A list dated on another event than the anchor would be a choice of lists: refused."""
        live = self.law.values(self.law.rulebook.parameters[name.name])
        if len(live) > 1 or live[0].known is None:
            raise TooLarge(f"the list {name.name!r} must be known, and dated on the measure's own anchor")
        return tuple(str(item) for item in live[0].known)  # type: ignore[union-attr]

    def prefixes(self, scheme: str, codes: tuple[str, ...]) -> frozenset[str]:
        """The code prefixes under a list of codes and sections of one edition of the classification."""
        sections = self.law.rulebook.sections.get(scheme, {})
        return frozenset(prefix for code in codes for prefix in sections.get(code, (code,)))

    def choice_definition(self, name: tree.Name, options: frozenset[str]) -> Node | None:
        if name.name not in self.choices:
            self.need(name.name)
        definition = self.choices[name.name]
        return self._cases(definition, lambda value: self.expressions.one_of(value, options))

    def field(self, table: str, name: str) -> Node:
        return self._given(self.law.rulebook.tables[table].fields[name], table)

    def field_scale(self, table: str, name: str) -> int:
        scale: int = 10 ** self.law.rulebook.tables[table].fields[name].decimals
        return scale

    def items(self, table: str) -> int:
        return self.law.rulebook.tables[table].max_items

    def _cases(self, definition: Definition, read: Callable[[tree.Expr], Node]) -> Node:
        cases = [
            (None if case.when is None else self.expressions.truth(case.when), read(case.value))
            for case in definition.cases
        ]
        return self.cases(definition, cases)

    def cases(self, definition: Definition, cases: list[tuple[Node | None, Node]], scale: int = 1) -> Node:
        """One node for exclusive cases, kept whole so that the hull of those still possible can be taken."""
        if len(cases) == 1 and cases[0][0] is None:
            return cases[0][1]
        nodes = self.nodes
        guards = [guard for guard, _ in cases if guard is not None]
        flat: list[Node] = []
        for guard, value in cases:
            # `otherwise` is live where no other case is.
            flat += [guard if guard is not None else nodes.not_(nodes.any_of(*guards)), value]
        values = [value for _, value in cases]
        whole = cases[-1][0] is None
        lo, hi = min(value.lo for value in values), max(value.hi for value in values)
        if not whole and definition.type.kind in ("number", "date"):
            # Where no case is live the value may be anything, whatever the cases say.
            least, greatest = self._widest(definition, scale)
            lo, hi = min(lo, least), max(hi, greatest)
        return nodes.make("cases", values[0].sort, tuple(flat), (definition.id, whole), lo, hi)

    def _widest(self, definition: Definition, scale: int) -> tuple[int, int]:
        """The bounds of any value of the definition's type."""
        if definition.type.kind == "date":
            return FIRST_DAY, LAST_DAY
        unit = self.law.rulebook.vocabulary.units[definition.type.unit]
        step = 10**unit.decimals
        return unit.least * scale // step, -(-unit.greatest * scale // step)

    def define(self, definition: Definition) -> list[tuple[Node | None, Node]]:
        """Lower one definition; its guarded values come back for the check that no two clash."""
        expressions = self.expressions
        kind = definition.type.kind
        guards = [None if case.when is None else expressions.truth(case.when) for case in definition.cases]
        if kind == "choice":
            self.choices[definition.id] = definition
            return []
        if kind == "truth":
            values = [expressions.truth(case.value) for case in definition.cases]
            pairs = list(zip(guards, values, strict=True))
            self.truths[definition.id] = self.cases(definition, pairs)
            return pairs
        if kind == "date":
            values = [expressions.day(case.value) for case in definition.cases]
            pairs = list(zip(guards, values, strict=True))
            self.days[definition.id] = self.cases(definition, pairs)
            return pairs
        ratios = [expressions.number(case.value) for case in definition.cases]
        if guards == [None]:
            self.numbers[definition.id] = ratios[0]
            return [(None, ratios[0].number)]
        if any(ratio.divisor is not None for ratio in ratios):
            raise TooLarge("a quotient must be rounded (half_up or down) before it gets a name")
        scale = math.lcm(*(ratio.scale for ratio in ratios))
        values = [self.nodes.mul(ratio.number, self.nodes.const(scale // ratio.scale)) for ratio in ratios]
        pairs = list(zip(guards, values, strict=True))
        self.numbers[definition.id] = Ratio(self.cases(definition, pairs, scale), scale)
        return pairs


class _Spoilt(TooLarge):
    """What this rests on has a fault of its own: that one is reported, once."""


class _Named(dict[str, T]):
    """What steps have made, by name. Of a step that failed there is nothing, which spoils what reads it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self._faults = faults

    def __missing__(self, name: str) -> T:
        raise _Spoilt(name) if self._faults else KeyError(name)


class _Lowering:
    def __init__(self, law: Law) -> None:
        self.law, self.rulebook = law, law.rulebook
        self.nodes = Nodes()
        self.scope = Scope(law, self.nodes, self.need)
        self.scope.expressions = self.expressions = Expressions(self.nodes, self.scope)
        self.expressions.functions = functions_of(self.expressions, min(e.day for e in law.rulebook.editions))
        self.faults: list[Fault] = []
        self.outputs: dict[str, Node] = _Named(self.faults)
        self.scope.numbers = _Named(self.faults)
        self.scales: dict[str, int] = {}
        self.done: set[str] = set()
        self.shapes = Shapes(self.rulebook, self.nodes, self.expressions, self.scope, self.outputs, self.scales)
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
        return Program(self.law, dict(self.outputs), self.scales)

    def need(self, name: str) -> None:
        """Lower what a name stands for, before what reads it."""
        if name in self.done or name not in self.waiting:
            raise _Spoilt(name)
        self.attempt(name)
        if any(fault.subject == name for fault in self.faults):
            raise _Spoilt(name)

    def attempt(self, name: str) -> None:
        """Lower one thing, once; what passes the limits of the integers becomes a fault in its place."""
        if name in self.done:
            return
        self.done.add(name)
        place, step = self.waiting[name]
        try:
            step()
        except _Spoilt:
            return
        except TooLarge as problem:
            self.faults.append(Fault(place, name.removeprefix("condition "), str(problem)))

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

    def condition(self, condition: Condition) -> None:
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
        self.outputs[f"condition.{condition.id}"] = nodes.any_of(holds, *exempt, nodes.not_(applies))
        self.margin(condition)

    def within_its_days(self, condition: Condition) -> list[Node]:
        """The days between which a condition stands, compared where the day that picks the law may not be known."""
        if folds(self.rulebook):
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
        elif holds.left.type.kind == "number":
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


def lower(law: Law) -> Program:
    """The program of a measure under one law.

    Raises `BadRules`, with a place for each, where a value could pass 63 bits, or a rounded amount be negative.
    """
    return _Lowering(law).run()
