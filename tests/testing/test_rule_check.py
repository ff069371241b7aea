# SPDX-License-Identifier: Apache-2.0
"""Checking a law alone, and a measure whose law is faulty."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from misure import catalogue
from misure.ground.rules_folder import bundled_rules
from misure.testing.rule_check import check_rules, home_of_law, looked_at, rules_below, strange_measures

LAW = "lombardia/linee-guida-accordo"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The bundled rules, with a wrong name in a law."""
    shutil.copytree(bundled_rules(), tmp_path / "rules")
    law = tmp_path / "rules" / LAW / "law.yaml"
    law.write_text(law.read_text(encoding="utf-8").replace("start_act_adopted)", "start_act_adoptd)"), encoding="utf-8")
    return tmp_path / "rules"


@pytest.mark.parametrize("named", [LAW, "lombardia/piano-export-2025"])
def test_a_fault_of_a_law_is_told_of_the_law_and_of_the_measures_that_use_it(root: Path, named: str) -> None:
    (fault,) = check_rules({root: {named}})
    assert fault.place.path == str(root / LAW / "law.yaml")
    assert str(fault).endswith("start_act: nothing is called 'start_act_adoptd'; did you mean 'start_act_adopted'?")


def test_it_is_not_told_of_a_measure_that_does_not_use_it(root: Path) -> None:
    assert check_rules({root: {"lombardia/filiere"}}) == []


def test_a_law_is_found_by_its_id_its_folder_and_its_file() -> None:
    bundled = bundled_rules()
    assert home_of_law(LAW, [str(bundled)]) == bundled
    assert home_of_law("lombardia/linee-guida", [str(bundled)]) is None
    assert rules_below(bundled / LAW) == rules_below(bundled / LAW / "law.yaml") == {bundled: [LAW]}
    assert LAW in rules_below(bundled)[bundled]


def test_the_bundled_law_has_no_fault() -> None:
    assert check_rules({bundled_rules(): {LAW}}) == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder somebody works in: two rule packages, one of them with a law alone, and an environment with the library."""
    measure = tmp_path / "rules" / "esempio" / "botteghe" / "measure.yaml"
    law = tmp_path / "beneath" / "legge" / "law.yaml"
    for path, text in ((measure, "format: 1\nmeasure: esempio/botteghe\n"), (law, "# law: no\nlaw: 'legge' # ours\n")):
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    shutil.copytree(bundled_rules(), tmp_path / ".venv" / "misure" / "_rules")
    return tmp_path


def test_the_packages_below_a_folder_are_found_by_the_ids_of_their_measures(project: Path) -> None:
    found = {project / "rules": ["esempio/botteghe"], project / "beneath": ["legge"]}
    assert rules_below(project) == rules_below(project / "rules" / "..") == found
    for path in ("rules", "rules/esempio", "rules/esempio/botteghe", "rules/esempio/botteghe/measure.yaml"):
        assert rules_below(project / path) == {project / "rules": ["esempio/botteghe"]}


def test_of_a_measure_without_a_right_id_the_package_is_where_its_vocabulary_is_or_where_one_looks(
    project: Path,
) -> None:
    measure = project / "rules" / "esempio" / "botteghe" / "measure.yaml"
    for text in ("format: 1\nmeasure: esempio/boteghe\n", "format: 1\n", "\xff"):
        measure.write_bytes(text.encode("latin-1"))
        assert rules_below(project / "rules") == {project / "rules": ["esempio/botteghe"]}
        assert rules_below(measure) == {project / "rules": ["esempio/botteghe"]}
        assert rules_below(project)[project] == ["rules/esempio/botteghe"]
    (project / "rules" / "vocabulary").mkdir()
    assert rules_below(project)[project / "rules"] == ["esempio/botteghe"]


def test_the_bundled_rules_are_one_package_from_wherever_they_are_named() -> None:
    root = bundled_rules()
    whole = rules_below(root)
    assert whole == rules_below(root / "." / ".." / root.name)
    assert rules_below(root.parent)[root] == whole[root]
    assert set(rules_below(root / "lombardia")) == {root}


@pytest.mark.parametrize(
    ("named", "hint"),
    [
        ("lombardia/export-su-misura-2026", ""),
        ("lombardia/altra", ""),
        ("lombardia/bando-filere-2022", "; did you mean 'lombardia/bando-filiere-2022'?"),
        ("lombardia/piano-export-2026", ""),
    ],
)
def test_a_successor_that_no_package_has_is_a_warning(tmp_path: Path, named: str, hint: str) -> None:
    shutil.copytree(bundled_rules(), tmp_path / "rules")
    path = tmp_path / "rules" / "lombardia/export-su-misura/measure.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "succeeded_by: lombardia/export-su-misura-2026", f"succeeded_by: {named}"
    )
    path.write_text(text, encoding="utf-8")
    packages = {tmp_path / "rules": {"lombardia/export-su-misura"}}
    (found,) = strange_measures(packages, looked_at(packages), ())
    line = next(at for at, row in enumerate(text.splitlines(), 1) if "succeeded_by" in row)
    assert str(found) == f"{path}:{line}:17: closing: no rule package has a measure {named!r}{hint}"
    assert strange_measures(packages, looked_at(packages), {named}) == []
    assert check_rules({tmp_path / "rules": {"lombardia/export-su-misura"}}) == []
    assert strange_measures({tmp_path / "rules": {"lombardia/filiere"}}, looked_at(packages), ()) == []


def test_a_condition_that_no_case_meets_or_fails_is_told(tmp_path: Path) -> None:
    root = tmp_path / "rules"
    shutil.copytree(bundled_rules(), root)
    path = root / "lombardia" / "filiere" / "cases.yaml"
    text = path.read_text("utf-8")
    first = text.index("  - name:", text.index("\ncases:"))
    path.write_text(text[: text.index("\n  - name:", first + 1)] + "\n", "utf-8")
    faults = check_rules({root: {"lombardia/filiere"}})
    measure = str(root / "lombardia" / "filiere" / "measure.yaml")
    assert {fault.place.path for fault in faults} == {measure}
    assert {fault.message for fault in faults} == {
        "no worked case fails this condition",
        "no worked case meets or fails this condition",
    }
    book = catalogue()["lombardia/filiere"].rulebook
    own = {condition.id: condition.place.line for condition in book.conditions if book.borrowed(condition.id) is None}
    assert {fault.subject: fault.place.line for fault in faults}.items() <= own.items()


def test_a_condition_that_is_only_met_is_told_where_it_stands(tmp_path: Path) -> None:
    root = tmp_path / "rules"
    shutil.copytree(bundled_rules(), root)
    path = root / "lombardia" / "filiere" / "measure.yaml"
    text = path.read_text("utf-8")
    marker = "    admission:\n"
    rule = '      has_a_day: {provision: P5899.01, text: "Ha un giorno", holds: filed_on <= filed_on + days(0)}\n'
    provision = text.split("provision: ")[1].split()[0].strip("[],}")
    rule = rule.replace("P5899.01", provision).replace(
        "filed_on + days(0)", "closing_day or filed_on > closing_day - days(1)"
    )
    path.write_text(text.replace(marker, marker + rule, 1), "utf-8")
    (fault,) = check_rules({root: {"lombardia/filiere"}})
    assert (fault.subject, fault.message) == ("has_a_day", "no worked case fails this condition")
    assert fault.place.path == str(path)


def test_a_folder_that_says_so_holds_no_rules_to_check(tmp_path):
    """Rules that are broken on purpose lie in a folder of tests, which whoever checks from above does not mean."""
    for name in ("rules/esempio/uno", "tests/data/esempio/due"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "measure.yaml").write_text(f"measure: esempio/{name[-3:]}\n", "utf-8")
    both = rules_below(tmp_path)
    assert set(both) == {tmp_path / "rules", tmp_path / "tests" / "data"}
    (tmp_path / "tests" / ".no-rules").touch()
    assert rules_below(tmp_path) == {tmp_path / "rules": ["esempio/uno"]}
    named = rules_below(tmp_path / "tests")
    assert named == {tmp_path / "tests" / "data": ["esempio/due"]}
    assert (Path(__file__).parents[1] / ".no-rules").is_file()


def test_why_a_case_cannot_be_decided_is_told_and_no_condition_that_it_names_is_blamed(tmp_path: Path) -> None:
    root = tmp_path / "rules"
    shutil.copytree(bundled_rules(), root)
    path = root / "lombardia" / "filiere" / "cases.yaml"
    text = path.read_text("utf-8")
    first = text.index("  - name:", text.index("\ncases:"))
    findings = "{reaches_threshold: no}"
    path.write_text(
        text[: text.index("\n  - name:", first + 1)]
        + f"""
  - {{name: Uno, on: 2022-03-01, facts: {{total_score: 64.505}}, expect: {{findings: {findings}}}}}
  - {{name: Due, on: 2022-06-01, facts: {{filed_on: 2022-05-05, evaluated_on: 2022-05-01}}, expect: {{findings: {{}}, outcome: refused}}}}
  - {{name: Tre, on: 2021-01-01, expect: {{outcome: refused}}}}
  - {{name: Quattro, on: 2022-03-01, vary: {{threshold: 7 firms}}, expect: {{outcome: refused}}}}
""",
        "utf-8",
    )
    line = path.read_text("utf-8").count("\n") - 3
    faults = check_rules({root: {"lombardia/filiere"}})
    assert [str(fault).removeprefix(f"{path}:") for fault in faults if fault.place.path == str(path)] == [
        f"{line}:54: Uno: total_score: '64.505' has 3 decimals; expected a number from 0.00 to 100.00 points, at most 2 decimals",
        f"{line + 1}:77: Due: evaluated_on: 2022-05-01 cannot be: it lies before filed_on, which is 2022-05-05",
        f"{line + 2}:5: Tre: lombardia/filiere: the law of 2021-01-01 is not encoded; the rules hold from 2022-01-31 until 2090-12-31",
        f"{line + 3}:55: Quattro: threshold: '7 firms' is not in points",
    ]
    untried = {fault.subject for fault in faults if fault.message.startswith("no worked case")}
    assert untried
    assert "reaches_threshold" not in untried
