# SPDX-License-Identifier: Apache-2.0
"""The operators of a program are a closed table, and what is put together for columns stays within theirs."""

from __future__ import annotations

import ast
import itertools

import pytest

import misure
from misure.deciding.machinery import compiled
from misure.engines.columns.inputs import Inputs, Presence
from misure.engines.columns.rebuilding import Rebuilding
from misure.engines.operators import COLUMNS, OPERATORS
from misure.program.civil import FUNCTIONS
from misure.program.nodes import Nodes, below
from tests.packaging.environments import ROOT

MEASURES = sorted(misure.catalogue())


class Everything:
    """A table of columns of which every fact may be told."""

    def __init__(self, tables):
        self.known = set(tables)
        self.silent = set(tables)

    def state(self, name):
        return Presence.PERHAPS

    def valued(self, name):
        return True

    def may_wait(self, name):
        return True


def nodes_of(measure, *, complete):
    """The nodes of every output of every period of a measure, split."""
    behind = compiled(measure)
    for day in behind.periods:
        period = behind.period(day)
        split = period.split(complete=complete)
        for node in period.program.outputs.values():
            if node.sort != "text":
                yield split.pair(node).first
                yield split.pair(node).second


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("name", MEASURES)
def test_a_split_program_has_no_other_operators(name, complete):
    found = list(below(nodes_of(misure.catalogue()[name], complete=complete)))
    assert len(found) > 50
    assert {node.op for node in found} <= OPERATORS.keys()
    for node in found:
        operator = OPERATORS[node.op]
        assert operator.gives in ("any", node.sort), node
        if "*" not in operator.takes:
            assert len(node.args) == len(operator.takes), node
        assert all(
            arg.sort == sort for arg, sort in zip(node.args, operator.takes, strict=False) if sort not in ("any", "*")
        )


@pytest.mark.parametrize("name", MEASURES)
def test_columns_have_fewer(name):
    measure = misure.catalogue()[name]
    book, behind = measure.rulebook, compiled(measure)
    nodes = Nodes()
    sheets = {table: Everything(book.tables if not table else ()) for table in ("", *book.tables)}
    items = {table.name: table.max_items for table in book.tables.values()}
    inputs = Inputs(nodes, sheets, behind.periods[-1].toordinal(), law_of=book.law_of, items=items)
    rebuilt = Rebuilding(nodes, inputs)
    outputs = itertools.islice(nodes_of(measure, complete=False), 400)
    found = list(below([rebuilt(node) for node in outputs]))
    assert len(found) > 50
    assert {node.op for node in found} <= COLUMNS.keys()
    assert not {node.op for node in found} & FUNCTIONS.keys()


def said_of(path):
    """The operators that a printer names: in its `case`s, and in its tables."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / "src/misure/engines" / path).read_text("utf-8"))):
        if isinstance(node, ast.match_case):
            found |= {one.value for one in ast.walk(node.pattern) if isinstance(one, ast.Constant)}
        elif isinstance(node, ast.Dict):
            found |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return found


def test_the_printer_of_columns_names_them_all():
    put_together = {"column", "gather_sum", "gather_min", "gather_max"}
    assert COLUMNS.keys() - said_of("narwhals/printer.py") == put_together
