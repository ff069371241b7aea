# SPDX-License-Identifier: Apache-2.0
"""How doubtful points of the de minimis law are read, and who is asked about: what every question takes besides the aid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from misure._reopen import by_public_name
from misure.deminimis.aid import Fault, rows_of
from misure.deminimis.law import CALENDAR_YEAR, Convention, YearEnd
from misure.ground.arguments import shown
from misure.ground.dated import Cited
from misure.ground.given import refuse
from misure.ground.place import nearest
from misure.ground.truth import Confidence
from misure.identifiers.entering import entered, is_number

__all__ = ["DEFAULT", "Group", "Options", "choice_of", "group_of"]

_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@by_public_name
@dataclass(frozen=True, slots=True)
class Options:
    """Readings of the law that a question may choose. Each default is the reading that the dossier of the law recommends.

    `convention` says where rolling years begin. `fiscal_year_end` is the last day of the undertaking's financial year,
    month and day (`06-30`; `02-29` is the last day of February); None takes the calendar year, and says so.
    `sgei_joint_cap` says whether services of general economic interest and general aid share the higher ceiling from 2024:
    False is the letter of the text, True the older logic, None leaves it open. `register` says whether the Member State
    keeps the complete register on which the higher ceilings of agriculture and fisheries depend: True for Italy, None open.

    >>> Options(convention="alt").convention
    <Convention.ALT: 'alt'>
    >>> Options(fiscal_year_end="31-12", register="yes")
    Traceback (most recent call last):
    ...
    misure.ground.errors.BadFacts: <options>: fiscal_year_end: '31-12' is no day of the year: write month and day, 12-31
    <options>: register: expected True, False or None; got 'yes'

    Raises:
        BadFacts: A value is none of these; every fault is told.
    """

    convention: Convention | str = Convention.MAIN
    fiscal_year_end: str | None = None
    sgei_joint_cap: bool | None = False
    register: bool | None = True

    def __post_init__(self) -> None:
        faults: list[Fault] = []
        object.__setattr__(self, "convention", choice_of("convention", self.convention, Convention, faults))
        given: Any = self.fiscal_year_end
        if given is not None and not (isinstance(given, str) and _is_month_day(given)):
            faults.append(("fiscal_year_end", f"{shown(given)} is no day of the year: write month and day, 12-31"))
        for name in ("sgei_joint_cap", "register"):
            value: Any = getattr(self, name)
            if value is not None and not isinstance(value, bool):
                faults.append((name, f"expected True, False or None; got {shown(value)}"))
        refuse("<options>", faults)

    @property
    def begins(self) -> Convention:
        """Where rolling years begin."""
        assert isinstance(self.convention, Convention)
        return self.convention

    @property
    def year_end(self) -> YearEnd:
        """The last day of the financial year, as numbers."""
        if self.fiscal_year_end is None:
            return CALENDAR_YEAR
        month, _, day = self.fiscal_year_end.partition("-")
        return int(month), int(day)


def _is_month_day(text: str) -> bool:
    match = _MONTH_DAY.fullmatch(text)
    return match is not None and int(match[2]) <= _LENGTHS[int(match[1]) - 1]


@dataclass(frozen=True, slots=True)
class Group:
    """The single undertaking that is asked about: who surely belongs to it, and who may (art. 2(2))."""

    members: tuple[str, ...]
    possible: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    """Whom some offices would count in, and the question leaves out: joined by a natural person, or by a public body."""
    citation: Cited | None = None
    """Where the group comes from, if it was worked out."""
    confidence: Confidence = Confidence.OFFICIAL


E = TypeVar("E", bound=StrEnum)


def choice_of(field: str, given: object, choices: type[E], faults: list[Fault]) -> E:
    """One of a few words, or the first of them and a fault that tells the nearest."""
    for choice in choices:
        if isinstance(given, str) and given == choice:
            return choice
    hint = nearest(given, choices) if isinstance(given, str) else None
    suggestion = f"; did you mean {hint!s}?" if hint else ""
    among = ", ".join(choices)
    told = (
        f"{shown(given)} is none of {among}"
        if isinstance(given, str)
        else f"expected one of {among}; got {shown(given)}"
    )
    faults.append((field, f"{told}{suggestion}"))
    return next(iter(choices))


DEFAULT = Options()


def group_of(given: object, faults: list[Fault]) -> Group:
    """One identifier, several, or an object with `members` and `possible` such as `undertakings.SingleUndertaking`.

    Each is read by `misure.identifiers.identity`, as the ledger reads its beneficiaries.
    """
    if isinstance(given, str) or is_number(given):
        return Group((entered("undertaking", given, "name the undertaking", faults),))
    before = len(faults)
    among = getattr(given, "members", given)
    if not isinstance(among, Iterable) or isinstance(among, bytes | Mapping):
        faults.append(("undertaking", f"expected one codice fiscale or name, or several in a row; got {shown(given)}"))
        among = ()
    members = _names("undertaking", among, faults)
    possible = _names("undertaking.possible", getattr(given, "possible", ()), faults) - members
    if not members and len(faults) == before:
        faults.append(("undertaking", "nobody belongs to it: name at least one undertaking"))
    aside = _names("undertaking.by_person", getattr(given, "by_person", ()), faults)
    aside |= _names("undertaking.by_body", getattr(given, "by_body", ()), faults)
    citation, confidence = getattr(given, "citation", None), getattr(given, "confidence", None)
    return Group(
        tuple(sorted(members)), tuple(sorted(possible)), tuple(sorted(aside - members - possible)),
        citation if isinstance(citation, Cited) else None,
        confidence if isinstance(confidence, Confidence) else Confidence.OFFICIAL,
    )  # fmt: skip


def _names(field: str, given: object, faults: list[Fault]) -> set[str]:
    found = set()
    for each in rows_of(field, given, faults):
        found.add(
            entered(field, each if isinstance(each, str) else getattr(each, "id", each), "name the undertaking", faults)
        )
    return found - {""}
