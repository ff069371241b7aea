# SPDX-License-Identifier: Apache-2.0
"""`misure new`: three files that pass the checks, never over what stands there, and never half of them."""

from __future__ import annotations

import io
import os
import sys

import pytest

ANSWERS = ["--answer", "title=Vetrine", "--answer", "act=Decreto 5678", "--answer", "act_date=2026-01-15"]
FILES = ["measure.yaml", "cases.yaml", "SOURCES.md"]


def test_a_folder_that_passes_the_checks(command, tmp_path):
    ran = command("new", "esempio/vetrine", "--into", tmp_path, *ANSWERS, "--answer", "minimum_spend=5000")
    assert (ran.code, ran.err) == (0, "")
    folder = tmp_path / "esempio" / "vetrine"
    assert ran.out.splitlines()[:3] == [str(folder / name) for name in FILES]
    assert f"misure check {folder}" in " ".join(ran.out.split())
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert command("check", folder).out == "no faults\n"
    assert command("cases", folder).out == "3 cases, all as expected\n"
    assert "Spesa ammissibile di almeno" in command("show", folder).out


def test_at_a_terminal_the_rest_is_asked(command, tmp_path, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(
        "tests.cli.commands.io.TextIOWrapper", lambda _: Terminal("2026-01-15\n\n\n\n\n\n\n\n\n\n\n\n\n\n")
    )
    ran = command("new", "esempio/vetrine", "--into", tmp_path, "--lang", "en", *ANSWERS[:4])
    assert ran.code == 0
    assert ran.err.startswith(
        "A.2 Of what day is the act? (2026-01-15) A.2 How much of the text was read? (partly, not) "
    )
    assert "What is it called" not in ran.err
    assert isinstance(sys.stdin, Terminal)


@pytest.mark.parametrize(
    "name", ["vetrine", "../vetrine/a", "/etc/a", "Esempio/vetrine", "esempio/", "esempio/a_b", "esempio//a"]
)
def test_a_name_that_is_none(command, tmp_path, name):
    ran = command("new", name, "--into", tmp_path, *ANSWERS)
    assert (ran.code, ran.out) == (2, "")
    assert f"<command line>: {name}: a measure is called like esempio/vetrine" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["folder", "file", "link"])
def test_what_stands_there_is_left_as_it_is(command, tmp_path, there):
    place = tmp_path / "esempio" / "vetrine"
    place.parent.mkdir()
    {
        "folder": place.mkdir,
        "file": lambda: place.write_text("mine"),
        "link": lambda: place.symlink_to(tmp_path / "elsewhere"),
    }[there]()
    ran = command("new", "esempio/vetrine", "--into", tmp_path, *ANSWERS)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"{place}: something is here already, and is left as it is: give the measure another name\n"
    assert sorted(path.name for path in place.parent.iterdir()) == ["vetrine"]
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("end", ["elsewhere", "nowhere"])
def test_nothing_is_written_through_a_link_on_the_way(command, tmp_path, end):
    package, elsewhere = tmp_path / "package", tmp_path / "elsewhere"
    package.mkdir()
    elsewhere.mkdir()
    (package / "esempio").symlink_to(tmp_path / end)
    ran = command("new", "esempio/2026/vetrine", "--into", package, *ANSWERS)
    assert (ran.code, ran.out) == (2, "")
    assert "a link stands here or on the way here, and nothing is written through it" in ran.err
    assert list(elsewhere.iterdir()) == []
    assert not (tmp_path / "nowhere").exists()


def test_all_that_is_wrong_is_told_and_nothing_written(command, tmp_path):
    ran = command(
        "new",
        "esempio/vetrine",
        "--into",
        tmp_path,
        "--answer",
        "title=x",
        "--answer",
        "bugdet=5",
        "--answer",
        "share=x",
    )
    assert (ran.code, ran.out) == (2, "")
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == ["act", "act_date", "bugdet", "form", "share"]
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_is_told_twice_is_none(command, tmp_path):
    ran = command(
        "new", "esempio/vetrine", "--into", tmp_path, *ANSWERS, "--answer", "title=Altre", "--answer", "budget=x"
    )
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == ["<answers>: budget: 'x' is not a number", "<answers>: title: this is told twice"]


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_where_nothing_can_be_written(command, tmp_path):
    tmp_path.chmod(0o500)
    ran = command("new", "esempio/vetrine", "--into", tmp_path, *ANSWERS)
    assert (ran.code, ran.out) == (2, "")
    assert "Permission denied" in ran.err


def test_a_file_in_the_place_of_the_package(command, tmp_path):
    (tmp_path / "file").write_text("")
    ran = command("new", "esempio/vetrine", "--into", tmp_path / "file", *ANSWERS)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(str(tmp_path / "file"))
