# SPDX-License-Identifier: Apache-2.0
import pytest

from misure.selecting.candidates import Candidates
from tests.ground.kinds_of_values import has_room_for_its_fields_alone, kinds_of, never_changes

FILLED = [Candidates]
"""Filled piece by piece by who makes them."""
KINDS = [kind for kind in kinds_of("selecting") if kind not in FILLED]


def test_there_are_kinds_of_values():
    assert len(KINDS) >= 11


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__qualname__)
def test_a_value_never_changes(kind):
    never_changes(kind)


@pytest.mark.parametrize("kind", FILLED, ids=lambda kind: kind.__qualname__)
def test_what_is_filled_has_room_for_its_fields_alone(kind):
    has_room_for_its_fields_alone(kind)
