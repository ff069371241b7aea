# SPDX-License-Identifier: Apache-2.0
"""What is left of de minimis, in words: the amount, every limit behind it, what fills it and until when, every doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from misure.deminimis.answers import CapUse, Headroom, Occupation, Remark
from misure.deminimis.waiting import FirstFit, FitReason
from misure.ground.ranges import Range
from misure.telling.chapters.page import Line, Mark, Page, Section
from misure.telling.language import words
from misure.telling.language.figures import EURO, FigureWriter
from misure.telling.language.language import Language

__all__ = ["headroom_page"]


def headroom_page(
    found: Headroom, language: str = "it", *, waiting: FirstFit | None = None, as_named: bool = False
) -> Page:
    """The answer as a page; with `waiting`, also from which day an amount would fit.

    `as_named` says that the single undertaking is who was named, and that no relation of control was looked at.
    """
    return _Telling(found, language).page(waiting, as_named=as_named)


_SHARED = frozenset({"gen-agri-fish", "gen-sgei", "agri-fish"})
"""The caps that regulations share, by their names in the table; they are told by the regulations."""


class _Telling:
    def __init__(self, found: Headroom, language: str) -> None:
        self.found, self.language = found, Language(language)
        self.figures, self.say = FigureWriter(self.language, {}), self.language.say

    def page(self, waiting: FirstFit | None, *, as_named: bool = False) -> Page:
        say, found = self.say, self.found
        regulation = self.regulation(found.regulation)
        sections = [
            Section(say("Limiti"), tuple(map(self._cap, found.caps))),
            Section(say("Che cosa lo occupa"), tuple(self._occupations()) or (Line(say("nessun aiuto")),)),
            Section(say("Che cosa non si sa"), tuple(self._remarks(found.doubts, Mark.OPEN))),
            Section(say("Da tenere presente"), tuple(self._remarks(found.warnings, Mark.PLAIN))),
        ]
        if waiting is not None:
            sections.insert(1, Section(say("Quando entra"), (self._waiting(waiting),)))
        members = say("Impresa unica: {who}", who=self.language.listed(list(found.members)))
        possible = [say("Forse anche: {who}", who=self.language.listed(list(found.possible)))] if found.possible else []
        if as_named:
            possible.append(
                say(
                    "Contano solo i codici indicati: chi li controlla, e chi ne è controllato, è della stessa impresa unica, e qui manca"
                )
            )
        open_ = isinstance(found.amount, Range)
        return Page(
            self.language.code,
            say("Disponibilità de minimis, {regulation} · al {day}", regulation=regulation, day=self.day(found.on)),
            (members, *possible),
            say("Si può ancora concedere: {amount}", amount=self.money(found.amount)),
            Mark.OPEN if open_ else Mark.FAILED if found.amount == 0 else Mark.MET,
            sections=tuple(section for section in sections if section.lines),
        )

    # Parts

    def money(self, amount: object) -> str:
        return self.figures.value(amount, EURO) if amount is not None else self.say("importo non noto")  # type: ignore[arg-type]

    def day(self, day: dt.date) -> str:
        return self.figures.day(day)

    def regulation(self, name: str) -> str:
        return words.named(self.language, words.REGULATIONS, name, name)

    def _cap(self, cap: CapUse) -> Line:
        say = self.say
        several = self.language.listed([self.regulation(name) for name in cap.counts])
        what = (
            say("massimale, {what}", what=several)
            if len(cap.counts) == 1
            else say("massimale comune, {what}", what=several)
        )
        if cap.limit is None:
            return Line(
                say("{what}: la norma di quel giorno non è espressa qui", what=what), Mark.OPEN, str(cap.citation)
            )
        text = say("{what}: {limit}", what=what, limit=self.money(cap.limit))
        details = [
            say("occupati {used}, restano {left}", used=self._used(cap), left=self.money(cap.left)),
            say(
                "conta quanto concesso dal {first} al {last}",
                first=self.day(cap.window.first),
                last=self.day(cap.window.last),
            ),
        ]
        flag = words.flag(self.language, cap.confidence)
        return Line(text, Mark.PLAIN if cap.holds else Mark.OPEN, str(cap.citation), flag, tuple(details))

    def _used(self, cap: CapUse) -> str:
        if cap.used is not None:
            return self.money(cap.used)
        return self.say("almeno {amount}", amount=self.money(cap.used_at_least))

    def _occupations(self) -> Iterator[Line]:
        seen: dict[str, Occupation] = {}
        for cap in self.found.caps:
            for each in cap.occupied_by:
                seen.setdefault(each.aid.id, each)
        for each in seen.values():
            granted = each.aid.granted_on
            when = self.say("giorno non noto") if granted is None else self.figures.value(granted, "")
            text = self.say(
                "{amount} – {id}, {regulation}, concesso: {day}", amount=self.money(each.counted), id=each.aid.id,
                regulation=self.regulation(each.aid.regulation), day=when,
            )  # fmt: skip
            yield Line(text, details=(self._until(each),))

    def _until(self, each: Occupation) -> str:
        if each.until is None:
            return self.say("non si sa fino a quando conta")
        return self.say("non conta più dal: {day}", day=self.figures.value(each.until, ""))

    def _waiting(self, waiting: FirstFit) -> Line:
        say, amount = self.say, self.money(waiting.amount)
        if waiting.reason is FitReason.FITS and waiting.day is not None:
            return Line(
                say("{amount} entra dal {day}, se non si concede altro", amount=amount, day=self.day(waiting.day)),
                Mark.MET,
            )
        if waiting.perhaps_from is not None:
            day = self.day(waiting.perhaps_from)
            return Line(say("{amount} forse entra dal {day}, ma non è certo", amount=amount, day=day), Mark.OPEN)
        until = self.day(waiting.searched_until)
        if waiting.reason is FitReason.ABOVE_EVERY_CEILING:
            return Line(say("{amount} supera ogni massimale noto", amount=amount), Mark.FAILED)
        return Line(say("{amount} non entra prima del {day}, l'ultimo giorno di cui la norma è nota", amount=amount, day=until),
                    Mark.FAILED)  # fmt: skip

    def _remarks(self, remarks: Iterable[Remark], mark: Mark) -> Iterator[Line]:
        for remark in remarks:
            yield Line(self._sentence(remark), Mark.FAILED if remark.kind == "overdrawn" else mark)

    def _gap(self, remark: Remark) -> str:
        """What the list lacks. The files are described in English, so that an Italian page only says whom it touches."""
        if self.language.code == "en":
            return self.say("Nell'elenco manca qualcosa: {what}", what=remark.text)
        if remark.subject == "ledger":
            return self.say("Nell'elenco degli aiuti manca qualcosa, e può riguardare chiunque")
        return self.say("Nell'elenco degli aiuti manca qualcosa che riguarda {who}", who=remark.subject)

    def _stranger(self, remark: Remark) -> str:
        """Who is asked about and has no aid in the list; who looks like it and has some."""
        if remark.nearest is None:
            return self.say(
                "Nell'elenco degli aiuti non c'è nessun aiuto di {who}: non ne ha avuti, se l'elenco la indica così",
                who=remark.subject,
            )
        return self.say(
            "Nell'elenco degli aiuti non c'è nessun aiuto di {who}, ma ce ne sono di {nearest}: è la stessa impresa?",
            who=remark.subject, nearest=remark.nearest,
        )  # fmt: skip

    def _overdrawn(self, remark: Remark) -> str:
        """By how much a limit is passed already, and since when."""
        cap = self.found.cap(remark.subject)
        assert cap is not None
        what = self.language.listed([self.regulation(name) for name in cap.counts])
        since = cap.overdrawn_since
        if since is None:
            most = cap.overdrawn.greatest if isinstance(cap.overdrawn, Range) else cap.overdrawn
            return self.say(
                "Il massimale ({what}) è forse già superato, al più di {amount}", what=what, amount=self.money(most)
            )
        return self.say(
            "Il massimale ({what}) è già superato dal {day}: {amount} in più", what=what, amount=self.money(cap.overdrawn),
            day=self.day(since),
        )  # fmt: skip

    def _sentence(self, remark: Remark) -> str:
        say = self.say
        who = self.language.listed([self.regulation(name) for name in remark.subject.split("-")])
        who = who if remark.subject in _SHARED else remark.subject
        told = {
            "ledger_incomplete": lambda: say("Nessuno dice che l'elenco degli aiuti è completo: può restare meno"),
            "complete_until": lambda: say("L'elenco degli aiuti è detto completo solo fino a un giorno prima della concessione"),
            "complete_for": lambda: say("{who}: l'elenco degli aiuti è detto completo solo per altri, e può restare meno", who=who),
            "not_in_ledger": lambda: self._stranger(remark),
            "overdrawn": lambda: self._overdrawn(remark),
            "gap": lambda: self._gap(remark),
            "amount": lambda: say("{id}: l'importo non è noto esattamente", id=who),
            "granted_on": lambda: say("{id}: il giorno della concessione non è noto esattamente", id=who),
            "activity": lambda: say("{id}: non si sa per quale attività è stato usato", id=who),
            "possible_member": lambda: say("{who} ha ricevuto aiuti e può far parte dell'impresa unica", who=who),
            "register": lambda: say("Non si sa se vale il massimale più alto, che richiede un registro completo"),
            "cap_open": lambda: say("Non è certo che valga il massimale comune {cap}", cap=who),
            "cap_not_encoded": lambda: say("Che cosa dica quel giorno il massimale comune {cap} non è espresso qui", cap=who),
            "joint_cap_set_aside": lambda: say("Con il massimale comune {cap}, che qui non si applica, resterebbe un altro importo", cap=who),
            "joint_window": lambda: say("{cap}: tutti gli aiuti si contano sugli stessi tre anni, e nessun atto letto lo dice", cap=who),
            "fiscal_year": lambda: say("L'esercizio finanziario è preso uguale all'anno solare"),
            "joined_otherwise": lambda: say("{who}: alcuni uffici ne contano gli aiuti, perché la lega una persona o un ente", who=who),
            "names_beside_codes": lambda: say("L'elenco degli aiuti indica alcuni con il codice e altri con il nome: si assume che nessuno vi stia con due"),
            "only_schemes": lambda: say("Nei sei mesi dopo la scadenza il regolamento vale solo per i regimi di aiuto"),
            "convention": lambda: say("Contando i tre anni in un altro modo un aiuto conterebbe diversamente"),
        }.get(remark.kind)  # fmt: skip
        return told() if told else f"{who}: {remark.text}"
