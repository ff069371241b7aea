# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import pickle
from pathlib import Path

import pytest

import misure
from misure.cli import main
from misure.ground import rules_folder
from misure.ground.rules_folder import _find, bundled_rules


def test_the_rules_are_found():
    assert (bundled_rules() / "vocabulary").is_dir()


def test_a_wheel_carries_them_inside_the_package(tmp_path):
    package = tmp_path / "site-packages" / "misure"
    (package / "_rules" / "vocabulary").mkdir(parents=True)
    (tmp_path / "rules" / "vocabulary").mkdir(parents=True)
    assert _find(package) == package / "_rules"


def test_a_checkout_has_them_beside_src(tmp_path):
    package = tmp_path / "src" / "misure"
    package.mkdir(parents=True)
    (tmp_path / "rules" / "vocabulary").mkdir(parents=True)
    assert _find(package) == tmp_path / "rules"


def test_another_folder_called_rules_is_not_taken_for_them(tmp_path):
    package = tmp_path / "src" / "misure"
    package.mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    with pytest.raises(
        FileNotFoundError, match=r"the rules of misure are not installed; looked in .*: install misure again$"
    ):
        _find(package)


def test_rules_in_an_archive_are_to_be_unpacked(tmp_path):
    (tmp_path / "m.zip").write_bytes(b"")
    with pytest.raises(
        FileNotFoundError, match=r"misure is in the archive .*/m\.zip, .*: unpack the archive, or install misure$"
    ):
        _find(tmp_path / "m.zip" / "misure")


def test_a_pickle_where_the_rules_are_lost_says_so(monkeypatch):
    measure = misure.catalogue()["lombardia/filiere"]
    data = [pickle.dumps(one) for one in (measure, misure.catalogue([]), measure.decide({}, on=dt.date(2022, 6, 1)))]

    def lost():
        return _find(Path("/nowhere/misure"))

    monkeypatch.setattr(rules_folder, "bundled_rules", lost)
    for one in data:
        with pytest.raises(
            misure.BadPickle, match=r"^the rules of misure are not installed; .*: install misure again$"
        ):
            pickle.loads(one)  # noqa: S301 - our own bytes


@pytest.fixture
def disk(tmp_path, monkeypatch):
    """More folders than are looked into, rules among them."""
    monkeypatch.setattr(rules_folder, "MOST_FOLDERS", 99)
    for name in ("a", *map(str, range(100))):
        (tmp_path / name).mkdir()
    (tmp_path / "a" / "measure.yaml").write_text("format: 1\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command", ["check {}", "cases {}", "show {}", "decide {} - --on 2022-06-01", "select {} {} --on 2022-06-01"]
)
def test_a_whole_disk_is_not_looked_through(command, disk, capsys):
    assert main(command.format(disk, disk).split()) == 2
    assert f"{disk}: more than 99 folders lie below: name the folder of the rules" in capsys.readouterr().err


def test_nor_is_it_a_package(disk):
    with pytest.raises(misure.BadRules, match="more than 99 folders lie below"):
        misure.catalogue([disk])
