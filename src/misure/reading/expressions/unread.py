# SPDX-License-Identifier: Apache-2.0
"""What of an expression was not read where something wrong stopped the reader of it: it is read for its own faults.

A reader of one node stops at the first thing that is wrong with it, since nothing can be said of a sum whose first part
is nothing. What stands beside has faults of its own, and they are told in the same run.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import partial

from misure.reading.expressions.aggregates import table_of
from misure.reading.expressions.calls import SPANS
from misure.reading.expressions.context import Context
from misure.reading.expressions.syntax import Wrong

__all__ = ["read_the_rest"]

_Comprehension = ast.GeneratorExp | ast.ListComp | ast.SetComp


def read_the_rest(node: ast.expr, context: Context) -> None:
    """Read the parts of `node` that nobody has read yet; what is wrong in each is told as a fault."""
    if isinstance(node, _Comprehension):
        _records(node, context)
        return
    for part in _parts(node):
        if part in context.begun or _has_no_meaning_alone(part, context):
            continue
        if isinstance(part, _Comprehension):
            _records(part, context)
        else:
            _told(partial(context.read, part), context)


def _told(step: Callable[[], object], context: Context) -> None:
    try:
        step()
    except Wrong as problem:
        context.tell(problem)


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        yield from node.args
        yield from (keyword.value for keyword in node.keywords)
    elif isinstance(node, ast.NamedExpr):
        yield node.value
    elif not isinstance(node, (ast.Lambda, ast.JoinedStr, ast.List, ast.Tuple, ast.Set, ast.Attribute)):
        yield from (part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))


def _has_no_meaning_alone(part: ast.expr, context: Context) -> bool:
    """A choice in quotes, a table, a window, a record, a list of choices: what it is depends on what stands beside it."""
    if isinstance(part, ast.Name):
        known = context.scope.names.get(part.id)
        return (
            part.id in context.scope.tables
            or (known is not None and known.type.kind == "window")
            or (context.record is not None and part.id == context.record[0])
        )
    if isinstance(part, ast.Call):  # a length of time, which is one beside a day alone
        return isinstance(part.func, ast.Name) and part.func.id in SPANS
    return isinstance(part, (ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Starred))


def _records(node: _Comprehension, context: Context) -> None:
    """The value and the tests of a comprehension, whose table may be unknown, and then its fields are."""
    generator = node.generators[0]
    target, source = generator.target, generator.iter
    if context.record or len(node.generators) > 1 or not isinstance(target, ast.Name):
        return
    tables = context.scope.tables
    if (
        target.id in context.scope.names or target.id in tables
    ):  # it is told, and who reads it does not know which is meant
        return
    known = tables.get(source.id) if isinstance(source, ast.Name) else None
    inside = context.inside(target.id, known) if known is not None else context.without_fields(target.id)
    if source not in context.begun:
        _told(partial(table_of, generator, context), context)
    for part in (node.elt, *generator.ifs):
        if part not in context.begun and not _has_no_meaning_alone(part, inside):
            _told(partial(inside.read, part), inside)
