# SPDX-License-Identifier: Apache-2.0
"""A ledger of de minimis aid in words: how every single undertaking stands on a day, and how headroom runs over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from misure.deminimis.aid import Aid
from misure.deminimis.answers import Remark
from misure.deminimis.surveying.course import Course, HeadroomPeriod
from misure.deminimis.surveying.survey import Survey, UndertakingStanding
from misure.ground.ranges import Range
from misure.telling.chapters.page import Line, Mark, Page, Section
from misure.telling.language import words
from misure.telling.language.figures import EURO, FigureWriter
from misure.telling.language.language import Language

__all__ = ["course_page", "survey_page"]


def survey_page(
    found: Survey, language: str = "it", *, near: Decimal | int | str | None = None, most: int = 20
) -> Page:
    """A survey as a page: whoever has passed the ceiling, then whoever has least left, `most` of each.

    `near`: only those to whom this amount in euros cannot be granted.

    Raises:
        BadFacts: The amount is none.
    """
    told = _Telling(language)
    say = told.say
    over = found.overdrawn
    passed = {each.members for each in over}
    rest = [each for each in (found.near(near) if near is not None else found) if each.members not in passed]
    title = say("De minimis, {regulation}: ogni impresa unica · al {day}", regulation=told.regulation(found.regulation),
                day=told.day(found.on))  # fmt: skip
    headline = say(
        "Imprese uniche: {all}; oltre il massimale, o forse: {over}", all=str(len(found)), over=str(len(over))
    )
    second = say("Con meno disponibilità")
    if near is not None:
        second = say("A cui non entra {amount}", amount=told.money(Decimal(str(near))))
    sections = (
        Section(say("Oltre il massimale"), tuple(told.standings(over, most))),
        Section(second, tuple(told.standings(rest, most))),
        Section(say("Che cosa non si sa"), tuple(told.doubts((*found.doubts, *found.warnings)))),
    )
    ceiling = say("Massimale: {amount}", amount=told.money(found.ceiling))
    return Page(
        told.language.code, title, (ceiling,), headline, Mark.FAILED if over else Mark.MET,
        sections=tuple(section for section in sections if section.lines),
    )  # fmt: skip


def course_page(found: Course, language: str = "it") -> Page:
    """A course as a page: a line for every stretch of days on which the headroom is the same."""
    told = _Telling(language)
    say = told.say
    first, last = found.stretches[0].first, found.stretches[-1].last
    title = say("Disponibilità de minimis nel tempo, {regulation} · dal {first} al {last}",
                regulation=told.regulation(found.regulation), first=told.day(first), last=told.day(last))  # fmt: skip
    headline = say("Si può ancora concedere: da {least} a {most}, secondo il giorno", least=told.money(_least(found.least)),
                   most=told.money(_most(found)))  # fmt: skip
    members = say("Impresa unica: {who}", who=told.language.listed(list(found.members)))
    possible = [say("Forse anche: {who}", who=told.language.listed(list(found.possible)))] if found.possible else []
    sections = (
        Section(say("Giorno per giorno"), tuple(map(told.stretch, found.stretches))),
        Section(say("Che cosa non si sa"), tuple(told.doubts(found.doubts))),
    )
    return Page(
        told.language.code, title, (members, *possible), headline, Mark.FAILED if found.overdrawn else Mark.MET,
        sections=tuple(section for section in sections if section.lines),
    )  # fmt: skip


def _least(stretch: HeadroomPeriod) -> object:
    return stretch.left.least if isinstance(stretch.left, Range) else stretch.left


def _most(found: Course) -> object:
    ends = [each.left.greatest if isinstance(each.left, Range) else each.left for each in found.stretches]
    return max(end for end in ends if isinstance(end, Decimal))


class _Telling:
    def __init__(self, language: str) -> None:
        self.language = Language(language)
        self.figures, self.say = FigureWriter(self.language, {}), self.language.say

    def money(self, amount: object) -> str:
        return self.figures.value(amount, EURO)  # type: ignore[arg-type]

    def day(self, day: dt.date) -> str:
        return self.figures.day(day)

    def regulation(self, name: str) -> str:
        return words.named(self.language, words.REGULATIONS, name, name)

    def standings(self, found: Iterable[UndertakingStanding], most: int) -> Iterator[Line]:
        rows = list(found)
        for each in rows[:most]:
            text = self.say(
                "{who}: restano {left}", who=self.language.listed(list(each.members)), left=self.money(each.left)
            )
            mark = Mark.FAILED if each.overdrawn_cents[1] else Mark.OPEN if isinstance(each.left, Range) else Mark.PLAIN
            yield Line(text, mark, details=tuple(self._of_standing(each)))
        if len(rows) > most:
            yield Line(self.say("e altre {count}", count=str(len(rows) - most)))

    def _of_standing(self, each: UndertakingStanding) -> Iterator[str]:
        if each.overdrawn_cents[1]:
            yield self.say("oltre il massimale di {amount}", amount=self.money(each.overdrawn))
        if each.possible:
            yield self.say("Forse anche: {who}", who=self.language.listed(list(each.possible)))
        if each.relief is not None:
            yield self.say("resta di più dal {day}, se non si concede altro", day=self.day(each.relief))
        elif each.perhaps_from is not None:
            yield self.say("forse resta di più dal {day}, ma non è certo", day=self.day(each.perhaps_from))

    def stretch(self, each: HeadroomPeriod) -> Line:
        text = self.say(
            "dal {first} al {last}: restano {left}", first=self.day(each.first), last=self.day(each.last), left=self.money(each.left)
        )  # fmt: skip
        passed = each.overdrawn != 0
        details = []
        if passed:
            details.append(self.say("oltre il massimale di {amount}", amount=self.money(each.overdrawn)))
        if each.granted:
            details.append(self.say("comincia a contare: {aids}", aids=self._aids(each.granted)))
        if each.fallen_out:
            details.append(self.say("non conta più: {aids}", aids=self._aids(each.fallen_out)))
        mark = Mark.FAILED if passed else Mark.OPEN if isinstance(each.left, Range) else Mark.PLAIN
        return Line(text, mark, details=tuple(details))

    def _aids(self, aids: Iterable[Aid]) -> str:
        told = [f"{aid.id} ({self.money(aid.amount)})" if aid.amount is not None else aid.id for aid in aids]
        return self.language.listed(told)

    def doubts(self, doubts: Iterable[Remark]) -> Iterator[Line]:
        say = self.say
        told = {
            "ledger_incomplete": lambda: say("Nessuno dice che l'elenco degli aiuti è completo: può restare meno"),
            "complete_until": lambda: say("L'elenco degli aiuti è detto completo solo fino a un giorno prima della concessione"),
            "complete_for": lambda: say("L'elenco degli aiuti è detto completo solo per alcuni beneficiari: di altri non dice nulla"),
            "names_beside_codes": lambda: say("L'elenco degli aiuti indica alcuni con il codice e altri con il nome: si assume che nessuno vi stia con due"),
        }  # fmt: skip
        for doubt in doubts:
            if doubt.kind in told:
                yield Line(told[doubt.kind](), Mark.OPEN)
            elif doubt.kind == "gap" and self.language.code == "en":
                yield Line(say("Nell'elenco manca qualcosa: {what}", what=doubt.text), Mark.OPEN)
            elif doubt.kind == "gap":
                yield Line(say("Nell'elenco degli aiuti manca qualcosa, e può riguardare chiunque"), Mark.OPEN)
            elif self.language.code == "en":
                yield Line(f"{doubt.subject}: {doubt.text}", Mark.OPEN)
            else:
                yield Line(say("{what}: non è noto esattamente", what=doubt.subject), Mark.OPEN)
