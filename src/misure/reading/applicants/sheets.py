# SPDX-License-Identifier: Apache-2.0
"""A CSV file as a spreadsheet saves it: its header, its rows, and where each cell stands."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from misure.facts.values import Unfit, read_value
from misure.facts.vocabulary import Fact
from misure.ground.place import Fault, Hints, Place, nearest
from misure.ground.plain_ids import plain_id
from misure.reading.applicants.cells import Doubtful, plain_cell
from misure.reading.text.events import refused_character
from misure.reading.text.written import Source

__all__ = ["Row", "Sheet"]

_SEPARATORS = (",", ";")
_OTHER_SEPARATORS = {"\t": "tabs", "|": "bars"}


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
class Row:
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

    def check(self, facts: Mapping[str, Fact], without: Collection[str], faults: list[Fault], about: str) -> None:
        """A fault for each cell that cannot be the value of its fact, on whatever day the question is put."""
        for name, cell in self.told(facts, without, faults, about).items():
            try:
                _ = read_value(facts[name], cell, _LAST, text_source=True) if name in facts else None
            except Unfit as unfit:
                faults.append(Fault(self.place(name), f"{about}.{name}", unfit.message, unfit.suggestion))


_LAST = dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file: the columns of its header that are known, and its rows that have as many cells."""

    rows: tuple[Row, ...]
    whole: bool
    """Whether these are all its rows."""
    nameless: frozenset[int]
    """The lines of the rows that do not say whose they are."""

    @classmethod
    def read(
        cls, text: str, shown: str, known: Collection[str] | None, key: str, faults: list[Fault],
        replaced: Mapping[str, str] = MappingProxyType({}), *, what: str = "fact", may_be_empty: bool = False,
        elsewhere: Callable[[str], str],
    ) -> Sheet | None:  # fmt: skip
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
        rows, before, nameless = list[Row](), len(faults), list[int]()
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
            if not told.get(key, "").strip():
                if key in header:
                    faults.append(Fault(Place(shown, line, 1), key, f"every row needs its {key}"))
                told[key] = f"row {line}"  # so that what is wrong with its other cells is told too
                nameless.append(line)
            rows.append(Row(told, columns, raw, line, shown, separator))
        if not rows and not may_be_empty and len(faults) == before and not broken:
            faults.append(Fault(Place(shown, 1, 1), "", "there is a header and no row below it"))
        whole = len(faults) == before and not broken and key in header
        return cls(tuple(rows), whole, frozenset(nameless))


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
    row = Row({}, {}, first, 1, shown, separator)
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
