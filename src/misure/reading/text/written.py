# SPDX-License-Identifier: Apache-2.0
"""A text as it is written in a file: an ordinary `str` that knows its place.

A rule file is read as texts and nothing else: `NO` is Novara, `01.10` keeps its zero. What a text means is decided
later by whoever knows what should stand there, and a fault must then still be able to point at the right column.

>>> Written("NO")
'NO'
>>> Written("NO").place
Place(path='<text>', line=0, column=0)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from misure.ground.place import Lines, Place

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["Mark", "Source", "Written"]

_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r?\n[ \t]*|.)", re.DOTALL)
_BLANKS = re.compile(r"\s+")


class Mark(Protocol):
    """A point of a text as the YAML parser gives it, counted from 0 in characters."""

    @property
    def index(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class _At:
    """A point inside a text that was read as one."""

    index: int
    line: int
    column: int


class Source:
    """A file (or another text) that was read, kept so that a place inside a text can be found again."""

    __slots__ = ("_lines", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self._lines: Lines | None = None

    def at(self, index: int) -> Place:
        """The place of the character at `index`."""
        if self._lines is None:  # most texts never need it
            self._lines = Lines(self.text, self.path)
        return self._lines.place(index)


class Written(str):
    """One text of a file, with its place and its style. Equal to, and hashed as, the same text written elsewhere."""

    __slots__ = ("_end", "_source", "_start", "_style")

    _source: Source
    _start: Mark
    _end: Mark
    _style: str

    def stand(self, source: Source, start: Mark, end: Mark, style: str | None) -> None:
        """Remember where the text stands. Called once, by the reader."""
        self._source, self._start, self._end, self._style = source, start, end, style or ""

    @property
    def place(self) -> Place:
        """Where the text begins, its opening quote included."""
        start = getattr(self, "_start", None)
        return Place(self._source.path, start.line + 1, start.column + 1) if start else Place("<text>")

    @property
    def style(self) -> Literal["plain", "quoted", "block"]:
        """How it was written: only a plain text could have been a number, a date or the word null."""
        mark = getattr(self, "_style", "")
        return "plain" if not mark else "quoted" if mark in "'\"" else "block"

    def place_at(self, offset: int) -> Place:
        """Where the character at `offset` of the text stands in the file.

        Exact for plain and quoted texts, and for folded ones as long as they hold no blank lines of their own.
        """
        if not hasattr(self, "_start"):
            return Place("<text>", 1, offset + 1)
        start, end = self._start, self._end
        offset = min(offset, len(self))
        if not self._style and start.line == end.line:
            return Place(self._source.path, start.line + 1, start.column + 1 + offset)
        raw = self._source.text[start.index : end.index]
        return self._source.at(start.index + _raw_offset(self, raw, self._style, offset))

    def after(self, offset: int) -> Written:
        """What stands from `offset` on, with its place: the second word of a text of two."""
        rest = Written(self[offset:])
        if hasattr(self, "_start"):
            place = self.place_at(offset)
            at = _At(self._start.index + offset + (self.style == "quoted"), place.line - 1, place.column - 1)
            rest.stand(self._source, at, self._end, None)
        return rest

    def beside(self, text: str) -> Written:
        """A text of our own that stands where this one does: a name that follows from what is written there."""
        own = Written(text)
        if hasattr(self, "_start"):
            own.stand(self._source, self._start, self._end, None)
        return own

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        # An editor types what we read as text: `10` is a number to it and `true` a boolean.
        return {"type": ["string", "number", "boolean"]}


def _raw_offset(text: str, raw: str, style: str, offset: int) -> int:
    """How far into `raw`, the text as it stands in the file, the character at `offset` of `text` is found."""
    at = 0
    if style in ("|", ">"):
        at = raw.find("\n") + 1
    elif style:
        at = 1
    if style in ("|", ">") and (blanks := _BLANKS.match(raw, at)):
        at = blanks.end()
    done = 0
    while done < offset and at < len(raw):
        char = raw[at]
        if style == '"' and char == "\\" and (escape := _ESCAPE.match(raw, at)):
            at = escape.end()
            done += 0 if "\n" in escape.group() else 1
        elif style == "'" and raw.startswith("''", at):
            at, done = at + 2, done + 1
        elif char in " \t\r\n" and (blanks := _BLANKS.match(raw, at)) and "\n" in blanks.group():
            # A line break and the blanks around it were folded into what stands here in the text.
            at = blanks.end()
            inside = _BLANKS.match(text, done)
            done = max(inside.end() if inside else done, done)
        else:
            at, done = at + 1, done + 1
    return min(at, len(raw))
