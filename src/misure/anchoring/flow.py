# SPDX-License-Identifier: Apache-2.0
"""An act's text as one goes on reading it: over lines and pages, without page numbers, running heads, contents and notes.

What is left out is kept beside, so that nothing of the text goes unseen: notes are read after the text, the rest is furniture.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from misure.anchoring.act_text import ActText
from misure.anchoring.figures import UNITS
from misure.anchoring.roles import figures_in
from misure.anchoring.writing.tokens import tokens_of

__all__ = ["Flow", "Furniture", "Note", "flow_of"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A piece of a page that is no part of what the act says: `page` number, running `head`, table of `contents`."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number, its page, and where it stands in the flow."""

    number: int
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Flow:
    """The characters to read, each of which stands somewhere in the text of the act."""

    act: ActText
    text: str
    furniture: tuple[Furniture, ...]
    notes: tuple[Note, ...]
    main: int
    """Where the notes begin."""
    printed: tuple[int | None, ...]
    """The number that is printed on each page; None where none is."""
    _flow_starts: tuple[int, ...]
    _act_starts: tuple[int, ...]

    def origin(self, at: int) -> int:
        """Where in the text of the act a character of the flow stands."""
        run = bisect_right(self._flow_starts, at) - 1
        return self._act_starts[run] + at - self._flow_starts[run]

    def page_of(self, at: int) -> int:
        """On which page a character of the flow stands, counted from 1."""
        return self.act.page_of(self.origin(at))

    def pages_printed(self, number: int) -> tuple[int, ...]:
        """The pages that bear a number; where no page bears one, the page that comes so many from the first."""
        found = tuple(page for page, printed in enumerate(self.printed, start=1) if printed == number)
        bare = not any(printed is not None for printed in self.printed)
        return found or ((number,) if bare and 1 <= number <= self.act.pages else ())


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page without the blanks around it, and where it begins in the text of the act."""

    text: str
    start: int
    page: int
    after_blank: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_PAGE_NUMBER = re.compile(
    r"(?:pag(?:ina|\.)?\s*)?[-\u2013\u2014]?\s*(\d{1,4})\s*[-\u2013\u2014]?(?:\s*(?:/|di)\s*\d{1,4})?", re.IGNORECASE
)
_CONTENTS = re.compile(r"(?:\.{4,}|(?:\. ){4,}|\u2026{2,})\s*(\d{1,4})\Z")
_TAIL = 60
_LEAST_CONTENTS = 3
"""So many lines of a page lead to pages where it has a table of contents."""
_NOTE = re.compile(r"[\[(]?(\d{1,3})[\])]?(?:\s+(?=[^\s\d]).*)?")
_NOTE_TEXT = re.compile(r"[\[(]?\d{1,3}[\])]?(?:\s+[^a-z\s\d].*)?")
_EDGE = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_IN_HEAD = re.compile(r"(?<![\w.,/])\d{1,4}(?![\w.,/])")
_NEAR_EDGE = 3
"""So many lines from the top or the foot of a page a running head stands."""
_OFTEN, _LEAST_TIMES = 0.4, 3


def flow_of(act: ActText) -> Flow:
    r"""The text of an act without what is furniture of its pages.

    >>> flow_of(ActText.of("entro\n60 giorni\fdalla data")).text
    'entro\n60 giorni\ndalla data'
    """
    pages = [list(_lines(act, page)) for page in range(1, act.pages + 1)]
    furniture: list[Furniture] = []
    printed = _without_page_numbers(pages, furniture)
    in_heads = _without_heads(pages, furniture)
    printed = [number if number is not None else in_heads.get(page) for page, number in enumerate(printed, start=1)]
    _without_contents(pages, furniture, max(len(pages), *(number or 0 for number in printed)))
    builder = _Builder()
    notes: list[tuple[int, _Line, list[_Line]]] = []
    last = 0
    for lines in pages:
        at = _first_note(lines, last)
        for line in lines[:at]:
            builder.add(line)
        for line in lines[at:]:
            found = _note_number(line, last)
            if found is not None:
                notes.append((found, line, []))
                last = found
            else:
                notes[-1][2].append(line)
    main = builder.length
    told: list[Note] = []
    for number, head, rest in notes:
        begun = builder.begin()
        for line in (head, *rest):
            builder.add(line)
        told.append(Note(number, head.page, begun, builder.length))
    return Flow(
        act, "".join(builder.parts), tuple(sorted(furniture, key=lambda one: one.start)), tuple(told), main,
        tuple(printed), tuple(builder.flow_starts) or (0,), tuple(builder.act_starts) or (0,),
    )  # fmt: skip


def _lines(act: ActText, page: int) -> Iterator[_Line]:
    start = act.starts[page - 1]
    end = act.starts[page] - 1 if page < act.pages else len(act.text)
    blank, at = True, start
    for line in act.text[start:end].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            yield _Line(bare, at + line.index(bare), page, blank)
        blank = not bare
        at += len(line)


class _Builder:
    """Joins lines, and remembers where each run of characters stood."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.flow_starts: list[int] = []
        self.act_starts: list[int] = []
        self.length = 0
        self._last: _Line | None = None

    def begin(self) -> int:
        """Whatever comes next belongs to no sentence before."""
        if self._last is not None:
            self._run("\n\n", self._last.end)
            self._last = None
        return self.length

    def add(self, line: _Line) -> None:
        before = self._last
        if before is not None:
            paragraph = line.after_blank and line.page == before.page
            broken = before.text.endswith("-") and not paragraph
            if broken and before.text[-2:-1].isalpha() and line.text[0].islower():
                self._drop_hyphen()
            elif not (broken and before.text[-2:-1].isdecimal() and line.text[0].isdecimal()):
                self._run("\n\n" if paragraph else "\n", before.end)
        self._run(line.text, line.start)
        self._last = line

    def _drop_hyphen(self) -> None:
        self.parts[-1] = self.parts[-1][:-1]
        self.length -= 1

    def _run(self, text: str, origin: int) -> None:
        self.parts.append(text)
        self.flow_starts.append(self.length)
        self.act_starts.append(origin)
        self.length += len(text)


def _without_page_numbers(pages: list[list[_Line]], furniture: list[Furniture]) -> list[int | None]:
    """Take away the numbers of the pages, where most pages bear one and they count on."""
    candidates: list[dict[int, int]] = []
    for lines in pages:
        edge = {*range(min(2, len(lines))), *range(max(0, len(lines) - 2), len(lines))}
        numbered = ((at, _PAGE_NUMBER.fullmatch(lines[at].text)) for at in sorted(edge))
        candidates.append({int(match[1]): at for at, match in numbered if match})
    shifts = Counter(number - page for page, found in enumerate(candidates) for number in found)
    printed: list[int | None] = [None] * len(pages)
    kept = [shift for shift, times in shifts.items() if times >= _LEAST_TIMES]
    for page, found in enumerate(candidates):
        best = max(
            (number for number in found if number - page in kept), key=lambda one: shifts[one - page], default=None
        )
        if best is not None:
            line = pages[page].pop(found[best])
            furniture.append(Furniture("page", line.start, line.end))
            printed[page] = best
    return printed


def _without_heads(pages: list[list[_Line]], furniture: list[Furniture]) -> dict[int, int]:
    """Take away lines that stand at the top or the foot of many pages, with nothing but numbers at their ends that differ.

    What comes back is the number that they give each page, where they count on.
    """
    groups: dict[str, list[_Line]] = {}
    for lines in pages:
        for line in _edges(lines):
            groups.setdefault(_EDGE.sub("", line.text), []).append(line)
    often = max(_LEAST_TIMES, _OFTEN * len(pages))
    heads = {text for text, found in groups.items() if text and _is_head(text, found, often)}
    numbers: list[tuple[int, int]] = []
    for lines in pages:
        for line in _edges(lines):
            if _EDGE.sub("", line.text) in heads:
                lines.remove(line)
                furniture.append(Furniture("head", line.start, line.end))
                numbers += [(line.page, int(one)) for one in _IN_HEAD.findall(line.text)]
    shifts = Counter(number - page for page, number in numbers)
    shift, found = shifts.most_common(1)[0] if shifts else (0, 0)
    return {page: number for page, number in numbers if found >= often and number - page == shift}


def _is_head(text: str, lines: list[_Line], often: float) -> bool:
    """Whether lines that say the same are running heads: on many pages, saying nothing that counts but the number of the page."""
    if len({line.page for line in lines}) < often or any(
        one.role == "value" and one.kind not in _DATED for one in figures_in(text)
    ):
        return False
    inner = {found.value for found in tokens_of(text) if found.kind == "number"}  # the issue of a bulletin, as `n. 41`
    shifts: Counter[Fraction | None] = Counter()
    for line in lines:
        for found in tokens_of(line.text):
            if found.own_unit and found.kind in _MEASURED:
                return False
        numbers = {
            found.value - line.page
            for found in tokens_of(line.text)
            if found.kind == "number" and isinstance(found.value, Fraction) and found.value not in inner
        }
        shifts.update(numbers or [None])
    return any(times >= often for times in shifts.values())


_DATED = ("date", "day_of_year")
"""A running head may bear the day of its issue."""
_MEASURED = (*UNITS, "time")


def _edges(lines: list[_Line]) -> list[_Line]:
    if len(lines) <= 2 * _NEAR_EDGE:
        return list(lines)
    return [*lines[:_NEAR_EDGE], *lines[-_NEAR_EDGE:]]


def _without_contents(pages: list[list[_Line]], furniture: list[Furniture], last: int) -> None:
    for lines in pages:
        leading = [line for line in lines if (to := _CONTENTS.search(line.text[-_TAIL:])) and int(to[1]) <= last]
        if len(leading) >= _LEAST_CONTENTS:
            left_out = {line.start for line in leading}
            lines[:] = [line for line in lines if line.start not in left_out]
            furniture += [Furniture("contents", line.start, line.end) for line in leading]


def _note_number(line: _Line, last: int) -> int | None:
    """The number with which a line begins a note that may come next."""
    found = _NOTE.fullmatch(line.text)
    if found is None or not _NOTE_TEXT.fullmatch(line.text):
        return None
    number = int(found[1])
    return number if last < number <= last + _MOST_SKIPPED else None


_MOST_SKIPPED = 3
"""So many notes may stand where the text was laid out so that nobody sees them as notes."""


def _first_note(lines: list[_Line], last: int) -> int:
    """Where on a page the notes begin: after all its lines where there are none."""
    marked: dict[int, int] = {}
    for at in range(len(lines) // 2, len(lines)):
        line = lines[at]
        number = _note_number(line, last)
        alone = number is not None and line.text.strip("[]()").isdecimal()
        if number is None or not (line.after_blank or at == 0) or (alone and at + 1 == len(lines)):
            continue
        if number not in marked:
            mark = re.compile(
                rf"(?:(?:[^\W\d_]|[)\]\u201d\u00bb\"'%\u20ac])\s?[\[(]?|\d,\d\d|\b(?:19|20)\d\d){number}(?![\d.,:/%]\d|\d)"
            )
            marked[number] = next((above for above, one in enumerate(lines) if mark.search(one.text)), len(lines))
        if marked[number] < at:
            return at
    return len(lines)
