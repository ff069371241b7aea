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

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias
from unicodedata import normalize

from misure.facts.dossier import Path as FactPath
from misure.facts.elsewhere import where_it_stands
from misure.facts.values import likely_truth, truth_of
from misure.facts.vocabulary import Fact
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Hints, Place, nearest
from misure.ground.plain_ids import plain_id
from misure.ground.whole_file import refuse_pipes
from misure.reading.applicants.cells import Doubtful, instant_of, plain_cell
from misure.reading.applicants.listed import listed
from misure.reading.applicants.told import OFFICE, ToldApplication
from misure.reading.text.events import refused_character
from misure.reading.text.written import Source

__all__ = ["OFFICE", "ToldApplication", "read_applications_file", "read_csv"]

KNOWN = "_known"
"""What a column's name ends in that says of a table whether an application told all its records."""
MOST_BYTES = 64_000_000
Fields: TypeAlias = Mapping[str, Mapping[str, Fact]]
"""The fields of each table, by its name."""
_SEPARATORS = (",", ";")
_OTHER_SEPARATORS = {"\t": "tabs", "|": "bars"}


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
        if tables:
            raise BadFacts([Fault(Place(shown), "", "further files of records go with a CSV file of applications")])
        return listed(_decoded(path), shown, in_json=path.suffix.lower() == ".json", sink=sink)
    faults, texts = list[Fault](), dict[str, str]()
    for name, one in {"": path, **(tables or {})}.items():
        try:
            texts[name] = _decoded(one)
        except BadFacts as problem:
            faults += problem.faults
    if "" not in texts:
        raise BadFacts(faults)
    files = {name: (texts.get(name), str(one)) for name, one in (tables or {}).items()}
    return read_csv(texts[""], shown, known, files, complete, fields, sink, faults)


def _decoded(path: Path) -> str:
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
    sheet = _Sheet.read(
        text, shown, ("id", *OFFICE, *known, *saying), "id", faults, replaced, elsewhere=partial(stands, table="")
    )
    children = {
        name: _Sheet.read(
            one, where, ("application", *fields[name]) if name in fields else None, "application", faults,
            what="field", may_be_empty=True, elsewhere=partial(stands, table=name),
        )
        for name, (one, where) in (tables or {}).items() if one is not None
    }  # fmt: skip
    if sheet is None:
        raise BadFacts(faults)
    rows = list(sheet.rows)
    # Whom a row names that could not be read nobody knows, so no record is called a stranger then.
    ids = {row.cells["id"] for row in rows} if sheet.whole else None
    records = {name: _records(child, ids, faults) for name, child in children.items() if child is not None}
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


def _table(
    name: str, rows: list[_Row], applicant: _Row, faults: list[Fault], *, whole: bool, fields: Mapping[str, Fact]
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


@lru_cache(maxsize=8)
def _starts(raw: str, separator: str) -> tuple[int, ...]:
    """Where each cell of a row begins in its raw text; kept for as long as the faults of one row are told."""
    starts, quoted = [0], False
    for at, char in enumerate(raw):
        quoted = quoted != (char == '"')
        if char == separator and not quoted:
            starts.append(at + 1)
    return tuple(starts)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its cells by column, its first line, and the raw text in which a cell can be found again."""

    cells: Mapping[str, str]
    header: Mapping[str, int]
    """The columns by name, each with its number from 0."""
    raw: str
    line: int
    shown: str
    separator: str

    def place(self, column: str) -> Place:
        """Where a cell begins, in characters; of what stands after a line break inside quotes, the row's first line."""
        return self.place_at(self.header.get(column, 0))

    def place_at(self, index: int) -> Place:
        """Where the cell of a column begins, by its number from 0."""
        starts = _starts(self.raw, self.separator)
        return Place(self.shown, self.line, starts[min(index, len(starts) - 1)] + 1)

    def told(
        self, facts: Mapping[str, Fact], without: Collection[str], faults: list[Fault], about: str
    ) -> dict[str, Any]:
        """What its cells say, each in plain writing as the value of its fact."""
        found: dict[str, Any] = {}
        for name, cell in self.cells.items():
            if not cell or name in without:
                continue
            try:
                found[name] = plain_cell(facts.get(name), cell, self.separator)
            except Doubtful as doubt:
                faults.append(Fault(self.place(name), f"{about}.{name}", str(doubt)))
        return found


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A CSV file: the columns of its header that are known, and its rows that have as many cells."""

    rows: tuple[_Row, ...]
    whole: bool
    """Whether these are all its rows."""

    @classmethod
    def read(
        cls, text: str, shown: str, known: Collection[str] | None, key: str, faults: list[Fault],
        replaced: Mapping[str, str] = MappingProxyType({}), *, what: str = "fact", may_be_empty: bool = False,
        elsewhere: Callable[[str], str],
    ) -> _Sheet | None:  # fmt: skip
        """The rows of a text; None, and the faults added, where it cannot be used."""
        text = text.removeprefix("\ufeff")
        if refused := refused_character(Source(shown, text)):
            faults.append(refused)
            return None
        # A line of a CSV file ends with a line feed, a carriage return, or both; `splitlines` knows many more ends.
        lines = list(io.StringIO(text, newline=""))
        if not any(line.strip() for line in lines):
            faults.append(Fault(Place(shown, 1, 1), "", "the file is empty"))
            return None
        separator = _separator(lines[0], shown, faults)
        if separator is None:
            return None
        broken = list[Fault]()
        found = list(_split(lines, separator, shown, broken))
        faults += broken
        if not found:
            return None
        header = [cell.strip() for cell in found[0][0]]
        odd = _check_header(header, lines[0], separator, shown, known, key, faults, replaced, what, elsewhere)
        if key not in header and (meant := nearest(key, header)) is not None:
            header[header.index(meant)] = key  # so that what is wrong in the rows is told too
            odd.discard(header.index(key))
        columns = {name: at for at, name in enumerate(header) if at not in odd}
        rows, before = list[_Row](), len(faults)
        for cells, raw, line in found[1:]:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                message = (
                    f"{len(cells)} cells, and the header has {len(header)}: a separator too many or too few;"
                    " a text that holds one stands in double quotes"
                )
                faults.append(Fault(Place(shown, line, 1), "", message))
                continue
            # Two files may compose the letters of one name differently: a Mac does, and nobody sees it.
            told = {
                name: plain_id(cell) if name == key else normalize("NFC", cell).strip()
                for at, (name, cell) in enumerate(zip(header, cells, strict=True)) if at not in odd
            }  # fmt: skip
            if told.get(key, "").strip():
                rows.append(_Row(told, columns, raw, line, shown, separator))
            else:
                faults.append(Fault(Place(shown, line, 1), key, f"every row needs its {key}"))
        if not rows and not may_be_empty and len(faults) == before and not broken:
            faults.append(Fault(Place(shown, 1, 1), "", "there is a header and no row below it"))
        whole = len(faults) == before and not broken
        return cls(tuple(rows), whole) if key in header else None


def _separator(first: str, shown: str, faults: list[Fault]) -> str | None:
    counts = {one: first.count(one) for one in _SEPARATORS}
    if all(counts.values()):
        message = "the header has both commas and semicolons: one of them separates the columns"
        faults.append(Fault(Place(shown, 1, first.index(min(_SEPARATORS, key=first.index)) + 1), "", message))
        return None
    for other, name in _OTHER_SEPARATORS.items():
        if other in first and not any(counts.values()):
            faults.append(
                Fault(
                    Place(shown, 1, first.index(other) + 1),
                    "",
                    f"{name} separate the columns; use commas or semicolons",
                )
            )
            return None
    return ";" if counts[";"] else ","


def _split(lines: list[str], separator: str, shown: str, faults: list[Fault]) -> Iterator[tuple[list[str], str, int]]:
    """Each row with its raw text and its first line; what breaks the quoting is a fault."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            yield cells, "".join(lines[start - 1 : reader.line_num]), start
            start = reader.line_num + 1
    except csv.Error as problem:
        hint = next((words for part, words in _BROKEN.items() if part in str(problem)), "it breaks off being CSV")
        faults.append(Fault(Place(shown, start, 1), "", f"this row cannot be read: {hint}"))


_BROKEN = {
    "end of data": "a double quote opens a text that nothing closes",
    "field limit": f"a cell has more than {csv.field_size_limit()} characters",
    "expected after": "after the double quote that closes a text, a separator or the end of the row is expected",
}
"""What breaks the quoting, by the words of Python's reader."""


def _check_header(
    header: Sequence[str], first: str, separator: str, shown: str, known: Collection[str] | None, key: str,
    faults: list[Fault], replaced: Mapping[str, str], what: str, elsewhere: Callable[[str], str],
) -> set[int]:  # fmt: skip
    """The columns that cannot be read, by their number from 0; each is a fault."""
    odd: set[int] = set()
    row = _Row({}, {}, first, 1, shown, separator)
    seen: set[str] = set()
    hints = Hints(known or ())
    for at, name in enumerate(header):
        place = row.place_at(at)
        if not name:
            faults.append(Fault(place, "", f"the column {at + 1} has no name: a separator too many?"))
        elif name in seen:
            faults.append(Fault(place, name, "two columns have this name"))
        elif known is not None and name not in known:
            said = "" if name in replaced else elsewhere(name)
            hint = None if said else replaced.get(name) or hints(name)
            faults.append(Fault(place, name, said or f"no {what} is called {name!r}", hint))
        else:
            seen.add(name)
            continue
        seen.add(name)
        odd.add(at)
    if key not in header:
        faults.append(Fault(Place(shown, 1, 1), key, f"there is no column {key!r}", nearest(key, header)))
    return odd


def _records(sheet: _Sheet, ids: set[str] | None, faults: list[Fault]) -> dict[str, list[_Row]]:
    """The records of each application; one of nobody is a fault, where everybody is known."""
    found: dict[str, list[_Row]] = {}
    hints = Hints(ids or ())
    for row in sheet.rows:
        name = row.cells["application"]
        if ids is not None and name not in ids:
            message = f"no application is called {name!r}"
            faults.append(Fault(row.place("application"), "application", message, hints(name)))
        found.setdefault(name, []).append(row)
    return found


def _places(row: _Row, records: Mapping[str, list[_Row]]) -> Any:
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
