# SPDX-License-Identifier: Apache-2.0
"""The register's open data of aids (`LISTA_AIUTI/AIUTO`) as records, one at a time: files of gigabytes in little memory.

By default a damaged file gives no record after its first damage: it is read on, so that everything that is wrong is told
at once, and `BadFacts` is raised. Who would rather have the rest says `skip_damaged=True`, and asks the report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterable, Iterator
from types import TracebackType
from typing import Literal, Self, TypeAlias

from misure.ground.arguments import is_no, kind_in_words, one_of, shown
from misure.ground.days import day_text
from misure.ground.errors import BadFacts
from misure.ground.given import day, refuse
from misure.ground.place import Fault, Place
from misure.register.aids.aid import AidRecord
from misure.register.aids.elements import ElementReader
from misure.register.aids.schema import AID
from misure.register.aids.stream import Broken, RecordStream
from misure.register.files.characters import left_out
from misure.register.files.hardened import require_extra
from misure.register.files.report import Damage, ReadingReport, Tally
from misure.register.files.sources import Document, FileSource, Limits, documents, name_of, total_bytes

__all__ = ["Progress", "AidReader", "read_aids"]

Progress: TypeAlias = Callable[[int, int | None, int], object]
"""Told now and then: bytes read, bytes in all (None where that is not known), records read."""

_EXAMPLES = 5
_TOLD_EVERY = 4 << 20


def read_aids(
    source: FileSource,
    *,
    namespace: Literal["strict", "lenient"] = "strict",
    skip_damaged: bool = False,
    drawn_on: dt.date | str | None = None,
    unknown_regulations: Literal["warn", "fault"] = "warn",
    progress: Progress | None = None,
    most_damages: int = 100,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> AidReader:
    """The aids of one file of the register's open data: XML, or a zip archive of XML files.

    `source` is a path or a binary file. `namespace="lenient"` reads a root without the register's namespace, with a
    warning. `drawn_on` is the day on which the file was drawn: a grant dated later is damage. `unknown_regulations` says
    whether a code of no known regulation is a warning or damage. `most_damages` bounds what is gathered, not what is
    counted. The reading is an iterator and a context manager; nothing is read before it is asked for.

    >>> import io
    >>> file = io.BytesIO(
    ...     b'<LISTA_AIUTI xmlns="http://www.rna.it/RNA_aiuto/schema"><AIUTO><COR>90000001</COR>'
    ...     b"<DATA_CONCESSIONE>2026-03-15</DATA_CONCESSIONE></AIUTO></LISTA_AIUTI>"
    ... )
    >>> reading = read_aids(file)
    >>> [(record.cor, record.granted_on, record.aid_under("gen")) for record in reading]
    [('90000001', datetime.date(2026, 3, 15), None)]
    >>> reading.complete, reading.report.warned("no_components")
    (True, 1)

    Raises:
        BadFacts: A setting cannot be; while reading: the file is no file of aids, or is damaged (unless skipped).
        MissingExtra: The extra `misure[register]` is not installed.
    """
    faults: list[tuple[str, str]] = []
    if not one_of(namespace, ("strict", "lenient")):
        faults.append(("namespace", f"expected 'strict' or 'lenient'; got {shown(namespace)}"))
    if not one_of(unknown_regulations, ("warn", "fault")):
        faults.append(("unknown_regulations", f"expected 'warn' or 'fault'; got {shown(unknown_regulations)}"))
    if type(most_damages) is not int or most_damages < 1:
        faults.append(("most_damages", f"expected how many, at least 1; got {shown(most_damages)}"))
    told: object = progress
    if told is not None and not callable(told):
        faults.append(("progress", f"expected something to call; got {shown(told)}"))
    if is_no(limits, Limits):
        faults.append(("limits", f"expected Limits; got {kind_in_words(limits)}"))
    last = None
    if drawn_on is not None:
        try:
            last = dt.date.fromordinal(day(drawn_on))
        except ValueError as problem:
            faults.append(("drawn_on", str(problem)))
    refuse("<read_aids>", faults)
    require_extra()
    return AidReader(
        source, lenient=namespace == "lenient", skip_damaged=skip_damaged, drawn_on=last,
        unknown_regulations=unknown_regulations == "warn", progress=progress, most_damages=most_damages, limits=limits,
    )  # fmt: skip


class AidReader(Iterator[AidRecord]):
    """The records of a source, while they are read; what was found besides stands in `report`."""

    def __init__(
        self, source: FileSource, *, lenient: bool, skip_damaged: bool, drawn_on: dt.date | None, unknown_regulations: bool,
        progress: Progress | None, most_damages: int, limits: Limits,
    ) -> None:  # fmt: skip
        self._source = source
        self._lenient, self._limits = lenient, limits
        self._skip_damaged, self._most_damages = skip_damaged, most_damages
        self._drawn_on, self._unknown_regulations = drawn_on, unknown_regulations
        self._progress = progress
        self._names: list[str] = []
        self._records = self._lost = self._damages = self._read = self._told = 0
        self._total: int | None = None
        self._skipped: list[Damage] = []
        self._tally = Tally(_EXAMPLES)
        self._ended = False
        self._damage_hook: Callable[[Damage], object] | None = None
        self._iterator = self._all()

    @property
    def complete(self) -> bool:
        """Whether everything was read, to the end, and nothing was damaged."""
        return self._ended and not self._damages

    @property
    def report(self) -> ReadingReport:
        """What was found so far."""
        return ReadingReport(
            tuple(self._names), self._records, self._lost, self._damages, tuple(self._skipped), tuple(self._tally),
            self.complete,
        )  # fmt: skip

    def on_damage(self, hook: Callable[[Damage], object]) -> None:
        """Have every damage told as it is met, beyond those that the report keeps."""
        self._damage_hook = hook

    def __next__(self) -> AidRecord:
        return next(self._iterator)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Read no further. A reading that was closed before its end is not complete."""
        self._iterator.close()

    def _all(self) -> Generator[AidRecord, None, None]:
        if self._progress is not None:
            self._total = total_bytes(self._source)
        for document in documents(self._source, self._limits):
            self._names.append(document.name)
            for record in self._document(document):
                if not self._damages or self._skip_damaged:
                    self._records += 1
                    yield record
        self._advance(0, told=True)
        if self._damages and not self._skip_damaged:
            raise self._refusal(())
        if not self._records and not self._damages:
            self._note("no_records", Fault(Place(name_of(self._source)), "", "the file holds no aid"))
        self._ended = True

    def _document(self, document: Document) -> Iterator[AidRecord]:
        stream = RecordStream(
            Document(document.name, self._counted(document.pieces)), lenient=self._lenient, limits=self._limits
        )
        reader: ElementReader | None = None
        for found in stream:
            if isinstance(found, Broken):
                place = Place(document.name, found.line, 1)
                self._damage(Damage(place, found.byte, found.number, found.records, found.cor, None, (found.message,)))
                continue
            if reader is None:
                reader = ElementReader(
                    stream.prefix, granted_by=self._drawn_on, unknown_regulations=self._unknown_regulations
                )
            if found.tag != stream.prefix + AID:
                if self._tally.wants("unknown_element"):
                    name = found.tag.removeprefix(stream.prefix)
                    message = f"it stands beside {AID}, and is not read"
                    self._tally.show("unknown_element", self._fault(stream, name, message))
                continue
            record = reader.record(found)
            if record is None:
                line, byte = stream.place()
                self._damage(Damage(
                    Place(document.name, line, 1), byte, stream.number, 1, reader.cor, reader.codice_fiscale,
                    tuple(reader.faults),
                ))  # fmt: skip
                continue
            for kind in record.warnings:
                if self._tally.wants(kind):
                    self._tally.show(kind, self._fault(stream, f"COR {record.cor}", _WARNINGS[kind]))
            for kind, words in reader.oddities:
                if self._tally.wants(kind):
                    self._tally.show(kind, self._fault(stream, f"COR {record.cor}", words))
            yield record
        self._summed_up(stream)

    def _summed_up(self, stream: RecordStream) -> None:
        """What concerns a document as a whole."""
        if stream.foreign is not None:
            which = f"the namespace {stream.foreign}" if stream.foreign else "no namespace"
            self._note(
                "foreign_namespace", Fault(Place(stream.name), "", f"the root has {which}, and was read leniently")
            )
        strainer = stream.strainer
        if what := left_out(strainer):
            self._tally.add("control_bytes", sum(strainer.control.values()) + sum(strainer.references.values()))
            self._tally.show(
                "control_bytes", Fault(Place(stream.name), "", f"XML forbids them, and they were left out: {what}")
            )

    def _note(self, kind: str, example: Fault) -> None:
        if self._tally.wants(kind):
            self._tally.show(kind, example)

    @staticmethod
    def _fault(stream: RecordStream, subject: str, message: str) -> Fault:
        return Fault(Place(stream.name, stream.place()[0], 1), subject, message)

    def _damage(self, damage: Damage) -> None:
        self._damages += 1
        self._lost += damage.records
        if len(self._skipped) < self._most_damages:
            self._skipped.append(damage)
        if self._damage_hook is not None:
            self._damage_hook(damage)
        if not self._skip_damaged and self._damages >= self._most_damages:
            where = Place(damage.place.path, damage.place.line + 1, 1)
            raise self._refusal(
                [Fault(where, "", f"there may be more: after {self._damages} damages nothing more is read")]
            )

    def _refusal(self, more: Iterable[Fault]) -> BadFacts:
        return BadFacts([*(fault for damage in self._skipped for fault in damage.faults), *more])

    def _counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._advance(len(piece), told=False)
            yield piece

    def _advance(self, read: int, *, told: bool) -> None:
        self._read += read
        if self._progress is not None and (told or self._read - self._told >= _TOLD_EVERY):
            self._told = self._read
            self._progress(self._read, self._total, self._records)

    def __repr__(self) -> str:
        state = "complete" if self.complete else "ended" if self._ended else "not ended"
        until = f", grants up to {day_text(self._drawn_on.toordinal())}" if self._drawn_on else ""
        return f"<AidReader of {name_of(self._source)}: {self._records} records, {state}{until}>"


_WARNINGS = {
    "element_gt_nominal": "an ELEMENTO_DI_AIUTO is more than its IMPORTO_NOMINALE",
    "no_amount": "an ELEMENTO_DI_AIUTO is not told",
    "odd_codice_fiscale": "CODICE_FISCALE_BENEFICIARIO is no codice fiscale, and no VAT number of another State: whose aid it is nobody knows",
    "no_beneficiary": "CODICE_FISCALE_BENEFICIARIO is not told: nobody's ledger can hold the aid",
    "no_components": "it tells no component: how much was granted is not known",
    "no_instruments": "a component tells no instrument: how much was granted is not known",
    "procedure_not_of_regulation": "the procedure is de minimis and the regulation is not, or the other way round",
    "repeated_instrument": "a component tells one COD_STRUMENTO more than once: each counts",
    "unknown_instrument": "a COD_STRUMENTO is not known",
    "unknown_objective": "a COD_OBIETTIVO is not among those that are known",
    "unknown_procedure": "a COD_PROCEDIMENTO is not known",
    "unknown_regulation": "a COD_REGOLAMENTO is not known: what was granted under it counts under none",
    "unknown_size": "the DES_TIPO_BENEFICIARIO is not known",
}
