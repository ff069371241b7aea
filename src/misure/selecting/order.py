# SPDX-License-Identifier: Apache-2.0
"""Places in an order that may be known in part only, and what stands before each.

An application may precede another when its best place is not behind the other's worst; it certainly precedes it when its
worst place is before the other's best. Equals may precede each other, both ways: the rules have nothing more to say.

>>> order = Order.of([(1,), (2,), (2,), (1,)], [(1,), (2,), (2,), (3,)])
>>> order.before(most=[10, 10, 10, 10], present=[2, 2, 2, 2])[1]
[10, 30, 30, 30]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from misure.selecting.columns import NO, YES, Key, Maybe

__all__ = ["Order"]


@dataclass(frozen=True, slots=True)
class Order:
    """The best and the worst place of each, as whole numbers from 0; equal numbers are equal places."""

    first: list[int]
    last: list[int]
    size: int

    @classmethod
    def of(cls, first: Sequence[Key], last: Sequence[Key]) -> Order:
        """The order of keys, of which the lesser comes first."""
        places = {key: place for place, key in enumerate(sorted({*first, *last}))}
        return cls([places[key] for key in first], [places[key] for key in last], len(places))

    def part(self, rows: Sequence[int]) -> Order:
        """The order of some rows alone."""
        return Order([self.first[row] for row in rows], [self.last[row] for row in rows], self.size)

    def before(
        self, present: Sequence[Maybe], least: Sequence[int] | None = None, most: Sequence[int] | None = None
    ) -> tuple[list[int], list[int]]:
        """How much certainly stands before each, and how much may: a count where no amounts are given."""
        sure, open_ = [0] * (self.size + 1), [0] * (self.size + 1)
        ones = [1] * len(self.first)
        least, most = (ones, ones) if least is None and most is None else (least or most or ones, most or least or ones)
        for row, there in enumerate(present):
            if there == NO:
                continue
            open_[self.first[row] + 1] += most[row]
            if there == YES:
                sure[self.last[row] + 1] += least[row]
        sure, open_ = list(accumulate(sure)), list(accumulate(open_))
        low = [sure[place] for place in self.first]
        high = [open_[place + 1] - (most[row] if present[row] != NO else 0) for row, place in enumerate(self.last)]
        return low, high

    def certain_head(self, rows: Sequence[int], exact: Sequence[bool]) -> list[int]:
        """The rows at the head of the order of which everything is known: their place, and whatever `exact` says."""
        line = sorted(rows, key=lambda row: (self.first[row], self.last[row]))
        head = []
        for at, row in enumerate(line):
            shared = at + 1 < len(line) and self.first[line[at + 1]] <= self.last[row]
            if not exact[row] or self.first[row] != self.last[row] or shared:
                break
            head.append(row)
        return head
