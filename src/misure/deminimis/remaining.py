# SPDX-License-Identifier: Apache-2.0
"""How much de minimis aid an undertaking may still be granted on a day.

>>> from misure.deminimis.aid import Aid
>>> ledger = Ledger([Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00")], complete_by="register, 22 November 2026")
>>> found = headroom(ledger, "alfa", on="2026-11-22")
>>> found.amount, found.ceiling, found.used
(Decimal('50000.00'), Decimal('300000.00'), Decimal('250000.00'))
>>> found.window.first, found.occupied_by[0].until
(datetime.date(2023, 11, 23), datetime.date(2028, 1, 10))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from misure.deminimis.aid import Aid, shown_money
from misure.deminimis.answers import AidWindow, CapUse, Headroom, Remark, names_beside_codes
from misure.deminimis.caps import CapState, Limit, window_cited
from misure.deminimis.law import Convention, ceiling_row, start
from misure.deminimis.ledgers.completeness import ANOTHERS
from misure.deminimis.ledgers.ledger import Ledger, totals_of
from misure.deminimis.measuring import Ends, Question, asked, ends, filled, filling, gaps_of, left, outlives
from misure.deminimis.options import DEFAULT, Options
from misure.deminimis.strangers import Stranger, stands_alone
from misure.ground.errors import NotEncoded
from misure.ground.given import euros
from misure.ground.ranges import Range
from misure.ground.truth import Confidence, worst

__all__ = ["answer", "headroom"]


def headroom(
    ledger: Ledger, undertaking: object, *, on: dt.date | str, regulation: str = "gen", activity: str | None = None,
    later: str = "refuse", options: Options = DEFAULT,
) -> Headroom:  # fmt: skip
    """What may still be granted to a single undertaking on a day, with everything that the answer rests on.

    `undertaking` is one beneficiary, several, or an object with `members` and `possible` (who may belong to it). `on` is
    the day of granting: other aid of that day counts, payment dates never do. Everybody is read by
    `misure.identifiers.identity`, as the ledger reads its beneficiaries: the writing of a code makes no difference. `activity` is what the aid would be used
    for, where a limit depends on it (`road_freight` until 2023). `later` says what becomes of aid granted after the day:
    `refuse`, as a slip of the pen; or `ignore`, for a question about the past.

    Raises:
        BadFacts: Something given cannot be, or aid lies after the day; every fault is told.
        NotEncoded: The law of the day is not encoded.
    """
    return answer(asked(ledger, undertaking, on, regulation, activity, later, options))


def answer(question: Question) -> Headroom:
    """The whole answer to a question.

    Raises:
        NotEncoded: The law of the day is not encoded.
    """
    measured = ends(question)
    counting = [each for each in measured if each.limit.standing is not CapState.SET_ASIDE]
    least = min(each.least for each in counting)
    greatest = min(each.greatest for each in counting if each.greatest is not None)
    at_least = _at(counting, [each.least == least for each in counting])
    at_most = _at(counting, [each.greatest == greatest for each in counting])
    binding = list(dict.fromkeys(at_least + at_most))
    aside = [
        each for each in measured
        if each.limit.standing is CapState.SET_ASIDE and (each.least < least or (each.greatest or 0) < greatest)
    ]  # fmt: skip
    citations = dict.fromkeys(limit.citation for limit in binding)
    if any(limit.rolling for limit in binding):
        citations[window_cited(question.options.begins)] = None
    group = question.group
    if group.citation is not None:
        citations[group.citation] = None
    sure = worst(group.confidence, _surest(at_least), _surest(at_most), *(each.limit.confidence for each in aside))
    otherwise = [each.limit for each in counting[1:] if _otherwise(question, counting, each) != (least, greatest)]
    if otherwise:
        sure = worst(sure, Confidence.INFERRED)
    caps = tuple(_cap(question, each) for each in counting)
    warnings = (*_overdrawn(counting, caps), *_warnings(question, counting, aside, otherwise))
    return Headroom(
        question.regulation, dt.date.fromordinal(question.day), shown_money(least, greatest), question.group.members,
        question.group.possible, caps, tuple(limit.name for limit in binding), tuple(_doubts(question, counting)), warnings,
        tuple(citations), sure,
    )  # fmt: skip


def _overdrawn(counting: list[Ends], caps: Iterable[CapUse]) -> Iterator[Remark]:
    for each, cap in zip(counting, caps, strict=True):
        used = each.used_least if each.used_most is None else each.used_most
        if cap.holds and used > each.limit.least:
            since, most = cap.overdrawn_since, euros(used - each.limit.least)
            if since is None:
                yield Remark("overdrawn", cap.name, f"it may be passed already, by up to {most} euros")
            else:
                text = f"it is passed already, by {_between(cap.overdrawn)} euros since {since}"
                yield Remark("overdrawn", cap.name, text)


def _between(amount: Decimal | Range) -> str:
    return f"{amount.least} to {amount.greatest}" if isinstance(amount, Range) else str(amount)


def _stranger(stranger: Stranger) -> Remark:
    text = "the ledger holds no aid of it: nothing was granted to it, if the ledger calls it so"
    if stranger.unmatched:
        text = "the ledger holds no aid of it by this name, and may by another: what was granted to it cannot be told"
    if stranger.nearest is not None:
        text += f"; {stranger.nearest!r}, which looks like it, has aid"
    return Remark("not_in_ledger", stranger.name, text, stranger.nearest)


def _at(counting: list[Ends], reached: list[bool]) -> list[Limit]:
    """The limits that one end of the answer rests on: the own ceiling where it is enough, else the shared caps."""
    found = [each.limit for each, there in zip(counting, reached, strict=True) if there]
    return found[:1] if reached[0] else found


def _surest(limits: list[Limit]) -> Confidence:
    """Of several limits that leave the same, the surest is enough to rest on."""
    return min((limit.confidence for limit in limits), key=lambda confidence: confidence.doubt)


def _cap(question: Question, each: Ends) -> CapUse:
    limit, options = each.limit, question.options
    month, day = options.year_end
    window = AidWindow(
        dt.date.fromordinal(limit.first), dt.date.fromordinal(question.day), limit.window_of, limit.rolling,
        options.begins, f"{month:02d}-{day:02d}",
    )  # fmt: skip
    known = limit.standing is not CapState.NOT_ENCODED
    most_left = max(0, limit.most - each.used_least)
    return CapUse(
        limit.name, limit.counts, limit.activity, shown_money(limit.least, limit.most) if known else None,
        euros(each.used_least), None if each.used_most is None else euros(each.used_most),
        shown_money(each.least, most_left) if known else None, window, limit.standing is CapState.HOLDS, limit.citation,
        limit.confidence, limit.note, question.group.members,
        filling(question.ledger, question.group, limit, question.day),
    )  # fmt: skip


def _doubts(question: Question, counting: list[Ends]) -> Iterator[Remark]:
    ledger, group, day = question.ledger, question.group, question.day
    if ledger.complete_by is None:
        yield Remark("ledger_incomplete", "ledger", "nobody says that it is complete: less may be left than it shows")
    elif outlives(question):
        text = f"{ledger.complete_by} says that it is complete until {ledger.complete_until}, which is before the grant"
        yield Remark("complete_until", "ledger", text)
    yield from map(_stranger, question.strangers)
    for gap in gaps_of(question):
        kind = "complete_for" if gap.what == ANOTHERS else "gap"
        yield Remark(kind, gap.beneficiary or "ledger", gap.what)
    loose: dict[str, Aid] = {}
    for each in counting:
        limit = each.limit
        if limit.least != limit.most:
            yield Remark("register", limit.name, f"whether the higher ceiling holds is left open: {limit.note}")
        if limit.standing is CapState.OPEN:
            yield Remark("cap_open", limit.name, limit.note)
        if limit.standing is CapState.NOT_ENCODED:
            yield Remark("cap_not_encoded", limit.name, f"what it says on {dt.date.fromordinal(day)} is not encoded")
        for aid in filling(ledger, group, limit, day) if _loosely(question, limit) else ():
            loose[aid.id] = aid
    for aid in loose.values():
        if aid.least != aid.most:
            yield Remark(
                "amount", aid.id, "its amount is not known" if aid.most is None else f"its amount is {aid.amount}"
            )
        if aid.first is None or aid.first != aid.last:
            yield Remark("granted_on", aid.id, "the day on which it was granted is not known exactly")
        if question.activity is not None and aid.activity is None:
            yield Remark("activity", aid.id, "what it was used for is not known")
    alike = {stranger.nearest for stranger in question.strangers if stranger.nearest in stranger.may_be}
    for name in group.possible:
        # Whoever looks like one that is asked about is told with that one.
        if name not in alike and any(
            totals_of(ledger, name).get(regulation) for each in counting for regulation in each.limit.counts
        ):
            yield Remark("possible_member", name, "it may belong to the single undertaking, and has aid")


def _loosely(question: Question, limit: Limit) -> bool:
    """Whether some aid under a limit may not be known exactly: of thousands, most undertakings have none."""
    return limit.activity is not None or any(
        held.loose
        for name in (*question.group.members, *question.group.possible)
        for held in totals_of(question.ledger, name).values()
    )


def _warnings(
    question: Question, counting: list[Ends], aside: Iterable[Ends], otherwise: Iterable[Limit]
) -> Iterator[Remark]:  # fmt: skip
    options, day = question.options, question.day
    for each in aside:
        would_leave = shown_money(each.least, each.greatest or 0)
        yield Remark(
            "joint_cap_set_aside", each.limit.name, f"read as a cap it would leave {would_leave}: {each.limit.note}"
        )
    if options.fiscal_year_end is None and not all(each.limit.rolling for each in counting):
        yield Remark("fiscal_year", "fiscal_year_end", "the financial year is taken to be the calendar year")
    for name in question.group.aside:
        if any(
            totals_of(question.ledger, name).get(regulation) for each in counting for regulation in each.limit.counts
        ):
            yield Remark("joined_otherwise", name, "a natural person or a body joins it: some offices count its aid in")
    if stands_alone(question.ledger, question.group):
        yield names_beside_codes()
    if any(each.limit.only_schemes for each in counting[:1]):
        yield Remark("only_schemes", question.regulation, counting[0].limit.note)
    for limit in otherwise:
        text = f"all its aid is counted over the three years of {limit.window_of}, and no act read says so"
        yield Remark(
            "joint_window", limit.name, f"{text}: over each regulation's own years another amount would be left"
        )
    other = Convention.ALT if options.begins is Convention.MAIN else Convention.MAIN
    for each in counting:
        if each.limit.rolling:
            first = start(day, ceiling_row(day, each.limit.window_of), other, options.year_end)
            if _aid_between(question, each.limit, first):
                text = f"by the other convention ({other}) the three years begin on {dt.date.fromordinal(first)}"
                yield Remark("convention", each.limit.name, f"{text}, and aid lies between")
                return


def _otherwise(question: Question, counting: list[Ends], each: Ends) -> tuple[int, int]:
    """The ends of the answer if a shared cap counted the aid of each regulation over that regulation's own years."""
    limit, changed = each.limit, each
    years = {name: _own_start(question, limit, name) for name in limit.counts if _has_aid(question, name)}
    if any(first != limit.first for first in years.values()):
        spans = [
            filled(question.ledger, question.group, replace(limit, counts=(name,), first=first), question.day)
            for name, first in years.items()
        ]
        most = None if each.used_most is None else sum(high or 0 for _, high in spans)
        changed = left(limit, sum(low for low, _ in spans), most)
    ends_of = [changed if other is each else other for other in counting]
    return min(end.least for end in ends_of), min(end.greatest for end in ends_of if end.greatest is not None)


def _has_aid(question: Question, regulation: str) -> bool:
    return any(
        totals_of(question.ledger, who).get(regulation) for who in (*question.group.members, *question.group.possible)
    )


def _own_start(question: Question, limit: Limit, regulation: str) -> int:
    """The first day that a regulation's own ceiling counts; that of the limit where it is not encoded."""
    with suppress(NotEncoded):
        row = ceiling_row(question.day, regulation)
        return start(question.day, row, question.options.begins, question.options.year_end)
    return limit.first


def _aid_between(question: Question, limit: Limit, first: int) -> bool:
    """Whether a limit counts more or less aid if its years begin on another day."""
    if first == limit.first:
        return False
    low, high = sorted((first, limit.first))
    return filled(question.ledger, question.group, replace(limit, first=low), high - 1) != (0, 0)
