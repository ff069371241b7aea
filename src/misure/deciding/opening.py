# SPDX-License-Identifier: Apache-2.0
"""Measures by the folder of their rule package: read once while no file of it changes, and again when one has.

What is kept is keyed by the folder and by the state of every rule file in it, so nothing is answered from files that have
changed since; of each measure that is in use somewhere, the pickles find it again whatever happens to its files.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from weakref import WeakValueDictionary

from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place
from misure.ground.rules_folder import beneath, bundled_rules
from misure.reading.packages.package import read_rulebook
from misure.reading.packages.shelf import Folder, Shelf
from misure.reading.packages.state import MEASURE_FILE, State, state_of

__all__ = ["check_here", "open_measure", "reopen"]

_PICKLE_AGAIN = "make the pickle again from these rules"
_NOT_HERE = "the rules with which this was pickled are not here: install their package"
_UNKNOWN = "this version of misure has no such measure: the pickle is for the one that has it"
_in_use: WeakValueDictionary[tuple[str, str, str], Measure] = WeakValueDictionary()
"""The measures that somebody holds, by folder, id and hash of the rules."""


class _Package:
    """The measures of one rule package as its files stand, and as those of the bundled one do."""

    def __init__(self, root: str, folders: list[Folder]) -> None:
        self.root = Path(root)
        self._shelf = Shelf(folders)
        self._opened: dict[str, Measure] = {}

    def open(self, measure_id: str) -> Measure:
        found = self._opened.get(measure_id)
        if found is None:
            measure = Measure(read_rulebook(self.root, measure_id, shelf=self._shelf))
            compiled(measure).lower()
            # Two threads may both open it; the first stays.
            found = self._opened.setdefault(measure_id, measure)
        return found


# The least that serves: the bundled rules, packages beside them, and each as it stood before an edit or two.
@lru_cache(maxsize=16)
def _folder(root: str, state: State) -> Folder:  # noqa: ARG001 - another state is another folder
    return Folder(Path(root))


@lru_cache(maxsize=16)
def _package(*known: tuple[str, State]) -> _Package:
    return _Package(known[-1][0], [_folder(root, state) for root, state in known])


def open_measure(root: str, measure_id: str) -> Measure:
    """The measure of that id in the rule package at `root`; the bundled vocabulary is known to every package.

    Raises:
        BadRules: Its files cannot be used; all faults at once.
    """
    known = [*beneath(Path(root), bundled_rules()), Path(root)]
    measure = _package(*((str(folder), state_of(folder)) for folder in known)).open(measure_id)
    _in_use[root, measure_id, measure.rulebook.rules_hash] = measure
    return measure


def check_here(roots: Mapping[str, str]) -> None:
    """Look that the rules of pickled measures are in the folders where they are looked for.

    Raises:
        BadRules: Some are not; each is told.
    """
    absent = [
        Fault(Place(root), measure_id, _UNKNOWN if Path(root) == bundled_rules() else _NOT_HERE)
        for measure_id, root in roots.items() if not (Path(root) / measure_id / MEASURE_FILE).is_file()
    ]  # fmt: skip
    if absent:
        raise BadRules(absent)


def reopen(root: str, measure_id: str, rules_hash: str, varied: Mapping[str, str]) -> Measure:
    """The measure that was pickled, from rules that must still be the same.

    Raises:
        BadRules: The rules are not there, or are not those with which the measure was pickled.
    """
    held = _in_use.get((root, measure_id, rules_hash))
    if held is None:
        check_here({measure_id: root})
    measure = held or open_measure(root, measure_id)
    if measure.rulebook.rules_hash != rules_hash:
        message = f"pickled with rules {rules_hash}; the rules here are {measure.rulebook.rules_hash}: {_PICKLE_AGAIN}"
        raise BadRules([Fault(Place(root), measure_id, message)])
    return measure.vary(**varied) if varied else measure
