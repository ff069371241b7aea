# SPDX-License-Identifier: Apache-2.0
"""Figures as each language writes them: plurals, shares, ranges, and the articles that Italian joins to them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

import misure
from misure.deciding.values import Range
from misure.ground.clock import instant
from misure.telling.language.figures import FigureWriter
from misure.telling.language.language import Language

UNITS = misure.catalogue()["lombardia/filiere"].rulebook.vocabulary.units


def figures(language: str) -> FigureWriter:
    return FigureWriter(Language(language), UNITS)


@pytest.mark.parametrize(
    ("number", "unit", "italian", "english"),
    [
        (1, "firms", "1 impresa", "1 firm"),
        (0, "firms", "0 imprese", "0 firms"),
        (10000, "firms", "10.000 imprese", "10,000 firms"),
        (Decimal("1.00"), "points", "1 punto", "1 point"),
        (Decimal("0.01"), "points", "0,01 punti", "0.01 points"),
        (Decimal("64.90"), "points", "64,9 punti", "64.9 points"),
        (Decimal("1050000.00"), "EUR", "1.050.000,00 €", "€1,050,000.00"),
        (Fraction(3, 200), "share", "1,5%", "1.5%"),
        (Fraction(1), "share", "100%", "100%"),
        (Fraction(1, 3), "share", "1/3", "1/3"),
        (2024, "year", "2024", "2024"),
        (8, "credit_classes", "classe 8", "class 8"),
    ],
)
def test_a_quantity(number: int | Decimal | Fraction, unit: str, italian: str, english: str) -> None:
    told = [figures(language).quantity(number, unit).replace("\xa0", " ") for language in ("it", "en")]
    assert told == [italian, english]


@pytest.mark.parametrize(
    ("span", "unit", "ends", "italian"),
    [
        (Range(8, 10), "firms", (True, True), "fra 8 e 10 imprese"),
        (Range(8, 500), "firms", (True, False), "almeno 8 imprese"),
        (Range(0, 8), "firms", (False, True), "al massimo 8 imprese"),
        (Range(0, 500), "firms", (False, False), ""),
        (Range(3, 7), "credit_classes", (True, True), "fra classe 3 e classe 7"),
        (Range(3, 12), "credit_classes", (True, False), "almeno classe 3"),
        (Range(Decimal("40.00"), Decimal("60.50")), "points", (True, True), "fra 40 e 60,5 punti"),
        (Range(Decimal("6000.00"), Decimal("12000.00")), "EUR", (True, True), "fra 6.000,00 € e 12.000,00 €"),
        (Range(dt.date(2026, 6, 8), dt.date(2026, 6, 11)), "", (True, True), "fra l'8 giugno 2026 e l'11 giugno 2026"),
        (Range(dt.date(2026, 6, 8), dt.date(2026, 6, 11)), "", (True, False), "non prima dell'8 giugno 2026"),
        (Range(dt.date(2026, 6, 8), dt.date(2026, 6, 11)), "", (False, True), "entro l'11 giugno 2026"),
        (Range(dt.date(2026, 6, 8), dt.date(2026, 6, 11)), "", (False, False), ""),
    ],
)
def test_a_range_tells_only_the_ends_that_say_something(
    span: Range, unit: str, ends: tuple[bool, bool], italian: str
) -> None:
    assert figures("it").value(span, unit, lambda _: ends).replace("\xa0", " ") == italian


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("entro il 8 giugno", "entro l'8 giugno"),
        ("Al 11%", "All'11%"),
        ("del 80%", "dell'80%"),
        ("al 8.000,00 €", "all'8.000,00 €"),
        ("al 11.000,00 €", "all'11.000,00 €"),
        ("al 110%", "al 110%"),
        ("il 18 giugno", "il 18 giugno"),
        ("dal 1 giugno", "dal 1 giugno"),
    ],
)
def test_italian_joins_articles_to_figures_spoken_with_a_vowel(message: str, told: str) -> None:
    assert Language("it").joined(message) == told
    assert Language("en").joined(message) == message


def test_lists() -> None:
    assert Language("it").listed([]) == ""
    assert Language("it").listed(["Alfa"]) == "Alfa"
    assert Language("it").listed(["Delta", "Epsilon"]) == "Delta ed Epsilon"
    assert Language("it").listed(["a", "b", "c", "d"], most=3) == "a, b e altri 2"
    assert Language("en").listed(["Delta", "Epsilon"]) == "Delta and Epsilon"


@pytest.mark.parametrize(("moment", "told"), [
    ("2024-10-27T02:40:00+02:00", "27 ottobre 2024, 02:40:00 (UTC+02:00)"), ("2024-10-27T02:10:00+01:00", "27 ottobre 2024, 02:10:00 (UTC+01:00)"),
    ("2024-10-27T01:59:59", "27 ottobre 2024, 01:59:59"), ("2024-10-27T03:00:00", "27 ottobre 2024, 03:00:00"),
    ("2024-03-31T01:59:59", "31 marzo 2024, 01:59:59"), ("2024-03-31T03:00:00", "31 marzo 2024, 03:00:00"),
])  # fmt: skip
def test_the_offset_of_a_time_is_told_where_it_comes_twice_and_nowhere_else(moment: str, told: str) -> None:
    assert figures("it").moment(instant(moment)) == told
