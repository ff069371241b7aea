# SPDX-License-Identifier: Apache-2.0
"""Why an application stands where it stands in a selection: what decides, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from misure.allocating import MAYBE, NO, YES
from misure.deciding.missing import Missing, together
from misure.ground.errors import Conflict
from misure.ground.truth import Confidence, NotKnowing, Truth
from misure.rulebook.rules import Effect, Rule
from misure.selecting.candidates import surely_in_a_window
from misure.selecting.placement import Reason, Why

if TYPE_CHECKING:
    from misure.selecting.workings import Workings

__all__ = ["reasons_of"]


def reasons_of(workings: Workings, row: int) -> Iterator[Reason]:
    """The reasons, what decides first."""
    return _Reasons(workings, row).all()


class _Reasons:
    """The reasons of one application."""

    def __init__(self, workings: Workings, row: int) -> None:
        self.x, self.row = workings, row
        self.rule, self.columns, self.allocation = workings.rule, workings.columns, workings.allocation

    def all(self) -> Iterator[Reason]:
        if self.columns.withdrawn and self.columns.withdrawn[self.row]:
            yield Reason(Why.WITHDRAWN)
            return
        if self.columns.admitted[self.row] == NO:
            yield self._not_admitted()
            return
        problem = self.x.no_answer(self.row)
        if isinstance(problem, Conflict):
            definition = self.x.law.measure.rulebook.definitions[problem.definition]
            yield Reason(Why.CONFLICT, definition.cite, definition.confidence, rules=(problem.definition,))
        elif problem is not None:
            yield Reason(Why.NOT_ENCODED)
        elif self.x.read.candidates.admitted[self.row] == MAYBE:
            yield Reason(Why.ADMISSION_OPEN, missing=self._missing())
        if self.x.law.windows and not surely_in_a_window(self.x.read.candidates, self.x.law.windows, self.row):
            yield self._by(Why.WINDOW_OPEN, self.rule, *self._days())
        stopped = False
        for reason, sure in self._left_out():
            yield reason
            stopped = stopped or sure
        if stopped:
            return
        if self.rule.kind == "list":
            if self.allocation.present[self.row] == YES:
                yield self._by(Why.LISTED, self.rule)
            return
        yield from self._money()

    def _by(self, why: Why, part: Rule, *parameters: str, **more: object) -> Reason:
        return Reason(why, part.cite, self.x.law.sure(part, *parameters), **more)  # type: ignore[arg-type]

    def _not_admitted(self) -> Reason:
        if not self.columns.windows[self.row] if self.columns.windows else False:
            return self._by(Why.OUTSIDE_WINDOWS, self.rule)
        if self.x.read.filings[self.row].admitted is False:
            return Reason(Why.NOT_ADMITTED)
        failed = [
            finding
            for finding in self.x.decision(self.row).findings
            if finding.effect is Effect.REFUSES and finding.truth is Truth.NO
        ]
        first = failed[0] if failed else None
        return Reason(
            Why.NOT_ADMITTED, first.cite if first else None, first.confidence if first else Confidence.OFFICIAL,
            rules=tuple(finding.id for finding in failed),
        )  # fmt: skip

    def _missing(self) -> tuple[Missing, ...]:
        open_ones = (
            finding
            for finding in self.x.decision(self.row).findings
            if finding.effect is Effect.REFUSES and finding.truth is Truth.UNKNOWN
        )
        return together(missing for finding in open_ones for missing in finding.missing)

    def _days(self) -> list[str]:
        """The parameters that give the days of the windows."""
        return [name for window in self.rule.windows for name in (window.opens, window.closes)]

    def _left_out(self) -> Iterator[tuple[Reason, bool]]:
        """What keeps it out of the ranking, or may: the counter, and other applications of the same key."""
        if self.allocation.received[self.row] != YES and self.rule.intake is not None:
            sure = self.allocation.received[self.row] == NO
            why = Why.COUNTER_CLOSED if sure else Why.PERHAPS_CLOSED
            named = filter(None, (self.rule.intake.percent, self.rule.intake.of))
            yield self._by(why, self.rule.intake, *named), sure
        for at, (relation, found) in enumerate(zip(self.rule.relations, self.allocation.standing, strict=True)):
            if found.stays[self.row] == YES:
                continue
            sure = found.stays[self.row] == NO
            other = self.x.read.candidates.ids[found.other[self.row]] if found.other[self.row] >= 0 else ""
            why = Why.DISPLACED if sure else Why.PERHAPS_DISPLACED
            # Of whom nobody told who they are it is not known that they are one.
            missing = (
                () if sure or self._one(at, found.other[self.row]) else (Missing(relation.key, NotKnowing.MISSING),)
            )
            yield (
                self._by(why, relation, rules=(relation.id,), other=other, missing=missing, text=relation.unknown),
                sure,
            )

    def _one(self, relation: int, other: int) -> bool:
        """Whether another, where one is known, certainly has a key of this one."""
        if other < 0:
            return True
        keys = self.x.read.candidates.texts[relation]
        return not set(keys[self.row][0]).isdisjoint(keys[other][0])

    def _money(self) -> Iterator[Reason]:
        rule, allocation, row = self.rule, self.allocation, self.row
        choices = allocation.budgets[row]
        if not rule.envelopes or choices == (-1,):
            yield self._by(Why.NO_ENVELOPE, rule)
            return
        low, high = allocation.award_least[row], allocation.award_most[row]
        asked = self.columns.least[row], self.columns.most[row]
        envelope = rule.envelopes[choices[0]]
        if self._settled(choices, low, high, asked):
            if low == 0 < high:  # it fits whatever it asks, and whether it asks anything is open
                yield Reason(Why.AMOUNT_OPEN)
            result = allocation.results[choices[0]]
            # What gets all that it asks, however much that is, is looked at by the most that it may ask.
            got, wanted = (high, asked[1]) if (low, high) == asked else (low, asked[0])
            why = self._why(got, wanted, result.held, allocation.before_least[row])
            yield self._by(why, envelope, envelope.amount)
            if rule.last_award is not None and got != wanted:
                yield self._by(Why.IN_PART if low else Why.DOES_NOT_FIT, rule.last_award, text=rule.last_award.unknown)
            return
        doubts = list(self._doubts(choices))
        # What is asked before it may be known, and who of them gets it not: of equals, by the rule that skips.
        yield from doubts or ([Reason(Why.OTHERS_OPEN)] if allocation.present[row] == YES else [])

    def _settled(self, choices: tuple[int, ...], low: int, high: int, asked: tuple[int, int]) -> bool:
        """Whether it is known what the money does; an amount that is open only as far as it asks it is."""
        if self.allocation.present[self.row] != YES or len(choices) > 1:
            return False
        return (low, high) == asked or low == high

    def _why(self, got: int, asked: int, held: tuple[int, int], before: int) -> Why:
        if asked == 0:
            return Why.NOTHING_ASKED
        if got == 0:
            return Why.EXHAUSTED if before >= held[1] else Why.DOES_NOT_FIT
        if got < asked:
            return Why.IN_PART
        return Why.IN_FULL if before + asked > held[1] else Why.FITS

    def _doubts(self, choices: tuple[int, ...]) -> Iterator[Reason]:
        rule, allocation, row = self.rule, self.allocation, self.row
        if len(choices) > 1:
            yield self._by(Why.ENVELOPE_OPEN, rule)
        certain = allocation.award_least[row] == allocation.award_most[row]
        if certain and allocation.present[row] != YES:
            return
        if self.columns.least[row] != self.columns.most[row]:
            yield Reason(Why.AMOUNT_OPEN)
        if all(self._fits_in_any_case(at) for at in choices):
            return
        placed = allocation.place_first[row] == allocation.place_last[row]
        if self.columns.first[row] != self.columns.last[row] and not placed:
            yield self._by(Why.ORDER_OPEN, rule.order or rule, text=rule.order.unknown if rule.order else "")
        if self._tied():
            part: Rule = rule.tie_break or rule
            yield self._by(Why.TIE, part, text=rule.tie_break.unknown if rule.tie_break else "")
        for at in dict.fromkeys(one for choice in choices for one in self._asking(choice)):
            if allocation.results[at].held[0] != allocation.results[at].held[1]:
                for source in self._unpublished(at):
                    envelope = rule.envelopes[source]
                    why = self.x.law.unpublished(envelope.amount)
                    yield self._by(Why.BUDGET_OPEN, envelope, envelope.amount, rules=(envelope.id,), text=why)
        if allocation.before_least[row] != allocation.before_most[row] and not self._tied():
            yield Reason(Why.OTHERS_OPEN)
        if rule.last_award is None or not rule.last_award.outcome:
            last: Rule = rule.last_award or rule
            yield self._by(Why.LAST_AWARD_OPEN, last, text=rule.last_award.unknown if rule.last_award else "")

    def _asking(self, at: int) -> Iterator[int]:
        """An envelope, and those that it asks for what it cannot give."""
        while at >= 0:
            yield at
            at = self.x.law.plan.budgets[at].then

    def _unpublished(self, at: int) -> Iterator[int]:
        """An envelope, and those that roll over into it, as far as no source gives their amount."""
        for source, budget in enumerate(self.x.law.plan.budgets):
            if budget.rolls_to == at:
                yield from self._unpublished(source)
        if self.x.law.unpublished(self.rule.envelopes[at].amount):
            yield at

    def _fits_in_any_case(self, at: int) -> bool:
        """Whether an envelope holds it, whatever others do and however the open things turn out."""
        most = self.allocation.before_most[self.row] + self.columns.most[self.row]
        return at >= 0 and most <= self.allocation.results[at].held[0]

    def _tied(self) -> bool:
        """Whether it stands equal with another one that competes, each of whose places is known."""
        return self.columns.first[self.row] == self.columns.last[self.row] and self.x.is_tied(self.row)
