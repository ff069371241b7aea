# SPDX-License-Identifier: Apache-2.0
"""Typed trees to nodes: every reading of an expression starts here.

Numbers become ratios, days integers, choices membership tests. What a name stands for is asked of a `Meanings`, which knows
the facts, the law of the day, and the amounts of the shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from misure.program.lowering.ratio import Ratio, Ratios
from misure.program.nodes import Node, Nodes, TooLarge
from misure.rulebook import expression as tree

__all__ = ["Expressions", "Meanings"]


class Meanings(Protocol):
    """What names stand for."""

    def number(self, name: tree.Name) -> Ratio: ...
    def day(self, name: tree.Name) -> Node: ...
    def truth(self, name: tree.Name) -> Node: ...
    def text(self, name: tree.Name) -> Node: ...
    def one_of(self, item: tree.Expr, text: Node, options: frozenset[str]) -> Node: ...
    def of_options(self, name: tree.Name, asked: Callable[[tuple[str, ...]], Node]) -> Node: ...
    def prefixes(self, scheme: str, codes: tuple[str, ...]) -> frozenset[str]: ...
    def choice_definition(self, name: tree.Name, options: frozenset[str]) -> Node | None: ...
    def field(self, table: str, name: str) -> Node: ...
    def field_happened(self, table: str, name: str) -> Node: ...
    def field_scale(self, table: str, name: str) -> int: ...
    def items(self, table: str) -> int: ...


class Expressions:
    """Lowers expressions in one scope."""

    def __init__(self, nodes: Nodes, scope: Meanings) -> None:
        self.nodes, self.scope, self.ratios = nodes, scope, Ratios(nodes)
        self.functions: Mapping[str, Callable[..., Any]] = {}
        """The functions of the law beneath every measure, by name; a number's gives a ratio, a truth's a node."""

    # Truths

    def truth(self, expr: tree.Expr) -> Node:
        """A condition as one node."""
        nodes = self.nodes
        match expr:
            case tree.Name():
                return self.scope.truth(expr)
            case tree.FieldOf():
                return self.scope.field(expr.table, expr.field)
            case tree.Not():
                return nodes.not_(self.truth(expr.arg))
            case tree.AllOf():
                return nodes.all_of(*map(self.truth, expr.args))
            case tree.AnyOf():
                return nodes.any_of(*map(self.truth, expr.args))
            case tree.Compare():
                return self._compare(expr)
            case tree.OneOf():
                item = expr.item
                if isinstance(expr.options, tuple):
                    return self._one_of(item, frozenset(expr.options))
                if item.type.kind == "number":
                    scale = 10**expr.options.type.decimals
                    return self.scope.of_options(expr.options, lambda options: self._among(item, options, scale))
                return self.scope.of_options(expr.options, lambda options: self._one_of(item, frozenset(options)))
            case tree.Within():
                code, scheme = self._text(expr.code), expr.code.type.scheme

                def inside(codes: tuple[str, ...]) -> Node:
                    return nodes.within(code, self.scope.prefixes(scheme, codes))

                return (
                    inside(expr.codes) if isinstance(expr.codes, tuple) else self.scope.of_options(expr.codes, inside)
                )
            case tree.Conditional():
                return nodes.choose(self.truth(expr.test), self.truth(expr.then), self.truth(expr.other))
            case tree.Happened():
                return nodes.given("happened", expr.event.name)
            case tree.Call():
                found: Node = self.functions[expr.function](expr)
                return found
            case tree.Aggregate(op="any" | "all"):
                value = self.truth(expr.value) if expr.value is not None else nodes.truth(True)
                return nodes.make(
                    expr.op, "truth", (self._filter(expr), value), (expr.table, self.scope.items(expr.table))
                )
            case _:
                raise AssertionError(f"no truth: {type(expr).__name__}")

    def _among(self, item: tree.Expr, options: tuple[str, ...], scale: int) -> Node:
        """A number is one of those of a list, which holds them in whole units of its last decimal."""
        found = []
        for option in options:
            left, right, positive = self.ratios.cross(self.number(item), Ratio(self.nodes.const(int(option)), scale))
            same = self.nodes.eq(left, right)
            found.append(same if positive is None else self.guarded(same, positive))
        return self.nodes.any_of(*found)

    def _filter(self, expr: tree.Aggregate) -> Node:
        return self.nodes.truth(True) if expr.condition is None else self.truth(expr.condition)

    def _compare(self, expr: tree.Compare) -> Node:
        kind = expr.left.type.kind
        nodes = self.nodes
        if kind == "choice":
            literal, item = (expr.left, expr.right) if isinstance(expr.left, tree.Literal) else (expr.right, expr.left)
            if not isinstance(literal, tree.Literal):
                raise TooLarge("two choices can only be compared through their names")
            found = self._one_of(item, frozenset({str(literal.value)}))
            return found if expr.op == "==" else nodes.not_(found)
        if kind in ("text", "code"):
            same = nodes.same(self._text(expr.left), self._text(expr.right))
            return same if expr.op == "==" else nodes.not_(same)
        if kind == "date":
            return self._ordered(expr.op, self.day(expr.left), self.day(expr.right))
        left, right, positive = self.ratios.cross(self.number(expr.left), self.number(expr.right))
        result = self._ordered(expr.op, left, right)
        return result if positive is None else self.guarded(result, positive)

    def _ordered(self, op: str, left: Node, right: Node) -> Node:
        nodes = self.nodes
        compare: dict[str, Callable[[Node, Node], Node]] = {
            "<": nodes.lt,
            "<=": nodes.le,
            "==": nodes.eq,
            "!=": lambda a, b: nodes.not_(nodes.eq(a, b)),
            ">=": lambda a, b: nodes.le(b, a),
            ">": lambda a, b: nodes.lt(b, a),
        }
        return compare[op](left, right)

    def guarded(self, value: Node, positive: Node) -> Node:
        """`value`, undefined where the divisor is not positive."""
        nodes = self.nodes
        if positive.lo > 0:
            return value
        return nodes.make("guard", value.sort, (value, nodes.le(nodes.const(1), positive)), None, value.lo, value.hi)

    def _one_of(self, item: tree.Expr, options: frozenset[str]) -> Node:
        nodes = self.nodes
        match item:
            case tree.Literal():
                return nodes.truth(str(item.value) in options)
            case tree.Conditional():
                return nodes.choose(
                    self.truth(item.test), self._one_of(item.then, options), self._one_of(item.other, options)
                )
            case tree.Call():
                answer: Node = self.functions[item.function](item, options)
                return answer
            case tree.Name(role="definition"):
                found = self.scope.choice_definition(item, options)
                if found is not None:
                    return found
        listed = frozenset(options) & frozenset(item.type.choices)
        if listed == frozenset(item.type.choices):
            return nodes.truth(True)
        return self.scope.one_of(item, self._text(item), listed)

    def one_of(self, item: tree.Expr, options: frozenset[str]) -> Node:
        """Whether a choice is one of the options: how a definition that is a choice is read."""
        return self._one_of(item, options)

    def _text(self, expr: tree.Expr) -> Node:
        if isinstance(expr, tree.FieldOf):
            return self.scope.field(expr.table, expr.field)
        if isinstance(expr, tree.Name):
            return self.scope.text(expr)
        raise TooLarge("a text or a choice is compared by its name alone")

    # Days

    def day(self, expr: tree.Expr) -> Node:
        """A day as one node."""
        nodes = self.nodes
        match expr:
            case tree.Name():
                return self.scope.day(expr)
            case tree.FieldOf():
                return self.scope.field(expr.table, expr.field)
            case tree.Conditional():
                return nodes.choose(self.truth(expr.test), self.day(expr.then), self.day(expr.other))
            case tree.Extreme():
                return (nodes.least if expr.op == "min" else nodes.greatest)(*map(self.day, expr.args))
            case tree.Shift():
                return self._shift(expr)
            case tree.Aggregate():
                return self._record_value(expr, self.day)[0]
            case _:
                raise AssertionError(f"no day: {type(expr).__name__}")

    def _shift(self, expr: tree.Shift) -> Node:
        nodes = self.nodes
        day = self.day(expr.day)
        amount, _ = self.ratios.rounded(self.number(expr.amount), 0, "down")
        if expr.sign < 0:
            amount = nodes.sub(nodes.const(0), amount)
        if expr.unit == "days":
            return nodes.add(day, amount)
        if expr.unit == "years":
            amount = nodes.mul(amount, nodes.const(12))
        op, longest, slack = ("add_working", 2, 40) if expr.unit == "working_days" else ("add_months", 31, 31)
        return nodes.make(
            op, "int", (day, amount), None,
            day.lo + min(0, amount.lo * longest) - slack, day.hi + max(0, amount.hi * longest) + slack,
        )  # fmt: skip

    # Numbers

    def limit(self, expr: tree.Expr) -> Node:
        """An amount that limits another, in whole cents and never below nothing: part of a cent more would be too much."""
        return self.nodes.greatest(self.ratios.rounded(self.number(expr), 2, "down")[0], self.nodes.const(0))

    def number(self, expr: tree.Expr) -> Ratio:
        """A number as an exact ratio."""
        nodes, ratios = self.nodes, self.ratios
        match expr:
            case tree.Literal():
                return ratios.constant(int(expr.value))
            case tree.Name():
                return self.scope.number(expr)
            case tree.FieldOf():
                return Ratio(self.scope.field(expr.table, expr.field), self.scope.field_scale(expr.table, expr.field))
            case tree.Arithmetic(op="-") if expr.left.type.kind == "date":
                return Ratio(nodes.sub(self.day(expr.left), self.day(expr.right)))
            case tree.Arithmetic():
                steps: dict[str, Callable[[Ratio, Ratio], Ratio]] = {
                    "+": ratios.add, "-": ratios.sub, "*": ratios.mul, "/": ratios.div,
                }  # fmt: skip
                return steps[expr.op](self.number(expr.left), self.number(expr.right))
            case tree.Extreme():
                return ratios.extreme(expr.op, *map(self.number, expr.args))
            case tree.Conditional():
                return ratios.choose(self.truth(expr.test), self.number(expr.then), self.number(expr.other))
            case tree.Rounded():
                node, positive = ratios.rounded(self.number(expr.value), expr.type.decimals, expr.mode)
                if positive is not None:
                    node = self.guarded(node, positive)
                return Ratio(node, 10**expr.type.decimals)
            case tree.Call():
                amount: Ratio = self.functions[expr.function](expr)
                return amount
            case tree.YearOf():
                year = nodes.make("year", "int", (self.day(expr.day),), None, 1899, 2200)
                return Ratio(year)
            case tree.Aggregate():
                node, scale = self._record_value(expr, None)
                return Ratio(node, scale)
            case _:
                raise AssertionError(f"no number: {type(expr).__name__}")

    def _record_value(self, expr: tree.Aggregate, day: Callable[[tree.Expr], Node] | None) -> tuple[Node, int]:
        """count, sum, min, max or only over the records of a table, with the scale of what they hold."""
        nodes = self.nodes
        items = self.scope.items(expr.table)
        test = self._filter(expr)
        if expr.op == "count":
            return nodes.make("count", "int", (test,), (expr.table, items), 0, items), 1
        assert expr.value is not None
        if day is not None:
            value, scale = day(expr.value), 1
        else:
            ratio = self.number(expr.value)
            if ratio.divisor is not None:
                raise TooLarge("a quotient inside a comprehension must be rounded")
            value, scale = ratio.number, ratio.scale
        if expr.op == "sum":
            lo, hi = min(0, value.lo * items), max(0, value.hi * items)
            return nodes.make("sum", "int", (test, value), (expr.table, items), lo, hi), scale
        op = expr.op if expr.op == "only" else f"{expr.op}_of"
        return nodes.make(op, "int", (test, value), (expr.table, items), value.lo, value.hi), scale
