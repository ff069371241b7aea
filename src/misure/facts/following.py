# SPDX-License-Identifier: Apache-2.0
"""Which events wait for which: what never lies before something that has not happened has not happened either."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from misure.facts.vocabulary import Fact, Kind

__all__ = ["earlier_events", "through"]


def earlier_events(facts: Mapping[str, Fact]) -> dict[str, tuple[str, ...]]:
    """Each event with all those before which it never lies, by `not_before` and `not_after`, through any others in between.

    An event that waits for none is left out. A date is no event: it always has its day. Nor is it said of filing: who has not filed is
    asked as if on the day of the question.
    """
    events = {name for name, fact in facts.items() if fact.kind is Kind.EVENT}
    direct: dict[str, set[str]] = {name: set() for name in events}
    for name in events:
        direct[name] |= events.intersection(facts[name].not_before)
        for later in events.intersection(facts[name].not_after):
            direct[later].add(name)
    found = through(direct)
    return {name: tuple(sorted(found[name])) for name in facts if found.get(name)}


def through(direct: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Whatever each name leads to, by itself or through others.

    >>> found = through({"balance": ["contract"], "contract": ["grant"]})
    >>> sorted(found["balance"]), sorted(found["contract"])
    (['contract', 'grant'], ['grant'])
    """
    found: dict[str, set[str]] = {}
    for name, first in direct.items():
        reached, waiting = set[str](), list(first)
        while waiting:
            if (one := waiting.pop()) not in reached:
                reached.add(one)
                waiting += direct.get(one, ())
        found[name] = reached
    return found
