# SPDX-License-Identifier: Apache-2.0
"""A value of the law beneath every measure that no source gives: from which days on, and by which act."""

from __future__ import annotations

from pathlib import Path

import pytest

from misure.deciding.machinery import compiled
from misure.deciding.missing import Missing
from misure.ground.truth import NotKnowing
from misure.telling.chapters.asking import Asking
from misure.telling.chapters.page import Line, Mark
from misure.telling.chapters.records import Records
from misure.telling.chapters.speaker import Speaker
from tests.telling.told_measures import ON, opened

RULES = """
    provisions:
      - cite: {act: uno, at: "art. 2"}
        admission:
          one: {provision: P.01, text: "Uno", holds: active}
"""
VOCABULARY = 'flags:\n  active: {label: attiva, question: "Attiva?"}\n'
RATE, LABEL = "stato/discount-rates", "tasso di attualizzazione del giorno della concessione"
GAPS = tuple(
    f"nessuna delle fonti lette lo dà dal 1 {month}"
    for month in ("gennaio 2023", "agosto 2023", "febbraio 2024", "febbraio 2026")
)


def asking(folder: Path, first: str, language: str = "it") -> Asking:
    """Asks under rules whose law begins on a day."""
    measure = opened(
        folder, RULES, vocabulary=VOCABULARY, editions=f"editions: {{{first}: {{act: uno}}}}\n", law_of="question"
    )
    decision = measure.decide({}, on=max(ON, ON.fromisoformat(first)))
    return Asking(Speaker(language, compiled(decision).period, decision.value), Records(decision))


@pytest.mark.parametrize(("first", "details"), [
    ("2022-12-31", GAPS), ("2023-02-28", GAPS), ("2023-03-01", GAPS[1:]), ("2023-12-31", GAPS[1:]), ("2024-01-01", GAPS[2:]),
    ("2024-09-30", GAPS[2:]), ("2024-10-01", GAPS[3:]), ("2026-02-01", GAPS[3:]),
])  # fmt: skip
def test_the_days_from_which_no_source_gives_it_as_far_as_the_rules_reach(
    tmp_path: Path, first: str, details: tuple[str, ...]
) -> None:
    (section,) = asking(tmp_path, first).sections([Missing(RATE, NotKnowing.UNPUBLISHED)])
    assert section.title == "Non trovato nelle fonti lette"
    (line,) = section.lines
    assert (line.text, line.mark, line.details) == (LABEL, Mark.OPEN, details)
    assert line.cite.startswith("DM 22 dicembre 2025")


def test_what_has_no_table_has_its_name_alone(tmp_path: Path) -> None:
    (line,) = asking(tmp_path, "2024-01-31").later([Missing("repayment_plan", NotKnowing.UNPUBLISHED)])
    assert line == Line("non è pubblicato: piano di rimborso del finanziamento", Mark.OPEN)


def test_a_table_that_leaves_nothing_open_has_no_days(tmp_path: Path) -> None:
    (line,) = asking(tmp_path, "2024-01-31", "en").later([Missing("ue/deminimis-ceilings", NotKnowing.UNPUBLISHED)])
    assert line == Line("not published: de minimis ceiling", Mark.OPEN)
