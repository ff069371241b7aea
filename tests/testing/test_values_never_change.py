# SPDX-License-Identifier: Apache-2.0
import pytest

from tests.ground.kinds_of_values import has_room_for_its_fields_alone, is_frozen, kinds_of, never_changes

KINDS = kinds_of("testing")
THEMSELVES = {"drawn.populations.Population", "conformance.cases.Case", "conformance.door.Question"}
"""What holds frames, or programs and applicants as mappings, is equal to itself alone."""


def test_there_are_kinds_of_values():
    assert len(KINDS) >= 5


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__qualname__)
def test_a_value_never_changes(kind):
    if f"{kind.__module__}.{kind.__qualname__}".removeprefix("misure.testing.") in THEMSELVES:
        is_frozen(kind)
        has_room_for_its_fields_alone(kind)
        assert kind.__eq__ is object.__eq__
    else:
        never_changes(kind)
