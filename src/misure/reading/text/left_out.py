# SPDX-License-Identifier: Apache-2.0
"""What of faulty files had to be left out, so that the rest can be looked at: one fault hides no other, and blames none.

>>> left = LeftOut({"budget"})
>>> "budget" in left, "budgt" in left
(True, False)
>>> left.unsure = True
>>> "budgt" in left
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from misure.ground.place import Fault, Place
from misure.reading.text.tree import Mapping, Node, Sequence
from misure.reading.text.written import Source, Written

__all__ = ["UNTOLD", "LeftOut", "blameless", "is_stand_in", "names_in", "stand_in"]


class LeftOut:
    """The names of what was left out. `unsure` where nobody knows which: a file cannot be read, or a part of it holds no names."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = set(names)
        self.sections: set[str] = set()
        """The parts of a rule file (`support`, `acts`) of which something was left out."""
        self.places: set[Place] = set()
        """The names of what lacks something that was left out."""
        self.guessed: set[tuple[frozenset[str], frozenset[str]]] = set()
        """The rules in which a word stands that cannot, with its key and the words that can: what follows from one of them is not told."""
        self.unsure = False

    def __contains__(self, name: object) -> bool:
        return self.unsure or name in self.names

    def add(self, other: LeftOut) -> None:
        self.names |= other.names
        self.sections |= other.sections
        self.unsure |= other.unsure
        self.places |= other.places
        self.guessed |= other.guessed

    def copy(self) -> LeftOut:
        own = LeftOut()
        own.add(self)
        return own


class _Start:
    """Where a stand-in stands: nowhere."""

    index = line = column = 0


UNTOLD = "\ue000"
"""The text of a stand-in: no file may hold it, so what names it speaks of a stand-in."""
_NOWHERE = Source("<left out>", UNTOLD)


def stand_in(what: str | list[object] | dict[str, object] = UNTOLD) -> Node:
    """A text, a list or a mapping in the place of one that is missing or cannot be used; nothing is told of it."""
    if isinstance(what, str):
        text = Written(what)
        text.stand(_NOWHERE, _Start, _Start, None)
        return text
    if isinstance(what, list):
        items = Sequence(_NOWHERE, _Start)
        items.extend(stand_in(str(item)) for item in what)
        return items
    mapping = Mapping(_NOWHERE, _Start)
    for key, value in what.items():
        written = stand_in(key)
        assert isinstance(written, Written) and isinstance(value, str | dict)
        mapping[written] = stand_in(value)
    return mapping


def is_stand_in(node: Node) -> bool:
    """Whether this stands in the place of what was left out."""
    return node.place.path == _NOWHERE.path


def names_in(node: Node) -> Iterator[str]:
    """The names that a part of a file gives: its keys, however deep, and what stands under `id` or `total`."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            yield from map(str, one)
            yield from (
                str(value) for key, value in one.items() if key in ("id", "total") and isinstance(value, Written)
            )
            waiting.extend(one.values())
        elif not isinstance(one, Written):
            waiting.extend(one)


_NAMED = {"acts": ("act",), "sources": ("read_in",)}
"""What names the acts and the sources of a file."""


def blameless(faults: Iterable[Fault], before: Iterable[Fault], tree: Node | None, left: LeftOut) -> list[Fault]:
    """Those of the later faults that stand by themselves: not of a stand-in, not at the place of one told before, not of a name left out."""
    told = {fault.place for fault in before if fault.place.line} | left.places
    told |= set(_naming(tree, left)) if tree is not None else set()
    kept = [fault for fault in faults if fault.place not in told and not _of_a_stand_in(fault)]
    return [fault for fault in kept if not any(_rests_on(fault, *one) for one in left.guessed)]


def _rests_on(fault: Fault, rules: frozenset[str], words: frozenset[str]) -> bool:
    """Whether a fault of one of the rules speaks of one of the words."""
    return fault.subject in rules and not words.isdisjoint(_WORD.findall(fault.message))


_WORD = re.compile("[a-z_]+")


def _of_a_stand_in(fault: Fault) -> bool:
    text = f"{fault.subject}{fault.message}"
    return fault.place.path == _NOWHERE.path or UNTOLD in text or ascii(UNTOLD)[1:-1] in text


def _naming(tree: Node, left: LeftOut) -> Iterator[Place]:
    """The places that name what was left out."""
    keys = {key for section, keys in _NAMED.items() if section in left.names or left.unsure for key in keys}
    waiting = [tree] if left.names or left.unsure else []
    while waiting:
        one = waiting.pop()
        if isinstance(one, Written):
            if one in left.names:
                yield one.place
        elif isinstance(one, Mapping):
            yield from (value.place for key, value in one.items() if key in keys)
            yield from (key.place for key in one if key in left.names)
            waiting.extend(one.values())
        else:
            waiting.extend(one)
