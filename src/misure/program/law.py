# SPDX-License-Identifier: Apache-2.0
"""Which dated value of the law stands: one, where the day that picks it is known, or a choice between several.

Where the measure's anchor (filing, mostly) is known, its values fold into constants, one program for each period of days on
which nothing changes. A parameter dated on another event (the grant) becomes a choice on its day: a grant not yet made
leaves every version from `on` on possible. Where nobody told the day of filing, the versions up to the day of the question are in
one program: who has not filed yet is asked as if today.
"""

from __future__ import annotations

import bisect
import datetime as dt
from dataclasses import dataclass

from misure.facts.vocabulary import FILING
from misure.ground.regimes import Regime
from misure.ground.truth import Confidence, worst
from misure.rulebook.rules import Condition, Edition, Parameter, Read, Rulebook, Value

__all__ = ["KNOWN_ANCHORS", "Law", "folds", "periods"]


KNOWN_ANCHORS = frozenset({FILING, "on"})
"""The days that a decision may know beforehand: the question's always, that of filing where it was told."""


def folds(rulebook: Rulebook) -> bool:
    """Whether the law of a measure is picked by a day that may be known beforehand, so that its values become constants."""
    return rulebook.law_of in KNOWN_ANCHORS


def periods(rulebook: Rulebook) -> tuple[dt.date, ...]:
    """The first day of every period on which the law of the measure stands still, in order.

    A measure dated on the grant or the payment has one, with every version in it: the day may not be known yet.
    """
    days = {edition.day for edition in rulebook.editions}
    first = min(days)
    if not folds(rulebook):
        return (first,)
    days |= {value.since for p in rulebook.parameters.values() if p.anchor == rulebook.law_of for value in p.values}
    for condition in rulebook.conditions:
        if condition.since:
            days.add(condition.since)
        if condition.until:
            days.add(condition.until + dt.timedelta(days=1))
    return tuple(sorted(day for day in days if day >= first))


@dataclass(frozen=True, slots=True)
class Law:
    """The law of one period of days: `day` is its first (the newest there is, where every version is in it).

    Where the day of filing is not known (`filing` is false), what it picks stands with every version up to `day`, which then is the
    first of the period in which the question is put: nobody has filed after it.
    """

    rulebook: Rulebook
    day: dt.date
    filing: bool = True

    @property
    def folds(self) -> bool:
        """Whether the day that picks the law is known, so that one version of every value stands."""
        return folds(self.rulebook) and (self.filing or self.rulebook.law_of != FILING)

    @classmethod
    def from_day(cls, rulebook: Rulebook, day: dt.date, *, filing: bool = True) -> Law:
        """The law of the period that begins on `day`; `filing` says whether the day of filing is known."""
        if folds(rulebook):
            return cls(rulebook, day, filing)
        own = (p for p in rulebook.parameters.values() if p.anchor == rulebook.law_of)
        newest = max([rulebook.editions[-1].day, *(value.since for p in own for value in p.values)])
        return cls(rulebook, newest, filing)

    @property
    def edition(self) -> Edition:
        editions = self.rulebook.editions
        return editions[bisect.bisect_right([edition.day for edition in editions], self.day) - 1]

    @property
    def read(self) -> Read:
        """How far the governing text was read: of the edition in force, or of every one that may be in force."""
        return Read.least(edition.read for edition in self.possible)

    @property
    def possible(self) -> tuple[Edition, ...]:
        """The editions that may be in force: one, where the day that picks it is known."""
        return (
            (self.edition,) if self.folds else tuple(e for e in self.rulebook.editions if not self._comes_later(e.day))
        )

    def _comes_later(self, day: dt.date | None) -> bool:
        """Whether what begins on a day is of no day that can be told."""
        return day is not None and day > self.day and folds(self.rulebook)

    def values(self, parameter: Parameter) -> tuple[Value, ...]:
        """The value in force, alone; or every version, where another event than the measure's anchor picks it."""
        if parameter.anchor != self.rulebook.law_of:
            return parameter.values
        live = tuple(value for value in parameter.values if not self._comes_later(value.since)) or parameter.values[:1]
        return live[-1:] if self.folds else live

    def regime(self, name: str) -> Regime:
        """A counting regime by name, or through the parameter that chooses it; the civil one where none is named."""
        parameter = self.rulebook.parameters.get(name)
        if parameter is None:
            return Regime(name) if name else Regime.IT_CIVIL
        return Regime(str(self.values(parameter)[-1].known))

    def live(self, condition: Condition) -> bool:
        """Whether the condition stands in this period; always, where its days are compared instead."""
        if self._comes_later(condition.since):
            return False
        return not self.folds or condition.until is None or self.day <= condition.until

    def carried(self, name: str) -> Confidence:
        """How sure it is that `name` still stands in this edition: inferred, where a later act did not say it again."""
        doubts = [Confidence.OFFICIAL]
        # Shared law has its own dates: an edition of the measure does not say it again.
        for edition in self.rulebook.editions if self.rulebook.borrowed(name) is None else ():
            if edition.day <= self.day:
                if name in edition.restates:
                    doubts = [edition.confidence]
                elif edition.others_inferred:
                    doubts.append(Confidence.INFERRED)
        return worst(*doubts)

    def confidence_of(self, parameter: Parameter) -> Confidence:
        """How sure the value is: its own reading, and whether a later edition restated it."""
        values = self.values(parameter)
        read = worst(*(value.confidence for value in values))
        newest = values[-1].since
        inferred = self.rulebook.borrowed(parameter.name) is None and any(
            edition.others_inferred and newest < edition.day <= self.day and parameter.name not in edition.restates
            for edition in self.rulebook.editions
        )
        return worst(read, Confidence.INFERRED) if inferred else read
