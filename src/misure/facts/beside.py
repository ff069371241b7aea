# SPDX-License-Identifier: Apache-2.0
"""Fields that say something of one another: what one is, where others are the same; and two that are never the same.

Whether one undertaking controls another is one thing, in however many records the two stand; and nobody controls itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from misure.facts.dossier import Record, Told
from misure.facts.vocabulary import Fact, Table

__all__ = ["told_apart"]


def told_apart(table: Table, records: Sequence[Record]) -> Iterator[tuple[int, Fact, int, Told]]:
    """What contradicts an earlier record, or its own: the row, the field, the row that says otherwise, and what that says.

    A record that could not be read is ().
    """
    places = {name: place for place, name in enumerate(table.fields)}
    for name, field in table.fields.items():
        mine, others = places[name], [places[other] for other in field.determined_by]
        first: dict[tuple[Told, ...], int] = {}
        for row, record in enumerate(records):
            if not record or record[mine] is None:
                continue
            if field.other_than and record[places[field.other_than]] == record[mine]:
                yield row, field, row, record[mine]
            of = tuple(record[other] for other in others)
            if not of or None in of:
                continue
            seen = first.setdefault(of, row)
            if records[seen][mine] != record[mine]:
                yield row, field, seen, records[seen][mine]
