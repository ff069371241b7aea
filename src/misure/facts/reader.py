# SPDX-License-Identifier: Apache-2.0
"""The careful reading of facts: value by value, collecting everything that is wrong, each with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from misure.facts.beside import told_apart
from misure.facts.dossier import Judgement, Path, Record, Records, Told
from misure.facts.identities import Apart, Cell, code_in, form_of_names, links, miscalled, whole, with_identities
from misure.facts.truth_texts import truth_of
from misure.facts.values import Unfit, read_text, read_value, shown
from misure.facts.vocabulary import Fact, Kind, Nature, Table
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place, nearest

__all__ = ["Request", "Outcome", "Places", "one_row", "path_text", "read_beside", "read_carefully", "read_told"]

Places = Callable[[Path], Place | None]
"""Where the value of a path stands in the text that was read, as far as it is known."""
Outcome = tuple[tuple[Told, ...], tuple[Records, ...], tuple[tuple[str, int], ...], list[Judgement], bool]
"""What a reading yields: values, tables, defaults, judgements, and whether everything was told."""

_NOWHERE = Place("<facts>")
_MOST_HINTS = 20  # comparing a name with all others is slow, and nobody reads the hundredth suggestion
_ON = Fact("on", Kind.EVENT, least=1, greatest=dt.date.max.toordinal())


@dataclass(frozen=True, slots=True)
class Request:
    """What a measure asks: its facts, its tables, every name that may be said.

    `defaulted` is the event for which, where it is said not to have happened, the day of the question stands in ("" if none).
    """

    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    known: frozenset[str]
    defaulted: str
    beside: Mapping[str, Fact | Table]
    """What the vocabulary knows and no rule of the measure reads."""


def path_text(path: Iterable[str | int]) -> str:
    """A path as it is printed: `partners[3].signed`; records count from 0."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def read_told(
    fact: Fact, given: object, on: int, notes: list[Judgement], path: Path, *, text_source: bool = False
) -> Told:
    """One value, or, of an assessed fact, one judgement `{value, by, on, why}`, whose provenance is added to `notes`.

    Raises:
        Unfit: The value cannot be.
    """
    if not isinstance(given, Mapping):
        return read_value(fact, given, on, text_source=text_source)
    if fact.nature is not Nature.ASSESSED:
        raise Unfit("expected a single value; only a fact that a person assesses may carry value, by, on and why")
    for key in given:
        if key not in _JUDGEMENT:
            close = nearest(key, _JUDGEMENT) if isinstance(key, str) else None
            raise Unfit(f"a judgement has value, by, on and why; got {shown(key)}", close, (str(key)[:60],))
    if "value" not in given:
        raise Unfit("a judgement needs its value")
    parts = {key: _part(key, given.get(key), on) for key in ("by", "on", "why")}
    with _at("value"):
        value = read_value(fact, given["value"], on, text_source=text_source)
    if value is not None and any(parts.values()):
        by, day, why = parts["by"], parts["on"], parts["why"]
        notes.append(Judgement(path, str(by or ""), int(day) if day else None, str(why or "")))
    return value


_JUDGEMENT = ("value", "by", "on", "why")
_LONGEST = {"by": 200, "why": 4000}


class _at:  # noqa: N801 - reads as a preposition
    """Says of every `Unfit` raised inside which part of the value it concerns."""

    __slots__ = ("part",)

    def __init__(self, part: str) -> None:
        self.part = part

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Unfit):
            error.at = (self.part, *error.at)


def _part(key: str, given: object, on: int) -> Told:
    if given is None:
        return None
    with _at(key):
        if key != "on":
            return read_text(given, _LONGEST[key])
        return read_value(_ON, given, on) or None


def read_carefully(
    asked: Request, facts: object, on: int, places: Places | None, *, text_source: bool, sink: list[Fault] | None = None
) -> Outcome:
    """The facts in internal form. Where `sink` is given it takes the faults, and what cannot be is not told.

    Raises:
        BadFacts: Something cannot be, and there is no sink; all the faults are in it. Or these are no facts at all.
    """
    reading = _Reading(on, places, text_source=text_source)
    if not isinstance(facts, Mapping):
        reading.fault((), f"expected the facts, each with its name; got {shown(facts)}")
        raise BadFacts(reading.faults)
    told: dict[object, object] = dict(facts)
    replaced = {old: fact.name for fact in asked.facts for old in fact.replaces}
    reading.names((), told, asked.known, "fact", replaced)
    values = [reading.value(fact, told.get(fact.name), (fact.name,), (fact.name,)) for fact in asked.facts]
    reading.implied(asked.facts, values)
    tables = tuple(reading.table(table, told.get(table.name)) for table in asked.tables)
    reading.references(asked, values, dict(zip((table.name for table in asked.tables), tables, strict=True)), told)
    reading.beside(asked, told)
    tables, apart, _ = with_identities(links(asked.tables), tables)
    for contradiction in apart:
        reading.apart(asked.tables, contradiction, told)
    if reading.faults:
        if sink is None:
            raise BadFacts(reading.faults)
        sink += reading.faults
        tables = tuple(map(_readable, asked.tables, tables))
    defaults: tuple[tuple[str, int], ...] = ()
    for index, fact in enumerate(asked.facts):
        if fact.name == asked.defaulted and values[index] == 0:
            values[index] = on
            defaults = ((fact.name, on),)
    return tuple(values), tables, defaults, reading.notes, whole(values, tables)


def read_beside(asked: Request, facts: Mapping[str, object], on: int, *, text_source: bool = False) -> bool:
    """Whether what is told and no rule of the measure reads can be what it is called."""
    reading = _Reading(on, None, text_source=text_source)
    reading.beside(asked, facts)
    return not reading.faults


def _readable(table: Table, found: Records) -> Records:
    """The records of a table, of one that could not be read as if nothing of it were told."""
    records, unseen = found
    return tuple(record or (None,) * len(table.fields) for record in records), unseen


_NO_RECORDS = "its 'records' are not told: a table without any is an empty list, [], and one that nobody knows is left out or null"
"""Silence is not none: of a mapping that tells nothing nobody knows which of the two it means."""


class _Reading:
    """One reading: what it has found so far."""

    __slots__ = ("faults", "hints", "notes", "on", "places", "text_source")

    def __init__(self, on: int, places: Places | None, *, text_source: bool) -> None:
        self.on, self.places, self.text_source = on, places, text_source
        self.faults: list[Fault] = []
        self.notes: list[Judgement] = []
        self.hints = _MOST_HINTS

    def fault(self, path: Path, message: str, suggestion: str | None = None) -> None:
        place = self.places(path) if self.places else None
        self.faults.append(Fault(place or _NOWHERE, path_text(path), message, suggestion))

    def names(
        self, path: Path, told: Mapping[object, object], known: Iterable[str], what: str,
        replaced: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """A fault for every name that nobody knows; of one that was `replaced`, with the name to tell instead."""
        known = frozenset(known)
        for name in told:
            if not isinstance(name, str):
                self.fault(path, f"the name of a {what} is a text; got {shown(name)}")
            elif name not in known:
                self.hints -= 1
                close = replaced.get(name) or (nearest(name, sorted(known)) if self.hints >= 0 else None)
                self.fault((*path, name[:60]), f"no {what} is called {shown(name)}", close)

    def value(self, fact: Fact, given: object, path: Path, about: Path) -> Told:
        """The value that stands at `path`; its judgement is noted as `about`."""
        try:
            return read_told(fact, given, self.on, self.notes, about, text_source=self.text_source)
        except Unfit as unfit:
            self.fault((*path, *unfit.at), unfit.message, unfit.suggestion)
            return None

    def beside(self, asked: Request, told: Mapping[Any, object]) -> None:
        """A fault for each value of a fact of other measures that cannot be: who told it meant something, perhaps of this one."""
        notes = len(self.notes)
        for name in told if asked.beside else ():
            of, given = asked.beside.get(name) if isinstance(name, str) else None, told[name]
            if isinstance(of, Table):
                self.table(of, given)
            elif of is not None and given is not None:
                self.value(of, given, (of.name,), (of.name,))
        del self.notes[notes:]

    def implied(self, facts: tuple[Fact, ...], values: list[Told]) -> None:
        """A fault for every truth that is denied and that a code implies."""
        told = dict(zip((fact.name for fact in facts), values, strict=True))
        for fact in facts:
            for other, beginnings in fact.implied_by if told[fact.name] is False else ():
                code = told.get(other)
                if isinstance(code, str) and code.startswith(beginnings):
                    self.fault((fact.name,), f"this is denied, and {other}, which is {shown(code)}, implies it")

    def table(self, table: Table, given: object) -> Records:
        path: Path = (table.name,)
        untold: Records = ((), table.max_items)
        if given is None or (self.text_source and given in ("null", "~")):  # no table is a text
            return untold
        complete = True
        if isinstance(given, Mapping):
            self.names(path, given, ("records", "complete"), "part of a table")
            complete = "complete" not in given or self.is_complete(given["complete"], path)
            if "records" not in given:
                if complete and given.keys() <= {"complete"}:  # else another name stands for it, which is told
                    self.fault(path, _NO_RECORDS)
                return untold
            given, path = given["records"], (*path, "records")
        if not isinstance(given, list | tuple):
            self.fault(path, f"expected a list of records; got {shown(given)}")
            return untold
        if len(given) > table.max_items:
            self.fault(path, f"{len(given)} records; at most {table.max_items} are allowed")
            return untold
        records = tuple(self.record(table, item, (*path, row), row) for row, item in enumerate(given))
        self.keys(table, records, path)
        return records, 0 if complete else table.max_items - len(records)

    def is_complete(self, given: object, path: Path) -> bool:
        if self.text_source and isinstance(given, str):
            said = truth_of(given)
            given = given if said is None else said
        if isinstance(given, bool):
            return given
        neither = "it says neither true, that these are all its records, nor false, that there may be more"
        message = neither if given is None else f"expected true or false; got {shown(given)}"
        self.fault((*path, "complete"), message)
        return False

    def record(self, table: Table, given: object, path: Path, row: int) -> Record:
        if not isinstance(given, Mapping):
            self.fault(path, f"expected a record with the fields {', '.join(table.fields)}; got {shown(given)}")
            return ()
        told: dict[object, object] = dict(given)
        self.names(path, told, table.fields, "field")
        record = tuple(
            self.value(field, told.get(name), (*path, name), (table.name, row, name))
            for name, field in table.fields.items()
        )
        if told.get(table.key) is None:
            self.fault(path, f"every record needs its {table.key}, which tells it from the others")
        return record

    def keys(self, table: Table, records: tuple[Record, ...], path: Path) -> None:
        """A fault for every record whose key another has already, and for every one that is another once more."""
        for row, seen, key in _twice(table, records, table.key):
            first = path_text((*path, seen))
            self.fault((*path, row, table.key), f"{shown(key)} stands twice: {first} has it too")
        for row, seen, who in _twice(table, records, table.identity) if table.identity else ():
            first, what = path_text((*path, seen)), one_row(table)
            self.fault((*path, row, table.identity), f"{shown(who)} stands in {first} too: {what}")
        self.codes_for_names(table, records, path)
        for row, field, seen, value in told_apart(table, records):
            said = shown(records[row][list(table.fields).index(field.name)])
            if seen == row:
                self.fault((*path, row, field.name), f"{said} is its {field.other_than} too, and they are never one")
            else:
                same = " and ".join(field.determined_by)
                first = path_text((*path, seen, field.name))
                self.fault((*path, row, field.name), f"{said}, and {first}, of the same {same}, is {shown(value)}")

    def codes_for_names(self, table: Table, records: tuple[Record, ...], path: Path) -> None:
        """A fault for every record that is called by the code of another, or by another writing of its name."""
        if not form_of_names(table):
            return
        names, codes = (
            [record[column] if record else None for record in records]
            for column in map(list(table.fields).index, (table.key, table.identity))
        )
        for row, seen, is_identity in miscalled(names, codes):
            said, other = shown(names[row]), path_text((*path, seen))
            what = (
                f"is the {table.identity} of {other}" if is_identity else f"is another writing of the name of {other}"
            )
            self.fault((*path, row, table.key), f"{said} {what}: {one_row(table)}")

    def references(
        self, asked: Request, values: Iterable[Told], tables: Mapping[str, Records], told: Mapping[object, object]
    ) -> None:
        """A fault for every value that names no record of the table to which it refers, where all of that are told."""
        known = {table.name: _names(table, *tables[table.name]) for table in asked.tables}
        for fact, value in zip(asked.facts, values, strict=True):
            self.reference(fact, value, (fact.name,), known)
        for table in asked.tables:
            path: Path = (table.name, "records") if isinstance(told.get(table.name), Mapping) else (table.name,)
            for column, field in enumerate(table.fields.values()):
                for row, record in enumerate(tables[table.name][0]) if field.refers_to else ():
                    if record:
                        self.reference(field, record[column], (*path, row, field.name), known)

    def apart(self, tables: tuple[Table, ...], found: Apart, told: Mapping[object, object]) -> None:
        """A fault for what another record contradicts."""

        def path(cell: Cell) -> Path:
            name = tables[cell.table].name
            return (name, "records", cell.row) if isinstance(told.get(name), Mapping) else (name, cell.row)

        table, other = tables[found.at.table], path_text(path(found.other))
        field = list(table.fields.values())[found.at.column]
        at = (*path(found.at), field.name)
        if found.value == found.right:
            self.fault(at, f"{shown(found.value)} stands in {other} too: {one_row(table)}")
        else:
            theirs = list(tables[found.other.table].fields)[found.other.column]
            message = f"{shown(found.value)} is not the {theirs} of {other}, whose record this is"
            self.fault(at, message, found.right if isinstance(found.right, str) else shown(found.right))

    def reference(self, fact: Fact, value: Told, path: Path, known: Mapping[str, _Names | None]) -> None:
        names = known.get(fact.refers_to)
        if value is not None and names is not None and value not in names.keys:
            self.hints -= 1
            close = names.coded.get(code_in(str(value)))
            if close is None and self.hints >= 0:
                close = nearest(str(value), sorted(names.keys))
            self.fault(path, f"no record of {fact.refers_to} is called {shown(value)}", close)


_FIRMS = ("codice_fiscale", "partita_iva", "tax_number")


def one_row(table: Table) -> str:
    """Why an identity stands once in a table, in words."""
    identifier = table.fields[table.identity].identifier
    return f"one {'firm' if identifier in _FIRMS else identifier} is one row"


def _twice(table: Table, records: tuple[Record, ...], name: str) -> list[tuple[int, int, Told]]:
    """Each record whose value in a field stands in an earlier one: its row, that of the first, and the value."""
    column = list(table.fields).index(name)
    first: dict[Told, int] = {}
    told = ((row, record[column]) for row, record in enumerate(records) if record and record[column] is not None)
    return [(row, first[value], value) for row, value in told if first.setdefault(value, row) != row]


class _Names(NamedTuple):
    """What the records of a table are called, and the name of each by the code that it, or its identity, is."""

    keys: frozenset[str]
    coded: Mapping[str, str]


def _names(table: Table, records: tuple[Record, ...], unseen: int) -> _Names | None:
    """The names of the records; None where there may be more of them, or some record could not be read."""
    fields = list(table.fields)
    column = fields.index(table.key)
    if unseen or not all(record and record[column] is not None for record in records):
        return None
    keys = [str(record[column]) for record in records]
    coded = {code: key for key in keys if (code := code_in(key))}
    if form_of_names(table):
        at = fields.index(table.identity)
        coded |= {str(one[at]): key for one, key in zip(records, keys, strict=True) if one[at] is not None}
    return _Names(frozenset(keys), coded)
