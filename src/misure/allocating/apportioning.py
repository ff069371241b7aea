# SPDX-License-Identifier: Apache-2.0
"""An amount apportioned among the records of a table, in proportion to their weights: the cents add up.

Each receives its share of the amount in proportion, no more than its limit; what is above a limit goes to the others, in
proportion again. Shares are rounded down to the cent, and the cents that are left go to the one to whom the act gives the rest; where it names
none, one each, to those of whom the greatest part of a cent was cut off: equal ones in the order of their names. So the order in which records are told does
not matter, and nobody passes a limit.

>>> exactly(10000, [Claimant("a", 1), Claimant("b", 1), Claimant("c", 1)])
Apportioned(cents=(3334, 3333, 3333), whole=False)
>>> exactly(10000, [Claimant("a", 1), Claimant("b", 1), Claimant("c", 1, rest=True)])
Apportioned(cents=(3333, 3333, 3334), whole=True)
>>> exactly(10000, [Claimant("a", 3), Claimant("b", 1, limit=1000)])
Apportioned(cents=(9000, 1000), whole=True)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Apportioned", "Between", "Claimant", "between", "exactly"]

Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who takes part: its name, its weight in any unit, never negative, and the most cents that it may receive."""

    name: str
    weight: int
    limit: int | None = None
    rest: bool = False
    """Whether the cents that are left go to it."""


@dataclass(frozen=True, slots=True)
class Apportioned:
    """What each receives, in cents. `whole` where no cent had to be given to anybody whom the act does not name."""

    cents: tuple[int, ...]
    whole: bool


def exactly(amount: int, claimants: Sequence[Claimant]) -> Apportioned | None:
    """What each receives of an amount of cents; None where nobody says how it is divided: no weights, or limits below it."""
    cents = [0] * len(claimants)
    rivals = _first_filled((at, one.weight, one.limit) for at, one in enumerate(claimants))
    filled, left, weights = _filled(amount, sum(one.weight for one in claimants), rivals)
    for at, _, limit in rivals[:filled]:
        cents[at] = limit or 0
    waiting = [at for at, _, _ in rivals[filled:]]
    if left and not waiting:
        return None
    rests = []
    for at in waiting:
        cents[at], rest = divmod(left * claimants[at].weight, weights)
        rests.append((-rest, claimants[at].name, at))
    over = left - sum(cents[at] for at in waiting)
    keepers = [at for at in waiting if claimants[at].rest]
    if len(keepers) == 1:
        (at,) = keepers
        given = _held(over, None if (most := claimants[at].limit) is None else most - cents[at])
        cents[at], over = cents[at] + given, over - given
        rests = [one for one in rests if one[2] != at]
    for _, _, at in sorted(rests)[:over]:
        cents[at] += 1
    return Apportioned(tuple(cents), whole=not over)


@dataclass(frozen=True, slots=True)
class Between:
    """Who takes part, or may, as far as that is known: the ends of its weight, and of what it may receive at most."""

    name: str
    weight: Ends
    limit: tuple[int | None, int | None] = (None, None)
    rest: Ends = (0, 0)
    """Whether the cents that are left go to it: 1 if so."""

    @property
    def exact(self) -> bool:
        """Whether nothing of it is open."""
        return all(ends[0] == ends[1] for ends in (self.weight, self.limit, self.rest))


def between(
    amount: Ends, claimants: Sequence[Between], unseen: Between | None = None, rest: int = 0
) -> tuple[tuple[Ends, ...], bool]:
    """What each receives, from the least to the greatest; and whether that is exact, and no cent had to be given to anybody.

    `unseen` are all others together that may take part and are not told. A share rises with its own weight and limit and with the
    amount, and falls as those of the others rise: so its ends lie where these stand at theirs. What the others may not receive is
    left to it, however it is divided.

    `rest` is the least that anything but the limits leaves of the amount: this is all that they add up to, or at least `rest`. So
    the others take from somebody no more than what goes beyond it, where the amount is open only because their limits are.

    >>> between((100, 100), [Between("a", (1, 1)), Between("b", (1, 3))])
    (((25, 50), (50, 75)), False)
    >>> between((100, 100), [Between("a", (0, 1), (60, 60)), Between("b", (0, 1), (50, 50))])
    (((50, 60), (40, 50)), False)
    >>> between((80, 100), [Between("a", (1, 1), (60, 60)), Between("b", (1, 1), (20, 50))], rest=100)
    (((50, 60), (20, 50)), False)
    """
    unseen = unseen if unseen is not None and unseen.weight[1] else None
    if amount[0] == amount[1] and unseen is None and all(one.exact for one in claimants):
        exact = [Claimant(one.name, one.weight[0], one.limit[0], one.rest[0] == 1) for one in claimants]
        found = exactly(amount[0], exact)
        if found is not None:
            return tuple((cents, cents) for cents in found.cents), found.whole
        lows = _surely(amount, claimants, None)
        return tuple((low, _held(amount[1], one.limit[1])) for low, one in zip(lows, claimants, strict=True)), False
    certain = _surely(amount, claimants, unseen)
    if rest > amount[0]:
        above = _surely((rest, max(amount[1], rest)), claimants, unseen)
        certain = [
            max(own, _held(more, one.limit[0])) for own, more, one in zip(certain, above, claimants, strict=True)
        ]
    least = _against(claimants, unseen, 1)
    greatest = _against(claimants, None, 0)
    ends = []
    for at, (one, sure) in enumerate(zip(claimants, certain, strict=True)):
        low = _quota(max(amount[0], rest), one.weight[0], one.limit[0], [each for each in least if each[0] != at])
        high = _quota(amount[1], one.weight[1], one.limit[1], [each for each in greatest if each[0] != at])
        low = Fraction(0) if low is None else low
        top = amount[1] if high is None else -(-high.numerator // high.denominator)
        if one.rest[1]:  # fewer cents are left than there are that take part
            top = top + len(claimants) if unseen is None else amount[1]
        top = _held(min(top, amount[1]), one.limit[1])
        ends.append((min(max(low.numerator // low.denominator, sure), top), top))
    return tuple(ends), False


def _surely(amount: Ends, claimants: Sequence[Between], unseen: Between | None) -> list[int]:
    """What the limits of the others leave to each; nothing where somebody has no limit, or all together may be below the amount."""
    limits = [one.limit[1] for one in (*claimants, *(() if unseen is None else (unseen,)))]
    known: list[int] = [limit for limit in limits if limit is not None]
    if len(known) < len(limits) or sum(known) < amount[1]:
        return [0] * len(claimants)
    together = sum(known)
    return [max(0, amount[0] - (together - own)) for own in known[: len(claimants)]]


def _held(amount: int, limit: int | None) -> int:
    return amount if limit is None else min(amount, limit)


_Rival = tuple[int, int, int | None]
"""Another that takes part: its place, its weight, its limit."""


def _against(claimants: Sequence[Between], unseen: Between | None, end: int) -> list[_Rival]:
    """All who take part with one end of what is known of them, those first who are first filled."""
    found: list[_Rival] = [(at, one.weight[end], one.limit[end]) for at, one in enumerate(claimants)]
    if unseen is not None:
        found.append((-1, unseen.weight[end], unseen.limit[end]))
    return _first_filled(found)


def _first_filled(rivals: Iterable[_Rival]) -> list[_Rival]:
    """Those that have a weight, who is first filled first."""
    return sorted((one for one in rivals if one[1]), key=lambda one: _fills(one[1], one[2]))


def _filled(amount: int, weights: int, rivals: Sequence[_Rival]) -> tuple[int, int, int]:
    """How many of the first are filled as an amount is divided by weights, and what amount and weights they leave to the others."""
    for at, (_, weight, limit) in enumerate(rivals):
        if limit is None or amount * weight < limit * weights:
            return at, amount, weights
        amount, weights = amount - limit, weights - weight
    return len(rivals), amount, weights


def _fills(weight: int, limit: int | None) -> tuple[bool, Fraction]:
    """When somebody is filled, as all are raised together; who has no limit never is."""
    return limit is None, Fraction(0) if limit is None else Fraction(limit, weight)


def _quota(amount: int, weight: int, limit: int | None, others: Sequence[_Rival]) -> Fraction | None:
    """What one receives beside others, before any rounding; None where nobody has a weight."""
    _, left, weights = _filled(amount, weight + sum(other[1] for other in others), others)
    if not weights:
        return None if not weight else Fraction(0)
    quota = Fraction(max(left, 0) * weight, weights)
    return quota if limit is None else min(quota, Fraction(limit))
