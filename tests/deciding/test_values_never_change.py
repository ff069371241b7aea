# SPDX-License-Identifier: Apache-2.0
import pytest

from misure.deciding.printed_period import Answers
from tests.ground.kinds_of_values import is_frozen, kinds_of, never_changes

REMEMBERING = [Answers]
"""They work things out once and keep them."""
KINDS = [kind for kind in kinds_of("deciding") if kind not in REMEMBERING]


def test_there_are_kinds_of_values():
    assert len(KINDS) >= 10


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__qualname__)
def test_a_value_never_changes(kind):
    never_changes(kind)


@pytest.mark.parametrize("kind", REMEMBERING, ids=lambda kind: kind.__qualname__)
def test_what_remembers_does_not_change(kind):
    is_frozen(kind)
