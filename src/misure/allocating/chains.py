# SPDX-License-Identifier: Apache-2.0
"""Pots that ask others for what they cannot give: a chamber's money first, the Region's for the rest.

Applications of several lists then draw on one budget in one order. Up to the first doubt the money is counted as an official
would count it, application by application. From there on the bounds are loose, and sound: the least that may be left is
what is there less all that may be asked before, the most is what is there.
"""

from __future__ import annotations

from collections.abc import Sequence

from misure.allocating.awarding import RULES, Ranges, hull
from misure.allocating.columns import NO, YES, Maybe
from misure.allocating.order import Order

__all__ = ["chained"]


def chained(
    rule: str, budgets: dict[int, tuple[int, int]], chains: Sequence[tuple[int, ...]], order: Order,
    present: Sequence[Maybe], least: Sequence[int], most: Sequence[int],
) -> Ranges:  # fmt: skip
    """The least and the most that each gets; `chains` are the budgets of each application, in the order in which it asks."""
    if not rule:
        return hull([chained(one, budgets, chains, order, present, least, most) for one in RULES])
    rows = [row for row, there in enumerate(present) if there != NO]
    exact = [present[row] == YES and least[row] == most[row] for row in range(len(present))]
    low, high = [0] * len(present), [0] * len(present)
    known = all(small == large for small, large in budgets.values())
    head = order.certain_head(rows, exact) if known else []
    left = {budget: small for budget, (small, _) in budgets.items()}
    stopped: set[int] = set()
    for row in head:
        low[row] = high[row] = _take(rule, least[row], chains[row], left, stopped)
    settled = set(head)
    largest = left if known else {budget: large for budget, (_, large) in budgets.items()}
    waiting = [NO if row in settled else there for row, there in enumerate(present)]
    asked = {
        budget: order.before(
            [there if budget in chains[row] else NO for row, there in enumerate(waiting)], least, most
        )[1]
        for budget in budgets
    }
    for row in rows:
        if row in settled or chains[row][0] in stopped:
            continue
        # What it asks itself stands in no sum of its own: `before` leaves it out.
        worst = sum(max(0, left[budget] - asked[budget][row]) for budget in chains[row])
        best = sum(largest[budget] for budget in chains[row])
        low[row], high[row] = _bounds(rule, worst, best, least[row], most[row])
    return low, high


def _take(rule: str, asked: int, chain: tuple[int, ...], left: dict[int, int], stopped: set[int]) -> int:
    """What one application gets; its budgets are drawn on in order."""
    room = 0 if chain[0] in stopped else sum(left[budget] for budget in chain)
    if asked <= room:
        given = asked
    elif rule == "skips":
        return 0
    else:
        stopped.add(chain[0])
        given = {"in_full": asked if room else 0, "in_part": room, "stops": 0}[rule]
    rest = given
    for budget in chain:
        taken = min(rest, left[budget])
        left[budget] -= taken
        rest -= taken
    return given


def _bounds(rule: str, worst: int, best: int, least: int, most: int) -> tuple[int, int]:
    match rule:
        case "in_full":
            return (least if worst > 0 else 0), (most if best > 0 else 0)
        case "in_part":
            return min(least, worst), min(most, best)
    return (least if most <= worst else 0), (min(most, best) if least <= best else 0)
