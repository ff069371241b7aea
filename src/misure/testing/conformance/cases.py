# SPDX-License-Identifier: Apache-2.0
"""A case: one operator over facts, the applicants on whom engines are known to differ, and what is right of each."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from misure.facts.dossier import Dossier
from misure.facts.vocabulary import Fact, Kind, Table
from misure.program.nodes import Node, Nodes
from misure.testing.conformance.differences import compared
from misure.testing.conformance.door import Ends, Engine, EngineQuestion, layout_of

__all__ = ["ON", "TODAY", "Operand", "OperatorCase", "Row", "Value", "ask", "dossier_of", "leaf", "over", "question_of"]

ON = dt.date(2022, 6, 1)
TODAY = ON.toordinal()

Value: TypeAlias = "int | bool | Ends"
"""What an operator is worth: a number, a truth, or between which ends it lies where nobody can know it."""
Records: TypeAlias = tuple[tuple[tuple[Any, ...], ...], int]


@dataclass(frozen=True, slots=True)
class Operand:
    """A fact with the values that it is tried on, and all that it may be where it is not told.

    `domain` must hold the bounds of a number, and every value at which the truth of a comparison turns.
    """

    fact: Fact
    values: tuple[Any, ...]
    domain: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What one applicant tells: values in the order of the facts, and the records of the table `rows` if there is one."""

    values: tuple[Any, ...]
    records: Records | None = None

    @property
    def whole(self) -> bool:
        """Whether everything is told."""
        rows, unseen = self.records or ((), 0)
        return None not in self.values and not unseen and all(None not in row for row in rows)


@dataclass(frozen=True, slots=True, eq=False)
class OperatorCase:
    """One question to every engine: `build` makes the program of the facts and fields by their names."""

    op: str
    """The operator of the closed table whose case it is."""
    name: str
    facts: Mapping[str, Fact]
    build: Callable[[Nodes, Mapping[str, Node]], Node]
    rows: Callable[[], Iterable[Row]]
    ends: Callable[[Row, Node], Ends]
    """What is right of a row, by plain Python."""
    fields: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    items: int = 0


_SORTS = {
    Kind.NUMBER: "number", Kind.TRUTH: "truth", Kind.DATE: "date", Kind.EVENT: "event", Kind.CHOICE: "choice",
    Kind.CODE: "code", Kind.TEXT: "text",
}  # fmt: skip


def leaf(nodes: Nodes, fact: Fact, table: str = "") -> Node:
    """A fact as it stands in a program before `split`."""
    kind = _SORTS[fact.kind]
    if kind in ("number", "date", "event"):
        return nodes.given(kind, fact.name, table, least=fact.least, greatest=fact.greatest)
    return nodes.given(kind, fact.name, table)


def dossier_of(layout: Any, row: Row) -> Dossier:
    """The row as a dossier."""
    tables = () if row.records is None else (row.records,)
    return Dossier(layout, ON, row.values, tables, (), (), row.whole)


@cache
def question_of(case: OperatorCase) -> tuple[EngineQuestion, tuple[dict[str, Ends], ...]]:
    """What is asked, and what is right of each applicant."""
    nodes = Nodes()
    leaves = {name: leaf(nodes, fact) for name, fact in case.facts.items()}
    leaves |= {name: leaf(nodes, fact, "rows") for name, fact in case.fields.items()}
    node = case.build(nodes, leaves)
    tables = {"rows": Table("rows", "", "", case.items, case.fields)} if case.fields else {}
    layout = layout_of(case.facts, tables)
    rows = tuple(case.rows())
    question = EngineQuestion(case.facts, tables, ON, {"it": node}, tuple(dossier_of(layout, row) for row in rows))
    return question, tuple({"it": case.ends(row, node)} for row in rows)


def ask(case: OperatorCase, engine: Engine) -> None:
    """Ask an engine; `NotConforming` where it answers otherwise than is right."""
    question, expected = question_of(case)
    compared(engine, question, expected, case.name)


# An operator over facts alone: every combination of values, told and partly told


def over(
    op: str,
    particular: str,
    operands: Sequence[Operand],
    build: Callable[..., Node],
    meaning: Callable[..., Value],
    *,
    partly: bool = True,
) -> Iterator[OperatorCase]:
    """The case in which all is told, and the one in which something is not: then what is right is counted out."""
    facts = {operand.fact.name: operand.fact for operand in operands}

    def built(nodes: Nodes, leaves: Mapping[str, Node]) -> Node:
        return build(nodes, *(leaves[name] for name in facts))

    def ends(row: Row, node: Node) -> Ends:
        options = [
            operand.domain if value is None else (value,) for operand, value in zip(operands, row.values, strict=True)
        ]
        return hull((meaning(*values) for values in itertools.product(*options)), node)

    def whole() -> Iterator[Row]:
        return map(Row, itertools.product(*(operand.values for operand in operands)))

    def open_() -> Iterator[Row]:
        every = itertools.product(*((*operand.values, None) for operand in operands))
        return (Row(values) for values in every if None in values)

    name = f"{op}, {particular}" if particular else op
    yield OperatorCase(op, name, facts, built, whole, ends)
    if partly:
        yield OperatorCase(op, f"{name}, not all told", facts, built, open_, ends)


def hull(values: Iterable[Value], node: Node) -> Ends:
    """The ends of all that a node may be worth."""
    if node.sort == "truth":
        found = {value if isinstance(value, tuple) else (int(value), 1 - int(value)) for value in values}
        return max(yes for yes, _ in found), max(no for _, no in found)
    ends = [value if isinstance(value, tuple) else (value, value) for value in values]
    return min(low for low, _ in ends), max(high for _, high in ends)
