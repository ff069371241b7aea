# SPDX-License-Identifier: Apache-2.0
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
    with pytest.raises(FileNotFoundError, match="the rules of misure are not installed; looked in"):
        _find(package)


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
