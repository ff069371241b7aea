# SPDX-License-Identifier: Apache-2.0
"""Works out nodes over frames: named steps in order, as stages of columns; the records of a table in one group-by a level.

A step gets a column of its own where it is read more than once, or by the records of a table. Steps that do not wait for
one another are worked out together.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

import narwhals as nw

from misure.batch.sheet import APPLICANT, Frame, Sheet
from misure.engines.narwhals.printer import Printed, expression, printed
from misure.program.nodes import Node, below

__all__ = ["Stages"]

_DEEPEST = 40
"""Expressions nested deeper than this get a column: engines walk them recursively."""
_SAFE = 2**40
"""A sum that stays below this in a table as large as it may be does not pass 63 bits in any table at all."""


class Stages:
    """Works out the nodes under some roots, over the applicants (the frame "") and the records of the tables.

    `told` makes the frame of the applicants again, with the facts named alone.
    """

    def __init__(
        self, roots: Iterable[Node], sheets: Mapping[str, Sheet], frames: Mapping[str, Frame], told: Callable[[list[str]], Frame]
    ) -> None:  # fmt: skip
        self.sheets, self.frames, self.told = sheets, frames, told
        self.roots = list(roots)
        self.order = list(below(self.roots))
        self.names: dict[Node, str] = {}
        self.table: dict[Node, str] = {}
        self.level: dict[Node, int] = {}
        self.uses: dict[Node, int] = dict.fromkeys(self.order, 0)
        self.read_by_records: set[Node] = set()
        self.divided = {arg for node in self.order if node.op == "floordiv" for arg in node.args}
        """What SQL must have as a column, because there a division that rounds down repeats its operands."""
        self._serial = itertools.count()
        self._arrange()

    def _arrange(self) -> None:
        """Of whose table's records each node speaks, and after how many group-bys it can be worked out."""
        for root in self.roots:
            self.uses[root] += 1
        for node in self.order:
            self.level[node] = max((self.level[arg] for arg in node.args), default=0)
            if node.op.startswith("gather_"):
                self.table[node] = ""
                self.level[node] += 1
                if not self.table[node.args[0]]:
                    self._read(node.args[0])
            elif node.op == "column":
                self.table[node] = str(node.data[1])
            else:
                self.table[node] = next((self.table[arg] for arg in node.args if self.table[arg]), "")
                if self.table[node]:
                    for arg in node.args:
                        if not self.table[arg]:
                            self._read(arg)
            for arg in node.args:
                self.uses[arg] += 1

    def _read(self, node: Node) -> None:
        if not node.constant:
            self.read_by_records.add(node)

    # Stages

    def over(self) -> Frame:
        """The frame of the applicants with every step that has a name."""
        frame = self.frames[""]
        for level in range(max(self.level.values(), default=0) + 1):
            by_table: dict[str, list[Node]] = {}
            for node in self.order:
                if self.level[node] == level and node.op.startswith("gather_"):
                    by_table.setdefault(str(node.data[0]), []).append(node)
            for table, gathers in by_table.items():
                frame = self._gathered(frame, table, gathers)
            steps = [
                n for n in self.order if self.level[n] == level and not self.table[n] and not n.op.startswith("gather_")
            ]
            frame = self._staged(frame, steps, "s")
        return frame

    def _staged(self, frame: Frame, steps: Sequence[Node], prefix: str) -> Frame:
        """The frame with columns for the steps that need one, in as few stages as their order allows."""
        wanted = [step for step in steps if self._needs_name(step)]
        stages: list[dict[str, Node]] = []
        stage_of: dict[Node, int] = {}
        depth: dict[Node, int] = {}
        within = set(steps)
        named = set(wanted)
        for step in steps:
            before = [arg for arg in step.args if arg in within]
            stage_of[step] = max((stage_of[arg] + (arg in named) for arg in before), default=0)
            depth[step] = 1 + max((0 if arg in named else depth[arg] for arg in before), default=0)
            if depth[step] > _DEEPEST and step not in named and step.args:
                named.add(step)
            if step in named:
                depth[step] = 0
                while len(stages) <= stage_of[step]:
                    stages.append({})
                stages[stage_of[step]][self._name(prefix)] = step
        for stage in stages:
            if stage:
                frame = frame.with_columns(**{name: expression(self.text(step)) for name, step in stage.items()})
                self.names.update({step: name for name, step in stage.items()})
        return frame

    def _name(self, prefix: str) -> str:
        return f"{prefix}{next(self._serial)}"

    def _needs_name(self, node: Node) -> bool:
        if node.constant or node in self.names or self._plain(node):
            return False
        return self.uses[node] > 1 or node in self.divided

    def _plain(self, node: Node) -> bool:
        """Whether reading the node again costs next to nothing: a column as it came, or the negation of a column."""
        if node.op == "not":
            return self._plain(node.args[0]) or node.args[0] in self.names or self.uses[node.args[0]] > 1
        return node.op == "column" and node.data[0] in ("value", "not_yet", "known", "bad")

    # Records

    def _gathered(self, frame: Frame, table: str, gathers: Sequence[Node]) -> Frame:
        """One group-by of the table's records for all that is gathered of them, joined to the applicants."""
        values = [node.args[0] for node in gathers]
        read = {n: self._name("a") for n in below(values) if n in self.read_by_records and not self.table[n]}
        records, outside = self.frames[table], dict(self.names)
        if read:
            records = _joined(records, self._told(frame, read))
            self.names |= read
        records = self._staged(records, [node for node in below(values) if self.table[node] == table], "r")
        counted = self._name("g")
        # What is the same in every record is not gathered, only counted.
        names = {node: counted if node.args[0].constant else self._name("g") for node in gathers}
        columns = {names[node]: self._gathering(node) for node in gathers if not node.args[0].constant}
        sums = {names[node]: _HOW[node.op](nw.col(names[node])) for node in gathers if not node.args[0].constant}
        if counted in names.values():
            sums[counted] = nw.len()
        grouped = records.select(APPLICANT, **columns).group_by(APPLICANT).agg(**sums)
        frame = _joined(frame, grouped)
        # Names given to steps of the records mean nothing outside them.
        self.names = outside | {node: name if name != counted else self._name("g") for node, name in names.items()}
        return frame.with_columns(**{
            self.names[node]: _after_join(node, nw.col(name)) for node, name in names.items()
        })  # fmt: skip

    def _told(self, frame: Frame, read: Mapping[Node, str]) -> Frame:
        """What records read of their applicant. Made again from what came in, where that is enough.

        An engine that needs the applicants' steps twice would keep all their columns for the second time.
        """
        if any(self.level[node] for node in read):
            return frame.select(APPLICANT, **{name: expression(self.text(node)) for node, name in read.items()})
        names, self.names = self.names, {}
        facts = [node.data[2] for node in below(read) if node.op == "column"]
        frame = self._staged(self.told(list(dict.fromkeys(facts))), list(below(read)), "a")
        told = frame.select(APPLICANT, **{name: expression(self.text(node)) for node, name in read.items()})
        self.names = names
        return told

    def _gathering(self, node: Node) -> nw.Expr:
        """What is gathered of one record; what is counted stays a truth, which engines sum faster than a number."""
        value = node.args[0]
        return expression(self.text(value.args[0] if self._counts(node) else value))

    def _counts(self, node: Node) -> bool:
        return _is_count(node) and bool(self.table[node.args[0]]) and node.args[0] not in self.names

    # Text

    def text(self, node: Node) -> Printed:
        """The node as an expression, by its column where it has one."""
        if node in self.names:
            return nw.col(self.names[node])
        if node.op == "column":
            return self.sheets[self.table[node]].column(node)
        unsure = any(arg.sort == "text" and self.sheets[self.table[arg]].unsure(arg) for arg in node.args)
        return printed(node, [self.text(arg) for arg in node.args], unsure=unsure)


_HOW: dict[str, Callable[[nw.Expr], nw.Expr]] = {
    "gather_sum": nw.Expr.sum, "gather_min": nw.Expr.min, "gather_max": nw.Expr.max,
}  # fmt: skip


def _is_count(node: Node) -> bool:
    value = node.args[0]
    return (
        node.op == "gather_sum"
        and value.op == "if"
        and [a.lo if a.op == "int" else None for a in value.args[1:]] == [1, 0]
    )


def _after_join(node: Node, gathered: nw.Expr) -> nw.Expr:
    """What was gathered, in 64 bits; where there are no records, what an empty table gives."""
    value, empty = node.args[0], node.data[1]
    if not value.constant:
        if not _is_count(node) and max(-node.lo, node.hi) > _SAFE:
            # More records than the table may hold could pass 64 bits: the row is bad facts anyway.
            gathered = nw.when((gathered >= node.lo) & (gathered <= node.hi)).then(gathered)
        return gathered.cast(nw.Int64).fill_null(empty)
    rows = gathered.cast(nw.Int64).fill_null(0)
    if node.op == "gather_sum":
        return rows * value.lo if value.lo != 1 else rows
    return nw.when(rows > 0).then(expression(value.lo)).otherwise(expression(empty))


def _joined(left: Frame, right: Frame) -> Frame:
    return left.join(right, on=APPLICANT, how="left")  # type: ignore[arg-type]
