# SPDX-License-Identifier: Apache-2.0
"""The rules of a selection in words: order, tie-break, last award, windows, envelopes, counter, waiting list, uniqueness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from misure.deciding.readers import parameter_value
from misure.deciding.values import Range
from misure.program.period import Period
from misure.rulebook.rules import Rule
from misure.rulebook.selection import FILED_AT, SCORE, Order, OrderKey, Selection
from misure.telling.chapters.page import Line
from misure.telling.chapters.speaker import Speaker
from misure.telling.language import words

__all__ = ["SelectionRules"]


class SelectionRules:
    """Tells the section of one measure under the law of one day."""

    def __init__(self, speaker: Speaker, period: Period, rule: Selection) -> None:
        self.speaker, self.period, self.rule = speaker, period, rule
        self.say, self.language = speaker.say, speaker.language

    def lines(self, *, envelopes: bool = True) -> Iterator[Line]:
        """The rules that put applications in order and share the money out, each with its citation."""
        rule, say = self.rule, self.say
        for title, order in ((say("Ordine"), rule.order), (say("A parità"), rule.tie_break)):
            if order is not None:
                yield self._line(order, say("{what}: {value}", what=title, value=self._order(order)))
        if rule.last_award is not None:
            told = words.named(self.language, words.LAST_AWARDS, rule.last_award.outcome) or say("non pubblicato")
            yield self._line(
                rule.last_award, say("{what}: {value}", what=say("Quando i fondi non bastano"), value=told)
            )
        for window in rule.windows:
            ends = self.value(window.opens), self.value(window.closes)
            days = ends[0] if ends[0] == ends[1] else say("apre {first}, chiude {last}", first=ends[0], last=ends[1])
            yield self._line(window, say("{what}: {value}", what=self.speaker.sentence(window), value=days))
        for envelope in rule.envelopes if envelopes else ():
            name, held = self.speaker.sentence(envelope), self.value(envelope.amount, say("dotazione non pubblicata"))
            line = self._line(envelope, say("{what}: {value}", what=name, value=held))
            values = self.period.law.values(self.period.rulebook.parameters[envelope.amount])
            why = [
                say("dotazione non pubblicata: {why}", why=self.speaker.rule(value.unknown))
                for value in values
                if value.known is None
            ]
            yield replace(line, details=(*why[:1], *line.details))
        if rule.intake is not None:
            text, share = self.speaker.sentence(rule.intake), self.value(rule.intake.percent)
            line = self._line(rule.intake, text if rule.intake.text else say("{what}: {value}", what=text, value=share))
            of = rule.intake.of
            counted = (say("{what}: {value}", what=self.speaker.label(of), value=self.value(of)),) if of else ()
            yield replace(line, details=(*counted, *line.details))
        if rule.waiting_list is not None:
            life = self.value(rule.waiting_list.life) if rule.waiting_list.life else say("non pubblicato")
            text = self.speaker.sentence(rule.waiting_list)
            yield self._line(rule.waiting_list, say("{what}: {value}", what=text, value=life))
        for relation in rule.relations:
            kept = words.named(self.language, words.SURVIVORS, relation.survivor)
            text = self.speaker.sentence(relation)
            line = self._line(relation, say("{what}: {value}", what=text, value=kept) if kept else text)
            key = say("una sola per: {key}", key=self.speaker.label(relation.of or relation.key))
            yield replace(line, details=(key, *line.details))

    def _line(self, part: Rule, text: str) -> Line:
        details = []
        if unknown := str(getattr(part, "unknown", "")):
            details.append(self.say("non pubblicato: {why}", why=self.speaker.rule(unknown)))
        if part.inferred:
            details.append(self.say("nostra lettura: {why}", why=self.speaker.rule(part.inferred)))
        return Line(text, cite=str(part.cite), flag=words.flag(self.language, part.confidence), details=tuple(details))

    def _order(self, order: Order) -> str:
        if order.unknown:
            return self.say("non pubblicato")
        return self.language.listed([words.order_word(self.language, key, self._key(key)) for key in order.keys])

    def _key(self, key: OrderKey) -> str:
        """What people call a key. The final score has a name of its own where bonuses are in it: its label is that of the total."""
        score = self.period.rulebook.score
        if key.name == FILED_AT:
            return self.say("istante di presentazione")
        if key.by is None and key.name == SCORE and score is not None and score.bonuses:
            return self.say("punteggio con le premialità")
        return self.speaker.label(key.name)

    def value(self, name: str, otherwise: str = "") -> str:
        """A legal value of the day, or the range in which it lies; `otherwise` where no source gives it within bounds."""
        parameter = self.period.rulebook.parameters.get(name)
        found = None if parameter is None else parameter_value(self.period, parameter)
        if parameter is None or found is None:
            return otherwise or self.say("non pubblicato")
        if isinstance(found, Range):
            return self.speaker.figures.span(found, parameter.type.unit)
        return self.speaker.in_words(name, found)
