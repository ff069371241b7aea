# SPDX-License-Identifier: Apache-2.0
r"""Applications from a file: CSV as a spreadsheet saves it (UTF-8), or a list in YAML or JSON.

A CSV has a row for each application: its `id`, what the office says of it (`filed_at`, `admitted`, `window`), and facts by
their names. An empty cell is not told; every cell is a text with its place, read as `cells` says. The records of a table stand in a file of their
own. An application that has none there does not tell the table, unless its column `<table>_known` says yes, or the file is
said to be complete: silence is not none.

>>> told = read_csv("id;filed_at;score\nD-1;2026-01-12T09:00;78.50\n", "domande.csv", {"score"})
>>> told[0].id, told[0].facts, str(told[0].places(("score",)))
('D-1', {'score': '78.50'}, 'domande.csv:2:22')
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from misure.facts.dossier import Path as FactPath
from misure.facts.elsewhere import where_it_stands
from misure.facts.truth_texts import likely_truth, truth_of
from misure.facts.vocabulary import Fact
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Hints, Place
from misure.ground.whole_file import refuse_pipes
from misure.reading.applicants.cells import instant_of
from misure.reading.applicants.listed import listed
from misure.reading.applicants.sheets import Row, Sheet
from misure.reading.applicants.told import OFFICE, ToldApplication

__all__ = ["OFFICE", "ToldApplication", "decoded", "read_applications_file", "read_csv"]

KNOWN = "_known"
"""What a column's name ends in that says of a table whether an application told all its records."""
MOST_BYTES = 64_000_000
Fields: TypeAlias = Mapping[str, Mapping[str, Fact]]
"""The fields of each table, by its name."""


def read_applications_file(
    path: Path, known: Collection[str], tables: Mapping[str, Path] | None = None, complete: Collection[str] = (),
    fields: Fields = MappingProxyType({}), sink: list[Fault] | None = None,
) -> tuple[ToldApplication, ...]:  # fmt: skip
    """The applications of a file; `known` are the facts by name, `tables` further CSV files with the records of tables.

    `fields` are those of each table by name. `complete` names the tables whose files have all the records of every application: who has none there has none.
    What is wrong with single cells and records goes to `sink` where there is one, so that whoever reads the facts next can tell it
    with all the rest; such a cell is left untold.

    Raises:
        BadFacts: A file cannot be used; all its faults at once.
    """
    shown = str(path)
    if path.suffix.lower() in (".yaml", ".yml", ".json"):
        odd = [Fault(Place(shown), "", "further files of records go with a CSV file of applications")] if tables else []
        if odd and sink is None:
            raise BadFacts(odd)
        if sink is not None:
            sink += odd
        return listed(decoded(path), shown, in_json=path.suffix.lower() == ".json", sink=sink)
    faults, texts = list[Fault](), dict[str, str]()
    for name, one in {"": path, **(tables or {})}.items():
        try:
            texts[name] = decoded(one)
        except BadFacts as problem:
            faults += problem.faults
    files = {name: (texts.get(name), str(one)) for name, one in (tables or {}).items()}
    if "" not in texts:  # whose records they are nobody knows
        for name, sheet in _children(known, files, fields, faults).items():
            for rows in _records(sheet, None, faults).values():
                _check_records(name, rows, fields, faults)
        raise BadFacts(faults)
    return read_csv(texts[""], shown, known, files, complete, fields, sink, faults)


def decoded(path: Path) -> str:
    """The text of a file of applications.

    Raises:
        BadFacts: It cannot be read, or is no UTF-8.
    """
    shown = str(path)
    try:
        refuse_pipes(path)
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise BadFacts([Fault(Place(shown), "", "there is no such file")]) from None
    except IsADirectoryError:
        raise BadFacts([Fault(Place(shown), "", "this is a folder, not a file")]) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise BadFacts([Fault(Place(shown), "", f"the file cannot be read: {reason}")]) from None
    if len(data) > MOST_BYTES:
        raise BadFacts([Fault(Place(shown), "", f"the file is larger than {MOST_BYTES // 1_000_000} MB")])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise BadFacts([Fault(Place(shown, 1, 1), "", "this is UTF-16; save the file as CSV UTF-8")])
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        looks = bytes(data[problem.start : problem.start + 1]).decode("cp1252", "replace")
        message = f"this is not UTF-8: it looks like Windows-1252, with {looks!r} here; save the file as CSV UTF-8"
        raise BadFacts([Fault(Place(shown, before.count(b"\n") + 1, column), "", message)]) from None


def read_csv(
    text: str, shown: str, known: Collection[str], tables: Mapping[str, tuple[str | None, str]] | None = None,
    complete: Collection[str] = (), fields: Fields = MappingProxyType({}), sink: list[Fault] | None = None,
    before: Collection[Fault] = (),
) -> tuple[ToldApplication, ...]:  # fmt: skip
    """The applications of a CSV text; `complete`, `fields` and `sink` as of `read_applications_file`.

    The text of a table is None where its file could not be read, which stands in `before` and is told with the rest.

    Where `known` and `fields` are the facts themselves, and not their names alone, each cell is read as its fact is written.

    Raises:
        BadFacts: It cannot be used; all its faults at once.
    """
    faults = list(before)
    saying = {f"{name}{KNOWN}": name for name in tables or {}}
    asked: Mapping[str, Fact] = known if isinstance(known, Mapping) else {}
    replaced = {old: name for name, fact in asked.items() for old in fact.replaces}
    stands = partial(where_it_stands, facts=known, tables=fields, office=("id", *OFFICE))
    sheet = Sheet.read(
        text, shown, ("id", *OFFICE, *known, *saying), "id", faults, replaced, elsewhere=partial(stands, table="")
    )
    children = _children(known, tables or {}, fields, faults)
    if sheet is None:
        raise BadFacts(faults)
    rows = list(sheet.rows)
    # Whom a row names that could not be read nobody knows, so no record is called a stranger then.
    ids = {row.cells["id"] for row in rows} if sheet.whole else None
    records = {name: _records(child, ids, faults) for name, child in children.items()}
    theirs = {row.cells["id"] for row in rows}
    for name, told_by in records.items():
        for whose, rows_of in told_by.items():
            if whose not in theirs:  # nobody reads them with an application, and their cells are told all the same
                _check_records(name, rows_of, fields, faults)
    found = []
    for row in rows:
        others = ("id", *OFFICE, *saying)
        facts: dict[str, Any] = row.told(asked, others, faults, row.cells["id"])
        own = {name: told.get(row.cells["id"], []) for name, told in records.items()}
        for name, rows_of in own.items():
            told = _table(name, rows_of, row, faults, whole=name in complete, fields=fields.get(name, {}))
            if told is not None:
                facts[name] = told
        office: dict[str, Any] = {name: row.cells.get(name) or None for name in OFFICE}
        office["filed_at"] = instant_of(office["filed_at"], row.separator) if office["filed_at"] else None
        found.append(ToldApplication(row.cells["id"], facts, **office, place=row.place("id"), places=_places(row, own)))
    if faults and sink is None:
        raise BadFacts(faults)
    if sink is not None:
        sink += faults
    return tuple(found)


def _children(
    known: Collection[str], tables: Mapping[str, tuple[str | None, str]], fields: Fields, faults: list[Fault]
) -> dict[str, Sheet]:
    """The records of the tables, each a file of its own, as far as they can be read."""
    stands = partial(where_it_stands, facts=known, tables=fields, office=("id", *OFFICE))
    found = {
        name: Sheet.read(
            one, where, ("application", *fields[name]) if name in fields else None, "application", faults,
            what="field", may_be_empty=True, elsewhere=partial(stands, table=name),
        )
        for name, (one, where) in tables.items() if one is not None
    }  # fmt: skip
    return {name: sheet for name, sheet in found.items() if sheet is not None}


def _check_records(name: str, rows: Iterable[Row], fields: Fields, faults: list[Fault]) -> None:
    """What of records that no application has cannot be."""
    for at, row in enumerate(rows):
        row.check(fields.get(name, {}), ("application",), faults, f"{row.cells['application']}.{name}[{at}]")


def _table(
    name: str, rows: list[Row], applicant: Row, faults: list[Fault], *, whole: bool, fields: Mapping[str, Fact]
) -> object:
    """What an application tells of a table; None where it tells nothing: it has no record, and nothing says that it has none."""
    cell = applicant.cells.get(f"{name}{KNOWN}", "")
    said = truth_of(cell)
    if cell and said is None:
        message = f"expected yes or no; got {cell[:60]!r}"
        hint = likely_truth(cell)
        faults.append(Fault(applicant.place(f"{name}{KNOWN}"), f"{name}{KNOWN}", message, hint))
    of = applicant.cells["id"]
    records = [one.told(fields, ("application",), faults, f"{of}.{name}[{at}]") for at, one in enumerate(rows)]
    if said is False:
        return {"records": records, "complete": False}
    return records if records or whole or said else None


def _records(sheet: Sheet, ids: set[str] | None, faults: list[Fault]) -> dict[str, list[Row]]:
    """The records of each application; one of nobody is a fault, where everybody is known."""
    found: dict[str, list[Row]] = {}
    hints = Hints(ids or ())
    for row in sheet.rows:
        name = row.cells["application"]
        if ids is not None and name not in ids and row.line not in sheet.nameless:
            message = f"no application is called {name!r}"
            faults.append(Fault(row.place("application"), "application", message, hints(name)))
        found.setdefault(name, []).append(row)
    return found


def _places(row: Row, records: Mapping[str, list[Row]]) -> Any:
    def places(path: FactPath) -> Place:
        if path and path[0] in records:
            rows = records[str(path[0])]
            path = tuple(step for step in path if step != "records")
            at = path[1] if len(path) > 1 and isinstance(path[1], int) else -1
            if 0 <= at < len(rows):
                return rows[at].place(str(path[2]) if len(path) > 2 else "application")
            return row.place(f"{path[0]}{KNOWN}")
        return row.place(str(path[0]) if path else "id")

    return places
