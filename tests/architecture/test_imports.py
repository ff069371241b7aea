# SPDX-License-Identifier: Apache-2.0
"""Imports go down only, and `import misure` costs almost nothing."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "misure"

HEAVY = {
    "babel", "dateutil", "duckdb", "holidays", "hypothesis", "importlib.metadata", "narwhals", "numpy", "pandas",
    "polars", "pyarrow", "pydantic", "pydantic_core", "pytest", "pyspark", "yaml", "z3",
}  # fmt: skip
"""What no one pays for who has only imported the library."""


def loaded(code: str) -> set[str]:
    """The modules that are loaded by `code` in a fresh interpreter, beyond those of a bare one."""
    script = f"import sys; before = set(sys.modules)\n{code}\nimport json; print(json.dumps(sorted(set(sys.modules) - before)))"
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment, cwd=ROOT.anchor
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


def module_level(path: Path) -> set[str]:
    """The roots of what a module imports as soon as it is imported itself (not in functions, not for types alone)."""
    found: set[str] = set()
    waiting = list(ast.parse(path.read_text("utf-8")).body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.ClassDef):
            waiting += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
    return found


def test_the_layers_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent), "COLUMNS": "160"}
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, run.stdout + run.stderr


def test_importing_misure_loads_nothing_heavy() -> None:
    assert loaded("import misure") & HEAVY == set()


def test_the_public_names_are_there_and_are_lazy() -> None:
    assert loaded("import misure; assert 'decide' not in vars(misure); dir(misure)") & HEAVY == set()
    loaded("import misure\nfor name in misure.__all__: getattr(misure, name)")


@pytest.mark.parametrize("first", ["misure.catalogue()", "import misure.cli", "import misure.telling"])
def test_the_catalogue_is_a_function_whatever_was_imported_before(first: str) -> None:
    """A package's attribute becomes the module of the same name once that is imported: so no module has its name."""
    loaded(f"import misure\n{first}\nassert len(misure.catalogue()) >= 3")


@pytest.mark.parametrize(
    "floor", ["ground", "facts", "rulebook", "program", "engines", "allocating", "deciding", "selecting"]
)
def test_the_hot_path_needs_no_pydantic_and_no_yaml(floor: str) -> None:
    found = {path.name: module_level(path) & {"pydantic", "yaml", "babel"} for path in (SOURCE / floor).rglob("*.py")}
    assert {path: names for path, names in found.items() if names} == {}


def test_no_floor_goes_through_the_front_door() -> None:
    """`from misure import x` inside the library would hide which floor is meant, and load it lazily by surprise."""
    found = []
    for path in set(SOURCE.rglob("*.py")) - {SOURCE / "__init__.py"}:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            given = node.names if isinstance(node, ast.ImportFrom) and node.module == "misure" else []
            # What begins with an underscore is a module beneath every floor.
            if names & {"misure"} or any(not alias.name.startswith("_") for alias in given):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []
