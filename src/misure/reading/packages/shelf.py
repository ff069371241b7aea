# SPDX-License-Identifier: Apache-2.0
"""What the measures of rule packages rest on together: vocabulary, classifications, shared law. Each file is read once.

A shelf holds what it read for as long as whoever made it keeps it, and never looks whether a file has changed since: that
is told by `state_of`, for those who keep shelves.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from misure.ground.place import Fault, Place
from misure.reading.forms.law import LawForm
from misure.reading.forms.parts import fill_parts
from misure.reading.forms.vocabulary import VocabularyForm
from misure.reading.measures.vocabulary import Glossary, Sections
from misure.reading.packages.laws import law_form
from misure.reading.text.files import Files, Kept
from misure.reading.text.left_out import blameless

__all__ = ["REQUIREMENTS_FILE", "Folder", "Shelf", "numbered_rows"]

REQUIREMENTS_FILE = "usual-requirements.csv"
Requirements: TypeAlias = Mapping[str, Mapping[str, str]]


def numbered_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file beneath its heading, each with its line; lines that begin with # are remarks. A row is one line."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
    for number, line in lines[1:]:
        yield number, next(csv.reader([line]))


class Folder:
    """The shared files of one rule package."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._laws: dict[str, Kept[LawForm | None]] = {}

    @cached_property
    def vocabulary(self) -> Kept[tuple[VocabularyForm | None, ...]]:
        """The form of each vocabulary file, of what can be used of it; None for one of which nothing can."""
        return Kept.of(self._vocabulary)

    def _vocabulary(self, files: Files) -> tuple[VocabularyForm | None, ...]:
        trees = [files.tree(path, self.root) for path in sorted((self.root / "vocabulary").glob("*.yaml"))]
        files.left.unsure |= None in trees
        return tuple(fill_parts(VocabularyForm, tree, files)[0] if tree is not None else None for tree in trees)

    @cached_property
    def sections(self) -> Kept[Sections]:
        """Classification -> section -> its divisions, from `tables/<classification>-sections.csv`."""
        return Kept.of(self._sections)

    def _sections(self, files: Files) -> Sections:
        found = {}
        for path in sorted((self.root / "tables").glob("*-sections.csv")):
            lines = [line for line in files.table(path, self.root).splitlines() if line and not line.startswith("#")]
            sections: dict[str, list[str]] = {}
            for number, row in enumerate(csv.reader(lines)):
                if len(row) != 2:
                    files.faults.append(Fault(Place(str(path)), path.stem, f"row {number} has not two columns"))
                elif number:
                    sections.setdefault(row[0], []).append(row[1])
            rows = {section: tuple(divisions) for section, divisions in sections.items()}
            found[path.name.removesuffix("-sections.csv")] = MappingProxyType(rows)
        return MappingProxyType(found)

    @cached_property
    def requirements(self) -> Kept[Requirements]:
        """Family -> id -> in words, from `<family>/usual-requirements.csv`: what its calls usually ask."""
        return Kept.of(self._requirements)

    def _requirements(self, files: Files) -> Requirements:
        found = {}
        for path in sorted(self.root.glob(f"*/{REQUIREMENTS_FILE}")):
            rows: dict[str, str] = {}
            for line, row in numbered_rows(files.table(path, self.root)):
                if len(row) != 2 or not all(cell.strip() for cell in row):
                    files.faults.append(Fault(Place(str(path), line), path.stem, "a row has an id and a text"))
                elif row[0] in rows:
                    files.faults.append(Fault(Place(str(path), line), path.stem, f"{row[0]!r} stands twice"))
                else:
                    rows[row[0]] = row[1]
            found[path.parent.name] = MappingProxyType(rows)
        return MappingProxyType(found)

    def law(self, law_id: str) -> Kept[LawForm | None]:
        """The form of a law of this package; None where it cannot be used."""
        if law_id not in self._laws:
            # Two threads may both read it; the first stays.
            self._laws.setdefault(law_id, Kept.of(lambda files: law_form(self.root, law_id, files)))
        return self._laws[law_id]


class Shelf:
    """The shared files of several rule packages, put together."""

    def __init__(self, folders: Sequence[Folder]) -> None:
        self._folders = {folder.root: folder for folder in folders}

    @classmethod
    def at(cls, roots: Sequence[Path]) -> Shelf:
        """A new shelf, on which nothing has been read."""
        return cls([Folder(root) for root in dict.fromkeys(roots)])

    @property
    def roots(self) -> tuple[Path, ...]:
        return tuple(self._folders)

    @cached_property
    def glossary(self) -> Kept[Glossary]:
        """All that the vocabulary files declare together. It is not to be added to."""
        return Kept.of(self._glossary)

    def _glossary(self, files: Files) -> Glossary:
        forms = [form for folder in self._folders.values() for form in files.again(folder.vocabulary)]
        sections = {
            name: rows for folder in self._folders.values() for name, rows in files.again(folder.sections).items()
        }
        before = list(files.faults)
        glossary = Glossary(files.faults, MappingProxyType(sections), left=files.left)
        usable = [form for form in forms if form is not None]
        glossary.declare_units(usable)
        for form in usable:
            glossary.declare(form)
        glossary.check_references()
        told = set(before)
        files.faults[:] = [
            *before,
            *blameless([one for one in files.faults if one not in told], before, None, files.left),
        ]
        return glossary

    def requirements(self, family: str, files: Files) -> Mapping[str, str]:
        """What calls of a family usually ask, by id, in words: of all the packages."""
        found: dict[str, str] = {}
        for folder in self._folders.values():
            found |= files.again(folder.requirements).get(family, {})
        return MappingProxyType(found)

    def law(self, root: Path, law_id: str, files: Files) -> LawForm | None:
        """The form of a law that the package at `root` holds; None, and the faults gathered, where it cannot be used."""
        return files.again(self._folders[root].law(law_id))
