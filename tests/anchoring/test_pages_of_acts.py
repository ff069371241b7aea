# SPDX-License-Identifier: Apache-2.0
"""What of a page is furniture is left out of the text, and nothing that says how much or when; a locator points where it says."""

from __future__ import annotations

import pytest

from misure.anchoring.act_figures import figures_of
from misure.anchoring.act_text import ActText
from misure.anchoring.flow import Flow, flow_of
from misure.anchoring.locators import spots_of
from misure.anchoring.places import Places


def pages(*texts: str) -> Flow:
    return flow_of(ActText.of("\f".join(texts)))


def values(flow: Flow) -> list[str]:
    return [figure.form for figure in figures_of(flow) if figure.role == "value"]


def test_page_numbers_that_count_on_are_left_out() -> None:
    flow = pages(*(f"Comma con {n * 7} imprese.\n\n{n}" for n in range(4, 9)))
    assert values(flow) == ["28", "35", "42", "49", "56"]
    assert flow.printed == (4, 5, 6, 7, 8)
    assert flow.pages_printed(5) == (2,)
    assert flow.pages_printed(1) == ()


def test_a_number_at_the_foot_that_counts_no_pages_stays() -> None:
    flow = pages("Imprese:\n12", "Imprese:\n40", "Imprese:\n3")
    assert values(flow) == ["12", "40", "3"]


def test_running_heads_are_left_out_and_give_the_page_its_number() -> None:
    flow = pages(
        *(
            f"– {n} –   Bollettino Ufficiale\nCapo {n}: {n * 3} imprese e\naltro\ntesto\nqui\nancora\nalla fine"
            for n in range(30, 35)
        )
    )
    assert values(flow) == ["90", "93", "96", "99", "102"]
    assert flow.pages_printed(31) == (2,)


def test_a_running_head_may_bear_the_number_and_the_day_of_an_issue() -> None:
    issue = "Serie Ordinaria n. 41 - Giovedì 10 ottobre 2024"
    flow = pages(*(f"– {n} –   Bollettino Ufficiale\n{issue}\nAvviso {n}: {n * 3} imprese" for n in range(28, 33)))
    assert values(flow) == ["84", "87", "90", "93", "96"]
    assert "Serie Ordinaria" not in flow.text
    assert flow.pages_printed(29) == (2,)


def test_a_line_that_says_until_when_on_one_page_is_no_running_head() -> None:
    assert values(pages("Domande entro il 10 ottobre 2024", "altro", "altro ancora", "fine")) == ["2024-10-10"]


def test_a_line_that_measures_something_is_no_running_head() -> None:
    flow = pages(*(f"Contributo massimo euro 500,00\nParte {word}" for word in ("prima", "seconda", "terza", "quarta")))
    assert values(flow) == ["500.00 EUR"] * 4


def test_a_table_of_contents_is_left_out_and_a_dotted_table_of_values_is_not() -> None:
    contents = "\n".join(f"A.{n} Parte con 60 giorni ................ {n % 2 + 1}" for n in range(1, 6))
    flow = pages(contents, "Contributo massimo ........ 500\nContributo minimo ........ 30.000 euro")
    assert values(flow) == ["500", "30000.00 EUR"]


def test_a_sentence_goes_on_over_a_note_and_a_page() -> None:
    flow = pages("uno\ndue\nLe spese sono ammesse entro1 sessanta\n\n1\n  Nota con 12 mesi.", "giorni dalla domanda.")
    assert values(flow) == ["2", "60 days", "12 months"]
    assert [(note.number, note.page) for note in flow.notes] == [(1, 1)]


def test_words_that_were_broken_are_joined() -> None:
    assert pages("entro ses-\nsanta giorni").text == "entro sessanta giorni"
    assert values(pages("dal 2021-\n2027, euro 10 - \n20")) != []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1. Primo comma.\n2. Secondo comma con 3 imprese.", ["3"]),
        ("il contributo di\n12. Altro testo", ["12"]),
        ("2. Analisi\n2.1 Analisi del settore\n", []),
        ("DELIBERA\n\n1  di approvare\n2  di dare atto", []),
    ],
    ids=["commas", "a sentence that ends with a number", "headings", "without points"],
)
def test_numbers_that_begin_a_part_are_told_from_those_that_end_a_sentence(text: str, kept: list[str]) -> None:
    assert values(pages(text)) == kept


ACT = """\
ALLEGATO A

A.1 Beneficiari

1. Possono partecipare:
   a) le micro imprese con 5 addetti;
   b) le piccole imprese con 49 addetti.
2. Sono escluse le altre, ai sensi dell'articolo
A.9. Resta salvo quanto detto.

A.2 Contributo

1. Il contributo è del 40%.
2. Il massimo è di 500 euro.
\fA.3 Tempi

1. Entro 60 giorni.
2. Entro 90 giorni.

Allegato 1

1. Entro 10 giorni.
"""
RESOLUTION = """\
Premesso che:
- la legge vuole 10 imprese;
- il Nucleo si riunisce il 5 marzo 2026;

DATO ATTO che in coerenza con le Linee guida l'ente:
- entro il 30 novembre 2025 presenta una relazione;

DELIBERA

1. di approvare;
2. di dare 100 euro;
"""


@pytest.mark.parametrize(
    ("text", "locator", "forms"),
    [
        (ACT, "A.1, comma 1, lett. a)", ["5"]),
        (ACT, "All. A, A.1, comma 1, lett. b), p. 1", ["49"]),
        (ACT, "A.2, comma 1, p. 1", ["40%"]),
        (ACT, "A.2, commi 1 e 2", ["40%", "500.00 EUR"]),
        (ACT, "A.2, comma 1, p. 1, e A.3, comma 2, p. 2", ["40%", "90 days"]),
        (ACT, "A.3, p. 2", ["60 days", "90 days"]),
        (ACT, "All. 1", ["10 days"]),
        (ACT, "p. 2", ["60 days", "90 days", "10 days"]),
        (RESOLUTION, "Premesso, Nucleo", ["2026-03-05"]),
        (RESOLUTION, "Premesso, secondo punto", ["2026-03-05"]),
        (RESOLUTION, "Dato atto, coerenza con le Linee guida", ["2025-11-30"]),
        (RESOLUTION, "Delibera, punto 2", ["100.00 EUR"]),
    ],
)
def test_a_locator_points_at_its_place(text: str, locator: str, forms: list[str]) -> None:
    flow = flow_of(ActText.of(text))
    located = Places(flow, [locator]).find(locator)
    assert located.missing == ()
    found = [
        one
        for one in figures_of(flow)
        if one.role == "value" and any(place.holds(one.start) for place in located.places)
    ]
    assert [figure.form for figure in found] == forms


LETTERS = [
    ("art. 3, lettere a), b) e c)", "abc"), ("art. 3, lettere a, b e c", "abc"), ("art. 3, lett. a-d", "abcd"),
    ("art. 3, lett. a)-d)", "abcd"), ("art. 3, lettere da a) a d)", "abcd"), ("art. 3, lett. a), c), e d), p. 2", "acd"),
    ("art. 3, lettera e)", "e"), ("art. 3, lett. e) ed f)", "ef"), ("art. 3, lett. c, e art. 3, lett. c", "c"),
    ("art. 3, punti a) e b)", "ab"), ("art. 3, lett. a.1)", "a"), ("art. 3, lett. a o b", "ab"),
]  # fmt: skip


@pytest.mark.parametrize(("locator", "letters"), LETTERS)
def test_letters_that_are_listed_are_one_place(locator: str, letters: str) -> None:
    spots = spots_of(locator)
    assert {spot.letters for spot in spots} == {tuple(letters)}
    assert {spot.article for spot in spots} == {3}
    assert {spot.words for spot in spots} == {()}
    assert all(len(spot.apart()) == 1 for spot in spots)


@pytest.mark.parametrize(
    "locator", ["A.1, comma 1, lettere a) e b)", "A.1, comma 1, lett. a-b", "A.1, comma 1, lett. a e b"]
)
def test_a_list_of_letters_holds_what_each_of_them_has(locator: str) -> None:
    flow = flow_of(ActText.of(ACT))
    (place,) = Places(flow, [locator]).find(locator).places
    assert [one.form for one in figures_of(flow) if one.role == "value" and place.holds(one.start)] == ["5", "49"]


@pytest.mark.parametrize(
    ("text", "locator", "missing"),
    [
        (ACT, "A.7, comma 1", "A.7"),
        (ACT, "A.9", "A.9"),
        (ACT, "A.2, comma 5", "comma 5"),
        (ACT, "A.2, p. 9", "p. 9"),
        (ACT, "A.2, comma 1, p. 2", "A.2, comma 1, p. 2"),
        (ACT, "All. 4", "All. 4"),
        (ACT, "A.2, nota 3", "nota 3"),
        (RESOLUTION, "Premesso, Samarcanda", "Premesso, Samarcanda"),
        (RESOLUTION, "Delibera, punto 7", "Delibera, punto 7"),
        (RESOLUTION, "Modalità di erogazione", "Modalità di erogazione"),
    ],
)
def test_a_locator_that_the_text_does_not_have_is_told(text: str, locator: str, missing: str) -> None:
    located = Places(flow_of(ActText.of(text)), [locator]).find(locator)
    assert missing in located.missing
    assert located.places == ()


@pytest.mark.parametrize(
    "locator", ["", "p.", "art. , comma", "punti 1-999999", "pp. 9-1", "(((", "é" * 500, "e e e, , ;"]
)
def test_whatever_is_written_as_a_locator_is_read(locator: str) -> None:
    spots = spots_of(locator)
    assert all(len(spot.pages) <= 400 for spot in spots)
    assert not Places(flow_of(ActText.of(ACT)), [locator]).find(locator).places
