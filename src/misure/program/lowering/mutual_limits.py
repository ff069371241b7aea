# SPDX-License-Identifier: Apache-2.0
"""Limits that count each other: each of several lines at most its share of one total, in which all of them stand.

Where `S` is the total, a line is the least of what is asked on it, `x`, and of `s S`; and `S` is what the lines make then, with the flat
rates on them. Of all such totals the greatest stands: no line could be a cent more. Without rounding it is the least, over which
lines their limits hold, of `(c + sum of m x of the others) / (1 - sum of m s of these)`, where `m` is how much the total grows for
each cent of a line. From there, and the most that rounding may add, the total is counted down until it makes itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from misure.program.lowering.own_limits import FlatRate
from misure.program.lowering.ratio import Ratio, Ratios
from misure.program.nodes import Node, TooLarge

__all__ = ["MutualLimits"]

_CENTS = 2
_MOST_STEPS = 40
"""The cents over which the total is counted down at most."""
_MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class MutualLimits:
    """Lines of which each is at most a share of the same lines, `base`, among which all of them stand, or flat rates on them."""

    ratios: Ratios
    shares: Mapping[str, Ratio]
    asked: Mapping[str, Node]
    """What is asked on each, within its other limits, in cents."""
    base: tuple[str, ...]
    rates: Mapping[str, FlatRate]
    known: Callable[[str], Node]
    """What is admitted of the lines that do not move with them, in cents."""

    def total(self) -> Node:
        """What the lines of the base make together, in cents.

        Raises:
            TooLarge: The shares are together the whole, or too near it; or there are too many such lines.
        """
        names = tuple(self.shares)
        told = " and ".join(names)
        if len(names) > _MOST_LINES:
            raise TooLarge(f"more than {_MOST_LINES} limits that count each other are not solved: {told}")
        fixed, grows = self._linear(self.base)
        whole = sum((_greatest(self.shares[name]) * _greatest(grows[name]) for name in names), Fraction(0))
        if whole >= 1:
            raise TooLarge(
                f"the shares of {told} may be together the whole of what these lines make: they limit nothing"
            )
        astray = self._astray(self.base)
        apart = sum((_greatest(grows[name]) for name in names), Fraction(0)) + 2 * astray
        steps = math.floor(apart / (1 - whole)) + 1
        if steps > _MOST_STEPS:
            raise TooLarge(
                f"the limits of {told} move with these lines nearly as fast: they cannot be solved to the cent"
            )
        fixed = self.ratios.add(fixed, self.ratios.constant(astray / 100))
        found = self.ratios.nodes.least(*(self._where(held, names, fixed, grows) for held in _subsets(names)))
        for _ in range(steps):
            found = self._sum(self.base, {name: self.within(name, found) for name in names})
        return found

    def within(self, name: str, total: Node) -> Node:
        """What is admitted of a line where its share is of such a total."""
        return self.ratios.nodes.least(self.asked[name], self.limit(name, total))

    def limit(self, name: str, total: Node) -> Node:
        """The most that a line may be where its share is of such a total, in cents."""
        limit = self.ratios.mul(self.shares[name], Ratio(total, 10**_CENTS))
        return self.ratios.rounded(limit, _CENTS, "down")[0]

    def _where(self, held: tuple[str, ...], names: tuple[str, ...], fixed: Ratio, grows: Mapping[str, Ratio]) -> Node:
        """The total where just these lines are held by their limits, before anything is rounded, in whole cents."""
        ratios = self.ratios
        others = (ratios.mul(grows[one], Ratio(self.asked[one], 10**_CENTS)) for one in names if one not in held)
        parts = (ratios.mul(self.shares[one], grows[one]) for one in held)
        made = ratios.add(fixed, *others)
        rest = ratios.sub(ratios.constant(1), ratios.add(*parts)) if held else ratios.constant(1)
        return ratios.rounded(ratios.div(made, rest) if held else made, _CENTS, "down")[0]

    def _linear(self, lines: tuple[str, ...]) -> tuple[Ratio, dict[str, Ratio]]:
        """What some lines make before anything is rounded: an amount, and how much it grows for each cent of each limited line."""
        ratios = self.ratios
        fixed, grows = ratios.constant(0), {name: ratios.constant(0) for name in self.shares}
        for line in lines:
            if line in self.shares:
                grows[line] = ratios.add(grows[line], ratios.constant(1))
            elif line in self.rates:
                rate, (inner, moved) = self._rate(self.rates[line]), self._linear(self.rates[line].base)
                fixed = ratios.add(fixed, ratios.mul(rate, inner))
                grows = {name: ratios.add(grows[name], ratios.mul(rate, moved[name])) for name in grows}
            else:
                fixed = ratios.add(fixed, Ratio(self.known(line), 10**_CENTS))
        return fixed, grows

    def _sum(self, lines: tuple[str, ...], limited: Mapping[str, Node]) -> Node:
        """What some lines make to the cent, where the limited ones are so much."""
        parts = []
        for line in lines:
            if line in self.rates:
                base = Ratio(self._sum(self.rates[line].base, limited), 10**_CENTS)
                flat = self.ratios.mul(self._rate(self.rates[line]), base)
                parts.append(self.ratios.rounded(flat, _CENTS, "half_up")[0])
            else:
                parts.append(limited[line] if line in limited else self.known(line))
        return self.ratios.nodes.add(*parts)

    def _rate(self, rate: FlatRate) -> Ratio:
        if rate.counts is None:
            return rate.share
        return self.ratios.choose(rate.counts, rate.share, Ratio(self.ratios.nodes.const(0)))

    def _astray(self, lines: tuple[str, ...]) -> Fraction:
        """By how many cents rounding moves the lines at most."""
        rates = [self.rates[line] for line in lines if line in self.rates]
        return sum((_greatest(rate.share) * self._astray(rate.base) + Fraction(1, 2) for rate in rates), Fraction(0))


def _subsets(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [held for size in range(len(names) + 1) for held in combinations(names, size)]


def _greatest(share: Ratio) -> Fraction:
    return Fraction(share.number.hi, share.scale)
