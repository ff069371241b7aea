# SPDX-License-Identifier: Apache-2.0
"""What several measures share is read once for all of them, and read again when it has changed."""

from __future__ import annotations

import os
import pickle
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import misure
from misure import _catalogue
from misure.deciding import opening
from misure.reading import read_rulebook
from misure.reading.packages.shelf import Shelf
from misure.reading.packages.state import measures_in, state_of
from misure.reading.text import files
from tests.reading.conftest import SOUND

SOME = ("prova/bando", "prova/misura", "prova/progetto")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound package, in place of the bundled one, in a folder that nobody has opened."""
    shutil.copytree(SOUND, tmp_path / "rules")
    for module in (_catalogue, opening):
        monkeypatch.setattr(module, "bundled_rules", lambda: tmp_path / "rules")
    return tmp_path / "rules"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file was read, by its name in the package."""
    counted: Counter[str] = Counter()
    load = files.load_bytes

    def counting(path: Path) -> bytes:
        counted[str(path)] += 1
        return load(path)

    monkeypatch.setattr(files, "load_bytes", counting)
    return counted


def edit(path: Path, old: str, new: str) -> None:
    """Change a file so that its time of change is another one, as an editor does."""
    text = path.read_text("utf-8")
    assert old in text
    before = path.stat().st_mtime_ns
    path.write_text(text.replace(old, new, 1), "utf-8")
    os.utime(path, ns=(before + 1_000_000, before + 1_000_000))


def test_all_the_measures_of_a_catalogue_read_each_file_once(root: Path, loads: Counter[str]) -> None:
    catalogue = misure.catalogue([])
    assert not loads, "a catalogue reads nothing until it is asked"
    assert len([catalogue[name] for name in SOME]) == len(SOME)
    assert set(loads.values()) == {1}
    assert {str(root / "vocabulary" / "prova.yaml"), str(root / "prova" / "linee" / "law.yaml")} <= loads.keys()
    assert [catalogue[name] for name in SOME] == [misure.catalogue([])[name] for name in SOME]
    assert set(loads.values()) == {1}, "nor another catalogue of files that have not changed"


def test_the_bundled_vocabulary_is_read_once_for_every_package_beside_it(
    root: Path, tmp_path: Path, loads: Counter[str]
) -> None:
    text = (root / "prova" / "misura" / "measure.yaml").read_text("utf-8").replace("prova/misura", "altra/misura")
    (tmp_path / "other" / "altra" / "misura").mkdir(parents=True)
    (tmp_path / "other" / "altra" / "misura" / "measure.yaml").write_text(text, "utf-8")
    catalogue = misure.catalogue([tmp_path / "other"])
    assert catalogue["prova/misura"].title == catalogue["altra/misura"].title
    assert set(loads.values()) == {1}


def test_what_is_taken_from_a_shelf_is_what_would_be_read(root: Path) -> None:
    shelf = Shelf.at([root])
    assert [read_rulebook(root, name, shelf=shelf) for name in SOME] == [read_rulebook(root, name) for name in SOME]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("vocabulary/prova.yaml", "{one: firm, many: firms}", "{one: company, many: companies}"),
        ("prova/misura/measure.yaml", "title: ", "title: Altra "),
        ("tables/ateco-2007-sections.csv", "\n", "\n# again\n"),
        ("prova/linee/law.yaml", "title: ", "title: Altra "),
    ],
)
def test_a_file_that_changed_between_two_catalogues_is_read_again(root: Path, file: str, old: str, new: str) -> None:
    names = ("prova/misura", "prova/bando")
    before = misure.catalogue([])
    hashes = [before[name].rulebook.rules_hash for name in names]
    edit(root / file, old, new)
    after = misure.catalogue([])
    assert [after[name].rulebook.rules_hash for name in names] != hashes
    assert [before[name].rulebook.rules_hash for name in names] == hashes, "a catalogue that was opened never changes"


def test_a_measure_in_use_outlives_an_edit_of_its_files(root: Path) -> None:
    measure = misure.catalogue([])["prova/misura"]
    data = pickle.dumps(measure)
    edit(root / "prova" / "misura" / "measure.yaml", "title: ", "title: Altra ")
    other = misure.catalogue([])["prova/misura"]
    assert other != measure
    assert pickle.loads(data) == measure  # noqa: S301 - our own bytes
    assert pickle.loads(pickle.dumps(other)) == other  # noqa: S301 - the same


def test_a_fault_is_told_of_each_measure_and_mended_by_an_edit(root: Path) -> None:
    edit(root / "vocabulary" / "prova.yaml", "facts:", "fatcs:")
    broken = misure.catalogue([])
    for name in SOME:
        with pytest.raises(misure.BadRules, match=r"vocabulary/prova\.yaml:\d+:1: .*fatcs"):
            broken[name]
    edit(root / "vocabulary" / "prova.yaml", "fatcs:", "facts:")
    assert all(misure.catalogue([])[name] for name in SOME)


def test_a_measure_that_comes_or_goes_is_seen(root: Path) -> None:
    assert "prova/misura" in misure.catalogue([])
    (root / "prova" / "misura").rename(root / "prova" / "altra")
    assert {"prova/misura", "prova/altra"} & set(misure.catalogue([])) == {"prova/altra"}


def test_many_threads_get_one_measure(root: Path) -> None:
    catalogue = misure.catalogue([])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: catalogue["prova/misura"], range(16)))
    assert len({id(measure) for measure in found}) == 1


def test_the_state_is_of_rule_files_alone(root: Path) -> None:
    names = [path for path, _, _ in state_of(root)]
    assert names == sorted([
        "tables/ateco-2007-sections.csv", "vocabulary/prova.yaml", "prova/linee/law.yaml", "prova/usual-requirements.csv",
        *(f"{name}/measure.yaml" for name in SOME),
    ])  # fmt: skip
    assert measures_in(state_of(root)) == [*SOME]
    assert measures_in(state_of(root / "prova" / "misura")) == ["."]
    assert state_of(root / "nowhere") == ()
