# SPDX-License-Identifier: Apache-2.0
"""Arguments of public functions that are of another kind than they must be: told by name, before anything is done with them.

>>> wanted("measure", None, int, "a Measure, as catalogue()[...] gives")
Traceback (most recent call last):
...
TypeError: measure is a Measure, as catalogue()[...] gives; got None
"""

from __future__ import annotations

import datetime as dt
import numbers
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = [
    "MOST_INDENT",
    "indent_of",
    "is_no",
    "kind_in_words",
    "one_of",
    "several",
    "shown_kind",
    "text_argument",
    "wanted",
    "whole_number",
]

MOST_INDENT = 100
"""No JSON is indented by more: at each level so many blanks stand before each value."""


def shown_kind(value: object) -> str:
    """What was given, in a few words: none of the value itself, which may be anybody's data."""
    name = type(value).__name__
    return "None" if value is None else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def kind_in_words(value: object) -> str:
    """What kind of thing was given, for people who write no Python; of an object of somebody's own only its type is known.

    >>> [kind_in_words(value) for value in (None, True, 3, 0.5, "x", {}, [], b"")]
    ['nothing', 'a yes or no', 'a whole number', 'a number', 'a text', 'a mapping', 'a list', 'bytes']
    """
    if value is None:
        return "nothing"
    for kind, words in _IN_WORDS:
        if isinstance(value, kind):
            return words
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


_IN_WORDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "a yes or no"), (int, "a whole number"), (numbers.Number, "a number"), (str, "a text"),
    ((bytes, bytearray, memoryview), "bytes"), (Mapping, "a mapping"), ((list, tuple, set, frozenset), "a list"),
    (dt.datetime, "an instant"), (dt.date, "a day"), (dt.time, "a time of day"),
)  # fmt: skip


def wanted(name: str, value: object, kind: type | tuple[type, ...], what: str) -> None:
    """Raise `TypeError` unless a value is of a kind, which `what` says in words."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {what}; got {shown_kind(value)}")


def is_no(value: object, kind: type | tuple[type, ...]) -> bool:
    """Whether a value is of another kind than its annotation says: callers without a type checker hand over anything."""
    return not isinstance(value, kind)


def text_argument(name: str, value: object, what: str = "a text") -> None:
    """Raise `TypeError` unless a value is a text."""
    wanted(name, value, str, what)


def whole_number(name: str, value: object, least: int, most: int) -> int:
    """A whole number between two others; a truth is none.

    Raises:
        TypeError: It is no whole number.
        ValueError: It lies outside.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is a whole number from {least} to {most}; got {shown_kind(value)}")
    if not least <= value <= most:
        raise ValueError(f"{name} is a whole number from {least} to {most}; got one outside")
    return value


def indent_of(value: object) -> int | str | None:
    r"""By what a JSON text is indented: how many blanks, the blanks themselves, or None for one line.

    >>> indent_of(2), indent_of("\t"), indent_of(None)
    (2, '\t', None)

    Raises:
        TypeError: It is none of these.
        ValueError: There are too many blanks, or other characters than blanks.
    """
    if value is None:
        return None
    if isinstance(value, str):
        if value.strip(" \t") or len(value) > MOST_INDENT:
            raise ValueError(f"indent is at most {MOST_INDENT} blanks; got other text")
        return value
    return whole_number("indent", value, 0, MOST_INDENT)


def one_of(value: object, choices: Iterable[str]) -> bool:
    """Whether a value is one of some words: anything may be asked, also what cannot be looked up.

    >>> one_of([3], ("strict", "lenient"))
    False
    """
    return isinstance(value, str) and value in tuple(choices)


def several(name: str, value: object, what: str) -> Iterable[Any]:
    """A value to go through.

    Raises:
        TypeError: There is nothing to go through.
    """
    if isinstance(value, str | bytes | type) or not isinstance(value, Iterable):
        raise TypeError(f"{name} is {what}; got {shown_kind(value)}")
    return value
