# SPDX-License-Identifier: Apache-2.0
"""Old dotted paths, and pickles that name them: the error says what to write or do."""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
import inspect
import pickle
import pydoc
import re
import subprocess
import sys
from pathlib import Path

import pytest

import misure
from misure._lazy import BEHIND, RENAMED
from misure.deciding.machinery import compiled
from tests.architecture.surface import members
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


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        ("from misure import Measur", "cannot import name 'Measur' from 'misure'; did you mean 'Measure'?"),
        (
            "from misure.results import Amounts",
            "cannot import name 'Amounts' from 'misure.results'; did you mean 'Amount'?",
        ),
        ("from misure.batch import decid", "cannot import name 'decid' from 'misure.batch'; did you mean 'decide'?"),
        (
            "from misure.register import Reading",
            "cannot import name 'Reading' from 'misure.register'; it is called 'AidReader' now",
        ),
    ],
)
def test_a_name_that_is_taken_from_a_package_is_told_as_one_that_is_asked_for(taken, told):
    with pytest.raises(ImportError) as failure:
        exec(taken)  # noqa: S102 - the lines above
    assert str(failure.value) == told


def test_a_name_that_is_like_no_other_is_told_by_python():
    with pytest.raises(ImportError, match=r"cannot import name 'Zzz' from 'misure' \("):
        exec("from misure import Zzz")  # noqa: S102 - as it stands here


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        (
            "misure.deciding.select",
            "'select' is exported by misure.batch, Measure.select is a method of misure.Measure. Public",
        ),
        (
            "misure.deciding.standing",
            "'Standing' is exported by misure and misure.results. Public",
        ),
        ("misure.telling.page", "'Page' is exported by misure.results. Public names"),
        ("misure.deciding.single_undertaking", "'SingleUndertaking' is exported by misure.undertakings"),
    ],
)
def test_a_module_that_is_gone_says_who_exports_what_it_was_called_after(gone, told):
    with pytest.raises(ModuleNotFoundError, match=f"^No module named '{gone}'; .*{re.escape(told)}"):
        importlib.import_module(gone)


MEASURE = misure.catalogue()["lombardia/export-su-misura"]
DAY = dt.date(2026, 3, 18)
MADE = {"Measure": MEASURE, "Decision": MEASURE.decide({}, on=DAY), "Selection": MEASURE.select([], on=DAY)}


@pytest.mark.parametrize(("cls", "old"), [(cls, old) for cls, members in BEHIND.items() for old in members])
def test_a_member_that_is_machinery_now_says_where_it_stands(cls, old):
    value, now = MADE[cls], BEHIND[cls][old]
    with pytest.raises(
        AttributeError, match=f"^'{cls}' has no '{old}' any more: .*machinery import compiled', as compiled"
    ):
        getattr(value, old)
    assert not now or hasattr(compiled(value), now)
    with pytest.raises(AttributeError, match=f"'{cls}' object has no attribute 'nothing'$"):
        _ = value.nothing


def test_a_property_that_fails_inside_keeps_its_own_error(monkeypatch):
    monkeypatch.setattr(misure.Measure, "title", property(lambda self: self.rulebook.no_such_field))
    with pytest.raises(AttributeError, match="'Rulebook' object has no attribute 'no_such_field'"):
        _ = MEASURE.title


OLD_SURFACE = Path(__file__).with_name("names_of_earlier_versions.txt").read_text("utf-8").split()


def test_every_public_name_of_earlier_versions_is_there_or_says_what_it_is_called_now():
    """So are the public members of the classes that all begin with: `Measure`, `Decision`, `Selection`."""
    assert len(OLD_SURFACE) > 300
    lost = []
    for name in OLD_SURFACE:
        package, _, own = name.rpartition(".")
        if own in BEHIND.get(package.removeprefix("misure."), ()):
            continue
        home = pydoc.locate(package)
        if own not in (members(home) if inspect.isclass(home) else dir(home)) and name not in RENAMED:
            lost.append(name)
    assert lost == []


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
            assert finder.find_spec("misure.deminimis.gone", package) is None


@pytest.mark.parametrize("name", ["misure.gone", "misure.deminimis.gone", "misure.deminimis.headroom"])
def test_who_asks_whether_a_module_is_there_is_told_that_it_is_not(name):
    assert importlib.util.find_spec(name) is None
    with pytest.raises(ModuleNotFoundError, match="Public names are exported by misure, "):
        importlib.import_module(name)
    with pytest.raises(ModuleNotFoundError, match="Public names are exported by misure, "):
        exec(f"import {name}", {})  # noqa: S102 - our own text


def test_a_module_that_is_run_and_is_not_there_is_told_as_python_tells_it():
    done = subprocess.run([sys.executable, "-m", "misure.gone"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()) == (1, [f"{sys.executable}: No module named misure.gone"])


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
