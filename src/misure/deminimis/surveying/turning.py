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

__all__ = ["HeadroomFigures", "Turning", "figures"]


class HeadroomFigures(NamedTuple):
    """What headroom tells of one day, in cents; each with its two ends."""

    used_least: int
    used_most: int | None
    """None: there may be more aid than the ledger tells."""
    left_least: int
    left_most: int
    overdrawn_least: int
    overdrawn_most: int


def figures(ends: Iterable[Ends]) -> HeadroomFigures:
    """The figures of a day by its limits, the regulation's own ceiling first: those of `Headroom`."""
    own: Ends | None = None
    own_over: tuple[int, int] | None = None
    left_least = left_most = -1
    over_least = over_most = 0
    # A survey asks this millions of times: so it is one plain loop.
    for each in ends:
        limit, used, most = each.limit, each.used_least, each.used_most
        if limit.standing is CapState.SET_ASIDE:
            continue
        own = own or each
        if left_least < 0 or each.least < left_least:
            left_least = each.least
        if each.greatest is not None and (left_most < 0 or each.greatest < left_most):
            left_most = each.greatest
        if limit.standing is CapState.HOLDS:
            low, high = used - limit.most, (used if most is None else most) - limit.least
            over_least, over_most = max(over_least, low), max(over_most, high)
            own_over = own_over or (low, high)
    assert own is not None and own_over is not None
    if own_over[0] > 0:
        over_least, over_most = own_over
    return HeadroomFigures(own.used_least, own.used_most, left_least, left_most, over_least, over_most)


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
