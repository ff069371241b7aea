# SPDX-License-Identifier: Apache-2.0
"""Applications from a list in YAML or JSON: `{id, filed_at, admitted, window, facts}`, each value with its place.

>>> (one,) = listed('[{"id": "D-1", "filed_at": null, "facts": {"score": "78.50", "note": null}}]', "d.json", in_json=True)
>>> one.id, one.filed_at, one.facts, str(one.places(("score",)))
('D-1', None, {'score': '78.50'}, 'd.json:1:53')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from misure.facts.dossier import Path as FactPath
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place, nearest
from misure.reading.applicants.told import OFFICE, ToldApplication
from misure.reading.text.events import read_text
from misure.reading.text.tree import Mapping as Tree
from misure.reading.text.tree import Node, Sequence, place_of, plain
from misure.reading.text.written import Written

__all__ = ["listed"]


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Where the facts of one application stand in a tree."""

    facts: Tree
    office: Mapping[str, Place]

    def __call__(self, path: FactPath) -> Place:
        if len(path) == 1 and path[0] in self.office and path[0] not in self.facts:
            return self.office[str(path[0])]
        return place_of(self.facts, path)


def listed(text: str, shown: str, *, in_json: bool, sink: list[Fault] | None = None) -> tuple[ToldApplication, ...]:
    """The applications of a text. In JSON `null` tells nothing; in YAML every scalar is a text, and this one too.

    What is wrong with single applications goes to `sink` where there is one; who cannot be read is left out then.

    Raises:
        BadFacts: It cannot be used; all its faults at once.
    """
    tree = read_text(text, shown, BadFacts)
    if not isinstance(tree, Sequence):
        raise BadFacts([Fault(tree.place, "", "expected a list of applications, each with its id and its facts")])
    faults: list[Fault] = []
    found = []
    for node in tree:
        if not isinstance(node, Tree):
            faults.append(Fault(node.place, "", "expected an application with its id and its facts"))
            continue
        told = {str(key): value for key, value in node.items() if not (in_json and _is_null(value))}
        for key in node:
            if key not in ("id", "facts", *OFFICE):
                hint = nearest(key, ("id", "facts", *OFFICE))
                faults.append(Fault(key.place, str(key), f"an application has no {str(key)!r}", hint))
        facts, id_ = told.get("facts"), told.get("id")
        if not isinstance(id_, str) or isinstance(facts, str | Sequence):
            message = "an application has an id, which is a text, and facts, each with its name"
            faults.append(Fault(node.place, "", message))
            continue
        faults += [
            Fault(told[name].place, f"{id_}.{name}", "expected a single value") for name in OFFICE
            if name in told and not isinstance(told[name], str)
        ]  # fmt: skip
        office = {name: str(told[name]) if isinstance(told.get(name), str) else None for name in OFFICE}
        plainly = _told(facts) if in_json and facts is not None else plain(facts) if facts is not None else {}
        assert isinstance(plainly, dict)
        places = _Nodes(facts if facts is not None else node, {key: key.place for key in node if key in OFFICE})
        found.append(ToldApplication(str(id_), plainly, **office, place=node.place, places=places))
    if faults and sink is None:
        raise BadFacts(faults)
    if sink is not None:
        sink += faults
    return tuple(found)


def _is_null(node: Node) -> bool:
    return isinstance(node, Written) and node.style == "plain" and node == "null"


def _told(node: Node) -> Any:
    """The content of a tree of JSON: a name whose value is null tells nothing, but that of `complete` leaves out what it must say."""
    if isinstance(node, Tree):
        return {
            str(key): None if _is_null(value) else _told(value)
            for key, value in node.items()
            if key == "complete" or not _is_null(value)
        }
    if isinstance(node, Sequence):
        return [None if _is_null(item) else _told(item) for item in node]
    return str(node)
