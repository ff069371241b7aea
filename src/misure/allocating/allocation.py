# SPDX-License-Identifier: Apache-2.0
"""A selection, from columns to columns: who is received, who stays, who stands where, what each budget gives.

>>> from misure.allocating.columns import Budget
>>> columns = Columns(admitted=[2, 2, 2], first=[(1,), (2,), (3,)], last=[(1,), (2,), (3,)], least=[40] * 3, most=[40] * 3,
...                   budgets=[[2, 2, 2]])
>>> allocation = allocate(columns, Plan((Budget(100, 100),), "in_part"))
>>> allocation.award_least, allocation.place_first
([40, 40, 20], [1, 2, 3])
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from misure.allocating.budgets import BudgetResult, Pots
from misure.allocating.columns import MAYBE, NO, YES, Columns, Maybe, Plan, Relation, Withdrawn
from misure.allocating.order import Order
from misure.allocating.rivals import Rivals
from misure.allocating.unique import Survival, stay

__all__ = ["Allocation", "allocate"]

_HUNDRED = 10_000
"""A hundred percent, in hundredths of a percent."""


_THERE: dict[int, Maybe] = {
    Withdrawn.STAYS: YES, Withdrawn.GHOST: YES, Withdrawn.PERHAPS: MAYBE, Withdrawn.GONE: NO,
}  # fmt: skip
"""Whether an application that was withdrawn still competes for money."""
_ABLE = _THERE | {Withdrawn.GONE: MAYBE}
"""Whether it still stands in the way of one of the same key that was filed before the withdrawal."""
_ALWAYS = 1 << 62


@dataclass(frozen=True, slots=True)
class Allocation:
    """What came out, one row for each application."""

    received: list[Maybe]
    """Whether it came before the counter closed."""
    standing: tuple[Survival, ...]
    """For each relation."""
    present: list[Maybe]
    """Whether it competes for money."""
    place_first: list[int]
    """The best place among those that compete in its window, from 1."""
    place_last: list[int]
    budgets: list[tuple[int, ...]]
    """The budgets to which each may be charged first; -1 where it may meet the condition of none."""
    before_least: list[int]
    """The least that is asked before it of its budget (of the one that has most asked before it, where that is open)."""
    before_most: list[int]
    award_least: list[int]
    award_most: list[int]
    results: tuple[BudgetResult, ...]
    given: tuple[int, int]
    """What all of them are given, in every way in which the open things may turn out."""


def allocate(columns: Columns, plan: Plan) -> Allocation:
    """Decide a selection."""
    rows = len(columns)
    columns = _whole(columns, plan)
    some_gone = any(columns.withdrawn)
    order = Order.of(columns.first, columns.last)
    received = _received(columns, plan)
    standing = tuple(
        _standing(columns, order, relation, at, _able(columns, relation, received))
        for at, relation in enumerate(plan.relations)
    )
    present = columns.admitted
    for more in (*([received] if plan.intake else []), *(one.stays for one in standing)):
        present = list(map(min, present, more))
    shown = present
    if some_gone:
        present = _unless_withdrawn(columns, present, _THERE)
        shown = [NO if gone else there for there, gone in zip(present, columns.withdrawn, strict=True)]
    places = _places(columns, order, shown)
    choices = _choices(columns, plan)
    rivals = Rivals.of(plan.relations, columns.keys, columns.windows, columns.kept)
    money = Pots(columns, plan, order, present, choices, rivals)
    money.run()
    for row in range(rows if some_gone else 0):
        if columns.withdrawn[row]:
            money.low[row] = money.high[row] = 0
    return Allocation(
        received, standing, shown, places[0], places[1], choices, money.before_low, money.before_high, money.low,
        money.high, tuple(money.results), money.given,
    )  # fmt: skip


def _whole(columns: Columns, plan: Plan) -> Columns:
    """The columns with the defaults of those that were not given; one list where the ends of all ranges are the same."""
    rows = len(columns)
    return replace(
        columns,
        last=columns.first if columns.first == columns.last else columns.last,
        most=columns.least if columns.least == columns.most else columns.most,
        filed=columns.filed or [(0, 0)] * rows,
        windows=columns.windows or [(-1,)] * rows,
        budgets=columns.budgets or [[YES] * rows for _ in plan.budgets],
        keys=columns.keys or [[((), True)] * rows for _ in plan.relations],
        withdrawn=columns.withdrawn or [Withdrawn.STAYS] * rows,
        kept=columns.kept or [frozenset()] * len(plan.relations),
    )


def _received(columns: Columns, plan: Plan) -> list[Maybe]:
    """Whether each was filed before the counter closed: all that was asked before counts, admitted or not."""
    rows = len(columns)
    if plan.intake is None:
        return [YES] * rows
    # What was asked is whole cents: it is less than a limit exactly where it is less than the limit rounded up.
    least_of, most_of = plan.intake_of or (
        sum(budget.least for budget in plan.budgets),
        sum(budget.most for budget in plan.budgets),
    )
    low = -(-least_of * plan.intake[0] // _HUNDRED)
    high = -(-most_of * plan.intake[1] // _HUNDRED)
    line = Order.of([(first,) for first, _ in columns.filed], [(last,) for _, last in columns.filed])
    least, most = line.before([YES] * rows, columns.least, columns.most)
    return [YES if most[row] < low else NO if least[row] >= high else MAYBE for row in range(rows)]


def _unless_withdrawn(columns: Columns, there: list[Maybe], of_fate: dict[int, Maybe]) -> list[Maybe]:
    """Those that are there, as far as their withdrawal leaves them in the way of the others."""
    return [min(one, of_fate[gone]) for one, gone in zip(there, columns.withdrawn, strict=True)]


def _able(columns: Columns, relation: Relation, received: list[Maybe]) -> list[Maybe]:
    """Which applications can still be the one that stays, where nothing says which one is.

    None that came too late, nor, where the rule says that only the admitted count, one that was not admitted: a refusal is
    no renunciation, and frees the other for certain only where an act says so. Of whom one of these is open, it is open
    whether it can: the office's word that it stays does not make it displace the others for certain.
    """
    if relation.survivor:
        return [YES] * len(columns)
    can = _unless_withdrawn(columns, received, _ABLE)
    return list(map(min, can, columns.admitted)) if relation.among == "admitted" else can


def _left(columns: Columns, relation: Relation) -> dict[int, int]:
    """Those that were withdrawn in time, each with the last moment of its day, where nothing says which one stays."""
    gone = [row for row, fate in enumerate(columns.withdrawn) if fate == Withdrawn.GONE and not relation.survivor]
    return {row: columns.left[row] if columns.left else _ALWAYS for row in gone}


def _standing(columns: Columns, order: Order, relation: Relation, at: int, able: list[Maybe]) -> Survival:
    keys, kept, left = columns.keys[at], columns.kept[at], _left(columns, relation)
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
        own = [([(key, 0) for key in said], open_) for said, open_ in keys]
        return stay(relation, own, preferred, columns.admitted, able, kept, left, columns.filed)
    # Who may have been filed in several windows may meet anybody: its keys are as good as not told.
    own = [
        ([(key, found[0]) for key in said], open_) if len(found) == 1 else ([], True)
        for (said, open_), found in zip(keys, columns.windows, strict=True)
    ]
    return stay(relation, own, preferred, columns.admitted, able, kept, left, columns.filed)


def _places(columns: Columns, order: Order, present: list[Maybe]) -> tuple[list[int], list[int]]:
    """The best and the worst place of each in the ranking of its window."""
    kinds = set(columns.windows)
    if len(kinds) == 1 and len(next(iter(kinds))) == 1:
        sure, open_ = order.before(present)
        return [before + 1 for before in sure], [before + 1 for before in open_]
    best, worst = [len(present) + 1] * len(present), [0] * len(present)
    for window in sorted({window for found in kinds for window in found}):
        there = [
            NO if window not in found else present[row] if len(found) == 1 else min(MAYBE, present[row])
            for row, found in enumerate(columns.windows)
        ]
        sure, open_ = order.before(there)
        for row, found in enumerate(columns.windows):
            if window in found:
                best[row], worst[row] = min(best[row], sure[row] + 1), max(worst[row], open_[row] + 1)
    return best, worst


def _choices(columns: Columns, plan: Plan) -> list[tuple[int, ...]]:
    """The budgets to which each application may be charged: the first whose condition it meets."""
    if not plan.budgets:
        return [(-1,)] * len(columns)
    rows = list(zip(columns.windows, *columns.budgets, strict=True))
    found = {row: _choice(plan, row[0], row[1:]) for row in set(rows)}  # there are many rows, and few kinds of them
    return [found[row] for row in rows]


def _choice(plan: Plan, windows: tuple[int, ...], meets: tuple[Maybe, ...]) -> tuple[int, ...]:
    found = []
    for at, (budget, met) in enumerate(zip(plan.budgets, meets, strict=True)):
        if budget.window >= 0 and budget.window not in windows:
            continue
        there = min(met, MAYBE) if budget.window >= 0 and len(windows) > 1 else met
        if there != NO:
            found.append(at)
        if there == YES:
            return tuple(found)
    return (*found, -1)
