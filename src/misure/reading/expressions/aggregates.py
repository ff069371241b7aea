# SPDX-License-Identifier: Apache-2.0
"""One comprehension over one table, inside `count`, `sum`, `any`, `all`, `min`, `max` or `only`."""

from __future__ import annotations

import ast
from typing import Final, cast
from typing import Literal as Only

from misure.facts.vocabulary import TIME, Table
from misure.ground.place import nearest
from misure.reading.expressions.context import Context
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import TRUTH
from misure.reading.expressions.syntax import Wrong
from misure.rulebook.expression import Aggregate, AllOf, Expr, Type

__all__ = ["AGGREGATES", "read_aggregate", "table_of"]

AGGREGATES: Final = ("count", "sum", "any", "all", "min", "max", "only")


def read_aggregate(
    name: str, node: ast.Call, comprehension: ast.GeneratorExp | ast.ListComp | ast.SetComp, context: Context
) -> Expr:
    """An aggregate of a table's records."""
    if name not in AGGREGATES:
        raise Wrong(node.col_offset, f"{name!r} does not read a table", nearest(name, AGGREGATES))
    if not isinstance(comprehension, ast.GeneratorExp):
        raise Wrong(comprehension.col_offset, "write the comprehension without brackets of its own")
    if context.record:
        raise Wrong(
            node.col_offset, "one comprehension cannot stand inside another; give it a name under 'definitions'"
        )
    if len(comprehension.generators) > 1:
        raise Wrong(node.col_offset, f"{name!r} reads one table: one 'for' only")
    inside, tests = _record(comprehension.generators[0], context)
    values: list[tuple[Expr | None, Type]] = []
    conditions: list[Expr] = []
    context.gather(
        [
            lambda: values.append(_value(name, comprehension.elt, inside)),
            lambda: conditions.extend(inside.each(tests, _test)),
        ]
    )
    ((value, kind),) = values
    condition: Expr | None = None
    if conditions:
        first = conditions[0]
        condition = first if len(conditions) == 1 else AllOf(tuple(conditions), TRUTH, first.place)
    assert inside.record is not None
    table = inside.record[1].name
    op = cast("Only['count', 'sum', 'any', 'all', 'min', 'max', 'only']", name)
    return Aggregate(op, table, value, condition, kind, context.place(node))


def _record(generator: ast.comprehension, context: Context) -> tuple[Context, list[ast.expr]]:
    called: list[str] = []
    read: list[Table] = []
    context.gather(
        [lambda: called.append(_called(generator, context)), lambda: read.append(table_of(generator, context))]
    )
    return context.inside(called[0], read[0]), generator.ifs


def _called(generator: ast.comprehension, context: Context) -> str:
    target = generator.target
    if not isinstance(target, ast.Name) or generator.is_async:
        raise Wrong(target.col_offset, "one plain name stands for the record, as in 'for p in partners'")
    if target.id in context.scope.names or target.id in context.scope.tables:
        raise Wrong(target.col_offset, f"{target.id!r} already has a meaning; call the record something else")
    return target.id


def table_of(generator: ast.comprehension, context: Context) -> Table:
    """The table of a comprehension.

    Raises:
        Wrong: No table is called so.
    """
    context.begun.add(generator.iter)
    source, tables = generator.iter, context.scope.tables
    if not isinstance(source, ast.Name):
        raise Wrong(source.col_offset, "a table belongs here")
    if source.id not in tables:
        raise Wrong(source.col_offset, f"no table is called {source.id!r}", nearest(source.id, tables))
    return tables[source.id]


def _test(node: ast.expr, inside: Context) -> Expr:
    test = inside.read(node)
    if test.type.kind != "truth":
        raise Wrong(node.col_offset, f"a yes or no belongs after 'if', and this is {in_words(test.type)}")
    return test


def _value(name: str, element: ast.expr, inside: Context) -> tuple[Expr | None, Type]:
    assert inside.record is not None
    variable = inside.record[0]
    if name == "count":
        inside.begun.add(element)
        if not isinstance(element, ast.Name) or element.id != variable:
            raise Wrong(element.col_offset, f"'count' counts records: write 'count({variable} for {variable} in ...)'")
        return None, Type("number", "count")
    value = inside.read(element)
    kind = value.type.kind
    if name in ("any", "all"):
        if kind != "truth":
            raise Wrong(element.col_offset, f"{name!r} takes a yes or no, and this is {in_words(value.type)}")
        return value, TRUTH
    if (kind != "number" and (name == "sum" or kind != "date")) or (name == "sum" and value.type.unit == TIME):
        taken = "numbers" if name == "sum" else "numbers or days"
        raise Wrong(element.col_offset, f"{name!r} takes {taken}, and this is {in_words(value.type)}")
    return value, value.type
