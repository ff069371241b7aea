# SPDX-License-Identifier: Apache-2.0
"""What the rows of one table have to do with other rows: keys, records of which two tables speak, names of records.

Entry (`engines.columns.entry`) asks each row by itself; what is left stands here once, as data. `key_tests` says what must hold of
the keys before anything is joined, and `steps_across` what is then put beside the rows, in order: what another table tells of
the same record, and truths that say that a row cannot be because of others. An engine of columns prints each of `KEY_TESTS` and of
`STEPS`, and says nothing of its own. The key of the applicant ties all rows together, and is part of each comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, get_args

from misure.engines.columns.entry import Storage
from misure.facts.identities import SHORTEST, Link, form_of_names, links
from misure.facts.vocabulary import Fact, Kind, Table

__all__ = [
    "KEY_TESTS", "STEPS", "Belonging", "KeyTest", "Miscalled", "Once", "Opposed", "Renamed", "Repeated", "Same", "Selfsame", "Shared", "Step",
    "Stray", "Whole", "key_tests", "steps_across",
]  # fmt: skip

# What must hold of the keys, for a whole table


@dataclass(frozen=True, slots=True)
class Once:
    """The last of these columns is told in every row of a table, and together they stand in one row alone."""

    table: str
    """"" for the applicants."""
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Belonging:
    """Each row of a table belongs to an applicant: the value of its column stands among the keys of the applicants."""

    table: str
    column: str
    key: str
    """The column of the applicants' keys."""


KeyTest: TypeAlias = Once | Belonging
KEY_TESTS: tuple[type, ...] = get_args(KeyTest)
"""The closed set of tests of keys."""


def key_tests(key: str, parent: str, names: Mapping[str, str]) -> Iterator[KeyTest]:
    """What must hold of the applicants, whose column `key` is their key, and of the tables, whose column `parent` names them.

    `names` are the columns of the keys of the tables' own records; "" where a table tells none.

    >>> [type(test).__name__ for test in key_tests("id", "applicant", {"partners": "id", "aids": ""})]
    ['Once', 'Belonging', 'Once', 'Belonging']
    """
    yield Once("", (key,))
    for table, name in names.items():
        yield Belonging(table, parent, key)
        if name:
            yield Once(table, (parent, name))


# What is put beside rows


@dataclass(frozen=True, slots=True)
class Same:
    """A field that is one thing in two tables: by which column each tells it (None: by none), and as what it is told from now on."""

    field: str
    """The field of the table that takes it, and the column that is made."""
    own: str | None
    said: str | None
    """The column of the other table."""
    storage: Storage
    """`TEXT` or `TRUTH`."""
    mark: str = ""
    """The truth to put beside it: both tables tell it, and not the same; "" for none."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The rows of a table tell what they tell themselves or, where nothing, what the record of their name in another table tells."""

    table: str
    name: str
    """The column of the names of its rows, which are compared as texts."""
    other: str
    other_name: str
    fields: tuple[Same, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A truth beside each row: its identity is told, and stands in another row of its applicant too."""

    table: str
    field: str
    column: str
    """The column of the identities, which are compared as texts."""
    mark: str


@dataclass(frozen=True, slots=True)
class Miscalled:
    """A truth beside each row: its name, in the one writing of codes, is the identity of another row of its applicant, or its name.

    `form` is the regular expression that the whole of a code matches; a name of fewer characters than `shortest` is none.
    """

    table: str
    field: str
    column: str
    """The column of the names; they and the identities are compared as texts."""
    identity: str | None
    """The column of the identities; None where none is told, and names are held against one another alone."""
    form: str
    shortest: int
    mark: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A truth beside each row: its identity is told, and another table has it under another name than that of which the row speaks."""

    table: str
    field: str
    column: str
    """The column of the identities; they and the names are compared as texts."""
    name: str
    """The column of the names of its rows."""
    other: str
    other_column: str
    other_name: str
    mark: str


@dataclass(frozen=True, slots=True)
class Opposed:
    """A truth beside each row: it tells a field, and another row of its applicant that tells the same of others tells it otherwise."""

    table: str
    field: str
    column: str
    storage: Storage
    """`TEXT` or `TRUTH`."""
    of: tuple[str, ...]
    """The columns of the others, which are compared as texts."""
    mark: str


@dataclass(frozen=True, slots=True)
class Selfsame:
    """A truth beside each row: two of its fields, which are never the same, tell the same."""

    table: str
    field: str
    column: str
    other: str
    """The column of the other field; they are compared as texts."""
    mark: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Whether all records of a table are told of an applicant: what its column `known` says (None: there is none such).

    Where that says nothing they are; but not where `silent`, of an applicant who has no records at all.
    """

    known: str | None
    silent: bool


@dataclass(frozen=True, slots=True)
class Stray:
    """A truth beside each row: it names a record of another table that its applicant does not have, and all of those are told."""

    table: str
    field: str
    column: str
    """The column of the names, which are compared as texts."""
    other: str
    other_name: str | None
    """The column of the names of that table's records; None where nothing tells them, as of a table of no rows."""
    whole: Whole
    mark: str


Step: TypeAlias = Shared | Repeated | Miscalled | Renamed | Opposed | Selfsame | Stray
STEPS: tuple[type, ...] = get_args(Step)
"""The closed set of steps."""


def steps_across(
    tables: Sequence[Table], told: Mapping[str, Mapping[str, str]], known: Mapping[str, str], silent: frozenset[str]
) -> tuple[Step, ...]:
    """What is put beside the rows of tables: first what is shared, and then, table by table, what cannot be.

    Args:
        tables: All tables of the rules.
        told: The tables that are given, and of each the column that tells each field; no field that is told by none.
        known: The columns of the applicants that say whether a table is complete, by the table.
        silent: The tables of which an applicant without records tells nothing.
    """
    columns = {name: dict(fields) for name, fields in told.items()}
    steps: list[Step] = list(_shared(tables, columns))
    given = {table.name: table for table in tables}
    linked = {tables[link.of].name: tables[link.means] for link in links(tables) if link.identity}
    for name in told:
        steps += _wrong(given[name], given, columns, known, silent, linked)
    return tuple(steps)


def _shared(tables: Sequence[Table], columns: dict[str, dict[str, str]]) -> Iterator[Shared]:
    """What is one thing in two tables; `columns` learn of the columns that are made."""
    given = [link for link in links(tables) if {tables[link.of].name, tables[link.means].name} <= columns.keys()]
    # What is told goes up to the records of which others speak, and then from them down to all that speak of them.
    linked = sorted(given, key=lambda link: _height(link.of, given), reverse=True)
    for link in linked:
        yield from _told_of(tables[link.means], tables[link.of], _fields(link, tables, up=True), columns)
    for link in reversed(linked):
        yield from _told_of(tables[link.of], tables[link.means], _fields(link, tables, up=False), columns, marked=True)


def _height(table: int, linked: Sequence[Link]) -> int:
    """How many tables in a row a table speaks of, each speaking of the next."""
    means = {link.of: link.means for link in linked}
    height = 0
    while table in means and height <= len(linked):
        table, height = means[table], height + 1
    return height


def _fields(link: Link, tables: Sequence[Table], *, up: bool) -> list[tuple[str, str]]:
    """The fields that are one thing: of the table that takes them, and of the other."""
    mine, theirs = list(tables[link.of].fields), list(tables[link.means].fields)
    names = [(mine[one], theirs[other]) for one, other in link.shared]
    return [(other, one) for one, other in names] if up else names


def _told_of(
    table: Table, other: Table, fields: Sequence[tuple[str, str]], columns: dict[str, dict[str, str]], *, marked: bool = False
) -> Iterator[Shared]:  # fmt: skip
    """What a table takes from another; nothing where the keys of one are not told, or no column tells any of it."""
    own, said = columns[table.name], columns[other.name]
    if table.key not in own or other.key not in said:
        return
    same = tuple(
        Same(
            field, own.get(field), said.get(theirs),
            _storage(table.fields[field]), f"apart:{field}" if marked else "",
        )
        for field, theirs in fields
        if field in own or theirs in said
    )  # fmt: skip
    if same:
        yield Shared(table.name, own[table.key], other.name, said[other.key], same)
        own |= {one.field: one.field for one in same}


def _storage(field: Fact) -> Storage:
    return Storage.TRUTH if field.kind is Kind.TRUTH else Storage.TEXT


def _wrong(
    table: Table, tables: Mapping[str, Table], columns: Mapping[str, Mapping[str, str]], known: Mapping[str, str],
    silent: frozenset[str], linked: Mapping[str, Table],
) -> Iterator[Repeated | Miscalled | Renamed | Opposed | Selfsame | Stray]:  # fmt: skip
    """What cannot be of a table's rows because of other rows."""
    told = columns[table.name]
    if table.identity in told:
        yield Repeated(table.name, table.identity, told[table.identity], f"twice:{table.identity}")
    if table.key in told and (form := form_of_names(table)):
        yield Miscalled(
            table.name, table.key, told[table.key], told.get(table.identity), form, SHORTEST, f"miscalled:{table.key}"
        )
    meant = linked.get(table.name)
    if (
        meant
        and {table.identity, table.key} <= told.keys()
        and {meant.identity, meant.key} <= columns.get(meant.name, {}).keys()
    ):
        theirs = columns[meant.name]
        yield Renamed(
            table.name, table.identity, told[table.identity], told[table.key], meant.name, theirs[meant.identity],
            theirs[meant.key], f"renamed:{table.identity}",
        )  # fmt: skip
    for name, fact in table.fields.items():
        if name in told and fact.determined_by and told.keys() >= set(fact.determined_by):
            of = tuple(told[other] for other in fact.determined_by)
            yield Opposed(table.name, name, told[name], _storage(fact), of, f"opposed:{name}")
        if name in told and fact.other_than in told:
            yield Selfsame(table.name, name, told[name], told[fact.other_than], f"selfsame:{name}")
    # Of a fact of the applicant the program finds it, where it gathers the records.
    for name, fact in table.fields.items():
        if name in told and fact.refers_to in columns:
            other = fact.refers_to
            names = columns[other].get(tables[other].key)
            whole = Whole(known.get(other), other in silent)
            yield Stray(table.name, name, told[name], other, names, whole, f"stray:{name}")
