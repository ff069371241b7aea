# SPDX-License-Identifier: Apache-2.0
r"""A page as plain text: citations at the right margin where there is room, under the sentence where there is not.

>>> line = Line("Almeno 10 imprese: qui 9, ne manca 1", Mark.FAILED, "DGR XI/5899, All. A")
>>> print("\n".join(_line(line, Style(width=70), fold=True)))
✗ Almeno 10 imprese: qui 9, ne manca 1             DGR XI/5899, All. A
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from misure.telling.chapters.page import Line, Mark, Page

__all__ = ["Style", "plain_text"]

_SIGNS = {Mark.FAILED: "✗", Mark.OPEN: "?", Mark.MET: "✓", Mark.WAITING: "○", Mark.PLAIN: "•"}
_COLOURS = {Mark.FAILED: "31", Mark.OPEN: "33", Mark.MET: "32", Mark.WAITING: "33"}
NARROWEST, WIDEST = 1, 10_000
"""Of how many characters a line may be: a word that is longer than a line is not broken."""
_NARROWEST_SENTENCE = 44
"""A sentence squeezed below this beside its citation reads badly: the citation then goes under it."""
_MARGIN = "    "


@dataclass(frozen=True, slots=True)
class Style:
    """How wide the text is, whether it is coloured, and what to write after a count of folded lines."""

    width: int = 100
    colour: bool = False
    hint: str = ""


def plain_text(page: Page, style: Style, *, everything: bool = False) -> str:
    """The page as text, without a line break at its end. `everything` tells the folded lines too."""
    lines = [
        *_wrapped(page.title, style, code="1"),
        *(part for text in page.preamble for part in _wrapped(text, style)),
    ]
    if page.answer:
        lines += _wrapped(page.answer, style, code=f"1;{_COLOURS.get(page.tone, '39')}")
    for text in page.summary:
        lines += _wrapped(text, style)
    for section in page.sections:
        lines.append("")
        lines += _wrapped(section.title, style, code="1") if section.title else []
        for line in section.lines:
            lines += _line(line, style, fold=not everything)
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def _wrapped(text: str, style: Style, first: str = "", rest: str = "", code: str = "") -> list[str]:
    lines = textwrap.wrap(
        text, style.width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return [_coloured(line, code, style) for line in lines]


def _coloured(text: str, code: str, style: Style) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if style.colour and code and text else text


def _line(line: Line, style: Style, *, fold: bool) -> Iterator[str]:
    sign = _SIGNS[line.mark]
    text = f"{line.text} [{line.flag}]" if line.flag else line.text
    if line.folded and fold and style.hint:
        text = f"{text} ({style.hint})"
    room = style.width - len(line.cite) - 2
    beside = bool(line.cite) and room >= _NARROWEST_SENTENCE
    sentence = _wrapped(text, Style(room if beside else style.width), f"{sign} ", "  ") or [sign]
    if beside and len(sentence[0]) > room:
        # A word longer than the room is not broken, and would touch the citation.
        beside = False
        sentence = _wrapped(text, Style(style.width), f"{sign} ", "  ")
    if beside:
        sentence[0] += line.cite.rjust(style.width - len(sentence[0]))
    elif line.cite:
        sentence += _wrapped(line.cite, Style(style.width), _MARGIN, _MARGIN)
    sentence[0] = _coloured(sign, _COLOURS.get(line.mark, ""), style) + sentence[0][1:]
    yield from sentence
    for detail in line.details:
        yield from _wrapped(detail, Style(style.width), f"{_MARGIN}– ", f"{_MARGIN}  ")
    for inner in () if fold else line.folded:
        yield from (f"  {part}" for part in _line(inner, Style(style.width - 2, style.colour), fold=fold))
