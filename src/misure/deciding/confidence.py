# SPDX-License-Identifier: Apache-2.0
"""How sure an answer is: as sure as the least sure thing that its tree reads, under the law of the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from misure.ground.truth import Confidence, worst
from misure.program.law import Law
from misure.program.lowering.tabulated import confidence_of_law
from misure.rulebook.expression import Call, Expr, Name, names, walk
from misure.rulebook.points import criteria_of, facts_behind
from misure.rulebook.rules import Condition, Rule, Score, Spending, SupportLine

__all__ = ["Confidences"]

_TOLD = ("fact", "event", "on")
"""What applicants tell, which no source has to say."""


def _trees(condition: Condition) -> list[Expr]:
    when = [condition.when] if condition.when is not None else []
    return [condition.holds, *(exemption.when for exemption in condition.exemptions), *when]


class Confidences:
    """Works out confidences under one law, each name once."""

    def __init__(self, law: Law) -> None:
        self.law, self.book = law, law.rulebook
        self._known: dict[str, Confidence] = {}
        self._conditions: dict[str, Confidence] = {}
        self._points = criteria_of(self.book)

    def of_condition(self, condition: Condition) -> Confidence:
        found = self._conditions.get(condition.id)
        if found is None:
            found = self._conditions[condition.id] = self._of_condition(condition)
        return found

    def of_points(self, condition: Condition, said: Mapping[str, object]) -> Confidence:
        """How sure the points are that, told in the place of facts that the condition reads, say what these are."""
        if not self._points:
            return Confidence.OFFICIAL
        untold = [name for name in facts_behind(self.book, _trees(condition)) if said.get(name) is None]
        criteria = {
            one.id: one for name in untold for one in self._points.get(name, ()) if said.get(one.fact) is not None
        }
        return worst(*(worst(self.of_rule(one), self.of_tree(one.gives)) for one in criteria.values()))

    def _of_condition(self, condition: Condition) -> Confidence:
        trees = _trees(condition)
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

    def of_parts(self, line: SupportLine) -> Confidence:
        """How a line is apportioned: its own reading, and what the weights and limits rest on."""
        found = line.apportioned
        if found is None:
            return Confidence.OFFICIAL
        return worst(found.confidence, *(self.of_tree(tree) for tree in (found.by, found.most, found.rest)))

    def of_name(self, name: Name) -> Confidence:
        if name.role in _TOLD:
            return Confidence.OFFICIAL
        found = self._known.get(name.name)
        if found is None:
            found = self._known[name.name] = worst(*self._rests_on(name))
        return found

    def _rests_on(self, name: Name) -> Iterator[Confidence]:
        """All that stands behind a name, each thing once: lines of costs may name definitions, and these again lines."""
        waiting, seen = [name], {name.name}
        while waiting:
            own, trees = self._behind(waiting.pop())
            yield from own
            for tree in (one for one in trees if one is not None):
                yield from (self.of_call(node) for node in walk(tree) if isinstance(node, Call))
                for other in names(tree):
                    if other.role not in _TOLD and other.name not in seen:
                        seen.add(other.name)
                        waiting.append(other)

    def _behind(self, name: Name) -> tuple[list[Confidence], list[Expr | None]]:
        """What a name says by itself, and the trees that it reads."""
        book = self.book
        if name.role == "parameter":
            return [self.law.confidence_of(book.parameters[name.name])], []
        if name.role == "definition":
            definition = book.definitions[name.name]
            own = [definition.confidence, *(case.confidence for case in definition.cases)]
            return own, [tree for case in definition.cases for tree in (case.when, case.value)]
        if name.role == "term":
            term = next(term for term in book.terms if term.id == name.name)
            trees = [term.by, term.opens, term.closes, term.opens_at, term.closes_at]
            return [self.of_rule(term), *self.regime(term.regime)], trees
        if name.role == "score" and book.score:
            return self._of_score(book.score)
        if book.support and (line := self._line(name)) is not None:
            equivalent = line.equivalent if name.name.endswith(".equivalent") else None
            own = [self.of_rule(line), *(cap.confidence for cap in line.caps)]
            own += [self.law.confidence_of(book.parameters[line.intensity])] if line.intensity else []
            own += [equivalent.confidence] if equivalent else []
            trees = [line.of, line.share, *(cap.most for cap in line.caps), equivalent.amount if equivalent else None]
            return own, trees
        return self._of_spending(book.spending) if book.spending else ([], [])

    def regime(self, name: str) -> Iterator[Confidence]:
        """The confidence of a counting regime that a parameter chooses."""
        if name in self.book.parameters:
            yield self.law.confidence_of(self.book.parameters[name])

    def _of_score(self, score: Score) -> tuple[list[Confidence], list[Expr | None]]:
        """The score, and the points that the act gives from other facts: those that nobody tells are read by their criterion alone."""
        worked_out = [self.of_rule(criterion) for criterion in score.criteria if not criterion.fact]
        return [self.of_rule(score), *worked_out], [criterion.gives for criterion in score.criteria]

    def _of_spending(self, spending: Spending) -> tuple[list[Confidence], list[Expr | None]]:
        own, trees = list[Confidence](), list[Expr | None]()
        for line in spending.lines:
            own.append(self.of_rule(line))
            named = filter(None, (line.flat, line.share, line.unit_cost))
            own += [self.law.confidence_of(self.book.parameters[parameter]) for parameter in named]
            trees += line.trees
        return own, trees
