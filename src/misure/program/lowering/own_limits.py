# SPDX-License-Identifier: Apache-2.0
"""A limit that moves with what it limits: at most a quarter of a total in which the line itself, or a flat rate on it, counts.

Of a line `x` within the share `s` of a sum `c + m x` the most is `s c / (1 - s m)`. Flat rates are rounded to the cent, so the sum is not
quite that: the most is looked for among the few cents around, and is the greatest amount that keeps the limit over what it makes itself.
Every smaller amount keeps it too, for of one cent more the sum never takes a whole one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from misure.program.lowering.ratio import Ratio, Ratios
from misure.program.nodes import Node, TooLarge

__all__ = ["FlatRate", "OwnLimit"]

CENTS = 2
_WIDEST = 4
"""The cents around the exact quotient that are tried at most."""


@dataclass(frozen=True, slots=True)
class FlatRate:
    """A flat rate that counts the limited line: its share, on which lines it is taken, and where it counts (None: everywhere)."""

    share: Ratio
    base: tuple[str, ...]
    counts: Node | None


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """The most that the line `name` may be: the `share` of the lines `base`, among which are itself, or flat rates on it."""

    ratios: Ratios
    name: str
    share: Ratio
    base: tuple[str, ...]
    rates: Mapping[str, FlatRate]
    known: Callable[[str], Node]
    """What is admitted of the lines that do not move with it, in cents."""

    def most(self) -> Node:
        """In cents.

        Raises:
            TooLarge: It limits nothing, or moves too fast with what it limits.
        """
        ratios, nodes = self.ratios, self.ratios.nodes
        fixed, moves = self._linear(self.base)
        whole = ratios.sub(ratios.constant(1), ratios.mul(self.share, moves))
        if whole.number.lo <= 0:
            raise TooLarge("the share may be the whole of what the line itself makes: that limits nothing")
        near, _ = ratios.rounded(ratios.div(ratios.mul(self.share, fixed), whole), CENTS, "down")
        reach = math.ceil(
            _greatest(self.share) * self._astray(self.base) / (1 - _greatest(self.share) * _greatest(moves))
        )
        if reach > _WIDEST:
            raise TooLarge("the limit moves with the line nearly as fast as the line: it cannot be solved to the cent")
        zero = nodes.const(0)
        found = nodes.greatest(nodes.sub(near, nodes.const(reach)), zero)
        for step in range(1 - reach, reach + 1):
            tried = nodes.greatest(nodes.add(near, nodes.const(step)), zero)
            limit = ratios.mul(self.share, Ratio(self._sum(self.base, tried), 10**CENTS))
            found = nodes.choose(nodes.le(tried, ratios.rounded(limit, CENTS, "down")[0]), tried, found)
        return found

    def _linear(self, lines: tuple[str, ...]) -> tuple[Ratio, Ratio]:
        """What the lines are before anything is rounded: an amount, and how much they grow for each cent of the line."""
        ratios = self.ratios
        fixed, moves = ratios.constant(0), ratios.constant(0)
        for line in lines:
            if line == self.name:
                moves = ratios.add(moves, ratios.constant(1))
            elif line in self.rates:
                inner = self._linear(self.rates[line].base)
                rate = self._rate(self.rates[line])
                fixed = ratios.add(fixed, ratios.mul(rate, inner[0]))
                moves = ratios.add(moves, ratios.mul(rate, inner[1]))
            else:
                fixed = ratios.add(fixed, Ratio(self.known(line), 10**CENTS))
        return fixed, moves

    def _sum(self, lines: tuple[str, ...], line: Node) -> Node:
        """What the lines are to the cent, where the line is so much."""
        parts = []
        for one in lines:
            if one in self.rates:
                base = Ratio(self._sum(self.rates[one].base, line), 10**CENTS)
                flat = self.ratios.mul(self._rate(self.rates[one]), base)
                parts.append(self.ratios.rounded(flat, CENTS, "half_up")[0])
            else:
                parts.append(line if one == self.name else self.known(one))
        return self.ratios.nodes.add(*parts)

    def _rate(self, rate: FlatRate) -> Ratio:
        return (
            rate.share
            if rate.counts is None
            else self.ratios.choose(rate.counts, rate.share, Ratio(self.ratios.nodes.const(0)))
        )

    def _astray(self, lines: tuple[str, ...]) -> Fraction:
        """By how many cents rounding moves the lines at most."""
        rates = [self.rates[line] for line in lines if line in self.rates]
        return sum((_greatest(rate.share) * self._astray(rate.base) + Fraction(1, 2) for rate in rates), Fraction(0))


def _greatest(share: Ratio) -> Fraction:
    return Fraction(share.number.hi, share.scale)
