# SPDX-License-Identifier: Apache-2.0
"""What cannot be changed, and what a what-if may not say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import misure

ON = dt.date(2025, 7, 1)


@pytest.fixture(scope="module")
def verso() -> misure.Measure:
    return misure.catalogue()["lombardia/verso-nuovi-mercati"]


@pytest.mark.parametrize(
    ("name", "items", "fault"),
    [
        ("admitted_sizes", ["micro", "smal"], "'smal' cannot stand in this list; did you mean 'small'?"),
        ("excluded_sections", ["A", "62.01"], "'62.01' cannot stand in this list; did you mean '62'?"),
        ("excluded_sections", ["A", "ZZ"], "'ZZ' cannot stand in this list"),
    ],
)
def test_a_list_holds_what_it_is_compared_with(verso: misure.Measure, name: str, items: Any, fault: str) -> None:
    with pytest.raises(misure.BadRules) as caught:
        verso.vary(**{name: items})
    assert str(caught.value) == f"<vary>: {name}: {fault}"


def test_a_list_of_choices_or_of_sections_and_codes_is_taken(verso: misure.Measure) -> None:
    assert verso.vary(admitted_sizes=["micro"]).decide({"size": "small"}, on=ON)["size_admitted"].truth == "no"
    other = verso.vary(excluded_sections=["C", "62.10"])
    found = {code: other.decide({"primary_ateco_2025": code}, on=ON)["sector_not_excluded"].truth
             for code in ("10.11", "62.10", "62.20")}  # fmt: skip
    assert found == {"10.11": "no", "62.10": "no", "62.20": "yes"}


def test_nothing_can_be_taken_away(verso: misure.Measure) -> None:
    decision = verso.decide({}, on=ON)
    for thing, name in ((verso, "rulebook"), (decision, "dossier"), (decision.findings[0], "truth")):
        with pytest.raises(AttributeError, match="cannot be taken away"):
            delattr(thing, name)
    assert decision.to_json()


def test_a_package_that_is_not_there_is_no_silence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for package in (tmp_path / "nowhere", tmp_path / "file", tmp_path, ""):
        with pytest.raises(misure.BadRules, match=r"no folder with a measure\.yaml"):
            misure.catalogue(packages=[package])
    with pytest.raises(TypeError, match="packages is a list of folders"):
        misure.catalogue(packages=str(tmp_path))  # type: ignore[arg-type]
