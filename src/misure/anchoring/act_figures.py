# SPDX-License-Identifier: Apache-2.0
"""The figures of an act's text, each with its page and where it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Final

from misure.anchoring.figures import Figure, Role
from misure.anchoring.flow import Flow
from misure.anchoring.roles import counts, judged
from misure.anchoring.writing.numerals import number_in_digits
from misure.anchoring.writing.tokens import tokens_of
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place

__all__ = ["MOST_FIGURES", "figures_of"]

MOST_FIGURES: Final = 50_000
"""A text of more figures is no act: a long one has two thousand."""

_CLOSED = ("\u201d", "\u00bb", '"')
_GLUED = "%\u20ac"
_CENTS_AND_MARK = re.compile(r"\d,\d\d(\d{1,3})$")
_MARKS = re.compile(r"\s*[,;.:)\u201d\u00bb]|\s*$")


def figures_of(flow: Flow) -> tuple[Figure, ...]:
    """All figures of an act's text, in the order in which it is read, each with what it does.

    Raises:
        BadFacts: There are more than any act has.
    """
    return tuple(_placed(flow))


def _placed(flow: Flow) -> Iterable[Figure]:
    marks = {(note.page, note.number) for note in flow.notes}
    tokens = tokens_of(flow.text, MOST_FIGURES + 1)
    if len(tokens) > MOST_FIGURES:
        message = f"more than {MOST_FIGURES} figures stand in it: that is no act"
        raise BadFacts([Fault(Place(flow.act.path), "", message)])
    heads = frozenset(note.start for note in flow.notes)
    for figure in judged(flow.text, tokens, heads):
        origin = flow.origin(figure.start)
        page = flow.act.page_of(origin)
        role: Role = figure.role
        if role == "value" and figure.kind == "number" and _marks_note(figure, flow.text, page, marks):
            role = "note_mark"
            marks.discard((page, int(figure.value)))  # type: ignore[arg-type]  # a number
        placed = replace(figure, page=page, offset=flow.act.offset_of(origin), role=role)
        yield from _without_mark(placed, flow, marks)


def _marks_note(figure: Figure, text: str, page: int, marks: set[tuple[int, int]]) -> bool:
    """Whether a number leads to a note at the foot of its page: no unit and no noun follow, and a word stands before."""
    value = figure.value
    if not isinstance(value, Fraction) or value.denominator != 1 or (page, int(value)) not in marks:
        return False
    before = text[max(0, figure.start - 2) : figure.start].strip()[-1:]
    just_before = text[max(0, figure.start - 1) : figure.start]
    if just_before and (just_before in _GLUED or just_before.isalnum()):
        return True
    if counts(text, figure.end):
        return False
    return before in _CLOSED or (before.isalpha() and bool(_MARKS.match(text, figure.end)))


def _without_mark(figure: Figure, flow: Flow, marks: set[tuple[int, int]]) -> Iterable[Figure]:
    """A sum with the mark of a note behind its cents, as texts have it that lost what is raised: the sum, and the mark."""
    glued = _CENTS_AND_MARK.search(figure.text) if figure.kind in ("money", "number") else None
    if glued is None or (figure.page, int(glued[1])) not in marks:
        yield figure
        return
    marks.discard((figure.page, int(glued[1])))
    value = number_in_digits(figure.text[: glued.start(1)])
    if value is None:
        yield figure
        return
    at = figure.start + glued.start(1)
    yield replace(figure, value=value, text=figure.text[: glued.start(1)], end=at)
    yield Figure(
        "number", Fraction(int(glued[1])), glued[1], at, figure.end, figure.page, flow.act.offset_of(flow.origin(at)), "note_mark"
    )  # fmt: skip
