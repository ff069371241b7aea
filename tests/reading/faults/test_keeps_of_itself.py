# SPDX-License-Identifier: Apache-2.0
"""What the lines of support keep is a share of two amounts, and not of one alone."""

from __future__ import annotations

from tests.reading.small_measures import small

__all__ = ["small"]

RULES = """\
provisions:
  - cite: {act: uno}
    award:
      fair: {provision: P.1, text: a, holds: young, effect: reduces, reduces: [g, g], keeps: @@}
support: {cite: {act: uno}, lines: {g: {form: grant, of: cost, provision: P.1, text: a}}}
"""


def test_an_amount_is_held_against_another(small):
    assert small(RULES.replace("g, g", "g").replace("@@", "{part: cost, of: gain}")).conditions[0].keeps
    assert small(RULES.replace("@@", "{part: cost + 0, of: cost + 0}")) == [
        "4:83: fair: 'g' stands twice",
        "4:115: fair: the lines keep the share that an amount is of itself, which is all of them",
    ]
