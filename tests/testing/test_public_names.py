# SPDX-License-Identifier: Apache-2.0
"""The public names: each stands where its table says, is typed, told in the reference, and shown there by an example that runs."""

from __future__ import annotations

import ast
import doctest
import inspect
import os
import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import settings

from misure import testing

ROOT = Path(__file__).parents[2]
ALIASES = {"Asked", "Facts", "Library", "Plain"}
PAGE = ROOT / "docs" / "reference" / "testing.md"


def homes_for_type_checkers() -> dict[str, str]:
    """What is imported under `TYPE_CHECKING`: each name with its module below `misure.testing`."""
    tree = ast.parse(Path(str(testing.__file__)).read_text("utf-8"))
    [block] = [node for node in tree.body if isinstance(node, ast.If)]
    return {
        alias.name: str(node.module).removeprefix("misure.testing.")
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_the_table_of_homes_is_what_type_checkers_read() -> None:
    assert homes_for_type_checkers() == testing._HOMES
    assert sorted(testing.__all__) == sorted(testing._HOMES)


@pytest.mark.parametrize("name", testing.__all__)
def test_each_name_is_of_its_home_and_says_what_it_is(name: str) -> None:
    home = testing._HOMES[name]
    module = import_module(home if home.startswith("misure.") else f"misure.testing.{home}")
    found = getattr(testing, name)
    assert found is getattr(module, name)
    # Of an alias the words stand below it in its module: `tests/architecture/test_surface.py` looks for them.
    assert inspect.getdoc(found) or name in ALIASES
    # A module of the same name beside it would take its place once it is imported.
    assert not (Path(str(testing.__file__)).parent / f"{name}.py").exists()


def test_a_wrong_name_is_told_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match="did you mean 'facts_with'"):
        _ = testing.fact_with


def test_the_reference_names_all_and_shows_each() -> None:
    text = PAGE.read_text("utf-8")
    shown = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
    engines = (ROOT / "docs" / "how-to" / "add-an-engine.md").read_text("utf-8")
    functions = [name for name in testing.__all__ if not name[0].isupper()]
    assert [name for name in functions if f"testing.{name}(" not in shown and f">>> {name}(" not in engines] == [
        "conformance_checks"  # the same page shows it within an expression
    ]
    assert [name for name in testing.__all__ if not re.search(rf"`{name}\b", text)] == []


def test_the_examples_of_the_reference() -> None:
    try:
        found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8", optionflags=doctest.ELLIPSIS)
    finally:
        settings.load_profile("ci" if os.environ.get("CI") else "workshop")
    assert found.attempted > 35
    assert found.failed == 0
