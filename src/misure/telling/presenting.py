# SPDX-License-Identifier: Apache-2.0
"""A measure told as the act tells it: its rules in the order of the act, under their citations, with the day's values.

>>> import datetime as dt
>>> import misure
>>> page = present(misure.catalogue()["lombardia/filiere"], "en", on=dt.date(2022, 6, 1))
>>> page.sections[1].title
'DGR XI/5899, All. A, Soggetti beneficiari'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.deciding.readers import parameter_value
from misure.deciding.values import Range, Shown
from misure.ground.truth import Confidence
from misure.rulebook.expression import Expr, names
from misure.rulebook.rules import Act, Condition, Parameter, Rule, SupportLine, Term
from misure.rulebook.shared_law import SharedLaw, by_file
from misure.rulebook.tranches import Requirement, Tranche
from misure.telling.chapters.disagreeing import why_unknown
from misure.telling.chapters.governing import how_far_read, in_force
from misure.telling.chapters.page import Line, Mark, Page, Section, links_of
from misure.telling.chapters.selection_rules import SelectionRules
from misure.telling.chapters.speaker import Speaker
from misure.telling.language import words

__all__ = ["present"]


def present(measure: Measure, language: str = "it", *, on: dt.date | None = None) -> Page:
    """The rules of a measure under the law of a day (of its last change, where no day is given).

    Raises:
        NotEncoded: The day lies before the first edition.
        ValueError: The language is not offered.
    """
    return _Presenting(measure, language, on or compiled(measure).periods[-1]).page()


class _Presenting:
    """One presentation of one measure."""

    def __init__(self, measure: Measure, language: str, on: dt.date) -> None:
        self.measure, self.on = measure, on
        self.book, period = measure.rulebook, compiled(measure).period(on)
        self.law, self.period = period.law, period
        self.speaker = Speaker(language, period, self._value)
        self.say = self.speaker.say
        self._told: set[str] = set()

    def _value(self, name: str) -> Shown:
        """A legal value; nothing is known of an applicant here."""
        parameter = self.book.parameters.get(name)
        return None if parameter is None else parameter_value(self.period, parameter)

    def page(self) -> Page:
        say, figures, rule = self.say, self.speaker.figures, self.speaker.rule
        title = say("{title} · al {day}", title=rule(self.measure.title), day=figures.day(self.on))
        edition = self.law.edition
        preamble = (
            f"{self.measure.id} · {rule(self.book.subject)}",
            in_force(self.speaker, edition),
            *filter(None, [how_far_read(self.speaker, edition.read, edition)]),
            *(say("Poggia su: {law} ({id})", law=rule(law.title), id=law.id) for law in self.book.laws),
        )
        sections = tuple(section for section in self._sections() if section.lines)
        links = links_of(self.book.acts.values(), self.on)
        return Page(self.speaker.language.code, title, preamble, sections=sections, links=links)

    def _sections(self) -> Iterator[Section]:
        say, book = self.say, self.book
        yield Section(say("Atti"), tuple(
            Line(self._dated(act),
                 details=tuple(filter(None, (act.title and self.speaker.rule(act.title), act.urn))))
            for act in book.acts.values()))  # fmt: skip
        yield from self._in_order()
        if book.score:
            yield Section(say("Punteggio"), tuple(
                self._line(criterion, [criterion.gives], (criterion.most, criterion.steps))
                for criterion in book.score.criteria
            ) + tuple(self._line(bonus, [bonus.when], (bonus.points, book.score.bonus_most))
                    for bonus in book.score.bonuses))  # fmt: skip
        if book.spending:
            lines = book.spending.lines
            yield Section(
                say("Spese"),
                tuple(self._line(line, line.trees, (line.flat, line.share, line.unit_cost)) for line in lines),
            )
        if book.support:
            yield Section(say("Agevolazione"), tuple(
                self._line(line, [line.of, line.share, *(cap.most for cap in line.caps)], (line.intensity,),
                           self._beside(line))
                for line in book.support.lines))  # fmt: skip
        if book.tranches:
            yield Section(say("Pagamenti"), tuple(
                self._line(line, [line.of, line.most, *(tree for one in line.withheld for tree in (one.of, one.when))],
                           (line.share, line.stated, *(one.share for one in line.withheld)), (
                    *(self._needed(item, line) for item in (*line.due, *line.evidence, *line.act)),
                    *(say("si trattiene: {what}", what=self.speaker.sentence(one)) for one in line.withheld)))
                for line in book.tranches.lines))  # fmt: skip
        yield Section(say("Selezione"), tuple(self._selection()))
        yield Section(say("Dove le norme non si accordano o si leggono in più modi"), tuple(
            Line(self.speaker.filled(tension.text), Mark.OPEN, details=(", ".join(tension.provisions),))
            for tension in book.tensions if tension.since <= self.on))  # fmt: skip
        yield Section(say("Altri valori"), tuple(
            Line(self._parameter(parameter)) for name, parameter in book.parameters.items()
            if name not in self._told and not book.borrowed(name)))  # fmt: skip
        for law in book.laws:
            yield Section(self.speaker.rule(law.title), tuple(self._lent(law)))
        yield Section(say("Non espresso in regole"), tuple(
            Line(f"{provision}: {self.speaker.rule(why)}") for provision, why in book.not_modelled.items()))  # fmt: skip

    def _in_order(self) -> Iterator[Section]:
        """Conditions, terms and duties in the order of the act, under the place where the act says them."""
        terms = {term.id for term in self.book.terms}
        conditions = [condition for condition in self.book.conditions if condition.id not in terms]
        order = by_file(self.book.laws)
        rules: list[Rule] = sorted(
            [*conditions, *self.book.terms, *self.book.duties], key=lambda rule: order(rule.place)
        )
        found: dict[str, list[Line]] = {}
        for rule in rules:
            found.setdefault(str(rule.cite), []).append(self._rule(rule))
        for cite, lines in found.items():
            yield Section(cite, tuple(lines))

    def _needed(self, item: Requirement, line: Tranche) -> str:
        """What a tranche waits for; under its own citation where another act wants it than that of the tranche."""
        told = self.say("serve: {what}", what=self.speaker.sentence(item))
        return told if item.cite == line.cite else f"{told} · {item.cite}"

    def _lent(self, law: SharedLaw) -> Iterator[Line]:
        """What shared law says beside the rules told above: values that inform, and what it leaves out."""
        for name, parameter in self.book.parameters.items():
            if name in law.names and name not in self._told:
                yield Line(self._parameter(parameter), cite=str(self.law.values(parameter)[-1].citation))
        for provision, why in law.not_modelled.items():
            yield Line(f"{provision}: {self.speaker.rule(why)}")

    def _rule(self, rule: Rule) -> Line:
        language, extra = self.speaker.language, []
        trees: list[Expr | None] = []
        parameters: tuple[str, ...] = ()
        if isinstance(rule, Condition):
            extra.append(f"{words.word(language, rule.stage)}; {words.word(language, rule.effect)}")
            trees = [rule.when, rule.holds, rule.leaves, *rule.keeps, *(one.amount for one in rule.recovers)]
            extra += [
                self.say("se manca si restituisce: {what}", what=self.speaker.sentence(one)) for one in rule.recovers
            ]
            if not self.law.live(rule):
                extra.append(self.say("non vale in questo giorno"))
            extra += [
                self.say("deroga: {what}", what=self.speaker.sentence(exemption)) for exemption in rule.exemptions
            ]
        elif isinstance(rule, Term):
            trees, parameters = [rule.by, rule.opens, rule.closes, rule.opens_at, rule.closes_at], (rule.regime,)
            extra.append(words.word(language, rule.stage))
        elif who := getattr(rule, "who", ""):
            extra.append(self.say("spetta a: {who}", who=self.speaker.rule(who)))
            trees = [getattr(rule, end, None) for end in ("when", "by", "opens", "closes")]
            parameters = (getattr(rule, "regime", ""),)
        return self._line(rule, trees, parameters, tuple(extra), cited=True)

    def _line(
        self, rule: Rule, trees: Iterable[Expr | None], parameters: Iterable[str], extra: tuple[str, ...] = (), *,
        cited: bool = False,
    ) -> Line:  # fmt: skip
        details = [" · ".join((rule.id, *rule.provisions)), *extra]
        sentence = self.speaker.sentence(rule)
        for parameter in self._read_by(trees, parameters):
            value, told = self.law.values(parameter)[-1], self._parameter(parameter)
            details.append(f"{told} · {value.citation}" if self.book.borrowed(parameter.name) else told)
        if rule.inferred:
            details.append(self.say("nostra lettura: {why}", why=self.speaker.rule(rule.inferred)))
        if rule.note:
            details.append(self.say("nota: {note}", note=self.speaker.rule(rule.note)))
        flag = words.flag(self.speaker.language, rule.confidence)
        return Line(sentence, Mark.PLAIN, "" if cited else str(rule.cite), flag, tuple(details))

    def _dated(self, act: Act) -> str:
        if act.date is None:
            return self.say("{act}, di giorno non noto", act=act.label)
        return f"{act.label}, {self.speaker.figures.day(act.date)}"

    def _beside(self, line: SupportLine) -> tuple[str, ...]:
        """The sentences of an equivalent, of how it is apportioned, and of a cap that stands elsewhere, with their places."""
        always = [one for one in (line.equivalent, line.apportioned) if one is not None]
        elsewhere = [one for one in (*line.caps, *always) if one.cite != line.cite]
        told = [one for one in always if one not in elsewhere and one.text]
        with_place = (f"{self.speaker.sentence(one)} ({one.cite})" for one in elsewhere if one.text)
        return (*with_place, *map(self.speaker.sentence, told))

    def _read_by(self, trees: Iterable[Expr | None], parameters: Iterable[str]) -> list[Parameter]:
        """The legal values that trees read, those behind a definition too."""
        found: dict[str, None] = {name: None for name in parameters if name in self.book.parameters}
        waiting = [tree for tree in trees if tree is not None]
        while waiting:
            for name in names(waiting.pop(0)):
                if name.role == "parameter":
                    found[name.name] = None
                elif name.role == "definition":
                    cases = self.book.definitions[name.name].cases
                    waiting += [tree for case in cases for tree in (case.when, case.value) if tree is not None]
        self._told |= found.keys()
        return [self.book.parameters[name] for name in found]

    def _parameter(self, parameter: Parameter) -> str:
        """A legal value of the day: `soglia: 65 punti`, with why where there is none, and how sure it is."""
        live, told = self.law.values(parameter)[-1], self._shown(parameter)
        label = self.speaker.label(parameter.name)
        if (live.unknown and live.known is not None) or live.readings:
            told = "; ".join(why_unknown(self.speaker, parameter, live))
        elif live.known is None:
            why = self.speaker.rule(live.unknown)
            told = self.say("{span} (non pubblicato: {why})", span=told, why=why) if told else self.say(
                "non pubblicato: {why}", why=why)  # fmt: skip
        sure = self.law.confidence_of(parameter)
        flag = "" if sure is Confidence.OFFICIAL else f" [{words.word(self.speaker.language, sure)}]"
        since = self.say("dal {day}", day=self.speaker.figures.day(live.since)) if len(parameter.values) > 1 else ""
        return f"{label}: {told}{f', {since}' if since else ''}{flag}"

    def _shown(self, parameter: Parameter) -> str:
        if parameter.type.kind == "regime":
            return words.regime(self.speaker.language, str(self._value(parameter.name)))
        value = self._value(parameter.name)
        if isinstance(value, Range):
            return self.speaker.figures.span(value, parameter.type.unit)
        return self.speaker.in_words(parameter.name, value)

    def _selection(self) -> Iterator[Line]:
        selection = self.book.selection
        if selection is None:
            return
        yield self._line(
            selection,
            [],
            [],
            (words.named(self.speaker.language, words.SELECTION_KINDS, selection.kind, selection.kind),),
        )
        yield from SelectionRules(self.speaker, self.period, selection).lines()
