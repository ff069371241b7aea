# SPDX-License-Identifier: Apache-2.0
"""The aid of one beneficiary under one regulation, in the order of its days, ready to be summed over any period.

>>> aids = [Aid("COR-1", "alfa", "gen", "2025-01-10", "100.00"), Aid("COR-2", "alfa", "gen", "2026-01-10", "20.00")]
>>> total = RegulationTotal(aids)
>>> total.sum_of(total.between(aids[0].first, aids[1].first))
12000
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from misure.deminimis.aid import Aid

__all__ = ["RegulationTotal", "by_day"]


class RegulationTotal:
    """The aid of one beneficiary under one regulation, by day: what is known exactly can be summed at once."""

    __slots__ = ("aids", "days", "loose", "sums")

    def __init__(self, aids: Iterable[Aid]) -> None:
        exact: list[Aid] = []
        loose: list[Aid] = []
        for aid in aids:
            (exact if aid.first is not None and aid.first == aid.last and aid.least == aid.most else loose).append(aid)
        exact.sort(key=by_day)
        self.aids = tuple(exact)
        self.days = [aid.first for aid in exact if aid.first is not None]
        self.sums = list(accumulate((aid.least for aid in exact), initial=0))
        self.loose = tuple(sorted(loose, key=by_day))
        """Aid whose day or amount is not known exactly."""

    def between(self, first: int, last: int) -> slice:
        """Where the exactly known aid of a period of days stands."""
        return slice(bisect_left(self.days, first), bisect_right(self.days, last))

    def sum_of(self, found: slice) -> int:
        return self.sums[found.stop] - self.sums[found.start] if found.start < found.stop else 0


def by_day(aid: Aid) -> tuple[int, int, str]:
    """The order of aid in time; what has no day comes first."""
    return (aid.first or 0, aid.last or 0, aid.id)
