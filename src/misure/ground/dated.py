# SPDX-License-Identifier: Apache-2.0
"""Values of the law that change with time, as tables of rows: from when, until when, how much, by which act.

A table is a CSV file under `rules/ue`, `rules/stato` or `rules/tables`, readable in a spreadsheet beside the act. Its first
line names source, date and generator; its last four columns are `act`, `at`, `confidence` and `note`. A value that no
source gives stands as `unknown`, with the reason in the note: a day in such a row has no value, and never the nearest one.

>>> from misure.ground.days import parse_day
>>> ceilings = dated_table("ue/deminimis-ceilings")
>>> row = ceilings.on(parse_day("2026-11-22"), regulation="gen")
>>> row.cents("ceiling"), str(row.citation)
(30000000, 'Reg. (UE) 2023/2831, art. 3, par. 2')
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType

from misure._reopen import by_public_name
from misure.ground.days import day_text, parse_day
from misure.ground.errors import BadRules, NotEncoded
from misure.ground.money import parse_scaled, parse_share
from misure.ground.place import Fault, Place, nearest
from misure.ground.rules_folder import bundled_rules
from misure.ground.truth import Confidence

__all__ = ["UNKNOWN", "ActRef", "Cited", "DatedTable", "Row", "act_of", "dated_table", "read_dated"]

UNKNOWN = "unknown"
"""What stands in a column whose value no source gives."""

_HEAD = ("from", "until")
_TAIL = ("act", "at", "confidence", "note")


@by_public_name
@dataclass(frozen=True, slots=True)
class ActRef:
    """An act beneath many measures: how it is cited, and its permanent address (ELI, or URN:NIR) where it has one."""

    id: str
    label: str
    urn: str


@by_public_name
@dataclass(frozen=True, slots=True)
class Cited:
    """Where an act says it, and how sure the reading is."""

    act: ActRef
    at: str
    confidence: Confidence

    def __str__(self) -> str:
        return f"{self.act.label}, {self.at}" if self.at else self.act.label


@dataclass(frozen=True, slots=True)
class Row:
    """One stretch of days in which the values of a table stand. `until` is its last day, None while it has no end."""

    table: str
    since: int
    until: int | None
    texts: Mapping[str, str] = field(hash=False)
    """Every column of keys and values, as written."""
    citation: Cited
    note: str
    place: Place = field(compare=False, repr=False)

    def known(self, column: str) -> bool:
        """Whether some source gives the value. The empty text says that the act sets none."""
        return self.texts[column] != UNKNOWN

    def cents(self, column: str) -> int:
        """An amount of money."""
        return parse_scaled(self.texts[column], 2)

    def share(self, column: str) -> Fraction:
        """A share or a yearly rate, written `3.19%`."""
        return parse_share(self.texts[column])

    def whole(self, column: str) -> int:
        """A count."""
        return parse_scaled(self.texts[column], 0)

    def holds_on(self, day: int) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class DatedTable:
    """The rows of one file, in its order. Two tables of one `version` hold the same."""

    name: str
    version: str
    keys: tuple[str, ...]
    """The columns that tell one series of rows from another."""
    rows: tuple[Row, ...]

    def series(self, **keys: str) -> tuple[Row, ...]:
        """The rows under some keys, the oldest first.

        Raises:
            ValueError: No row has such a key; the message names the nearest one that is there.
        """
        found = tuple(row for row in self.rows if all(row.texts[name] == value for name, value in keys.items()))
        if not found:
            for name, value in keys.items():
                known = sorted({row.texts[name] for row in self.rows})
                if value not in known:
                    hint = nearest(value, known)
                    suggestion = f"; did you mean {hint!r}?" if hint else f"; it has {', '.join(known)}"
                    raise ValueError(f"{self.name}: no {name} is called {value!r}{suggestion}")
            raise ValueError(f"{self.name}: nothing stands under {keys}")
        return found

    def on(self, day: int, **keys: str) -> Row:
        """The row that stands on a day; its values may still be unknown.

        Raises:
            NotEncoded: The day lies before the first row or after the last one.
            ValueError: No row has such a key.
        """
        found = self.series(**keys)
        for row in found:
            if row.holds_on(day):
                return row
        last = found[-1].until
        raise NotEncoded(
            f"{self.name} ({', '.join(keys.values())})" if keys else self.name,
            dt.date.fromordinal(day), dt.date.fromordinal(found[0].since),
            None if last is None else dt.date.fromordinal(last),
        )  # fmt: skip


@cache
def dated_table(name: str) -> DatedTable:
    """A table of the bundled rules by its path without the ending, such as `ue/deminimis-ceilings`.

    Raises:
        BadRules: The file is no such table; every fault is told.
    """
    return read_dated(bundled_rules() / f"{name}.csv", name)


@cache
def _acts() -> Mapping[str, ActRef]:
    path = bundled_rules() / "tables" / "acts.csv"
    _, *lines = path.read_text("utf-8").splitlines()
    return MappingProxyType({row["act"]: ActRef(row["act"], row["label"], row["urn"]) for row in csv.DictReader(lines)})


def act_of(name: str) -> ActRef:
    """An act of `rules/tables/acts.csv` by its id.

    >>> act_of("reg-2023-2831").urn
    'http://data.europa.eu/eli/reg/2023/2831/oj'

    Raises:
        KeyError: The table has no such act.
    """
    return _acts()[name]


def read_dated(path: Path, name: str) -> DatedTable:
    """A dated table from its file.

    The columns between `until` and `act` are keys as long as their name ends in `*` (`regulation*`), and values after that.

    Raises:
        BadRules: The file is no such table: every fault is told with its line.
    """
    content = path.read_bytes()
    faults: list[Fault] = []

    def fault(line: int, message: str, suggestion: str | None = None) -> None:
        faults.append(Fault(Place(str(path), line, 1), name, message, suggestion))

    source, *lines = content.decode("utf-8").splitlines() or [""]
    reader = csv.reader(lines)
    header = next(reader, [])
    if not source.startswith("# source: ") or tuple(header[:2]) != _HEAD or tuple(header[-4:]) != _TAIL:
        fault(1, "expected a line '# source: ...', then the columns from, until, ..., act, at, confidence, note")
        raise BadRules(faults)
    columns = header[2:-4]
    keys = tuple(column.removesuffix("*") for column in columns if column.endswith("*"))
    rows = []
    for cells in reader:
        line = reader.line_num + 1
        if len(cells) != len(header):
            fault(line, f"the row has {len(cells)} columns, and the header {len(header)}")
            continue
        texts = dict(zip((column.removesuffix("*") for column in columns), cells[2:-4], strict=True))
        act, at, confidence, note = cells[-4:]
        try:
            since, until = parse_day(cells[0]), parse_day(cells[1]) if cells[1] else None
            sure = Confidence(confidence)
        except ValueError as problem:
            fault(line, str(problem))
            continue
        if act not in _acts():
            fault(line, f"no act is called {act!r} in tables/acts.csv", nearest(act, _acts()))
            continue
        if until is not None and until < since:
            fault(line, f"the row ends on {day_text(until)}, before it begins on {day_text(since)}")
        if UNKNOWN in texts.values() and not note:
            fault(line, "an unknown value says why, in the note")
        cited = Cited(_acts()[act], at, sure)
        rows.append(Row(name, since, until, MappingProxyType(texts), cited, note, Place(str(path), line, 1)))
    _contiguous(rows, keys, fault)
    if not rows and not faults:
        fault(1, "the table is empty")
    if faults:
        raise BadRules(faults)
    return DatedTable(name, f"{name} {hashlib.sha256(content).hexdigest()[:12]}", keys, tuple(rows))


def _contiguous(rows: list[Row], keys: tuple[str, ...], fault: object) -> None:
    """Every series goes on day by day: a stretch that nobody knows is a row of its own, so that no gap is a slip."""
    assert callable(fault)
    last: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row.texts[name] for name in keys)
        before = last.get(key)
        if before is not None and (before.until is None or before.until + 1 != row.since):
            ended = "has no end" if before.until is None else f"ends on {day_text(before.until)}"
            fault(row.place.line, f"begins on {day_text(row.since)}, but the row before it {ended}")
        last[key] = row
