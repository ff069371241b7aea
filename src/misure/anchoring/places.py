# SPDX-License-Identifier: Apache-2.0
"""Where in the text of an act a locator points: its annexes, sections, commas, letters, paragraphs and pages.

What cannot be found of a locator is told: it is never widened until something fits.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from misure.anchoring.flow import Flow
from misure.anchoring.locators import Spot, spots_of
from misure.anchoring.parts import Parts, Span, meet

__all__ = ["Located", "Places", "Region"]


@dataclass(frozen=True, slots=True)
class Region:
    """Where one spot of a locator is: the spans of the text, and those of the pages that it names (all, where it names none)."""

    spot: Spot
    spans: tuple[Span, ...]
    pages: tuple[Span, ...]

    @property
    def said(self) -> str:
        """The place as people say it."""
        return _said(self.spot)

    def holds(self, at: int) -> bool:
        """Whether a character of the text stands there."""
        return any(start <= at < end for start, end in self.spans)

    def on_its_pages(self, at: int) -> bool:
        """Whether a character stands on the pages that are named, in the part that is named or beside it."""
        return any(start <= at < end for start, end in self.pages)


@dataclass(frozen=True, slots=True)
class Located:
    """What was found of a locator, and what of it the text does not have."""

    places: tuple[Region, ...]
    missing: tuple[str, ...]


_BULLET = re.compile(r"(?m)^[* \t]{0,4}(?:[-\u2013\u2212\u2022\u25aa\u2713\u00b7]|\d{1,2}[.)])\s")
_OPENING = re.compile(
    r"(?m)^[#* \t]{0,8}((?:premess[oa]|vist[oaie]|richiamat[oaie]|considerat[oaie]|ritenut[oaie]|rilevat[oaie]|preso\s+atto|dato\s+atto"
    r"|evidenziat[oaie]|ricordat[oaie]|tenuto\s+conto|verificat[oaie]|stabilit[oaie]|precisat[oaie]|acquisit[oaie]|delibera|determina"
    r"|decreta|tutto|attes[oaie]|valutat[oaie]|vagliat[oaie]|all[\u2019']unanimit\u00e0|a\s+voti)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_STEM, _SHORT = 5, 3


class Places:
    """The parts of one act, and where its locators point."""

    def __init__(self, flow: Flow, locators: Iterable[str] = ()) -> None:
        self.flow = flow
        self.main = flow.text[: flow.main]
        self._page_starts = self._starts_of_pages()
        self.parts = Parts(flow)
        self._openings = [(found.start(), _plain(found[1])) for found in _OPENING.finditer(self.main)]
        self._named = tuple(
            dict.fromkeys(words for one in locators for spot in spots_of(one) for words in spot.words[:1])
        )
        self._headings: list[int] | None = None
        self.find = lru_cache(maxsize=None)(self._find)
        """Where a locator points; what was looked for once is remembered."""

    def _find(self, locator: str) -> Located:
        places: list[Region] = []
        missing: list[str] = []
        for spot in spots_of(locator):
            found = self._spot(spot, missing)
            if found is not None:
                places.append(found)
        return Located(tuple(places), tuple(dict.fromkeys(missing)))

    def apart(self, region: Region) -> tuple[Region, ...]:
        """The places of a spot that are each named by themselves; one that the text does not have holds nothing."""
        spots = region.spot.apart()
        if len(spots) == 1:
            return (region,)
        return tuple(self._spot(spot, []) or Region(spot, (), ()) for spot in spots)

    # Pages

    def _starts_of_pages(self) -> list[int]:
        """Where in the flow each page begins; a page of which nothing is read begins where the next one does."""
        starts, page = [], 1
        at = 0
        while page <= self.flow.act.pages:
            low, high = at, self.flow.main
            while low < high:
                middle = (low + high) // 2
                if self.flow.page_of(middle) < page:
                    low = middle + 1
                else:
                    high = middle
            at = low
            starts.append(at)
            page += 1
        return starts

    def _page(self, page: int) -> list[Span]:
        start = self._page_starts[page - 1]
        end = self._page_starts[page] if page < len(self._page_starts) else self.flow.main
        return [(start, end), *((note.start, note.end) for note in self.flow.notes if note.page == page)]

    def _spot(self, spot: Spot, missing: list[str]) -> Region | None:
        told = len(missing)
        pages: list[Span] = []
        for number in spot.pages:
            found = self.flow.pages_printed(number)
            if not found:
                missing.append(f"p. {number}")
            pages += [span for page in found for span in self._page(page)]
        everything = [(0, len(self.flow.text))]
        spans = self._parts(spot, pages or everything, missing)
        if len(missing) > told:
            return None
        on_pages = pages or everything
        if spot.notes:
            spans = [(one.start, one.end) for one in self.flow.notes if one.number in spot.notes]
            if not spans:
                missing.append(f"nota {', '.join(map(str, spot.notes))}")
                return None
        met = meet(spans, on_pages)
        if not met:
            missing.append(_said(spot))
            return None
        return Region(spot, tuple(met), tuple(on_pages))

    # Parts

    def _parts(self, spot: Spot, pages: Sequence[Span], missing: list[str]) -> list[Span]:
        whole = [(0, len(self.flow.text))]
        if spot == Spot(points=spot.points):
            return self._told(_said(spot), missing)
        spans = self._annex(spot.annex, missing) if spot.annex else whole
        if spot.section:
            spans = meet(spans, self.parts.section(spot.section)) or self._told(f"{spot.section}", missing)
        if spot.article and len(spot.words) < 2:
            spans = meet(spans, self.parts.article(spot.article)) or self._told(f"art. {spot.article}", missing)
        if spot.words and not (spot.pages and (spot.annex or spot.section)):
            spans = self._worded(spot, spans, missing)
        if spot.commas:
            spans = self._commas(spans, spot.commas, missing, pages)
        if spot.letters:
            spans = self._lettered(spans, spot.letters, pages)
        return spans

    @staticmethod
    def _told(step: str, missing: list[str]) -> list[Span]:
        missing.append(step)
        return []

    def _annex(self, name: str, missing: list[str]) -> list[Span]:
        return self.parts.annex(name) or self._told(f"All. {name}", missing)

    def _commas(
        self, spans: list[Span], wanted: tuple[int, ...], missing: list[str], pages: Sequence[Span]
    ) -> list[Span]:
        """The numbered parts of some spans, as they count on from 1 in a column."""
        found: list[Span] = []
        counted: set[int] = set()
        for start, end in spans:
            for number, span in self.parts.commas(start, end):
                counted.add(number)
                if number in wanted and meet([span], pages):
                    found.append(span)
        missing += [f"comma {number}" for number in wanted if number not in counted]
        return found or spans

    def _lettered(self, spans: list[Span], wanted: tuple[str, ...], pages: Sequence[Span]) -> list[Span]:
        """The lettered parts; where the text does not show them, the whole around them."""
        parts = (span for start, end in spans for letter in wanted for span in self.parts.lettered(start, end, letter))
        return [span for span in parts if meet([span], pages)] or spans

    # Words

    def _worded(self, spot: Spot, spans: list[Span], missing: list[str]) -> list[Span]:
        head, *rest = spot.words
        opened = self._opened(head)
        if opened:
            inside = meet(opened, spans)
            if rest or spot.article:
                about = [*rest, *spot.points, *([str(spot.article)] if spot.article else [])]
                found = self._paragraphs(inside, " ".join(about))
            elif spot.points:
                found = [span for point in spot.points for span in self._item(inside, point)]
            else:
                found = inside
            return found or self._told(_said(spot), missing)
        found = []
        for words in spot.words:
            headed = meet(self._headed(words), spans)
            if headed:
                found += headed
            elif found:
                found = self._paragraphs(found, words) or self._told(words, missing)
            else:
                return self._told(words, missing)
        return found

    def _opened(self, head: str) -> list[Span]:
        """The stretches of text that begin with a formula such as `Dato atto`."""
        wanted = _plain(head)
        found: list[Span] = []
        for index, (at, word) in enumerate(self._openings):
            if word == wanted:
                later = self._openings[index + 1][0] if index + 1 < len(self._openings) else self.parts.next_annex(at)
                if found and found[-1][1] == at:
                    found[-1] = (found[-1][0], later)
                else:
                    found.append((at, later))
        return found

    def _headed(self, words: str) -> list[Span]:
        """What stands under a heading, until the next heading that any locator names."""
        starts = list(_heads(self.main, words))
        if not starts:
            return []
        if self._headings is None:
            self._headings = sorted({at for one in self._named for at in _heads(self.main, one)})
        found = []
        for at in starts:
            later = bisect_right(self._headings, at)
            found.append((at, self._headings[later] if later < len(self._headings) else self.flow.main))
        return found

    def _paragraphs(self, spans: Iterable[Span], words: str) -> list[Span]:
        """The paragraphs in which all the words stand, whatever their endings."""
        wanted = [word for word in _WORD.findall(words.lower()) if len(word) > _SHORT or word.isdecimal()]
        found = []
        for whole in spans:
            for start, end in self._parted([whole]):
                said = self.main[start:end].lower()
                if wanted and all(_stands(word, said) for word in wanted):
                    # What ends with a colon goes on in the items of its list.
                    found.append((start, whole[1] if said.rstrip().endswith(":") else end))
        return found

    def _parted(self, spans: Iterable[Span]) -> Iterator[Span]:
        for start, end in spans:
            marks = [start, *(found.start() for found in _BULLET.finditer(self.main, start + 1, end)), end]
            yield from ((one, other) for one, other in pairwise(marks) if other > one)

    def _item(self, spans: Iterable[Span], point: str) -> list[Span]:
        """One item of a list: by its number, or by its place (`#2`) where it has none."""
        for start, end in spans:
            if point.startswith("#"):
                marks = [found.start() for found in _BULLET.finditer(self.main, start, end)]
                at = int(point[1:]) - 1
                if at < len(marks):
                    return [(marks[at], marks[at + 1] if at + 1 < len(marks) else end)]
                continue
            for number, span in self.parts.commas(start, end):
                if str(number) == point:
                    return [span]
        return []


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("\u2019", "'").split())


def _stands(word: str, text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word if word.isdecimal() else word[:_STEM])}", text))


@lru_cache(maxsize=256)
def _pattern(words: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in re.findall(r"\S+", words.strip("()"))]
    return re.compile(r"(?mi)^[#*\s\u2022-]{0,6}" + r"\s+".join(parts))


def _heads(text: str, words: str) -> Iterator[int]:
    """Where a heading begins: at the head of a line, with a capital letter."""
    for found in _pattern(words).finditer(text):
        first = re.search(r"[^\W_]", found[0])
        if first and (first[0].isupper() or first[0].isdecimal()):
            yield found.start()


def _said(spot: Spot) -> str:
    """A spot as people say it."""
    parts = [f"All. {spot.annex}"] if spot.annex else []
    parts += [spot.section] if spot.section else []
    parts += [f"art. {spot.article}"] if spot.article else []
    parts += list(spot.words)
    parts += [f"comma {one}" for one in spot.commas] + [f"lett. {one})" for one in spot.letters]
    parts += [f"punto {one.lstrip('#')}" for one in spot.points] + [f"nota {one}" for one in spot.notes]
    parts += [f"p. {spot.pages[0]}" if len(spot.pages) == 1 else f"pp. {_ranged(spot.pages)}"] if spot.pages else []
    return ", ".join(parts)


def _ranged(pages: Sequence[int]) -> str:
    """Several pages as a locator names them: those that follow on each other as a range."""
    if pages == tuple(range(pages[0], pages[-1] + 1)):
        return f"{pages[0]}-{pages[-1]}"
    return ", ".join(map(str, pages))
