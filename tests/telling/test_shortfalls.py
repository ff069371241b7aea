# SPDX-License-Identifier: Apache-2.0
"""By how much a condition fails, who breaks it, what is known of one that is open: each comparison, in both languages."""

from __future__ import annotations

import pytest

import misure
from tests.telling.told_measures import ON, lines, opened

VOCABULARY = """
    facts:
      firms_told: {unit: firms, least: "0", greatest: "500", label: ditte, question: "Quante ditte?"}
      points_told: {unit: points, least: "0", greatest: "100", label: voto, question: "Quanti punti?"}
      rank_told: {unit: credit_classes, least: "1", greatest: "12", label: posto, question: "Quale classe?"}
      costs: {unit: EUR, least: "0", greatest: "1000000", label: costi, question: "Quanti costi?"}
      portion: {unit: share, least: "0", greatest: "1", label: porzione, question: "Quale porzione?"}
      opened_on: {date: yes, least: "1900-01-01", greatest: "2100-12-31", label: apertura, question: "Quando apre?"}
      closed_on: {date: yes, least: "1900-01-01", greatest: "2100-12-31", label: chiusura, question: "Quando chiude?"}
      size_told: {choices: {tiny: minuscola, huge: enorme}, label: taglia, question: "Quale taglia?"}
    tables:
      members:
        label: soci
        question: "Chi sono i soci?"
        key: id
        name: name
        max_items: 20
        fields:
          id: {text: 8, label: sigla}
          name: {text: 20, label: nome}
          good: {flag: yes, label: buono, question: "Buono?"}
"""
HEAD = """
    parameters:
      least_firms: 10 firms
      least_points: 65 points
      most_costs: 1000.00 EUR
      last_rank: 7 credit_classes
      least_portion: 20%
      first_day: 2024-03-01
      sizes: {is: [tiny], label: "taglie ammesse"}
    provisions:
      - cite: {act: uno, at: "art. 2"}
        definitions:
          good_members: {is: "count(m for m in members if m.good)", unit: firms, label: "soci buoni"}
          fifth: {is: "least_portion * costs", unit: EUR, label: "un quinto dei costi"}
          lawful: {is: "most_costs + most_costs", unit: EUR, label: "il doppio"}
        admission:
"""


def members(*good: bool | None) -> list[dict[str, object]]:
    return [{"id": str(n), "name": f"Socio {n}", "good": each} for n, each in enumerate(good)]


def some(count: int) -> list[dict[str, object]]:
    return members(*[True] * count)


def in_part(count: int) -> dict[str, object]:
    return {"records": some(count), "complete": False}


CASES = [
    ("firms_told >= least_firms", {"firms_told": 9}, "failed: qui 9, ne manca 1", "failed: here 9, 1 short"),
    ("firms_told >= least_firms", {"firms_told": 8}, "failed: qui 8, ne mancano 2", "failed: here 8, 2 short"),
    ("firms_told >= least_firms", {"firms_told": 10}, "met", "met"),
    ("firms_told >= least_firms", {}, "open: manca la risposta", "open: the answer is missing"),
    ("firms_told > least_firms", {"firms_told": 10}, "failed: qui 10, serve più di 10 imprese", "failed: here 10, more than 10 firms is needed"),
    ("firms_told < least_firms", {"firms_told": 11}, "failed: qui 11, serve meno di 10 imprese", "failed: here 11, less than 10 firms is needed"),
    ("good_members >= least_firms", {"members": some(2)}, "failed: qui 2, ne mancano 8", "failed: here 2, 8 short"),
    ("good_members >= least_firms", {"members": members(True, True, None)}, "failed: qui al massimo 3, ne mancano almeno 7", "failed: here at most 3, at least 7 short"),
    ("good_members >= least_firms", {"members": members(*[True] * 8, None)}, "failed: qui al massimo 9, ne manca almeno 1", "failed: here at most 9, at least 1 short"),
    ("good_members >= least_firms", {"members": in_part(1)}, "open: qui almeno 1 impresa, manca «soci»", "open: here at least 1 firm, “soci” is missing"),
    ("good_members >= least_firms", {"members": in_part(0)}, "open: manca «soci»", "open: “soci” is missing"),
    ("good_members >= least_firms", {}, "open: manca «soci»", "open: “soci” is missing"),
    ("good_members >= least_firms", {"members": [*some(9), {"id": "x", "name": "Nove"}]},
     "open: qui fra 9 e 10 imprese, manca «buono» (Nove)", "open: here between 9 and 10 firms, “buono” (Nove) is missing"),
    ("good_members <= least_firms", {"members": some(11)}, "failed: qui 11, 1 impresa in più del massimo", "failed: here 11, 1 firm above the maximum"),
    ("good_members <= least_firms", {"members": some(13)}, "failed: qui 13, 3 imprese in più del massimo", "failed: here 13, 3 firms above the maximum"),
    ("good_members <= least_firms", {"members": in_part(12)}, "failed: qui almeno 12, almeno 2 imprese in più del massimo", "failed: here at least 12, at least 2 firms above the maximum"),
    ("rank_told <= last_rank", {"rank_told": 8}, "failed: qui classe 8, il limite è classe 7", "failed: here class 8, the limit is class 7"),
    ("rank_told <= last_rank", {"rank_told": 7}, "met", "met"),
    ("rank_told >= last_rank", {"rank_told": 5}, "failed: qui classe 5, il limite è classe 7", "failed: here class 5, the limit is class 7"),
    ("rank_told < last_rank", {"rank_told": 7}, "failed: qui classe 7, serve meno di classe 7", "failed: here class 7, less than class 7 is needed"),
    ("points_told >= least_points", {"points_told": "64.99"}, "failed: qui 64,99 punti, mancano 0,01 punti", "failed: here 64.99 points, 0.01 points short"),
    ("points_told >= least_points", {"points_told": "64"}, "failed: qui 64 punti, manca 1 punto", "failed: here 64 points, 1 point short"),
    ("points_told >= least_points", {"points_told": "65"}, "met", "met"),
    ("points_told > least_points", {"points_told": "65"}, "failed: qui 65 punti, serve più di 65 punti", "failed: here 65 points, more than 65 points is needed"),
    ("costs <= most_costs", {"costs": "1000.01"}, "failed: qui 1.000,01 €, 0,01 € in più del massimo", "failed: here €1,000.01, €0.01 above the maximum"),
    ("costs <= most_costs", {"costs": "1000"}, "met", "met"),
    ("costs < most_costs", {"costs": "1000"}, "failed: qui 1.000,00 €, serve meno di 1.000,00 €", "failed: here €1,000.00, less than €1,000.00 is needed"),
    ("costs > most_costs", {"costs": "1000"}, "failed: qui 1.000,00 €, serve più di 1.000,00 €", "failed: here €1,000.00, more than €1,000.00 is needed"),
    ("costs >= 1 + most_costs", {"costs": "1000"}, "failed: qui 1.000,00 €, manca 1,00 €", "failed: here €1,000.00, €1.00 short"),
    ("costs + costs <= most_costs", {"costs": "600"}, "failed: qui 1.200,00 €, 200,00 € in più del massimo", "failed: here €1,200.00, €200.00 above the maximum"),
    ("costs - 1 >= most_costs", {"costs": "600"}, "failed: qui 599,00 €, mancano 401,00 €", "failed: here €599.00, €401.00 short"),
    ("least_firms <= firms_told", {"firms_told": 9}, "failed: qui 9, ne manca 1", "failed: here 9, 1 short"),
    ("1 + least_firms <= firms_told", {"firms_told": 9}, "failed: qui 9, ne mancano 2", "failed: here 9, 2 short"),
    ("least_firms >= good_members", {"members": in_part(12)}, "failed: qui almeno 12, almeno 2 imprese in più del massimo", "failed: here at least 12, at least 2 firms above the maximum"),
    ("least_firms <= good_members", {"members": in_part(1)}, "open: qui almeno 1 impresa, manca «soci»", "open: here at least 1 firm, “soci” is missing"),
    ("most_costs <= costs", {"costs": "950"}, "failed: qui 950,00 €, mancano 50,00 €", "failed: here €950.00, €50.00 short"),
    ("most_costs >= costs", {"costs": "1050"}, "failed: qui 1.050,00 €, 50,00 € in più del massimo", "failed: here €1,050.00, €50.00 above the maximum"),
    ("most_costs < costs", {"costs": "1000"}, "failed: qui 1.000,00 €, serve più di 1.000,00 €", "failed: here €1,000.00, more than €1,000.00 is needed"),
    ("most_costs > costs", {"costs": "1000"}, "failed: qui 1.000,00 €, serve meno di 1.000,00 €", "failed: here €1,000.00, less than €1,000.00 is needed"),
    ("most_costs <= costs + costs", {"costs": "400"}, "failed: qui 800,00 €, mancano 200,00 €", "failed: here €800.00, €200.00 short"),
    ("lawful <= costs", {"costs": "1999"}, "failed: qui 1.999,00 €, manca 1,00 €, il doppio: 2.000,00 €", "failed: here €1,999.00, €1.00 short, il doppio: €2,000.00"),
    ("fifth >= costs", {"costs": "1000"}, "failed: qui 200,00 €, il limite cambia con gli stessi dati", "failed: here €200.00, the limit moves with the same data"),
    ("first_day <= opened_on", {"opened_on": "2024-02-29"}, "failed: 29 febbraio 2024, 1 giorno prima del 1 marzo 2024", "failed: 29 February 2024, 1 day before 1 March 2024"),
    ("first_day > opened_on", {"opened_on": "2024-03-08"}, "failed: 8 marzo 2024, mentre serve un giorno prima del 1 marzo 2024", "failed: 8 March 2024, while a day before 1 March 2024 is needed"),
    ("portion >= least_portion", {"portion": "19%"}, "failed: qui 19%, mancano 1%", "failed: here 19%, 1% short"),
    ("fifth >= most_costs", {"costs": "1000"}, "failed: qui 200,00 €, mancano 800,00 €", "failed: here €200.00, €800.00 short"),
    ("costs <= fifth", {"costs": "1000"}, "failed: qui 1.000,00 €, il limite cambia con gli stessi dati, un quinto dei costi: 200,00 €", "failed: here €1,000.00, the limit moves with the same data, un quinto dei costi: €200.00"),
    ("costs < fifth", {"costs": "1000"}, "failed: qui 1.000,00 €, il limite cambia con gli stessi dati, un quinto dei costi: 200,00 €", "failed: here €1,000.00, the limit moves with the same data, un quinto dei costi: €200.00"),
    ("opened_on >= first_day", {"opened_on": "2024-02-29"}, "failed: 29 febbraio 2024, 1 giorno prima del 1 marzo 2024", "failed: 29 February 2024, 1 day before 1 March 2024"),
    ("opened_on >= first_day", {"opened_on": "2024-01-01"}, "failed: 1 gennaio 2024, 60 giorni prima del 1 marzo 2024", "failed: 1 January 2024, 60 days before 1 March 2024"),
    ("opened_on >= first_day", {"opened_on": "2024-03-01"}, "met", "met"),
    ("opened_on <= first_day", {"opened_on": "2024-03-02"}, "failed: 2 marzo 2024, 1 giorno dopo il 1 marzo 2024", "failed: 2 March 2024, 1 day after 1 March 2024"),
    ("opened_on <= first_day", {"opened_on": "2024-03-08"}, "failed: 8 marzo 2024, 7 giorni dopo il 1 marzo 2024", "failed: 8 March 2024, 7 days after 1 March 2024"),
    ("opened_on <= closed_on", {"opened_on": "2024-03-19", "closed_on": "2024-03-08"}, "failed: 19 marzo 2024, 11 giorni dopo l'8 marzo 2024", "failed: 19 March 2024, 11 days after 8 March 2024"),
    ("opened_on > first_day", {"opened_on": "2024-03-01"}, "failed: 1 marzo 2024, mentre serve un giorno dopo il 1 marzo 2024", "failed: 1 March 2024, while a day after 1 March 2024 is needed"),
    ("opened_on < first_day", {"opened_on": "2024-03-08"}, "failed: 8 marzo 2024, mentre serve un giorno prima del 1 marzo 2024", "failed: 8 March 2024, while a day before 1 March 2024 is needed"),
    ("opened_on + days(1) <= closed_on", {"opened_on": "2024-03-08", "closed_on": "2024-03-01"},
     "failed | apertura: 8 marzo 2024 | chiusura: 1 marzo 2024", "failed | apertura: 8 March 2024 | chiusura: 1 March 2024"),
    ("size_told in sizes", {"size_told": "huge"}, "failed | taglia: enorme | taglie ammesse: minuscola", "failed | taglia: enorme | taglie ammesse: minuscola"),
    ("size_told == 'tiny'", {"size_told": "huge"}, "failed | taglia: enorme", "failed | taglia: enorme"),
    ("all(m.good for m in members)", {"members": members(True, False, None)}, "failed: non è così per «Socio 1»", "failed: not so for “Socio 1”"),
    ("all(m.good for m in members)", {"members": members(False, True, False)}, "failed: non è così per «Socio 0» e «Socio 2»", "failed: not so for “Socio 0” and “Socio 2”"),
    ("all(m.good for m in members)", {"members": members(True, None)}, "open: manca «buono» (Socio 1)", "open: “buono” (Socio 1) is missing"),
    ("all(m.good for m in members)", {"members": members(None, None, None)}, "open: manca «buono» (Socio 0, Socio 1 e Socio 2)", "open: “buono” (Socio 0, Socio 1 and Socio 2) is missing"),
    ("all(m.good for m in members)", {"members": members(None, None, None, None)}, "open: manca «buono» (Socio 0, Socio 1 e altri 2)", "open: “buono” (Socio 0, Socio 1 and 2 more) is missing"),
]  # fmt: skip
CONDITIONS = list(dict.fromkeys(condition for condition, *_ in CASES))
NAMES = {condition: f"Condizione {number:02}" for number, condition in enumerate(CONDITIONS)}


@pytest.fixture(scope="module")
def measure(tmp_path_factory: pytest.TempPathFactory) -> misure.Measure:
    """One measure with every condition of the table; each is looked at alone."""
    text = "".join(
        f'          c{number}: {{provision: P.01, text: "{NAMES[condition]}", holds: "{condition}"}}\n'
        for number, condition in enumerate(CONDITIONS)
    )
    return opened(tmp_path_factory.mktemp("rules"), HEAD + text, vocabulary=VOCABULARY)


def told(measure: misure.Measure, condition: str, facts: dict[str, object], language: str) -> str:
    page = misure.explain(measure.decide({"filed_on": "2024-06-01"} | facts, on=ON), language).page
    first = page.sections[0].lines
    every = [*first, *(inner for line in first for inner in line.folded)]
    (line,) = [line for line in every if line.text.startswith(NAMES[condition])]
    assert line.cite == "DGR XI/1, art. 2"
    text = line.text.removeprefix(NAMES[condition])
    return " | ".join((f"{line.mark}{text}", *line.details)).replace("\xa0", " ")


@pytest.mark.parametrize(("condition", "facts", "italian", "english"), CASES, ids=range(len(CASES)))
def test_a_condition_says_why_it_stands_as_it_does(
    measure: misure.Measure, condition: str, facts: dict[str, object], italian: str, english: str
) -> None:
    assert told(measure, condition, facts, "it") == italian
    assert told(measure, condition, facts, "en") == english


def test_failed_conditions_come_first_and_the_rest_is_counted(measure: misure.Measure) -> None:
    facts = {"filed_on": "2024-06-01", "firms_told": 9, "costs": "600", "points_told": "70"}
    decision = measure.decide(facts, on=ON)
    first = [line.partition(" ")[0] for line in lines(decision, "")]
    failed = sum(finding.truth == "no" for finding in decision.findings)
    unknown = sum(finding.truth == "unknown" for finding in decision.findings)
    assert min(failed, unknown) > 1
    assert first == ["failed"] * failed + ["plain", "met"]
    [counted] = [line for line in misure.explain(decision).page.sections[0].lines if line.mark == "plain"]
    assert [line.mark for line in counted.folded] == ["open"] * unknown
    met = sum(finding.truth == "yes" for finding in decision.findings)
    assert lines(decision, "")[-1] == f"met altre {met} condizioni soddisfatte"


def test_where_nothing_failed_open_conditions_come_first(measure: misure.Measure) -> None:
    decision = measure.decide({"filed_on": "2024-06-01"}, on=ON)
    assert decision.outcome == "undecided"
    first = [line.partition(" ")[0] for line in lines(decision, "")]
    unknown = sum(finding.truth == "unknown" for finding in decision.findings)
    assert first[:unknown] == ["open"] * unknown
    assert "open" not in first[unknown:]
