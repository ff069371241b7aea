# SPDX-License-Identifier: Apache-2.0
"""How single undertakings stand on the day of a survey: one, and all of them in their order."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, overload

from misure._reopen import by_public_name
from misure.deminimis.aid import shown_money
from misure.deminimis.plain_data import data_of
from misure.deminimis.surveying.plain import Plain, PlainLaw
from misure.ground.ranges import Range

__all__ = ["UndertakingStanding", "Standings"]

_NOTHING = (0, 0)


@by_public_name
@dataclass(frozen=True, slots=True)
class UndertakingStanding:
    """How one single undertaking stands on the day of a survey. Amounts are told in euros, and kept in cents."""

    members: tuple[str, ...]
    possible: tuple[str, ...]
    """Who may belong to it, or may not."""
    used_cents: tuple[int, int | None]
    left_cents: tuple[int, int]
    overdrawn_cents: tuple[int, int]
    relief: dt.date | None
    """The first later day on which surely more is left, if nothing else is granted; None: none whose law is encoded."""
    perhaps_from: dt.date | None
    """The first later day on which more may be left."""

    @property
    def used(self) -> Decimal | Range | None:
        """What fills the regulation's own ceiling; None: there may be more aid than the ledger tells."""
        least, most = self.used_cents
        return None if most is None else shown_money(least, most)

    @property
    def left(self) -> Decimal | Range:
        """What may be granted: `Headroom.amount`."""
        return shown_money(*self.left_cents)

    @property
    def overdrawn(self) -> Decimal | Range:
        """By how much the ceiling is passed: `Headroom.overdrawn`."""
        return shown_money(*self.overdrawn_cents)

    def to_dict(self) -> dict[str, Any]:
        """The standing as plain data, ready for JSON."""
        return data_of(self, "used", "left", "overdrawn", without=("used_cents", "left_cents", "overdrawn_cents"))


class Standings(Sequence[UndertakingStanding]):
    """All the standings of a survey, whoever has passed the ceiling most first, then whoever has least left, then by name.

    Those of plain aid are columns of numbers, of which a standing is made when it is looked at: almost nobody of a million is.
    """

    __slots__ = ("_at", "_ceiling", "_earliest", "_found", "_gone", "_names", "_order", "_used", "_whole")

    def __init__(
        self, found: Sequence[UndertakingStanding], plain: Plain, law: PlainLaw | None, *, whole: bool
    ) -> None:
        self._whole, self._ceiling = whole, law.ceiling if law else 0
        self._names, self._used, self._earliest = plain
        self._gone = {granted: law.gone(granted) if law and granted else None for granted in set(plain.earliest)}
        # Of two stable sorts the second is the one that is seen first. What has much used has little left.
        self._order = sorted(range(len(plain.names)), key=plain.names.__getitem__)
        self._order.sort(key=plain.used.__getitem__, reverse=True)
        self._found = sorted(found, key=_order)
        """Those that were asked one by one, and where each stands among all."""
        self._at = [self._before(each) + number for number, each in enumerate(self._found)]

    def _before(self, one: UndertakingStanding) -> int:
        """How many of those of plain aid stand before one that was asked alone."""
        if any(one.overdrawn_cents):
            return 0
        asked = (*one.left_cents[::-1], one.members)
        return bisect_left(range(len(self._order)), asked, key=self._key)

    def _key(self, place: int) -> tuple[int, int, tuple[str, ...]]:
        left = self._left(place)
        return left, left if self._whole else 0, (self._names[self._order[place]],)

    def _left(self, place: int) -> int:
        return self._ceiling - self._used[self._order[place]]

    def _made(self, place: int) -> UndertakingStanding:
        at = self._order[place]
        name, used, day = self._names[at], self._used[at], self._gone[self._earliest[at]]
        left = self._ceiling - used
        if self._whole:
            return UndertakingStanding((name,), (), (used, used), (left, left), _NOTHING, day, day)
        return UndertakingStanding((name,), (), (used, None), (0, left), _NOTHING, None, day)

    def __len__(self) -> int:
        return len(self._names) + len(self._found)

    @overload
    def __getitem__(self, at: int) -> UndertakingStanding: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[UndertakingStanding, ...]: ...
    def __getitem__(self, at: int | slice) -> UndertakingStanding | tuple[UndertakingStanding, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(f"{len(self)} single undertakings stand here; there is none at {at}")
        before = bisect_left(self._at, place)
        alone = before < len(self._at) and self._at[before] == place
        return self._found[before] if alone else self._made(place - before)

    def __iter__(self) -> Iterator[UndertakingStanding]:
        done = 0
        for number, (at, each) in enumerate(zip(self._at, self._found, strict=True)):
            while done < at - number:
                yield self._made(done)
                done += 1
            yield each
        yield from map(self._made, range(done, len(self._names)))

    def overdrawn(self) -> tuple[UndertakingStanding, ...]:
        """Who has passed the ceiling, or may have: nobody of plain aid has."""
        return tuple(each for each in self._found if each.overdrawn_cents[1])

    def near(self, wanted: int) -> tuple[UndertakingStanding, ...]:
        """Of whom even at most less is left than so many cents."""
        # Nobody of plain aid who has so much left stands before somebody who has less.
        first = self[: len(self._found) + bisect_left(range(len(self._order)), wanted, key=self._left)]
        return tuple(each for each in first if each.left_cents[1] < wanted)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Standings | tuple):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (list(self),)

    def __repr__(self) -> str:
        return f"<{len(self)} standings>"


def _order(each: UndertakingStanding) -> tuple[int, int, int, int, tuple[str, ...]]:
    least, most = each.overdrawn_cents
    return (-least, -most, each.left_cents[1], each.left_cents[0], each.members)
