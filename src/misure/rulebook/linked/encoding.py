# SPDX-License-Identifier: Apache-2.0
"""A linked rulebook written down: a line that says what it is, and JSON of one list in which each thing stands once.

The first line is `misure linked rulebook 1 <bytes that follow> <their SHA-256>`. What follows is a JSON object: the
version of the library, the format of the rule file, the digest of the table of kinds, the versions of the calendar and of
the dated tables that the rules read, what a what-if changed, and `pool`. An entry of the pool is a list whose head says what it is
(`Condition`, `Stage`, `tuple`, `map`, `set`, `date`, `fraction`) and whose rest are its values: null, a truth, a whole
number, a text, or `[n]` for the entry `n` that stands before it. Equal things share an entry. The last is the rulebook.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from misure._version import __version__
from misure.ground import holidays
from misure.ground.dated import dated_table
from misure.ground.place import Place
from misure.ground.regimes import Regime
from misure.rulebook.functions import tables_read
from misure.rulebook.linked.kinds import record_kinds, table_version
from misure.rulebook.rules import Rulebook
from misure.rulebook.shared_law import SharedLaw

__all__ = ["MAGIC", "encoded", "law_versions", "regimes_in"]

MAGIC = b"misure linked rulebook 1 "
"""How the first line begins. The number is that of this form of writing."""


def encoded(book: Rulebook, varied: Mapping[str, str], folders: Iterable[str] = ()) -> bytes:
    """The rulebook as bytes, the same for the same rules; places below one of `folders` are told from there.

    With folders it names none: what is written on one machine is read on another, and tells nothing of the first.
    """
    pool = _Pool(tuple(folder.rstrip("/\\") for folder in folders))
    pool.put(book)
    whole = {
        "library": __version__,
        "format": book.format,
        "kinds": table_version(),
        "law": law_versions((str(row[1]) for row in pool.rows if row[0] == "Call"), regimes_in(pool.rows)),
        "varied": dict(varied),
        "pool": pool.rows,
    }
    body = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    return MAGIC + f"{len(body)} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def law_versions(functions: Iterable[str], regimes: Collection[str]) -> dict[str, str]:
    """The versions of the calendar, and of the dated tables that decide with these functions and counting regimes."""
    tables = {table: dated_table(table).version for table in tables_read(functions, regimes)}
    return {holidays.TABLE: holidays.digest(), **tables}


def regimes_in(rows: Iterable[object]) -> set[str]:
    """The counting regimes that entries of a pool name."""
    return {regime for row in rows if isinstance(row, list) for regime in _REGIMES if regime in row}


_REGIMES = tuple(map(str, Regime))


class _Pool:
    """Entries, each after those it names; equal ones are one."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        self.folders = folders
        self.rows: list[list[Any]] = []
        self._kinds = {kind.made: (name, kind.fields) for name, kind in record_kinds().items()}
        self._places: dict[str, int] = {}
        self._known: dict[int, list[int]] = {}
        self._kept: list[object] = []

    def put(self, value: object) -> Any:
        """How a value is told where it is used."""
        if value is None or type(value) in (bool, int, str):
            return value
        found = self._known.get(id(value))
        if found is None:
            row = self._row(value)
            text = json.dumps(row, ensure_ascii=False)
            if text not in self._places:
                self._places[text] = len(self.rows)
                self.rows.append(row)
            found = self._known[id(value)] = [self._places[text]]
            self._kept.append(value)  # no other thing may take its number while this goes on
        return found

    def _row(self, value: object) -> list[Any]:
        match value:
            case StrEnum():
                return [type(value).__name__, value.value]
            case dt.date() if type(value) is dt.date:
                return ["date", value.isoformat()]
            case Fraction():
                return ["fraction", value.numerator, value.denominator]
            case tuple():
                return ["tuple", *map(self.put, value)]
            case frozenset():
                return ["set", *sorted(value)]
            case dict() | MappingProxyType():
                return ["map", *(self.put(part) for pair in value.items() for part in pair)]
            case _:
                name, fields = self._kinds[type(value)]
                return [name, *(self.put(self._told(value, field)) for field in fields)]

    def _told(self, record: object, field: str) -> object:
        value = getattr(record, field)
        if self.folders and isinstance(record, Place | SharedLaw) and field == "path":
            return self._from_folder(value)
        return "" if self.folders and isinstance(record, Rulebook) and field == "root" else value

    def _from_folder(self, path: str) -> str:
        for folder in self.folders:
            if folder and path.startswith((f"{folder}/", f"{folder}\\")):
                return path[len(folder) + 1 :].replace("\\", "/")
        return path
