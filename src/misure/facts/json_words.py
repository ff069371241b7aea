# SPDX-License-Identifier: Apache-2.0
r"""What is wrong with a text that is no JSON, in words of our own: those of the parser change from one Python to the next.

>>> import json
>>> try:
...     json.loads('{"a": [1, 2,\n]}')
... except json.JSONDecodeError as error:
...     told_of('{"a": [1, 2,\n]}', error)
(11, 'a comma, and nothing after it')
"""

from __future__ import annotations

import json

__all__ = ["told_of"]

_VALUE, _NAME = "Expecting value", "Expecting property name enclosed in double quotes"
_WORDS = {
    _VALUE: "a value is expected here",
    _NAME: "a name in double quotes is expected here",
    "Expecting ',' delimiter": "a comma, or the end of what was opened, is expected here",
    "Expecting ':' delimiter": "a colon is expected here",
    "Unterminated string starting at": "no double quote closes the text that begins here",
    "Invalid control character at": "a line break or another control character cannot stand in a text",
    "Invalid \\escape": "no such thing follows a backslash in JSON",
    "Invalid \\uXXXX escape": "four hexadecimal digits are expected here",
    "Extra data": "something stands after the end",
}
"""By the words of the parser, as far as they begin a message of any Python."""
_CLOSES = {_VALUE: "]", _NAME: "}"}
_IDLE = ("Illegal trailing comma", "a comma, and nothing after it")


def told_of(text: str, error: json.JSONDecodeError) -> tuple[int, str]:
    """Where the text breaks off being JSON, and why: the same of every Python."""
    before = text[: error.pos].rstrip(" \t\r\n")
    if error.msg.startswith(_IDLE[0]):
        return error.pos, _IDLE[1]
    # A Python before 3.13 tells an idle comma at what closes the list or the object after it.
    if before.endswith(",") and text[error.pos : error.pos + 1] == _CLOSES.get(error.msg):
        return len(before) - 1, _IDLE[1]
    known = (words for begins, words in _WORDS.items() if error.msg.startswith(begins))
    return error.pos, next(known, "it cannot be read from here on")
