# SPDX-License-Identifier: Apache-2.0
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.finance import Mode, Rounding, RoundingStage
from misure.finance.rounding import TO_THE_CENT, certain, in_euros
from misure.ground.errors import BadFacts

amounts = st.fractions(0, 10**9, max_denominator=10**6)
modes = st.sampled_from([mode for mode in Mode if mode is not Mode.NONE])
quanta = st.integers(1, 10**6).map(lambda cents: Decimal(cents).scaleb(-2))


@pytest.mark.parametrize(("mode", "rounded"), [
    ("half_up", "12345.67"), ("half_even", "12345.66"), ("down", "12345.66"), ("up", "12345.67"), ("none", "12345.665"),
])  # fmt: skip
def test_the_modes(mode, rounded):  # MO-2
    assert Rounding(mode).of("12345.665") == Decimal(rounded)


@pytest.mark.parametrize(("quantum", "amount", "rounded"), [
    ("0.01", "0.005", "0.01"), (1, "0.49", "0.00"), (1, "0.50", "1.00"), (100, "149.99", "100.00"), ("0.05", "1.02", "1.00"),
    ("1.00", Fraction(1000, 3), "333.00"),
])  # fmt: skip
def test_the_quantum(quantum, amount, rounded):
    assert str(Rounding(quantum=quantum).of(amount)) == rounded


@given(amounts, modes, quanta)
def test_a_rounded_amount_is_a_multiple_within_a_quantum(amount, mode, quantum):
    rounded = Fraction(Rounding(mode, quantum).of(amount))
    assert rounded % Fraction(quantum) == 0
    if mode in {Mode.HALF_UP, Mode.HALF_EVEN}:
        assert abs(rounded - amount) <= Fraction(quantum) / 2
    assert rounded <= amount if mode is Mode.DOWN else rounded >= amount or mode is not Mode.UP
    assert abs(rounded - amount) < Fraction(quantum)


@given(amounts, amounts, modes, quanta)
def test_rounding_keeps_the_order(one, other, mode, quantum):
    low, high = sorted([one, other])
    assert Rounding(mode, quantum).of(low) <= Rounding(mode, quantum).of(high)


@given(amounts)
def test_without_rounding_the_amount_stays(amount):
    assert Rounding("none").of(amount) == amount


def test_an_amount_without_end_stays_a_fraction():
    assert Rounding("none").of(Fraction(1, 3)) == Fraction(1, 3)
    assert in_euros(Fraction(1, 8)) == Decimal("0.00125")


@pytest.mark.parametrize(("given", "told"), [
    ({"mode": "half_upp"}, "mode: expected one of half_up, half_even, down, up, none; got 'half_upp'; did you mean 'half_up'?"),
    ({"mode": None}, "mode: expected one of half_up, half_even, down, up, none; got nothing"),
    ({"quantum": 0}, "quantum: is zero: there is nothing to compute"),
    ({"quantum": "0.001"}, "quantum: '0.001' has 3 decimals"),
    ({"quantum": -1}, "quantum: -1 is negative, and an amount of money is not"),
    ({"stage": "line"}, "stage: expected one of per_line, total; got 'line'; did you mean 'per_line'?"),
])  # fmt: skip
def test_a_manner_that_is_none(given, told):
    with pytest.raises(BadFacts) as raised:
        Rounding(**given)
    assert str(raised.value) == f"<Rounding>: {told}"


@pytest.mark.parametrize(
    "amount",
    [
        -1,
        "-0.01",
        1.5,
        None,
        "40%",
        "1,5",
        Decimal("nan"),
        Decimal("sNaN"),
        True,
        b"1",
    ],
)
def test_an_amount_that_is_none(amount):
    with pytest.raises(BadFacts):
        Rounding().of(amount)


def test_absurd_amounts():
    for amount in (10**5000, -(10**5000), Fraction(1, 10**5000)):  # too long for Python itself to print
        with pytest.raises(BadFacts, match="a number with more than 60 digits is a mistake"):
            Rounding().of(amount)


def test_a_manner_is_a_value():
    rounding = Rounding("down", "1", "per_line")
    assert rounding == Rounding(Mode.DOWN, Decimal("1.00"), RoundingStage.PER_LINE)
    assert pickle.loads(pickle.dumps(rounding)) == rounding  # noqa: S301
    assert {rounding: 1}[Rounding("down", 1, "per_line")] == 1


def enclosing(value):
    """Bounds that close in on a value, by the decimals asked for."""
    return lambda digits: (value - Fraction(1, 10**digits), value + Fraction(1, 10**digits))


def test_bounds_are_narrowed_until_the_cent_is_certain():
    near = Fraction(1, 2) + Fraction(1, 10**90)
    assert certain(enclosing(near), TO_THE_CENT) == (1, 1, 100)
    assert certain(enclosing(Fraction(7, 10)), TO_THE_CENT) == (1, 1, 50)


def test_a_tie_that_is_never_told_gives_both_neighbours():
    assert certain(enclosing(Fraction(1, 2)), TO_THE_CENT, 10, 35) == (0, 1, 35)


def test_an_exact_value_needs_no_decimals_even_on_a_tie():
    assert certain(lambda _: (Fraction(1, 2), Fraction(1, 2)), TO_THE_CENT) == (1, 1, 0)


def test_what_is_not_rounded_is_not_narrowed():
    low, high, digits = certain(enclosing(Fraction(1, 3)), Rounding("none"))
    assert (low, high, digits) == (*enclosing(Fraction(1, 3))(50), 50)
