# SPDX-License-Identifier: Apache-2.0
"""Explanations, word for word, in both languages.

After a change of wording, write them again (what differs fails once more) and read the difference as a firm's owner would:

    MISURE_WRITE_EXPLANATIONS=1 pytest tests/explanations
    git diff tests/explanations
"""

from __future__ import annotations

import pytest

import misure
from tests.explanations.golden import reads_as_written
from tests.explanations.scenarios import FOLDER, SCENARIOS, Scenario


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_the_explanation_reads_as_written(scenario: Scenario, language: str) -> None:
    path = FOLDER / f"{scenario.name}.{language}.txt"
    told = f"{misure.explain(scenario.decide(), language, all=scenario.all)}\n"
    reads_as_written(told, path)


def test_every_golden_file_has_its_scenario() -> None:
    names = {f"{scenario.name}.{language}.txt" for scenario in SCENARIOS for language in ("it", "en")}
    assert {path.name for path in FOLDER.glob("*.txt")} == names
