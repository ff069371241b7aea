# SPDX-License-Identifier: Apache-2.0
"""How each column of a split program is read from those that entry makes."""

from __future__ import annotations

import pytest

from misure.engines.columns.entered import ColumnRead, read
from misure.program.groups import Group
from misure.program.nodes import Nodes

ON = 739_000
GROUP = Group("undertaking", "relations", "beneficiary")


@pytest.mark.parametrize(
    ("part", "sort", "found"),
    [
        ("value", "int", ColumnRead("v:x")), ("value", "text", ColumnRead("v:x")), ("lo", "int", ColumnRead("v:x", -5)), ("hi", "int", ColumnRead("v:x", 9)),
        ("or_on", "int", ColumnRead("v:x", ON)), ("yes", "truth", ColumnRead("v:x", unsaid=True)),
        ("no", "truth", ColumnRead("v:x", unsaid=False, negated=True)), ("missing", "truth", ColumnRead("v:x", missing=True)),
        ("not_yet", "truth", ColumnRead("n:x")), ("known", "truth", ColumnRead("known:x", unsaid=True)), ("said_known", "truth", ColumnRead("known:x", unsaid=False)), ("bad", "truth", ColumnRead("bad")),
    ],
)  # fmt: skip
def test_a_column_is_read(part, sort, found):
    assert read(Nodes().column(part, sort, "x", least=-5, greatest=9), ON) == found


@pytest.mark.parametrize("part", ["member_sure", "member_possible"])
def test_who_is_of_a_group_is_a_column_of_its_own(part):
    node = Nodes().column(part, "truth", GROUP, "aids")
    assert read(node, ON) == ColumnRead(f"m:beneficiary:undertaking:relations:{part}")
