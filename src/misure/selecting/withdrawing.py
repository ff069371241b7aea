# SPDX-License-Identifier: Apache-2.0
"""Applications that are withdrawn, whether what they had is passed on to the others; and those that stay by decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from misure._reopen import by_public_name
from misure.allocating import Allocation, Columns, Withdrawn, allocate
from misure.ground.clock import midnight_after
from misure.ground.errors import BadFacts
from misure.ground.given import Day
from misure.ground.place import Fault, Place
from misure.selecting.approval import Approvals
from misure.selecting.candidates import Candidates, columns_of, moment
from misure.selecting.law import SelectionLaw
from misure.selecting.survivors import Survivors

__all__ = ["Withdrawal", "Withdrawals", "allocation_of", "check_survivors", "fates", "misdated"]

Withdrawals: TypeAlias = Mapping[Any, Day] | str | None
"""Of the applications of a frame: the day on which each of some was withdrawn, by its key, or the column that has these days."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An application that was withdrawn, and the day on which it was."""

    application: str
    on: dt.date

    def to_dict(self) -> dict[str, str]:
        """The withdrawal as plain data, ready for JSON."""
        return {"id": self.application, "on": self.on.isoformat()}


def misdated(
    withdrawals: Iterable[Withdrawal], candidates: Candidates, rows: Mapping[str, int], on: dt.date, place: Place
) -> Iterator[Fault]:  # fmt: skip
    """A fault for every application that is said to be withdrawn after the day of the question, or before its filing."""
    for withdrawal in withdrawals:
        filed = candidates.day[rows[withdrawal.application]][0]
        if withdrawal.on > on:
            message = f"withdrawn on {withdrawal.on}, after {on}, the day of the question"
        elif withdrawal.on.toordinal() < filed:
            message = f"withdrawn on {withdrawal.on}, and filed on {dt.date.fromordinal(filed)}"
        else:
            continue
        yield Fault(place, withdrawal.application, message)


def fates(
    law: SelectionLaw, approvals: Approvals, withdrawals: tuple[Withdrawal, ...], rows: Mapping[str, int],
    windows: Sequence[tuple[int, ...]],
) -> list[Withdrawn]:  # fmt: skip
    """What each withdrawal means for the others, row by row; nothing where nobody withdrew."""
    if not withdrawals:
        return []
    found = [Withdrawn.STAYS] * len(windows)
    for withdrawal in withdrawals:
        row = rows[withdrawal.application]
        names = [law.windows[window].id if window >= 0 else "" for window in windows[row]] or [""]
        possible = {_fate(law, approvals.day(name), withdrawal.on) for name in names}
        found[row] = possible.pop() if len(possible) == 1 else Withdrawn.PERHAPS
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


def allocation_of(
    law: SelectionLaw, candidates: Candidates, approvals: Approvals, withdrawals: tuple[Withdrawal, ...],
    survivors: Survivors,
) -> tuple[Columns, Allocation]:  # fmt: skip
    """The columns of a selection, and what comes out of them once some candidates have withdrawn or stay by decision."""
    columns = columns_of(candidates, law.rule, law.windows)
    rows = {id_: row for row, id_ in enumerate(candidates.ids)} if withdrawals or survivors.kept else {}
    withdrawn = fates(law, approvals, withdrawals, rows, columns.windows)
    left = [0] * len(candidates.ids) if withdrawals else []
    for withdrawal in withdrawals:
        left[rows[withdrawal.application]] = moment(midnight_after(withdrawal.on.toordinal())) - 1
    columns = replace(columns, withdrawn=withdrawn, left=left, kept=survivors.rows(law.rule, rows))
    return columns, allocate(columns, law.plan)


def check_survivors(law: SelectionLaw, candidates: Candidates, survivors: Survivors, place: Place) -> None:
    """Raise `BadFacts` for survivors that are not there, or that the rules do not let stay; all of it at once."""
    if not survivors.kept:
        return
    rows = {id_: row for row, id_ in enumerate(candidates.ids)}
    faults = list(survivors.unknown(law.rule, rows, place))
    if not faults:
        by_rules = allocate(columns_of(candidates, law.rule, law.windows), law.plan)
        faults = list(survivors.contradicted(law.rule, candidates, rows, by_rules, place))
    if faults:
        raise BadFacts(faults)
