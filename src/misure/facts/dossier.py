# SPDX-License-Identifier: Apache-2.0
"""A dossier: what is said of one applicant for one measure, checked and in internal form. It never changes.

What nobody said stays None: it is not zero, not false, not an empty table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from misure._reopen import by_public_name
from misure.facts.values import NOT_YET, Said
from misure.facts.vocabulary import Fact, Kind, Table
from misure.ground.days import day_text
from misure.ground.money import decimal_text
from misure.ground.times import time_text

__all__ = ["Column", "Dossier", "Layout", "TableLayout", "Judgement", "Path", "Record", "Records", "Told"]

Path: TypeAlias = tuple[str | int, ...]
"""What a value is about: `("turnover",)`, `("partners", 3, "signed")`; records count from 0."""
Told: TypeAlias = Said | None
Record: TypeAlias = tuple[Told, ...]
"""The values of a record in the order of the table's fields."""
Records: TypeAlias = tuple[tuple[Record, ...], int]
"""The records of a table, and how many more there may be: 0 when the table is complete."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Column:
    """A fact or a field, as far as its values' form goes."""

    name: str
    kind: Kind
    decimals: int = 0
    clock: bool = False
    """Whether the number is a time of day."""

    @classmethod
    def of(cls, fact: Fact) -> Column:
        return cls(fact.name, fact.kind, fact.decimals, fact.is_time)

    def json(self, value: Said) -> object:
        """A value as it is written in JSON: amounts as text, counts as whole numbers, days as ISO dates, times as `10:30`."""
        match self.kind:
            case Kind.NUMBER if self.clock:
                return time_text(int(value))
            case Kind.NUMBER:
                return decimal_text(int(value), self.decimals) if self.decimals else value
            case Kind.DATE:
                return day_text(int(value))
            case Kind.EVENT:
                return "not_yet" if value == NOT_YET else day_text(int(value))
            case _:
                return value


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table's name, its columns in the order of its fields, and how many records it may have."""

    name: str
    columns: tuple[Column, ...]
    max_items: int

    @classmethod
    def of(cls, table: Table) -> TableLayout:
        return cls(table.name, tuple(map(Column.of, table.fields.values())), table.max_items)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a measure asks, in its order: the blanks that a dossier fills in. One for all dossiers of a measure."""

    inputs: tuple[Column, ...]
    tables: tuple[TableLayout, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who judged an assessed fact, when and why, as far as it was said ("" and None where not)."""

    path: Path
    by: str = ""
    on: int | None = None
    why: str = ""

    def json(self, value: object) -> dict[str, object]:
        """The judged value as it may be given again."""
        day = None if self.on is None else day_text(self.on)
        provenance = {"by": self.by, "on": day, "why": self.why}
        return {"value": value} | {key: text for key, text in provenance.items() if text}


@by_public_name
@dataclass(frozen=True, slots=True)
class Dossier:
    """The facts of one applicant for one measure, as known on the day `on`."""

    layout: Layout
    on: dt.date
    values: tuple[Told, ...]
    """In the order of `layout.inputs`; None is not told, and an event that has not happened is 0."""
    tables: tuple[Records, ...]
    """In the order of `layout.tables`."""
    defaults: tuple[tuple[str, int], ...]
    """What stands in for something by declared default: the day of the question for a filing that has not happened."""
    judgements: tuple[Judgement, ...]
    complete: bool
    """Whether everything that the measure asks was told: no value is None, in the records neither, and no table open."""
    followed: tuple[str, ...] = ()
    """The events of which nobody told, and that have not happened because one has not before which none of them lies."""

    def as_told(self) -> Dossier:
        """The same with nothing of what follows from it (`followed`)."""
        if not self.followed:
            return self
        values = (
            None if column.name in self.followed else value
            for column, value in zip(self.layout.inputs, self.values, strict=True)
        )
        return replace(self, values=tuple(values), complete=False, followed=())

    def said(self) -> dict[str, object]:
        """What was told, ready for JSON; read again on the same day, it gives an equal dossier."""
        judged = {judgement.path: judgement for judgement in self.judgements}
        as_if = {name for name, _ in self.defaults}
        told: dict[str, object] = {}
        for column, value in zip(self.layout.inputs, self.values, strict=True):
            if value is not None and column.name not in self.followed:
                said = NOT_YET if column.name in as_if else value
                told[column.name] = _json(column, said, (column.name,), judged)
        for table, (records, unseen) in zip(self.layout.tables, self.tables, strict=True):
            if unseen == table.max_items:
                continue
            rows = [
                {
                    column.name: _json(column, value, (table.name, row, column.name), judged)
                    for column, value in zip(table.columns, record, strict=True)
                    if value is not None
                }
                for row, record in enumerate(records)
            ]
            told[table.name] = {"records": rows, "complete": False} if unseen else rows
        return told


def _json(column: Column, value: Said, path: Path, judged: Mapping[Path, Judgement]) -> object:
    written = column.json(value)
    judgement = judged.get(path)
    return judgement.json(written) if judgement else written
