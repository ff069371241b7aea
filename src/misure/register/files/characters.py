# SPDX-License-Identifier: Apache-2.0
r"""The characters that XML 1.0 forbids and the register writes all the same: left out and counted, however they are written.

They come as bytes of their own (`0x02`) and as references (`&#2;`, `&#x2;`). A reference is none inside a section of
characters, a comment or an instruction, and stays there as it is.

>>> strainer = Strainer()
>>> strainer.strain(b"A\x02B&#2;C&#x1a;&#10;<![CDATA[&#2;]]>"), strainer.control, strainer.references
(b'ABC&#10;<![CDATA[&#2;]]>', {2: 1}, {2: 1, 26: 1})
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["CONTROL", "Strainer", "as_written", "left_out", "strained"]

CONTROL = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
"""The bytes that XML 1.0 forbids."""
_TOKEN = re.compile(rb"<!\[CDATA\[|<!--|<\?|&#(?:x([0-9A-Fa-f]++)|([0-9]++));")
_CLOSES = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
_BEYOND = 0x110000
"""Stands for every number that is beyond all characters."""
_HALF = re.compile(
    rb"(?:&(?:#(?:x[0-9A-Fa-f]*|[0-9]*))?|<(?:!(?:\[(?:C(?:D(?:A(?:T(?:A)?)?)?)?)?|-*)|\?*)|\]\]?|--?|\?)\Z"
)
"""The beginning of a token, at the end of a text; of one that ends, too, where more of its last character may follow."""
_LONGEST = 64
"""No token of a file is longer."""
_MOST_SHOWN = 20


class Strainer:
    """Leaves forbidden characters out of a document that is handed over in slices, none of which ends inside a tag."""

    __slots__ = ("_closes", "control", "references")

    def __init__(self) -> None:
        self.control: dict[int, int] = {}
        """The forbidden bytes that were left out, and how often each."""
        self.references: dict[int, int] = {}
        """The same of references, by the number of the character."""
        self._closes: bytes | None = None
        """What ends the section, comment or instruction in which the last slice ended."""

    def strain(self, raw: bytes) -> bytes:
        """What is left of the next slice."""
        plain = raw.translate(None, CONTROL)
        if len(plain) != len(raw):
            for byte in CONTROL:
                if times := raw.count(byte):
                    self.control[byte] = self.control.get(byte, 0) + times
        # Nearly every slice has nothing of it: one character is looked for faster than two.
        if self._closes is None and not (
            (b"#" in plain and b"&#" in plain)
            or (b"!" in plain and b"<!" in plain)
            or (b"?" in plain and b"<?" in plain)
        ):
            return plain
        kept, begins = [], 0
        for found, character in self._forbidden(plain):
            self.references[character] = self.references.get(character, 0) + 1
            kept.append(plain[begins : found.start()])
            begins = found.end()
        return b"".join((*kept, plain[begins:])) if kept else plain

    def begin_anew(self) -> None:
        """What comes next begins outside every section and comment."""
        self._closes = None

    def again(self, raw: bytes) -> bytes:
        """The same of a slice that was counted before, and outside of which nothing is open."""
        other = Strainer()
        plain = other.strain(raw)
        self._closes = other._closes
        return plain

    def _forbidden(self, plain: bytes) -> Iterator[tuple[re.Match[bytes], int]]:
        at = 0
        while True:
            if self._closes is not None:
                end = plain.find(self._closes, at)
                if end < 0:
                    return
                at, self._closes = end + len(self._closes), None
            found = _TOKEN.search(plain, at)
            if found is None:
                return
            at = found.end()
            self._closes = _CLOSES.get(found[0])
            if self._closes is None and not _allowed(character := _number(found)):
                yield found, character


def strained(pieces: Iterator[bytes], strainer: Strainer) -> Iterator[bytes]:
    """The pieces of a document, which may end anywhere, without what XML forbids; what is half told waits for the next."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        half = _HALF.search(text, max(0, len(text) - _LONGEST))
        cut = len(text) if half is None else half.start()
        rest = text[cut:]
        yield strainer.strain(text[:cut])
    yield strainer.strain(rest)


def as_written(whole: bytes, index: int) -> int:
    """The place in the raw text, which begins outside every section, of a byte counted without what was left out."""
    index = max(index, 0)
    if b"&#" in whole:
        for found, _ in Strainer()._forbidden(whole.translate(None, CONTROL)):  # noqa: SLF001 (it is its own)
            if found.start() > index:
                break
            index += found.end() - found.start()
    at = index
    while at < len(whole) and (missing := index - len(whole[:at].translate(None, CONTROL))) > 0:
        at += missing
    while at < len(whole) and whole[at] in CONTROL:
        at += 1
    return min(at, len(whole))


def left_out(strainer: Strainer) -> str:
    """What was left out and how often, for people; empty where nothing was."""
    told = [f"0x{byte:02X} {times} times" for byte, times in sorted(strainer.control.items())]
    for character, times in sorted(strainer.references.items())[:_MOST_SHOWN]:
        told.append(f"{f'&#{character};' if character < _BEYOND else 'references beyond Unicode'} {times} times")
    return ", ".join(told)


def _number(found: re.Match[bytes]) -> int:
    hexadecimal, decimal = found[1], found[2]
    digits = (hexadecimal or decimal).lstrip(b"0") or b"0"
    return _BEYOND if len(digits) > 7 else min(_BEYOND, int(digits, 16 if hexadecimal else 10))


def _allowed(character: int) -> bool:
    return (
        character in {0x09, 0x0A, 0x0D}
        or 0x20 <= character <= 0xD7FF
        or 0xE000 <= character <= 0xFFFD
        or 0x10000 <= character < _BEYOND
    )
