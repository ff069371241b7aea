# SPDX-License-Identifier: Apache-2.0
"""The names by which people know the records of a table: a partner by its denomination, not by its key."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from misure.deciding.decision import Decision
from misure.deciding.machinery import compiled
from misure.rulebook.expression import Aggregate, walk
from misure.rulebook.rules import Condition

__all__ = ["Records"]


class Records:
    """The shown names of the records that an applicant told."""

    def __init__(self, decision: Decision) -> None:
        book, dossier = decision.measure.rulebook, compiled(decision).dossier
        self._shown: dict[str, dict[str, str]] = {}
        for form, (records, _) in zip(dossier.layout.tables, dossier.tables, strict=True):
            table, names = book.tables[form.name], [column.name for column in form.columns]
            key, shown = names.index(table.key), names.index(table.shown)
            self._shown[form.name] = {
                str(record[key]): str(record[key] if record[shown] is None else record[shown]) for record in records
            }

    def named(self, table: str, keys: Sequence[str]) -> list[str]:
        """The shown names of the records with these keys."""
        known = self._shown.get(table, {})
        return [known.get(key, key) for key in keys]

    def namesakes(self, table: str, keys: Sequence[str]) -> list[str]:
        """The names under which more than one of these records stands, however they are written; each once."""
        told: dict[str, list[str]] = {}
        for name in self.named(table, keys):
            told.setdefault(" ".join(unicodedata.normalize("NFC", name).casefold().split()), []).append(name)
        return [names[0] for names in told.values() if len(names) > 1]

    def culprits(self, condition: Condition, keys: Sequence[str]) -> list[str]:
        """The shown names of the records that break a condition; its own tables say whose keys they are."""
        tables = list(dict.fromkeys(_tables(condition)))
        homes = [next((table for table in tables if key in self._shown.get(table, {})), "") for key in keys]
        return [self.named(table, [key])[0] for table, key in zip(homes, keys, strict=True)]


def _tables(condition: Condition) -> Iterator[str]:
    return (node.table for node in walk(condition.holds) if isinstance(node, Aggregate))
