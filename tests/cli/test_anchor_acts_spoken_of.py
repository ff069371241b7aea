# SPDX-License-Identifier: Apache-2.0
"""A text that says at its head which act it carries out, or which changed it, is the text of neither."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import Command
from tests.cli.test_anchor_command import ACT, CASES, MEASURE, SOURCES

RESOLUTION = 'dgr-5: {type: DGR, number: XII/5, date: 2026-01-10, title: "Criteri"}'
CALL = 'call: {type: Bando, number_unknown: "la copia non lo porta", date: 2026-01-15, title: "Contributi per le panchine"}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    measure = MEASURE.replace(
        'avviso-7: {type: Avviso, number: 7/2026, date: 2026-01-15, title: "Avviso Panchine"}',
        f"{CALL}\n  {RESOLUTION}",
    )
    measure = measure.replace("2026-01-15: {act: avviso-7, read: whole}", "2026-01-15: {act: dgr-5, read: whole}")
    measure = measure.replace("avviso-7", "call").replace('at: "', 'act: call, at: "', 4)
    folder = tmp_path / "prova" / "panchine"
    folder.mkdir(parents=True)
    for name, text in {"measure.yaml": measure, "cases.yaml": CASES, "SOURCES.md": SOURCES}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    "spoken_of",
    [
        "(in attuazione della D.G.R. n. XII/5 del 10/01/2026)",
        "come approvato con deliberazione n. XII/5 del 10 gennaio 2026",
        "a seguito della D.G.R. XII/5 del 10 gennaio 2026",
    ],
)
def test_the_act_that_is_carried_out_is_another(command: Command, folder: Path, spoken_of: str) -> None:
    head = f"BANDO CONTRIBUTI PER LE PANCHINE\n{spoken_of}\n"
    (folder / "act.txt").write_text(ACT.replace("AVVISO N. 7/2026 del 15 gennaio 2026\n", head), "utf-8")
    ran = command("anchor", folder, folder / "act.txt", "--json")
    assert ran.err == ""
    assert (ran.err, json.loads(ran.out)["act"]["id"]) == ("", "call")
    (folder / "act.txt").write_text(
        ACT.replace("AVVISO N. 7/2026 del 15 gennaio 2026\n", "D.G.R. n. XII/5 del 10 gennaio 2026\n"), "utf-8"
    )
    ran = command("anchor", folder, folder / "act.txt", "--json")
    assert json.loads(ran.out)["act"]["id"] == "dgr-5"
