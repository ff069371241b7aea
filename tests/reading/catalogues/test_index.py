# SPDX-License-Identifier: Apache-2.0
"""The index of a rule package: what `check` finds wrong in it, and that a list is right whatever it says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import misure
from misure.ground.rules_folder import bundled_rules
from misure.reading import check_package, measures_of
from misure.reading.packages.index import INDEX, short_titles_of, titles_of
from misure.testing import rule_check
from misure.testing.rule_check import write_indexes
from tests.reading.conftest import SOUND

AGAIN = "'misure check --write-index' writes it anew"
MISURA = "prova/misura"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound package with its index; it has a vocabulary of its own and needs no bundled one."""
    shutil.copytree(SOUND, tmp_path / "rules")
    monkeypatch.setattr(rule_check, "bundled_rules", lambda: tmp_path / "rules")
    assert list(write_indexes([tmp_path / "rules"])) == [tmp_path / "rules" / INDEX]
    return tmp_path / "rules"


def faults(root: Path) -> list[str]:
    return [str(fault).removeprefix(f"{root}/") for fault in check_package(root)]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def titles(root: Path) -> dict[str, str]:
    return titles_of(root, measures_of(root))


def test_the_bundled_rules_have_one_that_names_them_all() -> None:
    index = json.loads((bundled_rules() / INDEX).read_text("utf-8"))
    bundled = [measure for name, measure in misure.catalogue([]).items()]
    assert {name: (told["title"], told["short_title"], told["rules"]) for name, told in index["measures"].items()} == {
        measure.id: (measure.title, measure.rulebook.short_title, measure.rulebook.rules_hash) for measure in bundled
    }


def test_a_catalogue_tells_short_titles_before_and_after_its_measures_are_opened() -> None:
    known = misure.catalogue([])
    before = dict(known.short_titles())
    opened = {name: measure.rulebook.short_title for name, measure in known.items()}
    assert before == opened == dict(known.short_titles(language="it"))
    assert all(0 < len(short) <= 50 for short in before.values())
    assert known.short_titles(language="en")["lombardia/tecnologie-strategiche-step"] == "Strategic Technologies (STEP)"
    with pytest.raises(ValueError, match="the language 'de' is not offered"):
        known.short_titles(language="de")


def test_one_that_was_just_written_is_right(root: Path) -> None:
    assert faults(root) == []
    before = (root / INDEX).read_bytes()
    assert list(write_indexes([root])) == [root / INDEX]
    assert (root / INDEX).read_bytes() == before


def test_a_package_needs_none(root: Path) -> None:
    (root / INDEX).unlink()
    assert faults(root) == []
    assert all(titles(root).values())


def test_what_is_old_is_told_at_its_place(root: Path) -> None:
    replace(root / MISURA / "measure.yaml", "title: ", "title: Altra ")
    line = (root / INDEX).read_text("utf-8").splitlines().index(f'    "{MISURA}": {{') + 1
    assert faults(root) == [
        f"index.json:{line + 1}:16: {MISURA}: the index is of another title than stands here; {AGAIN}"
    ]


def test_rules_that_changed_elsewhere_are_seen_by_their_hash(root: Path) -> None:
    replace(root / "vocabulary" / "prova.yaml", "format: 1", "# a word\nformat: 1")
    found = faults(root)
    assert len(found) == 3
    assert all("the index is of other rules than stands here" in fault for fault in found)
    assert all(fault.startswith("index.json:") for fault in found)


def test_a_comment_in_a_measure_is_another_file(root: Path) -> None:
    path = root / MISURA / "measure.yaml"
    path.write_text(path.read_text("utf-8") + "# a word\n", "utf-8")
    (fault,) = faults(root)
    assert "the index is of another file than stands here" in fault


def test_a_measure_too_many_and_one_too_few(root: Path) -> None:
    replace(root / INDEX, f'"{MISURA}"', '"prova/nessuna"')
    assert [fault.partition(": ")[2] for fault in faults(root)] == [
        f"{MISURA}: the index does not name this measure; {AGAIN}",
        f"prova/nessuna: the index names a measure that is not there; {AGAIN}",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", f"index.json:1:1: the file is empty; {AGAIN}"),
        ("{", AGAIN),
        ("[]", f"index.json:1:1: this is no index of format 1; {AGAIN}"),
        ('{"format": 2, "measures": {}}', f"index.json:1:1: this is no index of format 1; {AGAIN}"),
        ('{"format": true, "measures": {}}', f"index.json:1:1: this is no index of format 1; {AGAIN}"),
        ('{"format": 1, "measures": []}', f"index.json:1:1: this is no index of format 1; {AGAIN}"),
        (
            '{"format": 1, "measures": {"prova/misura": "x"}}',
            "the index tells of a measure its title, short_title, file, rules",
        ),
        (
            '{"format": 1, "measures": {"prova/misura": {"title": ["x"], "short_title": "", "file": "y", "rules": "z"}}}',
            "another title",
        ),
        (
            '{"format": 1, "measures": {"prova/misura": {"title": "x"}}}',
            "1:28: prova/misura: the index tells",
        ),
    ],
    ids=range(9),
)
def test_one_that_is_broken_is_a_fault_and_no_wrong_title(root: Path, text: str, fault: str) -> None:
    right = titles(root)
    (root / INDEX).write_text(text, "utf-8")
    assert any(fault in found for found in faults(root))
    assert titles(root) == right
    assert list(write_indexes([root])) == [root / INDEX]
    assert faults(root) == []


@pytest.mark.parametrize("change", [b"\xff\xfe", b"[" * 100_000, b'{"format": 1, "measures": null}'], ids=range(3))
def test_bytes_that_are_nothing_leave_a_list_right(root: Path, change: bytes) -> None:
    right = titles(root)
    (root / INDEX).write_bytes(change)
    assert titles(root) == right
    assert faults(root)


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to nothing"])
def test_what_is_no_file_is_told_and_leaves_a_list_right(root: Path, kind: str) -> None:
    right = titles(root)
    (root / INDEX).unlink()
    {"folder": Path.mkdir, "pipe": os.mkfifo, "link to nothing": lambda path: path.symlink_to(root / "none")}[kind](
        root / INDEX
    )
    assert faults(root) == [f"index.json: the index is a file, and this is none: take it away; {AGAIN}"]
    assert titles(root) == right
    with pytest.raises(OSError, match=r"a link stands here|it is a pipe|Is a directory"):
        list(write_indexes([root]))


def test_an_old_title_is_never_told(root: Path) -> None:
    right = titles(root)[MISURA]
    replace(root / MISURA / "measure.yaml", "title: ", "title: Altra ")
    assert titles(root)[MISURA] == f"Altra {right}"


def test_no_control_character_comes_from_an_index(root: Path) -> None:
    right = titles(root)
    for name, title in right.items():
        index = json.loads((root / INDEX).read_text("utf-8"))
        index["measures"][name]["title"] = f"\x1b[31m{title}"
        (root / INDEX).write_text(json.dumps(index), "utf-8")
    assert titles(root) == right


def test_of_rules_with_a_fault_none_is_written(root: Path) -> None:
    before = (root / INDEX).read_bytes()
    replace(root / MISURA / "measure.yaml", "title: ", "titel: ")
    assert list(write_indexes([root])) == []
    assert (root / INDEX).read_bytes() == before


def test_a_list_opens_no_measure_and_loads_no_yaml() -> None:
    code = "import sys; from misure.cli import main; main(['list']); print({'yaml', 'pydantic'} & set(sys.modules))"
    source = str(Path(misure.__file__).parents[1])
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": source, "MISURE_NO_PLUGINS": "1"},
    )  # fmt: skip
    assert run.stdout.splitlines()[-1] == "set()"


def test_a_short_title_is_told_from_the_index_and_from_the_file(root: Path) -> None:
    assert short_titles_of(root, [MISURA])[MISURA] == titles(root)[MISURA]
    replace(root / MISURA / "measure.yaml", "title: ", "short_title: Breve\ntitle: ")
    assert short_titles_of(root, [MISURA]) == {MISURA: "Breve"}
    assert list(write_indexes([root])) == [root / INDEX]
    assert json.loads((root / INDEX).read_text("utf-8"))["measures"][MISURA]["short_title"] == "Breve"
    assert short_titles_of(root, [MISURA]) == {MISURA: "Breve"}
    replace(root / MISURA / "measure.yaml", "short_title: Breve\n", "short_title: Altra\n")
    assert short_titles_of(root, [MISURA]) == {MISURA: "Altra"}


@pytest.mark.parametrize(
    ("short", "fault"),
    [
        (
            "Un titolo che per essere breve ha davvero troppe parole",
            "it has 55 characters: a short title has at most 50, for lists and narrow screens",
        ),
        ("x" * 49, "it is no shorter than the title: leave it out, and the title stands in its place"),
        ("''", "this is empty"),
    ],
    ids=["long", "no-shorter", "empty"],
)
def test_a_short_title_that_is_none_is_told(root: Path, short: str, fault: str) -> None:
    replace(root / MISURA / "measure.yaml", "title: ", f"short_title: {short}\ntitle: ")
    assert any(fault in found for found in faults(root))
