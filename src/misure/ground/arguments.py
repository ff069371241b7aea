# SPDX-License-Identifier: Apache-2.0
"""Arguments of public functions that are of another kind than they must be: told by name, before anything is done with them.

>>> wanted("measure", None, int, "a Measure, as catalogue()[...] gives")
Traceback (most recent call last):
...
TypeError: measure is a Measure, as catalogue()[...] gives; got nothing
"""

from __future__ import annotations

import datetime as dt
import decimal
import fractions
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
    "shown",
    "text_argument",
    "wanted",
    "whole_number",
    "words_of_kind",
]

MOST_INDENT = 100
"""No JSON is indented by more: at each level so many blanks stand before each value."""


def shown(given: object) -> str:
    """A value as it is quoted in a message, for people who write no Python: short, and without asking foreign objects to print themselves.

    >>> [shown(value) for value in (None, True, 3, 0.5, "x", dt.date(2026, 1, 2), {}, 10**99)]
    ['nothing', 'true', '3', '0.5', "'x'", '2026-01-02', 'an empty mapping', 'a whole number of more than 60 digits']
    """
    if given is None or isinstance(given, bool):
        return {None: "nothing", True: "true", False: "false"}[given]
    if isinstance(given, str):
        return repr(str(given)) if len(given) <= _LONGEST_SHOWN else f"{str(given[:57])!r}..."
    if isinstance(given, int):
        return str(int(given)) if given.bit_length() <= _MOST_BITS else "a whole number of more than 60 digits"
    if isinstance(given, float):
        return float.__repr__(given)
    if isinstance(given, decimal.Decimal | fractions.Fraction):
        return kind_in_words(given) if len(text := str(given)) > _LONGEST_SHOWN else text
    if isinstance(given, dt.date | dt.time):
        return given.isoformat()
    words = kind_in_words(given)
    empty = isinstance(given, Mapping | list | tuple | set | frozenset) and not given
    return words.replace("a ", "an empty ", 1) if empty else words


_LONGEST_SHOWN = 60
_MOST_BITS = 200
"""A whole number of more bits has more than sixty digits."""


def words_of_kind(kind: type) -> str:
    """A kind of value in words; a class of this library by its name.

    >>> words_of_kind(dt.date), words_of_kind(str), words_of_kind(decimal.Decimal)
    ('a day', 'a text', 'a number')
    """
    if kind is type(None):
        return "nothing"
    for one, words in _IN_WORDS:
        if issubclass(kind, one):
            return words
    return f"{'an' if kind.__name__[0] in 'AEIOUaeiou' else 'a'} {kind.__name__}"


def kind_in_words(value: object) -> str:
    """What kind of thing was given, for people who write no Python; of an object of somebody's own only its type is known.

    >>> [kind_in_words(value) for value in (None, True, 3, 0.5, "x", {}, [], b"")]
    ['nothing', 'a yes or no', 'a whole number', 'a number', 'a text', 'a mapping', 'a list', 'bytes']
    """
    return words_of_kind(type(value))


_IN_WORDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "a yes or no"), (int, "a whole number"), (numbers.Number, "a number"), (str, "a text"),
    ((bytes, bytearray, memoryview), "bytes"), (Mapping, "a mapping"), ((list, tuple), "a list"), ((set, frozenset), "a set"),
    (dt.datetime, "an instant"), (dt.date, "a day"), (dt.time, "a time of day"),
)  # fmt: skip


def wanted(name: str, value: object, kind: type | tuple[type, ...], what: str) -> None:
    """Raise `TypeError` unless a value is of a kind, which `what` says in words."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {what}; got {kind_in_words(value)}")


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
        raise TypeError(f"{name} is a whole number from {least} to {most}; got {kind_in_words(value)}")
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
        raise TypeError(f"{name} is {what}; got {kind_in_words(value)}")
    return value
