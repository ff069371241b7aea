# SPDX-License-Identifier: Apache-2.0
"""Eligible costs, lowered: what is requested and admitted on each line of each plan, and their sums.

Every line of every plan is lowered by itself, under the name by which rules read it (`planned.advice`, `planned.advice.requested`),
as soon as something needs it: a line may rest on others of its plan, on another plan, and on definitions that rest on lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from misure.ground.place import Place
from misure.program.lowering.expressions import Expressions
from misure.program.lowering.meeting import meet
from misure.program.lowering.mutual_limits import MutualLimits
from misure.program.lowering.own_limits import FlatRate, OwnLimit
from misure.program.lowering.ratio import Ratio
from misure.program.nodes import Node, Nodes, TooLarge
from misure.rulebook import expression as tree
from misure.rulebook.rules import Rulebook, Spending, SpendingLine, SpendingPlan

if TYPE_CHECKING:
    from misure.program.lowering.scope import LoweringScope

__all__ = ["CENTS", "Costs"]

CENTS = 2
"""Every amount of money is rounded to the cent."""


class Costs:
    """Lowers the eligible costs of one measure into `outputs`."""

    def __init__(
        self, rulebook: Rulebook, rule: Spending, nodes: Nodes, expressions: Expressions, scope: LoweringScope,
        outputs: dict[str, Node],
    ) -> None:  # fmt: skip
        self.rulebook, self.rule, self.nodes, self.expressions, self.scope = rulebook, rule, nodes, expressions, scope
        self.outputs = outputs

    def steps(self) -> Iterator[tuple[str, Place, Callable[[], object]]]:
        """What can be lowered, by the name under which rules read it."""
        for plan in self.rule.plans:
            for line in self.rule.lines:
                name = f"{plan.id}.{line.id}"
                yield f"{name}.requested", line.place, partial(self._request, name, plan.id, line)
                if line.capped:
                    yield f"{name}.cap", line.place, partial(self._cap, name, plan.id, line)
                yield name, line.place, partial(self._admit, name, plan.id, line)
            yield plan.total, self.rule.place, partial(self._total, plan)

    def _known(self, name: str) -> Node:
        """An amount in cents, which is lowered when it is needed."""
        if name not in self.scope.numbers:
            self.scope.need(name)
        return self.scope.numbers[name].number

    def _sum(self, plan: str, lines: tuple[str, ...], part: str = "") -> Node:
        return self.nodes.add(*(self._known(f"{plan}.{line}{part}") for line in lines))

    def _tell(self, name: str, output: str, amount: Node) -> None:
        self.outputs[output], self.scope.numbers[name] = amount, Ratio(amount, 10**CENTS)

    def _total(self, plan: SpendingPlan) -> None:
        """What is requested and admitted on all lines of a plan."""
        key, lines = f"spending.{plan.id}", tuple(line.id for line in self.rule.lines)
        total = self._sum(plan.id, lines)
        self.outputs[f"{key}.requested"] = self._sum(plan.id, lines, ".requested")
        if plan.declared:
            declared = self._fact(plan.declared)
            total = meet(self.nodes, self.outputs, f"{key}.total", declared, total)
        self._tell(plan.total, f"{key}.total", total)

    def _request(self, name: str, plan: str, line: SpendingLine) -> None:
        """What is requested on a line; of a flat rate that does not count nothing is."""
        if line.flat:
            amount = self._where_it_counts(plan, line, self._flat(line, self._sum(plan, line.base, ".requested")))
        elif plan in line.units:
            units = self.expressions.ratios.mul(
                self.expressions.number(line.units[plan]), self.scope.parameter(line.unit_cost)
            )
            amount = self.expressions.ratios.rounded(units, CENTS, "half_up")[0]
        else:
            amount = self._taken(line.takes[plan], plan) if plan in line.takes else self.nodes.const(0)
        self._tell(f"{name}.requested", f"spending.{name}.requested", amount)

    def _admit(self, name: str, plan: str, line: SpendingLine) -> None:
        """What is admitted of a line: nothing where it does not count, and no more than its limits."""
        if line.flat:
            amount = self._flat(line, self._sum(plan, line.base))
        else:
            amount = self._known(f"{name}.requested")
        if line.capped:
            cap = self._known(f"{name}.cap")
            amount = amount if line.refuses else self.nodes.least(amount, cap)
        self._tell(name, f"spending.{name}.admitted", self._where_it_counts(plan, line, amount))

    def _where_it_counts(self, plan: str, line: SpendingLine, amount: Node) -> Node:
        if plan not in line.when:
            return amount
        counts = self.outputs[f"spending.{plan}.{line.id}.counts"] = self.expressions.truth(line.when[plan])
        return self.nodes.choose(counts, amount, self.nodes.const(0))

    def _cap(self, name: str, plan: str, line: SpendingLine) -> None:
        """The most that a line may be, in cents, floored: the least of its limits."""
        ratios, caps = self.expressions.ratios, list[Node]()
        moving = self.rule.moving_with(line)
        share = self.scope.parameter(line.share) if line.share else None
        together = self.rule.limited_with(line)
        if together:
            mutual = self._mutual(plan, together)
            caps.append(mutual.limit(line.id, mutual.total()))
        elif share is not None and line.measured == "admitted" and moving.intersection(line.base):
            rates = {rate.id: self._rate(plan, rate) for rate in self.rule.lines if rate.id in moving - {line.id}}
            limit = OwnLimit(ratios, line.id, share, line.base, rates, lambda other: self._known(f"{plan}.{other}"))
            caps.append(limit.most())
        elif share is not None:
            base = self._sum(plan, line.base, ".requested" if line.measured == "requested" else "")
            caps.append(ratios.rounded(ratios.mul(share, Ratio(base, 10**CENTS)), CENTS, "down")[0])
        if plan in line.most:
            caps.append(self.expressions.limit(line.most[plan]))
        self._tell(f"{name}.cap", f"spending.{name}.cap", self.nodes.least(*caps))

    def _mutual(self, plan: str, lines: tuple[SpendingLine, ...]) -> MutualLimits:
        """The limits of lines that count each other."""
        names = {line.id for line in lines}
        moving = frozenset[str]().union(*map(self.rule.moving_with, lines))
        rates = {rate.id: self._rate(plan, rate) for rate in self.rule.lines if rate.id in moving - names}
        asked: dict[str, Node] = {}
        for line in lines:
            amount = self._known(f"{plan}.{line.id}.requested")
            amount = self.nodes.least(amount, self.expressions.limit(line.most[plan])) if plan in line.most else amount
            asked[line.id] = self._where_it_counts(plan, line, amount)
        shares = {line.id: self.scope.parameter(line.share) for line in lines}
        known = lambda other: self._known(f"{plan}.{other}")  # noqa: E731 - as it is handed over
        return MutualLimits(self.expressions.ratios, shares, asked, lines[0].base, rates, known)

    def _rate(self, plan: str, line: SpendingLine) -> FlatRate:
        counts = self.expressions.truth(line.when[plan]) if plan in line.when else None
        return FlatRate(self.scope.parameter(line.flat), line.base, counts)

    def _flat(self, line: SpendingLine, base: Node) -> Node:
        share = self.expressions.ratios.mul(self.scope.parameter(line.flat), Ratio(base, 10**CENTS))
        return self.expressions.ratios.rounded(share, CENTS, "half_up")[0]

    def _fact(self, fact: str) -> Node:
        spec = self.rulebook.facts[fact]
        if spec.decimals > CENTS:
            raise TooLarge(f"{fact!r} has more decimals than a cent")
        return self.nodes.mul(self.scope.fact(fact), self.nodes.const(int(10 ** (CENTS - spec.decimals))))

    def _taken(self, taken: tree.Expr, plan: str) -> Node:
        """The amount of a line that is told, or worked out, in cents."""
        if isinstance(taken, tree.Name) and taken.role == "fact":
            return self._fact(taken.name)
        amount = self.expressions.number(taken)
        if amount.divisor is not None or 10**CENTS % amount.scale:
            raise TooLarge(
                f"what it takes in {plan!r} may have parts of a cent: round it, with half_up(...) or down(...)"
            )
        cents = self.nodes.mul(amount.number, self.nodes.const(10**CENTS // amount.scale))
        if cents.lo < 0:
            raise TooLarge(f"what it takes in {plan!r} may be less than nothing: write max(0, ...)")
        return cents
