# SPDX-License-Identifier: Apache-2.0
"""What SOURCES.md calls a rule, a value or a fact is one of the measure: names that changed are not left behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import misure
from misure.reading.packages.shelf import numbered_rows

RULES = Path(__file__).parents[2] / "rules"
CATALOGUE = misure.catalogue()
WORDS = {"acts", "editions", "inferred", "not_modelled", "score", "selection", "tie_break", "unknown", "own_share", "progetto", "fixed_instant"}  # fmt: skip
"""Keys of the format, and the schedule and the counting regime that a measure names."""
USUAL = {name for _, (name, _) in numbered_rows((RULES / "lombardia" / "usual-requirements.csv").read_text("utf-8"))}


def names_of(book):
    """Every name that the rule file gives, or takes from the vocabulary."""
    yield from (*book.parameters, *book.definitions, *book.facts, *book.tables)
    yield from (name for table in book.tables.values() for name in table.fields)
    yield from (rule.id for rules in (book.conditions, book.terms, book.duties, book.tensions) for rule in rules)
    yield from (exemption.id for condition in book.conditions for exemption in condition.exemptions)
    yield from (one.id for condition in book.conditions for one in condition.recovers)
    if book.score:
        yield from (one.id for one in (*book.score.criteria, *book.score.bonuses))
    for shape in (book.spending, book.support, book.tranches):
        yield from (line.id for line in shape.lines) if shape else ()
    for line in book.tranches.lines if book.tranches else ():
        yield from (requirement.id for part in line.needs.values() for requirement in part)
        yield from (one.id for one in line.withheld)
    yield from (relation.id for relation in book.selection.relations) if book.selection else ()


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_name_in_the_sources_is_one_of_the_measure(name):
    told = set(re.findall(r"`([a-z]+(?:_[a-z0-9]+)*)`", (RULES / name / "SOURCES.md").read_text("utf-8")))
    assert told - set(names_of(CATALOGUE[name].rulebook)) - USUAL - WORDS == set()
    assert told
