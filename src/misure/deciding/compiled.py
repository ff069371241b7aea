# SPDX-License-Identifier: Apache-2.0
"""What stands behind a measure: the periods of its law, compiled when they are asked for, and the deciding of a dossier."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from misure import _doors as doors
from misure.deciding.contradictions import raise_faults
from misure.deciding.decision import Decision
from misure.deciding.printed_period import PrintedPeriod
from misure.facts.dossier import Dossier
from misure.facts.reader import Places
from misure.facts.validation import FactsForm
from misure.facts.vocabulary import FILING
from misure.ground.days import LAST_QUESTION
from misure.ground.errors import BadFacts, BadRules, Conflict, NotEncoded
from misure.ground.place import Fault
from misure.program.law import periods
from misure.rulebook.rules import Rulebook

__all__ = ["LAST_QUESTION", "Compiled"]


class Compiled:
    """A measure's rulebook, compiled one period of days at a time when it is first needed."""

    def __init__(self, measure: doors.Measure) -> None:
        self.measure = measure
        self.rulebook: Rulebook = measure.rulebook
        self.periods: tuple[dt.date, ...] = periods(measure.rulebook)
        """The first day of each period on which the law of the measure stands still."""
        self._periods: dict[tuple[int, bool], PrintedPeriod] = {}

    @cached_property
    def facts(self) -> FactsForm:
        """What checks and reads the facts."""
        book = self.rulebook
        return FactsForm(book.facts, book.tables, book.vocabulary, book.law_of)

    def period(self, day: dt.date, *, filing: bool = True) -> PrintedPeriod:
        """The measure under the law of one day; where the day of filing is not known, under every law that it may pick.

        Raises:
            NotEncoded: The day lies before the first edition.
        """
        index = bisect.bisect_right(self.periods, day) - 1
        if index < 0:
            raise NotEncoded(self.rulebook.id, day, self.periods[0])
        found = self._periods.get((index, filing))
        if found is None:
            made = PrintedPeriod(self.rulebook, self.facts.layout, self.periods[index], filing=filing)
            found = self._periods.setdefault((index, filing), made)
        return found

    def check_question(self, on: dt.date) -> None:
        """Raise `NotEncoded` if a question put on that day lies outside what the rules and the calendar hold."""
        if not self.periods[0] <= on <= LAST_QUESTION:
            raise NotEncoded(self.rulebook.id, on, self.periods[0], LAST_QUESTION)

    def lower(self) -> None:
        """Lower the law of every period to integers.

        Raises:
            BadRules: A value could pass 63 bits, or a rounded amount be negative; all faults at once.
        """
        faults: dict[Fault, None] = {}
        laws = [(day, True) for day in self.periods]
        if self.asks_filing:
            laws.append((self.periods[-1], False))
        for day, filing in laws:
            try:
                _ = self.period(day, filing=filing).program
            except BadRules as problem:
                faults |= dict.fromkeys(problem.faults)
        if faults:
            raise BadRules(faults)

    def read(
        self, facts: Mapping[str, object], on: dt.date, places: Places | None = None, *, text_source: bool = False,
        before: Sequence[Fault] = (),
    ) -> Dossier:  # fmt: skip
        """The dossier of what is said, as `FactsForm.read` has it. `before` is what was wrong with the text, told with the rest.

        Raises:
            BadFacts: What is said cannot be, each value by itself or, of those that can be read, several together.
        """
        faults: list[Fault] = []
        dossier = self.facts.read(facts, on, places, text_source=text_source, sink=faults)
        if faults or before:
            told = {fault.place for fault in before if fault.place.line}
            later = [*faults, *self.contradictions(dossier, [*before, *faults])]
            raise BadFacts([*before, *(fault for fault in later if fault.place not in told)])
        return dossier

    def contradictions(self, dossier: Dossier, told: Collection[Fault]) -> list[Fault]:
        """What a dossier tells that cannot stand together, beside what was told before; nothing where its law is not known."""
        try:
            period = self.period_of(dossier)
            if period.partial(dossier)[1]:
                raise_faults(self.measure, period, dossier)
        except BadFacts as problem:
            subjects = {fault.subject for fault in told}
            return [fault for fault in problem.faults if fault.subject not in subjects]
        except (Conflict, NotEncoded):
            pass  # told to whom decides, once the facts can be
        return []

    def decide(self, dossier: Dossier) -> Decision:
        """Decide a dossier that `facts` has read; raises as `Measure.decide` does."""
        period = self.period_of(dossier)
        answers = period.complete if dossier.complete else period.partial
        raw = answers(dossier)
        if raw[1]:
            raise_faults(self.measure, period, dossier)
        return Decision(self.measure, period, dossier, answers, raw)

    def period_of(self, dossier: Dossier) -> PrintedPeriod:
        """The measure under the law that a dossier's own day picks; under every law that it may be where that is not told."""
        on: dt.date = dossier.on
        self.check_question(on)
        day = dossier.values[self._anchor_at] if self._anchor_at >= 0 else 0
        filing = self._filed_at < 0 or dossier.values[self._filed_at] is not None
        return self.period(dt.date.fromordinal(day) if day else on, filing=filing)  # type: ignore[arg-type]

    @property
    def asks_filing(self) -> bool:
        """Whether the measure asks the day of filing."""
        return self._filed_at >= 0

    @cached_property
    def _anchor_at(self) -> int:
        return self._place(self.rulebook.law_of)

    @cached_property
    def _filed_at(self) -> int:
        return self._place(FILING)

    def _place(self, event: str) -> int:
        names = [column.name for column in self.facts.layout.inputs]
        return names.index(event) if event in names else -1
