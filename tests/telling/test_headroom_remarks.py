# SPDX-License-Identifier: Apache-2.0
"""Every doubt and warning about what is left of de minimis has its sentence; limits that are open, or not encoded, say so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from misure import Range, deminimis
from misure.deminimis.answers import Remark
from misure.telling.chapters.page import Line, Mark
from misure.telling.headroom import headroom_page

FIRM = "01234560157"
LONG_AGO = deminimis.Aid("COR-0", FIRM, "gen", "2015-01-10", 1)
FOUND = deminimis.headroom(deminimis.Ledger([LONG_AGO], complete_by="prova"), FIRM, on="2026-11-22")
SHARED, AID = "gen-agri-fish", "COR-7"
ALL_IT = "regolamento generale, settore agricolo e pesca e acquacoltura"
ALL_EN = "general regulation, agriculture and fisheries and aquaculture"
REMARKS = [
    ("ledger_incomplete", "ledger", "Nessuno dice che l'elenco degli aiuti è completo: può restare meno", "Nobody says that the list of aid is complete: less may be left"),
    ("complete_until", "ledger", "L'elenco degli aiuti è detto completo solo fino a un giorno prima della concessione", "The list of aid is said to be complete only until a day before the granting"),
    ("complete_for", "ALFA", "ALFA: l'elenco degli aiuti è detto completo solo per altri, e può restare meno", "ALFA: the list of aid is said to be complete for others alone, and less may be left"),
    ("gap", "ledger", "Nell'elenco degli aiuti manca qualcosa, e può riguardare chiunque", "Something is missing from the list: June"),
    ("gap", "ALFA", "Nell'elenco degli aiuti manca qualcosa che riguarda ALFA", "Something is missing from the list: June"),
    ("amount", AID, "COR-7: l'importo non è noto esattamente", "COR-7: the amount is not known exactly"),
    ("granted_on", AID, "COR-7: il giorno della concessione non è noto esattamente", "COR-7: the day of granting is not known exactly"),
    ("activity", AID, "COR-7: non si sa per quale attività è stato usato", "COR-7: for which activity it was used is not known"),
    ("possible_member", "ALFA", "ALFA ha ricevuto aiuti e può far parte dell'impresa unica", "ALFA was granted aid and may belong to the single undertaking"),
    ("register", "agri", "Non si sa se vale il massimale più alto, che richiede un registro completo", "Whether the higher ceiling holds, which asks for a complete register, is not known"),
    ("cap_open", "agri-fish", "Non è certo che valga il massimale comune settore agricolo e pesca e acquacoltura", "It is not certain that the shared cap agriculture and fisheries and aquaculture holds"),
    ("cap_not_encoded", SHARED, f"Che cosa dica quel giorno il massimale comune {ALL_IT} non è espresso qui", f"What the shared cap {ALL_EN} says on that day is not encoded here"),
    ("joint_cap_set_aside", "gen-sgei", "Con il massimale comune regolamento generale e servizi di interesse economico generale, che qui non si applica, resterebbe un altro importo",
     "With the shared cap general regulation and services of general economic interest, which is not applied here, another amount would be left"),
    ("joint_window", SHARED, f"{ALL_IT}: tutti gli aiuti si contano sugli stessi tre anni, e nessun atto letto lo dice", f"{ALL_EN}: all aid is counted over the same three years, and no act read says so"),
    ("fiscal_year", "fiscal_year_end", "L'esercizio finanziario è preso uguale all'anno solare", "The financial year is taken to be the calendar year"),
    ("joined_otherwise", "ALFA", "ALFA: alcuni uffici ne contano gli aiuti, perché la lega una persona o un ente", "ALFA: some offices count its aid in, because a person or a body joins it"),
    ("only_schemes", "gen", "Nei sei mesi dopo la scadenza il regolamento vale solo per i regimi di aiuto", "In the six months after its expiry the regulation covers aid schemes alone"),
    ("convention", "gen", "Contando i tre anni in un altro modo un aiuto conterebbe diversamente", "Were the three years counted in another way, an aid would count differently"),
    ("another_kind", AID, "COR-7: June", "COR-7: June"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "subject", "italian", "english"), REMARKS, ids=range(len(REMARKS)))
def test_a_remark_in_words(kind: str, subject: str, italian: str, english: str) -> None:
    remark = Remark(kind, subject, "June")
    for language, told, doubts, warnings in (
        ("it", italian, "Che cosa non si sa", "Da tenere presente"), ("en", english, "What is not known", "To bear in mind"),
    ):  # fmt: skip
        section = headroom_page(replace(FOUND, doubts=(remark,)), language).sections[-1]
        assert (section.title, section.lines) == (doubts, (Line(told, Mark.OPEN),))
        section = headroom_page(replace(FOUND, warnings=(remark,)), language).sections[-1]
        assert (section.title, section.lines) == (warnings, (Line(told, Mark.PLAIN),))


WHO = "02345670158"


@pytest.mark.parametrize(
    ("nearest", "italian", "english"),
    [
        (None, f"Nell'elenco degli aiuti non c'è nessun aiuto di {WHO}: non ne ha avuti, se l'elenco la indica così",
         f"The list of aid holds none of {WHO}: nothing was granted to it, if the list calls it so"),
        (FIRM, f"Nell'elenco degli aiuti non c'è nessun aiuto di {WHO}, ma ce ne sono di {FIRM}: è la stessa impresa?",
         f"The list of aid holds none of {WHO}, and some of {FIRM}: is it the same undertaking?"),
    ],
)  # fmt: skip
def test_whom_the_list_does_not_know(nearest: str | None, italian: str, english: str) -> None:
    remark = Remark("not_in_ledger", WHO, "June", nearest)
    for language, told in (("it", italian), ("en", english)):
        section = headroom_page(replace(FOUND, doubts=(remark,)), language).sections[-1]
        assert section.lines == (Line(told, Mark.OPEN),)


OVER = [("2025-01-10", "120000"), ("2025-02-10", "90000"), ("2025-03-10", "70000"), ("2026-01-10", "30000")]
PASSED_IT = "Il massimale (regolamento generale) è già superato dal 10 gennaio 2026: 10.000,00\u00a0€ in più"
PASSED_EN = "The ceiling (general regulation) has been passed since 10 January 2026: €10,000.00 too much"


@pytest.mark.parametrize(
    ("more", "italian", "english"),
    [
        ([], PASSED_IT, PASSED_EN),
        ([deminimis.Aid("U", FIRM, "gen", "2026-01-11", Range(0, 5))], PASSED_IT.replace("10.000,00\u00a0€", "fra 10.000,00\u00a0€ e 10.005,00\u00a0€"),
         PASSED_EN.replace("€10,000.00", "between €10,000.00 and €10,005.00")),
    ],
)  # fmt: skip
def test_a_ceiling_that_is_passed_already(more: list[deminimis.Aid], italian: str, english: str) -> None:
    aids = [deminimis.Aid(f"A{at}", FIRM, "gen", *row) for at, row in enumerate(OVER)]
    found = deminimis.headroom(deminimis.Ledger([*aids, *more], complete_by="prova"), FIRM, on="2026-02-25")
    for language, told in (("it", italian), ("en", english)):
        (first, *_) = headroom_page(found, language).sections[-1].lines
        assert first == Line(told, Mark.FAILED)


def test_a_ceiling_that_may_be_passed_already() -> None:
    aids = [deminimis.Aid("A", FIRM, "gen", "2025-01-10", Range(299_000, 301_000))]
    found = deminimis.headroom(deminimis.Ledger(aids, complete_by="prova"), FIRM, on="2026-02-25")
    told = headroom_page(found, "it").sections[-1].lines[0]
    assert told == Line(
        "Il massimale (regolamento generale) è forse già superato, al più di 1.000,00\u00a0€", Mark.FAILED
    )
    english = headroom_page(found, "en").sections[-1].lines[0].text
    assert english == "The ceiling (general regulation) may be passed already, by €1,000.00 at most"


def test_without_doubts_and_warnings_nothing_is_said_of_them() -> None:
    assert [section.title for section in headroom_page(FOUND).sections] == ["Limiti", "Che cosa lo occupa"]


def test_who_may_belong_to_it_is_named_beside_the_members() -> None:
    page = headroom_page(replace(FOUND, members=("ALFA", "ERBA"), possible=("GAMMA",)), "it")
    assert page.preamble == ("Impresa unica: ALFA ed ERBA", "Forse anche: GAMMA")
    assert headroom_page(FOUND, "en").preamble == ("Single undertaking: 01234560157",)


def cap(language: str, **changes: object) -> Line:
    first = replace(FOUND.caps[0], **changes)  # type: ignore[arg-type]
    return headroom_page(replace(FOUND, caps=(first,)), language).sections[0].lines[0]


def test_a_limit_that_is_not_encoded_says_so_and_no_figure() -> None:
    line = cap("it", limit=None)
    assert (line.text, line.mark) == (
        "massimale, regolamento generale: la norma di quel giorno non è espressa qui",
        Mark.OPEN,
    )
    assert (line.cite, line.details) == ("Reg. (UE) 2023/2831, art. 3, par. 2", ())
    assert cap("it", limit=None, counts=("agri", "fish")).text.startswith("massimale comune, settore agricolo e pesca")


def test_a_limit_that_may_not_hold_is_open() -> None:
    assert cap("it").mark is Mark.PLAIN
    assert cap("it", holds=False).mark is Mark.OPEN


@pytest.mark.parametrize(("least", "most", "used"), [
    ("1.00", "1.00", "occupati 1,00 €, restano 300.000,00 €"), ("1.00", "2.00", "occupati fra 1,00 € e 2,00 €, restano 300.000,00 €"),
    ("1.00", None, "occupati almeno 1,00 €, restano 300.000,00 €"),
])  # fmt: skip
def test_what_fills_a_limit_as_far_as_it_is_known(least: str, most: str | None, used: str) -> None:
    line = cap("it", used_at_least=Decimal(least), used_at_most=None if most is None else Decimal(most))
    assert line.details[0].replace("\xa0", " ") == used
    assert cap("it", left=None).details[0].endswith("restano importo non noto")


@pytest.mark.parametrize(("amount", "tone"), [
    (Decimal("0.00"), Mark.FAILED), (Decimal("0.01"), Mark.MET), (Range(Decimal("0.00"), Decimal("0.01")), Mark.OPEN),
    (Range(Decimal("1.00"), Decimal("2.00")), Mark.OPEN),
])  # fmt: skip
def test_the_tone_of_the_answer(amount: Decimal | Range, tone: Mark) -> None:
    assert headroom_page(replace(FOUND, amount=amount)).tone is tone


@pytest.mark.parametrize(("regulation", "italian", "english"), [
    ("gen", "regolamento generale", "general regulation"), ("agri", "settore agricolo", "agriculture"),
    ("fish", "pesca e acquacoltura", "fisheries and aquaculture"), ("x", "x", "x"),
    ("sgei", "servizi di interesse economico generale", "services of general economic interest"),
])  # fmt: skip
def test_a_regulation_by_its_name(regulation: str, italian: str, english: str) -> None:
    found = replace(FOUND, regulation=regulation)
    assert headroom_page(found).title == f"Disponibilità de minimis, {italian} · al 22 novembre 2026"
    assert headroom_page(found, "en").title == f"De minimis headroom, {english} · on 22 November 2026"
