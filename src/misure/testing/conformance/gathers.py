# SPDX-License-Identifier: Apache-2.0
"""Cases of what is gathered over the records of a table: none, one, two; passing, perhaps, not told, not all of them told."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from misure.facts.vocabulary import Fact, Kind
from misure.program.nodes import Node, Nodes
from misure.testing.conformance.cases import Operand, OperatorCase, Row, Value, hull
from misure.testing.conformance.door import Ends

__all__ = ["gathers"]

_EDGE = 2**31
MOST = 2
"""The most records of a table."""

_FIELDS = {
    "v": Operand(Fact("v", Kind.NUMBER, least=-_EDGE, greatest=_EDGE), (-_EDGE, -1, 0, _EDGE), (-_EDGE, -1, 0, _EDGE)),
    "s": Operand(Fact("s", Kind.TRUTH), (True, False), (True, False)),
    "r": Operand(Fact("r", Kind.TRUTH), (True, False), (True, False)),
    "u": Operand(Fact("u", Kind.TEXT, greatest=9), ("m", "à"), ("m", "à", "z")),
}
_FACTS = {
    "x": Operand(Fact("x", Kind.NUMBER, least=-_EDGE, greatest=_EDGE), (-1, _EDGE), (-_EDGE, -1, 0, _EDGE)),
    "t": Operand(Fact("t", Kind.TEXT, greatest=9), ("m", "à"), ("m", "à", "z")),
}

Record = Mapping[str, Any]
Build = Callable[[Nodes, Mapping[str, Node]], Node]


def _all(nodes: Nodes, leaves: Mapping[str, Node]) -> Node:  # noqa: ARG001 - one of the tests that a record may pass
    return nodes.truth(True)


def _s(_: Nodes, leaves: Mapping[str, Node]) -> Node:
    return leaves["s"]


def _v(_: Nodes, leaves: Mapping[str, Node]) -> Node:
    return leaves["v"]


def _gather(how: str, passes: Build, value: Build | None = None) -> Build:
    """An aggregate before `split`, with the bounds that lowering gives it."""

    def build(nodes: Nodes, leaves: Mapping[str, Node]) -> Node:
        test = passes(nodes, leaves)
        if value is None:
            return nodes.make(how, "int", (test,), ("rows", MOST), 0, MOST)
        of = value(nodes, leaves)
        if how in ("any", "all"):
            return nodes.make(how, "truth", (test, of), ("rows", MOST))
        lo, hi = (min(0, of.lo * MOST), max(0, of.hi * MOST)) if how == "sum" else (of.lo, of.hi)
        return nodes.make(how, "int", (test, of), ("rows", MOST), lo, hi)

    return build


def _undefined(values: list[int], pick: Callable[[list[int]], int]) -> Value:
    """What is picked; where there is nothing to pick from, anything that a record may hold."""
    return pick(values) if values else (-_EDGE, _EDGE)


def _only(values: list[int]) -> Value:
    return values[0] if len(values) == 1 else (-_EDGE, _EDGE)


@dataclass(frozen=True, slots=True)
class _Aggregate:
    op: str
    particular: str
    fields: str
    build: Build
    meaning: Callable[..., Value]
    facts: str = ""
    partly: bool = True
    """Whether intervals are exact where something is not told: not where one record is read twice."""
    told_facts: bool = False
    """Whether the applicant tells all facts: a text that is not told may be any text, of each record anew."""


_AGGREGATES = (
    _Aggregate("column", "a field, and records that are not told", "s", _gather("count", _s),
               lambda rows: sum(row["s"] for row in rows)),
    _Aggregate("gather_sum", "how many records", "s", _gather("count", _all), len),
    _Aggregate("gather_sum", "", "v", _gather("sum", _all, _v), lambda rows: sum(row["v"] for row in rows)),
    _Aggregate("gather_sum", "of those that pass", "vs", _gather("sum", _s, _v),
               lambda rows: sum(row["v"] for row in rows if row["s"])),
    _Aggregate("gather_sum", "of a constant", "s", _gather("sum", _all, lambda n, _: n.const(-3)), lambda rows: -3 * len(rows)),
    _Aggregate("gather_sum", "whether any", "rs", _gather("any", _s, lambda _, given: given["r"]),
               lambda rows: any(row["r"] for row in rows if row["s"])),
    _Aggregate("gather_sum", "whether all", "rs", _gather("all", _s, lambda _, given: given["r"]),
               lambda rows: all(row["r"] for row in rows if row["s"])),
    _Aggregate("gather_sum", "records that read the applicant's number", "v",
               _gather("count", lambda n, given: n.le(given["v"], given["x"])),
               lambda rows, x: sum(row["v"] <= x for row in rows), "x"),
    _Aggregate("gather_sum", "records that read the applicant's text", "u",
               _gather("count", lambda n, given: n.same(given["u"], given["t"])),
               lambda rows, t: sum(row["u"] == t for row in rows), "t", told_facts=True),
    _Aggregate("gather_sum", "how many have the least", "vs",
               _gather("count", lambda n, given: n.le(given["v"], _gather("min_of", _all, _v)(n, given))),
               lambda rows: sum(row["v"] == min(one["v"] for one in rows) for row in rows), partly=False),
    _Aggregate("gather_min", "", "v", _gather("min_of", _all, _v), lambda rows: _undefined([row["v"] for row in rows], min)),
    _Aggregate("gather_min", "of those that pass", "vs", _gather("min_of", _s, _v),
               lambda rows: _undefined([row["v"] for row in rows if row["s"]], min)),
    _Aggregate("gather_min", "the only one that passes", "vs", _gather("only", _s, _v),
               lambda rows: _only([row["v"] for row in rows if row["s"]])),
    _Aggregate("gather_max", "", "v", _gather("max_of", _all, _v), lambda rows: _undefined([row["v"] for row in rows], max)),
    _Aggregate("gather_max", "of those that pass", "vs", _gather("max_of", _s, _v),
               lambda rows: _undefined([row["v"] for row in rows if row["s"]], max)),
    _Aggregate("gather_max", "the only one that passes", "v", _gather("only", _all, _v),
               lambda rows: _only([row["v"] for row in rows])),
)  # fmt: skip


def gathers() -> Iterator[OperatorCase]:
    """Every case."""
    for one in _AGGREGATES:
        name = f"{one.op}, {one.particular}" if one.particular else one.op
        yield _case(one, name, whole=True)
        if one.partly:
            yield _case(one, f"{name}, not all told", whole=False)


def _case(one: _Aggregate, name: str, *, whole: bool) -> OperatorCase:
    fields, facts = ([of[letter] for letter in letters] for of, letters in ((_FIELDS, one.fields), (_FACTS, one.facts)))

    def rows() -> Iterator[Row]:
        every = (
            Row(values, table)
            for values in _combined(facts, none=not whole and not one.told_facts)
            for table in _tables(fields, none=not whole)
        )
        return (row for row in every if row.whole is whole)

    def ends(row: Row, node: Node) -> Ends:
        return hull((one.meaning(records, *values) for records, values in _completed(row, fields, facts)), node)

    named = {operand.fact.name: operand.fact for operand in facts}
    return OperatorCase(one.op, name, named, one.build, rows, ends, {o.fact.name: o.fact for o in fields}, MOST)


def _combined(operands: Iterable[Operand], *, none: bool) -> Iterator[tuple[Any, ...]]:
    return itertools.product(*((*operand.values, None) if none else operand.values for operand in operands))


def _tables(fields: list[Operand], *, none: bool) -> Iterator[tuple[tuple[tuple[Any, ...], ...], int]]:
    """Tables of up to so many records, known whole or not; their order says nothing, so one order is enough."""
    records = list(_combined(fields, none=none))
    for size in range(MOST + 1):
        for chosen in itertools.combinations_with_replacement(records, size):
            yield chosen, 0
            if none and size < MOST:
                yield chosen, MOST - size


def _completed(row: Row, fields: list[Operand], facts: list[Operand]) -> Iterator[tuple[list[Record], tuple[Any, ...]]]:
    """Every way of telling what is not told."""
    told, unseen = row.records or ((), 0)
    names = [operand.fact.name for operand in fields]
    for more in range(unseen + 1):
        options = [list(_ways(fields, record)) for record in [*told, *[(None,) * len(fields)] * more]]
        for values in _ways(facts, row.values):
            for chosen in itertools.product(*options):
                yield [dict(zip(names, record, strict=True)) for record in chosen], values


def _ways(operands: list[Operand], told: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    return itertools.product(
        *(operand.domain if value is None else (value,) for operand, value in zip(operands, told, strict=True))
    )
