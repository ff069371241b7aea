# SPDX-License-Identifier: Apache-2.0
"""Amounts that cannot be: caps of nothing, caps above all the money there is, windows of a selection that close before they open."""

from __future__ import annotations

from fractions import Fraction

from misure.rulebook.rules import Support
from misure.rulebook.selection import Selection
from misure.rulebook.sense.limits import OfDay, parameters_in, written
from misure.rulebook.sense.telling import Findings

__all__ = ["caps_on", "windows_on"]


def caps_on(support: Support, law: OfDay, findings: Findings) -> None:
    """Caps that give nothing, and what one applicant may get beside all that the envelopes hold."""
    selection = law.book.selection
    envelopes = [envelope.amount for envelope in selection.envelopes] if selection is not None else []
    holds = [law.parameter(name) for name in envelopes]
    known = [one[1] for one in holds if one is not None]
    money = sum(known, Fraction(0)) if known and len(known) == len(holds) else None
    for line in support.lines:
        paid = selection is not None and (not selection.pays or line.id in selection.pays)
        for tree in (line.of, *(cap.most for cap in line.caps)):
            bounds, names = law.law(tree), list(parameters_in(tree, law.book))
            where = tree.place, line.id
            if bounds is None:
                continue
            if bounds[1] <= 0:
                findings.tell("nothing", law.day, names, f"nobody gets anything of {line.id!r} up to this", where)
            # A what-if about the envelope alone is a good question: what if so little were left.
            elif paid and money is not None and bounds[0] > money:
                most, all_ = written(bounds[0], line.of.type), written(money, line.of.type)
                message = f"one applicant may get {most} of {line.id!r}, and all the envelopes hold {all_}"
                findings.tell("envelope", law.day, names, message, where)


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
