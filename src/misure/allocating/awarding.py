# SPDX-License-Identifier: Apache-2.0
"""What one budget gives each of its applications, under each rule for the last award.

Where the list stops at the first that does not fit, an award depends on one number alone: what was asked before it. So its
bounds are exact. Where the rule passes over what does not fit, it depends on who exactly stands before, and after the
first doubt the bounds are loose, and sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from misure.allocating.columns import NO, YES, Maybe
from misure.allocating.order import Order

__all__ = ["RULES", "Ranges", "awards", "hull"]

RULES = ("in_full", "in_part", "stops", "skips")

Ranges: TypeAlias = tuple[list[int], list[int]]


def awards(
    rule: str, budget: tuple[int, int], order: Order, there: Sequence[Maybe], least: Sequence[int], most: Sequence[int],
    before: Ranges,
) -> Ranges:  # fmt: skip
    """The least and the most that each gets if it is in the budget; `before` is what is asked before each."""
    if rule == "skips":
        return _skipping(budget, order, there, least, most)
    return _worst(rule, budget[0], before[1], least, most), _best(rule, budget[1], before[0], least, most)


def hull(found: Sequence[Ranges]) -> Ranges:
    """What holds whichever of several answers comes out, row by row."""
    if len(found) == 1:
        return found[0]
    lows, highs = ([ranges[side] for ranges in found] for side in (0, 1))
    return list(map(min, *lows)), list(map(max, *highs))


def _worst(rule: str, budget: int, before: Sequence[int], least: Sequence[int], most: Sequence[int]) -> list[int]:
    """The least that each gets, given the most that may be asked before it."""
    rows = zip(before, least, most, strict=True)
    match rule:
        case "in_full":
            return [low if asked < budget else 0 for asked, low, _ in rows]
        case "in_part":
            return [max(0, min(low, budget - asked)) for asked, low, _ in rows]
    return [low if asked + high <= budget else 0 for asked, low, high in rows]


def _best(rule: str, budget: int, before: Sequence[int], least: Sequence[int], most: Sequence[int]) -> list[int]:
    """The most that each gets, given the least that is asked before it."""
    rows = zip(before, least, most, strict=True)
    match rule:
        case "in_full":
            return [high if asked < budget else 0 for asked, _, high in rows]
        case "in_part":
            return [max(0, min(high, budget - asked)) for asked, _, high in rows]
    return [min(high, budget - asked) if asked + low <= budget else 0 for asked, low, high in rows]


def _skipping(
    budget: tuple[int, int], order: Order, present: Sequence[Maybe], least: Sequence[int], most: Sequence[int]
) -> Ranges:
    rows = [row for row, there in enumerate(present) if there != NO]
    exact = [present[row] == YES and least[row] == most[row] for row in range(len(present))]
    low, high = [0] * len(present), [0] * len(present)
    left, head = budget[0], list[int]()
    if budget[0] == budget[1]:
        head = order.certain_head(rows, exact)
        for row in head:
            taken = least[row] if least[row] <= left else 0
            low[row] = high[row] = taken
            left -= taken
    settled = set(head)
    smallest, largest = (left, left) if head else budget
    waiting = [NO if row in settled else there for row, there in enumerate(present)]
    _, high_before = order.before(waiting, least, most)
    for row in range(len(present)):
        if row not in settled and high_before[row] + most[row] <= smallest:
            low[row] = least[row]
    sure, _ = order.before(waiting, low, low)
    for row in range(len(present)):
        if row not in settled:
            room = largest - sure[row]
            high[row] = min(most[row], room) if least[row] <= room else 0
    return low, high
