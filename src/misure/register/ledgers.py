# SPDX-License-Identifier: Apache-2.0
"""The register's files as a ledger of de minimis aid.

Of each aid only the gross grant equivalent of its de minimis components counts (ELEMENTO_DI_AIUTO, never
IMPORTO_NOMINALE), summed by regulation. An instrument told in several files counts once: it is known by COR, component and
COD_STRUMENTO. What the files leave open makes the ledger less certain, and never smaller than it may be.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from misure._reopen import by_public_name
from misure.deminimis.aid import Aid, RegisterKeys, named, rows_of
from misure.deminimis.law import REGULATIONS
from misure.deminimis.ledgers.ledger import Gap, Ledger
from misure.ground.errors import BadFacts, BadIdentifier
from misure.ground.given import Mistake, euros, refuse
from misure.ground.place import Fault, visible
from misure.ground.ranges import Range
from misure.ground.whole_file import refuse_pipes
from misure.identifiers import identity
from misure.identifiers.entering import entered, is_number
from misure.register.aids.aid import AidComponent, AidRecord, code_of
from misure.register.aids.reading import Progress, read_aids
from misure.register.codes import DE_MINIMIS
from misure.register.files.report import Damage, ReadingReport, joined
from misure.register.files.sources import Limits, Source, refused, total_bytes

__all__ = ["LedgerReport", "read_ledger"]


@by_public_name
@dataclass(frozen=True, slots=True)
class LedgerReport:
    """How a ledger came out of the files."""

    reading: ReadingReport
    """Of all files together."""
    repeated: int
    """How many instruments were told again, and counted once."""
    conflicts: tuple[str, ...]
    """What two files tell differently of one aid; the ledger then holds the range."""
    unattributed: int
    """How many aids that may be de minimis name no beneficiary."""
    odd: int = 0
    """How many are of a beneficiary whose code is none: no codice fiscale, and no VAT number of another State."""

    @property
    def complete(self) -> bool:
        """Whether all files were read to their end, and nothing was damaged."""
        return self.reading.complete

    def __str__(self) -> str:
        lines = [str(self.reading), *map(visible, self.conflicts[:_MOST_CONFLICTS])]
        if len(self.conflicts) > _MOST_CONFLICTS:
            lines.append(f"{len(self.conflicts) - _MOST_CONFLICTS} conflicts more")
        return "\n".join(lines)


_MOST_CONFLICTS = 100
"""How many conflicts a report shows; it holds all of them."""


def read_ledger(
    paths: Source | Iterable[Source],
    beneficiaries: Iterable[str] | None = None,
    *,
    complete_by: str | None = None,
    drawn_on: dt.date | str | None = None,
    progress: Progress | None = None,
    skip_damaged: bool = False,
    namespace: Literal["strict", "lenient"] = "strict",
    unknown_regulations: Literal["warn", "fault"] = "warn",
    most_damages: int = 100,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> tuple[Ledger, LedgerReport]:
    """The de minimis aid that some files of the register tell, of the codici fiscali named, or of everybody.

    Each code asked about, and each that the files tell, is read by `misure.identifiers.identity`, so that its writing makes
    no difference. Of a code that is none nobody knows whose it is: aid that may be de minimis is then a gap that may concern
    anybody, and never the aid of somebody else.

    The files show what was registered in their months. That together they are all there is, somebody must say:
    `complete_by` names who (the ledger is then complete until `drawn_on`, if that is given), and without it the ledger is
    not complete. Damaged records, aid of unknown regulation and aid without a component are gaps of the ledger.

    >>> import io
    >>> file = io.BytesIO(
    ...     b'<LISTA_AIUTI xmlns="http://www.rna.it/RNA_aiuto/schema"><AIUTO><COR>90000001</COR>'
    ...     b"<DATA_CONCESSIONE>2026-03-15</DATA_CONCESSIONE>"
    ...     b"<CODICE_FISCALE_BENEFICIARIO>01234560157</CODICE_FISCALE_BENEFICIARIO><COMPONENTI_AIUTO><COMPONENTE_AIUTO>"
    ...     b"<ID_COMPONENTE_AIUTO>1</ID_COMPONENTE_AIUTO><COD_PROCEDIMENTO>1</COD_PROCEDIMENTO>"
    ...     b"<COD_REGOLAMENTO>CE2831/23</COD_REGOLAMENTO><STRUMENTI_AIUTO><STRUMENTO_AIUTO><COD_STRUMENTO>9</COD_STRUMENTO>"
    ...     b"<ELEMENTO_DI_AIUTO>4000.00</ELEMENTO_DI_AIUTO><IMPORTO_NOMINALE>50000.00</IMPORTO_NOMINALE></STRUMENTO_AIUTO>"
    ...     b"</STRUMENTI_AIUTO></COMPONENTE_AIUTO></COMPONENTI_AIUTO></AIUTO></LISTA_AIUTI>"
    ... )
    >>> ledger, report = read_ledger(file, {"01234560157"}, complete_by="register's open data", drawn_on="2026-10-31")
    >>> ledger, list(ledger)
    (<Ledger of 1 aids, complete by "register's open data">, [Aid('90000001', '01234560157', 'gen', '2026-03-15', '4000.00')])

    Raises:
        BadFacts: A setting cannot be, a file cannot be read, or is damaged (unless skipped): all faults of all files.
        MissingExtra: The extra `misure[register]` is not installed.
    """
    wanted = _wanted(beneficiaries)
    if complete_by is not None:
        refuse("<read_ledger>", named("complete_by", complete_by, "say who answers for it, or leave it out"))
    sources = _sources(paths)
    gathering = _Gathering(wanted)
    sizes = [total_bytes(source) for source in sources] if progress is not None else []
    total = None if None in sizes else sum(size for size in sizes if size is not None)
    reports: list[ReadingReport] = []
    faults: list[Fault] = []
    read_before = records_before = 0
    for source in sources:
        reached = (0, 0)

        def told(
            read: int, _: int | None, records: int, before: tuple[int, int] = (read_before, records_before)
        ) -> None:
            nonlocal reached
            reached = (read, records)
            if progress is not None:
                progress(before[0] + read, total, before[1] + records)

        reading = read_aids(
            source, namespace=namespace, skip_damaged=skip_damaged, drawn_on=drawn_on, progress=told,
            unknown_regulations=unknown_regulations, most_damages=most_damages, limits=limits,
        )  # fmt: skip
        reading.on_damage(gathering.lose)
        try:
            for record in reading:
                gathering.add(record)
        except BadFacts as problem:
            faults += problem.faults
        reports.append(reading.report)
        read_before, records_before = read_before + reached[0], records_before + reached[1]
    if faults:
        raise BadFacts(faults)
    gaps = [*gathering.gaps(), *_unread(reports)]
    ledger = Ledger(
        gathering.aids(), complete_by=complete_by, complete_until=drawn_on if complete_by is not None else None,
        gaps=gaps,
    )  # fmt: skip
    return ledger, LedgerReport(
        joined(reports), gathering.repeated, tuple(gathering.conflicts), gathering.unattributed, gathering.odd
    )


def _unread(reports: Iterable[ReadingReport]) -> Iterable[Gap]:
    """Files of which nothing was recognised, though they hold something: they may tell aid of anybody."""
    for report in reports:
        if report.warned("no_records") and any(report.warned(kind) for kind in _NOT_RECOGNISED):
            yield Gap(f"{', '.join(report.sources)}: no aid was recognised")


def _sources(paths: Source | Iterable[Source]) -> list[Source]:
    if isinstance(paths, str | os.PathLike) or hasattr(paths, "read"):
        return [paths]  # type: ignore[list-item] # a file is told by its method
    try:
        found = list(paths)
    except TypeError:
        raise refused("<read_ledger>", f"expected paths; got {paths!r:.60}", subject="paths") from None
    if not found:
        raise refused("<read_ledger>", "no file is named", subject="paths")
    # An hour of reading is not to end at a name misspelt.
    faults: list[Fault] = []
    for source in found:
        if isinstance(source, str | os.PathLike) and not os.path.isfile(source):  # noqa: PTH113 - any path the system takes
            faults += refused(os.fspath(source), f"cannot be opened: {_why_not(source)}").faults
    if faults:
        raise BadFacts(faults)
    return found


def _why_not(source: str | os.PathLike[str]) -> str:
    """Why a path is none of a file."""
    if os.path.isdir(source):  # noqa: PTH112 - any path the system takes
        return "this is a folder, not a file"
    try:
        refuse_pipes(source)
    except FileNotFoundError:
        return "no such file"
    except (OSError, ValueError) as problem:
        return str(getattr(problem, "strerror", None) or problem)
    return "no such file"


def _wanted(beneficiaries: Iterable[str] | None) -> frozenset[str] | None:
    """The codes asked about: the register knows nobody by a name."""
    if beneficiaries is None:
        return None
    faults: list[Mistake] = []
    given = (beneficiaries,) if is_number(beneficiaries) else rows_of("beneficiaries", beneficiaries, faults)
    found = [entered("beneficiaries", each, "name a codice fiscale", faults, codes_only=True) for each in given]
    refuse("<read_ledger>", faults)
    return frozenset(found)


_LAST_DAY = dt.date(2199, 12, 31)
"""What the register dates later stands for a day that is not known."""
_NOT_RECOGNISED = ("unknown_element", "foreign_namespace")
"""What the reader remarks of a file in which aid may stand that it did not see."""


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


class _Gathering:
    def __init__(self, wanted: frozenset[str] | None) -> None:
        self._wanted = wanted
        self._entries: dict[str, _Entry] = {}
        self._lost: dict[str | None, tuple[int, str]] = {}
        self._open: dict[tuple[str, str | None], None] = {}
        self._first_unattributed = self._first_odd = ""
        self.repeated = self.unattributed = self.odd = 0
        self.conflicts: dict[str, None] = {}

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
        if self._wanted is not None and beneficiary not in self._wanted:
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
        entry = self._entries.get(record.cor)
        if entry is None:
            entry = self._entries[record.cor] = _Entry(record, beneficiary)
        elif entry.beneficiary != beneficiary:
            what = f"COR {record.cor} is told of {entry.beneficiary} and of {beneficiary}"
            self.conflicts[what] = None
            self._open[(what, entry.beneficiary)] = self._open[(what, beneficiary)] = None
            return
        elif not entry.first <= record.granted_on <= entry.last:
            self.conflicts[f"COR {record.cor} is told granted on {entry.first} and on {record.granted_on}"] = None
            entry.first, entry.last = min(entry.first, record.granted_on), max(entry.last, record.granted_on)
        for component in known:
            self._component(entry, component, record.cor)

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


def _odd(code: str) -> str:
    """A code that is none, with the right one that looks most like it; whose it is stays open all the same."""
    try:
        identity.code(code)
    except BadIdentifier as problem:
        return f"{code!r:.40}" + (f", which looks like {problem.suggestion}" if problem.suggestion else "")
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
