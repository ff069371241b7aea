# SPDX-License-Identifier: Apache-2.0
"""Every single undertaking of a ledger on one day: who has passed the ceiling, who is near it, and from when something is left again.

>>> held = [Aid("COR-1", "alfa", "gen", "2025-01-10", "320000.00"), Aid("COR-2", "beta", "gen", "2026-03-01", "80000.00")]
>>> found = survey(Ledger(held, complete_by="register"), on="2026-11-22")
>>> [(each.members, str(each.left), str(each.overdrawn), str(each.relief)) for each in found]
[(('alfa',), '0.00', '20000.00', '2028-01-10'), (('beta',), '220000.00', '0.00', '2029-03-01')]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from misure._reopen import by_public_name
from misure.deminimis.aid import Aid, Fault, rows_of, shown_money
from misure.deminimis.answers import Remark, counted, names_beside_codes
from misure.deminimis.caps import CapState, Limit, limits
from misure.deminimis.law import ceiling_rows
from misure.deminimis.ledgers.completeness import unanswered
from misure.deminimis.ledgers.frames import columns_of, is_frame, ledger_of_columns
from misure.deminimis.ledgers.ledger import Ledger, aid_of, aids_in, beneficiaries_of, naming_in
from misure.deminimis.measuring import Question, asked, complete_on, ends, measured
from misure.deminimis.options import DEFAULT, Group, Options, group_of
from misure.deminimis.plain_data import data_of
from misure.deminimis.strangers import slips_of
from misure.deminimis.surveying.in_columns import Rows, rows_in
from misure.deminimis.surveying.plain import Plain, PlainLaw, plain_of
from misure.deminimis.surveying.standing import Standings, UndertakingStanding
from misure.deminimis.surveying.turning import HeadroomFigures, Turning, figures
from misure.ground.arguments import shown
from misure.ground.errors import BadFacts
from misure.ground.given import Money, cents, euros, refuse
from misure.ground.place import Fault as Told
from misure.ground.ranges import Range

__all__ = ["UndertakingStanding", "Survey", "survey"]

_MOST_FAULTS = 100


@by_public_name
@dataclass(frozen=True, slots=True, repr=False)
class Survey:
    """Every single undertaking of a ledger on one day, whoever has passed the ceiling most first, then whoever has least left."""

    regulation: str
    on: dt.date
    ceiling: Decimal | Range
    """Of the regulation."""
    standings: Sequence[UndertakingStanding]
    doubts: tuple[Remark, ...]
    """Why the figures of everybody are not exact; what makes one of them so is told by `headroom`."""
    warnings: tuple[Remark, ...] = ()
    """What the figures of everybody take for so: `names_beside_codes`."""

    def __len__(self) -> int:
        return len(self.standings)

    def __iter__(self) -> Iterator[UndertakingStanding]:
        return iter(self.standings)

    @property
    def overdrawn(self) -> tuple[UndertakingStanding, ...]:
        """Who has passed the ceiling, or may have."""
        rows = self.standings
        if isinstance(rows, Standings):
            return rows.overdrawn()
        return tuple(each for each in rows if each.overdrawn_cents[1])

    def near(self, amount: Money) -> tuple[UndertakingStanding, ...]:
        """To whom this amount can surely not be granted: even at most less is left, or nothing.

        Raises:
            BadFacts: The amount is none.
        """
        try:
            wanted = cents(amount)
        except ValueError as problem:
            refuse("<survey>", [("amount", str(problem))])
            raise
        rows = self.standings
        if isinstance(rows, Standings):
            return rows.near(wanted)
        return tuple(each for each in rows if each.left_cents[1] < wanted)

    def columns(self) -> dict[str, list[Any]]:
        """The survey by columns, for a frame of any library: `polars.DataFrame(survey.columns())`. Amounts are decimals.

        Of a figure with two ends both stand, in `..._at_least` and `..._at_most`; members are joined by blanks.
        """
        rows = self.standings
        found: dict[str, list[Any]] = {"members": [" ".join(each.members) for each in rows]}
        for name in ("used", "left", "overdrawn"):
            both = [getattr(each, f"{name}_cents") for each in rows]
            found[f"{name}_at_least"] = [euros(least) for least, _ in both]
            found[f"{name}_at_most"] = [None if most is None else euros(most) for _, most in both]
        found["relief"] = [each.relief for each in rows]
        found["perhaps_from"] = [each.perhaps_from for each in rows]
        return found

    def __repr__(self) -> str:
        over = len(self.overdrawn)
        return f"<Survey of {len(self)} single undertakings, {self.regulation} on {self.on}: {over} over the ceiling, or perhaps over it>"

    def to_dict(self) -> dict[str, Any]:
        """The survey as plain data, ready for JSON."""
        return data_of(self)


def survey(
    ledger: Ledger | Any, *, on: dt.date | str, regulation: str = "gen", groups: Iterable[object] = (),
    complete_by: str | None = None, activity: str | None = None, later: str = "refuse", options: Options = DEFAULT,
) -> Survey:  # fmt: skip
    """How every single undertaking of a ledger stands on a day.

    `ledger` is a `Ledger`, or a frame of aid (see `misure.deminimis.ledgers.frames`); of a frame `complete_by` names who says that
    nothing is missing. `groups` are the single undertakings of several members, each as `headroom` takes one; whoever stands
    in none is one alone. Who may belong to a group has a row of its own, in which the group's members are possible. Used,
    left and overdrawn are those of `headroom` on the day; `relief` supposes that nothing else is granted, as
    `first_day_that_fits` does.

    Raises:
        BadFacts: Something given cannot be, somebody is in two groups, or aid lies after the day: at most a hundred faults.
        NotEncoded: The law of the day is not encoded.
    """
    faults: list[Fault] = []
    columns, told = None, list[Told]()
    if is_frame(ledger):
        columns, ledger = _frame_of(ledger, complete_by, told)
    elif not isinstance(ledger, Ledger):
        faults.append(("ledger", f"expected a Ledger, or a frame of aid; got {shown(ledger)}"))
        ledger = Ledger(())
    elif complete_by is not None:
        faults.append(("complete_by", "the ledger says itself who answers for it: this is for frames"))
    read = _groups(groups, faults)
    # The settings are looked at once, with somebody nobody knows.
    try:
        question = asked(ledger, "?", on, regulation, activity, later, options, faults, door="survey")
    except BadFacts as problem:
        if columns is not None:
            _read_rows(columns, told)
        raise BadFacts([*told, *problem.faults]) from None
    if told:
        raise BadFacts(told)
    if columns is not None:
        if rows := _rows_of(columns, _Surveying(question), read, late=later == "refuse"):
            others = Ledger(rows.others, complete_by=complete_by, gaps=rows.gaps)
            return _Surveying(question._replace(ledger=others)).survey(read, rows.plain)
        question = question._replace(ledger=ledger_of_columns(columns, complete_by=complete_by))
    if later == "refuse":
        _refuse_later(question.ledger, question.day)
    return _Surveying(question).survey(read)


def _frame_of(
    frame: object, complete_by: str | None, told: list[Told]
) -> tuple[dict[str, Sequence[Any]] | None, Ledger]:  # fmt: skip
    """The columns of a frame, None and told why where they cannot be used, and a ledger of no aid for who answers for it."""
    columns, ledger = None, Ledger(())
    try:
        columns = columns_of(frame)
    except BadFacts as problem:
        told += problem.faults
    try:
        ledger = Ledger((), complete_by=complete_by)
    except BadFacts as problem:
        told += problem.faults
    return columns, ledger


def _read_rows(columns: dict[str, Sequence[Any]], told: list[Told]) -> None:
    """Where nothing can be asked, what is wrong with the rows is told beside it."""
    try:
        ledger_of_columns(columns, complete_by=None)
    except BadFacts as problem:
        told += problem.faults


def _rows_of(
    columns: dict[str, Sequence[Any]], surveying: _Surveying, groups: list[Group], *, late: bool
) -> Rows | None:
    """The rows of a frame by columns; None where it has to be read row by row.

    So it is where the law is not plain, where aid lies after the day and may not (`late`), and where somebody of a group is
    not in the frame: whoever is called like that is looked for among everybody.
    """
    law, question = surveying.plain, surveying.question
    asked_for = {name for group in groups for name in group.members}
    if law is None or any(group.possible for group in groups):
        return None
    rows = rows_in(columns, law, question.regulation, asked_for)
    if rows is None or not asked_for <= {aid.beneficiary for aid in rows.others}:
        return None
    return None if late and any(aid.first is not None and aid.first > question.day for aid in rows.others) else rows


def _groups(given: object, faults: list[Fault]) -> list[Group]:
    found: list[Group] = []
    whose: dict[str, int] = {}
    for number, each in enumerate(rows_of("groups", given, faults), 1):
        group = group_of(each, faults)
        found.append(group)
        for name in group.members:
            if whose.setdefault(name, number) != number:
                faults.append(("groups", f"{shown(name)} is a member of group {whose[name]} and of group {number}"))
    return found


def _refuse_later(ledger: Ledger, day: int) -> None:
    if not any(aid.first is not None and aid.first > day for aid in aids_in(ledger)):
        return
    late = []
    for aid in ledger:
        if aid.first is not None and aid.first > day:
            text = f"granted on {aid.granted_on}, after {dt.date.fromordinal(day)}: say later='ignore' to ask the past"
            late.append((aid.id[:60], text))
            if len(late) == _MOST_FAULTS:
                late.append(("ledger", "there may be more"))
                break
    refuse("<survey>", late)


class _Surveying:
    """One survey: what is the same for everybody is worked out once."""

    def __init__(self, question: Question) -> None:
        ledger = question.ledger
        self.question, self.ledger, self.day = question, ledger, question.day
        self.limits: dict[tuple[int, frozenset[str]], list[Limit]] = {}
        self.known = complete_on(ledger, question.day)
        self.gaps = {gap.beneficiary for gap in ledger.gaps}
        if ledger.complete_for is not None:
            self.gaps.update(unanswered(ledger.complete_for, beneficiaries_of(ledger)))
        rows = ceiling_rows(question.regulation)
        last = rows[-1].until
        assert last is not None
        self.own = self.on(self.day, frozenset())[0]
        self.turning = Turning(question.regulation, question.options, self.day, last)
        self.law = self.turning.law
        present = frozenset((question.regulation,))
        self.plain = PlainLaw.of(self.day, lambda day: self.on(day, present), self.turning)

    def on(self, day: int, present: frozenset[str]) -> list[Limit]:
        """The limits of a day that can make a difference to aid under some regulations.

        Those that the question sets aside change no figure, nor do those that such aid fills just as the own ceiling.
        """
        found = self.limits.get((day, present))
        if found is None:
            question = self.question
            of_day = limits(day, question.regulation, question.activity, question.options)
            own = of_day[0]
            found = [
                each for each in of_day
                if each is own or not (each.standing is CapState.SET_ASIDE or _as_own(each, own, present))
            ]  # fmt: skip
            self.limits[day, present] = found
        return found

    def survey(self, groups: list[Group], beside_it: Plain | None = None) -> Survey:
        """The survey of the groups, and of everybody who is in none; plain aid may be told beside the ledger."""
        grouped = {name for group in groups for name in group.members}
        beside: dict[str, set[str]] = {}
        for group in groups:
            for name in group.possible:
                beside.setdefault(name, set()).update(group.members)
        for group in groups:
            self.gaps.update(unanswered(self.ledger.complete_for, (*group.members, *group.possible)))
        found = [self.standing(group) for group in groups]
        naming = naming_in(self.ledger)
        apart = {name for name in self.gaps if name is not None} | naming.alike_to_some()
        plain, others = plain_of(self.ledger, self.plain, self.question.regulation, {*grouped, *beside, *apart})
        mixed = naming.mixed or bool(naming.by_letters and beside_it is not None and beside_it.names)
        if beside_it is not None:
            plain = Plain(
                plain.names + beside_it.names, plain.used + beside_it.used, plain.earliest + beside_it.earliest
            )
        for name in [*others, *({*beside, *apart} - grouped)]:
            possible = tuple(sorted(beside[name] - {name})) if name in beside else ()
            found.append(self.standing(Group((name,), possible)))
        standings = Standings(found, plain, self.plain, whole=self.known and None not in self.gaps)
        doubts = []
        if self.ledger.complete_by is None:
            text = "nobody says that it is complete: less may be left than it shows"
            doubts.append(Remark("ledger_incomplete", "ledger", text))
        elif not self.known:
            text = f"{self.ledger.complete_by} says that it is complete until {self.ledger.complete_until}, which is before the day"
            doubts.append(Remark("complete_until", "ledger", text))
        if self.ledger.complete_for is not None:
            text = f"{self.ledger.complete_by} says that it is complete for {len(self.ledger.complete_for)} beneficiaries alone"
            doubts.append(Remark("complete_for", "ledger", text))
        doubts += [Remark("gap", "ledger", gap.what) for gap in self.ledger.gaps if gap.beneficiary is None]
        return Survey(
            self.question.regulation, dt.date.fromordinal(self.day), shown_money(self.own.least, self.own.most),
            standings, tuple(doubts), (names_beside_codes(),) if mixed else (),
        )  # fmt: skip

    def standing(self, group: Group) -> UndertakingStanding:
        """How one single undertaking stands."""
        held = [(aid, True) for name in group.members for aid in aid_of(self.ledger, name)]
        strange = any(not aid_of(self.ledger, name) and name not in self.gaps for name in group.members)
        whole = self.known and None not in self.gaps and self.gaps.isdisjoint((*group.members, *group.possible))
        if strange or group.possible or slips_of(self.ledger, group):
            # Somebody without aid may be called otherwise in the ledger: that is looked into as for one question.
            question = self.question
            asked_ = asked(
                self.ledger, group, dt.date.fromordinal(self.day), question.regulation, question.activity, "ignore",
                question.options,
            )  # fmt: skip
            group, whole = asked_.group, whole and not asked_.unmatched
            whole = whole and self.gaps.isdisjoint(group.possible)
            held += [(aid, False) for name in group.possible for aid in aid_of(self.ledger, name)]
            now = figures(ends(asked_))
        else:
            now = self.figures(held, self.day, frozenset(aid.regulation for aid, _ in held), whole=whole)
        relief, perhaps = self.relief(held, now, whole=whole)
        return UndertakingStanding(
            group.members, group.possible, (now.used_least, now.used_most), (now.left_least, now.left_most),
            (now.overdrawn_least, now.overdrawn_most), relief, perhaps,
        )  # fmt: skip

    def figures(
        self, held: list[tuple[Aid, bool]], day: int, present: frozenset[str], *, whole: bool
    ) -> HeadroomFigures:  # fmt: skip
        """The figures of a day for some aid, under regulations that are `present`; with each, whether it surely is the undertaking's."""

        def fill(limit: Limit) -> tuple[int, int | None]:
            least, most, bounded = 0, 0, True
            first, activity = limit.first, limit.activity
            for aid, sure in held:
                if aid.regulation in limit.counts:
                    low, high = counted(aid, first, day, activity, sure=sure)
                    least += low
                    if high is None:
                        bounded = False
                    else:
                        most += high
            return least, most if bounded else None

        return figures(measured(self.on(day, present), self.question.regulation, fill, whole=whole))

    def relief(
        self, held: list[tuple[Aid, bool]], now: HeadroomFigures, *, whole: bool
    ) -> tuple[dt.date | None, dt.date | None]:  # fmt: skip
        """The first later day on which surely more is left, and the first on which more may be."""
        days = set(self.law)
        present = frozenset(aid.regulation for aid, _ in held)
        for aid, _ in held:
            if aid.first is not None and aid.last is not None:
                days.update(self.turning.leaving(aid.first))
                if aid.first != aid.last:
                    days.update(self.turning.leaving(aid.last))
        sure = perhaps = None
        for day in sorted(days):
            then = self.figures(held, day, present, whole=whole)
            if perhaps is None and then.left_most > now.left_most:
                perhaps = dt.date.fromordinal(day)
            if sure is None and then.left_least > now.left_least:
                sure = dt.date.fromordinal(day)
            # Where somebody may belong to it, more is surely left before more may be left, or after.
            if perhaps is not None and (sure is not None or not whole):
                break
        return sure, perhaps


def _as_own(each: Limit, own: Limit, present: frozenset[str]) -> bool:
    """Whether a shared cap says what the own ceiling says, for aid under some regulations alone."""
    return (
        each.standing is CapState.HOLDS
        and (each.first, each.least, each.most, each.activity) == (own.first, own.least, own.most, own.activity)
        and present.intersection(each.counts) == present.intersection(own.counts)
    )
