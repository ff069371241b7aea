# SPDX-License-Identifier: Apache-2.0
"""`misure anchor`: every place that a locator names has the value, in the unit of the rules; each place that does not is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Command
from tests.cli.test_anchor_command import anchored, changed, laid_out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return laid_out(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "value", "left"),
    [
        ("almeno 5.000 euro", "almeno 5.000,00 dollari", "minimum_spend", "5000.00 USD"),
        ("almeno 5.000 euro", "almeno USD 5.000,00", "minimum_spend", "5000.00 USD"),
        ("almeno 5.000 euro", "almeno lire 5.000,00", "minimum_spend", "5000.00 ITL"),
        ("almeno 5.000 euro", "almeno 5.000,00 migliaia di euro", "minimum_spend", "5000000.00 EUR"),
        ("almeno 5.000 euro", "almeno, in migliaia di euro: 5.000,00", "minimum_spend", "5000000.00 EUR"),
        ("almeno 5.000 euro", "almeno 5.000,00 kWh", "minimum_spend", "5000"),
        ("entro sessanta giorni", "entro sessanta giorni lavorativi", "", "60 working days"),
    ],
)
def test_the_same_number_of_another_unit_is_not_the_value(
    command: Command, folder: Path, old: str, new: str, value: str, left: str
) -> None:
    changed(folder, "act.txt", old, new)
    code, told = anchored(command, folder)
    found = [one["figure"] for one in told["figures"] if one["role"] == "value" and not one["by"] and not one["why"]]
    assert (code, found) == (1, [left])
    assert "".join(one["name"] for one in told["values"] if one["state"] != "found") == value
    assert left.split(maxsplit=1)[0] in command("anchor", folder, folder / "act.txt").out


SUMMARY = """
Art. 3 (Riepilogo)
1. Quota del 40%, massimo euro 15.000,00.
2. Domande entro il 30 aprile 2026.
"""
TWICE = {
    "grant_share": ('40%, at: "art. 1, comma 1"', '40%, at: "art. 1, comma 1, e art. 3, comma 1"'),
    "closing_day": ('2026-04-30, at: "art. 2, comma 1"', '2026-04-30, at: "art. 2, comma 1, p. 1, e art. 3, comma 2, p. 1"'),
}  # fmt: skip


@pytest.fixture
def twice(folder: Path) -> Path:
    """The measure and a text that says quota and closing day in two places, which their locators name."""
    for old, new in TWICE.values():
        changed(folder, "measure.yaml", old, new)
    changed(folder, "act.txt", "entro sessanta giorni.\n", "entro sessanta giorni.\n" + SUMMARY)
    changed(
        folder,
        "measure.yaml",
        '15000.00 EUR, at: "art. 1, comma 1"',
        '15000.00 EUR, at: "art. 1, comma 1, e art. 3, comma 1"',
    )
    return folder


def test_a_value_that_every_place_has_is_found_at_each(command: Command, twice: Path) -> None:
    code, told = anchored(command, twice)
    assert (code, told["sound"]) == (0, True)
    places = {one["name"]: [(place["at"], place["state"]) for place in one["places"]] for one in told["values"]}
    assert places["closing_day"] == [("art. 2, comma 1, p. 1", "found"), ("art. 3, comma 2, p. 1", "found")]


@pytest.mark.parametrize(
    ("old", "new", "value", "states"),
    [
        ("al 40% della", "a una parte della", "grant_share", ["missing", "found"]),
        ("Quota del 40%", "Quota del 45%", "grant_share", ["found", "missing"]),
        ("presentano entro il 30 aprile 2026", "presentano entro aprile", "closing_day", ["missing", "found"]),
        ("Domande entro il 30 aprile 2026", "Domande entro il 3 maggio 2026", "closing_day", ["found", "missing"]),
        ("2. Domande entro il 30 aprile 2026.", "2. Domande.\n3. Entro il 30 aprile 2026.", "closing_day", ["found", "beside"]),
        ("Quota del 40%, massimo", "Quota, massimo", "grant_share", ["found", "missing"]),
        ("1. Quota del 40%,", "3. Quota del 40%.\n1.", "grant_share", ["found", "elsewhere"]),
    ],
)  # fmt: skip
def test_each_place_that_is_named_and_lacks_the_value_is_told(
    command: Command, twice: Path, old: str, new: str, value: str, states: list[str]
) -> None:
    changed(twice, "act.txt", old, new)
    code, told = anchored(command, twice)
    assert code == 1
    partly = {one["name"]: one["places"] for one in told["values"] if one["state"] != "found"}
    assert {name: [place["state"] for place in places] for name, places in partly.items()} == {value: states}
    out = command("anchor", twice, twice / "act.txt", "--lang", "en").out
    assert "it does not stand in all the places that the rules name" in out
    assert "missing here" in out
    command("anchor", twice, twice / "act.txt", "--write")
    assert f"{value}: " in command("check", twice).out
    assert "does not stand at every place that its locator names" in command("check", twice).out


@pytest.mark.parametrize(
    ("at", "places"),
    [
        ("art. 1, comma 1, e art. 2, commi 1 e 2", ["art. 1, comma 1: missing", "art. 2, comma 1: found", "art. 2, comma 2: missing"]),
        ("art. 2, commi 1 e 2", ["art. 2, comma 1: found", "art. 2, comma 2: missing"]),
        ("art. 2, commi 1-2", ["art. 2, comma 1, comma 2: found"]),
        ("pp. 1 e 2", ["p. 1: found", "p. 2: missing"]),
        ("p. 1, p. 2", ["p. 1: found", "p. 2: missing"]),
        ("pp. 1-2", ["pp. 1-2: found"]),
        ("art. 2, commi 1 e 2, pp. 1 e 2", ["art. 2, comma 1, comma 2, pp. 1-2: found"]),
    ],
)  # fmt: skip
def test_what_is_listed_is_each_a_place_and_a_range_is_one(
    command: Command, folder: Path, at: str, places: list[str]
) -> None:
    changed(folder, "measure.yaml", '2026-04-30, at: "art. 2, comma 1"', f'2026-04-30, at: "{at}"')
    changed(folder, "act.txt", "entro sessanta giorni.\n", "entro sessanta giorni.\n\fAllegato: nulla di più.\n")
    code, told = anchored(command, folder)
    one = {one["name"]: one for one in told["values"]}["closing_day"]
    assert [f"{place['at']}: {place['state']}" for place in one["places"]] == places
    assert (code, one["state"]) == ((0, "found") if len(places) == 1 else (1, "partly"))


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Sono escluse le sezioni K (finanza) e A (agricoltura) di Ateco.", "found"),
        ("La sezione dei beneficiari sta nell'Allegato A.", "missing"),
        ("La sezione del modulo ha le lettere A), B) e C).", "missing"),
        ("La sezione A.3 dice chi chiede.", "missing"),
        ("Vedi la sezione che segue, lettera A.", "missing"),
    ],
)
def test_a_letter_of_a_list_is_no_section_of_a_classification(
    command: Command, folder: Path, said: str, state: str
) -> None:
    changed(folder, "act.txt", "Art. 2 (Tempi)", f"3. {said}\n\nArt. 2 (Tempi)")
    changed(
        folder,
        "measure.yaml",
        "facts:\n",
        '  left_out: {edition: ateco-2022, is: [A], at: "art. 1, comma 3", label: "sezioni", for_information: yes}\nfacts:\n',
    )
    _, told = anchored(command, folder)
    assert {one["name"]: one["state"] for one in told["values"]}["left_out"] == state
