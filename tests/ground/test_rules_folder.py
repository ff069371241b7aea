# SPDX-License-Identifier: Apache-2.0
import pytest

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
