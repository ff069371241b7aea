# SPDX-License-Identifier: Apache-2.0
"""What a caller hands over is brought to its inner form, or refused with the reason."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from misure import BadFacts
from misure.ground.given import cents, day, exact, refuse


@pytest.mark.parametrize(
    ("given", "expected"), [("12.5", 1250), (12, 1200), (Decimal("0.070"), 7), (0, 0), ("1234.50", 123450)]
)
def test_euros_become_cents(given, expected):
    assert cents(given) == expected


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (0.5, "binary float"), (-1, "negative"), ("1,5", "comma"), ("0.001", "decimals"), (True, "expected a number"),
        (None, "expected a number"), (Decimal("NaN"), "no amount"), (Decimal("1e40"), "no amount"), (10**40, "so many digits"),
        (Decimal("0.001"), "cannot be written"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(given, told):
    with pytest.raises(ValueError, match=told):
        cents(given)


def test_rates_are_exact():
    assert exact("3.19%") == exact(Decimal("0.0319")) == Fraction(319, 10000)
    with pytest.raises(ValueError, match="binary float"):
        exact(0.0319)


@pytest.mark.parametrize("given", [dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC), "2026-02-30", 5, None, "1/2/2026"])
def test_what_is_no_day_is_refused(given):
    with pytest.raises(ValueError, match=r"date|exist"):
        day(given)


def test_faults_are_raised_together():
    with pytest.raises(BadFacts) as caught:
        refuse("<x>", [("a", "is wrong"), ("b", "is wrong too")])
    assert str(caught.value) == "<x>: a: is wrong\n<x>: b: is wrong too"
