# SPDX-License-Identifier: Apache-2.0
"""How each thing that a condition reads by name is found in a decision: worked out once for each period of days.

A legal value is a constant of the period, a fact a place in the dossier, a definition or an amount a place in what the
printed program returned. So reading a finding costs no more than a few look-ups.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from misure.deciding.values import Range, Shown, day_of, day_within, number_of
from misure.facts.vocabulary import TIME, Fact, Kind, Table
from misure.ground.times import LAST_TIME, clock_time
from misure.ground.truth import Truth
from misure.rulebook.acts import ValueReading
from misure.rulebook.expression import Aggregate, Call, Expr, Name, names, walk
from misure.rulebook.headroom_calls import headrooms_asked
from misure.rulebook.points import criteria_of
from misure.rulebook.rules import Condition, Parameter, Rulebook, Value

if TYPE_CHECKING:
    from misure.deciding.explaining import Explaining
    from misure.deciding.printed_period import Answers, PrintedPeriod
    from misure.program.period import Period

__all__ = ["MONEY", "Reader", "Readers", "amount_key", "parameter_value"]

Reader: TypeAlias = "Callable[[Explaining], Shown]"
MONEY = 2
"""The decimals of an amount in euro."""


def amount_key(book: Rulebook, name: str) -> str:
    """The output in which an amount of a shape stands, by the name under which rules read it."""
    spending = book.spending
    for plan in spending.plans if spending else ():
        if name == plan.total:
            return f"spending.{plan.id}.total"
        if name.startswith(f"{plan.id}."):
            return f"spending.{name}" + ("" if name.endswith((".requested", ".cap")) else ".admitted")
    if spending and any(line.id == name for line in spending.lines):
        return f"spending.{spending.plans[0].id}.{name}.admitted"
    return f"support.{name}"


def parameter_value(period: Period, parameter: Parameter) -> Shown:
    """The legal value of the period: exact, a range where no source gives it, None where nothing bounds it."""
    live = period.law.values(parameter)
    if parameter.type.kind not in ("number", "date"):
        known = live[-1].known
        if not isinstance(known, tuple):
            return str(known)
        return tuple(item if isinstance(item, str) else _shown(parameter, item) for item in known)
    if len(live) == 1 and live[0].known is None and not live[0].bounds_given:
        return None
    ends = [_ends(value) for value in live]
    least, greatest = min(lo for lo, _ in ends), max(hi for _, hi in ends)
    if parameter.type.kind == "date":
        return day_within(int(least), int(greatest))
    first = _shown(parameter, least)
    return first if least == greatest else Range(first, _shown(parameter, greatest))


def shown_reading(parameter: Parameter, reading: ValueReading) -> Shown:
    """What one reading of a legal value has."""
    known = reading.known
    return tuple(known) if isinstance(known, tuple) else _shown(parameter, known)


def _ends(value: Value) -> tuple[int | Fraction, int | Fraction]:
    if value.known is None:
        return value.least, value.greatest
    return (value.known, value.known) if isinstance(value.known, int | Fraction) else (0, 0)


def _shown(parameter: Parameter, value: int | Fraction) -> int | Decimal | Fraction | dt.date | dt.time:
    if parameter.type.kind == "date":
        return day_of(int(value))
    if parameter.type.unit == "share":
        return Fraction(value)
    if parameter.type.unit == TIME:
        return clock_time(int(value))
    return number_of(int(value), 10**parameter.type.decimals, parameter.type.decimals)


class Readers:
    """The readers of one period and one of its two readings."""

    def __init__(self, period: PrintedPeriod, answers: Answers) -> None:
        self.period, self.answers, self.book = period, answers, period.rulebook
        self._places = {column.name: i for i, column in enumerate(period.layout.inputs)}
        self._tables = {table.name: i for i, table in enumerate(period.layout.tables)}
        self.identities = tuple(self._identities())
        """The tables that say who their records are: each with its place in a dossier, and that of the identity in a record."""
        self._points = criteria_of(self.book)
        """The criteria whose points, where they are told, say what a fact is."""
        self._named: dict[tuple[str, bool], Reader] = {}
        self._conditions: dict[str, tuple[tuple[str, Reader], ...]] = {}
        self._margins: dict[str, Reader] = {}
        self._headrooms: tuple[tuple[str, Call], ...] | None = None

    def _identities(self) -> Iterator[tuple[Table, int, int]]:
        for place, layout in enumerate(self.period.layout.tables):
            table = self.book.tables[layout.name]
            if table.identity:
                yield table, place, [column.name for column in layout.columns].index(table.identity)

    def headrooms(self) -> tuple[tuple[str, Call], ...]:
        """Where the rules ask for a headroom, with the call that asks: looked for once, for they are long."""
        if self._headrooms is None:
            self._headrooms = tuple(headrooms_asked(self.book))
        return self._headrooms

    def of_condition(self, condition: Condition) -> tuple[tuple[str, Reader], ...]:
        """What a condition reads by name, in the order of its text; a table by the number of its records."""
        found = self._conditions.get(condition.id)
        if found is None:
            found = self._conditions[condition.id] = tuple(self._read_by(condition).items())
        return found

    def _read_by(self, condition: Condition) -> dict[str, Reader]:
        trees: list[Expr] = [condition.holds, *(exemption.when for exemption in condition.exemptions)]
        if condition.when is not None:
            trees.insert(0, condition.when)
        found: dict[str, Reader] = {}
        for tree in trees:
            for node in walk(tree):
                if isinstance(node, Name):
                    found.setdefault(node.name, self.of_name(node, before=True))
                    tied = self._points.get(node.name, ()) if node.role == "fact" else ()
                    for criterion in tied:
                        found.setdefault(criterion.fact, self._fact(self.book.facts[criterion.fact]))
                    for other, _ in self._implying(node):
                        found.setdefault(other, self._fact(self.book.facts[other]))
                elif isinstance(node, Aggregate):
                    found.setdefault(node.table, self._records(node.table))
        return found

    def _implying(self, name: Name) -> list[tuple[str, tuple[str, ...]]]:
        """The codes that make a truth so where it is not told."""
        known = self.book.facts
        return [pair for pair in known[name.name].implied_by if pair[0] in known] if name.role == "fact" else []

    def of_name(self, name: Name, *, before: bool = False) -> Reader:
        """The reader of a name; with `before` of an amount as it is before any condition reduces it."""
        if (name.name, before) not in self._named:
            self._named[name.name, before] = self._reader(name, before=before)
        return self._named[name.name, before]

    def _at(self, key: str, *, before: bool) -> str:
        earlier = f"before.{key}"
        return earlier if before and earlier in self.answers.slots else key

    def _reader(self, name: Name, *, before: bool) -> Reader:
        match name.role:
            case "fact" | "event":
                return self._fact(self.book.facts[name.name])
            case "parameter":
                value = parameter_value(self.period, self.book.parameters[name.name])
                return lambda _x: value
            case "on":
                return lambda x: x.dossier.on
            case "term":
                return lambda x: x.day(f"term.{name.name}.day")
            case "definition":
                return self._definition(name, before=before)
            case "score":
                return self.number("score.counted", name.type.decimals, quiet=True)
            case _:
                return self.number(self._at(amount_key(self.book, name.name), before=before), MONEY)

    def _fact(self, spec: Fact) -> Reader:
        at, decimals = self._places[spec.name], spec.decimals
        scale = 10**decimals
        match spec.kind:
            case Kind.NUMBER if spec.is_time:
                return lambda x: None if (v := x.dossier.values[at]) is None else clock_time(int(v))
            case Kind.NUMBER if spec.choices:
                words = {value: word for word, value in spec.beyond.items()}
                return lambda x: None if (v := x.dossier.values[at]) is None else words.get(int(v), int(v))
            case Kind.NUMBER:
                return lambda x: None if (v := x.dossier.values[at]) is None else number_of(int(v), scale, decimals)
            case Kind.DATE:
                return lambda x: None if (v := x.dossier.values[at]) is None else day_of(int(v))
            case Kind.EVENT:
                return lambda x: None if (v := x.dossier.values[at]) is None else day_of(int(v)) if v else "not_yet"
        codes = [(self._places[other], codes) for other, codes in spec.implied_by if other in self.book.facts]

        def read(x: Explaining) -> Shown:
            said = x.dossier.values[at]
            if said is None and any(str(x.dossier.values[place] or "").startswith(begin) for place, begin in codes):
                return True
            return said

        return read if codes else lambda x: x.dossier.values[at]

    def _records(self, table: str) -> Reader:
        at = self._tables[table]

        def read(x: Explaining) -> Shown:
            records, unseen = x.dossier.tables[at]
            if not unseen:
                return len(records)
            return Range(len(records), len(records) + unseen) if records else None

        return read

    def _definition(self, name: Name, *, before: bool) -> Reader:
        key = self._at(f"definition.{name.name}", before=before)
        match name.type.kind:
            case "truth":
                return lambda x: None if (t := x.truth(key)) is Truth.UNKNOWN else t is Truth.YES
            case "date":
                return lambda x: x.day(key)
            case "choice":

                def chosen(x: Explaining) -> Shown:
                    options = [c for c in name.type.choices if x.truth(f"{key}={c}") is not Truth.NO]
                    return options[0] if len(options) == 1 else None

                return chosen
        if name.type.unit == TIME:
            return self.time(key)
        return self.number(key, name.type.decimals, quiet=True)

    def time(self, key: str) -> Reader:
        """A time of day by its output; None where it may be any of the day."""
        slot = self.answers.slots[key]

        def read(x: Explaining) -> Shown:
            lo, hi = x.raw[slot.first], x.raw[slot.second]
            if lo == hi:
                return clock_time(lo)
            return None if (lo, hi) == (0, LAST_TIME) else Range(clock_time(lo), clock_time(hi))

        return read

    def number(self, key: str, decimals: int, *, quiet: bool = False) -> Reader:
        """A number by its output. `quiet`: a range that is no narrower than its static bounds is not shown."""
        slot, node = self.answers.slots[key], self.period.output(key)
        scale = self.period.program.scales.get(key, 10**decimals)
        first, second = slot.first, slot.second

        def read(x: Explaining) -> Shown:
            lo, hi = x.raw[first], x.raw[second]
            if lo == hi:
                return number_of(lo, scale, decimals)
            if quiet and lo == node.lo and hi == node.hi:
                return None
            return x.span(key, number_of(lo, scale, decimals), number_of(hi, scale, decimals))

        return read

    def margin(self, condition: Condition) -> Reader:
        """The margin, floored to the unit's last decimal, so that it is negative exactly where the condition fails."""
        found = self._margins.get(condition.id)
        if found is None:
            found = self._margins[condition.id] = self._margin(condition)
        return found

    def _margin(self, condition: Condition) -> Reader:
        key = f"margin.{condition.id}"
        slot = self.answers.slots.get(key)
        if slot is None:
            return lambda _x: None
        left, right = condition.holds.left.type, condition.holds.right.type  # type: ignore[union-attr]
        decimals = left.decimals if left.unit not in ("", "count") else right.decimals
        scale = self.period.program.scales.get(key, 1)
        ten = 10**decimals
        in_days = "date" in (left.kind, right.kind)
        worded = [
            (self._places[name.name], min(self.book.facts[name.name].beyond.values()))
            for name in names(condition.holds)
            if name.role == "fact" and self.book.facts[name.name].beyond
        ]

        def read(x: Explaining) -> Shown:
            # Between a number and a word there is no distance.
            if any(int(x.dossier.values[at] or 0) >= first for at, first in worded):
                return None
            lo, hi = x.raw[slot.first], x.raw[slot.second]
            least = number_of(lo * ten // scale, ten, decimals)
            if lo == hi:
                return least
            if x.rests_on_bounds_alone(key):
                return None
            low, high = (x.beyond_the_calendar if in_days else x.free_ends)(key)
            if low and high:
                return None
            return Range(None if low else least, None if high else number_of(hi * ten // scale, ten, decimals))

        return read
