# SPDX-License-Identifier: Apache-2.0
"""In what order the nodes of a program are worked out over columns: which get a column of their own, stage by stage.

An engine of columns works out many steps at once, and reads what it has already worked out by name. A step gets a name where
it is read more than once, or by the records of a table; steps that do not wait for one another stand in one stage; and what
is gathered of the records of a table is gathered once a level. In a frame a stage adds columns, in SQL it is one more `WITH`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from misure.program.nodes import Node, below

__all__ = ["Arrangement"]

_DEEPEST = 40
"""Expressions nested deeper than this get a column: engines walk them recursively."""
_AS_IT_CAME = ("value", "not_yet", "bad")
"""Columns that cost nothing to read again."""


class Arrangement:
    """The nodes under some roots, arranged for columns."""

    def __init__(self, roots: Iterable[Node]) -> None:
        self.roots = list(roots)
        self.order = list(below(self.roots))
        """Every node, after all that it reads."""
        self.table: dict[Node, str] = {}
        """Of whose table's records each node speaks; "" for the applicant."""
        self.level: dict[Node, int] = {}
        """After how many gatherings it can be worked out."""
        self.read_by_records: set[Node] = set()
        """The nodes of the applicant that records read."""
        self._uses: dict[Node, int] = dict.fromkeys(self.order, 0)
        self._divided = {arg for node in self.order if node.op == "floordiv" for arg in node.args}
        # What SQL must have as a column, because there a division that rounds down repeats its operands.
        self._arrange()

    def _arrange(self) -> None:
        for root in self.roots:
            self._uses[root] += 1
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
                self._uses[arg] += 1

    def _read(self, node: Node) -> None:
        if not node.constant:
            self.read_by_records.add(node)

    @property
    def levels(self) -> range:
        """The levels, from what is worked out before anything is gathered."""
        return range(max(self.level.values(), default=0) + 1)

    def gathers(self, level: int) -> dict[str, list[Node]]:
        """What is gathered before a level is worked out, by table."""
        found: dict[str, list[Node]] = {}
        for node in self.order:
            if self.level[node] == level and node.op.startswith("gather_"):
                found.setdefault(str(node.data[0]), []).append(node)
        return found

    def steps(self, level: int) -> list[Node]:
        """What is worked out of the applicant at a level, in order."""
        return [
            node
            for node in self.order
            if self.level[node] == level and not self.table[node] and not node.op.startswith("gather_")
        ]

    def of_records(self, table: str, values: Iterable[Node]) -> list[Node]:
        """What is worked out of the records of a table under some values, in order; not what is beneath what they read of their applicant."""
        return [node for node in below(values, self.read_by_records) if self.table[node] == table]

    def read_under(self, values: Collection[Node]) -> list[Node]:
        """What records read of their applicant under some values: what is beneath that was worked out before, and may be gone."""
        reached = (arg for node in below(values, self.read_by_records) for arg in node.args)
        read = dict.fromkeys((*values, *reached))
        return [node for node in read if node in self.read_by_records and not self.table[node]]

    def stages(self, steps: Sequence[Node], named: Collection[Node]) -> list[list[Node]]:
        """The steps that need a column, in as few stages as their order allows; `named` have one already."""
        wanted = {step for step in steps if self._needs_name(step, named)}
        stages: list[list[Node]] = []
        stage_of: dict[Node, int] = {}
        depth: dict[Node, int] = {}
        within = set(steps)
        for step in steps:
            before = [arg for arg in step.args if arg in within]
            stage_of[step] = max((stage_of[arg] + (arg in wanted) for arg in before), default=0)
            depth[step] = 1 + max((0 if arg in wanted else depth[arg] for arg in before), default=0)
            if depth[step] > _DEEPEST and step not in wanted and step.args:
                wanted.add(step)
            if step in wanted:
                depth[step] = 0
                while len(stages) <= stage_of[step]:
                    stages.append([])
                stages[stage_of[step]].append(step)
        return [stage for stage in stages if stage]

    def _needs_name(self, node: Node, named: Collection[Node]) -> bool:
        if node.constant or node in named or self._plain(node, named):
            return False
        return self._uses[node] > 1 or node in self._divided

    def _plain(self, node: Node, named: Collection[Node]) -> bool:
        """Whether reading the node again costs next to nothing: a column as it came, or the negation of a column."""
        if node.op == "not":
            return self._plain(node.args[0], named) or node.args[0] in named or self._uses[node.args[0]] > 1
        return node.op == "column" and node.data[0] in _AS_IT_CAME
