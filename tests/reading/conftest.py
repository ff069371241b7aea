# SPDX-License-Identifier: Apache-2.0
"""A sound rule package, and what is printed when one line of it is changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from misure.ground.errors import BadRules
from misure.reading import check_package, read_rulebook
from misure.rulebook.rules import Rulebook

SOUND = Path(__file__).parent / "data" / "rules"
MEASURE = "rules/prova/misura/measure.yaml"
VOCABULARY = "rules/vocabulary/prova.yaml"
CASES = "rules/prova/misura/cases.yaml"
SOURCES = "rules/prova/misura/SOURCES.md"
MARK = "¦"
"""Where, in the changed text, a fault is expected."""

Change = Callable[[str, str, str], list[str]]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The rulebook of the sound measure."""
    return read_rulebook(SOUND, "prova/misura")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sound package, in the folder where the test runs."""
    shutil.copytree(SOUND, tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    return Path("rules")


@pytest.fixture
def change(package: Path) -> Callable[[str, str, str], list[Path]]:
    """Replace a text that stands once in a file; returns the marked places as `path:line:column: `."""

    def replace(file: str, old: str, new: str) -> list[str]:
        path = Path(file)
        before = path.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"{old!r} stands {before.count(old)} times in {file}"
        marked = before.replace(old, new)
        path.write_text(marked.replace(MARK, ""), encoding="utf-8")
        places, at = [], marked.find(MARK)
        while at >= 0:
            line = marked[:at].rsplit("\n", 1)[-1]
            places.append(f"{file}:{marked.count(chr(10), 0, at) + 1}:{len(line.replace(MARK, '')) + 1}: ")
            at = marked.find(MARK, at + 1)
        return places

    return replace


@pytest.fixture
def read_faults(package: Path, change: Change) -> Callable[[str, str, str], tuple[list[str], list[str]]]:
    """The marked places, and what is printed when the changed measure is read."""

    def read(file: str, old: str, new: str) -> tuple[list[str], list[str]]:
        places = change(file, old, new)
        try:
            read_rulebook(package, "prova/misura")
        except BadRules as problem:
            return places, str(problem).splitlines()
        return places, []

    return read


@pytest.fixture
def check_faults(package: Path, change: Change) -> Callable[[str, str, str], tuple[list[str], list[str]]]:
    """The marked places, and what is printed when the changed package is checked."""

    def check(file: str, old: str, new: str) -> tuple[list[str], list[str]]:
        places = change(file, old, new)
        return places, [str(fault) for fault in check_package(package)]

    return check
