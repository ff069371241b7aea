# SPDX-License-Identifier: Apache-2.0
"""The status of an enterprise over the years: it is gained or lost only after two consecutive accounting periods.

Recommendation 2003/361/EC, Annex, art. 4(2). The status moves only as far as the classes of the last periods all lie on
the other side of it: it is held between the smallest and the largest of them.

>>> from misure.undertakings import Figures
>>> years = {2022: 200, 2023: 260, 2024: 240, 2025: 260}
>>> answer = size_over_years({year: Figures(awu, 1, 1) for year, awu in years.items()}, on="2026-11-22")
>>> answer.status.value, [period.size.value for period in answer.periods]
('medium', ['medium', 'large', 'medium', 'large'])
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from misure._reopen import by_public_name
from misure.ground.arguments import shown
from misure.ground.dated import Cited, dated_table
from misure.ground.given import Mistake
from misure.ground.truth import Confidence, Truth, worst
from misure.undertakings.checking import read_figures
from misure.undertakings.describing import Figures
from misure.undertakings.figures import Figure
from misure.undertakings.names import unknown_name
from misure.undertakings.size import SizeAnswer, SizeClass, SizeDefinition, measured, read_definition

__all__ = ["AccountingPeriod", "StatusAnswer", "size_over_years"]

Start = Literal["first_period", "estimate", "given", "unknown"]
"""What the status rests on before the first period; `StatusAnswer.start` says what each means."""


@by_public_name
@dataclass(frozen=True, slots=True)
class AccountingPeriod:
    """One accounting period: the class by its own figures, and the status after it."""

    year: int
    answer: SizeAnswer | None
    """None for a year between two others of which nothing is said."""
    statuses: tuple[SizeClass, ...]

    @property
    def size(self) -> SizeClass | None:
        """The class by the figures of the period alone, when it is definite."""
        return self.answer.size if self.answer else None


@by_public_name
@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """The status after the last period: more than one class when the facts leave it open."""

    statuses: tuple[SizeClass, ...]
    periods: tuple[AccountingPeriod, ...]
    start: Start
    """What the status rests on before the first period: its own class (our assumption, where nobody said it), the estimate
    of a new enterprise, the status given, or nothing."""
    citations: tuple[Cited, ...]
    confidence: Confidence

    @property
    def status(self) -> SizeClass | None:
        """The status when it is definite, else None."""
        return self.statuses[0] if len(self.statuses) == 1 else None

    @property
    def is_sme(self) -> Truth:
        """Whether it has the status of an SME."""
        found = {size.is_sme for size in self.statuses}
        return Truth.from_ends(may_be_yes=True in found, may_be_no=False in found)


def size_over_years(
    years: Mapping[int, Figures],
    *,
    on: dt.date | str,
    before: SizeClass | str | None = None,
    newly_established: bool = False,
    joined_group_in: int | None = None,
    definition: SizeDefinition = "recommendation",
    small_mid_caps: bool = False,
) -> StatusAnswer:
    """The status of an enterprise by the figures of several accounting periods, partner and linked enterprises included.

    Recommendation 2003/361/EC, Annex, art. 4(2). A year missing between two others is a year of which nothing is known.

    Args:
        years: The figures of each accounting period, by the year in which it closed.
        on: The day whose ceilings count, for every period.
        before: The status before the first period, or "unknown". None takes the class of the first period for it, which
            is an assumption unless the enterprise is new.
        newly_established: Whether the first period's figures are the estimate in good faith of a new enterprise
            (art. 4(3)): its status begins with them.
        joined_group_in: The period in which a large group acquired it. It then has its new status at once, if larger: so
            the Commission's user guide, not the Annex; the answer is inferred.
        definition: As for `size_class`.
        small_mid_caps: As for `size_class`.

    Raises:
        BadFacts: A year is none, a figure is wrong, an argument contradicts another; all faults at once.
        NotEncoded: The day lies before the definition.
    """
    faults: list[Mistake] = []
    figures = _read_years(years, faults)
    start, status = _before(before, newly_established, faults)
    if joined_group_in is not None and joined_group_in not in list(figures):
        faults.append(("joined_group_in", f"{shown(joined_group_in)} is none of the years given"))
    asked = read_definition(on, definition, faults)
    rule = dated_table("ue/sme-status").on(asked, rule="change")
    window: deque[_Ends] = deque(maxlen=rule.whole("periods"))
    periods: list[AccountingPeriod] = []
    for year in range(min(figures), max(figures) + 1):
        answer = None
        ends = _ANY
        if year in figures:
            answer = measured(*figures[year], asked, definition, small_mid_caps=bool(small_mid_caps))
            ends = (answer.classes[0].rank, answer.classes[-1].rank)
        if not periods:
            status = status or ends
            window.extend([status] * rule.whole("periods"))
        window.append(ends)
        status = _held_between(status or ends, window)
        if year == joined_group_in:
            status = (max(status[0], ends[0]), max(status[1], ends[1]))
        offered = [size for size in SizeClass if small_mid_caps or size is not SizeClass.SMALL_MID_CAP]
        periods.append(
            AccountingPeriod(year, answer, tuple(size for size in offered if status[0] <= size.rank <= status[1]))
        )
    assumed = start == "first_period" or joined_group_in is not None
    confidence = worst(
        rule.citation.confidence, *(period.answer.confidence for period in periods if period.answer),
        *([Confidence.INFERRED] if assumed else []),
    )  # fmt: skip
    return StatusAnswer(periods[-1].statuses, tuple(periods), start, (rule.citation,), confidence)


_Ends = tuple[int, int]
"""The smallest and the largest class that are possible, by rank."""
_ANY: _Ends = (SizeClass.MICRO.rank, SizeClass.LARGE.rank)
_LONGEST_GAP = 100


def _read_years(years: object, faults: list[Mistake]) -> dict[int, tuple[Figure, Figure, Figure]]:
    if not isinstance(years, Mapping) or not years:
        faults.append(("years", f"expected figures by year, at least of one; got {shown(years)}"))
        return {}
    figures = {}
    for year, given in years.items():
        if isinstance(year, bool) or not isinstance(year, int) or not 1 <= year <= dt.MAXYEAR:
            faults.append(("years", f"expected a year; got {shown(year)}"))
        else:
            figures[year] = read_figures(given, str(year), faults)
    if figures and max(figures) - min(figures) > len(figures) + _LONGEST_GAP:
        faults.append(("years", f"{min(figures)} and {max(figures)} lie too far apart for accounts of one enterprise"))
    return figures


def _held_between(status: _Ends, window: Iterable[_Ends]) -> _Ends:
    """The status held between the smallest and the largest class of the window; each end by itself, for it is monotone."""
    lows, highs = zip(*window, strict=True)
    return (max(min(lows), min(status[0], max(lows))), max(min(highs), min(status[1], max(highs))))


def _before(before: object, newly_established: object, faults: list[Mistake]) -> tuple[Start, _Ends | None]:
    """What the status begins with."""
    known = [*(size.value for size in SizeClass), "unknown"]
    if not isinstance(newly_established, bool):
        faults.append(("newly_established", f"expected True or False; got {shown(newly_established)}"))
    if before is None:
        return ("estimate" if newly_established else "first_period"), None
    if newly_established:
        faults.append(("before", "a new enterprise had no status before its first period"))
    if before not in known:
        faults.append(("before", unknown_name(before, known)))
        return "given", None
    if before == "unknown":
        return "unknown", _ANY
    rank = SizeClass(before).rank
    return "given", (rank, rank)
