# SPDX-License-Identifier: Apache-2.0
"""Ratios are exact: whatever is computed is what fractions give, over the smallest scale, until it is rounded once."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.engines.intervals.interpreter import Interpreter
from misure.program.lowering.ratio import Ratio, Ratios
from misure.program.nodes import Nodes, TooLarge
from misure.testing.conformance.applicants import dossier

N = Nodes()
R = Ratios(N)
A = N.given("number", "a", least=-2, greatest=2)
B = N.given("number", "b", least=0, greatest=3)
C = N.given("number", "c", least=1, greatest=3)
CENTS = Ratio(B, 100)
GREAT = N.given("number", "great", least=0, greatest=10**10)


def value(node, a=1, b=2, c=3):
    """What a node is worth where the facts are these."""
    lo, hi = Interpreter(dossier([a, b, c] + [None] * 7, [], 0)).ends(node)
    assert lo == hi
    return lo


def worth(ratio, **facts):
    found = Fraction(value(ratio.number, **facts), ratio.scale)
    return found / value(ratio.divisor, **facts) if ratio.divisor is not None else found


CONSTANTS = st.fractions(-3, 3, max_denominator=60)
SCALES = st.sampled_from([1, 2, 3, 10, 60, 100])
FACTS = {"a": st.integers(-2, 2), "b": st.integers(0, 3), "c": st.integers(1, 3)}


@given(one=CONSTANTS, two=CONSTANTS, left=SCALES, right=SCALES, **FACTS)
def test_sums_products_and_extremes_are_exact(one, two, left, right, a, b, c):
    facts = {"a": a, "b": b, "c": c}
    x, y = Ratio(A, left), R.mul(R.constant(two), Ratio(C, right))
    exact_x, exact_y = Fraction(a, left), two * Fraction(c, right)
    assert worth(R.add(x, y, R.constant(one)), **facts) == exact_x + exact_y + one
    assert worth(R.sub(x, y), **facts) == exact_x - exact_y
    assert worth(R.mul(x, y), **facts) == exact_x * exact_y
    assert worth(R.extreme("min", x, y, R.constant(one)), **facts) == min(exact_x, exact_y, one)
    assert worth(R.extreme("max", x, y, R.constant(one)), **facts) == max(exact_x, exact_y, one)
    assert worth(R.choose(N.le(A, B), x, y), **facts) == (exact_x if a <= b else exact_y)


@given(one=CONSTANTS, two=st.fractions("1/60", 3, max_denominator=60), scale=SCALES, **FACTS)
def test_a_quotient_is_exact_until_it_is_compared_or_rounded(one, two, scale, a, b, c):
    facts = {"a": a, "b": b, "c": c}
    assert worth(R.div(Ratio(A, scale), R.constant(two)), **facts) == Fraction(a, scale) / two
    quotient = R.div(R.mul(R.constant(two), Ratio(B, scale)), Ratio(C, 10))
    exact = two * Fraction(b, scale) / Fraction(c, 10)
    assert worth(quotient, **facts) == exact
    assert worth(R.mul(quotient, Ratio(A, scale)), **facts) == exact * Fraction(a, scale)
    assert worth(R.mul(R.constant(one), quotient), **facts) == exact * one
    for left, right, sign in ((quotient, R.constant(one), 1), (R.constant(one), quotient, -1)):
        low, high, positive = R.cross(left, right)
        assert value(positive, **facts) == c
        found = value(low, **facts) - value(high, **facts)
        assert (found > 0, found == 0) == (sign * (exact - one) > 0, exact == one)


@given(one=CONSTANTS, left=SCALES, right=SCALES, **FACTS)
def test_two_sides_compare_as_the_ratios_do(one, left, right, a, b, c):
    facts = {"a": a, "b": b, "c": c}
    for other, exact in ((R.constant(one), one), (Ratio(C, right), Fraction(c, right))):
        low, high, positive = R.cross(Ratio(A, left), other)
        assert positive is None
        found, wanted = value(low, **facts) - value(high, **facts), Fraction(a, left) - exact
        assert (found > 0, found == 0) == (wanted > 0, wanted == 0)


@given(factor=st.fractions(0, 3, max_denominator=60), scale=SCALES, decimals=st.integers(0, 4), **FACTS)
def test_rounding_is_done_once_and_halves_go_up(factor, scale, decimals, a, b, c):
    facts = {"a": a, "b": b, "c": c}
    for ratio, exact in (
        (R.mul(R.constant(factor), Ratio(B, scale)), factor * Fraction(b, scale)),
        (R.div(R.mul(R.constant(factor), Ratio(B, scale)), Ratio(C, 10)), factor * Fraction(10 * b, scale * c)),
    ):
        for mode, raised in (("half_up", Fraction(1, 2)), ("down", 0)):
            node, positive = R.rounded(ratio, decimals, mode)
            assert (positive is None) == (ratio.divisor is None)
            assert value(node, **facts) == math.floor(exact * 10**decimals + raised)


def test_a_scale_is_as_small_as_it_can_be():
    assert R.mul(R.constant(Fraction(1, 2)), CENTS) == Ratio(B, 200)
    assert R.mul(R.constant(Fraction(50, 3)), CENTS) == Ratio(B, 6)
    assert R.mul(R.constant(Fraction(200)), CENTS) == Ratio(N.mul(B, N.const(2)), 1)
    assert R.mul(R.constant(Fraction(2, 3)), R.constant(Fraction(3, 4))) == Ratio(N.const(1), 2)
    assert R.div(CENTS, R.constant(Fraction(1, 50))) == Ratio(B, 2)
    assert R.div(CENTS, R.constant(3)) == Ratio(B, 300)
    assert R.add(CENTS, Ratio(A, 20)).scale == 100
    assert R.add(Ratio(C, 6), Ratio(A, 4)).scale == 12
    assert R.sub(Ratio(C, 6), Ratio(A, 4)).scale == 12
    assert R.extreme("min", Ratio(C, 6), Ratio(A, 4)).scale == 12
    assert R.choose(N.le(A, B), Ratio(C, 6), Ratio(A, 4)).scale == 12
    assert R.constant(Fraction(6, 4)) == Ratio(N.const(3), 2)
    assert R.constant(7) == Ratio(N.const(7), 1)


def test_two_sides_of_a_comparison_share_no_factor():
    assert R.cross(CENTS, R.constant(2)) == (B, N.const(200), None)
    assert R.cross(R.constant(Fraction(1, 2)), CENTS) == (N.const(50), B, None)
    assert R.cross(Ratio(A, 100), CENTS) == (A, B, None)
    assert R.cross(Ratio(N.mul(A, N.const(6)), 1), Ratio(N.mul(B, N.const(4)), 1)) == (
        N.mul(A, N.const(3)),
        N.mul(B, N.const(2)),
        None,
    )
    assert R.cross(Ratio(N.mul(A, N.const(6)), 1), R.constant(4)) == (N.mul(A, N.const(3)), N.const(2), None)
    assert R.cross(Ratio(A, 4), Ratio(B, 6)) == (N.mul(A, N.const(3)), N.mul(B, N.const(2)), None)


def test_what_needs_no_rounding_is_not_rounded():
    assert R.rounded(CENTS, 2, "half_up") == (B, None)
    assert R.rounded(Ratio(A, 10), 2, "down") == (N.mul(A, N.const(10)), None)
    assert R.rounded(Ratio(A, 1), 0, "half_up") == (A, None)


QUOTIENT = R.div(CENTS, Ratio(C))
PRODUCT = "a quotient can only be compared or rounded: write the ratio as a product"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: R.add(QUOTIENT, CENTS), PRODUCT),
        (lambda: R.sub(CENTS, QUOTIENT), PRODUCT),
        (lambda: R.sub(QUOTIENT, CENTS), PRODUCT),
        (lambda: R.mul(QUOTIENT, QUOTIENT), "two quotients cannot be multiplied: round one of them first"),
        (lambda: R.extreme("max", QUOTIENT, QUOTIENT), PRODUCT),
        (
            lambda: R.mul(Ratio(GREAT), R.div(Ratio(GREAT), Ratio(C))),
            f"a value may reach {10**20}, beyond 63 bits: of a quotient that is never above 1 write min(1, ...)",
        ),
        (lambda: R.mul(Ratio(GREAT), Ratio(GREAT)), f"a value may reach {10**20}, beyond 63 bits"),
        (lambda: R.choose(N.le(A, B), QUOTIENT, CENTS), PRODUCT),
        (lambda: R.div(QUOTIENT, CENTS), "a quotient of quotients cannot be used: write the ratio as a product"),
        (lambda: R.div(CENTS, QUOTIENT), "a quotient of quotients cannot be used: write the ratio as a product"),
        (lambda: R.div(CENTS, R.constant(0)), "the divisor is zero or negative"),
        (lambda: R.div(CENTS, R.constant(-1)), "the divisor is zero or negative"),
        (lambda: R.div(CENTS, Ratio(A)), "the divisor may be negative: where it cannot be, write max(0, ...) of it"),
        (lambda: R.cross(QUOTIENT, QUOTIENT), "two quotients cannot be compared: write the comparison as products"),
        (lambda: R.rounded(Ratio(A, 1000), 2, "half_up"), "an amount that is rounded may be negative"),
        (lambda: R.rounded(R.div(Ratio(A), Ratio(C)), 0, "down"), "an amount that is rounded may be negative"),
    ],
)
def test_what_a_ratio_refuses(make, message):
    with pytest.raises(TooLarge) as caught:
        make()
    assert str(caught.value) == message


@given(limit=st.fractions(0, 2, max_denominator=20), scale=SCALES, factor=CONSTANTS, **FACTS)
def test_a_quotient_stands_under_a_number_and_over_one(limit, scale, factor, a, b, c):
    facts = {"a": a, "b": b, "c": c}
    quotient = R.div(Ratio(B, scale), Ratio(C, 10))
    exact = Fraction(b, scale) / Fraction(c, 10)
    held = R.extreme("min", quotient, R.constant(limit))
    assert worth(held, **facts) == min(exact, limit)
    assert worth(R.extreme("max", R.constant(limit), quotient, R.constant(1)), **facts) == max(exact, limit, 1)
    left, right, _ = R.cross(R.mul(R.constant(abs(factor)), R.extreme("min", quotient, R.constant(1))), CENTS)
    assert (value(left, **facts) <= value(right, **facts)) == (abs(factor) * min(exact, 1) <= Fraction(b, 100))
    share = R.mul(Ratio(B, 7), R.mul(R.constant(abs(factor)), R.extreme("min", R.constant(1), quotient)))
    for mode, half in (("down", 0), ("half_up", Fraction(1, 2))):
        node, positive = R.rounded(share, 2, mode)
        assert value(node, **facts) == (Fraction(b * 100, 7) * abs(factor) * min(exact, 1) + half) // 1
        assert positive is quotient.divisor


def test_a_divisor_may_be_nothing_and_is_told_where_it_must_be_positive():
    quotient = R.div(CENTS, CENTS)
    assert quotient.divisor is B
    assert R.rounded(quotient, 2, "down")[1] is B
    assert value(R.rounded(quotient, 2, "down")[0], b=0) == 0
