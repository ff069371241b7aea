# SPDX-License-Identifier: Apache-2.0
"""What the law itself says of the value of an expression on a day: the bounds of legal values, whoever applies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from misure.ground.money import decimal_text
from misure.rulebook.expression import Aggregate, Arithmetic, Expr, Extreme, Literal, Name, Type, names
from misure.rulebook.rules import Parameter, Rulebook, Value

__all__ = ["Bounds", "OfDay", "parameters_in", "values_on", "written"]

Bounds: TypeAlias = tuple[Fraction, Fraction]
"""The least and the greatest that something can be, in whole units; a day by its ordinal."""


def values_on(parameter: Parameter, book: Rulebook, day: dt.date) -> tuple[Value, ...]:
    """The value of a day; where another day than that of the measure picks it, all of them."""
    if parameter.anchor != book.law_of:
        return parameter.values
    live = [value for value in parameter.values if value.since <= day] or parameter.values[:1]
    return tuple(live[-1:])


@dataclass(frozen=True, slots=True)
class OfDay:
    """The bounds of expressions under the law of one day."""

    book: Rulebook
    day: dt.date
    _definitions: dict[str, Bounds | None] = field(default_factory=dict, compare=False)
    """Each definition is looked at once: one may rest on fifty others, each named twice by the next."""

    def parameter(self, name: str) -> Bounds | None:
        """The bounds of a legal value; None where it is no number and no day."""
        found = self.book.parameters.get(name)
        if found is None or found.type.kind not in ("number", "date"):
            return None
        ends = [_scaled(end, found.type) for value in values_on(found, self.book, self.day) for end in _ends(value)]
        return min(ends), max(ends)

    @staticmethod
    def ends(parameter: Parameter, value: Value) -> Bounds | None:
        """The bounds of one of its values; None where it is no number and no day."""
        if parameter.type.kind not in ("number", "date"):
            return None
        low, high = (_scaled(end, parameter.type) for end in _ends(value))
        return low, high

    def law(self, tree: Expr) -> Bounds | None:
        """The bounds of what only legal values make; None where it depends on who applies."""
        match tree:
            case Literal(value=int(value)):
                return Fraction(value), Fraction(value)
            case Name(role="parameter", name=name):
                return self.parameter(name)
            case Name(role="definition", name=name):
                if name not in self._definitions:
                    found = self.book.definitions.get(name)
                    ends = [self.law(case.value) for case in found.cases] if found is not None else []
                    self._definitions[name] = _hull(ends)
                return self._definitions[name]
            case Extreme(op=op, args=args):
                ends = [self.law(arg) for arg in args]
                known = [end for end in ends if end is not None]
                choose = min if op == "min" else max
                return (choose(e[0] for e in known), choose(e[1] for e in known)) if len(known) == len(ends) else None
            case Arithmetic(op="+" | "-" as op, left=left, right=right):
                one, two = self.law(left), self.law(right)
                if one is None or two is None:
                    return None
                return (one[0] + two[0], one[1] + two[1]) if op == "+" else (one[0] - two[1], one[1] - two[0])
        return None

    def told(self, tree: Expr) -> Bounds | None:
        """The bounds within which an applicant can tell a fact, count records, or score; None of anything else."""
        match tree:
            case Name(role="fact", name=name):
                fact = self.book.facts.get(name)
                if fact is None or tree.type.kind not in ("number", "date"):
                    return None
                return _scaled(fact.least, tree.type), _scaled(fact.greatest, tree.type)
            case Name(role="definition", name=name) if name in self.book.definitions:
                cases = self.book.definitions[name].cases
                return self.told(cases[0].value) if [case.when for case in cases] == [None] else None
            case Aggregate(op="count", table=table) if table in self.book.tables:
                return Fraction(0), Fraction(self.book.tables[table].max_items)
            case Name(role="score") if self.book.score is not None:
                least, greatest = self.parameter(self.book.score.least), self.parameter(self.book.score.greatest)
                return (least[0], greatest[1]) if least is not None and greatest is not None else None
        return None


def parameters_in(tree: Expr, book: Rulebook) -> Iterator[str]:
    """The legal values on which an expression rests, through the definitions that it reads."""
    waiting, seen = [tree], set[str]()
    while waiting:
        for name in names(waiting.pop(0)):
            if name.role == "parameter":
                yield name.name
            elif name.role == "definition" and name.name in book.definitions and name.name not in seen:
                seen.add(name.name)
                waiting += [case.value for case in book.definitions[name.name].cases]


def written(value: Fraction, kind: Type) -> str:
    """A value as a rule file would write it.

    >>> written(Fraction(165), Type("number", "points", 2)), written(Fraction(2, 5), Type("number", "share", 4))
    ('165 points', '40%')
    """
    if kind.kind == "date":
        return dt.date.fromordinal(int(value)).isoformat()
    share = kind.unit == "share"
    shown = _decimal(value * 100 if share else value)
    return f"{shown}%" if share else f"{shown} {kind.unit}".rstrip()


def _decimal(value: Fraction) -> str:
    for decimals in range(19):
        if (value * 10**decimals).denominator == 1:
            return decimal_text(int(value * 10**decimals), decimals)
    return str(value)


def _ends(value: Value) -> tuple[int | Fraction, int | Fraction]:
    known = value.known
    return (known, known) if isinstance(known, int | Fraction) else (value.least, value.greatest)


def _scaled(value: int | Fraction, kind: Type) -> Fraction:
    return (
        value if isinstance(value, Fraction) else Fraction(value, 10 ** (kind.decimals if kind.kind == "number" else 0))
    )


def _hull(ends: list[Bounds | None]) -> Bounds | None:
    known = [end for end in ends if end is not None]
    return (min(e[0] for e in known), max(e[1] for e in known)) if known and len(known) == len(ends) else None
