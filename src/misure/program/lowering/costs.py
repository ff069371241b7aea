# SPDX-License-Identifier: Apache-2.0
"""Eligible costs, lowered: what is requested and admitted on each line of each plan, and their sums."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from misure.program.lowering.expressions import Expressions
from misure.program.lowering.meeting import meet
from misure.program.lowering.ratio import Ratio
from misure.program.nodes import Node, Nodes, TooLarge
from misure.rulebook.rules import Rulebook, SpendingLine

if TYPE_CHECKING:
    from misure.program.lowering.scope import LoweringScope

__all__ = ["CENTS", "Costs"]

CENTS = 2
"""Every amount of money is rounded to the cent."""


class Costs:
    """Lowers the eligible costs of one measure into `outputs`."""

    def __init__(
        self, rulebook: Rulebook, nodes: Nodes, expressions: Expressions, scope: LoweringScope, outputs: dict[str, Node]
    ) -> None:
        self.rulebook, self.nodes, self.expressions, self.scope = rulebook, nodes, expressions, scope
        self.outputs = outputs

    def plan(self, plan_id: str) -> None:
        """One plan: what is requested and admitted on each line, and their sums."""
        spending = self.rulebook.spending
        assert spending is not None
        plan = next(plan for plan in spending.plans if plan.id == plan_id)
        lines = {line.id: line for line in spending.lines}
        requested: dict[str, Node] = {}
        admitted: dict[str, Node] = {}

        def wanted(name: str) -> Node:
            if name not in requested:
                requested[name] = self._requested(plan_id, lines[name], wanted)
            return requested[name]

        def granted(name: str) -> Node:
            if name not in admitted:
                admitted[name] = self._admitted(plan_id, lines[name], wanted, granted)
            return admitted[name]

        prefix = f"spending.{plan_id}"
        for name in lines:
            self.outputs[f"{prefix}.{name}.requested"] = wanted(name)
            self.outputs[f"{prefix}.{name}.admitted"] = granted(name)
            self.scope.numbers[f"{plan_id}.{name}.requested"] = Ratio(wanted(name), 10**CENTS)
            self.scope.numbers[f"{plan_id}.{name}"] = Ratio(granted(name), 10**CENTS)
            if plan is spending.plans[0]:
                self.scope.numbers.setdefault(name, Ratio(granted(name), 10**CENTS))
        total = self.nodes.add(*(granted(name) for name in lines))
        self.outputs[f"{prefix}.requested"] = self.nodes.add(*(wanted(name) for name in lines))
        if plan.declared:
            total = meet(self.nodes, self.outputs, f"{prefix}.total", self._cents(plan.declared), total)
        self.outputs[f"{prefix}.total"] = total
        self.scope.numbers[plan.total] = Ratio(total, 10**CENTS)

    def _cents(self, fact: str) -> Node:
        spec = self.rulebook.facts[fact]
        if spec.decimals > CENTS:
            raise TooLarge(f"{fact!r} has more decimals than a cent")
        return self.nodes.mul(self.scope.fact(fact), self.nodes.const(int(10 ** (CENTS - spec.decimals))))

    def _requested(self, plan: str, line: SpendingLine, wanted: Callable[[str], Node]) -> Node:
        if line.flat:
            return self._flat(line, [wanted(name) for name in line.base])
        if line.units:
            if plan not in line.units:
                return self.nodes.const(0)
            units = Ratio(self.scope.fact(line.units[plan]), 10 ** self.rulebook.facts[line.units[plan]].decimals)
            product = self.expressions.ratios.mul(units, self.scope.parameter(line.unit_cost))
            return self.expressions.ratios.rounded(product, CENTS, "half_up")[0]
        return self._cents(line.takes[plan]) if plan in line.takes else self.nodes.const(0)

    def _admitted(
        self, plan: str, line: SpendingLine, wanted: Callable[[str], Node], granted: Callable[[str], Node]
    ) -> Node:
        if line.flat:
            amount = self._flat(line, [granted(name) for name in line.base])
        else:
            amount = wanted(line.id)
        if not line.share:
            return amount
        measure = wanted if line.measured == "requested" else granted
        base = self.nodes.add(*(measure(name) for name in line.base))
        share = self.expressions.ratios.mul(self.scope.parameter(line.share), Ratio(base, 10**CENTS))
        cap, _ = self.expressions.ratios.rounded(share, CENTS, "down")
        self.outputs[f"spending.{plan}.{line.id}.cap"] = cap
        self.scope.numbers[f"{plan}.{line.id}.cap"] = Ratio(cap, 10**CENTS)
        return amount if line.refuses else self.nodes.least(amount, cap)

    def _flat(self, line: SpendingLine, base: list[Node]) -> Node:
        share = self.expressions.ratios.mul(self.scope.parameter(line.flat), Ratio(self.nodes.add(*base), 10**CENTS))
        return self.expressions.ratios.rounded(share, CENTS, "half_up")[0]
