# SPDX-License-Identifier: Apache-2.0
"""The page on testing with Hypothesis: its package has no fault, its laws hold or fail as it says, its mended rule keeps them."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.packaging.environments import ROOT, run

PAGE = (ROOT / "docs" / "how-to" / "test-with-hypothesis.md").read_text("utf-8")
BLOCKS = dict(re.findall(r'^```\w+ title="([^"]+)"\n(.*?)^```$', PAGE, re.DOTALL | re.MULTILINE))
[TOLD] = re.findall(r"^```text\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
[CASE] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
ID = "esempio/botteghe"

TRY = """
import sys, traceback
from hypothesis import settings
import misure
from misure import testing
from misure.testing.rule_check import check_rules, home_of_law
settings.register_profile("fixed", derandomize=True, database=None, deadline=None)
settings.load_profile("fixed")
measure = misure.catalogue()["esempio/botteghe"]
assert all(result.passed for result in testing.run_cases(measure)), [str(result) for result in testing.run_cases(measure)]
"""
FIRST = """
import test_botteghe, test_botteghe_more
test_botteghe.test_the_laws_of_any_measure()
test_botteghe.test_nobody_who_is_eligible_gets_nothing()
print("\\n".join(testing.mutants(measure).unnoticed))
try:
    test_botteghe_more.test_who_spends_more_never_receives_less()
except AssertionError as error:
    print(f"AssertionError: {error}")
"""
MENDED = """
import datetime
for line in ("grant", "further"):
    testing.assert_monotone(measure, "workshop_spend", on=datetime.date(2026, 3, 10), gives=line)
testing.assert_conserves(measure, on=datetime.date(2026, 3, 10))
print(testing.coverage(measure))
print(testing.mutants(measure))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder of packages with the one that the page writes."""
    for path, text in BLOCKS.items():
        if path != "mended":
            file = tmp_path / "misure_botteghe" / path if path.startswith("rules") else tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    (tmp_path / "misure_botteghe" / "__init__.py").touch()
    described = tmp_path / "misure_botteghe-1.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: misure-botteghe\nVersion: 1.0\n", "utf-8")
    (described / "entry_points.txt").write_text("[misure.rules]\nbotteghe = misure_botteghe\n", "utf-8")
    return tmp_path


def tried(package: Path, code: str) -> str:
    path = os.pathsep.join([str(ROOT / "src"), str(package)])
    return run(sys.executable, "-c", TRY + code, cwd=package, PYTHONPATH=path)


def test_the_rules_have_no_fault_and_the_law_finds_what_the_page_shows(package: Path) -> None:
    path = os.pathsep.join([str(ROOT / "src"), str(package)])
    run(sys.executable, "-m", "misure", "check", ID, cwd=package, PYTHONPATH=path)
    said = tried(package, FIRST)
    assert TOLD in said
    assert {"first_part one step more", "further_share one step more"} <= set(said.splitlines())


def test_the_mended_rule_keeps_the_law_and_the_case(package: Path) -> None:
    folder = package / "misure_botteghe" / "rules" / ID
    rules = (folder / "measure.yaml").read_text("utf-8")
    (folder / "measure.yaml").write_text(rules.partition("    definitions:\n")[0] + BLOCKS["mended"], "utf-8")
    cases = (folder / "cases.yaml").read_text("utf-8").replace("grant: 8000.00", "grant: 5000.00, further: 3000.00")
    (folder / "cases.yaml").write_text(cases + CASE, "utf-8")
    said = tried(package, MENDED)
    assert "2 of 2 conditions met, 2 failed" in said
    assert "mutants noticed" in said
