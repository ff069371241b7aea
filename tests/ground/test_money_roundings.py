# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.money import down, half_even, half_up, up

amounts = st.integers(0, 10**12)
divisors = st.integers(1, 10**6)


@pytest.mark.parametrize(
    ("numerator", "denominator", "even"),
    [(1, 2, 0), (3, 2, 2), (5, 2, 2), (7, 2, 4), (7, 3, 2), (8, 3, 3), (4, 2, 2), (0, 9, 0)],
)
def test_a_half_goes_to_the_even_neighbour(numerator, denominator, even):
    assert half_even(numerator, denominator) == even


@pytest.mark.parametrize(("numerator", "denominator", "raised"), [(1, 100, 1), (0, 7, 0), (14, 7, 2), (15, 7, 3)])
def test_up_raises_all_but_whole_numbers(numerator, denominator, raised):
    assert up(numerator, denominator) == raised


@given(amounts, divisors)
def test_roundings_are_neighbours_of_the_quotient(numerator, denominator):
    low, high = down(numerator, denominator), up(numerator, denominator)
    assert high - low == (numerator % denominator > 0)
    for nearest in (half_up(numerator, denominator), half_even(numerator, denominator)):
        assert nearest in {low, high}
        assert abs(2 * (nearest * denominator - numerator)) <= denominator
    tie = 2 * (numerator % denominator) == denominator
    assert (
        half_even(numerator, denominator) % 2 == 0
        if tie
        else half_even(numerator, denominator) == half_up(numerator, denominator)
    )


@pytest.mark.parametrize("rounding", [half_even, up])
@pytest.mark.parametrize("operands", [(-1, 2), (1, 0), (1, -2)])
def test_a_negative_amount_is_refused(rounding, operands):
    with pytest.raises(ValueError, match="only a non-negative amount is rounded"):
        rounding(*operands)
