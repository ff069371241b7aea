# SPDX-License-Identifier: Apache-2.0
"""What is not known, told apart by who can cure it: ask, judge, wait, nobody has published it, it has no value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from misure.deciding.missing import Missing, Wanted
from misure.deciding.values import Range, Shown
from misure.facts.vocabulary import Fact, Kind, Nature
from misure.ground.dated import UNKNOWN, dated_table
from misure.ground.truth import NotKnowing
from misure.rulebook.rules import Apart, Tension
from misure.telling.chapters.disagreeing import apart_of, disagreeing, disagreeing_on, why_unknown
from misure.telling.chapters.page import Line, Mark, Section
from misure.telling.chapters.records import Records
from misure.telling.chapters.speaker import Speaker
from misure.telling.language import words
from misure.telling.language.figures import SHARE

__all__ = ["Asking"]

_MOST_NAMED = 3
_COMPUTED, _DISAGREEING = "computed", "disagreeing"


class Asking:
    """Tells of missing things, for one applicant."""

    def __init__(self, speaker: Speaker, records: Records) -> None:
        self.speaker, self.records = speaker, records

    # In short, beside the condition that waits for it

    def reason(self, missing: Sequence[Missing], *, named: bool = False) -> str:
        """Why a condition is open, in few words: one clause for each kind of not knowing.

        The sentence of a condition asks for the one answer that it waits for; beside anything else it is `named`.
        """
        return "; ".join(self._clause(kind, [item for item in missing if item.kind is kind], named=named)
                         for kind in dict.fromkeys(item.kind for item in missing))  # fmt: skip

    def _clause(self, kind: NotKnowing, items: Sequence[Missing], *, named: bool) -> str:
        say, many = self.speaker.say, self.speaker.many
        if kind is NotKnowing.TO_BE_JUDGED and not named:
            return say("resta da giudicare")
        if kind is NotKnowing.MISSING and all(map(self._too_short, items)):
            return say("serve un codice più preciso")
        alone = len(items) == 1 and not items[0].records and self.speaker.fact(items[0].name) is not None
        computed = alone and kind is NotKnowing.MISSING and self._who(items[0]) == _COMPUTED
        if alone and kind is NotKnowing.MISSING and not named:
            return say("resta da calcolare") if computed else say("manca la risposta")
        told = self.speaker.language.listed(list(map(self._named, items)), most=_MOST_NAMED)
        if computed:
            return say("resta da calcolare {what}", what=told)
        match kind:
            case NotKnowing.TO_BE_JUDGED:
                return many("resta da giudicare {what}", "restano da giudicare {what}", len(items), what=told)
            case NotKnowing.MISSING:
                return many("manca {what}", "mancano {what}", len(items), what=told)
            case NotKnowing.PENDING:
                return many("deve ancora avvenire {what}", "devono ancora avvenire {what}", len(items), what=told)
            case NotKnowing.UNPUBLISHED if tensions := [
                one for item in items if (one := self.speaker.tension(item.name))
            ]:
                # What no source gives is one thing, and what they give in two ways another.
                rest = [item for item in items if self.speaker.tension(item.name) is None]
                return "; ".join(
                    [*([self._clause(kind, rest, named=named)] if rest else []), *map(self._disagreeing, tensions)]
                )
            case NotKnowing.UNPUBLISHED if read_twice := [item for item in items if self.speaker.read_twice(item.name)]:
                rest = [item for item in items if not self.speaker.read_twice(item.name)]
                return "; ".join(
                    [*([self._clause(kind, rest, named=named)] if rest else []), *self._differing(read_twice)]
                )
            case NotKnowing.UNPUBLISHED:
                return many("non è pubblicato {what}", "non sono pubblicati {what}", len(items), what=told)
            case _:
                which = [detail for item in items for detail in self._wanted(item)]
                related = any(self._relation(item.name, record) for item in items for record in item.wanted)
                why = say("si sa solo entro questi limiti") if related else say("non si può calcolare")
                return "; ".join([why, *which[:_MOST_NAMED]])

    def _named(self, item: Missing) -> str:
        label = self.speaker.language.quoted(self.speaker.label(item.name))
        if not item.records:
            return label
        return f"{label} ({self.speaker.language.listed(self._shown(item), most=_MOST_NAMED)})"

    def _shown(self, item: Missing) -> list[str]:
        return self.records.named(item.name.partition(".")[0], item.records)

    # At length, as questions

    def sections(self, missing: Sequence[Missing]) -> Iterator[Section]:
        """What would settle it, by who can say it, each in the order in which it is worth asking."""
        kinds = [self._who(item) for item in missing]
        for kind in dict.fromkeys(kinds):
            lines = (self._line(item) for item, found in zip(missing, kinds, strict=True) if found == kind)
            yield Section(words.named(self.speaker.language, words.ASKED, kind), tuple(lines))

    def later(self, missing: Sequence[Missing]) -> Iterator[Line]:
        """The same without headings, for what no outcome waits for."""
        for item in missing:
            if item.kind is NotKnowing.PENDING:
                what = self._with_records(self.speaker.label(item.name), item)
                yield Line(self.speaker.say("deve ancora avvenire: {what}", what=what), Mark.WAITING)
            elif item.kind is NotKnowing.UNPUBLISHED and not self.speaker.disagreed_on(item.name):
                line = self._unpublished(item.name)
                yield Line(self.speaker.say("non è pubblicato: {what}", what=line.text), line.mark, line.cite,
                           details=line.details)  # fmt: skip
            else:
                yield self._line(item)

    def _who(self, item: Missing) -> str:
        if item.kind is NotKnowing.UNPUBLISHED and self.speaker.disagreed_on(item.name):
            return _DISAGREEING
        fact = self.speaker.fact(item.name)
        computed = fact is not None and fact.nature is Nature.COMPUTED
        return _COMPUTED if computed and item.kind is NotKnowing.MISSING else item.kind

    def _line(self, item: Missing) -> Line:
        match item.kind:
            case NotKnowing.MISSING | NotKnowing.TO_BE_JUDGED:
                asked = self._with_records(self.speaker.question(item.name), item)
                return Line(asked, Mark.OPEN, details=tuple(self._wanted(item)))
            case NotKnowing.PENDING:
                return Line(self._with_records(self.speaker.label(item.name), item), Mark.WAITING)
            case NotKnowing.UNPUBLISHED:
                return self._unpublished(item.name)
            case _ if any(self._relation(item.name, record) for record in item.wanted):
                return Line(self.speaker.question(item.name), Mark.OPEN, details=tuple(self._wanted(item)))
            case _:
                return Line(self._undefined(item.name), Mark.OPEN, details=tuple(self._wanted(item)))

    def _too_short(self, item: Missing) -> bool:
        """Whether a code is told that does not say which of those below it is meant."""
        fact = self.speaker.fact(item.name)
        return (
            fact is not None
            and fact.kind is Kind.CODE
            and not item.records
            and self.speaker.value(item.name) is not None
        )

    def _wanted(self, item: Missing) -> Iterator[str]:
        """Which record is looked for, where a rule wants one and it is known which; of a code that one more precise is."""
        if self._too_short(item):
            code = str(self.speaker.value(item.name))
            yield self.speaker.say(
                "{code} comprende più codici, e la risposta cambia dall'uno all'altro: serve quello più preciso",
                code=code,
            )
        for record in item.wanted:
            if relation := self._relation(item.name, record):
                yield relation
                continue
            said = [
                f"{self.speaker.label(f'{item.name}.{name}')}: {self.speaker.in_words(f'{item.name}.{name}', value)}"
                for name, value in record
            ]
            yield self.speaker.say("serve la riga con {what}", what=self.speaker.language.listed(said))

    def _relation(self, table: str, record: Wanted) -> str:
        """Whether one undertaking is joined to the applicant, either way: its part in the relation is not known; "" of other records."""
        for field in self._between_two(table):
            if {name for name, _ in record} < set(field.determined_by):
                (who,) = (value for _, value in record)
                return self.speaker.say(
                    "fra l'impresa e {who} c'è controllo, in un verso o nell'altro? Se non c'è, si dice con una riga in cui «{control}» è no",
                    who=str(who), control=self.speaker.label(f"{table}.{field.name}"),
                )  # fmt: skip
        return ""

    def _between_two(self, table: str) -> list[Fact]:
        """The fields of a table that two others of its record determine: what holds between two undertakings."""
        found = self.speaker.book.tables.get(table)
        return [field for field in found.fields.values() if len(field.determined_by) == 2] if found else []

    def _with_records(self, text: str, item: Missing) -> str:
        if not item.records:
            return text
        return self.speaker.say("{what} – per {records}", what=text,
                                records=self.speaker.language.listed(self._shown(item)))  # fmt: skip

    def _unpublished(self, name: str) -> Line:
        speaker = self.speaker
        parameter = speaker.book.parameters.get(name)
        tension = speaker.tension(name)
        if tension is not None:
            told = self._disagreeing(tension)
            return Line(told[:1].upper() + told[1:], Mark.OPEN, str(tension.cite))
        reducing = next((rule for rule in speaker.book.conditions if rule.id == name and rule.reduces), None)
        if reducing is not None:
            what = speaker.say("di quanto riduce l'importo «{what}»", what=speaker.sentence(reducing))
            return Line(what, Mark.OPEN, str(reducing.cite))
        if parameter is None:
            return self._unknown_law(name)
        value = speaker.period.law.values(parameter)[-1]
        details = why_unknown(speaker, parameter, value)
        bounds: Shown = speaker.value(name)
        # Every share lies between nothing and the whole: that it does says nothing of this one, which may be a yes or a no.
        any_share = parameter.type.unit == SHARE and bounds == Range(0, 1)
        if isinstance(bounds, Range) and not value.readings and not any_share:
            span = speaker.figures.span(bounds, parameter.type.unit)
            details.append(speaker.say("si sa solo che sta {span}", span=span))
        return Line(speaker.label(name), Mark.OPEN, str(value.citation), details=tuple(details))

    def _disagreeing(self, tension: Tension) -> str:
        """Each reading of a tension."""
        texts = (self.speaker.filled(text).removesuffix(".") for text in tension.readings.values())
        return disagreeing(self.speaker, tension.disagree, texts)

    def _differing(self, items: list[Missing]) -> Iterator[str]:
        """Values that have several readings, those together of which the readings are of the same."""
        speaker, kinds = self.speaker, dict[Apart, list[str]]()
        for item in items:
            value = speaker.period.law.values(speaker.book.parameters[item.name])[-1]
            kinds.setdefault(apart_of(value.readings), []).append(self._named(item))
        for apart, labels in kinds.items():
            yield disagreeing_on(speaker, apart, speaker.language.listed(labels, most=_MOST_NAMED))

    def _unknown_law(self, name: str) -> Line:
        """A value of the law beneath every measure that no source gives on the day: which days, and by which act."""
        speaker = self.speaker
        rows = [] if "/" not in name else [row for row in dated_table(name).rows if UNKNOWN in row.texts.values()]
        first = speaker.period.law.day.toordinal()
        live = [row for row in rows if row.until is None or row.until >= first]
        since = (dt.date.fromordinal(row.since) for row in live)
        details = [
            speaker.say("nessuna delle fonti lette lo dà dal {day}", day=speaker.figures.day(day)) for day in since
        ]
        cite = str(live[-1].citation) if live else ""
        return Line(speaker.label(name), Mark.OPEN, cite, details=tuple(details))

    def _undefined(self, name: str) -> str:
        if name in self.speaker.book.tables:
            table = self.speaker.label(name)
            return self.speaker.say("in «{table}» la riga che serve manca, o non è una sola", table=table)
        return self.speaker.label(name)
