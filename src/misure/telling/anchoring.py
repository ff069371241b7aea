# SPDX-License-Identifier: Apache-2.0
"""An act's text held beside the rules, in words: which value stands where, and what nobody has accounted for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from misure.anchoring.data import counted
from misure.anchoring.drift import Drift
from misure.anchoring.figures import Kind, Value, written
from misure.anchoring.matching import Anchored, Standing, passage
from misure.anchoring.published import published_of
from misure.anchoring.session import Held
from misure.rulebook.rules import Rulebook
from misure.telling.chapters.page import Line, Mark, Page, Section
from misure.telling.language.figures import FigureWriter
from misure.telling.language.language import Language, message
from misure.telling.rules_of_act import rules_by_id

__all__ = ["ROLES", "anchoring_page", "drift_section", "figure_told", "sentences_of", "states_of"]

ROLES = {
    "numbering": message("numeri di commi, sezioni ed elenchi"), "pointer": message("rinvii ad articoli, commi, allegati"),
    "act": message("numeri e date di altri atti"), "name": message("nomi di programmi, classificazioni, norme tecniche"),
    "address": message("indirizzi"), "telephone": message("numeri di telefono"), "note_mark": message("richiami di note"),
    "code": message("codici"), "page_of_pages": message("numeri di pagina"), "head_of_pages": message("testatine"),
    "contents_of_pages": message("righe d'indice"),
}  # fmt: skip
"""What figures are that say neither how much nor when."""


_BRACES = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def figure_told(kind: Kind, value: Value, language: Language) -> str:
    r"""A figure as the language writes it.

    >>> from fractions import Fraction
    >>> figure_told("money", Fraction(30000), Language("it")), figure_told("days", Fraction(60), Language("en"))
    ('30.000,00\xa0\u20ac', '60 days')
    """
    figures = FigureWriter(language, {})
    if isinstance(value, dt.date):
        return figures.day(value)
    if isinstance(value, str):
        return _stretch(value, language) if kind == "stretch" else value
    number = figures.number(value)
    match kind:
        case "money":
            return figures.money(value)
        case "share":
            return figures.share(value)
        case "days":
            return language.many("{n} giorno", "{n} giorni", value, n=number)
        case "working_days":
            return language.many("{n} giorno lavorativo", "{n} giorni lavorativi", value, n=number)
        case "months":
            return language.many("{n} mese", "{n} mesi", value, n=number)
        case "years":
            return language.many("{n} anno", "{n} anni", value, n=number)
        case "hours":
            return language.many("{n} ora", "{n} ore", value, n=number)
        case "working_hours":
            return language.many("{n} ora lavorativa", "{n} ore lavorative", value, n=number)
        case "weeks":
            return language.many("{n} settimana", "{n} settimane", value, n=number)
        case "minutes":
            return language.many("{n} minuto", "{n} minuti", value, n=number)
        case "points":
            return language.many("{n} punto", "{n} punti", value, n=number)
        case "year":
            return written("number", value)
    return number


_STRETCHES = {
    "Q": message("{n}º trimestre"), "H": message("{n}º semestre"), "B": message("{n}º bimestre"), "F": message("{n}º quadrimestre"),
    "year ": message("{n}º anno"), "month ": message("{n}º mese"), "week ": message("{n}ª settimana"),
}  # fmt: skip


def _stretch(value: str, language: Language) -> str:
    """A quarter, or another part of a year, with its year where it has one: `3º trimestre 2026`."""
    head = value.rstrip("0123456789")
    year, dash, of = head.rpartition("-")
    return f"{language.say(_STRETCHES[of], n=value[len(head) :])}{f' {year}' if dash else ''}"


def sentences_of(held: Held, language: Language) -> dict[str, str]:
    """What each rule says, by its id; values in braces are written out, or called by their labels where no act gives a figure."""
    book = held.book
    forms = {name: language.rule(one.label) for name, one in book.parameters.items() if one.label}
    published = (one for act in book.acts for one in published_of(book, act))
    forms |= {one.name: figure_told(one.kind, one.value, language) for one in published}
    texts = {name: language.rule(text) for name, text in _texts(book).items()}
    return {name: _BRACES.sub(lambda found: forms.get(found[1], found[1]), text) for name, text in texts.items()}


def _texts(book: Rulebook) -> dict[str, str]:
    texts = {name: one.label for name, one in book.parameters.items() if one.label}
    texts |= {name: read.rule.text for name, read in rules_by_id(book).items() if read.rule.text}
    return texts | dict(book.not_modelled)


def anchoring_page(held: Held, language: str = "it") -> Page:
    """The answer as a page."""
    return _Telling(held, language).page()


def states_of(held: Held, language: str) -> list[tuple[str, tuple[str, ...]]]:
    """Of each value in its order how it stands in the text ("" where it does as the rules say), and what of each place that lacks it."""
    telling = _Telling(held, language)
    return [telling.state(one) for one in held.anchoring.values]


def drift_section(held: Held, language: str) -> Section:
    """What of the anchors the text does not say (any more), as a section of its own; without lines where nothing is."""
    return _Telling(held, language).drift()


class _Telling:
    def __init__(self, held: Held, language: str) -> None:
        self.held, self.found = held, held.anchoring
        self.language = Language(language, (held.book.root,))
        self.say, self.many = self.language.say, self.language.many

    def page(self) -> Page:
        say, many, found = self.say, self.many, self.found
        astray = [one for one in found.values if one.state not in ("found", "inferred")]
        values = sum(figure.role == "value" for figure in found.figures)
        sections = [
            Section(say("Valori che non stanno dove le regole dicono"), tuple(map(self._value, astray))),
            Section(say("Luoghi che il testo non ha"), tuple(self._unplaced())),
            Section(say("Cifre che fra parentesi dicono altro"), tuple(self._disagreeing())),
            Section(say("Cifre che nessuna regola nomina e nessuno spiega"), tuple(self._unexplained())),
            Section(say("Spiegazioni di cifre che lì non ci sono"), tuple(self._unused())),
            self.drift(),
            Section(
                say("Valori trovati al loro luogo"),
                tuple(self._value(one) for one in found.values if one.state == "found"),
            ),
            Section(
                say("Valori dedotti, che il testo non scrive"),
                tuple(self._value(one) for one in found.values if one.state == "inferred"),
            ),
            Section(say("Il resto"), tuple(self._rest())),
        ]
        pages = many("{n} pagina", "{n} pagine", found.flow.act.pages, n=str(found.flow.act.pages))
        figures = many("{n} cifra dice quanto o quando", "{n} cifre dicono quanto o quando", values, n=str(values))
        return Page(
            self.language.code,
            f"{self.language.rule(self.held.book.title)} · {self.held.act.label}",
            (say("Testo: {pages}; {figures}", pages=pages, figures=figures),),
            self._answer(len(astray)),
            Mark.MET if self.held.sound else Mark.FAILED,
            sections=tuple(section for section in sections if section.lines),
        )

    def _answer(self, astray: int) -> str:
        many, found, sound = self.many, self.found, self.held.sound
        if sound and not found.values:
            return self.say("Ogni cifra del testo è spiegata; di quest'atto le regole non pubblicano alcuna cifra")
        if sound:
            told = len(found.values)
            return many(
                "Regole e testo concordano: il valore pubblicato è al suo luogo, e ogni cifra è spiegata",
                "Regole e testo concordano: i {n} valori pubblicati sono al loro luogo, e ogni cifra è spiegata",
                told, n=str(told),
            )  # fmt: skip
        parts: list[str] = []
        if astray:
            parts.append(many("un valore fuori luogo", "{n} valori fuori luogo", astray, n=str(astray)))
        if found.unplaced:
            missing = len(found.unplaced)
            parts.append(
                many("un luogo che il testo non ha", "{n} luoghi che il testo non ha", missing, n=str(missing))
            )
        if found.disagreeing:
            odds = len(found.disagreeing)
            parts.append(
                many(
                    "una cifra che fra parentesi dice altro",
                    "{n} cifre che fra parentesi dicono altro",
                    odds,
                    n=str(odds),
                )
            )
        if found.unexplained:
            left = len(found.unexplained)
            parts.append(many("una cifra non spiegata", "{n} cifre non spiegate", left, n=str(left)))
        if found.unused:
            unused = len(found.unused)
            parts.append(many("una spiegazione a vuoto", "{n} spiegazioni a vuoto", unused, n=str(unused)))
        if self.held.drift and not self.held.written:
            parts.append(self._drifted())
        return self.say("Da vedere: {what}", what=self.language.listed(parts))

    def _label(self, name: str) -> str:
        parameter = self.held.book.parameters.get(name.partition(" ")[0])
        return self.language.rule(parameter.label) if parameter is not None and parameter.label else ""

    def _value(self, one: Anchored) -> Line:
        label = self._label(one.value.name)
        value = figure_told(one.value.kind, one.value.value, self.language)
        named = f"{one.value.name}, {label}: {value}" if label else f"{one.value.name}: {value}"
        told, lacking = self.state(one)
        details = [told] if told else []
        if one.start >= 0:
            details.append(self._passage(one.start, one.end))
        details += lacking
        mark = Mark.MET if one.state == "found" else Mark.PLAIN if one.state == "inferred" else Mark.FAILED
        return Line(named, mark, "; ".join(one.locators), details=tuple(details))

    def state(self, one: Anchored) -> tuple[str, tuple[str, ...]]:
        """How a value stands in the text ("" where it does as the rules say), and what of each of several places that lacks it."""
        say = self.say
        told = {
            "found": "", "partly": say("non sta in tutti i luoghi che le regole nominano"), "inferred": say("dedotto: {why}", why=self.language.rule(one.value.inferred)),
            "beside": say("trovato sulla pagina indicata, ma non nella parte che il luogo nomina"),
            "elsewhere": say("trovato altrove, e non al suo luogo"), "missing": say("il testo non lo ha"),
        }[one.state]  # fmt: skip
        return told, tuple(self._lacking(place) for place in one.lacking) if len(one.places) > 1 else ()

    def _lacking(self, place: Standing) -> str:
        """What stands at a place that is named and does not have the value."""
        match place.state:
            case "beside":
                told = self.say("{place}: manca qui; sta sulla stessa pagina, in un'altra parte", place=place.at)
            case "elsewhere":
                told = self.say("{place}: manca qui; sta altrove, dove le regole non dicono", place=place.at)
            case _:
                told = self.say("{place}: manca qui", place=place.at)
        return told if place.start < 0 else f"{told}: {self._passage(place.start, place.end)}"

    def _passage(self, start: int, end: int) -> str:
        before, figure, after = passage(self.found.flow, start, end)
        page = self.found.flow.page_of(start)
        return self.say(
            "p. {page}: …{before}«{figure}»{after}…", page=str(page), before=before, figure=figure, after=after
        )

    def _unplaced(self) -> Iterator[Line]:
        for one in self.found.unplaced:
            told = self.say(
                "{name}: il testo non ha {what}", name=one.name, what=self.language.listed(list(one.missing))
            )
            yield Line(told, Mark.FAILED, one.locator)

    def _disagreeing(self) -> Iterator[Line]:
        for one, other in self.found.disagreeing:
            told = self.say(
                "{figure}, e fra parentesi {other}: quale valga il testo non lo dice",
                figure=figure_told(one.kind, one.value, self.language), other=figure_told(other.kind, other.value, self.language),
            )  # fmt: skip
            yield Line(told, Mark.FAILED, details=(self._passage(one.start, other.end + 1),))

    def _unexplained(self) -> Iterator[Line]:
        for figure in self.found.unexplained:
            yield Line(figure.form, Mark.FAILED, details=(self._passage(figure.start, figure.end),))

    def _unused(self) -> Iterator[Line]:
        for one in self.found.unused:
            yield Line(
                f"{one.form}: {one.explanation.why}",
                Mark.FAILED,
                one.explanation.at,
                details=(str(one.explanation.place),),
            )

    def _other_text(self) -> bool:
        return any(one.what == "text" for one in self.held.drift)

    def _drifted(self) -> str:
        if self._other_text():
            return self.say("il testo non è quello ancorato")
        wrong = len(self.held.drift)
        return self.many("un'ancora sbagliata", "{n} ancore sbagliate", wrong, n=str(wrong))

    def drift(self) -> Section:
        """What of the anchors the text does not say (any more)."""
        if self._other_text():
            title = self.say("Che cosa è cambiato dal testo a cui le regole sono ancorate")
        else:
            title = self.say("Dove le ancore non dicono quel che il testo ha")
        return Section(title, tuple(map(self._drift, self.held.drift)))

    def _drift(self, one: Drift) -> Line:
        say, name = self.say, one.name
        told = {
            "text": say("il testo non è quello ancorato"), "pages": say("le ancore dicono un altro numero di pagine"),
            "changed": say("{name}: il passo è cambiato", name=name), "gone": say("{name}: il passo non c'è più", name=name),
            "new": say("{name}: il passo è nuovo o cambiato", name=name),
            "misplaced": say("{name}: le ancore dicono un altro passo", name=name),
            "absent": say("{name}: il testo lì non ha questa cifra", name=name),
            "unanchored": say("{name}: le ancore non hanno questa cifra", name=name),
        }[one.what]  # fmt: skip
        details = []
        if one.page:
            details.append(say("nelle ancore: p. {page}, carattere {offset}", page=one.page, offset=one.offset))
        if one.what == "text":
            details.append(say("SHA-256 del testo: {now}; delle ancore: {then}", now=one.now, then=one.then))
        elif one.then:
            details.append(say("nelle ancore: pagine {then}; nel testo: {now}", then=one.then, now=one.now))
        if one.start >= 0:
            act, origin = self.found.flow.act, self.found.flow.origin(one.start)
            page, offset = str(act.page_of(origin)), str(act.offset_of(origin))
            details.append(say("nel testo: p. {page}, carattere {offset}", page=page, offset=offset))
            details.append(self._passage(one.start, one.end))
        mark = Mark.PLAIN if self.held.written else Mark.FAILED
        return Line(told, mark, str(one.place) if one.place is not None else "", details=tuple(details))

    def _rest(self) -> Iterator[Line]:
        say, many, found = self.say, self.many, self.found
        placed = found.placed
        named = sum(
            bool(by) and at not in placed and figure.role == "value"
            for at, (figure, by) in enumerate(zip(found.figures, found.by, strict=True))
        )
        explained = sum(why is not None for why in found.explained)
        if named:
            yield Line(
                many(
                    "{n} cifra è nominata dalle parole delle regole",
                    "{n} cifre sono nominate dalle parole delle regole",
                    named,
                    n=str(named),
                )
            )
        if explained:
            yield Line(
                many("{n} cifra è spiegata a mano", "{n} cifre sono spiegate a mano", explained, n=str(explained))
            )
        others = [f"{number} {say(ROLES[role])}" for role, number in counted(found).items() if role in ROLES]
        if others:
            yield Line(
                say("Non dicono quanto né quando: {what}", what=self.language.listed(others, most=len(others) + 1))
            )
        if found.in_words:
            names = self.language.listed(list(found.in_words), most=40)
            yield Line(say("Senza cifre da cercare, perché detti a parole o ignoti: {what}", what=names))
