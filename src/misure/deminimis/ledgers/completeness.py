# SPDX-License-Identifier: Apache-2.0
"""For whom, and until when, somebody says that a ledger lacks nothing; and what becomes of that word when undertakings change.

>>> [gap.beneficiary for gap in after_merger((), frozenset({"alfa"}), "alfa", ("beta",))]
['alfa']
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from misure.deminimis.aid import kind_faults, named, rows_of
from misure.deminimis.ledgers.gap import Gap
from misure.ground.given import Mistake, day
from misure.identifiers.entering import entered
from misure.identifiers.identity import is_foreign, is_unsure

__all__ = ["after_merger", "after_split", "read_gaps", "read_until", "read_whom", "unanswered"]


def read_until(complete_by: str | None, complete_until: dt.date | str | None, faults: list[Mistake]) -> dt.date | None:
    """The last day for which somebody answers for a ledger."""
    until = None
    if complete_by is not None:
        faults += named("complete_by", complete_by, "say who answers for it, or leave it out")
    if complete_until is not None:
        try:
            until = dt.date.fromordinal(day(complete_until))
        except ValueError as problem:
            faults.append(("complete_until", str(problem)))
        if complete_by is None:
            faults.append(("complete_until", _NOBODY))
    return until


def read_whom(
    complete_by: str | None, complete_for: Iterable[str] | None, faults: list[Mistake]
) -> frozenset[str] | None:  # fmt: skip
    """The beneficiaries for whom somebody answers for a ledger; None: for everybody."""
    if complete_for is None:
        return None
    if complete_by is None:
        faults.append(("complete_for", _NOBODY))
    given = rows_of("complete_for", complete_for, faults)
    return frozenset(entered("complete_for", each, "name a beneficiary", faults) for each in given)


def read_gaps(gaps: Iterable[Gap], faults: list[Mistake]) -> tuple[Gap, ...]:
    """What a ledger is known to lack, each once and in order."""
    known = tuple(rows_of("gaps", gaps, faults))
    for gap in known:
        faults += kind_faults("gaps", gap, Gap)
    return in_order(known)


def in_order(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """The gaps of a ledger as it holds them."""
    return tuple(sorted(set(gaps), key=repr))


def unanswered(complete_for: frozenset[str] | None, names: Iterable[str]) -> Iterator[str]:
    """Those for whom nobody answers. Of foreign numbers whose check fails the register is read whole: one is a slip of another."""
    if complete_for is None:
        return
    for name in names:
        if name not in complete_for and not (is_foreign(name) and is_unsure(name)):
            yield name


def after_merger(
    gaps: Iterable[Gap], complete_for: frozenset[str] | None, into: str, others: tuple[str, ...]
) -> tuple[Gap, ...]:  # fmt: skip
    """The gaps after a merger: those of whoever was taken over, and that nobody answered for one of them."""
    found = [Gap(gap.what, into) if gap.beneficiary in others else gap for gap in gaps]
    found += [Gap(f"{name}, taken over: {ANOTHERS}", into) for name in unanswered(complete_for, others)]
    return in_order(found)


def after_split(
    gaps: Iterable[Gap], complete_for: frozenset[str] | None, undertaking: str, holders: Iterable[str]
) -> tuple[Gap, ...]:  # fmt: skip
    """The gaps after a split: each of the undertaking is one of every holder, and so is that nobody answered for it."""
    holders = tuple(holders)
    found: list[Gap] = []
    for gap in gaps:
        found += [Gap(gap.what, name) for name in holders] if gap.beneficiary == undertaking else [gap]
    for name in unanswered(complete_for, (undertaking,)):
        found += [Gap(f"{name}, split: {ANOTHERS}", holder) for holder in holders]
    return in_order(found)


ANOTHERS = "the ledger is said to be complete for others alone"
_NOBODY = "nobody is named who says that the ledger is complete"
