# SPDX-License-Identifier: Apache-2.0
"""Windows, deadlines and duties with their days: as counted, as moved and why, and what another regime would answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from misure.deciding.decision import Decision, Outcome
from misure.deciding.results import DutyState, Term
from misure.deciding.values import Range, Shown
from misure.ground.holidays import national_calendar
from misure.ground.regimes import passed_over
from misure.rulebook import rules
from misure.rulebook.rules import Effect
from misure.telling.chapters.page import Line, Mark
from misure.telling.chapters.speaker import NOT_YET, Speaker
from misure.telling.language import words

__all__ = ["Timing"]

_MARKS = {
    DutyState.KEPT: Mark.MET, DutyState.INSIDE: Mark.MET, DutyState.LATE: Mark.FAILED, DutyState.BEFORE: Mark.FAILED,
    DutyState.AFTER: Mark.FAILED, DutyState.OPEN: Mark.WAITING, DutyState.STANDING: Mark.PLAIN,
    DutyState.NOT_APPLICABLE: Mark.PLAIN, DutyState.UNKNOWN: Mark.OPEN, DutyState.RUNNING: Mark.WAITING,
    DutyState.ENDED: Mark.PLAIN, DutyState.BROKEN: Mark.FAILED,
}  # fmt: skip


class Timing:
    """Tells the terms and duties of one decision."""

    def __init__(self, speaker: Speaker, decision: Decision) -> None:
        self.speaker, self.decision = speaker, decision
        self._rules: dict[str, rules.Term | rules.Duty] = {term.id: term for term in speaker.book.terms}
        self._rules |= {duty.id: duty for duty in speaker.book.duties}

    def terms(self) -> list[Line]:
        """The terms; of a refused applicant, those alone that can refuse: the others will never run."""
        refused = self.decision.outcome is Outcome.REFUSED
        refusing = {c.id for c in self.speaker.book.conditions if c.effect is Effect.REFUSES}
        return [self.line(term) for term in self.decision.terms if not refused or term.id in refusing]

    def duties(self, *, settled: bool = False) -> list[Line]:
        """The duties; of whoever is refused for certain those that hold always are only counted: few of them will ever."""
        standing = {duty.id for duty in self.decision.duties if settled and duty.state is DutyState.STANDING}
        told = [self.line(duty) for duty in self.decision.duties if duty.id not in standing]
        if standing:
            n = len(standing)
            text = self.speaker.many("un obbligo che vale sempre, senza un giorno fissato",
                                     "{n} obblighi che valgono sempre, senza un giorno fissato", n, n=str(n))  # fmt: skip
            folded = tuple(self.line(duty) for duty in self.decision.duties if duty.id in standing)
            told.append(Line(text, folded=folded))
        return told

    def rule(self, id_: str) -> rules.Term | rules.Duty:
        """The rule of a term or a duty."""
        return self._rules[id_]

    def line(self, term: Term) -> Line:
        """A term or a duty: its sentence, where it stands on the day, and its days."""
        rule = self._rules[term.id]
        done = self._done(rule)
        # What is decided as if it were filed on the day has not been filed: it is not told as done.
        assumed = isinstance(rule, rules.Term) and rule.of in self.decision.assumed
        still = assumed and (term.state is DutyState.INSIDE or self.by_the_hour(term))
        where = words.word(self.speaker.language, term.state)
        if still and term.state is DutyState.INSIDE:
            where = self.speaker.say("ancora da presentare, e nei tempi")
        elif still:
            where = self.speaker.say("ancora da presentare, e in questo giorno conta l'ora")
        unbegun = isinstance(rule, rules.Duty) and term.state is DutyState.BEFORE
        if unbegun:
            where = self.speaker.say("non ancora cominciato")
        text = f"{self.speaker.sentence(rule)}: {where}"
        details = [*self._when(term, done), *self._after(term, rule)]
        flag = words.flag(self.speaker.language, term.confidence)
        mark = Mark.WAITING if still or unbegun else _MARKS[term.state]
        return Line(text, mark, str(term.cite), flag, tuple(details))

    def by_the_hour(self, term: Term) -> bool:
        """Whether the day is the first or the last of a window that opens, or closes, at a time of it that decides."""
        edges = ((term.opens, term.opens_at), (term.closes, term.closes_at))
        return term.state is DutyState.UNKNOWN and any(day == self.decision.on and at is not None for day, at in edges)

    def _done(self, rule: rules.Term | rules.Duty) -> Shown:
        if isinstance(rule, rules.Duty) and rule.broken:
            return self.decision.value(rule.broken)
        event = (rule.of if isinstance(rule, rules.Term) and rule.of else rule.done) or ""
        return self.decision.on if event == "on" else self.decision.value(event) if event else None

    def _when(self, term: Term, done: Shown) -> Iterator[str]:
        say, figures = self.speaker.say, self.speaker.figures
        if term.kind == "window":
            yield from self._window(term, done)
            return
        if term.state is DutyState.NOT_APPLICABLE:
            return
        if isinstance(done, dt.date):
            yield say("avvenuto il {day}", day=figures.day(done))
        elif done == NOT_YET and term.state is DutyState.LATE:
            yield say("non ancora avvenuto")
        if isinstance(term.opens, dt.date):
            yield say("primo giorno: {day}", day=figures.day(term.opens))
        key = f"{term.kind if term.kind == 'duty' else 'term'}.{term.id}.day"
        if isinstance(term.day, dt.date):
            yield from self._last_day(term)
        elif isinstance(term.day, Range):
            span = figures.span(term.day, "", **self._ends(key, term.day))
            if span:
                yield say("ultimo giorno: {span}", span=span)

    def _ends(self, key: str, span: Range) -> dict[str, bool]:
        least, greatest = self.speaker.output_ends(key, span)
        return {"least": least, "greatest": greatest}

    def _window(self, term: Term, done: Shown) -> Iterator[str]:
        say, figures = self.speaker.say, self.speaker.figures
        opens, closes = self._edge(term.opens, term.opens_at), self._edge(term.closes, term.closes_at)
        if opens and closes and term.closes_at is not None:
            yield say("apre: {opens}; chiude: {closes}", opens=opens, closes=closes)
        elif opens and closes:
            yield say("apre: {opens}; chiude: {closes}, giorno compreso", opens=opens, closes=closes)
        if isinstance(done, dt.date):
            rule = self._rules[term.id]
            of = rule.of if isinstance(rule, rules.Term) else ""
            label = self.speaker.label(of) if of != "on" else say("giorno della domanda")
            hour = rule.hour if isinstance(rule, rules.Term) else ""
            if of in self.decision.assumed:
                yield say("{what}: non ancora; si conta il {day}", what=label, day=figures.day(done))
                return
            yield say(
                "{what}: {day}", what=label, day=figures.day_at(done, self.decision.value(hour) if hour else None)
            )

    def _edge(self, day: Shown, time: Shown) -> str:
        if isinstance(day, dt.date):
            return self.speaker.figures.day_at(day, time)
        told = self.speaker.figures.value(day, "")
        return self.speaker.say("{day} (non pubblicato)", day=told) if isinstance(day, Range) else told

    def _last_day(self, term: Term) -> Iterator[str]:
        say, figures = self.speaker.say, self.speaker.figures
        day = figures.day(term.day) if isinstance(term.day, dt.date) else ""
        reasons = self._moved(term)
        if reasons:
            yield say("ultimo giorno: {day}, perché {reasons}", day=day, reasons=reasons)
        elif term.regime and isinstance(term.day, dt.date) and (idle := self._idle(term.day)):
            yield say("ultimo giorno: {day}; {reasons}, e il termine non si sposta per questo", day=day, reasons=idle)
        else:
            yield say("ultimo giorno: {day}", day=day)
        for other in term.alternatives:
            told = figures.value(other.day, "")
            if told and not isinstance(other.day, Range):
                yield say("contando altrimenti ({regime}): {day}",
                          regime=words.regime(self.speaker.language, other.regime), day=told)  # fmt: skip

    def _moved(self, term: Term) -> str:
        """Why the last day is not the one that counting leads to: each day passed over, with its reason."""
        if not isinstance(term.raw, dt.date):
            return ""
        step = -1 if isinstance(term.day, dt.date) and term.day < term.raw else 1
        return self._reasons(term.raw, step, term.moved)

    def _idle(self, day: dt.date) -> str:
        """Why a day is one on which a term might not end; "" where it is a working day."""
        at = day.toordinal()
        reasons = [
            one for one in passed_over(at, at + 1, national_calendar()) if one[0] in ("sunday", "saturday", "holiday")
        ]
        return self._reasons(day, 1, reasons)

    def _reasons(self, first: dt.date, step: int, reasons: Sequence[tuple[str, ...]]) -> str:
        """One reason for each day from a first one on, or back."""
        say, figures = self.speaker.say, self.speaker.figures
        told = []
        for passed, (reason, *name) in enumerate(reasons):
            day = figures.day(first + dt.timedelta(days=step * passed))
            if reason == "sunday":
                told.append(say("il {day} è domenica", day=day))
            elif reason == "saturday":
                told.append(say("il {day} è sabato", day=day))
            elif reason == "holiday":
                told.append(say("il {day} è festivo ({name})", day=day, name=name[0]))
            else:
                told.append(say("fino al {day} i giorni lavorativi sono troppo pochi", day=day))
        return self.speaker.language.listed(told)

    def peremptory(self, term: Term) -> str:
        """Whether a deadline is peremptory, where it is or nobody says so; "" where it is not."""
        if term.peremptory is False:
            return ""
        say = self.speaker.say
        return say("termine perentorio") if term.peremptory else say(
            "le fonti lette non dicono se il termine è perentorio")  # fmt: skip

    def _after(self, term: Term, rule: rules.Term | rules.Duty) -> Iterator[str]:
        say = self.speaker.say
        if term.who:
            yield say("spetta a: {who}", who=self.speaker.rule(term.who))
        if term.kind != "deadline" or term.state not in (DutyState.LATE, DutyState.OPEN, DutyState.UNKNOWN):
            return
        if told := self.peremptory(term):
            yield told
        effect = next((c.effect for c in self.speaker.book.conditions if c.id == rule.id), None)
        if effect is Effect.UNSTATED and term.state is DutyState.LATE:
            yield say("le fonti lette non dicono che cosa segue al ritardo")
