# SPDX-License-Identifier: Apache-2.0
"""A sum with records that nobody told, read with the bounds of the vocabulary moved: only an end that rests on them moves."""

import pytest

from misure.engines.intervals.widened import Widened
from misure.program.nodes import Nodes
from misure.testing.conformance.applicants import dossier

N = Nodes()
FIELD = N.given("number", "v", "rows", least=-2, greatest=1)


def total(value, lo, hi):
    return N.make("sum", "int", (N.truth(True), value), ("rows", 2), lo, hi)


@pytest.mark.parametrize(
    ("node", "rows", "unseen", "ends"),
    [
        # Two records more may be 3 * 2 + 7 of them.
        (total(N.const(-2), -4, 0), [], 2, (-26, 0)),
        (total(N.const(3), 0, 6), [], 2, (0, 39)),
        (total(N.const(0), 0, 0), [], 2, (0, 0)),
        # Of each the field may be from 3 * -2 to 3 * 1 + 7.
        (total(FIELD, -4, 2), [], 2, (-78, 130)),
        (total(FIELD, -4, 2), [(1, 0, True, "m")], 1, (1 - 60, 1 + 100)),
        (total(FIELD, -4, 2), [(1, 0, True, "m"), (-2, 0, True, "n")], 0, (-1, -1)),
    ],
    ids=["less by each", "more by each", "nothing of each", "a field", "one told and one not", "all told"],
)
def test_a_sum_with_records_untold(node, rows, unseen, ends):
    reading = Widened(dossier([1, 2, 3] + [None] * 7, rows, unseen), lambda *_: True)
    assert reading.ends(node) == ends
