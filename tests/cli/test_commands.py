# SPDX-License-Identifier: Apache-2.0
"""What each command answers when it is asked well."""

from __future__ import annotations

import json
import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import misure
import misure.cli
from misure.ground.rules_folder import bundled_rules
from tests.cli.commands import FACTS, FILIERE, Command


def test_every_command_stands_in_a_file_of_its_name(command: Command) -> None:
    folder = Path(misure.cli.__file__).parent / "commands"
    modules = {path.stem: import_module(f"misure.cli.commands.{path.stem}") for path in folder.glob("[a-z]*.py")}
    listed = re.findall(r"^    (\w+)(?: |$)", command("--help").out, re.MULTILINE)
    assert sorted(listed) == sorted(modules)
    assert all(callable(module.add) and callable(module.run) for module in modules.values())


def test_list_names_every_measure_with_its_title(command: Command) -> None:
    ran = command("list")
    lines = dict(line.split(maxsplit=1) for line in ran.out.splitlines())
    assert ran.code == 0
    assert lines == dict(misure.catalogue().short_titles())
    assert all(len(title) <= 50 for title in lines.values())


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("measure", list(misure.catalogue()))
def test_show_tells_every_rule_under_its_provision(command: Command, measure: str, language: str) -> None:
    ran = command("show", measure, "--lang", language)
    book = misure.catalogue()[measure].rulebook
    assert ran.code == 0
    for rule in (*book.conditions, *book.terms, *book.duties):
        assert rule.id in ran.out
        assert all(provision in ran.out for provision in rule.provisions)
    assert all(provision in ran.out for provision in book.not_modelled)


def test_show_tells_the_values_of_the_day(command: Command) -> None:
    assert "31 dicembre 2022" in command("show", FILIERE, "--on", "2022-06-01").out
    later = command("show", FILIERE, "--on", "2024-06-01").out
    assert "31 dicembre 2025, dal 18 dicembre 2023 [fonte secondaria]" in later
    assert "30 giorni [nostra lettura]" in later


def test_decide_explains_in_either_language(command: Command) -> None:
    facts = FACTS / "filiere-respinta.yaml"
    italian = command("decide", FILIERE, facts, "--on", "2022-07-15")
    english = command("decide", FILIERE, facts, "--on", "2022-07-15", "--lang", "en")
    assert italian.code == english.code == 0
    assert "Esito: NON AMMISSIBILE" in italian.out
    assert "Outcome: NOT ELIGIBLE" in english.out
    assert "altre 9 condizioni soddisfatte [una per fonte secondaria o nostra lettura] (--all)" in italian.out


def test_decide_tells_what_is_met_when_asked_for_all(command: Command) -> None:
    told = command("decide", FILIERE, FACTS / "filiere-in-regola.yaml", "--on", "2022-07-15", "--all").out
    assert "✓ Accordo firmato da tutti i partner" in told


def test_decide_as_json_is_the_contract(command: Command) -> None:
    ran = command("decide", FILIERE, FACTS / "filiere-respinta.yaml", "--on", "2022-07-15", "--json")
    data = json.loads(ran.out)
    assert (ran.code, data["outcome"], data["on"]) == (0, "refused", "2022-07-15")
    again = misure.catalogue()[FILIERE].replay(data["receipt"])
    assert again.to_dict() == data


@pytest.mark.parametrize(
    "told",
    [
        b'{"filed_on": "2022-06-01", "filed_on_webtelemaco": false}',
        b"filed_on: 2022-06-01\nfiled_on_webtelemaco: no\n",
        b'\xef\xbb\xbf{"filed_on": "2022-06-01", "filed_on_webtelemaco": false}',
    ],
    ids=["json", "yaml", "json after a byte order mark"],
)
def test_facts_may_come_from_standard_input(command: Command, told: bytes) -> None:
    ran = command("decide", FILIERE, "-", "--on", "2022-07-15", told=told)
    assert ran.code == 0
    assert "✗ Proposta inviata con l'applicativo Webtelemaco" in ran.out


def test_a_what_if_says_that_it_is_one(command: Command) -> None:
    ran = command(
        "decide", FILIERE, FACTS / "filiere-nove-imprese.yaml", "--on", "2022-07-15", "--vary", "minimum_firms=8 firms"
    )
    assert ran.code == 0
    assert "IPOTESI, non è la legge: numero minimo di imprese = 8 imprese (per legge: 10 imprese)" in ran.out
    assert "Esito: NESSUN OSTACOLO NOTO" in ran.out


def test_the_bundled_rules_are_sound(command: Command) -> None:
    assert command("check").code == 0
    assert command("check", FILIERE).out == "no faults\n"
    assert command("schema", "--check").code == 0


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of one measure with its vocabulary, to be spoilt."""
    root = tmp_path / "rules"
    for part in ("vocabulary", "tables", "schema", FILIERE):
        shutil.copytree(bundled_rules() / part, root / part)
    shutil.copy(bundled_rules() / "lombardia" / "usual-requirements.csv", root / "lombardia")
    return root


def spoil(path: Path, right: str, wrong: str) -> None:
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")


def test_check_finds_all_faults_of_a_package_and_exits_1(command: Command, package: Path) -> None:
    spoil(
        package / FILIERE / "measure.yaml",
        "holds: lombard_firms >= minimum_firms",
        "holds: lombard_firm >= minimum_firms",
    )
    spoil(package / FILIERE / "SOURCES.md", "P5899.06", "P5899.66")
    ran = command("check", package)
    assert (ran.code, ran.err) == (1, "")
    assert "did you mean 'lombard_firms'?" in ran.out
    assert "P5899.66" in ran.out
    assert all(line.startswith(str(package)) for line in ran.out.splitlines())


def test_check_of_the_folder_of_a_measure_leaves_the_others_alone(command: Command, package: Path) -> None:
    shutil.copytree(package / FILIERE, package / "lombardia" / "altra")
    found = command("check", package / FILIERE)
    assert (found.code, found.out) == (0, "no faults\n")
    assert command("check", package).code == 1


def test_check_of_a_folder_checks_the_packages_below_it(
    command: Command, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (package / "index.json").write_text('{"format": 1, "measures": {}}', "utf-8")
    (told,) = command("check", package).out.splitlines()
    assert told.startswith(f"{package}/index.json:1:27: {FILIERE}: the index does not name this measure")
    for folder, what in ((package.parent, "."), (package, "."), (package, ".."), (package / FILIERE, package.parent)):
        monkeypatch.chdir(folder)
        assert command("check", what).out.splitlines() == [told]
    assert command("check", package / FILIERE).out == "no faults\n"
    assert command("check", package / FILIERE, package).out.splitlines() == [told]
    assert command("check", package, package / FILIERE).out.splitlines() == [told]


def test_cases_run_and_all_come_out(command: Command) -> None:
    ran = command("cases", FILIERE)
    assert ran.code == 0
    assert ran.out.endswith("all as expected\n")


def test_schema_of_facts_is_a_schema(command: Command) -> None:
    schema = json.loads(command("schema", FILIERE).out)
    Draft202012Validator.check_schema(schema)
    assert "partners" in schema["properties"]


@pytest.mark.parametrize("kind", ["measure", "vocabulary", "cases"])
def test_schema_of_rule_files_is_the_bundled_one(command: Command, kind: str) -> None:
    assert command("schema", "--rules", kind).out == (bundled_rules() / "schema" / f"{kind}.json").read_text("utf-8")


def test_what_no_rule_reads_is_told_beside_the_answer(command: Command, tmp_path: Path) -> None:
    call, facts, listed = "lombardia/export-su-misura", tmp_path / "a.yaml", tmp_path / "d.csv"
    facts.write_text("panel_score: 50\ntotal_score: 60\npartners: []\n", "utf-8")
    ran = command("decide", call, facts, "--on", "2026-03-18")
    said = [
        f"{facts}:2:14: total_score: no rule of {call} reads it; did you mean 'panel_score'?",
        f"{facts}:3:11: partners: no rule of {call} reads it",
    ]
    assert (ran.code, ran.err.splitlines()) == (0, said)
    listed.write_text("id,admitted,window,total_score\nD-1,yes,first,60\nD-2,yes,first,70\n", "utf-8")
    ran = command("select", call, listed, "--on", "2026-03-18")
    assert (ran.code, ran.err.splitlines()) == (0, [f"{listed}:2:15: {said[0].split(': ', 1)[1]}"])
    listed.write_text("id,admitted,window,total_score\nD-1,yes,first,abc\n", "utf-8")
    ran = command("select", call, listed, "--on", "2026-03-18")
    assert (ran.code, ran.err.partition(";")[0]) == (
        2,
        f"{listed}:2:15: D-1.total_score: 'abc' is not a number: write 1234.50",
    )
