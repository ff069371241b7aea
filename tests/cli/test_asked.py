# SPDX-License-Identifier: Apache-2.0
"""What is asked of a selection on a command line and cannot be: each alone, and all at once."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

import pytest

from misure.cli.commands.select import check
from misure.ground.errors import BadFacts

DAY = dt.date(2026, 3, 18)
TABLES = ("partners", "books")


def faults(folder: Path, **changes: object) -> list[str]:
    given = {
        "approved_on": [],
        "table": [],
        "vary": [],
        "complete": [],
        "csv": None,
        "applications": str(folder / "a.csv"),
    } | changes
    faults = BadFacts(check(argparse.Namespace(**given), TABLES)).faults
    return [str(fault).replace(f"{folder}/", "") for fault in faults]


TWICE = "it is told twice"
ASKED = [
    ({}, []), ({"approved_on": [("", DAY)]}, []), ({"approved_on": [("first", DAY), ("second", DAY)]}, []),
    ({"approved_on": [("", DAY), ("", DAY)]}, [f"approved_on: {TWICE}"]),
    ({"approved_on": [("b", DAY), ("a", DAY), ("b", DAY), ("a", DAY), ("a", DAY)]}, [f"approved_on.a: {TWICE}", f"approved_on.b: {TWICE}"]),
    ({"approved_on": [("", DAY), ("first", DAY)]}, ["approved_on: it is one day for the whole call, or one for each window, and not both"]),
    ({"table": [("partners", "p.csv"), ("books", "b.csv")]}, []), ({"table": [("partners", "p.csv"), ("partners", "q.csv")]}, [f"table.partners: {TWICE}"]),
    ({"table": [("partnrs", "p.csv")]}, ["table.partnrs: no table is called 'partnrs'; did you mean 'partners'?"]),
    ({"table": [("books", "b.csv")], "complete": ["books"]}, []),
    ({"table": [("books", "b.csv")], "complete": ["book", "partners"]}, [
        "complete.book: no file is given for a table called 'book'; did you mean 'books'?",
        "complete.partners: no file is given for a table called 'partners'",
    ]),
    ({"table": [("zzz", "p.csv")]}, ["table.zzz: no table is called 'zzz'"]),
    ({"vary": [("a", "1"), ("b", "1")]}, []), ({"vary": [("a", "1"), ("b", "1"), ("a", "2")]}, [f"vary.a: {TWICE}"]),
    ({"vary": [("partners", "1")], "table": [("partners", "p.csv")]}, []),
    ({"table": [("x", "p.csv"), ("x", "q.csv")]}, [f"table.x: {TWICE}", "table.x: no table is called 'x'", "table.x: no table is called 'x'"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), ASKED, ids=range(len(ASKED)))
def test_what_is_asked_and_cannot_be(tmp_path: Path, changes: dict[str, object], expected: list[str]) -> None:
    told = faults(tmp_path, **changes)
    assert sorted(told) == sorted(f"<command line>: {fault}" for fault in expected)


TAKES = "the ranking would take the place of a file from which the applications are read"


def test_the_ranking_may_take_the_place_of_no_input(tmp_path: Path) -> None:
    for name in ("a.csv", "p.csv", "other.csv"):
        (tmp_path / name).write_text("x", "utf-8")
    tables = [("books", str(tmp_path / "gone.csv")), ("partners", str(tmp_path / "p.csv"))]
    (tmp_path / "link.csv").symlink_to(tmp_path / "p.csv")
    for ranking, taken in (
        ("a.csv", True),
        ("p.csv", True),
        ("link.csv", True),
        ("other.csv", False),
        ("new.csv", False),
        ("gone.csv", False),
    ):
        told = faults(tmp_path, csv=str(tmp_path / ranking), table=tables)
        assert told == ([f"{ranking}: {TAKES}"] if taken else [])
    assert faults(tmp_path, csv=str(tmp_path / "a.csv"), applications=str(tmp_path / "nowhere.csv")) == []


@pytest.mark.parametrize(("name", "read", "near"), [
    ("aids", ["deminimis_aids"], "deminimis_aids"), ("aids", [], "fairs"), ("fair", ["deminimis_aids"], "fairs"), ("zzz", ["fairs"], None),
])  # fmt: skip
def test_the_table_that_is_meant_is_one_that_the_measure_reads(name: str, read: list[str], near: str | None) -> None:
    given = argparse.Namespace(
        approved_on=[], table=[(name, "x.csv")], vary=[], complete=[], csv=None, applications="a.csv"
    )
    (fault,) = check(given, ["deminimis_aids", "fairs"], read)
    assert fault.suggestion == near
