# SPDX-License-Identifier: Apache-2.0
"""Who and what a record is where two tables speak of it: the costs of a firm, and that firm among the partners.

A table whose key names records of another table speaks of the same somebody, row by row. What is one thing in both (their
identities of one kind, and fields that are declared alike) is told of both where one tells it, and two that differ contradict
each other. A field that is no key may name somebody else (the firm that controls this one), so it says nothing of who its record is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from misure.facts.dossier import Record, Records, Told
from misure.facts.vocabulary import Fact, Kind, Table
from misure.ground.errors import BadIdentifier
from misure.identifiers import tax_number
from misure.identifiers.forms import TAX_CODES, form

__all__ = [
    "SHORTEST",
    "Apart",
    "Cell",
    "Link",
    "code_in",
    "form_of_names",
    "joined",
    "links",
    "miscalled",
    "whole",
    "with_identities",
]


class Cell(NamedTuple):
    """A table, as its place among those that are asked, a row of it, and a column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Link:
    """A table whose key names records of another: the places of both, of their keys, and of the columns that are one thing."""

    of: int
    key: int
    means: int
    meant_key: int
    shared: tuple[tuple[int, int], ...]
    identity: tuple[int, int] | None
    """The columns of the identities, where both have one of one kind."""
    coded: bool = False
    """Whether the records of both are called by names that may be the codes by which they are somebody."""

    @property
    def columns(self) -> tuple[tuple[int, int, int], ...]:
        """Of each of the two tables its place, and the columns of the names and of the identities of its records."""
        if self.identity is None:
            return ()
        return (self.of, self.key, self.identity[0]), (self.means, self.meant_key, self.identity[1])


class Apart(NamedTuple):
    """Two cells that contradict each other: of one record two values, or, where `value` is `right`, of two records one identity."""

    at: Cell
    other: Cell
    value: Told
    """That which stands at `at`."""
    right: Told
    """That of the other cell."""


def form_of_names(table: Table) -> str:
    """The regular expression of the codes by which a table says who its records are; "" where it says so by none."""
    kind = table.fields[table.identity].identifier if table.identity else ""
    is_text = table.fields[table.key].kind is Kind.TEXT
    return form("tax_number") if kind in TAX_CODES and is_text and table.key != table.identity else ""


SHORTEST = 8
"""No shorter name is looked at: the codes of Italy, and almost all of other States, are longer."""


@lru_cache(maxsize=16_384)
def code_in(name: str) -> str:
    """The code that a name is, in its one writing, whether or not its check holds; "" of a name that has not the form of one.

    >>> code_in("it 012 345 601 57"), code_in("Officine Prova srl")
    ('01234560157', '')
    """
    if len(name) < SHORTEST or len(name) > _LONGEST or name.isalpha():
        return ""
    try:
        plain = tax_number.compact(name)
    except BadIdentifier:
        return ""
    return plain if _is_code(plain) else ""


_LONGEST = 60
_is_code = re.compile(form("tax_number")).fullmatch


class Miscall(NamedTuple):
    """A record that is called by the code of another: their rows, and whether that is what says who the other is, or its name."""

    row: int
    other: int
    is_identity: bool


def miscalled(names: Sequence[Told], codes: Sequence[Told]) -> Iterator[Miscall]:
    """The records whose names are the code of another, or another writing of its name: who speaks of that code may mean either.

    `names` and `codes` are what each record is called and who it is; None where it is not told.

    >>> list(miscalled(["alfa", "01234560157"], ["01234560157", None]))
    [Miscall(row=1, other=0, is_identity=True)]
    """
    coded = {row: code for row, name in enumerate(names) if isinstance(name, str) and (code := code_in(name))}
    if not coded:
        return
    whose = {code: row for row, code in enumerate(codes) if code is not None}
    first: dict[str, int] = {}
    for row, code in coded.items():
        other = whose.get(code, row)
        if other != row:
            yield Miscall(row, other, is_identity=True)
        elif names[before := first.setdefault(code, row)] != names[row]:
            yield Miscall(row, before, is_identity=False)


def links(tables: Sequence[Table]) -> tuple[Link, ...]:
    """The tables that speak of the records of another, of those that are asked."""
    places = {table.name: place for place, table in enumerate(tables)}
    found = []
    for place, table in enumerate(tables):
        means = places.get(table.fields[table.key].refers_to)
        if means is None or means == place:
            continue
        meant, mine, theirs = tables[means], list(table.fields), list(tables[means].fields)
        names = [(name, name) for name, field in table.fields.items() if _is_one(field, meant.fields.get(name))]
        identity = (table.identity, meant.identity) if _one_kind(table, meant) else None
        if identity and identity not in names:
            names.append(identity)
        columns = tuple((mine.index(one), theirs.index(other)) for one, other in names)
        who = (mine.index(identity[0]), theirs.index(identity[1])) if identity else None
        if columns:
            coded = who is not None and all(map(form_of_names, (table, meant)))
            found.append(Link(place, mine.index(table.key), means, theirs.index(meant.key), columns, who, coded))
    return tuple(found)


def _one_kind(table: Table, other: Table) -> bool:
    if not (table.identity and other.identity):
        return False
    return table.fields[table.identity].identifier == other.fields[other.identity].identifier


def _is_one(field: Fact, other: Fact | None) -> bool:
    """Whether a field of two tables is one thing: one choice or truth, declared in the same words."""
    if other is None or field.kind is not other.kind or field.kind not in (Kind.CHOICE, Kind.TRUTH):
        return False
    return field.label == other.label and dict(field.choices) == dict(other.choices)


def with_identities(
    linked: Sequence[Link], tables: Sequence[Records]
) -> tuple[tuple[Records, ...], tuple[Apart, ...], bool]:
    """The tables with what is one thing told wherever its record stands, what contradicts itself, and whether anything was added.

    A record that could not be read is (), and keys that stand twice name nobody.
    """
    pairs = [pair for link in linked for pair in _pairs(link, tables)]
    values: dict[Cell, Told] = {}
    for cell in {cell for pair in pairs for cell in pair} | set(_identities(linked, tables)):
        if (value := tables[cell.table][0][cell.row][cell.column]) is not None:
            values[cell] = value
    own = frozenset(values)
    told_at = {cell: cell for cell in own}
    # A value goes as far as there are tables in a row, each of which speaks of the records of the next.
    for _ in linked:
        for one, other in pairs:
            for here, there in ((one, other), (other, one)):
                if here in values and there not in values:
                    values[there], told_at[there] = values[here], told_at[here]
    added = values.keys() - own
    against = [(one, other) for one, other in pairs if one in values and values[one] != values[other]]
    apart = [Apart(told_at[one], told_at[other], values[one], values[other]) for one, other in against]
    doubted = {cell for pair in against for cell in pair}
    who = {cell: values[cell] for cell in _identities(linked, tables) if cell in values and cell not in doubted}
    apart += _twice(who, told_at, frozenset(link.of for link in linked))
    apart += _renamed(linked, tables, who)
    apart += _called_by_codes_of_others(linked, tables, who, told_at)
    return (_filled(tables, values, added) if added else tuple(tables)), tuple(apart), bool(added)


def joined(linked: Sequence[Link], tables: Sequence[Records]) -> tuple[tuple[Records, ...], bool] | None:
    """As `with_identities`, of records that all could be read: None where something may contradict itself, else quickly."""
    if len(linked) != 1:
        found, apart, more = with_identities(linked, tables)
        return None if apart else (found, more)
    (link,) = linked
    (mine, mine_open), (meant, meant_open) = tables[link.of], tables[link.means]
    rows, theirs = list(mine), list(meant)
    places = {record[link.meant_key]: place for place, record in enumerate(meant)}
    added: set[int] = set()
    strangers: set[Told] = set()
    for row, record in enumerate(mine):
        place = places.get(record[link.key])
        if place is None:
            if link.identity:
                strangers.add(record[link.identity[0]])
            continue
        for one, other in link.shared:
            told, said = record[one], theirs[place][other]
            if told == said:
                continue
            if told is None:
                rows[row] = (*rows[row][:one], said, *rows[row][one + 1 :])
                added.add(link.of)
            elif said is None:
                theirs[place] = (*theirs[place][:other], told, *theirs[place][other + 1 :])
                added.add(link.means)
            else:
                return None
    if link.identity and meant_open and strangers & {record[link.identity[1]] for record in theirs} - {None}:
        return None
    if not added:
        return tuple(tables), False
    for records, (_, key, column) in zip((rows, theirs), link.columns, strict=False):
        codes = [record[column] for record in records]
        stated = [code for code in codes if code is not None]
        if len(set(stated)) != len(stated):
            return None
        if link.coded and any(True for _ in miscalled([record[key] for record in records], codes)):
            return None
    found_of = {link.of: (tuple(rows), mine_open), link.means: (tuple(theirs), meant_open)}
    return tuple(found_of.get(place, records) for place, records in enumerate(tables)), True


def whole(values: Sequence[Told], tables: Sequence[Records]) -> bool:
    """Whether everything is told: no value is None, in the records neither, and no table is open."""
    return None not in values and not any(
        unseen or any(None in record for record in records) for records, unseen in tables
    )


def _pairs(link: Link, tables: Sequence[Records]) -> Iterator[tuple[Cell, Cell]]:
    """What each record tells, with the same of the record of which it speaks."""
    mine = _by_key(tables[link.of][0], link.key)
    meant = _by_key(tables[link.means][0], link.meant_key)
    for key, row in mine.items():
        if key in meant:
            for one, other in link.shared:
                yield Cell(link.of, row, one), Cell(link.means, meant[key], other)


def _by_key(records: Sequence[Record], column: int) -> dict[Told, int]:
    rows: dict[Told, int] = {}
    twice: set[Told] = set()
    for row, record in enumerate(records):
        if record and record[column] is not None and rows.setdefault(record[column], row) != row:
            twice.add(record[column])
    return {key: row for key, row in rows.items() if key not in twice}


def _identities(linked: Sequence[Link], tables: Sequence[Records]) -> Iterator[Cell]:
    """Where the records of linked tables tell who they are."""
    columns = {(link.of, link.identity[0]) for link in linked if link.identity}
    columns |= {(link.means, link.identity[1]) for link in linked if link.identity}
    for place, column in sorted(columns):
        yield from (Cell(place, row, column) for row, record in enumerate(tables[place][0]) if record)


def _twice(codes: Mapping[Cell, Told], told_at: Mapping[Cell, Cell], speaking: frozenset[int]) -> Iterator[Apart]:
    """Different records of a table that have one code, which one of them has from another table; each contradiction once.

    It stands in the table that speaks of the other.
    """
    first: dict[tuple[int, Told], Cell] = {}
    found: dict[tuple[Cell, ...], Told] = {}
    for cell in sorted(codes):
        before = first.setdefault((cell.table, codes[cell]), cell)
        written = sorted({told_at[before], told_at[cell]}, key=lambda one: (one.table not in speaking, one))
        # Two codes of one table that are the same are looked at where the table is read.
        if before != cell and len({one.table for one in written}) > 1:
            found[tuple(written)] = codes[cell]
    yield from (Apart(at, other, code, code) for (at, other), code in found.items())


def _renamed(linked: Sequence[Link], tables: Sequence[Records], who: Mapping[Cell, Told]) -> Iterator[Apart]:
    """Records that speak of somebody by another name than the record of that code has: one firm under two names."""
    for link in linked:
        if link.identity is None:
            continue
        (mine, _), (meant, unseen) = tables[link.of], tables[link.means]
        if not unseen:  # then a name that nobody has is a fault of its own
            continue
        names = {record[link.meant_key] for record in meant if record}
        named = {
            who[cell]: row for row in range(len(meant)) if (cell := Cell(link.means, row, link.identity[1])) in who
        }
        for row in range(len(mine)):
            code = who.get(at := Cell(link.of, row, link.identity[0]))
            if code in named and mine[row][link.key] not in names:
                yield Apart(at, Cell(link.means, named[code], link.identity[1]), code, code)


def _called_by_codes_of_others(
    linked: Sequence[Link], tables: Sequence[Records], who: Mapping[Cell, Told], told_at: Mapping[Cell, Cell]
) -> Iterator[Apart]:
    """Records whose names are codes that another table tells of other records; what one table tells is looked at where it is read."""
    found: dict[Cell, Apart] = {}
    for table, key, identity in (columns for link in linked if link.coded for columns in link.columns):
        records = tables[table][0]
        cells = [Cell(table, row, identity) for row in range(len(records))]
        names = [record[key] if record else None for record in records]
        for row, other, is_identity in miscalled(names, [who.get(cell) for cell in cells]):
            told = told_at.get(cells[other])
            if is_identity and told is not None and told.table != table:
                at = Cell(table, row, key)
                found[at] = Apart(at, told, names[row], names[row])
    yield from found.values()


def _filled(tables: Sequence[Records], values: Mapping[Cell, Told], added: set[Cell]) -> tuple[Records, ...]:
    rows: dict[tuple[int, int], list[Told]] = {}
    for cell in added:
        row = rows.setdefault((cell.table, cell.row), list(tables[cell.table][0][cell.row]))
        row[cell.column] = values[cell]
    return tuple(
        (tuple(tuple(rows[place, at]) if (place, at) in rows else record for at, record in enumerate(records)), unseen)
        for place, (records, unseen) in enumerate(tables)
    )
