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
    "’": "'", "£": "GBP", "°": "o", "º": "o", "ª": "a", "…": "...",
}  # fmt: skip


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
        # Italian typewriters write an accented letter with an apostrophe after it.
        plain = unicodedata.normalize("NFKD", character)
        letters = "".join(part for part in plain if part.isascii())
        return (letters + "'" if letters.isalpha() and len(plain) > len(letters) else letters) or "?"
    return character
