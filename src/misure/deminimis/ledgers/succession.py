# SPDX-License-Identifier: Apache-2.0
"""Who carries on the aid of an undertaking that is split: art. 3(9) Reg. (EU) 2023/2831.

The aid follows the activity that used it. Where that cannot be told, it is shared out by the book value of equity on the
day of the split. To the cent: what rounding leaves over goes to the largest remainders, so that nothing is lost or made.

>>> shared(100, {"beta": 1, "gamma": 1, "delta": 1})
{'beta': 34, 'delta': 33, 'gamma': 33}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from misure.deminimis.aid import Aid, Fault, named
from misure.ground.arguments import shown
from misure.ground.days import day_text
from misure.ground.given import Money, cents, day, refuse
from misure.identifiers.entering import entered

__all__ = ["Shares", "parts", "shared"]


class Shares:
    """Who takes over what of an undertaking, checked.

    Raises:
        BadFacts: A name is empty, an equity is negative or all are nothing, the day is none, nobody takes over.
    """

    __slots__ = ("activities", "day", "equity", "undertaking")

    def __init__(
        self, undertaking: str, on: dt.date | str, by_activity: Mapping[str, str] | None, equity: Mapping[str, Money] | None
    ) -> None:  # fmt: skip
        faults: list[Fault] = []
        self.equity, self.day = dict[str, int](), 0
        self.undertaking = entered("undertaking", undertaking, "name who is split", faults)
        self.activities: dict[str, str] = {}
        try:
            self.day = day(on)
        except ValueError as problem:
            faults.append(("on", str(problem)))
        for activity, holder in _pairs("by_activity", by_activity, faults):
            faults += named("by_activity", activity, "name the activity")
            self.activities[activity] = entered("by_activity", holder, "name its holder", faults)
        for holder, value in _pairs("equity", equity, faults):
            who = entered("equity", holder, "name the holder", faults)
            if who and who in self.equity:
                faults.append(("equity", f"{shown(who)} is named twice"))
            try:
                self.equity[who] = cents(value)
            except ValueError as problem:
                faults.append((f"equity of {holder!s:.40}", str(problem)))
        if equity and not faults and not any(self.equity.values()):
            faults.append(("equity", "all are nothing, and nothing can be shared out by them"))
        if not by_activity and not equity:
            faults.append(("equity", "name who takes over which activity, or the equity of each successor"))
        refuse("<split>", faults)

    @property
    def holders(self) -> tuple[str, ...]:
        return tuple(sorted({*self.activities.values(), *self.equity}))


def _pairs(field: str, given: object, faults: list[Fault]) -> Iterable[tuple[Any, Any]]:
    if given is None or isinstance(given, Mapping):
        return (given or {}).items()
    faults.append((field, f"expected a mapping; got {shown(given)}"))
    return ()


def parts(aids: Iterable[Aid], shares: Shares) -> dict[str, tuple[Aid, ...]]:
    """What becomes of each aid of the undertaking, by its id.

    Raises:
        BadFacts: An aid follows no activity and no equity is told, or nobody knows whether it came before the split.
    """
    faults: list[Fault] = []
    changed: dict[str, tuple[Aid, ...]] = {}
    for aid in aids:
        if aid.first is not None and aid.first > shares.day:
            continue
        if aid.last is None or aid.last > shares.day:
            faults.append(
                (aid.id, f"it may have been granted after the split of {day_text(shares.day)}: find out its day")
            )
        elif aid.activity in shares.activities:
            holder = shares.activities[aid.activity]
            changed[aid.id] = (aid.but(beneficiary=holder, origin=aid.origin or (aid.id, aid.beneficiary)),)
        elif shares.equity:
            changed[aid.id] = _by_equity(aid, shares.equity)
        else:
            used = (
                f"the activity {shown(aid.activity)}, which nobody takes over"
                if aid.activity
                else "an unknown activity"
            )
            faults.append((aid.id, f"it was used for {used}: tell the equity of the successors"))
    refuse("<split>", faults)
    return changed


def _by_equity(aid: Aid, equity: Mapping[str, int]) -> tuple[Aid, ...]:
    least = most = shared(aid.least, equity)
    if aid.most != aid.least:
        # Largest remainders are not monotone in what is shared out, so a range is cut at the whole cents around each part.
        total = sum(equity.values())
        least = {holder: aid.least * weight // total for holder, weight in equity.items()}
        most = {holder: -(-(aid.most or 0) * weight // total) for holder, weight in equity.items()}
    return tuple(
        aid.but(
            id=f"{aid.id}/{holder}", beneficiary=holder, least=least[holder],
            most=None if aid.most is None else most[holder], origin=aid.origin or (aid.id, aid.beneficiary),
        )
        for holder in sorted(equity)
        if equity[holder]
    )  # fmt: skip


def shared(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Cents shared out by weights, wholly: the largest remainders take what is over, the first name among equals."""
    total = sum(weights.values())
    split = {holder: divmod(amount * weight, total) for holder, weight in sorted(weights.items())}
    over = amount - sum(whole for whole, _ in split.values())
    first = sorted(split, key=lambda holder: (-split[holder][1], holder))[:over]
    return {holder: whole + (holder in first) for holder, (whole, _) in split.items()}
