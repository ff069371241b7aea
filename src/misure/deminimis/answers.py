# SPDX-License-Identifier: Apache-2.0
"""What a question about headroom is answered with: the amount, every limit behind it, and the aid that fills it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from misure._reopen import by_public_name
from misure.deminimis.aid import Aid, shown_days, shown_money
from misure.deminimis.law import Convention, YearEnd, ceiling_rows, leaves
from misure.deminimis.plain_data import data_of
from misure.ground.arguments import shown
from misure.ground.dated import Cited
from misure.ground.given import cents, euros, refuse
from misure.ground.ranges import Range
from misure.ground.truth import Confidence

__all__ = ["CapUse", "Headroom", "Occupation", "Remark", "AidWindow", "counted", "may_count", "names_beside_codes"]

_LAST = dt.date(9000, 1, 1).toordinal()
"""No day is counted from that lies nearer to the end of the calendar than any window is long."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about an answer: of which kind, about whom or what, in words for the official.

    Kinds of doubt: `ledger_incomplete`, `complete_until`, `gap`, `amount`, `granted_on`, `activity`, `possible_member`,
    `register`, `cap_open`, `cap_not_encoded`, `not_in_ledger`. Kinds of warning: `overdrawn`, `joint_cap_set_aside`,
    `joint_window`, `fiscal_year`, `joined_otherwise`, `names_beside_codes`, `only_schemes`, `convention`.
    """

    kind: str
    subject: str
    text: str
    nearest: str | None = None
    """Of `not_in_ledger`: the beneficiary of some aid that looks most like the subject."""


def names_beside_codes() -> Remark:
    """What an answer takes for so where a ledger names some by a code and others by a name.

    >>> names_beside_codes().subject
    'ledger'
    """
    text = "it names some by a code and others by a name: it is taken that nobody stands in it under two unlike ones"
    return Remark("names_beside_codes", "ledger", text)


@by_public_name
@dataclass(frozen=True, slots=True)
class AidWindow:
    """The three years over which aid counts, first and last day included."""

    first: dt.date
    last: dt.date
    regulation: str
    """Whose three years they are."""
    rolling: bool
    """Three years up to the last day; otherwise the financial year of the last day and those before it."""
    convention: Convention
    fiscal_year_end: str
    """The last day of the financial year, month and day; it matters where the years do not roll."""

    def until(self, granted: int) -> int | None:
        """The first day after the window's last on which an aid of a day no longer counts, as the law now stands.

        None where that day lies beyond the law that is encoded.

        Raises:
            BadFacts: `granted` is no ordinal of a day.
        """
        if type(granted) is not int or not 1 <= granted <= _LAST:
            refuse("<window>", [("granted", f"expected the ordinal of a day (date.toordinal()); got {shown(granted)}")])
        month, _, day = self.fiscal_year_end.partition("-")
        ends: YearEnd = (int(month), int(day))
        for row in ceiling_rows(self.regulation):
            if row.until is None or row.until > self.last.toordinal():
                left = max(leaves(granted, row, self.convention, ends), row.since, self.last.toordinal() + 1)
                if row.until is None or left <= row.until:
                    return left
        return None


@by_public_name
@dataclass(frozen=True, slots=True)
class Occupation:
    """One aid that takes up room: how much of it counts, and the day from which it no longer does."""

    aid: Aid
    counted: Decimal | Range | None
    """Euros; a range where it is not known whether, or how much, it counts; None: without an upper end."""
    until: dt.date | Range | None
    """The first day that does not see it; None: its day is unknown, or the law of that day is not encoded."""


@by_public_name
@dataclass(frozen=True, slots=True)
class CapUse:
    """One limit: the ceiling of a regulation, or a cap that several share, with what fills it."""

    name: str
    """The regulation, or the shared cap as `rules/ue/cumulation-deminimis.csv` names it."""
    counts: tuple[str, ...]
    """The regulations whose aid fills it."""
    activity: str | None
    """Aid for this activity alone fills it; None: all aid does."""
    limit: Decimal | Range | None
    """None: what it says on the day is not encoded."""
    used_at_least: Decimal
    used_at_most: Decimal | None
    """None: there may be more aid than the ledger tells."""
    left: Decimal | Range | None
    """What may still be granted under this limit alone, if it holds; nothing where it is exceeded."""
    window: AidWindow
    holds: bool
    """Sources settle that the limit holds; otherwise it may."""
    citation: Cited
    confidence: Confidence
    note: str
    members: tuple[str, ...] = field(repr=False)
    aids: tuple[Aid, ...] = field(repr=False)
    """The aid that fills it, or may."""

    @property
    def used(self) -> Decimal | Range | None:
        """Euros that fill the limit; a range where not exactly known, None where nothing bounds them."""
        if self.used_at_most is None:
            return None
        return (
            self.used_at_least
            if self.used_at_least == self.used_at_most
            else Range(self.used_at_least, self.used_at_most)
        )

    @property
    def overdrawn(self) -> Decimal | Range:
        """Euros by which the limit is passed already; 0.00 where it is not, or where what it says is not encoded.

        A range where the aid or the limit is not exactly known. What an incomplete ledger may lack is not in it.
        """
        if self.limit is None:
            return euros(0)
        ends = (self.limit.least, self.limit.greatest) if isinstance(self.limit, Range) else (self.limit, self.limit)
        used = self.used_at_least if self.used_at_most is None else self.used_at_most
        least, most = max(0, cents(self.used_at_least) - cents(ends[1])), max(0, cents(used) - cents(ends[0]))
        return shown_money(least, most)

    @property
    def overdrawn_since(self) -> dt.date | None:
        """The day of the grant by which the limit was surely passed; None where it is not surely passed.

        Of the aid that counts on the day of the question: on each day from that one on it was more than today's limit.
        """
        if self.limit is None:
            return None
        limit = cents(self.limit.greatest if isinstance(self.limit, Range) else self.limit)
        first, last = self.window.first.toordinal(), self.window.last.toordinal()
        total = 0
        for aid in sorted(self.aids, key=lambda aid: (aid.last or last, aid.id)):
            total += counted(aid, first, last, self.activity, sure=aid.beneficiary in self.members)[0]
            if total > limit and aid.last is not None:
                return dt.date.fromordinal(aid.last)
        return None

    @property
    def occupied_by(self) -> tuple[Occupation, ...]:
        """The aid that fills the limit, by day, each with the day from which it no longer does."""
        first, last = self.window.first.toordinal(), self.window.last.toordinal()
        found = []
        for aid in sorted(self.aids, key=lambda aid: (aid.first or 0, aid.last or 0, aid.id)):
            least, most = counted(aid, first, last, self.activity, sure=aid.beneficiary in self.members)
            ends = [None if day is None else self.window.until(day) for day in (aid.first, aid.last)]
            until = None if None in ends else shown_days(*ends)
            found.append(Occupation(aid, None if most is None else shown_money(least, most), until))
        return tuple(found)

    def to_dict(self) -> dict[str, Any]:
        """The limit as plain data, ready for JSON, with what fills it in `occupied_by`."""
        return data_of(self, "used", "overdrawn", "overdrawn_since", "occupied_by", without=("members", "aids"))


def may_count(aid: Aid, first: int, last: int, activity: str | None) -> bool:
    """Whether an aid may count between two days, for an activity if one is named."""
    if aid.first is not None and aid.last is not None and (aid.last < first or aid.first > last):
        return False
    return activity is None or aid.activity is None or aid.activity == activity


def counted(aid: Aid, first: int, last: int, activity: str | None, *, sure: bool) -> tuple[int, int | None]:
    """The least and greatest cents of an aid that count between two days; None: without an upper end."""
    if not may_count(aid, first, last, activity):
        return 0, 0
    if aid.first is None or aid.last is None or aid.first < first or aid.last > last:
        sure = False
    if activity is not None and aid.activity is None:
        sure = False
    return aid.least if sure else 0, aid.most


@by_public_name
@dataclass(frozen=True, slots=True)
class Headroom:
    """What a single undertaking may still be granted under a regulation on a day (art. 3(2) Reg. (EU) 2023/2831).

    `amount` is exact where everything is known, else a range of its ends; `doubts` say why. `caps` holds every limit,
    the regulation's own ceiling first.

    Of whom the ledger holds no aid is told in the doubts, as `not_in_ledger`, with the beneficiary that looks most like it.
    A right code that a complete ledger of right codes does not hold leaves the amount exact: nothing was granted to it.
    Otherwise the amount is open: the aid of a name, or of a number whose check fails, may be its own (`possible`), and whoever
    is asked about by such a one may stand in the ledger by a code.
    """

    regulation: str
    on: dt.date
    amount: Decimal | Range
    members: tuple[str, ...]
    possible: tuple[str, ...]
    """Who may belong to the single undertaking, or may not; whose aid may be that of a member whom the ledger does not hold."""
    caps: tuple[CapUse, ...]
    binding: tuple[str, ...]
    """The limits that leave no more than the amount: the ends of a range may each have their own."""
    doubts: tuple[Remark, ...]
    """Why the amount is not exact; a doubt that makes no difference to it stands here too."""
    warnings: tuple[Remark, ...]
    """What another reading of the law, or a missing datum, would change."""
    citations: tuple[Cited, ...]
    confidence: Confidence

    @property
    def ceiling(self) -> Decimal | Range:
        """The ceiling of the regulation on the day of granting."""
        ceiling = self.caps[0].limit
        assert ceiling is not None
        return ceiling

    @property
    def used(self) -> Decimal | Range | None:
        """What fills the regulation's own ceiling."""
        return self.caps[0].used

    @property
    def overdrawn(self) -> Decimal | Range:
        """Euros by which the ceiling is passed already, where `amount` can only say that nothing is left; else 0.00.

        The regulation's own ceiling; where that one is not surely passed, whichever limit is passed most. The warnings tell
        each limit that is passed, and since when.
        """
        found = [cap.overdrawn for cap in self.caps if cap.holds]
        ends = [(one.least, one.greatest) if isinstance(one, Range) else (one, one) for one in found]
        if ends[0][0]:
            return found[0]
        return shown_money(max(cents(least) for least, _ in ends), max(cents(most) for _, most in ends))

    @property
    def window(self) -> AidWindow:
        """The three years over which the regulation's own ceiling counts."""
        return self.caps[0].window

    @property
    def at_least(self) -> Decimal:
        """What surely may be granted."""
        return self.amount.least if isinstance(self.amount, Range) else self.amount  # type: ignore[return-value]

    @property
    def at_most(self) -> Decimal:
        """What cannot be exceeded."""
        return self.amount.greatest if isinstance(self.amount, Range) else self.amount  # type: ignore[return-value]

    @property
    def occupied_by(self) -> tuple[Occupation, ...]:
        """The aid that fills the regulation's own ceiling, with the day from which each no longer does."""
        return self.caps[0].occupied_by

    def cap(self, name: str) -> CapUse | None:
        """A limit by its name; None where there is no such limit on the day."""
        return next((cap for cap in self.caps if cap.name == name), None)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON: amounts as text, days as ISO dates, a range as `from` and `to`."""
        return data_of(self, "ceiling", "used", "overdrawn")

    def __str__(self) -> str:
        what = f"from {self.at_least} to {self.at_most}" if isinstance(self.amount, Range) else f"{self.amount}"
        return f"{self.regulation} on {self.on}: {what} of {_range_text(self.ceiling)} euros"


def _range_text(amount: Decimal | Range) -> str:
    return f"{amount.least} to {amount.greatest}" if isinstance(amount, Range) else str(amount)
