# SPDX-License-Identifier: Apache-2.0
"""The register's files as a ledger of de minimis aid.

Of each aid only the gross grant equivalent of its de minimis components counts (ELEMENTO_DI_AIUTO, never
IMPORTO_NOMINALE), summed by regulation. An instrument told in several files counts once: it is known by COR, component and
COD_STRUMENTO. What the files leave open makes the ledger less certain, and never smaller than it may be.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from misure._reopen import by_public_name
from misure.deminimis.aid import named, rows_of
from misure.deminimis.ledgers.ledger import Gap, Ledger
from misure.ground.arguments import shown
from misure.ground.errors import BadFacts
from misure.ground.given import Mistake, refuse
from misure.ground.place import Fault, visible
from misure.ground.whole_file import refuse_pipes
from misure.identifiers.entering import entered, is_number
from misure.register.aids.reading import Progress, read_aids
from misure.register.files.report import ReadingReport, joined
from misure.register.files.sources import FileSource, Limits, refused, total_bytes
from misure.register.gathering import Gathering

__all__ = ["LedgerReport", "read_ledger", "unopened"]


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
    paths: FileSource | Iterable[FileSource],
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
    `complete_by` names who (the ledger is then complete until `drawn_on`, if that is given, and of named beneficiaries for
    these alone), and without it the ledger is not complete. Damaged records, aid of unknown regulation and aid without a
    component are gaps of the ledger.

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
    (<Ledger of 1 aids, complete by "register's open data" for 1 beneficiaries alone>, [Aid('90000001', '01234560157', 'gen', '2026-03-15', '4000.00')])

    Raises:
        BadFacts: A setting cannot be, a file cannot be read, or is damaged (unless skipped): all faults of all files.
        MissingExtra: The extra `misure[register]` is not installed.
    """
    wanted = _wanted(beneficiaries)
    if complete_by is not None:
        refuse("<read_ledger>", named("complete_by", complete_by, "say who answers for it, or leave it out"))
    sources = _sources(paths)
    gathering = Gathering(wanted)
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
    gathering.settle()
    gaps = [*gathering.gaps(), *_unread(reports)]
    ledger = Ledger(
        gathering.aids(), complete_by=complete_by, complete_until=drawn_on if complete_by is not None else None,
        complete_for=gathering.kept_for if complete_by is not None else None, gaps=gaps,
    )  # fmt: skip
    return ledger, LedgerReport(
        joined(reports), gathering.repeated, tuple(gathering.conflicts), gathering.unattributed, gathering.odd
    )


def _unread(reports: Iterable[ReadingReport]) -> Iterable[Gap]:
    """Files of which nothing was recognised, though they hold something: they may tell aid of anybody."""
    for report in reports:
        if report.warned("no_records") and any(report.warned(kind) for kind in _NOT_RECOGNISED):
            yield Gap(f"{', '.join(report.sources)}: no aid was recognised")


def _sources(paths: FileSource | Iterable[FileSource]) -> list[FileSource]:
    if isinstance(paths, str | os.PathLike) or hasattr(paths, "read"):
        return [paths]  # type: ignore[list-item] # a file is told by its method
    try:
        found = list(paths)
    except TypeError:
        raise refused("<read_ledger>", f"expected paths; got {shown(paths)}", subject="paths") from None
    if not found:
        raise refused("<read_ledger>", "no file is named", subject="paths")
    # An hour of reading is not to end at a name misspelt.
    if faults := unopened(found):
        raise BadFacts(faults)
    return found


def unopened(sources: Iterable[FileSource]) -> list[Fault]:
    """Which of some files are none that could be opened, and why; nothing is read."""
    faults: list[Fault] = []
    for source in sources:
        if isinstance(source, str | os.PathLike) and not os.path.isfile(source):  # noqa: PTH113 - any path the system takes
            faults += refused(os.fspath(source), f"cannot be opened: {_why_not(source)}").faults
    return faults


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


_NOT_RECOGNISED = ("unknown_element", "foreign_namespace")
"""What the reader remarks of a file in which aid may stand that it did not see."""
