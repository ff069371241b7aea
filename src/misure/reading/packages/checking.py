# SPDX-License-Identifier: Apache-2.0
"""Every check of a whole rule package: vocabulary, measures, sources and cases, with all the faults of all the files."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from misure.facts.vocabulary import Vocabulary
from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place, few_hints
from misure.reading.cases.decisions import cases_of, read_cases_form
from misure.reading.cases.names import check_case_names
from misure.reading.cases.readable import misread_expectations, misread_facts
from misure.reading.cases.selections import selections_of
from misure.reading.measures.linking import Linked
from misure.reading.packages.index import check_index
from misure.reading.packages.laws import LAW_FILE, laws_of, read_laws
from misure.reading.packages.package import Parts, check_law, measures_of, read_parts
from misure.reading.packages.provisions import check_provisions, provisions_in
from misure.reading.packages.shelf import Shelf
from misure.reading.packages.silence import check_silence, silence_in
from misure.reading.text.events import decode, load_bytes
from misure.reading.text.files import Files
from misure.reading.text.left_out import blameless
from misure.reading.text.tree import Mapping
from misure.reading.text.written import Written
from misure.rulebook.rules import Rulebook
from misure.rulebook.sense.nonsense import oddities

__all__ = ["Checked", "check_package", "checked_package", "schemas_out_of_reach"]

_SCHEMA_LINE = re.compile(r"# (?:\$schema: |yaml-language-server: \$schema=)(\S+)")
"""How editors are told the schema: two ways of writing it, as they do not all know the same."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a rule package: its faults, and each measure that was read, linked, or what hinders it."""

    faults: tuple[Fault, ...]
    measures: Map[str, Rulebook | BadRules]
    ids: tuple[str, ...]
    """All the measures that the package has, read or not."""

    @property
    def books(self) -> tuple[Rulebook, ...]:
        """The measures that could be linked."""
        return tuple(found for found in self.measures.values() if isinstance(found, Rulebook))


def check_package(root: Path, vocabulary_roots: Sequence[Path] = ()) -> list[Fault]:
    """All that is wrong in a rule package, in the order of the files; nothing, when it is sound."""
    return list(checked_package(root, vocabulary_roots).faults)


def checked_package(root: Path, vocabulary_roots: Sequence[Path] = (), only: Collection[str] | None = None) -> Checked:
    """The same, with the measures that were linked on the way.

    Where `only` some measures and laws are asked for, what concerns others alone is not looked for: neither the index nor their
    cases. Of a law every measure is read, as one that uses it may show what is wrong with it.
    """
    ids, laws = tuple(measures_of(root)), laws_of(root)
    asked = {*ids, *laws} if only is None else set(only)
    shelf = Shelf.at([*vocabulary_roots, root])
    faults = [*shelf.glossary.faults]
    for path in sorted((root / "vocabulary").glob("*.yaml")):
        faults += _schema_line(path, root, "vocabulary")
    for law_id in filter(asked.__contains__, laws):
        path = root / law_id / LAW_FILE
        faults += [*check_law(root, law_id, shelf), *_schema_line(path, root, "law")]
        faults += _check_sources(path, shelf, ())
    read = asked.__contains__ if asked.isdisjoint(laws) else ids.__contains__
    parts = {measure_id: read_parts(root, measure_id, shelf) for measure_id in filter(read, ids)}
    measures = {name: _whole(found) for name, found in parts.items()}
    for measure_id, found in parts.items():
        faults += _check_measure(root, measure_id, shelf, found, alone=measure_id in asked)
    if only is None:
        books = {name: found if isinstance(found, Rulebook) else None for name, found in measures.items()}
        faults += check_index(root, books)
    return Checked(tuple(sorted(set(faults), key=lambda fault: fault.order)), MappingProxyType(measures), ids)


def _whole(found: Parts) -> Rulebook | BadRules:
    return BadRules(found.faults) if found.faults or found.linked is None else found.linked.book


@few_hints()
def _check_measure(root: Path, measure_id: str, shelf: Shelf, found: Parts, *, alone: bool) -> list[Fault]:
    """What is wrong with a measure; `alone`: with what stands in its own folder beside its rules too."""
    folder, faults = root / measure_id, list(found.faults)
    if found.linked is not None:
        faults += _check_labels(found.linked.book)
        # What is odd only where two rules stand side by side is looked for in those that are sound.
        faults += oddities(found.linked.sound) if found.linked.sound is not None else []
    if not alone:
        return faults
    faults += _schema_line(folder / "measure.yaml", root, "measure")
    usual = shelf.requirements(folder.relative_to(root).parts[0], Files([]))
    faults += _check_sources(folder / "measure.yaml", shelf, usual)
    faults += _check_cases(folder / "cases.yaml", root, found.linked, shelf.glossary.value.vocabulary)
    return faults


def _check_labels(book: Rulebook) -> list[Fault]:
    """Whether every legal value has a name for people: the sentence of a rule that reads it says something else."""
    message = "it has no 'label', under which people read its value"
    return [Fault(one.place, one.name, message) for one in book.parameters.values() if not one.label]


def _check_sources(path: Path, shelf: Shelf, usual: Collection[str]) -> list[Fault]:
    """Whether a file and its `SOURCES.md` name the same provisions, and the same that no rule asks.

    Provisions of the laws that it uses may be named as well; `usual` is what calls of its family usually ask.
    """
    # What cannot be read was told already; here the files are looked at once more for what only their tree shows.
    tree = Files([]).tree(path, path.parent)
    if not isinstance(tree, Mapping):
        return []
    beside = path.parent / "SOURCES.md"
    try:
        text = decode(load_bytes(beside), shown=str(beside))
        found, faults = provisions_in(text, str(beside))
    except BadRules as problem:
        return list(problem.faults)
    lent: dict[str, Place] = {}
    for law in read_laws(_uses(tree), shelf.roots, Files([]), shelf.law).values():
        sources = Path(law.law.place.path).parent / "SOURCES.md"
        if sources.is_file():
            lent |= provisions_in(decode(load_bytes(sources), shown=str(sources)), str(sources))[0]
    faults += check_silence(tree, silence_in(text, str(beside)), usual)
    return [*faults, *check_provisions(tree, found, lent)]


def _uses(tree: Mapping) -> list[Written]:
    used = tree.get("uses")  # type: ignore[call-overload]  # equal to the written key
    return [name for name in (used if isinstance(used, list) else [used]) if isinstance(name, Written)]


def _check_cases(path: Path, root: Path, linked: Linked | None, vocabulary: Vocabulary) -> list[Fault]:
    form, tree, files = read_cases_form(path)
    before = [*_schema_line(path, root, "cases"), *files.faults]
    if form is None or tree is None:
        return before
    faults: list[Fault] = []
    cases_of(form, tree, faults)
    selections_of(form, faults)
    faults += [*misread_facts(form, vocabulary), *misread_expectations(form)]
    if linked is not None:
        faults += check_case_names(form, linked.book, linked.names)
    return [*before, *blameless(faults, files.faults, tree, files.left)]


def schemas_out_of_reach(root: Path) -> list[Fault]:
    """Where the first line of a rule file names a schema by a path, and no file stands there: an editor cannot help then."""
    found = []
    folders = [root / "vocabulary", *(root / name for name in (*measures_of(root), *laws_of(root)))]
    for path in (path for folder in folders for path in sorted(folder.glob("*.yaml")) if path.is_file()):
        try:
            first = decode(load_bytes(path), shown=str(path)).split("\n", 1)[0]
        except BadRules:
            continue  # what cannot be read is told where it is read
        named = _SCHEMA_LINE.fullmatch(first.rstrip())
        if named and "://" not in named[1] and not (path.parent / named[1]).is_file():
            message = f"there is no {named[1]}: 'misure schema --write {root}' writes {root / 'schema'}"
            found.append(Fault(Place(str(path), 1, 1), "", message))
    return found


def _schema_line(path: Path, root: Path, kind: str) -> list[Fault]:
    """The first line names the schema of the kind of file, so that an editor can complete and check."""
    try:
        first = decode(load_bytes(path), shown=str(path)).split("\n", 1)[0]
    except BadRules:
        return []
    place = Place(str(path), 1, 1)
    named = _SCHEMA_LINE.fullmatch(first.rstrip())
    if named is None or not named.group(1).endswith(f"{kind}.json"):
        return [Fault(place, "", f"the first line names the schema: '# $schema: .../schema/{kind}.json'")]
    own = root / "schema" / f"{kind}.json"
    if own.is_file() and (path.parent / named.group(1)).resolve() != own.resolve():
        return [Fault(place, "", f"the first line names {named.group(1)}, which is not {own}")]
    return []
