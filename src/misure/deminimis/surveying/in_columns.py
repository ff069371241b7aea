# SPDX-License-Identifier: Apache-2.0
"""A frame of aid surveyed by columns: the rows of plain aid are summed as they stand, and the other rows become a ledger.

Whoever has one row that is not plain (a name, another regulation, no amount, a day to come) has all of them in the ledger,
and is asked as whoever stands in one. Where a row cannot be, the frame is read row by row, which tells what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress, count
from operator import not_
from typing import Any, NamedTuple

from misure.deminimis.aid import Aid
from misure.deminimis.ledgers.frames import Reading, plain_id_of
from misure.deminimis.ledgers.gap import Gap
from misure.deminimis.surveying.in_bulk import are_right, right_numbers
from misure.deminimis.surveying.plain import Plain, PlainLaw
from misure.ground.errors import BadFacts
from misure.ground.given import cents
from misure.identifiers.aid_id import twin_of

__all__ = ["Rows", "rows_in"]

_NEVER = 10**9


class Rows(NamedTuple):
    """The rows of a frame: plain aid by columns, all the aid of whoever has some that is not, and what the rows leave open."""

    plain: Plain
    others: list[Aid]
    gaps: tuple[Gap, ...]


def rows_in(
    columns: Mapping[str, Sequence[Any]], law: PlainLaw, regulation: str, asked_for: Collection[str]
) -> Rows | None:  # fmt: skip
    """The rows of the columns of a frame, the aid of those `asked_for` among the others; None where a row may not be."""
    try:
        return _Rows(columns, law, regulation).read(asked_for)
    except (BadFacts, TypeError):  # a cell that cannot be a key is no value of any column
        return None


class _Rows:
    def __init__(self, columns: Mapping[str, Sequence[Any]], law: PlainLaw, regulation: str) -> None:
        self.columns, self.law, self.regulation = columns, law, regulation
        self.reading = Reading()

    def read(self, asked_for: Collection[str]) -> Rows | None:
        ids = self._ids()
        if ids is None:
            return None
        who, days, amounts = self.columns["beneficiary"], self._days(), self._cents()
        plain = self._are_plain(who, days, amounts)
        others: list[Aid] = []
        apart = set(asked_for)
        if not all(plain):
            for number, row in self._rows(ids, map(not_, plain)):
                aid = self.reading.aid(number, *row)
                if aid is not None:
                    others.append(aid)
                    apart.add(aid.beneficiary)
            apart.update(gap.beneficiary for gap in self.reading.gaps() if gap.beneficiary is not None)
            who = list(compress(who, plain))
            days, amounts = list(compress(days, plain)), list(compress(amounts, plain))
        found = self._sums(who, days, amounts)
        ceiling = self.law.ceiling
        apart.update(name for name, used in zip(found.names, found.used, strict=True) if used > ceiling)
        if apart:
            theirs = [
                is_plain and name in apart for is_plain, name in zip(plain, self.columns["beneficiary"], strict=True)
            ]
            for number, row in self._rows(ids, theirs):
                aid = self.reading.aid(number, *row)
                assert aid is not None, "a plain row names its beneficiary"
                others.append(aid)
            stays = [name not in apart for name in found.names]
            found = Plain(
                list(compress(found.names, stays)), list(compress(found.used, stays)),
                list(compress(found.earliest, stays)),
            )  # fmt: skip
        return Rows(found, others, self.reading.gaps())

    def _rows(self, ids: Sequence[str | None], chosen: Iterable[bool]) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Some rows with their numbers, as they are read one by one."""
        who, regulations, days, amounts, activities = (
            self.columns[name] for name in ("beneficiary", "regulation", "granted_on", "amount", "activity")
        )
        for at in compress(count(), chosen):
            yield at + 1, (who[at], regulations[at], days[at], amounts[at], ids[at], activities[at])

    def _ids(self) -> Sequence[str | None] | None:
        """The ids of the aids, each once; None where they have to be looked at one by one."""
        given = self.columns["id"]
        kinds = set(map(type, given))
        if kinds <= {type(None)}:
            return given
        if not kinds <= {str, int}:
            return None
        ids = [plain_id_of(str(one)) for one in given]
        each = set(ids)
        if len(each) < len(ids) or "" in each or any(twin_of(one) in each for one in each if not one.isdecimal()):
            return None
        return ids

    def _days(self) -> list[int]:
        """The ordinals of the days; one that has to be looked at by itself is after every other."""
        given = self.columns["granted_on"]
        known = {}
        for value in set(given):
            day = self.reading.day(value)
            known[value] = day if type(day) is int else _NEVER
        return [known[value] for value in given]

    def _cents(self) -> Sequence[int]:
        """The amounts in cents; one that has to be looked at by itself is less than nothing."""
        found = self.columns.get("cents")
        return found if found is not None else [_cents(value) for value in self.columns["amount"]]

    def _are_plain(self, who: Sequence[Any], days: Sequence[int], amounts: Sequence[int]) -> list[bool]:
        """Of each row whether it is plain aid."""
        everybody = dict.fromkeys(who)
        regulations, activities = self.columns["regulation"], self.columns["activity"]
        ours = {value: value == self.regulation for value in set(regulations)}
        if (
            all(ours.values()) and set(map(type, activities)) <= {type(None)}
            and (not days or (max(days) <= self.law.day and min(amounts) >= 0)) and are_right(everybody)
        ):  # fmt: skip
            return [True] * len(who)
        last, right = self.law.day, right_numbers(everybody)
        return [
            name in right and ours[regulation] and day <= last and amount >= 0 and activity is None
            for name, regulation, day, amount, activity in zip(
                who, regulations, days, amounts, activities, strict=True
            )
        ]  # fmt: skip

    def _sums(self, who: Sequence[str], days: Sequence[int], amounts: Sequence[int]) -> Plain:
        """What counts of everybody's aid, and since when."""
        places = dict.fromkeys(who, 0)
        for place, name in enumerate(places):
            places[name] = place
        used, earliest = [0] * len(places), [0] * len(places)
        start = self.law.first
        # Of so many names looking each up is what takes time: so each row looks its own up once.
        for place, day, amount in zip(map(places.__getitem__, who), days, amounts, strict=True):
            if day >= start and amount:
                used[place] += amount
                before = earliest[place]
                if not before or day < before:
                    earliest[place] = day
        return Plain(list(places), used, earliest)


def _cents(value: Any) -> int:
    try:
        return -1 if value is None else cents(value)
    except ValueError:
        return -1
