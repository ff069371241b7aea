# SPDX-License-Identifier: Apache-2.0
"""A selection, from columns to columns: who is received, who stays, who stands where, what each pot gives.

>>> columns = Columns(admitted=[2, 2, 2], first=[(1,), (2,), (3,)], last=[(1,), (2,), (3,)], least=[40] * 3, most=[40] * 3,
...                   pots=[[2, 2, 2]])
>>> picked = pick(columns, Plan((Pot(100, 100),), "in_part"))
>>> picked.award_least, picked.place_first
([40, 40, 20], [1, 2, 3])
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from misure.selecting.awarding import awards
from misure.selecting.chains import chained
from misure.selecting.columns import MAYBE, NO, YES, Columns, Maybe, Plan, Pot, Relation, Withdrawn
from misure.selecting.order import Order
from misure.selecting.unique import Standing, stay

__all__ = ["Picked", "PotResult", "pick"]

_HUNDRED = 10_000
"""A hundred percent, in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class PotResult:
    """One pot after the selection, in cents, each as a range: what it held, what it gave, what is left of it."""

    held: tuple[int, int]
    rolled_in: tuple[int, int]
    given: tuple[int, int]
    left: tuple[int, int]
    """Less than nothing where the last award is given in full and passes the pot."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What came out, one row for each application."""

    received: list[Maybe]
    """Whether it came before the counter closed."""
    standing: tuple[Standing, ...]
    """For each relation."""
    present: list[Maybe]
    """Whether it competes for money."""
    place_first: list[int]
    """The best place among those that compete in its window, from 1."""
    place_last: list[int]
    pots: list[tuple[int, ...]]
    """The pots to which each may be charged first; -1 where it may meet the condition of none."""
    before_least: list[int]
    """The least that is asked before it of its pot (of the one that has most asked before it, where that is open)."""
    before_most: list[int]
    award_least: list[int]
    award_most: list[int]
    results: tuple[PotResult, ...]


def pick(columns: Columns, plan: Plan) -> Picked:
    """Decide a selection."""
    rows = len(columns)
    columns = _whole(columns, plan)
    order = Order.of(columns.first, columns.last)
    received = _received(columns, plan)
    standing = tuple(
        _standing(columns, order, relation, columns.keys[at]) for at, relation in enumerate(plan.relations)
    )
    present = [
        min(columns.admitted[row], received[row], *(one.stays[row] for one in standing), _there(columns.withdrawn[row]))
        for row in range(rows)
    ]
    shown = [NO if columns.withdrawn[row] else there for row, there in enumerate(present)]
    places = _places(columns, order, shown)
    choices = [_choices(columns, plan, row) for row in range(rows)]
    money = _Money(columns, plan, order, present, choices)
    money.run()
    for row, gone in enumerate(columns.withdrawn):
        if gone:
            money.low[row] = money.high[row] = 0
    return Picked(
        received, standing, shown, places[0], places[1], choices, money.before_low, money.before_high, money.low,
        money.high, tuple(money.results),
    )  # fmt: skip


def _whole(columns: Columns, plan: Plan) -> Columns:
    """The columns with the defaults of those that were not given."""
    rows = len(columns)
    return replace(
        columns,
        filed=columns.filed or [(0, 0)] * rows,
        windows=columns.windows or [(-1,)] * rows,
        pots=columns.pots or [[YES] * rows for _ in plan.pots],
        keys=columns.keys or [[None] * rows for _ in plan.relations],
        withdrawn=columns.withdrawn or [Withdrawn.STAYS] * rows,
    )


def _there(withdrawn: Withdrawn) -> Maybe:
    return {Withdrawn.STAYS: YES, Withdrawn.GHOST: YES, Withdrawn.PERHAPS: MAYBE, Withdrawn.GONE: NO}[withdrawn]


def _received(columns: Columns, plan: Plan) -> list[Maybe]:
    """Whether each was filed before the counter closed: all that was asked before counts, admitted or not."""
    rows = len(columns)
    if plan.intake is None:
        return [YES] * rows
    low = -(-sum(pot.least for pot in plan.pots) * plan.intake[0] // _HUNDRED)
    high = sum(pot.most for pot in plan.pots) * plan.intake[1] // _HUNDRED
    line = Order.of([(first,) for first, _ in columns.filed], [(last,) for _, last in columns.filed])
    least, most = line.before([YES] * rows, columns.least, columns.most)
    return [YES if most[row] < low else NO if least[row] >= high else MAYBE for row in range(rows)]


def _standing(columns: Columns, order: Order, relation: Relation, keys: list[str | None]) -> Standing:
    rows = range(len(columns))
    match relation.survivor:
        case "first_filed":
            preferred = columns.filed
        case "last_filed":
            preferred = [(-last, -first) for first, last in columns.filed]
        case "best_placed":
            preferred = list(zip(order.first, order.last, strict=True))
        case _:
            preferred = [(0, 1)] * len(columns)
    if not relation.within_window:
        return stay(relation, [None if key is None else (key, 0) for key in keys], preferred, columns.admitted)
    # Who may have been filed in several windows may meet anybody: its key is as good as not told.
    windows = columns.windows
    within = [None if keys[row] is None or len(windows[row]) > 1 else (str(keys[row]), windows[row][0]) for row in rows]
    return stay(relation, within, preferred, columns.admitted)


def _places(columns: Columns, order: Order, present: list[Maybe]) -> tuple[list[int], list[int]]:
    """The best and the worst place of each in the ranking of its window."""
    best, worst = [len(present) + 1] * len(present), [0] * len(present)
    for window in sorted({window for found in columns.windows for window in found}):
        there = [
            NO if window not in found else present[row] if len(found) == 1 else min(MAYBE, present[row])
            for row, found in enumerate(columns.windows)
        ]
        sure, open_ = order.before(there)
        for row, found in enumerate(columns.windows):
            if window in found:
                best[row], worst[row] = min(best[row], sure[row] + 1), max(worst[row], open_[row] + 1)
    return best, worst


def _choices(columns: Columns, plan: Plan, row: int) -> tuple[int, ...]:
    """The pots to which an application may be charged: the first whose condition it meets."""
    found = []
    for at, pot in enumerate(plan.pots):
        meets = columns.pots[at][row]
        windows = columns.windows[row]
        if pot.window >= 0 and pot.window not in windows:
            continue
        if pot.window >= 0 and len(windows) > 1:
            meets = min(meets, MAYBE)
        if meets != NO:
            found.append(at)
        if meets == YES:
            return tuple(found)
    return (*found, -1)


class _Money:
    """The pots of one selection, one after the other; what is left of one may go to a later one."""

    def __init__(
        self, columns: Columns, plan: Plan, order: Order, present: list[Maybe], choices: list[tuple[int, ...]]
    ) -> None:
        rows = len(columns)
        self.columns, self.plan, self.order, self.present, self.choices = columns, plan, order, present, choices
        self.low, self.high = [0] * rows, [0] * rows
        self.before_low, self.before_high = [0] * rows, [0] * rows
        self.held = [(pot.least, pot.most) for pot in plan.pots]
        self.rolled = [(0, 0) for _ in plan.pots]
        self.results: list[PotResult] = []
        self._seen = [False] * rows

    def run(self) -> None:
        lists = self._lists()
        results: dict[int, PotResult] = {}
        done: set[int] = set()
        for at in range(len(self.plan.pots)):
            if at in done:
                continue
            linked = self._linked(at)
            done |= linked
            if len(linked) == 1:
                results[at] = self._alone(at, lists[at])
            else:
                results |= self._together(sorted(linked), lists)
            for pot in linked:
                self._roll(self.plan.pots[pot], results[pot])
        self.results = [results[at] for at in range(len(self.plan.pots))]

    def _lists(self) -> list[list[int]]:
        """The rows that may be charged to each pot."""
        found: list[list[int]] = [[] for _ in self.plan.pots]
        for row, choices in enumerate(self.choices):
            if self.present[row] != NO:
                for pot in choices:
                    if pot >= 0:
                        found[pot].append(row)
        return found

    def _linked(self, at: int) -> set[int]:
        """The pots that ask each other for money."""
        found = {at}
        while True:
            more = {
                other
                for other, pot in enumerate(self.plan.pots)
                if other not in found and (pot.then in found or any(self.plan.pots[one].then == other for one in found))
            }
            if not more:
                return found
            found |= more

    def _in_list(self, row: int) -> Maybe:
        """Whether a row that may be charged to a pot is in its list."""
        return self.present[row] if len(self.choices[row]) == 1 else min(MAYBE, self.present[row])

    def _alone(self, at: int, rows: list[int]) -> PotResult:
        order, there = self.order.part(rows), [self._in_list(row) for row in rows]
        least = [self.columns.least[row] for row in rows]
        most = [self.columns.most[row] for row in rows]
        low, high = awards(self.plan.last_award, self.held[at], order, there, least, most)
        before = order.before(there, least, most)
        for place, row in enumerate(rows):
            self._keep(row, low[place], high[place], before[0][place], before[1][place])
        given = (
            sum(amount for amount, sure in zip(low, there, strict=True) if sure == YES),
            sum(high),
        )
        return self._result(at, given)

    def _together(self, pots: list[int], lists: list[list[int]]) -> dict[int, PotResult]:
        """Pots that ask each other, over all their applications at once."""
        pairs = [(row, pot) for pot in pots for row in lists[pot]]
        order = Order(
            [self.order.first[row] for row, _ in pairs], [self.order.last[row] for row, _ in pairs], self.order.size
        )
        there = [self._in_list(row) for row, _ in pairs]
        least = [self.columns.least[row] for row, _ in pairs]
        most = [self.columns.most[row] for row, _ in pairs]
        chains = [self._chain(pot) for _, pot in pairs]
        held = {pot: self.held[pot] for pot in pots}
        low, high = chained(self.plan.last_award, held, chains, order, there, least, most)
        before = order.before(there, least, most)
        for place, (row, _) in enumerate(pairs):
            self._keep(row, low[place], high[place], before[0][place], before[1][place])
        return self._shared_out(pots, pairs, chains, low, high, there)

    def _shared_out(
        self, pots: list[int], pairs: list[tuple[int, int]], chains: list[tuple[int, ...]], low: list[int],
        high: list[int], there: list[Maybe],
    ) -> dict[int, PotResult]:  # fmt: skip
        """What each of several pots gave: drawn on in order where every award is known, else between nothing and all."""
        exact = (
            low == high
            and all(sure != MAYBE for sure in there)
            and all(self.held[pot][0] == self.held[pot][1] for pot in pots)
        )
        left = {pot: self.held[pot][0] for pot in pots}
        if exact:
            line = sorted(range(len(pairs)), key=lambda at: self.order.first[pairs[at][0]])
            for at in line:
                rest = low[at]
                for pot in chains[at]:
                    taken = rest if pot == chains[at][-1] else min(rest, left[pot])
                    left[pot] -= taken
                    rest -= taken
            return {pot: self._result(pot, (self.held[pot][0] - left[pot],) * 2) for pot in pots}
        return {
            pot: self._result(pot, (0, sum(high[at] for at in range(len(pairs)) if pot in chains[at]))) for pot in pots
        }

    def _chain(self, pot: int) -> tuple[int, ...]:
        found = [pot]
        while (following := self.plan.pots[found[-1]].then) >= 0:
            found.append(following)
        return tuple(found)

    def _keep(self, row: int, low: int, high: int, before_low: int, before_high: int) -> None:
        """An award of one pot joins what other pots may give, as a hull."""
        if self._seen[row]:
            self.low[row], self.high[row] = min(self.low[row], low), max(self.high[row], high)
            self.before_low[row] = min(self.before_low[row], before_low)
            self.before_high[row] = max(self.before_high[row], before_high)
        else:
            self._seen[row] = True
            self.low[row], self.high[row] = low, high
            self.before_low[row], self.before_high[row] = before_low, before_high
        if self.present[row] != YES or -1 in self.choices[row]:
            self.low[row] = 0

    def _result(self, at: int, given: tuple[int, int]) -> PotResult:
        held = self.held[at]
        if self.plan.last_award not in ("in_full", ""):
            given = (given[0], min(given[1], held[1]))
        floor = held[0] - given[1]
        left = (floor if self.plan.last_award in ("in_full", "") or floor > 0 else 0, held[1] - given[0])
        return PotResult(held, self.rolled[at], given, left)

    def _roll(self, pot: Pot, result: PotResult) -> None:
        """What is left goes on, never less than nothing."""
        if pot.rolls_to < 0:
            return
        low, high = max(0, result.left[0]), max(0, result.left[1])
        held, rolled = self.held[pot.rolls_to], self.rolled[pot.rolls_to]
        self.held[pot.rolls_to] = (held[0] + low, held[1] + high)
        self.rolled[pot.rolls_to] = (rolled[0] + low, rolled[1] + high)
