# SPDX-License-Identifier: Apache-2.0
"""The part of `split` that gathers over the records of a table.

A record passes a filter surely, possibly or not at all; records not yet told are counted as `unseen`. An unknown table is an
empty one with as many unseen records as it may hold, so one mechanism serves the unknown, the incomplete and the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from misure.program.nodes import Node, Nodes

__all__ = ["MayBeUnknown", "Pair", "Records"]

MayBeUnknown = Callable[[str, str, str], bool]
"""Of a kind, a table ("" for the applicant's own facts) and a name: may it be unknown? Kind `table` asks of a table."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The low and the high end of a number, or "may be yes" and "may be no" of a truth."""

    first: Node
    second: Node

    @property
    def exact(self) -> bool:
        """Whether one column says it all."""
        if self.first.op == self.second.op == "truth":
            return self.first.data is not self.second.data
        if self.first.sort == "truth":
            return self.second is _opposite(self.first) or self.first is _opposite(self.second)
        return self.first is self.second


def _opposite(node: Node) -> Node | None:
    """What a negation denies."""
    return node.args[0] if node.op == "not" else None


class Records:
    """The rules for `count`, `sum`, `any`, `all`, `min`, `max` and `only`."""

    def __init__(self, may_be_unknown: MayBeUnknown, nodes: Nodes) -> None:
        self.open = may_be_unknown
        self.nodes = nodes
        self._done: dict[Node, Pair] = {}

    def _exactly(self, node: Node) -> Pair:
        return Pair(node, self.nodes.not_(node) if node.sort == "truth" else node)

    def _unseen(self, table: str, most: int) -> Node:
        if self.open("table", table, ""):
            return self.nodes.column("unseen", "int", "", table, least=0, greatest=most)
        return self.nodes.const(0)

    def _gather(self, how: str, table: str, value: Node, empty: int, lo: int, hi: int) -> Node:
        """Over the records: `gather_sum`, or the least or greatest with what stands for an empty table."""
        if how == "sum" and value.op == "int" and value.lo == 0:
            return value
        return self.nodes.make(f"gather_{how}", "int", (value,), (table, empty), lo, hi)

    def _count(self, node: Node) -> Pair:
        table, items = node.data
        test = self._done[node.args[0]]
        low = self._counted(table, self.nodes.not_(test.second), items)
        unseen = self._unseen(table, items)
        if test.exact and unseen.op == "int":
            return Pair(low, low)
        high = self._counted(table, test.first, items)
        return Pair(low, self._within_bounds(self.nodes.add(high, unseen), node))

    def _within_bounds(self, value: Node, node: Node) -> Node:
        """Held within the bounds that the table's own size gives."""
        return self.nodes.greatest(self.nodes.least(value, self.nodes.const(node.hi)), self.nodes.const(node.lo))

    def _counted(self, table: str, passes: Node, most: int) -> Node:
        one = self.nodes.choose(passes, self.nodes.const(1), self.nodes.const(0))
        return self._gather("sum", table, one, 0, 0, most)

    def _sum(self, node: Node) -> Pair:
        table, items = node.data
        test, value = (self._done[arg] for arg in node.args)
        nodes, zero = self.nodes, self.nodes.const(0)
        surely = nodes.not_(test.second)
        low_value = value.first if value.first.lo >= 0 else nodes.least(value.first, zero)
        high_value = value.second if value.second.hi <= 0 else nodes.greatest(value.second, zero)
        low = nodes.choose(surely, value.first, nodes.choose(test.first, nodes.least(low_value, zero), zero))
        high = nodes.choose(surely, value.second, nodes.choose(test.first, nodes.greatest(high_value, zero), zero))
        unseen = self._unseen(table, items)
        total_low = self._gather("sum", table, low, 0, node.lo, node.hi)
        total_high = total_low if low is high else self._gather("sum", table, high, 0, node.lo, node.hi)
        if unseen.op == "int":
            return Pair(total_low, total_high)
        least, greatest = min(0, node.args[1].lo), max(0, node.args[1].hi)
        return Pair(
            self._within_bounds(nodes.add(total_low, nodes.mul(unseen, nodes.const(least))), node),
            self._within_bounds(nodes.add(total_high, nodes.mul(unseen, nodes.const(greatest))), node),
        )

    def _some(self, table: str, items: int, passes: Node) -> Node:
        """Whether any record passes."""
        return self.nodes.le(self.nodes.const(1), self._counted(table, passes, items))

    def _any(self, node: Node) -> Pair:
        table, items = node.data
        test, value = (self._done[arg] for arg in node.args)
        nodes = self.nodes
        maybe = self._some(table, items, nodes.all_of(test.first, value.first))
        sure = self._some(table, items, nodes.all_of(nodes.not_(test.second), nodes.not_(value.second)))
        unseen = nodes.le(nodes.const(1), self._unseen(table, items))
        if test.exact and value.exact and unseen.op == "truth":
            return self._exactly(maybe)
        return Pair(nodes.any_of(maybe, unseen), nodes.not_(sure))

    def _all(self, node: Node) -> Pair:
        table, items = node.data
        test, value = (self._done[arg] for arg in node.args)
        nodes = self.nodes
        maybe_not = self._some(table, items, nodes.all_of(test.first, value.second))
        surely_not = self._some(table, items, nodes.all_of(nodes.not_(test.second), nodes.not_(value.first)))
        unseen = nodes.le(nodes.const(1), self._unseen(table, items))
        if test.exact and value.exact and unseen.op == "truth":
            return self._exactly(nodes.not_(maybe_not))
        return Pair(nodes.not_(surely_not), nodes.any_of(maybe_not, unseen))

    def _only(self, node: Node) -> Pair:
        """The value of the one record that passes; undefined when it is not certain that there is exactly one."""
        return self._picked(node, exactly_one=True)

    def _min_of(self, node: Node) -> Pair:
        return self._picked(node, exactly_one=False)

    _max_of = _min_of

    def _picked(self, node: Node, *, exactly_one: bool) -> Pair:
        table, items = node.data
        test, value = (self._done[arg] for arg in node.args)
        nodes = self.nodes
        sure, maybe = nodes.not_(test.second), test.first
        unseen = self._unseen(table, items)
        lo, hi = nodes.const(node.lo), nodes.const(node.hi)
        if exactly_one:
            low = self._gather("min", table, nodes.choose(maybe, value.first, hi), node.hi, node.lo, node.hi)
            high = self._gather("max", table, nodes.choose(maybe, value.second, lo), node.lo, node.lo, node.hi)
            sound = nodes.all_of(
                nodes.eq(self._counted(table, sure, items), nodes.const(1)),
                nodes.eq(self._counted(table, maybe, items), nodes.const(1)),
                nodes.le(unseen, nodes.const(0)),
            )
            return Pair(nodes.choose(sound, low, lo), nodes.choose(sound, high, hi))
        pick = "min" if node.op == "min_of" else "max"
        empty = node.hi if pick == "min" else node.lo
        neutral = hi if pick == "min" else lo
        over_sure = (sure, maybe) if pick == "max" else (maybe, sure)
        low = self._gather(pick, table, nodes.choose(over_sure[0], value.first, neutral), empty, node.lo, node.hi)
        high = self._gather(pick, table, nodes.choose(over_sure[1], value.second, neutral), empty, node.lo, node.hi)
        hidden = nodes.le(nodes.const(1), unseen)
        if pick == "min":
            low = nodes.choose(hidden, lo, low)
        else:
            high = nodes.choose(hidden, hi, high)
        some = self._some(table, items, sure)
        return Pair(nodes.choose(some, low, lo), nodes.choose(some, high, hi))
