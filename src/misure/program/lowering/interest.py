# SPDX-License-Identifier: Apache-2.0
"""Simple interest at the legal rate, which changes from year to year: art. 1284 of the Civil Code.

Interest runs from the day after `since` until `until`, that day included, each day at the rate of its year over 365 days, and is
rounded once. No act gives the count of days: it is the one that those who publish tables of the rate use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from misure.program.lowering.ratio import Ratio
from misure.program.lowering.tabulated import live_rows
from misure.program.nodes import Node
from misure.rulebook.expression import Call

if TYPE_CHECKING:
    from misure.program.lowering.expressions import Expressions

__all__ = ["LegalInterest"]

_RATES = "stato/legal-interest"
_YEAR = 365
_PARTS = 10_000
"""Rates have four decimals at most: hundredths of a percentage point."""
CENTS = 2


class LegalInterest:
    """Lowers `legal_interest` in one scope. `first` is the day of the measure's first edition: older law is not asked for."""

    def __init__(self, expressions: Expressions, first: int) -> None:
        self.expressions, self.first = expressions, first

    def legal_interest(self, call: Call) -> Ratio:
        """What an amount bears between two days; anything up to the amount more where some days have no known rate."""
        nodes, ratios = self.expressions.nodes, self.expressions.ratios
        amount, _ = ratios.rounded(self.expressions.number(call.args[0]), CENTS, "half_up")
        since, until = map(self.expressions.day, call.args[1:])
        rows = live_rows(_RATES, self.first)
        known = [row for row in rows if row.known("rate")]
        borne = [
            nodes.mul(self._days(since, until, row.since, row.until), nodes.const(int(row.share("rate") * _PARTS)))
            for row in known
        ]
        product = ratios.mul(Ratio(amount, 10**CENTS), Ratio(nodes.add(*borne), _PARTS * _YEAR))
        interest, _ = ratios.rounded(product, CENTS, "half_up")
        gaps: list[tuple[int | None, int | None]] = [(None, rows[0].since - 1)]
        gaps += [(row.since, row.until) for row in rows if not row.known("rate")]
        gap = nodes.add(*(self._days(since, until, *ends) for ends in gaps))
        # How high a rate may be that is not fixed yet no law says: the part of those days lies between nothing and the whole.
        more = nodes.least(nodes.given("open", f"{_RATES}@", least=0, greatest=amount.hi), amount)
        rest = nodes.choose(nodes.le(nodes.const(1), gap), more, nodes.const(0))
        return Ratio(nodes.add(interest, rest), 10**CENTS)

    def _days(self, since: Node, until: Node, first: int | None, last: int | None) -> Node:
        """How many of the days of a stretch bear interest."""
        nodes = self.expressions.nodes
        end = until if last is None else nodes.least(until, nodes.const(last))
        start = since if first is None else nodes.greatest(since, nodes.const(first - 1))
        return nodes.greatest(nodes.sub(end, start), nodes.const(0))
