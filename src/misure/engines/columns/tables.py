# SPDX-License-Identifier: Apache-2.0
"""What the law tabulates, in terms of the integer operators that every engine has: look-ups, wide products, parts of a whole."""

from __future__ import annotations

from bisect import bisect_right

from misure.program.nodes import LIMIT, Node, Nodes

__all__ = ["picked", "portion", "wide"]


_MOST = 17
"""A power of ten of so many digits still leaves room for its double."""


def picked(nodes: Nodes, key: Node, breaks: tuple[int, ...], values: tuple[int, ...]) -> Node:
    """The value of the step in which the key falls, by halving: as many tests deep as the table has binary digits."""
    if key.constant:
        return nodes.const(values[bisect_right(breaks, key.lo)])
    if not breaks:
        return nodes.const(values[0])
    half = len(breaks) // 2
    return nodes.choose(
        nodes.lt(key, nodes.const(breaks[half])),
        picked(nodes, key, breaks[:half], values[: half + 1]),
        picked(nodes, key, breaks[half + 1 :], values[half + 1 :]),
    )


def wide(nodes: Nodes, left: Node, right: Node, decimals: int) -> Node:
    """`left * right / 10**decimals`, half up, where the product itself may pass 63 bits.

    The factor is taken digit group by digit group, from its last: what a group carries over is all that is kept of it,
    because half a unit added to the leading group decides the rounding whatever follows.
    """
    if right.hi < left.hi:
        left, right = right, left
    carried, rest, left_over = nodes.const(0), right, decimals
    while left_over > _MOST or left.hi * rest.hi + carried.hi > LIMIT:
        digits = _digits(left.hi, left_over)
        ten = nodes.const(10**digits)
        leading = nodes.floordiv(rest, ten)
        group = nodes.sub(rest, nodes.mul(leading, ten))
        group = group if group.constant else nodes.make("sub", "int", group.args, None, 0, 10**digits - 1)
        if digits == left_over:
            half = nodes.const(10**digits // 2)
            rounded = nodes.floordiv(nodes.add(nodes.mul(left, group), carried, half), ten)
            return nodes.add(nodes.mul(left, leading), rounded)
        carried = nodes.floordiv(nodes.add(nodes.mul(left, group), carried), ten)
        rest, left_over = leading, left_over - digits
    unit = 10**left_over
    return nodes.floordiv(nodes.add(nodes.mul(left, rest), carried, nodes.const(unit // 2)), nodes.const(unit))


def _digits(most: int, left_over: int) -> int:
    """How many digits of the factor can be taken at once."""
    digits = 1
    while digits < min(left_over, _MOST) and most * 10 ** (digits + 1) * 2 <= LIMIT:
        digits += 1
    return digits


def portion(nodes: Nodes, amount: Node, part: Node, whole: Node, divisor: int, half: bool) -> Node:
    """`amount * min(part, whole) / (whole * divisor)`, rounded, where the product itself may pass 63 bits.

    A long division, from the leading digit group of the amount: what is left of each is less than what is divided by.
    """
    part, by = nodes.least(part, whole), nodes.mul(whole, nodes.const(divisor))
    digits, most = 1, by.hi * 4
    while digits < _MOST and most * 10 ** (digits + 1) <= LIMIT:
        digits += 1
    ten = nodes.const(10**digits)
    groups, rest = [], amount
    while rest.hi >= ten.lo:
        leading = nodes.floordiv(rest, ten)
        group = nodes.sub(rest, nodes.mul(leading, ten))
        groups.append(group if group.constant else nodes.make("sub", "int", group.args, None, 0, ten.lo - 1))
        rest = leading
    found = left = nodes.const(0)
    for behind, group in zip(range(len(groups), -1, -1), (rest, *reversed(groups)), strict=True):
        taken = nodes.add(nodes.mul(left, ten), nodes.mul(part, group))
        times = nodes.floordiv(taken, by)
        if not times.constant:
            times = nodes.make("floordiv", "int", times.args, None, 0, min(times.hi, 2 * ten.lo))
        less = nodes.mul(times, by)
        left = nodes.sub(taken, less)
        if not left.constant:
            left = nodes.make("sub", "int", (taken, less), None, 0, by.hi - 1)
        found = nodes.add(nodes.mul(found, ten), times)
        if not found.constant:
            found = nodes.make(
                found.op,
                "int",
                found.args,
                found.data,
                0,
                min(found.hi, amount.hi // 10 ** (digits * behind) // divisor),
            )
    if half:
        found = nodes.add(
            found, nodes.choose(nodes.le(by, nodes.mul(left, nodes.const(2))), nodes.const(1), nodes.const(0))
        )
    return found
