# SPDX-License-Identifier: Apache-2.0
"""Cases of the operators on numbers, truths and texts, and of all that a fact can be, at the edges of 31 and of 63 bits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind
from misure.program.nodes import LIMIT, Node, Nodes
from misure.testing.conformance.cases import TODAY, Operand, OperatorCase, Value, over

__all__ = ["operators"]

EDGE = 2**31
BIG = LIMIT // 2
ODD = BIG - 1
"""A number that no binary float holds."""

_VALUES = {
    "x": (-BIG, -EDGE - 1, -7, -1, 0, 1, 7, EDGE, ODD, BIG), "y": (BIG, ODD, 2, 0, -2, -BIG),
    "n": (-EDGE, -7, -1, 0, 1, 20_000, EDGE), "d": (1, 2, 3, 10_000, EDGE),
}  # fmt: skip
_BOUNDS = {"x": (-BIG, BIG), "y": (-BIG, BIG), "n": (-EDGE, EDGE), "d": (1, EDGE)}
_EVERY = sorted({value for values in _VALUES.values() for value in values})


def _number(name: str) -> Operand:
    least, greatest = _BOUNDS[name]
    fact = Fact(name, Kind.NUMBER, least=least, greatest=greatest)
    return Operand(fact, _VALUES[name], tuple(value for value in _EVERY if least <= value <= greatest))


def _same(fact: Fact, *values: object) -> Operand:
    return Operand(fact, values, values)


_CODES = ("01", "01.1", "10.1", "62.01.00", "01.2", "0")
_TEXTS = ("m", "n", "à", "a", "M", "mm")
OPERANDS = {
    **{name: _number(name) for name in _VALUES},
    "p": _same(Fact("p", Kind.TRUTH), True, False),
    "q": _same(Fact("q", Kind.TRUTH), True, False),
    "k": _same(Fact("k", Kind.CHOICE, choices={"a": "", "b": "", "c": ""}), "a", "b", "c"),
    "c": _same(Fact("c", Kind.CODE), *_CODES),
    "t": _same(Fact("t", Kind.TEXT, greatest=9), *_TEXTS),
    "u": _same(Fact("u", Kind.TEXT, greatest=9), *_TEXTS),
    "l": Operand(
        Fact("l", Kind.DATE, least=FIRST_DAY, greatest=LAST_DAY),
        (FIRST_DAY, TODAY - 1, TODAY, LAST_DAY), (FIRST_DAY, LAST_DAY),
    ),
    "e": Operand(
        Fact("e", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY),
        (0, FIRST_DAY, TODAY - 1, TODAY), (0, FIRST_DAY, TODAY),
    ),
}  # fmt: skip
"""By one letter each, so that a line below reads as a table."""


def _on(n: Nodes) -> Node:
    return n.given("on", "on", least=1, greatest=3_652_059)


def _open(n: Nodes) -> Node:
    return n.given("open", "o@1", least=-1, greatest=1)


def _signed(n: Nodes, p: Node) -> Node:
    return n.add(*(n.choose(p, n.const(place), n.const(-place)) for place in range(1, 200)))


_Line: TypeAlias = tuple[str, str, str, Callable[..., Node], Callable[..., Value]]
"""An operator, what is particular, its operands, the program of them, and what that is worth in plain Python."""

_LINES: tuple[_Line, ...] = (
    # All that a fact can be: told, not told, still to come, never to be published.
    ("column", "a number", "x", lambda _, x: x, lambda x: x),
    ("column", "a truth", "p", lambda _, p: p, lambda p: p),
    ("column", "a choice", "k", lambda n, k: n.one_of(k, frozenset("ab")), lambda k: k != "c"),
    ("column", "a code", "c", lambda n, c: n.within(c, frozenset({"10"})), lambda c: c == "10.1"),
    ("column", "a text", "t", lambda n, t: n.one_of(t, frozenset({"a", "M"})), lambda t: t in ("a", "M")),
    ("column", "a day", "l", lambda _, day: day, lambda day: day),
    ("column", "an event", "e", lambda _, day: day, lambda day: day or (TODAY, LAST_DAY)),
    ("column", "whether an event has happened", "e", lambda n, _: n.given("happened", "e"), lambda day: day > 0),
    ("column", "the day of the question", "l", lambda n, day: n.sub(_on(n), day), lambda day: TODAY - day),
    ("column", "what is not published", "x", lambda n, x: n.add(x, _open(n)), lambda x: (x - 1, x + 1)),
    ("add", "", "xy", lambda n, x, y: n.add(x, y), lambda x, y: x + y),
    ("add", "a constant", "x", lambda n, x: n.add(x, n.const(5)), lambda x: x + 5),
    ("add", "a long sum", "p", _signed, lambda p: 19_900 if p else -19_900),
    ("sub", "", "xy", lambda n, x, y: n.sub(x, y), lambda x, y: x - y),
    ("sub", "from a constant", "x", lambda n, x: n.sub(n.const(5), x), lambda x: 5 - x),
    ("mul", "", "nd", lambda n, a, b: n.mul(a, b), lambda a, b: a * b),
    ("mul", "by a negative constant", "n", lambda n, a: n.mul(a, n.const(-3)), lambda a: a * -3),
    ("floordiv", "", "nd", lambda n, a, b: n.floordiv(a, b), lambda a, b: a // b),
    ("floordiv", "of a constant", "d", lambda n, d: n.floordiv(n.const(-20_001), d), lambda d: -20_001 // d),
    ("floordiv", "by a constant", "n", lambda n, a: n.floordiv(a, n.const(2)), lambda a: a // 2),
    ("min", "", "xy", lambda n, x, y: n.least(x, y), min),
    ("min", "of three", "xyn", lambda n, x, y, z: n.least(x, y, z), min),
    ("max", "", "xy", lambda n, x, y: n.greatest(x, y), max),
    ("max", "of three", "xyn", lambda n, x, y, z: n.greatest(x, y, z), max),
    ("max", "with a constant", "x", lambda n, x: n.greatest(x, n.const(0)), lambda x: max(x, 0)),
    ("if", "", "pxy", lambda n, p, x, y: n.choose(p, x, y), lambda p, x, y: x if p else y),
    ("if", "of constants", "p", lambda n, p: n.choose(p, n.const(3), n.const(-3)), lambda p: 3 if p else -3),
    ("if", "of large constants", "p",
     lambda n, p: n.add(n.choose(p, n.const(EDGE - 1), n.const(0)), n.choose(p, n.const(EDGE - 2), n.const(7))),
     lambda p: 2 * EDGE - 3 if p else 7),
    ("if", "of truths", "pq", lambda n, p, q: n.make("if", "truth", (p, q, n.not_(q))), lambda p, q: q if p else not q),
    ("le", "", "xy", lambda n, x, y: n.le(x, y), lambda x, y: x <= y),
    ("le", "a constant", "x", lambda n, x: n.le(x, n.const(7)), lambda x: x <= 7),
    ("le", "of a constant", "x", lambda n, x: n.le(n.const(7), x), lambda x: x >= 7),
    ("eq", "", "xy", lambda n, x, y: n.eq(x, y), lambda x, y: x == y),
    ("eq", "a constant", "x", lambda n, x: n.eq(x, n.const(-BIG)), lambda x: x == -BIG),
    ("not", "", "p", lambda n, p: n.not_(p), lambda p: not p),
    ("and", "", "pq", lambda n, p, q: n.all_of(p, q), lambda p, q: p and q),
    ("and", "of three", "pqx", lambda n, p, q, x: n.all_of(p, q, n.le(x, n.const(0))), lambda p, q, x: p and q and x <= 0),
    ("or", "", "pq", lambda n, p, q: n.any_of(p, q), lambda p, q: p or q),
    ("or", "of three", "pqx", lambda n, p, q, x: n.any_of(p, q, n.le(x, n.const(0))), lambda p, q, x: p or q or x <= 0),
    ("one_of", "one option", "k", lambda n, k: n.one_of(k, frozenset("b")), lambda k: k == "b"),
    ("one_of", "two options", "k", lambda n, k: n.one_of(k, frozenset("ac")), lambda k: k in ("a", "c")),
    ("one_of", "accents and capitals", "t", lambda n, t: n.one_of(t, frozenset("àm")), lambda t: t in ("à", "m")),
    ("within", "", "c", lambda n, c: n.within(c, frozenset({"01"})), lambda c: c[:2] == "01"),
    ("within", "prefixes of several lengths", "c", lambda n, c: n.within(c, frozenset({"62", "10.1", "01.1"})),
     lambda c: (1, 1) if c == "01" else c in ("01.1", "10.1", "62.01.00")),  # 01 stands above 01.1: which is meant is not said
    ("same", "", "tu", lambda n, t, u: n.same(t, u), lambda t, u: t == u),
)  # fmt: skip


def operators() -> Iterator[OperatorCase]:
    """Every case."""
    for value in (LIMIT, -LIMIT, 0):
        yield from _constant("int", str(value), value)
    for truth in (True, False):
        yield from _constant("truth", "yes" if truth else "no", truth)
    for op, particular, letters, build, meaning in _LINES:
        yield from over(op, particular, [OPERANDS[letter] for letter in letters], build, meaning)


def _constant(op: str, particular: str, value: int | bool) -> Iterator[OperatorCase]:
    def build(nodes: Nodes, _: Node) -> Node:
        return nodes.truth(value) if isinstance(value, bool) else nodes.const(value)

    return over(op, particular, [OPERANDS["p"]], build, lambda _: value, partly=False)
