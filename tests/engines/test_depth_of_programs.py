# SPDX-License-Identifier: Apache-2.0
"""Random programs are as deep as they are asked to be, and no deeper: at no depth there are leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.program.nodes import Nodes
from misure.testing.conformance.programs import Draft
from misure.testing.conformance.ways import NEEDS

EVERY = frozenset().union(*NEEDS.values())
LEAVES = {"given", "int", "truth", "one_of", "within", "same", "member"}


@pytest.mark.parametrize("kind", ["number", "truth"])
@pytest.mark.parametrize("table", ["", "rows"])
@given(data=st.data())
def test_at_no_depth_there_are_leaves_alone(kind, table, data):
    node = getattr(Draft(data.draw, Nodes(), EVERY), kind)(0, table)
    assert node.op in LEAVES
    assert all(arg.op == "given" for arg in node.args)


def test_the_leaves_are_of_every_kind():
    found = set()

    @given(st.data())
    def look(data):
        node = Draft(data.draw, Nodes(), EVERY).number(0, "rows")
        kind, table, name = node.data if node.op == "given" else (node.op, "", "")
        found.add((kind, table, name.partition("@")[0]))

    look()
    assert found == {
        ("int", "", ""), ("open", "", "o1"), ("open", "", "o2"), ("number", "rows", "v"), ("number", "rows", "w"),
        *(("number", "", name) for name in "abc"),
    }  # fmt: skip
