# SPDX-License-Identifier: Apache-2.0
"""Values never change and hold nothing but their fields: the dataclasses of every floor, in one table."""

from __future__ import annotations

import pkgutil

import pytest

import misure
from misure.program.nodes import Nodes
from tests.architecture.kinds_of_values import has_room_for_its_fields_alone, is_frozen, kinds_of, never_changes

FLOORS = {
    "allocating": 8, "anchoring": 13, "batch": 2, "deciding": 10, "deminimis": 21, "engines": 4, "facts": 12, "finance": 11, "ground": 11,
    "identifiers": 9, "preconditions": 3, "program": 6, "reading": 16, "register": 15, "rulebook": 1, "selecting": 11,
    "telling": 5, "terms": 7, "testing": 5, "undertakings": 34,
}  # fmt: skip
"""How many kinds of values that never change each floor has at least: a floor of which none is found proves nothing."""

FILLED = {
    "allocating.unique._Least", "allocating.unique._Perhaps", "program.lowering.scope.LoweringScope", "reading.expressions.scope.Scope",
    "reading.measures.definitions.NamedRules", "reading.measures.usage.Used", "reading.packages.first.drafted.Rules",
    "selecting.candidates.Candidates", "telling.rules_of_act.Read",
}  # fmt: skip
"""Filled piece by piece by who makes them."""
REMEMBERING = {"batch.filings.Filings", "deciding.printed_period.Answers"}
"""They work things out once and keep them."""
THEMSELVES = {
    "program.nodes.Node", "testing.conformance.cases.OperatorCase", "testing.conformance.door.EngineQuestion",
    "testing.drawn.populations.Population",
}  # fmt: skip
"""Equal to itself alone: what is made once for each content, or holds frames, or programs and applicants as mappings."""

NAMES = {
    f"{kind.__module__}.{kind.__qualname__}".removeprefix("misure."): kind
    for floor in FLOORS
    for kind in kinds_of(floor)
}
VALUES = {name: kind for name, kind in NAMES.items() if name not in FILLED | REMEMBERING | THEMSELVES}


def of(names: set[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", sorted(names))


@pytest.mark.parametrize("floor", FLOORS)
def test_there_are_kinds_of_values(floor: str) -> None:
    assert len([name for name in VALUES if name.startswith(f"{floor}.")]) >= FLOORS[floor]


def test_every_floor_with_values_is_in_the_table() -> None:
    packages = {found.name for found in pkgutil.iter_modules(misure.__path__) if found.ispkg}
    assert {floor for floor in packages if kinds_of(floor)} == set(FLOORS)


@of(set(VALUES))
def test_a_value_never_changes(name: str) -> None:
    never_changes(NAMES[name])


@of(FILLED)
def test_what_is_filled_has_room_for_its_fields_alone(name: str) -> None:
    has_room_for_its_fields_alone(NAMES[name])


@of(REMEMBERING)
def test_what_remembers_does_not_change(name: str) -> None:
    is_frozen(NAMES[name])


@of(THEMSELVES)
def test_what_is_equal_to_itself_alone_never_changes_either(name: str) -> None:
    is_frozen(NAMES[name])
    has_room_for_its_fields_alone(NAMES[name])
    assert NAMES[name].__eq__ is object.__eq__


def test_two_nodes_are_equal_when_they_are_one() -> None:
    nodes = Nodes()
    assert nodes.const(1) is nodes.const(1)
    assert nodes.const(1) != Nodes().const(1)
