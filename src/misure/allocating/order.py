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
from typing import Any

from misure.allocating.columns import MAYBE, NO, YES, Key, Maybe

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
        return cls._ranked(first, first if first == last else last)

    def part(self, rows: Sequence[int]) -> Order:
        """The order of some rows alone."""
        first = [self.first[row] for row in rows]
        # Places are counted anew, so that a small part of a long order costs what is in it.
        return self._ranked(first, first if self.exact else [self.last[row] for row in rows])

    @classmethod
    def _ranked(cls, first: Sequence[Any], last: Sequence[Any]) -> Order:
        exact = first is last
        places = {key: place for place, key in enumerate(sorted(set(first) if exact else {*first, *last}))}
        ranks = [places[key] for key in first]
        if exact:
            return cls(ranks, ranks, len(places))
        ends = [places[key] for key in last]
        settled = _settled(ranks, ends)
        if settled != ends:  # Ranked anew, so that there are as many places as are told apart.
            return cls._ranked(ranks, ranks if settled == ranks else settled)
        return cls(ranks, ends, len(places))

    @property
    def exact(self) -> bool:
        """Whether every place is known: then `first` and `last` are one list."""
        return self.first is self.last

    def before(
        self, present: Sequence[Maybe], least: Sequence[int] | None = None, most: Sequence[int] | None = None
    ) -> tuple[list[int], list[int]]:
        """How much certainly stands before each, and how much may: a count where no amounts are given."""
        if least is None and most is None:
            least = most = [1] * len(self.first)
        least, most = (least or most or []), (most or least or [])
        if self.exact and least is most and MAYBE not in present:
            return self._known_before(present, least)
        sure, open_ = [0] * (self.size + 1), [0] * (self.size + 1)
        for first, last, there, low, high in zip(self.first, self.last, present, least, most, strict=True):
            if there == NO:
                continue
            open_[first + 1] += high
            if there == YES:
                sure[last + 1] += low
        sure, open_ = list(accumulate(sure)), list(accumulate(open_))
        return [sure[place] for place in self.first], [
            open_[place + 1] - (amount if there != NO else 0)
            for place, amount, there in zip(self.last, most, present, strict=True)
        ]

    def _known_before(self, present: Sequence[Maybe], amounts: Sequence[int]) -> tuple[list[int], list[int]]:
        """The same where all is known, but for which of several equals comes first."""
        sums = [0] * (self.size + 1)
        for place, there, amount in zip(self.first, present, amounts, strict=True):
            if there:
                sums[place + 1] += amount
        sums = list(accumulate(sums))
        low = [sums[place] for place in self.first]
        if self.size == len(self.first):  # nobody stands equal
            return low, list(low)
        return low, [
            sums[place + 1] - (amount if there else 0)
            for place, there, amount in zip(self.first, present, amounts, strict=True)
        ]

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


def _settled(first: Sequence[int], last: Sequence[int]) -> list[int]:
    """The worst places, where of one that no other can pass the doubt about it says nothing: a tie-break of no tie."""
    ends = list(last)
    line = sorted(range(len(first)), key=first.__getitem__)
    furthest = -1
    for at, row in enumerate(line):
        following = first[line[at + 1]] if at + 1 < len(line) else ends[row] + 1
        if furthest < first[row] and ends[row] < following:
            ends[row] = first[row]
        furthest = max(furthest, ends[row])
    return ends
