# SPDX-License-Identifier: Apache-2.0
"""The slow reading once more, with the bounds of the vocabulary moved: an end that moves with them is no end of anybody.

The vocabulary bounds every number, so that programs stay within whole numbers of a machine: the greatest amount that a field may
hold is no legal maximum. Which ends of a range rest on such a bound is seen by moving the bounds.
"""

from __future__ import annotations

from collections.abc import Callable

from misure.engines.intervals.interpreter import Ends, Interpreter
from misure.facts.dossier import Dossier
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.program.nodes import Node

__all__ = ["Nearer", "Widened"]

Technical = Callable[[str, str, str], bool]
"""Whether the bounds of what is given (its kind, its table, its name) are the vocabulary's alone, and may be moved."""


def _moved(end: int) -> int:
    return end * 3 + 7 if end >= 0 else end


class Widened(Interpreter):
    """Reads nodes as if what nobody said could be greater, and tables longer, than the vocabulary has it."""

    def __init__(self, dossier: Dossier, technical: Technical) -> None:
        super().__init__(dossier, beyond=True)
        self._technical = technical

    def _given(self, node: Node) -> Ends:
        kind, table, name = node.data
        low, high = super()._given(node)
        open_ = kind in ("number", "open") and low != high and (low, high) == (node.lo, node.hi)
        if not open_ or not self._technical(kind, table, name):
            return low, high
        return (low * 3 - 7 if low < 0 else low), _moved(high)

    def _cases(self, node: Node) -> Ends:
        _, whole = node.data
        if node.sort == "truth" or whole or not all(self.ends(guard)[1] for guard in node.args[::2]):
            return super()._cases(node)
        return self._hull([self.ends(value) for value in node.args[1::2]], truth=False)

    def _guard(self, node: Node) -> Ends:
        return super()._guard(node) if node.sort == "truth" else self.ends(node.args[0])

    def _count(self, node: Node) -> Ends:
        found, unseen = self._gathered(node)
        more = _moved(unseen) if unseen else 0
        return sum(not no for (_, no), _ in found), sum(yes for (yes, _), _ in found) + more

    def _sum(self, node: Node) -> Ends:
        found, unseen = self._gathered(node)
        value = node.args[1]
        low = sum(v[0] if not no else min(0, v[0]) for (yes, no), v in found if yes)
        high = sum(v[1] if not no else max(0, v[1]) for (yes, no), v in found if yes)
        if not unseen:
            return low, high
        least, most = (min(0, value.lo), max(0, value.hi)) if value.lo == value.hi else (
            min(0, value.lo * 3), max(0, _moved(value.hi)))  # fmt: skip
        return low + _moved(unseen) * least, high + _moved(unseen) * most

    def _max_of(self, node: Node) -> Ends:
        return self._of_any(node, super()._max_of(node))

    def _min_of(self, node: Node) -> Ends:
        return self._of_any(node, super()._min_of(node))

    def _only(self, node: Node) -> Ends:
        return self._of_any(node, super()._only(node))

    @staticmethod
    def _of_any(node: Node, ends: Ends) -> Ends:
        """The value of a record that nobody told; days, which begin far above nothing, are left alone."""
        low, high = ends
        return (low, _moved(high)) if low != high and high == node.hi and node.lo <= 0 else (low, high)


_NEARER = 10 * 365


class Nearer(Interpreter):
    """Reads nodes as if the calendar ended ten years earlier, and began ten years later: what moves with it is no day of anybody."""

    def _given(self, node: Node) -> Ends:
        low, high = super()._given(node)
        if node.data[0] not in ("event", "date") or low == high:
            return low, high
        first = min(low + _NEARER, high) if low == FIRST_DAY else low
        return first, max(high - _NEARER, first) if high == LAST_DAY else high
