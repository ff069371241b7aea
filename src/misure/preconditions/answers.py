# SPDX-License-Identifier: Apache-2.0
"""What a question about a precondition is answered with: yes, no or unknown, why, the figures, and the law beneath."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from misure._reopen import by_public_name
from misure.ground.dated import Cited, Row
from misure.ground.errors import NoSuchName
from misure.ground.ranges import Range
from misure.ground.truth import Confidence, NotKnowing, Truth, worst

__all__ = ["Answer", "NamedFigure", "FigureValue", "Warned", "answered", "in_days", "in_euros"]

FigureValue: TypeAlias = Decimal | Fraction | int | str | dt.date | Range | None
"""What a named figure of an answer is: known, between two ends, or None where it is not known."""
_NONE: Mapping[str, FigureValue] = MappingProxyType({})


@by_public_name
@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure of an answer by name. None: it is not known."""

    name: str
    value: FigureValue


@by_public_name
@dataclass(frozen=True, slots=True)
class Warned:
    """What another reading of the law, or something not read, would change: which thing, and in words."""

    kind: str
    text: str


@by_public_name
@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one question; each function says what its yes means.

    Args:
        truth: Yes, no, or unknown.
        reason: Why, as a name: `expired`, `regular`, `transition`. Each function lists its own.
        text: Why, in words for the official.
        figures: Days, amounts and shares by name, in order.
        citations: The provisions on which it rests.
        confidence: How sure the least sure of them is.
        not_knowing: Of an unknown: what was not told (`missing`), or what no source gives (`unpublished`).
        warnings: What else to know.
    """

    truth: Truth
    reason: str
    text: str
    figures: tuple[NamedFigure, ...]
    citations: tuple[Cited, ...]
    confidence: Confidence
    not_knowing: NotKnowing | None = None
    warnings: tuple[Warned, ...] = ()

    def figure(self, name: str) -> FigureValue:
        """A figure by its name.

        Raises:
            KeyError: The answer has no such figure.
        """
        for figure in self.figures:
            if figure.name == name:
                return figure.value
        raise NoSuchName.among("figure", name, [one.name for one in self.figures])

    def __str__(self) -> str:
        return f"{self.truth}: {self.text}"


def answered(
    truth: bool | None, reason: str, text: str, rows: Iterable[Row], *, figures: Mapping[str, FigureValue] = _NONE,
    warnings: Iterable[Warned] = (), missing: NotKnowing = NotKnowing.MISSING,
) -> Answer:  # fmt: skip
    """An answer that rests on some rows of dated tables; of an unknown, `missing` says why it is not known."""
    citations = tuple(dict.fromkeys(row.citation for row in rows))
    told = Truth.UNKNOWN if truth is None else Truth.YES if truth else Truth.NO
    return Answer(
        told, reason, text, tuple(NamedFigure(name, value) for name, value in figures.items()), citations,
        worst(*(cited.confidence for cited in citations)), missing if truth is None else None, tuple(warnings),
    )  # fmt: skip


def in_euros(least: int, greatest: int) -> Decimal | Range:
    """Two ends in cents as euros."""
    from misure.ground.given import euros

    return euros(least) if least == greatest else Range(euros(least), euros(greatest))


def in_days(least: int, greatest: int) -> dt.date | Range:
    """Two ends as days."""
    first, last = dt.date.fromordinal(least), dt.date.fromordinal(greatest)
    return first if first == last else Range(first, last)
