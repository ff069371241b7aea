# SPDX-License-Identifier: Apache-2.0
"""Every check of rule packages: their files, that each measure compiles on every period of days, that cases try its conditions.

>>> from misure.ground.rules_folder import bundled_rules
>>> check_rules({bundled_rules(): None})
[]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from misure.anchoring.holding import anchor_faults
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.ground.errors import BadFacts, BadRules, MisureError
from misure.ground.place import Fault, Place, nearest
from misure.ground.rules_folder import beneath, bundled_rules
from misure.ground.truth import Truth
from misure.ground.whole_file import refuse_pipes
from misure.reading.cases.decisions import places_in
from misure.reading.cases.facts import FactPlaces, placed
from misure.reading.packages.checking import Checked, checked_package
from misure.reading.packages.index import INDEX, write_index
from misure.reading.packages.laws import LAW_FILE, laws_of
from misure.reading.packages.package import measures_of
from misure.reading.packages.state import MEASURE_FILE
from misure.reading.text.events import decode, load_bytes
from misure.reading.text.tree import path_of
from misure.rulebook.expression import same
from misure.rulebook.rules import Condition, Rulebook
from misure.rulebook.sense.conditions import opposite
from misure.rulebook.sense.limits import parameters_in
from misure.testing.worked_cases import cases_of_measure, decide_case

if TYPE_CHECKING:
    from misure.deciding.decision import Decision
    from misure.facts.vocabulary import Vocabulary
    from misure.reading.cases.decisions import WorkedCase

__all__ = [
    "check_rules", "faults_of", "home_of_law", "looked_at", "rules_below", "strange_measures", "write_indexes",
]  # fmt: skip


def check_rules(packages: Mapping[Path, Collection[str] | None]) -> list[Fault]:
    """All the faults of rule packages, by their folders; of some measures or laws alone, where they are named.

    The vocabulary of a package is always checked whole: every measure rests on it.
    """
    return faults_of(packages, looked_at(packages))


def looked_at(packages: Mapping[Path, Collection[str] | None]) -> dict[Path, Checked]:
    """The rule packages, each read once: whole, or what some of its measures and laws rest on, where they are named."""
    return {root: checked_package(root, beneath(root, bundled_rules()), only) for root, only in packages.items()}


def faults_of(packages: Mapping[Path, Collection[str] | None], looked: Mapping[Path, Checked]) -> list[Fault]:
    """The faults of packages that were looked at; of some measures or laws alone, where they are named."""
    found: set[Fault] = set()
    for root, only in packages.items():
        checked = looked[root]
        found.update(fault for fault in checked.faults if only is None or _concerns(fault, root, only))
        # What hinders a measure concerns it wherever it stands, in a law that it uses as well.
        measures = (measure for name, measure in checked.measures.items() if only is None or name in only)
        found.update(fault for measure in measures for fault in (_hindering(measure) or _unheld(measure)))
    return sorted(found, key=lambda fault: fault.order)


def strange_measures(
    packages: Mapping[Path, Collection[str] | None], looked: Mapping[Path, Checked], known: Collection[str]
) -> list[Fault]:
    """Where `succeeded_by` or `succeeds` names a measure that no rule package has: not yet encoded, or written wrong.

    It is no fault, for the law names calls that nobody has encoded. `known` are the ids of the measures of the packages that
    are installed; those of `packages` are known besides.
    """
    ids = {*known, *(name for checked in looked.values() for name in checked.ids)}
    found = []
    for root, only in packages.items():
        for name, book in looked[root].measures.items():
            if not isinstance(book, Rulebook) or (only is not None and name not in only):
                continue
            for other, place in book.closing.others.items():
                if other not in ids:
                    message = f"no rule package has a measure {other!r}"
                    found.append(Fault(place, "closing", message, _nearly(other, ids - {name})))
    return sorted(found, key=lambda fault: fault.order)


def _nearly(name: str, ids: Collection[str]) -> str | None:
    """The id that this one is a slip of: calls of one family look alike, and another year is another call."""
    close = nearest(name, [one for one in ids if _years(one) == _years(name)])
    return close if close and SequenceMatcher(None, close, name).ratio() > _A_SLIP else None


def _years(measure_id: str) -> list[str]:
    return re.findall("[0-9]+", measure_id)


_A_SLIP = 0.85
NO_RULES = ".no-rules"
"""The file that says of a folder that what looks like rules there is none to check from above; whoever names the folder has it checked."""


def write_indexes(roots: Iterable[Path]) -> Iterator[Path]:
    """Write the index of each rule package anew, and give its path; of one that has a fault there is none to write.

    Raises:
        OSError: It cannot be written.
    """
    for root in roots:
        checked = checked_package(root, beneath(root, bundled_rules()))
        if all(Path(fault.place.path) == root / INDEX for fault in checked.faults) and checked.books:
            yield write_index(root, checked.books)


def rules_below(path: Path) -> dict[Path, list[str]]:
    """The measures and laws at or below a path, by the folders of their rule packages.

    A path may be a package, a folder that holds some, or the folder or file of one measure or law. Hidden folders (`.venv`, `.git`)
    hold none, and neither does a folder below the path that has a file `.no-rules`: what lies there is broken on purpose, as tests want it.

    Raises:
        BadRules: There are no rules at the path.
    """
    try:
        refuse_pipes(path)
    except FileNotFoundError:
        pass  # whoever looks for rules below it finds none
    except (OSError, ValueError) as problem:
        raise BadRules([Fault(Place(str(path)), "", str(getattr(problem, "strerror", None) or problem))]) from None
    top = path.resolve().parent if path.is_file() else path.resolve()
    if any((top / name).is_file() for name in (MEASURE_FILE, LAW_FILE)):
        # One that needs no vocabulary is two levels up, as ours are.
        root = _package_of(top, top.parent.parent)
        return {root: [top.relative_to(root).as_posix()]}
    found: dict[Path, list[str]] = {}
    aside: set[Path] = set()
    for below in [*measures_of(top), *laws_of(top)] if top.is_dir() else []:
        if hiding := _hiding(top, Path(below)):
            aside.add(hiding)
        else:
            root = _package_of(top / below, top)
            found.setdefault(root, []).append((top / below).relative_to(root).as_posix())
    if not found:
        raise BadRules(_none_below(path, aside))
    return found


def _none_below(path: Path, aside: Collection[Path]) -> Iterator[Fault]:
    """Why no rules are found at a path: there are none, or each lies in a folder that is not looked into from above."""
    checked = ", that is to be checked" if aside else ""
    yield Fault(Place(str(path)), "", f"there is no measure.yaml here, or in a folder below{checked}")
    for hiding in sorted(aside):
        if hiding.name == NO_RULES:
            message = f"this file sets aside the rules below {hiding.parent}: name that folder to check them, or delete the file"
        else:
            message = "it is a hidden folder with rules, for its name begins with a dot: name it to check them"
        yield Fault(Place(str(hiding)), "", message)


def _hiding(top: Path, below: Path) -> Path | None:
    """What between a path and rules below it says that none are to be checked there: a hidden folder, a file `.no-rules`."""
    for folder in (*reversed([part for part in below.parents if part.parts]), below):
        if folder.name.startswith("."):
            return top / folder
        if (top / folder / NO_RULES).is_file():
            return top / folder / NO_RULES
    return None


_OWN_ID = re.compile(r"""^(?:measure|law):[ \t]*["']?([^\s"'#]+)""", re.MULTILINE)


def _package_of(folder: Path, otherwise: Path) -> Path:
    """The package of a measure or law: what stands above its own id, or else is the nearest folder above with a vocabulary."""
    for name in (MEASURE_FILE, LAW_FILE):
        try:
            own = _OWN_ID.search(decode(load_bytes(folder / name)))
        except BadRules:
            continue  # whoever reads it whole tells what is wrong
        parts = tuple(own[1].split("/")) if own else ()
        if parts and folder.parts[-len(parts) :] == parts:
            return folder.parents[len(parts) - 1]
    return next((above for above in folder.parents if (above / "vocabulary").is_dir()), otherwise)


def home_of_law(law_id: str, roots: Iterable[str]) -> Path | None:
    """The rule package that holds a law of this id."""
    return next((Path(root) for root in dict.fromkeys(roots) if law_id in laws_of(Path(root))), None)


def _hindering(measure: Rulebook | BadRules) -> tuple[Fault, ...]:
    """What keeps a measure from deciding: it cannot be linked, or not be compiled on some period of days."""
    try:
        if isinstance(measure, BadRules):
            return measure.faults
        compiled(Measure(measure)).lower()
    except BadRules as problem:
        return problem.faults
    return ()


def _unheld(measure: Rulebook | BadRules) -> list[Fault]:
    """What no worked case tries, and what the text of an act no longer holds."""
    assert isinstance(measure, Rulebook)  # what cannot be linked hinders
    return [*anchor_faults(measure), *_untried(measure)]


def _untried(linked: Rulebook | BadRules) -> list[Fault]:
    """The conditions of a measure's own that no worked case meets, or none fails: nobody has seen what they do.

    Why a case cannot be decided is told, and of a condition that it names nothing: it may be what tries it.
    """
    assert isinstance(linked, Rulebook)  # what cannot be linked hinders
    measure = Measure(linked)
    faults: list[Fault] = []
    named: set[str] = set()
    met: dict[Truth, set[str]] = {truth: set() for truth in Truth}
    try:
        for decision in _decided(measure, faults, named):
            for finding in decision.findings:
                met[finding.truth].add(finding.id)
    except BadRules:
        return []  # the cases themselves have faults, which are told
    for condition in linked.conditions:
        lacking = [
            word for word, truth in (("meets", Truth.YES), ("fails", Truth.NO))
            if condition.id not in met[truth] and word not in _never_shown(condition, linked)
        ]  # fmt: skip
        if lacking and condition.id not in named and linked.borrowed(condition.id) is None:
            message = f"no worked case {' or '.join(lacking)} this condition"
            faults.append(Fault(condition.place, condition.id, message))
    return faults


def _never_shown(condition: Condition, book: Rulebook) -> Iterator[str]:
    """What no case can show of a condition: `meets` or `fails`.

    Where a list is not known nobody can be sure to stand in it, or not to; where the readings of a tension differ for all who do not meet
    it, or for all who do, nobody is certain to be one of them.
    """
    lists = (book.parameters[name] for name in parameters_in(condition.holds, book))
    if any(value.unknown for one in lists if one.type.kind == "list" for value in one.values):
        yield from ("meets", "fails")
    for tension in book.tensions:
        if condition.id in tension.bears_on and tension.when is not None:
            if tension.otherwise != "not_met" and opposite(tension.when, condition.holds):
                yield "fails"
            if tension.otherwise != "met" and same(tension.when, condition.holds):
                yield "meets"


def _decided(measure: Measure, faults: list[Fault], named: set[str]) -> Iterator[Decision]:
    """What the measure answers in each case; why it answers none is added to the faults, what such a case names to `named`."""
    places: dict[str, FactPlaces] | None = None
    for case in cases_of_measure(measure):
        if "error" in case.expect:
            continue
        try:
            decision = decide_case(measure, case)
        except MisureError as problem:
            if places is None:
                places = places_in(Path(measure.rulebook.root) / measure.id / "cases.yaml")
            faults += _undecided(case, problem, measure.rulebook.vocabulary, places.get(case.name))
            named |= set(case.expect.get("findings", ()))
        else:
            yield decision


def _undecided(
    case: WorkedCase, problem: MisureError, vocabulary: Vocabulary, places: FactPlaces | None
) -> Iterator[Fault]:
    at = places or FactPlaces(case.place)
    if isinstance(problem, BadFacts):
        # Of names that nobody knows something else tells.
        known = {"", *vocabulary.facts, *vocabulary.tables}
        told = [one for one in problem.faults if (path_of(one.subject) or ("",))[0] in known]
        yield from placed(BadFacts(told), case.name, at) if told else ()
    elif isinstance(problem, BadRules):
        for one in problem.faults:
            yield Fault(at((one.subject,)), f"{case.name}: {one.subject}", one.message, one.suggestion)
    else:
        yield Fault(case.place, case.name, str(problem))


def _concerns(fault: Fault, root: Path, only: Collection[str]) -> bool:
    path = Path(fault.place.path)
    folders = [root / "vocabulary", root / "tables", *(root / measure for measure in only)]
    return any(path.is_relative_to(folder) for folder in folders)
