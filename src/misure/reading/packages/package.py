# SPDX-License-Identifier: Apache-2.0
"""A folder of rules on disk: which files a measure is made of, and reading it whole.

A rule package is a folder with `vocabulary/*.yaml`, perhaps `tables/*.csv`, and one folder a measure below it.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from pathlib import Path

from misure.ground.errors import BadRules
from misure.ground.place import Fault, few_hints
from misure.ground.rules_folder import folders_with
from misure.reading.forms.filling import fill
from misure.reading.forms.measure import MeasureForm
from misure.reading.measures.lending import alone, lend
from misure.reading.measures.linking import Ground, link
from misure.reading.measures.vocabulary import Glossary
from misure.reading.packages.laws import LAW_FILE, read_laws
from misure.reading.packages.shelf import Shelf
from misure.reading.text.files import Files
from misure.reading.text.tree import Mapping
from misure.rulebook.rules import Rulebook

__all__ = ["check_law", "measures_of", "read_rulebook"]


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
    faults: list[Fault] = []
    files = Files(faults)
    shelf = shelf or Shelf.at([*vocabulary_roots, root])
    glossary = files.again(shelf.glossary)
    path = root / measure_id / "measure.yaml"
    tree = files.tree(path, root)
    form = fill(MeasureForm, tree, faults) if tree is not None else None
    before = len(faults)
    laws = read_laws(form.uses, shelf.roots, files, shelf.law) if form is not None else {}
    # Without the whole vocabulary, or a law, nearly every name would be unknown, and the true fault lost among the others.
    if form is None or not isinstance(tree, Mapping) or not glossary.whole or len(faults) > before:
        raise BadRules(faults)
    if form.measure != measure_id:
        faults.append(Fault(form.measure.place, "measure", f"this file stands under {measure_id!r}"))
    requirements = shelf.requirements(measure_id.partition("/")[0], files) if form.unasked else {}
    ground = _ground(glossary, files, root, requirements)
    rulebook = link(lend(form, laws.values(), faults), tree, ground, faults)
    if faults:
        raise BadRules(faults)
    return rulebook


@few_hints()
def check_law(root: Path, law_id: str, shelf: Shelf) -> list[Fault]:
    """All that is wrong in one shared law, read as a measure would read it that adds nothing."""
    faults: list[Fault] = []
    files = Files(faults)
    glossary = files.again(shelf.glossary)
    form = shelf.law(root, law_id, files)
    laws = read_laws(form.uses, shelf.roots, files, shelf.law) if form is not None else {}
    if form is None or not glossary.whole or faults:
        return faults
    tree = Files([]).tree(root / law_id / LAW_FILE, root)
    assert isinstance(tree, Mapping)
    for bare in alone(form):
        link(lend(bare, [*laws.values(), form], faults), tree, _ground(glossary, files, root, {}), faults)
    return faults


def _ground(
    glossary: Glossary, files: Files, root: Path, requirements: Map[str, str]
) -> Ground:  # fmt: skip
    broken = frozenset(glossary.broken)
    return Ground(glossary.vocabulary, broken, glossary.sections, files.hash, str(root), requirements)
