# SPDX-License-Identifier: Apache-2.0
"""Hours of windows that leave no time: on a day that is both the first and the last, the window opens before it closes."""

from __future__ import annotations

from collections.abc import Iterable

from misure.rulebook.rules import Term
from misure.rulebook.sense.limits import OfDay, parameters_in
from misure.rulebook.sense.telling import Findings

__all__ = ["hours_on"]


def hours_on(terms: Iterable[Term], law: OfDay, findings: Findings) -> None:
    """Windows of one day that close at an hour before the one at which they open."""
    for term in terms:
        ends = (term.opens, term.closes, term.opens_at, term.closes_at)
        known = [law.law(end) for end in ends if end is not None]
        if len(known) < len(ends) or None in known:
            continue
        first, last, opens_at, closes_at = (one for one in known if one is not None)
        if first[0] == last[1] and opens_at[0] > closes_at[1]:
            names = [name for end in reversed(ends) if end is not None for name in parameters_in(end, law.book)]
            message = f"the window {term.id!r} is one day long, and closes at an hour before the one at which it opens"
            findings.tell("hours", law.day, names, message, (term.place, term.id))
