# SPDX-License-Identifier: Apache-2.0
"""A decision in words, as a firm's owner reads it: the outcome, why, what to do about it, and how sure all this is.

>>> import datetime as dt
>>> import misure
>>> filiere = misure.catalogue()["lombardia/filiere"]
>>> decision = filiere.decide({"filed_on": "2022-06-01", "filed_on_webtelemaco": False}, on=dt.date(2022, 6, 1))
>>> print(explain(decision, "en").page.answer)
Outcome: NOT ELIGIBLE
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from misure._reopen import by_public_name
from misure.deciding.decision import Decision, Outcome
from misure.deciding.finding import Finding
from misure.deciding.machinery import compiled
from misure.deciding.missing import Decided, Missing
from misure.deciding.readers import parameter_value
from misure.deciding.receipt import possible_editions
from misure.deciding.results import Tension
from misure.facts.vocabulary import FILING
from misure.ground.arguments import text_argument, wanted, whole_number
from misure.ground.record import replaced
from misure.ground.truth import Confidence, Truth
from misure.rulebook.rules import Effect, Rule
from misure.selecting.selection import Selection
from misure.telling.chapters.aid_remarks import told_aid
from misure.telling.chapters.amounts import Amounts
from misure.telling.chapters.conditions import Conditions
from misure.telling.chapters.doubts import Doubts
from misure.telling.chapters.governing import how_far_read, in_force
from misure.telling.chapters.headline import headline, not_open_yet
from misure.telling.chapters.page import Line, Mark, Page, Section, links_of
from misure.telling.chapters.payments import Payments
from misure.telling.chapters.records import Records
from misure.telling.chapters.rule_order import Reads, reads_of, shapes_of
from misure.telling.chapters.speaker import Speaker
from misure.telling.chapters.timing import Timing
from misure.telling.chapters.upcoming import Upcoming
from misure.telling.formats.html import html_text
from misure.telling.formats.text import NARROWEST, WIDEST, Style, plain_text
from misure.telling.language import words
from misure.telling.selection import selection_page

__all__ = ["Explanation", "explain"]

_TONES = {
    Outcome.ELIGIBLE: Mark.MET, Outcome.NO_KNOWN_OBSTACLE: Mark.MET, Outcome.REFUSED: Mark.FAILED,
    Outcome.UNDECIDED: Mark.OPEN,
}  # fmt: skip
_LATER = ("window", "deadline")


@by_public_name
@dataclass(frozen=True, slots=True)
class Explanation:
    """An explained decision: text when it is printed, HTML in a notebook, `page` for whoever prints it otherwise."""

    page: Page
    everything: bool = False

    def __str__(self) -> str:
        return self.text()

    def text(self, *, width: int = 100, colour: bool = False, hint: str = "") -> str:
        """The explanation as text of that width; `hint` stands after what is only counted, and says how to see it.

        Raises:
            TypeError: `width` is no whole number, or `hint` no text.
            ValueError: `width` is below 1 or above 10,000 characters.
        """
        whole_number("width", width, NARROWEST, WIDEST)
        text_argument("hint", hint)
        return plain_text(self.page, Style(width, colour, hint), everything=self.everything)

    def to_dict(self) -> dict[str, object]:
        """The explanation as plain data: title, answer, sections of lines."""
        return self.page.to_dict()

    def _repr_html_(self) -> str:
        return html_text(self.page)


def explain(decision: Decision | Selection, language: str = "it", *, all: bool = False) -> Explanation:  # noqa: A002 - it reads well
    """A decision, or a selection, in words, in Italian (`it`) or English (`en`).

    With `all`, what is met is told too, not only counted.

    Raises:
        TypeError: It is neither.
        ValueError: The language is not offered.
    """
    wanted("decision", decision, (Decision, Selection), "a Decision or a Selection: what decide() or select() gave")
    if isinstance(decision, Selection):
        return Explanation(selection_page(decision, language), all)
    return Explanation(_Telling(decision, language).page(), all)


class _Telling:
    """One telling of one decision."""

    def __init__(self, decision: Decision, language: str) -> None:
        self.decision = decision
        self.speaker = Speaker(language, compiled(decision).period, decision.value)
        self.say, self.many = self.speaker.say, self.speaker.many
        records = Records(decision)
        self.conditions = Conditions(self.speaker, decision, records)
        self.amounts = Amounts(self.speaker, decision, self.conditions.asking)
        self.payments = Payments(self.speaker, decision, self.amounts)
        self.timing = Timing(self.speaker, decision)
        self.upcoming = Upcoming(self.speaker, decision, self.timing)
        self.settled = decision.outcome is Outcome.REFUSED and not not_open_yet(decision)
        """Refused for certain: what is open changes nothing any more, and is counted alone."""

    def _support_title(self, *, undecided: bool) -> str:
        if undecided:
            return self.say("Agevolazione, se la domanda è ammessa")
        return self.say("Agevolazione, com'era prima della decadenza") if self._lapsed() else self.say("Agevolazione")

    def _lapsed(self) -> bool:
        """Whether the award was surely taken back."""
        return any(lapse.truth is Truth.NO for lapse in self.decision.lapses)

    def page(self) -> Page:
        decision, figures = self.decision, self.speaker.figures
        title = self.say(
            "{title} · al {day}", title=self.speaker.rule(decision.measure.title), day=figures.day(decision.on)
        )
        unopened = bool(not_open_yet(decision))
        lapsed = self._lapsed()
        outcome = words.word(self.speaker.language, decision.outcome)
        if unopened or lapsed:
            outcome = self.say("NON ANCORA APERTO") if unopened else self.say("AGEVOLAZIONE DECADUTA")
        answer = self.say("Esito: {outcome}", outcome=outcome)
        sections = tuple(section for section in self._sections() if section.lines)
        return Page(self.speaker.language.code, title, tuple(self._preamble()), answer,
                    Mark.WAITING if unopened else Mark.FAILED if lapsed else _TONES.get(decision.outcome, Mark.PLAIN),
                    (" ".join(headline(self.speaker, decision, self.payments)),), sections,
                    links_of(decision.measure.rulebook.acts.values(), decision.on))  # fmt: skip

    def _preamble(self) -> Iterator[str]:
        say, figures = self.say, self.speaker.figures
        behind = compiled(self.decision)
        first, *others = possible_editions(behind.period, behind.dossier)
        if not others:
            yield in_force(self.speaker, first)
        elif self.speaker.book.law_of == FILING:
            yield say("Il giorno della domanda non è detto: si guarda a tutte le regole in vigore dal {day}",
                      day=figures.day(first.day))  # fmt: skip
        else:
            yield say("Le regole sono quelle del giorno di «{event}», che non è noto: si guarda a tutte quelle in vigore dal {day}",
                      event=self.speaker.label(self.speaker.book.law_of), day=figures.day(first.day))  # fmt: skip
        more = self.decision.outcome is not Outcome.REFUSED
        if read := how_far_read(self.speaker, self.decision.read, None if others else first, may_ask_more=more):
            yield read
        for name in self.decision.measure.varied:
            yield self._supposed(name)
        for _, day in compiled(self.decision).dossier.defaults:
            yield say("La domanda non è ancora presentata: si decide come se lo fosse il {day}",
                      day=figures.day(dt.date.fromordinal(day)))  # fmt: skip
        yield from self.conditions.assumptions()

    def _supposed(self, name: str) -> str:
        """A value of a what-if, beside that of the law."""
        what = self.speaker.label(name)
        law = compiled(self.decision.measure.base).period(compiled(self.decision).period.law.day)
        legal = self.speaker.in_words(name, parameter_value(law, law.rulebook.parameters[name]))
        legal = legal or self.say("[non pubblicato]")
        return self.say("IPOTESI, non è la legge: {what} = {value} (per legge: {law})", what=what,
                        value=self.speaker.told(name), law=legal)  # fmt: skip

    def _sections(self) -> Iterator[Section]:
        say, undecided = self.say, self.decision.outcome is Outcome.UNDECIDED
        open_ones = [*self._in(Truth.NO), *self._in(Truth.UNKNOWN)]
        others = [finding for finding in open_ones if not _refuses(finding) and finding.rule.origin not in _LATER]
        wanted = self.decision.missing_for(Decided.OUTCOME) if undecided else ()
        later = [missing for missing in self.decision.missing if missing not in wanted and _beyond_terms(missing)]
        yield Section(say("In ritardo, e non ancora fatto"), tuple(self.upcoming.late()))
        yield Section(say("Prossimi termini"), tuple(self.upcoming.next()))
        yield Section("", tuple(self._first()))
        yield Section(
            say("Legge che vale per ogni aiuto, e non condizioni del bando"), tuple(self._counted(self._beneath()))
        )
        yield from self.conditions.asking.sections(wanted)
        yield Section(
            say("Altre condizioni, che non decidono l'esito"),
            tuple(self._counted(map(self.conditions.line, others))),
        )
        yield Section(
            self._support_title(undecided=undecided),
            tuple(self.amounts.support()),
        )
        yield Section(say("Aiuti de minimis già concessi"), tuple(told_aid(self.speaker, self.decision.aid_remarks)))
        yield Section(say("Spese"), tuple(self.amounts.spending()))
        yield Section(say("Punteggio"), tuple(self._counted(self.amounts.score())))
        yield Section(say("Pagamenti"), tuple(self.payments.refused() if self.settled else self.payments.lines()))
        yield Section(say("Da restituire"), tuple(self.payments.recovered()))
        yield Section(say("Termini"), tuple(self.timing.terms()))
        yield Section(say("Obblighi"), tuple(self.timing.duties(settled=self.settled)))
        if self.decision.outcome is not Outcome.REFUSED:
            yield Section(say("Resta da sapere"), tuple(self.conditions.asking.later(later)))
        yield Section(say("Dove le norme non si accordano o si leggono in più modi"), tuple(self._tensions()))
        yield Section(say("Che cosa non si decide qui"), tuple(self._across()))
        yield Section(say("Chiesto di solito dai bandi simili, e qui da nessuna regola"), tuple(self._unasked()))
        yield Section(say("Fonti e letture"), tuple(map(Line, self._doubts())))

    def _unasked(self) -> Iterator[Line]:
        """What may stand in the text that was not read: by name alone, for no source says that it does."""
        names = [self.speaker.rule(text) for text in self.decision.measure.rulebook.unasked.values()]
        if names and self.decision.outcome not in (Outcome.REFUSED, Outcome.NOT_APPLICABLE):
            yield Line(self.speaker.language.listed(names, most=len(names)), Mark.OPEN)

    def _in(self, *truths: Truth) -> list[Finding]:
        return [finding for finding in self.decision.findings if finding.truth in truths and finding.origin == "call"]

    def _beneath(self) -> Iterator[Line]:
        """What general law asks of every grant, from its day on: never told as a condition of the call."""
        yield from (self.conditions.line(finding) for finding in self.decision.findings if finding.origin != "call")

    def _first(self) -> Iterator[Line]:
        """What refuses, what is open and could refuse, and how much is met."""
        shown = [finding for truth in (Truth.NO, Truth.UNKNOWN) for finding in self._in(truth) if _refuses(finding)]
        met, idle = self._in(Truth.YES), self._in(Truth.NOT_APPLICABLE)
        yield from self._counted(map(self.conditions.line, shown))
        if met:
            yield self._met(met, others=bool(shown))
        if idle:
            n = len(idle)
            text = self.many("una condizione non si applica", "{n} condizioni non si applicano", n, n=str(n))
            yield Line(text, folded=tuple(map(self.conditions.line, idle)))

    def _counted(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines; of whoever is refused for certain what is open is counted in one, for it changes nothing any more."""
        told = list(lines)
        open_ = tuple(line for line in told if line.mark in (Mark.OPEN, Mark.WAITING)) if self.settled else ()
        yield from (line for line in told if line not in open_)
        if open_:
            n = len(open_)
            text = self.many("una condizione ancora da valutare, che non cambia l'esito",
                             "{n} condizioni ancora da valutare, che non cambiano l'esito", n, n=str(n))  # fmt: skip
            yield Line(text, folded=open_)

    def _met(self, met: list[Finding], *, others: bool) -> Line:
        n, many = len(met), self.many
        text = many("un'altra condizione soddisfatta", "altre {n} condizioni soddisfatte", n, n=str(n)) if others else many(
            "una condizione soddisfatta", "{n} condizioni soddisfatte", n, n=str(n))  # fmt: skip
        sure = [finding.confidence for finding in met]
        read, assumed = (
            sum(map((Confidence.SECONDARY, Confidence.INFERRED).__contains__, sure)),
            sure.count(Confidence.ASSUMED),
        )
        flags = [many("una per fonte secondaria o nostra lettura", "{n} per fonti secondarie o nostre letture", read,
                      n=str(read))] if read else []  # fmt: skip
        flags += [many("una per ipotesi", "{n} per ipotesi", assumed, n=str(assumed))] if assumed else []
        return Line(text, Mark.MET, flag=", ".join(flags), folded=tuple(map(self.conditions.line, met)))

    def _tensions(self) -> Iterator[Line]:
        """Provisions that do not fit.

        Of those that bear on no failed condition the ones are only counted whose readings all find the same of this applicant,
        and all of them of whoever is refused for certain.
        """
        failed = {finding.id for finding in self.decision.findings if finding.truth is Truth.NO}
        found = self.decision.tensions
        others = [one for one in found if failed.isdisjoint(one.bears_on)]
        idle = others if self.settled else []
        apart = [one for one in others if one not in idle and one.holds_open is Truth.NO]
        yield from (self._tension(tension) for tension in found if tension not in (*idle, *apart))
        if apart:
            n = len(apart)
            text = self.many("un contrasto in cui ogni lettura dice qui lo stesso",
                             "{n} contrasti in cui ogni lettura dice qui lo stesso", n, n=str(n))  # fmt: skip
            yield Line(text, folded=tuple(map(self._tension, apart)))
        if idle:
            n = len(idle)
            text = self.many("un contrasto che non tocca ciò che esclude",
                             "{n} contrasti che non toccano ciò che esclude", n, n=str(n))  # fmt: skip
            yield Line(text, folded=tuple(map(self._tension, idle)))

    def _tension(self, tension: Tension) -> Line:
        say, book = self.say, self.speaker.book
        rules = {rule.id: rule for rule in (*book.conditions, *book.terms)}
        details = [say("norme: {ids}; dal {day}", ids=", ".join(tension.provisions),
                       day=self.speaker.figures.day(tension.since))]  # fmt: skip
        told = (rules[id_] for id_ in tension.bears_on if id_ in rules)
        details += [say("riguarda: {what}", what=self.speaker.sentence(rule)) for rule in told]
        flag = words.flag(self.speaker.language, tension.confidence)
        return Line(self.speaker.filled(tension.text), Mark.OPEN, flag=flag, details=tuple(details))

    def _across(self) -> Iterator[Line]:
        """How applications are chosen, and what holds between them: one application alone cannot show it."""
        selection = self.decision.selection
        if selection is None:
            return
        flag = words.flag(self.speaker.language, selection.confidence)
        yield Line(self.speaker.sentence(selection), cite=_where(selection), flag=flag)
        for relation in selection.relations:
            flag = words.flag(self.speaker.language, relation.confidence)
            yield Line(self.say("{what}: si vede solo confrontando le domande", what=self.speaker.sentence(relation)),
                       cite=_where(relation), flag=flag,
                       details=(self.speaker.rule(relation.unknown),) if relation.unknown else ())  # fmt: skip

    def _doubts(self) -> Iterator[str]:
        """The doubts behind what is told in full; what is only counted keeps its own."""
        told = (Truth.NO,) if self.settled else (Truth.NO, Truth.UNKNOWN)
        shown = [finding.rule for finding in self._in(*told) if finding.rule.origin not in _LATER]
        return Doubts(self.speaker).about([*map(reads_of, shown), *self._shapes()])

    def _shapes(self) -> Iterator[Reads]:
        book = self.speaker.book
        past = compiled(self.decision).is_past_its_last_day
        for term in book.terms:
            yield reads_of(replaced(term, inferred=term.may_be_extended) if past(term.id) else term)
        yield from map(reads_of, book.duties)
        amounts = {category.id for category in book.spending.lines} if book.spending else set[str]()
        for line in book.support.lines if book.support else ():
            amounts.add(line.id)
            if self.decision.support:
                yield from ((replaced(cap, text=cap.text or line.text), [cap.most], []) for cap in line.caps)
                if line.equivalent:
                    yield line.equivalent, [line.equivalent.amount], []
                if line.apportioned:
                    yield line.apportioned, [line.apportioned.by, line.apportioned.most, line.apportioned.rest], []
        for rule, trees, parameters in shapes_of(book):
            if self.decision.support or rule.id not in amounts:
                yield rule, trees, parameters
        if book.selection:
            yield book.selection, [], []


def _beyond_terms(missing: Missing) -> bool:
    """Whether more than a term waits for it: a term says by itself what it is counted from."""
    return any(decides.kind is not Decided.TERM for decides in missing.decides)


def _refuses(finding: Finding) -> bool:
    return finding.effect is Effect.REFUSES


def _where(rule: Rule) -> str:
    """The citation of a rule, or its provisions where it stands in no place of the act that was read."""
    return str(rule.cite) if rule.cite.at else ", ".join((rule.cite.label, *rule.provisions))
