# SPDX-License-Identifier: Apache-2.0
"""What a measure does not ask: what its act rules out, and what no source read speaks of, each under a heading of `SOURCES.md`.

Silence of a source is no absence of a condition: what stands under the second heading is what the rule file names under
`unasked`, and a measure that has any of it was not read whole in every edition.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from misure.ground.place import Fault, Place, nearest
from misure.reading.text.tree import Mapping, Sequence
from misure.reading.text.written import Written

__all__ = ["EXCLUDED", "SILENT", "Silence", "check_silence", "silence_in"]

EXCLUDED = "## L'atto lo esclude"
SILENT = "## Nessuna fonte letta ne parla"
_NAMES = re.compile(r"^[*-] ((?:`[a-z][a-z0-9_]*`(?:, (?=`))?)+): *\S", re.ASCII)
_NAME = re.compile(r"`([a-z0-9_]+)`", re.ASCII)


@dataclass(frozen=True, slots=True)
class Silence:
    """The usual requirements that a `SOURCES.md` names under its two headings, each with its place; None without the heading."""

    page: Place
    excluded: dict[str, Place] | None
    silent: dict[str, Place] | None
    faults: list[Fault] = field(default_factory=list)


def silence_in(text: str, path: str) -> Silence:
    r"""The two lists of a `SOURCES.md`: the ids stand in back-quotes at the head of a point, before a colon and the reason.

    >>> found = silence_in("## Nessuna fonte letta ne parla\n\n* `durc`, `antimafia`: il bando non è stato letto.\n", "SOURCES.md")
    >>> found.silent, found.excluded
    ({'durc': Place(path='SOURCES.md', line=3, column=4), 'antimafia': Place(path='SOURCES.md', line=3, column=12)}, None)
    """
    lists: dict[str, dict[str, Place]] = {}
    faults: list[Fault] = []
    heading = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("## "):
            heading = line.rstrip().replace("’", "'")
            if heading in (EXCLUDED, SILENT):
                if heading in lists:
                    faults.append(Fault(Place(path, number, 1), heading, "the heading stands twice"))
                lists.setdefault(heading, {})
        elif heading in lists and (point := _NAMES.match(line)):
            for name in _NAME.finditer(line, 0, point.end(1)):
                place = Place(path, number, name.start(1) + 1)
                before = lists[heading].setdefault(name.group(1), place)
                if before is not place:
                    faults.append(Fault(place, name.group(1), f"it stands twice; first at line {before.line}"))
    return Silence(Place(path), lists.get(EXCLUDED), lists.get(SILENT), faults)


def check_silence(tree: Mapping, found: Silence, usual: Collection[str]) -> list[Fault]:
    """What of the two lists does not agree with `unasked` and with how far the editions were read."""
    unasked = tree.get("unasked")  # type: ignore[call-overload]  # equal to the written key
    names = unasked if isinstance(unasked, Sequence) else [unasked]
    named = {str(name): name for name in names if isinstance(name, Written)}
    faults = list(found.faults)
    if named and found.silent is None:
        message = f"it has no heading '{SILENT}', under which stands what 'unasked' names"
        return [*faults, Fault(found.page, "unasked", message)]
    silent, excluded = found.silent or {}, found.excluded or {}
    faults += [
        Fault(name.place, id_, f"SOURCES.md does not name it under '{SILENT}'", nearest(id_, silent))
        for id_, name in named.items()
        if id_ not in silent
    ]
    for id_, place in silent.items():
        if id_ in excluded:
            faults.append(Fault(place, id_, f"the act rules it out at {excluded[id_]}"))
        elif id_ not in named:
            faults.append(Fault(place, id_, "the rule file does not name it under 'unasked'", nearest(id_, named)))
    for id_, place in excluded.items():
        if id_ not in usual:
            faults.append(Fault(place, id_, f"no usual requirement is called {id_!r}", nearest(id_, sorted(usual))))
        elif id_ in named and id_ not in silent:
            faults.append(Fault(place, id_, f"'unasked' names it at {named[id_].place}: there no source speaks of it"))
    if silent and _read_whole(tree):
        id_, place = next(iter(silent.items()))
        message = f"every edition was read whole: what its text does not ask stands under '{EXCLUDED}'"
        faults.append(Fault(place, id_, message))
    return faults


def _read_whole(tree: Mapping) -> bool:
    editions = tree.get("editions")  # type: ignore[call-overload]  # equal to the written key
    if not isinstance(editions, Mapping) or not editions:
        return False
    return all(isinstance(one, Mapping) and str(one.get("read")) == "whole" for one in editions.values())  # type: ignore[call-overload]
