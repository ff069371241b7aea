# SPDX-License-Identifier: Apache-2.0
"""Files that the library writes: nothing is written through a link that somebody else put where a file of ours belongs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from misure.cli import main
from misure.ground.whole_file import write_whole
from misure.reading.forms.json_schema import write_schemas
from misure.reading.packages.index import INDEX, write_index
from tests.packaging.environments import ROOT

PACKAGE = ROOT / "tests" / "packages" / "misure-prova" / "src" / "misure_prova" / "rules"
SAID = "a link stands here or on the way here"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of somebody's, beside a file of ours."""
    (tmp_path / "ours.txt").write_text("ours", "utf-8")
    (tmp_path / "theirs").mkdir()
    return tmp_path / "theirs"


def ours(folder: Path) -> dict[str, str]:
    """What stands beside the folder."""
    return {path.name: path.read_text("utf-8") for path in folder.parent.iterdir() if path.is_file()}


@pytest.mark.parametrize("name", ["ours.txt", "none.txt"], ids=["to a file", "to nothing"])
@pytest.mark.parametrize("inside", [False, True], ids=["out", "within"])
def test_what_has_its_place_in_a_folder_is_not_written_through_a_link(folder: Path, name: str, inside: bool) -> None:
    (folder / "kept.txt").write_text("theirs", "utf-8")
    (folder / INDEX).symlink_to("kept.txt" if inside else folder.parent / name)
    with pytest.raises(OSError, match=SAID) as failure:
        write_index(folder, [])
    assert failure.value.filename == str(folder / INDEX)
    assert (ours(folder), (folder / "kept.txt").read_text("utf-8")) == ({"ours.txt": "ours"}, "theirs")
    assert sorted(path.name for path in folder.iterdir()) == [INDEX, "kept.txt"]


def test_schemas_are_not_written_through_a_link_to_a_folder(folder: Path) -> None:
    (folder.parent / "schemas").mkdir()
    (folder / "schema").symlink_to(folder.parent / "schemas", target_is_directory=True)
    with pytest.raises(OSError, match=SAID):
        write_schemas(folder)
    assert list((folder.parent / "schemas").iterdir()) == []


def test_schemas_are_not_written_through_a_link_to_a_file(folder: Path) -> None:
    (folder / "schema").mkdir()
    (folder / "schema" / "measure.json").symlink_to(folder.parent / "ours.txt")
    with pytest.raises(OSError, match=SAID):
        write_schemas(folder)
    assert ours(folder) == {"ours.txt": "ours"}


def test_a_folder_that_is_named_may_itself_be_a_link(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder, target_is_directory=True)
    assert write_index(link, []) == link / INDEX
    assert (folder / INDEX).is_file()
    assert len(write_schemas(link)) == len(list((folder / "schema").iterdir())) == 5


def test_the_file_that_is_written_meanwhile_is_no_link_of_somebody(folder: Path) -> None:
    for name in (".a.part", ".a.txt.part"):
        (folder / name).symlink_to(folder.parent / "ours.txt")
    write_whole(folder / "a.txt", ["a"])
    assert (ours(folder), (folder / "a.txt").read_text("utf-8")) == ({"ours.txt": "ours"}, "a")
    assert sorted(os.listdir(folder)) == [".a.part", ".a.txt.part", "a.txt"]  # noqa: PTH208 - names alone


@pytest.mark.parametrize("name", ["ours.txt", "none.txt"], ids=["to a file", "to nothing"])
def test_the_command_says_so(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    rules = folder / "rules"
    shutil.copytree(PACKAGE, rules)
    (rules / INDEX).unlink(missing_ok=True)
    (rules / INDEX).symlink_to(folder.parent / name)
    assert main(["check", str(rules), "--write-index"]) == 2
    assert capsys.readouterr().err.startswith(f"{rules / INDEX}: {SAID}")
    assert ours(folder) == {"ours.txt": "ours"}
