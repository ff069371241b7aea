# SPDX-License-Identifier: Apache-2.0
"""A split program made anew in one shared set of nodes: columns replaced, the calendar expanded, divisions made safe."""

from __future__ import annotations

from misure.engines.columns.calendar import CALENDAR, expanded, floor
from misure.engines.columns.inputs import Inputs
from misure.engines.columns.tables import picked, portion, wide
from misure.program.nodes import Node, Nodes, below

__all__ = ["Rebuilding"]


class Rebuilding:
    """Rebuilds nodes, each once: what several programs have in common becomes one node."""

    def __init__(self, nodes: Nodes, inputs: Inputs) -> None:
        self.nodes, self.inputs = nodes, inputs
        self.outside: dict[Node, str] = {}
        """The truths that a day lies outside the table of holidays, each with the table of whose records it speaks."""
        self._done: dict[Node, Node] = {}
        self._table: dict[Node, str] = {}

    def __call__(self, root: Node) -> Node:
        for node in below([root], self._done):
            new = self._done[node] = self._rebuilt(node, tuple(self._done[arg] for arg in node.args))
            if node.op in CALENDAR:
                self._remember(new, tuple(self._done[arg] for arg in node.args), node.op)
        return self._done[root]

    def _remember(self, value: Node, args: tuple[Node, ...], op: str) -> None:
        outside = expanded(self.nodes, op, args)[1]
        if outside.op != "truth" or outside.data:
            self.outside[outside] = self.table_of(value) or self.table_of(outside)

    def table_of(self, node: Node) -> str:
        """The table of whose records a node speaks, "" for the applicant."""
        for part in below([node], self._table):
            if part.op.startswith("gather_"):
                self._table[part] = ""
            elif part.op == "column":
                self._table[part] = str(part.data[1])
            else:
                self._table[part] = next((self._table[arg] for arg in part.args if self._table[arg]), "")
        return self._table[node]

    def _rebuilt(self, node: Node, args: tuple[Node, ...]) -> Node:
        nodes = self.nodes
        match node.op:
            case "int":
                return nodes.const(node.lo)
            case "truth":
                return nodes.truth(bool(node.data))
            case "column":
                return self.inputs(node)
            case "add":
                return nodes.add(*args)
            case "sub":
                return nodes.sub(*args)
            case "mul":
                return nodes.mul(*args)
            case "floordiv":
                return floor(nodes, *args)
            case "min":
                return nodes.least(*args)
            case "max":
                return nodes.greatest(*args)
            case "if":
                return nodes.choose(*args)
            case "le":
                return nodes.le(*args)
            case "eq":
                return nodes.eq(*args)
            case "not":
                return nodes.not_(*args)
            case "and":
                return nodes.all_of(*args)
            case "or":
                return nodes.any_of(*args)
            case "one_of":
                return nodes.one_of(args[0], node.data)
            case "within":
                return nodes.within(args[0], node.data)
            case "same":
                return nodes.same(*args)
            case "pick":
                return picked(nodes, args[0], *node.data)
            case "wide":
                return wide(nodes, args[0], args[1], node.data)
            case "portion":
                return portion(nodes, args[0], args[1], args[2], *node.data)
            case op if op in CALENDAR:
                return expanded(nodes, op, args)[0]
            case op:
                return self._gathered(op, node, args[0])

    def _gathered(self, op: str, node: Node, value: Node) -> Node:
        table, empty = node.data
        if not self.inputs.gathers(table):
            return self.nodes.const(empty)
        if op == "gather_sum" and value.op == "int" and value.lo == 0:
            return value
        return self.nodes.make(op, "int", (value,), node.data, node.lo, node.hi)
