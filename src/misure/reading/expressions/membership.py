# SPDX-License-Identifier: Apache-2.0
"""Whether something is one of several: a choice or a number in a list, a day in a window; and a choice in quotes."""

from __future__ import annotations

import ast
from typing import cast

from misure.ground.place import Place, nearest
from misure.reading.expressions.context import Context
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import TRUTH, Named
from misure.reading.expressions.syntax import Wrong
from misure.rulebook.expression import AllOf, Compare, Expr, Literal, Name, OneOf

__all__ = ["is_text", "read_choice", "read_membership"]


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def read_choice(node: ast.expr, among: Expr, context: Context) -> Expr:
    """A choice in quotes, checked against the choices of what it is compared with."""
    value = cast("str", cast("ast.Constant", node).value)
    if among.type.kind != "choice":
        raise Wrong(
            node.col_offset, f"the text {value[:40]!r} can only be compared with a choice, not {in_words(among.type)}"
        )
    if value not in among.type.choices:
        suggestion = nearest(value, among.type.choices)
        raise Wrong(node.col_offset, f"{value[:40]!r} is not one of the choices", suggestion)
    return Literal(value, among.type, context.place(node))


def read_membership(left: ast.expr, right: ast.expr, context: Context) -> Expr:
    item, place = context.read(left), context.place(left)
    window = context.scope.names.get(right.id) if isinstance(right, ast.Name) else None
    if window is not None and window.window is not None:
        return _in_window(item, window, left, place)
    if isinstance(right, ast.Name) and window is None:
        context.read(right)
    if item.type.kind == "code":
        raise Wrong(left.col_offset, "whether a code lies under others is asked with 'within(code, codes)'")
    if item.type.kind == "number":
        return _one_of_numbers(item, right, context, place)
    if item.type.kind != "choice":
        raise Wrong(
            left.col_offset,
            f"only a choice or a number can be in a list, or a day in a window; this is {in_words(item.type)}",
        )
    if isinstance(right, (ast.Tuple, ast.List, ast.Set)):
        options = context.each(right.elts, lambda option, _: _listed(option, item, right, context))
        return OneOf(item, tuple(str(cast("Literal", option).value) for option in options), TRUTH, place)
    among = context.read(right)
    if not isinstance(among, Name) or among.type.kind != "list":
        raise Wrong(right.col_offset, f"a list belongs here, and this is {in_words(among.type)}")
    of, known = context.scope.lists.get(among.name, ("", ()))
    if of and not set(item.type.choices) <= set(known):
        raise Wrong(
            right.col_offset, f"the list {among.name!r} is of the choices of {of!r}, which are others than these"
        )
    wrong = [choice for choice in among.type.choices if choice not in item.type.choices]
    if wrong or among.type.unit:
        said = repr(wrong[0]) if wrong else "a number"
        raise Wrong(right.col_offset, f"the list {among.name!r} holds {said}, which is not one of the choices")
    return OneOf(item, among, TRUTH, place)


def _listed(option: ast.expr, item: Expr, among: ast.expr, context: Context) -> Expr:
    if not is_text(option):
        raise Wrong(among.col_offset, "a list here holds choices in quotes only")
    return read_choice(option, item, context)


def _one_of_numbers(item: Expr, right: ast.expr, context: Context, place: Place) -> Expr:
    """A number is one of those of a list parameter, which are in its unit."""
    among = context.read(right)
    if not isinstance(among, Name) or among.type.kind != "list" or not among.type.unit:
        raise Wrong(right.col_offset, f"a list parameter of numbers belongs here, and this is {in_words(among.type)}")
    if among.type.unit != item.type.unit:
        raise Wrong(
            right.col_offset, f"the list {among.name!r} is in {among.type.unit}, and this is {in_words(item.type)}"
        )
    return OneOf(item, among, TRUTH, place)


def _in_window(day: Expr, window: Named, left: ast.expr, place: Place) -> Expr:
    if day.type.kind != "date":
        raise Wrong(left.col_offset, f"only a day lies in a window; this is {in_words(day.type)}")
    assert window.window is not None
    opens, closes = window.window
    ends = Compare("<=", opens, day, TRUTH, place), Compare("<=", day, closes, TRUTH, place)
    return AllOf(ends, TRUTH, place)
