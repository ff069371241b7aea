# SPDX-License-Identifier: Apache-2.0
"""A figure is read as its value, in whichever way an act writes it; what only counts, points, cites or names is told apart."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from misure.anchoring.act_figures import figures_of
from misure.anchoring.act_text import ActText
from misure.anchoring.figures import Figure
from misure.anchoring.flow import flow_of
from misure.anchoring.roles import figures_in
from misure.anchoring.writing.numerals import MONTHS, number_in_words

WRITTEN = [
    ("1.500.000,00", ["1500000"]),
    ("euro 30.000,00 (trentamila/00)", ["30000.00 EUR"]),
    ("un milione e mezzo di euro", ["1500000.00 EUR"]),
    ("1,5 milioni di euro", ["1500000.00 EUR"]),
    ("1 milione e 500 mila euro", ["1500000.00 EUR"]),
    ("500mila euro", ["500000.00 EUR"]),
    ("€ 1.050.000,00", ["1050000.00 EUR"]),
    ("150.000 euro", ["150000.00 EUR"]),
    ("trentamila/00 euro", ["30000.00 EUR"]),
    ("Euro 18.978.747,97\n(diciottomilioninovecentosettantottomilasettecentoquarantasette/97)", ["18978747.97 EUR"]),
    ("euro 500 o 1.000", ["500.00 EUR", "1000.00 EUR"]),
    ("il 40%", ["40%"]),
    ("il 40% (quaranta per cento)", ["40%"]),
    ("quaranta per cento", ["40%"]),
    ("l'1,5 per cento", ["1.5%"]),
    ("il 5 per mille", ["0.5%"]),
    ("un terzo delle spese", ["1/3"]),
    ("la metà dei soci", ["50%"]),
    ("fra il 20% e il 30%", ["20%", "30%"]),
    ("alle 10:30", ["10:30"]),
    ("ore 10.30", ["10:30"]),
    ("alle ore 12,00", ["12:00"]),
    ("ore 11", ["11:00"]),
    ("entro 60 giorni", ["60 days"]),
    ("sessanta giorni", ["60 days"]),
    ("60 (sessanta) giorni", ["60 days"]),
    ("giorni 60", ["60 days"]),
    ("entro il trentesimo giorno", ["30 days"]),
    ("entro il 30° giorno", ["30 days"]),
    ("tre anni", ["3 years"]),
    ("nell'ultimo triennio", ["3 years"]),
    ("due trimestri", ["6 months"]),
    ("16 ore lavorative", ["16 working hours"]),
    ("10 giorni lavorativi", ["10 working days"]),
    ("entro 10 (dieci) giorni lavorativi", ["10 working days"]),
    ("entro dieci giorni feriali", ["10 working days"]),
    ("entro 5 o 10 giorni lavorativi", ["5 working days", "10 working days"]),
    ("giorni lavorativi 10", ["10 working days"]),
    ("entro il decimo giorno lavorativo", ["10 working days"]),
    ("10 giorni di calendario", ["10 days"]),
    ("10 giorni naturali e consecutivi", ["10 days"]),
    ("4.976.027,00 migliaia di euro", ["4976027000.00 EUR"]),
    ("in migliaia di euro: 4.976", ["4976000.00 EUR"]),
    ("3 milioni di euro 500,00", ["3000000.00 EUR", "500.00 EUR"]),
    ("500 k€", ["500000.00 EUR"]),
    ("2 M€", ["2000000.00 EUR"]),
    ("USD 4.976.027,00", ["4976027.00 USD"]),
    ("4.976.027,00 dollari", ["4976027.00 USD"]),
    ("$ 500 o 1.000", ["500.00 USD", "1000.00 USD"]),
    ("lire 4.976.027,00", ["4976027.00 ITL"]),
    ("5 milioni di lire", ["5000000.00 ITL"]),
    ("£ 500,00", ["500.00 GBP"]),
    ("500,00 franchi svizzeri", ["500.00 CHF"]),
    ("valore 500,00 da aprile", ["500"]),
    ("0, 6, 12, 18 e 24 mesi", ["0 months", "6 months", "12 months", "18 months", "24 months"]),
    ("90/80 giorni", ["90 days", "80 days"]),
    ("15 gennaio 2026", ["2026-01-15"]),
    ("28 febbraio del 2025", ["2025-02-28"]),
    ("15/01/2026", ["2026-01-15"]),
    ("15/04/ 2025", ["2025-04-15"]),
    ("15 / 04 / 2025", ["2025-04-15"]),
    ("15/ 04/\n2025", ["2025-04-15"]),
    ("ore 17.00 del 15/04/ 2025", ["17:00", "2025-04-15"]),
    ("31/04/ 2025", ["31/04/2025"]),
    ("n. 3/ 12 del 2025", ["3", "12", "2025 year"]),
    ("1.6.2015", ["2015-06-01"]),
    ("1° gennaio 2024", ["2024-01-01"]),
    ("primo gennaio 2024", ["2024-01-01"]),
    ("quindici gennaio duemilaventisei", ["2026-01-15"]),
    ("dal 5 al 9 settembre 2022", ["2022-09-05", "2022-09-09"]),
    ("dal 3 giugno al 9 settembre 2025", ["2025-06-03", "2025-09-09"]),
    ("al 30 giugno e al 31 dicembre di ogni anno", ["06-30", "12-31"]),
    ("marzo 2022", ["2022-03"]),
    ("65 punti", ["65 points"]),
    ("da 0 a 16 punti", ["0 points", "16 points"]),
    ("24,75 punti", ["24.75 points"]),
    ("un punto di vista", []),
    ("10 imprese", ["10"]),
    ("dieci imprese", ["10"]),
    ("un'impresa", []),
    ("l'esercizio 2023", ["2023 year"]),
    ("i codici 12, 46.35 e 46.21.21", ["12", "46.35", "46.21.21"]),
    ("euro 30.000,\n00", ["30000.00 EUR"]),
    ("il comma.\n150 imprese", ["150"]),
    ("almeno 5.000 euro.\n3. Restano tre anni", ["5000.00 EUR", "3", "3 years"]),
    ("entro sei mesi\n3 imprese", ["6 months", "3"]),
    ("entro mezzogiorno del 3 giugno 2025", ["12:00", "2025-06-03"]),
    ("entro le ore 12 di mezzogiorno", ["12:00"]),
    ("le imprese del Mezzogiorno", []),
    ("fino alla mezzanotte del 30 aprile 2026", ["24:00", "2026-04-30"]),
    ("dalla mezzanotte del 30 aprile 2026", ["00:00", "2026-04-30"]),
    ("nel III trimestre 2026", ["2026-Q3"]),
    ("nel terzo trimestre del 2026", ["2026-Q3"]),
    ("il 3° trimestre dell'anno 2026", ["2026-Q3"]),
    ("nel primo semestre", ["H1"]),
    ("secondo quadrimestre 2025", ["2025-F2"]),
    ("dal primo mese di lavoro", ["month 1"]),
    ("nel secondo anno", ["year 2"]),
    ("la seconda annualità", ["year 2"]),
    ("il trentacinquesimo anno di età", ["35 years"]),
    ("entro il terzo giorno", ["3 days"]),
    ("entro il primo giorno lavorativo", ["1 working days"]),
    ("il doppio della spesa", ["200%"]),
    ("il divieto del doppio finanziamento", []),
    ("pari al triplo", ["300%"]),
    ("il termine è dimezzato", ["50%"]),
    ("l'importo è raddoppiato", ["200%"]),
    ("pari a un terzo", ["1/3"]),
    ("per almeno due terzi", ["2/3"]),
    ("tre quinti dei soci", ["60%"]),
    ("un terzo preventivo", ["3"]),
    ("un quarto d'ora", ["15 minutes"]),
    ("almeno la metà", ["50%"]),
    ("⅓ delle spese", ["1/3"]),
    ("2½ anni", ["2.5 years"]),
    ("4 976 027,00", ["4976027"]),
    ("euro 4 976 027,00", ["4976027.00 EUR"]),
    ("4\u00a0976\u00a0027 €", ["4976027.00 EUR"]),
    ("4'976'027,00 euro", ["4976027.00 EUR"]),
    ("4,976,027.00 euro", ["4976027.00 EUR"]),
    ("1 500 imprese", ["1", "500"]),
    ("quote 100 200 300", ["100", "200", "300"]),
    ("il 31-12-25", ["2025-12-31"]),
    ("il 31-13-25", ["31-13-25"]),
    ("articoli 9-10-11-12", ["9", "10", "11", "12"]),
    ("due mesi e mezzo", ["2.5 months"]),
    ("un anno e mezzo", ["1.5 years"]),
    ("una volta e mezza", ["1.5"]),
    ("mezz'ora", ["30 minutes"]),
    ("mezzo milione di euro", ["500000.00 EUR"]),
    ("a mezzo PEC", []),
    ("2M€", ["2000000.00 EUR"]),
    ("2 mio €", ["2000000.00 EUR"]),
    ("mille", ["1000"]),
    ("mille euro", ["1000.00 EUR"]),
    ("un migliaio di imprese", ["1000"]),
    ("una decina di soci", ["10"]),
    ("rate semestrali", ["6 months"]),
    ("un piano quinquennale", ["5 years"]),
    ("n.3 imprese", ["3"]),
    ("entro60 giorni", ["60 days"]),
    ("60 giorni¹ dalla", ["60 days", "¹"]),
    ("60¹ giorni", ["60 days", "¹"]),
    ("euro 30.000,00² massimo", ["30000.00 EUR", "²"]),
    ("tre (3) preventivi", ["3"]),
    ("40 (quaranta) per cento", ["40%"]),
    ("il 3 giugno2025", ["2025-06-03"]),
    ("24 mesi (due anni)", ["24 months"]),
    ("60 giorni (due mesi)", ["60 days", "2 months"]),
    ("euro 500,00 (cinquecento,00)", ["500.00 EUR"]),
    ("Euro30.000,00", ["30000.00 EUR"]),
    ("dal1/1/2026", ["2026-01-01"]),
    ("ore12:30", ["12:30"]),
    ("a40.000 euro", ["40000.00 EUR"]),
    ("nota_12, x12,5", ["nota_12", "x1", "2", "5"]),
]


@pytest.mark.parametrize(("text", "forms"), WRITTEN)
def test_a_figure_is_read_as_its_value(text: str, forms: list[str]) -> None:
    assert [figure.form for figure in figures_in(text)] == forms


ROLES = [
    ("ai sensi dell'articolo 12, comma 3, lettera b)", ["pointer", "pointer"]),
    ("artt. 107 e 108 del TFUE", ["pointer", "pointer"]),
    ("artt. 1 (Campo di applicazione), 2 (Definizioni) e 6 (Monitoraggio)", ["pointer", "pointer", "pointer"]),
    ("la D.G.R. n. 3704 del 20 dicembre 2024", ["act", "act"]),
    ("la legge 7 agosto 1990, n. 241", ["act", "act"]),
    ("Regolamento (UE) n. 2831/2023 della Commissione del 13 dicembre 2023", ["act", "act"]),
    ("la d g r  29 ottobre 2021, n  XI/5439", ["act", "act"]),
    ("PR FESR 2021-2027", ["name", "name"]),
    ("Ateco 2025", ["name"]),
    ("www.bandi.regione.lombardia.it/a/2025", ["address"]),
    ("numero verde 800.131.151", ["telephone"]),
    ("il CUP E43D22000480009", ["code"]),
    ("alla voce MOL5", ["code"]),
    ("articolo 5, 10 imprese", ["pointer", "value"]),
    ("la DGR 10 imprese", ["value"]),
    ("legge 60 giorni", ["value"]),
    ("n. 3 progetti", ["value"]),
    ("punti 65", ["value"]),
    ("approvato il 10 luglio 2018", ["value"]),
    ("comma 1, lettere a), b) e c), e 3", ["pointer", "pointer"]),
    ("comma 1, lettere a), b) e c), 5 imprese", ["pointer", "value"]),
    ("articolo 3, lett. a-d, e 5", ["pointer", "pointer"]),
    ("di cui alle lettere a) 1 e b) 2", ["pointer", "pointer"]),
    ("lettere d.1 e d.2)", ["pointer", "pointer"]),
    ("lettera b) n. 3)", ["pointer"]),
    ("lett. d) 3 imprese", ["value"]),
    ("lett. d) 60 giorni", ["value"]),
    ("lettere a), b), punti 1), 2) e 3)", ["pointer", "pointer", "pointer"]),
    ("comma 2, punti 1 e 2", ["pointer", "pointer", "pointer"]),
    ("commi 2-bis e 3-ter", ["pointer", "pointer"]),
    ("le spese² sono", ["note_mark"]),
]


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_what_a_figure_does_is_told_by_the_words_before_it(text: str, roles: list[str]) -> None:
    assert [figure.role for figure in figures_in(text)] == roles


GLUED = [
    ("entro 60 giorni1 dalla domanda", ["60 days"]),
    ("al massimo 5.000 euro1 per impresa", ["5000.00 EUR"]),
    ("al massimo euro 30.000,001 per impresa", ["30000.00 EUR"]),
    ("il 40%1 della spesa", ["40%"]),
    ("entro il 31 dicembre 20251 dalla", ["2025-12-31"]),
]


@pytest.mark.parametrize(("text", "told"), GLUED)
def test_the_mark_of_a_note_is_no_part_of_the_figure_before_it(text: str, told: list[str]) -> None:
    page = f"uno\naltro\n{text}\naltro\naltro\n\n1\n  Nota che spiega."
    found = figures_of(flow_of(ActText.of(page)))
    assert [(figure.form, figure.role) for figure in found] == [
        *((form, "value") for form in told), ("1", "note_mark"), ("1", "note_mark")
    ]  # fmt: skip


@pytest.mark.parametrize("text", [text for text, _ in GLUED])
def test_without_a_note_what_stands_behind_a_figure_is_told(text: str) -> None:
    values = forms(text)
    assert "1" in values or "30000.001 EUR" in values


@given(st.integers(0, 999_999_999))
def test_numbers_in_words_are_read(number: int) -> None:
    assume(number != 0)
    assert number_in_words(in_words(number)) == number


def in_words(number: int) -> str:
    """An Italian number in one word, written here anew."""
    units = [
        "", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici", "tredici",
        "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove",
    ]  # fmt: skip
    tens = ["", "", "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"]
    if number >= 1_000_000:
        many, rest = divmod(number, 1_000_000)
        return ("unmilione" if many == 1 else in_words(many) + "milioni") + in_words(rest)
    if number >= 1_000:
        many, rest = divmod(number, 1_000)
        return ("mille" if many == 1 else in_words(many) + "mila") + in_words(rest)
    if number >= 100:
        many, rest = divmod(number, 100)
        return ("" if many == 1 else units[many]) + "cento" + in_words(rest)
    if number < 20:
        return units[number]
    ten, unit = divmod(number, 10)
    return (tens[ten][:-1] if unit in (1, 8) else tens[ten]) + units[unit]


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


MONEY = st.integers(1, 99_999_999_999).map(lambda cents: (cents, grouped(cents // 100) + f",{cents % 100:02}"))


@given(MONEY, st.sampled_from(["euro {}", "€ {}", "{} euro", "{} €", "Euro {}", "{} EUR"]))
def test_an_amount_in_digits_is_read_to_the_cent(amount: tuple[int, str], way: str) -> None:
    cents, said = amount
    (figure,) = figures_in(f"pari a {way.format(said)} per ciascuna")
    assert figure.form == f"{cents // 100}.{cents % 100:02} EUR"


@given(st.integers(2, 99_999_999), st.booleans())
def test_an_amount_in_words_is_read(euro: int, glossed: bool) -> None:
    said = f"euro {grouped(euro)},00 ({in_words(euro)}/00)" if glossed else f"{in_words(euro)} euro"
    assert [figure.form for figure in figures_in(f"pari a {said}.")] == [f"{euro}.00 EUR"]


@given(st.integers(2, 9_999), st.integers(2, 9_999))
def test_two_values_of_one_amount_are_both_told(one: int, other: int) -> None:
    assume(one != other)
    found = figures_in(f"euro {grouped(one)},00 ({in_words(other)}/00)")
    assert {figure.form.split(".")[0] for figure in found} == {str(one), str(other)}


@given(st.dates(dt.date(1900, 1, 1), dt.date(2079, 12, 31)), st.integers(0, 4))
def test_a_day_is_read_in_every_way(day: dt.date, way: int) -> None:
    month = MONTHS[day.month - 1]
    said = [
        f"{day.day} {month} {day.year}", f"{day.day:02}/{day.month:02}/{day.year}", f"{day.day}.{day.month}.{day.year}",
        f"{in_words(day.day) if day.day > 1 else 'primo'} {month} {day.year}",
        f"{day.day}° {month} {in_words(day.year)}",
    ][way]  # fmt: skip
    assert [figure.form for figure in figures_in(f"entro il {said},")] == [day.isoformat()]


@given(st.times(), st.sampled_from(["{}:{:02}", "ore {}.{:02}", "alle ore {}:{:02}"]))
def test_an_hour_is_read_in_every_way(time: dt.time, way: str) -> None:
    (figure,) = figures_in(f"presentate {way.format(time.hour, time.minute)} del giorno")
    assert figure.form == f"{time.hour:02}:{time.minute:02}"


SENTENCES = [
    "La spesa ammissibile è di almeno euro 30.000,00 e il contributo è pari al 40% della spesa",
    "Le domande si presentano dalle ore 10:30 del 3 giugno 2025 e fino alle ore 12.00 del 9 settembre 2025",
    "Il saldo è erogato entro 60 giorni naturali e consecutivi dalla rendicontazione",
    "Possono partecipare almeno dieci imprese, con due bilanci approvati",
    "Il punteggio minimo è di 65 punti su 100, e la soglia di qualità di 24,75 punti",
    "Il contratto è stipulato entro trenta giorni, il progetto dura diciotto mesi",
]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), st.data())
def test_line_and_page_breaks_change_no_figure(sentences: list[str], data: st.DataObject) -> None:
    text = ". ".join(sentences) + "."
    words = text.split(" ")
    breaks = data.draw(
        st.lists(st.sampled_from([" ", " ", "\n", "\n    ", "\f", "\n\f"]), min_size=len(words), max_size=len(words))
    )
    broken = "".join(word + gap for word, gap in zip(words, breaks, strict=True))
    assert forms(broken) == forms(text)


@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6), st.data())
def test_offsets_point_at_what_they_say(sentences: list[str], data: st.DataObject) -> None:
    gaps = data.draw(
        st.lists(st.sampled_from([" ", "\n", "\n\n", "\f", "\f\n "]), min_size=len(sentences), max_size=len(sentences))
    )
    act = ActText.of("".join(f"{one}.{gap}" for one, gap in zip(sentences, gaps, strict=True)))
    pages = act.text.split("\f")
    found = figures_of(flow_of(act))
    assert found
    for figure in found:
        assert pages[figure.page - 1][figure.offset :].startswith(figure.text)


@given(st.text("0123456789.,/:%€ \n\f()-euroanimesgtpx°'", max_size=80))
def test_nothing_that_is_written_fails(text: str) -> None:
    flow = flow_of(ActText.of(text))
    figures = figures_of(flow)
    assert all(flow.text[figure.start : figure.end] == figure.text for figure in figures)
    assert [figure.start for figure in figures] == sorted(figure.start for figure in figures)


PIECES = [
    "0", "1", "12", "60", "2025", "30.000", "30.000,00", "500", ".", ",", "/", "-", " ", "\n", "%", "€", " euro", " giorni", " mesi",
    " e mezzo", " punti", "(", ")", "a", "_", "x", "A", "C", "lett. ", "comma ", "ore ", "n.", "°", "quaranta", "due", "un terzo", "III",
    " trimestre", "gennaio", "½", "¹", "'", "\u00a0", "m", "k",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_no_digit_goes_unseen(text: str) -> None:
    seen = {at for figure in figures_in(text) for at in range(figure.start, figure.end)}
    assert [at for at, one in enumerate(text) if one.isdecimal() and at not in seen] == []


def forms(text: str) -> list[str]:
    found: tuple[Figure, ...] = figures_of(flow_of(ActText.of(text)))
    return [figure.form for figure in found if figure.role == "value"]
