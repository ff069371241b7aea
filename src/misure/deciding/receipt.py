# SPDX-License-Identifier: Apache-2.0
"""The receipt of a decision: what it rests on, so that it can be decided again, years later, and come out equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misure._version import __version__
from misure.ground.days import day_text
from misure.ground.holidays import national_calendar

if TYPE_CHECKING:
    from misure.deciding.decision import Decision

__all__ = ["receipt"]


def receipt(decision: Decision) -> dict[str, Any]:
    """Versions and hashes, the edition, the facts as told, the defaults that stood in, the legal values of the day."""
    period, measure = decision.period, decision.measure
    law = period.law
    return {
        "library": __version__,
        "format": measure.rulebook.format,
        "measure": measure.id,
        "rules": measure.rulebook.rules_hash,
        "calendar": national_calendar().version,
        "edition": {"from": law.edition.day.isoformat(), "act": law.edition.act.id},
        "on": decision.on.isoformat(),
        "varied": dict(measure.varied),
        "facts": decision.dossier.said(),
        "defaults": {name: day_text(day) for name, day in decision.dossier.defaults},
        "parameters": period.legal_values,
    }
