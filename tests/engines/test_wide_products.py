# SPDX-License-Identifier: Apache-2.0
"""A product that passes 63 bits on the way is rounded as if it did not, and nothing on the way passes them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from misure.engines.columns.tables import picked, wide
from misure.program.nodes import LIMIT, Nodes, below

MOSTS = st.sampled_from([0, 1, 9, 10**6, 39_000_000, 10**13, 5 * 10**16, 4 * 10**18])


def worked_out(root, values):
    found = {}
    for node in below([root]):
        found[node] = _one(node, [found[arg] for arg in node.args], values)
    return found[root]


def _one(node, args, values):
    match node.op:
        case "int":
            return node.lo
        case "column":
            return values[node.data[2]]
        case "if":
            return args[1] if args[0] else args[2]
        case "not":
            return not args[0]
        case "le":
            return args[0] <= args[1]
        case "add":
            found = sum(args)
        case "sub":
            found = args[0] - args[1]
        case "mul":
            found = args[0] * args[1]
        case "min":
            found = min(args)
        case _:
            found = args[0] // args[1]
    assert node.lo <= found <= node.hi
    return found


@given(st.data(), MOSTS, MOSTS, st.sampled_from([2, 6, 16, 17, 22, 23]))
def test_a_wide_product_is_rounded_half_up(data, most, factor, decimals):
    assume(most * factor <= LIMIT // 2 * 10**decimals and min(most, factor) <= LIMIT // 20)
    values = {"a": data.draw(st.integers(0, most)), "b": data.draw(st.integers(0, factor))}
    nodes = Nodes()
    a, b = (nodes.column("value", "int", name, least=0, greatest=end) for name, end in (("a", most), ("b", factor)))
    rounded = wide(nodes, a, b, decimals)
    assert all(-LIMIT <= node.lo <= node.hi <= LIMIT for node in below([rounded]))
    exact = values["a"] * values["b"]
    assert worked_out(rounded, values) == (2 * exact + 10**decimals) // (2 * 10**decimals)


@pytest.mark.parametrize("key", range(-3, 40))
def test_a_value_is_found_by_halving(key):
    nodes = Nodes()
    column = nodes.column("value", "int", "k", least=-5, greatest=50)
    breaks, values = (0, 1, 7, 20, 21, 33), (5, 1, 8, 8, 0, 3, 9)
    found = worked_out(picked(nodes, column, breaks, values), {"k": key})
    assert found == values[sum(one <= key for one in breaks)]
