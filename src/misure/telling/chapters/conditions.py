# SPDX-License-Identifier: Apache-2.0
"""Findings as lines: which condition failed and by how much, who broke it, what an open one waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from misure.deciding.decision import Decision
from misure.deciding.finding import Finding
from misure.deciding.record_details import Culprit
from misure.deciding.results import DutyState, Term
from misure.deciding.values import Range, Shown
from misure.facts.vocabulary import Kind
from misure.ground.truth import Truth
from misure.rulebook.rules import Effect
from misure.telling.chapters.asking import Asking
from misure.telling.chapters.comparing import found_so_far, shortfall
from misure.telling.chapters.page import MARKS, Line
from misure.telling.chapters.records import Records
from misure.telling.chapters.speaker import NOT_YET, Speaker
from misure.telling.language import words

__all__ = ["Conditions"]

_MOST_VALUES = 6


def _edge(term: Term) -> tuple[Shown, Shown]:
    """The day that was missed, and its time of day where it has one."""
    if term.state is DutyState.BEFORE:
        return term.opens, term.opens_at
    return (term.closes, term.closes_at) if term.kind == "window" else (term.day, None)


class Conditions:
    """Tells the findings of one decision."""

    def __init__(self, speaker: Speaker, decision: Decision, records: Records) -> None:
        self.speaker, self.decision, self.records = speaker, decision, records
        self.asking = Asking(speaker, records)
        self._terms = {term.id: term for term in decision.terms}

    def line(self, finding: Finding) -> Line:
        """One finding: its sentence, why it fails or is open, and what follows where that is not a refusal."""
        reason, details = self._why(finding)
        sentence = self.speaker.sentence(finding.rule)
        text = f"{sentence}: {reason}" if reason else sentence
        if finding.truth in (Truth.NO, Truth.UNKNOWN) and finding.effect is not Effect.REFUSES:
            details.append(words.word(self.speaker.language, finding.effect))
        if finding.truth is Truth.NOT_APPLICABLE:
            text = self.speaker.say("{what}: non si applica", what=sentence)
        if finding.truth is Truth.PENDING:
            text = self.speaker.say(
                "{what}: si chiede dal giorno di: {event}", what=sentence, event=self.speaker.label(finding.rule.once)
            )
        details += [self._exemption(name, finding) for name in finding.exemptions]
        details += self._of_records(finding)
        details += self._successor(finding)
        flag = words.flag(self.speaker.language, finding.confidence)
        return Line(text, MARKS[finding.truth], str(finding.cite), flag, tuple(details))

    def _why(self, finding: Finding) -> tuple[str, list[str]]:
        if finding.truth is Truth.UNKNOWN:
            so_far = found_so_far(self.speaker, finding)
            waits = self.asking.reason(finding.missing)
            return ", ".join(part for part in (so_far, waits) if part), []
        if finding.truth is not Truth.NO:
            return "", []
        if finding.rule.origin in ("window", "deadline"):
            return self._out_of_time(self._terms[finding.id]), []
        culprits = list(map(self.speaker.language.quoted, self.records.culprits(finding.rule, finding.culprits)))
        if culprits:
            said = list(filter(None, map(self._said_of, finding.culprit_records)))
            return self.speaker.say("non è così per {who}", who=self.speaker.language.listed(culprits)), said[
                :_MOST_VALUES
            ]
        short = shortfall(self.speaker, finding)
        return short, [] if short else self._told(finding)

    def _said_of(self, culprit: Culprit) -> str:
        """What the rule read of a record that breaks it; that something is so, or is not, the condition says itself."""
        speaker, fields = self.speaker, self.speaker.book.tables[culprit.table].fields
        told = [
            f"{speaker.label(f'{culprit.table}.{name}')}: {shown}"
            for name, value in culprit.fields.items()
            if fields[name].kind is not Kind.TRUTH and (shown := speaker.in_words(f"{culprit.table}.{name}", value))
        ]
        (name,) = self.records.named(culprit.table, [culprit.key])
        return f"{speaker.language.quoted(name)} – {', '.join(told)}" if told else ""

    def _of_records(self, finding: Finding) -> Iterator[str]:
        """Which records a sum or a count leaves out, and which it takes for somebody else."""
        speaker, many = self.speaker, self.speaker.many
        for out in finding.left_out:
            why = [speaker.language.quoted(speaker.label(f"{out.table}.{name}")) for name in out.fields]
            yield many(
                "{n} di {all} in «{table}» non conta, per {why}", "{n} di {all} in «{table}» non contano, per {why}",
                len(out.records), n=str(len(out.records)), all=str(out.of), table=speaker.label(out.table),
                why=speaker.language.listed(why),
            )  # fmt: skip
        for assumed in finding.assumes:
            yield many(
                "ogni riga si prende per un'altra impresa: {n} riga senza «{what}»",
                "ogni riga si prende per un'altra impresa: {n} righe senza «{what}»",
                len(assumed.records), n=str(len(assumed.records)), what=speaker.label(f"{assumed.table}.{assumed.field}"),
            )  # fmt: skip

    def assumptions(self) -> Iterator[str]:
        """One line for each table of which nobody said who some records are, where a met condition takes them for different firms."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for finding in self.decision.findings if self.decision.assumed else ():
            for assumed in finding.assumes:
                found.setdefault((assumed.table, assumed.field), {}).update(dict.fromkeys(assumed.records))
        for (table, field), records in found.items():
            said = self.speaker.many(
                "Si suppone che ogni riga di «{table}» sia un'altra impresa: {n} riga senza «{what}»",
                "Si suppone che ogni riga di «{table}» sia un'altra impresa: {n} righe senza «{what}»",
                len(records), n=str(len(records)), table=self.speaker.label(table),
                what=self.speaker.label(f"{table}.{field}"),
            )  # fmt: skip
            namesakes = self.records.namesakes(table, list(records))
            who = self.speaker.language.listed(list(map(self.speaker.language.quoted, namesakes)), most=3)
            yield self.speaker.say("{what}; più righe hanno il nome {who}", what=said, who=who) if namesakes else said

    def _told(self, finding: Finding) -> list[str]:
        """What was told, where a condition fails without a margin to give: `dimensione dell'impresa: grande impresa`."""
        book = self.speaker.book
        told = [
            f"{label}: {shown}"
            for name, value in finding.values.items()
            if name not in book.tables
            and (label := self.speaker.known_as(name))
            and (shown := self.speaker.in_words(name, value))
        ]
        return told[:_MOST_VALUES]

    def _out_of_time(self, term: Term) -> str:
        speaker, say = self.speaker, self.speaker.say
        rule = next(rule for rule in speaker.book.terms if rule.id == term.id)
        event = rule.of or rule.done
        done = self.decision.on if event == "on" else self.decision.value(event)
        time = self.decision.value(rule.hour) if rule.hour else None
        day = speaker.figures.day_at(done, time) if isinstance(done, dt.date) else ""
        edge, hour = _edge(term)
        limit = speaker.figures.day_at(edge, hour) if isinstance(edge, dt.date) else speaker.figures.value(edge, "")
        if done == NOT_YET:
            return say("non ancora avvenuto, e il termine è passato: {limit}", limit=limit)
        if not limit:
            return day
        if term.state is DutyState.BEFORE and event in self.decision.assumed:
            return say("non ancora aperto; apre: {limit}", limit=limit)
        if isinstance(edge, Range):
            return say("{day}; il limite è un giorno {limit}", day=day, limit=limit)
        if term.state is DutyState.BEFORE:
            return say("{day}, prima dell'apertura del {limit}", day=day, limit=limit)
        if term.kind == "window":
            return say("{day}, dopo la chiusura del {limit}", day=day, limit=limit)
        return say("{day}, dopo il {limit}", day=day, limit=limit)

    def _successor(self, finding: Finding) -> Iterator[str]:
        """Which call comes after this one, where the application comes after its end."""
        closing = self.decision.measure.rulebook.closing
        late = finding.id == closing.condition or finding.rule.origin == "window"
        if late and finding.truth in (Truth.NO, Truth.UNKNOWN) and (successor := self.decision.succeeded_by):
            told = self.speaker.rule(closing.successor_title) or successor
            yield self.speaker.say("dopo questa misura viene: {measure}", measure=told)

    def _exemption(self, name: str, finding: Finding) -> str:
        rule = next(exemption for exemption in finding.rule.exemptions if exemption.id == name)
        return self.speaker.say("deroga: {what}", what=self.speaker.sentence(rule))
