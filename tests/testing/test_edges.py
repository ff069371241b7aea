# SPDX-License-Identifier: Apache-2.0
"""What the edges of a measure are read off: every tree of every rule, wherever the rule stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import misure
from misure.ground.record import Record
from misure.rulebook import expression as tree
from misure.rulebook.rules import Rulebook
from misure.testing.edges import Edges, trees_of
from tests.reading.small_measures import small, whole

__all__ = ["small", "whole"]

MEASURES = misure.catalogue()
NOT_GIVEN = {"OwnShare.of", "SupportLine.share", "Tranches.of"}
"""Not given: what is divided, and the share of it that depends on the applicant."""


def written(value: object, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every tree below a value, with the class and the field of the rule that holds it."""
    match value:
        case Record() if isinstance(value, tree.Expr):
            yield where, value
        case Record():
            for name, item in value.fields():
                yield from written(item, f"{type(value).__name__}.{name}")
        case tuple() | Mapping():
            for item in value.values() if isinstance(value, Mapping) else value:
                yield from written(item, where)
        case _:
            pass


def of_one_applicant(book: Rulebook) -> list[tuple[str, Any]]:
    """The trees of a rulebook that decide about one applicant: a selection is among many."""
    found = [one for name, part in book.fields() if name != "selection" for one in written(part, name)]
    return [(where, expr) for where, expr in found if where not in NOT_GIVEN]


def test_the_whole_measure_has_a_tree_in_every_place(whole: Rulebook) -> None:
    assert {where for where, _ in of_one_applicant(whole)} == {
        "Bonus.when", "Cap.most", "Case.value", "Case.when", "Condition.holds", "Condition.when", "Criterion.gives", "Duty.by",
        "Equivalent.amount", "Exemption.when", "Requirement.holds", "Requirement.when", "SpendingLine.most", "SpendingLine.takes",
        "SpendingLine.when", "SupportLine.of", "Term.by", "Term.closes", "Term.opens",
    }  # fmt: skip
    assert {where for where, _ in written(whole)} >= NOT_GIVEN


def test_every_tree_of_a_measure_that_says_everything_is_given_once(whole: Rulebook) -> None:
    assert sorted(map(id, trees_of(whole))) == sorted(id(expr) for _, expr in of_one_applicant(whole))


@pytest.mark.parametrize("name", MEASURES)
def test_every_tree_of_a_measure_is_given_once(name: str) -> None:
    book = MEASURES[name].rulebook
    assert sorted(map(id, trees_of(book))) == sorted(id(expr) for _, expr in of_one_applicant(book))


def test_the_nodes_are_those_of_all_trees(whole: Rulebook) -> None:
    found = [node for expr in trees_of(whole) for node in tree.walk(expr)]
    assert list(map(id, Edges(whole).nodes)) == list(map(id, found))
    assert len(found) > len(list(trees_of(whole)))


@pytest.mark.parametrize(("field", "is_year"), [("year", True), ("turnover", False), ("foreign_supplies", False)])
def test_a_year_is_what_some_rule_compares_with_the_year_of_a_day(field: str, is_year: bool) -> None:
    verso = MEASURES["lombardia/verso-nuovi-mercati"].rulebook
    assert Edges(verso).is_year(verso.tables["vat_years"].fields[field]) is is_year
