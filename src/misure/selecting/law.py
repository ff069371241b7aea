# SPDX-License-Identifier: Apache-2.0
"""The rules of a selection under the law of the day on which the question is put."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property

from misure.allocating import Budget, Plan, Relation
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.deciding.printed_period import PrintedPeriod
from misure.ground.truth import Confidence, worst
from misure.program.lowering.candidates import ASKED, keys_of
from misure.rulebook.rules import Parameter, Rule
from misure.rulebook.selection import Selection
from misure.selecting.candidates import Window

__all__ = ["SelectionLaw"]


class SelectionLaw:
    """One measure's selection on one day: its plan, its windows, how sure each of its parts is."""

    def __init__(self, measure: Measure, rule: Selection, on: dt.date) -> None:
        self.measure, self.rule, self.on = measure, rule, on
        self.period: PrintedPeriod = compiled(measure).period(on)
        self.windows = tuple(
            Window(window.id, self.span(window.opens), self.span(window.closes)) for window in rule.windows
        )
        self.plan = self._plan()

    def parameter(self, name: str) -> Parameter:
        return self.measure.rulebook.parameters[name]

    def span(self, name: str) -> tuple[int, int]:
        """The least and the greatest that a legal value may be: amounts in cents, days as ordinals."""
        live = self.period.law.values(self.parameter(name))
        ends = [
            (value.known, value.known) if isinstance(value.known, int | Fraction) else (value.least, value.greatest)
            for value in live
        ]
        return int(min(low for low, _ in ends)), int(max(high for _, high in ends))

    def unpublished(self, name: str) -> str:
        """Why no source gives a legal value of the day; "" where one does."""
        return next(
            (value.unknown for value in self.period.law.values(self.parameter(name)) if value.known is None), ""
        )

    def unbounded(self, name: str) -> bool:
        """Whether nothing but its unit bounds a legal value of the day."""
        live = self.period.law.values(self.parameter(name))
        return any(value.known is None and not value.bounds_given for value in live)

    @cached_property
    def endless(self) -> frozenset[int]:
        """The envelopes of which nothing says how much they hold at most: by their own amount, or by what rolls into them."""
        found = {at for at, envelope in enumerate(self.rule.envelopes) if self.unbounded(envelope.amount)}
        for at, budget in enumerate(self.plan.budgets):  # each stands before the one to which it rolls over
            if at in found and budget.rolls_to >= 0:
                found.add(budget.rolls_to)
        return frozenset(found)

    def _plan(self) -> Plan:
        rule = self.rule
        at = {envelope.id: place for place, envelope in enumerate(rule.envelopes)}
        windows = {window.id: place for place, window in enumerate(rule.windows)}
        budgets = tuple(
            Budget(
                *self.span(envelope.amount), window=windows.get(envelope.window, -1),
                rolls_to=at.get(envelope.rolls_to, -1), then=at.get(envelope.then, -1),
            )
            for envelope in rule.envelopes
        )  # fmt: skip
        return Plan(
            budgets,
            rule.last_award.outcome if rule.last_award else "",
            self.span(rule.intake.percent) if rule.intake else None,
            tuple(
                Relation(one.within == "window", one.survivor, one.among, not one.inferred) for one in rule.relations
            ),
            self.span(rule.intake.of) if rule.intake and rule.intake.of else None,
        )

    @property
    def whole(self) -> tuple[tuple[int, int], list[tuple[int, int]]]:
        """What an application may ask of which nothing can be worked out, and each key of the order: their whole bounds."""
        outputs = self.period.program.outputs
        asked, *keys = (
            (outputs[key].lo, outputs[key].hi) for key in (ASKED, *(name for name, _ in keys_of(self.rule)))
        )
        return asked, keys

    def life(self) -> tuple[int, int] | None:
        """For how many days the waiting list lives, as a range; None where nothing bounds it."""
        listed = self.rule.waiting_list
        if listed is None or not listed.life:
            return None
        live = self.period.law.values(self.parameter(listed.life))
        bounded = all(value.known is not None or value.bounds_given for value in live)
        return self.span(listed.life) if bounded else None

    def sure(self, part: Rule | None, *parameters: str) -> Confidence:
        """How sure a part is: its own reading, that of the section, and that of the values that it names."""
        confidences, law = self.period.confidences, self.period.law
        named = (law.confidence_of(self.parameter(name)) for name in parameters if name)
        own = confidences.of_rule(part) if part is not None else Confidence.OFFICIAL
        return worst(confidences.of_rule(self.rule), own, *named)
