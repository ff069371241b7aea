# SPDX-License-Identifier: Apache-2.0
"""A folder of rules on disk: which files a measure is made of, and reading it whole.

A rule package is a folder with `vocabulary/*.yaml`, perhaps `tables/*.csv`, and one folder a measure below it.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from misure.ground.errors import BadRules
from misure.ground.place import Fault, few_hints
from misure.ground.rules_folder import folders_with
from misure.reading.forms.measure import MeasureForm
from misure.reading.forms.parts import fill_parts
from misure.reading.measures.lending import alone, lend
from misure.reading.measures.linking import Ground, Linked, link
from misure.reading.measures.vocabulary import Glossary
from misure.reading.packages.laws import LAW_FILE, read_laws
from misure.reading.packages.shelf import Shelf
from misure.reading.text.files import Files
from misure.reading.text.left_out import blameless, is_stand_in
from misure.reading.text.tree import Mapping
from misure.rulebook.rules import Rulebook

__all__ = ["Parts", "check_law", "measures_of", "read_parts", "read_rulebook"]


def measures_of(root: Path) -> list[str]:
    """The ids of the measures below a folder, sorted: the path of each folder that holds a `measure.yaml`."""
    return folders_with("measure.yaml", root)


@few_hints()
def read_rulebook(
    root: Path, measure_id: str, vocabulary_roots: Sequence[Path] = (), *, shelf: Shelf | None = None
) -> Rulebook:
    """Read, check and link one measure of the package at `root`, with the shared law that it uses.

    `vocabulary_roots` are further packages whose vocabulary and laws the measure may use; `shelf` is all of them, the
    measure's own last, where several measures are read.

    Raises:
        BadRules: They cannot be used; every fault of every file read.
    """
    found = read_parts(root, measure_id, shelf or Shelf.at([*vocabulary_roots, root]))
    if found.faults or found.linked is None:
        raise BadRules(found.faults)
    return found.linked.book


@dataclass(frozen=True, slots=True)
class Parts:
    """What could be read of a measure, and every fault of every file read; `linked` is None where nothing could."""

    linked: Linked | None
    faults: tuple[Fault, ...]


@few_hints()
def read_parts(root: Path, measure_id: str, shelf: Shelf) -> Parts:
    """Read, check and link what can be used of a measure: what is wrong in one file, or in one rule, hides nothing of another.

    A name is only told as unknown where it cannot be one that had to be left out.
    """
    faults: list[Fault] = []
    files = Files(faults)
    glossary = files.again(shelf.glossary)
    path = root / measure_id / "measure.yaml"
    written = files.tree(path, root)
    form, tree = fill_parts(MeasureForm, written, files) if written is not None else (None, None)
    laws = read_laws(form.uses, shelf.roots, files, shelf.law) if form is not None else {}
    if form is None or not isinstance(tree, Mapping) or not isinstance(written, Mapping):
        return Parts(None, tuple(faults))
    before = tuple(faults)
    if form.measure != measure_id:
        if not is_stand_in(form.measure):
            faults.append(Fault(form.measure.place, "measure", f"this file stands under {measure_id!r}"))
        form = form.model_copy(update={"measure": form.measure.beside(measure_id)})
    requirements = shelf.requirements(measure_id.partition("/")[0], files) if form.unasked else {}
    ground = _ground(glossary, files, root, requirements)
    linked = link(lend(form, laws.values(), faults, whole=not files.left.unsure), tree, ground, faults, written)
    return Parts(linked, (*before, *blameless(faults[len(before) :], before, tree, files.left)))


@few_hints()
def check_law(root: Path, law_id: str, shelf: Shelf) -> list[Fault]:
    """All that is wrong in one shared law, read as a measure would read it that adds nothing."""
    faults: list[Fault] = []
    files = Files(faults)
    glossary = files.again(shelf.glossary)
    form = shelf.law(root, law_id, files)
    laws = read_laws(form.uses, shelf.roots, files, shelf.law) if form is not None else {}
    tree = Files([]).tree(root / law_id / LAW_FILE, root)
    if form is None or form.cite.act not in form.acts or not isinstance(tree, Mapping):
        return faults
    before = tuple(faults)
    for bare in alone(form):
        link(
            lend(bare, [*laws.values(), form], faults, whole=not files.left.unsure),
            tree,
            _ground(glossary, files, root, {}),
            faults,
        )
    return [*before, *blameless(faults[len(before) :], before, tree, files.left)]


def _ground(
    glossary: Glossary, files: Files, root: Path, requirements: Map[str, str]
) -> Ground:  # fmt: skip
    broken = files.left.copy()
    broken.add(glossary.broken)
    return Ground(glossary.vocabulary, broken, glossary.sections, files.hash, str(root), requirements)
