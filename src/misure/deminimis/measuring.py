# SPDX-License-Identifier: Apache-2.0
"""A question about headroom, checked, and what fills each limit on its day: the one place where headroom is computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from misure.deminimis.aid import Aid, Fault, named
from misure.deminimis.answers import counted, may_count
from misure.deminimis.caps import CapState, Limit, limits
from misure.deminimis.law import regulation_faults
from misure.deminimis.ledgers.ledger import Gap, Ledger, gaps_touching, totals_of
from misure.deminimis.options import Group, Options, group_of
from misure.deminimis.strangers import Stranger, strangers_of, widened
from misure.ground.arguments import shown
from misure.ground.given import day as day_of
from misure.ground.given import refuse

__all__ = [
    "Question",
    "Ends",
    "asked",
    "ends",
    "filled",
    "filling",
    "gaps_of",
    "granted_later",
    "left",
    "measured",
    "outlives",
]


class Question(NamedTuple):
    """A question, checked: days are ordinals."""

    ledger: Ledger
    group: Group
    day: int
    regulation: str
    activity: str | None
    options: Options
    strangers: tuple[Stranger, ...] = ()

    @property
    def unmatched(self) -> bool:
        """Whether any aid of the ledger may be of somebody who is asked about: nothing of the amount is sure then."""
        return any(stranger.unmatched for stranger in self.strangers)


class Ends(NamedTuple):
    """One limit, what fills it at least and at most (None: without end), and what it leaves, all in cents."""

    limit: Limit
    used_least: int
    used_most: int | None
    least: int
    greatest: int | None
    """None: the limit may not hold at all."""


def asked(
    ledger: object, undertaking: object, on: object, regulation: object, activity: object, later: object, options: object,
    more: Iterable[Fault] = (), told_as: str = "on", door: str = "headroom",
) -> Question:  # fmt: skip
    """A question from what a caller hands over.

    Raises:
        BadFacts: Something given cannot be, or aid lies after the day; every fault is told.
    """
    faults: list[Fault] = [*more, *regulation_faults(regulation)]
    # A group that was read already is not read again.
    group = undertaking if isinstance(undertaking, Group) else group_of(undertaking, faults)
    day = 0
    try:
        day = day_of(on)
    except ValueError as problem:
        faults.append((told_as, str(problem)))
    if activity is not None:
        faults += named("activity", activity, "leave it out where it does not matter")
    if not isinstance(ledger, Ledger):
        faults.append(("ledger", f"expected a Ledger; got {shown(ledger)}"))
    if not isinstance(options, Options):
        faults.append(("options", f"expected Options; got {shown(options)}"))
    if later not in ("refuse", "ignore"):
        faults.append(("later", f"expected 'refuse' or 'ignore'; got {shown(later)}"))
    elif later == "refuse" and isinstance(ledger, Ledger) and not faults:
        faults += granted_later(ledger, group, day)
    refuse(f"<{door}>", faults)
    assert isinstance(ledger, Ledger) and isinstance(options, Options) and isinstance(regulation, str)
    strangers = strangers_of(ledger, group, complete=complete_on(ledger, day))
    group = widened(ledger, group, strangers)
    told = activity if isinstance(activity, str) else None
    return Question(ledger, group, day, regulation, told, options, strangers)


def granted_after(ledger: Ledger, names: Iterable[str], day: int) -> Iterator[Aid]:
    """The aid of some beneficiaries that was surely granted after a day."""
    for name in names:
        for held in totals_of(ledger, name).values():
            yield from held.aids[held.between(day + 1, held.days[-1]) if held.days else slice(0)]
            yield from (aid for aid in held.loose if aid.first is not None and aid.first > day)


def granted_later(ledger: Ledger, group: Group, day: int) -> Iterable[Fault]:
    """A fault for each aid of an undertaking that was surely granted after a day."""
    for aid in granted_after(ledger, (*group.members, *group.possible), day):
        said = f"granted on {aid.granted_on}, after {dt.date.fromordinal(day)}: say later='ignore' to ask the past"
        yield aid.id, said


def ends(question: Question) -> list[Ends]:
    """Every limit on the day with its two ends. The one place where headroom is computed.

    Raises:
        NotEncoded: The law of the day is not encoded.
    """
    ledger, group, day = question.ledger, question.group, question.day
    whole = complete_on(ledger, day) and not gaps_of(question)
    whole = whole and not question.unmatched
    of_day = limits(day, question.regulation, question.activity, question.options)
    return measured(of_day, question.regulation, lambda limit: filled(ledger, group, limit, day), whole=whole)


def measured(
    of_day: Iterable[Limit], regulation: str, fill: Callable[[Limit], tuple[int, int | None]], *, whole: bool
) -> list[Ends]:  # fmt: skip
    """The limits of a day with their ends, `fill` being the cents that fill each; `whole`: there is no other aid."""
    found = []
    for limit in of_day:
        if limit.standing is CapState.NOT_ENCODED:
            # Without aid under the other regulations the shared cap, whatever it says, adds nothing to the own ceiling.
            others = replace(limit, counts=tuple(name for name in limit.counts if name != regulation), first=1)
            if fill(others)[1] == 0:
                continue
        least, most = fill(limit)
        found.append(left(limit, least, most if whole else None))
    return found


def left(limit: Limit, least: int, most: int | None) -> Ends:
    """What a limit leaves when so much fills it; None: without an upper end."""
    low = 0 if most is None or limit.standing is CapState.NOT_ENCODED else max(0, limit.least - most)
    high = max(0, limit.most - least) if limit.standing in (CapState.HOLDS, CapState.SET_ASIDE) else None
    return Ends(limit, least, most, low, high)


def outlives(question: Question) -> bool:
    """Whether the day lies after the last for which the ledger is said to be complete."""
    return _outlives(question.ledger, question.day)


def complete_on(ledger: Ledger, day: int) -> bool:
    """Whether somebody answers for a ledger on a day, whatever it is known to lack."""
    return ledger.complete_by is not None and not _outlives(ledger, day)


def _outlives(ledger: Ledger, day: int) -> bool:
    return ledger.complete_until is not None and day > ledger.complete_until.toordinal()


def gaps_of(question: Question) -> list[Gap]:
    """The gaps of the ledger that touch the undertaking."""
    return gaps_touching(question.ledger, (*question.group.members, *question.group.possible))


def filled(ledger: Ledger, group: Group, limit: Limit, day: int) -> tuple[int, int | None]:
    """The least and greatest cents that fill a limit; None: without an upper end."""
    least, most, bounded = 0, 0, True
    for names, sure in ((group.members, True), (group.possible, False)):
        for name in names:
            totals = totals_of(ledger, name)
            for regulation in limit.counts:
                held = totals.get(regulation)
                if held is None:
                    continue
                found = held.between(limit.first, day)
                loose = held.loose
                if limit.activity is None:
                    total = held.sum_of(found)
                    least, most = least + total if sure else least, most + total
                else:
                    loose += held.aids[found]
                for aid in loose:
                    low, high = counted(aid, limit.first, day, limit.activity, sure=sure)
                    least, most, bounded = least + low, most + (high or 0), bounded and high is not None
    return least, most if bounded else None


def filling(ledger: Ledger, group: Group, limit: Limit, day: int) -> tuple[Aid, ...]:
    """The aid that fills a limit, or may."""
    found: tuple[Aid, ...] = ()
    for name in (*group.members, *group.possible):
        totals = totals_of(ledger, name)
        for regulation in limit.counts:
            held = totals.get(regulation)
            if held is None:
                continue
            loose = held.loose
            if limit.activity is None:
                found += held.aids[held.between(limit.first, day)]
            else:
                loose += held.aids
            found += tuple(aid for aid in loose if may_count(aid, limit.first, day, limit.activity))
    return found
