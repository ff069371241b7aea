# SPDX-License-Identifier: Apache-2.0
"""Where each value of a JSON text stands. The parser does not say; this is asked only when something is wrong.

>>> [(value.path, value.lexeme) for value in json_values('{"a": [1, true]}')]
[((), '{'), (('a',), '['), (('a', 0), '1'), (('a', 1), 'true')]
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from misure.facts.dossier import Path
from misure.ground.place import Lines, Place

__all__ = ["MOST_DEPTH", "JsonPlaces", "JsonValue", "json_values"]

MOST_DEPTH = 24
"""No facts are nested deeper; the deepest that are used have five levels."""

_LEXEME = re.compile(r'[ \t\r\n]*("[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},:]|[^ \t\r\n\[\]{},:"]+)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class JsonValue:
    """One value: its path, the offset of its name ("" of the object around it; its own in a list), its own, its lexeme."""

    path: Path
    name_at: int
    at: int
    lexeme: str


def json_values(text: str) -> Iterator[JsonValue]:
    """Every value of a text that the parser took, a container before what it holds; ends at what is nested too deeply."""
    path: list[str | int] = []
    kinds: list[str] = []
    named, name_at = False, 0
    for match in _LEXEME.finditer(text):
        lexeme, at = match[1], match.start(1)
        if lexeme == ",":
            named = kinds[-1] == "{"
            if not named:
                path[-1] = int(path[-1]) + 1
        elif lexeme in "]}":
            named = False
            kinds.pop()
            path.pop()
        elif named and lexeme != ":":
            path[-1], name_at, named = json.loads(lexeme), at, False
        elif lexeme != ":":
            in_list = not kinds or kinds[-1] == "["
            yield JsonValue(tuple(path), at if in_list else name_at, at, lexeme)
            if lexeme in "[{":
                if len(kinds) == MOST_DEPTH:
                    return
                kinds.append(lexeme)
                named = lexeme == "{"
                path.append("" if named else 0)


class JsonPlaces:
    """Tells where the value of a path stands; of a path that is not there, the nearest part around it."""

    __slots__ = ("_lines", "_offsets", "_source", "_text")

    def __init__(self, text: str, source: str) -> None:
        self._text, self._source = text, source
        self._lines: Lines | None = None
        self._offsets: dict[Path, int] = {}

    def __call__(self, path: Path) -> Place:
        if not self._offsets:
            self._offsets = {value.path: value.at for value in json_values(self._text)}
            self._lines = Lines(self._text, self._source)
        while path and path not in self._offsets:
            path = path[:-1]
        lines = self._lines or Lines(self._text, self._source)
        return lines.place(self._offsets.get(path, 0))
