# SPDX-License-Identifier: Apache-2.0
"""The shapes of a call, lowered: score, spending, support, terms, duties and tranches.

Each shape carries bounds of its own where the plain rules of intervals would lose them: the total of a score is what is
declared *and* what the criteria add up to; the own share moves with the spending, never against it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from misure.ground.place import Place
from misure.ground.regimes import Regime
from misure.program.lowering.apportioned import Parts, lower_parts
from misure.program.lowering.candidates import lower_candidate
from misure.program.lowering.costs import CENTS, Costs
from misure.program.lowering.day_counts import ruled
from misure.program.lowering.expressions import Expressions
from misure.program.lowering.payments import Payments
from misure.program.lowering.points.scoring import Scoring
from misure.program.lowering.ratio import Ratio
from misure.program.lowering.reducing import as_granted, base_left, granted_at_most, open_rest
from misure.program.lowering.residual import own_share
from misure.program.nodes import Node, Nodes, TooLarge
from misure.rulebook.ceilings import ceilings
from misure.rulebook.expression import Expr
from misure.rulebook.rules import Condition, Rulebook, SupportLine, Term
from misure.rulebook.tranches import Requirement

if TYPE_CHECKING:
    from misure.program.lowering.scope import LoweringScope

__all__ = ["Shapes"]

Step = tuple[Place, Callable[[], object]]


class Shapes:
    """Lowers the shapes of one measure into `outputs`; `scales` takes ratios; `before` has outputs before any is reduced."""

    def __init__(
        self, rulebook: Rulebook, nodes: Nodes, expressions: Expressions, scope: LoweringScope,
        outputs: dict[str, Node], scales: dict[str, int], reducers: Mapping[str, list[tuple[Condition, Node]]],
        met: Callable[[Condition], Node], before: Mapping[str, Node],
    ) -> None:  # fmt: skip
        self.rulebook, self.nodes, self.expressions, self.scope = rulebook, nodes, expressions, scope
        self.parts: dict[str, Parts] = {}
        """How each line that is apportioned is, by its id."""
        self.outputs, self.scales, self.reducers, self.met, self.before = outputs, scales, reducers, met, before

    def steps(self) -> dict[str, Step]:
        """What can be lowered, under the name by which rules read it."""
        steps: dict[str, Step] = {}
        book = self.rulebook
        if book.spending:
            costs = Costs(book, book.spending, self.nodes, self.expressions, self.scope, self.outputs)
            steps |= {name: (place, step) for name, place, step in costs.steps()}
        if book.score:
            steps["score"] = (book.score.place, self.scoring().score)
        for term in book.terms:
            steps[term.id] = (term.place, partial(self.term, term))
        if book.support:
            for line in book.support.lines:
                steps[line.id] = (line.place, partial(self.support_line, line))
        return steps

    def scoring(self) -> Scoring:
        return Scoring(self.rulebook, self.nodes, self.expressions, self.scope, self.outputs, self.scales)

    def last_steps(
        self, requirement: Callable[[str, Requirement], Node], blocking: Callable[[str], list[Node]]
    ) -> dict[str, Step]:
        """What nothing else reads: own share, bonus, duties, tranches, selection."""
        steps: dict[str, Step] = {}
        book = self.rulebook
        if book.support and book.support.own_share:
            steps["own_share"] = (book.support.own_share.place, self.own_share)
        if book.score:
            steps["score bonus"] = (book.score.place, self.scoring().bonus)
        for duty in book.duties:
            key = f"duty.{duty.id}"
            if duty.when is not None:
                steps[f"duty {duty.id} applies"] = (duty.place, partial(self.plain_truth, f"{key}.applies", duty.when))
            if duty.by is not None:
                steps[f"duty {duty.id}"] = (duty.place, partial(self.moved, key, duty.by, duty.regime))
            for end, day in (("opens", duty.opens), ("day", duty.closes)):
                if day is not None:
                    steps[f"duty {duty.id} {end}"] = (duty.place, partial(self.plain_day, f"{key}.{end}", day))
        if book.tranches:
            payments = Payments(book.tranches, self.expressions, self.scope, self.outputs, requirement, blocking)
            for tranche in book.tranches.lines:
                steps[f"tranche {tranche.id}"] = (tranche.place, partial(payments.tranche, tranche))
        if book.selection:
            chosen = partial(lower_candidate, book, book.selection, self.expressions, self.outputs, self.scales)
            steps["selection"] = (book.selection.place, chosen)
        return steps

    # Terms

    def term(self, term: Term) -> None:
        if term.by is not None:
            self.scope.days[term.id] = self.moved(f"term.{term.id}", term.by, term.regime)
            return
        assert term.opens is not None
        assert term.closes is not None
        self.outputs[f"term.{term.id}.opens"] = self.expressions.day(term.opens)
        self.outputs[f"term.{term.id}.closes"] = self.expressions.day(term.closes)
        for end, time in (("opens_at", term.opens_at), ("closes_at", term.closes_at)):
            if time is not None:
                self.outputs[f"term.{term.id}.{end}"] = self.expressions.number(time).number

    def moved(self, key: str, by: Expr, regime: str) -> Node:
        """The last day of a term as counted, and under the regime that rules, which is returned."""
        raw = self.expressions.day(by)
        day = self.of_regime(regime, lambda named: ruled(raw, by, named, self.expressions, self.rulebook.definitions))
        self.outputs[f"{key}.raw"], self.outputs[f"{key}.day"] = raw, day
        return day

    def plain_truth(self, key: str, truth: Expr) -> None:
        self.outputs[key] = self.expressions.truth(truth)

    def plain_day(self, key: str, day: Expr) -> None:
        self.outputs[key] = self.expressions.day(day)

    def of_regime(self, name: str, day: Callable[[Regime], Node]) -> Node:
        """The day under a counting regime, or under each that a parameter may choose."""
        if name not in self.rulebook.parameters:
            return day(self.scope.law.regime(name))
        return self.scope.by_version(name, lambda value: day(Regime(str(value.known))))

    # Support

    def support_line(self, line: SupportLine) -> None:
        """An amount: the intensity of its base, rounded, then held under every cap."""
        ratios, nodes = self.expressions.ratios, self.nodes
        amount, _ = ratios.rounded(self.share_of(line), CENTS, line.rounding)
        self.outputs[f"support.{line.id}.uncapped"] = amount
        base = self.base_of(line, line.of)
        if line.share is not None:
            share = self.expressions.number(line.share)
            if share.divisor is not None:
                raise TooLarge("an intensity is a share, not a quotient")
            key = f"support.{line.id}.intensity"
            self.outputs[key], self.scales[key] = share.number, share.scale
        self.outputs[f"support.{line.id}.base"] = base.number
        self.scales[f"support.{line.id}.base"] = base.scale
        for i, ceiling in enumerate(ceilings(line.of, self.rulebook.definitions)):
            counted, key = self.expressions.number(ceiling.counted), f"support.{line.id}.ceiling{i}"
            self.outputs[key], self.scales[key] = counted.number, counted.scale
        caps = []
        for i, cap in enumerate(line.caps):
            node = nodes.greatest(self.cap(self.expressions.number(cap.most)), nodes.const(0))
            self.outputs[f"support.{line.id}.cap{i}"] = node
            if not cap.refuses:
                caps.append(node)
        whole = nodes.greatest(nodes.least(amount, *caps), nodes.const(0))
        self.outputs |= granted_at_most(ratios, line, self.share_of, caps, self.expressions.number)
        if line.granted_once:
            most = self.outputs[f"support.{line.id}.most"]
            cuts = [(one.leaves, self.met(one)) for one in self.reducing(line) if one.leaves is not None]
            least = nodes.const(0) if line.granted_least is None else self.expressions.limit(line.granted_least)
            whole = as_granted(ratios, line, whole, least, most, self.share_of, cuts, self.expressions.number)
            self.outputs[f"support.{line.id}.granted"] = whole
            self.scope.numbers[f"{line.id}.granted"] = Ratio(whole, 10**CENTS)
        result = open_rest(ratios, line.id, whole, self.reducers.get(line.id, ()), self.expressions.number, self.before)
        self.outputs[f"support.{line.id}"] = result
        self.scope.numbers[line.id] = Ratio(result, 10**CENTS)
        self.scope.numbers[f"{line.id}.uncapped"] = Ratio(amount, 10**CENTS)
        if line.equivalent is not None:
            equivalent, _ = ratios.rounded(self.expressions.number(line.equivalent.amount), CENTS, "half_up")
            self.outputs[f"support.{line.id}.equivalent"] = equivalent
            self.scope.numbers[f"{line.id}.equivalent"] = Ratio(equivalent, 10**CENTS)
        if line.apportioned is not None:
            number, outputs, scales = self.expressions.number, self.outputs, self.scales
            cut = [self.met(condition) for condition in self.reducing(line)]
            cut += [holds for _, holds in self.reducers.get(line.id, ())]
            fixed = [nodes.not_(nodes.given("happened", line.granted_once))] if line.granted_once else []
            whole = nodes.all_of(*cut, *fixed)
            self.parts[line.id] = lower_parts(line.apportioned, line, nodes, number, outputs, scales, whole)

    def base_of(self, line: SupportLine, base: Expr) -> Ratio:
        """What the line is a share of, less what conditions that are not met take from it."""
        number = self.expressions.number
        return base_left(self.expressions.ratios, number(base), self.reducing(line), self.met, number)

    def reducing(self, line: SupportLine) -> list[Condition]:
        """The conditions that take something from a line where they are not met."""
        return [condition for condition in self.rulebook.conditions if line.id in condition.reduces]

    def share_of(self, line: SupportLine, uncut: Ratio | None = None) -> Ratio:
        base = uncut or self.base_of(line, line.of)
        if line.share is not None:
            return self.expressions.ratios.mul(self.expressions.number(line.share), base)
        return self.expressions.ratios.mul(self.scope.parameter(line.intensity), base) if line.intensity else base

    def cap(self, most: Ratio) -> Node:
        """A cap in cents, floored."""
        if (10**CENTS) % most.scale == 0 and most.divisor is None:
            return self.nodes.mul(most.number, self.nodes.const(10**CENTS // most.scale))
        return self.expressions.ratios.rounded(most, CENTS, "down")[0]

    def own_share(self) -> None:
        support = self.rulebook.support
        assert support is not None
        assert support.own_share is not None
        total = self.expressions.number(support.own_share.of)
        if (10**CENTS) % total.scale or total.divisor is not None:
            raise TooLarge("the own share is taken of an amount in cents: round it first")
        cents = self.nodes.mul(total.number, self.nodes.const(10**CENTS // total.scale))
        lines = [
            (self.outputs[f"support.{line.id}"], self.share_of(line),
             [self.outputs[f"support.{line.id}.cap{i}"] for i, cap in enumerate(line.caps) if not cap.refuses])
            for line in support.lines
        ]  # fmt: skip
        shares = [
            [value.known for value in self.scope.law.values(self.rulebook.parameters[line.intensity])]
            for line in support.lines
            if line.intensity
        ]
        worked_out = [self.expressions.number(line.share) for line in support.lines if line.share is not None]
        shares += [[Fraction(share.number.hi, share.scale)] for share in worked_out]
        known = [[share for share in versions if isinstance(share, Fraction)] for versions in shares]
        # Of an amount of which a condition takes something, or which an award fixes, only the plain difference holds.
        reduced = any(condition.reduces for condition in self.rulebook.conditions)
        reduced = reduced or any(line.granted_once for line in support.lines)
        whole = known == shares and sum(map(max, known)) <= 1 and not reduced
        # Nobody bears less than nothing, whatever is still open of the spending and of each line.
        rest = own_share(self.nodes, cents, lines, rises=whole)
        self.outputs["own_share"] = self.nodes.greatest(rest, self.nodes.const(0))
