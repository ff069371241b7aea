# SPDX-License-Identifier: Apache-2.0
"""What is told of an applicant, taken apart: which facts a measure asks, the records of a table, the keys that records may have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from misure.deciding.machinery import compiled
from misure.facts.dossier import Column
from misure.facts.vocabulary import Kind
from misure.identifiers.forms import made_up

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.facts.vocabulary import Fact, Table

__all__ = ["MOST_RECORDS", "Asked", "Facts", "copied", "fact_of", "keys_of", "rows_of", "specs_of"]

Facts: TypeAlias = dict[str, Any]
"""What is said of an applicant, as plain JSON values."""
Asked: TypeAlias = tuple[Facts, dt.date]
"""An applicant and the day on which the question is put."""

MOST_RECORDS = 40
"""Tables are drawn up to this many records, whatever they may hold."""


def fact_of(measure: Measure, name: str) -> Fact:
    """The fact that a measure asks under this name."""
    return measure.rulebook.facts.get(name) or measure.rulebook.vocabulary.facts[name]


def specs_of(measure: Measure) -> dict[str, Fact]:
    """The facts that a measure asks, those of tables apart."""
    return {column.name: fact_of(measure, column.name) for column in compiled(measure).facts.layout.inputs}


def rows_of(told: Any) -> list[Facts]:
    """The records of a told table, themselves and no copies; none of one that is not told. What is added to them is told."""
    found: list[Facts] = told["records"] if isinstance(told, Mapping) else [] if told is None else told
    return found


def keys_of(table: Table, first: int) -> Iterator[Any]:
    """Keys enough for any table that is drawn, each another; where keys are numbers, about the `first`, as it is held inside."""
    spec = table.fields[table.key]
    match spec.kind:
        case Kind.NUMBER:
            steps = (0, *(sign * step for step in range(1, 2 * MOST_RECORDS) for sign in (-1, 1)))
            yield from (
                Column.of(spec).json(first + step) for step in steps if spec.least <= first + step <= spec.greatest
            )
        case Kind.CHOICE:
            yield from spec.choices
        case _ if spec.identifier:
            yield from (made_up(spec.identifier, number) for number in range(2 * MOST_RECORDS))
        case _:
            yield from (f"r{number}" for number in range(1, 2 * MOST_RECORDS))


def copied(value: Any) -> Any:
    """A told value that may be changed without touching the case it came from."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value
