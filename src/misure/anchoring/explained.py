# SPDX-License-Identifier: Apache-2.0
"""Why a figure of a text is no rule, in words of who read it: each figure by itself, with its place, so that none goes along unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from misure.ground.place import Place

__all__ = ["MOST_TIMES", "Explanation", "counted_form"]

MOST_TIMES: Final = 500
"""So often one entry may name the same figure."""
_TIMES = re.compile(r"(.*\S)\s+x\s?(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Some figures at one place of the text (`at`, a locator as rules write it), and why no rule has them."""

    at: str
    forms: tuple[str, ...]
    why: str
    place: Place


def counted_form(text: str) -> tuple[str, int]:
    """A figure as an entry writes it, and how often it is meant.

    >>> counted_form("16 hours"), counted_form("2025 year x 14")
    (('16 hours', 1), ('2025 year', 14))
    """
    found = _TIMES.fullmatch(text.strip())
    if found is None:
        return text.strip(), 1
    return found[1], int(found[2])
