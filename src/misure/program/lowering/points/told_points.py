# SPDX-License-Identifier: Apache-2.0
"""What points that are told say of the facts by which the act gives them: of whom 13.5 points are told, the class is the seventh.

A criterion that names a fact and `gives` its points from others ties the two, both ways. Told facts give the points, by the plain
rules of intervals; here told points leave those values of a fact alone under which the act may give them. A fact that is told
itself stays what it is: that its points are others makes the facts bad.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from misure.facts.vocabulary import Fact, Kind
from misure.program.nodes import Node, Nodes, below
from misure.program.records import Pair
from misure.program.split import Split
from misure.program.steps import Steps
from misure.rulebook.points import decimals_of
from misure.rulebook.rules import Criterion, Rulebook

__all__ = ["ToldPoints"]

_MOST_VALUES = 200
"""A fact of more values is left as it is: each is tried."""

Value = int | bool | str


@dataclass(frozen=True, slots=True)
class _Given:
    """What the act gives for one value of a fact: between these points, in the parts in which they are told."""

    value: Value
    least: int
    most: int


class _Tried(Split):
    """A program of which one fact, whatever else is not known, has a value."""

    def __init__(self, leaf: Node, value: Value) -> None:
        super().__init__(lambda *_: True)
        self.leaf, self.value = leaf, value

    def _given(self, node: Node) -> Pair:
        if node is not self.leaf:
            return super()._given(node)
        is_truth = isinstance(self.value, bool)
        return self._exactly(self.nodes.truth(bool(self.value)) if is_truth else self.nodes.const(int(self.value)))

    def _one_of(self, node: Node) -> Pair:
        return (
            self._exactly(self.nodes.truth(self.value in node.data))
            if node.args[0] is self.leaf
            else super()._one_of(node)
        )


class ToldPoints:
    """Of the facts of one measure what told points say of each. `alone` lowers an expression over facts and definitions alone.

    It answers None where the expression rests on more, and is asked when the first fact is.
    """

    def __init__(
        self, book: Rulebook, nodes: Nodes, as_told: Callable[[Fact], Node], alone: Callable[[Criterion], Node | None]
    ) -> None:
        self.book, self.nodes, self.as_told, self.alone = book, nodes, as_told, alone
        self._found: dict[str, list[tuple[Node, list[_Given]]]] | None = None

    def number(self, fact: Fact, told: Node) -> Node:
        """A number as it is told; where it is not, between the values that the told points leave."""
        for points, given in self._of(fact.name):
            steps = _inverse(given, int, (told.lo, told.hi))
            left = self.nodes.steps(points, steps)
            told = self.nodes.make("ends", "int", (told, left, left), None, told.lo, told.hi)
        return told

    def truth(self, name: str, told: Node, is_so: Callable[[Value], bool]) -> Node:
        """Whether a truth, or of a choice whether it is one of some, as it is told or as the told points leave it."""
        yes, no = self.nodes.const(1), self.nodes.const(0)
        for points, given in self._of(name):
            steps = _inverse(given, lambda value: int(is_so(value)), (0, 1))
            left, said = self.nodes.steps(points, steps), self.nodes.choose(told, yes, no)
            told = self.nodes.le(yes, self.nodes.make("ends", "int", (said, left, left), None, 0, 1))
        return told

    def _of(self, name: str) -> list[tuple[Node, list[_Given]]]:
        """For each criterion that a fact decides, its points as they are told, and what the act gives for each value of the fact."""
        if self._found is None:
            self._found = {}  # what is lowered meanwhile is lowered as it is told
            found: dict[str, list[tuple[Node, list[_Given]]]] = {}
            for other, points, given in self._all():
                found.setdefault(other, []).append((points, given))
            self._found = found
        return self._found.get(name, [])

    def _all(self) -> Iterator[tuple[str, Node, list[_Given]]]:
        book = self.book
        if book.score is None:
            return
        decimals = decimals_of(book, book.score)
        for criterion in book.score.criteria:
            found = self.alone(criterion) if criterion.fact and criterion.gives is not None else None
            if found is None:
                continue
            told = book.facts[criterion.fact]
            leaves = {node for node in below([found]) if node.op == "given" and not node.data[1]}
            for leaf in sorted(leaves, key=lambda node: str(node.data)):
                fact = book.facts.get(leaf.data[2])
                values = _values(fact) if fact is not None and leaf.data[0] == fact.kind.value else ()
                if fact is not None and values:
                    each = [_given(found, leaf, value, 10 ** (decimals - told.decimals)) for value in values]
                    yield fact.name, self.as_told(told), each


def _given(points: Node, leaf: Node, value: Value, parts: int) -> _Given:
    """What the act gives where a fact has a value, whatever the others are; told points have so many parts each."""
    ends = _Tried(leaf, value).pair(points)
    return _Given(value, -(-ends.first.lo // parts), ends.second.hi // parts)


def _values(fact: Fact) -> Sequence[Value]:
    """Every value of a fact; none of one that has too many, or whose values are not counted."""
    if fact.kind is Kind.TRUTH:
        return (False, True)
    if fact.kind is Kind.CHOICE:
        return tuple(fact.choices)
    few = fact.kind is Kind.NUMBER and fact.greatest - fact.least < _MOST_VALUES
    return range(fact.least, fact.greatest + 1) if few else ()


def _inverse(given: Iterable[_Given], number: Callable[[Value], int], bounds: tuple[int, int]) -> Steps:
    """The least and the greatest number of the values that give so many points; the bounds where none does.

    >>> found = [_Given(1, 27, 27), _Given(2, 13, 13), _Given(3, 0, 0), _Given(4, 0, 0)]
    >>> steps = _inverse(found, int, (1, 4))
    >>> [steps.between(points, points) for points in (0, 1, 13, 27)]
    [(3, 4), (1, 4), (2, 2), (1, 1)]
    """
    found = list(given)
    breaks = sorted({one.least for one in found} | {one.most + 1 for one in found})
    ends = [bounds]
    for first in breaks:
        left = [number(one.value) for one in found if one.least <= first <= one.most]
        ends.append((min(left), max(left)) if left else bounds)
    return Steps("", tuple(breaks), tuple(low for low, _ in ends), tuple(high for _, high in ends))
