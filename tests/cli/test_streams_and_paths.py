# SPDX-License-Identifier: Apache-2.0
"""Streams that are closed and paths that are no files: one line that says which, and exit 2."""

from __future__ import annotations

import errno
import io
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from misure import _catalogue
from misure.ground.rules_folder import bundled_rules, folders_with
from misure.testing.rule_check import rules_below
from tests.cli.commands import FACTS, FILIERE, Command

SOURCE = Path(__file__).parents[2] / "src"
BAD_DESCRIPTOR = os.strerror(errno.EBADF)
GOOD = FACTS / "filiere-in-regola.yaml"


def shell(arguments: str, *redirections: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """`misure` as a shell runs it, with streams closed or sent elsewhere, and buffered; it never waits for ever."""
    command = f"{before} {shlex.quote(sys.executable)} -m misure {arguments} {' '.join(redirections)}"
    variables = {**os.environ, "PYTHONPATH": str(SOURCE), "MISURE_NO_PLUGINS": "1", "PYTHONUNBUFFERED": ""}
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, env=variables, timeout=60)


@pytest.mark.parametrize(
    "arguments",
    [
        "list",
        f"show {FILIERE}",
        f"decide {FILIERE} {shlex.quote(str(GOOD))} --on 2022-07-15",
        f"decide {FILIERE} {shlex.quote(str(GOOD))} --on 2022-07-15 --json",
        f"schema {FILIERE}",
        "--help",
        "--version",
        "select --help",
    ],
)
def test_a_closed_output_is_told(arguments: str) -> None:
    ran = shell(arguments, ">&-")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"<output>: it cannot be written: {BAD_DESCRIPTOR}\n"


def test_a_ranking_that_is_written_all_the_same_is_told(tmp_path: Path) -> None:
    applications, out = tmp_path / "domande.csv", tmp_path / "ranking.csv"
    applications.write_text("id,window,admitted,panel_score\nD-1,first,yes,80\n", "utf-8")
    asked = f"select lombardia/export-su-misura {shlex.quote(str(applications))} --on 2026-03-18"
    ran = shell(f"{asked} --csv {shlex.quote(str(out))}", ">&-")
    assert ran.returncode == 2
    assert ran.stderr == f"<output>: it cannot be written: {BAD_DESCRIPTOR}; the ranking is written to {out}\n"
    assert out.read_text("utf-8-sig").count("D-1") == 1


def test_a_closed_input_is_told() -> None:
    ran = shell(f"decide {FILIERE} - --on 2022-06-01", "<&-")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "<stdin>: it is closed, and the facts were to be read from it\n"


def test_an_input_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    ran = shell(f"decide {FILIERE} - --on 2022-06-01", f"0>{shlex.quote(str(tmp_path / 'written'))}")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"<stdin>: it cannot be read: {BAD_DESCRIPTOR}\n"


@pytest.mark.parametrize("arguments", [f"decide {FILIERE} nowhere --on 2022-06-01", "undo", "show nothing"])
def test_nothing_that_is_meant_for_a_closed_standard_error_goes_elsewhere(arguments: str) -> None:
    ran = shell(arguments, "2>&-")
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", "")


# Disks that are full. A file that may not grow is one everywhere; the device that is always full is on some systems only


SPACE = os.strerror(errno.ENOSPC)
FULL_DEVICE = [("", "/dev/full", SPACE)] if Path("/dev/full").is_char_device() else []
FULL = [("ulimit -f 0;", "full", os.strerror(errno.EFBIG)), *FULL_DEVICE]
DECIDE = f"decide {FILIERE} {shlex.quote(str(GOOD))} --on 2022-07-15"


@pytest.mark.parametrize("arguments", ["list", DECIDE, f"schema {FILIERE}", "--help", "--version", "select --help"])
@pytest.mark.parametrize(("before", "target", "why"), FULL)
def test_a_full_standard_output_is_told(tmp_path: Path, arguments: str, before: str, target: str, why: str) -> None:
    ran = shell(arguments, f">{shlex.quote(str(tmp_path / target))}", before=before)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"<output>: it cannot be written: {why}\n"


@pytest.mark.parametrize("arguments", ["undo", "show nothing"])
@pytest.mark.parametrize(("before", "target", "why"), FULL)
def test_a_full_standard_error_hides_no_exit_code(
    tmp_path: Path, arguments: str, before: str, target: str, why: str
) -> None:
    ran = shell(arguments, f"2>{shlex.quote(str(tmp_path / target))}", before=before)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", ""), why


class FullDisk(io.RawIOBase):
    """A file on a disk without any space left, until somebody makes room."""

    full = True

    def writable(self) -> bool:
        return True

    def write(self, told: bytes) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, SPACE)
        return len(told)


@pytest.mark.parametrize("buffer", [1, 1 << 20])
@pytest.mark.parametrize("arguments", ["list", f"show {FILIERE}", f"schema {FILIERE}", "--help", "--version"])
def test_a_disk_that_is_full_at_once_or_at_the_end_is_told(
    command: Command, monkeypatch: pytest.MonkeyPatch, arguments: str, buffer: int
) -> None:
    """With a small buffer the first line cannot be written; with a large one nothing is tried before the last."""
    disk = FullDisk()
    output = io.TextIOWrapper(io.BufferedWriter(disk, buffer), "utf-8", line_buffering=buffer == 1)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", output)
        ran = command(*arguments.split())
    assert (ran.code, ran.out, ran.err) == (2, "", f"<output>: it cannot be written: {SPACE}\n")
    disk.full = False  # what is still buffered goes somewhere when the stream is closed


def test_a_standard_error_that_is_full_from_within_hides_no_exit_code(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FullDisk()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", io.TextIOWrapper(disk, "utf-8", write_through=True))
        ran = command("show", "nothing")
        disk.full = False
    assert (ran.code, ran.out, ran.err) == (2, "", "")


def test_streams_closed_from_within_are_told_as_well(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open("w") as closed:
        pass
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", closed)
        ran = command("show", FILIERE)
    assert (ran.code, ran.err) == (2, f"<output>: it cannot be written: {BAD_DESCRIPTOR}\n")


# Paths


def test_a_pipe_among_the_rules_is_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "lombardia" / "tubo"
    folder.mkdir(parents=True)
    for name in ("measure.yaml", "SOURCES.md", "cases.yaml"):
        os.mkfifo(folder / name)
    ran = shell(f"check {shlex.quote(str(tmp_path))}")
    assert (ran.returncode, ran.stderr) == (1, "")
    assert f"{folder}/measure.yaml: the file cannot be read: it is a pipe\n" in ran.stdout
    assert "<output>" not in ran.stdout


def test_facts_may_come_through_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "facts"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", f"cat {shlex.quote(str(GOOD))} > {shlex.quote(str(pipe))}"]):
        ran = shell(f"decide {FILIERE} {shlex.quote(str(pipe))} --on 2022-07-15 --json")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_what_the_system_refuses_is_told_of_its_path_and_never_of_the_output(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "x" * 1_000
    ran = command("check", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith((f"{name}: {os.strerror(errno.ENAMETOOLONG)}", f"<command line>: {name}: no measure"))

    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/secret")

    monkeypatch.setattr(Path, "exists", refused)
    ran = command("check", "secret")
    assert (ran.code, ran.out, ran.err) == (2, "", f"/secret: {os.strerror(errno.EACCES)}\n")


def test_what_the_system_says_of_no_path_is_told_as_it_is(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> None:
        raise FileNotFoundError("the rules of misure are not installed; looked in /nowhere")

    monkeypatch.setattr(_catalogue, "bundled_rules", lost)
    ran = command("list")
    message = "<system>: the rules of misure are not installed; looked in /nowhere\n"
    assert (ran.code, ran.out, ran.err) == (2, "", message)


def test_a_folder_that_vanishes_while_it_is_searched_holds_nothing(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of /proc do under `misure check /`."""
    shutil.copytree(bundled_rules() / FILIERE, tmp_path / FILIERE)
    (tmp_path / "proc" / "17").mkdir(parents=True)
    scan = os.scandir

    def vanishing(folder: str) -> object:
        if "proc" in str(folder):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), folder)
        return scan(folder)

    monkeypatch.setattr(os, "scandir", vanishing)
    assert folders_with("measure.yaml", tmp_path) == [FILIERE]
    ran = command("check", tmp_path)
    assert (ran.code, ran.out) == (0, "no faults\n")
    # The first lines of what was copied name schemas that were not.
    assert [line.count("schema") > 0 for line in ran.err.splitlines()] == [True, True, True]


@pytest.mark.parametrize(("path", "root"), [("/measure.yaml", "/"), ("/one/measure.yaml", "/")])
def test_rules_near_the_root_of_the_disk(path: str, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_file", lambda self: str(self) == path)
    monkeypatch.setattr(Path, "is_dir", lambda _: False)
    assert rules_below(Path(path)) == {Path(root): [Path(path).parent.relative_to(root).as_posix()]}


def test_a_pipe_in_the_place_of_an_index_is_not_waited_for(tmp_path: Path) -> None:
    package = tmp_path / "rules"
    shutil.copytree(bundled_rules(), package)
    (package / "index.json").unlink()
    os.mkfifo(package / "index.json")
    code = f"import misure; print(misure.catalogue([{str(package)!r}]).titles[{FILIERE!r}] != '')"
    variables = {**os.environ, "PYTHONPATH": str(SOURCE), "MISURE_NO_PLUGINS": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=variables, timeout=60
    )
    assert ran.stdout == "True\n"
