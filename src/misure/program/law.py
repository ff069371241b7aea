# SPDX-License-Identifier: Apache-2.0
"""Which dated value of the law stands: one, where the day that picks it is known, or a choice between several.

The measure's anchor (filing, mostly) is known at every decision, so its values fold into constants, one program for each
stretch of days on which nothing changes. A parameter dated on another event (the grant) becomes a choice on its day: a
grant not yet made leaves every version from `on` on possible.
"""

from __future__ import annotations

import bisect
import datetime as dt
from dataclasses import dataclass

from misure.ground.truth import Confidence, worst
from misure.rulebook.rules import Condition, Edition, Parameter, Rulebook, Value

__all__ = ["Law", "stretches"]


def stretches(rulebook: Rulebook) -> tuple[dt.date, ...]:
    """The first day of every stretch on which the law of the measure stands still, in order."""
    days = {edition.day for edition in rulebook.editions}
    first = min(days)
    days |= {value.since for p in rulebook.parameters.values() if p.anchor == rulebook.law_of for value in p.values}
    for condition in rulebook.conditions:
        if condition.since:
            days.add(condition.since)
        if condition.until:
            days.add(condition.until + dt.timedelta(days=1))
    return tuple(sorted(day for day in days if day >= first))


@dataclass(frozen=True, slots=True)
class Law:
    """The law of one stretch of days: `day` is its first."""

    rulebook: Rulebook
    day: dt.date

    @property
    def edition(self) -> Edition:
        editions = self.rulebook.editions
        return editions[bisect.bisect_right([edition.day for edition in editions], self.day) - 1]

    def values(self, parameter: Parameter) -> tuple[Value, ...]:
        """The value in force, alone; or every version, where another event than the measure's anchor picks it."""
        if parameter.anchor != self.rulebook.law_of:
            return parameter.values
        live = [value for value in parameter.values if value.since <= self.day]
        return (live[-1] if live else parameter.values[0],)

    def live(self, condition: Condition) -> bool:
        return not (
            (condition.since and self.day < condition.since) or (condition.until and self.day > condition.until)
        )

    def carried(self, name: str) -> Confidence:
        """How sure it is that `name` still stands in this edition: inferred, where a later act did not say it again."""
        doubts = [Confidence.OFFICIAL]
        for edition in self.rulebook.editions:
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
        inferred = any(
            edition.others_inferred and newest < edition.day <= self.day and parameter.name not in edition.restates
            for edition in self.rulebook.editions
        )
        return worst(read, Confidence.INFERRED) if inferred else read
