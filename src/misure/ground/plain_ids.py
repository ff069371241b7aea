# SPDX-License-Identifier: Apache-2.0
"""The one writing of an id that an office gives, such as a protocol number, wherever it enters the library, and what is none."""

from __future__ import annotations

from unicodedata import is_normalized, normalize

__all__ = ["NO_ID", "TWO_HAVE_IT", "is_an_id", "is_plain", "plain_id"]

_LONGEST = 100
NO_ID = f"an id is a printable text of 1 to {_LONGEST} characters"
TWO_HAVE_IT = "two applications have this id"

_BLANKS = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What looks like a blank. A tab or the end of a line at its end is no slip of a hand: such a text is no id."""


def plain_id(text: str) -> str:
    r"""An id without the blanks at its ends, its letters composed: a Mac parts them, a spreadsheet adds blanks, and nobody sees it.

    >>> plain_id(" D-1 "), plain_id("citta\u0300") == "citt\u00e0"
    ('D-1', True)
    """
    text = text.strip(_BLANKS) or text
    return text if text.isascii() or is_normalized("NFC", text) else normalize("NFC", text)


def is_plain(text: str) -> bool:
    r"""Whether a text is written as it is compared: all of it prints, its letters are composed, and no blanks stand at its ends.

    >>> is_plain("D-1"), is_plain(" D-1"), is_plain("citta\u0300"), is_plain("D\u202e-1")
    (True, False, False, False)
    """
    return text.isprintable() and text.strip() == text and (text.isascii() or is_normalized("NFC", text))


def is_an_id(text: str) -> bool:
    r"""Whether people can tell an application by this text, in its one writing.

    >>> is_an_id("D-1"), is_an_id(""), is_an_id("D\u202e-1"), is_an_id("x" * 101)
    (True, False, False, False)
    """
    return bool(text.strip()) and text.isprintable() and len(text) <= _LONGEST
