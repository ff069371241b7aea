# SPDX-License-Identifier: Apache-2.0
"""What one dossier's records do to an answer: which break it, which are left out of it, which one it wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from misure.engines.intervals.interpreter import Interpreter
from misure.program.nodes import GATHERING, Node, below

__all__ = ["Row", "beside", "breaking", "counting", "fields_of", "left_out", "wanted"]

Row = tuple[str, int, tuple[str, ...]]
"""A table, a record by its row, and the fields that are read of it."""


def fields_of(nodes: Iterable[Node], table: str) -> tuple[str, ...]:
    """The fields of a table that some nodes read, each once, in their order."""
    given = (node.data for node in below(nodes) if node.op == "given")
    return tuple(dict.fromkeys(name for _, home, name in given if home == table))


def breaking(reading: Interpreter, node: Node) -> tuple[Row, ...]:
    """The records that surely break a condition which must hold of all of them."""
    found: list[Row] = []
    pending = [node]
    while pending:
        part = pending.pop()
        inner = part.args[0] if part.op == "not" and part.args[0].op == "any" else part
        if part.op in ("and", "or") and not reading.ends(part)[0]:
            pending.extend(reversed(part.args))
        elif (part.op == "all" or inner is not part) and not reading.ends(part)[0]:
            table, breaks = inner.data[0], 0 if part.op == "all" else 1
            for row in reading.rows(table):
                if not reading.ends(inner.args[0])[1] and not reading.ends(inner.args[1])[breaks]:
                    found.append((table, row, fields_of(inner.args, table)))
    return tuple(dict.fromkeys(found))


def left_out(reading: Interpreter, node: Node, tables: Iterable[str]) -> tuple[Row, ...]:
    """The records of some tables that surely pass no filter of a sum or a count behind an answer, with what keeps each out."""
    found: dict[tuple[str, int], dict[str, None]] = {}
    passing: set[tuple[str, int]] = set()
    asked = frozenset(tables)
    for gathered in below([node]):
        if gathered.op not in ("sum", "count") or gathered.data[0] not in asked:
            continue
        table, test = gathered.data[0], gathered.args[0]
        for row in reading.rows(table):
            if reading.ends(test)[0]:
                passing.add((table, row))
                continue
            parts = test.args if test.op == "and" else (test,)
            failing = [part for part in parts if not reading.ends(part)[0]]
            found.setdefault((table, row), {}).update(dict.fromkeys(fields_of(failing, table)))
    return tuple((*where, tuple(fields)) for where, fields in sorted(found.items()) if where not in passing)


def counting(reading: Interpreter, node: Node, table: str) -> dict[int, bool]:
    """The rows of a table that some count behind an answer counts, or may count: each with whether some count surely does."""
    found: dict[int, bool] = {}
    for gathered in below([node]):
        if gathered.op == "count" and gathered.data[0] == table:
            for row in reading.rows(table):
                may, may_not = reading.ends(gathered.args[0])
                if may:
                    found[row] = found.get(row, False) or not may_not
    return found


def wanted(reading: Interpreter, node: Node) -> tuple[tuple[str, int | str], ...]:
    """What the one record that is picked must say, as far as that is known: `year` 2023."""
    table, test = node.data[0], node.args[0]
    found = (_equal(reading, table, part) for part in (test.args if test.op == "and" else (test,)))
    return tuple(one for one in found if one is not None)


def _equal(reading: Interpreter, table: str, test: Node) -> tuple[str, int | str] | None:
    if test.op == "one_of" and test.args[0].data[1] == table and len(test.data) == 1:
        return test.args[0].data[2], next(iter(test.data))
    if test.op != "eq":
        return None
    for field, value in (test.args, reversed(test.args)):
        if field.op == "given" and field.data[1] == table and not list(fields_of([value], table)):
            low, high = reading.ends(value)
            return (field.data[2], low) if low == high else None
    return None


def beside(reading: Interpreter, nodes: Iterable[Node]) -> Iterator[Node]:
    """The open parts of what the records of a table will be held against that read none of a record, each once, in their order.

    A branch that is certain to be left is not looked at: what only it reads is asked of nobody.
    """
    rows = _rows_below(roots := list(nodes))
    seen: set[Node] = set()

    def parts(node: Node) -> Iterator[Node]:
        if node in seen:
            return
        seen.add(node)
        if not rows[node]:
            if node.sort == "text" or reading.is_open(node):
                yield node
            return
        for arg in _live(reading, node, rows):
            yield from parts(arg)

    for root in roots:
        yield from parts(root)


def _live(reading: Interpreter, node: Node, rows: dict[Node, frozenset[str]]) -> Iterable[Node]:
    """The operands of a node that can matter, by those of them that read no record."""
    known = [arg for arg in node.args if not rows[arg]]
    if (node.op == "and" and any(not reading.ends(arg)[0] for arg in known)) or (
        node.op == "or" and any(not reading.ends(arg)[1] for arg in known)
    ):
        return ()
    if node.op == "if" and not rows[node.args[0]]:
        branches = zip(node.args[1:], reading.ends(node.args[0]), strict=True)
        return (node.args[0], *(branch for branch, live in branches if live))
    if node.op == "cases":
        pairs = list(zip(node.args[::2], node.args[1::2], strict=True))
        return [arg for guard, value in pairs if rows[guard] or reading.ends(guard)[0] for arg in (guard, value)]
    return node.args


def _rows_below(roots: Iterable[Node]) -> dict[Node, frozenset[str]]:
    """Of each node the tables of whose records it reads the one that is looked at; a count over a table reads all of them."""
    found: dict[Node, frozenset[str]] = {}
    for node in below(roots):
        tables = frozenset[str]().union(*(found[arg] for arg in node.args))
        if node.op == "given" and node.data[1]:
            tables |= {node.data[1]}
        elif node.op in GATHERING:
            tables -= {node.data[0]}
        found[node] = tables
    return found
