# SPDX-License-Identifier: Apache-2.0
"""Exact rational arithmetic over nodes: how units, decimals, percentages and divisions disappear.

A `Ratio` is `number / scale`, or `number / (scale * divisor)` while a quotient waits for the comparison or the rounding
that will get rid of it. Nothing is ever rounded here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from misure.program.nodes import Node, Nodes, TooLarge

__all__ = ["Ratio", "Ratios"]


class Portion(NamedTuple):
    """A part of a whole: `min(part, whole) / whole`."""

    part: Node
    whole: Node


@dataclass(frozen=True, slots=True)
class Ratio:
    """`number` over the positive integer `scale`, over `divisor` if there is one."""

    number: Node
    scale: int = 1
    divisor: Node | None = None
    part: Portion | None = None
    """Of a quotient that is at most one: the part and the whole of which it is made."""
    waits: bool = False
    """Whether `number / scale` is yet to be taken in the proportion of `part`: their product may pass 63 bits."""


class Ratios:
    """The arithmetic of ratios over one set of nodes."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes

    def constant(self, value: Fraction | int) -> Ratio:
        value = Fraction(value)
        return Ratio(self.nodes.const(value.numerator), value.denominator)

    def _on(self, ratio: Ratio, scale: int) -> Node:
        """The number of the ratio over a multiple of its scale."""
        if ratio.divisor is not None:
            raise TooLarge("a quotient can only be compared or rounded: write the ratio as a product")
        return self.nodes.mul(ratio.number, self.nodes.const(scale // ratio.scale))

    def add(self, *ratios: Ratio) -> Ratio:
        scale = math.lcm(*(ratio.scale for ratio in ratios))
        return Ratio(self.nodes.add(*(self._on(ratio, scale) for ratio in ratios)), scale)

    def sub(self, left: Ratio, right: Ratio) -> Ratio:
        scale = math.lcm(left.scale, right.scale)
        return Ratio(self.nodes.sub(self._on(left, scale), self._on(right, scale)), scale)

    def mul(self, left: Ratio, right: Ratio) -> Ratio:
        if left.divisor is not None and right.divisor is not None:
            raise TooLarge("two quotients cannot be multiplied: round one of them first")
        quotient, factor = (right, left) if left.divisor is None else (left, right)
        if quotient.part is not None:
            product = self.mul(Ratio(quotient.number, quotient.scale), factor) if quotient.waits else factor
            return replace(quotient, number=product.number, scale=product.scale, waits=True)
        try:
            number = self.nodes.mul(left.number, right.number)
        except TooLarge as error:
            if quotient.divisor is None:
                raise
            raise TooLarge(f"{error}: of a quotient that is never above 1 write min(1, ...)") from None
        product = self._reduced(number, left.scale * right.scale)
        return product if quotient.divisor is None else Ratio(product.number, product.scale, quotient.divisor)

    def _expanded(self, ratio: Ratio) -> Ratio:
        """What waits for its proportion, as a plain quotient."""
        if not ratio.waits or ratio.part is None:
            return ratio
        part, whole = ratio.part
        return Ratio(self.nodes.mul(ratio.number, self.nodes.least(part, whole)), ratio.scale, whole)

    def _reduced(self, number: Node, scale: int) -> Ratio:
        """Without the factor that a constant operand and the scale share."""
        if number.op == "int":
            return self.constant(Fraction(number.lo, scale))
        if number.op == "mul" and number.args[1].op == "int":
            shared = math.gcd(number.args[1].lo, scale)
            rest = self.nodes.mul(number.args[0], self.nodes.const(number.args[1].lo // shared))
            return Ratio(rest, scale // shared)
        return Ratio(number, scale)

    def div(self, left: Ratio, right: Ratio) -> Ratio:
        if left.divisor is not None or right.divisor is not None:
            raise TooLarge("a quotient of quotients cannot be used: write the ratio as a product")
        if right.number.op == "int":
            if right.number.lo <= 0:
                raise TooLarge("the divisor is zero or negative")
            return self._reduced(
                self.nodes.mul(left.number, self.nodes.const(right.scale)), left.scale * right.number.lo
            )
        if right.number.lo < 0:
            raise TooLarge("the divisor may be negative: where it cannot be, write max(0, ...) of it")
        return Ratio(self.nodes.mul(left.number, self.nodes.const(right.scale)), left.scale, right.number)

    def on_one_scale(self, *ratios: Ratio) -> tuple[Ratio, ...]:
        """The same ratios over one scale."""
        scale = math.lcm(*(ratio.scale for ratio in ratios))
        return tuple(Ratio(self._on(ratio, scale), scale) for ratio in ratios)

    def extreme(self, op: str, *ratios: Ratio) -> Ratio:
        quotients = [ratio for ratio in ratios if ratio.divisor is not None]
        if len(quotients) == 1:
            others = [ratio for ratio in ratios if ratio.divisor is None]
            return self._extreme_of_quotient(op, self._expanded(quotients[0]), others)
        scale = math.lcm(*(ratio.scale for ratio in ratios))
        pick = self.nodes.least if op == "min" else self.nodes.greatest
        return Ratio(pick(*(self._on(ratio, scale) for ratio in ratios)), scale)

    def _extreme_of_quotient(self, op: str, quotient: Ratio, others: list[Ratio]) -> Ratio:
        """A quotient beside numbers: `min(n / d, x)` is `min(n, x * d) / d`, where the divisor is above nothing."""
        nodes, divisor = self.nodes, quotient.divisor
        assert divisor is not None
        pick = nodes.least if op == "min" else nodes.greatest
        scale = math.lcm(quotient.scale, *(ratio.scale for ratio in others))
        number = nodes.mul(quotient.number, nodes.const(scale // quotient.scale))
        beside = [nodes.mul(self._on(ratio, scale), divisor) for ratio in others]
        one = any(ratio.number.op == "int" and ratio.number.lo == ratio.scale for ratio in others)
        part = Portion(number, nodes.mul(divisor, nodes.const(scale))) if op == "min" and one else None
        return Ratio(pick(number, *beside), scale, divisor, part if len(others) == 1 else None)

    def choose(self, test: Node, then: Ratio, other: Ratio) -> Ratio:
        scale = math.lcm(then.scale, other.scale)
        return Ratio(self.nodes.choose(test, self._on(then, scale), self._on(other, scale)), scale)

    def cross(self, left: Ratio, right: Ratio) -> tuple[Node, Node, Node | None]:
        """Two integers that compare as the ratios do, and the divisors' product that must be positive, if any."""
        left, right = self._expanded(left), self._expanded(right)
        shared = math.gcd(left.scale, right.scale)
        nodes = self.nodes
        a = nodes.mul(left.number, nodes.const(right.scale // shared))
        b = nodes.mul(right.number, nodes.const(left.scale // shared))
        positive: Node | None = None
        if left.divisor is not None and right.divisor is not None:
            raise TooLarge("two quotients cannot be compared: write the comparison as products")
        if left.divisor is not None:
            b, positive = nodes.mul(b, left.divisor), left.divisor
        if right.divisor is not None:
            a, positive = nodes.mul(a, right.divisor), right.divisor
        factor = (
            math.gcd(*(n.args[1].lo if n.op == "mul" and n.args[1].op == "int" else n.lo for n in (a, b)))
            if (all(n.op == "int" or (n.op == "mul" and n.args[1].op == "int") for n in (a, b)))
            else 1
        )
        if factor > 1:
            a, b = self._without(a, factor), self._without(b, factor)
        return a, b, positive

    def _without(self, node: Node, factor: int) -> Node:
        if node.op == "int":
            return self.nodes.const(node.lo // factor)
        return self.nodes.mul(node.args[0], self.nodes.const(node.args[1].lo // factor))

    def rounded(self, ratio: Ratio, decimals: int, mode: str) -> tuple[Node, Node | None]:
        """The ratio as an integer of `decimals`, rounded `half_up` or `down`, and the divisor that must be positive."""
        nodes = self.nodes
        ten = 10**decimals
        shared = math.gcd(ten, ratio.scale)
        number = nodes.mul(ratio.number, nodes.const(ten // shared))
        scale = ratio.scale // shared
        if ratio.divisor is None and scale == 1:
            return number, None
        if number.lo < 0:
            raise TooLarge("an amount that is rounded may be negative")
        divisor = nodes.const(scale)
        positive = ratio.divisor
        if ratio.waits and ratio.part is not None:
            part, whole = ratio.part
            held = nodes.greatest(whole, nodes.const(1))
            return nodes.portion(number, part, held, scale, half=mode != "down"), positive
        if positive is not None:
            divisor = nodes.mul(nodes.greatest(positive, nodes.const(1)), divisor)
        if mode == "down":
            return nodes.floordiv(number, divisor), positive
        twice = nodes.mul(divisor, nodes.const(2))
        return nodes.floordiv(nodes.add(nodes.mul(number, nodes.const(2)), divisor), twice), positive
