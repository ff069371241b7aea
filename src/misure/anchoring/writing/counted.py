# SPDX-License-Identifier: Apache-2.0
"""What a bare number counts: the words after it, and whether two numbers count the same: `due preventivi` are no `due imprese`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

__all__ = ["counted_after", "ends", "joins", "same_counted", "stems", "words_in"]

_JOINING: Final = frozenset(
    """del dello della dell dei degli delle di ed in con per su al allo alla all ai agli alle da dal dalla che cui come nonch\u00e9 recante
    recanti avente aventi concernente concernenti relativo relativa relativi relative convertito convertita sul sulla sui final bis ter il
    la lo le gli co comma""".split()
)  # fmt: skip
"""Words that go on after a number that counts nothing."""
_CLOSING: Final = frozenset(
    "o od e ma anche oppure ovvero entro oltre secondo se sono non fino a a\u0300 \u00e8 tra fra presso salvo dopo prima ogni".split()
)
_WORD = re.compile(r"\s+([^\W\d_]+)")
_ANY_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST_WORDS = 2
"""A noun stands among so many words after its number: `tre distinti preventivi`."""
_STEM = 6
_SHORTEST = 3


def joins(word: str) -> bool:
    """Whether a word only goes on after a number, which does not count it."""
    return word in _JOINING


def ends(word: str) -> bool:
    """Whether a word can end what was being said: it does not join, and is no preposition and no verb that goes on."""
    return not joins(word) and word not in _CLOSING and len(word) >= _SHORTEST


def counted_after(text: str, end: int) -> tuple[str, ...]:
    """The words after a number that may be what it counts, up to the first that only joins.

    >>> counted_after("tre distinti preventivi di ditte", 3), counted_after("sono tre, e basta", 8)
    (('distinti', 'preventivi'), ())
    """
    found: list[str] = []
    while len(found) < _MOST_WORDS and (word := _WORD.match(text, end)):
        said = word[1].lower()
        if not ends(said):
            break
        found.append(said)
        end = word.end()
    return tuple(found)


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """A word without its ending, so that one and several are alike: `impresa` and `imprese`, `amica` and `amiche`."""
    return word.rstrip("aeiou\u00e0\u00e8\u00e9\u00ec\u00f2\u00f9").removesuffix("h")[:_STEM]


def stems(words: Iterable[str]) -> frozenset[str]:
    """The stems of some words; of those too short to tell anything none."""
    return frozenset(_stem(word) for word in words if len(word) >= _SHORTEST)


def words_in(text: str) -> list[str]:
    """The words of a text in small letters, without the shortest."""
    return _ANY_WORD.findall(text.lower())


def same_counted(one: tuple[str, ...], around: str, other: tuple[str, ...], beside: str) -> bool:
    """Whether two numbers count the same: a noun after both, or the noun of one in what is said around the other.

    `one` and `other` are the words after each (see `counted_after`); `around` and `beside` the sentences in which they stand.
    """
    if one and other:
        return bool(stems(one) & stems(other))
    if one or other:
        return bool(stems(one or other) & stems(words_in(beside if one else around)))
    return True
