# SPDX-License-Identifier: Apache-2.0
"""What may occur once across applications: which stays, where that is known, and which of them may.

An application falls for certain when another of the same key certainly counts and is certainly preferred; it stays for
certain when no other that may have its key may be preferred. Everything between is a maybe.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from misure.allocating.columns import MAYBE, NO, YES, Maybe, Relation

__all__ = ["Survival", "stay"]

_NEVER = (1 << 62, -1)
_FIRST = (-(1 << 62), -(1 << 62))
"""The office says that it stays: it is preferred to all that the rules prefer."""
_NOBODY: Mapping[int, int] = MappingProxyType({})


@dataclass(slots=True)
class _Least:
    """The two least numbers seen, with their rows: the least among the others is one of them."""

    best: tuple[int, int] = _NEVER
    second: tuple[int, int] = _NEVER

    def add(self, number: int, row: int) -> None:
        if number < self.best[0]:
            self.best, self.second = (number, row), self.best
        elif number < self.second[0]:
            self.second = (number, row)

    def without(self, row: int) -> tuple[int, int]:
        """The least number of another row, and that row (-1: there is none)."""
        return self.second if self.best[1] == row else self.best


@dataclass(slots=True)
class _Perhaps:
    """Those that each may fall to: the least number of each key, of those whose keys are not all told, and of all that have one."""

    by_key: dict[tuple[str, int], _Least] = field(default_factory=dict)
    untold: _Least = field(default_factory=_Least)
    anybody: _Least = field(default_factory=_Least)

    def add(self, number: int, row: int, own: Sequence[tuple[str, int]], *, open_: bool) -> None:
        if own or open_:
            self.anybody.add(number, row)
        if open_:
            self.untold.add(number, row)
        for key in dict.fromkeys(own):  # a firm may stand twice in one partnership
            self.by_key.setdefault(key, _Least()).add(number, row)

    def least(self, row: int, own: Sequence[tuple[str, int]], *, open_: bool) -> tuple[int, int]:
        """The least number of another that may have a key of this one, and its row (-1: there is none)."""
        rivals = [self.by_key[key] for key in own if key in self.by_key]
        if own or open_:
            rivals.append(self.anybody if open_ else self.untold)
        return min((rival.without(row) for rival in rivals), default=_NEVER)


@dataclass(frozen=True, slots=True)
class Survival:
    """Whether each stays, and the row of another that it falls to, or may fall to (-1: none)."""

    stays: list[Maybe]
    other: list[int]


def stay(
    relation: Relation, keys: Sequence[tuple[Sequence[tuple[str, int]], bool]], preferred: Sequence[tuple[int, int]],
    admitted: Sequence[Maybe], able: Sequence[Maybe], kept: Collection[int] = (), left: Mapping[int, int] = _NOBODY,
    filed: Sequence[tuple[int, int]] = (),
) -> Survival:  # fmt: skip
    """Which applications stay. `preferred` is a range for each: the lesser is preferred.

    Those that are not `able` to be the one that stays displace nobody, and those that perhaps are not displace nobody for
    certain. Those that are `kept` stay, because the office says so, and displace the others as far as they are able.

    Those that have `left`, each at its moment, perhaps still stand in the way of whoever filed before it, and of nobody who
    filed after: there was one application then.

    An application may have several keys, such as the members of its partnership: one in common is enough. Who may have keys
    that are not told may meet anybody. Each pair is looked at alone: one that falls to a third still displaces its own rivals.
    """
    counts = [_counts(relation.among, there) for there in admitted]
    if kept:
        if not relation.among:  # the office lets it stay as one that is admitted, or perhaps as one that is not
            counts = [max(MAYBE, admitted[row]) if row in kept else there for row, there in enumerate(counts)]
        preferred = [_FIRST if row in kept else ends for row, ends in enumerate(preferred)]
    counts = list(map(min, counts, able))
    certain, possible, gone = dict[tuple[str, int], _Least](), _Perhaps(), _Perhaps()
    mutual = relation.survivor == "none"
    for row, (own, open_) in enumerate(keys):
        if counts[row] == NO:
            continue
        if row in left:
            gone.add(-left[row], row, own, open_=open_)
            continue
        low, high = (0, 0) if mutual else preferred[row]
        possible.add(low, row, own, open_=open_)
        for key in dict.fromkeys(own) if counts[row] == YES else ():
            certain.setdefault(key, _Least()).add(high, row)
    stays, other = [], []
    for row, (own, open_) in enumerate(keys):
        low, high = (1, 1) if mutual else preferred[row]
        sure = min((certain[key].without(row) for key in own if key in certain), default=_NEVER)
        maybe = possible.least(row, own, open_=open_)
        past = gone.least(row, own, open_=open_) if left else _NEVER
        if row in kept and able[row] != NO:  # beside others that stay too, where the office lets several
            stays.append(YES)
            other.append(-1)
        elif sure[0] < low:
            stays.append(NO)
            other.append(sure[1])
        elif maybe[1] >= 0 and maybe[0] <= high:
            stays.append(MAYBE)
            other.append(maybe[1])
        elif past[1] >= 0 and -past[0] >= filed[row][0]:
            stays.append(MAYBE)
            other.append(past[1])
        else:
            stays.append(YES)
            other.append(-1)
    return Survival(stays, other)


def _counts(among: str, admitted: Maybe) -> Maybe:
    if among == "filed":
        return YES
    if among == "admitted":
        return admitted
    return YES if admitted == YES else MAYBE
