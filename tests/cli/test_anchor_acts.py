# SPDX-License-Identifier: Apache-2.0
"""`misure anchor`: the text of an act whose number nobody knows, which names other acts of the measure at its head."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.commands import Command

STEP = "lombardia/tecnologie-strategiche-step"
HEAD = "(in attuazione della D.G.R. n. XII/3756 del 13/01/2025)\ncome rettificato con decreto n. 4181 del 27/03/2025\n"
PAST = "La misura aiuta le imprese di un territorio, e chi ne scrive dice prima di che cosa si tratta e per chi. " * 4


def written(folder: Path, text: str) -> Path:
    path = folder / "act.txt"
    path.write_text(text, "utf-8")
    return path


def test_the_numbers_of_others_do_not_gainsay_the_name_that_is_said(command: Command, tmp_path: Path) -> None:
    title = "Allegato A (versione consolidata 24.06.2025)\nBANDO\nTECNOLOGIE STRATEGICHE\n"
    text = written(tmp_path, title + HEAD + PAST)
    assert json.loads(command("anchor", STEP, text, "--json").out)["act"]["id"] == "bando"
    assert json.loads(command("anchor", STEP, text, "--act", "bando", "--json").out)["act"]["id"] == "bando"
    ran = command("anchor", STEP, text, "--act", "decreto-4181")
    assert (ran.code, ran.out) == (2, "")
    assert "at its head stands neither the number and the day of one nor its title, but 'Allegato A" in ran.err


def test_a_text_of_another_title_is_not_taken_for_it(command: Command, tmp_path: Path) -> None:
    ran = command("anchor", STEP, written(tmp_path, "BANDO FONTANE\n" + HEAD + PAST), "--act", "bando")
    assert (ran.code, ran.out) == (2, "")
    assert f"this is the text of no act that {STEP} cites" in ran.err
