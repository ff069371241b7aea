# SPDX-License-Identifier: Apache-2.0
"""Catalogues of rules that were changed since, or that are no longer here."""

from __future__ import annotations

import copy
import datetime as dt
import gc
import pickle
import shutil
from pathlib import Path

import pytest

import misure
from misure import _catalogue
from misure.deciding import opening
from misure.ground.errors import BadRules

FILIERE = "lombardia/filiere"
PACKAGE = Path(__file__).parents[2] / "packages" / "misure-prova" / "src" / "misure_prova" / "rules"
PROVA, OTHER = "prova/filiere-2022", "prova/servizi"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed beside the library stays out: it would take the place of what is gone."""
    monkeypatch.setenv("MISURE_NO_PLUGINS", "1")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A rule package in a folder that may be changed."""
    shutil.copytree(PACKAGE, tmp_path / "rules")
    return tmp_path / "rules"


def test_another_catalogue_of_files_that_were_changed_is_not_equal(copied: Path) -> None:
    before = misure.catalogue([copied])
    opened, titles = before[PROVA], dict(before.titles)
    path = copied / PROVA / "measure.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: Altra ", 1), "utf-8")
    after = misure.catalogue([copied])
    assert before != after
    assert after[PROVA] != opened
    assert before[PROVA] is opened
    assert (before.titles, before.titles[PROVA]) == (titles, opened.title)
    assert after.titles[PROVA] == after[PROVA].title != opened.title
    # What was made of the same files is equal, whether anything of it was asked or not.
    assert after == misure.Catalogue(after.roots)
    assert copy.deepcopy(before) == before


@pytest.mark.parametrize("left", ["an empty folder", "nothing"])
def test_a_pickled_catalogue_whose_package_is_not_here_is_refused(copied: Path, left: str) -> None:
    known = misure.catalogue([copied])
    data = [pickle.dumps(one) for one in (known, known[PROVA].decide({}, on=dt.date(2026, 3, 1)))]
    del known
    opening._package.cache_clear()
    _catalogue._catalogue.cache_clear()
    gc.collect()  # what is in use somewhere is found again whatever happens to its files
    shutil.rmtree(copied)
    if left == "an empty folder":
        copied.mkdir()
    not_here = "the rules with which this was pickled are not here: install their package"
    for one, ids in zip(data, ([PROVA, OTHER], [PROVA]), strict=True):
        with pytest.raises(BadRules) as caught:
            pickle.loads(one)  # noqa: S301 - our own bytes
        assert [str(fault) for fault in caught.value.faults] == [f"{copied}: {name}: {not_here}" for name in ids]


def test_a_bundled_measure_of_another_version_is_told_as_such() -> None:
    with pytest.raises(BadRules, match="lombardia/nessuna: this version of misure has no such measure"):
        misure._reopen.reopen_measure("misure:rules", "lombardia/nessuna", "0", {})
    with pytest.raises(BadRules, match="lombardia/nessuna: this version of misure has no such measure"):
        misure._reopen.reopen_catalogue({FILIERE: "misure:rules", "lombardia/nessuna": "misure:rules"})
