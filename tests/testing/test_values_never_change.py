# SPDX-License-Identifier: Apache-2.0
import pytest

from tests.ground.kinds_of_values import kinds_of, never_changes

KINDS = kinds_of("testing")


def test_there_are_kinds_of_values():
    assert len(KINDS) >= 5


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__qualname__)
def test_a_value_never_changes(kind):
    never_changes(kind)
