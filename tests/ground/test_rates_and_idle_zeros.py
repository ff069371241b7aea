# SPDX-License-Identifier: Apache-2.0
"""One reader of rates with one bound, and amounts that mean the same as a text and as a decimal."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure import finance, preconditions
from misure.deminimis import Support
from misure.ground.errors import BadFacts
from misure.ground.given import cents, rate
from misure.undertakings import Holding, Relations


@pytest.mark.parametrize(("given_", "value"), [("50%", Fraction(1, 2)), ("0.5", Fraction(1, 2)), (Decimal("0.35"), Fraction(7, 20)),
                                               (1, Fraction(1)), ("100%", Fraction(1)), (0, Fraction(0)), (Fraction(1, 3), Fraction(1, 3))])  # fmt: skip
def test_a_rate(given_, value):
    assert rate(given_) == value


@pytest.mark.parametrize(("given_", "message"), [
    (50, "50 is above 100%: a rate of 50 per cent is written 50%"), ("50", "50 is above 100%: a rate of 50 per cent is written 50%"),
    ("150%", "150% is above 100%"), ("1.01", "1.01 is above 100%: a rate of 1.01 per cent is written 1.01%"), (101, "101 is above 100%"),
    (-1, "-1 is below zero, and no such rate is used"), ("-5%", "-5% is below zero, and no such rate is used"),
    (Fraction(1, 10**30), "a rate with more than 30 digits is a mistake"), (0.5, '0.5 is a binary float, which is not exact: write it as text, "0.5"'),
])  # fmt: skip
def test_what_is_no_rate(given_, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        rate(given_)


RATES = {
    "max_intensity": lambda value: Support("g", "state_aid", 30_000, ["c"], max_intensity=value),
    "share_of": lambda value: finance.share_of("1000.00", value),
    "capital": lambda value: Relations([], [Holding("A", "B", capital=value)]),
    "votes": lambda value: Relations([], [Holding("A", "B", votes=value)]),
    "least_share": lambda value: preconditions.redetermined("20000", admitted="40000", spent="27000", least_share=value, on="2026-11-22"),
}  # fmt: skip


@pytest.mark.parametrize("door", RATES)
@pytest.mark.parametrize("value", [50, "50", Decimal(50), Fraction(50), "150%", "-5%", -1, 0.5, "x"])
def test_every_rate_has_the_same_bound(door, value):
    with pytest.raises(BadFacts):
        RATES[door](value)
    RATES[door]("50%")


@given(st.integers(0, 10**15), st.integers(0, 8))
def test_the_idle_zeros_of_a_column_are_idle_in_a_text_too(amount, zeros):
    whole, part = divmod(amount, 100)
    text = f"{whole}.{part:02d}{'0' * zeros}"
    if zeros == 1 and 0 < whole <= 999:
        with pytest.raises(ValueError, match="has 3 decimals"):
            cents(text)
    else:
        assert cents(text) == cents(Decimal(text)) == amount


@pytest.mark.parametrize(("text", "found"), [
    ("10000.000", 1_000_000), ("0.500", 50), ("000.500", 50), ("1000.000", 100_000), ("12.3400", 1234), ("12.3", 1230), ("7.0000", 700),
])  # fmt: skip
def test_a_text_with_idle_zeros(text, found):
    assert cents(text) == cents(Decimal(text)) == found


@pytest.mark.parametrize(
    "text", ["10.000", "999.990", "1.234", "12.3401", "10.000.000", "1.0000000000000000000000000000000"]
)
def test_what_may_be_thousands_is_refused(text):
    with pytest.raises(ValueError, match=r"decimals|separators|too long"):
        cents(text)
