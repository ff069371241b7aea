# SPDX-License-Identifier: Apache-2.0
"""Works out nodes over frames, as they are arranged for columns: the records of a table in one group-by a level."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

import narwhals as nw

from misure.engines.columns.entered import APPLICANT, read
from misure.engines.columns.inputs import Presence, ToldSheet
from misure.engines.columns.stages import Arrangement
from misure.engines.narwhals.entry import reading
from misure.engines.narwhals.frame import Frame
from misure.engines.narwhals.printer import Printed, expression, printed
from misure.program.nodes import Node, below

__all__ = ["Stages"]

_MANY = 64
"""After so many new columns those that nothing reads any more are dropped: engines carry each column through each stage, and
one of them compares each with all the others."""
_SAFE = 2**40
"""A sum that stays below this in a table as large as it may be does not pass 63 bits in any table at all."""


class Stages:
    """Works out the nodes under some roots, over the applicants (the frame "") and the records of the tables.

    `sheets` say what the frames tell, `on` is the day of the question, `frames` are as entry made them, and `again` makes that of
    the applicants once more, with the facts named alone.
    """

    def __init__(
        self, roots: Iterable[Node], sheets: Mapping[str, ToldSheet], on: int, frames: Mapping[str, Frame],
        again: Callable[[list[str]], Frame],
    ) -> None:  # fmt: skip
        self.sheets, self.on, self.frames, self.again = sheets, on, frames, again
        self.arranged = Arrangement(roots)
        self.names: dict[Node, str] = {}
        self._serial = itertools.count()

    # Stages

    def over(self) -> Frame:
        """The frame of the applicants with every step that has a name."""
        frame, arranged = self.frames[""], self.arranged
        came = frame.collect_schema().names()
        for level in arranged.levels:
            for table, gathers in arranged.gathers(level).items():
                frame = self._gathered(frame, table, gathers)
            frame = self._staged(frame, arranged.steps(level), "s", came)
        return frame

    def _staged(self, frame: Frame, steps: Sequence[Node], prefix: str, came: Sequence[str] = ()) -> Frame:
        """The frame with columns for the steps that need one; where it is told what it `came` with, without those of no more use."""
        new = 0
        for stage in self.arranged.stages(steps, self.names):
            if came and new >= _MANY:
                frame, new = self._thinned(frame, came), 0
            names = {step: self._name(prefix) for step in stage}
            frame = frame.with_columns(**{name: expression(self.text(step)) for step, name in names.items()})
            self.names.update(names)
            new += len(names)
        return self._thinned(frame, came) if came else frame

    def _thinned(self, frame: Frame, came: Sequence[str]) -> Frame:
        """The frame of the applicants with what it came with, and those steps that something is still to read."""
        roots, names = self.arranged.roots, self.names
        to_come = (arg for node in below(roots, names) for arg in node.args)
        read = {node for node in (*roots, *to_come) if node in names}
        return frame.select(*came, *(name for node, name in names.items() if node in read))

    def _name(self, prefix: str) -> str:
        return f"{prefix}{next(self._serial)}"

    # Records

    def _gathered(self, frame: Frame, table: str, gathers: Sequence[Node]) -> Frame:
        """One group-by of the table's records for all that is gathered of them, joined to the applicants."""
        values = [node.args[0] for node in gathers]
        arranged = self.arranged
        read = {node: self._name("a") for node in arranged.read_under(values)}
        records, outside = self.frames[table], dict(self.names)
        if read:
            records = _joined(records, self._told(frame, read))
            self.names |= read
        records = self._staged(records, arranged.of_records(table, values), "r")
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

    def records(self, applicants: Frame, table: str, values: Mapping[str, Node], also: Sequence[str]) -> Frame:
        """The records of a table with what is worked out of each, and some columns as they came; `applicants` are as `over` gives them."""
        arranged, outside, records = self.arranged, dict(self.names), self.frames[table]
        own = [node for node in values.values() if not node.constant and not arranged.table[node]]
        read = {node: self._name("a") for node in dict.fromkeys((*own, *arranged.read_under(list(values.values()))))}
        if read:
            told = applicants.select(APPLICANT, **{name: expression(self.text(node)) for node, name in read.items()})
            records = _joined(records, told)
            self.names |= read
        records = self._staged(records, arranged.of_records(table, values.values()), "r")
        found = records.select(APPLICANT, *also, **{name: expression(self.text(node)) for name, node in values.items()})
        self.names = outside
        return found

    def _told(self, frame: Frame, read: Mapping[Node, str]) -> Frame:
        """What records read of their applicant. Made again from what came in, where that is enough.

        An engine that needs the applicants' steps twice would keep all their columns for the second time.
        """
        if any(self.arranged.level[node] for node in read):
            return frame.select(APPLICANT, **{name: expression(self.text(node)) for node, name in read.items()})
        names, self.names = self.names, {}
        facts = [node.data[2] for node in below(read) if node.op == "column"]
        frame = self._staged(self.again(list(dict.fromkeys(facts))), list(below(read)), "a")
        told = frame.select(APPLICANT, **{name: expression(self.text(node)) for node, name in read.items()})
        self.names = names
        return told

    def _gathering(self, node: Node) -> nw.Expr:
        """What is gathered of one record; what is counted stays a truth, which engines sum faster than a number."""
        value = node.args[0]
        return expression(self.text(value.args[0] if self._counts(node) else value))

    def _counts(self, node: Node) -> bool:
        return _is_count(node) and bool(self.arranged.table[node.args[0]]) and node.args[0] not in self.names

    # Text

    def text(self, node: Node) -> Printed:
        """The node as an expression, by its column where it has one."""
        if node in self.names:
            return nw.col(self.names[node])
        if node.op == "column":
            return reading(read(node, self.on))
        unsure = any(arg.sort == "text" and self._unsure(arg) for arg in node.args)
        return printed(node, [self.text(arg) for arg in node.args], unsure=unsure)

    def _unsure(self, text: Node) -> bool:
        """Whether a text of the program is null where it is not told."""
        return self.sheets[self.arranged.table[text]].state(text.data[2]) is not Presence.ALWAYS


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
