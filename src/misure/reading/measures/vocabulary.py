# SPDX-License-Identifier: Apache-2.0
"""From vocabulary files to the units, facts and tables that rules may name; all the faults of all the files at once."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Map
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import Final, TypeAlias

from misure.facts.codes import slips
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, TIME, Fact, Kind, Nature, Table, Unit, Vocabulary
from misure.ground.money import decimal_text
from misure.ground.place import Fault, Place, nearest
from misure.ground.times import LAST_TIME, TIME_DECIMALS
from misure.identifiers.forms import KINDS, LONGEST
from misure.reading.expressions.literals import Unreadable, day, scaled, share, whole
from misure.reading.forms.vocabulary import (
    AskedForm,
    FactForm,
    FlagForm,
    ImpliedForm,
    TableForm,
    UnitForm,
    VocabularyForm,
)  # fmt: skip
from misure.reading.measures.fields import FieldsOfARecord
from misure.reading.measures.orders import Orders
from misure.reading.text.left_out import LeftOut
from misure.reading.text.written import Written

__all__ = ["RESERVED", "Glossary", "Sections", "across", "is_name"]

Sections: TypeAlias = Map[str, Map[str, tuple[str, ...]]]
"""Classification -> section -> its divisions."""

RESERVED: Final = frozenset(
    "count sum any all min max only days months years working_days year happened within half_up down on score".split()
)
"""Words of the expressions, which nothing else may be called."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_MOST_TEXT = 10_000
_MOST_ITEMS = 100_000
_MOST = 10**15
"""No bound lies beyond it, so that sums and products over a table can still be held in 63 bits."""


def is_name(text: str) -> bool:
    """Whether a text can be the name of something: ASCII snake_case, at most 64 letters, no word of the expressions.

    >>> is_name("lombard_firms"), is_name("Imprese"), is_name("sum")
    (True, False, False)
    """
    return bool(_NAME.fullmatch(text)) and text not in RESERVED and not keyword.iskeyword(text)


class Glossary:
    """Gathers what the files declare; `vocabulary` is what they declare together."""

    def __init__(
        self, faults: list[Fault], sections: Sections, base: Vocabulary | None = None, left: LeftOut | None = None
    ) -> None:  # fmt: skip
        self.faults, self.sections = faults, sections
        self.units: dict[str, Unit] = dict(base.units) if base else {}
        self.broken = left.copy() if left else LeftOut()
        """Facts and units that are declared and faulty: what uses them is not blamed for it."""
        self.facts: dict[str, Fact] = dict(base.facts) if base else {}
        self.tables: dict[str, Table] = dict(base.tables) if base else {}
        self._places: dict[str, Place] = {name: fact.place for name, fact in self.facts.items()}
        self._places.update((name, table.place) for name, table in self.tables.items())
        self._references: list[tuple[Written, Written]] = []
        self._implied: list[tuple[Written, ImpliedForm]] = []
        self.orders = Orders(faults)
        self.fields = FieldsOfARecord(faults)

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(MappingProxyType(self.units), MappingProxyType(self.facts), MappingProxyType(self.tables))

    def declare_units(self, forms: Iterable[VocabularyForm]) -> None:
        """Units come first: facts of any file may use them."""
        first: dict[str, Place] = {}
        for form in forms:
            for name, unit in form.units.items():
                if name in first:
                    self._fault(name, name, f"the unit is declared twice; first at {first[name]}")
                    continue
                first[str(name)] = name.place
                if read := self._unit(name, unit):
                    self.units[str(name)] = read
                else:
                    self.broken.names.add(str(name))

    def declare(self, form: AskedForm) -> None:
        """Facts, flags, events and tables of one file."""
        for name, fact in form.facts.items():
            fresh, read = self._named(name), self._fact(name, fact)
            if read is None:
                self.broken.names.add(str(name))
            elif fresh:
                self.facts[str(name)] = read
        for name, flag in form.flags.items():
            if self._named(name):
                self._implied += [(name, implied) for implied in flag.implied_by]
                read = _flag(name, Kind.TRUTH, flag, self._beginnings(flag.implied_by))
                self.facts[str(name)] = replace(read, only_if=self.orders.presupposed(name, flag))
        for name, event in form.events.items():
            if self._named(name):
                orders = self.orders.of(name, event, day=True)
                self.facts[str(name)] = replace(_flag(name, Kind.EVENT, event), **orders)
        for name, table in form.tables.items():
            if self._named(name):
                self.tables[str(name)] = self._table(name, table)

    def check_references(self) -> None:
        """A fault for what refers to a table or to a code that no file declares; asked when all have been taken."""
        for name, table in self._references:
            if table not in self.tables and table not in self.broken:
                self._fault(table, name, f"no table is called {str(table)!r}", nearest(table, self.tables))
        for name, implied in self._implied:
            self._check_implied(name, implied)
        self.orders.check(self.facts, self.tables, self.broken)

    def _beginnings(self, forms: Iterable[ImpliedForm]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What each fact's code begins with where it implies a truth; a section is its divisions."""
        return tuple(
            (str(form.fact), tuple(chain(*(sections.get(code, (str(code),)) for code in form.codes))))
            for form in forms
            for sections in [self.sections.get(form.edition, {})]
        )

    def _check_implied(self, name: Written, form: ImpliedForm) -> None:
        fact = self.facts.get(form.fact)
        if (fact is None or fact.kind is not Kind.CODE) and form.fact not in self.broken:
            known = [other for other, one in self.facts.items() if one.kind is Kind.CODE]
            message = f"no fact that is a code is called {str(form.fact)!r}"
            self._fault(form.fact, name, message, nearest(form.fact, known))
        if form.edition not in self.sections:
            self._one_of(form.edition, name, "classification", self.sections)
        elif fact is not None and fact.kind is Kind.CODE and form.edition != fact.scheme:
            self._fault(form.edition, name, across(f"{fact.name!r}", fact.scheme, "the codes", form.edition))
        if not form.codes:
            self._fault(form.fact, name, "no code is listed that implies it")
        for slip in (
            slips(form.codes, form.edition, self.sections[form.edition]) if form.edition in self.sections else ()
        ):
            self._fault(form.codes[slip.at], name, slip.message, slip.suggestion)

    def _named(self, name: Written) -> bool:
        """Take a name; False when something has it already."""
        if not is_name(name):
            self._fault(name, name, "a name is English snake_case in plain letters, and no word of the expressions")
        if name in self._places:
            self._fault(name, name, f"the name is declared twice; first at {self._places[name]}")
            return False
        self._places[str(name)] = name.place
        return True

    def _unit(self, name: Written, form: UnitForm) -> Unit | None:
        decimals = 0 if form.decimals is None else self._value(name, form.decimals, lambda text: whole(text, 0, 9))
        if decimals is None:
            return None
        least = self._value(name, form.least, lambda text: scaled(text, decimals))
        greatest = self._value(name, form.greatest, lambda text: scaled(text, decimals))
        if least is None or greatest is None:
            return None
        if form.counts == "yes" and decimals:
            self._fault(name, name, "what is counted has no decimals")
        self._order(name, form.least, least, greatest)
        if name == TIME and (decimals, least, greatest) != (TIME_DECIMALS, 0, LAST_TIME):
            known = f"{TIME_DECIMALS} decimals, from 0 to {decimal_text(LAST_TIME, TIME_DECIMALS)}"
            self._fault(name, name, f"the unit {TIME!r} is of times of day, in seconds from midnight: {known}")
            return None
        it, en = form.it, form.en
        words = (str(it.one), str(it.many)), (str(en.one), str(en.many))
        return Unit(str(name), decimals, least, greatest, form.counts == "yes", *words)

    def _order(self, name: Written, where: Written, least: int, greatest: int) -> None:
        if least > greatest:
            self._fault(where, name, "the least is more than the greatest")
        if max(abs(least), abs(greatest)) > _MOST:
            self._fault(where, name, "the bounds are too wide to be computed with")

    def _fact(self, name: Written, form: FactForm, *, table: str = "") -> Fact | None:
        given = [key for key in ("unit", "choices", "code", "identifier", "text") if getattr(form, key) is not None]
        given += [key for key in ("date", "flag", "event") if getattr(form, key) == "yes"]
        if len(given) != 1 or (given in (["flag"], ["event"]) and not table):
            flags = "what happens stands under 'events'" if given == ["event"] else "a yes or no stands under 'flags'"
            place = "" if table else f"; {flags}"
            said = " and ".join(given) or "nothing"
            self._fault(
                name, name, f"one of unit, choices, code, identifier, text, date says what it is, not {said}{place}"
            )
            return None
        bounds: tuple[int, int] = (0, 0)
        decimals = 0
        if given in (["unit"], ["date"], ["event"]):
            found = self._bounds(name, form)
            if found is None:
                return None
            *bounds_found, decimals = found
            bounds = (bounds_found[0], bounds_found[1] + len(form.beyond or ()))
        elif any(key is not None for key in (form.least, form.greatest, form.decimals)):
            self._fault(name, name, "bounds and decimals belong to numbers and days only")
        if form.beyond and (given != ["unit"] or decimals or form.unit == TIME):
            self._fault(name, name, "'beyond' are words told in the place of a whole number")
        if form.text is not None:
            bounds = (0, self._whole(name, form.text, 1, _MOST_TEXT))
        if form.identifier is not None:
            bounds = (0, LONGEST.get(form.identifier, _MOST_TEXT))
            self._one_of(form.identifier, name, "identifier", KINDS)
        if form.code is not None:
            self._one_of(form.code, name, "classification", self.sections)
        if form.refers_to is not None:
            self._references.append((name, form.refers_to))
            if given != ["text"]:
                self._fault(form.refers_to, name, "what refers to a table is a 'text', as the keys of its records are")
        if not table:
            self.fields.outside(name, form)
        worded = form.choices or form.beyond or {}
        choices = {str(key): str(label) for key, label in worded.items()}
        for choice in worded:
            if not _NAME.fullmatch(choice):
                self._fault(choice, name, f"the choice {str(choice)!r} is not snake_case in plain letters")
        if given == ["choices"] and len(choices) < 2:
            self._fault(name, name, "a choice is between two at least")
        return Fact(
            str(name), _KINDS[given[0]], str(form.unit or ""), decimals, *bounds, MappingProxyType(choices),
            str(form.code or ""), Nature(form.nature), str(form.label), str(form.question or ""), name.place,
            tuple(sorted(chain(*self.sections.get(form.code or "", {}).values()))), str(form.identifier or ""),
            str(form.refers_to or ""),
            tuple(map(str, form.replaces)), determined_by=tuple(map(str, form.determined_by)),
            other_than=str(form.other_than or ""), **self.orders.of(name, form, table, day=given in (["date"], ["event"])),
        )  # fmt: skip

    def _one_of(self, said: Written, name: Written, what: str, known: Iterable[str]) -> None:
        if said not in known:
            self._fault(said, name, f"no {what} is called {str(said)!r}", nearest(said, known))

    def _bounds(self, name: Written, form: FactForm) -> tuple[int, int, int] | None:
        """The bounds and the decimals of a number or a day."""
        least: int | None = FIRST_DAY
        greatest: int | None = LAST_DAY
        decimals: int | None = 0
        if form.unit is None:
            if form.least is not None:
                least = self._value(name, form.least, lambda text: day(text).toordinal())
            if form.greatest is not None:
                greatest = self._value(name, form.greatest, lambda text: day(text).toordinal())
        else:
            unit = self.units.get(form.unit)
            if unit is None:
                if form.unit not in self.broken:
                    self._fault(
                        form.unit, name, f"no unit is called {str(form.unit)!r}", nearest(form.unit, self.units)
                    )
                return None
            if unit.name == TIME:
                for own in (form.least, form.greatest, form.decimals):
                    if own is not None:
                        self._fault(
                            own, name, "a time of day lies between midnight and midnight: it has no bounds of its own"
                        )
                return unit.least, unit.greatest, unit.decimals
            if form.least is None or form.greatest is None:
                missing = "least" if form.least is None else "greatest"
                self._fault(name, name, f"a number has bounds: {missing!r} is missing")
                return None
            decimals = unit.decimals
            if form.decimals is not None:
                decimals = self._value(name, form.decimals, lambda text: whole(text, 0, 9))
            places = decimals if decimals is not None else unit.decimals
            least = self._value(name, form.least, lambda text: _bound(text, places, unit))
            greatest = self._value(name, form.greatest, lambda text: _bound(text, places, unit))
        if least is None or greatest is None or decimals is None:
            return None
        self._order(name, form.least or name, least, greatest)
        return least, greatest, decimals

    def _table(self, name: Written, form: TableForm) -> Table:
        fields: dict[str, Fact] = {}
        for field, fact in form.fields.items():
            if not _NAME.fullmatch(field) or keyword.iskeyword(field):
                self._fault(field, name, f"the field {str(field)!r} is not snake_case in plain letters")
            if read := self._fact(field, fact, table=str(name)):
                fields[str(field)] = read
        for key in (form.key, form.name or form.key):
            if key not in form.fields and key not in self.broken:
                self._fault(key, name, f"no field is called {str(key)!r}", nearest(key, form.fields))
        faulty = form.identity in self.broken or (form.identity in form.fields and form.identity not in fields)
        if form.identity is not None and not faulty and not getattr(fields.get(form.identity), "identifier", ""):
            right = [field for field, fact in fields.items() if fact.identifier]
            message = f"the identity of a table is a field with an 'identifier'; {str(form.identity)!r} is none"
            self._fault(form.identity, name, message, nearest(form.identity, right))
        self.fields.check(name, form, fields)
        counted = self.units.get(form.unit) if form.unit is not None else None
        if form.unit is not None and form.unit not in self.broken and not (counted and counted.counts):
            counting = [unit for unit, known in self.units.items() if known.counts]
            self._fault(
                form.unit, name, f"no unit that counts is called {str(form.unit)!r}", nearest(form.unit, counting)
            )
        most = self._whole(name, form.max_items, 1, _MOST_ITEMS)
        return Table(
            str(name), str(form.key), str(form.name or form.key), most, MappingProxyType(fields), str(form.unit or ""),
            str(form.label), str(form.question or ""), name.place, str(form.identity or ""),
        )  # fmt: skip

    def _whole(self, name: Written, text: Written, least: int, greatest: int) -> int:
        found = self._value(name, text, lambda said: whole(said, least, greatest))
        return greatest if found is None else found

    def _value(self, name: Written, text: Written, read: Callable[[Written], int]) -> int | None:
        try:
            return read(text)
        except Unreadable as problem:
            self._fault(text, name, problem.message, problem.suggestion)
            return None

    def _fault(self, where: Written, subject: str, message: str, suggestion: str | None = None) -> None:
        self.faults.append(Fault(where.place, str(subject), message, suggestion))


_KINDS = {
    "unit": Kind.NUMBER, "choices": Kind.CHOICE, "code": Kind.CODE, "identifier": Kind.TEXT, "text": Kind.TEXT,
    "date": Kind.DATE, "flag": Kind.TRUTH, "event": Kind.EVENT,
}  # fmt: skip


def _bound(text: Written, decimals: int, unit: Unit) -> int:
    if unit.name == "share" and text.endswith("%"):
        exact = share(text) * 10**decimals
        if exact.denominator != 1:
            raise Unreadable(f"{text} has more than {decimals} decimals as a share")
        return int(exact)
    return scaled(text, decimals)


def across(one: str, edition: str, others: str, other_edition: str) -> str:
    """Why codes of two editions of a classification are not compared, and what to do."""
    return (
        f"{one} is of {edition} and {others} of {other_edition}: one code means different things in two editions; "
        "ask a fact for each edition, with a list of its own, or list the codes that the official table of correspondence gives"
    )


def _flag(name: Written, kind: Kind, form: FlagForm, implied_by: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Fact:
    least, greatest = (FIRST_DAY, LAST_DAY) if kind is Kind.EVENT else (0, 0)
    return Fact(
        str(name), kind, least=least, greatest=greatest, nature=Nature(form.nature), label=str(form.label),
        question=str(form.question or ""), place=name.place, implied_by=implied_by,
    )  # fmt: skip
