# SPDX-License-Identifier: Apache-2.0
"""What a terminal can show: how wide it is, whether it has colours, and which characters it knows.

>>> shown_in("✗ 5 € · perché", "ascii")
"x 5 EUR - perche'"
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from typing import TextIO

__all__ = ["colours", "shown_in", "width"]

_WIDEST, _NARROWEST, _UNKNOWN = 120, 40, 100
_SPELT = {
    "✗": "x", "✓": "v", "○": "o", "•": "*", "·": "-", "–": "-", "€": "EUR", "«": '"', "»": '"', "“": '"', "”": '"',
    "’": "'", "£": "GBP", "°": "o", "º": "o", "ª": "a", "…": "...", "—": "-", "‐": "-", "‑": "-", "−": "-", "‘": "'",
    "„": '"', "§": "par.", "№": "N.", "™": "(TM)", "®": "(R)", "©": "(C)", "℃": "oC", "‰": " per mille", "×": "x",
    "≤": "<=", "≥": ">=", "≠": "!=",
}  # fmt: skip
_SAME = ("", "<wide>", "<narrow>", "<font>", "<noBreak>")
"""Decompositions into the same character, drawn otherwise."""
_AROUND = {
    "<super>": "^{}", "<sub>": "_{}", "<circle>": "({})", "<fraction>": "({})", "<compat>": "{}", "<square>": "{}",
}  # fmt: skip
"""What tells a character from those of which it is made: `x²` is not `x2`, and `1½` is not `112`."""


def width() -> int:
    """How wide the lines of the terminal are; 100 characters where there is none. `COLUMNS` overrules it."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_UNKNOWN, 24)).columns))


def colours(stream: TextIO | None) -> bool:
    """Whether to print in colour: on an open terminal that has colours, unless `NO_COLOR` says no."""
    if stream is None or stream.closed:
        return False
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def shown_in(text: str, encoding: str) -> str:
    """The text with what the encoding cannot write spelt otherwise: `€` as `EUR`, `perché` as `perche'`."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_spelt(character, encoding) for character in text)
    return text


def _spelt(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        if character in _SPELT:
            return _SPELT[character]
        return _plain(character) or "?"
    return character


def _plain(character: str) -> str:
    """The character in ASCII where that cannot be misread; "" where it can."""
    parts = unicodedata.normalize("NFD", character)
    # Italian typewriters write an accented letter with an apostrophe after it. What strikes a sign out is no accent.
    if len(parts) > 1 and parts[0].isascii() and parts[0].isalpha() and all(map(unicodedata.combining, parts[1:])):
        return f"{parts[0]}'"
    tag = unicodedata.decomposition(character).partition(" ")[0]
    plain = unicodedata.normalize("NFKD", character).replace("\N{FRACTION SLASH}", "/")
    if not plain.isascii():
        return ""
    if tag in _AROUND:
        whole = plain.isalpha() or tag not in ("<compat>", "<square>")
        return _AROUND[tag].format(plain) if whole or plain.startswith("(") or plain.isspace() else ""
    return plain if tag in _SAME or not tag.startswith("<") else ""
