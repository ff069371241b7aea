# SPDX-License-Identifier: Apache-2.0
"""The parts of an act's text: annexes, sections, articles, numbered commas, letters, each from its head to the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from misure.anchoring.flow import Flow

__all__ = ["Parts", "Span", "meet"]

Span: TypeAlias = tuple[int, int]
"""A stretch of the text as it is read: where it begins, and where it ends."""
T = TypeVar("T")

_SECTION = re.compile(
    r"(?m)^[#* \t]{0,6}([A-Z]\.\d{1,3}(?:\.[a-z0-9]{1,3})*)\.?\)?[* \t]{1,6}[A-Z\u00c0-\u00da\u201c\"]"
)
_ARTICLE = re.compile(r"(?m)^[#* \t]{0,6}(?:art(?:icolo|\.)|ART(?:ICOLO|\.)|Art(?:icolo|\.))\s*(\d{1,3})\b(?!\s*,)")
_ANNEX = re.compile(r"(?m)^[#* \t]{0,6}(?:ALLEGATO|Allegato|All\.)\s+\"?([A-Z]\b|\d+(?:\.\d+)*)")
_NUMBER = re.compile(r"(?m)^[#* \t]{0,6}(\d{1,3})(?:[.)]|(?=\s{1,3}di\s))[*\s]")
_LETTER = re.compile(r"(?m)^[#* \t]{0,6}([a-z]|[ivx]{1,5})[.)]\s")
_POINTING = re.compile(
    r"(?:\b(?:articol[oi]|artt?\.|comm[ai]|all?[oae]?|all['\u2019]|dell?[oae]?|dell['\u2019]|nell?['\u2019a]?|punt[oi]|paragraf[oi]|sezion[ei]|di|da|e|ed|o|cui|precedent[ei]|successiv[oi])|,)\s*\Z",
    re.IGNORECASE,
)
_LOOK = 24
_MARGIN = 3


_NEAR_TOP = 400


class Parts:
    """Where the parts of a text begin; each question goes down its marks once."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.main = flow.text[: flow.main]
        self._sections = [(found.start(), found[1]) for found in self._marks(_SECTION)]
        self._annexes = [(found.start(), found[1]) for found in self._marks(_ANNEX)]
        self._annex_starts = [at for at, _ in self._annexes]
        self._articles = [(found.start(), int(found[1])) for found in self._marks(_ARTICLE)]

    def _marks(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Where a part begins: not where a sentence that points to it was broken over two lines."""
        for found in pattern.finditer(self.main):
            if not _POINTING.search(self.main[max(0, found.start() - _LOOK) : found.start()]):
                yield found

    def next_annex(self, at: int) -> int:
        """Where the next annex begins after a place; the end of the text where none does."""
        later = bisect_right(self._annex_starts, at)
        return self._annex_starts[later] if later < len(self._annex_starts) else self.flow.main

    def annex(self, name: str) -> list[Span]:
        """From where an annex begins to the next one of its kind; the text may itself be the annex, and say so at its head alone."""
        lettered = name[0].isalpha()
        marks = [
            (at, one)
            for at, one in self._annexes
            if one[0].isalpha() == lettered and (lettered or one.count(".") <= name.count("."))
        ]
        found = _runs(marks, lambda one: one == name, lambda _: False, self.flow.main)
        at_head = bool(found) and found[0][0] < _NEAR_TOP
        if lettered and (at_head or (not found and re.search(rf"(?i)\ballegato\s+{name}\b", self.main[:_NEAR_TOP]))):
            return [(0, len(self.flow.text))]
        return found

    def section(self, code: str) -> list[Span]:
        """A section with its subsections, such as `C.4` with `C.4.a`."""
        found = _runs(self._sections, lambda one: one == code, lambda one: one.startswith(f"{code}."), self.flow.main)
        return [(start, min(end, self.next_annex(start))) for start, end in found]

    def article(self, number: int) -> list[Span]:
        """An article, to the next one."""
        found = _runs(self._articles, lambda one: one == number, lambda _: False, self.flow.main)
        return [(start, min(end, self.next_annex(start))) for start, end in found]

    def commas(self, start: int, end: int) -> Iterator[tuple[int, Span]]:
        """The numbered parts of a stretch of text, as they count on from 1 in one column."""
        last: tuple[int, int] | None = None
        for number, at in self._chain(start, end):
            if last is not None:
                yield last[0], (last[1], at)
            last = number, at
        if last is not None:
            yield last[0], (last[1], end)

    def _chain(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        expected, column = 1, -1
        for match in _NUMBER.finditer(self.main, start, min(end, self.flow.main)):
            number = int(match[1])
            if number != expected:
                continue
            at_column = self._column(match.start(1))
            if column < 0 or at_column <= column + _MARGIN:
                yield number, match.start()
                column = at_column if column < 0 else column
                expected += 1

    def _column(self, at: int) -> int:
        origin = self.flow.origin(at)
        text = self.flow.act.text
        return origin - max(text.rfind("\n", 0, origin), text.rfind("\f", 0, origin)) - 1

    def lettered(self, start: int, end: int, letter: str) -> list[Span]:
        """The parts under a letter, each to the next letter."""
        after = chr(ord(letter) + 1)
        marks = [(one.start(), one[1]) for one in _LETTER.finditer(self.main, start, min(end, self.flow.main))]
        return _runs(marks, lambda one: one == letter, lambda one: one != after, end)


def _runs(
    marks: list[tuple[int, T]], begins: Callable[[T], bool], goes_on: Callable[[T], bool], end: int
) -> list[Span]:
    """The stretches that begin at some marks, each until the next mark over which it does not go on; what meets is one."""
    found: dict[int, int] = {}
    later = end
    for at, name in reversed(marks):
        if begins(name):
            found[later] = at
        elif not goes_on(name):
            later = at
    return sorted((start, until) for until, start in found.items())


def meet(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    others = list(other)
    met = [(max(a, c), min(b, d)) for a, b in one for c, d in others]
    return sorted({(start, end) for start, end in met if start < end})
