# SPDX-License-Identifier: Apache-2.0
"""The score, lowered: the points of each criterion, their total, and what bonuses add before the threshold and after it.

The total is what is declared *and* what the criteria add up to *and* on the scale, all at once: the plain rules of intervals
would lose that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from misure.program.lowering.expressions import Expressions
from misure.program.lowering.meeting import meet
from misure.program.lowering.ratio import Ratio
from misure.program.nodes import Node, Nodes
from misure.rulebook.points import decimals_of
from misure.rulebook.rules import Bonus, Criterion, Rulebook

if TYPE_CHECKING:
    from misure.program.lowering.scope import LoweringScope

__all__ = ["Scoring"]


class Scoring:
    """Lowers the score of one measure into `outputs`; `scales` takes how many parts a point has."""

    def __init__(
        self, rulebook: Rulebook, nodes: Nodes, expressions: Expressions, scope: LoweringScope,
        outputs: dict[str, Node], scales: dict[str, int],
    ) -> None:  # fmt: skip
        assert rulebook.score is not None
        self.rulebook, self.nodes, self.expressions, self.scope = rulebook, nodes, expressions, scope
        self.outputs, self.scales, self.rule = outputs, scales, rulebook.score
        self.decimals = decimals_of(rulebook, rulebook.score)

    def score(self) -> None:
        """The total: what is declared, what the criteria add up to, and the scale, all at once."""
        rule = self.rule
        parts = [self._criterion(criterion) for criterion in rule.criteria]
        least, greatest = self._law(rule.least), self._law(rule.greatest)
        readings = [self.nodes.given("open", "scale of the score", least=least.lo, greatest=greatest.hi)]
        if parts:
            readings.append(self.nodes.add(*parts))
        if rule.total:
            readings.append(self._points(rule.total))
        total = meet(self.nodes, self.outputs, "score", *readings)
        before = self._together(self._bonuses(after_threshold=False))
        self.outputs["score.total"] = total
        counted = total if before is None else self.nodes.add(total, before)
        self.outputs["score.counted"] = counted
        criteria = (f"score.criterion.{criterion.id}" for criterion in rule.criteria)
        for key in ("score.total", "score.counted", "score.final", *criteria):
            self.scales[key] = 10**self.decimals
        self.scope.numbers["score"] = Ratio(counted, 10**self.decimals)

    def bonus(self) -> None:
        """The final score: a bonus that counts after the threshold never lifts a score that has not reached it."""
        final = self.scope.numbers["score"].number
        after = self._together(
            self._bonuses(after_threshold=True), self._together(self._bonuses(after_threshold=False))
        )
        if after is not None:
            reached = [
                self.expressions.truth(condition.holds)
                for condition in self.rulebook.conditions
                if condition.origin == "threshold"
            ]
            passed = self.nodes.all_of(*reached)
            final = self.nodes.choose(passed, self.nodes.add(final, after), final)
        self.outputs["score.final"] = final

    def _points(self, fact: str) -> Node:
        step = 10 ** (self.decimals - self.rulebook.facts[fact].decimals)
        return self.nodes.mul(self.scope.fact(fact), self.nodes.const(int(step)))

    def _law(self, name: str) -> Node:
        return self.expressions.ratios.rounded(self.scope.parameter(name), self.decimals, "down")[0]

    def _criterion(self, criterion: Criterion) -> Node:
        """The points of one criterion: those told, those that the act gives from other facts, or both, which are the same."""
        part = self._told(criterion) if criterion.fact else None
        if criterion.gives is not None:
            given = self.expressions.ratios.rounded(self.expressions.number(criterion.gives), self.decimals, "down")[0]
            # Points that nobody tells are worked out, and are no more than the criterion gives at most.
            part = (
                self.nodes.least(given, self._law(criterion.most))
                if part is None
                else meet(self.nodes, self.outputs, criterion.fact, part, given)
            )
        assert part is not None
        self.outputs[f"score.criterion.{criterion.id}"] = part
        return part

    def _told(self, criterion: Criterion) -> Node:
        """The points that a fact tells, within the most or the steps of the criterion."""
        nodes, part = self.nodes, self._points(criterion.fact)
        if criterion.most:
            most = self._law(criterion.most)
            self.outputs[f"fault.above.{criterion.fact}"] = nodes.lt(most, part)
            part = nodes.least(part, nodes.const(most.hi))
        if criterion.steps:
            steps = self.rulebook.parameters[criterion.steps].values[-1].known
            assert isinstance(steps, tuple)
            scale = 10 ** (self.decimals - self.rulebook.parameters[criterion.steps].type.decimals)
            told = [int(int(step) * scale) for step in steps]
            found = [nodes.eq(part, nodes.const(rung)) for rung in told]
            self.outputs[f"fault.step.{criterion.fact}"] = nodes.not_(nodes.any_of(*found))
            # Points that nobody told lie between the lowest and the highest step.
            part = nodes.greatest(nodes.least(part, nodes.const(max(told))), nodes.const(min(told)))
        return part

    def _bonuses(self, *, after_threshold: bool) -> list[Node]:
        """The points of each bonus that counts before the threshold, or after it."""
        return [self._bonus(bonus) for bonus in self.rule.bonuses if bonus.after_threshold == after_threshold]

    def _together(self, points: list[Node], given: Node | None = None) -> Node | None:
        """What bonuses add, within what all of them may add less what others have `given` already; None where there are none."""
        if not points:
            return None
        found = self.nodes.add(*points)
        if self.rule.bonus_most:
            most = self._law(self.rule.bonus_most)
            left = most if given is None else self.nodes.sub(most, given)
            found = self.nodes.least(found, left)
        return found

    def _bonus(self, bonus: Bonus) -> Node:
        """The points of one bonus: its parameter where it applies, else nothing."""
        test = self.expressions.truth(bonus.when)
        self.outputs[f"score.bonus.{bonus.id}"] = test
        return self.nodes.choose(test, self._law(bonus.points), self.nodes.const(0))
