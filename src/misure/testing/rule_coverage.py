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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType

from misure._reopen import by_public_name
from misure.deciding.decision import Decision
from misure.deciding.explaining import Explaining
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.ground.truth import Truth
from misure.reading.cases.decisions import WorkedCase
from misure.rulebook import expression as tree
from misure.rulebook.rules import Duty, Rulebook, Term
from misure.testing.edges import trees_of
from misure.testing.handed import a_measure, all_of
from misure.testing.worked_cases import cases_of_measure, decide_case, no_cases
from misure.testing.worked_out import parameters_of, worth_of

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
        self.compared = [found for expr in trees_of(book) for found in _compared(expr)]

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
    """The sides of each comparison, and the parameters of which they are made."""
    for node in tree.walk(expr):
        if isinstance(node, tree.Compare | tree.Extreme):
            sides = (node.left, node.right) if isinstance(node, tree.Compare) else node.args
            names = set[str]().union(*map(parameters_of, sides))
            if names:
                yield sides, names


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

    def equal(self, sides: Sequence[tree.Expr]) -> bool:
        """Whether all sides come to one value: for some record, where they speak of one."""
        tables = {node.table for side in sides for node in tree.walk(side) if isinstance(node, tree.FieldOf)}
        rows: Iterable[int | None] = (None,)
        for table in tables:
            rows = range(len(self.reading.reading.tables[table][1]))
        return len(tables) <= 1 and any(self._alike(sides, row) for row in rows)

    def _alike(self, sides: Sequence[tree.Expr], row: int | None) -> bool:
        first, *others = (worth_of(side, self.reading, row) for side in sides)
        return first is not None and all(one == first for one in others)
