# SPDX-License-Identifier: Apache-2.0
"""What a value text means, exactly; whatever cannot be meant is refused with the reason."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.facts.vocabulary import Unit
from misure.reading.expressions.literals import Unreadable, day, one_value, read_value, scaled, share
from misure.rulebook.expression import Type

UNITS = {
    "EUR": Unit("EUR", 2, 0, 10**13),
    "share": Unit("share", 4, 0, 10**4),
    "firms": Unit("firms", 0, 0, 1000, counts=True),
}


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_a_number_is_scaled_exactly(number, decimals):
    text = f"{Decimal(number).scaleb(-decimals):f}"
    assert scaled(text, decimals) == number


@given(st.integers(0, 10_000))
def test_a_share_is_an_exact_fraction_either_way(number):
    assert (
        share(f"{Decimal(number).scaleb(-2):f}%")
        == share(f"{Decimal(number).scaleb(-4):f}")
        == Fraction(number, 10_000)
    )


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_a_day_is_itself(date):
    assert day(date.isoformat()) == date


@pytest.mark.parametrize(
    ("text", "kind", "known"),
    [
        ("10 firms", Type("number", "firms", 0), 10),
        ("1500000.00 EUR", Type("number", "EUR", 2), 150_000_000),
        ("70%", Type("number", "share", 4), Fraction(7, 10)),
        ("0.35 share", Type("number", "share", 4), Fraction(35, 100)),
        ("2022-12-31", Type("date"), dt.date(2022, 12, 31).toordinal()),
        ("eu_1182_71", Type("regime"), "eu_1182_71"),
    ],
)
def test_a_value_says_its_own_type(text, kind, known):
    reading = one_value(text, UNITS)
    assert (reading.type, reading.known) == (kind, known)


@pytest.mark.parametrize(
    "text",
    [
        "1e3 EUR", "1E3 EUR", "nan EUR", "inf EUR", "1_000 EUR", "1,5 EUR", "1.000,50 EUR", "1 000 EUR", "+5 EUR",
        "007 EUR", ".5 EUR", "5. EUR", "0.001 EUR", "-1 EUR", "१० firms", "10 firms firms", "10", "120%", "-1%", "1e1%",
        "1.5 share", "2022-2-3", "2022-02-30", "20220203", "1899-12-31", "2101-01-01", "2022-13-01", "", " ", "yes",
        "10.5 firms", "99999999999999999999 EUR", "It_civil", "2022-01-01T10:00",
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(text):
    with pytest.raises(Unreadable):
        one_value(text, UNITS)


@given(st.text(max_size=40) | st.text("0123456789.,-+%eE_ EURshare", max_size=20))
def test_any_text_is_a_value_or_refused(text):
    with suppress(Unreadable):
        assert one_value(text, UNITS).type.kind in ("number", "date", "regime")


@pytest.mark.parametrize(
    ("text", "kind", "known"),
    [
        ("8 firms", Type("number", "firms"), 8),
        ("[A, K]", Type("list", choices=("A",)), ("A", "K")),
        ("[1 firms, 2 firms]", Type("list", "firms"), (1, 2)),
        ("fixed_instant", Type("regime"), "fixed_instant"),
    ],
)
def test_a_what_if_value_has_the_type_of_its_parameter(text, kind, known):
    assert read_value(text, kind, UNITS) == known


@pytest.mark.parametrize(("text", "kind"), [("8 firms", Type("number", "EUR", 2)), ("8 firms", Type("date"))])
def test_a_what_if_value_of_another_type_is_refused(text, kind):
    with pytest.raises(Unreadable):
        read_value(text, kind, UNITS)
