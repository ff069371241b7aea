# SPDX-License-Identifier: Apache-2.0
"""The split program printed as Python: one function of the validated facts, one loop for each table.

The source is printed from the closed set of nodes only, never from the text of a file; every name is prefixed; constants
that are not integers go through the namespace; builtins are reduced to what is used.
"""

from __future__ import annotations

import itertools
import linecache
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from misure.facts.dossier import Layout
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.ground.money import portion
from misure.program.civil import FUNCTIONS
from misure.program.groups import Group, records_of, single_undertaking
from misure.program.nodes import Node, below
from misure.program.split import Pair

__all__ = ["Slot", "printed"]

_serial = itertools.count(1)
_INFIX = {"add": " + ", "sub": " - ", "mul": " * ", "floordiv": " // ", "le": " <= ", "eq": " == ", "and": " and ",
          "or": " or ", "same": " == "}  # fmt: skip
_DEEPEST = 12
"""Expressions nested deeper than this get a name of their own: Python's parser is not asked for more."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an output stands in the returned tuple. A truth is 0, 1 or 2 (unknown); a range has two places."""

    kind: str
    first: int
    second: int


def _variable(prefix: str, name: str) -> str:
    """The variable of a fact, a field or a table. Its name is declared somewhere; that it is one is asked once more here."""
    if not (name.isascii() and name.isidentifier()):
        raise ValueError(f"{name!r} is no name that a program can use")
    return prefix + name


def _builtins() -> dict[str, Any]:
    own = {"g_step": bisect_right, "g_relations": records_of, "g_group": single_undertaking, "g_portion": portion}
    return {"__builtins__": {"min": min, "max": max}} | own | {f"g_{name}": call for name, call in FUNCTIONS.items()}


def printed(
    name: str, outputs: Mapping[str, Pair], layout: Layout
) -> tuple[Callable[[tuple[Any, ...], tuple[Any, ...], int], tuple[Any, ...]], dict[str, Slot]]:
    """The function of (values, tables, on) that works out the outputs, and where each stands in what it returns."""
    printer = _Printer(layout)
    slots: dict[str, Slot] = {}
    returned: list[str] = []
    roots = [node for pair in outputs.values() for node in (pair.first, pair.second)]
    printer.arrange(roots)
    printer.emit()
    for key, pair in outputs.items():
        place = len(returned)
        if pair.first.sort == "truth":
            yes = printer.text(pair.first)
            returned.append(
                f"1 if {yes} else 0" if pair.exact else f"(2 if {printer.text(pair.second)} else 1) if {yes} else 0"
            )
            slots[key] = Slot("truth", place, place)
        elif pair.exact:
            returned.append(printer.text(pair.first))
            slots[key] = Slot("exact", place, place)
        else:
            returned += [printer.text(pair.first), printer.text(pair.second)]
            slots[key] = Slot("range", place, place + 1)
    source = printer.source(returned)
    filename = f"<misure {name} #{next(_serial)}>"
    code: CodeType = compile(source, filename, "exec")
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace = _builtins() | printer.constants
    exec(code, namespace)
    return namespace["decide"], slots


class _Printer:
    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.constants: dict[str, Any] = {}
        self.names: dict[Node, str] = {}
        self.lines: list[str] = []
        self.fields: dict[str, set[str]] = {}
        self.facts: set[str] = set()
        self.groups: dict[Group, int] = {}
        self._constant_names: dict[object, str] = {}
        self._serial = itertools.count()

    # Arrangement: which table's record each node speaks of, and after which loops it can be worked out

    def arrange(self, roots: Sequence[Node]) -> None:
        self.order = list(below(roots))
        self.table: dict[Node, str] = {}
        self.level: dict[Node, int] = {}
        self.uses: dict[Node, int] = dict.fromkeys(self.order, 0)
        for root in roots:
            self.uses[root] += 1
        for node in self.order:
            if node.op.startswith("gather_"):
                self.table[node] = ""
                self.level[node] = max((self.level[arg] for arg in node.args), default=0) + 1
            elif node.op == "column":
                part, table, _ = node.data
                self.table[node] = "" if part == "unseen" else table
                self.level[node] = 0
            else:
                self.table[node] = next((self.table[arg] for arg in node.args if self.table[arg]), "")
                self.level[node] = max((self.level[arg] for arg in node.args), default=0)
            for arg in node.args:
                self.uses[arg] += 1

    def emit(self) -> None:
        for level in range(max(self.level.values(), default=0) + 1):
            gathers: dict[str, list[Node]] = {}
            for node in self.order:
                if self.level[node] == level and node.op.startswith("gather_"):
                    gathers.setdefault(str(node.data[0]), []).append(node)
            for table, found in gathers.items():
                self._loop(table, found)
            for node in self.order:
                if self.level[node] == level and not self.table[node] and not node.op.startswith("gather_"):
                    self._name(node, "    ", self.lines)

    def _name(self, node: Node, indent: str, lines: list[str]) -> None:
        """Give a name to what is used twice, or nested too deep."""
        if node.constant or (node.op == "column" and node.data[0] == "value"):
            return
        if self.uses[node] > 1 or self._depth(node) > _DEEPEST:
            text = self.text(node)
            self.names[node] = name = f"v{next(self._serial)}"
            lines.append(f"{indent}{name} = {text}")

    def _depth(self, node: Node) -> int:
        if node in self.names or not node.args:
            return 0
        return 1 + max(self._depth(arg) for arg in node.args)

    def _loop(self, table: str, gathers: list[Node]) -> None:
        inside = [n for n in below([g.args[0] for g in gathers]) if self.table[n] == table and n not in self.names]
        outer = dict(self.names)
        body: list[str] = []
        for node in gathers:
            self.names[node] = name = f"v{next(self._serial)}"
            outer[node] = name
            self.lines.append(f"    {name} = {node.data[1]}")
        for node in inside:
            self._name(node, "        ", body)
        for node in gathers:
            self._accumulate(node, body)
        columns = next(t for t in self.layout.tables if t.name == table).columns
        used = self.fields.get(table, set())
        record = ", ".join(_variable("r_", column.name) if column.name in used else "_" for column in columns)
        self.lines.append(f"    for {record}{',' if len(columns) == 1 else ''} in {_variable('t_', table)}:")
        self.lines += body
        # Names given inside the loop speak of the last record only: forget them.
        self.names = {node: name for node, name in self.names.items() if node in outer}

    def _accumulate(self, node: Node, body: list[str]) -> None:
        total, value = self.names[node], node.args[0]
        if node.op != "gather_sum":
            sign = "<" if node.op == "gather_min" else ">"
            text = self.text(value)
            body += [f"        w = {text}", f"        if w {sign} {total}: {total} = w"]
        elif value.op == "if" and value not in self.names and value.args[2].op == "int" and value.args[2].lo == 0:
            body += [f"        if {self.text(value.args[0])}: {total} += {self.text(value.args[1])}"]
        else:
            body += [f"        {total} += {self.text(value)}"]

    # Text

    def _constant(self, value: object) -> str:
        name = self._constant_names.get(value)
        if name is None:
            name = self._constant_names[value] = f"k{len(self.constants)}"
            self.constants[name] = value
        return name

    def text(self, node: Node) -> str:
        """The node as an expression, by its name where it has one."""
        if node in self.names:
            return self.names[node]
        args = node.args
        match node.op:
            case "int":
                return str(node.lo) if node.lo >= 0 else f"({node.lo})"
            case "truth":
                return "(1 == 1)" if node.data else "(1 == 0)"
            case "column":
                return self._column(node)
            case "not":
                return f"(not {self.text(args[0])})"
            case "if":
                return f"({self.text(args[1])} if {self.text(args[0])} else {self.text(args[2])})"
            case "min" | "max":
                return f"{node.op}({', '.join(map(self.text, args))})"
            case "one_of":
                options = node.data
                assert isinstance(options, frozenset)
                if len(options) == 1:
                    return f"({self.text(args[0])} == {self._constant(next(iter(options)))})"
                return f"({self.text(args[0])} in {self._constant(options)})"
            case "within":
                assert isinstance(node.data, frozenset)
                return f"({self.text(args[0])} or {self._constant('')}).startswith({self._constant(tuple(sorted(node.data)))})"
            case "pick":
                breaks, values = map(self._constant, node.data)
                return f"{values}[g_step({breaks}, {self.text(args[0])})]"
            case "wide":
                whole = 10**node.data
                return f"((2 * {self.text(args[0])} * {self.text(args[1])} + {whole}) // {2 * whole})"
            case "portion":
                amount, part, whole = map(self.text, args)
                divisor, half = node.data
                return f"g_portion({amount}, {part}, {whole}, {divisor}, half={self._constant(half)})"
            case op if op in FUNCTIONS:
                return f"g_{op}({', '.join(map(self.text, args))})"
            case op:
                return f"({_INFIX[op].join(map(self.text, args))})"

    def _column(self, node: Node) -> str:
        part, table, name = node.data
        if part == "on":
            return "on"
        if part == "unseen":
            return _variable("u_", table)
        if part in ("member_sure", "member_possible"):
            return self._member(part, table, name)
        if table:
            self.fields.setdefault(table, set()).add(name)
            said = _variable("r_", name)
        else:
            self.facts.add(name)
            said = _variable("f_", name)
        match part:
            case "value":
                return said
            case "lo":
                return f"({node.lo} if {said} is None else {said})"
            case "hi":
                return f"({node.hi} if {said} is None else {said})"
            case "day_lo":
                return f"({FIRST_DAY} if {said} is None else {said} or on)"
            case "day_hi":
                return f"({said} or {LAST_DAY})"
            case "happened_yes":
                return f"({said} != 0)"
            case "happened_no":
                return f"(not {said})"
            case "yes":
                return f"({said} is not k_false)"
            case "no":
                return f"({said} is not k_true)"
            case _:
                return f"({said} is None)"

    def _member(self, part: str, table: str, group: Group) -> str:
        """Whether the record's beneficiary is of a group, which is worked out once before the records are read."""
        number = self.groups.setdefault(group, len(self.groups))
        self.facts.add(group.undertaking)
        self.fields.setdefault(table, set()).add(group.beneficiary)
        said = _variable("r_", group.beneficiary)
        if part == "member_sure":
            return f"({said} in m{number}_sure)"
        return f"({said} is None or {said} not in m{number}_apart)"

    def _groups(self) -> Iterator[str]:
        """The lines that work out the groups."""
        for group, number in self.groups.items():
            columns = next(t for t in self.layout.tables if t.name == group.controls).columns
            names = self._constant(tuple(column.name for column in columns))
            controls, unseen = _variable("t_", group.controls), _variable("u_", group.controls)
            relations = f"g_relations({self._constant(group)}, {names}, {controls})"
            yield (
                f"    m{number}_sure, m{number}_apart = "
                f"g_group({_variable('f_', group.undertaking)}, {relations}, {unseen})"
            )

    def source(self, returned: Sequence[str]) -> str:
        """The whole function."""
        self.constants |= {"k_false": False, "k_true": True}
        heads = []
        if self.layout.inputs:
            values = ", ".join(_variable("f_", c.name) if c.name in self.facts else "_" for c in self.layout.inputs)
            heads.append(f"    {values}{',' if len(self.layout.inputs) == 1 else ''} = values")
        if self.layout.tables:
            tables = ", ".join(f"({_variable('t_', t.name)}, {_variable('u_', t.name)})" for t in self.layout.tables)
            heads.append(f"    {tables}{',' if len(self.layout.tables) == 1 else ''} = tables")
        body = "".join(f"{line}\n" for line in [*heads, *self._groups(), *self.lines])
        return f"def decide(values, tables, on):\n{body}    return ({', '.join(returned)}{',' if returned else ''})\n"
