# SPDX-License-Identifier: Apache-2.0
"""One application as a file tells it, before anything is read of its facts."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place
from misure.reading.text.events import read_parts
from misure.reading.text.tree import Mapping, Node, Sequence
from misure.reading.text.written import Written

__all__ = ["OFFICE", "ToldApplication", "read_with"]

OFFICE = ("filed_at", "admitted", "window")
"""What the office says of an application, beside its id."""


@dataclass(frozen=True, slots=True)
class ToldApplication:
    """One application as it was written; with `text_source`: every fact is a text."""

    id: str
    facts: Map[str, Any]
    filed_at: str | None
    admitted: bool | str | None
    window: str | None
    place: Place
    places: Any
    text_source: bool = True


def read_with(text: str, shown: str, sink: list[Fault] | None) -> Node:
    """The tree of a YAML text; what is wrong with single parts of it goes to `sink` where there is one.

    Raises:
        BadFacts: It cannot be read to its end, or has faults and there is no sink; all of them at once.
    """
    tree, faults = read_parts(text, shown, BadFacts)
    if tree is None or (faults and sink is None):
        raise BadFacts(faults)
    if sink is not None and faults:
        sink += faults
        _leave_out_refused(tree)
    return tree


def _leave_out_refused(tree: Node) -> None:
    """Take out what stands under keys that were refused, in the place of which there is an empty one."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            one.pop(Written(), None)
            waiting.extend(one.values())
        elif isinstance(one, Sequence):
            waiting.extend(one)
