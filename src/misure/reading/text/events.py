# SPDX-License-Identifier: Apache-2.0
r"""From a YAML or JSON text to texts with their places; nothing is typed, and nothing in a file is obeyed.

The tree is built from the events of PyYAML's C parser. Its composer is never used: it crashes the process on deep input
and follows aliases. Refused, each with its place: tags, anchors, aliases, keys given twice, keys that are not texts,
values that are empty, more than one document, characters that nobody sees, large files, deep nesting.

>>> tree = read_text("province: NO\nateco: 01.10", "applicant.yaml")
>>> tree["ateco"], tree["ateco"].place.line
('01.10', 2)
>>> read_text("a: 1\na: 2", "applicant.yaml")
Traceback (most recent call last):
...
misure.ground.errors.BadRules: applicant.yaml:2:1: the key 'a' is given twice; first at line 1
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import yaml

from misure.ground.errors import BadRules, MisureError
from misure.ground.place import BLANKS, Fault, Place, unseen
from misure.ground.whole_file import read_whole, refuse_pipes
from misure.reading.text.tree import Mapping, Node, Sequence
from misure.reading.text.written import Source, Written

__all__ = [
    "MOST_BYTES",
    "MOST_DEPTH",
    "MOST_FAULTS",
    "Raise",
    "decode",
    "load_bytes",
    "read_file",
    "read_parts",
    "read_text",
    "refused_character",
]

MOST_BYTES: Final = 1_000_000
"""A file larger than this is refused before it is parsed."""
MOST_FAULTS: Final = 200
"""After so many faults the rest of the file is not read."""
MOST_DEPTH: Final = 24
"""Mappings and lists nested deeper than this are refused."""

Raise = Callable[[Iterable[Fault]], MisureError]
"""The class of error that carries the faults: `BadRules` for rule files, `BadFacts` for facts."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = "has no value; a text with a comma, a colon, '#' or a brace must be in quotes"


def read_file(path: Path, error: Raise = BadRules, shown: str | None = None) -> Node:
    """Read a file; `shown` is the path that faults print."""
    shown = shown or str(path)
    return read_text(decode(load_bytes(path, error, shown), error, shown), shown, error)


def load_bytes(path: Path, error: Raise = BadRules, shown: str | None = None, *, pipes: bool = False) -> bytes:
    """The bytes of a file that is there, is a file, and is not too large; of a pipe that somebody writes where that is meant.

    Rule files are found by their names: a pipe that stands among them is none that anybody meant.
    """
    shown = shown or str(path)
    try:
        if not pipes:
            refuse_pipes(path)
        data = read_whole(path, MOST_BYTES + 1)
    except IsADirectoryError:
        raise error([Fault(Place(shown), "", "this is a folder, not a file")]) from None
    except FileNotFoundError:
        raise error([Fault(Place(shown), "", "there is no such file")]) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise error([Fault(Place(shown), "", f"the file cannot be read: {reason}")]) from None
    if len(data) > MOST_BYTES:
        raise error([_too_large(shown)])
    return data


def decode(data: bytes, error: Raise = BadRules, shown: str = "<text>") -> str:
    """The text of the bytes, which must be UTF-8; a byte order mark is dropped."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8", "replace")) + 1
        place = Place(shown, before.count(b"\n") + 1, column)
        raise error([Fault(place, "", "this is not UTF-8; save the file as UTF-8")]) from None


def read_text(text: str, path: str, error: Raise = BadRules) -> Node:
    """Read a text that stands, or seems to stand, in `path`."""
    root, faults = read_parts(text, path, error)
    if faults or root is None:
        raise error(faults)
    return root


def read_parts(text: str, path: str, error: Raise = BadRules) -> tuple[Node | None, list[Fault]]:
    """The tree of a text and its faults; None where it cannot be read to its end. Of a key that is given twice the second stays."""
    text = text.removeprefix("\ufeff")
    # Four bytes a character at most: the exact size is only worked out for texts that may be over it.
    if len(text) > MOST_BYTES or len(text) * 4 > MOST_BYTES < len(text.encode("utf-8", "replace")):
        raise error([_too_large(path)])
    source = Source(path, text)
    if refused := refused_character(source):
        raise error([refused])
    builder = _Builder(source)
    broken = False
    try:
        parser = _Loader(text)
        # Asking the parser itself costs half of what `yaml.parse` does: it looks at each event twice.
        while not builder.stopped and (event := parser.get_event()) is not None:
            builder.take(event)
    except yaml.MarkedYAMLError as problem:
        broken = True
        mark = problem.problem_mark or problem.context_mark
        place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        said = ", ".join(part for part in (problem.context, problem.problem) if part)
        builder.faults.append(Fault(place, "", f"this is not {_format(path)}: {said}"))
    except yaml.YAMLError as problem:
        broken = True
        builder.faults.append(Fault(Place(path), "", f"this is not {_format(path)}: {problem}"))
    if builder.root is None and not builder.faults:
        builder.faults.append(Fault(Place(path, 1, 1), "", "the file is empty"))
    return (None if broken or builder.stopped else builder.root), builder.faults


def refused_character(source: Source) -> Fault | None:
    """The first character of a text file that nobody would see there, such as one that turns the direction of the text."""
    for line in source.text.split("\n"):  # most lines print whole, and are passed over at once
        if not line.isprintable():
            break
    else:
        return None
    at = unseen(source.text, BLANKS)
    if at is None:
        return None
    return Fault(source.at(at), "", f"the character U+{ord(source.text[at]):04X} cannot stand in a text file")


def _format(path: str) -> str:
    return "JSON" if path.lower().endswith(".json") else "YAML"


def _too_large(shown: str) -> Fault:
    return Fault(Place(shown), "", f"the file is larger than {MOST_BYTES // 1000} kB")


class _Builder:
    """Builds the tree from the events, without recursion, and gathers what is wrong.

    Events are untyped here: the stubs of PyYAML know neither the C parser's marks nor which event has which field.
    """

    __slots__ = ("_key", "_open", "_source", "_waiting", "faults", "root", "stopped")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._open: list[Sequence | Mapping] = []
        self._key: Written | None = None
        self._waiting: list[Written | None] = []
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self.stopped = False

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            self._start(event, Mapping(self._source, event.start_mark))
        elif kind is yaml.SequenceStartEvent:
            self._start(event, Sequence(self._source, event.start_mark))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._open.pop()
            self._key = self._waiting.pop()
        elif kind is yaml.AliasEvent:
            self._fault(event, f"the alias *{event.anchor} is not allowed; write the value out")
            self._put(event, self._nothing(event))
        elif kind is yaml.DocumentStartEvent and self.root is not None:
            self._fault(event, "a second document begins here; a file holds one")
            self.stopped = True

    def _scalar(self, event: Any) -> None:
        style = event.style
        text = Written(event.value)
        text.stand(self._source, event.start_mark, event.end_mark, style)
        if event.tag is not None or event.anchor is not None:
            self._refuse_marks(event)
        # In double quotes an escape may write what the file itself may not hold.
        if style == '"' and (at := unseen(text, BLANKS)) is not None:
            what = f"the character U+{ord(text[at]):04X} cannot stand in a text"
            self.faults.append(Fault(text.place_at(at), "", what))
            self.stopped = self.stopped or len(self.faults) >= MOST_FAULTS
            text = self._nothing(event) if self._awaits_key() else text
        elif not text and not style:
            named = f"{str(self._key)!r} " if self._key is not None else "this "
            is_key = self._awaits_key()
            self._fault(event, "a key is empty" if is_key else named + _EMPTY)
        self._put(event, text)

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], Mapping) and self._key is None

    def _start(self, event: Any, node: Sequence | Mapping) -> None:
        if event.tag is not None or event.anchor is not None:
            self._refuse_marks(event)
        self._put(event, node)
        self._open.append(node)
        self._waiting.append(self._key)
        self._key = None
        if len(self._open) > MOST_DEPTH:
            self._fault(event, f"this is nested more than {MOST_DEPTH} deep")
            self.stopped = True

    def _put(self, event: Any, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        into = self._open[-1]
        if isinstance(into, Sequence):
            into.append(node)
        elif self._key is not None:
            into[self._key] = node
            self._key = None
        elif not isinstance(node, Written):
            self._fault(event, "a key must be a text; a text that begins with a brace or bracket must be in quotes")
            self._key = self._nothing(event)
        elif node in into:
            first = next(key for key in into if key == node).place.line
            self._fault(event, f"the key {str(node)!r} is given twice; first at line {first}")
            self._key = node
        else:
            self._key = node

    def _nothing(self, event: Any) -> Written:
        """An empty text where something stands that was refused."""
        text = Written()
        text.stand(self._source, event.start_mark, event.end_mark, None)
        return text

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault(event, f"the anchor &{event.anchor} is not allowed; write the value out where it is needed")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._fault(event, f"the tag {tag} is not allowed; every value is read as text")

    def _fault(self, event: Any, message: str) -> None:
        mark = event.start_mark
        self.faults.append(Fault(Place(self._source.path, mark.line + 1, mark.column + 1), "", message))
        self.stopped = self.stopped or len(self.faults) >= MOST_FAULTS
