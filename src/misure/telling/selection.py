# SPDX-License-Identifier: Apache-2.0
"""A selection in words, as it would be published: who is funded, who waits, what is open, what it all rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from misure.deciding.machinery import compiled
from misure.deciding.readers import parameter_value
from misure.deciding.values import Range, Shown
from misure.facts.vocabulary import FILING
from misure.ground.clock import instant
from misure.ground.truth import Truth
from misure.rulebook.rules import Rule
from misure.rulebook.selection import FILED_AT, SCORE, OrderKey
from misure.selecting.basis import Basis
from misure.selecting.placement import Placement, Reason, Why
from misure.selecting.selection import EnvelopeResult, Selection
from misure.selecting.standing import Standing
from misure.telling.chapters.governing import how_far_read, in_force
from misure.telling.chapters.page import Line, Mark, Page, Section, links_of
from misure.telling.chapters.selection_rules import SelectionRules
from misure.telling.chapters.speaker import Speaker
from misure.telling.language import words
from misure.telling.language.figures import EURO

__all__ = ["SelectionTelling", "selection_page"]

_MARKS = {
    Standing.FUNDED: Mark.MET, Standing.LISTED: Mark.MET, Standing.DEPENDS: Mark.OPEN, Standing.WAITING: Mark.WAITING,
    Standing.NOT_FUNDED: Mark.WAITING, Standing.NOT_ADMITTED: Mark.FAILED, Standing.DISPLACED: Mark.FAILED,
    Standing.NOT_RECEIVED: Mark.FAILED, Standing.WITHDRAWN: Mark.PLAIN,
}  # fmt: skip
_PLAIN = (Why.FITS, Why.LISTED, Why.EXHAUSTED, Why.DOES_NOT_FIT, Why.WITHDRAWN)
"""Reasons that say no more than where the application stands."""
_BARE = (Standing.FUNDED, Standing.LISTED, Standing.WAITING, Standing.NOT_FUNDED)
"""Standings whose rule is told once, above them."""


def selection_page(selection: Selection, language: str = "it") -> Page:
    """The selection as a page.

    Raises:
        ValueError: The language is not offered.
    """
    return SelectionTelling(selection, language).page()


class SelectionTelling:
    """One telling of one selection."""

    def __init__(self, selection: Selection, language: str) -> None:
        self.selection = selection
        self.speaker = Speaker(language, compiled(selection).law.period, self._value)
        self.language, self.figures = self.speaker.language, self.speaker.figures
        self.say, self.many = self.speaker.say, self.speaker.many

    def _value(self, name: str) -> Shown:
        """A legal value of the day; sentences about all applications put in none of any applicant."""
        parameter = self.selection.measure.rulebook.parameters.get(name)
        return None if parameter is None else parameter_value(compiled(self.selection).law.period, parameter)

    def page(self) -> Page:
        say, found, speaker = self.say, self.selection, self.speaker
        title = say("{title} · al {day}", title=speaker.rule(found.measure.title), day=self.figures.day(found.on))
        open_ = bool(found.depends)
        sections = (
            Section(say("Dotazioni"), tuple(map(self._envelope, found.envelopes))),
            Section(say("Regole"), tuple(self._rules())),
            *self._standings(),
            Section(say("Su che cosa poggia"), tuple(map(self._basis, found.rests_on))),
            Section(say("Dove le norme non si accordano o si leggono in più modi"), tuple(self._tensions())),
            Section(say("Chiesto di solito dai bandi simili, e qui da nessuna regola"), tuple(self._unasked())),
        )
        return Page(
            self.language.code, title, tuple(self._preamble()), self._answer(), Mark.OPEN if open_ else Mark.MET,
            tuple(self._summary()), tuple(section for section in sections if section.lines),
            links_of(found.measure.rulebook.acts.values(), found.on),
        )  # fmt: skip

    # The head

    def _preamble(self) -> Iterator[str]:
        edition = compiled(self.selection).law.period.law.edition
        yield in_force(self.speaker, edition)
        # Of several editions, that of each application, what was read is told of none.
        alone = edition if self.selection.read is edition.read else None
        if read := how_far_read(self.speaker, self.selection.read, alone, may_ask_more=True):
            yield read
        if self.selection.measure.varied:
            yield self.say("Un'ipotesi: valori di legge cambiati")
        assumed = {placement.id: placement.assumed for placement in self.selection}
        if unfiled := [id_ for id_, names in assumed.items() if FILING in names]:
            yield self.many(
                "Una domanda non è ancora presentata, e si decide come se lo fosse il {day}: {ids}",
                "{n} domande non sono ancora presentate, e si decide come se lo fossero il {day}: {ids}",
                len(unfiled), n=str(len(unfiled)), day=self.figures.day(self.selection.on), ids=self.language.listed(unfiled),
            )  # fmt: skip
        for name in dict.fromkeys(name for names in assumed.values() for name in names if name != FILING):
            resting = [id_ for id_, names in assumed.items() if name in names]
            yield self.many(
                "Di una domanda si suppone che ogni riga di «{table}» senza «{what}» sia un'altra impresa: {ids}",
                "Di {n} domande si suppone che ogni riga di «{table}» senza «{what}» sia un'altra impresa: {ids}",
                len(resting), n=str(len(resting)), table=self.speaker.label(name.partition(".")[0]),
                what=self.speaker.label(name), ids=self.language.listed(resting),
            )  # fmt: skip
        for relation in self.selection.rule.relations:
            if kept := self.selection.survivors.get(relation.id):
                text = self.speaker.sentence(relation)
                ids = self.language.listed(kept)
                yield self.say("{rule}: per decisione dell'ufficio resta {ids}", rule=text, ids=ids)

    def _answer(self) -> str:
        found = self.selection
        number = len(found.funded_applications)
        if found.rule.kind == "list":
            return self.many("{n} domanda nell'elenco", "{n} domande nell'elenco", number, n=str(number))
        told = self.many("{n} domanda finanziata", "{n} domande finanziate", number, n=str(number))
        return self.say("{what} per {amount}", what=told, amount=self.figures.money(self._certain))

    @property
    def _certain(self) -> Decimal:
        """What is given for certain to applications that are funded for certain."""
        return Decimal(sum(compiled(self.selection).allocation.award_least)) / 100

    def _summary(self) -> Iterator[str]:
        counted: dict[Standing, int] = {}
        for placement in self.selection.placements:
            counted[placement.standing] = counted.get(placement.standing, 0) + 1
        for standing in Standing:
            if standing not in (Standing.FUNDED, Standing.LISTED) and counted.get(standing):
                word = words.word(self.language, standing)
                yield self.say("{standing}: {n}", standing=word, n=str(counted[standing]))
        if self.selection.rule.envelopes and self.selection.given != self._certain:
            amount = self.money(self.selection.given) or self.say("non si può dire")
            yield self.say("Importo complessivo: {amount}", amount=amount)

    def _rules(self) -> Iterator[Line]:
        law = compiled(self.selection).law
        for line in SelectionRules(self.speaker, law.period, law.rule).lines(envelopes=False):
            yield replace(line, details=())  # why, is told under what it rests on

    # The applications

    def _standings(self) -> Iterator[Section]:
        for standing in Standing:
            placements = [one for one in self.selection.placements if one.standing is standing]
            title = words.word(self.language, standing).capitalize()
            if not self.selection.rule.windows:
                yield Section(title, tuple(map(self._line, placements)))
                continue
            labels = {window.id: self.speaker.sentence(window) for window in self.selection.rule.windows}
            windows = dict.fromkeys(one.window for one in placements)
            for window in windows:
                name = self.language.listed([labels[one] for one in window]) or self.say("nessuna finestra")
                lines = tuple(self._line(one) for one in placements if one.window == window)
                yield Section(self.say("{standing} – {window}", standing=title, window=name), lines)

    def _line(self, placement: Placement) -> Line:
        reasons = placement.reasons
        parts = [placement.id, *self._order(placement)]
        if self.selection.rule.kind != "list" and placement.standing not in (Standing.NOT_ADMITTED, Standing.WITHDRAWN):
            parts.append(self.money(placement.amount) or self.say("importo non ancora noto"))
        place = self.place(placement)
        text = f"{place}. {' – '.join(parts)}" if place else " – ".join(parts)
        told = [self.say("non ancora presentata")] if FILING in placement.assumed else []
        told += [
            self.say("ogni riga si prende per un'altra impresa: manca «{what}»", what=self.speaker.label(name))
            for name in placement.assumed
            if name != FILING
        ]
        told += [self.reason(reason) for reason in reasons if reason.why not in _PLAIN]
        first = next((reason for reason in reasons if reason.cite is not None), None)
        cite = str(first.cite) if first is not None and placement.standing not in _BARE else ""
        return Line(text, _MARKS[placement.standing], cite, "", tuple(dict.fromkeys(told)))

    def place(self, placement: Placement) -> str:
        """The place: `55`, or `54-55` where it is open."""
        place = placement.place
        if isinstance(place, Range):
            return f"{place.least}-{place.greatest}"
        return "" if place is None else str(place)

    def _order(self, placement: Placement) -> Iterator[str]:
        for key, (name, value) in zip(self.selection.rule.keys, placement.order, strict=True):
            if value is not None:
                yield self.key_value(key, name, value)

    def key_value(self, key: OrderKey, name: str, value: Shown) -> str:
        """What puts an application in order, with its unit."""
        if name == FILED_AT:
            return self.figures.moment(instant(str(value)))
        if name == SCORE:
            score = self.selection.measure.rulebook.score
            least = self.selection.measure.rulebook.parameters[score.least] if score else None
            return self.figures.value(value, least.type.unit if least else "")
        return self.figures.value(value, key.by.type.unit if key.by is not None else "")

    def reason(self, reason: Reason) -> str:
        """A reason as a sentence, with the application or the conditions it names."""
        text = words.word(self.language, reason.why)
        if reason.other:
            return self._rival(reason)
        if reason.why is Why.NOT_ADMITTED and reason.rules:
            conditions = {condition.id: condition for condition in self.selection.measure.rulebook.conditions}
            names = [self.speaker.sentence(conditions[rule]) for rule in reason.rules if rule in conditions]
            text = self.say("{what}: manca «{conditions}»", what=text, conditions="»; «".join(names))
        elif reason.why is Why.CONFLICT:
            labels = [self.speaker.label(name) for name in reason.rules]
            text = self.say("{what}: {id}", what=text, id=self.language.listed(labels))
        elif reason.missing:
            names = list(dict.fromkeys(self.speaker.label(missing.name) for missing in reason.missing))
            text = self.say("{what}; non si sa: {names}", what=text, names=self.language.listed(names))
        if reason.text:
            text = self.say("{what} ({why})", what=text, why=self.speaker.rule(reason.text))
        return text

    def _rival(self, reason: Reason) -> str:
        """Another application that stays in the stead of this one, or may: one that can stay no more is not said to."""
        other, say, sure = reason.other, self.say, reason.why is Why.DISPLACED
        relation = next((one for one in self.selection.rule.relations if one.id in reason.rules), None)
        if any(other in self.selection.survivors.get(rule, ()) for rule in reason.rules):
            if sure:
                return say("resta un'altra domanda, lo dice l'ufficio: {id}", id=other)
            if self.selection[other].admitted is not Truth.YES:
                return say("resta un'altra domanda se è ammessa, lo dice l'ufficio: {id}", id=other)
            # What is open is whether the two meet at all.
            return say("{what}: {id}", what=words.word(self.language, reason.why), id=other)
        standing = self.selection[other].standing if other in self.selection else None
        if standing in (Standing.WITHDRAWN, Standing.NOT_ADMITTED):
            word = words.word(self.language, standing)
            if sure:
                return say("conta ancora un'altra domanda, {standing}: {id}", standing=word, id=other)
            return say("forse conta ancora un'altra domanda, {standing}: {id}", standing=word, id=other)
        if reason.missing and reason.why is Why.PERHAPS_DISPLACED:
            names = self.language.listed([self.speaker.label(one.name) for one in reason.missing])
            return say(
                "forse è di chi presenta {id}, e allora ne resta una: non si sa ({names})", id=other, names=names
            )
        if relation is not None and not relation.survivor and not sure:
            text = say("non si sa quale domanda resta, questa o {id}", id=other)
            return say("{what}: {value}", what=text, value=self.speaker.rule(reason.text)) if reason.text else text
        text = say("{what}: {id}", what=words.word(self.language, reason.why), id=other)
        return say("{what} ({why})", what=text, why=self.speaker.rule(reason.text)) if reason.text else text

    # Envelopes, and what it rests on

    def money(self, amount: Shown) -> str:
        return self.figures.value(amount, EURO)

    def _envelope(self, envelope: EnvelopeResult) -> Line:
        say = self.say
        given, left = self.money(envelope.given), self.money(envelope.left)
        details = []
        if envelope.unpublished:
            details.append(say("dotazione non pubblicata: {why}", why=self.speaker.rule(envelope.unpublished)))
        if given and left:
            details.append(say("assegnati {given}, restano {left}", given=given, left=left))
        else:
            told = say("assegnati {given}", given=given) if given else say("quanto è assegnato non si può dire")
            details.append(say("{given}; quanto resta non si può dire", given=told))
        if envelope.rolled_in is None:
            details.append(say("quanto arriva da un'altra dotazione non si può dire"))
        elif envelope.rolled_in != 0:
            details.append(
                say("di cui arrivati da un'altra dotazione: {amount}", amount=self.money(envelope.rolled_in))
            )
        if envelope.freed != 0:
            details.append(
                say("liberati da domande ritirate, e non riassegnati: {amount}", amount=self.money(envelope.freed))
            )
        details += self._passed(envelope)
        rule = next(one for one in self.selection.rule.envelopes if one.id == envelope.id)
        held = self.money(envelope.held) or say("dotazione non pubblicata")
        text = say("{what}: {amount}", what=self.speaker.sentence(rule), amount=held)
        flag = words.flag(self.language, envelope.confidence)
        return Line(text, Mark.PLAIN, str(envelope.cite), flag, tuple(details))

    def _passed(self, envelope: EnvelopeResult) -> Iterator[str]:
        """Why more is awarded than it held, or may be."""
        if envelope.beyond == 0:
            return
        last = self.selection.rule.last_award
        if last is None or not last.outcome:
            yield self.say("può passare la dotazione: nessuna regola dice che cosa ha l'ultima domanda")
        elif not isinstance(envelope.beyond, Range):
            yield self.say("passa la dotazione: l'ultima domanda finanziata ha tutto quello che chiede")
        else:
            yield self.say("può passare la dotazione: l'ultima domanda finanziata ha tutto quello che chiede")

    def _basis(self, basis: Basis) -> Line:
        rule = self._rule_called(basis.id)
        name = self.speaker.sentence(rule) if rule is not None and rule.text else self.label(basis.id)
        value = self.speaker.in_words(basis.id, basis.value) if basis.value is not None and not isinstance(
            basis.value, Range) else self.figures.value(basis.value, self._unit(basis.id))  # fmt: skip
        text = self.say("{what}: {value}", what=name, value=value) if value else name
        details = []
        if basis.unknown:
            details.append(self.say("non pubblicato: {why}", why=self.speaker.rule(basis.unknown)))
        if basis.inferred:
            details.append(self.say("nostra lettura: {why}", why=self.speaker.rule(basis.inferred)))
        flag = words.flag(self.language, basis.confidence)
        return Line(text, Mark.OPEN if basis.unknown else Mark.PLAIN, str(basis.cite), flag, tuple(details))

    def _unit(self, name: str) -> str:
        parameter = self.selection.measure.rulebook.parameters.get(name)
        return parameter.type.unit if parameter else ""

    def _rule_called(self, name: str) -> Rule | None:
        rule, book = self.selection.rule, self.selection.measure.rulebook
        parts = (rule, rule.order, rule.tie_break, rule.last_award, rule.intake, rule.waiting_list)
        named: list[Rule] = [
            *(part for part in parts if part),
            *rule.windows,
            *rule.envelopes,
            *rule.relations,
            *book.conditions,
        ]
        named += book.support.lines if book.support else ()
        return next((one for one in named if one.id == name), None)

    def label(self, name: str) -> str:
        """How people call a part of the section, or a legal value."""
        return words.named(self.language, words.SELECTION_PARTS, name) or self.speaker.label(name)

    def _unasked(self) -> Iterable[Line]:
        """What may stand in the text that was not read, by name alone."""
        if names := [self.speaker.rule(text) for text in self.selection.measure.rulebook.unasked.values()]:
            yield Line(self.language.listed(names, most=len(names)), Mark.OPEN)

    def _tensions(self) -> Iterable[Line]:
        for tension in self.selection.tensions:
            yield Line(self.speaker.filled(tension.text), Mark.OPEN, details=(", ".join(tension.provisions),))
