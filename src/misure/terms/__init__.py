# SPDX-License-Identifier: Apache-2.0
"""Time limits: counting regimes, deadlines with the reason why they move, clock times in Europe/Rome."""

from __future__ import annotations

from typing import NoReturn

from misure._lazy import no_such
from misure.ground.clock import HourCount, Instant
from misure.ground.days import MonthEnd
from misure.ground.regimes import Regime
from misure.terms.answers import Ambiguity, Deadline, Passed, Reading, Step
from misure.terms.doubt import ambiguity, deadlines
from misure.terms.hours import HourDeadline, Moment, add_hours, by_end_of_day, by_hour, instant
from misure.terms.last_days import deadline, deadline_between, fixed_date, period_end
from misure.terms.procedure import NO_OBSERVATIONS, procedure_term
from misure.terms.reading import Day, Span
from misure.terms.working import add_working_days, is_working_day, working_days_between

__all__ = [
    "NO_OBSERVATIONS", "Ambiguity", "Day", "Deadline", "HourCount", "HourDeadline", "Instant", "Moment", "MonthEnd",
    "Passed", "Reading", "Regime", "Span", "Step", "add_hours", "add_working_days", "ambiguity", "by_end_of_day",
    "by_hour", "deadline", "deadline_between", "deadlines", "fixed_date", "instant", "is_working_day", "period_end",
    "procedure_term", "working_days_between",
]  # fmt: skip


def __getattr__(name: str) -> NoReturn:
    raise no_such(__name__, name, __all__)
