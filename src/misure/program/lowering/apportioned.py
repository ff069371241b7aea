# SPDX-License-Identifier: Apache-2.0
"""How a line of support is apportioned, lowered: of each record of a table its weight, and the most that it may receive.

These two speak of one record, and are no outputs: whoever runs a program works them out for each record and hands them to
`misure.allocating.apportioning`. Their sums over the table are outputs, by which what is not known of them is found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from misure.program.lowering.ratio import Ratio
from misure.program.nodes import Node, Nodes, TooLarge
from misure.rulebook.apportioning import Apportionment
from misure.rulebook.expression import Expr

__all__ = ["Parts", "lower_parts"]


@dataclass(frozen=True, slots=True)
class Parts:
    """What decides how an amount is apportioned among the records of a table.

    `weight` and `limit` (in cents; None where there is none) are nodes of one record, never below nothing; those of a record that is
    not among those summed up are 0.
    """

    table: str
    weight: Node
    limit: Node | None
    others_weight: Node
    """Of the applicant: from nothing to the most that records which are not told may add to the weights."""
    others_limit: Node | None


def lower_parts(
    rule: Apportionment,
    line: str,
    nodes: Nodes,
    number: Callable[[Expr], Ratio],
    outputs: dict[str, Node],
    scales: dict[str, int],
) -> Parts:
    """The parts of a line; the sums of weights and limits are added to `outputs`.

    Raises:
        TooLarge: What a record adds may be less than nothing, or a limit may have parts of a cent.
    """
    weights, limits = number(rule.by), None if rule.most is None else number(rule.most)
    outputs[f"support.{line}.weights"], scales[f"support.{line}.weights"] = weights.number, weights.scale
    weight = _of_record(weights.number, nodes)
    if limits is None:
        return Parts(rule.table, weight, None, _of_others(weights.number, weight, nodes), None)
    outputs[f"support.{line}.limits"], scales[f"support.{line}.limits"] = limits.number, limits.scale
    if 100 % limits.scale:
        raise TooLarge(
            "the most that a record receives may have parts of a cent: round it, with half_up(...) or down(...)"
        )
    limit = nodes.mul(_of_record(limits.number, nodes), nodes.const(100 // limits.scale))
    others = _of_others(weights.number, weight, nodes), _of_others(limits.number, limit, nodes)
    return Parts(rule.table, weight, limit, *others)


def _of_record(total: Node, nodes: Nodes) -> Node:
    """What one record adds to a sum."""
    passes, value = total.args
    if value.lo < 0:
        raise TooLarge(
            "what a record adds to the sum by which it is apportioned may be less than nothing: write max(0, ...)"
        )
    return nodes.choose(passes, value, nodes.const(0))


def _of_others(total: Node, value: Node, nodes: Nodes) -> Node:
    """What records that are not told add at most: of none that is told a count says how many they may be."""
    table, items = total.data
    untold = nodes.make("count", "int", (nodes.truth(False),), (table, items), 0, items)
    return nodes.mul(untold, nodes.const(value.hi))
