# SPDX-License-Identifier: Apache-2.0
"""Whether the facts of worked cases can be what they are called, each fault where its fact is written.

Only the vocabulary is asked, so it is told whatever else of a measure is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from misure.facts.dossier import Path
from misure.facts.validation import FactsForm
from misure.facts.vocabulary import Vocabulary
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place
from misure.reading.text.tree import Node, path_of, place_of

__all__ = ["FactPlaces", "misread", "placed"]

LAST = dt.date(2100, 12, 31)
"""On this day everything has happened: a case whose day cannot be read has facts all the same."""


@dataclass(frozen=True, slots=True)
class FactPlaces:
    """Where the facts of a case are written: in the case, in the base that it starts from, once for many records."""

    around: Place
    """Where the case stands, for what is written nowhere."""
    nodes: Mapping[str, Node] = field(default_factory=dict)
    records: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """For each record of a table, which of those that are written it comes from."""
    base: str = ""
    """The base from which those of `based` come: what is wrong with one is told of it, once for all its cases."""
    based: frozenset[str] = frozenset()

    def __call__(self, path: Path) -> Place:
        if not path or path[0] not in self.nodes:
            return self.around
        name, *rest = path
        if rest and isinstance(rest[0], int) and rest[0] < len(self.records.get(str(name), ())):
            rest[0] = self.records[str(name)][rest[0]]
        return place_of(self.nodes[str(name)], rest)

    def over(self, other: FactPlaces, base: str) -> FactPlaces:
        """These over those of a base, which stand where the case tells nothing of its own."""
        based = frozenset(other.nodes.keys() - self.nodes.keys())
        nodes, records = {**other.nodes, **self.nodes}, {**other.records, **self.records}
        return FactPlaces(self.around, nodes, records, base, based)

    def of(self, path: Path, case: str) -> str:
        """Whose fault it is: that of the case, or of the base that the fact comes from."""
        return self.base if path and path[0] in self.based else case


def placed(problem: BadFacts, subject: str, places: FactPlaces) -> Iterator[Fault]:
    """The faults of a case's facts, each where its fact is written."""
    for fault in problem.faults:
        path = path_of(fault.subject)
        place, whose = fault.place if fault.place.line else places(path), places.of(path, subject)
        yield replace(fault, place=place, subject=f"{whose}: {fault.subject}" if fault.subject else whose)


def misread(
    subject: str, facts: Mapping[str, Any], on: dt.date | None, places: FactPlaces, vocabulary: Vocabulary
) -> Iterator[Fault]:
    """What of a case's facts cannot be what it is called; of a name that nobody knows something else tells."""
    # Of a table whose key or identity is no field of it nothing can be asked, and the vocabulary is told so.
    tables = {name: one for name, one in vocabulary.tables.items() if {one.key, one.identity} <= {"", *one.fields}}
    known = {name: value for name, value in facts.items() if name in vocabulary.facts or name in tables}
    form = FactsForm(_of(known, vocabulary.facts), _of(known, tables), replace(vocabulary, tables=tables), "on")
    faults: list[Fault] = []
    form.read(known, on or LAST, places, text_source=True, sink=faults)
    yield from placed(BadFacts(faults), subject, places) if faults else ()


def _of(names: Iterable[str], known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: known[name] for name in names if name in known}
