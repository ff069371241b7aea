# SPDX-License-Identifier: Apache-2.0
"""Rule packages of third parties: found by their entry point, read as data, never run, switched off by one variable."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.environments import ROOT, run

PACKAGE = ROOT / "tests" / "packages" / "misure-prova"

LIST = "import json, misure; print(json.dumps(sorted(misure.catalogue())))"

FACTS = """{"filed_on": "2022-09-20", "chain_recognised": True, "project_score": "65",
    "sme_spend": "400000.00", "large_spend": "100000.00",
    "partners": [{"id": str(n), "kind": "impresa", "seat_in_lombardy": True} for n in range(10)]}"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with `misure-prova` in it."""
    folder = tmp_path_factory.mktemp("packages")
    flags = ["--no-deps", "--no-index", "--no-build-isolation", "--quiet", "--disable-pip-version-check"]
    run(sys.executable, "-m", "pip", "install", *flags, "--target", folder, PACKAGE, cwd=folder)
    return folder


def ask(code: str, packages: Path, **environment: str) -> Any:
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(packages)])
    return json.loads(run(sys.executable, "-c", code, cwd=packages, **environment))


def pretend(folder: Path, name: str, measure: str) -> Path:
    """An installed rule package, written by hand, whose one measure is a copy of `lombardia/filiere`, called `measure`."""
    rules = folder / name / "rules" / Path(*measure.split("/"))
    shutil.copytree(ROOT / "rules" / "lombardia" / "filiere", rules)
    text = (rules / "measure.yaml").read_text("utf-8").replace("measure: lombardia/filiere", f"measure: {measure}")
    (rules / "measure.yaml").write_text(text, "utf-8")
    (folder / name / "__init__.py").touch()
    described = folder / f"{name}-1.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (described / "entry_points.txt").write_text(f"[misure.rules]\n{name} = {name}\n", "utf-8")
    return folder


def test_the_catalogue_lists_an_installed_package_beside_the_bundled_one(installed: Path) -> None:
    listed = ask(LIST, installed)
    assert {"prova/filiere-2022", "prova/servizi", "lombardia/filiere"} <= set(listed)


def test_the_code_of_a_package_is_never_run(installed: Path) -> None:
    code = """import json, sys, misure
list(misure.catalogue()); misure.catalogue()["prova/servizi"]
print(json.dumps("misure_prova" in sys.modules))"""
    assert ask(code, installed, MISURE_PROVA_MAY_NOT_RUN="1") is False


def test_one_variable_switches_packages_off(installed: Path) -> None:
    listed = ask(LIST, installed, MISURE_NO_PLUGINS="1")
    assert "lombardia/filiere" in listed
    assert not [name for name in listed if name.startswith("prova/")]


def test_a_bonus_counts_only_once_the_threshold_is_reached(installed: Path) -> None:
    code = f"""import datetime as dt, json, misure
measure, facts = misure.catalogue()["prova/filiere-2022"], {FACTS}
def score(points):
    data = json.loads(measure.decide(facts | {{"project_score": points}}, on=dt.date(2022, 9, 20)).to_json())
    return [data["outcome"], data["score"]["final"]]
print(json.dumps([score("65"), score("64.99")]))"""
    reached, missed = ask(code, installed)
    assert reached == ["no_known_obstacle", "75.00"]
    assert missed == ["refused", "64.99"]


def test_a_package_has_what_its_own_calls_usually_ask(installed: Path) -> None:
    code = f"""import datetime as dt, json, misure
measure, facts = misure.catalogue()["prova/filiere-2022"], {FACTS}
decision = measure.decide(facts, on=dt.date(2022, 9, 20))
print(json.dumps([decision.read, decision.unasked, dict(measure.rulebook.unasked)]))"""
    texts = {
        "regular_contributions": "regolarità contributiva (DURC)",
        "no_insolvency": "nessuna procedura concorsuale",
    }
    assert ask(code, installed) == ["partly", list(texts), texts]


def test_a_unit_cost_is_exact(installed: Path) -> None:
    code = """import datetime as dt, json, misure
decision = misure.catalogue()["prova/servizi"].decide({"services_supplied": 54}, on=dt.date(2026, 3, 1))
print(json.dumps([decision.outcome, decision.to_json()]))"""
    outcome, text = ask(code, installed)
    assert outcome == "eligible"
    assert '"621000.00"' in text


def test_the_package_passes_the_checks_that_bundled_rules_pass(installed: Path) -> None:
    path = os.pathsep.join([str(ROOT / "src"), str(installed)])
    for measure in ("prova/filiere-2022", "prova/servizi"):
        for verb in ("check", "cases"):
            run(sys.executable, "-m", "misure", verb, measure, cwd=installed, PYTHONPATH=path)


CLASH = """import json, misure
print(json.dumps([sorted(misure.catalogue()), "\\n".join(map(str, misure.catalogue().left_out))]))"""


def test_two_packages_may_not_hold_the_same_measure(tmp_path: Path) -> None:
    listed, message = ask(CLASH, pretend(tmp_path, "misure_clash", "lombardia/filiere"))
    assert "lombardia/filiere" in listed
    assert "lombardia/filiere" in message
    assert "misure_clash" in message


def test_another_id_is_no_clash(tmp_path: Path) -> None:
    assert "altrove/filiere" in ask(LIST, pretend(tmp_path, "misure_altrove", "altrove/filiere"))


def test_a_package_without_rules_is_named(tmp_path: Path) -> None:
    folder = pretend(tmp_path, "misure_empty", "altrove/filiere")
    shutil.rmtree(folder / "misure_empty" / "rules")
    listed, message = ask(CLASH, folder)
    assert "lombardia/filiere" in listed
    assert "misure_empty" in message
