# SPDX-License-Identifier: Apache-2.0
"""What the computing of a term answers: the day, each day passed over with its reason, every step with its provision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from misure._reopen import by_public_name
from misure.ground.clock import Instant, midnight_after
from misure.ground.dated import Cited
from misure.ground.days import MonthEnd
from misure.ground.given import day as day_given
from misure.ground.regimes import Regime
from misure.ground.truth import Confidence
from misure.terms.reading import told

__all__ = ["Ambiguity", "Deadline", "Passed", "Reading", "Step"]


@by_public_name
@dataclass(frozen=True, slots=True)
class Passed:
    """A day on which the term could have ended, and why it did not.

    `reason` is `sunday`, `saturday`, `holiday` (with its Italian `name`), or `least_working_days` where the day is a
    working one and the period would still have too few of them (art. 3(5) of Regulation 1182/71).
    """

    day: dt.date
    reason: str
    name: str = ""


@by_public_name
@dataclass(frozen=True, slots=True)
class Step:
    """One step of the computation: what was done, by how much, the last day after it, and the provision it follows.

    Args:
        name: `start` (the starting day is not counted), `counted`, `suspended`, `extended`, `moved` or `stays`.
        day: After `start` the first day that counts; else the last day of the term as far as it is computed.
        amount: How many days, working days, weeks, months or years.
        unit: What `amount` counts; "" where there is none.
        citation: None where no act lays the rule down (`fixed_instant`, `validity`).
        confidence: How sure the reading of that provision is.
        note: What the provision leaves open, in a sentence; "" where nothing.
    """

    name: str
    day: dt.date
    amount: int = 0
    unit: str = ""
    citation: Cited | None = None
    confidence: Confidence = Confidence.OFFICIAL
    note: str = ""


@by_public_name
@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term; of one counted back, the last day on which the thing may still be done before the event.

    Args:
        day: The last day, as it counts.
        raw: The day to which counting alone leads.
        start: The day from which the term runs, which is not counted.
        regime: The counting regime.
        moved: Each day passed over between `raw` and `day`, in that order.
        steps: The whole computation.
        confidence: How sure the least sure step is.
        backwards: Whether the term is counted back from `start`.
    """

    day: dt.date
    raw: dt.date
    start: dt.date
    regime: Regime
    moved: tuple[Passed, ...]
    steps: tuple[Step, ...]
    confidence: Confidence
    backwards: bool = False

    @property
    def citation(self) -> Cited | None:
        """The provision under which the last day moves or stays."""
        return self.steps[-1].citation

    @property
    def citations(self) -> tuple[Cited, ...]:
        """The provisions of all the steps, each once."""
        return tuple(dict.fromkeys(step.citation for step in self.steps if step.citation is not None))

    @property
    def ends(self) -> Instant:
        """The moment at which the last day is over, on the clock of Italy."""
        return midnight_after(self.day.toordinal())

    def is_over(self, on: dt.date | str) -> bool:
        """Whether the last day lies before a day: what is done on the last day is in time.

        Raises:
            BadFacts: It is no day.
        """
        return told("is_over", "on", lambda: day_given(on)) > self.day.toordinal()


@by_public_name
@dataclass(frozen=True, slots=True)
class Reading:
    """One way of counting a term: its last day under a regime, with a rounding of months, and what else it assumes."""

    deadline: Deadline
    rounding: MonthEnd
    assumes: str = ""
    """"" as the regime is read here; `saturday_stays` or `does_not_move` for another reading of a term counted back."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Every reading of a term that is in doubt, and whether the doubt makes a difference."""

    readings: tuple[Reading, ...]

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The different last days, earliest first."""
        return tuple(sorted({reading.deadline.day for reading in self.readings}))

    @property
    def matters(self) -> bool:
        """Whether the readings lead to different days."""
        return len(self.days) > 1

    @property
    def earliest(self) -> dt.date:
        """The day that is in time under every reading."""
        return self.days[0]

    @property
    def latest(self) -> dt.date:
        """The last day that some reading allows."""
        return self.days[-1]
