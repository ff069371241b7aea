# SPDX-License-Identifier: Apache-2.0
"""The legal values of a measure: typed by what they say, dated, cited, with the bounds of those no source gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Mapping as Map
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.ground.place import nearest
from misure.ground.record import replaced
from misure.ground.truth import worst
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.literals import ReadValue, Unreadable, one_value
from misure.reading.forms.rules import (
    AnyParameter,
    BoundedForm,
    CiteForm,
    OneParameter,
    ParameterForm,
    ValueForm,
    ValueReadingForm,
)
from misure.reading.measures.citations import ANCHORS, citation_of
from misure.reading.measures.draft import Draft
from misure.reading.measures.values.cells import Tables, choices_named
from misure.reading.text.written import Written
from misure.rulebook.acts import CHANGED, ValueReading
from misure.rulebook.expression import Type
from misure.rulebook.rules import Citation, Parameter, Value

__all__ = ["read_parameters"]

_Dated: TypeAlias = list[tuple[Written | None, ValueForm]]


def read_parameters(forms: dict[Written, AnyParameter], draft: Draft, law_of: str) -> Tables:
    """Read every parameter, and let expressions use it: a table of the act cell by cell. The tables come back."""
    tables = Tables(forms, draft)
    for name, form in tables.parameters:
        fresh = draft.claim(name)
        before = len(draft.faults)
        parameter = _Reader(name, draft).read(form, law_of)
        if parameter is None or len(draft.faults) > before:
            draft.scope.broken.names.add(str(name))
        if parameter is not None and fresh:
            draft.parameters[parameter.name] = parameter
            draft.know(parameter.name, "parameter", parameter.type, parameter.place)
    tables.register()
    return tables


class _Reader:
    """Reads one parameter."""

    def __init__(self, name: Written, draft: Draft) -> None:
        self.name, self.draft = name, draft

    def read(self, form: OneParameter, law_of: str) -> Parameter | None:
        long = form if isinstance(form, ParameterForm) else None
        entries = self._entries(form)
        dated = [(self._since(key), key, value) for key, value in entries]
        values = [
            (found, key) for since, key, value in dated if since and (found := self._value(since, key, value, long))
        ]
        if not values or len(values) < len(entries):
            return None
        self._ascending([(since, key) for since, key, _ in dated if since and key is not None])
        kind = self._with_edition(self._one_type([(kind, where) for (kind, _, where), _ in values]), long)
        if long is not None and long.choices_of is not None:
            self._of_choices(kind, long.choices_of, long)
        changes = {since: self._change(key, value) for since, key, value in dated if since and key is not None}
        anchor = ANCHORS[(long.anchor if long and long.anchor else law_of)]
        own = {str(id_) for _, _, one in dated if isinstance(one, BoundedForm) for id_ in one.provision}
        provisions = [*map(str, long.provision if long else ()), *sorted(own)]
        return Parameter(
            name=str(self.name),
            type=kind,
            values=tuple(self._with_changes([value for (_, value, _), _ in values], changes)),
            anchor=anchor,
            label=str(long.label or "") if long else "",
            provisions=tuple(dict.fromkeys(provisions)),
            for_information=bool(long and long.for_information == "yes"),
            place=self.name.place,
        )

    def _entries(self, form: OneParameter) -> _Dated:
        if isinstance(form, ParameterForm):
            if form.values is not None:
                if form.is_ is not None or form.unknown is not None:
                    self._fault(self.name, "'values' stands alone, without 'is' or 'unknown'")
                return list(form.values.items())
            return [(None, form)]
        return list(form.items()) if isinstance(form, dict) else [(None, form)]

    def _since(self, key: Written | None) -> dt.date | None:
        return self.draft.register.first_day if key is None else self.draft.date(key, self.name)

    def _ascending(self, days: list[tuple[dt.date, Written]]) -> None:
        for (before, _), (after, key) in pairwise(days):
            if after <= before:
                self._fault(key, f"the days do not ascend: {after} stands after {before}")
        first = self.draft.register.first_day
        if days and min(day for day, _ in days) > first:
            self._fault(days[0][1], f"the first value starts on {days[0][0]}, after the first edition on {first}")

    def _one_type(self, kinds: list[tuple[Type, Written]]) -> Type:
        first = kinds[0][0]
        choices: dict[str, None] = {}
        for kind, where in kinds:
            choices.update(dict.fromkeys(kind.choices))
            if (kind.kind, kind.unit) != (first.kind, first.unit):
                self._fault(where, f"this is {in_words(kind)}, and the first value is {in_words(first)}")
        return Type(first.kind, first.unit, first.decimals, tuple(choices), first.scheme)

    def _with_edition(self, kind: Type, long: ParameterForm | None) -> Type:
        """The type of a list of codes, with the edition of the classification in which they are codes, or the editions that the act names."""
        if long is None or long.edition is None:
            return kind
        editions = long.edition if isinstance(long.edition, tuple) else (long.edition,)
        if kind.kind != "list" or kind.unit:
            self._fault(editions[0], f"'edition' belongs to a list of codes, and this is {in_words(kind)}")
            return kind
        self.draft.distinct(editions, self.name)
        return replaced(kind, scheme=" ".join(editions))

    def _of_choices(self, kind: Type, of: Written, long: ParameterForm) -> None:
        """A list of choices says of which fact: its words are looked at here, and so is what is asked of it, though no word of it be known."""
        choices = choices_named(of, self.name, self.draft)
        if choices is None:
            return
        if kind.kind != "list" or kind.unit or long.edition is not None:
            self._fault(of, "'choices_of' belongs to a list of choices")
            return
        for word in kind.choices:
            if word not in choices:
                where = next((one for one in _words_of(long) if one == word), of)
                self._fault(where, f"{word!r} is not one of the choices of {str(of)!r}", nearest(word, choices))
        self.draft.scope.lists[str(self.name)] = (str(of), tuple(choices))

    def _value(
        self, since: dt.date, key: Written | None, form: ValueForm, long: ParameterForm | None
    ) -> tuple[Type, Value, Written] | None:
        bounded = form if isinstance(form, BoundedForm) else None
        stated = bounded.is_ if bounded else form
        assert not isinstance(stated, BoundedForm)
        if bounded and bounded.readings:
            return self._of_readings(since, key, bounded, long)
        listed = long is not None and (long.edition is not None or long.choices_of is not None)
        listed = listed and not (bounded and (bounded.unit or bounded.between))
        if bounded and bounded.is_ is None and bounded.unknown is not None and listed:
            stated = ()
        elif bounded and (bounded.is_ is None) == (bounded.unknown is None) and not isinstance(bounded.is_, tuple):
            self._fault(key or self.name, "a value says what it 'is', why it is 'unknown', or its 'readings'")
            return None
        if bounded and bounded.unknown is None and (bounded.unit or (bounded.between and key is None)):
            self._fault(key or self.name, "'between' and 'unit' belong to a value that is unknown")
        known = unknown = None
        least: int | Fraction = 0
        greatest: int | Fraction = 0
        where = key or self.name
        if stated is not None:
            reading = self._stated(stated)
            if reading is None:
                return None
            kind, known = reading.type, reading.known
            unknown = bounded.unknown if bounded else None
            if unknown is not None and kind.unit:
                self._fault(unknown, "a list of codes or of choices may be known in part, and this is one of numbers")
            if kind.kind in ("number", "date"):
                assert isinstance(known, (int, Fraction))
                least = greatest = known
        else:
            assert bounded is not None
            found = self._bounds(bounded)
            if found is None:
                return None
            (kind, least, greatest), unknown = found, bounded.unknown
        register = self.draft.register
        cite = self._cite(since, bounded, long)
        read_in = (bounded.read_in if bounded else None) or (long.read_in if long else None)
        inferred = (bounded.inferred if bounded else None) or (long.inferred if long else None)
        value = Value(
            since=since, known=known, unknown=str(unknown or ""), least=least, greatest=greatest,
            confidence=register.confidence(read_in, inferred, None, str(self.name)), inferred=str(inferred or ""),
            citation=cite, source=str(read_in or "act"), place=where.place,
            bounds_given=bool(bounded and bounded.between),
        )  # fmt: skip
        return kind, value, where

    def _of_readings(
        self, since: dt.date, key: Written | None, form: BoundedForm, long: ParameterForm | None
    ) -> tuple[Type, Value, Written] | None:
        """A value on which sources do not agree: whatever one of them has, it may be."""
        where = key or self.name
        if form.is_ is not None or form.unknown is not None or form.between or form.unit is not None:
            self._fault(where, "'readings' stand alone, without 'is', 'unknown', 'between' or 'unit'")
            return None
        found = list(self._readings(since, form, long))
        why = form.readings.get(Written("why"))
        if not isinstance(why, Written):
            self._fault(where, "'readings' say under 'why' in what the sources do not agree")
        if len(found) < len(form.readings) - (why is not None):
            return None
        if len(found) < 2:
            self._fault(where, "name at least two readings, each under an id of its own, or say what the value 'is'")
            return None
        kind = self._one_type([(kind, place) for kind, _, place in found])
        known = [reading.known for _, reading, _ in found]
        if all(set(one) == set(known[0]) if isinstance(one, tuple) else one == known[0] for one in known):  # type: ignore[arg-type]
            self._fault(where, "the readings all say the same: then that is what the value 'is'")
            return None
        register, lists = self.draft.register, [one for one in known if isinstance(one, tuple)]
        sure = tuple(item for item in lists[0] if all(item in one for one in lists)) if lists else None
        also = tuple(dict.fromkeys(item for one in lists for item in one if item not in (sure or ())))
        numbers = [one for one in known if not isinstance(one, tuple)] or [0]
        value = Value(
            since=since, known=sure, unknown=str(why or ""), least=min(numbers), greatest=max(numbers),
            confidence=worst(*(reading.confidence for _, reading, _ in found)), inferred=str(form.inferred or ""),
            citation=found[0][1].citation, source=str(form.read_in or "act"), place=where.place, bounds_given=True,
            readings=tuple(reading for _, reading, _ in found), also=also,
        )  # fmt: skip
        if form.read_in is not None:
            register.source(form.read_in, str(self.name))
        return kind, value, where

    def _readings(
        self, since: dt.date, form: BoundedForm, long: ParameterForm | None
    ) -> Iterator[tuple[Type, ValueReading, Written]]:
        """Each reading that can be read, with its type and its place."""
        register = self.draft.register
        for id_, one in form.readings.items():
            if id_ == "why":
                continue
            longer = one if isinstance(one, ValueReadingForm) else None
            read = self._stated(longer.is_ if longer else one)  # type: ignore[arg-type]
            if read is None:
                continue
            if read.type.kind not in ("number", "date") and (read.type.kind != "list" or read.type.unit):
                self._fault(id_, f"readings are of numbers, days, or lists of words, and this is {in_words(read.type)}")
                continue
            own = BoundedForm.model_construct(
                is_=None, act=(longer and longer.act) or form.act, at=(longer and longer.at) or form.at
            )
            read_in = (longer and longer.read_in) or form.read_in or (long.read_in if long else None)
            sure = register.confidence(read_in, None, None, str(self.name))
            assert not isinstance(read.known, str)
            reading = ValueReading(str(id_), read.known, self._cite(since, own, long), sure)  # type: ignore[arg-type]
            yield read.type, reading, id_

    def _change(self, key: Written, form: ValueForm) -> tuple[dt.date, dt.date] | None:
        """The first and the last day on which a known value may have come into force; None where its day is known."""
        if not isinstance(form, BoundedForm) or form.is_ is None or not form.between:
            return None
        first, last = (self.draft.date(day, self.name) for day in form.between)
        surely = self.draft.date(key, self.name)
        if first is None or last is None or surely is None:
            return None
        if last != surely:
            self._fault(form.between[1], f"the value surely stands from {last} on, so that is its day, not {surely}")
        if first >= last:
            self._fault(form.between[0], "the first day of the change comes before the last")
        return first, last

    def _with_changes(
        self, values: list[Value], changes: Map[dt.date, tuple[dt.date, dt.date] | None]
    ) -> Iterator[Value]:  # fmt: skip
        """The values, with what is known of each on the days between which it may have come into force."""
        before: Value | None = None
        for value in values:
            change = changes.get(value.since)
            if change is not None and before is not None:
                if change[0] <= before.since:
                    self._fault(self.name, f"a change from {change[0]} on begins before the value that it changes")
                if isinstance(value.known, tuple | str) or isinstance(before.known, tuple | str):
                    self._fault(self.name, "the day of a change is known, or what changes is a number or a day")
                else:
                    least, greatest = min(before.least, value.least), max(before.greatest, value.greatest)
                    yield replaced(value, since=change[0], known=None, unknown=CHANGED, least=least, greatest=greatest,
                                   bounds_given=True)  # fmt: skip
            elif change is not None:
                self._fault(self.name, "the first value changes nothing: it has no 'between'")
            yield value
            before = value

    def _cite(self, since: dt.date, bounded: BoundedForm | None, long: ParameterForm | None) -> Citation:
        register = self.draft.register
        act = (bounded.act if bounded else None) or (long.act if long else None)
        at = (bounded.at if bounded else None) or (long.at if long else None)
        if act is not None:
            return register.citation(CiteForm.model_construct(act=act, at=at, read_in=None), str(self.name))
        ruling = register.acts.get(register.edition_act(since))
        return citation_of(ruling, str(at or "")) if ruling else Citation("", "", str(at or ""))

    def _stated(self, stated: Written | tuple[Written, ...]) -> ReadValue | None:
        if isinstance(stated, Written):
            return self._one(stated)
        if all(" " not in item for item in stated) and not any(item[:1].isdigit() and "%" in item for item in stated):
            return self._words(stated)
        readings = [self._one(item) for item in stated]
        found = [reading for reading in readings if reading]
        if len(found) < len(readings):
            return None
        first = found[0].type
        for reading, item in zip(found, stated, strict=True):
            if reading.type != first:
                self._fault(item, f"the list holds {in_words(first)} first, and then {in_words(reading.type)}")
        numbers = tuple(reading.known for reading in found if isinstance(reading.known, int))
        if len(numbers) < len(found):
            self._fault(stated[0], "a list holds codes, choices, or numbers with a unit")
            return None
        return ReadValue(Type("list", first.unit, first.decimals), numbers)

    def _words(self, stated: tuple[Written, ...]) -> ReadValue:
        seen: set[str] = set()
        for item in stated:
            if item in seen:
                self._fault(item, f"{str(item)!r} stands in the list twice")
            seen.add(item)
        words = tuple(map(str, stated))
        return ReadValue(Type("list", choices=words), words)

    def _one(self, text: Written) -> ReadValue | None:
        try:
            return one_value(text, self.draft.vocabulary.units)
        except Unreadable as problem:
            self._fault(text, problem.message, problem.suggestion)
            return None

    def _bounds(self, form: BoundedForm) -> tuple[Type, int | Fraction, int | Fraction] | None:
        """The type of a value that no source gives, and the bounds within which it lies."""
        units = self.draft.vocabulary.units
        if form.between:
            low, high = self._one(form.between[0]), self._one(form.between[1])
            if low is None or high is None:
                return None
            if low.type != high.type or low.type.kind not in ("number", "date"):
                self._fault(form.between[1], "the two bounds are days, or numbers of the same unit")
                return None
            assert isinstance(low.known, (int, Fraction)) and isinstance(high.known, (int, Fraction))
            if low.known > high.known:
                self._fault(form.between[0], "the first bound is more than the second")
            if form.unit is not None and form.unit != (low.type.unit or "date"):
                self._fault(form.unit, f"the bounds are not in the unit {str(form.unit)!r}")
            return low.type, low.known, high.known
        if form.unit is None:
            self._fault(form.unknown or self.name, "an unknown value has bounds under 'between', or a 'unit'")
            return None
        if form.unit == "date":
            return Type("date"), FIRST_DAY, LAST_DAY
        unit = units.get(form.unit)
        if unit is None:
            self._fault(form.unit, f"no unit is called {str(form.unit)!r}", nearest(form.unit, [*units, "date"]))
            return None
        kind = Type("number", unit.name, unit.decimals)
        if unit.name == "share":
            return kind, Fraction(0), Fraction(1)
        return kind, unit.least, unit.greatest

    def _fault(self, where: Written, message: str, suggestion: str | None = None) -> None:
        self.draft.fault(where, self.name, message, suggestion)


def _words_of(form: ParameterForm) -> Iterator[Written]:
    """The words of a list, with their places."""
    values = [form, *(form.values or {}).values()]
    for value in values:
        told = value.is_ if isinstance(value, BoundedForm) else value
        yield from told if isinstance(told, tuple) else ()
        for reading in value.readings.values() if isinstance(value, BoundedForm) else ():
            words = reading.is_ if isinstance(reading, ValueReadingForm) else reading
            yield from words if isinstance(words, tuple) else ()
