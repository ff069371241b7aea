# SPDX-License-Identifier: Apache-2.0
"""What nodes fold, which bounds they carry, and where they refuse."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.program.nodes import LIMIT, Nodes, TooLarge, below
from misure.program.steps import Steps

N = Nodes()
SMALL = st.integers(-50, 50)


def number(name, least, greatest):
    return N.given("number", name, least=least, greatest=greatest)


def truth(name):
    return N.given("truth", name)


X, Y, Z = number("x", 0, 10), number("y", 5, 20), number("z", -3, 4)
P, Q = truth("p"), truth("q")
ONE, TWO, NOTHING = N.const(1), N.const(2), N.const(0)
YES, NO = N.truth(True), N.truth(False)

FOLDED = [
    ("add", N.add(X), X),
    ("add nothing", N.add(X, NOTHING), X),
    ("add constants", N.add(ONE, TWO), N.const(3)),
    ("add no constants", N.add(NOTHING, NOTHING), NOTHING),
    ("add constants to a fact", N.add(ONE, X, TWO), N.add(X, N.const(3))),
    ("add to a constant that vanishes", N.add(N.const(-1), X, ONE), X),
    ("add of nothing at all", N.add(), NOTHING),
    ("subtract nothing", N.sub(X, NOTHING), X),
    ("subtract constants", N.sub(TWO, N.const(5)), N.const(-3)),
    ("multiply by one", N.mul(X, ONE), X),
    ("multiply one", N.mul(ONE, X), X),
    ("multiply by nothing", N.mul(X, NOTHING), NOTHING),
    ("multiply constants", N.mul(TWO, N.const(-4)), N.const(-8)),
    ("a constant stands on the right", N.mul(TWO, X), N.mul(X, TWO)),
    ("divide by one", N.floordiv(X, ONE), X),
    ("divide constants", N.floordiv(N.const(-7), TWO), N.const(-4)),
    ("the least of one", N.least(X, X), X),
    ("the least is the smaller constant", N.least(ONE, TWO, NOTHING), NOTHING),
    ("the least where one is always under the other", N.least(X, N.const(10)), X),
    ("the least where one touches the other", N.least(number("a", 0, 5), Y), number("a", 0, 5)),
    ("the greatest where one is always over the other", N.greatest(Y, N.const(5)), Y),
    ("the greatest where one touches the other", N.greatest(number("a", 0, 5), Y), Y),
    ("the least drops what can never be picked", N.least(X, Z, N.const(5)), N.least(X, Z)),
    ("the greatest drops what can never be picked", N.greatest(X, Y, N.const(4)), N.greatest(X, Y)),
    ("choose what is certain", N.choose(YES, X, Y), X),
    ("choose the other that is certain", N.choose(NO, X, Y), Y),
    ("choose between the same", N.choose(P, X, X), X),
    ("choose yes", N.choose(P, YES, Q), N.any_of(P, Q)),
    ("choose no", N.choose(P, NO, Q), N.all_of(N.not_(P), Q)),
    ("else yes", N.choose(P, Q, YES), N.any_of(N.not_(P), Q)),
    ("else no", N.choose(P, Q, NO), N.all_of(P, Q)),
    ("yes or no", N.choose(P, YES, NO), P),
    ("at most itself", N.le(X, X), YES),
    ("at most by the bounds", N.le(X, N.const(10)), YES),
    ("more by the bounds", N.le(N.const(11), X), NO),
    ("less than itself", N.lt(X, X), NO),
    ("less by the bounds", N.lt(X, N.const(11)), YES),
    ("not less by the bounds", N.lt(N.const(10), X), NO),
    ("the same as itself", N.eq(X, X), YES),
    ("the same constants", N.eq(TWO, N.const(2)), YES),
    ("apart below", N.eq(number("a", 0, 4), Y), NO),
    ("apart above", N.eq(N.const(21), Y), NO),
    ("not yes", N.not_(YES), NO),
    ("not no", N.not_(NO), YES),
    ("not not", N.not_(N.not_(P)), P),
    ("all of one", N.all_of(P), P),
    ("all of the same", N.all_of(P, P), P),
    ("all of yes", N.all_of(YES, P, YES), P),
    ("all with a no", N.all_of(P, NO, Q), NO),
    ("all of none", N.all_of(), YES),
    ("all of all", N.all_of(N.all_of(P, Q), truth("r")), N.all_of(P, Q, truth("r"))),
    ("any of one", N.any_of(P), P),
    ("any with a yes", N.any_of(P, YES), YES),
    ("any of no", N.any_of(NO, P, NO), P),
    ("any of none", N.any_of(), NO),
    ("any of any", N.any_of(N.any_of(P, Q), truth("r")), N.any_of(P, Q, truth("r"))),
    ("one of no options", N.one_of(N.given("choice", "k"), frozenset()), NO),
    ("within no codes", N.within(N.given("code", "c"), frozenset()), NO),
    ("steps that are all the same", N.steps(X, Steps("s", (3,), (7, 7), (7, 7))), N.const(7)),
    ("a step that the bounds choose", N.steps(N.const(5), Steps("s", (3, 6), (1, 2, 3), (1, 2, 3))), TWO),
    ("pick where the bounds choose", N.pick(N.const(3), (3,), (1, 2)), TWO),
    ("a wide product of constants", N.wide(N.const(25), N.const(10), 2), N.const(3)),
    ("a wide product of nothing", N.wide(NOTHING, N.const(10), 2), NOTHING),
]  # fmt: skip


@pytest.mark.parametrize(("made", "folded"), [case[1:] for case in FOLDED], ids=[case[0] for case in FOLDED])
def test_what_constants_and_bounds_decide_is_folded(made, folded):
    assert made is folded


KEPT = [
    (N.add(X, Z, ONE), "add", -2, 15),
    (N.sub(X, Z), "sub", -4, 13),
    (N.sub(NOTHING, X), "sub", -10, 0),
    (N.mul(X, Z), "mul", -30, 40),
    (N.mul(Z, N.const(-2)), "mul", -8, 6),
    (N.floordiv(Z, TWO), "floordiv", -2, 2),
    (N.floordiv(Z, number("d", 1, 2)), "floordiv", -3, 4),
    (N.least(X, Y), "min", 0, 10),
    (N.greatest(X, Y), "max", 5, 20),
    (N.least(X, N.const(9)), "min", 0, 9),
    (N.greatest(X, ONE), "max", 1, 10),
    (N.choose(P, X, Z), "if", -3, 10),
    (N.choose(P, Z, Y), "if", -3, 20),
    (N.steps(X, Steps("s", (3, 99), (1, 2, 50), (1, 4, 50))), "steps", 1, 4),
    (N.pick(X, (3, 99), (5, 2, 50)), "pick", 2, 5),
    (N.wide(X, Y, 2), "wide", 0, 2),
    (N.le(X, N.const(9)), "le", 0, 0),
    (N.le(ONE, X), "le", 0, 0),
    (N.lt(X, N.const(10)), "not", 0, 0),
    (N.eq(X, N.const(10)), "eq", 0, 0),
    (N.eq(X, NOTHING), "eq", 0, 0),
    (N.given("event", "e", least=3, greatest=9), "given", 3, 9),
    (N.column("lo", "int", "x", least=3, greatest=9), "column", 3, 9),
]


@pytest.mark.parametrize(("node", "op", "lo", "hi"), KEPT)
def test_a_node_that_stays_carries_its_bounds(node, op, lo, hi):
    assert (node.op, node.lo, node.hi) == (op, lo, hi)
    assert not node.constant


@pytest.mark.parametrize(
    ("kind", "sort"),
    [("number", "int"), ("date", "int"), ("event", "int"), ("open", "int"), ("on", "int"), ("truth", "truth"),
     ("happened", "truth"), ("choice", "text"), ("code", "text"), ("text", "text")],
)  # fmt: skip
def test_a_fact_is_a_number_a_truth_or_a_text(kind, sort):
    assert N.given(kind, "it").sort == sort


def test_equal_nodes_are_one_object_and_others_are_not():
    assert N.const(1) is ONE
    assert N.truth(True) is not N.const(1)
    assert N.given("number", "x", least=0, greatest=9) is not X
    assert N.given("number", "x", "rows", least=0, greatest=10) is not X
    assert N.column("lo", "int", "x", least=0, greatest=10) is not N.column("hi", "int", "x", least=0, greatest=10)


BEYOND = "a value may reach {}, beyond 63 bits"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: N.const(LIMIT + 1), BEYOND.format(LIMIT + 1)),
        (lambda: N.const(-LIMIT - 1), BEYOND.format(-LIMIT - 1)),
        (lambda: N.add(N.const(LIMIT), X), BEYOND.format(LIMIT + 10)),
        (lambda: N.sub(N.const(-LIMIT), X), BEYOND.format(-LIMIT - 10)),
        (lambda: N.mul(number("w", 0, 2**61), N.const(3)), BEYOND.format(3 * 2**61)),
        (lambda: N.given("number", "w", least=2, greatest=1), "empty bounds"),
        (lambda: N.floordiv(X, X), "a divisor may be zero or negative"),
        (lambda: N.floordiv(X, NOTHING), "a divisor may be zero or negative"),
        (lambda: N.wide(Z, X, 2), "an amount that is rounded may be negative"),
        (lambda: N.wide(X, Z, 2), "an amount that is rounded may be negative"),
        (lambda: N.wide(X, Y, 1), "a factor with fewer than two decimals needs no wide product"),
        (
            lambda: N.wide(number("v", 0, LIMIT // 20 + 1), number("w", 0, LIMIT // 20 + 1), 17),
            "neither operand leaves room to multiply the other digit by digit",
        ),
    ],
)
def test_what_a_node_refuses(make, message):
    with pytest.raises(TooLarge) as caught:
        make()
    assert str(caught.value) == message


def test_the_limit_itself_is_a_value():
    assert N.const(LIMIT).hi == LIMIT
    assert N.const(-LIMIT).lo == -LIMIT
    assert N.mul(number("w", -(2**61), 2**61), TWO).hi == LIMIT
    room = N.wide(number("v", 0, LIMIT // 20), number("w", 0, LIMIT // 20), 17)
    assert room.hi == (LIMIT // 20) ** 2 // 10**17 + ((LIMIT // 20) ** 2 % 10**17 * 2 >= 10**17)


def test_what_is_below_comes_before_what_uses_it_and_once():
    both = N.add(X, N.mul(X, Y))
    assert list(below([both, X])) == [X, Y, N.mul(X, Y), both]
    assert list(below([X, both, both])) == [X, Y, N.mul(X, Y), both]
    assert list(below([both], {N.mul(X, Y)})) == [X, both]


@given(st.lists(SMALL, max_size=6, unique=True).map(sorted), st.data(), SMALL, SMALL)
def test_steps_between_two_keys_are_those_that_some_key_falls_in(breaks, data, one, other):
    ends = data.draw(st.lists(st.tuples(SMALL, st.integers(0, 5)), min_size=len(breaks) + 1, max_size=len(breaks) + 1))
    lows, highs = tuple(low for low, _ in ends), tuple(low + more for low, more in ends)
    table = Steps("s", tuple(breaks), lows, highs)
    least, greatest = min(one, other), max(one, other)

    def at(key):
        step = sum(start <= key for start in breaks)
        return lows[step], highs[step]

    found = [at(key) for key in range(least, greatest + 1)]
    assert table.between(least, greatest) == (min(low for low, _ in found), max(high for _, high in found))
    narrow = table.within(least, greatest)
    assert [narrow.between(key, key) for key in range(least, greatest + 1)] == found
    pairs = list(zip(narrow.lows, narrow.highs, strict=True))
    assert all(before != after for before, after in itertools.pairwise(pairs))
    assert len(narrow.breaks) == len(pairs) - 1
    assert narrow.name == "s"
