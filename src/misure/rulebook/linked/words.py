# SPDX-License-Identifier: Apache-2.0
"""Names and sentences of a rulebook that comes as data: what may stand in a program, in a path and on a page."""

from __future__ import annotations

import keyword
import re

from misure.ground.place import BLANKS, unseen
from misure.rulebook.rules import Rulebook

__all__ = ["is_id", "is_name", "strange_sentence", "strange_text"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_ID = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*", re.ASCII)
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


def is_name(text: str) -> bool:
    """Whether a text can be the name of something in a program.

    >>> is_name("minimum_firms"), is_name("a b"), is_name("class"), is_name("")
    (True, False, False, False)
    """
    return bool(_NAME.fullmatch(text)) and not keyword.iskeyword(text)


def is_id(text: str) -> bool:
    """Whether a text can be the id of a measure.

    >>> is_id("lombardia/filiere"), is_id("../filiere"), is_id("filiere")
    (True, False, False)
    """
    return len(text) <= 200 and bool(_ID.fullmatch(text))


def strange_text(text: str) -> str:
    """What is wrong with a text; "" where nothing is."""
    return "a text holds a character that cannot stand in a text file" if unseen(text, BLANKS) is not None else ""


def strange_sentence(text: str, book: Rulebook) -> str:
    """What is wrong with the values that a sentence puts in; "" where nothing is."""
    for found in _BRACES.finditer(text):
        name = found.group(1)
        if name is None:
            return "a brace stands alone in its sentence"
        if name not in book.parameters and name not in book.definitions:
            return f"its sentence asks for {name[:40]!r}, which nothing is called"
    return ""
