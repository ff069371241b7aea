# SPDX-License-Identifier: Apache-2.0
"""What a file holds once it is read: texts, sequences and mappings, each with its place, and no types yet.

The three are an ordinary `str`, `list` and `dict`, so whoever does not care about places can ignore them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias, Union

from misure.ground.place import Place
from misure.reading.text.written import Mark, Source, Written

__all__ = ["Mapping", "Node", "Plain", "Sequence", "key_of", "path_of", "place_of", "plain"]

Node: TypeAlias = Union[Written, "Sequence", "Mapping"]
Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"]
"""What a YAML file says, as plain values: texts, lists and mappings of them."""


class Sequence(list[Node]):
    """A list of a file."""

    __slots__ = ("_source", "_start")

    def __init__(self, source: Source, start: Mark) -> None:
        super().__init__()
        self._source, self._start = source, start

    def bare(self) -> Sequence:
        """One without content that stands at the same place."""
        return Sequence(self._source, self._start)

    @property
    def place(self) -> Place:
        return Place(self._source.path, self._start.line + 1, self._start.column + 1)


class Mapping(dict[Written, Node]):
    """A mapping of a file. Its keys are texts with their own places."""

    __slots__ = ("_source", "_start")

    def __init__(self, source: Source, start: Mark) -> None:
        super().__init__()
        self._source, self._start = source, start

    def bare(self) -> Mapping:
        """One without content that stands at the same place."""
        return Mapping(self._source, self._start)

    @property
    def place(self) -> Place:
        return Place(self._source.path, self._start.line + 1, self._start.column + 1)


def plain(node: Node) -> Plain:
    """The same content as an exact `str`, `list` or `dict`, without places.

    >>> from misure.reading.text.events import read_text
    >>> plain(read_text("sizes: [NO, 01.10]", "<facts>"))
    {'sizes': ['NO', '01.10']}
    """
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node]
    return str(node)


def key_of(mapping: Mapping, key: str) -> Written:
    """The key as it is written, with its place."""
    return next(written for written in mapping if written == key)


def path_of(text: str) -> tuple[str | int, ...]:
    """The path that a fault prints.

    >>> path_of("fairs[2].ends_on")
    ('fairs', 2, 'ends_on')
    """
    return tuple(int(step) if step.isdigit() else step for step in _STEP.findall(text))


_STEP = re.compile(r"[^.\[\]]+")
"""One step of a path as it is printed."""


def place_of(node: Node, loc: Iterable[str | int]) -> Place:
    r"""Where the value at the path `loc` stands, or else the nearest value around it.

    Steps that the tree does not have are passed over.

    >>> from misure.reading.text.events import read_text
    >>> tree = read_text("a:\n  - b: 1\n    c: 2", "x.yaml")
    >>> print(place_of(tree, ("a", 0, "c")), place_of(tree, ("a", 0, "d")))
    x.yaml:3:8 x.yaml:2:5
    """
    for step in loc:
        if isinstance(node, Mapping) and step in node:
            node = node[step]  # type: ignore[index]  # a plain text finds the written key equal to it
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
    return node.place
