# SPDX-License-Identifier: Apache-2.0
"""What general de minimis aid may not be for: art. 1 Reg. (EU) 2023/2831.

The test is on the activity that is aided, not on the undertaking's prevailing ATECO code. An undertaking that also works
in an excluded sector may be aided for the rest of its activities, if these or their accounts are kept apart (art. 1(2)).

>>> in_scope(on="2026-11-22", aided=["export_aid"]).holds
<Truth.NO: 'no'>
>>> in_scope(on="2026-11-22", aided=[], also_active_in=["primary_agriculture"], separated=True).holds
<Truth.YES: 'yes'>
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from misure._reopen import by_public_name
from misure.deminimis.aid import Fault, kind_faults, rows_of
from misure.ground.arguments import shown
from misure.ground.dated import Cited, Row, act_of, dated_table
from misure.ground.errors import NotEncoded
from misure.ground.given import day, refuse
from misure.ground.place import nearest
from misure.ground.truth import Confidence, Truth

__all__ = ["Exclusion", "ScopeAnswer", "exclusions", "in_scope"]

TABLE = "ue/deminimis-scope"


@by_public_name
@dataclass(frozen=True, slots=True)
class Exclusion:
    """One thing that general de minimis aid may not be for."""

    name: str
    sector: bool
    """A sector, whose undertakings may still be aided for other activities kept apart from it."""
    citation: Cited
    note: str


@by_public_name
@dataclass(frozen=True, slots=True)
class ScopeAnswer:
    """Whether an aid is within the field of application."""

    holds: Truth
    excluded_by: tuple[Exclusion, ...]
    """What excludes the aid, or may."""
    citations: tuple[Cited, ...]


def exclusions(on: dt.date | str) -> tuple[Exclusion, ...]:
    """Everything that is excluded on a day of granting.

    Raises:
        BadFacts: The day is none.
        NotEncoded: The list of that day is not encoded: the one before 2024 was not read as a whole.
    """
    return tuple(_exclusion(row) for row in _rows(_day(on)).values() if row.texts["separable"] != "none")


def in_scope(
    *, on: dt.date | str, aided: Iterable[str] | None, also_active_in: Iterable[str] | None = (), separated: bool | None = None
) -> ScopeAnswer:  # fmt: skip
    """Whether an aid granted on a day is within the general regulation's field of application.

    `aided` names the exclusions that what is aided falls under, empty for none, None where it is not known;
    `also_active_in` the excluded sectors in which the undertaking works besides, and `separated` whether its activities or
    accounts are kept apart from them.

    Raises:
        BadFacts: A name is none of the exclusions; every fault is told, with the nearest right name.
        NotEncoded: The list of that day is not encoded.
    """
    rows = _rows(_day(on))
    apart = Cited(act_of("reg-2023-2831"), "art. 1, par. 2", Confidence.SECONDARY)
    faults: list[Fault] = []
    hit = _named("aided", aided, rows, faults)
    besides = _named("also_active_in", also_active_in, rows, faults)
    besides = None if besides is None else [row for row in besides if row.texts["separable"] == "yes"]
    faults += kind_faults("separated", separated, bool)
    refuse("<scope>", faults)
    if hit:
        return ScopeAnswer(Truth.NO, *_told(hit))
    # Kept apart, other activities do no harm, whichever they are.
    doubtful = [] if separated is True or besides == [] else None if besides is None else besides
    if doubtful and separated is False:
        excluded, cited = _told(doubtful)
        return ScopeAnswer(Truth.NO, excluded, (*cited, apart))
    if hit is None or doubtful is None or doubtful:
        excluded, cited = _told(doubtful or [])
        return ScopeAnswer(
            Truth.UNKNOWN, excluded, (*cited, apart) if doubtful else tuple(row.citation for row in rows.values())
        )
    return ScopeAnswer(Truth.YES, (), tuple(row.citation for row in rows.values()) if not besides else (apart,))


def _rows(on: int) -> dict[str, Row]:
    table = dated_table(TABLE)
    found = {row.texts["exclusion"]: row for row in table.rows if row.holds_on(on)}
    names = {row.texts["exclusion"] for row in table.rows}
    if len(found) < len(names):
        first = max(table.series(exclusion=name)[0].since for name in names)
        raise NotEncoded(TABLE, dt.date.fromordinal(on), dt.date.fromordinal(first))
    return found


def _day(on: object) -> int:
    try:
        return day(on)
    except ValueError as problem:
        refuse("<scope>", [("on", str(problem))])
        raise


def _named(field: str, given: object, rows: dict[str, Row], faults: list[Fault]) -> list[Row] | None:
    if given is None:
        return None
    found = []
    for name in dict.fromkeys(map(str, rows_of(field, given, faults))):
        if name not in rows:
            hint = nearest(name, rows)
            faults.append((field, f"no exclusion is called {shown(name)}; " + (
                f"did you mean {hint!r}?" if hint else f"they are {', '.join(rows)}"
            )))  # fmt: skip
        elif rows[name].texts["separable"] != "none":
            found.append(rows[name])
    return found


def _exclusion(row: Row) -> Exclusion:
    return Exclusion(row.texts["exclusion"], row.texts["separable"] == "yes", row.citation, row.note)


def _told(rows: list[Row]) -> tuple[tuple[Exclusion, ...], tuple[Cited, ...]]:
    return tuple(map(_exclusion, rows)), tuple(dict.fromkeys(row.citation for row in rows))
