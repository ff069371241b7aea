# SPDX-License-Identifier: Apache-2.0
"""What of an amount falls to a part of a whole is divided as if no number had an end, and nothing on the way passes 63 bits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from misure.engines.columns.tables import portion
from misure.ground import money
from misure.program.nodes import LIMIT, Nodes, TooLarge, below
from tests.engines.test_wide_products import worked_out

MOSTS = st.sampled_from([0, 1, 9, 10**6, 8 * 10**8, 10**13, 10**16])


@given(
    st.data(),
    st.sampled_from([0, 1, 9, 8 * 10**8, 10**13, 4 * 10**18]),
    MOSTS,
    MOSTS,
    st.sampled_from([1, 2, 7, 100]),
    st.booleans(),
)
def test_a_portion_is_rounded_once(data, amounts, parts, wholes, divisor, half):
    assume((wholes + 1) * divisor <= LIMIT // 40)
    values = {
        "amount": data.draw(st.integers(0, amounts)),
        "part": data.draw(st.integers(0, parts)),
        "whole": data.draw(st.integers(1, wholes + 1)),
    }
    nodes = Nodes()
    ends = {"amount": (0, amounts), "part": (0, parts), "whole": (1, wholes + 1)}
    amount, part, whole = (
        nodes.column("value", "int", name, least=least, greatest=most) for name, (least, most) in ends.items()
    )
    rounded = portion(nodes, amount, part, whole, divisor, half)
    assert all(-LIMIT <= node.lo <= node.hi <= LIMIT for node in below([rounded]))
    exact = Fraction(values["amount"] * min(values["part"], values["whole"]), values["whole"] * divisor)
    expected = (exact + Fraction(1, 2) if half else exact) // 1
    assert worked_out(rounded, values) == expected
    assert money.portion(values["amount"], values["part"], values["whole"], divisor, half=half) == expected


@pytest.mark.parametrize(
    ("ends", "divisor"),
    [(((-1, 5), (0, 5), (1, 5)), 1), (((0, 5), (-1, 5), (1, 5)), 1), (((0, 5), (0, 5), (0, 5)), 1), (((0, 5), (0, 5), (1, LIMIT)), 1), (((0, 5), (0, 5), (1, 10**15)), 10**3)],
    ids=["negative-amount", "negative-part", "no-whole", "great-whole", "great-divisor"],
)  # fmt: skip
def test_what_cannot_be_divided_is_refused(ends, divisor):
    nodes = Nodes()
    told = [
        nodes.column("value", "int", name, least=low, greatest=high)
        for name, (low, high) in zip("abc", ends, strict=True)
    ]
    with pytest.raises(TooLarge):
        nodes.portion(*told, divisor, half=False)
