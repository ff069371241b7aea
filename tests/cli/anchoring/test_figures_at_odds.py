# SPDX-License-Identifier: Apache-2.0
"""`misure anchor`: a figure that its words in brackets contradict is told as such, whatever else accounts for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Command
from tests.cli.test_anchor_command import BY_HAND, anchored, changed, laid_out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return laid_out(tmp_path)


ODDS = [
    ("euro 15.000,00 (quindicimila/00)", "euro 15.000,00 (sedicimila/00)", "15000.00 EUR", "16000.00 EUR"),
    ("euro 15.000,00 (quindicimila/00)", "euro 15.000,00 (quindicimila/50)", "15000.00 EUR", "15000.50 EUR"),
    ("euro 15.000,00 (quindicimila/00)", "euro 15.000,00 (euro sedicimila/00)", "15000.00 EUR", "16000.00 EUR"),
    ("40% della", "40% (quarantacinque per cento) della", "40%", "45%"),
    ("40% della", "40 (quarantacinque) per cento della", "40%", "45%"),
    ("sessanta giorni", "60 (settanta) giorni", "60 days", "70 days"),
    ("sessanta giorni", "sessanta (70) giorni", "60 days", "70 days"),
    ("sessanta giorni", "60 giorni (sessanta mesi)", "60 days", "60 months"),
    ("sessanta giorni", "60 (settanta) giorni lavorativi", "60 working days", "70 working days"),
]


@pytest.mark.parametrize(("old", "new", "figure", "repeated"), ODDS)
def test_a_figure_and_its_words_that_disagree_are_told(
    command: Command, folder: Path, old: str, new: str, figure: str, repeated: str
) -> None:
    changed(folder, "act.txt", old, new)
    code, told = anchored(command, folder)
    assert (code, told["sound"]) == (1, False)
    assert [(one["figure"], one["repeated_as"]) for one in told["disagreeing"]] == [(figure, repeated)]
    assert told["unexplained"] == (1 if "lavorativi" in new else 0)
    out = command("anchor", folder, folder / "act.txt", "--lang", "en").out
    assert "one figure that says something else in brackets" in out
    assert "the text does not say which holds" in out
    command("anchor", folder, folder / "act.txt", "--write")
    assert f"no rule names {repeated}, on page 1 of Avviso 7/2026" in command("check", folder).out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sessanta giorni", "60 (sessanta) giorni"),
        ("sessanta giorni", "sessanta (60) giorni"),
        ("sessanta giorni", "60 giorni (sessanta giorni)"),
        ("sessanta giorni.", "sessanta giorni (2)."),
        ("40% della", "40 (quaranta per cento) della"),
        ("euro 15.000,00 (quindicimila/00)", "euro 15.000,00 (euro quindicimila)"),
        ("5.000 euro", "5.000 euro (al netto dell'imposta)"),
    ],
)  # fmt: skip
def test_what_is_repeated_as_it_is_contradicts_nothing(command: Command, folder: Path, old: str, new: str) -> None:
    changed(folder, "act.txt", old, new)
    _, told = anchored(command, folder)
    assert told["disagreeing"] == []
    assert {one["state"] for one in told["values"]} == {"found"}
    assert told["unexplained"] == ("(2)" in new)


def test_another_value_does_not_settle_it(command: Command, folder: Path) -> None:
    changed(folder, "act.txt", "(quindicimila/00)", "(cinquemila/00)")
    changed(folder, "measure.yaml", '5000.00 EUR, at: "art. 1, comma 2"', '5000.00 EUR, at: "art. 1, comma 1"')
    _, told = anchored(command, folder)
    assert {one["name"]: one["state"] for one in told["values"]}["minimum_spend"] == "found"
    assert [one["repeated_as"] for one in told["disagreeing"]] == ["5000.00 EUR"]


def test_readings_of_one_value_settle_it_and_so_does_who_explains_it(command: Command, folder: Path) -> None:
    changed(folder, "act.txt", "(quindicimila/00)", "(sedicimila/00)")
    by_hand = BY_HAND.replace("art. 1, comma 3", "art. 1, comma 1").replace("3 years", "16000.00 EUR")
    (folder / "anchors.yaml").write_text(by_hand, "utf-8")
    assert anchored(command, folder)[1]["disagreeing"] == []
    (folder / "anchors.yaml").unlink()
    changed(
        folder,
        "measure.yaml",
        '{is: 15000.00 EUR, at: "art. 1, comma 1", label',
        '{readings: {digits: 15000.00 EUR, words: 16000.00 EUR, why: "cifre e parole non dicono lo stesso"}, at: "art. 1, comma 1", label',
    )
    code, told = anchored(command, folder)
    assert (code, told["disagreeing"]) == (0, [])
