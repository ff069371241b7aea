# SPDX-License-Identifier: Apache-2.0
"""The law beneath a soft loan written by hand: what is left of de minimis, and the figures of its gross grant equivalent.

Amounts are cents, rates decimals. Where no source gives a figure the answer has two ends.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

RATES = (
    (dt.date(2025, 4, 18).toordinal(), Decimal("0.0371")), (dt.date(2025, 7, 1).toordinal(), Decimal("0.0321")),
    (dt.date(2026, 1, 1).toordinal(), Decimal("0.0319")), (dt.date(2026, 2, 1).toordinal(), None),
)  # fmt: skip
MARGINS = {
    "aaa_a": ("0.0060", "0.0075", "0.0100"), "bbb": ("0.0075", "0.0100", "0.0220"), "bb": ("0.0100", "0.0220", "0.0400"),
    "b": ("0.0220", "0.0400", "0.0650"), "ccc": ("0.0400", "0.0650", "0.1000"),
}  # fmt: skip
COLLATERALS = ("high", "normal", "low")
FILL_GENERAL = frozenset({"gen", "agri", "fish"})
LAST_CEILING, LAST_SHARED = dt.date(2031, 6, 30).toordinal(), dt.date(2031, 6, 30).toordinal()


@dataclass(slots=True)
class Aid:
    beneficiary: str
    regulation: str
    granted_on: int
    amount: int


@dataclass(slots=True)
class Control:
    controller: str
    controlled: str
    control: bool
    sole_trader: bool = False

    def joins(self, firm: str) -> bool:
        """A natural person joins undertakings only who trades alone; the firm itself is one in any case."""
        person = any(len(end) == 16 and end != firm for end in (self.controller, self.controlled))
        return self.control and (self.sole_trader or not person)


def members(firm: str, controls: list[Control]) -> set[str]:
    found, before = {firm}, 0
    while len(found) > before:
        before = len(found)
        for one in controls:
            if one.joins(firm) and (one.controller in found or one.controlled in found):
                found |= {one.controller, one.controlled}
    return found


def apart(firm: str, controls: list[Control]) -> set[str]:
    """Whom the relations reach, and join by no control; of anybody else nobody said that it is no member."""
    told = members(firm, [Control(one.controller, one.controlled, True, True) for one in controls])
    return told - members(firm, controls)


def headroom(firm: str, aids: list[Aid], controls: list[Control], day: int) -> tuple[int, int]:
    """What is left of the general ceiling; from nothing on where no law is known."""
    if day < RATES[0][0]:
        # Granted before the call: the law of that day is not asked for.
        return 0, 10**13
    date = dt.date.fromordinal(day)
    last = 28 if (date.month, date.day) == (2, 29) else date.day
    start = date.replace(year=date.year - 3, day=last).toordinal() + 1
    group, strangers = members(firm, controls), apart(firm, controls)
    # Aid that is not granted yet, told as day 0, fills nothing.
    counted = [aid for aid in aids if start <= aid.granted_on <= day and aid.beneficiary not in strangers]
    sure = [aid for aid in counted if aid.beneficiary in group]
    if day > LAST_CEILING:
        return 0, 10**13 - sum(aid.amount for aid in sure if aid.regulation == "gen")
    least, most = (
        max(0, 30_000_000 - sum(aid.amount for aid in some if aid.regulation in FILL_GENERAL))
        for some in (counted, sure)
    )
    return least, most
