# SPDX-License-Identifier: Apache-2.0
"""The types of all that answers hold: decisions and their parts, selections and theirs, explanations and their pages.

They are made by `Measure.decide`, `Measure.select` and `misure.explain`, and never by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from misure._lazy import lazily

if TYPE_CHECKING:
    from misure.deciding.decision import Decision, Outcome, StageAnswer
    from misure.deciding.finding import Finding
    from misure.deciding.headrooms import AidRemark
    from misure.deciding.missing import Decided, Decides, Missing
    from misure.deciding.record_details import Assumed, Culprit, LeftOut
    from misure.deciding.results import (
        Alternative,
        Amount,
        DutyState,
        Score,
        SpendingLine,
        Step,
        Tension,
        TensionReading,
        Term,
        Tranche,
        Waiting,
    )
    from misure.ground.dated import ActRef, Cited
    from misure.ground.ranges import Range
    from misure.selecting.award import Award
    from misure.selecting.basis import Basis
    from misure.selecting.placement import Placement, Reason, Why
    from misure.selecting.selection import EnvelopeResult, Selection
    from misure.selecting.standing import Standing
    from misure.selecting.withdrawing import Withdrawal
    from misure.telling.chapters.page import Line, Mark, Page, Section
    from misure.telling.explanation import Explanation

__all__ = [
    "ActRef", "AidRemark", "Alternative", "Amount", "Assumed", "Award", "Basis", "Cited", "Culprit", "Decided", "Decides", "Decision",
    "DutyState", "EnvelopeResult", "Explanation", "Finding", "LeftOut", "Line", "Mark", "Missing", "Outcome", "Page", "Placement",
    "Range", "Reason", "Score", "Section", "Selection", "SpendingLine", "StageAnswer", "Standing", "Step", "Tension",
    "TensionReading", "Term", "Tranche", "Waiting", "Why", "Withdrawal",
]  # fmt: skip

_HOMES = {
    "Assumed": "misure.deciding.record_details", "Culprit": "misure.deciding.record_details",
    "LeftOut": "misure.deciding.record_details",
    "AidRemark": "misure.deciding.headrooms",
    "ActRef": "misure.ground.dated", "Cited": "misure.ground.dated",
    "Alternative": "misure.deciding.results", "Amount": "misure.deciding.results", "Award":
    "misure.selecting.award", "Basis": "misure.selecting.basis", "Decided": "misure.deciding.missing",
    "Decides": "misure.deciding.missing", "Decision": "misure.deciding.decision",
    "DutyState": "misure.deciding.results", "EnvelopeResult": "misure.selecting.selection", "Explanation":
    "misure.telling.explanation", "Finding": "misure.deciding.finding", "Line": "misure.telling.chapters.page",
    "Mark": "misure.telling.chapters.page", "Missing": "misure.deciding.missing", "Outcome":
    "misure.deciding.decision", "Page": "misure.telling.chapters.page", "Placement": "misure.selecting.placement",
    "Range": "misure.ground.ranges", "Reason": "misure.selecting.placement", "Score": "misure.deciding.results",
    "Section": "misure.telling.chapters.page", "Selection": "misure.selecting.selection", "SpendingLine":
    "misure.deciding.results", "StageAnswer": "misure.deciding.decision", "Standing": "misure.selecting.standing",
    "Step": "misure.deciding.results", "Tension": "misure.deciding.results", "TensionReading": "misure.deciding.results", "Term": "misure.deciding.results",
    "Tranche": "misure.deciding.results", "Waiting": "misure.deciding.results", "Why": "misure.selecting.placement",
    "Withdrawal": "misure.selecting.withdrawing",
}  # fmt: skip

__getattr__, __dir__ = lazily(__name__, _HOMES)
