# SPDX-License-Identifier: Apache-2.0
"""The values of a fact at which some rule of a measure may turn, read off its rulebook.

They are internal forms: scaled integers, ordinals, truths, texts. The first of each is the one to which examples shrink.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from misure.deciding.compiled import LAST_QUESTION
from misure.facts.values import NOT_YET, Said, code_form
from misure.facts.vocabulary import Fact, Kind
from misure.identifiers.forms import made_up
from misure.rulebook import expression as tree
from misure.rulebook.rules import Criterion, Parameter, Rulebook
from misure.testing.told import MOST_RECORDS

if TYPE_CHECKING:
    from misure.deciding.measure import Measure

__all__ = ["Edges", "edges_of", "trees_of"]

TEXTS = ("r1", "r2", "r3", "altro")
"""Texts are compared, never read: few, so that they meet. The keys of records are r1, r2, and so on."""

ELSEWHERE = ("62.01", "96.09")


def trees_of(book: Rulebook) -> Iterator[tree.Expr]:
    """Every expression of a rulebook, one by one."""
    for condition in book.conditions:
        yield condition.holds
        if condition.when is not None:
            yield condition.when
        if condition.leaves is not None:
            yield condition.leaves
        yield from condition.keeps
        yield from (one.amount for one in condition.recovers)
        yield from (exemption.when for exemption in condition.exemptions)
    for definition in book.definitions.values():
        for case in definition.cases:
            yield case.value
            if case.when is not None:
                yield case.when
    yield from (tension.when for tension in book.tensions if tension.when is not None)
    for term in (*book.terms, *book.duties):
        for end in ("when", "by", "opens", "closes", "opens_at", "closes_at"):
            found = getattr(term, end, None)
            if found is not None:
                yield found
    for line in book.support.lines if book.support else ():
        yield from (line.of, *(cap.most for cap in line.caps))
        yield from (told for told in (line.granted, line.granted_of, line.granted_least) if told is not None)
        if line.equivalent is not None:
            yield line.equivalent.amount
        if line.apportioned is not None:
            yield from (
                one for one in (line.apportioned.by, line.apportioned.most, line.apportioned.rest) if one is not None
            )
    for plan in book.spending.plans if book.spending else ():
        yield from plan.includes
    for spending in book.spending.lines if book.spending else ():
        yield from spending.trees
    for criterion in book.score.criteria if book.score else ():
        if criterion.gives is not None:
            yield criterion.gives
    for bonus in book.score.bonuses if book.score else ():
        yield bonus.when
    for tranche in book.tranches.lines if book.tranches else ():
        kept_back = (part for one in tranche.withheld for part in (one.of, one.when))
        yield from (part for part in (tranche.of, tranche.most, *kept_back) if part is not None)
        for requirement in (one for part in tranche.needs.values() for one in part):
            yield requirement.holds
            if requirement.when is not None:
                yield requirement.when


class Edges:
    """The edges of one measure's rules."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.nodes = tuple(node for expr in trees_of(book) for node in tree.walk(expr))
        # All of this is asked again for each value that is drawn.
        self._most: dict[str, int] = {}
        self._steps: dict[str, tuple[int, ...]] = {}
        self._numbers: dict[tuple[str, int, int, int], tuple[int, ...]] = {}
        self._choices: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._codes: dict[tuple[str, str], tuple[str, ...]] = {}

    # Numbers

    @cached_property
    def shares(self) -> tuple[Fraction, ...]:
        """The shares that the law names: an amount may stand exactly on one of them, of another amount."""
        values = (value.known for parameter in self._parameters("share") for value in parameter.values)
        return tuple(dict.fromkeys(value for value in values if isinstance(value, Fraction)))

    def _parameters(self, unit: str) -> list[Parameter]:
        return [p for p in self.book.parameters.values() if p.type.kind == "number" and p.type.unit == unit]

    def numbers(self, fact: Fact) -> tuple[int, ...]:
        """The bounds, and every legal value of the unit with its neighbours one step away."""
        key = (fact.unit, fact.decimals, fact.least, fact.greatest)
        if key not in self._numbers:
            self._numbers[key] = self._numbers_of(fact)
        return self._numbers[key]

    def _numbers_of(self, fact: Fact) -> tuple[int, ...]:
        found = [fact.least, fact.greatest, fact.least + 1, fact.greatest - 1]
        for parameter in self._parameters(fact.unit):
            for value in parameter.values:
                for end in (value.known, value.least, value.greatest) if value.known is None else (value.known,):
                    if isinstance(end, int | Fraction):
                        scale = 1 if fact.unit == "share" else 10**parameter.type.decimals
                        at = int(Fraction(end) / scale * 10**fact.decimals)
                        found += [at, at - 1, at + 1]
        return tuple(dict.fromkeys(value for value in found if fact.least <= value <= fact.greatest))

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """The criteria of the score by their facts."""
        criteria = self.book.score.criteria if self.book.score else ()
        return {criterion.fact: criterion for criterion in criteria if criterion.fact}

    def steps(self, fact: Fact) -> tuple[int, ...]:
        """The points that a criterion gives, where it gives only some."""
        if fact.name not in self._steps:
            criterion = self.criteria.get(fact.name)
            limits = self._limits(criterion.steps, fact) if criterion and criterion.steps else ()
            self._steps[fact.name] = tuple(sorted(limits))
        return self._steps[fact.name]

    def most(self, fact: Fact) -> int:
        """The most points that a fact of the score may have."""
        if fact.name not in self._most:
            self._most[fact.name] = self._most_of(fact)
        return self._most[fact.name]

    def _most_of(self, fact: Fact) -> int:
        criterion = self.criteria.get(fact.name)
        if criterion is None:
            return fact.greatest
        return self.steps(fact)[-1] if criterion.steps else min([fact.greatest, *self._limits(criterion.most, fact)])

    def points(self, fact: Fact) -> tuple[int, ...]:
        """The edges of a criterion that its limit does not refuse."""
        most = self.most(fact)
        return self.steps(fact) or tuple(at for at in dict.fromkeys((*self.numbers(fact), most)) if at <= most)

    def _limits(self, parameter: str, fact: Fact) -> list[int]:
        """The known values of a parameter in the steps of a fact."""
        spec = self.book.parameters[parameter]
        told = [value.known if isinstance(value.known, tuple) else (value.known,) for value in spec.values]
        scale = Fraction(10**fact.decimals, 10**spec.type.decimals)
        return [int(end * scale) for ends in told for end in ends if isinstance(end, int | Fraction)]

    def is_year(self, fact: Fact) -> bool:
        """Whether some rule compares the fact with the year of a day."""
        return fact.name in self._years

    @cached_property
    def _years(self) -> frozenset[str]:
        """Every name that some rule compares with the year of a day."""
        found = set[str]()
        for node in self.nodes:
            if isinstance(node, tree.Compare):
                parts = [part for side in (node.left, node.right) for part in tree.walk(side)]
                if any(isinstance(part, tree.YearOf) for part in parts):
                    found |= {part.field for part in parts if isinstance(part, tree.FieldOf)}
                    found |= {part.name for part in parts if isinstance(part, tree.Name)}
        return frozenset(found)

    def sizes(self, most: int) -> tuple[int, ...]:
        """How many records: none, one, and every count of the law with one record less and one more."""
        found = [1, 0, 2, 3]
        for parameter in self.book.parameters.values():
            unit = self.book.vocabulary.units.get(parameter.type.unit)
            if parameter.type.kind == "number" and unit is not None and unit.counts:
                for value in parameter.values:
                    if isinstance(value.known, int):
                        found += [value.known, value.known - 1, value.known + 1]
        return tuple(dict.fromkeys(size for size in found if 0 <= size <= min(most, MOST_RECORDS)))

    # Days

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The days around every edition, every dated value and every day that the law names."""
        found = [edition.day.toordinal() for edition in self.book.editions]
        found += [c.since.toordinal() for c in self.book.conditions if c.since]
        found += [c.until.toordinal() for c in self.book.conditions if c.until]
        for parameter in self.book.parameters.values():
            found += [value.since.toordinal() for value in parameter.values]
            if parameter.type.kind == "date":
                for value in parameter.values:
                    ends = (value.known,) if value.known is not None else (value.least, value.greatest)
                    found += [int(end) for end in ends if isinstance(end, int)]
        found = [day for day in found if day > 1]
        return tuple(dict.fromkeys(day + step for step in (0, -1, 1) for day in found))

    @cached_property
    def spans(self) -> tuple[int, ...]:
        """How far back an event may lie for a term that starts with it to end about now."""
        found = [1]
        for unit, length in (("days", 1), ("months", 30), ("years", 365)):
            for parameter in self._parameters(unit):
                found += [value.known * length for value in parameter.values if isinstance(value.known, int)]
        return tuple(dict.fromkeys(span + step for step in (0, -1, 1) for span in found))

    def questions(self) -> tuple[dt.date, ...]:
        """The days on which a question is at an edge: around every day of the law, and a working year later."""
        first, last = self.book.editions[0].day.toordinal(), LAST_QUESTION.toordinal()
        # A day that no source gives may lie anywhere, after the last question too.
        near = [day for day in self.days if first <= day <= last]
        days = [first, *near, *(day + 400 for day in near if day + 400 <= last)]
        return tuple(dt.date.fromordinal(day) for day in dict.fromkeys(days))

    def dates(self, fact: Fact, on: int) -> tuple[int, ...]:
        """A date: the days of the law, the day of the question, and the terms that end about it."""
        found = [on, on - 1, on + 1, *self.days, *(on - span for span in self.spans)]
        return tuple(dict.fromkeys(day for day in found if fact.least <= day <= fact.greatest))

    def events(self, fact: Fact, on: int) -> tuple[int, ...]:
        """An event: not yet, or one of those days that have come."""
        return (NOT_YET, *(day for day in self.dates(fact, on) if day <= on))

    # Truths, choices, codes

    @cached_property
    def favourable(self) -> dict[tuple[str, str], bool]:
        """Which answer to a yes-or-no question (by table and name) helps the conditions to hold."""
        found: dict[tuple[str, str], bool] = {}
        for condition in self.book.conditions:
            self._favour(condition.holds, found, wanted=True)
        return found

    def _favour(self, expr: tree.Expr, found: dict[tuple[str, str], bool], *, wanted: bool) -> None:
        match expr:
            case tree.Name(role="fact"):
                found.setdefault(("", expr.name), wanted)
            case tree.Name(role="definition"):
                for case in self.book.definitions[expr.name].cases:
                    self._favour(case.value, found, wanted=wanted)
            case tree.FieldOf():
                found.setdefault((expr.table, expr.field), wanted)
            case tree.Not():
                self._favour(expr.arg, found, wanted=not wanted)
            case tree.AllOf() | tree.AnyOf():
                for arg in expr.args:
                    self._favour(arg, found, wanted=wanted)
            case tree.Compare():
                for side in (expr.left, expr.right):
                    self._favour(side, found, wanted=wanted)
            case tree.Aggregate():
                for part in (expr.value, expr.condition):
                    if part is not None:
                        self._favour(part, found, wanted=wanted)
            case _:
                pass

    def choices(self, fact: Fact) -> tuple[str, ...]:
        """The choices, those that some rule names first."""
        key = tuple(fact.choices)
        if key not in self._choices:
            named = (name for name in self._named if name in fact.choices)
            self._choices[key] = tuple(dict.fromkeys([*named, *key]))
        return self._choices[key]

    @cached_property
    def _named(self) -> tuple[str, ...]:
        """Every text that some rule names, each once."""
        named: list[str] = []
        for node in self.nodes:
            if isinstance(node, tree.Literal) and isinstance(node.value, str):
                named.append(node.value)
            elif isinstance(node, tree.OneOf):
                options = node.options
                if isinstance(options, tree.Name):
                    values = self.book.parameters[options.name].values
                    options = tuple(str(o) for v in values if isinstance(v.known, tuple) for o in (*v.known, *v.also))
                named += options
        return tuple(dict.fromkeys(named))

    def codes(self, fact: Fact) -> tuple[str, ...]:
        """A code outside every list of the law, then one of each part of each list."""
        key = (fact.scheme, code_form(fact))
        if key not in self._codes:
            self._codes[key] = self._codes_of(*key)
        return self._codes[key]

    def _codes_of(self, scheme: str, form: str) -> tuple[str, ...]:
        sections = self.book.sections.get(scheme, {})
        named: list[str] = []
        for node in self.nodes:
            if isinstance(node, tree.Within):
                codes: tuple[object, ...] = ()
                if isinstance(node.codes, tree.Name):
                    values = self.book.parameters[node.codes.name].values
                    codes = tuple(o for v in values if isinstance(v.known, tuple) for o in (*v.known, *v.also))
                else:
                    codes = node.codes
                named += [prefix for code in map(str, codes) for prefix in sections.get(code, (code,))]
        found = dict.fromkeys([*ELSEWHERE, *named, *(f"{code}.1" for code in named if len(code) == 2)])
        right = re.compile(form).fullmatch
        return tuple(code for code in found if right(code))

    def values(self, fact: Fact, on: int) -> tuple[Said, ...]:
        """The edges of one fact or field, when the question is put on day `on`."""
        match fact.kind:
            case Kind.NUMBER if self.is_year(fact):
                year = dt.date.fromordinal(on).year
                return tuple(year + step for step in (-1, 0, -2, 1))
            case Kind.NUMBER:
                return self.numbers(fact)
            case Kind.TRUTH:
                return (True, False)
            case Kind.DATE:
                return self.dates(fact, on)
            case Kind.EVENT:
                return self.events(fact, on)
            case Kind.CHOICE:
                return self.choices(fact)
            case Kind.CODE:
                return self.codes(fact)
            case _:
                return self.texts(fact)

    def allowed(self, table: str, fact: Fact, on: int) -> tuple[Said, ...]:
        """The edges of a fact, or of a field of a table, that no limit of the score refuses."""
        limited = fact.kind is Kind.NUMBER and not table and fact.name in self.criteria
        return self.points(fact) if limited else self.values(fact, on)

    # Texts

    def texts(self, fact: Fact) -> tuple[str, ...]:
        """Identifiers of the fact's kind; or a few texts, some of them identifiers that other facts may have too."""
        if fact.identifier:
            return tuple(made_up(fact.identifier, number) for number in range(len(TEXTS)))
        borne = tuple(text for text in self._borne if len(text) <= fact.greatest)
        return tuple(text[: fact.greatest] for text in TEXTS[: len(TEXTS) - len(borne)]) + borne

    @cached_property
    def _borne(self) -> tuple[str, ...]:
        """Two identifiers of a kind that some fact has: records name undertakings by them."""
        fields = [field for table in self.book.tables.values() for field in table.fields.values()]
        kinds = dict.fromkeys(fact.identifier for fact in (*self.book.facts.values(), *fields) if fact.identifier)
        return tuple(made_up(kind, number) for kind in list(kinds)[:1] for number in range(2))


@lru_cache(maxsize=64)
def edges_of(measure: Measure) -> Edges:
    """The edges of a measure's rules, worked out once."""
    return Edges(measure.rulebook)
