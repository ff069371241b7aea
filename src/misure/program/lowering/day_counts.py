# SPDX-License-Identifier: Apache-2.0
"""The last day of a term under its counting regime, as a node.

A term counted back (`hearing - days(20)`) moves the other way, or not at all; a name stands for its one definition. Where
the regime asks for a number of working days in a period, its start and length are read off the expression.
"""

from __future__ import annotations

from collections.abc import Mapping

from misure.ground.holidays import national_calendar
from misure.ground.regimes import Regime, least_working
from misure.program.civil import ROLLS, Roll
from misure.program.lowering.expressions import Expressions
from misure.program.nodes import Node
from misure.rulebook import expression as tree
from misure.rulebook.rules import Definition

__all__ = ["is_counted_back", "ruled", "span_of"]

_OPERATORS = {way: name for name, way in ROLLS.items()}
_FURTHEST = 7
"""No day moves further, whatever the holidays: the table of them need not be read to bound a term."""


def span_of(by: tree.Expr, definitions: Mapping[str, Definition]) -> tree.Shift | None:
    """The span from a day that gives the last day of a term; None of a day that is only named."""
    while isinstance(by, tree.Name) and by.role == "definition":
        cases = definitions[by.name].cases
        if len(cases) != 1 or cases[0].when is not None:
            return None
        by = cases[0].value
    return by if isinstance(by, tree.Shift) else None


def is_counted_back(by: tree.Expr, definitions: Mapping[str, Definition]) -> bool:
    """Whether a term is counted back from its day."""
    span = span_of(by, definitions)
    return span is not None and span.sign < 0


def ruled(
    raw: Node, by: tree.Expr, regime: Regime, expressions: Expressions, definitions: Mapping[str, Definition]
) -> Node:  # fmt: skip
    """The day that rules, from the day `raw` to which counting alone leads."""
    nodes = expressions.nodes
    span = span_of(by, definitions)
    backwards = span is not None and span.sign < 0
    if not regime.moves(backwards=backwards):
        return raw
    before, after = (_FURTHEST, 0) if backwards else (0, _FURTHEST)
    way = _OPERATORS[Roll(regime.saturdays, backwards)]
    day = nodes.make(way, "int", (raw,), None, raw.lo - before, raw.hi + after)
    least = least_working(regime)
    if least is None or span is None or span.unit != "days":
        # A period of so many working days has them, and one of a month has more than are asked for.
        return day
    amount, _ = expressions.ratios.rounded(expressions.number(span.amount), 0, "down")
    if amount.lo > national_calendar().longest_break + least.working:
        return day
    start = expressions.day(span.day)
    soonest = nodes.make(
        "add_working",
        "int",
        (start, nodes.const(least.working)),
        None,
        start.lo - 40,
        start.hi + 2 * least.working + 40,
    )
    return nodes.choose(nodes.le(nodes.const(least.days), amount), nodes.greatest(day, soonest), day)
