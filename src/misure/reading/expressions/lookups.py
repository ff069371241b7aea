# SPDX-License-Identifier: Apache-2.0
"""A value looked up in a table of the act: `rates[size, m.project]`.

What comes out is a tree of alternatives, one for each choice, whose ends are cells: parameters like any other. So every engine
decides a table as it decides an `if`, and of a choice that is not known each cell that it may mean is possible.
"""

from __future__ import annotations

import ast

from misure.ground.place import Place, nearest
from misure.reading.expressions.context import Context
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import TRUTH, Dimension, Lookup
from misure.reading.expressions.syntax import Wrong
from misure.rulebook.expression import Conditional, Expr, Name, OneOf

__all__ = ["read_lookup"]


def read_lookup(node: ast.Subscript, context: Context) -> Expr:
    """The value of a table at some choices.

    Raises:
        Wrong: There is no such table, or what stands in the brackets does not tell its values apart.
    """
    table = _table(node, context)
    asked = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
    context.begun.add(node.slice)
    if len(asked) != len(table.dimensions):
        by = ", ".join(one.by for one in table.dimensions)
        raise Wrong(node.col_offset, f"this table tells its values apart by {by}, and {len(asked)} stand here")
    pairs = list(zip(asked, table.dimensions, strict=True))
    keys = context.gather([lambda key=key, by=by: _key(key, by, context) for key, by in pairs])  # type: ignore[misc]
    return _chosen((), table, keys, context.place(node))


def _table(node: ast.Subscript, context: Context) -> Lookup:
    context.begun.add(node.value)
    scope, name = context.scope, node.value
    if not isinstance(name, ast.Name):
        raise Wrong(node.col_offset, "a value is looked up in a table of the act, by its name: 'rates[size]'")
    if name.id in scope.lookups:
        return scope.lookups[name.id]
    if name.id in scope.broken:
        raise Wrong(node.col_offset, "")
    if name.id in scope.late:
        raise Wrong(node.col_offset, f"{name.id!r} cannot be used here: {scope.late[name.id]}")
    if name.id in scope.names or name.id in scope.tables:
        raise Wrong(node.col_offset, f"{name.id!r} is no table of values, in which one could be looked up")
    raise Wrong(node.col_offset, f"no table of values is called {name.id!r}", nearest(name.id, scope.lookups))


def _key(node: ast.expr, by: Dimension, context: Context) -> Expr:
    """What tells the values apart, which has the choices of the table or some of them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        raise Wrong(
            node.col_offset, f"what is looked up depends on something, such as {by.by!r}; a cell alone has a name"
        )
    key = context.read(node)
    if key.type.kind != by.kind:
        what = "a choice" if by.kind == "choice" else "a yes or no"
        raise Wrong(node.col_offset, f"{what} belongs here, as {by.by!r} is, and this is {in_words(key.type)}")
    strange = [choice for choice in key.type.choices if choice not in by.choices]
    if strange:
        raise Wrong(
            node.col_offset,
            f"it may be {strange[0]!r}, of which the table says nothing: it knows the choices of {by.by!r}",
        )
    return key


def _chosen(found: tuple[str, ...], table: Lookup, keys: list[Expr], place: Place) -> Expr:
    if len(found) == len(keys):
        cell = table.cells[found]
        return Name(cell.name, cell.role, cell.type, place)
    key = keys[len(found)]
    choices = key.type.choices or table.dimensions[len(found)].choices
    *first, last = choices
    tree = _chosen((*found, last), table, keys, place)
    for choice in reversed(first):
        test = key if key.type.kind == "truth" else OneOf(key, (choice,), TRUTH, place)
        if key.type.kind == "truth" and choice != "yes":
            raise AssertionError("a truth is yes or no, in this order")
        tree = Conditional(test, _chosen((*found, choice), table, keys, place), tree, tree.type, place)
    return tree
