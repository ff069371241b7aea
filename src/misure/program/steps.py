# SPDX-License-Identifier: Apache-2.0
"""Values that stand from one key to the next: a ceiling or a rate from day to day, a factor from month to month.

Where no source gives the value, a step has two ends instead of one. Everything the law tabulates enters a program as one
of these, so that an unknown day or duration is the hull of the steps that it may fall in.

>>> rate = Steps("discount rate", (10, 20), (5, 7, 0), (5, 7, 9))
>>> rate.between(12, 15), rate.between(9, 12), rate.between(25, 30)
((7, 7), (5, 7), (0, 9))
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["Steps"]


@dataclass(frozen=True, slots=True)
class Steps:
    """Step `i` stands from key `breaks[i - 1]`, included, to `breaks[i]`, excluded; the first and the last have no end.

    `name` says what it is that is not known, where `lows` and `highs` differ; "" where nobody would be asked it.
    """

    name: str
    breaks: tuple[int, ...]
    lows: tuple[int, ...]
    highs: tuple[int, ...]

    @classmethod
    def exact(cls, name: str, first: int, values: tuple[int, ...]) -> Steps:
        """One value for each whole key from `first` on.

        >>> Steps.exact("factor", 36, (7, 8)).between(37, 37)
        (8, 8)
        """
        return cls(name, tuple(range(first + 1, first + len(values))), values, values)

    def between(self, least: int, greatest: int) -> tuple[int, int]:
        """The ends of the value whose key lies between two keys, both included."""
        reached = self.reached(least, greatest)
        return min(self.lows[reached]), max(self.highs[reached])

    def reached(self, least: int, greatest: int) -> slice:
        """The steps in which a key between two keys may fall."""
        return slice(bisect_right(self.breaks, least), bisect_right(self.breaks, greatest) + 1)

    def within(self, least: int, greatest: int) -> Steps:
        """The same values, without the steps that no key between the two can reach; equal neighbours become one."""
        reached = self.reached(least, greatest)
        ends = list(zip(self.lows[reached], self.highs[reached], strict=True))
        kept = [0, *(i for i in range(1, len(ends)) if ends[i] != ends[i - 1])]
        breaks = tuple(self.breaks[reached.start + i - 1] for i in kept[1:])
        return Steps(self.name, breaks, tuple(ends[i][0] for i in kept), tuple(ends[i][1] for i in kept))
