# SPDX-License-Identifier: Apache-2.0
"""`split`: the only place with three truths.

A number that may be unknown becomes its two ends, a truth becomes "may be yes" and "may be no", a choice its value and
whether it is missing; a second column appears only where the two differ. What comes out is two-valued, total and
null-free, so every engine that can print fifteen operators decides alike.

>>> from misure.program.nodes import Nodes
>>> nodes = Nodes()
>>> x = nodes.given("number", "x", least=0, greatest=9)
>>> pair = Split(lambda kind, table, name: True).pair(nodes.le(x, nodes.const(3)))
>>> pair.first.op, pair.second.op  # may be yes: the low end is at most 3; may be no: the high end is not
('le', 'not')
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from misure.facts.vocabulary import FILING, FIRST_DAY, LAST_DAY
from misure.program.civil import ENDS_OF
from misure.program.nodes import Node, Nodes, below, coarser
from misure.program.records import MayBeUnknown, Pair, Records

__all__ = ["MayBeUnknown", "Pair", "Split"]


def _dates(test: Node, day: Node) -> bool:
    """Whether the test asks if an event has happened, and the day is that event's."""
    if test.op != "given" or day.op != "given":
        return False
    return bool(test.data == ("happened", *day.data[1:]) and day.data[0] == "event")


class Split(Records):
    """Splits the nodes of one lowered program, given what may be unknown, and whether the day of filing is known."""

    def __init__(self, may_be_unknown: MayBeUnknown, *, filing: bool = True) -> None:
        super().__init__(may_be_unknown, Nodes())
        self.anchor = FILING if filing else ""
        """The one event whose day is known: of filing, where it was told, or `on` stands in for it."""
        self._reached: dict[tuple[Pair, tuple[int, ...]], tuple[Node, ...]] = {}

    def pair(self, node: Node) -> Pair:
        """The two ends of a number or of a truth."""
        for part in below([node], self._done):
            if part.sort != "text":
                self._done[part] = getattr(self, f"_{part.op}")(part)
        return self._done[node]

    def _ends(self, node: Node) -> Pair:
        exact, low, high = (self._done[arg] for arg in node.args)
        if exact.exact:
            return exact
        nodes = self.nodes
        # What is told is known, though others do not tell it.
        known = nodes.eq(exact.first, exact.second)
        return Pair(
            nodes.choose(known, exact.first, nodes.greatest(exact.first, low.first)),
            nodes.choose(known, exact.second, nodes.least(exact.second, high.second)),
        )

    # Leaves

    def _int(self, node: Node) -> Pair:
        return self._exactly(self.nodes.const(node.lo))

    def _truth(self, node: Node) -> Pair:
        return self._exactly(self.nodes.truth(bool(node.data)))

    def _given(self, node: Node) -> Pair:
        kind, table, name = node.data
        if kind == "on":
            return self._exactly(self.nodes.column("on", "int", "on", least=node.lo, greatest=node.hi))
        if kind == "open":
            return Pair(self.nodes.const(node.lo), self.nodes.const(node.hi))
        if kind == "event":
            # Not yet: it lies on or after the day of the question. So an event has two ends even when it is told.
            ends = [
                self.nodes.column(part, "int", name, table, least=FIRST_DAY, greatest=LAST_DAY)
                for part in ("day_lo", "day_hi")
            ]
            return Pair(ends[0], ends[1]) if table or name != self.anchor else self._known(node, "value")
        opened = self.open(kind, table, name)
        if kind == "happened":
            if name == self.anchor and not table:
                return self._exactly(self.nodes.truth(True))
            yes = self.nodes.column("happened_yes", "truth", name, table)
            return Pair(yes, self.nodes.column("happened_no", "truth", name, table)) if opened else self._exactly(yes)
        if kind == "truth":
            if opened:
                return Pair(
                    self.nodes.column("yes", "truth", name, table), self.nodes.column("no", "truth", name, table)
                )
            return self._exactly(self.nodes.column("value", "truth", name, table))
        if not opened:
            return self._known(node, "value")
        low = self.nodes.column("lo", "int", name, table, least=node.lo, greatest=node.hi)
        return Pair(low, self.nodes.column("hi", "int", name, table, least=node.lo, greatest=node.hi))

    def _known(self, node: Node, part: str) -> Pair:
        _, table, name = node.data
        return self._exactly(self.nodes.column(part, "int", name, table, least=node.lo, greatest=node.hi))

    def _text(self, node: Node) -> tuple[Node, Node]:
        """A text's column, and the truth that it is missing."""
        kind, table, name = node.data
        value = self.nodes.column("value", "text", name, table)
        if self.open(kind, table, name):
            return value, self.nodes.column("missing", "truth", name, table)
        return value, self.nodes.truth(False)

    def _member(self, node: Node) -> Pair:
        """Whether a record's beneficiary is of the group: surely, possibly, or not."""
        table = node.args[0].data[1]
        sure = self.nodes.column("member_sure", "truth", node.data, table)
        return Pair(self.nodes.column("member_possible", "truth", node.data, table), self.nodes.not_(sure))

    # Numbers

    def _both(self, node: Node, build: Callable[..., Node]) -> Pair:
        """An operator that rises with each of its operands."""
        ends = [self._done[arg] for arg in node.args]
        low = build(*(end.first for end in ends))
        if all(end.exact for end in ends):
            return Pair(low, low)
        return Pair(low, build(*(end.second for end in ends)))

    def _add(self, node: Node) -> Pair:
        return self._both(node, self.nodes.add)

    def _min(self, node: Node) -> Pair:
        return self._both(node, self.nodes.least)

    def _max(self, node: Node) -> Pair:
        return self._both(node, self.nodes.greatest)

    def _sub(self, node: Node) -> Pair:
        left, right = (self._done[arg] for arg in node.args)
        low = self.nodes.sub(left.first, right.second)
        if left.exact and right.exact:
            return Pair(low, low)
        return Pair(low, self.nodes.sub(left.second, right.first))

    def _mul(self, node: Node) -> Pair:
        left, right = (self._done[arg] for arg in node.args)
        nodes = self.nodes
        if left.exact and right.exact:
            return self._exactly(nodes.mul(left.first, right.first))
        if left.first.lo >= 0 and right.first.lo >= 0:
            return Pair(nodes.mul(left.first, right.first), nodes.mul(left.second, right.second))
        ends = [nodes.mul(a, b) for a in (left.first, left.second) for b in (right.first, right.second)]
        return Pair(nodes.least(*ends), nodes.greatest(*ends))

    def _floordiv(self, node: Node) -> Pair:
        left, right = (self._done[arg] for arg in node.args)
        nodes = self.nodes
        if left.exact and right.exact:
            return self._exactly(nodes.floordiv(left.first, right.first))
        if right.exact:
            return Pair(nodes.floordiv(left.first, right.first), nodes.floordiv(left.second, right.first))
        if left.first.lo >= 0:
            return Pair(nodes.floordiv(left.first, right.second), nodes.floordiv(left.second, right.first))
        ends = [nodes.floordiv(a, b) for a in (left.first, left.second) for b in (right.first, right.second)]
        return Pair(nodes.least(*ends), nodes.greatest(*ends))

    def _if(self, node: Node) -> Pair:
        test, then, other = (self._done[arg] for arg in node.args)
        nodes = self.nodes
        if test.exact and _dates(node.args[0], node.args[1]):
            # Where the event has surely happened its day was told, and has one end only.
            then = self._exactly(then.first)
        if node.sort == "truth":
            if test.exact:
                first = nodes.choose(test.first, then.first, other.first)
                return (
                    Pair(first, nodes.not_(first))
                    if then.exact and other.exact
                    else Pair(first, nodes.choose(test.first, then.second, other.second))
                )
            return Pair(
                nodes.any_of(nodes.all_of(test.first, then.first), nodes.all_of(test.second, other.first)),
                nodes.any_of(nodes.all_of(test.first, then.second), nodes.all_of(test.second, other.second)),
            )
        if test.exact:
            low = nodes.choose(test.first, then.first, other.first)
            return (
                Pair(low, low)
                if then.exact and other.exact
                else Pair(low, nodes.choose(test.first, then.second, other.second))
            )
        low = nodes.choose(test.second, nodes.choose(test.first, nodes.least(then.first, other.first), other.first),
                           then.first)  # fmt: skip
        high = nodes.choose(test.second, nodes.choose(test.first, nodes.greatest(then.second, other.second),
                                                      other.second), then.second)  # fmt: skip
        return Pair(low, high)

    def _cases(self, node: Node) -> Pair:
        """The hull of every case not certainly excluded; where perhaps none is live, anything."""
        nodes = self.nodes
        cases = [(self._done[guard], self._done[value]) for guard, value in zip(*[iter(node.args)] * 2, strict=True)]
        # With a last `otherwise` one case is always live, though from the guards alone it may not be seen which.
        _, whole = node.data
        live = nodes.truth(True) if whole else nodes.any_of(*(nodes.not_(guard.second) for guard, _ in cases))
        if node.sort == "truth":
            yes = nodes.any_of(*(nodes.all_of(guard.first, value.first) for guard, value in cases), nodes.not_(live))
            no = nodes.any_of(*(nodes.all_of(guard.first, value.second) for guard, value in cases), nodes.not_(live))
            return Pair(yes, no)
        low = nodes.least(*(nodes.choose(guard.first, value.first, nodes.const(node.hi)) for guard, value in cases))
        high = nodes.greatest(
            *(nodes.choose(guard.first, value.second, nodes.const(node.lo)) for guard, value in cases)
        )
        return Pair(nodes.choose(live, low, nodes.const(node.lo)), nodes.choose(live, high, nodes.const(node.hi)))

    def _guard(self, node: Node) -> Pair:
        value, sound = (self._done[arg] for arg in node.args)
        nodes = self.nodes
        doubtful = sound.second
        if node.sort == "truth":
            return Pair(nodes.any_of(value.first, doubtful), nodes.any_of(value.second, doubtful))
        return Pair(
            nodes.choose(doubtful, nodes.const(node.lo), value.first),
            nodes.choose(doubtful, nodes.const(node.hi), value.second),
        )

    def _meet(self, node: Node) -> Pair:
        ends = [self._done[arg] for arg in node.args]
        exact = [end for end in ends if end.exact]
        if exact:
            # What disagrees with a known reading is a fault of the facts, found by `apart`.
            return exact[0]
        return Pair(self.nodes.greatest(*(e.first for e in ends)), self.nodes.least(*(e.second for e in ends)))

    def _low_end(self, node: Node) -> Pair:
        return self._exactly(self._done[node.args[0]].first)

    def _high_end(self, node: Node) -> Pair:
        return self._exactly(self._done[node.args[0]].second)

    # The calendar: functions that never go back when their day moves on

    def _calendar(self, node: Node) -> Pair:
        ends = [self._done[arg] for arg in node.args]
        names = ENDS_OF.get(node.op, (node.op, node.op))
        if all(end.exact for end in ends):
            names = (node.op, node.op)
        low, high = (
            self.nodes.make(name, "int", args, None, node.lo, node.hi)
            for name, args in zip(names, zip(*((end.first, end.second) for end in ends), strict=True), strict=True)
        )
        return Pair(low, high)

    _year = _add_months = _add_working = _roll = _roll_saturday = _back = _back_saturday = _calendar

    # What the law tabulates

    def _steps(self, node: Node) -> Pair:
        """A known key: the ends of its step. An unknown one: the least and the greatest of those it may fall in."""
        key, table = self._done[node.args[0]], node.data
        low = self._stepped(key, table.breaks, table.lows, low=True)
        if table.lows == table.highs and key.exact:
            return Pair(low, low)
        return Pair(low, self._stepped(key, table.breaks, table.highs, low=False))

    def _stepped(self, key: Pair, breaks: tuple[int, ...], values: tuple[int, ...], *, low: bool) -> Node:
        nodes = self.nodes
        rises = all(a <= b for a, b in pairwise(values))
        if key.exact or rises or all(a >= b for a, b in pairwise(values)):
            return nodes.pick(key.first if rises is low else key.second, breaks, values)
        extreme, most = (nodes.least, max(values)) if low else (nodes.greatest, min(values))
        reached = zip(self._reaches(key, breaks), values, strict=True)
        return extreme(*(nodes.choose(reach, nodes.const(value), nodes.const(most)) for reach, value in reached))

    def _reaches(self, key: Pair, breaks: tuple[int, ...]) -> tuple[Node, ...]:
        """Of each step, whether an unknown key may fall in it. Many tables have the same steps: those of the discount rate."""
        known = self._reached.get((key, breaks))
        if known is None:
            nodes = self.nodes
            starts = [nodes.truth(True), *(nodes.le(nodes.const(at), key.second) for at in breaks)]
            ends = [*(nodes.lt(key.first, nodes.const(at)) for at in breaks), nodes.truth(True)]
            known = tuple(map(nodes.all_of, starts, ends))
            self._reached[key, breaks] = known
        return known

    def _wide(self, node: Node) -> Pair:
        """A product that rises with both of its operands, which are never negative."""
        return self._both(node, partial(self.nodes.wide, decimals=node.data))

    def _portion(self, node: Node) -> Pair:
        """It rises with the amount and with the part, and falls as the whole rises."""
        amount, part, whole = (self._done[arg] for arg in node.args)
        divisor, half = node.data
        low = self.nodes.portion(amount.first, part.first, whole.second, divisor, half=half)
        if amount.exact and part.exact and whole.exact:
            return Pair(low, low)
        return Pair(low, self.nodes.portion(amount.second, part.second, whole.first, divisor, half=half))

    # Truths

    def _le(self, node: Node) -> Pair:
        left, right = (self._done[arg] for arg in node.args)
        yes = self.nodes.le(left.first, right.second)
        if left.exact and right.exact:
            return Pair(yes, self.nodes.not_(yes))
        return Pair(yes, self.nodes.not_(self.nodes.le(left.second, right.first)))

    def _eq(self, node: Node) -> Pair:
        left, right = (self._done[arg] for arg in node.args)
        nodes = self.nodes
        if left.exact and right.exact:
            return self._exactly(nodes.eq(left.first, right.first))
        meet = nodes.all_of(nodes.le(left.first, right.second), nodes.le(right.first, left.second))
        point = nodes.all_of(
            nodes.eq(left.first, left.second), nodes.eq(right.first, right.second), nodes.eq(left.first, right.first)
        )
        return Pair(meet, nodes.not_(point))

    def _not(self, node: Node) -> Pair:
        arg = self._done[node.args[0]]
        return Pair(arg.second, arg.first)

    def _and(self, node: Node) -> Pair:
        args = [self._done[arg] for arg in node.args]
        yes = self.nodes.all_of(*(arg.first for arg in args))
        if all(arg.exact for arg in args):
            return Pair(yes, self.nodes.not_(yes))
        return Pair(yes, self.nodes.any_of(*(arg.second for arg in args)))

    def _or(self, node: Node) -> Pair:
        args = [self._done[arg] for arg in node.args]
        yes = self.nodes.any_of(*(arg.first for arg in args))
        if all(arg.exact for arg in args):
            return Pair(yes, self.nodes.not_(yes))
        return Pair(yes, self.nodes.all_of(*(arg.second for arg in args)))

    def _test(self, found: Node, missing: Node) -> Pair:
        nodes = self.nodes
        if missing.op == "truth":
            return self._exactly(found)
        return Pair(nodes.any_of(found, missing), nodes.any_of(nodes.not_(found), missing))

    def _one_of(self, node: Node) -> Pair:
        text, missing = self._text(node.args[0])
        return self._test(self.nodes.one_of(text, node.data), missing)

    def _within(self, node: Node) -> Pair:
        text, missing = self._text(node.args[0])
        # A code that stands above one of the list, and under none, does not say which of those below it is meant.
        coarse = self.nodes.one_of(text, coarser(node.data))
        return self._test(self.nodes.within(text, node.data), self.nodes.any_of(missing, coarse))

    def _same(self, node: Node) -> Pair:
        (left, a), (right, b) = (self._text(arg) for arg in node.args)
        return self._test(self.nodes.same(left, right), self.nodes.any_of(a, b))

    def _clash(self, node: Node) -> Pair:
        """Two cases certainly live with values certainly different."""
        one, value, other, another = (self._done[arg] for arg in node.args)
        nodes = self.nodes
        if node.args[1].sort == "truth":
            apart = nodes.any_of(
                nodes.all_of(nodes.not_(value.second), nodes.not_(another.first)),
                nodes.all_of(nodes.not_(value.first), nodes.not_(another.second)),
            )
        else:
            apart = nodes.any_of(nodes.lt(value.second, another.first), nodes.lt(another.second, value.first))
        return self._exactly(nodes.all_of(nodes.not_(one.second), nodes.not_(other.second), apart))

    def _apart(self, node: Node) -> Pair:
        """Two readings of one number that certainly have nothing in common."""
        one, other = (self._done[arg] for arg in node.args)
        nodes = self.nodes
        return self._exactly(nodes.any_of(nodes.lt(one.second, other.first), nodes.lt(other.second, one.first)))
