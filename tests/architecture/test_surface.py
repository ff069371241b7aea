# SPDX-License-Identifier: Apache-2.0
"""The public surface is closed, told in a file, and has no machinery on it.

After a change that is meant, write it again and read the difference as whoever builds on the library would:

    MISURE_WRITE_EXPLANATIONS=1 pytest tests/architecture/test_surface.py
    git diff tests/architecture/surface.txt
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import typing
from collections import defaultdict
from pathlib import Path
from pkgutil import iter_modules, walk_packages

import pytest

import misure
from misure import _doors
from misure.deciding.compiled import Compiled
from misure.deciding.explaining import Explaining
from misure.deciding.machinery import compiled
from misure.selecting.workings import Workings
from tests.architecture.surface import PACKAGES, _is_alias, entries, hinted, members, named, reached, told
from tests.explanations.golden import reads_as_written

INSIDE = {"Node", "Pair", "Layout", "TableLayout", "Column", "Dossier", "Judgement"}
INSIDE_ALIASES = {"Ends", "MayBeUnknown", "Path", "Records", "Said", "Sort", "Told"}
"""Who writes an engine is handed a program, which is the inside of the library: `docs/how-to/add-an-engine.md`."""
AN_ENGINE = "misure.testing"
SOURCE = Path(__file__).parents[2] / "src" / "misure"


def test_every_class_that_is_given_or_taken_is_exported() -> None:
    public = {what for _, what in entries() if inspect.isclass(what)}
    found = reached(set(PACKAGES) - {AN_ENGINE})
    assert len(found) > 190
    assert {f"{cls.__module__}.{cls.__name__}": why for cls, why in found.items() if cls not in public} == {}
    assert {cls.__name__ for cls in reached() if cls not in public} == INSIDE


def test_every_alias_in_a_public_signature_is_exported_under_its_name() -> None:
    public = defaultdict(list)
    for name, what in entries():
        public[name.rpartition(".")[2]].append(what)
    _, found = named(set(PACKAGES) - {AN_ENGINE})
    assert len(found) > 35
    assert {word: where for (word, _), (alias, where) in found.items() if alias not in public[word]} == {}
    _, everywhere = named()
    assert {word for (word, _), (alias, _) in everywhere.items() if alias not in public[word]} == INSIDE_ALIASES


def test_functions_unions_aliases_and_constructors_are_walked() -> None:
    classes, aliases = named()
    names = {cls.__name__ for cls in classes}
    assert names >= {
        "NoCap",
        "Compare",
        "WorkedCase",
        "ToldApplication",
    }  # of a function, a union, a function, a field of such
    assert {word for word, _ in aliases} >= {"Money", "Expr", "AnyAddress", "Withdrawals", "YearEnd"}
    assert "Workings" not in names


def test_every_annotation_of_the_surface_is_read_when_the_program_runs() -> None:
    read = 0
    for _, what in entries():
        for where, one in hinted(what):
            assert typing.get_type_hints(one) is not None, where
            read += 1
    assert read > 1000
    assert typing.get_type_hints(misure.Measure.select)["return"] is misure.Selection
    assert typing.get_type_hints(misure.Finding.__init__)["decision"] is misure.Decision


def test_the_types_behind_the_doors_are_those_that_type_checkers_are_told() -> None:
    tree = ast.parse(Path(str(_doors.__file__)).read_text("utf-8"))
    told_to_checkers = {
        alias.asname: node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names if alias.asname
    }  # fmt: skip
    assert told_to_checkers == _doors.TYPES
    assert all(getattr(_doors, name) is not None for name in _doors.TYPES)
    assert not hasattr(_doors, "Nothing")


def test_whatever_is_public_says_what_it_is() -> None:
    silent = set()
    for name, what in entries():
        for where, one in hinted(what):
            operator = where.rpartition(".")[2].startswith("__")
            said = vars(one).get("__doc__") if inspect.isclass(one) else operator or inspect.getdoc(one)
            # A dataclass without words of its own has its signature for them.
            if not said or str(said).startswith(f"{where}("):
                silent.add(f"{name}: {where}")
    assert silent == set()


def test_every_alias_says_in_its_module_what_it_is() -> None:
    aliases = {
        name.rpartition(".")[2]
        for name, what in entries()
        if _is_alias(name.rpartition(".")[2], what) and not isinstance(what, str)
    }
    told_below: dict[str, bool] = {}
    for path in SOURCE.rglob("*.py"):
        body = ast.parse(path.read_text("utf-8")).body
        for node, after in zip(body, [*body[1:], None], strict=True):
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            if isinstance(target, ast.Name) and target.id in aliases:
                said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                told_below[target.id] = told_below.get(target.id, False) or said
    assert len(told_below) > 35
    assert {name for name, said in told_below.items() if not said} == set()


def test_every_line_of_the_surface_says_what_it_is() -> None:
    assert [line for line in told() if not re.search(r"[:(=]", line)] == []


def test_the_surface_is_the_one_that_is_told() -> None:
    reads_as_written("\n".join(told()) + "\n", Path(__file__).with_name("surface.txt"))


def test_machinery_stands_behind_one_door() -> None:
    measure = misure.catalogue()["lombardia/filiere"]
    decision = measure.decide({}, on=misure.terms.fixed_date("2022-06-01").day)
    selection = measure.select([], on=decision.on)
    behind = [compiled(measure), compiled(decision), compiled(selection)]
    assert list(map(type, behind)) == [Compiled, Explaining, Workings]
    for public in (measure, decision, selection):
        given = [
            getattr(public, name)
            for name in members(type(public))
            if isinstance(inspect.getattr_static(type(public), name, None), property)
        ]
        assert given
        assert not [one for one in given if isinstance(one, Compiled | Explaining | Workings)]
    assert len([name for name in members(misure.Measure) if not name.startswith("_")]) <= 15


def test_no_name_of_a_package_is_the_name_of_one_of_its_modules() -> None:
    """Whichever is loaded last would take the other's place: `from misure.deminimis import headroom` must give one thing."""
    packages = [
        misure,
        *(importlib.import_module(one.name) for one in walk_packages(misure.__path__, "misure.") if one.ispkg),
    ]
    assert len(packages) > 40
    taken = set()
    for package in packages:
        for module in iter_modules(package.__path__):
            name, whole = module.name, f"{package.__name__}.{module.name}"
            if name in getattr(package, "__all__", ()) or name in vars(package):
                taken |= {whole} if getattr(package, name) is not importlib.import_module(whole) else set()
    assert taken == set()


@pytest.mark.parametrize(("package", "wrong", "right"), [
    ("misure", "Measur", "Measure"), ("misure", "catalog", "catalogue"), ("misure.results", "Amounts", "Amount"),
    ("misure.rulebook", "Citations", "Citation"), ("misure.facts", "Facts", "Fact"),
])  # fmt: skip
def test_a_wrong_name_is_told_with_the_nearest(package: str, wrong: str, right: str) -> None:
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute '{wrong}'; did you mean '{right}'"):
        getattr(importlib.import_module(package), wrong)
