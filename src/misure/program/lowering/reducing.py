# SPDX-License-Identifier: Apache-2.0
"""What conditions that are not met take from a line of support: from what it is a share of, or from nobody knows how much of it.

A condition that says what it `leaves` holds the base of its lines under that wherever it is not met: the amount is as exact as what
is told, and other rules look at it so. One that says nothing leaves anything from nothing to the whole, or from the share that it
`keeps`, and other conditions look at the amount as it is without that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from misure.program.lowering.ratio import Ratio, Ratios
from misure.program.nodes import LIMIT, Node
from misure.rulebook.expression import Expr
from misure.rulebook.rules import Condition, SupportLine

__all__ = ["as_granted", "base_left", "granted_at_most", "open_rest"]


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


def granted_at_most(
    ratios: Ratios, line: SupportLine, share: Callable[[SupportLine, Ratio], Ratio], caps: Iterable[Node],
    number: Callable[[Expr], Ratio],
) -> dict[str, Node]:  # fmt: skip
    """The most that an award may grant of a line, whatever conditions take from it, and whether more is told."""
    if line.granted is None:
        return {}
    nodes = ratios.nodes
    whole, _ = ratios.rounded(share(line, number(line.of)), 2, line.rounding)
    if line.granted_of is not None:
        admitted, _ = ratios.rounded(share(line, number(line.granted_of)), 2, line.rounding)
        whole = nodes.least(whole, admitted)
    most = nodes.greatest(nodes.least(whole, *caps), nodes.const(0))
    left, right, _ = ratios.cross(Ratio(most, 100), number(line.granted))
    return {f"support.{line.id}.most": most, f"fault.granted.{line.id}": nodes.lt(left, right)}


def as_granted(
    ratios: Ratios, line: SupportLine, whole: Node, least: Node, most: Node, share: Callable[[SupportLine, Ratio], Ratio],
    cuts: Iterable[tuple[Expr, Node]], number: Callable[[Expr], Ratio],
) -> Node:  # fmt: skip
    """A line from its award on: what is told to be granted; where that is not told, anything from its least up to what works out.

    That is the `whole`, and no more than the most.

    What is told is the amount, however much of what it was worked out from is not: more than the most is a fault of the facts. What
    a condition that is not met leaves of the base holds it still (`cuts`: what is left, and whether it is met).
    """
    nodes = ratios.nodes
    told, _ = ratios.rounded(number(line.granted), 2, "down")  # type: ignore[arg-type]
    told = nodes.least(told, nodes.const(most.hi))
    # Of what is admitted, perhaps untold itself, only the greatest that it may be holds the whole down.
    untold = nodes.least(whole, nodes.make("high_end", "int", (most,), None, most.lo, most.hi))
    held = nodes.make("ends", "int", (told, nodes.least(least, untold), untold), None, min(told.lo, 0), told.hi)
    for leaves, met in cuts:
        left = ratios.extreme("max", number(leaves), ratios.constant(0))
        cut, _ = ratios.rounded(share(line, left), 2, line.rounding)
        held = nodes.choose(met, held, nodes.least(held, cut))
    return nodes.choose(nodes.given("happened", line.granted_once), nodes.greatest(held, nodes.const(0)), whole)


def open_rest(
    ratios: Ratios, line: str, amount: Node, reducers: Iterable[tuple[Condition, Node]], number: Callable[[Expr], Ratio],
    before: Mapping[str, Node],
) -> Node:  # fmt: skip
    """What is left of an amount: where a condition of which no rule says what it leaves is not met, anything up to the whole.

    It is no less than the share that the condition keeps of what it was `before`, and where the condition says so that share exactly.
    """
    nodes = ratios.nodes
    for condition, holds in reducers:
        left = nodes.given("open", f"{condition.id}@{line}", least=0, greatest=max(amount.hi, 0))
        left = nodes.least(amount, left)
        if condition.keeps:
            part, whole = map(number, condition.keeps)
            was = before[f"support.{line}"]
            kept = nodes.least(amount, _share(ratios, was, part, whole))
            left = nodes.greatest(kept, left)
            if condition.whole_above:
                lines = nodes.add(*(before[f"support.{one}"] for one in condition.whole_above))
                mine, theirs = ratios.on_one_scale(part, Ratio(lines, 100))
                exact = nodes.least(amount, _share(ratios, was, part, whole, half=True))
                small = nodes.le(whole.number, nodes.const(_largest(was)))
                left = nodes.choose(nodes.all_of(small, nodes.le(mine.number, theirs.number)), exact, left)
        amount = nodes.choose(holds, amount, left)
    return amount


def _share(ratios: Ratios, amount: Node, part: Ratio, whole: Ratio, *, half: bool = False) -> Node:
    """The share of an amount that one number is of another: nothing of what is not positive, never more than the whole.

    It is floored, or rounded half up. Of numbers whose product with the amount could pass the integers it is nothing, which is
    never too much.
    """
    nodes, (part, whole) = ratios.nodes, ratios.on_one_scale(part, whole)
    most = nodes.const(_largest(amount))
    # What is above the whole is taken back to it below: held under it here, of a whole that is not known the least would count twice.
    kept = nodes.greatest(nodes.least(part.number, most), nodes.const(0))
    by = nodes.greatest(nodes.least(whole.number, most), nodes.const(1))
    taken = nodes.mul(amount, kept)
    if half:
        taken = nodes.add(taken, nodes.floordiv(by, nodes.const(2)))
    shared = nodes.least(amount, nodes.floordiv(taken, by))  # which the bounds of a quotient do not show
    return nodes.choose(nodes.le(whole.number, most), shared, nodes.const(0))


def _largest(amount: Node) -> int:
    """The largest number whose product with an amount surely stays among the integers."""
    return LIMIT // (2 * max(amount.hi, 1))
