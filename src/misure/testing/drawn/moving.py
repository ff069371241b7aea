# SPDX-License-Identifier: Apache-2.0
"""One thing said otherwise of an applicant: a fact, a field of the records of a table, how many records there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from misure.facts.dossier import Column
from misure.facts.vocabulary import Fact, Kind, Table
from misure.ground.errors import MisureError
from misure.ground.truth import Truth
from misure.testing.agreeing import agreeing, distinct, referring, totals
from misure.testing.edges import edges_of
from misure.testing.ordering import in_order
from misure.testing.starts import told_in_cases
from misure.testing.told import Facts, copied, keys_of, rows_of, specs_of

if TYPE_CHECKING:
    from misure.deciding.decision import Decision
    from misure.deciding.measure import Measure

__all__ = ["ALL", "Move", "answer", "candidates", "truths_of", "values_of"]

ALL = -1
"""Every record of a table, in place of the number of one."""


def answer(measure: Measure, facts: Mapping[str, Any], on: dt.date) -> Decision | None:
    """What the measure decides; None of facts that it does not take, or on which it has no answer."""
    try:
        return measure.decide(facts, on=on)
    except MisureError:
        return None


def truths_of(decision: Decision) -> dict[str, Truth]:
    """What each condition answers."""
    return {finding.id: finding.truth for finding in decision.findings}


@dataclass(frozen=True, slots=True)
class Move:
    """A fact with another value; or in a table the field of one record, or of all; or, without a field, its records."""

    name: str
    value: Any
    field: str = ""
    row: int = ALL

    def made(self, measure: Measure, facts: Facts, on: dt.date) -> Facts:
        """The applicant after the move, totals made to agree again, and records somebody each."""
        after: Facts = {name: copied(value) for name, value in facts.items()}
        table = measure.rulebook.tables.get(self.name)
        if table is None:
            after[self.name] = copied(self.value)
        elif not self.field:
            after[self.name] = _resized(measure, table, rows_of(after.get(self.name)), self.value, on)
            after = distinct(measure, referring(measure, after))
        else:
            rows = rows_of(after.get(self.name))
            for row in rows if self.row == ALL else rows[self.row : self.row + 1]:
                row[self.field] = copied(self.value)
        # Of a record that is moved the other days give way, and nothing else of its table.
        moved = {self.name} if self.field else set()
        in_order(measure, after, on, moved or set(after) - {self.name}, (self.name, self.field))
        declared = {total for total, _ in totals(measure)}
        return agreeing(measure, after, on, (set(after) - {self.name}) | declared) if declared else after


def _resized(measure: Measure, table: Table, rows: list[Facts], size: int, on: dt.date) -> list[Facts]:
    """So many records: the first ones, then copies of the first under keys of their own."""
    if len(rows) >= size:
        return rows[:size]
    first = rows[0] if rows else _record(measure, table, on)
    taken = {row[table.key] for row in rows}
    keys = [key for key in _keys(measure, table, on) if key not in taken]
    return rows + [copied(first) | {table.key: key} for key in keys[: size - len(rows)]]


def _record(measure: Measure, table: Table, on: dt.date) -> Facts:
    """A record of which every field has the first of its values."""
    return {name: next(values_of(measure, table.name, fact, on, ())) for name, fact in table.fields.items()}


def _keys(measure: Measure, table: Table, on: dt.date) -> Iterator[Any]:
    spec = table.fields[table.key]
    return keys_of(table, int(edges_of(measure).values(spec, on.toordinal())[0]) if spec.kind is Kind.NUMBER else 0)


def values_of(measure: Measure, table: str, fact: Fact, on: dt.date, texts: Iterable[str]) -> Iterator[Any]:
    """The values worth trying of a fact, the likeliest first: what cases tell, then what the rules look at.

    `texts` are the keys of records, which other facts may name.
    """
    known = told_in_cases(measure, table, fact.name, on)
    counted: dict[str, tuple[int, Any]] = {}
    for value in known:
        bare = value["value"] if isinstance(value, Mapping) else value
        counted[str(bare)] = (counted.get(str(bare), (0, None))[0] - 1, bare)
    found = [value for _, value in sorted(counted.values(), key=lambda pair: pair[0])]
    edges = edges_of(measure)
    if fact.kind is Kind.TRUTH:
        helps = edges.favourable.get((table, fact.name), True)
        found += [helps, not helps]
    else:
        found += map(Column.of(fact).json, edges.allowed(table, fact, on.toordinal()))
    if fact.kind is Kind.TEXT and not fact.identifier:
        found += [text for text in texts if len(text) <= fact.greatest]
    seen: list[Any] = []
    for value in found:
        if value not in seen:
            seen.append(value)
            yield value


def candidates(measure: Measure, facts: Facts, on: dt.date, *, without: Collection[str] = ()) -> Iterator[Move]:
    """Every move worth trying of an applicant, but of the facts and tables `without` which it must do."""
    tables = measure.rulebook.tables
    keys = [str(row[table.key]) for table in tables.values() for row in rows_of(facts.get(table.name))]
    for name, fact in specs_of(measure).items():
        if name not in without:
            yield from (Move(name, value) for value in values_of(measure, "", fact, on, keys))
    for name, table in tables.items():
        if name in without:
            continue
        rows = rows_of(facts.get(name))
        yield from (Move(name, size) for size in edges_of(measure).sizes(table.max_items) if size != len(rows))
        for field, fact in table.fields.items():
            if field != table.key and rows:
                for value in values_of(measure, name, fact, on, keys):
                    yield Move(name, value, field, 0)
                    if len(rows) > 1:
                        yield Move(name, value, field, ALL)
