# SPDX-License-Identifier: Apache-2.0
"""Where in a file something stands, and what is wrong with it there.

>>> print(Fault(Place("rules/a.yaml", 7, 3), "grant", "no fact is called 'turnovr'", "turnover"))
rules/a.yaml:7:3: grant: no fact is called 'turnovr'; did you mean 'turnover'?
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from misure._reopen import by_public_name

__all__ = [
    "BLANKS",
    "MOST_TOLD",
    "Fault",
    "Hints",
    "Lines",
    "Place",
    "few_hints",
    "nearest",
    "told",
    "unseen",
    "visible",
]


BLANKS = "\t\n\r\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Blanks of any width, which are typography; line separators, which no editor counts as lines and YAML does, are not among them."""


@by_public_name
@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file (or `<facts>`), a line and a column, both counted from 1; line 0 when only the file is known."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        path = visible(self.path)
        return f"{path}:{self.line}:{self.column}" if self.line else path


@by_public_name
@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its place, the id of what it concerns, what is wrong, and the nearest right name."""

    place: Place
    subject: str
    message: str
    suggestion: str | None = None

    def __str__(self) -> str:
        subject = f"{self.subject}: " if self.subject else ""
        hint = f"; did you mean {self.suggestion!r}?" if self.suggestion else ""
        return f"{self.place}: {visible(f'{subject}{self.message}{hint}')}"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order in which faults are printed: by file, then as the eye goes down it."""
        # Who hands over a mapping may have keys that are no text.
        # Of records that have no line, the second comes before the tenth.
        subject = _NUMBER.sub(lambda found: found[0].zfill(_WIDEST), str(self.subject))
        return (self.place.path, self.place.line, self.place.column, subject, self.message)


_NUMBER, _WIDEST = re.compile("[0-9]+"), 12

MOST_TOLD = 1_000
"""So many faults are told in words: nobody reads more, and a file may hold hundreds of thousands."""


def told(faults: Sequence[Fault], most: int = MOST_TOLD) -> Iterator[str]:
    """The lines that tell faults: the first of them, and how many more there are.

    >>> list(told([Fault(Place("a.csv", 1), "", "no"), Fault(Place("a.csv", 2), "", "no")], 1))
    ['a.csv:1:0: no', '... and 1 more']
    """
    yield from map(str, faults[:most])
    if len(faults) > most:
        yield f"... and {len(faults) - most} more"


def nearest(name: object, names: Iterable[object]) -> str | None:
    """The right name that looks most like `name`, if any does.

    >>> nearest("lombardia/filere", ["lombardia/filiere", "lombardia/piano-export-2025"])
    'lombardia/filiere'
    >>> nearest("GEN", ["gen", "sgei"])
    'gen'
    """
    left = _left.get()
    if left is not None and left[0] <= 0:
        return None
    known = [one for one in names if isinstance(one, str)]
    if not isinstance(name, str):
        return None
    if left is not None:
        left[0] -= len(known)
    found = difflib.get_close_matches(name[:200], known, n=1, cutoff=0.6)
    if found:
        return found[0]
    small = {one.lower(): one for one in reversed(known)}
    found = difflib.get_close_matches(name[:200].lower(), small, n=1, cutoff=0.6)
    return small[found[0]] if found and name != name.lower() else None


_left: ContextVar[list[int] | None] = ContextVar("comparisons that are left", default=None)


@contextmanager
def few_hints(most: int = 20_000) -> Iterator[None]:
    """While a whole input is read: after so many comparisons with right names the wrong ones are told without the nearest.

    Each hint costs a comparison with every right name, and whoever writes an input decides how many there are of both.

    >>> with few_hints(3):
    ...     nearest("alfo", ["alfa", "beta"]), nearest("alfo", ["alfa", "beta"]), nearest("alfo", ["alfa"])
    ('alfa', 'alfa', None)
    """
    if _left.get() is not None:  # what is read inside another input has its share
        yield
        return
    token = _left.set([most])
    try:
        yield
    finally:
        _left.reset(token)


class Hints:
    """The nearest right names of many wrong ones.

    Each costs a comparison with every name, and nobody reads the hundredth: after so many comparisons there is no hint.

    >>> hints = Hints(["alfa", "beta"])
    >>> hints("alfo"), hints("gamma")
    ('alfa', None)
    """

    def __init__(self, names: Iterable[str], most: int = 20_000) -> None:
        self._names = sorted(names)
        self._left = most

    def __call__(self, name: str) -> str | None:
        if self._left <= 0:
            return None
        self._left -= len(self._names)
        return nearest(name, self._names)


class Lines:
    r"""The lines of a text, so that the place of any offset is found at once.

    >>> print(Lines("a: 1\nb: 2", "facts.yaml").place(8))
    facts.yaml:2:4
    """

    def __init__(self, text: str, source: str) -> None:
        self._source = source
        self._ends = [at for at, character in enumerate(text) if character == "\n"]

    def place(self, offset: int) -> Place:
        """The line and the column of an offset, both from 1."""
        line = bisect_left(self._ends, offset)
        return Place(self._source, line + 1, offset - (self._ends[line - 1] if line else -1))


def unseen(text: str, besides: str = "") -> int | None:
    r"""The offset of the first character that does not print, None where all do; those of `besides` may stand there.

    Control characters, marks that turn the direction of the text, characters of no width: who reads the text does not see
    what it says.

    >>> unseen("dieci\u202e imprese"), unseen("dieci imprese"), unseen("a\tb"), unseen("a\tb", "\t")
    (5, None, 1, None)
    """
    if text.isprintable():
        return None
    return next((at for at, one in enumerate(text) if not one.isprintable() and one not in besides), None)


def visible(text: str) -> str:
    r"""The text as one line that a terminal obeys in nothing: a character that does not print stands there as its escape.

    What a fault names was written by others: a key of a file, a folder, a member of an archive.

    >>> print(visible("\x1b[31mred\nforged.yaml:1:1: all good"))
    \x1b[31mred\nforged.yaml:1:1: all good
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
