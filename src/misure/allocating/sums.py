# SPDX-License-Identifier: Apache-2.0
"""What one budget gives in all, and what it has left, in every way in which the open things may turn out.

The awards of single applications may not be added up: where one gets more another gets less. But in each way it turns out
either everything fits, or there is one application with which the money ends; what is asked before it says what was given.

>>> sums("stops", (55, 55), ([0, 40, 40], [0, 50, 50]), [2, 2, 2], [40, 10, 10], [40, 10, 10])  # 40, and one of two equals
Sums(given=(50, 50), left=(5, 5))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import gcd
from typing import TypeAlias

from misure.allocating.awarding import Ranges
from misure.allocating.columns import YES, Maybe

__all__ = ["Span", "Sums", "between", "sums", "within"]

Span: TypeAlias = tuple[int, int]
"""The least and the most that an amount may be, in cents."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What a budget gave in all, to those who withdrew too, and what it never gave."""

    given: Span
    left: Span
    """Less than nothing where the last award is given in full and passes the budget: what it takes from elsewhere."""


def between(spans: Iterable[Span]) -> Span:
    """The least and the most of several."""
    lows, highs = zip(*spans, strict=True)
    return min(lows), max(highs)


def within(one: Span, other: Span) -> Span:
    """What two true ranges say together."""
    return max(one[0], other[0]), min(one[1], other[1])


def sums(
    rule: str, budget: Span, before: Ranges, there: Sequence[Maybe], least: Sequence[int], most: Sequence[int]
) -> Sums:  # fmt: skip
    """The sums of one budget under one rule for the last award; `before` is what is asked before each row of its list."""
    asked = sum(low for low, sure in zip(least, there, strict=True) if sure == YES), sum(most)
    found = list(_last(rule, budget, list(zip(*before, least, most, strict=True))))
    if asked[0] <= budget[1]:
        rest = max(0, budget[0] - asked[1]), budget[1] - asked[0]
        found.append(Sums((asked[0], min(asked[1], budget[1])), rest))
    if rule == "in_full" and budget[0] == 0:  # of nothing even the first gets nothing
        found.append(Sums((0, 0), (0, 0)))
    given = between(one.given for one in found)
    if rule != "in_part":
        # Whole awards are given: where all ask multiples of one amount, such as vouchers, so is what was given.
        unit = (gcd(*least) if least == most else 1) or 1
        given = -(-given[0] // unit) * unit, given[1] // unit * unit
    left = between(one.left for one in found)
    return Sums(given, within(left, (budget[0] - given[1], budget[1] - given[0])))


def _last(rule: str, budget: Span, rows: list[tuple[int, int, int, int]]) -> Iterator[Sums]:
    """The sums for each application with which the money may end: the first that does not fit, or takes the last of it."""
    held, larger = budget
    for first, last, low, high in rows:
        if not high or last + high < held:
            continue
        if rule == "in_full":
            if first < larger:
                given = max(held, first + low), min(larger - 1, last) + high
                yield Sums(given, (max(held - last, 1) - high, min(0, larger - first - low)))
        elif last + high == held:
            continue
        elif rule == "skips":  # others may still fit: what is left is less than it asks
            yield Sums((max(0, held - high + 1), larger), (0, high - 1))
        elif first <= larger:
            if rule == "in_part":
                yield Sums((max(held, first), min(larger, last + high)), (0, 0))
            else:
                given = max(first, held - high + 1), min(last, larger)
                yield Sums(given, (max(0, held - last), min(larger - first, high - 1)))
