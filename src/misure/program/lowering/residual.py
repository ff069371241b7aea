# SPDX-License-Identifier: Apache-2.0
"""What is left, with bounds that the plain rules would lose: the own share, and the last tranche.

The own share is what a project costs less every line of support, the last tranche what the others leave of an amount.

The support rises with the spending, so "highest spending less lowest support" never happens. As long as the intensities
add up to at most the whole, the share left to the applicant, before rounding, only rises with the spending: its bounds are
its values at the two ends, give or take one cent for each rounded line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from misure.program.lowering.ratio import Ratio, Ratios
from misure.program.nodes import Node, Nodes, below

__all__ = ["last_tranche", "left_of", "may_pass_the_whole", "own_share"]

Line = tuple[Node, Ratio, list[Node]]
"""The rounded amount, the share before rounding, and the caps in cents."""


def own_share(nodes: Nodes, total: Node, lines: list[Line], *, rises: bool) -> Node:
    """`total` less the lines, all in cents; `rises` when the intensities are known and add up to at most the whole."""
    exact = nodes.sub(total, nodes.add(*(amount for amount, _, _ in lines)))
    if not rises or not all(_follows(share, caps, total) for _, share, caps in lines):
        return exact
    low = _unrounded(nodes, nodes.make("low_end", "int", (total,), None, total.lo, total.hi), total, lines)
    high = _unrounded(nodes, nodes.make("high_end", "int", (total,), None, total.lo, total.hi), total, lines)
    raised = math.floor(sum(_most_raised(share) for _, share, _ in lines))
    # Each rounding down lowers a line by less than a cent.
    low, high = nodes.sub(low, nodes.const(raised)), nodes.add(high, nodes.const(len(lines) + 1))
    return nodes.make("ends", "int", (exact, low, high), None, exact.lo, exact.hi)


def last_tranche(nodes: Nodes, ratios: Ratios, total: Node, shares: list[Ratio]) -> Node:
    """`total` less the other tranches, each a share of it rounded to the cent.

    It moves with the total and never against it: where that is open, it lies between what is left of the two ends.
    """

    def left(of: Node) -> Node:
        others = [ratios.rounded(ratios.mul(share, Ratio(of, 100)), 2, "half_up")[0] for share in shares]
        return nodes.sub(of, nodes.add(*others)) if others else of

    exact = left(total)
    if not shares or may_pass_the_whole(shares):
        return exact
    # One rounding moves with the total; each further one may move a cent against it.
    low, high = _of_both_ends(nodes, total, left, len(shares) - 1)
    return nodes.make("ends", "int", (exact, low, high), None, exact.lo, exact.hi)


def left_of(nodes: Nodes, total: Node, takes: Callable[[Node], Sequence[Node]], rounded: int, *, falls: bool) -> Node:
    """What is left of an amount in cents, never below nothing, once something `takes` its parts of it.

    Unless it may fall as the amount rises (`falls`) it lies, where that is open, between what is left of the two ends, give or take a cent
    for each part that is `rounded`.
    """

    def left(of: Node) -> Node:
        taken = takes(of)
        return nodes.greatest(nodes.sub(of, nodes.add(*taken)), nodes.const(0)) if taken else of

    exact = left(total)
    if falls or total.constant or exact is total:
        return exact
    low, high = _of_both_ends(nodes, total, left, rounded)
    low = nodes.greatest(low, nodes.const(0))
    return nodes.make("ends", "int", (exact, low, high), None, exact.lo, exact.hi)


def may_pass_the_whole(shares: Sequence[Ratio]) -> bool:
    """Whether shares of an amount are more than it together, or may be: then what they leave need not rise with it."""
    known = all(share.number.constant for share in shares)
    return not known or sum(Fraction(share.number.lo, share.scale) for share in shares) > 1


def _of_both_ends(nodes: Nodes, total: Node, left: Callable[[Node], Node], apart: int) -> tuple[Node, Node]:
    """What is left of the least and of the greatest that an amount may be, so many cents further apart."""
    low = left(nodes.make("low_end", "int", (total,), None, total.lo, total.hi))
    high = left(nodes.make("high_end", "int", (total,), None, total.lo, total.hi))
    return nodes.sub(low, nodes.const(apart)), nodes.add(high, nodes.const(apart))


def _most_raised(share: Ratio) -> Fraction:
    """The most, in cents, by which rounding half up raises a share: a fifth ends on .6 at the lowest, so by two fifths."""
    parts = share.scale // math.gcd(100, share.scale)
    return Fraction(parts // 2, parts)


def _follows(share: Ratio, caps: list[Node], total: Node) -> bool:
    """Whether a line moves with the total as assumed: a share of it (or of its lesser with a constant), no rising cap.

    A cap that falls as the total rises, such as what a loan's equivalent leaves of a ceiling, only makes the own share rise
    faster: at either end of the total it stands at its own opposite end.
    """
    if share.divisor is not None or any(_direction(cap, total) not in (0, -1) for cap in caps):
        return False
    node = share.number.args[0] if share.number.op == "mul" and share.number.args[1].op == "int" else share.number
    if node is total:
        return True
    return node.op == "min" and all(arg is total or not _reads(arg, total) for arg in node.args)


_KEEPS = frozenset({"add", "min", "max", "wide"})
"""The operators that rise with each of their operands, as far as these are never negative where that matters."""


def _direction(node: Node, leaf: Node) -> int | None:
    """1 if a number only rises with the leaf, -1 if it only falls, 0 if it does not move; None where that is not plain."""
    found: dict[Node, int | None] = {}
    for part in below([node]):
        directions = [found[arg] for arg in part.args if arg.sort != "text"]
        if part is leaf:
            found[part] = 1
        elif not any(directions) and None not in directions:
            found[part] = 0
        else:
            found[part] = _moved(part, directions)
    return found[node]


def _moved(node: Node, directions: list[int | None]) -> int | None:
    """The direction of an operator, some of whose operands move."""
    if None in directions:
        return None
    signs = {sign for sign in directions if sign}
    one = signs.pop() if len(signs) == 1 else None
    if node.op in _KEEPS:
        return one
    if node.op == "if":
        return None if directions[0] else one
    if node.op == "sub":
        left, right = directions
        return left or -(right or 0) if not left or not right or left == -right else None
    if node.op in ("mul", "floordiv") and not directions[1] and node.args[1].lo >= 0:
        return directions[0]
    return None


def _reads(node: Node, leaf: Node) -> bool:
    return node is leaf or any(_reads(arg, leaf) for arg in node.args)


def _unrounded(nodes: Nodes, end: Node, total: Node, lines: list[Line]) -> Node:
    """The own share before rounding, floored to the cent, with the total standing at one of its ends."""
    ratios = Ratios(nodes)
    parts = []
    for _, share, caps in lines:
        part = Ratio(_replace(nodes, share.number, total, end), share.scale)
        held = ratios.extreme("min", part, *(Ratio(cap, 100) for cap in caps))
        parts.append(ratios.extreme("max", held, ratios.constant(0)))
    left = ratios.sub(Ratio(end, 100), ratios.add(*parts))
    # In cents: number * 100 / scale, moved up so that what is divided is never negative, whatever the engine.
    shared = math.gcd(100, left.scale)
    number = nodes.mul(left.number, nodes.const(100 // shared))
    divisor = left.scale // shared
    shift = max(0, -(number.lo // divisor))
    lifted = nodes.add(number, nodes.const(shift * divisor))
    return nodes.sub(nodes.floordiv(lifted, nodes.const(divisor)), nodes.const(shift))


def _replace(nodes: Nodes, node: Node, old: Node, new: Node) -> Node:
    if node is old:
        return new
    if node.op == "mul":
        return nodes.mul(_replace(nodes, node.args[0], old, new), node.args[1])
    if node.op == "min":
        return nodes.least(*(_replace(nodes, arg, old, new) for arg in node.args))
    return node
