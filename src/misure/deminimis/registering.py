# SPDX-License-Identifier: Apache-2.0
"""The entry of a de minimis aid in the central register: by when, what it must say, how long it is kept.

Art. 6 Reg. (EU) 2023/2831; the working days are those of Reg. (EEC, Euratom) 1182/71. The national register of State aid
has duties of its own, before the grant: they belong to `misure.register`.

>>> duty = register_duty("2026-12-10")
>>> duty.by, duty.working_days
(datetime.date(2027, 1, 12), 20)
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from misure._reopen import by_public_name
from misure.deminimis.aid import Aid, Fault
from misure.deminimis.law import regulation_faults
from misure.ground.arguments import shown
from misure.ground.dated import Cited, dated_table
from misure.ground.days import add_years
from misure.ground.given import day, refuse
from misure.ground.holidays import national_calendar
from misure.ground.truth import Truth

__all__ = ["RegisterDuty", "missing_for_register", "register_duty"]


@by_public_name
@dataclass(frozen=True, slots=True)
class RegisterDuty:
    """The duty to enter an aid in the central register."""

    applies: Truth
    """Whether there is the duty on the day of the grant."""
    by: dt.date | None
    """The last day for the entry; None where there is no duty, or its time is not known."""
    working_days: int | None
    keep_until: dt.date | None
    """The last day on which the records must be kept at least; None as above."""
    fields: tuple[str, ...] | None
    """What the entry says; None where not known."""
    citation: Cited
    note: str


def register_duty(granted_on: dt.date | str, regulation: str = "gen") -> RegisterDuty:
    """By when an aid that was granted on a day must be in the central register; the day itself is not counted.

    Raises:
        BadFacts: The day or the regulation is none.
        NotEncoded: The law of the day is not encoded, or a holiday of the term is not.
    """
    faults: list[Fault] = [*regulation_faults(regulation)]
    granted = 0
    try:
        granted = day(granted_on)
    except ValueError as problem:
        faults.append(("granted_on", str(problem)))
    refuse("<register>", faults)
    row = dated_table("ue/deminimis-register").on(granted, regulation=regulation)
    if not row.texts["fields"]:
        return RegisterDuty(Truth.NO, None, None, None, (), row.citation, row.note)
    fields = tuple(row.texts["fields"].split()) if row.known("fields") else None
    if not row.known("working_days"):
        applies = Truth.UNKNOWN if fields is None else Truth.YES
        return RegisterDuty(applies, None, None, None, fields, row.citation, row.note)
    days, years = row.whole("working_days"), row.whole("keep_years")
    by, keep = national_calendar().add_working_days(granted, days), add_years(granted, years)
    return RegisterDuty(
        Truth.YES, dt.date.fromordinal(by), days, dt.date.fromordinal(keep), fields, row.citation, row.note
    )  # fmt: skip


def missing_for_register(aid: Aid) -> tuple[str, ...] | None:
    """What an aid does not tell of what its entry must say; None where it is not known what it must say.

    >>> missing_for_register(Aid("COR-1", "alfa", "gen", "2026-12-10", None))
    ('amount', 'authority', 'instrument', 'sector')

    Raises:
        BadFacts: It is no aid, or the day of its grant is not known.
        NotEncoded: The law of the day is not encoded.
    """
    if type(aid) is not Aid:
        refuse("<register>", [("aid", f"expected an Aid; got {shown(aid)}")])
    if aid.first is None or aid.first != aid.last:
        refuse("<register>", [(aid.id, "the day on which it was granted is not known")])
    fields = register_duty(dt.date.fromordinal(aid.first or 1), aid.regulation).fields
    if fields is None:
        return None
    told = {
        "beneficiary": aid.beneficiary, "amount": aid.least if aid.least == aid.most else None, "granted_on": aid.first,
        **{name: getattr(aid.keys, name, None) for name in ("authority", "instrument", "sector")},
    }  # fmt: skip
    return tuple(name for name in fields if told[name] is None)
