# SPDX-License-Identifier: Apache-2.0
"""Old dotted paths, and pickles that name them: the error says what to write or do."""

from __future__ import annotations

import importlib
import pickle
import pydoc
import re
import subprocess
import sys

import pytest

import misure
from misure._lazy import RENAMED
from tests.packaging.environments import ROOT


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("misure.telling.page", None),
        ("misure.program.stretch", None),
        ("misure.deminmis", "misure.deminimis"),
        ("misure.identifier", "misure.identifiers"),
        ("misure.register.measure_record", "misure.register"),
        ("misure.deminimis.surveying.gone.further", "misure.deminimis"),
        ("misure.deciding.no_such_room.at_all", None),
    ],
)
def test_a_module_that_is_gone_says_what_is_public(name, nearest):
    with pytest.raises(ModuleNotFoundError) as failure:
        importlib.import_module(name)
    said = str(failure.value)
    assert said.startswith("No module named 'misure.")
    assert "Public names are exported by misure, misure.batch, misure.deminimis," in said
    assert ("did you mean" in said) == (nearest is not None)
    assert nearest is None or f"did you mean {nearest!r}?" in said
    assert failure.value.name in (name, "misure.deciding.no_such_room", "misure.deminimis.surveying.gone")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("misure.deminimis.headroom", "from misure.deminimis import headroom"),
        ("misure.terms.deadlines", "from misure.terms import deadlines"),
        ("misure.undertakings.components", "from misure.undertakings import components"),
        ("misure.Decision", "from misure import Decision"),
    ],
)
def test_a_public_name_that_is_imported_as_a_module_says_how_to_import_it(name, write):
    with pytest.raises(ModuleNotFoundError, match=re.escape(f"No module named {name!r}; write {write!r}. Public")):
        importlib.import_module(name)
    assert pydoc.locate(name) is not None


@pytest.mark.parametrize("name", RENAMED)
def test_a_public_name_of_an_earlier_version_is_told_with_the_new_one(name):
    package, _, old = name.rpartition(".")
    module, new = importlib.import_module(package), RENAMED[name]
    assert new in module.__all__
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute '{old}'; it is called '{new}' now$"):
        getattr(module, old)


def test_an_old_pickle_says_that_it_must_be_made_again():
    old = b"cmisure.stretching.stretch\nStretch\n."
    with pytest.raises(ModuleNotFoundError, match="another version wrote the pickle: make it again"):
        pickle.loads(old)  # noqa: S301 - our own bytes


def test_other_libraries_are_not_spoken_of():
    with pytest.raises(ModuleNotFoundError) as failure:
        importlib.import_module("misurex.batch")
    assert str(failure.value) == "No module named 'misurex'"


def test_tools_that_ask_for_names_as_if_they_were_modules_find_them():
    assert pydoc.locate("misure.Decision") is misure.Decision
    assert pydoc.locate("misure.deminimis.Headroom") is misure.deminimis.Headroom
    assert pydoc.locate("misure.NothingOfTheKind") is None


def test_importing_again_does_not_stand_twice_among_the_finders():
    code = (
        "import sys, importlib, misure; importlib.reload(misure); "
        "print([type(one).__name__ for one in sys.meta_path].count('Gone'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_who_asks_every_finder_about_a_module_that_is_there_is_told_nothing():
    package = misure.deminimis.__path__
    for finder in sys.meta_path:
        if type(finder).__name__ == "Gone":
            assert finder.find_spec("misure.deminimis.remaining", package) is None
            assert finder.find_spec("misure.deminimis.gone", ["/somewhere/else"]) is None
            with pytest.raises(ModuleNotFoundError):
                finder.find_spec("misure.deminimis.gone", package)


PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])


def test_pages_name_nothing_that_is_gone():
    """Of `misure.rules` too they speak: the group of entry points under which packages of rules are found."""
    name = re.compile(r"(?<![\w/.])misure(?:\.[A-Za-z_]\w*)+")
    told = {found for page in PAGES for found in name.findall(page.read_text("utf-8"))}
    assert len(told) > 30
    assert {one for one in told if pydoc.locate(one) is None} == {"misure.rules"}


def test_doctests_of_the_library_are_collected():
    options = ["-q", "-p", "no:cacheprovider", "-n", "0", "--no-header", "src/misure/_reopen.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("package", "wrong", "right"),
    [
        ("misure", "Decison", "Decision"),
        ("misure.deminimis", "Headrom", "Headroom"),
        ("misure.batch", "decid", "decide"),
        ("misure.identifiers", "codice_fiscal", "codice_fiscale"),
        ("misure.testing", "partial_fact", "partial_facts"),
        ("misure.register", "read_ledgr", "read_ledger"),
        ("misure.results", "Tensio", "Tension"),
        ("misure.terms", "deadlin", "deadline"),
    ],
)
def test_a_wrong_name_of_a_public_package_is_told_the_nearest(package, wrong, right):
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute '{wrong}'; did you mean '{right}'?"):
        getattr(importlib.import_module(package), wrong)
