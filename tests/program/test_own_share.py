# SPDX-License-Identifier: Apache-2.0
"""What is left to the applicant: bounds that hold for every spending, and are near the truth where lines follow it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from misure.engines.intervals.interpreter import Interpreter
from misure.engines.python.printer import printed
from misure.facts.dossier import Column, Dossier, Layout
from misure.facts.vocabulary import Kind
from misure.program.lowering.ratio import Ratio, Ratios
from misure.program.lowering.residual import own_share
from misure.program.nodes import Nodes
from misure.program.split import Split

MOST = 60
"""Cents, the most that is spent."""
FORM = Layout((Column("total", Kind.NUMBER), Column("other", Kind.NUMBER)), ())
N = Nodes()
R = Ratios(N)
TOTAL = N.given("number", "total", least=0, greatest=MOST)
OTHER = N.given("number", "other", least=0, greatest=MOST)
SIGN = N.given("number", "other", least=-1, greatest=1)


def ends(node, total=None, other=None):
    """The ends of a node, read and printed alike."""
    told = Dossier(FORM, dt.date(2022, 6, 1), (total, other), (), (), (), None not in (total, other))
    found = Interpreter(told).ends(node)
    run, slots = printed("a test", {"it": Split(lambda *_: True).pair(node)}, FORM)
    raw, slot = run(told.values, told.tables, 0), slots["it"]
    assert (raw[slot.first], raw[slot.second]) == found
    return found


def line(share, *caps, base=TOTAL, mode="half_up"):
    """A line of support: a share of what is spent, rounded, and held under its caps."""
    ratio = R.mul(R.constant(share), Ratio(base, 100))
    amount = N.greatest(N.least(R.rounded(ratio, 2, mode)[0], *caps), N.const(0))
    return amount, ratio, list(caps)


def left(*lines, rises=True):
    return own_share(N, TOTAL, list(lines), rises=rises)


def plainly(node, total, other):
    told = Dossier(FORM, dt.date(2022, 6, 1), (total, other), (), (), (), True)
    return Interpreter(told).ends(node)[0]


def truly(lines, others=(0,)):
    """The least and the greatest that is left, over all that may be spent."""
    spent = [(total, other) for total in range(MOST + 1) for other in others]
    rest = [total - sum(plainly(amount, total, other) for amount, _, _ in lines) for total, other in spent]
    return min(rest), max(rest)


SHARES = st.fractions(Fraction(1, 12), 1, max_denominator=12)


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(SHARES, st.none() | st.integers(0, 30), st.sampled_from(["half_up", "down"])), min_size=1, max_size=3
    )
)
@example([(Fraction(1, 2), None, "half_up"), (Fraction(1, 2), None, "half_up")])
@example([(Fraction(1, 5), None, "half_up"), (Fraction(2, 5), 7, "down")])
@example([(Fraction(1), None, "down")])
def test_the_bounds_hold_and_are_near_where_the_shares_are_at_most_the_whole(drawn):
    total = sum(share for share, *_ in drawn)
    scaled = [(share / max(total, 1), cap, mode) for share, cap, mode in drawn]
    lines = [line(share, *([] if cap is None else [N.const(cap)]), mode=mode) for share, cap, mode in scaled]
    low, high = ends(left(*lines))
    least, greatest = truly(lines)
    assert least - len(lines) <= low <= least
    assert greatest <= high <= greatest + len(lines) + 1
    for spent in (1, 17):
        exact = spent - sum(plainly(amount, spent, 0) for amount, _, _ in lines)
        assert ends(left(*lines), spent) == (exact, exact)


LOAN = line(Fraction(2, 5))
FALLING = N.sub(N.const(50), LOAN[0])
RISING = N.add(N.const(5), TOTAL)
HALF = Fraction(1, 2)
QUOTIENT = Ratio(N.mul(TOTAL, N.const(1)), 2, N.given("number", "other", least=1, greatest=3))
NEAR = {
    "a share": [line(HALF)],
    "the whole": [line(Fraction(1))],
    "a share with a cap that stands": [line(HALF, N.const(20))],
    "a share with a cap that nobody told": [line(HALF, OTHER)],
    "a share of what is counted at most": [line(HALF, base=N.least(TOTAL, N.const(30)))],
    "two lines": [LOAN, line(HALF)],
    "a cap that falls as the spending rises": [LOAN, line(HALF, FALLING)],
    "a cap that is a share of what falls": [LOAN, line(HALF, N.floordiv(N.greatest(FALLING, N.const(0)), N.const(2)))],
    "a cap of what falls twice": [LOAN, line(HALF, N.mul(N.greatest(FALLING, N.const(0)), N.const(2)))],
    "a cap by a factor that may be nothing": [LOAN, line(HALF, N.mul(N.greatest(FALLING, N.const(0)), OTHER))],
    "a cap that is the least of what falls and what stands": [LOAN, line(HALF, N.least(FALLING, N.const(40)))],
    "a cap less a sum that rises": [LOAN, line(HALF, N.sub(N.const(99), N.add(LOAN[0], TOTAL)))],
    "a cap of a share of the loan": [LOAN, line(HALF, N.sub(N.const(40), N.wide(TOTAL, N.const(50), 2)))],
    "a cap and a sum of two that fall": [LOAN, line(HALF, N.add(FALLING, FALLING))],
    "a difference of what falls and what rises": [LOAN, line(HALF, N.sub(FALLING, TOTAL))],
}  # fmt: skip
FAR = {
    "a cap that rises": [line(HALF, RISING)],
    "a cap that may rise": [line(HALF, N.choose(N.le(TOTAL, OTHER), N.const(1), N.const(2)))],
    "a cap that rises and falls": [LOAN, line(HALF, N.add(FALLING, TOTAL))],
    "a cap less what falls": [LOAN, line(HALF, N.sub(N.const(60), FALLING))],
    "a cap by a factor that may be negative": [line(HALF, N.add(N.const(90), N.mul(TOTAL, N.const(-1))))],
    "a cap by what rises too": [line(HALF, N.mul(TOTAL, TOTAL))],
    "a cap less what may rise or fall": [line(HALF, N.sub(N.const(90), N.mul(TOTAL, SIGN)))],
    "a cap less what rises twice over": [line(HALF, N.sub(N.const(5000), N.mul(TOTAL, TOTAL)))],
    "a cap less what is chosen by it": [
        line(HALF, N.sub(N.const(40), N.choose(N.le(TOTAL, OTHER), N.const(1), N.const(2))))
    ],
    "a share of another amount": [line(HALF, base=OTHER)],
    "a share of what grows with it": [line(HALF, base=N.least(TOTAL, N.add(TOTAL, OTHER)))],
    "a share of the most of two": [line(HALF, base=N.greatest(TOTAL, N.const(3)))],
    "a quotient": [(LOAN[0], QUOTIENT, [])],
}


@pytest.mark.parametrize("lines", NEAR.values(), ids=NEAR)
def test_the_bounds_follow_the_spending_where_every_line_does(lines):
    own = left(*lines)
    assert own.op == "ends"
    low, high = ends(own)
    least, greatest = truly(lines, (0, 1, MOST))
    assert low <= least
    assert greatest <= high
    plain = ends(own.args[0])
    assert plain[0] <= low
    assert high <= plain[1]


@pytest.mark.parametrize("lines", FAR.values(), ids=FAR)
def test_where_a_line_does_not_follow_the_bounds_are_the_plain_ones(lines):
    assert left(*lines).op in ("sub", "add")


def test_shares_that_are_more_than_the_whole_leave_the_plain_bounds():
    assert left(line(HALF), rises=False).op == "sub"


@pytest.mark.parametrize(
    ("lines", "bounds"),
    [
        # a half of one cent goes up: 0 is left of it
        ([line(HALF)], (0, 32)),
        ([line(HALF, mode="down")], (0, 32)),
        ([line(HALF, N.const(10))], (0, 52)),
        ([line(Fraction(1))], (0, 2)),
        ([line(Fraction(1, 5))], (0, 50)),
        ([line(Fraction(1, 5)), line(Fraction(1, 5))], (0, 39)),
        ([line(HALF), line(HALF)], (-1, 3)),
        ([line(Fraction(1, 4)), line(Fraction(1, 4)), line(HALF)], (-1, 4)),
        ([line(HALF, N.const(-5))], (0, 60)),
        ([LOAN, line(HALF, FALLING)], (0, 13)),
    ],
)
def test_the_bounds_are_the_ends_give_or_take_a_cent_for_each_line(lines, bounds):
    assert ends(left(*lines)) == bounds
