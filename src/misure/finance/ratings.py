# SPDX-License-Identifier: Apache-2.0
"""Credit ratings by letter, from the best to the worst, and the categories of the reference rate.

>>> category("a-"), category("BB+"), category("CC")
('AAA-A', 'BB', 'CCC')
>>> at_least("B", "B-"), at_least("CCC+", "B-")
(True, False)
"""

from __future__ import annotations

__all__ = ["GRADES", "at_least", "category"]

GRADES = (
    "AAA", "AA+", "AA", "AA-", "A+", "A", "A-", "BBB+", "BBB", "BBB-", "BB+", "BB", "BB-", "B+", "B", "B-",
    "CCC+", "CCC", "CCC-", "CC", "C", "D",
)  # fmt: skip


def category(rating: str) -> str:
    """The category of `ue/reference-margins` in which a rating falls."""
    letters = rating.upper().rstrip("+-")
    if letters in {"AAA", "AA", "A"}:
        return "AAA-A"
    return letters if letters in {"BBB", "BB", "B"} else "CCC"


def at_least(rating: str, least: str) -> bool:
    """Whether a rating is as good as another, or better."""
    return GRADES.index(rating.upper()) <= GRADES.index(least)
