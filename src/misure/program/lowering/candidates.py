# SPDX-License-Identifier: Apache-2.0
"""What a selection reads of one applicant: what it asks, what puts it in order, which envelopes it may draw on.

Names of outputs: `selection.asked` (cents), `selection.key.N` for the N-th key of the order that the program knows (not
the instant of filing), `selection.envelope.ID`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from misure.program.lowering.expressions import Expressions
from misure.program.nodes import Node, TooLarge
from misure.rulebook.rules import Rulebook
from misure.rulebook.selection import SCORE, OrderKey, Selection

__all__ = ["ASKED", "lower_candidate", "envelopes_of", "keys_of"]

ASKED = "selection.asked"
"""The output that holds what an applicant asks of the envelopes, in cents."""


def keys_of(selection: Selection) -> Iterator[tuple[str, OrderKey]]:
    """The keys of the order that the program works out, each with the name of its output."""
    for at, key in enumerate(selection.keys):
        if key.by is not None:
            yield f"selection.key.{at}", key
        elif key.name == SCORE:
            yield "score.final", key


def envelopes_of(selection: Selection) -> list[str]:
    """The outputs that say whether an applicant may draw on each envelope."""
    return [f"selection.envelope.{envelope.id}" for envelope in selection.envelopes]


def lower_candidate(
    book: Rulebook, selection: Selection, expressions: Expressions, outputs: dict[str, Node], scales: dict[str, int]
) -> None:
    """Lower what a selection reads of one applicant.

    Raises:
        TooLarge: A key of the order is a quotient that is not rounded.
    """
    nodes = expressions.nodes
    for name, key in keys_of(selection):
        if key.by is None:
            continue
        if key.by.type.kind == "date":
            outputs[name] = expressions.day(key.by)
            continue
        ratio = expressions.number(key.by)
        if ratio.divisor is not None:
            raise TooLarge("a quotient must be rounded (half_up or down) before it puts applications in order")
        outputs[name], scales[name] = ratio.number, ratio.scale
    for envelope, name in zip(selection.envelopes, envelopes_of(selection), strict=True):
        outputs[name] = nodes.truth(True) if envelope.when is None else expressions.truth(envelope.when)
    outputs[ASKED] = nodes.add(nodes.const(0), *_paid(book, selection, outputs))


def _paid(book: Rulebook, selection: Selection, outputs: Mapping[str, Node]) -> list[Node]:
    lines = [line.id for line in book.support.lines] if book.support else []
    return [outputs[f"support.{line}"] for line in lines if not selection.pays or line in selection.pays]
