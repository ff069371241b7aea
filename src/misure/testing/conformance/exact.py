# SPDX-License-Identifier: Apache-2.0
"""What a lowered program means for somebody of whom everything is known: plain Python, one value a node.

What has no value (a quotient by zero, the one record that is not there, two cases that clash) may be anything; `seed` picks
what, and `definite` tells whether anything was picked. An event that has not happened lies on `on` or later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from misure.facts.dossier import Dossier
from misure.facts.vocabulary import LAST_DAY
from misure.ground.days import add_months, year_of
from misure.ground.holidays import national_calendar
from misure.program.nodes import Node
from misure.testing.conformance.applicants import FORM
from misure.testing.conformance.cases import TODAY

__all__ = ["Exact"]

Row: TypeAlias = Mapping[str, Any] | None
"""The record on which a node stands; None outside."""


class Exact:
    """Reads nodes for one dossier in which everything is told."""

    def __init__(self, dossier: Dossier, seed: int = 0) -> None:
        self.values = dict(zip((column.name for column in FORM.inputs), dossier.values, strict=True))
        self.rows = [
            dict(zip((column.name for column in FORM.tables[0].columns), row, strict=True))
            for row in dossier.tables[0][0]
        ]
        self.seed, self.definite = seed, True
        self.picked: dict[object, int] = {}

    def pick(self, what: object, options: Sequence[Any]) -> Any:
        """One of what may be, the same at every asking."""
        self.definite = False
        place = self.picked.setdefault(what, len(self.picked))
        return options[(self.seed >> (place % 6)) % len(options)]

    def anything(self, node: Node, row: Row) -> Any:
        options: Sequence[Any] = (False, True) if node.sort == "truth" else (node.lo, node.hi)
        return self.pick((id(node), id(row)), options)

    def of(self, node: Node, row: Row = None) -> Any:
        """What the node is worth, on a record if it speaks of one."""

        def arg(at: int) -> Any:
            return self.of(node.args[at], row)

        args = node.args
        match node.op:
            case "int" | "truth":
                return node.data
            case "given":
                return self.given(node, row)
            case "add":
                return sum(self.of(part, row) for part in args)
            case "sub":
                return arg(0) - arg(1)
            case "mul":
                return arg(0) * arg(1)
            case "floordiv":
                return arg(0) // arg(1)
            case "steps":
                low, high = node.data.between(arg(0), arg(0))
                return low if low == high else self.pick((id(node), id(row)), (low, high))
            case "wide":
                return (2 * arg(0) * arg(1) + 10**node.data) // (2 * 10**node.data)
            case "portion":
                (divisor, half), (amount, part, whole) = node.data, (arg(0), arg(1), arg(2))
                exact = Fraction(amount * min(part, whole), whole * divisor)
                return (exact + Fraction(1, 2) if half else exact) // 1
            case "min":
                return min(self.of(part, row) for part in args)
            case "max":
                return max(self.of(part, row) for part in args)
            case "if":
                return arg(1) if arg(0) else arg(2)
            case "cases":
                live = {
                    self.of(value, row)
                    for guard, value in zip(args[::2], args[1::2], strict=True)
                    if self.of(guard, row)
                }
                if not live:
                    return self.anything(node, row)
                return next(iter(live)) if len(live) == 1 else self.pick((id(node), id(row)), sorted(live))
            case "guard":
                return arg(0) if arg(1) else self.anything(node, row)
            case "le":
                return arg(0) <= arg(1)
            case "eq":
                return arg(0) == arg(1)
            case "not":
                return not arg(0)
            case "and":
                return all(self.of(part, row) for part in args)
            case "or":
                return any(self.of(part, row) for part in args)
            case "one_of":
                return arg(0) in node.data
            case "within":
                return any(arg(0).startswith(prefix) for prefix in node.data)
            case "same":
                return arg(0) == arg(1)
            case "year":
                return year_of(arg(0))
            case "add_months":
                return add_months(arg(0), arg(1))
            case "roll" | "roll_saturday" | "back" | "back_saturday":
                op = node.op
                return national_calendar().roll(arg(0), saturdays="saturday" in op, backwards=op.startswith("back"))
            case "add_working":
                return national_calendar().add_working_days(arg(0), arg(1))
            case _:
                return self.aggregate(node)

    def given(self, node: Node, row: Row) -> Any:
        kind, table, name = node.data
        if kind == "on":
            return TODAY
        if kind == "open":
            return self.pick(name, (node.lo, node.hi, 0))
        said = row[name] if row is not None and table else self.values[name]
        if kind == "happened":
            return said != 0
        if kind == "event" and said == 0:
            return self.pick(name, (TODAY, LAST_DAY, TODAY + 2))
        return said

    def aggregate(self, node: Node) -> Any:
        passing = [row for row in self.rows if self.of(node.args[0], row)]
        if node.op == "count":
            return len(passing)
        values = [self.of(node.args[1], row) for row in passing]
        match node.op:
            case "sum":
                return sum(values)
            case "any":
                return any(values)
            case "all":
                return all(values)
            case "only":
                return values[0] if len(values) == 1 else self.anything(node, None)
            case "min_of":
                return min(values) if values else self.anything(node, None)
            case "max_of":
                return max(values) if values else self.anything(node, None)
            case op:
                raise AssertionError(op)
