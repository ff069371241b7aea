# SPDX-License-Identifier: Apache-2.0
"""The index of a rule package, `index.json`: titles without opening a measure.

It holds for each measure its title, its short one ("" where it has none), a digest of its `measure.yaml` and the hash of all the rules it is made of. `misure
check --write-index` writes it and `misure check` compares it. Who lists measures believes a title only while the digest is
that of the file as it stands, and else looks into the file: an index that is old or broken makes a list slower, not wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from misure.ground.errors import BadRules
from misure.ground.place import BLANKS, Fault, Place, unseen
from misure.ground.whole_file import write_whole

if TYPE_CHECKING:
    from misure.rulebook.rules import Rulebook

__all__ = ["INDEX", "check_index", "short_titles_of", "titles_of", "write_index"]

INDEX = "index.json"
_FORMAT = 1
_MOST_BYTES = 10_000_000
_AGAIN = "'misure check --write-index' writes it anew"


def titles_of(root: Path, measure_ids: Iterable[str]) -> dict[str, str]:
    """The title of each measure of a package; "" where it cannot be read, which `misure check` then explains."""
    index = _index_at(root / INDEX)
    return {name: _titles(root / name / "measure.yaml", index.get(name))[0] for name in measure_ids}


def short_titles_of(root: Path, measure_ids: Iterable[str]) -> dict[str, str]:
    """The short title of each measure of a package; its title where it has none, "" where neither can be read."""
    index = _index_at(root / INDEX)
    both = {name: _titles(root / name / "measure.yaml", index.get(name)) for name in measure_ids}
    return {name: short or title for name, (title, short) in both.items()}


def _titles(path: Path, entry: object) -> tuple[str, str]:
    """The title of a measure and its short one."""
    if isinstance(entry, dict) and entry.get("file") == _digest(path):
        title, short = entry.get("title"), entry.get("short_title")
        if isinstance(title, str) and isinstance(short, str) and unseen(title + short, BLANKS) is None:
            return title, short
    from misure.reading.text.titles import titles_of_file  # it loads YAML

    return titles_of_file(path)


def _digest(path: Path) -> str:
    """A digest of a file; "" where there is none to read."""
    return hashlib.sha256(data).hexdigest()[:16] if (data := _bytes(path)) else ""


def _index_at(path: Path) -> Mapping[str, object]:
    """The entries of an index; none where it is not there or is broken."""
    try:
        found: Any = json.loads(_bytes(path))
    except (ValueError, RecursionError):
        return {}
    ours = isinstance(found, dict) and type(found.get("format")) is int and found["format"] == _FORMAT
    entries = found.get("measures") if ours else None
    return entries if isinstance(entries, dict) else {}


def _bytes(path: Path) -> bytes:
    """What a file holds, as far as anybody looks; nothing of what is none: a pipe would be waited for."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(_MOST_BYTES)
    except OSError:
        return b""


def _entry(book: Rulebook, path: Path) -> dict[str, str]:
    return {"title": book.title, "short_title": book.short_title, "file": _digest(path), "rules": book.rules_hash}


def write_index(root: Path, books: Iterable[Rulebook]) -> Path:
    """Write the index of a package whose measures are `books`, and give its path.

    Raises:
        OSError: It cannot be written.
    """
    path = root / INDEX
    write_whole(path, [_text(root, books)], within=root)
    return path


def _text(root: Path, books: Iterable[Rulebook]) -> str:
    entries = {
        book.id: _entry(book, root / book.id / "measure.yaml") for book in sorted(books, key=lambda book: book.id)
    }
    return json.dumps({"format": _FORMAT, "measures": entries}, ensure_ascii=False, indent=2) + "\n"


def check_index(root: Path, books: Mapping[str, Rulebook | None]) -> list[Fault]:
    """What an index says that is not so; nothing where there is none. A measure that cannot be read is None in `books`."""
    from misure.reading.text.events import read_file
    from misure.reading.text.tree import Mapping as Tree
    from misure.reading.text.tree import plain

    path = root / INDEX
    if not path.is_file():
        if not os.path.lexists(path):
            return []
        message = f"the index is a file, and this is none: take it away; {_AGAIN}"
        return [Fault(Place(str(path)), "", message)]
    try:
        tree = read_file(path)
    except BadRules as problem:
        return [replace(fault, message=f"{fault.message}; {_AGAIN}") for fault in problem.faults]
    measures = tree.get("measures") if isinstance(tree, Tree) and tree.get("format") == str(_FORMAT) else None  # type: ignore[call-overload]
    if not isinstance(measures, Tree):
        return [Fault(Place(str(path), 1, 1), "", f"this is no index of format {_FORMAT}; {_AGAIN}")]
    faults = []
    for name, told in measures.items():
        book = books.get(str(name))
        if str(name) not in books:
            faults.append(Fault(name.place, str(name), f"the index names a measure that is not there; {_AGAIN}"))
        elif book is not None and plain(told) != (right := _entry(book, root / book.id / "measure.yaml")):
            faults.append(_differing(told, right, name.place, str(name)))
    faults += [
        Fault(measures.place, name, f"the index does not name this measure; {_AGAIN}")
        for name, book in books.items() if book is not None and name not in measures
    ]  # fmt: skip
    return faults


def _differing(told: Any, right: Mapping[str, str], place: Place, name: str) -> Fault:
    """The fault of an entry that is not what it should be, at the first value that differs."""
    from misure.reading.text.tree import Mapping as Tree

    if isinstance(told, Tree) and told.keys() == right.keys():
        key, value = next((key, value) for key, value in told.items() if value != right[key])
        what = {
            "title": "another title",
            "short_title": "another short title",
            "file": "another file",
            "rules": "other rules",
        }[key]
        return Fault(getattr(value, "place", place), name, f"the index is of {what} than stands here; {_AGAIN}")
    return Fault(place, name, f"the index tells of a measure its {', '.join(right)}; {_AGAIN}")
