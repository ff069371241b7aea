# SPDX-License-Identifier: Apache-2.0
"""Headroom over time: the exact days on which something falls out, begins to count, or the law changes, for one undertaking.

>>> from misure.deminimis.aid import Aid
>>> held = [Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00"), Aid("COR-2", "alfa", "gen", "2026-03-01", "80000.00")]
>>> found = course(Ledger(held, complete_by="register"), "alfa", "2026-01-01", "2029-12-31")
>>> [(str(each.first), str(each.left), str(each.overdrawn)) for each in found.stretches]
[('2026-01-01', '50000.00', '0.00'), ('2026-03-01', '0.00', '30000.00'), ('2028-01-10', '220000.00', '0.00'), ('2029-03-01', '300000.00', '0.00')]
>>> [aid.id for aid in found.at("2028-01-10").fallen_out]
['COR-1']
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from misure._reopen import by_public_name
from misure.deminimis.aid import Aid, Fault, shown_money
from misure.deminimis.answers import Remark
from misure.deminimis.caps import CapState
from misure.deminimis.law import ceiling_row
from misure.deminimis.ledgers.ledger import Ledger, totals_of
from misure.deminimis.measuring import Question, asked, ends, filling
from misure.deminimis.options import DEFAULT, Options
from misure.deminimis.plain_data import data_of
from misure.deminimis.remaining import answer
from misure.deminimis.surveying.turning import Turning, figures
from misure.ground.given import cents, refuse
from misure.ground.given import day as day_of
from misure.ground.ranges import Range

__all__ = ["Course", "HeadroomPeriod", "course"]


@by_public_name
@dataclass(frozen=True, slots=True)
class HeadroomPeriod:
    """Some days in a row on which the headroom is the same."""

    first: dt.date
    last: dt.date
    ceiling: Decimal | Range
    """The regulation's own ceiling."""
    used: Decimal | Range | None
    """What fills it; None: there may be more aid than the ledger tells."""
    left: Decimal | Range
    """What may be granted on each of the days."""
    overdrawn: Decimal | Range
    """By how much the ceiling is passed, as `Headroom.overdrawn`."""
    granted: tuple[Aid, ...]
    """What begins to count on the first day; empty for the first stretch of a course."""
    fallen_out: tuple[Aid, ...]
    """What counts no longer from the first day on; empty for the first stretch of a course."""

    def to_dict(self) -> dict[str, Any]:
        """The stretch as plain data, ready for JSON."""
        return data_of(self)


@by_public_name
@dataclass(frozen=True, slots=True)
class Course:
    """The headroom of a single undertaking over some days: on each the same as `headroom` of that day with `later="ignore"`."""

    regulation: str
    members: tuple[str, ...]
    possible: tuple[str, ...]
    """Who may belong to it, or may not."""
    stretches: tuple[HeadroomPeriod, ...]
    """In their order, without a day between them. Some change, or something falls out or is granted, on each first day."""
    doubts: tuple[Remark, ...]
    """Why the figures of the last day are not exact."""

    def at(self, on: dt.date | str) -> HeadroomPeriod:
        """The stretch in which a day lies.

        Raises:
            BadFacts: It is no day, or lies outside the course.
        """
        faults: list[Fault] = []
        try:
            wanted = dt.date.fromordinal(day_of(on))
        except ValueError as problem:
            faults.append(("on", str(problem)))
        else:
            first, last = self.stretches[0].first, self.stretches[-1].last
            if first <= wanted <= last:
                return self.stretches[bisect_right(self.stretches, wanted, key=lambda each: each.first) - 1]
            faults.append(("on", f"{wanted} lies outside the course, from {first} to {last}"))
        refuse("<course>", faults)
        raise AssertionError

    @property
    def overdrawn(self) -> tuple[HeadroomPeriod, ...]:
        """The stretches on which the ceiling is passed, or may be."""
        return tuple(each for each in self.stretches if _ends(each.overdrawn)[1])

    @property
    def least(self) -> HeadroomPeriod:
        """The first stretch on which least is left: by what is surely left, then by what may be."""
        return min(self.stretches, key=lambda each: _ends(each.left))

    @property
    def greatest(self) -> HeadroomPeriod:
        """The first stretch on which most is left: by what is surely left, then by what may be."""
        return max(self.stretches, key=lambda each: _ends(each.left))

    def to_dict(self) -> dict[str, Any]:
        """The course as plain data, ready for JSON."""
        return data_of(self, "least", "greatest", "overdrawn")


def course(
    ledger: Ledger, undertaking: object, from_: dt.date | str, until: dt.date | str, *, regulation: str = "gen",
    activity: str | None = None, options: Options = DEFAULT,
) -> Course:  # fmt: skip
    """The headroom of a single undertaking from one day to another, if no other aid is granted meanwhile.

    Everything is as in `headroom` of each day with `later="ignore"`: aid counts from its own day on. After the last day for
    which somebody says that the ledger is complete, less may be left; `ledger.without_end()` supposes that nothing more is
    granted.

    Raises:
        BadFacts: Something given cannot be; every fault is told.
        NotEncoded: The law of the first or the last day is not encoded.
    """
    faults: list[Fault] = []
    last = 0
    try:
        last = day_of(until)
    except ValueError as problem:
        faults.append(("until", str(problem)))
    with suppress(ValueError):  # it is told with the question
        if last and last < (first := day_of(from_)):
            faults.append(("until", f"{dt.date.fromordinal(last)} lies before {dt.date.fromordinal(first)}"))
    question = asked(ledger, undertaking, from_, regulation, activity, "ignore", options, faults, "from_", "course")
    ceiling_row(question.day, regulation)
    ceiling_row(last, regulation)
    ends_on = None if ledger.complete_until is None else ledger.complete_until.toordinal()
    later = question
    if ends_on is not None and question.day <= ends_on < last:
        # Whom the ledger does not know is looked at otherwise where nobody says that it is complete.
        later = asked(ledger, undertaking, dt.date.fromordinal(ends_on + 1), regulation, activity, "ignore", options)
    days = _days(question, later, last, ends_on)
    found: list[HeadroomPeriod] = []
    before: dict[str, Aid] | None = None
    for at, day in enumerate(days):
        of_day = (later if ends_on is not None and day > ends_on else question)._replace(day=day)
        stretch, counting = _stretch(of_day, days[at + 1] - 1 if at + 1 < len(days) else last, before)
        before = counting
        same = found and not stretch.granted and not stretch.fallen_out
        if same and replace(found[-1], first=stretch.first, last=stretch.last, granted=(), fallen_out=()) == stretch:
            found[-1] = replace(found[-1], last=stretch.last)
        else:
            found.append(stretch)
    group = question.group
    doubts = answer(later._replace(day=last)).doubts
    return Course(regulation, group.members, group.possible, tuple(found), doubts)


def _days(question: Question, later: Question, last: int, ends_on: int | None) -> list[int]:
    """The first day, and every later one on which something may change."""
    turning = Turning(question.regulation, question.options, question.day, last)
    days = {question.day, *turning.law}
    if ends_on is not None:
        days.add(ends_on + 1)
    for name in {*question.group.members, *question.group.possible, *later.group.possible}:
        for held in totals_of(question.ledger, name).values():
            for aid in (*held.aids, *held.loose):
                for day in {aid.first, aid.last} - {None}:
                    assert day is not None
                    days.update((day, *turning.leaving(day)))
    return sorted(day for day in days if question.day <= day <= last)


def _stretch(question: Question, last: int, before: dict[str, Aid] | None) -> tuple[HeadroomPeriod, dict[str, Aid]]:
    """The stretch that begins on the day of a question, and the aid that counts in it, or may."""
    measured = ends(question)
    own = measured[0].limit
    counting = {
        aid.id: aid
        for each in measured if each.limit.standing is not CapState.SET_ASIDE
        for aid in filling(question.ledger, question.group, each.limit, question.day)
    }  # fmt: skip
    told = figures(measured)
    used = None if told.used_most is None else shown_money(told.used_least, told.used_most)
    earlier = counting if before is None else before
    stretch = HeadroomPeriod(
        dt.date.fromordinal(question.day), dt.date.fromordinal(last), shown_money(own.least, own.most), used,
        shown_money(told.left_least, told.left_most), shown_money(told.overdrawn_least, told.overdrawn_most),
        tuple(aid for name, aid in counting.items() if name not in earlier),
        tuple(aid for name, aid in earlier.items() if name not in counting),
    )  # fmt: skip
    return stretch, counting


def _ends(amount: Decimal | Range) -> tuple[int, int]:
    ends_of = (amount.least, amount.greatest) if isinstance(amount, Range) else (amount, amount)
    return cents(ends_of[0]), cents(ends_of[1])
