# SPDX-License-Identifier: Apache-2.0
"""The receipt of a decision: what it rests on, so that it can be decided again, years later, and come out equal."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, Any

from misure import _doors as doors
from misure._version import __version__
from misure.ground.days import day_text
from misure.ground.holidays import national_calendar

if TYPE_CHECKING:
    from misure.deciding.printed_period import PrintedPeriod
    from misure.facts.dossier import Dossier
    from misure.rulebook.rules import Edition

__all__ = ["possible_editions", "receipt"]


def possible_editions(period: PrintedPeriod, dossier: Dossier) -> tuple[Edition, ...]:
    """The editions that may rule: one, where the day that picks the law is known; all that it may pick where it is not.

    An event that has not happened lies on the day of the question or after it, and an edition of later days may rule it.
    """
    law, editions = period.law, period.law.possible
    if law.folds:
        return editions
    names = [column.name for column in dossier.layout.inputs]
    told = dossier.values[names.index(law.rulebook.law_of)] if law.rulebook.law_of in names else None
    if told is None:
        return editions
    first = bisect.bisect_right([edition.day.toordinal() for edition in editions], int(told) or dossier.on.toordinal())
    return editions[max(first - 1, 0) : first if told else None] or editions[:1]


def receipt(measure: doors.Measure, period: PrintedPeriod, dossier: Dossier) -> dict[str, Any]:
    """Versions and hashes, the edition, the facts as told, the defaults that stood in, the legal values of the day."""
    editions = [
        {"from": edition.day.isoformat(), "act": edition.act.id} for edition in possible_editions(period, dossier)
    ]
    return {
        "library": __version__,
        "format": measure.rulebook.format,
        "measure": measure.id,
        "rules": measure.rulebook.rules_hash,
        "calendar": national_calendar().version,
        # The law of all grants holds every edition, and so does that of a filing that nobody told.
        "edition": dict(editions[0]) if period.law.folds or len(measure.editions) == 1 else None,
        "editions": editions,
        "on": dossier.on.isoformat(),
        "varied": dict(measure.varied),
        "facts": dossier.said(),
        "defaults": {name: day_text(day) for name, day in dossier.defaults},
        "parameters": period.legal_values,
    }
