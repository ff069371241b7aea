# SPDX-License-Identifier: Apache-2.0
"""The budgets of a selection: each gives to its list, what it cannot give is asked of another, what is left goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from misure.allocating.awarding import RULES, awards, hull
from misure.allocating.chains import chained
from misure.allocating.columns import MAYBE, NO, YES, Budget, Columns, Maybe, Plan
from misure.allocating.order import Order
from misure.allocating.rivals import Rivals
from misure.allocating.sums import Span, Sums, between, sums, within

__all__ = ["BudgetResult", "Pots"]


@dataclass(frozen=True, slots=True)
class BudgetResult:
    """One budget after the selection, in cents, each as a range."""

    held: tuple[int, int]
    """What it had to give, with what rolled into it."""
    rolled_in: tuple[int, int]
    given: tuple[int, int]
    """What it gave, never more than it held: what a last award in full takes beyond that comes from elsewhere."""
    freed: tuple[int, int]
    """What withdrawn applications had been given, and is passed on to nobody."""
    left: tuple[int, int]
    """What it never gave, never less than nothing."""
    beyond: Span = (0, 0)
    """What awards in full take beyond what it held."""


_Drawn: TypeAlias = tuple[int, int, int, Maybe]
"""A row, the least and the most that it draws on a budget, and whether it does."""


@dataclass(frozen=True, slots=True)
class _Awarded:
    """What the awards on budgets that ask each other come to, with what an award in full takes from elsewhere."""

    given: Span
    freed: int
    """The least that went to applications that withdrew."""
    beyond: int
    """The most that comes from elsewhere."""

    @classmethod
    def of(cls, results: Iterable[BudgetResult]) -> _Awarded:
        """What results come to of which what is left is less than nothing where the budget is passed."""
        least, most, freed, beyond = map(
            sum, zip(*((*one.given, one.freed[0], _beyond(one)[1]) for one in results), strict=True)
        )
        return cls((least, most), freed, beyond)


def _beyond(awarded: BudgetResult) -> Span:
    """What comes from elsewhere, where what is left is less than nothing."""
    return max(0, -awarded.left[1]), max(0, -awarded.left[0])


def _sum(drawn: list[_Drawn]) -> tuple[int, int]:
    return sum([least for _, least, _, sure in drawn if sure == YES]), sum([most for _, _, most, _ in drawn])


class Pots:
    """The budgets of one selection, one after the other; what is left of one may go to a later one."""

    def __init__(
        self, columns: Columns, plan: Plan, order: Order, present: list[Maybe], choices: list[tuple[int, ...]],
        rivals: Rivals,
    ) -> None:  # fmt: skip
        rows = len(columns)
        self.rivals = rivals
        self.columns, self.plan, self.order, self.present, self.choices = columns, plan, order, present, choices
        self.low, self.high = [0] * rows, [0] * rows
        self.before_low, self.before_high = [0] * rows, [0] * rows
        self.held = [(budget.least, budget.most) for budget in plan.budgets]
        self.rolled = [(0, 0) for _ in plan.budgets]
        self.results: list[BudgetResult] = []
        self._awarded: list[_Awarded] = []
        self._seen = [False] * rows

    def run(self) -> None:
        lists = self._lists()
        results: dict[int, BudgetResult] = {}
        done: set[int] = set()
        for at in range(len(self.plan.budgets)):
            if at in done:
                continue
            linked = self._linked(at)
            done |= linked
            if len(linked) == 1:
                results[at] = self._alone(at, lists[at])
            else:
                results |= self._together(sorted(linked), lists)
            for budget in linked:
                self._roll(self.plan.budgets[budget], results[budget])
        self.results = [results[at] for at in range(len(self.plan.budgets))]

    def _lists(self) -> list[list[int]]:
        """The rows that may be charged to each budget."""
        found: list[list[int]] = [[] for _ in self.plan.budgets]
        for row, choices in enumerate(self.choices):
            if self.present[row] != NO:
                for budget in choices:
                    if budget >= 0:
                        found[budget].append(row)
        return found

    def _linked(self, at: int) -> set[int]:
        """The budgets that ask each other for money."""
        found = {at}
        while True:
            more = {
                other
                for other, budget in enumerate(self.plan.budgets)
                if other not in found
                and (budget.then in found or any(self.plan.budgets[one].then == other for one in found))
            }
            if not more:
                return found
            found |= more

    def _asked(self, rows: list[int]) -> tuple[list[int], list[int]]:
        """The least and the most that some rows ask; one list where that is the same."""
        columns = self.columns
        least = [columns.least[row] for row in rows]
        return least, least if columns.least is columns.most else [columns.most[row] for row in rows]

    def _in_list(self, rows: list[int]) -> list[Maybe]:
        """Whether rows that may be charged to a budget are in its list."""
        present, choices = self.present, self.choices
        return [present[row] if len(choices[row]) == 1 else min(MAYBE, present[row]) for row in rows]

    def _alone(self, at: int, rows: list[int]) -> BudgetResult:
        order, there = self.order.part(rows), self._in_list(rows)
        least, most = self._asked(rows)
        before, held = order.before(there, least, most), self.held[at]
        rules = (self.plan.last_award,) if self.plan.last_award else RULES
        found = [awards(rule, held, order, there, least, most, before) for rule in rules]
        self._keep(rows, *hull(found), *before)
        # Each rule for itself: what the others would give is no part of what it leaves.
        results = [
            self._result(at, self._drawn(rows, *ranges, there), sums(rule, held, before, there, least, most))
            for rule, ranges in zip(rules, found, strict=True)
        ]
        awarded = _either(results)
        self._awarded.append(_Awarded.of([awarded]))
        if rules[0] != "in_full":
            return awarded
        # Of an award in full the budget pays what it has left, as of one in part.
        if len(rules) > 1:
            return replace(_either(results[1:]), beyond=_beyond(awarded))
        paid = self._drawn(rows, *awards("in_part", held, order, there, least, most, before), there)
        result = self._result(at, paid, sums("in_part", held, before, there, least, most))
        return replace(result, beyond=_beyond(awarded))

    @staticmethod
    def _drawn(rows: list[int], low: list[int], high: list[int], there: list[Maybe]) -> list[_Drawn]:
        return list(zip(rows, low, high, there, strict=True))

    def _together(self, budgets: list[int], lists: list[list[int]]) -> dict[int, BudgetResult]:
        """Pots that ask each other, over all their applications at once."""
        pairs = [(row, budget) for budget in budgets for row in lists[budget]]
        rows = [row for row, _ in pairs]
        order, there = self.order.part(rows), self._in_list(rows)
        least, most = self._asked(rows)
        chains = [self._chain(budget) for _, budget in pairs]
        held = {budget: self.held[budget] for budget in budgets}
        low, high = chained(self.plan.last_award, held, chains, order, there, least, most)
        before = order.before(there, least, most)
        self._keep(rows, low, high, *before)
        return self._shared_out(budgets, pairs, chains, low, high, there)

    def _shared_out(
        self, budgets: list[int], pairs: list[tuple[int, int]], chains: list[tuple[int, ...]], low: list[int],
        high: list[int], there: list[Maybe],
    ) -> dict[int, BudgetResult]:  # fmt: skip
        """What each of several budgets gave: drawn on in order where every award is known, else between nothing and all."""
        known = low == high and all(sure != MAYBE for sure in there)
        if known and all(self.held[budget][0] == self.held[budget][1] for budget in budgets):
            found, (there_too, gone_too) = self._counted(budgets, pairs, chains, low)
            whole = _Awarded.of(found.values())
            self._awarded.append(
                _Awarded((whole.given[0] + there_too,) * 2, whole.freed + gone_too, there_too + gone_too)
            )
            return found
        drawn: dict[int, list[_Drawn]] = {budget: [] for budget in budgets}
        for at, (row, _) in enumerate(pairs):
            for budget in chains[at]:
                drawn[budget].append((row, 0, high[at], MAYBE))
        sure = sum([given for given, is_in in zip(low, there, strict=True) if is_in == YES])
        passed = self._passed(budgets, pairs, chains)
        most = {
            budget: min(sum([high for _, _, high, _ in drawn[budget]]), self.held[budget][1] + passed[budget])
            for budget in budgets
        }
        # What one gave at least is what the others together cannot have given.
        used = {budget: (max(0, sure - sum(most.values()) + most[budget]), most[budget]) for budget in budgets}
        awarded, paid = {}, {}
        for budget in budgets:
            held = self.held[budget]
            awarded[budget] = self._result(budget, drawn[budget], Sums(used[budget], (-passed[budget], held[1])))
            own = min(used[budget][0], held[0]), min(used[budget][1], held[1])
            result = self._result(budget, drawn[budget], Sums(own, (0, held[1])))
            paid[budget] = replace(result, beyond=_beyond(awarded[budget]))
        self._awarded.append(_Awarded.of(awarded.values()))
        return paid

    def _counted(
        self, budgets: list[int], pairs: list[tuple[int, int]], chains: list[tuple[int, ...]], awards: list[int]
    ) -> tuple[dict[int, BudgetResult], tuple[int, int]]:
        """What each budget pays of awards that are all known, and what comes from elsewhere: to those there, to those gone."""
        left, elsewhere = {budget: self.held[budget][0] for budget in budgets}, dict.fromkeys(budgets, 0)
        drawn: dict[int, list[_Drawn]] = {budget: [] for budget in budgets}
        beyond = [0, 0]
        for at in sorted(range(len(pairs)), key=lambda at: self.order.first[pairs[at][0]]):
            row, rest = pairs[at][0], awards[at]
            for budget in chains[at]:
                taken = min(rest, left[budget])
                left[budget] -= taken
                rest -= taken
                drawn[budget].append((row, taken, taken, YES))
            beyond[bool(self.columns.withdrawn[row])] += rest
            elsewhere[chains[at][-1]] += rest
        results = {
            budget: replace(
                self._result(budget, drawn[budget], Sums(_sum(drawn[budget]), (left[budget], left[budget]))),
                beyond=(elsewhere[budget], elsewhere[budget]),
            )
            for budget in budgets
        }
        return results, (beyond[0], beyond[1])

    def _passed(
        self, budgets: list[int], pairs: list[tuple[int, int]], chains: list[tuple[int, ...]]
    ) -> dict[int, int]:  # fmt: skip
        """By how much awards in full may pass each of several budgets: one award of each list that asks it last."""
        largest: dict[int, tuple[int, int]] = {}
        if self.plan.last_award in ("in_full", ""):
            for (row, own), chain in zip(pairs, chains, strict=True):
                largest[own] = chain[-1], max(largest.get(own, (0, 0))[1], self.columns.most[row] - 1)
        return {budget: sum([most for last, most in largest.values() if last == budget]) for budget in budgets}

    def _chain(self, budget: int) -> tuple[int, ...]:
        found = [budget]
        while (following := self.plan.budgets[found[-1]].then) >= 0:
            found.append(following)
        return tuple(found)

    def _keep(self, rows: list[int], low: list[int], high: list[int], least: list[int], most: list[int]) -> None:
        """The awards of one budget, and what is asked before each, join what other budgets may give, as a hull."""
        choices, present = self.choices, self.present
        for row, *found in zip(rows, low, high, least, most, strict=True):
            if len(choices[row]) == 1:
                self.low[row], self.high[row], self.before_low[row], self.before_high[row] = found
            else:
                self._join(row, *found)
            if present[row] != YES or choices[row][-1] < 0:
                self.low[row] = 0

    def _join(self, row: int, low: int, high: int, least: int, most: int) -> None:
        if self._seen[row]:
            low, high = min(self.low[row], low), max(self.high[row], high)
            least, most = min(self.before_low[row], least), max(self.before_high[row], most)
        self._seen[row] = True
        self.low[row], self.high[row], self.before_low[row], self.before_high[row] = low, high, least, most

    def _result(self, at: int, drawn: list[_Drawn], found: Sums) -> BudgetResult:
        """What a budget gave and has left, given what each may draw on it, and what they draw together."""
        held, gone = self.held[at], self.columns.withdrawn
        used = within(found.given, self._joint(drawn))
        given, freed = used, (0, 0)
        if any(gone):
            given = self._joint([one for one in drawn if not gone[one[0]]])
            freed = self._joint([one for one in drawn if gone[one[0]]])
            given, freed = (
                within(own, (used[0] - rest[1], used[1] - rest[0])) for own, rest in ((given, freed), (freed, given))
            )
        left = within(found.left, (held[0] - used[1], held[1] - used[0]))
        return BudgetResult(held, self.rolled[at], given, freed, left)

    def _joint(self, drawn: list[_Drawn]) -> Span:
        """What rows draw together: of those of which one alone may stay, one."""
        low, high = _sum(drawn)
        if not self.rivals.found:
            return low, high
        return low, max(low, self.rivals.most([row for row, *_ in drawn], [most for _, _, most, _ in drawn]))

    @property
    def given(self) -> Span:
        """What all awards come to: no more than all budgets hold, but for what an award in full takes from elsewhere."""
        held = sum(budget.most for budget in self.plan.budgets)
        held += sum(one.beyond - one.freed for one in self._awarded)
        least, most = (sum(one.given[side] for one in self._awarded) for side in (0, 1))
        return max(least, sum(self.low)), min(most, self.rivals.most(range(len(self.high)), self.high), held)

    def _roll(self, budget: Budget, result: BudgetResult) -> None:
        """What is left goes on."""
        if budget.rolls_to < 0:
            return
        low, high = result.left
        held, rolled = self.held[budget.rolls_to], self.rolled[budget.rolls_to]
        self.held[budget.rolls_to] = (held[0] + low, held[1] + high)
        self.rolled[budget.rolls_to] = (rolled[0] + low, rolled[1] + high)


def _either(results: list[BudgetResult]) -> BudgetResult:
    """What holds of a budget whichever rule for the last award it is."""
    if len(results) == 1:
        return results[0]
    given, freed, left = (between(getattr(one, name) for one in results) for name in ("given", "freed", "left"))
    return BudgetResult(results[0].held, results[0].rolled_in, given, freed, left)
