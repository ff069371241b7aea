# SPDX-License-Identifier: Apache-2.0
"""What names stand for in one measure under one law: facts, parameters with their versions, definitions, lists."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind
from misure.program.law import Law
from misure.program.lowering.expressions import Expressions
from misure.program.lowering.points.told_points import ToldPoints
from misure.program.lowering.ratio import Ratio
from misure.program.nodes import Node, Nodes, TooLarge
from misure.rulebook import expression as tree
from misure.rulebook.rules import Definition, Parameter, Value

__all__ = ["LoweringScope"]

_LEAF = {
    Kind.NUMBER: "number", Kind.DATE: "date", Kind.EVENT: "event", Kind.TRUTH: "truth", Kind.CHOICE: "choice",
    Kind.CODE: "code", Kind.TEXT: "text",
}  # fmt: skip


@dataclass(slots=True)
class LoweringScope:
    """What names stand for in one measure under one law. What is not lowered yet is lowered when it is needed."""

    law: Law
    nodes: Nodes
    need: Callable[[str], None]
    numbers: dict[str, Ratio] = field(default_factory=dict)
    truths: dict[str, Node] = field(default_factory=dict)
    days: dict[str, Node] = field(default_factory=dict)
    choices: dict[str, Definition] = field(default_factory=dict)
    expressions: Expressions = field(init=False)
    told_points: ToldPoints | None = None
    """What told points say of facts; None where all is taken as it is told."""

    def _given(self, fact: Fact, table: str = "") -> Node:
        bounded = fact.kind in (Kind.NUMBER, Kind.DATE, Kind.EVENT)
        return self.nodes.given(
            _LEAF[fact.kind], fact.name, table,
            least=fact.least if bounded else 0, greatest=fact.greatest if bounded else 0,
        )  # fmt: skip

    def as_told(self, fact: Fact) -> Node:
        """A fact of the applicant, whatever else says something of it."""
        return self._given(fact)

    def fact(self, name: str) -> Node:
        fact = self.law.rulebook.facts[name]
        told = self._given(fact)
        return self.told_points.number(fact, told) if self.told_points and fact.kind is Kind.NUMBER else told

    def implied(self, name: str) -> dict[str, Node]:
        """What makes a truth so besides itself: of each fact whose codes imply it, whether it is such a code."""
        facts = self.law.rulebook.facts
        pairs = [(other, codes) for other, codes in facts[name].implied_by if other in facts]
        return {other: self.nodes.within(self.fact(other), frozenset(codes)) for other, codes in pairs}

    def _told_or_implied(self, name: str) -> Node:
        """A truth as it is told; where it is not, so if a code implies it. A denial stands while the code is not known."""
        nodes, told = self.nodes, self.fact(name)
        implied = nodes.any_of(*self.implied(name).values())
        if implied.constant:
            return told
        yes, no = nodes.const(1), nodes.const(0)
        said = nodes.choose(told, yes, no)
        return nodes.le(yes, nodes.make("meet", "int", (said, nodes.choose(implied, yes, said)), None, 0, 1))

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

        def of_version(value: Value) -> Node:
            if value.known is not None:
                return self.nodes.const(int(value.known))  # type: ignore[arg-type]
            return self.nodes.given(
                "open", f"{name}@{value.since}", least=int(value.least), greatest=int(value.greatest)
            )

        return self.by_version(name, of_version)

    def by_version(self, name: str, read: Callable[[Value], Node]) -> Node:
        """What each version of a parameter leads to, chosen on the day that picks the version where several may stand."""
        parameter = self.law.rulebook.parameters[name]
        first, *later = self.law.values(parameter)
        result = read(first)
        for value in later:
            newer = self.nodes.le(self.nodes.const(value.since.toordinal()), self.anchor(parameter.anchor))
            result = self.nodes.choose(newer, read(value), result)
        return result

    def truth(self, name: tree.Name) -> Node:
        if name.role == "fact":
            told = self._told_or_implied(name.name)
            return self.told_points.truth(name.name, told, bool) if self.told_points else told
        if name.name not in self.truths:
            self.need(name.name)
        return self.truths[name.name]

    def one_of(self, item: tree.Expr, text: Node, options: frozenset[str]) -> Node:
        """Whether a choice that was told is one of some; where it was not, as told points leave it."""
        told = self.nodes.one_of(text, options)
        if self.told_points is None or not isinstance(item, tree.Name) or item.role != "fact":
            return told
        return self.told_points.truth(item.name, told, lambda value: value in options)

    def text(self, name: tree.Name) -> Node:
        if name.role != "fact":
            raise TooLarge("a choice that a definition gives is compared with its choices only")
        return self.fact(name.name)

    def of_options(self, name: tree.Name, asked: Callable[[tuple[str, ...]], Node]) -> Node:
        """What is asked of a list parameter, of each of its versions that may stand."""

        def of_version(value: Value) -> Node:
            if value.known is None:
                raise TooLarge(f"the list {name.name!r} must be known")
            sure = tuple(str(item) for item in value.known)  # type: ignore[union-attr]
            if not value.unknown:
                return asked(sure)
            # What stands in it for certain, and what may: of which nobody knows where no reading says.
            nodes, found = self.nodes, asked(sure)
            open_ = nodes.given("open", f"{name.name}@{value.since}", least=0, greatest=1)
            more = nodes.le(nodes.const(1), open_)
            if value.readings:
                more = nodes.all_of(asked((*sure, *value.also)), more)
            return nodes.any_of(found, more)

        return self.by_version(name.name, of_version)

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

    def field_happened(self, table: str, name: str) -> Node:
        """Whether a field of a record has happened, as known on the day of the question; a date that is no event always has."""
        event = self.law.rulebook.tables[table].fields[name].kind is Kind.EVENT
        return self.nodes.given("happened", name, table) if event else self.nodes.truth(True)

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
