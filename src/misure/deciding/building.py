# SPDX-License-Identifier: Apache-2.0
"""Builds what a decision says beside its findings: support, spending, score, tranches, terms, duties, tensions."""

from __future__ import annotations

from collections.abc import Iterator

from misure.deciding.explaining import Explaining
from misure.deciding.missing import Decided, Decides
from misure.deciding.results import (
    Alternative,
    Amount,
    DutyState,
    Recovered,
    Score,
    SpendingLine,
    Tension,
    Term,
    Tranche,
    Waiting,
    Withheld,
    tension_of,
)  # fmt: skip
from misure.deciding.supporting.amounts import Supporting
from misure.deciding.values import Shown, day_within
from misure.facts.vocabulary import LAST_DAY
from misure.ground.holidays import national_calendar
from misure.ground.ranges import Range
from misure.ground.regimes import IN_DOUBT, Regime, deadline_range, passed_over
from misure.ground.times import DAY, LAST_TIME, clock_time
from misure.ground.truth import Confidence, NotKnowing, Truth, worst
from misure.program.lowering.day_counts import is_counted_back
from misure.rulebook import rules
from misure.rulebook.expression import names
from misure.rulebook.rules import Condition, Effect, Rule
from misure.rulebook.tranches import Tranche as TrancheRule

__all__ = ["Building"]


class Building:
    """Builds results from the second reading of a dossier."""

    def __init__(self, explaining: Explaining) -> None:
        self.x = explaining
        self.book, self.on = explaining.book, explaining.dossier.on.toordinal()

    # Support and spending

    def support(self) -> Iterator[Amount]:
        """The amounts, own share last."""
        return Supporting(self.x).amounts()

    def spending(self) -> Iterator[SpendingLine]:
        spending = self.book.spending
        for plan in spending.plans if spending else ():
            assert spending is not None
            prefix = f"spending.{plan.id}"
            for line in spending.lines:
                cap = self.x.bounded_money(f"{prefix}.{line.id}.cap") if line.capped else None
                yield SpendingLine(
                    plan.id, line.id, self.x.bounded_money(f"{prefix}.{line.id}.requested"),
                    self.x.bounded_money(f"{prefix}.{line.id}.admitted"), cap, line.text,
                )  # fmt: skip
            yield SpendingLine(
                plan.id,
                "total",
                self.x.bounded_money(f"{prefix}.requested"),
                self.x.bounded_money(f"{prefix}.total"),
                None,
                "",
            )

    # Score

    def score(self) -> Score | None:
        score = self.book.score
        if score is None:
            return None
        decimals = len(str(self.x.period.program.scales["score.total"])) - 1
        criteria = tuple((c.id, self._criterion(c.id, decimals)) for c in score.criteria)
        bonuses = tuple((b.id, self.x.truth(f"score.bonus.{b.id}")) for b in score.bonuses)
        total, final = (self._points(f"score.{name}", decimals) for name in ("total", "final"))
        return Score(total, final, criteria, bonuses, score.cite)

    def _points(self, key: str, decimals: int) -> Shown:
        lo, hi = self.x.ends(key)
        node = self.x.period.output(key)
        return None if lo != hi and (lo, hi) == (node.lo, node.hi) else self.x.number(key, decimals)

    def _criterion(self, name: str, decimals: int) -> Shown:
        return self._points(f"score.criterion.{name}", decimals)

    # Tranches

    def tranches(self) -> Iterator[Tranche]:
        payments = self.book.tranches
        for tranche in payments.lines if payments else ():
            key = f"tranche.{tranche.id}"
            waits = tuple(self._waits(tranche, key))
            names = [self.book.parameters[name] for name in (tranche.share, tranche.stated) if name]
            cap = self.x.money(f"{key}.cap") if tranche.most is not None else None
            asked = (item for items in tranche.needs.values() for item in items)
            sure = worst(
                self.x.confidences.of_rule(tranche), self.x.confidences.of_tree(tranche.most), *(self.x.period.law.confidence_of(p) for p in names),
                *(item.confidence for item in asked),
                *(self.x.confidence_of(one) for one in self._blocking(tranche) if self._applies(one)),
            )  # fmt: skip
            yield Tranche(
                tranche.id, self.x.money(f"{key}.amount"), self.x.truth(f"{key}.due"),
                self.x.truth(f"{key}.payable"), waits, tranche.text, tranche.cite, sure, cap,
                tuple(self._withheld(tranche, key)), self.x.money(f"{key}.net") if tranche.withheld else None,
            )  # fmt: skip

    def _withheld(self, tranche: TrancheRule, key: str) -> Iterator[Withheld]:
        for one in tranche.withheld:
            shares = (self.x.period.law.confidence_of(self.book.parameters[name]) for name in (one.share,) if name)
            trees = (self.x.confidences.of_tree(tree) for tree in (one.of, one.when))
            sure = worst(one.confidence, *shares, *trees)
            yield Withheld(one.id, self.x.money(f"{key}.withheld.{one.id}"), one.text, one.cite, sure)

    def _waits(self, tranche: TrancheRule, key: str) -> Iterator[Waiting]:
        asked: set[str] = set()
        decides = Decides(Decided.TRANCHE, tranche.id)
        for part, items in tranche.needs.items():
            for item in items:
                waiting = self._waiting(f"{key}.{part}.{item.id}", item, part, decides)
                if waiting is not None:
                    asked |= {missing.name for missing in waiting.missing}
                    yield waiting
        for condition in self._blocking(tranche):
            waiting = self._waiting(f"condition.{condition.id}", condition, "condition", decides)
            # One that is open only because of what is asked already has nothing to add.
            if waiting is not None and not (waiting.missing and {m.name for m in waiting.missing} <= asked):
                yield waiting

    def _blocking(self, tranche: TrancheRule) -> Iterator[Condition]:
        for condition in self.book.conditions:
            if condition.effect is Effect.BLOCKS and condition.blocks == tranche.id:
                yield condition

    def _applies(self, condition: Condition) -> bool:
        key = f"applies.{condition.id}"
        return not self.x.has(key) or self.x.truth(key) is not Truth.NO

    def lapses(self) -> Iterator[Waiting]:
        """What takes the award back by the day of the question, for certain or perhaps."""
        for condition in self.book.conditions:
            if condition.effect is Effect.REVOKES:
                decides = Decides(Decided.AMOUNT, condition.id)
                waiting = self._waiting(f"condition.{condition.id}", condition, "lapse", decides)
                if waiting is not None and not self._is_to_come(condition, waiting):
                    yield waiting

    def recovery(self) -> Iterator[Recovered]:
        """What is given back, or may be; nothing of a condition that is met, does not apply, or is not asked yet."""
        x = self.x
        for condition in self.book.conditions:
            truth = x.truth(f"condition.{condition.id}") if condition.recovers else Truth.YES
            for one in condition.recovers if truth is not Truth.YES else ():
                sure = worst(x.confidences.of_rule(one), x.confidences.of_tree(one.amount), x.confidence_of(condition))
                amount = x.money(f"recovery.{one.id}")
                yield Recovered(one.id, amount, condition.id, truth, one.text, one.cite, sure)

    def _is_to_come(self, condition: Condition, waiting: Waiting) -> bool:
        """Whether a condition is open only for what has not happened yet: that has taken nothing back.

        Until the last day of a term is over nothing lapses by it, whether or not it is told that its deed is still to come.
        """
        if waiting.truth is not Truth.UNKNOWN:
            return False
        deadlines = (term for term in self.book.terms if term.id == condition.id and term.done)
        if any(self._standing(term) is DutyState.OPEN for term in deadlines):
            return True
        return bool(waiting.missing) and all(missing.kind is NotKnowing.PENDING for missing in waiting.missing)

    def _waiting(self, output: str, rule: Rule, part: str, decides: Decides) -> Waiting | None:
        truth = self.x.truth(output)
        if truth is Truth.YES:
            return None
        missing = self.x.missing_behind(output, decides) if truth is Truth.UNKNOWN else ()
        return Waiting(rule.id, part, truth, rule.text, rule.cite, missing)

    # Terms and duties

    def terms(self) -> Iterator[Term]:
        for term in self.book.terms:
            sure = worst(
                self.x.confidences.of_rule(term), *self.x.confidences.regime(term.regime),
                *(self.x.confidences.of_tree(tree) for tree in (term.by, term.opens, term.closes, term.opens_at, term.closes_at)),
            )  # fmt: skip
            if term.by is None:
                opens, closes = (self.x.day(f"term.{term.id}.{end}") for end in ("opens", "closes"))
                if self.x.is_past_its_last_day(term.id):
                    sure = worst(sure, Confidence.INFERRED)
                yield Term(
                    term.id, "window", self._side(term), closes, None, (), term.regime, (), opens, closes, "",
                    term.peremptory, term.text, term.cite, sure, *map(self._time, (term, term), ("opens_at", "closes_at")),
                )  # fmt: skip
                continue
            state = self._standing(term)
            yield self._deadline(f"term.{term.id}", term, "deadline", state, term.regime, "", term.peremptory, sure)

    def _standing(self, term: rules.Term) -> DutyState:
        """Where a deadline stands on the day of the question."""
        if self.x.has(f"applies.{term.id}") and self.x.truth(f"applies.{term.id}") is Truth.NO:
            return DutyState.NOT_APPLICABLE
        state = self._state(f"term.{term.id}", term.done)
        # Nobody is late for what may not be asked of them, or may be read otherwise.
        return DutyState.UNKNOWN if state is DutyState.LATE and self._open(term) else state

    def _open(self, term: rules.Term) -> bool:
        """Whether the condition of a term is open, and so on which side of it somebody stands."""
        key = f"condition.{term.id}"
        return self.x.has(key) and self.x.truth(key) is Truth.UNKNOWN

    def _side(self, term: rules.Term) -> DutyState:
        """Which side of a window the day lies on, with its time where the window has hours."""
        opens, closes = (self._moments(f"term.{term.id}.{end}") for end in ("opens", "closes"))
        said = self.on if term.of == "on" else self.x.said.get(term.of)
        if said is None:
            return DutyState.UNKNOWN
        time = self.x.said.get(term.hour) if said and term.hour else None
        first, last = (self.on, LAST_DAY) if said == 0 else (int(said), int(said))
        low, high = first * DAY + int(time or 0), last * DAY + int(LAST_TIME if time is None else time)
        if high < opens[0]:
            return DutyState.BEFORE
        if low > closes[1]:
            return DutyState.UNKNOWN if self._open(term) else DutyState.AFTER
        return DutyState.INSIDE if opens[1] <= low and high <= closes[0] else DutyState.UNKNOWN

    def _moments(self, end: str) -> tuple[int, int]:
        """The earliest and the latest moment at which a window opens or closes, in microseconds of the clock."""
        whole = 0 if end.endswith(".opens") else LAST_TIME
        times = self.x.ends(f"{end}_at") if self.x.has(f"{end}_at") else (whole, whole)
        first, last = (day * DAY + time for day, time in zip(self.x.ends(end), times, strict=True))
        return first, last

    def _time(self, term: rules.Term, end: str) -> Shown:
        """The time of day of one end of a window."""
        key = f"term.{term.id}.{end}"
        if not self.x.has(key):
            return None
        low, high = map(clock_time, self.x.ends(key))
        return low if low == high else Range(low, high)

    def _state(self, key: str, done: str) -> DutyState:
        """Kept, late, still open, or not known, on the day of the question."""
        low, high = self.x.ends(f"{key}.day")
        said = self.x.said.get(done) if done else None
        if said:
            day = int(said)
            return DutyState.KEPT if day <= low else DutyState.LATE if day > high else DutyState.UNKNOWN
        if self.on <= low:
            return DutyState.OPEN
        return DutyState.LATE if said == 0 and self.on > high else DutyState.UNKNOWN

    def _deadline(
        self, key: str, rule: rules.Term | rules.Duty, kind: str, state: DutyState, regime: str, who: str,
        peremptory: bool | None, sure: object,
    ) -> Term:  # fmt: skip
        ruling = self.x.period.law.regime(regime)
        raw, day = self.x.ends(f"{key}.raw"), self.x.ends(f"{key}.day")
        moved: tuple[tuple[str, ...], ...] = ()
        if raw[0] == raw[1] and day[0] == day[1]:
            moved = passed_over(raw[0], day[0], national_calendar())
        others = tuple(self._alternatives(key, rule, ruling))
        return Term(
            rule.id, kind, state, self.x.day(f"{key}.day"), self.x.day(f"{key}.raw"), moved, str(ruling), others,
            None, None, who, peremptory, rule.text, rule.cite, sure,  # type: ignore[arg-type]
        )  # fmt: skip

    def _alternatives(self, key: str, rule: rules.Term | rules.Duty, ruling: Regime) -> Iterator[Alternative]:
        """What the regimes that a silent call leaves in doubt would answer, where that is another day."""
        assert rule.by is not None
        shown = {self.x.ends(f"{key}.day")}
        backwards = is_counted_back(rule.by, self.book.definitions)
        for other in IN_DOUBT if ruling is not Regime.VALIDITY else ():
            ends = deadline_range(*self.x.ends(f"{key}.raw"), other, national_calendar(), backwards=backwards)
            if other is not ruling and ends not in shown:
                shown.add(ends)
                day = day_within(*ends)
                yield Alternative(str(other), None if self.x.day(f"{key}.raw") is None else day)

    def duties(self) -> Iterator[Term]:
        for duty in self.book.duties:
            key = f"duty.{duty.id}"
            sure = worst(
                self.x.confidences.of_rule(duty), *map(self.x.confidences.of_tree, (duty.when, duty.by)),
                *self.x.confidences.regime(duty.regime),
            )  # fmt: skip
            if duty.closes is not None:
                sure = worst(sure, self.x.confidences.of_tree(duty.opens), self.x.confidences.of_tree(duty.closes))
                opens, closes = (
                    self.x.day(f"{key}.{end}") if self.x.has(f"{key}.{end}") else None for end in ("opens", "day")
                )
                state = self._where_it_falls(key, self._lasting(duty, key))
                yield Term(duty.id, "duty", state, closes, None, (), "", (), opens, None, duty.who, None,
                           duty.text, duty.cite, sure)  # fmt: skip
                continue
            if self.x.has(f"{key}.day"):
                state = self._where_it_falls(key, self._state(key, duty.done))
                yield self._deadline(key, duty, "duty", state, duty.regime, duty.who, None, sure)
                continue
            done = self.x.said.get(duty.done) if duty.done else None
            state = self._where_it_falls(key, DutyState.KEPT if done else DutyState.STANDING)
            yield Term(duty.id, "duty", state, None, None, (), "", (), None, None, duty.who, None, duty.text,
                       duty.cite, sure)  # fmt: skip

    def _where_it_falls(self, key: str, state: DutyState) -> DutyState:
        """Where a duty stands: nowhere for whoever it does not fall on, and nobody knows while that is open."""
        if not self.x.has(f"{key}.applies"):
            return state
        falls = self.x.truth(f"{key}.applies")
        return state if falls is Truth.YES else DutyState.NOT_APPLICABLE if falls is Truth.NO else DutyState.UNKNOWN

    def _lasting(self, duty: rules.Duty, key: str) -> DutyState:
        """Where a duty that goes on for some time stands: what broke it counts from its first day to its last."""
        ends = self.x.ends(f"{key}.day")
        opens = self.x.ends(f"{key}.opens") if self.x.has(f"{key}.opens") else (0, 0)
        told = self.x.said.get(duty.broken) if duty.broken else 0
        if told and opens[1] <= int(told) <= ends[0]:
            return DutyState.BROKEN
        if told and not (int(told) < opens[0] or ends[1] < int(told)):
            return DutyState.UNKNOWN
        begins = [name.name for name in names(duty.opens)] if duty.opens is not None else []
        if self.on < opens[0] or any(self.x.said.get(name) == 0 for name in begins):
            return DutyState.BEFORE
        if self.on > ends[1]:
            return DutyState.UNKNOWN if told is None else DutyState.ENDED
        return DutyState.RUNNING if opens[1] <= self.on <= ends[0] else DutyState.UNKNOWN

    # Tensions

    def tensions(self) -> Iterator[Tension]:
        for tension in self.book.tensions:
            if tension.since.toordinal() <= self.on:
                key = f"tension.{tension.id}"
                yield tension_of(tension, self.x.truth(key) if self.x.has(key) else None)
