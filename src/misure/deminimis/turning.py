# SPDX-License-Identifier: Apache-2.0
"""On which days headroom may change, and what it is on one of them in cents: what a survey and a course have in common.

Between two turning days nothing begins to count, nothing falls out, and the law stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from misure.deminimis.caps import CapState, changes
from misure.deminimis.law import ceiling_rows, leaves
from misure.deminimis.measuring import Ends
from misure.deminimis.options import Options

__all__ = ["Figures", "Turning", "figures"]


class Figures(NamedTuple):
    """What headroom tells of one day, in cents; each with its two ends."""

    used_least: int
    used_most: int | None
    """None: there may be more aid than the ledger tells."""
    left_least: int
    left_most: int
    overdrawn_least: int
    overdrawn_most: int


def figures(ends: Iterable[Ends]) -> Figures:
    """The figures of a day by its limits, the regulation's own ceiling first: those of `Headroom`."""
    counting = [each for each in ends if each.limit.standing is not CapState.SET_ASIDE]
    own = counting[0]
    over = []
    for each in counting:
        if each.limit.standing is CapState.HOLDS:
            most = each.used_least if each.used_most is None else each.used_most
            over.append((max(0, each.used_least - each.limit.most), max(0, most - each.limit.least)))
    least, greatest = over[0] if over[0][0] else (max(low for low, _ in over), max(high for _, high in over))
    return Figures(
        own.used_least, own.used_most, min(each.least for each in counting),
        min(each.greatest for each in counting if each.greatest is not None), least, greatest,
    )  # fmt: skip


class Turning:
    """The days after a first one, up to a last one, on which headroom may change."""

    __slots__ = ("_known", "_options", "_rows", "first", "last", "law")

    def __init__(self, regulation: str, options: Options, first: int, last: int) -> None:
        days, lenders = changes(regulation)
        self.first, self.last = first, last
        self.law = tuple(day for day in days if first < day <= last)
        """On these the law changes."""
        self._options = options
        self._rows = [
            row for name in lenders for row in ceiling_rows(name)
            if row.since <= last and (row.until is None or row.until >= first)
        ]  # fmt: skip
        self._known: dict[int, tuple[int, ...]] = {}

    def leaving(self, granted: int) -> tuple[int, ...]:
        """The days on which aid of a day falls out of the years that some limit counts."""
        found = self._known.get(granted)
        if found is None:
            begins, year_end = self._options.begins, self._options.year_end
            days = {leaves(granted, row, begins, year_end) for row in self._rows}
            found = self._known[granted] = tuple(sorted(day for day in days if self.first < day <= self.last))
        return found
