# SPDX-License-Identifier: Apache-2.0
r"""Texts as the content of an XML element: what aids and measures are written with.

>>> escaped("A & B\r")
'A &amp; B&#13;'
>>> text_fault("A\x02")
'the character U+0002 cannot stand in XML'
"""

from __future__ import annotations

import re

from misure.ground.arguments import shown

__all__ = ["escaped", "text_fault"]

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """A text as the content of an element; a carriage return would otherwise be read as a new line."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def text_fault(text: object) -> str | None:
    """What keeps a text from being written and read back as it is."""
    if not isinstance(text, str):
        return f"expected a text; got {shown(text)}"
    forbidden = _FORBIDDEN.search(text)
    if forbidden is not None:
        return f"the character U+{ord(forbidden[0]):04X} cannot stand in XML"
    return None
