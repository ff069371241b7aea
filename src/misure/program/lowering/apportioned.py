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
from misure.rulebook.expression import Expr, Name
from misure.rulebook.rules import SupportLine

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
    floor: Node
    """Of the applicant, in cents: the line is what the limits add up to, or at least this. 0 where that is not so."""
    whole: int = 0
    """Of what weights are shares; 0 where the line is divided in proportion to them."""
    rest: Node | None = None
    """Of one record, 1 where what is left goes to it; None where the act names nobody."""


def lower_parts(
    rule: Apportionment,
    line: SupportLine,
    nodes: Nodes,
    number: Callable[[Expr], Ratio],
    outputs: dict[str, Node],
    scales: dict[str, int],
    whole: Node,
) -> Parts:
    """The parts of a line; the sums of weights and limits are added to `outputs`.

    `whole` is the truth that nothing but its base and its caps decides the line: no condition takes from it, no award has fixed it.

    Raises:
        TooLarge: What a record adds may be less than nothing, or a limit may have parts of a cent.
    """
    weights, most = number(rule.by), _limits(rule, line, number)
    limits = None if most is None else number(most)
    outputs[f"support.{line.id}.weights"], scales[f"support.{line.id}.weights"] = weights.number, weights.scale
    rest = None
    if rule.rest is not None:
        keepers = outputs[f"support.{line.id}.keepers"] = number(rule.rest).number
        rest = nodes.choose(keepers.args[0], nodes.const(1), nodes.const(0))
    if rule.shares:
        outputs[f"fault.shares.{line.id}"] = _apart(weights, nodes, whole=rest is None)
    weight = _of_record(weights.number, nodes)
    if limits is None or most is None:
        others_weight = _of_others(weights.number, weight, nodes)
        unit = weights.scale if rule.shares else 0
        return Parts(rule.table, weight, None, others_weight, None, nodes.const(0), unit, rest)
    outputs[f"support.{line.id}.limits"], scales[f"support.{line.id}.limits"] = limits.number, limits.scale
    if 100 % limits.scale:
        raise TooLarge(
            "the most that a record receives may have parts of a cent: round it, with half_up(...) or down(...)"
        )
    limit = nodes.mul(_of_record(limits.number, nodes), nodes.const(100 // limits.scale))
    others = _of_others(weights.number, weight, nodes), _of_others(limits.number, limit, nodes)
    beside = [
        outputs[f"support.{line.id}.cap{i}"]
        for i, cap in enumerate(line.caps)
        if not (cap.refuses or _same(cap.most, most))
    ]
    if not _is_base(line, most):
        beside.append(outputs[f"support.{line.id}.uncapped"])
    nothing = nodes.const(0)
    left = nodes.least(*beside) if beside else nodes.const(limits.number.hi)
    floor = nodes.choose(whole, nodes.greatest(left, nothing), nothing)
    return Parts(rule.table, weight, limit, *others, floor, rest=rest)


def _apart(shares: Ratio, nodes: Nodes, *, whole: bool) -> Node:
    """Whether shares are certainly more than the whole; or, where somebody has one and nobody receives the rest, not the whole.

    Raises:
        TooLarge: Each is more than the whole by itself.
    """
    _, share = shares.number.args
    if share.lo > shares.scale:
        raise TooLarge("the share of each record is above the whole by itself, so they cannot add up")
    one = nodes.const(shares.scale)
    above = nodes.lt(one, shares.number)
    below = nodes.all_of(nodes.lt(nodes.const(0), shares.number), nodes.lt(shares.number, one))
    return nodes.any_of(above, below) if whole else above


def _limits(rule: Apportionment, line: SupportLine, number: Callable[[Expr], Ratio]) -> Expr | None:
    """The sum of what each record receives at most: the one by which it is apportioned too, where that holds the line and is of cents.

    In proportion to that sum nobody receives more than it adds: so much is the whole where nothing cuts it.
    """
    if rule.most is not None or rule.shares:
        return rule.most
    held = _is_base(line, rule.by) or any(_same(cap.most, rule.by) for cap in line.caps if not cap.refuses)
    same_unit = rule.by.type.unit == line.of.type.unit
    return rule.by if held and same_unit and not 100 % number(rule.by).scale else None


def _is_base(line: SupportLine, most: Expr) -> bool:
    """Whether a line is that sum before any cap, and no share of it."""
    return _same(line.of, most) and line.share is None and not line.intensity


def _same(one: Expr, other: Expr) -> bool:
    return isinstance(one, Name) and isinstance(other, Name) and one.name == other.name


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
