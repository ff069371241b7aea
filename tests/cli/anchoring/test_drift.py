# SPDX-License-Identifier: Apache-2.0
"""`misure anchor` holds what `anchors.yaml` says against the text: another text, passages that changed, places and digests that are not so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.commands import Command
from tests.cli.test_anchor_command import anchored, changed, laid_out


@pytest.fixture
def written(command: Command, tmp_path: Path) -> Path:
    """A measure with the anchors of its text."""
    folder = laid_out(tmp_path)
    assert anchored(command, folder, "--write")[0] == 0
    return folder


def test_the_anchors_of_this_very_text_are_nothing_to_tell(command: Command, written: Path) -> None:
    code, told = anchored(command, written)
    assert (code, told["sound"], told["anchors"]) == (0, True, [])


ALTERED = [
    (r"(    pages: )1", r"\g<1>2", "pages", ""),
    (r"(closing_day:\n.*page: )1", r"\g<1>2", "misplaced", "closing_day 2026-04-30"),
    (r"(grant_share:\n.*offset: )\d+", r"\g<1>7", "misplaced", "grant_share 40%"),
    (r"(grant_maximum:\n.*sha256: )[0-9a-f]{4}", r"\g<1>0000", "misplaced", "grant_maximum 15000.00 EUR"),
    (r"(minimum_spend:\n.*), page: .*\}", r"\g<1>}", "misplaced", "minimum_spend 5000.00 EUR"),
    (r"(figure: 60 days, page: )1", r"\g<1>3", "absent", "60 days"),
    (r"(figure: 60 days, page: 1, offset: )\d+", r"\g<1>9", "absent", "60 days"),
    (r"(figure: 60 days, .*sha256: )[0-9a-f]{4}", r"\g<1>0000", "absent", "60 days"),
    (r"    named:\n.*\n", "", "unanchored", "60 days"),
]


@pytest.mark.parametrize(("old", "new", "what", "name"), ALTERED)
def test_an_anchor_that_is_not_so_is_a_fault_with_its_place(
    command: Command, written: Path, old: str, new: str, what: str, name: str
) -> None:
    path = written / "anchors.yaml"
    text = path.read_text("utf-8")
    assert len(re.findall(old, text)) == 1
    path.write_text(re.sub(old, new, text), "utf-8")
    code, told = anchored(command, written)
    assert (code, told["sound"]) == (1, False)
    assert [one["state"] for one in told["values"]] == ["found"] * 4
    assert (told["anchors"][0]["what"], told["anchors"][0]["name"]) == (what, name)
    out = command("anchor", written, written / "act.txt", "--lang", "en").out
    assert "Where the anchors do not say what the text has" in out
    assert "To be looked at: " in out
    assert anchored(command, written, "--write")[0] == 0
    assert path.read_text("utf-8") == text
    assert anchored(command, written)[1]["anchors"] == []


def test_a_digest_of_another_file_is_told(command: Command, written: Path) -> None:
    path = written / "anchors.yaml"
    path.write_text(re.sub(r"(    sha256: )[0-9a-f]{4}", r"\g<1>0000", path.read_text("utf-8"), count=1), "utf-8")
    code, told = anchored(command, written)
    assert (code, [one["what"] for one in told["anchors"]]) == (1, ["text"])
    assert "il testo non è quello ancorato" in command("anchor", written, written / "act.txt").out


CLOSING = ("changed", "closing_day 2026-04-30")
CHANGES = [
    ("Panchine: contributi", "\nPanchine: contributi", []),
    ("entro sessanta giorni.", "entro sessanta giorni liberi.", [CLOSING, ("gone", "60 days"), ("new", "60 days")]),
    ("entro sessanta giorni.", "presto.", [CLOSING, ("gone", "60 days")]),
    ("pari al 40% della", "pari a una quota del 40% della", [("changed", "grant_share 40%"), ("changed", "grant_maximum 15000.00 EUR")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "changes"), CHANGES)
def test_another_text_is_told_with_the_passages_that_changed(
    command: Command, written: Path, old: str, new: str, changes: list[tuple[str, str]]
) -> None:
    changed(written, "act.txt", old, new)
    code, told = anchored(command, written)
    assert code == 1
    assert [(one["what"], one["name"]) for one in told["anchors"]] == [("text", ""), *changes]
    page = written / "page.html"
    ran = command("anchor", written, written / "act.txt", "--lang", "en", "--html", page)
    assert "the text is not the one that was anchored" in ran.out
    assert "the text is not the one that was anchored" in page.read_text("utf-8")


def test_what_changed_is_told_once_more_when_the_anchors_are_written_anew(command: Command, written: Path) -> None:
    changed(written, "act.txt", "entro sessanta giorni.", "entro sessanta giorni liberi.")
    code, told = anchored(command, written, "--write")
    assert (code, told["sound"], {one["what"] for one in told["anchors"]}) == (
        0,
        True,
        {"text", "changed", "gone", "new"},
    )
    assert anchored(command, written)[1]["anchors"] == []


def test_a_rule_that_changed_since_is_no_fault_of_the_anchors(command: Command, written: Path) -> None:
    changed(written, "measure.yaml", "is: 40%", "is: 45%")
    code, told = anchored(command, written)
    assert code == 1
    assert [(one["name"], one["state"]) for one in told["values"] if one["state"] != "found"] == [
        ("grant_share", "missing")
    ]
    assert [one["what"] for one in told["anchors"] if one["what"] in ("text", "misplaced", "absent")] == []


def test_anchors_are_written_through_no_link(command: Command, tmp_path: Path) -> None:
    folder = laid_out(tmp_path)
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text("mine", "utf-8")
    (folder / "anchors.yaml").symlink_to(tmp_path / "nowhere.yaml")
    ran = command("anchor", folder, folder / "act.txt", "--write")
    assert ran.code == 2
    assert elsewhere.read_text("utf-8") == "mine"
    assert not (tmp_path / "nowhere.yaml").exists()
