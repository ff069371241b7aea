# SPDX-License-Identifier: Apache-2.0
"""What a finding says of single records: those that break it, those that it does not count, those whose identity it assumes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from misure._reopen import by_public_name
from misure.deciding.values import Shown, as_json, day_of, number_of
from misure.engines.intervals.interpreter import Interpreter
from misure.engines.intervals.records import breaking, counting, left_out
from misure.facts.dossier import Dossier, Told
from misure.facts.vocabulary import Fact, Kind, Table
from misure.program.nodes import Node
from misure.rulebook.expression import Aggregate, Expr, Name, walk
from misure.rulebook.rules import Condition, Rulebook

if TYPE_CHECKING:
    from misure.deciding.explaining import Explaining

__all__ = [
    "Assumed",
    "Culprit",
    "LeftOut",
    "assumed_by",
    "culprits_of",
    "left_out_of",
    "nameless_in",
    "shown_field",
]


@by_public_name
@dataclass(frozen=True, slots=True)
class Culprit:
    """A record that breaks a condition: its table and key, and what the rule read of it."""

    table: str
    key: str
    fields: Mapping[str, Shown] = field(hash=False)
    """The fields that the rule reads, by name; None where one was not told."""

    def to_dict(self) -> dict[str, object]:
        """The record as plain data, ready for JSON."""
        return {
            "table": self.table,
            "key": self.key,
            "fields": {name: as_json(value) for name, value in self.fields.items()},
        }

    def __reduce__(self) -> tuple[object, ...]:
        return (Culprit, (self.table, self.key, dict(self.fields)))


@by_public_name
@dataclass(frozen=True, slots=True)
class LeftOut:
    """The records of one table that a sum or a count does not count, of how many, and the fields that keep them out."""

    table: str
    records: tuple[str, ...]
    of: int
    fields: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The records as plain data, ready for JSON."""
        return {"table": self.table, "records": list(self.records), "of": self.of, "fields": list(self.fields)}


@by_public_name
@dataclass(frozen=True, slots=True)
class Assumed:
    """Records that are each counted as somebody else, because their identity is not told; `field` would tell it."""

    table: str
    field: str
    records: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """What is assumed as plain data, ready for JSON."""
        return {"table": self.table, "field": self.field, "records": list(self.records)}


def culprits_of(x: Explaining, condition: Condition) -> Iterator[Culprit]:
    """The records that surely break a condition."""
    for table, row, names in breaking(x.reading, x.period.output(f"condition.{condition.id}")):
        fields = x.book.tables[table].fields
        record = dict(zip(fields, x.reading.tables[table][1][row], strict=True))
        yield Culprit(table, x.key(table, row), {name: shown_field(fields[name], record[name]) for name in names})


def shown_field(fact: Fact, value: Told) -> Shown:
    """A field of a record as a decision shows it."""
    if value is None or fact.kind not in (Kind.NUMBER, Kind.DATE, Kind.EVENT):
        return value
    if fact.kind is Kind.NUMBER:
        return number_of(int(value), 10**fact.decimals, fact.decimals)
    return day_of(int(value)) if value else "not_yet"


def left_out_of(x: Explaining, condition: Condition) -> Iterator[LeftOut]:
    """The records that the sums and counts of a condition do not count, table by table."""
    node = x.period.output(f"condition.{condition.id}")
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for table, row, names in left_out(x.reading, node, _gathered(x.book, condition)):
        found.setdefault(table, []).append((row, names))
    for table, rows in found.items():
        keys = tuple(x.key(table, row) for row, _ in rows)
        names = tuple(dict.fromkeys(name for _, names in rows for name in names))
        yield LeftOut(table, keys, len(x.reading.tables[table][1]), names)


def _gathered(book: Rulebook, condition: Condition) -> set[str]:
    """The tables over which the rules themselves sum or count for a condition; the law's own functions are another matter."""
    pending: list[Expr] = [condition.holds, *([condition.when] if condition.when is not None else [])]
    tables: set[str] = set()
    seen: set[str] = set()
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, Aggregate):
                tables.add(node.table)
            elif isinstance(node, Name) and node.role == "definition" and node.name not in seen:
                seen.add(node.name)
                for case in book.definitions[node.name].cases:
                    pending += [tree for tree in (case.when, case.value) if tree is not None]
    return tables


def nameless_in(x: Explaining) -> Iterator[tuple[Table, int]]:
    """The tables of which some record does not tell who it is, each with the place of its identity in a record."""
    for table, place, at in x.answers.readers.identities:
        if any(record[at] is None for record in x.dossier.tables[place][0]):
            yield table, at


def assumed_by(x: Explaining, condition: Condition, nameless_tables: Iterable[tuple[Table, int]]) -> Iterator[Assumed]:
    """The counted records of unknown identity on which a condition that is met rests: were they one firm, it might not be.

    It is decided again as if they were as few as they can be, and as if two of them were one.
    """
    node = x.period.output(f"condition.{condition.id}")
    for table, at in nameless_tables:
        _, records, _ = x.reading.tables[table.name]
        counted = counting(x.reading, node, table.name)
        nameless = sorted(row for row in counted if records[row][at] is None)
        by_sureness = sorted(nameless, key=lambda row: not counted[row])
        # One of them is somebody, where nobody else surely counts of whom it could be another row.
        told = any(sure for row, sure in counted.items() if records[row][at] is not None)
        spare = by_sureness if told else by_sureness[1:]
        if spare and not all(_holds(x.dossier, node, table.name, rows) for rows in (spare, spare[:1])):
            yield Assumed(table.name, table.identity, tuple(x.key(table.name, row) for row in nameless))


def _holds(dossier: Dossier, node: Node, table: str, without: list[int]) -> bool:
    """Whether a condition surely holds without some rows of a table."""
    place = next(at for at, layout in enumerate(dossier.layout.tables) if layout.name == table)
    records, unseen = dossier.tables[place]
    gone = frozenset(without)
    left = tuple(record for row, record in enumerate(records) if row not in gone)
    tables = (*dossier.tables[:place], (left, unseen), *dossier.tables[place + 1 :])
    return not Interpreter(replace(dossier, tables=tables), beyond=True).ends(node)[1]
