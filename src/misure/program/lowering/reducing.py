# SPDX-License-Identifier: Apache-2.0
"""What conditions that are not met take from a line of support: from what it is a share of, or from nobody knows how much of it.

A condition that says what it `leaves` holds the base of its lines under that wherever it is not met: the amount is as exact as what
is told, and other rules look at it so. One that says nothing leaves anything from nothing to the whole, and other conditions look
at the amount as it is without that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from misure.program.lowering.ratio import Ratio, Ratios
from misure.program.nodes import Node
from misure.rulebook.expression import Expr
from misure.rulebook.rules import Condition

__all__ = ["base_left", "open_rest"]


def base_left(
    ratios: Ratios, base: Ratio, conditions: Iterable[Condition], met: Callable[[Condition], Node],
    number: Callable[[Expr], Ratio],
) -> Ratio:  # fmt: skip
    """The base of a line, held under what each condition that is not met leaves of it, and never under nothing."""
    for condition in conditions:
        if condition.leaves is not None:
            left = ratios.extreme("max", number(condition.leaves), ratios.constant(0))
            base = ratios.choose(met(condition), base, ratios.extreme("min", base, left))
    return base


def open_rest(ratios: Ratios, line: str, amount: Node, reducers: Iterable[tuple[str, Node]]) -> Node:
    """What is left of an amount: where a condition of which no rule says what it leaves is not met, anything up to the whole."""
    nodes = ratios.nodes
    for condition, holds in reducers:
        left = nodes.given("open", f"{condition}@{line}", least=0, greatest=max(amount.hi, 0))
        amount = nodes.choose(holds, amount, nodes.least(amount, left))
    return amount
