# SPDX-License-Identifier: Apache-2.0
"""Names and codes of one applicant put in place of another's, wherever they stand in what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from misure.facts.vocabulary import Fact, Kind
from misure.identifiers.forms import made_up
from misure.testing.told import Facts, rows_of, specs_of

if TYPE_CHECKING:
    from misure.deciding.measure import Measure

__all__ = ["renamed"]

_ROOM = 50
"""So many codes may stand in one application."""
_MOST = 999_999


def renamed(measure: Measure, facts: Facts, number: int) -> Facts:
    """The applicant as that of another number: its codes, and what may occur once across applications, are its own.

    Two facts that told one code tell one code again.
    """
    new: dict[str, str] = {}
    once = {relation.key for relation in measure.rulebook.selection.relations} if measure.rulebook.selection else set()
    count = 0  # of all kinds together: a codice fiscale may stand where any tax code does
    for path, fact, value in _texts(measure, facts):
        if value in new:
            continue
        if fact.identifier:
            new[value] = made_up(fact.identifier, (number * _ROOM + count) % _MOST)
            count += 1
        elif path in once and len(f"{value}-{number}") <= fact.greatest:
            new[value] = f"{value}-{number}"
    return {name: _put(measure, name, value, new) for name, value in facts.items()}


def _texts(measure: Measure, facts: Facts) -> Iterator[tuple[str, Fact, str]]:
    for name, fact in specs_of(measure).items():
        if fact.kind is Kind.TEXT and isinstance(facts.get(name), str):
            yield name, fact, facts[name]
    for name, table in measure.rulebook.tables.items():
        for row in rows_of(facts.get(name)):
            for field, fact in table.fields.items():
                if fact.kind is Kind.TEXT and isinstance(row.get(field), str):
                    yield f"{name}.{field}", fact, row[field]


def _put(measure: Measure, name: str, told: Any, new: Mapping[str, str]) -> Any:
    table = measure.rulebook.tables.get(name)
    if table is None:
        named = (
            isinstance(told, str) and specs_of(measure)[name].kind is Kind.TEXT if name in specs_of(measure) else False
        )
        return new.get(told, told) if named else told
    texts = {field for field, fact in table.fields.items() if fact.kind is Kind.TEXT}
    rows = [
        {field: new.get(value, value) if field in texts and isinstance(value, str) else value for field, value in row.items()}
        for row in rows_of(told)
    ]  # fmt: skip
    return {**told, "records": rows} if isinstance(told, Mapping) else rows
