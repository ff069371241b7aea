# SPDX-License-Identifier: Apache-2.0
"""The text of an act as a file holds it: read with every fault told, and parted into its pages."""

from __future__ import annotations

import codecs
import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place
from misure.ground.whole_file import read_whole, refuse_pipes

__all__ = ["MOST_BYTES", "ActText", "read_act_text"]

MOST_BYTES: Final = 2_000_000
"""A larger file is refused before it is read: two hundred pages of an act are a fifth of a megabyte."""
MOST_PAGES: Final = 5_000
"""A text of more pages is no act."""
_LEAST_LETTERS: Final = 200
"""An act of fewer letters has no text: its pages were scanned as pictures, or the file is another one."""
_KINDS = (
    (b"%PDF", "this is a PDF: write its text into a file, for example with 'pdftotext -layout ACT.pdf ACT.txt'"),
    (b"PK\x03\x04", "this is a zip archive, as .docx, .odt and .p7m exports are: save the act as plain text"),
    (b"\xd0\xcf\x11\xe0", "this is an office document: save the act as plain text"),
    (b"{\\rtf", "this is rich text: save the act as plain text"),
    (b"\x89PNG", "this is a picture: an act that was scanned has to be read first"),
    (b"\xff\xd8\xff", "this is a picture: an act that was scanned has to be read first"),
)
_OTHER_ENCODINGS = ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))


@dataclass(frozen=True, slots=True)
class ActText:
    """An act's text: its characters as they stand in the file, where each page begins, and the SHA-256 of the file."""

    path: str
    text: str
    starts: tuple[int, ...]
    sha256: str

    @classmethod
    def of(cls, text: str, path: str = "<act>", sha256: str = "") -> ActText:
        r"""The text of an act, its pages parted by form feeds.

        >>> ActText.of("prima\fseconda").pages
        2
        """
        starts, at = [0], text.find("\f")
        while at != -1:
            starts.append(at + 1)
            at = text.find("\f", at + 1)
        if len(starts) > 1 and not text[starts[-1] :].strip():
            starts.pop()  # a form feed ends the last page as well
        return cls(path, text, tuple(starts), sha256 or hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.starts)

    def page_of(self, at: int) -> int:
        """The page on which a character stands, counted from 1."""
        return bisect_right(self.starts, at)

    def offset_of(self, at: int) -> int:
        """How many characters of its page stand before a character."""
        return at - self.starts[self.page_of(at) - 1]


def read_act_text(path: Path) -> ActText:
    """Read the text of an act.

    Raises:
        BadFacts: It is no file, no text in UTF-8, too large, or has no text.
    """
    shown = str(path)
    try:
        refuse_pipes(path)
        data = read_whole(path, MOST_BYTES + 1)
    except IsADirectoryError:
        raise _bad(shown, "this is a folder, not a file") from None
    except FileNotFoundError:
        raise _bad(shown, "there is no such file") from None
    except (OSError, ValueError) as problem:
        raise _bad(shown, f"the file cannot be read: {getattr(problem, 'strerror', None) or problem}") from None
    if len(data) > MOST_BYTES:
        raise _bad(
            shown, f"the file has more than {MOST_BYTES // 1_000_000} MB: the text of an act has a fraction of one"
        )
    for magic, told in _KINDS:
        if data.startswith(magic):
            raise _bad(shown, told)
    text = _decoded(data, shown)
    if sum(map(str.isalpha, text)) < _LEAST_LETTERS:
        what = "the file is empty" if not text.strip() else "hardly a letter stands in it"
        raise _bad(shown, f"{what}: an act that was scanned as pictures has no text, and has to be read first")
    if text.count("\f") >= MOST_PAGES:
        raise _bad(shown, f"the file has more than {MOST_PAGES} pages: no act has so many")
    return ActText.of(text, shown, hashlib.sha256(data).hexdigest())


def _decoded(data: bytes, shown: str) -> str:
    for mark, name in _OTHER_ENCODINGS:
        if data.startswith(mark):
            raise _bad(shown, f"this is {name}, not UTF-8; save the file as UTF-8")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line, column = before.count(b"\n") + 1, problem.start - (before.rfind(b"\n") + 1) + 1
        raise BadFacts([Fault(Place(shown, line, column), "", "this is not UTF-8; save the file as UTF-8")]) from None
    at = text.find("\0")
    if at != -1:
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        raise BadFacts([Fault(Place(shown, line, column), "", "the character U+0000 cannot stand in a text")])
    return text


def _bad(shown: str, message: str) -> BadFacts:
    return BadFacts([Fault(Place(shown), "", message)])
