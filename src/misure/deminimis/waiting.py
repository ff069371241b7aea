# SPDX-License-Identifier: Apache-2.0
"""When an amount will fit: the first day on which enough earlier aid has left the three years, or the law has changed.

>>> from misure.deminimis.aid import Aid
>>> ledger = Ledger([Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00")], complete_by="register, 22 November 2026")
>>> found = first_day_that_fits("60000.00", ledger, "alfa", from_="2026-11-22")
>>> found.day, found.reason
(datetime.date(2028, 1, 10), <FitReason.FITS: 'fits'>)
>>> first_day_that_fits("300000.01", ledger, "alfa", from_="2026-11-22").reason
<FitReason.ABOVE_EVERY_CEILING: 'above_every_ceiling'>
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from misure._reopen import by_public_name
from misure.deminimis.aid import Fault
from misure.deminimis.answers import Headroom
from misure.deminimis.caps import CapState, changes
from misure.deminimis.law import ceiling_row, ceiling_rows, leaves
from misure.deminimis.ledgers.ledger import Ledger, totals_of
from misure.deminimis.measuring import Ends, Question, asked, ends, outlives
from misure.deminimis.options import DEFAULT, Options
from misure.deminimis.plain_data import data_of
from misure.deminimis.remaining import answer
from misure.ground.given import Money, cents, euros

__all__ = ["FitReason", "FirstFit", "first_day_that_fits"]


@by_public_name
class FitReason(StrEnum):
    """How the search for a day ended."""

    FITS = "fits"
    NEVER_SURELY = "never_surely"
    """Some day it may fit, but on none is that certain: the headroom of the day says what is not known."""
    ABOVE_EVERY_CEILING = "above_every_ceiling"
    """No ceiling that is encoded from the first day on is so high, even with no other aid."""
    NOT_WITHIN_ENCODED_LAW = "not_within_encoded_law"
    """Not until the last day whose law is encoded."""


@by_public_name
@dataclass(frozen=True, slots=True)
class FirstFit:
    """The first day on which an amount fits, if the ledger stays as it is."""

    amount: Decimal
    day: dt.date | None
    """The first day on which it surely fits."""
    perhaps_from: dt.date | None
    """The first day on which it may fit; not after `day`."""
    reason: FitReason
    searched_until: dt.date
    """The last day whose law is encoded."""
    headroom: Headroom
    """The headroom of that day; where there is none, of the day on which it may fit, or of the first day asked."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON, as `Headroom.to_dict`."""
        return data_of(self)


def first_day_that_fits(
    amount: Money, ledger: Ledger, undertaking: object, *, from_: dt.date | str, regulation: str = "gen",
    activity: str | None = None, later: str = "refuse", options: Options = DEFAULT,
) -> FirstFit:  # fmt: skip
    """The first day from a day on that an amount could be granted on, if no other aid is granted meanwhile.

    Room is only made on finitely many days: when aid leaves the window, or the law changes. Each is tried. The rest is
    as in `headroom`; with `later="ignore"`, aid that the ledger dates after the first day counts from its own day on.

    Raises:
        BadFacts: Something given cannot be; every fault is told.
        NotEncoded: The law of the first day is not encoded.
    """
    faults: list[Fault] = []
    wanted = 0
    try:
        wanted = cents(amount)
    except ValueError as problem:
        faults.append(("amount", str(problem)))
    question = asked(ledger, undertaking, from_, regulation, activity, later, options, faults, "from_")
    ceiling_row(question.day, regulation)
    # Nobody can say today what will be granted; that nothing more is, is what the question supposes.
    if not outlives(question):
        question = question._replace(ledger=ledger.without_end())
    last = ceiling_rows(regulation)[-1].until
    assert last is not None
    sure = perhaps = None
    for day in _days(question, last):
        measured = ends(question._replace(day=day))
        if perhaps is None and _fits(measured, wanted, surely=False):
            perhaps = day
        if _fits(measured, wanted, surely=True):
            sure = day
            break
    if sure is not None:
        reason = FitReason.FITS
    elif perhaps is not None:
        reason = FitReason.NEVER_SURELY
    elif not any(_fits_alone(day, question, wanted) for day in _days(question, last)):
        reason = FitReason.ABOVE_EVERY_CEILING
    else:
        reason = FitReason.NOT_WITHIN_ENCODED_LAW
    shown = question._replace(day=next((day for day in (sure, perhaps) if day is not None), question.day))
    return FirstFit(euros(wanted), _date(sure), _date(perhaps), reason, dt.date.fromordinal(last), answer(shown))


def _days(question: Question, last: int) -> list[int]:
    """The first day asked, and every later one on which room may be made."""
    since, lenders = changes(question.regulation)
    days = {question.day, *since}
    granted = {
        day
        for name in (*question.group.members, *question.group.possible)
        for held in totals_of(question.ledger, name).values()
        for aid in (*held.aids, *held.loose)
        for day in (aid.first, aid.last)
        if day is not None
    }
    options = question.options
    for name in lenders:
        for row in ceiling_rows(name):
            if row.until is not None and row.until < question.day:
                continue
            left = (leaves(day, row, options.begins, options.year_end) for day in granted)
            days.update(day for day in left if day >= row.since)
    return sorted(day for day in days if question.day <= day <= last)


def _fits(measured: list[Ends], wanted: int, *, surely: bool) -> bool:
    for each in measured:
        if each.limit.standing is not CapState.SET_ASIDE:
            left = each.least if surely else each.greatest
            if left is not None and wanted > left:
                return False
    return True


def _fits_alone(day: int, question: Question, wanted: int) -> bool:
    """Whether the amount fits on a day with no other aid at all."""
    empty = Ledger(complete_by="nobody has any aid")
    return _fits(ends(question._replace(ledger=empty, day=day)), wanted, surely=False)


def _date(day: int | None) -> dt.date | None:
    return None if day is None else dt.date.fromordinal(day)
