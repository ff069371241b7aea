# SPDX-License-Identifier: Apache-2.0
"""Rule mutants: a measure with one rule slightly wrong. Worked cases that never notice do not test that rule.

>>> import misure
>>> filiere = misure.catalogue()["lombardia/filiere"]
>>> found = mutants(filiere)
>>> found.noticed[:2], found.unnoticed
(('minimum_firms one step more', 'minimum_firms one step less'), ('highest_score one step more',))
>>> print(found)
lombardia/filiere: 23 of 24 mutants noticed
not noticed: highest_score one step more
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from misure._reopen import by_public_name
from misure.deciding.measure import Measure
from misure.ground.errors import BadRules, MisureError
from misure.ground.place import Fault
from misure.ground.record import replaced, texts_in
from misure.reading.cases.decisions import WorkedCase
from misure.reading.cases.selections import WorkedSelection
from misure.rulebook.expression import Aggregate, AllOf, AnyOf, Compare, Expr, Not, walk
from misure.rulebook.rules import Condition, Definition, Parameter, Rulebook
from misure.testing.comparing import CaseResult
from misure.testing.handed import a_measure, all_of
from misure.testing.worked_cases import cases_of_measure, no_cases, run_case
from misure.testing.worked_selections import run_selection, selections_of_measure

__all__ = ["Mutant", "RuleMutants", "mutants", "mutants_of"]

_WORD = re.compile(r"\w+")
_TURNED = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small fault of the rules: what it is, and the measure that has it.

    The measure passes for the true one where measures are compared: it is to be decided with, not kept.
    """

    what: str
    measure: Measure


@by_public_name
@dataclass(frozen=True, slots=True)
class RuleMutants:
    """The mutants of one measure by what they change: those that some worked case notices, and the others."""

    measure: str
    """Its id."""
    noticed: tuple[str, ...]
    unnoticed: tuple[str, ...]

    def __str__(self) -> str:
        every = len(self.noticed) + len(self.unnoticed)
        lines = [f"{self.measure}: {len(self.noticed)} of {every} mutants noticed"]
        return "\n".join([*lines, *(f"not noticed: {what}" for what in self.unnoticed)])


def mutants_of(measure: Measure) -> Iterator[Mutant]:
    """Every mutant of a measure: legal values one step off, comparisons turned, `and` for `or`, `not` dropped."""
    book = measure.rulebook
    for name, parameter in book.parameters.items():
        for words, step in (("one step more", 1), ("one step less", -1)):
            moved = _moved(parameter, step)
            if moved is not None:
                yield _mutant(f"{name} {words}", book, parameters={**book.parameters, name: moved})
    for at, condition in enumerate(book.conditions):
        for what, changed in _changed_conditions(condition):
            conditions = (*book.conditions[:at], changed, *book.conditions[at + 1 :])
            yield _mutant(f"{condition.id}: {what}", book, conditions=conditions)
    for name, definition in book.definitions.items():
        for what, other in _changed_definitions(definition):
            yield _mutant(f"{name}: {what}", book, definitions={**book.definitions, name: other})


def mutants(
    measure: Measure,
    *,
    cases: Iterable[WorkedCase] | None = None,
    selections: Iterable[WorkedSelection] | None = None,
    equivalent: Iterable[str] = (),
) -> RuleMutants:
    """Which mutants of a measure its worked cases and worked selections notice: some expectation fails.

    A mutant that nobody notices is a rule that no case tests, or one that has no effect.

    Args:
        measure: The measure.
        cases: The worked cases; those that stand beside its rules if they are not given.
        selections: The worked selections; the same.
        equivalent: What mutants change that nobody can notice, as they have no effect: they are not tried, and are neither noticed nor
            unnoticed.

    Raises:
        BadRules: The file of worked cases cannot be used; there is none, and nothing was given; or a case does not come out as it says
            of the measure as it stands, and so would notice whatever is changed.
        TypeError: It is no measure, no worked cases, no worked selections, or `equivalent` is no texts.
    """
    a_measure(measure)
    without = set(all_of("equivalent", equivalent, str, "texts"))
    told = cases_of_measure(measure) if cases is None else all_of("cases", cases, WorkedCase, "worked cases")
    chosen = (
        selections_of_measure(measure)
        if selections is None
        else all_of("selections", selections, WorkedSelection, "worked selections")
    )
    if cases is None and selections is None and not told and not chosen:
        raise no_cases(measure)
    _come_out(measure, told, chosen)
    noticed: list[str] = []
    unnoticed: list[str] = []
    last: dict[str, int] = {}
    likeliest = _Likeliest(measure.rulebook, told)
    for number, mutant in enumerate(mutants_of(measure)):
        if mutant.what in without:
            continue
        case = next((case for case in likeliest(mutant, last) if not _passes(run_case, mutant.measure, case)), None)
        if case is not None:
            last[case.name] = number
        passes = case is None and all(_passes(run_selection, mutant.measure, case) for case in chosen)
        (unnoticed if passes else noticed).append(mutant.what)
    return RuleMutants(measure.id, tuple(noticed), tuple(unnoticed))


class _Likeliest:
    """Puts cases in the order in which they are likely to notice a mutant."""

    def __init__(self, book: Rulebook, cases: Iterable[WorkedCase]) -> None:
        self.readers = _readers(book)
        self.expected = [(case, frozenset(_WORD.findall(str(case.expect)))) for case in cases]

    def __call__(self, mutant: Mutant, last: Mapping[str, int]) -> list[WorkedCase]:
        """Those first that expect something of the rule itself, then of what reads it, and so on; among these, who noticed one of late.

        Those that vary the law last, but for those of the rule itself: it is lowered again for each of them.
        """
        away = self._away(mutant.what.partition(":")[0].partition(" ")[0])
        farthest = len(away)

        def rank(told: tuple[WorkedCase, frozenset[str]]) -> tuple[bool, int, bool, int]:
            case, words = told
            steps, varies = min((away.get(word, farthest) for word in words), default=farthest), bool(case.vary)
            return varies and steps > 0, steps, varies, -last.get(case.name, -1)

        return [case for case, _ in sorted(self.expected, key=rank)]

    def _away(self, rule: str) -> dict[str, int]:
        """By how many steps of reading each rule is away from one."""
        away, edge = {rule: 0}, [rule]
        for name in edge:
            for reader in self.readers.get(name, ()):
                if reader not in away:
                    away[reader] = away[name] + 1
                    edge.append(reader)
        return away


def _readers(book: Rulebook) -> dict[str, set[str]]:
    """By each name the rules that have it in them: conditions, definitions, amounts, days, whatever has an id."""
    shapes = (book.spending, book.support, book.tranches, book.score, book.selection)
    parts = (book.conditions, book.definitions, book.terms, book.duties, *shapes)
    readers: dict[str, set[str]] = {}
    for reader, text in texts_in(parts, book.id, lambda part, owner: getattr(part, "id", owner)):
        readers.setdefault(text, set()).add(reader)
    return readers


def _come_out(measure: Measure, told: Iterable[WorkedCase], chosen: Iterable[WorkedSelection]) -> None:
    """Look that every case comes out as it says of the measure as it stands."""
    results = [*(run_case(measure, case) for case in told), *(run_selection(measure, case) for case in chosen)]
    faults = [
        Fault(
            result.place,
            result.name,
            f"it does not come out of {measure.id} as it says: {'; '.join(map(str, result.differences))}",
        )
        for result in results
        if not result.passed
    ]
    if faults:
        raise BadRules(faults)


def _passes(run: Callable[[Measure, Any], CaseResult], measure: Measure, case: object) -> bool:
    try:
        return run(measure, case).passed
    except (MisureError, ArithmeticError, ValueError):
        return False


def _mutant(what: str, book: Rulebook, **changes: Any) -> Mutant:
    return Mutant(what, Measure(replaced(book, **changes)))


def _moved(parameter: Parameter, step: int) -> Parameter | None:
    """The parameter with every published value one step of its unit away; None where that is no number of the unit."""
    if parameter.for_information or parameter.type.kind not in ("number", "date"):
        return None
    if any(value.known is None for value in parameter.values):
        return None
    values = []
    for value in parameter.values:
        assert isinstance(value.known, int | Fraction)
        known = value.known + (Fraction(step, 100) if parameter.type.unit == "share" else step)
        if known < 0 or (parameter.type.unit == "share" and known > 1):
            return None
        values.append(replaced(value, known=known))
    return replaced(parameter, values=tuple(values))


def _changed_conditions(condition: Condition) -> Iterator[tuple[str, Condition]]:
    for what, holds in _changed(condition.holds):
        yield what, replaced(condition, holds=holds)
    if condition.when is not None:
        yield "asked always", replaced(condition, when=None)
        for what, when in _changed(condition.when):
            yield f"when {what}", replaced(condition, when=when)
    for exemption in condition.exemptions:
        others = tuple(other for other in condition.exemptions if other is not exemption)
        yield f"without {exemption.id}", replaced(condition, exemptions=others)
        for what, when in _changed(exemption.when):
            yield f"{exemption.id} {what}", replaced(condition, exemptions=(*others, replaced(exemption, when=when)))


def _changed_definitions(definition: Definition) -> Iterator[tuple[str, Definition]]:
    for at, case in enumerate(definition.cases):
        for part in ("when", "value"):
            expr = getattr(case, part)
            for what, other in _changed(expr) if expr is not None else ():
                changes: dict[str, Any] = {part: other}
                cases = (*definition.cases[:at], replaced(case, **changes), *definition.cases[at + 1 :])
                yield what, replaced(definition, cases=cases)


def _changed(expr: Expr) -> Iterator[tuple[str, Expr]]:
    """The expression with one of its nodes changed, every way there is."""
    for node in walk(expr):
        match node:
            case Compare():
                op: Any = _TURNED[node.op]
                yield f"{node.op} as {op}", _with(expr, node, replaced(node, op=op))
            case AllOf():
                yield "and as or", _with(expr, node, AnyOf(node.args, node.type, node.place))
            case AnyOf():
                yield "or as and", _with(expr, node, AllOf(node.args, node.type, node.place))
            case Not():
                yield "not dropped", _with(expr, node, node.arg)
            case Aggregate(op="any" | "all"):
                yield f"{node.op} turned", _with(expr, node, replaced(node, op="all" if node.op == "any" else "any"))
            case _:
                pass


def _with(expr: Expr, old: Expr, new: Expr) -> Expr:
    """The expression with `new` where `old`, that very node, stood."""
    if expr is old:
        return new
    again: Callable[[Any], Any] = lambda part: _with(part, old, new) if hasattr(part, "place") else part  # noqa: E731
    changes: dict[str, Any] = {}
    for name, value in expr.fields():
        if isinstance(value, tuple):
            changes[name] = tuple(map(again, value))
        elif hasattr(value, "place"):
            changes[name] = again(value)
    return replaced(expr, **changes)
