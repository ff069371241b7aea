# SPDX-License-Identifier: Apache-2.0
"""What applications of which only one may stay come to together: no more than the most that one of them asks.

>>> rivals = Rivals.of([Relation(False, "", "", read=True)], [[(("a",), False), (("b",), False), (("a",), False)]], [(-1,)] * 3, [()])
>>> rivals.most([0, 1, 2], [100, 40, 70])
140
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from misure.allocating.columns import Relation

__all__ = ["Rivals"]


@dataclass(frozen=True, slots=True)
class Rivals:
    """The sets of applications, apart from each other, of each of which one at most is given anything."""

    found: dict[int, int]
    """The set of each row that is in one."""

    @classmethod
    def of(
        cls, relations: Sequence[Relation], keys: Sequence[Sequence[tuple[Collection[str], bool]]],
        windows: Sequence[tuple[int, ...]], kept: Sequence[Collection[int]],
    ) -> Rivals:  # fmt: skip
        """Those that certainly share a key of a relation that an act has; not where the office lets several of them stay.

        One that has several keys is in one set alone, so that what is found is sound, and may be loose.
        """
        found: dict[int, int] = {}
        count = 0
        for relation, told, stay in zip(relations, keys, kept, strict=True):
            sharing: dict[tuple[str, int], list[int]] = {}
            for row, (own, _) in enumerate(told) if relation.read else ():
                if relation.within_window and len(windows[row]) != 1:
                    continue
                for key in dict.fromkeys(own):
                    sharing.setdefault((key, windows[row][0] if relation.within_window else -1), []).append(row)
            for rows in sharing.values():
                rest = [row for row in rows if row not in found]
                if len(rest) > 1 and sum(row in stay for row in rest) <= 1:
                    found |= dict.fromkeys(rest, count)
                    count += 1
        return cls(found)

    def most(self, rows: Sequence[int], amounts: Sequence[int]) -> int:
        """The most that rows come to together, each with the most of its own."""
        if not self.found:
            return sum(amounts)
        total, largest = 0, dict[int, int]()
        for row, amount in zip(rows, amounts, strict=True):
            at = self.found.get(row)
            if at is None:
                total += amount
            else:
                largest[at] = max(largest.get(at, 0), amount)
        return total + sum(largest.values())
