# SPDX-License-Identifier: Apache-2.0
"""Every operator of a split program, on the values where engines are known to differ, as the printed Python has it."""

from __future__ import annotations

import itertools

import pyarrow as pa
import pytest

from misure.engines.python.printer import printed
from misure.facts.dossier import Column, Dossier, Form
from misure.facts.vocabulary import Fact, Kind
from misure.program.nodes import LIMIT, Nodes
from misure.program.split import Pair
from tests.batch.frames import columns_of
from tests.batch.running import Bench
from tests.program.programs import ON, TODAY

EDGE = 2**31
BIG = LIMIT // 2
FACTS = {
    "x": Fact("x", Kind.NUMBER, least=-BIG, greatest=BIG),
    "y": Fact("y", Kind.NUMBER, least=-BIG, greatest=BIG),
    "n": Fact("n", Kind.NUMBER, least=-EDGE, greatest=EDGE),
    "d": Fact("d", Kind.NUMBER, least=1, greatest=EDGE),
    "p": Fact("p", Kind.TRUTH),
    "q": Fact("q", Kind.TRUTH),
    "k": Fact("k", Kind.CHOICE, choices={"a": "", "b": "", "c": ""}),
    "code": Fact("code", Kind.CODE),
    "t": Fact("t", Kind.TEXT, greatest=9),
    "u": Fact("u", Kind.TEXT, greatest=9),
}
VALUES = {
    "x": (-BIG, -EDGE - 1, -7, -1, 0, 1, 7, EDGE, BIG),
    "y": (BIG, 2, 0, -2, -BIG),
    "n": (-EDGE, -7, -1, 0, 1, 20_000, EDGE),
    "d": (1, 2, 3, 10_000, EDGE),
    "p": (True, False), "q": (True, False), "k": ("a", "b", "c"), "code": ("01", "01.1", "10.1", "62.01.00"),
    "t": ("m", "n", "à"), "u": ("m", "à"),
}  # fmt: skip
READ = {
    "add": "xy", "add a constant": "x", "sub": "xy", "sub from a constant": "x", "mul": "nd", "floordiv": "nd",
    "floordiv of a constant": "d", "floordiv by a constant": "n", "min": "xy", "min of three": "xyn", "max": "xy",
    "max with a constant": "x", "if": "pxy", "if of constants": "p", "if of large constants": "p", "if of truths": "pq",
    "le": "xy", "le a constant": "x", "constant le": "x", "eq": "xy", "eq a constant": "x", "not": "p", "and": "pq", "or": "pq",
    "one of one": "k", "one of two": "k", "within": "code", "within by two lengths": "code", "same": "tu",
    "a long sum": "p", "truth": "p", "int": "p",
}  # fmt: skip


def split(nodes, op):
    """A node of the split program over the columns as they are told."""

    def column(name):
        fact = FACTS[name]
        sort = {Kind.NUMBER: "int", Kind.TRUTH: "truth"}.get(fact.kind, "text")
        bounds = {"least": fact.least, "greatest": fact.greatest} if sort == "int" else {}
        return nodes.column("value", sort, name, **bounds)

    x, y, n, d, p, q, k, code, t, u = map(column, FACTS)
    const = nodes.const
    match op:
        case "add":
            return nodes.add(x, y)
        case "add a constant":
            return nodes.add(x, const(5))
        case "sub":
            return nodes.sub(x, y)
        case "sub from a constant":
            return nodes.sub(const(5), x)
        case "mul":
            return nodes.mul(n, d)
        case "floordiv":
            return nodes.floordiv(n, d)
        case "floordiv of a constant":
            return nodes.floordiv(const(-20_001), d)
        case "floordiv by a constant":
            return nodes.floordiv(n, const(2))
        case "min":
            return nodes.least(x, y)
        case "min of three":
            return nodes.least(x, y, n)
        case "max":
            return nodes.greatest(x, y)
        case "max with a constant":
            return nodes.greatest(x, const(0))
        case "if":
            return nodes.choose(p, x, y)
        case "if of constants":
            return nodes.choose(p, const(3), const(-3))
        case "if of large constants":
            return nodes.add(nodes.choose(p, const(EDGE - 1), const(0)), nodes.choose(p, const(EDGE - 2), const(7)))
        case "if of truths":
            return nodes.make("if", "truth", (p, q, nodes.not_(q)))
        case "le":
            return nodes.le(x, y)
        case "le a constant":
            return nodes.le(x, const(7))
        case "constant le":
            return nodes.le(const(7), x)
        case "eq":
            return nodes.eq(x, y)
        case "eq a constant":
            return nodes.eq(x, const(-BIG))
        case "not":
            return nodes.not_(p)
        case "and":
            return nodes.all_of(p, q)
        case "or":
            return nodes.any_of(p, q)
        case "one of one":
            return nodes.one_of(k, frozenset("b"))
        case "one of two":
            return nodes.one_of(k, frozenset("ac"))
        case "within":
            return nodes.within(code, frozenset({"01"}))
        case "within by two lengths":
            return nodes.within(code, frozenset({"62", "10.1", "01.1"}))
        case "same":
            return nodes.same(t, u)
        case "a long sum":
            return nodes.add(*(nodes.choose(p, const(place), const(-place)) for place in range(1, 200)))
        case "truth":
            return nodes.truth(True)
        case _:
            return const(LIMIT)


@pytest.mark.parametrize("op", READ)
def test_an_operator_is_the_same_everywhere(engine, op):
    names = ["code"] if READ[op] == "code" else list(READ[op])
    facts = {name: FACTS[name] for name in names}
    cases = list(itertools.product(*(VALUES[name] for name in names)))
    columns = {"id": pa.array(range(len(cases)), pa.int64())}
    for place, name in enumerate(names):
        columns |= columns_of(Column.of(facts[name]), [case[place] for case in cases])
    bench = Bench(engine, facts, pa.table(columns), TODAY)
    made = []

    def pick(splitting, rebuilding):
        made.append(split(splitting.nodes, op))
        return {"it": rebuilding(made[0])}

    rows = bench.work_out(pick)
    node = made[0]
    form = Form(tuple(Column.of(fact) for fact in facts.values()), ())
    run, slots = printed("operators", {"it": Pair(node, Nodes().not_(node) if node.sort == "truth" else node)}, form)
    for number, case in enumerate(cases):
        dossier = Dossier(form, ON, case, (), (), (), True)
        want = run(dossier.values, dossier.tables, TODAY)[slots["it"].first]
        assert rows[number]["it"] == want, case
