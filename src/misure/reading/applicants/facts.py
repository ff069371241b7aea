# SPDX-License-Identifier: Apache-2.0
r"""Facts from a file, JSON or YAML. In YAML every scalar is a text with its place, exactly as in a rule file.

>>> told = read_facts_text('{"turnover": "1234.50"}', "applicant.json")
>>> told.facts["turnover"], told.text_source
('1234.50', False)
>>> told = read_facts_text("turnover: 1234.50\nprovince: NO", "applicant.yaml")
>>> told.facts["province"], str(told.places(("province",)))
('NO', 'applicant.yaml:2:11')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from misure.facts.dossier import Path as FactPath
from misure.facts.reader import Places
from misure.facts.source import facts_of
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place
from misure.reading.applicants.told import read_with
from misure.reading.text.events import decode, load_bytes
from misure.reading.text.tree import Mapping as Tree
from misure.reading.text.tree import path_of, place_of, plain

__all__ = ["ToldFacts", "read_facts", "read_facts_text"]


@dataclass(frozen=True, slots=True)
class ToldFacts:
    """Facts as they were written, where each stands, and whether every scalar is a text."""

    facts: Mapping[str, object]
    places: Places
    text_source: bool

    def placed(self, problem: BadFacts) -> BadFacts:
        """The faults that facts have together, each where its fact stands in the file."""
        return BadFacts(replace(fault, place=self._place(fault)) for fault in problem.faults)

    def _place(self, fault: Fault) -> Place:
        if fault.place.line:
            return fault.place
        path = list(path_of(fault.subject))
        if len(path) > 1 and isinstance(self.facts.get(str(path[0])), Mapping):
            path.insert(1, "records")
        return self.places(tuple(path)) or fault.place


def read_facts(path: Path, sink: list[Fault] | None = None) -> ToldFacts:
    """The facts of a file: JSON or YAML, as its name says, or as it begins.

    What is wrong with single parts of its text (a name that stands twice, `NaN`, an anchor) goes to `sink` where there is one,
    so that whoever reads the facts next can tell it with all the rest.

    Raises:
        BadFacts: The file cannot be used; all its faults at once.
    """
    shown = str(path)
    text = decode(load_bytes(path, BadFacts, shown, pipes=True), BadFacts, shown)
    match path.suffix.lower():
        case ".json":
            return _from_json(text, shown, sink)
        case ".yaml" | ".yml":
            return _from_yaml(text, shown, sink)
        case _:
            return read_facts_text(text, shown, sink)


def read_facts_text(text: str, shown: str, sink: list[Fault] | None = None) -> ToldFacts:
    """The facts of a text that does not say what it is: JSON if it begins like JSON, else YAML; `sink` as of `read_facts`.

    Raises:
        BadFacts: The text cannot be used; all its faults at once.
    """
    in_json = text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
    return _from_json(text, shown, sink) if in_json else _from_yaml(text, shown, sink)


def _from_json(text: str, shown: str, sink: list[Fault] | None) -> ToldFacts:
    if not text.strip("\ufeff \t\r\n"):
        raise BadFacts([Fault(Place(shown, 1, 1), "", "the file is empty")])
    facts, places = facts_of(text, shown, sink)
    assert places is not None
    return ToldFacts(facts, places, text_source=False)


def _from_yaml(text: str, shown: str, sink: list[Fault] | None) -> ToldFacts:
    tree = read_with(text, shown, sink)
    if not isinstance(tree, Tree):
        raise BadFacts([Fault(tree.place, "", "expected facts, each with its name")])
    facts = plain(tree)
    assert isinstance(facts, dict)

    def places(path: FactPath) -> Place:
        return place_of(tree, path)

    return ToldFacts(facts, places, text_source=True)
