# SPDX-License-Identifier: Apache-2.0
"""Who can be surveyed without asking the law about each: aid of one regulation, of known days and amounts, within the ceiling.

Almost everybody is so. Where the years roll and no ceiling is to change, what such an undertaking has left is the ceiling
less its sum, and more is left from the day on which the earliest aid of that sum falls out. Whoever is not so (several
regulations, an open amount, aid of tomorrow, a ceiling that is passed) is asked one by one, as ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container
from typing import NamedTuple

from misure.deminimis.caps import CapState, Limit
from misure.deminimis.ledgers.ledger import Ledger, beneficiaries_of, held_in
from misure.deminimis.surveying.turning import Turning

__all__ = ["Plain", "PlainLaw", "plain_of"]


class Plain(NamedTuple):
    """Who has plain aid, by columns: a name, the cents that count, and the first day of an aid among them (0: none counts)."""

    names: list[str]
    used: list[int]
    earliest: list[int]


class PlainLaw:
    """The law for whoever has plain aid under the regulation that is asked: one ceiling, the same from now on, and rolling years."""

    __slots__ = ("_gone", "_limits", "_turning", "ceiling", "day", "first")

    def __init__(self, day: int, limits: Callable[[int], list[Limit]], turning: Turning) -> None:
        self.day, self._limits, self._turning = day, limits, turning
        own = limits(day)[0]
        self.first, self.ceiling = own.first, own.least
        self._gone: dict[int, dt.date | None] = {}

    @classmethod
    def of(cls, day: int, limits: Callable[[int], list[Limit]], turning: Turning) -> PlainLaw | None:
        """The law of a day, `limits` giving those of each day that matter to such aid; None where it is not so plain."""
        own = limits(day)[0]
        for turn in (day, *turning.law):
            then = limits(turn)
            one = then[0]
            if len(then) > 1 or one.standing is not CapState.HOLDS or one.activity is not None or not one.rolling:
                return None
            if (one.least, one.most) != (own.least, own.least) or one.first < own.first:
                return None
        return cls(day, limits, turning)

    def gone(self, granted: int) -> dt.date | None:
        """The first later day on which aid of a day counts no more; None: none whose law is encoded."""
        if granted not in self._gone:
            days = sorted({*self._turning.law, *self._turning.leaving(granted)})
            found = next((day for day in days if self._limits(day)[0].first > granted), None)
            self._gone[granted] = None if found is None else dt.date.fromordinal(found)
        return self._gone[granted]


def plain_of(
    ledger: Ledger, law: PlainLaw | None, regulation: str, beside: Container[str]
) -> tuple[Plain, list[str]]:  # fmt: skip
    """Of the beneficiaries of a ledger, those with plain aid and the others; who is `beside` them is neither.

    It is asked of millions, so it is one plain loop.
    """
    plain, others = Plain([], [], []), list[str]()
    if law is None:
        return plain, [name for name in beneficiaries_of(ledger) if name not in beside]
    start, day, ceiling = law.first, law.day, law.ceiling
    for name, aids in held_in(ledger):
        used = earliest = 0
        for aid in aids:
            granted, amount = aid.first, aid.least
            if granted is None or granted != aid.last or amount != aid.most or granted > day:
                break
            if aid.regulation != regulation:
                break
            if granted >= start and amount:
                used += amount
                if not earliest or granted < earliest:
                    earliest = granted
        else:
            if used <= ceiling and name not in beside:
                plain.names.append(name)
                plain.used.append(used)
                plain.earliest.append(earliest)
                continue
        if aids and name not in beside:
            others.append(name)
    return plain, others
