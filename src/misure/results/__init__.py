# SPDX-License-Identifier: Apache-2.0
"""The types of all that answers hold: decisions and their parts, selections and theirs, explanations and their pages.

They are made by `Measure.decide`, `Measure.select` and `misure.explain`, and never by hand. What is no class is what their
attributes and methods are annotated with: a value as it is shown (`Shown`, `Exact`), what a missing fact is wanted for
(`Wanted`), the sources of a page (`Links`), and what a selection is told of approvals and survivors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from misure._lazy import lazily

if TYPE_CHECKING:
    from misure.deciding.decision import Decision, Outcome, StageAnswer
    from misure.deciding.finding import Finding
    from misure.deciding.headrooms import AidRemark
    from misure.deciding.missing import Decided, Decides, Missing, Wanted
    from misure.deciding.record_details import Assumed, Culprit, LeftOut
    from misure.deciding.results import (
        Alternative,
        Amount,
        DutyState,
        Part,
        Recovered,
        Score,
        SpendingLine,
        Step,
        Tension,
        TensionReading,
        Term,
        Tranche,
        Waiting,
        Withheld,
    )
    from misure.deciding.values import Shown
    from misure.ground.dated import ActRef, Cited
    from misure.ground.ranges import Exact, Range
    from misure.selecting.approval import ApprovedOn
    from misure.selecting.award import Award
    from misure.selecting.basis import Basis
    from misure.selecting.placement import Placement, Reason, Why
    from misure.selecting.selection import EnvelopeResult, Selection
    from misure.selecting.standing import Standing
    from misure.selecting.survivors import SurvivorsTold
    from misure.selecting.withdrawing import Withdrawal
    from misure.telling.chapters.page import Line, Links, Mark, Page, Section
    from misure.telling.explanation import Explanation

__all__ = [
    "ActRef", "AidRemark", "Alternative", "Amount", "ApprovedOn", "Assumed", "Award", "Basis", "Cited", "Culprit",
    "Decided", "Decides", "Decision", "DutyState", "EnvelopeResult", "Exact", "Explanation", "Finding", "LeftOut",
    "Line", "Links", "Mark", "Missing", "Outcome", "Page", "Part", "Placement", "Range", "Reason", "Recovered", "Score", "Section",
    "Selection", "Shown", "SpendingLine", "StageAnswer", "Standing", "Step", "SurvivorsTold", "Tension",
    "TensionReading", "Term", "Tranche", "Waiting", "Wanted", "Why", "Withdrawal", "Withheld",
]  # fmt: skip

_HOMES = {
    "ActRef": "misure.ground.dated", "AidRemark": "misure.deciding.headrooms", "Alternative":
    "misure.deciding.results", "Amount": "misure.deciding.results", "ApprovedOn": "misure.selecting.approval",
    "Assumed": "misure.deciding.record_details", "Award": "misure.selecting.award", "Basis": "misure.selecting.basis",
    "Cited": "misure.ground.dated", "Culprit": "misure.deciding.record_details", "Decided": "misure.deciding.missing",
    "Decides": "misure.deciding.missing", "Decision": "misure.deciding.decision", "DutyState":
    "misure.deciding.results", "EnvelopeResult": "misure.selecting.selection", "Exact": "misure.ground.ranges",
    "Explanation": "misure.telling.explanation", "Finding": "misure.deciding.finding", "LeftOut":
    "misure.deciding.record_details", "Line": "misure.telling.chapters.page", "Links": "misure.telling.chapters.page",
    "Mark": "misure.telling.chapters.page", "Missing": "misure.deciding.missing", "Outcome":
    "misure.deciding.decision", "Page": "misure.telling.chapters.page", "Part": "misure.deciding.results", "Placement": "misure.selecting.placement",
    "Range": "misure.ground.ranges", "Reason": "misure.selecting.placement", "Recovered": "misure.deciding.results", "Score": "misure.deciding.results",
    "Section": "misure.telling.chapters.page", "Selection": "misure.selecting.selection", "Shown":
    "misure.deciding.values", "SpendingLine": "misure.deciding.results", "StageAnswer": "misure.deciding.decision",
    "Standing": "misure.selecting.standing", "Step": "misure.deciding.results", "SurvivorsTold":
    "misure.selecting.survivors", "Tension": "misure.deciding.results", "TensionReading": "misure.deciding.results",
    "Term": "misure.deciding.results", "Tranche": "misure.deciding.results", "Waiting": "misure.deciding.results",
    "Wanted": "misure.deciding.missing", "Why": "misure.selecting.placement", "Withdrawal":
    "misure.selecting.withdrawing", "Withheld": "misure.deciding.results",
}  # fmt: skip

__getattr__, __dir__ = lazily(__name__, _HOMES)
