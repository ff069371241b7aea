# SPDX-License-Identifier: Apache-2.0
"""Applications from a list in YAML or JSON: `{id, filed_at, admitted, window, facts}`, each value with its place.

>>> (one,) = listed('[{"id": "D-1", "filed_at": null, "facts": {"score": "78.50", "note": null}}]', "d.json", in_json=True)
>>> one.id, one.filed_at, one.facts, str(one.places(("score",)))
('D-1', None, {'score': '78.50', 'note': None}, 'd.json:1:53')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from misure.facts.dossier import Path as FactPath
from misure.facts.json_places import JsonPlaces
from misure.facts.source import json_told
from misure.facts.values import shown as json_shown
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place, nearest
from misure.reading.applicants.told import OFFICE, ToldApplication, read_with
from misure.reading.text.events import refused_character
from misure.reading.text.tree import Mapping as Tree
from misure.reading.text.tree import Sequence, place_of, plain
from misure.reading.text.written import Source

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


@dataclass(frozen=True, slots=True)
class _InJson:
    """Where the facts of one application stand in a JSON text."""

    where: JsonPlaces
    at: int
    facts: Mapping[str, object]

    def __call__(self, path: FactPath) -> Place:
        office = len(path) == 1 and path[0] in OFFICE and path[0] not in self.facts
        return self.where((self.at, *path) if office else (self.at, "facts", *path))


def listed(text: str, shown: str, *, in_json: bool, sink: list[Fault] | None = None) -> tuple[ToldApplication, ...]:
    """The applications of a text. In YAML every scalar is a text; a JSON text is read as facts in JSON are, and `null` tells nothing.

    What is wrong with single applications goes to `sink` where there is one; who cannot be read is left out then.

    Raises:
        BadFacts: It cannot be used; all its faults at once.
    """
    faults: list[Fault] = []
    found = tuple(_of_json(text, shown, faults) if in_json else _of_yaml(text, shown, faults))
    if faults and sink is None:
        raise BadFacts(faults)
    if sink is not None:
        sink += faults
    return found


def _no_office(said: object) -> str:
    return "expected a single value" if isinstance(said, list | dict) else f"expected a text; got {json_shown(said)}"


_NO_LIST = "expected a list of applications, each with its id and its facts"
_NO_APPLICATION = "expected an application with its id and its facts"
_NO_ID = "an application has an id, which is a text, and facts, each with its name"
_KNOWN = ("id", "facts", *OFFICE)


def _of_yaml(text: str, shown: str, faults: list[Fault]) -> Iterator[ToldApplication]:
    tree = read_with(text, shown, faults)
    if not isinstance(tree, Sequence):
        raise BadFacts([Fault(tree.place, "", _NO_LIST)])
    for at, node in enumerate(tree):
        if not isinstance(node, Tree):
            faults.append(Fault(node.place, "", _NO_APPLICATION))
            continue
        for key in node:
            if key not in _KNOWN:
                faults.append(Fault(key.place, str(key), f"an application has no {str(key)!r}", nearest(key, _KNOWN)))
        told = {str(key): value for key, value in node.items()}
        facts, id_ = told.get("facts"), told.get("id")
        if not isinstance(id_, str) or isinstance(facts, str | Sequence):
            faults.append(Fault(node.place, "", _NO_ID))
        # What else is wrong with one that has no id is told under its number.
        name = str(id_) if isinstance(id_, str) else f"[{at}]"
        facts = None if isinstance(facts, str | Sequence) else facts
        faults += [
            Fault(told[said].place, f"{name}.{said}", "expected a single value") for said in OFFICE
            if said in told and not isinstance(told[said], str)
        ]  # fmt: skip
        office: dict[str, Any] = {said: str(told[said]) if isinstance(told.get(said), str) else None for said in OFFICE}
        plainly = plain(facts) if facts is not None else {}
        assert isinstance(plainly, dict)
        places = _Nodes(facts if facts is not None else node, {key: key.place for key in node if key in OFFICE})
        yield ToldApplication(name, plainly, **office, place=node.place, places=places)


def _of_json(text: str, shown: str, faults: list[Fault]) -> Iterator[ToldApplication]:
    if refused := refused_character(Source(shown, text)):
        raise BadFacts([refused])
    if not text.strip("\ufeff \t\r\n"):
        raise BadFacts([Fault(Place(shown, 1, 1), "", "the file is empty")])
    told, where = json_told(text, shown, faults)
    if not isinstance(told, list):
        raise BadFacts([Fault(where(()), "", _NO_LIST)])
    for at, one in enumerate(told):
        if not isinstance(one, dict):
            faults.append(Fault(where((at,)), "", _NO_APPLICATION))
            continue
        for key in one:
            if key not in _KNOWN:
                faults.append(Fault(where((at, key)), key, f"an application has no {key!r}", nearest(key, _KNOWN)))
        facts, id_ = one.get("facts"), one.get("id")
        if not isinstance(id_, str) or not isinstance(facts, dict | None):
            faults.append(Fault(where((at,)), "", _NO_ID))
            id_, facts = id_ if isinstance(id_, str) else f"[{at}]", facts if isinstance(facts, dict) else None
        office: dict[str, Any] = {}
        for name in OFFICE:
            said = one.get(name)
            office[name] = said if isinstance(said, str) or (name == "admitted" and isinstance(said, bool)) else None
            if said is not None and office[name] is None:
                faults.append(Fault(where((at, name)), f"{id_}.{name}", _no_office(said)))
        places = _InJson(where, at, facts or {})
        yield ToldApplication(id_, facts or {}, **office, place=where((at,)), places=places, text_source=False)
