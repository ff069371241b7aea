# SPDX-License-Identifier: Apache-2.0
"""The payments of amounts, lowered: what each tranche pays, up to its limit; what is withheld of it; what it waits for.

Tranches of one amount divide it in their order. One with a share pays that much of it, the last of them what the shares of the others
leave, so that the cents add up; one without pays whatever those before it leave. No tranche pays more than they leave. What is above the limit of a tranche is left to those
that come after it without a share, or to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from misure.program.lowering.costs import CENTS
from misure.program.lowering.ratio import Ratio
from misure.program.lowering.residual import last_tranche, left_of, may_pass_the_whole
from misure.program.nodes import Node
from misure.rulebook.expression import Expr
from misure.rulebook.tranches import Requirement, Tranche, Tranches, Withheld

if TYPE_CHECKING:
    from misure.program.lowering.expressions import Expressions
    from misure.program.lowering.scope import LoweringScope

__all__ = ["Payments"]


class Payments:
    """Lowers the tranches of one measure into `outputs`."""

    def __init__(
        self, rule: Tranches, expressions: Expressions, scope: LoweringScope, outputs: dict[str, Node],
        requirement: Callable[[str, Requirement], Node], blocking: Callable[[str], list[Node]],
    ) -> None:  # fmt: skip
        self.rule, self.expressions, self.scope, self.outputs = rule, expressions, scope, outputs
        self.nodes, self.ratios = expressions.nodes, expressions.ratios
        self.requirement, self.blocking = requirement, blocking

    def tranche(self, tranche: Tranche) -> None:
        """A tranche's amount, what is withheld of it, and whether it is due and payable."""
        key = f"tranche.{tranche.id}"
        group = self.rule.beside(tranche)
        total = self._cents(self.rule.of if tranche.of is None else tranche.of)
        amount = self._whole(tranche, group, total)
        if tranche.most is not None:
            self.outputs[f"{key}.uncapped"] = amount
            self.outputs[f"{key}.cap"] = self.expressions.limit(tranche.most)
            amount = self.nodes.least(amount, self.outputs[f"{key}.cap"])
        self.outputs[f"{key}.amount"] = amount
        if tranche.withheld:
            self._withhold(key, amount, tranche.withheld)
        parts = {
            part: self.nodes.all_of(*(self.requirement(f"{key}.{part}.{item.id}", item) for item in items))
            for part, items in tranche.needs.items()
        }
        self.outputs[f"{key}.due"] = parts["due"]
        self.outputs[f"{key}.payable"] = self.nodes.all_of(*parts.values(), *self.blocking(tranche.id))

    def _cents(self, amount: Expr) -> Node:
        return self.ratios.rounded(self.expressions.number(amount), CENTS, "half_up")[0]

    def _share(self, share: str, amount: Node) -> Node:
        """A share of an amount, to the cent."""
        shared = self.ratios.mul(self.scope.parameter(share), Ratio(amount, 10**CENTS))
        return self.ratios.rounded(shared, CENTS, "half_up")[0]

    def _shares(self, rules: Iterable[Tranche | Withheld]) -> list[Ratio]:
        return [self.scope.parameter(rule.share) for rule in rules if rule.share]

    def _whole(self, tranche: Tranche, group: tuple[Tranche, ...], total: Node) -> Node:
        """What a tranche pays before it meets its limit."""
        others = group[:-1]
        limited = any(one.most is not None for one in others)
        if tranche is group[-1] and all(one.share for one in others) and (tranche.share or not limited):
            return last_tranche(self.nodes, self.ratios, total, self._shares(others))
        before = group[: group.index(tranche)]
        if tranche.share and all(one.share for one in before):
            return self._share(tranche.share, total)
        shares = self._shares(before)
        falls = may_pass_the_whole(shares)
        left = left_of(self.nodes, total, lambda of: self._taken(before, of), len(shares), falls=falls)
        return self.nodes.least(self._share(tranche.share, total), left) if tranche.share else left

    def _taken(self, before: tuple[Tranche, ...], total: Node) -> list[Node]:
        """What each of some tranches takes of an amount, in their order."""
        taken: list[Node] = []
        for one in before:
            amount = self.nodes.sub(total, self.nodes.add(*taken)) if taken else total
            amount = self.nodes.greatest(amount, self.nodes.const(0))
            amount = self.nodes.least(self._share(one.share, total), amount) if one.share else amount
            taken.append(amount if one.most is None else self.nodes.least(amount, self.expressions.limit(one.most)))
        return taken

    def _withhold(self, key: str, amount: Node, rules: tuple[Withheld, ...]) -> None:
        """What is withheld of a payment, each in its order and no more than is left; and what is paid after it."""
        for at, rule in enumerate(rules):
            self.outputs[f"{key}.withheld.{rule.id}"] = self._kept_back(rules[: at + 1], amount)[-1]
        shares = self._shares(rules)
        falls = may_pass_the_whole(shares)
        self.outputs[f"{key}.net"] = left_of(
            self.nodes, amount, lambda of: self._kept_back(rules, of), len(shares), falls=falls
        )

    def _kept_back(self, rules: tuple[Withheld, ...], amount: Node) -> list[Node]:
        nodes, found = self.nodes, list[Node]()
        for rule in rules:
            left = nodes.greatest(nodes.sub(amount, nodes.add(*found)), nodes.const(0)) if found else amount
            if rule.share:
                base = amount if rule.of is None else nodes.least(amount, self.expressions.limit(rule.of))
                kept = self._share(rule.share, base)
            else:
                assert rule.of is not None, "what is withheld is a share, or an amount"
                kept = self.expressions.limit(rule.of)
            kept = nodes.least(kept, left)
            if rule.when is not None:
                kept = nodes.choose(self.expressions.truth(rule.when), kept, nodes.const(0))
            found.append(kept)
        return found
