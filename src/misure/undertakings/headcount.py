# SPDX-License-Identifier: Apache-2.0
"""The headcount in annual work units (unità lavorative annue, ULA).

Recommendation 2003/361/EC, Annex, art. 5: who worked full-time for the whole year is one unit; part-time, seasonal work
and part of a year are fractions of one. Employees, persons deemed employees, owner-managers and active partners count;
apprentices, students in vocational training and the time of maternity or parental leave do not.

>>> staff = [Staff(4, "50%"), Staff(1, "50%"), Staff(2, kind="apprentice")]
>>> str(awu(staff, on="2026-11-22").awu)
'2.5'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from misure._reopen import by_public_name
from misure.ground.arguments import shown
from misure.ground.dated import Cited, dated_table
from misure.ground.given import Rate, day, refuse
from misure.ground.truth import Confidence, worst
from misure.undertakings.figures import Count, Figure, count, whole_share
from misure.undertakings.names import unknown_name

__all__ = ["Headcount", "Staff", "StaffKind", "StaffLine", "awu"]


@by_public_name
class StaffKind(StrEnum):
    """Who works there: `rules/ue/sme-staff.csv` says who counts, and by which point."""

    EMPLOYEE = "employee"
    DEEMED_EMPLOYEE = "deemed_employee"
    """Works for the enterprise, subordinated to it, and is deemed an employee under national law."""
    OWNER_MANAGER = "owner_manager"
    ACTIVE_PARTNER = "active_partner"
    """Engages in a regular activity in the enterprise and benefits from financial advantages from it."""
    APPRENTICE = "apprentice"
    VOCATIONAL_STUDENT = "vocational_student"
    PARENTAL_LEAVE = "parental_leave"
    """The time of a maternity or parental leave, told as a part of the year."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Staff:
    """So many people who worked alike in the year."""

    n: Count
    """How many; None is not known."""
    fraction: Rate = 1
    """The part of full-time that each works."""
    part_of_year: Rate = 1
    """The part of the year in which each worked: three months are a quarter."""
    kind: StaffKind | str = StaffKind.EMPLOYEE


@by_public_name
@dataclass(frozen=True, slots=True)
class StaffLine:
    """What some people add to the headcount; nothing, where their kind does not count."""

    staff: Staff
    awu: Figure
    citation: Cited


@by_public_name
@dataclass(frozen=True, slots=True)
class Headcount:
    """The headcount in annual work units, exactly, with what each kind of staff adds to it."""

    awu: Figure
    lines: tuple[StaffLine, ...]
    confidence: Confidence


def awu(staff: Iterable[Staff], *, on: dt.date | str) -> Headcount:
    """The annual work units of a year's staff. Nothing is rounded: 49.9 is below 50.

    Recommendation 2003/361/EC, Annex, art. 5.

    Raises:
        BadFacts: A number is negative or a binary float, a fraction is above one, or a kind is unknown; all at once.
        NotEncoded: The day lies before the Recommendation.
    """
    faults: list[tuple[str, str]] = []
    asked = 0
    try:
        asked = day(on)
    except ValueError as problem:
        faults.append(("on", str(problem)))
    people: object = staff
    if not isinstance(people, Iterable):
        refuse("<staff>", [*faults, ("staff", f"expected many of them; got {shown(staff)}")])
    read = [_read(f"staff {place}", one, faults) for place, one in enumerate(staff, start=1)]
    refuse("<staff>", faults)
    table = dated_table("ue/sme-staff")
    lines = []
    for one, kind, units in read:
        row = table.on(asked, kind=kind)
        counted = units if row.texts["counted"] == "yes" else Figure(Fraction(0), Fraction(0))
        lines.append(StaffLine(one, counted, row.citation))
    tops = [line.awu.greatest for line in lines]
    known = [top for top in tops if top is not None]
    total = Figure(
        sum((line.awu.least or Fraction(0) for line in lines), Fraction(0)),
        sum(known, Fraction(0)) if len(known) == len(tops) else None,
    )
    confidence = worst(*(row.citation.confidence for row in table.rows if row.holds_on(asked)))
    return Headcount(total, tuple(lines), confidence)


def _read(where: str, one: object, faults: list[tuple[str, str]]) -> tuple[Staff, StaffKind, Figure]:
    nothing = Figure(Fraction(0), Fraction(0))
    if not isinstance(one, Staff):
        faults.append((where, f"expected Staff; got {shown(one)}"))
        return Staff(0), StaffKind.EMPLOYEE, nothing
    kind, units, part = StaffKind.EMPLOYEE, nothing, Fraction(1)
    try:
        kind = StaffKind(one.kind)
    except ValueError:
        faults.append((where, f"kind: {unknown_name(one.kind, [kind.value for kind in StaffKind])}"))
    try:
        units = count(one.n)
    except ValueError as problem:
        faults.append((where, f"n: {problem}"))
    for name, given in (("fraction", one.fraction), ("part_of_year", one.part_of_year)):
        try:
            part *= whole_share(given)
        except ValueError as problem:
            faults.append((where, f"{name}: {problem}"))
    greatest = None if units.greatest is None and part else (units.greatest or Fraction(0)) * part
    return one, kind, Figure((units.least or Fraction(0)) * part, greatest)
