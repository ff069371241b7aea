# SPDX-License-Identifier: Apache-2.0
"""What a program answers if records of which nobody said who they are turn out to be the same firm.

A table may have an identity: a field that says who a record is. Records that do not tell it may be one another, or one of those
that do. So beside the plain split of a program stand two that count fewer: as few firms as the records can be, and one less than
all of them. A condition that holds only in the plain one rests on the assumption that they are different firms.
"""

from __future__ import annotations

from collections.abc import Mapping

from misure.program.nodes import Node, below
from misure.program.records import MayBeUnknown, Pair
from misure.program.split import Split

__all__ = ["Fewest", "counts_over"]


def counts_over(node: Node, table: str) -> bool:
    """Whether the records of a table are counted for an answer."""
    return any(part.op == "count" and part.data[0] == table for part in below([node]))


class Fewest(Split):
    """Splits a program whose counts over some tables take records of unknown identity for the same firm.

    `identities` names those tables and the field that says who a record is. With `one` only one record is taken for another.
    """

    def __init__(
        self, may_be_unknown: MayBeUnknown, identities: Mapping[str, str], *, one: bool, filing: bool = True
    ) -> None:
        super().__init__(may_be_unknown, filing=filing)
        self.identities, self.one = identities, one

    def _count(self, node: Node) -> Pair:
        table, items = node.data
        plain = super()._count(node)
        field = self.identities.get(table)
        if field is None or not self.open("text", table, field):
            return plain
        nodes, test = self.nodes, self._done[node.args[0]]
        nameless = nodes.column("missing", "truth", field, table)
        sure, may = nodes.not_(test.second), test.first
        told = self._counted(table, nodes.all_of(sure, nodes.not_(nameless)), items)
        # One of those of unknown identity is somebody, where nobody else surely counts of whom it could be another record.
        spared = nodes.choose(nodes.le(told, nodes.const(0)), nodes.const(1), nodes.const(0))
        ends = []
        for passes, end in ((sure, plain.first), (may, plain.second)):
            spare = nodes.sub(self._counted(table, nodes.all_of(passes, nameless), items), spared)
            spare = nodes.greatest(spare, nodes.const(0))
            ends.append(nodes.sub(end, nodes.least(spare, nodes.const(1)) if self.one else spare))
        return Pair(self._within_bounds(ends[0], node), self._within_bounds(ends[1], node))
