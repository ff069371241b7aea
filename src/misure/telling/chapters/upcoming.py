# SPDX-License-Identifier: Apache-2.0
"""What comes next for the applicant, told before all else: what is late and not done, and the first terms still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from misure.deciding.decision import Decision, Outcome
from misure.deciding.missing import Decided
from misure.deciding.results import DutyState, Term
from misure.deciding.values import Range
from misure.ground.truth import Truth
from misure.rulebook.expression import Expr, names
from misure.rulebook.rules import Effect
from misure.telling.chapters.page import Line, Mark
from misure.telling.chapters.speaker import NOT_YET, Speaker
from misure.telling.chapters.timing import Timing

__all__ = ["Upcoming"]

_MOST_NAMED = 3


class Upcoming:
    """Tells the next terms of one decision: of whoever is refused, or has lost the award, none runs any more."""

    def __init__(self, speaker: Speaker, decision: Decision, timing: Timing) -> None:
        self.speaker, self.decision, self.timing = speaker, decision, timing
        effects = {condition.id: condition.effect for condition in speaker.book.conditions}
        self._events = {term.id: term.of or term.done for term in speaker.book.terms}
        self._bound = {event for id_, event in self._events.items() if effects.get(id_) not in (None, Effect.NONE)}
        """What must be done: something follows where one of its terms is not kept. Else it is done by whoever wants to."""

        over = decision.outcome is Outcome.REFUSED or any(one.truth is Truth.NO for one in decision.lapses)
        self._open = [] if over else sorted(filter(self._is_open, decision.terms), key=_first_possible)
        self._over = over

    def late(self) -> Iterator[Line]:
        """What had to be done by a day that is past, and was not: also where a later term of the same thing still runs."""
        for term in () if self._over else self.decision.terms:
            event = self._events[term.id]
            if term.state is DutyState.LATE and event in self._bound and self.decision.value(event) == NOT_YET:
                line = self.timing.line(term)
                yield replace(line, details=(*line.details, *self._plain(term)))

    def next(self) -> Iterator[Line]:
        """The first open term; and the first that binds, where that one does not."""
        still, first = self._open, self._open[:1]
        bound = next((term for term in still if self._events[term.id] in self._bound), None)
        if first and bound and self._events[first[0].id] not in self._bound:
            first = [*first, bound]
        for term in first:
            yield self._line(term, [other for other in still if self._events[other.id] == self._events[term.id]])

    def _is_open(self, term: Term) -> bool:
        if term.kind == "window":
            inside = term.state is DutyState.INSIDE or self.timing.by_the_hour(term)
            return inside and self._events[term.id] in self.decision.assumed
        return term.state is DutyState.OPEN and self._runs(term.id)

    def _runs(self, id_: str) -> bool:
        """Whether what the term is counted from has happened: else it is no term yet, though its day cannot have passed."""
        by = self.timing.rule(id_).by
        return by is None or self._begun(by)

    def _begun(self, counted: Expr) -> bool:
        """Whether all has happened from which a day is counted, by itself or through terms and definitions."""
        for name in names(counted):
            if name.role == "event" and not self._happened(name.name):
                return False
            if name.role == "term" and not self._runs(name.name):
                return False
            if name.role == "definition" and not self._is_known(name.name):
                return False
        return True

    def _is_known(self, definition: str) -> bool:
        """Whether a definition has its value, of whatever it is counted; or waits for nothing that is still to happen."""
        value = self.decision.value(definition)
        if value is not None and not isinstance(value, Range):
            return True
        return all(self._begun(case.value) for case in self.speaker.book.definitions[definition].cases)

    def _happened(self, event: str) -> bool:
        # Of who has not filed it is decided as if it were filed on the day: what is counted from filing does not run.
        return event not in self.decision.assumed and isinstance(self.decision.value(event), dt.date)

    def _line(self, term: Term, same: list[Term]) -> Line:
        """A term with its last day, whether it is peremptory, and the later terms of the same thing."""
        line = self.timing.line(term)
        later = [self._later(other) for other in same if other.id != term.id]
        waits = [] if term.kind == "window" or isinstance(term.day, dt.date) else self._waits(term)
        return replace(line, mark=Mark.WAITING, details=(*line.details, *waits, *self._plain(term), *later))

    def _plain(self, term: Term) -> list[str]:
        return [self.speaker.say("termine non perentorio")] if term.peremptory is False else []

    def _waits(self, term: Term) -> list[str]:
        """What the last day of a term depends on that nobody has told."""
        asked = (
            missing.name
            for missing in self.decision.missing_for(Decided.TERM)
            if any(use.kind is Decided.TERM and use.id == term.id for use in missing.decides)
        )
        quoted = [self.speaker.language.quoted(self.speaker.label(name)) for name in asked]
        what = self.speaker.language.listed(quoted, most=_MOST_NAMED)
        return [self.speaker.say("l'ultimo giorno dipende da: {what}", what=what)] if quoted else []

    def _later(self, term: Term) -> str:
        what = self.speaker.sentence(self.timing.rule(term.id))
        day = self.speaker.figures.value(term.day, "") if isinstance(term.day, dt.date) else ""
        told = ", ".join(filter(None, [day, self.timing.peremptory(term)]))
        whole = f"{what}: {told}" if told else what
        return self.speaker.say("poi: {what}", what=whole)


def _first_possible(term: Term) -> tuple[bool, dt.date]:
    """The earliest day on which the term may end, for order; terms of which no day is known come last."""
    day = term.closes if term.kind == "window" else term.day
    if isinstance(day, Range):
        day = day.least if isinstance(day.least, dt.date) else day.greatest
    return (False, day) if isinstance(day, dt.date) else (True, dt.date.max)
