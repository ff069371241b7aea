# SPDX-License-Identifier: Apache-2.0
"""What a dossier of the library tells, as the plain records on which the hand-written calls work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

Whole = TypeVar("Whole")


def told_of(kind: type[Whole], records: Mapping[str, type], dossier: Any) -> Whole:
    """All that a checked and complete dossier tells, as one record; `records` says what the rows of each table are."""
    told = dict(zip((column.name for column in dossier.layout.inputs), dossier.values, strict=True))
    tables = {}
    for table, (rows, _) in zip(dossier.layout.tables, dossier.tables, strict=True):
        names, row_kind = [column.name for column in table.columns], records[table.name]
        named = (dict(zip(names, row, strict=True)) for row in rows)
        tables[table.name] = [row_kind(**{name: row[name] for name in row_kind.__slots__}) for row in named]
    return kind(**{name: told[name] for name in kind.__slots__ if name in told}, **tables)  # type: ignore[attr-defined]
