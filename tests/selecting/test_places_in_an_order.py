# SPDX-License-Identifier: Apache-2.0
"""Places in an order: what stands before each for certain, what may, and up to where nothing is in doubt."""

from __future__ import annotations

import pytest

from misure.allocating import MAYBE, NO, YES
from misure.allocating.order import Order


def order_of(first: list[int], last: list[int] | None = None) -> Order:
    return Order.of([(place,) for place in first], [(place,) for place in last or first])


BEFORE = {
    "each behind the one before": ([1, 2, 3], None, [2, 2, 2], [5, 7, 9], [5, 7, 9], [0, 5, 12], [0, 5, 12]),
    "in whatever row they stand": ([3, 1, 2], None, [2, 2, 2], [5, 7, 9], [5, 7, 9], [16, 0, 7], [16, 0, 7]),
    "two equals first": ([1, 1, 2], None, [2, 2, 2], [5, 7, 9], [5, 7, 9], [0, 0, 12], [7, 5, 12]),
    "two equals last": ([1, 2, 2], None, [2, 2, 2], [5, 7, 9], [5, 7, 9], [0, 5, 5], [0, 14, 12]),
    "who is not there asks nothing": ([1, 2, 3], None, [2, 0, 2], [5, 7, 9], [5, 7, 9], [0, 5, 5], [0, 5, 5]),
    "nor among equals": ([1, 1, 2], None, [0, 2, 2], [5, 7, 9], [5, 7, 9], [0, 0, 7], [7, 0, 7]),
    "who may be there": ([1, 2, 3], None, [2, 1, 2], [5, 7, 9], [5, 7, 9], [0, 5, 5], [0, 5, 12]),
    "who may be there among equals": ([1, 1, 2], None, [1, 2, 2], [5, 7, 9], [5, 7, 9], [0, 0, 7], [7, 5, 12]),
    "ranges of amounts": ([1, 2, 3], None, [2, 2, 2], [5, 7, 9], [6, 9, 9], [0, 5, 12], [0, 6, 15]),
    "ranges of equals": ([1, 1, 1], None, [2, 2, 0], [5, 7, 9], [6, 9, 9], [0, 0, 0], [9, 6, 15]),
    "ranges of places": ([1, 2, 2, 1], [1, 2, 2, 3], [2] * 4, [10] * 4, [10] * 4, [0, 10, 10, 0], [10, 30, 30, 30]),
    "one that may be anywhere": ([1, 1, 2], [1, 3, 2], [2] * 3, [5, 7, 9], [5, 7, 9], [0, 0, 5], [7, 14, 12]),
}


@pytest.mark.parametrize(
    ("first", "last", "present", "least", "most", "sure", "possible"), BEFORE.values(), ids=list(BEFORE)
)
def test_what_stands_before_each(first, last, present, least, most, sure, possible) -> None:
    order = order_of(first, last)
    assert order.before(present, least, most) == (sure, possible)
    if least == most:
        assert order.before(present, least, least) == (sure, possible)
        assert order.before(present, least) == order.before(present, most=most) == (sure, possible)


@pytest.mark.parametrize(
    ("first", "last", "present", "sure", "possible"),
    [
        ([1, 2, 3], None, [2, 2, 2], [0, 1, 2], [0, 1, 2]),
        ([1, 2, 2], None, [2, 2, 2], [0, 1, 1], [0, 2, 2]),
        ([1, 2, 3], None, [0, 1, 2], [0, 0, 0], [0, 0, 1]),
        ([1, 2, 1], [1, 2, 2], [2, 2, 2], [0, 1, 0], [1, 2, 2]),
    ],
)
def test_without_amounts_it_is_counted_how_many_stand_before(first, last, present, sure, possible) -> None:
    assert order_of(first, last).before(present) == (sure, possible)


ORDERS = {
    "different": ([10, 30, 20], None, [0, 2, 1], [0, 2, 1], 3),
    "equals share a place": ([30, 10, 30], None, [1, 0, 1], [1, 0, 1], 2),
    "nobody": ([], None, [], [], 0),
    "ranges that overlap": ([10, 20, 10], [20, 20, 10], [0, 1, 0], [1, 1, 0], 2),
    "a doubt that touches nobody is none": ([10, 20], [15, 29], [0, 1], [0, 1], 2),
    "one that ends where another begins is in doubt": ([10, 15], [15, 20], [0, 1], [1, 2], 3),
    "one that lies within another is in doubt": ([10, 12], [20, 12], [0, 1], [2, 1], 3),
    "the last alone is in no doubt": ([10, 10, 20], [12, 11, 90], [0, 0, 3], [2, 1, 3], 4),
}


@pytest.mark.parametrize(("keys", "ends", "first", "last", "size"), ORDERS.values(), ids=list(ORDERS))
def test_places_are_counted_from_nothing_and_equals_share_one(keys, ends, first, last, size) -> None:
    order = order_of(keys, ends)
    assert (order.first, order.last, order.size) == (first, last, size)
    assert order.exact is (first == last)


def test_keys_are_compared_part_by_part() -> None:
    keys = [(1, -90), (0, -10), (1, -95)]
    assert Order.of(keys, list(keys)).first == [2, 0, 1]


def test_a_part_of_an_order_counts_its_own_places_anew() -> None:
    part = order_of([10, 20, 30, 40, 20]).part([3, 1, 4])
    assert (part.first, part.last, part.size, part.exact) == ([1, 0, 0], [1, 0, 0], 2, True)
    open_ = order_of([10, 20, 30, 10], [40, 20, 30, 25]).part([3, 1, 2])
    assert (open_.first, open_.last, open_.size, open_.exact) == ([0, 1, 3], [2, 1, 3], 4, False)


HEADS = {
    "everything is known": ([1, 2, 3], None, [0, 1, 2], [True] * 3, [0, 1, 2]),
    "in their order": ([3, 1, 2], None, [0, 1, 2], [True] * 3, [1, 2, 0]),
    "only of the rows that are asked": ([1, 2, 3], None, [2, 1], [True] * 3, [1, 2]),
    "until the first of whom something is not known": ([1, 2, 3], None, [0, 1, 2], [True, False, True], [0]),
    "the first itself": ([1, 2, 3], None, [0, 1, 2], [False, True, True], []),
    "until the first two equals": ([1, 2, 2], None, [0, 1, 2], [True] * 3, [0]),
    "equals at the head": ([1, 1, 2], None, [0, 1, 2], [True] * 3, []),
    "until a place that is open": ([1, 2, 3], [1, 3, 3], [0, 1, 2], [True] * 3, [0]),
    "one behind that may come first": ([1, 2, 0], [1, 2, 3], [0, 1, 2], [True] * 3, []),
    "nobody": ([1], None, [], [True], []),
}


@pytest.mark.parametrize(("first", "last", "rows", "exact", "head"), HEADS.values(), ids=list(HEADS))
def test_the_head_of_an_order_goes_up_to_the_first_doubt(first, last, rows, exact, head) -> None:
    assert order_of(first, last).certain_head(rows, exact) == head


def test_the_three_answers_stand_in_the_order_in_which_the_least_says_what_they_say_together() -> None:
    assert NO < MAYBE < YES
