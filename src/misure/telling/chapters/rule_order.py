# SPDX-License-Identifier: Apache-2.0
"""Every rule of a rulebook with what it reads: its trees, and the parameters it names outside of a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from misure.rulebook.expression import Aggregate, Call, Expr, FieldOf, Happened, Name, walk
from misure.rulebook.rules import Condition, Definition, Duty, Rule, Rulebook, Term

__all__ = ["Reads", "asked_by", "of_the_law_alone", "reads_of", "rules_of", "says_the_law_alone", "shapes_of"]

Reads = tuple[Rule, Sequence[Expr | None], Sequence[str]]
"""A rule, the trees that it reads, and the parameters that it names."""


def reads_of(rule: Condition | Term | Duty) -> Reads:
    """What a condition, a term or a duty reads."""
    if isinstance(rule, Condition):
        exempted = (exemption.when for exemption in rule.exemptions)
        back = (one.amount for one in rule.recovers)
        return rule, [rule.when, rule.holds, rule.leaves, *rule.keeps, *back, *exempted], []
    if isinstance(rule, Term):
        return rule, [rule.by, rule.opens, rule.closes, rule.opens_at, rule.closes_at], [rule.regime]
    return rule, [rule.when, rule.by, rule.opens, rule.closes], [rule.regime]


def rules_of(book: Rulebook) -> Iterator[Reads]:
    """The rules: conditions, terms and duties, then the shapes. Terms come before the conditions made of them."""
    terms = {term.id for term in book.terms}
    yield from map(reads_of, book.terms)
    yield from (reads_of(condition) for condition in book.conditions if condition.id not in terms)
    yield from map(reads_of, book.duties)
    yield from shapes_of(book)


def shapes_of(book: Rulebook) -> Iterator[Reads]:
    """The lines of the shapes: score, spending, support, tranches."""
    for criterion in book.score.criteria if book.score else ():
        yield criterion, [criterion.gives], [criterion.most, criterion.steps]
    for bonus in book.score.bonuses if book.score else ():
        yield bonus, [bonus.when], [bonus.points, *filter(None, [book.score.bonus_most if book.score else ""])]
    for category in book.spending.lines if book.spending else ():
        yield category, category.trees, [category.share, category.flat, category.unit_cost]
    for line in book.support.lines if book.support else ():
        equivalent = line.equivalent.amount if line.equivalent else None
        shared = [line.apportioned.by, line.apportioned.most, line.apportioned.rest] if line.apportioned else []
        yield line, [line.of, line.share, *(cap.most for cap in line.caps), equivalent, *shared], [line.intensity]
    for tranche in book.tranches.lines if book.tranches else ():
        kept = [tree for one in tranche.withheld for tree in (one.of, one.when)]
        yield tranche, [tranche.most, *kept], [tranche.share, tranche.stated, *(one.share for one in tranche.withheld)]


def of_the_law_alone(book: Rulebook, tree: Expr) -> bool:
    """Whether a tree says the same of every applicant: it reads nothing but legal values."""
    for node in walk(tree):
        if isinstance(node, (Aggregate, FieldOf, Happened, Call)):
            return False
        if isinstance(node, Name) and node.role != "parameter":
            definition = book.definitions.get(node.name) if node.role == "definition" else None
            if definition is None or not says_the_law_alone(book, definition):
                return False
    return True


def says_the_law_alone(book: Rulebook, definition: Definition) -> bool:
    """Whether a definition has one value, or none, for every applicant."""
    trees = [tree for case in definition.cases for tree in (case.when, case.value) if tree is not None]
    return all(of_the_law_alone(book, tree) for tree in trees)


def asked_by(book: Rulebook, tree: Expr) -> frozenset[str]:
    """The facts, fields and tables on which a tree rests, through every definition, total and amount that it names."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [tree]
    while waiting:
        for node in walk(waiting.pop()):
            if isinstance(node, Aggregate):
                found.add(node.table)
            elif isinstance(node, FieldOf):
                found.add(f"{node.table}.{node.field}")
            elif isinstance(node, Name) and node.role in ("fact", "event"):
                found.add(node.name)
            elif isinstance(node, Name) and node.name not in seen:
                seen.add(node.name)
                waiting += _behind(book, node)
                if node.role not in ("parameter", "definition"):
                    # A total of costs, a line of support, the score: all that is told of them moves it.
                    found.add(node.name.partition(".")[0])
    return frozenset(found)


def _behind(book: Rulebook, name: Name) -> list[Expr]:
    definition = book.definitions.get(name.name)
    cases = definition.cases if definition is not None else ()
    lines = book.support.lines if book.support else ()
    trees = [tree for case in cases for tree in (case.when, case.value) if tree is not None]
    return trees + [line.of for line in lines if line.id == name.name.partition(".")[0]]
