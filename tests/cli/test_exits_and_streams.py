# SPDX-License-Identifier: Apache-2.0
"""What each command leaves behind: the exit code, and what stands on which stream, answered or not."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import misure
from misure.cli import main
from misure.ground.rules_folder import bundled_rules
from tests.cli.commands import FACTS, FILIERE, Command

ROOT = Path(__file__).parents[2]
GOOD = FACTS / "filiere-in-regola.yaml"
ON = ("--on", "2022-07-15")
MISURA = "lombardia/export-su-misura"
SELECT_ON = ("--on", "2026-03-18")
ROW = "id,window,admitted,panel_score\nD-1,first,yes,80\n"


def run(*arguments: object, home: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHONPATH": str((home or ROOT) / "src"), "MISURE_NO_PLUGINS": "1", **environment}
    command = [sys.executable, "-m", "misure", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=variables, encoding="utf-8")


def test_an_answer_is_exit_0_whatever_it_is(command: Command) -> None:
    for facts, outcome in (
        ("filiere-in-regola", "NESSUN OSTACOLO NOTO"),
        ("filiere-respinta", "NON AMMISSIBILE"),
        ("filiere-incerta", "NON SI PUÒ"),
    ):
        ran = command("decide", FILIERE, FACTS / f"{facts}.yaml", *ON)
        assert (ran.code, ran.err) == (0, "")
        assert f"Esito: {outcome}" in ran.out
        assert ran.out.endswith("\n")
        assert not ran.out.endswith("\n\n")


def test_the_version_of_the_library(command: Command) -> None:
    ran = command("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"misure {misure.__version__}\n", "")


COMMANDS = ["list", "show", "decide", "select", "headroom", "check", "cases", "schema"]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_how_it_is_used(command: Command, name: str) -> None:
    ran = command(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: misure {name}")
    assert f"    {name} " in command("--help").out


def test_the_list_has_one_line_a_measure_titles_under_each_other(command: Command) -> None:
    ran = command("list")
    lines = ran.out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == list(misure.catalogue())
    longest = max(map(len, misure.catalogue()))
    assert {line[longest : longest + 2] for line in lines} == {"  "}
    assert all(line[longest + 2] != " " for line in lines)
    assert (ran.code, ran.err) == (0, "")


def test_a_catalogue_may_be_shown_on_the_day_of_its_last_change(command: Command) -> None:
    assert command("show", FILIERE).out == command("show", FILIERE, "--on", "2025-11-24").out
    assert command("show", FILIERE).out != command("show", FILIERE, "--on", "2022-12-18").out


def test_a_language_is_italian_unless_said(command: Command) -> None:
    for verb in (("decide", FILIERE, GOOD, *ON), ("show", FILIERE)):
        assert command(*verb).out == command(*verb, "--lang", "it").out != command(*verb, "--lang", "en").out


def test_facts_that_are_interrupted_are_exit_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _: object) -> int:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Interrupted())))
    assert main(["decide", FILIERE, "-", *ON]) == 130
    assert capsys.readouterr() == ("", "")


LARGEST = 1_000_000


@pytest.mark.parametrize(("size", "fault"), [
    (LARGEST, f"<stdin>:1:14: capofila: the text has {LARGEST - 16} characters; at most 64 are allowed\n"),
    (LARGEST + 1, "<stdin>: the text is longer than 1000000 bytes\n"), (LARGEST + 9, "<stdin>: the text is longer than 1000000 bytes\n"),
])  # fmt: skip
def test_how_much_is_read_from_standard_input(command: Command, size: int, fault: str) -> None:
    told = b'{"capofila": "' + b"x" * (size - 16) + b'"}'
    ran = command("decide", FILIERE, "-", *ON, told=told)
    assert (ran.code, ran.out, ran.err) == (2, "", fault)


JSON_OF = [
    ("decide", FILIERE, GOOD, *ON, "--json"), ("schema", FILIERE), ("schema", "--rules", "measure"), ("schema", "--rules", "law"),
]  # fmt: skip


@pytest.mark.parametrize("arguments", JSON_OF, ids=range(len(JSON_OF)))
def test_json_is_indented_by_two_and_keeps_its_letters(command: Command, arguments: tuple[object, ...]) -> None:
    ran = command(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == json.dumps(json.loads(ran.out), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(("encoding", "plain"), [("UTF-8", False), ("ascii", True)])
def test_json_is_plain_where_the_terminal_knows_no_utf_8(command: Command, encoding: str, plain: bool) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "misure", "schema", FILIERE], capture_output=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "MISURE_NO_PLUGINS": "1", "PYTHONIOENCODING": encoding},
    ).stdout  # fmt: skip
    assert told.isascii() is plain
    assert json.loads(told.decode("utf-8")) == json.loads(command("schema", FILIERE).out)


def test_more_than_one_what_if_in_any_order(command: Command) -> None:
    nine = FACTS / "filiere-nove-imprese.yaml"
    once = command("decide", FILIERE, nine, *ON, "--vary", "minimum_firms=8 firms", "threshold=60 points")
    twice = command("decide", FILIERE, nine, *ON, "--vary", "minimum_firms=8 firms", "--vary", "threshold=60 points")
    assert once == twice
    assert once.out.count("IPOTESI, non è la legge") == 2


WRONG = [
    (("decide", FILIERE, GOOD, *ON, "--vary", "minimum_firms"), "'minimum_firms' is not NAME=VALUE"),
    (("decide", FILIERE, GOOD, *ON, "--vary", "=8 firms"), "'=8 firms' is not NAME=VALUE"),
    (("decide", FILIERE, GOOD, *ON, "--vary", "minimum_firms="), "'minimum_firms=' is not NAME=VALUE"),
    (("decide", FILIERE, GOOD, "--on", "2022-02-30"), "2022-02-30 does not exist: February 2022 has 28 days"),
    (("select", MISURA, "x.csv", *SELECT_ON, "--withdraw", "D-1"), "'D-1' is not NAME=VALUE"),
    (("select", MISURA, "x.csv", *SELECT_ON, "--withdraw", "D-1=ieri"), "'ieri' is not a date: write YYYY-MM-DD"),
    (("select", MISURA, "x.csv", *SELECT_ON, "--approved-on", "first=ieri"), "'ieri' is not a date: write YYYY-MM-DD"),
    (("select", MISURA, "x.csv", *SELECT_ON, "--approved-on", "ieri"), "'ieri' is not a date: write YYYY-MM-DD"),
    (("select", MISURA, "x.csv", *SELECT_ON, "--table", "partners"), "'partners' is not NAME=VALUE"),
    (("select", MISURA, "x.csv"), "the following arguments are required: --on"),
    (("headroom", "x.xml", "--on", "2026-11-22"), "the following arguments are required: --undertaking"),
    (("schema",), "give a MEASURE, or one of --rules, --check, --write"),
    (("schema", FILIERE, "--check"), "give a MEASURE, or one of --rules, --check, --write"),
    (("schema", "--write", "--check"), "give a MEASURE, or one of --rules, --check, --write"),
    (("schema", "--rules", "law", "--check"), "give a MEASURE, or one of --rules, --check, --write"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=range(len(WRONG)))
def test_a_command_line_that_cannot_be_says_why(command: Command, arguments: tuple[object, ...], message: str) -> None:
    ran = command(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("usage: misure ")
    told = [line for line in ran.err.splitlines() if ": error: " in line]
    assert [line.endswith(message) for line in told] == [True]
    # What is wrong beside it, as a file that is not there, is told after it.
    assert ran.err.splitlines()[-1] in (told[-1], "x.csv: there is no such file", "x.json: there is no such file")


def test_values_may_have_equals_signs_and_days_may_be_of_windows(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "domande.csv"
    path.write_text(ROW, "utf-8")
    for approved in ("2026-03-18", "first=2026-03-18"):
        ran = command("select", MISURA, path, *SELECT_ON, "--approved-on", approved, "--json")
        assert ran.code == 0
        assert json.loads(ran.out)["approved_on"] in ("2026-03-18", {"first": "2026-03-18"})
    assert json.loads(command("select", MISURA, path, *SELECT_ON, "--json").out).get("approved_on") is None
    ran = command("decide", FILIERE, GOOD, *ON, "--vary", "minimum_firms=8=9")
    assert ran.code == 2
    assert "8=9" in ran.err


def test_a_ranking_is_written_in_the_language_of_the_answer(command: Command, tmp_path: Path) -> None:
    path, ranking = tmp_path / "domande.csv", tmp_path / "g.csv"
    path.write_text(ROW.replace("yes", "no"), "utf-8")
    for language, told in (("it", "non è ammessa"), ("en", "it is not admitted")):
        for form in ((), ("--json",)):
            assert command("select", MISURA, path, *SELECT_ON, "--csv", ranking, "--lang", language, *form).code == 0
            assert told in ranking.read_text("utf-8")
            ranking.unlink()


def test_several_withdrawals_one_after_the_other(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "domande.csv"
    codes = ("01234570156", "01234580155", "01234590154")
    rows = [f"D-{n},first,yes,{90 - 10 * n},{code}" for n, code in enumerate(codes, 1)]
    path.write_text("\n".join(["id,window,admitted,panel_score,codice_fiscale", *rows, ""]), "utf-8")
    ran = command("select", MISURA, path, *SELECT_ON, "--json", "--withdraw", "D-1=2026-03-17", "D-3=2026-03-18")
    standings = {each["id"]: each["standing"] for each in json.loads(ran.out)["placements"]}
    assert standings == {"D-1": "withdrawn", "D-2": "funded", "D-3": "withdrawn"}


# Rules: check, cases, schema


@pytest.fixture
def package(tmp_path: Path) -> Path:
    root = tmp_path / "rules"
    for part in ("vocabulary", "tables", "schema", "locale", "stato", "ue", FILIERE):
        if (bundled_rules() / part).exists():
            shutil.copytree(bundled_rules() / part, root / part)
    shutil.copy(bundled_rules() / "lombardia" / "usual-requirements.csv", root / "lombardia")
    return root


def test_check_takes_measures_laws_and_paths_together(command: Command, package: Path) -> None:
    law = "lombardia/linee-guida-accordo"
    assert command("check", FILIERE, law, MISURA).out == "no faults\n"
    assert command("check", law).code == 0
    assert command("check", package, FILIERE).code == 0
    path = package / FILIERE / "measure.yaml"
    path.write_text(path.read_text("utf-8").replace("format: 1", "format: 9", 1), "utf-8")
    for what in ((path,), (path.parent,), (package,), (FILIERE, path), (path, law)):
        ran = command("check", *what)
        assert (ran.code, ran.err) == (1, "")
        assert all(line.startswith(f"{path}:") for line in ran.out.splitlines())
        assert "no faults" not in ran.out
    assert command("check", FILIERE).code == 0


def test_one_measure_that_is_not_there_checks_nothing(command: Command) -> None:
    for verb in ("check", "cases"):
        ran = command(verb, FILIERE, "lombardia/nessuna")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("<command line>: lombardia/nessuna: ")


def copied(tmp_path: Path) -> Path:
    """The library with its rules, to be spoilt."""
    home = tmp_path / "copy"
    for part in ("src", "rules"):
        shutil.copytree(ROOT / part, home / part, ignore=shutil.ignore_patterns("__pycache__"))
    return home


def test_cases_that_fail_are_told_and_counted_and_files_that_cannot_be_used_too(
    command: Command, tmp_path: Path
) -> None:
    home = copied(tmp_path)
    cases = home / "rules" / FILIERE / "cases.yaml"
    text = cases.read_text("utf-8")
    assert "outcome: no_known_obstacle" in text
    cases.write_text(text.replace("outcome: no_known_obstacle", "outcome: refused", 1), "utf-8")
    ran = run("cases", FILIERE, home=home)
    lines = ran.stdout.splitlines()
    assert (ran.returncode, ran.stderr) == (1, "")
    whole = command("cases", FILIERE).out.split()[0]
    assert lines[-1] == f"{whole} cases, 1 failed"
    assert str(cases) in "\n".join(lines[:-1])
    cases.write_text("format: 1\nmeasure: lombardia/filiere\ncases: 7\n", "utf-8")
    ran = run("cases", FILIERE, MISURA, home=home)
    lines = ran.stdout.splitlines()
    assert (ran.returncode, ran.stderr) == (1, "")
    assert lines[0].startswith(f"{cases}:3:")
    others = command("cases", MISURA).out.splitlines()[-1]
    assert lines[-1] == f"{others}; not to be used: those of {FILIERE}"
    ran = run("cases", FILIERE, home=home)
    assert (ran.returncode, ran.stdout.splitlines()[-1]) == (1, f"no case was run; not to be used: those of {FILIERE}")


def test_schemas_of_rule_files_that_are_out_of_date_are_told_and_written_again(tmp_path: Path) -> None:
    home = copied(tmp_path)
    folder = home / "rules" / "schema"
    before = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    assert run("schema", "--check", home=home).returncode == 0
    (folder / "measure.json").write_text("{}", "utf-8")
    (folder / "law.json").unlink()
    ran = run("schema", "--check", home=home)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert [line.partition(".json")[0].rpartition("/")[2] for line in ran.stdout.splitlines()] in (
        ["measure", "law"],
        ["law", "measure"],
    )
    ran = run("schema", "--write", home=home)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert sorted(Path(line).name for line in ran.stdout.splitlines()) == sorted(before)
    assert {path.name: path.read_bytes() for path in sorted(folder.iterdir())} == before
    ran = run("schema", "--check", home=home)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
