# SPDX-License-Identifier: Apache-2.0
"""The receipt of a decision: what it rests on, so that it can be decided again, years later, and come out equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misure._version import __version__
from misure.ground.days import day_text
from misure.ground.holidays import national_calendar

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.deciding.printed_period import PrintedPeriod
    from misure.facts.dossier import Dossier

__all__ = ["receipt"]


def receipt(measure: Measure, period: PrintedPeriod, dossier: Dossier) -> dict[str, Any]:
    """Versions and hashes, the edition, the facts as told, the defaults that stood in, the legal values of the day."""
    law = period.law
    # Where nobody told the day of filing, it may be under any of the editions.
    one = law.folds or len(measure.editions) == 1
    return {
        "library": __version__,
        "format": measure.rulebook.format,
        "measure": measure.id,
        "rules": measure.rulebook.rules_hash,
        "calendar": national_calendar().version,
        "edition": {"from": law.edition.day.isoformat(), "act": law.edition.act.id} if one else None,
        "on": dossier.on.isoformat(),
        "varied": dict(measure.varied),
        "facts": dossier.said(),
        "defaults": {name: day_text(day) for name, day in dossier.defaults},
        "parameters": period.legal_values,
    }
