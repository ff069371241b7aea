# SPDX-License-Identifier: Apache-2.0
"""An amount divided in proportion: the cents add up, nobody passes a limit, and what is not known lies between its ends."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.allocating.apportioning import Between, Claimant, between, exactly


@pytest.mark.parametrize(
    ("amount", "claims", "cents"),
    [
        (100, [("a", 1, None), ("b", 1, None), ("c", 1, None)], (34, 33, 33)),
        (100, [("c", 1, None), ("b", 1, None), ("a", 1, None)], (33, 33, 34)),
        (101, [("a", 1, None), ("b", 2, None)], (34, 67)),
        (100, [("a", 3, 10), ("b", 1, None)], (10, 90)),
        (100, [("a", 3, 10), ("b", 1, 60), ("c", 1, 60)], (10, 45, 45)),
        (130, [("a", 3, 10), ("b", 2, 60), ("c", 1, 60)], (10, 60, 60)),
        (0, [("a", 0, None)], (0,)),
        (0, [], ()),
        (5, [("a", 0, None), ("b", 7, None)], (0, 5)),
    ],
    ids=[
        "a-cent-to-the-first-name",
        "order",
        "greatest-rest",
        "limit",
        "limit-again",
        "all-full",
        "nothing",
        "nobody",
        "no-weight",
    ],
)
def test_what_each_receives(amount, claims, cents):
    assert exactly(amount, [Claimant(*one) for one in claims]).cents == cents


@pytest.mark.parametrize(
    ("amount", "claims"),
    [(1, []), (1, [("a", 0, None)]), (100, [("a", 1, 10), ("b", 1, 89)])],
    ids=["nobody", "no-weight", "limits-below"],
)
def test_what_nobody_says_how_to_divide(amount, claims):
    assert exactly(amount, [Claimant(*one) for one in claims]) is None
    ends, _ = between(
        (amount, amount), [Between(name, (weight, weight), (most, most)) for name, weight, most in claims]
    )
    assert ends == tuple((0, amount if most is None else min(amount, most)) for _, _, most in claims)


@pytest.mark.parametrize(
    ("amount", "limits", "ends"),
    [
        ((100, 100), [60, 50], ((50, 60), (40, 50))),
        ((110, 110), [60, 50], ((60, 60), (50, 50))),
        ((90, 100), [60, 50], ((40, 60), (30, 50))),
        ((10, 10), [60, 50], ((0, 10), (0, 10))),
        ((100, 100), [60, None], ((0, 60), (0, 100))),
        ((120, 120), [60, 50], ((0, 60), (0, 50))),
    ],
    ids=["cut", "whole", "amount-open", "below-both", "no-limit", "limits-below"],
)
def test_what_the_limits_of_the_others_leave_is_certain_however_it_is_divided(amount, limits, ends):
    told = [Between(name, (0, 5), (most, most)) for name, most in zip("ab", limits, strict=True)]
    assert between(amount, told)[0] == ends


def test_others_that_are_not_told_leave_what_their_limit_leaves():
    told = [Between("a", (0, 5), (60, 60))]
    assert between((100, 100), told, Between("", (0, 5), (50, 50)))[0] == ((50, 60),)
    assert between((100, 100), told, Between("", (0, 5), (50, None)))[0] == ((0, 60),)


WEIGHTS = st.integers(0, 10**12)
CLAIMS = st.lists(st.tuples(WEIGHTS, st.none() | st.integers(0, 10**11)), min_size=1, max_size=7)


def named(claims):
    return [Claimant("abcdefgh"[at], weight, most) for at, (weight, most) in enumerate(claims)]


@given(st.integers(0, 10**12), CLAIMS, st.randoms(use_true_random=False))
def test_parts_add_up_within_limits_in_any_order_and_equal_weights_differ_by_a_cent(amount, claims, random):
    claimants = named(claims)
    found = exactly(amount, claimants)
    if found is None:
        weighty = [one for one in claimants if one.weight]
        assert all(one.limit is not None for one in weighty)
        assert sum(one.limit for one in weighty if one.limit is not None) < amount
        return
    assert sum(found.cents) == amount
    for one, cents in zip(claimants, found.cents, strict=True):
        assert 0 <= cents <= (amount if one.limit is None else one.limit)
        assert one.weight or not cents
    unlimited = [(one.weight, cents) for one, cents in zip(claimants, found.cents, strict=True) if one.limit is None]
    for weight, cents in unlimited:
        for other, others in unlimited:
            # Within a cent of each other in proportion: two parts that were rounded differ by less than one cent each.
            assert abs(Fraction(cents) * other - Fraction(others) * weight) <= weight + other
    shuffled = list(zip(claimants, found.cents, strict=True))
    random.shuffle(shuffled)
    assert exactly(amount, [one for one, _ in shuffled]).cents == tuple(cents for _, cents in shuffled)


@given(st.integers(0, 10**6), CLAIMS, st.data())
def test_whatever_is_true_of_what_is_not_known_a_part_lies_between_its_ends(amount, claims, data):
    claimants = named(claims)
    found = exactly(amount, claimants)
    if found is None:
        return
    near = st.integers(0, 50)

    def around(value):
        low = max(0, value - data.draw(near))
        return low, value + data.draw(near)

    told = [
        Between(one.name, around(one.weight), (None, None) if one.limit is None else around(one.limit))
        for one in claimants
    ]
    ends, _ = between(around(amount), told)
    unseen = Between("", (0, told[-1].weight[1]), (told[-1].limit[0], told[-1].limit[1]))
    fewer, _ = between(around(amount), told[:-1], unseen)
    for cents, (low, high) in [*zip(found.cents, ends, strict=True), *zip(found.cents, fewer, strict=False)]:
        assert low <= cents <= high


@given(st.integers(0, 10**6), CLAIMS, st.data())
def test_what_the_caps_leave_holds_a_part_that_is_open_only_because_limits_are(cap, claims, data):
    claimants = [one for one in named(claims) if one.limit is not None]
    amount = min(cap, sum(one.limit for one in claimants))
    found = exactly(amount, claimants)
    if found is None:
        return
    near = st.integers(0, 50)

    def around(value):
        return max(0, value - data.draw(near)), value + data.draw(near)

    told = [Between(one.name, around(one.weight), around(one.limit)) for one in claimants]
    least, most = (sum(one.limit[end] for one in told) for end in (0, 1))
    ends, _ = between((min(cap, least), min(cap, most)), told, rest=cap)
    wider, _ = between((min(cap, least), min(cap, most)), told)
    for cents, (low, high), (lowest, highest) in zip(found.cents, ends, wider, strict=True):
        assert lowest <= low <= cents <= high <= highest


def test_others_whose_limit_is_open_take_no_more_than_goes_beyond_the_cap():
    told = [Between("a", (0, 1), (60, 60)), Between("b", (0, 1), (20, 50))]
    assert between((80, 100), told, rest=100)[0] == ((50, 60), (20, 50))
    assert between((80, 100), told)[0] == ((30, 60), (20, 50))
    assert between((80, 110), told, rest=110)[0] == ((60, 60), (20, 50))
