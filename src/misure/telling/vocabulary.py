# SPDX-License-Identifier: Apache-2.0
"""What may be said of an applicant, for who writes rules or fills in facts: every name, what it is, and which measures ask it.

>>> import misure
>>> book = misure.catalogue()["lombardia/filiere"].rulebook
>>> page = present_vocabulary({"lombardia/filiere": book}, "en", word="total_score")
>>> print(page.sections[0].lines[0].text)
total_score – total score: a number of points, from 0.00 to 100.00
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from misure.facts.vocabulary import Fact, Kind, Nature, Table
from misure.ground.arguments import shown
from misure.ground.days import day_text
from misure.ground.errors import NoSuchName
from misure.ground.money import decimal_text
from misure.ground.place import nearest
from misure.ground.rules_folder import bundled_rules
from misure.rulebook.rules import Rulebook
from misure.telling.chapters.page import Line, Page, Section
from misure.telling.language.language import Language, message

__all__ = ["found_in", "present_vocabulary"]

_NATURES = {
    Nature.COMPUTED: message("lo calcola un altro sistema"),
    Nature.ASSESSED: message("lo valuta una persona"),
}


def found_in(books: Mapping[str, Rulebook], word: str = "") -> dict[str, Fact | Table]:
    """The facts and tables whose name, label, question or choices have a word in them, whatever its case and accents; all without one.

    Of a table, one of its fields is enough. Of names that two packages have, the first is meant.

    Raises:
        NoSuchName: There is none.
    """
    known: dict[str, Fact | Table] = {}
    for book in books.values():
        ones: list[Fact | Table] = [*book.vocabulary.facts.values(), *book.vocabulary.tables.values()]
        for one in ones:
            known.setdefault(one.name, one)
    looked_for = _plain(word.strip())
    found = {name: one for name, one in known.items() if any(looked_for in _plain(text) for text in _texts(one))}
    if not found:
        close = nearest(word.strip(), list(known))
        hint = f"; did you mean {close!r}?" if close else ""
        raise NoSuchName(f"nothing in the vocabulary has {shown(word.strip())} in its name or in its words{hint}")
    return dict(sorted(found.items(), key=lambda pair: (_plain(pair[0]) != looked_for, pair[0])))


def _texts(one: Fact | Table) -> Iterator[str]:
    yield from (one.name, one.label, one.question)
    if isinstance(one, Table):
        for field in one.fields.values():
            yield from (f"{one.name}.{field.name}", *_texts(field))
    else:
        yield from (*one.choices, *one.choices.values())


def _plain(text: str) -> str:
    """A text without case and accents."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )


def present_vocabulary(books: Mapping[str, Rulebook], language: str = "it", *, word: str = "") -> Page:
    """The vocabulary of some measures, or what of it has a word in it; of a few names everything is told, of many their kind.

    Raises:
        NoSuchName: Nothing has the word in it.
        ValueError: The language is not offered.
    """
    found = found_in(books, word)
    roots = dict.fromkeys([*(book.root for book in books.values()), str(bundled_rules())])
    telling = _Telling(Language(language, tuple(roots)), books, whole=len(found) <= _FEW)
    say = telling.language.say
    titles: dict[str, list[Fact | Table]] = {
        say("Fatti"): [
            one for one in found.values() if isinstance(one, Fact) and one.kind not in (Kind.TRUTH, Kind.EVENT)
        ],
        say("Sì o no"): [one for one in found.values() if isinstance(one, Fact) and one.kind is Kind.TRUTH],
        say("Eventi"): [one for one in found.values() if isinstance(one, Fact) and one.kind is Kind.EVENT],
        say("Tabelle"): [one for one in found.values() if isinstance(one, Table)],
    }
    title = (
        say("Vocabolario: {word}", word=telling.language.quoted(word.strip())) if word.strip() else say("Vocabolario")
    )
    sections = tuple(Section(name, tuple(map(telling.line, ones))) for name, ones in titles.items() if ones)
    how_many = telling.language.many("{number} nome", "{number} nomi", len(found), number=str(len(found)))
    return Page(language, title, (how_many,), sections=sections)


_FEW = 12
"""So many names are told with their questions, choices and measures; of more one looks for a word."""


class _Telling:
    """Tells one name after the other."""

    def __init__(self, language: Language, books: Mapping[str, Rulebook], *, whole: bool) -> None:
        self.language, self.books, self.whole = language, books, whole

    def line(self, one: Fact | Table) -> Line:
        text = f"{one.name} – {self.language.rule(one.label)}: {self._kind(one)}"
        return Line(text, details=tuple(self._details(one)) if self.whole else ())

    def _details(self, one: Fact | Table) -> Iterator[str]:
        say, rule = self.language.say, self.language.rule
        if one.question:
            yield rule(one.question)
        if isinstance(one, Fact):
            yield from self._more(one)
        else:
            for field in one.fields.values():
                marks = (
                    [say("chiave")]
                    if field.name == one.key
                    else [say("identità")]
                    if field.name == one.identity
                    else []
                )
                kind = ", ".join([self._kind(field), *marks])
                yield f"{one.name}.{field.name} – {rule(field.label) or field.name}: {kind}"
        asked = [name for name, book in self.books.items() if one.name in (*book.facts, *book.tables)]
        yield say("lo chiedono: {measures}", measures=", ".join(asked)) if asked else say("nessuna misura lo chiede")

    def _more(self, fact: Fact) -> Iterator[str]:
        say, rule = self.language.say, self.language.rule
        yield from (f"{name}: {rule(label)}" for name, label in fact.choices.items() if rule(label) != name)
        if fact.nature in _NATURES:
            yield say(_NATURES[fact.nature])
        if fact.not_before:
            yield say("mai prima di {days}", days=", ".join(fact.not_before))
        if fact.not_after:
            yield say("mai dopo {days}", days=", ".join(fact.not_after))

    def _kind(self, one: Fact | Table) -> str:
        say = self.language.say
        if isinstance(one, Table):
            return say("una tabella di al massimo {count} righe", count=str(one.max_items))
        match one.kind:
            case Kind.NUMBER if one.is_time:
                return say("un orario")
            case Kind.NUMBER:
                return self._number(one)
            case Kind.TRUTH:
                return say("sì o no")
            case Kind.DATE:
                return say("un giorno, dal {first} al {last}", first=day_text(one.least), last=day_text(one.greatest))
            case Kind.EVENT:
                return say("il giorno in cui accade, o non ancora")
            case Kind.CHOICE:
                return say("una scelta fra {choices}", choices=", ".join(one.choices))
            case Kind.CODE:
                return say("un codice {scheme}", scheme=one.scheme)
            case Kind.TEXT if one.identifier:
                return say("un identificativo: {kind}", kind=one.identifier)
            case Kind.TEXT:
                return say("un testo di al massimo {count} caratteri", count=str(one.greatest))

    def _number(self, fact: Fact) -> str:
        unit = self._unit(fact.unit)
        least, greatest = (decimal_text(end, fact.decimals) for end in (fact.least, fact.greatest - len(fact.choices)))
        told = self.language.say(
            "un numero di {unit}, da {least} a {greatest}", unit=unit, least=least, greatest=greatest
        )
        words = ", ".join(fact.choices)
        return self.language.say("{number}, oppure {words}", number=told, words=words) if words else told

    def _unit(self, unit: str) -> str:
        known: Iterable[Rulebook] = self.books.values()
        found = next((book.vocabulary.units[unit] for book in known if unit in book.vocabulary.units), None)
        words = (found.it if self.language.code == "it" else found.en)[1] if found else ""
        return words or unit
