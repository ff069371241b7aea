# SPDX-License-Identifier: Apache-2.0
"""What the records of the register come to, one undertaking's aid at a time: each COR once, with what is told of it in two ways."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Collection, Iterable

from misure.deminimis.aid import Aid, RegisterKeys
from misure.deminimis.law import REGULATIONS
from misure.deminimis.ledgers.ledger import Gap
from misure.ground.arguments import shown
from misure.ground.errors import BadIdentifier
from misure.ground.given import euros
from misure.ground.ranges import Range
from misure.identifiers import identity
from misure.register.aids.aid import AidComponent, AidRecord, code_of
from misure.register.codes import DE_MINIMIS
from misure.register.files.report import Damage

__all__ = ["Gathering"]

_LAST_DAY = dt.date(2199, 12, 31)
"""What the register dates later stands for a day that is not known."""


class _Entry:
    """What is known of one COR: the least and the most cents of each instrument, under its key."""

    __slots__ = ("beneficiary", "first", "kinds", "last", "parts", "record", "sectors")

    def __init__(self, record: AidRecord, beneficiary: str) -> None:
        self.beneficiary = beneficiary
        self.first = self.last = record.granted_on
        self.record = (record.car, record.cup, record.granting_body)
        self.parts: dict[tuple[str, str, int | None, int], tuple[int, int | None]] = {}
        self.kinds: dict[str, set[str | None]] = {}
        self.sectors: dict[str, set[str]] = {}


class Gathering:
    """The aid of those who are asked about, or of everybody, and of whoever may be one of them: a number whose check fails.

    Of all others the COR alone is kept: an aid that is told of two may be of either. Who is asked about by a number whose check
    fails may stand there under any other, so that everybody's aid is kept.
    """

    def __init__(self, wanted: frozenset[str] | None) -> None:
        self._wanted = None if wanted is not None and any(map(identity.is_unsure, wanted)) else wanted
        self._others = array("Q")
        self._others_by_text: set[str] = set()
        self._entries: dict[str, _Entry] = {}
        self._lost: dict[str | None, tuple[int, str]] = {}
        self._open: dict[tuple[str, str | None], None] = {}
        self._first_unattributed = self._first_odd = ""
        self.repeated = self.unattributed = self.odd = 0
        self.conflicts: dict[str, None] = {}

    @property
    def kept_for(self) -> frozenset[str] | None:
        """Whose aid is kept; None: everybody's."""
        return self._wanted

    def lose(self, damage: Damage) -> None:
        whose = code_of(damage.codice_fiscale)
        count, first = self._lost.get(whose, (0, f"{damage.place}, {damage.subject}"))
        self._lost[whose] = (count + max(damage.records, 1), first)

    def add(self, record: AidRecord) -> None:
        beneficiary = record.beneficiary
        if beneficiary is None:
            if not record.components or any(map(_may_be_small, record.components)):
                if record.codice_fiscale is None:
                    self.unattributed += 1
                    self._first_unattributed = self._first_unattributed or record.cor
                else:
                    self.odd += 1
                    self._first_odd = self._first_odd or f"{record.cor}, of {_odd(record.codice_fiscale)}"
            return
        if not self._is_asked(beneficiary):
            self._pass_over(record, beneficiary)
            return
        if record.granted_on > _LAST_DAY:
            self._open[(f"COR {record.cor} names no day of granting: {record.granted_on}", beneficiary)] = None
            return
        if not record.components:
            self._open[(f"COR {record.cor} tells no component", beneficiary)] = None
        small = [component for component in record.components if _may_be_small(component)]
        unknown = {component.regulation_code for component in small if component.regulation is None}
        for code in sorted(unknown, key=str):
            self._open[(f"COR {record.cor} was granted under a regulation of unknown code {code}", beneficiary)] = None
        if any(map(_contradicts, record.components)):
            what = f"COR {record.cor} is of the de minimis procedure, and of a regulation that is not"
            self._open[(what, beneficiary)] = None
        known = [component for component in small if component.regulation is not None]
        if not known:
            return
        cor = _plain(record.cor)
        entry = self._entries.get(cor)
        if entry is None:
            entry = self._entries[cor] = _Entry(record, beneficiary)
        elif entry.beneficiary != beneficiary:
            self._told_of_two(cor, entry.beneficiary, beneficiary)
            return
        elif not entry.first <= record.granted_on <= entry.last:
            self.conflicts[f"COR {cor} is told granted on {entry.first} and on {record.granted_on}"] = None
            entry.first, entry.last = min(entry.first, record.granted_on), max(entry.last, record.granted_on)
        for component in known:
            self._component(entry, component, cor)

    def _is_asked(self, beneficiary: str) -> bool:
        if self._wanted is None or beneficiary in self._wanted:
            return True
        # What is checked here has eleven digits, or sixteen characters.
        return not beneficiary.isdecimal() and len(beneficiary) != 16 and identity.is_unsure(beneficiary)

    def _pass_over(self, record: AidRecord, beneficiary: str) -> None:
        """The aid of somebody who is not asked about: all that counts of it is whether it is told of one who is, too."""
        components = record.components
        if record.granted_on > _LAST_DAY or not any(_may_be_small(each) and each.regulation for each in components):
            return
        cor = _plain(record.cor)
        entry = self._entries.get(cor)
        if entry is not None:
            self._told_of_two(cor, entry.beneficiary, beneficiary)
        elif _is_number(cor):
            self._others.append(int(cor))
        else:
            self._others_by_text.add(cor)

    def _told_of_two(self, cor: str, *both: str) -> None:
        what = f"COR {cor} is told of {' and of '.join(both)}"
        self.conflicts[what] = None
        self._open |= {(what, each): None for each in both}

    def settle(self) -> None:
        """Look back, once all is read, at who was passed over: what was told of one of them first is not taken for anybody else's."""
        numbers = {int(cor): cor for cor in self._entries if _is_number(cor)}
        before = {numbers[cor] for cor in self._others if cor in numbers} | (
            self._entries.keys() & self._others_by_text
        )
        for cor in sorted(before):
            mine = self._entries.pop(cor).beneficiary
            what = f"COR {cor} is told of another beneficiary and of {mine}"
            self.conflicts[what] = None
            self._open[(what, mine)] = None

    def _component(self, entry: _Entry, component: AidComponent, cor: str) -> None:
        regulation = component.regulation
        assert regulation is not None
        entry.sectors.setdefault(regulation, set()).update(component.sectors)
        told: dict[int | None, int] = {}
        rows = [(each.code, each.kind, each.aid_cents) for each in component.instruments] or [(None, None, None)]
        for code, kind, aid in rows:
            nth = told[code] = told.get(code, 0) + 1
            key = (regulation, component.id, code, nth)
            amount = (0, None) if aid is None else (aid, aid)
            again = key in entry.parts
            there = entry.parts.setdefault(key, amount)
            entry.kinds.setdefault(regulation, set()).add(kind)
            if again:
                # A component that tells no instrument has nothing that could be told again.
                self.repeated += bool(component.instruments)
                if there != amount:
                    self.conflicts[
                        f"COR {cor}, component {component.id}: one instrument is told of several amounts"
                    ] = None
                    most = None if there[1] is None or amount[1] is None else max(there[1], amount[1])
                    entry.parts[key] = (min(there[0], amount[0]), most)

    def aids(self) -> Iterable[Aid]:
        for cor, entry in self._entries.items():
            sums: dict[str, tuple[int, int | None]] = {}
            for (regulation, *_), (least, most) in entry.parts.items():
                before, until = sums.get(regulation, (0, 0))
                sums[regulation] = (before + least, None if until is None or most is None else until + most)
            for regulation, (least, most) in sums.items():
                yield _aid(cor if len(sums) == 1 else f"{cor}/{regulation}", cor, entry, regulation, least, most)

    def gaps(self) -> Iterable[Gap]:
        for whose, (count, first) in self._lost.items():
            yield Gap(f"{count} damaged in the register's files, first at {first}", whose)
        for what, whose in self._open:
            yield Gap(what, whose)
        if self.unattributed:
            what = f"{self.unattributed} aids that may be de minimis name no beneficiary, first COR {self._first_unattributed}"
            yield Gap(what)
        if self.odd:
            what = f"{self.odd} aids that may be de minimis are of a code that is none, first COR {self._first_odd}"
            yield Gap(what)


def _plain(cor: str) -> str:
    """The one writing of a COR: a zero before it is no other aid, and a free text stays as it is."""
    return cor if cor[:1] != "0" else cor.lstrip("0") if cor.isdecimal() and cor.isascii() and cor.strip("0") else cor


def _is_number(cor: str) -> bool:
    """Whether a COR is a number as it is usually written: eight bytes hold it, and say it again."""
    return len(cor) < 19 and cor.isascii() and cor.isdecimal() and cor[0] != "0"


def _odd(code: str) -> str:
    """A code that is none, with the right one that looks most like it; whose it is stays open all the same."""
    try:
        identity.code(code)
    except BadIdentifier as problem:
        return shown(code) + (f", which looks like {problem.suggestion}" if problem.suggestion else "")
    return repr(code)


def _may_be_small(component: AidComponent) -> bool:
    """Whether a component is de minimis aid, or may be: its code is of no known regulation, and its procedure not another."""
    if component.regulation is not None:
        return component.regulation in REGULATIONS
    return component.procedure in {None, DE_MINIMIS}


def _contradicts(component: AidComponent) -> bool:
    """Whether a component says that it is de minimis aid, under a regulation that is none: it may be either."""
    regulation = component.regulation
    return component.procedure == DE_MINIMIS and regulation is not None and regulation not in REGULATIONS


def _aid(id_: str, cor: str, entry: _Entry, regulation: str, least: int, most: int | None) -> Aid:
    car, cup, authority = entry.record
    keys = RegisterKeys(car, cor, cup, authority, _one(entry.kinds[regulation]), _one(entry.sectors[regulation]))
    if least == most and entry.first == entry.last:
        return Aid.known(id_, entry.beneficiary, regulation, entry.first.toordinal(), least, measure=car, keys=keys)
    amount = None if most is None else Range(euros(least), euros(most))
    when = Range(entry.first, entry.last)
    return Aid(id_, entry.beneficiary, regulation, when, amount, measure=car, keys=keys)


def _one(found: Collection[str | None]) -> str | None:
    """What all agree on; None where there are several."""
    return next(iter(found)) if len(found) == 1 else None
