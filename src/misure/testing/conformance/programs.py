# SPDX-License-Identifier: Apache-2.0
"""Small random programs over the facts of `applicants`, of the operators that an engine knows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from hypothesis import reject
from hypothesis import strategies as st

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.program.civil import ROLLS
from misure.program.nodes import Node, Nodes, TooLarge
from misure.program.steps import Steps
from misure.testing.conformance.applicants import DATES, FIELDS, MOST, NUMBERS
from misure.testing.conformance.cases import TODAY
from misure.testing.conformance.ways import NEEDS

__all__ = ["programs"]

T = TypeVar("T")


class Draft:
    """Draws nodes. `table` is the table on whose record the expression stands, "" outside."""

    def __init__(self, draw: st.DrawFn, nodes: Nodes, known: Collection[str]) -> None:
        self.draw, self.nodes, self.known = draw, nodes, frozenset(known)

    def one(self, options: Sequence[T]) -> T:
        return self.draw(st.sampled_from(options))

    def way(self, options: Sequence[str]) -> str:
        """One of the ways for which the engine has the operators."""
        return self.one([option for option in options if self.known.issuperset(NEEDS.get(option, ()))])

    def number(self, depth: int, table: str = "") -> Node:
        if depth == 0 or self.one([False, False, True]):
            return self.number_leaf(table)
        ops = [
            "add",
            "sub",
            "mul",
            "divide",
            "least",
            "greatest",
            "choose",
            "cases",
            "guard",
            "day",
            "steps",
            "wide",
            "portion",
        ]
        if not table:
            ops += ["count", "sum", "only", "min_of", "max_of"] * 2
        made: Node = getattr(self, "_" + self.way(ops))(depth - 1, table)
        return made

    def number_leaf(self, table: str) -> Node:
        nodes = self.nodes
        kind = self.one(["fact", "fact", "constant", "open"] + ["field"] * (3 if table else 0))
        if kind == "constant":
            return nodes.const(self.one(range(-2, 4)))
        if kind == "open":
            return nodes.given("open", self.one(["o1@1", "o2@1"]), least=-1, greatest=1)
        names = FIELDS if kind == "field" else NUMBERS
        name = self.one(sorted(names))
        least, greatest = names[name]
        return nodes.given("number", name, table if kind == "field" else "", least=least, greatest=greatest)

    def day(self) -> Node:
        nodes = self.nodes
        date = nodes.given("date", "d", least=DATES[0], greatest=DATES[-1])
        event = nodes.given("event", "e", least=FIRST_DAY, greatest=LAST_DAY)
        on = nodes.given("on", "on", least=1, greatest=3_652_059)
        match self.way(["date", "event", "event", "on", "months", "roll", "working"]):
            case "date":
                return date
            case "event":
                return event
            case "on":
                return on
            case "months":
                return nodes.make("add_months", "int", (date, nodes.const(1)), None, date.lo - 31, date.hi + 62)
            case "working":
                few = nodes.given("number", "b", least=0, greatest=3)
                return nodes.make("add_working", "int", (date, few), None, date.lo - 40, date.hi + 46)
            case _:
                way = self.one(sorted(ROLLS))
                return nodes.make(way, "int", (date,), None, date.lo - 6, date.hi + 6)

    def _day(self, _depth: int, _table: str) -> Node:
        nodes = self.nodes
        day = self.day()
        if self.way(["year", "since"]) == "year":
            return nodes.make("year", "int", (day,), None, 1899, 2200)
        return nodes.sub(day, nodes.const(TODAY))

    def _add(self, depth: int, table: str) -> Node:
        return self.nodes.add(*(self.number(depth, table) for _ in range(self.one([2, 3]))))

    def _sub(self, depth: int, table: str) -> Node:
        return self.nodes.sub(self.number(depth, table), self.number(depth, table))

    def _mul(self, depth: int, table: str) -> Node:
        return self.nodes.mul(self.number(depth, table), self.number(depth, table))

    def _divide(self, depth: int, table: str) -> Node:
        divisor = self.nodes.greatest(self.number(depth, table), self.nodes.const(1))
        return self.nodes.floordiv(self.number(depth, table), divisor)

    def _steps(self, depth: int, table: str) -> Node:
        """Values that stand from one key to the next; now and then nobody knows one of them."""
        key = self.day() if self.one([True, False]) else self.number(depth, table)
        middle = self.one(DATES) if key.lo > 1000 else self.one([-1, 0, 1, 2])
        breaks = (middle, middle + self.one([1, 2, 400]))
        lows = tuple(self.one([-2, 0, 1, 3]) for _ in range(3))
        highs = tuple(low + self.one([0, 0, 0, 2]) for low in lows)
        return self.nodes.steps(key, Steps("s", breaks, lows, highs))

    def _wide(self, depth: int, table: str) -> Node:
        """A product that passes 63 bits on the way, brought back to a small number by its decimals."""
        nodes = self.nodes
        few = nodes.least(nodes.greatest(self.number(depth, table), nodes.const(0)), nodes.const(9))
        amount = nodes.add(
            nodes.mul(few, nodes.const(self.one([1, 7, 10**9 + 7]))), nodes.const(self.one([0, 3, 10**11]))
        )
        other = nodes.least(nodes.greatest(self.number(depth, table), nodes.const(0)), nodes.const(3))
        factor = nodes.add(
            nodes.mul(other, nodes.const(123_456_789_012_345_678)),
            nodes.const(self.one([0, 5 * 10**16, 49_999_999_999_999_999])),
        )
        rounded = nodes.wide(amount, factor, 17)
        return nodes.floordiv(rounded, nodes.const(10**10)) if rounded.hi > 10**10 else rounded

    def _portion(self, depth: int, table: str) -> Node:
        """What of an amount falls to a part of a whole."""
        nodes = self.nodes
        amount, part, whole = (nodes.greatest(self.number(depth, table), nodes.const(least)) for least in (0, 0, 1))
        amount = nodes.least(amount, nodes.const(10**6))
        whole = nodes.least(whole, nodes.const(10**6))
        return nodes.portion(amount, part, whole, self.one([1, 3]), half=self.one([True, False]))

    def _least(self, depth: int, table: str) -> Node:
        return self.nodes.least(self.number(depth, table), self.number(depth, table))

    def _greatest(self, depth: int, table: str) -> Node:
        return self.nodes.greatest(self.number(depth, table), self.number(depth, table))

    def _choose(self, depth: int, table: str) -> Node:
        return self.nodes.choose(self.truth(depth, table), self.number(depth, table), self.number(depth, table))

    def _guards(self, depth: int, table: str) -> tuple[list[Node], tuple[str, bool]]:
        """One to three cases, which may overlap; with a last one for where no other is live, or without."""
        guards = [self.truth(depth, table) for _ in range(self.one([1, 2]))]
        whole = self.one([True, True, False])
        if whole:
            guards.append(self.nodes.not_(self.nodes.any_of(*guards)))
        return guards, ("", whole)

    def _cases(self, depth: int, table: str) -> Node:
        guards, data = self._guards(depth, table)
        flat = [part for guard in guards for part in (guard, self.number(depth, table))]
        lo, hi = min(value.lo for value in flat[1::2]), max(value.hi for value in flat[1::2])
        return self.nodes.make("cases", "int", tuple(flat), data, lo, hi)

    def _guard(self, depth: int, table: str) -> Node:
        divisor, value = self.number(depth, table), self.number(depth, table)
        sound = self.nodes.le(self.nodes.const(1), divisor)
        return self.nodes.make("guard", "int", (value, sound), None, value.lo, value.hi)

    def _filter(self, depth: int) -> Node:
        return self.one([self.nodes.truth(True), self.truth(depth, "rows"), self.truth(depth, "rows")])

    def _count(self, depth: int, _table: str) -> Node:
        return self.nodes.make("count", "int", (self._filter(depth),), ("rows", MOST), 0, MOST)

    def _sum(self, depth: int, _table: str) -> Node:
        value = self.number(depth, "rows")
        lo, hi = min(0, value.lo * MOST), max(0, value.hi * MOST)
        return self.nodes.make("sum", "int", (self._filter(depth), value), ("rows", MOST), lo, hi)

    def _picked(self, op: str, depth: int) -> Node:
        value = self.number(depth, "rows")
        return self.nodes.make(op, "int", (self._filter(depth), value), ("rows", MOST), value.lo, value.hi)

    def _only(self, depth: int, _table: str) -> Node:
        return self._picked("only", depth)

    def _min_of(self, depth: int, _table: str) -> Node:
        return self._picked("min_of", depth)

    def _max_of(self, depth: int, _table: str) -> Node:
        return self._picked("max_of", depth)

    def truth(self, depth: int, table: str = "") -> Node:
        nodes = self.nodes
        if depth == 0 or self.one([False, False, True]):
            return self.truth_leaf(table)
        below = depth - 1
        ops = ["le", "lt", "eq", "not", "and", "or", "if", "cases", "guard", "days"] + ["any", "all"] * (
            0 if table else 2
        )
        match self.way(ops):
            case "le":
                return nodes.le(self.number(below, table), self.number(below, table))
            case "lt":
                return nodes.lt(self.number(below, table), self.number(below, table))
            case "eq":
                return nodes.eq(self.number(below, table), self.number(below, table))
            case "not":
                return nodes.not_(self.truth(below, table))
            case "and":
                return nodes.all_of(self.truth(below, table), self.truth(below, table))
            case "or":
                return nodes.any_of(self.truth(below, table), self.truth(below, table))
            case "if":
                return nodes.choose(self.truth(below, table), self.truth(below, table), self.truth(below, table))
            case "cases":
                guards, data = self._guards(below, table)
                flat = [part for guard in guards for part in (guard, self.truth(below, table))]
                return nodes.make("cases", "truth", tuple(flat), data)
            case "guard":
                value, sound = self.truth(below, table), nodes.le(nodes.const(1), self.number(below, table))
                return nodes.make("guard", "truth", (value, sound))
            case "days":
                return nodes.le(self.day(), self.day())
            case op:
                return nodes.make(op, "truth", (self._filter(below), self.truth(below, "rows")), ("rows", MOST))

    def truth_leaf(self, table: str) -> Node:
        nodes = self.nodes
        match self.way(["p", "q", "happened", "choice", "code", "text"] + ["field", "field"] * (1 if table else 0)):
            case "happened":
                return nodes.given("happened", "e")
            case "choice":
                options = frozenset(self.one([["x"], ["x", "y"], ["z"]]))
                return nodes.one_of(nodes.given("choice", "k"), options)
            case "code":
                return nodes.within(nodes.given("code", "code"), frozenset({"01"}))
            case "text" if table:
                return nodes.same(nodes.given("text", "u", table), nodes.given("text", "t"))
            case "text":
                return nodes.one_of(nodes.given("choice", "k"), frozenset({"y"}))
            case "field":
                return nodes.given("truth", "s", table)
            case name:
                return nodes.given("truth", name)


@st.composite
def programs(draw: st.DrawFn, known: Collection[str], depth: int = 3) -> Node:
    """A number or a truth, before `split`, of the operators that are known; none that could pass 63 bits."""
    draft = Draft(draw, Nodes(), known)
    try:
        return draft.number(depth) if draw(st.booleans()) else draft.truth(depth)
    except TooLarge:
        reject()
