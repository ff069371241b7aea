# SPDX-License-Identifier: Apache-2.0
"""A folder of rules on disk: which files a measure is made of, and reading it whole.

A rule package is a folder with `vocabulary/*.yaml`, perhaps `tables/*.csv`, and one folder a measure below it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place
from misure.ground.rules_folder import folders_with
from misure.reading.forms.filling import fill
from misure.reading.forms.measure import MeasureForm
from misure.reading.forms.vocabulary import VocabularyForm
from misure.reading.measures.lending import alone, lend
from misure.reading.measures.linking import Ground, link
from misure.reading.measures.vocabulary import Glossary, Sections
from misure.reading.packages.laws import LAW_FILE, law_form, read_laws
from misure.reading.text.files import Files
from misure.reading.text.tree import Mapping
from misure.rulebook.rules import Rulebook

__all__ = ["check_law", "measures_of", "read_rulebook", "read_vocabulary"]


def measures_of(root: Path) -> list[str]:
    """The ids of the measures below a folder, sorted: the path of each folder that holds a `measure.yaml`."""
    return folders_with("measure.yaml", root)


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
    """Read, check and link one measure of the package at `root`, with the shared law that it uses.

    `vocabulary_roots` are further packages whose vocabulary and laws the measure may use. Raises `BadRules` with every
    fault of every file read.
    """
    faults: list[Fault] = []
    files = Files(faults)
    roots = [*vocabulary_roots, root]
    glossary = read_vocabulary(roots, files)
    path = root / measure_id / "measure.yaml"
    tree = files.tree(path, root)
    form = fill(MeasureForm, tree, faults) if tree is not None else None
    before = len(faults)
    laws = read_laws(form.uses, roots, files) if form is not None else {}
    # Without the whole vocabulary, or a law, nearly every name would be unknown, and the true fault lost among the others.
    if form is None or not isinstance(tree, Mapping) or not glossary.whole or len(faults) > before:
        raise BadRules(faults)
    if form.measure != measure_id:
        faults.append(Fault(form.measure.place, "measure", f"this file stands under {measure_id!r}"))
    rulebook = link(lend(form, laws.values(), faults), tree, _ground(glossary, files, root), faults)
    if faults:
        raise BadRules(faults)
    return rulebook


def check_law(root: Path, law_id: str, vocabulary_roots: Sequence[Path] = ()) -> list[Fault]:
    """All that is wrong in one shared law, read as a measure would read it that adds nothing."""
    faults: list[Fault] = []
    files = Files(faults)
    roots = [*vocabulary_roots, root]
    glossary = read_vocabulary(roots, files)
    form = law_form(root, law_id, files)
    laws = read_laws(form.uses, roots, files) if form is not None else {}
    if form is None or not glossary.whole or faults:
        return faults
    tree = Files([]).tree(root / law_id / LAW_FILE, root)
    assert isinstance(tree, Mapping)
    for bare in alone(form):
        link(lend(bare, [*laws.values(), form], faults), tree, _ground(glossary, files, root), faults)
    return faults


def _ground(glossary: Glossary, files: Files, root: Path) -> Ground:
    return Ground(glossary.vocabulary, frozenset(glossary.broken), glossary.sections, files.hash, str(root))
