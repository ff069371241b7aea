# SPDX-License-Identifier: Apache-2.0
"""Amounts that cannot be: caps of nothing, caps above all the money there is, windows of a selection that close before they open."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from misure.rulebook.expression import Expr
from misure.rulebook.rules import Support, SupportLine
from misure.rulebook.selection import Selection
from misure.rulebook.sense.limits import OfDay, parameters_in, written
from misure.rulebook.sense.telling import Findings

__all__ = ["above_envelopes", "caps_on", "windows_on"]


def caps_on(support: Support, law: OfDay, findings: Findings) -> None:
    """Caps up to which nobody gets anything."""
    for line, tree in _limits(support):
        bounds = law.law(tree)
        if bounds is not None and bounds[1] <= 0:
            message = f"nobody gets anything of {line.id!r} up to this"
            findings.tell("nothing", law.day, parameters_in(tree, law.book), message, (tree.place, line.id))


def above_envelopes(support: Support, law: OfDay, findings: Findings) -> None:
    """What one applicant may get beside all that the envelopes hold. Of a what-if the cap is to blame, and never the envelope.

    What if so little were left is a good question.
    """
    selection = law.book.selection
    if selection is None or not selection.envelopes:
        return
    holds = [law.parameter(envelope.amount) for envelope in selection.envelopes]
    money = sum((one[1] for one in holds if one is not None), Fraction(0))
    for line, tree in _limits(support) if None not in holds else ():
        bounds = law.law(tree)
        if bounds is not None and bounds[0] > money and (not selection.pays or line.id in selection.pays):
            most, everything = written(bounds[0], line.of.type), written(money, line.of.type)
            message = f"one applicant may get {most} of {line.id!r}, and all the envelopes hold {everything}"
            findings.tell("envelope", law.day, parameters_in(tree, law.book), message, (tree.place, line.id))


def _limits(support: Support) -> Iterator[tuple[SupportLine, Expr]]:
    for line in support.lines:
        yield from ((line, tree) for tree in (line.of, *(cap.most for cap in line.caps)))


def windows_on(selection: Selection, law: OfDay, findings: Findings) -> None:
    """Windows of a selection that close before they open."""
    for window in selection.windows:
        opens, closes = law.parameter(window.opens), law.parameter(window.closes)
        if opens is None or closes is None or opens[0] <= closes[1]:
            continue
        kind = law.book.parameters[window.opens].type
        message = (
            f"the window {window.id!r} opens on {written(opens[0], kind)} and closes on {written(closes[1], kind)}"
        )
        findings.tell("window", law.day, [window.closes, window.opens], message, (window.place, window.id))
