# SPDX-License-Identifier: Apache-2.0
"""What a reading of the register's files found besides the records: what was damaged, what was odd, whether all was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from misure._reopen import by_public_name
from misure.ground.place import Fault, Place

__all__ = ["Damage", "Oddity", "ReadingReport"]


@by_public_name
@dataclass(frozen=True, slots=True)
class Damage:
    """Something in a file that gave no record: where it stands, and everything that is wrong with it."""

    place: Place
    byte: int
    """Counted from the beginning of the document, from 0."""
    number: int | None
    """Of the first record concerned, counted from 1; None where the damage lies between records."""
    records: int
    """How many records are lost; more than one where several are not told apart any more."""
    cor: str | None
    codice_fiscale: str | None
    """Whose aid it is, where the record is well formed and says so."""
    messages: tuple[str, ...]

    @property
    def subject(self) -> str:
        """What the damage concerns, for people."""
        if self.number is None:
            return "between records"
        which = (
            f"record {self.number}" if self.records == 1 else f"records {self.number}-{self.number + self.records - 1}"
        )
        return f"{which} (COR {self.cor})" if self.cor else which

    @property
    def faults(self) -> tuple[Fault, ...]:
        """One for each thing that is wrong."""
        return tuple(Fault(self.place, self.subject, f"byte {self.byte}: {message}") for message in self.messages)


@by_public_name
@dataclass(frozen=True, slots=True)
class Oddity:
    """One kind of thing that is odd and no damage, such as `element_gt_nominal`: how often, and its first examples."""

    kind: str
    count: int
    examples: tuple[Fault, ...]


@by_public_name
@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What became of one or more files, as far as they were read when the report was made."""

    sources: tuple[str, ...]
    """The documents, in the order in which they were read; a member of an archive stands behind a `!`."""
    records: int
    """How many records were given."""
    lost: int
    """How many records were not, because they are damaged."""
    damages: int
    """How many damages there were."""
    skipped: tuple[Damage, ...]
    """The first of them."""
    warnings: tuple[Oddity, ...]
    """Every kind of oddity, in alphabetical order."""
    complete: bool
    """Whether all files were read to their end, and nothing was damaged."""

    def warned(self, kind: str) -> int:
        """How often one kind of oddity was met.

        >>> ReadingReport((), 0, 0, 0, (), (Oddity("no_components", 3, ()),), complete=True).warned("no_components")
        3
        """
        return next((oddity.count for oddity in self.warnings if oddity.kind == kind), 0)

    def __str__(self) -> str:
        lines = [f"{self.records} records read, {self.lost} lost, {'complete' if self.complete else 'not complete'}"]
        lines += [str(fault) for damage in self.skipped for fault in damage.faults]
        if self.damages > len(self.skipped):
            lines.append(f"{self.damages - len(self.skipped)} damages more")
        lines += [f"{oddity.kind}: {oddity.count}" for oddity in self.warnings]
        return "\n".join(lines)


class Tally:
    """Counts oddities, and keeps the first examples of each kind."""

    __slots__ = ("_counts", "_examples", "_most")

    def __init__(self, most: int) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, list[Fault]] = {}
        self._most = most

    def wants(self, kind: str) -> bool:
        """Count one more of a kind; whether an example of it is still wanted."""
        count = self._counts.get(kind, 0) + 1
        self._counts[kind] = count
        return count <= self._most

    def add(self, kind: str, count: int) -> None:
        """Count several at once."""
        self._counts[kind] = self._counts.get(kind, 0) + count

    def show(self, kind: str, example: Fault) -> None:
        """Keep an example."""
        self._examples.setdefault(kind, []).append(example)

    def __iter__(self) -> Iterator[Oddity]:
        for kind in sorted(self._counts):
            yield Oddity(kind, self._counts[kind], tuple(self._examples.get(kind, ())))


def joined(reports: Sequence[ReadingReport]) -> ReadingReport:
    """One report of several readings."""
    kinds: dict[str, list[Oddity]] = {}
    for report in reports:
        for oddity in report.warnings:
            kinds.setdefault(oddity.kind, []).append(oddity)
    return ReadingReport(
        tuple(source for report in reports for source in report.sources),
        sum(report.records for report in reports), sum(report.lost for report in reports),
        sum(report.damages for report in reports), tuple(damage for report in reports for damage in report.skipped),
        tuple(
            Oddity(kind, sum(oddity.count for oddity in found), tuple(case for oddity in found for case in oddity.examples))
            for kind, found in sorted(kinds.items())
        ),
        all(report.complete for report in reports),
    )  # fmt: skip
