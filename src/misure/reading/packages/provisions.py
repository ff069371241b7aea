# SPDX-License-Identifier: Apache-2.0
"""Every provision of an act is either named by a rule or listed as not modelled, with the reason.

`SOURCES.md` is free Markdown for people; the ids are the first column of its tables: `| P5899.06 | ...`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map

from misure.ground.place import Fault, Place, nearest
from misure.reading.text.tree import Mapping, Node, Sequence
from misure.reading.text.written import Written

__all__ = ["check_provisions", "provisions_in"]

_ROW = re.compile(r"^\|\s*`?([A-Z]+[0-9]*\.[0-9]+)`?\s*\|", re.ASCII)


def provisions_in(text: str, path: str) -> tuple[dict[str, Place], list[Fault]]:
    r"""The provision ids of a `SOURCES.md`, each with its place; an id that stands twice is a fault.

    >>> found, faults = provisions_in("| id | what |\n|---|---|\n| P5899.06 | ten firms |", "SOURCES.md")
    >>> found
    {'P5899.06': Place(path='SOURCES.md', line=3, column=3)}
    """
    found: dict[str, Place] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if row := _ROW.match(line):
            place = Place(path, number, row.start(1) + 1)
            if row.group(1) in found:
                message = f"the provision stands in two rows; first at line {found[row.group(1)].line}"
                faults.append(Fault(place, row.group(1), message))
            found.setdefault(row.group(1), place)
    return found, faults


def check_provisions(tree: Mapping, sources: dict[str, Place], lent: Map[str, Place]) -> list[Fault]:
    """What the rules name and `SOURCES.md` lacks, and the other way round; `lent` are the ids of the laws they use."""
    named: dict[str, Written] = {}
    for id_ in _named(tree):
        named.setdefault(str(id_), id_)
    left_out = tree.get("not_modelled")  # type: ignore[call-overload]  # equal to the written key
    not_modelled = {str(id_): id_ for id_ in left_out} if isinstance(left_out, Mapping) else {}
    faults = [
        Fault(id_.place, name, "SOURCES.md has no row for this provision", nearest(name, [*sources, *lent]))
        for name, id_ in {**not_modelled, **named}.items()
        if name not in sources and name not in lent
    ]
    faults += [
        Fault(place, name, f"the id is already that of a law that is used: {lent[name]}")
        for name, place in sources.items()
        if name in lent
    ]
    faults += [
        Fault(id_.place, name, f"the provision is not modelled, and yet a rule names it at {named[name].place}")
        for name, id_ in not_modelled.items()
        if name in named
    ]
    faults += [
        Fault(place, name, "no rule names this provision, and it is not listed under 'not_modelled'")
        for name, place in sources.items()
        if name not in named and name not in not_modelled and name not in lent
    ]
    return faults


def _named(node: Node) -> Iterator[Written]:
    """Every id under a key `provision` or `provisions`, except the groups of rules themselves."""
    if isinstance(node, Sequence):
        for item in node:
            yield from _named(item)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if key in ("provision", "provisions"):
                ids = value if isinstance(value, Sequence) else [value]
                yield from (id_ for id_ in ids if isinstance(id_, Written))
            yield from _named(value)
