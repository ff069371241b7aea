# SPDX-License-Identifier: Apache-2.0
"""The details behind a decision, worked out when somebody asks: values by name, margins, culprits, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from misure.deciding.confidence import Confidences
from misure.deciding.finding import Missing
from misure.deciding.values import Range, Shown, day_of, number_of
from misure.facts.vocabulary import Fact, Kind, Nature
from misure.ground.truth import NotKnowing, Truth
from misure.program.interpret import Interpreter, Unknown
from misure.program.unknowns import culprits, unknowns
from misure.rulebook.expression import Aggregate, Expr, Name, walk
from misure.rulebook.rules import Condition, Parameter, Value

if TYPE_CHECKING:
    from misure.deciding.compiled import Stretch
    from misure.facts.dossier import Dossier

__all__ = ["Explaining"]

_TRUTHS = (Truth.NO, Truth.YES, Truth.UNKNOWN)
MONEY = 2


class Explaining:
    """The second reading of one dossier under one law."""

    def __init__(self, stretch: Stretch, dossier: Dossier) -> None:
        self.stretch, self.dossier, self.book = stretch, dossier, stretch.rulebook
        self.answers = stretch.told_detail if dossier.complete else stretch.untold_detail
        self.raw = self.answers(dossier)
        self.reading = Interpreter(dossier)
        self.confidences = Confidences(stretch.law)
        self.said = {c.name: v for c, v in zip(dossier.form.inputs, dossier.values, strict=True)}

    # Outputs

    def ends(self, key: str) -> tuple[int, int]:
        """The ends of a number by its output's name."""
        slot = self.answers.slots[key]
        return self.raw[slot.first], self.raw[slot.second]

    def truth(self, key: str) -> Truth:
        return _TRUTHS[self.raw[self.answers.slots[key].first]]

    def number(self, key: str, decimals: int) -> Shown:
        """A number by its output's name, as a value or a range."""
        lo, hi = self.ends(key)
        scale = self.stretch.program.scales.get(key, 10**decimals)
        least = number_of(lo, scale, decimals)
        return least if lo == hi else Range(least, number_of(hi, scale, decimals))

    def money(self, key: str) -> Shown:
        return self.number(key, MONEY)

    def day(self, key: str) -> Shown:
        """A day by its output's name; None where nothing is known of it."""
        lo, hi = self.ends(key)
        if lo == hi:
            return day_of(lo)
        node = self.stretch.output(key)
        return None if (lo, hi) == (node.lo, node.hi) else Range(day_of(max(lo, 1)), day_of(hi))

    def has(self, key: str) -> bool:
        return key in self.answers.slots

    # Values by name

    def values_of(self, condition: Condition) -> dict[str, Shown]:
        """What a condition reads by name, in the order of its text; a table by the number of its records."""
        trees: list[Expr] = [condition.holds, *(exemption.when for exemption in condition.exemptions)]
        if condition.when is not None:
            trees.insert(0, condition.when)
        found: dict[str, Shown] = {}
        for tree in trees:
            for node in walk(tree):
                if isinstance(node, Name):
                    found.setdefault(node.name, self.value_of(node))
                elif isinstance(node, Aggregate):
                    found.setdefault(node.table, self._records(node.table))
        return found

    def _records(self, table: str) -> Shown:
        _, records, unseen = self.reading.tables[table]
        if not unseen:
            return len(records)
        return Range(len(records), len(records) + unseen) if records else None

    def value_of(self, name: Name) -> Shown:
        """What a name stands for in this decision."""
        match name.role:
            case "fact" | "event":
                return self.fact(name.name)
            case "parameter":
                return self.parameter(self.book.parameters[name.name])
            case "on":
                return self.dossier.on
            case "term":
                return self.day(f"term.{name.name}.day")
            case "definition":
                return self.definition(name)
            case "score":
                return self.number("score.counted", name.type.decimals)
            case _:
                return self.number(self._amount_key(name.name), MONEY)

    def fact(self, name: str) -> Shown:
        """A fact as it was told; None if it was not."""
        value = self.said[name]
        if value is None:
            return None
        spec = self.book.facts[name]
        match spec.kind:
            case Kind.NUMBER:
                return number_of(int(value), 10**spec.decimals, spec.decimals)
            case Kind.DATE:
                return day_of(int(value))
            case Kind.EVENT:
                return day_of(int(value)) if value else "not_yet"
            case _:
                return value

    def _amount_key(self, name: str) -> str:
        spending = self.book.spending
        for plan in spending.plans if spending else ():
            if name == plan.total:
                return f"spending.{plan.id}.total"
            if name.startswith(f"{plan.id}."):
                return f"spending.{name}" + ("" if name.endswith((".requested", ".cap")) else ".admitted")
        if spending and any(line.id == name for line in spending.lines):
            return f"spending.{spending.plans[0].id}.{name}.admitted"
        return f"support.{name}"

    def definition(self, name: Name) -> Shown:
        key = f"definition.{name.name}"
        match name.type.kind:
            case "truth":
                truth = self.truth(key)
                return None if truth is Truth.UNKNOWN else truth is Truth.YES
            case "date":
                return self.day(key)
            case "choice":
                options = [c for c in name.type.choices if self.truth(f"{key}={c}") is not Truth.NO]
                return options[0] if len(options) == 1 else None
        node = self.stretch.output(key)
        known = self.ends(key)
        if known[0] != known[1] and known == (node.lo, node.hi):
            return None
        return self.number(key, name.type.decimals)

    def parameter(self, parameter: Parameter) -> Shown:
        """The legal value of the day: exact, a range where no source gives it, None where nothing bounds it."""
        live = self.stretch.law.values(parameter)
        ends = [self._value_ends(value) for value in live]
        if parameter.type.kind not in ("number", "date"):
            known = live[-1].known
            return ", ".join(map(str, known)) if isinstance(known, tuple) else str(known)
        if len(live) == 1 and live[0].known is None and not live[0].bounds_given:
            return None
        least, greatest = min(lo for lo, _ in ends), max(hi for _, hi in ends)
        first, last = (self._shown(parameter, end) for end in (least, greatest))
        return first if least == greatest else Range(first, last)

    @staticmethod
    def _value_ends(value: Value) -> tuple[int | Fraction, int | Fraction]:
        if value.known is None:
            return value.least, value.greatest
        return (value.known, value.known) if isinstance(value.known, int | Fraction) else (0, 0)

    @staticmethod
    def _shown(parameter: Parameter, value: int | Fraction) -> int | Fraction:
        if parameter.type.kind == "date":
            return day_of(int(value))  # type: ignore[return-value]
        if parameter.type.unit == "share":
            return Fraction(value)
        return number_of(int(value), 10**parameter.type.decimals, parameter.type.decimals)  # type: ignore[return-value]

    def named(self, name: str) -> Shown:
        """A parameter or a definition by its name alone."""
        if name in self.book.parameters:
            return self.parameter(self.book.parameters[name])
        definition = self.book.definitions[name]
        return self.definition(Name(name, "definition", definition.type, definition.place))

    # Margin, culprits, missing

    def margin_of(self, condition: Condition) -> Shown:
        """The margin, floored to the unit's last decimal, so that it is negative exactly where the condition fails."""
        key = f"margin.{condition.id}"
        if not self.has(key):
            return None
        lo, hi = self.ends(key)
        node = self.stretch.output(key)
        if lo != hi and (lo, hi) == (node.lo, node.hi):
            return None
        decimals = self._decimals(condition)
        scale = self.stretch.program.scales.get(key, 1)
        ten = 10**decimals
        least, greatest = (number_of(end * ten // scale, ten, decimals) for end in (lo, hi))
        return least if lo == hi else Range(least, greatest)

    @staticmethod
    def _decimals(condition: Condition) -> int:
        holds = condition.holds
        left, right = holds.left.type, holds.right.type  # type: ignore[union-attr]
        return left.decimals if left.unit not in ("", "count") else right.decimals

    def exemptions_of(self, condition: Condition) -> tuple[str, ...]:
        return tuple(e.id for e in condition.exemptions if self.truth(f"exemption.{e.id}") is Truth.YES)

    def culprits_of(self, condition: Condition) -> tuple[str, ...]:
        found = culprits(self.reading, self.stretch.output(f"condition.{condition.id}"))
        return tuple(self._key(table, row) for table, row in found)

    def _key(self, table: str, row: int) -> str:
        """The key of a record; its place in the list where the key was not told."""
        form, records, _ = self.reading.tables[table]
        at = [column.name for column in form.columns].index(self.book.tables[table].key)
        key = records[row][at]
        return f"{table}[{row + 1}]" if key is None else str(key)

    def missing_behind(self, key: str) -> tuple[Missing, ...]:
        """What is not known behind an open output."""
        found: dict[tuple[str, NotKnowing], list[str]] = {}
        for unknown in unknowns(self.reading, self.stretch.output(key)):
            name, kind = self._named(unknown, key)
            records = found.setdefault((name, kind), [])
            if unknown.row >= 0:
                records.append(self._key(unknown.table, unknown.row))
        return tuple(Missing(name, kind, tuple(dict.fromkeys(rows))) for (name, kind), rows in found.items())

    def _named(self, unknown: Unknown, key: str) -> tuple[str, NotKnowing]:
        spec: Fact | None = None
        if unknown.table and unknown.name:
            spec = self.book.tables[unknown.table].fields[unknown.name]
            name = f"{unknown.table}.{unknown.name}"
        elif unknown.table:
            return unknown.table, unknown.kind
        elif unknown.name:
            name = unknown.name
            spec = self.book.facts.get(name)
        else:
            return key.partition(".")[2], unknown.kind
        if unknown.kind is NotKnowing.MISSING and spec is not None and spec.nature is Nature.ASSESSED:
            return name, NotKnowing.TO_BE_JUDGED
        return name, unknown.kind

    def open_outputs(self) -> Iterator[tuple[str, bool]]:
        """The outputs that are open and matter to somebody, and whether each can refuse: conditions, then tranches."""
        for condition in self.book.conditions:
            if self.truth(f"condition.{condition.id}") is Truth.UNKNOWN:
                yield f"condition.{condition.id}", condition.effect == "refuses"
        for tranche in self.book.tranches.lines if self.book.tranches else ():
            for part in ("due", "evidence", "act"):
                for requirement in getattr(tranche, part):
                    key = f"tranche.{tranche.id}.{part}.{requirement.id}"
                    if self.truth(key) is Truth.UNKNOWN:
                        yield key, False
