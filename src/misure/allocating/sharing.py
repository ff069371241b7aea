# SPDX-License-Identifier: Apache-2.0
"""An amount divided by shares that the act fixes, or the application tells: each its own, and the rest to the one that is named.

Each share is rounded down to the cent, and whoever receives the rest receives what the others leave: its own share, the cents that
were cut off, and what nobody has a share of. Where nobody is to receive the rest, the shares are the whole, and the cents that are
left go as in `misure.allocating.apportioning`.

>>> from misure.allocating.apportioning import Between
>>> shared((10001, 10001), [Between("a", (60, 60), rest=(1, 1)), Between("b", (40, 40))], 100, to_one=True)
(((6001, 6001), (4000, 4000)), True)
"""

from __future__ import annotations

from collections.abc import Sequence

from misure.allocating.apportioning import Between, Ends, between

__all__ = ["shared"]


def shared(
    amount: Ends, claimants: Sequence[Between], whole: int, unseen: Between | None = None, *, to_one: bool
) -> tuple[tuple[Ends, ...], bool]:
    """What each receives, from the least to the greatest; and whether no cent was given to anybody whom the act does not name.

    Weights are shares of `whole`, which together are never more. `to_one` where the act gives the rest to one of them; `unseen` are
    all others together that may take part and are not told.

    >>> shared((100, 100), [Between("a", (0, 100), rest=(1, 1)), Between("b", (20, 40))], 100, to_one=True)
    (((60, 80), (20, 40)), True)
    """
    unseen = unseen if unseen is not None and unseen.weight[1] else None
    if not to_one:
        if unseen is None and sum(one.weight[0] for one in claimants) == whole and all(one.exact for one in claimants):
            return between(amount, claimants)
        return tuple(_own(amount, one, whole, more=1) for one in claimants), False
    ends, may = [], [one for one in claimants if one.rest[1]]
    known = unseen is None and len(may) == 1 and may[0].rest[0] == 1
    for one in claimants:
        own = _own(amount, one, whole)
        others = [other for other in claimants if other is not one]
        rest = _rest(amount, others, whole, unseen)
        if known:
            ends.append(rest if one.rest[1] else own)
        elif one.rest[1] or not may:
            ends.append((min(own[0], rest[0]), max(own[1], rest[1])))
        else:
            ends.append(own)
    return tuple(ends), known


def _own(amount: Ends, one: Between, whole: int, more: int = 0) -> Ends:
    """The share of one, rounded down; with `more` cents at most that may be given to it."""
    low, high = (cents * min(share, whole) // whole for cents, share in zip(amount, one.weight, strict=True))
    return low, min(high + more, amount[1])


def _rest(amount: Ends, others: Sequence[Between], whole: int, unseen: Between | None) -> Ends:
    """What the others leave."""
    least = min(whole, sum(one.weight[0] for one in others))
    most = min(whole, sum(one.weight[1] for one in others) + (unseen.weight[1] if unseen is not None else 0))
    low = -(-amount[0] * (whole - most) // whole)
    high = amount[1] * (whole - least) // whole + len(others)
    if unseen is not None:
        return low, amount[1]
    if amount[0] == amount[1]:
        cents = amount[0]
        low = max(low, cents - sum(cents * min(one.weight[1], whole) // whole for one in others))
        high = min(high, cents - sum(cents * min(one.weight[0], whole) // whole for one in others))
    return low, min(high, amount[1])
