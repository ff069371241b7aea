# SPDX-License-Identifier: Apache-2.0
"""The budgets of a selection: each gives to its list, what it cannot give is asked of another, what is left goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from misure.allocating.awarding import awards
from misure.allocating.chains import chained
from misure.allocating.columns import MAYBE, NO, YES, Budget, Columns, Maybe, Plan
from misure.allocating.order import Order

__all__ = ["BudgetResult", "Pots"]


@dataclass(frozen=True, slots=True)
class BudgetResult:
    """One budget after the selection, in cents, each as a range."""

    held: tuple[int, int]
    """What it had to give, with what rolled into it."""
    rolled_in: tuple[int, int]
    given: tuple[int, int]
    freed: tuple[int, int]
    """What withdrawn applications had been given, and is passed on to nobody."""
    left: tuple[int, int]
    """What it never gave. Less than nothing where the last award is given in full and passes the budget."""


_Drawn: TypeAlias = tuple[int, int, int, Maybe]
"""A row, the least and the most that it draws on a budget, and whether it does."""


def _sum(drawn: list[_Drawn]) -> tuple[int, int]:
    return sum([least for _, least, _, sure in drawn if sure == YES]), sum([most for _, _, most, _ in drawn])


class Pots:
    """The budgets of one selection, one after the other; what is left of one may go to a later one."""

    def __init__(
        self, columns: Columns, plan: Plan, order: Order, present: list[Maybe], choices: list[tuple[int, ...]]
    ) -> None:
        rows = len(columns)
        self.columns, self.plan, self.order, self.present, self.choices = columns, plan, order, present, choices
        self.low, self.high = [0] * rows, [0] * rows
        self.before_low, self.before_high = [0] * rows, [0] * rows
        self.held = [(budget.least, budget.most) for budget in plan.budgets]
        self.rolled = [(0, 0) for _ in plan.budgets]
        self.results: list[BudgetResult] = []
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
        low, high = awards(self.plan.last_award, self.held[at], order, there, least, most)
        before = order.before(there, least, most)
        self._keep(rows, low, high, *before)
        return self._result(at, list(zip(rows, low, high, there, strict=True)))

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
        left = {budget: self.held[budget][0] for budget in budgets}
        drawn: dict[int, list[_Drawn]] = {budget: [] for budget in budgets}
        if known and all(self.held[budget][0] == self.held[budget][1] for budget in budgets):
            for at in sorted(range(len(pairs)), key=lambda at: self.order.first[pairs[at][0]]):
                rest = low[at]
                for budget in chains[at]:
                    taken = rest if budget == chains[at][-1] else min(rest, left[budget])
                    left[budget] -= taken
                    rest -= taken
                    drawn[budget].append((pairs[at][0], taken, taken, YES))
        else:
            for at, (row, _) in enumerate(pairs):
                for budget in chains[at]:
                    drawn[budget].append((row, 0, high[at], MAYBE))
        return {budget: self._result(budget, drawn[budget]) for budget in budgets}

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

    def _result(self, at: int, drawn: list[_Drawn]) -> BudgetResult:
        held, gone = self.held[at], self.columns.withdrawn
        given = used = _sum(drawn)
        freed = (0, 0)
        if any(gone):
            given = _sum([one for one in drawn if not gone[one[0]]])
            freed = _sum([one for one in drawn if gone[one[0]]])
        passes = self.plan.last_award in ("in_full", "")
        if not passes:
            used, given = ((least, min(most, held[1])) for least, most in (used, given))
        floor = held[0] - used[1]
        left = (floor if passes else max(0, floor), held[1] - used[0])
        return BudgetResult(held, self.rolled[at], given, freed, left)

    def _roll(self, budget: Budget, result: BudgetResult) -> None:
        """What is left goes on, never less than nothing."""
        if budget.rolls_to < 0:
            return
        low, high = max(0, result.left[0]), max(0, result.left[1])
        held, rolled = self.held[budget.rolls_to], self.rolled[budget.rolls_to]
        self.held[budget.rolls_to] = (held[0] + low, held[1] + high)
        self.rolled[budget.rolls_to] = (rolled[0] + low, rolled[1] + high)
