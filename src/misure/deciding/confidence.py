# SPDX-License-Identifier: Apache-2.0
"""How sure an answer is: as sure as the least sure thing that its tree reads, under the law of the day."""

from __future__ import annotations

from collections.abc import Iterator

from misure.ground.truth import Confidence, worst
from misure.program.law import Law
from misure.program.lowering.tabulated import confidence_of_law
from misure.rulebook.expression import Call, Expr, Name, names, walk
from misure.rulebook.rules import Condition, Rule, Score, SupportLine

__all__ = ["Confidences"]


class Confidences:
    """Works out confidences under one law, each name once."""

    def __init__(self, law: Law) -> None:
        self.law, self.book = law, law.rulebook
        self._known: dict[str, Confidence] = {}
        self._conditions: dict[str, Confidence] = {}

    def of_condition(self, condition: Condition) -> Confidence:
        found = self._conditions.get(condition.id)
        if found is None:
            found = self._conditions[condition.id] = self._of_condition(condition)
        return found

    def _of_condition(self, condition: Condition) -> Confidence:
        trees = [condition.holds, *(e.when for e in condition.exemptions)]
        if condition.when is not None:
            trees.append(condition.when)
        exemptions = (worst(e.confidence, self.law.carried(e.id)) for e in condition.exemptions)
        return worst(self.of_rule(condition), *exemptions, *map(self.of_tree, trees))

    def of_rule(self, rule: Rule) -> Confidence:
        """The rule's own reading, and whether the edition in force said it again."""
        return worst(rule.confidence, self.law.carried(rule.id))

    def of_tree(self, tree: Expr | None) -> Confidence:
        """All that a tree reads: what its names stand for, and the law behind the functions that it calls."""
        if tree is None:
            return Confidence.OFFICIAL
        calls = (node for node in walk(tree) if isinstance(node, Call))
        return worst(*(self.of_name(name) for name in names(tree)), *map(self.of_call, calls))

    def of_call(self, call: Call) -> Confidence:
        """How sure the law is that a function reads, on the days on which this measure may ask it."""
        return confidence_of_law(call, self.book.editions[0].day.toordinal())

    def _line(self, name: Name) -> SupportLine | None:
        assert self.book.support is not None
        id_ = name.name.partition(".")[0]
        return next((line for line in self.book.support.lines if line.id == id_), None)

    def of_line(self, line: SupportLine) -> Confidence:
        """An amount of support: its intensity, its base and its caps."""
        parts = [
            self.of_tree(line.of),
            self.of_tree(line.share),
            *(worst(cap.confidence, self.of_tree(cap.most)) for cap in line.caps),
        ]
        if line.intensity:
            parts.append(self.law.confidence_of(self.book.parameters[line.intensity]))
        return worst(self.of_rule(line), *parts)

    def of_equivalent(self, line: SupportLine) -> Confidence:
        """The gross grant equivalent of a line: its own reading, and the law of rates or ceilings behind it."""
        found = line.equivalent
        return worst(found.confidence, self.of_tree(found.amount)) if found else Confidence.OFFICIAL

    def of_name(self, name: Name) -> Confidence:
        if name.role in ("fact", "event", "on"):
            return Confidence.OFFICIAL
        found = self._known.get(name.name)
        if found is None:
            found = self._known[name.name] = worst(*self._behind(name))
        return found

    def _behind(self, name: Name) -> Iterator[Confidence]:
        book = self.book
        if name.role == "parameter":
            yield self.law.confidence_of(book.parameters[name.name])
        elif name.role == "definition":
            definition = book.definitions[name.name]
            yield definition.confidence
            for case in definition.cases:
                yield case.confidence
                yield self.of_tree(case.when)
                yield self.of_tree(case.value)
        elif name.role == "term":
            term = next(term for term in book.terms if term.id == name.name)
            yield self.of_rule(term)
            for tree in (term.by, term.opens, term.closes, term.opens_at, term.closes_at):
                yield self.of_tree(tree)
            yield from self.regime(term.regime)
        elif name.role == "score" and book.score:
            yield self.of_rule(book.score)
            yield from self._points(book.score)
        elif book.support and (line := self._line(name)) is not None:
            yield self.of_line(line)
            if name.name.endswith(".equivalent"):
                yield self.of_equivalent(line)
        elif book.spending:
            yield from self._spending()

    def regime(self, name: str) -> Iterator[Confidence]:
        """The confidence of a counting regime that a parameter chooses."""
        if name in self.book.parameters:
            yield self.law.confidence_of(self.book.parameters[name])

    def _points(self, score: Score) -> Iterator[Confidence]:
        """The points that the act gives from other facts: those of a criterion that nobody tells are read by that criterion alone."""
        for criterion in score.criteria:
            yield self.of_tree(criterion.gives)
            if not criterion.fact:
                yield self.of_rule(criterion)

    def _spending(self) -> Iterator[Confidence]:
        assert self.book.spending is not None
        for line in self.book.spending.lines:
            yield self.of_rule(line)
            for parameter in (line.flat, line.share, line.unit_cost):
                if parameter:
                    yield self.law.confidence_of(self.book.parameters[parameter])
