# SPDX-License-Identifier: Apache-2.0
import pytest

from misure.program.lowering.lowering import Scope
from misure.program.nodes import Node, Nodes
from tests.ground.kinds_of_values import has_room_for_its_fields_alone, is_frozen, kinds_of, never_changes

FILLED = [Scope]
"""Filled piece by piece by who makes them."""
KINDS = [kind for kind in kinds_of("program") if kind not in (Scope, Node)]


def test_there_are_kinds_of_values():
    assert len(KINDS) >= 6


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__qualname__)
def test_a_value_never_changes(kind):
    never_changes(kind)


@pytest.mark.parametrize("kind", FILLED, ids=lambda kind: kind.__qualname__)
def test_what_is_filled_has_room_for_its_fields_alone(kind):
    has_room_for_its_fields_alone(kind)


def test_two_nodes_are_equal_when_they_are_one():
    is_frozen(Node)
    has_room_for_its_fields_alone(Node)
    assert Node.__eq__ is object.__eq__
    nodes = Nodes()
    assert nodes.const(1) is nodes.const(1)
    assert nodes.const(1) != Nodes().const(1)
