# SPDX-License-Identifier: Apache-2.0
"""Who chooses, where an applicant may be made in several ways: Hypothesis, which shrinks, or a seed, which repeats."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Protocol, TypeVar

__all__ = ["Chooser", "Seeded"]

T = TypeVar("T")


class Chooser(Protocol):
    """What chooses; the first of some options, and the least of some numbers, is the plainest."""

    def one(self, options: Sequence[T], /) -> T:
        """One of the options."""
        ...

    def whole(self, least: int, most: int, /) -> int:
        """A whole number between two ends, both included."""
        ...


class Seeded:
    """Choices that are the same for the same seed, on every version of Python: only `random()` is promised to be."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - repeatable, not secret

    def one(self, options: Sequence[T], /) -> T:
        return options[int(self._random() * len(options))]

    def whole(self, least: int, most: int, /) -> int:
        return least + int(self._random() * (most - least + 1))
