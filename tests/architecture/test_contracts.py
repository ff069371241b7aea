# SPDX-License-Identifier: Apache-2.0
"""The contracts of imports name every floor, and what the pages say of the floors is what the contracts say."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from inspect import signature
from pathlib import Path

import pytest

from misure._doors import DOORS
from misure.engines.operators import COLUMNS, OPERATORS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "misure"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = CONTRACTS[0]["layers"]
FLOORS = [floor for layer in LAYERS for floor in re.split(r" \| ", layer)]

HOMES = {
    "pydantic checks rule files and stays there": {"deciding", "reading", "reading.forms", "reading.text"},
    "YAML is read in one place": {"reading", "reading.text"},
    "Frames live in batch and in their engine": {"batch", "engines", "engines.narwhals"},
    "Words live in telling": {"telling"},
    "Test tools live in testing": {"testing"},
}
"""For each contract that keeps a library in one place, the floors and rooms that may import it."""


def rooms(floor: str) -> set[str]:
    """The folders of a floor."""
    return {f"{floor}.{path.parent.name}" for path in (SOURCE / floor).glob("*/__init__.py")}


def modules(floor: str) -> set[str]:
    """The modules that stand on a floor in no room."""
    return {f"{floor}.{path.stem}" for path in (SOURCE / floor).glob("*.py")} - {f"{floor}.__init__"}


def test_every_floor_is_in_the_contract() -> None:
    there = {path.stem for path in SOURCE.glob("*.py")} | {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert set(FLOORS) == there - {"__init__", "misure"}


@pytest.mark.parametrize("name", HOMES)
def test_a_contract_that_forbids_names_every_floor_but_the_homes(name: str) -> None:
    (contract,) = [one for one in CONTRACTS if one["name"] == name]
    named = {module.removeprefix("misure.") for module in contract["source_modules"]}
    homes = HOMES[name]
    # A floor of which one room is a home is named room by room.
    split = {floor for floor in homes if any(home.startswith(f"{floor}.") for home in homes)}
    wanted = {floor for floor in FLOORS if floor not in homes}
    wanted |= {room for floor in split for room in rooms(floor) | modules(floor) if room not in homes}
    assert named == wanted


@pytest.mark.parametrize(
    "floor", sorted({floor for homes in HOMES.values() for floor in homes if f"{floor}." in " ".join(homes)})
)
def test_what_no_contract_can_name_imports_nothing(floor: str) -> None:
    """A floor of which one room is a home is named room by room, and so never with what stands in its own `__init__`."""
    tree = ast.parse((SOURCE / floor / "__init__.py").read_text("utf-8"))
    found = {
        name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }  # fmt: skip
    assert {str(name).partition(".")[0] for name in found} <= {"__future__", "misure", "typing"}


def test_only_what_keeps_a_library_in_one_place_forbids_libraries() -> None:
    forbidding = {one["name"] for one in CONTRACTS if one["type"] == "forbidden"}
    assert forbidding - HOMES.keys() == {
        "An engine knows nodes, not law", "How values enter is printed by the engine of frames alone",
    }  # fmt: skip


def test_an_engine_may_know_no_floor_but_those_that_its_contract_leaves_out() -> None:
    """Those above it and beside it no contract needs to name: imports go down only."""
    (contract,) = [one for one in CONTRACTS if one["name"] == "An engine knows nodes, not law"]
    assert contract["source_modules"] == ["misure.engines"]
    (place,) = [at for at, layer in enumerate(LAYERS) if "engines" in layer.split(" | ")]
    below = {floor for layer in LAYERS[place + 1 :] for floor in layer.split(" | ") if not floor.startswith("_")}
    forbidden = {module.removeprefix("misure.") for module in contract["forbidden_modules"]}
    assert below - forbidden == {"program", "facts", "identifiers", "ground"}
    assert forbidden - below == {"allocating"}


def test_of_the_law_beneath_engines_know_how_a_code_is_written_and_nothing_else() -> None:
    """Which characters a code has, and what of a text is no part of it: planned as data for columns, in two modules."""
    found = {
        path.relative_to(SOURCE).as_posix() for path in (SOURCE / "engines").rglob("*.py")
        if re.search(r"^(from|import) misure\.identifiers", path.read_text("utf-8"), re.MULTILINE)
    }  # fmt: skip
    assert found == {"engines/columns/codes.py", "engines/columns/entry.py"}
    page = (ROOT / "docs" / "explanation" / "why-it-is-built-so.md").read_text("utf-8")
    assert "Of the law beneath, engines know `identifiers` alone" in page


def test_engines_are_all_in_their_contract() -> None:
    (contract,) = [one for one in CONTRACTS if one["name"] == "Engines do not know one another"]
    assert set(contract["modules"]) == {f"misure.{room}" for room in rooms("engines") - {"engines.columns"}}


def test_rooms_of_a_floor_that_are_ordered_are_all_in_the_order() -> None:
    """A module added beside ordered rooms has a place among them; import-linter says so of each contract named here."""
    ordered = {one["containers"][0]: one.get("exhaustive") for one in CONTRACTS[1:] if one["type"] == "layers"}
    assert ordered == dict.fromkeys(
        ("misure.engines", "misure.reading", "misure.deminimis", "misure.register", "misure.telling"), True
    )


def test_the_table_of_floors_is_the_contract() -> None:
    page = (ROOT / "docs" / "explanation" / "why-it-is-built-so.md").read_text("utf-8")
    table = page[page.index("| floor | what it knows |") :].partition("\n\n")[0]
    told = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in table.splitlines()[2:]]
    assert told == [re.split(r" \| ", layer) for layer in LAYERS]


def test_the_page_counts_the_operators_that_there_are() -> None:
    page = (ROOT / "docs" / "explanation" / "why-it-is-built-so.md").read_text("utf-8")
    counted = re.search(r"a printer of (\d+)\s+operators, or of (\d+) where its values are columns", page)
    assert counted is not None
    assert [int(count) for count in counted.groups()] == [len(OPERATORS), len(COLUMNS)]


@pytest.mark.parametrize(("door", "home"), DOORS.items(), ids=".".join)
def test_a_door_leads_to_a_function_that_takes_what_its_method_takes(
    door: tuple[str, str], home: tuple[str, str]
) -> None:
    import misure

    method = getattr(getattr(misure, door[0]), door[1])
    function = getattr(importlib.import_module(home[0]), home[1])
    ours, theirs = list(signature(method).parameters.values()), list(signature(function).parameters.values())
    # Where a type is loaded from is nothing that a caller sees.
    assert [(one.name, one.kind, one.default) for one in ours[1:]] == [
        (one.name, one.kind, one.default) for one in theirs[1:]
    ]
    assert method.__annotations__["return"].removeprefix("doors.") == function.__annotations__["return"]


def test_what_points_up_is_a_door() -> None:
    allowed = CONTRACTS[0]["ignore_imports"]
    assert allowed == ["misure._doors -> misure.deciding.*", "misure._doors -> misure.selecting.*"]
    assert not [one for one in CONTRACTS[1:] if "ignore_imports" in one]
