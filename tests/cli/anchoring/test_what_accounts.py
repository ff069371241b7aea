# SPDX-License-Identifier: Apache-2.0
"""`misure anchor`: a figure is accounted for by a rule whose place covers it and whose own words say what it counts, and by nothing beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Command
from tests.cli.test_anchor_command import anchored, changed, laid_out

QUOTES = "3. Servono due preventivi di ditte diverse.\n\nArt. 2 (Tempi)"
DUTY = '      answered: {provision: P.03, who: ufficio, text: "Risposta entro 60 giorni"}\n'
HERE = '  - cite: {act: avviso-7, at: "art. 1, comma 3"}\n    duties:\n'
FLAG = '  asked: {{label: "{label}", question: "{question}"}}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A measure, and a text that asks for two quotes besides, which no rule names yet."""
    folder = laid_out(tmp_path)
    changed(folder, "act.txt", "Art. 2 (Tempi)", QUOTES)
    return folder


def left(command: Command, folder: Path) -> tuple[int, list[str]]:
    code, told = anchored(command, folder)
    return code, [
        one["figure"] for one in told["figures"] if one["role"] == "value" and not one["by"] and not one["why"]
    ]


def with_duty(folder: Path, text: str, at: str = "art. 1, comma 3", more: str = "") -> None:
    duty = f'      quotes: {{provision: P.03, who: impresa, text: "{text}"{more}}}\n'
    changed(folder, "measure.yaml", DUTY, DUTY + HERE.replace("art. 1, comma 3", at) + duty)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('label: "spesa minima"', 'label: "spesa minima, con due preventivi"'),
        ('label: "spesa", question', 'label: "spesa di due preventivi", question'),
        ('question: "Quanto?"', 'question: "Quanto, secondo i due preventivi?"'),
        ('title: "Panchine"', 'title: "Panchine, con due preventivi"'),
    ],
    ids=["label of a value", "label of a fact", "question", "title"],
)
def test_labels_questions_and_titles_account_for_nothing(command: Command, folder: Path, old: str, new: str) -> None:
    changed(folder, "measure.yaml", '5000.00 EUR, at: "art. 1, comma 2"', '5000.00 EUR, at: "art. 1"')
    changed(folder, "measure.yaml", '{act: avviso-7, at: "art. 1, comma 2"}', '{act: avviso-7, at: "art. 1"}')
    changed(folder, "measure.yaml", old, new)
    assert left(command, folder) == (1, ["2"])


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("Servono due preventivi", True),
        ("Serve più di un preventivo: 2 distinti preventivi", True),
        ("Il numero di preventivi è 2", True),
        ("Possono chiedere due imprese", False),
        ("Le due ditte fanno preventivi", False),
        ("Servono due", False),
        ("Servono tre preventivi", False),
        ("Servono preventivi", False),
    ],
)
def test_a_rule_accounts_for_a_number_whose_noun_it_says(
    command: Command, folder: Path, text: str, *, accounts: bool
) -> None:
    with_duty(folder, text)
    assert left(command, folder) == ((0, []) if accounts else (1, ["2"]))


@pytest.mark.parametrize("at", ["art. 1, comma 1", "art. 2", "art. 1, comma 9"])
def test_a_rule_accounts_for_nothing_outside_its_place(command: Command, folder: Path, at: str) -> None:
    with_duty(folder, "Servono due preventivi", at)
    changed(folder, "SOURCES.md", "| P.03 | art. 1 |", "| P.03 | art. 2, comma 2 |")
    assert left(command, folder) == (1, ["2"])


def test_a_note_of_a_rule_is_its_own_words(command: Command, folder: Path) -> None:
    with_duty(folder, "Servono preventivi", more=', note: "ne servono due: due preventivi per ogni spesa"')
    assert left(command, folder) == (0, [])


@pytest.mark.parametrize(
    ("why", "accounts"),
    [("due preventivi: si allegano, e nulla li chiede", True), ("due imprese", False), ("i documenti", False)],
)
def test_what_is_not_modelled_accounts_for_what_it_says_at_its_provision(
    command: Command, folder: Path, why: str, *, accounts: bool
) -> None:
    changed(folder, "measure.yaml", "support:\n", f'not_modelled:\n  P.05: "{why}"\nsupport:\n')
    changed(folder, "SOURCES.md", "| P.04 |", "| P.05 | art. 1, comma 3 | documenti |\n| P.04 |")
    assert left(command, folder) == ((0, []) if accounts else (1, ["2"]))


def test_a_tension_accounts_for_what_no_rule_does(command: Command, folder: Path) -> None:
    tension = (
        'tensions:\n  quotes_or_not:\n    cite: {act: avviso-7, at: "art. 1, comma 3, e art. 2, comma 2"}\n    provisions: [P.03]\n'
        '    from: 2026-01-15\n    bears_on: [enough_spend]\n    text: "Due preventivi, o nessuno entro 60 giorni"\n'
    )
    changed(folder, "measure.yaml", "provisions:\n", tension + "provisions:\n")
    _, told = anchored(command, folder)
    by = {one["figure"]: one["by"] for one in told["figures"] if one["role"] == "value" and "spend" not in one["by"]}
    assert by["2"] == ["quotes_or_not"]
    assert by["60 days"] == ["answered", "quotes_or_not"]


def test_of_two_equal_numbers_the_value_is_the_one_that_its_label_counts(command: Command, folder: Path) -> None:
    changed(folder, "act.txt", "Servono due preventivi", "Servono due preventivi a due imprese")
    changed(
        folder,
        "measure.yaml",
        "facts:\n",
        '  least_firms: {is: 2 firms, at: "art. 1, comma 3", label: "imprese almeno", for_information: yes}\nfacts:\n',
    )
    _, told = anchored(command, folder)
    assert {one["name"]: one["state"] for one in told["values"]}["least_firms"] == "found"
    twos = [one["by"] for one in told["figures"] if (one["figure"], one["role"]) == ("2", "value")]
    assert twos == [[], ["least_firms"]]


def test_the_anchors_keep_what_a_number_counts(command: Command, folder: Path) -> None:
    with_duty(folder, "Servono due preventivi")
    assert command("anchor", folder, folder / "act.txt", "--write").code == 0
    assert "by: [quotes], counts: [preventivi]" in (folder / "anchors.yaml").read_text("utf-8")
    assert command("check", folder).code == 0
    changed(folder, "measure.yaml", "Servono due preventivi", "Servono due imprese")
    out = command("check", folder).out
    assert "quotes: it names 2 preventivi no more" in out


def test_what_a_value_of_some_day_says_is_said_by_its_parameter(command: Command, folder: Path) -> None:
    changed(
        folder,
        "measure.yaml",
        "facts:\n",
        '  quotes: {at: "art. 1, comma 3", label: "x", for_information: yes, values: {2026-01-15: 3 firms, 2026-06-01: '
        '{unknown: "se restino due preventivi non si sa", between: [0 firms, 9 firms]}}}\nfacts:\n',
    )
    _, told = anchored(command, folder)
    assert [one["by"] for one in told["figures"] if (one["figure"], one["role"]) == ("2", "value")] == [["quotes"]]
