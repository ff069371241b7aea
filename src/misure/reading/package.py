# SPDX-License-Identifier: Apache-2.0
"""A folder of rules on disk: which files a measure is made of, and reading it whole.

A rule package is a folder with `vocabulary/*.yaml`, perhaps `tables/*.csv`, and one folder a measure below it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place
from misure.reading.events import decode, load_bytes, read_text
from misure.reading.forms import fill
from misure.reading.linking import Ground, link
from misure.reading.tree import Mapping, Node
from misure.reading.vocabulary import Glossary, Sections
from misure.rulebook.measure_form import MeasureForm
from misure.rulebook.rules import Rulebook
from misure.rulebook.vocabulary_form import VocabularyForm

__all__ = ["Files", "measures_of", "read_rulebook", "read_vocabulary"]


class Files:
    """Reads files, remembers a hash over all of them, and gathers their faults."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self._hash = hashlib.sha256()

    @property
    def hash(self) -> str:
        return self._hash.hexdigest()[:16]

    def text(self, path: Path, root: Path) -> str:
        """The text of a file; a file that cannot be read is one fault."""
        data = load_bytes(path)
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        self._hash.update(f"{name}\0{len(data)}\0".encode())
        self._hash.update(data)
        return decode(data, shown=str(path))

    def tree(self, path: Path, root: Path) -> Node | None:
        """The tree of a YAML file; None, and the faults gathered, if there is none."""
        try:
            return read_text(self.text(path, root), str(path))
        except BadRules as problem:
            self.faults.extend(problem.faults)
            return None


def measures_of(root: Path) -> list[str]:
    """The ids of the measures below a folder, sorted: the path of each folder that holds a `measure.yaml`."""
    return sorted(path.parent.relative_to(root).as_posix() for path in root.rglob("measure.yaml"))


def read_vocabulary(roots: Sequence[Path], files: Files) -> Glossary:
    """All that the vocabulary files of the rule packages declare together."""
    forms, whole = [], True
    for root in dict.fromkeys(roots):
        for path in sorted((root / "vocabulary").glob("*.yaml")):
            node = files.tree(path, root)
            form = fill(VocabularyForm, node, files.faults) if node is not None else None
            if form is not None:
                forms.append(form)
            whole = whole and form is not None
    glossary = Glossary(files.faults, read_sections(roots, files))
    glossary.whole = whole
    glossary.declare_units(forms)
    for form in forms:
        glossary.declare(form)
    return glossary


def read_sections(roots: Sequence[Path], files: Files) -> Sections:
    """Classification -> section -> its divisions, from `tables/<classification>-sections.csv`."""
    found = {}
    for root in dict.fromkeys(roots):
        for path in sorted((root / "tables").glob("*-sections.csv")):
            lines = [line for line in files.text(path, root).splitlines() if line and not line.startswith("#")]
            sections: dict[str, list[str]] = {}
            for number, row in enumerate(csv.reader(lines)):
                if len(row) != 2:
                    files.faults.append(Fault(Place(str(path)), path.stem, f"row {number} has not two columns"))
                elif number:
                    sections.setdefault(row[0], []).append(row[1])
            rows = {section: tuple(divisions) for section, divisions in sections.items()}
            found[path.name.removesuffix("-sections.csv")] = MappingProxyType(rows)
    return MappingProxyType(found)


def read_rulebook(root: Path, measure_id: str, vocabulary_roots: Sequence[Path] = ()) -> Rulebook:
    """Read, check and link one measure of the package at `root`.

    `vocabulary_roots` are further packages whose vocabulary the measure may use. Raises `BadRules` with every fault of
    every file read.
    """
    faults: list[Fault] = []
    files = Files(faults)
    roots = [*vocabulary_roots, root]
    glossary = read_vocabulary(roots, files)
    path = root / measure_id / "measure.yaml"
    tree = files.tree(path, root)
    form = fill(MeasureForm, tree, faults) if tree is not None else None
    # Without the whole vocabulary nearly every name would be unknown, and the true fault lost among the others.
    if form is None or not isinstance(tree, Mapping) or not glossary.whole:
        raise BadRules(faults)
    if form.measure != measure_id:
        faults.append(Fault(form.measure.place, "measure", f"this file stands under {measure_id!r}"))
    ground = Ground(glossary.vocabulary, frozenset(glossary.broken), glossary.sections, files.hash, str(root))
    rulebook = link(form, tree, ground, faults)
    if faults:
        raise BadRules(faults)
    return rulebook
