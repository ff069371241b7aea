# SPDX-License-Identifier: Apache-2.0
"""What a locator of a rule file says: the steps by which people find a place in an act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

__all__ = ["Spot", "spots_of"]


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that a locator names: where several are named, each has its own."""

    annex: str = ""
    section: str = ""
    article: int = 0
    commas: tuple[int, ...] = ()
    letters: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    words: tuple[str, ...] = field(default=())
    """What is said in words alone: a heading, how a paragraph begins, what it is about."""
    comma_groups: tuple[tuple[int, ...], ...] = field(default=(), compare=False, repr=False)
    page_groups: tuple[tuple[int, ...], ...] = field(default=(), compare=False, repr=False)
    """Commas and pages as they are listed: those of a range together, what `e` or a comma parts each by itself."""

    def apart(self) -> tuple[Spot, ...]:
        """The places of which each is named by itself: `commi 2 e 4` and `pp. 3 e 4` are two, `pp. 7-9` is one.

        Where commas and pages are both listed, nothing says which comma stands on which page: they are one place.
        """
        commas, pages = self.comma_groups, self.page_groups
        if len(commas) > 1 and len(pages) < 2:
            return tuple(replace(self, commas=one, comma_groups=(one,)) for one in commas)
        if len(pages) > 1 and len(commas) < 2:
            return tuple(replace(self, pages=one, page_groups=(one,)) for one in pages)
        return (self,)

    @property
    def empty(self) -> bool:
        """Whether nothing is named yet."""
        return self == Spot()


_CLOSED = r"[a-z](?:\.\d{1,2})?\)"
_ITEM = rf"(?:{_CLOSED}|(?:[a-df-np-z]|[eo](?=\s*(?:,|$|\s(?:ed?|o)\s)))(?:\.\d{{1,2}})?(?![\w.)]))"
_BETWEEN = r"(?:\s*,\s*(?:ed?\s+|o\s+)?|\s+(?:ed?|o|a|alla)\s+|\s*[-\u2013]\s*)"
_PARTED = re.compile(rf"({_BETWEEN})")
_UNTIL = ("-", "\u2013", "a", "alla")
_STEP = re.compile(
    rf"""
      (?P<pages>\bpp?\.\s*(?P<p>\d{{1,6}}(?:(?:\s*[-\u2013]\s*|\s*,\s*|\s+e\s+)\d{{1,6}})*))
    | (?P<annex>\bAll(?:\.|egato)\s*(?P<a>[A-Z]\b|\d{{1,6}}(?:\.\d{{1,6}})*))
    | (?P<section>\b(?P<s>[A-Z]\.\d{{1,6}}(?:\.[a-z0-9])?)(?:\s*[-\u2013]\s*(?P<s2>[A-Z]\.\d{{1,6}}(?:\.[a-z0-9])?))?(?![\w)]))
    | (?P<article>\bart(?:icolo|\.)\s*(?P<ar>\d{{1,6}})(?=\s*(?:,|$|e\b|comm|c\.|lett)))
    | (?P<comma>\b(?:comm[ai]|c\.)\s*(?P<c>\d{{1,6}}(?:(?:\s*[-\u2013]\s*|\s*,\s*|\s+e\s+)\d{{1,6}})*)(?!\)))
    | (?P<letter>\blett(?:er[ae]|\.)\s*(?:da(?:lla)?\s+)?(?P<l>{_ITEM}(?:{_BETWEEN}{_ITEM})*)
        |\b(?:punt[oi]\s+(?:da\s+)?)?(?P<l2>{_CLOSED}(?:{_BETWEEN}{_CLOSED})*))
    | (?P<point>\bpunt[oi]\s+(?P<po>(?:[ivx]+|\d{{1,6}})(?:(?:\s*[-\u2013]\s*|\s*,\s*|\s+e\s+)(?:[ivx]+|\d{{1,6}}))*)\b)
    | (?P<ordinal>\b(?P<o>(?:primo|secondo|terzo|quarto|quinto|sesto|settimo)(?:(?:\s*,\s*|\s+e\s+)(?:primo|secondo|terzo|quarto|quinto|sesto|settimo))*)\s+punto\b)
    | (?P<note>\bnot[ae]\s+(?P<n>\d{{1,6}}(?:(?:\s*,\s*|\s+e\s+)\d{{1,6}})*))
    | (?P<and>,?\s+e\s+(?=(?:comm|c\.|lett|pp?\.|All|[A-Z]\.\d|[A-Z])))
    | (?P<comma_sign>[,;])
    """,
    re.VERBOSE,
)
_ORDINALS = ("primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo")
_MOST = 400
"""A range of more pages, commas or points is none."""


def spots_of(locator: str) -> tuple[Spot, ...]:
    """The places that a locator names.

    >>> [(one.section, one.commas, one.letters, one.pages) for one in spots_of("All. A, B.3, comma 2, lett. a), p. 15, e comma 3, lett. b), p. 18")]
    [('B.3', (2,), ('a',), (15,)), ('B.3', (3,), ('b',), (18,))]
    >>> spots_of("Delibera, punti 4 e 5")
    (Spot(annex='', section='', article=0, commas=(), letters=(), points=('4', '5'), notes=(), pages=(), words=('Delibera',)),)
    """
    found: list[Spot] = []
    spot, closed = Spot(), False
    for step in _steps(locator):
        if closed and not step.pages:
            found.append(spot)
            spot, closed = _next(spot, step), False
        elif _begins_anew(spot, step):
            found.append(spot)
            spot = _next(spot, step)
        else:
            spot = _with(spot, step)
            closed = closed or bool(step.pages)
    return tuple(one for one in (*found, spot) if not one.empty)


def _steps(locator: str) -> Iterator[Spot]:
    at = 0
    for match in _STEP.finditer(locator):
        yield from _worded(locator[at : match.start()])
        at = match.end()
        groups = match.groupdict()
        if groups["pages"]:
            yield Spot(pages=_numbers(groups["p"]), page_groups=_groups(groups["p"]))
        elif groups["annex"]:
            yield Spot(annex=groups["a"])
        elif groups["section"]:
            yield Spot(section=groups["s"])
            if groups["s2"]:
                yield from (Spot(section=one) for one in _sections(groups["s"], groups["s2"]))
        elif groups["article"]:
            yield Spot(article=int(groups["ar"]))
        elif groups["comma"]:
            yield Spot(commas=_numbers(groups["c"]), comma_groups=_groups(groups["c"]))
        elif groups["letter"]:
            yield _under(groups["l"] or groups["l2"])
        elif groups["point"]:
            said = groups["po"]
            parts = re.findall(r"[ivx]+|\d+", said)
            yield Spot(points=tuple(map(str, _numbers(said))) if parts[0].isdecimal() else tuple(parts))
        elif groups["ordinal"]:
            yield Spot(points=tuple(f"#{at}" for at, one in enumerate(_ORDINALS, start=1) if one in groups["o"]))
        elif groups["note"]:
            yield Spot(notes=_numbers(groups["n"]))
    yield from _worded(locator[at:])


def _under(said: str) -> Spot:
    """The letters of a list or a range: `a), b) e c)` and `a-c` are the same three, and one place."""
    letters: list[str] = []
    parts = _PARTED.split(said)
    for item, before in zip(parts[::2], ["", *parts[1::2]], strict=True):
        first = chr(ord(letters[-1]) + 1) if before.strip() in _UNTIL and letters[-1] < item[0] else item[0]
        letters += map(chr, range(ord(first), ord(item[0]) + 1))
    points = (point for item in parts[::2] if (point := item[1:].strip(".)")))
    return Spot(letters=tuple(dict.fromkeys(letters)), points=tuple(points))


def _worded(text: str) -> Iterator[Spot]:
    bare = text.strip(" ,;:()")
    if bare and bare != "e":
        yield Spot(words=(bare,))


def _numbers(said: str) -> tuple[int, ...]:
    found: list[int] = []
    for part in re.split(r"\s*,\s*|\s+e\s+", said):
        ends = [int(one) for one in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 <= ends[1] - ends[0] < _MOST:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return tuple(dict.fromkeys(found))


def _groups(said: str) -> tuple[tuple[int, ...], ...]:
    return tuple(map(_numbers, re.split(r"\s*,\s*|\s+e\s+", said)))


def _sections(first: str, last: str) -> Iterator[str]:
    """The sections after the first of a range such as `D.6-D.10`."""
    head, tail = first.rsplit(".", 1)
    head2, tail2 = last.rsplit(".", 1)
    if head == head2 and tail.isdecimal() and tail2.isdecimal() and int(tail2) - int(tail) < _MOST:
        yield from (f"{head}.{number}" for number in range(int(tail) + 1, int(tail2) + 1))


def _begins_anew(spot: Spot, step: Spot) -> bool:
    if step.section or step.article:
        return bool(spot.section or spot.article)
    if step.words and (spot.points or spot.letters):
        return step.words[0][0].isupper()
    return bool((step.commas and (spot.commas or spot.letters)) or (step.annex and spot.section))


def _next(spot: Spot, step: Spot) -> Spot:
    """The next place: what the step does not say anew stays as it was, from the annex down."""
    if step.annex:
        return _with(Spot(), step)
    if step.section or step.article or step.words:
        return _with(Spot(annex=spot.annex), step)
    if step.commas or step.points:
        return _with(Spot(annex=spot.annex, section=spot.section, article=spot.article, words=spot.words), step)
    return _with(replace(spot, letters=(), points=(), notes=(), pages=(), page_groups=()), step)


def _with(spot: Spot, step: Spot) -> Spot:
    return replace(
        spot,
        annex=step.annex or spot.annex, section=step.section or spot.section, article=step.article or spot.article,
        commas=spot.commas + step.commas, letters=spot.letters + step.letters, points=spot.points + step.points,
        notes=spot.notes + step.notes, pages=spot.pages + step.pages, words=spot.words + step.words,
        comma_groups=spot.comma_groups + step.comma_groups, page_groups=spot.page_groups + step.page_groups,
    )  # fmt: skip
