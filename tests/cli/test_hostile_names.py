# SPDX-License-Identifier: Apache-2.0
"""Names that others wrote are shown and never obeyed: no colour, no title of the window, no forged line reaches a terminal."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from misure import _catalogue
from misure.ground.rules_folder import bundled_rules
from tests.cli.commands import FILIERE, Command, Ran
from tests.register.samples import document, plain

ESCAPE, SHOWN = "\x1b[31mevil\nfacts.json:1:1: all good", r"\x1b[31mevil\nfacts.json:1:1: all good"
TITLE, TITLE_SHOWN = "\x1b]0;taken\x07\u202e", r"\x1b]0;taken\x07\u202e"


def harmless(ran: Ran) -> list[str]:
    """The lines of standard error, when nothing in either output is an order to a terminal."""
    assert all(line.isprintable() for line in (ran.out + ran.err).split("\n"))
    return ran.err.splitlines()


@pytest.mark.parametrize(("name", "shown"), [(ESCAPE, SHOWN), (TITLE, TITLE_SHOWN)])
def test_the_name_of_a_fact(command: Command, tmp_path: Path, name: str, shown: str) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({name: "1", "partners": [{"id": "a", name: "1"}]}), "utf-8")
    first, second = harmless(command("decide", FILIERE, path, "--on", "2022-06-01"))
    assert first.startswith(f"{path}:1:")
    assert f": {shown}: no fact is called " in first
    assert f": partners[0].{shown}: " in second


@pytest.mark.parametrize("name", [ESCAPE, TITLE])
def test_no_name_of_a_yaml_file_holds_what_nobody_sees(command: Command, tmp_path: Path, name: str) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(json.dumps({name: "1", "partners": [{"id": "a", name: "1"}]}), "utf-8")
    told = harmless(command("decide", FILIERE, path, "--on", "2022-06-01"))
    assert len(told) == 2
    assert told[0] == f"{path}:1:3: the character U+001B cannot stand in a text"


def test_a_name_that_stands_twice(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    quoted = json.dumps(ESCAPE)
    path.write_text(f"{{{quoted}: 1, {quoted}: 2}}", "utf-8")
    assert all(SHOWN in line for line in harmless(command("decide", FILIERE, path, "--on", "2022-06-01")))


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "\x1b[31mx"),
        ("decide", "\x1b[31mx", "-", "--on", "2022-06-01"),
        ("check", "\x1b[31mx"),
        ("decide", FILIERE, "\x1b[31mx", "--on", "2022-06-01"),
        ("decide", FILIERE, "-", "--on", "2022-06-01", "--vary", "\x1b[31mx=1"),
        ("select", FILIERE, "x.csv", "--on", "2022-06-01", "--table", "\x1b[31mx=1"),
        ("list", "\x1b[31mx"),
        ("\x1b[31mx",),
    ],
)
def test_what_stands_on_the_command_line(command: Command, arguments: tuple[str, ...]) -> None:
    ran = command(*arguments, told=b"{}")
    assert (ran.code, ran.out) == (2, "")
    assert any(r"\x1b[31mx" in line for line in harmless(ran))


def test_a_member_of_an_archive(command: Command, tmp_path: Path) -> None:
    path, packed = tmp_path / "aids.zip", io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("\x1b[31mevil\n.xml", document(plain("90000001", "a lot"), plain("90000002", "10.00")))
    path.write_bytes(packed.getvalue())
    asked = ("headroom", path, "--undertaking", "01234560157", "--on", "2026-11-22")
    ran = command(*asked)
    assert ran.code == 2
    assert all(line.startswith(rf"{path}!\x1b[31mevil\n.xml:") for line in harmless(ran))
    skipped = command(*asked, "--skip-damaged")
    assert skipped.code == 0
    assert rf"{path}!\x1b[31mevil\n.xml:" in "\n".join(harmless(skipped))


def test_folders(command: Command, tmp_path: Path) -> None:
    root = tmp_path / "\x1b[31mrules"
    for part in ("vocabulary", "tables", "schema"):
        shutil.copytree(bundled_rules() / part, root / part)
    shutil.copytree(bundled_rules() / FILIERE, root / "lombardia" / "\x1b[32mfiliere")
    ran = command("check", root)
    harmless(ran)
    assert ran.code == 1
    assert r"\x1b[31mrules/lombardia/\x1b[32mfiliere/measure.yaml:" in ran.out
    assert r"this file stands under 'lombardia/\x1b[32mfiliere'" in ran.out


def test_the_title_and_the_cases_of_a_measure(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / f"{FILIERE}-due"
    shutil.copytree(bundled_rules() / FILIERE, folder)
    text = (folder / "measure.yaml").read_text("utf-8").replace(FILIERE, f"{FILIERE}-due")
    written = re.sub(r"^title: .*$", lambda _: r'title: "\e[31mred"', text, count=1, flags=re.MULTILINE)
    (folder / "measure.yaml").write_text(written, "utf-8")
    case = {"name": ESCAPE, "on": "2022-06-01", "facts": {}, "expect": {"margins": {"reaches_threshold": ESCAPE}}}
    (folder / "cases.yaml").write_text(
        json.dumps({"format": "1", "measure": f"{FILIERE}-due", "cases": [case]}), "utf-8"
    )
    monkeypatch.setattr(_catalogue, "_installed", lambda: [str(tmp_path)])
    listed, ran = command("list"), command("cases", f"{FILIERE}-due")
    assert harmless(listed) == harmless(ran) == []
    assert f"{FILIERE}-due" in listed.out
    assert ran.code == 1
    assert f"{folder / 'measure.yaml'}:4:9: the character U+001B cannot stand in a text\n" in ran.out
