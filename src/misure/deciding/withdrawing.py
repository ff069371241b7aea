# SPDX-License-Identifier: Apache-2.0
"""Applications that are withdrawn: whether what they had is passed on to the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from misure.deciding.selection_law import SelectionLaw
from misure.selecting import Withdrawn

__all__ = ["Withdrawal", "fates"]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An application that was withdrawn, and the day on which it was."""

    application: str
    on: dt.date

    def to_dict(self) -> dict[str, str]:
        return {"id": self.application, "on": self.on.isoformat()}


def fates(
    law: SelectionLaw, approved_on: dt.date | None, withdrawals: tuple[Withdrawal, ...], rows: Mapping[str, int]
) -> list[Withdrawn]:
    """What each withdrawal means for the others, row by row; nothing where nobody withdrew."""
    if not withdrawals:
        return []
    found = [Withdrawn.STAYS] * len(rows)
    for withdrawal in withdrawals:
        found[rows[withdrawal.application]] = _fate(law, approved_on, withdrawal.on)
    return found


def _fate(law: SelectionLaw, approved_on: dt.date | None, day: dt.date) -> Withdrawn:
    """Before the approval there is nothing to pass on. After it the waiting list moves up, as long as it lives."""
    if approved_on is None or day < approved_on or law.rule.kind == "list":
        return Withdrawn.GONE
    if law.rule.no_waiting_list:
        return Withdrawn.GHOST
    life = law.life()
    if law.rule.waiting_list is None or life is None:
        return Withdrawn.PERHAPS
    passed = (day - approved_on).days
    return Withdrawn.GONE if passed <= life[0] else Withdrawn.GHOST if passed > life[1] else Withdrawn.PERHAPS
