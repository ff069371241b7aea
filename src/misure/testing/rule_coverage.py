# SPDX-License-Identifier: Apache-2.0
"""What a set of decisions has tried of a measure: every condition both ways, every legal threshold exactly on its edge.

>>> import misure
>>> filiere = misure.catalogue()["lombardia/filiere"]
>>> found = coverage(filiere)
>>> sorted(map(str, found.truths["at_least_ten_firms"])), found.never_met, found.not_on_the_edge
(['no', 'unknown', 'yes'], (), ())
>>> print(found)
lombardia/filiere: 16 of 16 conditions met, 16 failed, 13 left open; 4 of 4 thresholds stood on
never left open: strategy_described, activities_described, right_channel
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from types import MappingProxyType

from misure._reopen import by_public_name
from misure.deciding.decision import Decision
from misure.deciding.explaining import Explaining
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.deciding.record_details import shown_field
from misure.ground.truth import Truth
from misure.reading.cases.decisions import WorkedCase
from misure.rulebook import expression as tree
from misure.rulebook.rules import Duty, Rulebook, Term
from misure.testing.edges import trees_of
from misure.testing.handed import a_measure, all_of
from misure.testing.worked_cases import cases_of_measure, decide_case, no_cases

__all__ = ["RuleCoverage", "coverage", "thresholds"]


@by_public_name
@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """What was tried of one measure."""

    measure: str
    """Its id."""
    truths: Mapping[str, frozenset[Truth]] = field(hash=False)
    """Each condition with every truth that some decision gave it."""
    exemptions: Mapping[str, bool] = field(hash=False)
    """Each exemption, and whether some decision used it."""
    edges: Mapping[str, bool] = field(hash=False)
    """Each published threshold, and whether some decision stood exactly on it."""

    @property
    def never_met(self) -> tuple[str, ...]:
        """The conditions that no decision found met."""
        return tuple(name for name, found in self.truths.items() if Truth.YES not in found)

    @property
    def never_failed(self) -> tuple[str, ...]:
        """The conditions that no decision found failed."""
        return tuple(name for name, found in self.truths.items() if Truth.NO not in found)

    @property
    def never_open(self) -> tuple[str, ...]:
        """The conditions that no decision left unknown."""
        return tuple(name for name, found in self.truths.items() if Truth.UNKNOWN not in found)

    @property
    def never_used(self) -> tuple[str, ...]:
        """The exemptions that helped nobody."""
        return tuple(name for name, used in self.exemptions.items() if not used)

    @property
    def not_on_the_edge(self) -> tuple[str, ...]:
        """The thresholds on which no decision stood."""
        return tuple(name for name, stood in self.edges.items() if not stood)

    def __str__(self) -> str:
        count = len(self.truths)
        tried = (count - len(self.never_met), count - len(self.never_failed), count - len(self.never_open))
        stood = len(self.edges) - len(self.not_on_the_edge)
        met = f"{self.measure}: {tried[0]} of {count} conditions met, {tried[1]} failed, {tried[2]} left open"
        lines = [f"{met}; {stood} of {len(self.edges)} thresholds stood on"]
        for words, names in (
            ("never met", self.never_met), ("never failed", self.never_failed), ("never left open", self.never_open),
            ("exemptions never used", self.never_used), ("never stood on", self.not_on_the_edge),
        ):  # fmt: skip
            lines += [f"{words}: {', '.join(names)}"] if names else []
        return "\n".join(lines)


def coverage(
    measure: Measure, decisions: Iterable[Decision] | None = None, *, cases: Iterable[WorkedCase] | None = None
) -> RuleCoverage:
    """What has been tried of a measure: by its worked cases, or by what is given.

    Args:
        measure: The measure.
        decisions: Decisions of the measure, such as a property test has gathered.
        cases: Worked cases; if neither is given, those that stand beside its rules. One that expects an error tries nothing.

    A what-if counts for the conditions, not for the thresholds.

    Raises:
        BadRules: The file of worked cases cannot be used; or there is none, and nothing was given.
        TypeError: It is no measure, no decisions, or no worked cases.
        ValueError: A decision is of another measure, or of other rules.
    """
    a_measure(measure)
    book = measure.rulebook
    told = all_of("decisions", decisions or (), Decision, "decisions")
    for at, decision in enumerate(told):
        of = decision.measure.rulebook
        if (of.id, of.rules_hash) != (book.id, book.rules_hash):
            raise ValueError(
                f"decisions=: number {at} is of {'other rules of ' * (of.id == book.id)}{of.id}, not of {book.id}"
            )
    own = all_of("cases", cases or (), WorkedCase, "worked cases")
    if decisions is None and cases is None:
        own = cases_of_measure(measure)
        if not own:
            raise no_cases(measure)
    every = chain(told, (decide_case(measure, case) for case in own if "error" not in case.expect))
    truths: dict[str, set[Truth]] = {condition.id: set() for condition in book.conditions}
    exemptions = {exemption.id: False for condition in book.conditions for exemption in condition.exemptions}
    edges = dict.fromkeys(thresholds(book), False)
    standing = _Standing(book, edges)
    for decision in every:
        for finding in decision.findings:
            truths[finding.id].add(finding.truth)
            if not all(exemptions[exemption.id] for exemption in finding.rule.exemptions):
                exemptions |= dict.fromkeys(finding.exemptions, True)
        if not decision.measure.varied:
            edges |= dict.fromkeys(standing.stood_on(decision), True)
    return RuleCoverage(
        measure.id,
        MappingProxyType({name: frozenset(found) for name, found in truths.items()}),
        MappingProxyType(exemptions),
        MappingProxyType(edges),
    )


def thresholds(book: Rulebook) -> tuple[str, ...]:
    """The published numbers and days that something is compared with, in the order of the file."""
    compared: set[str] = set()
    for expr in trees_of(book):
        for node in tree.walk(expr):
            if isinstance(node, tree.Compare | tree.Extreme):
                compared |= set(_parameters(node))
    for line in book.support.lines if book.support else ():
        for cap in line.caps:
            compared |= set(_parameters(cap.most))
    if book.spending:
        compared |= {line.share for line in book.spending.lines if line.share}
        compared |= {name for line in book.spending.lines for most in line.most.values() for name in _parameters(most)}
    dated: tuple[Term | Duty, ...] = (*book.terms, *book.duties)
    for term in dated:
        if term.by is not None and term.done:
            compared |= set(_parameters(term.by))
    return tuple(
        name
        for name, parameter in book.parameters.items()
        if name in compared
        and parameter.type.kind in ("number", "date")
        and all(value.known is not None for value in parameter.values)
    )


class _Standing:
    """Where the rules compare something with thresholds, looked for once; a threshold that was stood on is looked at no more."""

    def __init__(self, book: Rulebook, edges: Iterable[str]) -> None:
        self.book, self.wanted = book, set(edges)
        self.conditions = [(condition.id, set(_parameters(condition.holds))) for condition in book.conditions]
        self.compared = [found for expr in self._exprs() for found in _compared(expr)]

    def _exprs(self) -> Iterator[tree.Expr]:
        for condition in self.book.conditions:
            exempting = (exemption.when for exemption in condition.exemptions)
            yield from filter(None, (condition.holds, condition.when, condition.leaves, *exempting))
        for definition in self.book.definitions.values():
            for case in definition.cases:
                yield from filter(None, (case.value, case.when))
        spending = self.book.spending
        for plan in spending.plans if spending else ():
            for line in spending.lines if spending else ():
                parts = (line.takes, line.units, line.when, line.most)
                yield from (part[plan.id] for part in parts if plan.id in part)

    def stood_on(self, decision: Decision) -> set[str]:
        """The parameters on which something stood exactly, of those on which nothing did yet."""
        values = _Values(compiled(decision))
        stood: set[str] = set()
        for id_, names in self.conditions:
            if names & self.wanted and decision[id_].margin == 0:
                stood |= names
        for sides, names in self.compared:
            if names & self.wanted and values.equal(sides):
                stood |= names
        stood &= self.wanted
        stood |= self.wanted & {name for names in self._of_outputs(values) for name in names}
        self.wanted -= stood
        return stood

    def _of_outputs(self, values: _Values) -> Iterator[Iterable[str]]:
        """The parameters of days, caps and shares of spending that what is worked out equals."""
        book = self.book
        dated: tuple[Term | Duty, ...] = (*book.terms, *book.duties)
        for term in dated:
            if term.by is not None and term.done and self.wanted.intersection(names := set(_parameters(term.by))):
                said = values.reading.said[term.done]
                key = f"duty.{term.id}.day" if isinstance(term, Duty) else f"term.{term.id}.day"
                if said is not None and said == values.exactly(key):
                    yield names
        for line in book.support.lines if book.support else ():
            for i, cap in enumerate(line.caps):
                if self.wanted.intersection(names := set(_parameters(cap.most))):
                    whole = values.exactly(f"support.{line.id}.uncapped")
                    if whole is not None and whole == values.exactly(f"support.{line.id}.cap{i}"):
                        yield names
        for plan in book.spending.plans if book.spending else ():
            for spending in book.spending.lines if book.spending else ():
                names = {spending.share} if spending.share else set()
                names |= set(_parameters(spending.most[plan.id])) if plan.id in spending.most else set()
                key = f"spending.{plan.id}.{spending.id}"
                if spending.capped and self.wanted & names:
                    asked, cap_ = values.exactly(f"{key}.requested"), values.exactly(f"{key}.cap")
                    if asked is not None and asked == cap_:
                        yield names


def _compared(expr: tree.Expr) -> Iterator[tuple[tuple[tree.Expr, ...], set[str]]]:
    """The sides of each comparison, and the parameters that are one of them by name."""
    for node in tree.walk(expr):
        if isinstance(node, tree.Compare | tree.Extreme):
            sides = (node.left, node.right) if isinstance(node, tree.Compare) else node.args
            names = {side.name for side in sides if isinstance(side, tree.Name) and side.role == "parameter"}
            if names:
                yield sides, names


def _added(expr: tree.Expr) -> Iterator[tree.Expr]:
    """What a sum adds up, in its order; of what is no sum, that alone."""
    if isinstance(expr, tree.Arithmetic) and expr.op == "+":
        yield from _added(expr.left)
        yield from _added(expr.right)
    else:
        yield expr


def _parameters(expr: tree.Expr) -> Iterator[str]:
    return (name.name for name in tree.names(expr) if name.role == "parameter")


@dataclass(frozen=True, slots=True)
class _Values:
    """The exact values that one decision read."""

    reading: Explaining

    def exactly(self, output: str) -> int | None:
        """An output of the program as a scaled integer; None where it is not exact."""
        low, high = self.reading.ends(output)
        return low if low == high else None

    def equal(self, sides: Iterable[tree.Expr]) -> bool:
        """Whether names, sums of names, and fields of some record, have one value."""
        found: set[object] | None = None
        for side in sides:
            values = self._values_of(side)
            found = values if found is None else found & values
        return bool(found) and None not in (found or ())

    def _values_of(self, side: tree.Expr) -> set[object]:
        """What a side is worth exactly; nothing where that is not looked for."""
        match side:
            case tree.Name():
                return {self.reading.answers.readers.of_name(side)(self.reading)}
            case tree.FieldOf():
                table = self.reading.book.tables[side.table]
                at, spec = list(table.fields).index(side.field), table.fields[side.field]
                return {shown_field(spec, record[at]) for record in self.reading.reading.tables[table.name][1]}
            case tree.Arithmetic(op="+") if all(isinstance(part, tree.Name) for part in _added(side)):
                ends = [one for part in _added(side) for one in self._values_of(part)]
                numbers = [one for one in ends if isinstance(one, Decimal)]
                return {sum(numbers)} if len(numbers) == len(ends) else set()
            case _:
                return set()
