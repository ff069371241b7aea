# SPDX-License-Identifier: Apache-2.0
"""A named pipe, or a device, in the place of a file is refused in words and not waited for, at every door that asks for a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import misure
from misure import deminimis, register
from misure.cli import main
from misure.reading.applicants.applications import read_applications_file

WORDS = "it is a pipe or a device"
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
    assert WORDS in fault.message


@pytest.mark.parametrize("door", [door for door in DOORS if "table" not in door])
def test_a_device_too(door):
    with pytest.raises(misure.BadFacts, match=WORDS):
        DOORS[door](Path("/dev/null"))


@pytest.mark.parametrize("command", ["headroom {} --undertaking 01234560157 --on 2026-11-22", "register survey {} --on 2026-11-22",
                                     "select lombardia/filiere {} --on 2022-06-01"])  # fmt: skip
def test_the_command_line_says_what_it_is(command, pipe, capsys):
    assert main(command.format(pipe).split()) == 2
    told = capsys.readouterr().err
    assert f"{pipe}: " in told
    assert WORDS in told


def test_a_folder_and_what_is_not_there(tmp_path):
    for path, words in ((tmp_path, "this is a folder, not a file"), (tmp_path / "no", "no such file")):
        with pytest.raises(misure.BadFacts, match=f"cannot be opened: {words}"):
            register.read_ledger([path])
