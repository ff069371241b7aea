# SPDX-License-Identifier: Apache-2.0
"""From a wheel, from an sdist and from an editable install alike, the bundled measures are found and decide."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging.environments import ROOT, Environment, run

MEASURES = {"lombardia/filiere", "lombardia/piano-export-2025", "lombardia/verso-nuovi-mercati"}

PROBE = """
import datetime as dt, json, misure
firms = [{"id": f"impresa-{n}", "kind": "impresa", "seat_in_lombardy": True} for n in range(9)]
measures = misure.catalogue()
decision = measures["lombardia/filiere"].decide({"filed_on": "2022-06-01", "partners": firms}, on=dt.date(2022, 6, 1))
print(json.dumps({"file": misure.__file__, "ids": sorted(measures), "outcome": decision.outcome,
                  "words": [bool(str(misure.explain(decision, language))) for language in ("it", "en")]}))
"""


def rule_files() -> set[str]:
    return {
        path.relative_to(ROOT / "rules").as_posix()
        for path in (ROOT / "rules").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def check(environment: Environment, under: Path) -> None:
    answer = environment.ask(PROBE)
    assert Path(answer["file"]).resolve().is_relative_to(under.resolve())
    assert set(answer["ids"]) >= MEASURES
    assert answer["outcome"] == "refused"
    assert answer["words"] == [True, True]
    assert "lombardia/filiere" in run(environment.scripts / "misure", "list", cwd=environment.folder)


@pytest.mark.parametrize("kind", ["wheel", "wheel of the sdist"])
def test_a_wheel_decides(kind: str, built: dict[str, Path], environments: Callable[[str], Environment]) -> None:
    environment = environments("wheel")
    environment.install(built[kind])
    check(environment, environment.folder)


def test_an_editable_install_decides_from_the_living_rules(environments: Callable[[str], Environment]) -> None:
    environment = environments("editable")
    environment.install("--editable", ROOT)
    check(environment, ROOT / "src")
    frozen = [path for path in environment.folder.rglob("measure.yaml") if "misure" in path.parts]
    assert frozen == [], "a copy of the rules in an editable install would hide later edits"


@pytest.mark.parametrize("kind", ["wheel", "wheel of the sdist"])
def test_the_wheel_holds_every_rule_file_and_no_rubbish(kind: str, built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built[kind]) as wheel:
        names = set(wheel.namelist())
    prefix = "misure/_rules/"
    assert {name.removeprefix(prefix) for name in names if name.startswith(prefix)} == rule_files()
    assert "misure/py.typed" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith(("src/", "tests/", "rules/"))]


def test_the_sdist_holds_what_the_tests_need(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"rules/{name}" for name in rule_files()} <= names
    assert {
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "pyproject.toml",
        "tests/conftest.py",
        "src/misure/py.typed",
    } <= names
    assert "tests/packages/misure-prova/pyproject.toml" in names


def test_the_metadata_name_the_licence(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = wheel.read(name).decode()
    assert "License-Expression: Apache-2.0" in metadata
    assert "Requires-Python: >=3.11" in metadata
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: ") and "extra ==" not in line]
    assert len(required) > 4
    assert not [line for line in required if line.startswith("Requires-Dist: holidays")]
