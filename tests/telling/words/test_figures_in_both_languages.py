# SPDX-License-Identifier: Apache-2.0
"""Every form of a figure in both languages: exact values, ranges and their ends, lists, plurals, elisions."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

import misure
from misure.deciding.values import Range
from misure.telling.language.figures import FigureWriter, as_decimal
from misure.telling.language.language import Language

UNITS = misure.catalogue()["lombardia/filiere"].rulebook.vocabulary.units
IT, EN = (FigureWriter(Language(code), UNITS) for code in ("it", "en"))


def plain(text):
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(("number", "decimals"), [
    (3, Decimal(3)), (Decimal("1.50"), Decimal("1.50")), (Fraction(0), Decimal(0)), (Fraction(-1, 8), Decimal("-0.125")),
    (Fraction(1, 10**12), Decimal("1E-12")), (Fraction(1, 10**13), None), (Fraction(1, 3), None), (Fraction(7), Decimal(7)),
    (Fraction(1, 2**12), Decimal("0.000244140625")), (Fraction(1, 2**13), None),
])  # fmt: skip
def test_a_number_in_decimals_where_they_end(number, decimals):
    found = as_decimal(number)
    assert found == decimals
    assert isinstance(found, Decimal) is (decimals is not None)


EXACT = [
    (dt.date(2022, 6, 1), "", "1 giugno 2022", "1 June 2022"),
    (True, "", "sì", "yes"), (False, "", "no", "no"), ("così", "", "così", "così"), (("a", "b"), "", "a, b", "a, b"),
    ((), "", "", ""), ((1, Decimal("2.50")), "EUR", "1,00 €, 2,50 €", "€1.00, €2.50"),
    (2024, "year", "2024", "2024"), (2024, "", "2.024", "2,024"), (2024, "count", "2.024", "2,024"),
    (Decimal("1234.50"), "nobody's", "1.234,5", "1,234.5"), (0, "EUR", "0,00 €", "€0.00"), (-1, "EUR", "-1,00 €", "-€1.00"),
    (Fraction(1, 8), "share", "12,5%", "12.5%"), (Fraction(0), "share", "0%", "0%"), (Fraction(2, 3), "share", "2/3", "2/3"),
    (Fraction(2, 3), "", "2/3", "2/3"), (Fraction(1, 3), "points", "1/3 punti", "1/3 points"),
    (Fraction(12), "firms", "12 imprese", "12 firms"), (-1, "firms", "-1 imprese", "-1 firms"),
    (Fraction(1), "firms", "1 impresa", "1 firm"), (Decimal("1E-12"), "", "0,000000000001", "0.000000000001"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "unit", "italian", "english"), EXACT, ids=range(len(EXACT)))
def test_a_value_that_is_known(value, unit, italian, english):
    assert [plain(figures.exact(value, unit)) for figures in (IT, EN)] == [italian, english]
    assert [plain(figures.value(value, unit)) for figures in (IT, EN)] == [italian, english]


FIRMS, EUR = Range(8, 10), Range(Decimal("8.00"), Decimal("11.00"))
DAYS = Range(dt.date(2022, 6, 8), dt.date(2022, 7, 1))
SPANS = [
    (FIRMS, "firms", True, True, "fra 8 e 10 imprese", "between 8 and 10 firms"),
    (FIRMS, "firms", True, False, "almeno 8 imprese", "at least 8 firms"),
    (FIRMS, "firms", False, True, "al massimo 10 imprese", "at most 10 firms"),
    (FIRMS, "firms", False, False, "", ""),
    (FIRMS, "", True, True, "fra 8 e 10", "between 8 and 10"),
    (EUR, "EUR", True, True, "fra 8,00 € e 11,00 €", "between €8.00 and €11.00"),
    (EUR, "EUR", True, False, "almeno 8,00 €", "at least €8.00"),
    (EUR, "EUR", False, True, "al massimo 11,00 €", "at most €11.00"),
    (EUR, "EUR", False, False, "", ""),
    (Range(Fraction(1, 5), Fraction(1, 2)), "share", True, True, "fra 20% e 50%", "between 20% and 50%"),
    (Range(Fraction(1, 5), Fraction(1, 2)), "share", False, True, "al massimo 50%", "at most 50%"),
    (Range(2022, 2024), "year", True, True, "fra 2022 e 2024", "between 2022 and 2024"),
    (Range(2022, 2024), "year", True, False, "almeno 2022", "at least 2022"),
    (Range(Fraction(1, 3), Fraction(2, 3)), "points", True, True, "fra 1/3 e 2/3 punti", "between 1/3 and 2/3 points"),
    (DAYS, "", True, True, "fra l'8 giugno 2022 e il 1 luglio 2022", "between 8 June 2022 and 1 July 2022"),
    (DAYS, "", True, False, "non prima dell'8 giugno 2022", "not before 8 June 2022"),
    (DAYS, "", False, True, "entro il 1 luglio 2022", "by 1 July 2022"),
    (DAYS, "", False, False, "", ""),
    (Range("micro", "small"), "", True, True, "fra micro e small", "between micro and small"),
]  # fmt: skip


@pytest.mark.parametrize(("span", "unit", "least", "greatest", "italian", "english"), SPANS, ids=range(len(SPANS)))
def test_a_range_and_its_ends(span, unit, least, greatest, italian, english):
    assert plain(IT.span(span, unit, least=least, greatest=greatest)) == italian
    assert plain(EN.span(span, unit, least=least, greatest=greatest)) == english
    assert plain(IT.value(span, unit, lambda given: (given is span and least, greatest))) == italian


def test_both_ends_are_told_where_nothing_says_which():
    assert IT.value(FIRMS, "firms") == IT.span(FIRMS, "firms") == "fra 8 e 10 imprese"
    assert IT.value(None, "firms") == ""
    assert IT.value(None, "firms", lambda _: (True, True)) == ""


def test_what_is_counted():
    assert IT.counts("firms")
    assert not IT.counts("points")
    assert not IT.counts("EUR")
    assert not IT.counts("nobody's")


LISTS = [
    (["a"] * 8, 8, ", ".join(["a"] * 7) + " e a"), (list("abcdefghi"), 8, "a, b, c, d, e, f, g e altri 2"),
    (list("abc"), 3, "a, b e c"), (list("abcd"), 3, "a, b e altri 2"), (list("abcdefg"), 3, "a, b e altri 5"),
    (["a"], 1, "a"), (["Alfa", "Erba"], 8, "Alfa ed Erba"), (["Alfa", "«Erba»"], 8, "Alfa ed «Erba»"),
    (["Alfa", "è vero"], 8, "Alfa e è vero"), (["Alfa", "altri", "edera"], 8, "Alfa, altri ed edera"),
    (["carta e colla"], 8, "carta e colla"), (["lettera b", "e)"], 8, "lettera b e e)"),
]  # fmt: skip


@pytest.mark.parametrize(("items", "most", "told"), LISTS, ids=range(len(LISTS)))
def test_a_list_in_italian(items, most, told):
    assert Language("it").listed(items, most) == told


def test_a_list_in_english_is_cut_at_eight_unless_said():
    english = Language("en")
    assert english.listed(list("abcdefgh")) == "a, b, c, d, e, f, g and h"
    assert english.listed(list("abcdefghi")) == "a, b, c, d, e, f, g and 2 more"
    assert english.listed(["Alfa", "Edera"]) == "Alfa and Edera"
    assert english.listed(()) == ""
    assert english.listed(("a", "b", "c"), most=2) == "a and 2 more"


@pytest.mark.parametrize(("number", "italian", "english"), [
    (1, "un giudizio", "one judgement"), (Decimal("1.00"), "un giudizio", "one judgement"), (Fraction(1), "un giudizio", "one judgement"),
    (0, "0 giudizi", "0 judgements"), (2, "2 giudizi", "2 judgements"), (Fraction(1, 2), "1/2 giudizi", "1/2 judgements"),
    (-1, "-1 giudizi", "-1 judgements"),
])  # fmt: skip
def test_one_alone_is_one(number, italian, english):
    told = [Language(code).many("un giudizio", "{n} giudizi", number, n=str(number)) for code in ("it", "en")]
    assert [text.replace("1.00", "1") for text in told] == [italian, english]


def test_a_name_is_set_apart():
    assert (Language("it").quoted("Alfa"), Language("en").quoted("Alfa")) == ("«Alfa»", "“Alfa”")


@pytest.mark.parametrize(("article", "joined"), [
    ("il", "l'"), ("lo", "l'"), ("al", "all'"), ("dal", "dall'"), ("del", "dell'"), ("nel", "nell'"), ("sul", "sull'"),
    ("Il", "L'"), ("Del", "Dell'"), ("AL", "All'"),
])  # fmt: skip
@pytest.mark.parametrize(("figure", "vowel"), [
    ("8", True), ("8%", True), ("80", True), ("800,00", True), ("8 giugno", True), ("11", True), ("11%", True), ("11 giugno", True),
    ("11.000,00", True), ("11,5", True), ("1", False), ("18", False), ("110", False), ("111", False), ("11.00", False), ("7", False),
])  # fmt: skip
def test_each_article_is_joined_to_each_figure_that_begins_with_a_vowel(article, joined, figure, vowel):
    assert Language("it").joined(f"{article} {figure}") == (f"{joined}{figure}" if vowel else f"{article} {figure}")
    assert Language("it").joined(f"a{article} {figure}") == f"a{article} {figure}"


def test_messages_are_joined_after_their_parts_are_filled_in():
    assert Language("it").say("entro il {high}", high="8 giugno 2026") == "entro l'8 giugno 2026"
    assert Language("en").say("entro il {high}", high="8 June 2026") == "by 8 June 2026"


@pytest.mark.parametrize("code", ["fr", "IT", "", "en_GB"])
def test_another_language_is_not_offered(code):
    with pytest.raises(ValueError, match=rf"the language '{code}' is not offered; the languages are: it, en$"):
        Language(code)
