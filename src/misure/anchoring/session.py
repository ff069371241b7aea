# SPDX-License-Identifier: Apache-2.0
"""A measure held beside the text of one of its acts, from their files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from misure.anchoring.act_figures import figures_of
from misure.anchoring.act_text import read_act_text
from misure.anchoring.anchors_file import ANCHORS, AnchorsFile, read_anchors
from misure.anchoring.drift import Drift, drift_of
from misure.anchoring.flow import Flow, flow_of
from misure.anchoring.identity import act_of
from misure.anchoring.matching import Anchoring, anchor
from misure.anchoring.naming import RuleWords, read_words
from misure.anchoring.published import published_of, without_figures
from misure.ground.errors import BadFacts, BadRules
from misure.ground.place import Fault, Place
from misure.reading.packages.state import MEASURE_FILE
from misure.reading.text.files import Files
from misure.reading.text.tree import Mapping
from misure.rulebook.acts import Act
from misure.rulebook.rules import Rulebook

__all__ = ["Held", "folder_of", "hold", "words_in"]


@dataclass(frozen=True, slots=True)
class Held:
    """What came of it: the act, what was matched, `anchors.yaml` so far, the words of the rules, and which anchors are not so (any more)."""

    book: Rulebook
    act: Act
    anchoring: Anchoring
    file: AnchorsFile
    words: RuleWords
    drift: tuple[Drift, ...] = ()
    written: bool = False
    """Whether the anchors were written anew from this very text."""

    @property
    def sound(self) -> bool:
        """Whether rules and text agree, and the anchors are those of this text."""
        return self.anchoring.sound and (self.written or not self.drift)


def hold(book: Rulebook, path: Path, act: str | None = None) -> Held:
    """Hold a measure beside the text of one of its acts.

    Raises:
        BadFacts: The text cannot be read, or is that of another act; or `anchors.yaml` cannot be read.
        BadRules: The measure has no folder.
    """
    try:
        file = read_anchors(folder_of(book) / ANCHORS)
    except BadRules as problem:
        raise BadFacts([*problem.faults, *_faults_of_text(book, path, act)]) from None
    text, found = _identified(book, path, act)
    explained = file.reasons(found.id)
    words = words_in(book)
    anchoring = anchor(
        found.id,
        text,
        figures_of(text),
        published_of(book, found.id),
        words,
        explained,
        without_figures(book, found.id),
    )
    return Held(book, found, anchoring, file, words, drift_of(file, anchoring))


def _identified(book: Rulebook, path: Path, act: str | None) -> tuple[Flow, Act]:
    text = flow_of(read_act_text(path))
    return text, act_of(text, book, act)


def _faults_of_text(book: Rulebook, path: Path, act: str | None) -> list[Fault]:
    try:
        _identified(book, path, act)
    except BadFacts as problem:
        return list(problem.faults)
    return []


def folder_of(book: Rulebook) -> Path:
    """The folder of a measure.

    Raises:
        BadRules: It has none: it was opened from linked data.
    """
    if not book.root:
        raise BadRules([Fault(Place(book.id), "", "this measure was opened from linked data and has no folder")])
    return Path(book.root) / book.id


def words_in(book: Rulebook) -> RuleWords:
    """The sentences of a measure's rule file."""
    folder = folder_of(book)
    tree = Files([]).tree(folder / MEASURE_FILE, Path(book.root))
    if not isinstance(tree, Mapping):
        raise BadRules([Fault(Place(str(folder / MEASURE_FILE)), "", "the file cannot be read")])
    return read_words(folder, tree)
