# SPDX-License-Identifier: Apache-2.0
"""The size class of an enterprise: micro, small, medium or large, by its headcount, turnover and balance sheet total.

Annex of Recommendation 2003/361/EC, art. 2, repeated in Annex I of Regulation (EU) 651/2014. The headcount is a gate:
a class asks for fewer annual work units than its ceiling. The finance is a choice: the turnover or the balance sheet total
does not exceed its ceiling. Figures of partner and linked enterprises must be in already: `misure.undertakings.size_of`
adds them. One year's figures are asked here; for the two-year rule there is `misure.undertakings.size_over_years`.

>>> size_class(49, 12_000_000, 9_500_000, on="2026-11-22").size
<SizeClass.SMALL: 'small'>
>>> answer = size_class(50, 1_000_000, 1_000_000, on="2026-11-22")
>>> str(answer.size), [(bound.size.value, bound.figure, str(bound.margin)) for bound in answer.binding]
('medium', [('small', 'headcount', '0')])
>>> [size.value for size in size_class(9, None, 1_000_000, on="2026-11-22").classes]
['micro']
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Literal, get_args

from misure._reopen import by_public_name
from misure.ground.dated import Cited, Row, dated_table
from misure.ground.given import Mistake, day, refuse
from misure.ground.truth import Confidence, Truth, worst
from misure.undertakings.figures import Count, Euros, Figure, count, money
from misure.undertakings.names import unknown_name

__all__ = ["Ceiling", "SizeDefinition", "SizeAnswer", "SizeClass", "size_class"]

SizeDefinition = Literal["recommendation", "gber"]
"""Whose definition: the Recommendation of 2003, or Annex I of the general block exemption regulation, which ends."""


@by_public_name
class SizeClass(StrEnum):
    """The size classes, the smallest first. `small_mid_cap` is asked for, and large otherwise."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    SMALL_MID_CAP = "small_mid_cap"
    LARGE = "large"

    @property
    def rank(self) -> int:
        """0 for micro, 4 for large."""
        return _RANK[self]

    @property
    def is_sme(self) -> bool:
        """Whether it is a micro, small or medium-sized enterprise."""
        return self.rank <= SizeClass.MEDIUM.rank


_RANK = {size: rank for rank, size in enumerate(SizeClass)}


@by_public_name
@dataclass(frozen=True, slots=True)
class Ceiling:
    """One ceiling of one class, and how the figure stands to it. Euros and annual work units are exact fractions."""

    size: SizeClass
    figure: Literal["headcount", "turnover", "balance_sheet"]
    limit: Fraction | None
    """None where no source gives it."""
    inclusive: bool
    """Whether a figure equal to the ceiling is still within."""
    within: Truth
    margin: Figure
    """The ceiling less the figure: negative beyond it."""
    citation: Cited


@by_public_name
@dataclass(frozen=True, slots=True)
class SizeAnswer:
    """The class, or the classes that the figures leave possible, the smallest first."""

    classes: tuple[SizeClass, ...]
    headcount: Figure
    turnover: Figure
    balance_sheet: Figure
    ceilings: tuple[Ceiling, ...]
    public_control: Truth
    """Whether public bodies control so much of it that it is no SME whatever its figures (Annex, art. 3(4))."""
    citations: tuple[Cited, ...]
    confidence: Confidence
    notes: tuple[str, ...] = ()
    """What the tables say of values that are not known or not settled."""

    @property
    def size(self) -> SizeClass | None:
        """The class when it is definite, else None."""
        return self.classes[0] if len(self.classes) == 1 else None

    @property
    def is_sme(self) -> Truth:
        """Whether it is an SME, as far as the figures tell."""
        found = {size.is_sme for size in self.classes}
        return Truth.from_ends(may_be_yes=True in found, may_be_no=False in found)

    @property
    def binding(self) -> tuple[Ceiling, ...]:
        """The ceilings that keep the enterprise out of the next smaller class; none for micro, or while in doubt."""
        if self.size is None or self.size is SizeClass.MICRO:
            return ()
        below = [ceiling for ceiling in self.ceilings if ceiling.size.rank < self.size.rank]
        last = max((ceiling.size.rank for ceiling in below), default=0)
        head, turnover, balance = (ceiling for ceiling in below if ceiling.size.rank == last)
        failed = [head] if head.within is Truth.NO else []
        if turnover.within is balance.within is Truth.NO:
            failed += [turnover, balance]
        return tuple(failed)

    @property
    def missing(self) -> tuple[str, ...]:
        """The figures to ask for: those not exactly known, while the class is in doubt."""
        if self.size is not None:
            return ()
        named = (("headcount", self.headcount), ("turnover", self.turnover), ("balance_sheet", self.balance_sheet))
        return tuple(name for name, figure in named if figure.exact is None)


def size_class(
    headcount: Count,
    turnover: Euros,
    balance_sheet: Euros,
    *,
    on: dt.date | str,
    definition: SizeDefinition = "recommendation",
    small_mid_caps: bool = False,
) -> SizeAnswer:
    """The size class by the figures of one accounting period, those of partner and linked enterprises included.

    Recommendation 2003/361/EC, Annex, art. 2; Regulation (EU) 651/2014, Annex I, art. 2.

    Args:
        headcount: Annual work units; a fraction counts, `awu` adds them up.
        turnover: Euros, net of VAT and other indirect taxes.
        balance_sheet: Euros, the balance sheet total.
        on: The day whose ceilings count.
        definition: The Recommendation's, or Annex I of the general block exemption regulation.
        small_mid_caps: Whether to tell small mid-caps from large enterprises. They are no SMEs.

    Each figure may be a `Range`, or None when it is not known; the answer is definite when it does not matter.

    >>> from misure.ground.ranges import Range
    >>> size_class(Range(240, 260), "40000000", None, on="2026-11-22").classes
    (<SizeClass.MEDIUM: 'medium'>, <SizeClass.LARGE: 'large'>)

    Raises:
        BadFacts: A figure is negative, a binary float, or no number; all faults at once.
        NotEncoded: The day lies before the definition.
    """
    faults: list[tuple[str, str]] = []
    figures: list[Figure] = []
    for name, read, given in (
        ("headcount", count, headcount), ("turnover", money, turnover), ("balance_sheet", money, balance_sheet),
    ):  # fmt: skip
        try:
            figures.append(read(given))
        except ValueError as problem:
            faults.append((name, str(problem)))
    asked = read_definition(on, definition, faults)
    return measured(figures[0], figures[1], figures[2], asked, definition, small_mid_caps=bool(small_mid_caps))


def read_definition(on: object, definition: object, faults: Iterable[Mistake] = ()) -> int:
    """The day whose ceilings count.

    Raises:
        BadFacts: The faults found before, those of the day, and those of the definition.
    """
    found = list(faults)
    asked = 0
    try:
        asked = day(on)
    except ValueError as problem:
        found.append(("on", str(problem)))
    if definition not in get_args(SizeDefinition):
        found.append(("definition", unknown_name(definition, get_args(SizeDefinition))))
    refuse("<size>", found)
    return asked


def measured(
    headcount: Figure,
    turnover: Figure,
    balance_sheet: Figure,
    on: int,
    definition: str,
    *,
    small_mid_caps: bool,
    public_control: Truth = Truth.NO,
) -> SizeAnswer:
    """`size_class` for figures that were read already."""
    rows = _rows(on, definition, small_mid_caps)
    ceilings: list[Ceiling] = []
    smallest = largest = SizeClass.LARGE
    doubtful_law = False
    for size, row in reversed(rows):
        head = _ceiling(size, "headcount", headcount, row)
        finance = (_ceiling(size, "turnover", turnover, row), _ceiling(size, "balance_sheet", balance_sheet, row))
        ceilings[:0] = (head, *finance)
        may = head.within is not Truth.NO and any(ceiling.within is not Truth.NO for ceiling in finance)
        must = head.within is Truth.YES and any(ceiling.within is Truth.YES for ceiling in finance)
        smallest = size if may else smallest
        largest = size if must else largest
        doubtful_law = doubtful_law or not row.known("awu")
    offered = [size for size, _ in rows] + [SizeClass.LARGE]
    classes = {size for size in offered if smallest.rank <= size.rank <= largest.rank}
    if public_control is not Truth.NO:
        never = {size for size in offered if not size.is_sme}
        classes = never if public_control is Truth.YES else classes | never
    confidence = worst(*(row.citation.confidence for _, row in rows))
    return SizeAnswer(
        tuple(sorted(classes, key=_RANK.__getitem__)), headcount, turnover, balance_sheet, tuple(ceilings),
        public_control, tuple(dict.fromkeys(row.citation for _, row in rows)), confidence,
        tuple(dict.fromkeys(row.note for _, row in rows if doubtful_law and row.note)),
    )  # fmt: skip


@lru_cache(maxsize=512)
def _rows(on: int, definition: str, small_mid_caps: bool) -> tuple[tuple[SizeClass, Row], ...]:
    table = dated_table("ue/sme-thresholds")
    found = [(size, table.on(on, definition=definition, size=size)) for size in SizeClass if size.is_sme]
    series = table.series(definition=definition, size=SizeClass.SMALL_MID_CAP)
    # Before its first day the category was not thought of, and such a firm was large.
    if small_mid_caps and on >= series[0].since:
        found.append((SizeClass.SMALL_MID_CAP, table.on(on, definition=definition, size=SizeClass.SMALL_MID_CAP)))
    return tuple(found)


def _ceiling(
    size: SizeClass, name: Literal["headcount", "turnover", "balance_sheet"], figure: Figure, row: Row
) -> Ceiling:
    column = "awu" if name == "headcount" else name
    if not row.known(column):
        return Ceiling(size, name, None, True, Truth.UNKNOWN, Figure(None, None), row.citation)
    limit = Fraction(row.whole(column)) if name == "headcount" else Fraction(row.cents(column), 100)
    inclusive = name != "headcount" or row.texts["awu_test"] == "at_most"
    least, greatest = figure.least or Fraction(0), figure.greatest
    if inclusive:
        may_be_yes, may_be_no = least <= limit, greatest is None or greatest > limit
    else:
        may_be_yes, may_be_no = least < limit, greatest is None or greatest >= limit
    margin = Figure(None if greatest is None else limit - greatest, limit - least)
    within = Truth.from_ends(may_be_yes=may_be_yes, may_be_no=may_be_no)
    return Ceiling(size, name, limit, inclusive, within, margin, row.citation)
