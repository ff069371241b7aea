# SPDX-License-Identifier: Apache-2.0
"""Bad input: exit 2, every fault located on standard error, nothing on standard output, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import FACTS, FILIERE, Command

GOOD = FACTS / "filiere-in-regola.yaml"

FAULTS = {
    "empty.json": (b"", "empty.json:1:1: the file is empty"),
    "empty.yaml": (b"", "empty.yaml:1:1: the file is empty"),
    "blank.yaml": (b"\n \n", "the file is empty"),
    "latin.yaml": ("capofila: perché".encode("latin-1"), "latin.yaml:1:16: this is not UTF-8"),
    "latin.json": ('{"capofila": "perché"}'.encode("latin-1"), "this is not UTF-8"),
    "large.json": (b'{"a": "' + b"x" * 10_000_000 + b'"}', "the file is larger than 1000 kB"),
    "deep.yaml": (b"- " * 100_000, "deep.yaml:1:"),
    "deep.json": (b"[" * 100_000, "nested"),
    "tag.yaml": (b"capofila: !!python/object:os.system x", "the tag"),
    "anchor.yaml": (b"capofila: &a x\nfiled_on: *a", "the anchor &a is not allowed"),
    "twice.yaml": (b"capofila: a\ncapofila: b", "twice.yaml:2:1: the key 'capofila' is given twice"),
    "twice.json": (b'{"capofila": "a",\n"capofila": "b"}', "twice.json:2:1: capofila: the name stands twice"),
    "two.yaml": (b"---\ncapofila: a\n---\ncapofila: b", "a second document"),
    "list.json": (b"[1]", "list.json:1:1: expected a JSON object"),
    "list.yaml": (b"- 1", "list.yaml:1:1: expected facts"),
    "broken.json": (b'{"capofila": ', "broken.json:1:"),
    "broken.yaml": (b"capofila: [a", "this is not YAML"),
    "float.json": (b'{"total_score": 80.5}', "float.json:1:17: total_score: "),
    "nan.json": (b'{"total_score": NaN}', "nan.json:1:17: total_score: NaN is no number"),
    "day.yaml": (b"filed_on: 2022-02-30", "day.yaml:1:11: filed_on: 2022-02-30 does not exist"),
    "later.yaml": (b"filed_on: 2030-01-01", "later.yaml:1:11: filed_on: "),
    "unknown.yaml": (
        b"capofilla: a",
        "unknown.yaml:1:12: capofilla: no fact is called 'capofilla'; did you mean 'capofila'?",
    ),
    "field.yaml": (b"partners: [{id: a, signd: yes}]", "did you mean 'signed'?"),
    "choice.yaml": (b"partners: [{id: a, kind: impreza}]", "did you mean 'impresa'?"),
    "score.json": (b'{"total_score": "101"}', "score.json:1:17: total_score: "),
    "unnamed": (b'{"total_score": "101"}', "unnamed:1:17: total_score: "),
}


@pytest.mark.parametrize("name", FAULTS)
def test_facts_that_cannot_be(command: Command, tmp_path: Path, name: str) -> None:
    data, fault = FAULTS[name]
    path = tmp_path / name
    path.write_bytes(data)
    ran = command("decide", FILIERE, path, "--on", "2022-07-15")
    assert (ran.code, ran.out) == (2, "")
    assert fault in ran.err
    assert all(line.startswith(str(path)) for line in ran.err.splitlines())


@pytest.mark.parametrize("name", [name for name in FAULTS if name.endswith(".json") and name != "large.json"])
def test_the_same_on_standard_input(command: Command, name: str) -> None:
    data, fault = FAULTS[name]
    ran = command("decide", FILIERE, "-", "--on", "2022-07-15", told=data)
    assert (ran.code, ran.out) == (2, "")
    assert fault.removeprefix(name) in ran.err
    assert ran.err.startswith("<stdin>")


def test_too_much_on_standard_input(command: Command) -> None:
    for told in (b'{"a": "' + b"x" * 10_000_000, b"a: " + b"x" * 10_000_000):
        ran = command("decide", FILIERE, "-", "--on", "2022-07-15", told=told)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("<stdin>: the ")


def test_all_faults_of_a_file_come_together(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("filed_on: 2022-02-30\ntotal_score: molto\npartners: [{id: a}, {id: a}]\n", "utf-8")
    ran = command("decide", FILIERE, path, "--on", "2022-07-15")
    assert [line.removeprefix(f"{path}:").split(":")[0] for line in ran.err.splitlines()] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("path", "fault"), [("folder", "this is a folder, not a file"), ("nowhere.json", "there is no such file")]
)
def test_a_path_that_is_no_file(command: Command, tmp_path: Path, path: str, fault: str) -> None:
    (tmp_path / "folder").mkdir()
    ran = command("decide", FILIERE, tmp_path / path, "--on", "2022-07-15")
    assert (ran.code, ran.out, ran.err) == (2, "", f"{tmp_path / path}: {fault}\n")


@pytest.mark.parametrize(
    "verb", [("decide", "-", "--on", "2022-06-01"), ("show",), ("check",), ("cases",), ("schema",)]
)
def test_a_measure_that_there_is_not(command: Command, verb: tuple[str, ...]) -> None:
    ran = command(verb[0], "lombardia/filere", *verb[1:], told=b"{}")
    assert (ran.code, ran.out) == (2, "")
    assert "lombardia/filere" in ran.err
    assert "did you mean 'lombardia/filiere'?" in ran.err


def test_a_day_before_the_first_edition(command: Command) -> None:
    for verb in (("decide", FILIERE, "-", "--on", "2021-12-31"), ("show", FILIERE, "--on", "2021-12-31")):
        ran = command(*verb, told=b'{"filed_on_webtelemaco": true}')
        assert (ran.code, ran.out) == (2, "")
        assert "the law of 2021-12-31 is not encoded; the rules hold from 2022-01-31" in ran.err


def test_a_day_of_filing_before_the_first_edition_is_told_where_it_stands(command: Command) -> None:
    told = b'{"filed_on_webtelemaco": true,\n  "filed_on": "2021-12-31"}'
    ran = command("decide", FILIERE, "-", "--on", "2022-06-01", told=told)
    assert (ran.code, ran.out) == (2, "")
    law = f"{FILIERE}: the law of 2021-12-31 is not encoded; the rules hold from 2022-01-31"
    assert ran.err == f"<stdin>:2:15: filed_on: {law}\n"


@pytest.mark.parametrize(
    ("vary", "fault"),
    [
        ("minimum_firm=8 firms", "did you mean 'minimum_firms'?"),
        ("minimum_firms=8 points", "minimum_firms"),
        ("minimum_firms=otto", "minimum_firms"),
    ],
)
def test_a_what_if_that_cannot_be(command: Command, vary: str, fault: str) -> None:
    ran = command("decide", FILIERE, GOOD, "--on", "2022-07-15", "--vary", vary)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("<vary>")
    assert fault in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("undo",),
        ("decide", FILIERE, GOOD),
        ("decide", FILIERE, GOOD, "--on", "2022-02-30"),
        ("decide", FILIERE, GOOD, "--on", "20220601"),
        ("decide", FILIERE, GOOD, "--on", "2022-07-15", "--lang", "fr"),
        ("decide", FILIERE, GOOD, "--on", "2022-07-15", "--vary", "minimum_firms"),
        ("schema",),
        ("schema", FILIERE, "--rules", "measure"),
        ("schema", "--rules", "rules"),
    ],
)
def test_options_used_wrongly(command: Command, arguments: tuple[object, ...]) -> None:
    ran = command(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "usage: misure" in ran.err


def test_check_of_a_folder_without_rules(command: Command, tmp_path: Path) -> None:
    ran = command("check", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "there is no measure.yaml here" in ran.err
