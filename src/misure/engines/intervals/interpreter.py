# SPDX-License-Identifier: Apache-2.0
"""A lowered program read step by step for one dossier, without printing it: slow, plain, and able to say why.

The printed function answers; this reading explains the few answers that are not a plain yes. It finds what is not known
behind an open value, and which records made a condition fail. Tests hold the printed functions against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from misure.facts.dossier import Dossier
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.ground.days import add_months, year_of
from misure.ground.money import half_up, portion
from misure.ground.truth import NotKnowing
from misure.program.civil import ROLLS, working, working_hi, working_lo
from misure.program.groups import Group, Members, records_of, single_undertaking
from misure.program.nodes import Node, coarser

__all__ = ["Interpreter", "Unknown"]

Ends = tuple[int, int]
"""The ends of a number; of a truth, (may be yes, may be no) as 0 or 1."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """One thing that is not known: a fact, a field of a record (by its row), a whole table, or a value of the law."""

    kind: NotKnowing
    name: str
    table: str = ""
    row: int = -1
    wanted: tuple[tuple[str, int | str], ...] = ()
    """Of a table: what the one record must say that is looked for, as far as that is known."""
    bounded: bool = False
    """Whether what hangs on it lies between ends that were told."""


class Interpreter:
    """Reads nodes for one dossier.

    Of a known day outside the table of holidays nobody is told to which day it rolls: that is an error (`NotEncoded`), or with `beyond`
    a range that is surely wide enough, as of a day that is not known. What explains a decision that was made must not fail.
    """

    def __init__(self, dossier: Dossier, anchor: str = "filed_on", *, beyond: bool = False) -> None:
        layout, self.dossier = dossier.layout, dossier
        self.on = dossier.on.toordinal()
        self.anchor, self.beyond = anchor, beyond
        self.values = {c.name: (c, v) for c, v in zip(layout.inputs, dossier.values, strict=True)}
        self.tables = {t.name: (t, *told) for t, told in zip(layout.tables, dossier.tables, strict=True)}
        self._memo: dict[tuple[Node, str, int], Ends] = {}
        self.open_behind: dict[tuple[Node, str, int], tuple[Unknown, ...]] = {}
        """What is not known behind an open node, at a record: kept by the walk that finds it."""
        self._members: dict[Group, Members] = {}
        self._row: tuple[str, int] = ("", -1)

    # Values

    def ends(self, node: Node) -> Ends:
        """The ends of a number or of a truth, at the record under the reading if the node speaks of one."""
        key = (node, *self._row)
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = getattr(self, f"_{node.op}")(node)
        return found

    def said(self, table: str, name: str) -> object:
        """What was said of a fact, or of a field of the record under the reading; None if nothing."""
        if not table:
            return self.values[name][1]
        layout, records, _ = self.tables[table]
        index = next(i for i, column in enumerate(layout.columns) if column.name == name)
        return records[self._row[1]][index]

    def _given(self, node: Node) -> Ends:
        kind, table, name = node.data
        if kind == "on":
            return self.on, self.on
        if kind == "open":
            return node.lo, node.hi
        said = self.said(table, name)
        if kind == "happened":
            return int(said != 0), int(not said)
        if kind == "event":
            if said is None:
                return FIRST_DAY, LAST_DAY
            day = int(said)  # type: ignore[call-overload]
            return (day, day) if day else (self.on, LAST_DAY)
        if kind == "truth":
            return int(said is not False), int(said is not True)
        return (node.lo, node.hi) if said is None else (int(said), int(said))  # type: ignore[call-overload]

    def _int(self, node: Node) -> Ends:
        return node.lo, node.lo

    def _truth(self, node: Node) -> Ends:
        return int(bool(node.data)), int(not node.data)

    def _add(self, node: Node) -> Ends:
        ends = [self.ends(arg) for arg in node.args]
        return sum(lo for lo, _ in ends), sum(hi for _, hi in ends)

    def _sub(self, node: Node) -> Ends:
        (a, b), (c, d) = map(self.ends, node.args)
        return a - d, b - c

    def _mul(self, node: Node) -> Ends:
        (a, b), (c, d) = map(self.ends, node.args)
        ends = (a * c, a * d, b * c, b * d)
        return min(ends), max(ends)

    def _floordiv(self, node: Node) -> Ends:
        (a, b), (c, d) = map(self.ends, node.args)
        ends = (a // c, a // d, b // c, b // d)
        return min(ends), max(ends)

    def _min(self, node: Node) -> Ends:
        ends = [self.ends(arg) for arg in node.args]
        return min(lo for lo, _ in ends), min(hi for _, hi in ends)

    def _max(self, node: Node) -> Ends:
        ends = [self.ends(arg) for arg in node.args]
        return max(lo for lo, _ in ends), max(hi for _, hi in ends)

    def _if(self, node: Node) -> Ends:
        yes, no = self.ends(node.args[0])
        branches = [self.ends(arg) for arg, live in zip(node.args[1:], (yes, no), strict=True) if live]
        return self._hull(branches, truth=node.sort == "truth")

    @staticmethod
    def _hull(branches: list[Ends], *, truth: bool) -> Ends:
        if truth:
            return max(a for a, _ in branches), max(b for _, b in branches)
        return min(a for a, _ in branches), max(b for _, b in branches)

    def _cases(self, node: Node) -> Ends:
        _, whole = node.data
        guards = [self.ends(guard) for guard in node.args[::2]]
        if not whole and all(no for _, no in guards):
            return (1, 1) if node.sort == "truth" else (node.lo, node.hi)
        live = [self.ends(value) for (yes, _), value in zip(guards, node.args[1::2], strict=True) if yes]
        return self._hull(live, truth=node.sort == "truth")

    def _guard(self, node: Node) -> Ends:
        value, sound = node.args
        if self.ends(sound)[1]:
            return (1, 1) if node.sort == "truth" else (node.lo, node.hi)
        return self.ends(value)

    def _meet(self, node: Node) -> Ends:
        ends = [self.ends(arg) for arg in node.args]
        return max(lo for lo, _ in ends), min(hi for _, hi in ends)

    def _ends(self, node: Node) -> Ends:
        exact, low, high = map(self.ends, node.args)
        return exact if exact[0] == exact[1] else (max(exact[0], low[0]), min(exact[1], high[1]))

    def _low_end(self, node: Node) -> Ends:
        lo, _ = self.ends(node.args[0])
        return lo, lo

    def _high_end(self, node: Node) -> Ends:
        _, hi = self.ends(node.args[0])
        return hi, hi

    def _year(self, node: Node) -> Ends:
        lo, hi = self.ends(node.args[0])
        return year_of(lo), year_of(hi)

    def _add_months(self, node: Node) -> Ends:
        (a, b), (c, d) = map(self.ends, node.args)
        return add_months(a, c), add_months(b, d)

    def _add_working(self, node: Node) -> Ends:
        (a, b), (c, d) = map(self.ends, node.args)
        if (a, c) == (b, d) and not self.beyond:
            return working(a, c), working(a, c)
        return working_lo(a, c), working_hi(b, d)

    def _roll(self, node: Node) -> Ends:
        way, (lo, hi) = ROLLS[node.op], self.ends(node.args[0])
        exact = lo == hi and not self.beyond
        return (way.exactly(lo),) * 2 if exact else (way.least(lo), way.greatest(hi))

    _roll_saturday = _back = _back_saturday = _roll

    def _member(self, node: Node) -> Ends:
        beneficiary = self.said(node.args[0].data[1], node.data.beneficiary)
        sure, apart = self.members(node.data)
        return int(beneficiary is None or beneficiary not in apart), int(beneficiary not in sure)

    def members(self, group: Group) -> Members:
        """Who is of a group, and who is not, both surely."""
        found = self._members.get(group)
        if found is None:
            said = self.values[group.undertaking][1]
            unseen = self.tables[group.controls][2]
            found = single_undertaking(None if said is None else str(said), self.relations(group), unseen)
            self._members[group] = found
        return found

    def relations(self, group: Group) -> list[tuple[Any, ...]]:
        """The relations among which a group is looked for, as `records_of` gives them."""
        layout, records, _ = self.tables[group.controls]
        return records_of(group, [column.name for column in layout.columns], records)

    def _steps(self, node: Node) -> Ends:
        least, greatest = node.data.between(*self.ends(node.args[0]))
        return least, greatest

    def _wide(self, node: Node) -> Ends:
        left, right = map(self.ends, node.args)
        low, high = (half_up(a * b, 10**node.data) for a, b in zip(left, right, strict=True))
        return low, high

    def _portion(self, node: Node) -> Ends:
        (a, b), (c, d), (e, f) = map(self.ends, node.args)
        by, half = node.data
        return portion(a, c, f, by, half=half), portion(b, d, e, by, half=half)

    def _le(self, node: Node) -> Ends:
        (a, b), (c, d) = map(self.ends, node.args)
        return int(a <= d), int(b > c)

    def _eq(self, node: Node) -> Ends:
        (a, b), (c, d) = map(self.ends, node.args)
        return int(a <= d and c <= b), int(not a == b == c == d)

    def _not(self, node: Node) -> Ends:
        yes, no = self.ends(node.args[0])
        return no, yes

    def _and(self, node: Node) -> Ends:
        ends = [self.ends(arg) for arg in node.args]
        return min(yes for yes, _ in ends), max(no for _, no in ends)

    def _or(self, node: Node) -> Ends:
        ends = [self.ends(arg) for arg in node.args]
        return max(yes for yes, _ in ends), min(no for _, no in ends)

    def text(self, node: Node) -> str | None:
        """A text as it is told, in the record where it stands."""
        _, table, name = node.data
        said = self.said(table, name)
        return None if said is None else str(said)

    def _one_of(self, node: Node) -> Ends:
        text = self.text(node.args[0])
        assert isinstance(node.data, frozenset)
        return (1, 1) if text is None else (int(text in node.data), int(text not in node.data))

    def _within(self, node: Node) -> Ends:
        text = self.text(node.args[0])
        assert isinstance(node.data, frozenset)
        if text is None or text in coarser(node.data):
            return 1, 1
        found = text.startswith(tuple(node.data))
        return int(found), int(not found)

    def _same(self, node: Node) -> Ends:
        left, right = map(self.text, node.args)
        return (1, 1) if left is None or right is None else (int(left == right), int(left != right))

    def _clash(self, node: Node) -> Ends:
        one, value, other, another = map(self.ends, node.args)
        apart = (
            not (value[1] or another[0]) or not (value[0] or another[1])
            if node.args[1].sort == "truth"
            else value[1] < another[0] or another[1] < value[0]
        )
        found = int(not one[1] and not other[1] and apart)
        return found, 1 - found

    def _apart(self, node: Node) -> Ends:
        one, other = map(self.ends, node.args)
        found = int(one[1] < other[0] or other[1] < one[0])
        return found, 1 - found

    # Tables

    def rows(self, table: str) -> Iterator[int]:
        """Stand on each record in turn."""
        outer = self._row
        for row in range(len(self.tables[table][1])):
            self._row = (table, row)
            yield row
        self._row = outer

    def _gathered(self, node: Node) -> tuple[list[tuple[Ends, Ends]], int]:
        """For each record, whether it passes and its value; and how many more there may be."""
        table = node.data[0]
        value = node.args[1] if len(node.args) > 1 else None
        found = [(self.ends(node.args[0]), (0, 0) if value is None else self.ends(value)) for _ in self.rows(table)]
        return found, self.tables[table][2]

    def _count(self, node: Node) -> Ends:
        found, unseen = self._gathered(node)
        return sum(not no for (_, no), _ in found), min(node.hi, sum(yes for (yes, _), _ in found) + unseen)

    def _sum(self, node: Node) -> Ends:
        found, unseen = self._gathered(node)
        lo = sum(v[0] if not no else min(0, v[0]) for (yes, no), v in found if yes)
        hi = sum(v[1] if not no else max(0, v[1]) for (yes, no), v in found if yes)
        value = node.args[1]
        return max(node.lo, lo + unseen * min(0, value.lo)), min(node.hi, hi + unseen * max(0, value.hi))

    def _any(self, node: Node) -> Ends:
        found, unseen = self._gathered(node)
        maybe = any(yes and v[0] for (yes, _), v in found) or unseen > 0
        return int(maybe), int(not any(not no and not v[1] for (_, no), v in found))

    def _all(self, node: Node) -> Ends:
        found, unseen = self._gathered(node)
        maybe_not = any(yes and v[1] for (yes, _), v in found) or unseen > 0
        return int(not any(not no and not v[0] for (_, no), v in found)), int(maybe_not)

    def _only(self, node: Node) -> Ends:
        found, unseen = self._gathered(node)
        maybe = [(no, v) for (yes, no), v in found if yes]
        return maybe[0][1] if len(maybe) == 1 and not maybe[0][0] and not unseen else (node.lo, node.hi)

    def _min_of(self, node: Node) -> Ends:
        found, unseen = self._gathered(node)
        if not any(not no for (_, no), _ in found):
            return node.lo, node.hi
        lo = node.lo if unseen else min(v[0] for (yes, _), v in found if yes)
        return lo, min(v[1] for (_, no), v in found if not no)

    def _max_of(self, node: Node) -> Ends:
        found, unseen = self._gathered(node)
        if not any(not no for (_, no), _ in found):
            return node.lo, node.hi
        hi = node.hi if unseen else max(v[1] for (yes, _), v in found if yes)
        return max(v[0] for (_, no), v in found if not no), hi

    def is_open(self, node: Node) -> bool:
        """Whether the node's value is not known exactly."""
        first, second = self.ends(node)
        return bool(first and second) if node.sort == "truth" else first != second

    @property
    def at(self) -> tuple[str, int]:
        """The table and the record under the reading; no table and -1 outside any."""
        return self._row

    def current_row(self, table: str) -> int:
        """The record under the reading, counted from 0; -1 outside any table."""
        return self._row[1] if table else -1
