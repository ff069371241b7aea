# SPDX-License-Identifier: Apache-2.0
"""A named pipe, or a device, in the place of a file is refused in words and not waited for, at every door that asks for a file.

Facts may come through a pipe, and a ranking or a ledger go into one: where nobody is at its other end, that is told.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from shlex import quote

import pytest

import misure
from misure import deminimis, register
from misure.cli import main
from misure.ground import whole_file
from misure.ground.rules_folder import bundled_rules
from misure.reading.applicants.applications import read_applications_file
from misure.reading.applicants.facts import read_facts

PIPE, DEVICE, SOCKET = "it is a pipe", "it is a device", "it is a socket"
DOORS = {
    "applications": lambda path: read_applications_file(path, ()),
    "a table of applications": lambda path: read_applications_file(_applications(path), (), {"partners": path}),
    "aids": lambda path: list(register.read_aids(path)),
    "aids with progress": lambda path: register.read_ledger(str(path), progress=lambda *_: None),
    "ledgers": lambda path: register.read_ledger([path]),
    "a kept ledger": deminimis.open_ledger,
    "measures": register.parse_rna_measures,
    "the portal": register.parse_incentivi,
}


def _applications(beside: Path) -> Path:
    path = beside.with_name("domande.csv")
    path.write_text("id\nD-1\n", "utf-8")
    return path


@pytest.fixture
def pipe(tmp_path):
    path = tmp_path / "tubo.csv"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize("door", DOORS)
def test_a_pipe_is_refused_in_words(door, pipe):
    with pytest.raises(misure.BadFacts) as caught:
        DOORS[door](pipe)
    (fault,) = caught.value.faults
    assert fault.place.path == str(pipe)
    assert fault.message.endswith(PIPE)


@pytest.mark.parametrize("door", [door for door in DOORS if "table" not in door])
def test_a_device_too(door):
    with pytest.raises(misure.BadFacts, match=DEVICE):
        DOORS[door](Path("/dev/null"))


@pytest.mark.parametrize("command", ["headroom {} --undertaking 01234560157 --on 2026-11-22", "register survey {} --on 2026-11-22",
                                     "select lombardia/filiere {} --on 2022-06-01"])  # fmt: skip
def test_the_command_line_says_what_it_is(command, pipe, capsys):
    assert main(command.format(pipe).split()) == 2
    told = capsys.readouterr().err
    assert f"{pipe}: " in told
    assert told.endswith(f"{PIPE}\n")


def test_a_folder_and_what_is_not_there(tmp_path):
    for path, words in ((tmp_path, "this is a folder, not a file"), (tmp_path / "no", "no such file")):
        with pytest.raises(misure.BadFacts, match=f"cannot be opened: {words}"):
            register.read_ledger([path])


# Facts: a pipe that somebody writes is read, be the writer late or slow; one that nobody writes is not waited for

FACTS = "total_score: 64.99\n"


@pytest.mark.parametrize("name", ["facts", "facts.json", "facts.yaml"])
def test_a_pipe_of_facts_that_nobody_writes_is_told(name, tmp_path, monkeypatch):
    monkeypatch.setattr(whole_file, "_GRACE", 0.05)
    os.mkfifo(tmp_path / name)
    with pytest.raises(misure.BadFacts) as caught:
        read_facts(tmp_path / name)
    (fault,) = caught.value.faults
    assert str(fault) == f"{tmp_path / name}: the file cannot be read: nobody writes into this pipe"


def _write(path, *parts, pause=0.0):
    with path.open("w") as file:
        for part in parts:
            time.sleep(pause)
            file.write(part)
            file.flush()


@pytest.mark.parametrize("pause", [0.0, 0.1], ids=["at once", "slowly"])
def test_facts_come_through_a_pipe_that_somebody_writes(pause, pipe):
    writer = threading.Thread(target=_write, args=(pipe, *FACTS), kwargs={"pause": pause / 10}, daemon=True)
    writer.start()
    assert read_facts(pipe).facts == {"total_score": "64.99"}
    writer.join(timeout=10)


def test_a_writer_that_comes_after_is_waited_for(pipe, monkeypatch):
    monkeypatch.setattr(whole_file, "_GRACE", 30.0)
    writer = threading.Timer(0.1, _write, args=(pipe, FACTS))
    writer.start()
    assert read_facts(pipe).facts == {"total_score": "64.99"}


def test_a_writer_that_writes_nothing_leaves_an_empty_file(pipe, monkeypatch):
    monkeypatch.setattr(whole_file, "_GRACE", 30.0)
    writer = threading.Timer(0.1, _write, args=(pipe,))
    writer.start()
    with pytest.raises(misure.BadFacts, match="the file is empty"):
        read_facts(pipe)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash, whose notation it is")
@pytest.mark.parametrize(
    "told", ["<(cat {})", "<(sleep 0.2; cat {})", "/dev/stdin < {}", "/dev/stdin < <(cat {})", "- < {}"]
)
def test_what_a_shell_hands_over_is_read(told, tmp_path):
    file = tmp_path / "facts.yaml"
    file.write_text(FACTS, "utf-8")
    command = f"{quote(sys.executable)} -m misure decide lombardia/filiere {told.format(quote(str(file)))} --on 2022-06-01 --json"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert '"reaches_threshold"' in ran.stdout


def test_a_device_gives_no_facts_unless_it_is_standard_input():
    with pytest.raises(misure.BadFacts, match=DEVICE):
        read_facts(Path("/dev/zero"))


def test_a_socket_gives_none(tmp_path):
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(tmp_path / "s"))
        with pytest.raises(misure.BadFacts, match=SOCKET):
            read_facts(tmp_path / "s")


def test_a_pipe_that_nobody_reads_takes_no_ledger(pipe, monkeypatch):
    monkeypatch.setattr(whole_file, "_GRACE", 0.05)
    with pytest.raises(OSError, match="nobody reads this pipe"):
        deminimis.save_ledger(deminimis.Ledger([]), pipe)


# Rules: a pipe in the place of any file of a rule package, or of the package, is told


@pytest.mark.parametrize("command", ["check {}", "check --write-index {}", "cases {}", "show {}", "schema {}",
                                     "decide {} {} --on 2022-06-01", "select {} {} --on 2022-06-01"])  # fmt: skip
def test_rules_in_the_place_of_which_a_pipe_stands(command, pipe, capsys):
    assert main(command.format(pipe, pipe).split()) == 2
    assert capsys.readouterr().err == f"{pipe}: {PIPE}\n"


def _package(tmp_path):
    for name in ("vocabulary", "tables", "lombardia/filiere"):
        shutil.copytree(bundled_rules() / name, tmp_path / name)
    for name in ("index.json", "lombardia/usual-requirements.csv"):
        shutil.copy(bundled_rules() / name, tmp_path / name)
    return tmp_path


INDEX = "index.json"
REPLACED = ["lombardia/filiere/measure.yaml", "lombardia/filiere/cases.yaml", "lombardia/filiere/SOURCES.md",
            "lombardia/usual-requirements.csv", "tables/ateco-2007-sections.csv", INDEX]  # fmt: skip


@pytest.mark.parametrize("name", [*REPLACED, "vocabulary"])
@pytest.mark.parametrize("command", ["check {}", "check --write-index {}", "cases {}", "show {}"])
def test_a_pipe_in_the_place_of_any_rule_file(command, name, tmp_path, capsys):
    root = _package(tmp_path)
    path = next(iter(sorted((root / name).glob("*.yaml")))) if name == "vocabulary" else root / name
    path.unlink()
    os.mkfifo(path)
    assert main(command.format(root).split()) in (0, 1, 2)  # it ends; of what the question rests on it is told below
    told = capsys.readouterr()
    if command == "check {}" and name not in (INDEX, "lombardia/filiere/SOURCES.md", "lombardia/filiere/cases.yaml"):
        assert f"{path}: the file cannot be read: {PIPE}" in told.out
