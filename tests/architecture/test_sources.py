# SPDX-License-Identifier: Apache-2.0
"""What every source file must be: short, licensed, named after a concept, and without binary floats where law is."""

from __future__ import annotations

import ast
import re
import tokenize
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "misure"
FILES = sorted(
    path for folder in ("src", "tests", "benchmarks", "tools", "rules") for path in (ROOT / folder).rglob("*.py")
)
LIBRARY = [path for path in FILES if SOURCE in path.parents]
EXACT = ("ground", "facts", "rulebook", "reading", "program", "engines", "allocating", "deciding", "selecting")
"""The floors where an amount is an integer of cents or an exact fraction, and nothing else."""

HOMELESS = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "misc", "base"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def floor(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8"), filename=str(path)) for path in LIBRARY}


def test_no_file_passes_400_lines() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_no_folder_holds_over_some_twenty_files() -> None:
    folders = Counter(name(path.parent) for path in FILES)
    assert {folder: held for folder, held in folders.items() if held > 24} == {}


def test_every_file_starts_with_its_licence() -> None:
    line = "# SPDX-License-Identifier: Apache-2.0"
    assert [name(path) for path in FILES if not path.read_text("utf-8").startswith(line + "\n")] == []


def test_every_module_is_named_after_a_concept() -> None:
    parts = {name(path): {part.strip("_") for part in path.relative_to(ROOT).with_suffix("").parts} for path in FILES}
    assert {path: found & HOMELESS for path, found in parts.items() if found & HOMELESS} == {}


def test_a_module_says_what_it_is(trees: dict[Path, ast.Module]) -> None:
    assert [name(path) for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)] == []


def test_money_never_meets_a_binary_float(trees: dict[Path, ast.Module]) -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path, tree in trees.items()
        if floor(path) in EXACT
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    ]
    assert found == []


def test_a_silenced_checker_says_which_rule() -> None:
    bare = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!:))")
    found = []
    for path in FILES:
        with path.open("rb") as file:
            comments = [token for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT]
        found += [f"{name(path)}:{token.start[0]}" for token in comments if bare.search(token.string)]
    assert found == []


def test_only_the_command_line_prints(trees: dict[Path, ast.Module]) -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path, tree in trees.items()
        if floor(path) not in {"cli", "__main__.py"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []


def test_nobody_asks_the_clock(trees: dict[Path, ast.Module]) -> None:
    """A decision is always asked about a day: the library never reads what day it is."""
    clock = {"today", "now", "utcnow"}
    found = [
        f"{name(path)}:{node.lineno}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clock
    ]
    assert found == []
