# SPDX-License-Identifier: Apache-2.0
"""The bounds of the vocabulary are no limits of the law: whatever they are, an answer says the same, in words and as data."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from random import Random

import pytest

import misure
from misure.ground.rules_folder import bundled_rules
from misure.reading.packages.package import read_rulebook
from misure.reading.packages.shelf import Shelf
from misure.testing.worked_cases import cases_of_measure
from tests.deciding.whole_measure import FACTS, ON, RULES, VOCABULARY
from tests.telling.told_measures import opened

NATURAL = re.compile(r"share|percent|days|months|years|year:|time:|credit_classes")
"""What is bounded by its nature, and durations, which go into the calendar."""


def moved(text: str) -> str:
    """A vocabulary with other bounds of its numbers, and longer tables."""

    def wider(line: str) -> str:
        bound = re.sub(r'greatest: "(\d+)"', lambda found: f'greatest: "{int(found[1]) * 7 // 5 + 3}"', line)
        return re.sub(r"max_items: (\d+)", lambda found: f"max_items: {int(found[1]) + 17}", bound)

    return "".join(line if NATURAL.search(line) else wider(line) for line in text.splitlines(keepends=True))


def told(measure: misure.Measure, facts: dict[str, object], on: object) -> list[str] | str:
    try:
        decision = measure.decide(facts, on=on)  # type: ignore[arg-type]
    except misure.MisureError as error:
        return type(error).__name__
    data = {key: value for key, value in decision.to_dict().items() if key != "receipt"}
    return [json.dumps(data), *(str(misure.explain(decision, language, all=True)) for language in ("it", "en"))]


def parts(facts: dict[str, object], seed: int) -> dict[str, object]:
    """Some of the facts; of a table some of its fields."""
    chance = Random(seed)
    found: dict[str, object] = {}
    for name, value in facts.items():
        if chance.random() < 0.4:
            continue
        found[name] = (
            [{key: cell for key, cell in row.items() if key == "id" or chance.random() < 0.7} for row in value]
            if isinstance(value, list)
            else value
        )
    return found


def test_a_measure_with_every_shape_says_the_same_whatever_the_bounds(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    narrow = opened(tmp_path / "a", RULES, vocabulary=VOCABULARY)
    wide = opened(tmp_path / "b", RULES, vocabulary=moved(VOCABULARY))
    assert moved(VOCABULARY) != VOCABULARY
    for seed in range(40):
        facts = parts(dict(FACTS), seed) if seed else {}
        assert told(narrow, facts, ON) == told(wide, facts, ON), facts


UNCAPPED = """
    parameters:
      half: {is: 50%, label: "intensità"}
      least: {is: 100.00 EUR, label: "minimo"}
    provisions:
      - cite: {act: uno, at: "art. 2"}
        definitions:
          all_costs: {is: costs + others, unit: EUR, label: "costi"}
        admission:
          enough: {provision: P.01, text: "Costi", holds: all_costs >= least}
    support:
      cite: {act: uno, at: "art. 3"}
      lines:
        grant: {form: grant, of: all_costs, intensity: half, provision: P.02, text: "Contributo"}
"""
COSTS = """
    facts:
      costs: {unit: EUR, least: "0", greatest: "1000000", label: costi, question: "Quanti costi?"}
      others: {unit: EUR, least: "0", greatest: "1000000", label: altri, question: "Quanti altri?"}
"""


@pytest.mark.parametrize(
    ("facts", "amount", "line"),
    [
        ({}, {"from": "0.00", "to": None}, "importo non ancora noto – Contributo"),
        ({"costs": "3000"}, {"from": "1500.00", "to": None}, "almeno 1.500,00 € – Contributo"),
        ({"costs": "3000", "others": "1"}, "1500.50", "1.500,50 € – Contributo"),
    ],
)
def test_what_is_told_in_part_says_the_least_and_no_greatest(
    tmp_path: Path, facts: dict[str, object], amount: object, line: str
) -> None:
    measure = opened(tmp_path, UNCAPPED, vocabulary=COSTS)
    decision = measure.decide(facts | {"filed_on": "2022-07-01"}, on=ON)
    data = decision.to_dict()
    assert data["support"][0]["amount"] == amount
    assert line in str(misure.explain(decision, "it", all=True))
    assert not re.search(r"[12][.,]?000[.,]?000", " ".join(map(str, told(measure, facts, ON))))


@pytest.fixture(scope="module")
def other_bounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled rules with other bounds."""
    root = tmp_path_factory.mktemp("rules") / "rules"
    shutil.copytree(bundled_rules(), root)
    for path in (root / "vocabulary").glob("*.yaml"):
        path.write_text(moved(path.read_text(encoding="utf-8")), encoding="utf-8")
    return root


@pytest.mark.parametrize("measure_id", list(misure.catalogue()))
def test_a_bundled_measure_says_the_same_whatever_the_bounds(measure_id: str, other_bounds: Path) -> None:
    here = misure.catalogue()[measure_id]
    there = misure.Measure(read_rulebook(other_bounds, measure_id, shelf=Shelf.at([other_bounds])))
    cases = [case for case in cases_of_measure(here) if "error" not in case.expect]
    for seed, case in enumerate(cases[:: max(len(cases) // 12, 1)]):
        for facts in (parts(dict(case.facts), seed), parts(dict(case.facts), seed + 1000)):
            assert told(here, facts, case.on) == told(there, facts, case.on), facts
