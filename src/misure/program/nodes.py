# SPDX-License-Identifier: Apache-2.0
"""The nodes of a program: integers, truths and texts only, each number with static bounds.

Parameters, units, fractions and divisions by anything but a positive number are gone here. A stored integer is a value
times the scale of its unit (cents for EUR); a day is its ordinal. Equal nodes are one object, so that whatever is
computed twice is seen to be the same, and every printer computes it once.

Two programs are made of these nodes. The *lowered* one still asks three-valued questions of facts that may be unknown
(`LOWERED`); the *split* one (`SPLIT`) is two-valued, total and null-free: an engine is a printer of its operators.

>>> nodes = Nodes()
>>> x = nodes.given("number", "turnover", least=0, greatest=10)
>>> nodes.add(x, nodes.const(1)) is nodes.add(x, nodes.const(1))
True
>>> nodes.le(x, nodes.const(10)).data  # the bounds decide it
True
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from misure.ground.money import half_up
from misure.program.groups import Group
from misure.program.steps import Steps

__all__ = ["GATHERING", "LIMIT", "Node", "Nodes", "TooLarge", "below", "coarser"]

LIMIT = 2**62
"""No value may pass this, whatever the facts: so no engine's 64-bit integer can wrap around."""
GATHERING = frozenset({"count", "sum", "any", "all", "only", "min_of", "max_of"})
"""The operators that work one value out of the records of a table, which stands first in their `data`."""

Sort = Literal["int", "truth", "text"]


@cache
def coarser(prefixes: frozenset[str]) -> frozenset[str]:
    """The codes too short to say whether they lie under one of `prefixes`: they stand above one, and under none.

    >>> sorted(coarser(frozenset({"12", "46.21.21", "46.35"})))
    ['46', '46.2', '46.21', '46.21.2', '46.3']
    """
    above = {prefix[:end] for prefix in prefixes for end in range(2, len(prefix))}
    under = tuple(prefixes)
    return frozenset(code for code in above if not code.endswith(".") and not code.startswith(under))


class TooLarge(ArithmeticError):
    """A node whose value could pass 63 bits, or be divided where it may be negative. Becomes a fault with a place."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operator with its operands. `data` is what is not a node: a constant, a name, a set of texts.

    `lo` and `hi` bound a number whatever the facts; they are 0 for truths and texts.
    """

    op: str
    sort: Sort
    args: tuple[Node, ...] = ()
    data: Any = None
    lo: int = 0
    hi: int = 0

    @property
    def constant(self) -> bool:
        """Whether the value is written in the node itself."""
        return self.op in ("int", "truth")


def below(roots: Iterable[Node], done: Container[Node] = ()) -> Iterator[Node]:
    """Every node under the roots, operands before what uses them, each once; what is `done` already is passed over."""
    seen: set[Node] = set()
    stack: list[tuple[Node, bool]] = [(root, False) for root in reversed(list(roots))]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif node not in seen and node not in done:
            seen.add(node)
            stack.append((node, True))
            stack.extend((arg, False) for arg in reversed(node.args) if arg not in seen)


class Nodes:
    """Makes nodes, one object for equal ones, folding what the constants and the bounds already decide."""

    def __init__(self) -> None:
        self._known: dict[tuple[Hashable, ...], Node] = {}

    def make(
        self, op: str, sort: Sort, args: tuple[Node, ...] = (), data: Any = None, lo: int = 0, hi: int = 0
    ) -> Node:
        key = (op, data, type(data), lo, hi, *map(id, args))
        node = self._known.get(key)
        if node is None:
            if not -LIMIT <= lo <= hi <= LIMIT:
                raise TooLarge(
                    f"a value may reach {lo if lo < -LIMIT else hi}, beyond 63 bits" if lo <= hi else "empty bounds"
                )
            node = self._known[key] = Node(op, sort, args, data, lo, hi)
        return node

    # Leaves

    def const(self, value: int) -> Node:
        return self.make("int", "int", (), value, value, value)

    def truth(self, value: bool) -> Node:
        return self.make("truth", "truth", (), value)

    def given(self, kind: str, name: str, table: str = "", *, least: int = 0, greatest: int = 0) -> Node:
        """What the applicant says. Kinds: number, event (its day), happened, truth, choice, code, text, open, on.

        `open` is a legal value that no source publishes: nobody is asked, its bounds stand.
        """
        sort: Sort = (
            "int"
            if kind in ("number", "date", "event", "open", "on")
            else "truth"
            if kind in ("truth", "happened")
            else "text"
        )
        return self.make("given", sort, (), (kind, table, name), least, greatest)

    def column(
        self, part: str, sort: Sort, name: Hashable, table: str = "", *, least: int = 0, greatest: int = 0
    ) -> Node:
        """A column of a split program. Parts: value, lo, hi, yes, no, missing, unseen, on."""
        return self.make("column", sort, (), (part, table, name), least, greatest)

    # Numbers

    def add(self, *args: Node) -> Node:
        constant = sum(arg.data for arg in args if arg.op == "int")
        rest = [arg for arg in args if arg.op != "int"]
        if constant or not rest:
            rest.append(self.const(constant))
        if len(rest) == 1:
            return rest[0]
        return self.make("add", "int", tuple(rest), None, sum(a.lo for a in rest), sum(a.hi for a in rest))

    def sub(self, left: Node, right: Node) -> Node:
        if left.op == "int" and right.op == "int":
            return self.const(left.lo - right.lo)
        if right.op == "int" and right.lo == 0:
            return left
        return self.make("sub", "int", (left, right), None, left.lo - right.hi, left.hi - right.lo)

    def mul(self, left: Node, right: Node) -> Node:
        if left.op == "int":
            left, right = right, left
        if right.op == "int":
            if left.op == "int":
                return self.const(left.lo * right.lo)
            if right.lo == 1:
                return left
            if right.lo == 0:
                return right
        ends = [a * b for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
        return self.make("mul", "int", (left, right), None, min(ends), max(ends))

    def floordiv(self, left: Node, right: Node) -> Node:
        """Division rounded down by a positive number."""
        if right.lo <= 0:
            raise TooLarge("a divisor may be zero or negative")
        if right.op == "int":
            if right.lo == 1:
                return left
            if left.op == "int":
                return self.const(left.lo // right.lo)
        ends = [a // b for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
        return self.make("floordiv", "int", (left, right), None, min(ends), max(ends))

    def least(self, *args: Node) -> Node:
        return self._extreme("min", args)

    def greatest(self, *args: Node) -> Node:
        return self._extreme("max", args)

    def _extreme(self, op: Literal["min", "max"], args: tuple[Node, ...]) -> Node:
        pick = min if op == "min" else max
        unique = list(dict.fromkeys(args))
        lo, hi = pick(a.lo for a in unique), pick(a.hi for a in unique)
        # An operand that can never be the one picked is dropped; of equal constants one stays.
        kept = [a for a in unique if (a.lo <= hi if op == "min" else a.hi >= lo)]
        for arg in kept:
            if all(arg is b or (arg.hi <= b.lo if op == "min" else arg.lo >= b.hi) for b in kept):
                return arg
        return self.make(op, "int", tuple(kept), None, lo, hi)

    def choose(self, test: Node, then: Node, other: Node) -> Node:
        """`then if test else other`, of numbers or of truths."""
        if test.op == "truth":
            return then if test.data else other
        if then is other:
            return then
        if then.sort == "truth":
            if then.op == "truth":
                return self.any_of(test, other) if then.data else self.all_of(self.not_(test), other)
            if other.op == "truth":
                return self.any_of(self.not_(test), then) if other.data else self.all_of(test, then)
        lo, hi = min(then.lo, other.lo), max(then.hi, other.hi)
        return self.make("if", then.sort, (test, then, other), None, lo, hi)

    # What the law tabulates

    def steps(self, key: Node, table: Steps) -> Node:
        """The value of a table at a key; two ends where no source gives it."""
        table = table.within(key.lo, key.hi)
        lo, hi = min(table.lows), max(table.highs)
        if lo == hi:
            return self.const(lo)
        return self.make("steps", "int", (key,), table, lo, hi)

    def pick(self, key: Node, breaks: tuple[int, ...], values: tuple[int, ...]) -> Node:
        """The value of the step in which a known key falls: one column of a split program."""
        table = Steps("", breaks, values, values).within(key.lo, key.hi)
        if len(table.lows) == 1:
            return self.const(table.lows[0])
        data = (table.breaks, table.lows)
        return self.make("pick", "int", (key,), data, min(table.lows), max(table.lows))

    def wide(self, left: Node, right: Node, decimals: int) -> Node:
        """`left * right / 10**decimals`, half up, of operands never negative; the product may pass 63 bits on the way."""
        if left.lo < 0 or right.lo < 0:
            raise TooLarge("an amount that is rounded may be negative")
        if decimals < 2:
            raise TooLarge("a factor with fewer than two decimals needs no wide product")
        if min(left.hi, right.hi) > LIMIT // 20:
            raise TooLarge("neither operand leaves room to multiply the other digit by digit")
        lo, hi = (half_up(a * b, 10**decimals) for a, b in ((left.lo, right.lo), (left.hi, right.hi)))
        if lo == hi:
            return self.const(lo)
        return self.make("wide", "int", (left, right), decimals, lo, hi)

    def portion(self, amount: Node, part: Node, whole: Node, divisor: int, *, half: bool) -> Node:
        """`amount * min(part, whole) / (whole * divisor)`, rounded down or half up, of operands never negative and a whole above 0.

        The product may pass 63 bits on the way.
        """
        if min(amount.lo, part.lo) < 0:
            raise TooLarge("an amount that is rounded may be negative")
        if whole.lo <= 0:
            raise TooLarge("a divisor may be zero or negative")
        if whole.hi * divisor > LIMIT // 40:
            raise TooLarge("the whole of which something is a part leaves no room to multiply an amount digit by digit")
        if amount.hi == 0 or part.hi == 0:
            return self.const(0)
        hi = (2 * amount.hi + divisor) // (2 * divisor) if half else amount.hi // divisor
        return self.make("portion", "int", (amount, part, whole), (divisor, half), 0, hi)

    # Truths

    def lt(self, left: Node, right: Node) -> Node:
        return self.not_(self.le(right, left))

    def le(self, left: Node, right: Node) -> Node:
        if left.hi <= right.lo or left is right:
            return self.truth(True)
        if left.lo > right.hi:
            return self.truth(False)
        return self.make("le", "truth", (left, right))

    def eq(self, left: Node, right: Node) -> Node:
        if left is right or (left.op == "int" and right.op == "int" and left.lo == right.lo):
            return self.truth(True)
        if left.hi < right.lo or right.hi < left.lo:
            return self.truth(False)
        return self.make("eq", "truth", (left, right))

    def not_(self, arg: Node) -> Node:
        if arg.op == "truth":
            return self.truth(not arg.data)
        return arg.args[0] if arg.op == "not" else self.make("not", "truth", (arg,))

    def all_of(self, *args: Node) -> Node:
        return self._junction("and", args, neutral=True)

    def any_of(self, *args: Node) -> Node:
        return self._junction("or", args, neutral=False)

    def _junction(self, op: str, args: tuple[Node, ...], *, neutral: bool) -> Node:
        kept: dict[Node, None] = {}
        for arg in args:
            if arg.op == "truth":
                if arg.data is not neutral:
                    return arg
            elif arg.op == op:
                kept.update(dict.fromkeys(arg.args))
            else:
                kept[arg] = None
        if not kept:
            return self.truth(neutral)
        return next(iter(kept)) if len(kept) == 1 else self.make(op, "truth", tuple(kept))

    # Texts

    def one_of(self, text: Node, options: frozenset[str]) -> Node:
        return self.make("one_of", "truth", (text,), options) if options else self.truth(False)

    def within(self, code: Node, prefixes: frozenset[str]) -> Node:
        return self.make("within", "truth", (code,), prefixes) if prefixes else self.truth(False)

    def member(self, group: Group, args: tuple[Node, ...]) -> Node:
        """Whether the beneficiary of a record is of the applicant's group; the args are the texts and truths it rests on."""
        return self.make("member", "truth", args, group)

    def same(self, left: Node, right: Node) -> Node:
        return self.make("same", "truth", (left, right))
