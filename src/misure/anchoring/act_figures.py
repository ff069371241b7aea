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
from misure.anchoring.tokens import tokens_of
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place

__all__ = ["MOST_FIGURES", "figures_of"]

MOST_FIGURES: Final = 50_000
"""A text of more figures is no act: a long one has two thousand."""

_CLOSED = ("\u201d", "\u00bb", '"')
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
        yield replace(figure, page=page, offset=flow.act.offset_of(origin), role=role)


def _marks_note(figure: Figure, text: str, page: int, marks: set[tuple[int, int]]) -> bool:
    """Whether a number leads to a note at the foot of its page: no unit and no noun follow, and a word stands before."""
    value = figure.value
    if not isinstance(value, Fraction) or value.denominator != 1 or (page, int(value)) not in marks:
        return False
    before = text[max(0, figure.start - 2) : figure.start].strip()[-1:]
    if counts(text, figure.end):
        return False
    return before in _CLOSED or (before.isalpha() and bool(_MARKS.match(text, figure.end)))
