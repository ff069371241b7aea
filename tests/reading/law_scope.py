# SPDX-License-Identifier: Apache-2.0
"""A scope in which the functions of the law beneath can be called: the bundled vocabulary, and tables that do not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from misure.facts.vocabulary import Kind
from misure.ground.place import Place
from misure.reading.expressions.parser import read_expression
from misure.reading.expressions.scope import DAY, TRUTH, Named, Scope, type_of_fact
from misure.reading.packages.shelf import Shelf
from misure.reading.text.files import Files
from misure.reading.text.written import Written
from misure.rulebook.expression import Type

RULES = Path(__file__).parents[2] / "rules"
KNOWN = Files([]).again(Shelf.at([RULES]).glossary).vocabulary
HERE = Place("x", 1, 1)


def _aids(**changed):
    table = KNOWN.tables["deminimis_aids"]
    return replace(table, fields={name: replace(fact, **changed.get(name, {})) for name, fact in table.fields.items()})


TABLES = dict(KNOWN.tables) | {
    "odd_kind": replace(_aids(granted_on={"kind": Kind.TRUTH}), name="odd_kind"),
    "odd_unit": replace(_aids(amount={"unit": "points"}), name="odd_unit"),
    "odd_choice": replace(_aids(regulation={"choices": {"gen": "a", "altro": "b"}}), name="odd_choice"),
    "few_choices": replace(_aids(regulation={"choices": {"gen": "a"}}), name="few_choices"),
}
NAMES = {name: Named(name, "fact", type_of_fact(fact), HERE) for name, fact in KNOWN.facts.items()} | {
    "on": Named("on", "on", DAY, HERE),
    "months_told": Named("months_told", "fact", Type("number", "months"), HERE),
    "heads_told": Named("heads_told", "fact", Type("number", "awu", 2), HERE),
    "quota_told": Named("quota_told", "fact", Type("number", "share", 4), HERE),
    "rate_told": Named("rate_told", "parameter", Type("number", "share", 4), HERE),
    "active_told": Named("active_told", "fact", TRUTH, HERE),
}


def read(text):
    """The tree of an expression, or what is told of it."""
    faults = []
    tree = read_expression(Written(text), Scope(KNOWN.units, TABLES, NAMES), faults, "rule")
    return tree if tree is not None else [str(fault) for fault in faults]
