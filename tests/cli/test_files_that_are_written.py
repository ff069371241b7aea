# SPDX-License-Identifier: Apache-2.0
"""Each option that names a file to write: whatever stands there, the file is written whole or nothing is, and one line says why."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import Command

RANKING = "id,window,admitted,panel_score\nD-1,first,yes,80\n"
REGISTER = '<?xml version="1.0"?><LISTA_AIUTI xmlns="http://www.rna.it/RNA_aiuto/schema"></LISTA_AIUTI>'
TAKEN = {
    "ranking": "the ranking would take the place of a file from which the applications are read",
    "ledger": "the ledger would take the place of a file that it is read from",
}
ASKED = {
    "ranking": ("in.csv", RANKING, ["select", "lombardia/export-su-misura", "in.csv", "--on", "2026-03-18", "--csv"]),
    "ledger": ("in.xml", REGISTER, ["register", "load", "in.xml", "--out"]),
}
REFUSED = {
    "": "<command line>: the file to write has no name",
    "loop": "loop: the file cannot be written: Too many levels of symbolic links",
    "far": "far: the file cannot be written: No such file or directory",
    "none/x": "none/x: the file cannot be written: No such file or directory",
    "none/../x": "none/../x: the file cannot be written: No such file or directory",
    "file/x": "file/x: the file cannot be written: Not a directory",
    "file/": "file/: the file cannot be written: Not a directory",
    "new/": "new/: the file cannot be written: Is a directory",
    "folder": "folder: the file cannot be written: Is a directory",
    "to-folder": "to-folder: the file cannot be written: Is a directory",
    "x" * 300: f"{'x' * 300}: the file cannot be written: File name too long",
}
WRITTEN = {"new": "new", "file": "file", "near": "target", "to-file": "file", "a name": "a name"}
"""What may be named, and where it is written: a link is followed, whether or not anything stands at its end."""


@pytest.fixture(params=ASKED)
def what(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    name, text, _ = ASKED[request.param]
    Path(name).write_text(text, "utf-8")
    Path("file").write_text("before", "utf-8")
    Path("folder").mkdir()
    for link, end in {
        "loop": "loop",
        "far": "gone/x",
        "near": "target",
        "to-folder": "folder",
        "to-file": "file",
        "to-input": name,
    }.items():
        Path(link).symlink_to(end)
    Path("same-input").hardlink_to(name)
    return str(request.param)


def standing() -> dict[str, bytes | str]:
    return {
        path.name: str(path.readlink()) if path.is_symlink() else "" if path.is_dir() else path.read_bytes()
        for path in sorted(Path().iterdir())
    }


@pytest.mark.parametrize(("named", "line"), REFUSED.items())
def test_what_cannot_be_written_is_one_line_and_leaves_all_as_it_was(
    command: Command, what: str, named: str, line: str
) -> None:
    before = standing()
    ran = command(*ASKED[what][2], named)
    assert (ran.code, ran.out, ran.err) == (2, "", f"{line}\n")
    assert standing() == before


@pytest.mark.parametrize("named", ["to-input", "same-input", "INPUT", "folder/../INPUT"])
def test_no_file_that_is_read_is_written_over(command: Command, what: str, named: str) -> None:
    before, asked = standing(), named.replace("INPUT", ASKED[what][0])
    ran = command(*ASKED[what][2], asked)
    assert (ran.code, ran.out, ran.err) == (2, "", f"{asked}: {TAKEN[what]}\n")
    assert standing() == before


@pytest.mark.parametrize(("named", "target"), WRITTEN.items())
def test_a_file_is_written_whole_where_its_name_leads(command: Command, what: str, named: str, target: str) -> None:
    before = standing()
    ran = command(*ASKED[what][2], named)
    assert ran.code == 0
    after = standing()
    assert {name for name in after if after[name] != before.get(name)} == {target}
    assert b"before" not in Path(target).read_bytes()


@pytest.mark.parametrize("end", ["> out", "| cat > piped"])
@pytest.mark.parametrize("named", ["out", "/dev/stdout"])
def test_the_answer_and_the_file_are_not_written_into_one(what: str, named: str, end: str) -> None:
    if named == "out" and "piped" in end:
        end = "> out"
    asked = shlex.join([sys.executable, "-m", "misure", *ASKED[what][2], named])
    ran = subprocess.run(["/bin/sh", "-c", f"{asked} {end}"], capture_output=True, text=True, check=False)
    assert ran.stderr == f"{named}: standard output goes into it too: each needs a place of its own\n"
    assert [Path(one).read_bytes() for one in ("out", "piped") if Path(one).exists()] == [b""]


def test_a_device_that_is_full_is_told(command: Command, what: str) -> None:
    assert Path("/dev/full").is_char_device()
    before = standing()
    ran = command(*ASKED[what][2], "/dev/full")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("/dev/full: the file cannot be written: No space left on device\n")
    assert standing() == before


@pytest.mark.parametrize("asked", [["schema", "--write", ""], ["new", "esempio/vetrine", "--into", ""]])
def test_a_folder_that_has_no_name_is_not_the_one_where_one_stands(
    command: Command, what: str, asked: list[str]
) -> None:
    before = standing()
    ran = command(*asked)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"argument {asked[-2]}: the folder has no name\n")
    assert standing() == before
