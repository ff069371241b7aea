# SPDX-License-Identifier: Apache-2.0
"""The functions of the expressions: spans of time, `year`, `happened`, `within`, rounding, `min` and `max`."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final, TypeAlias, cast
from typing import Literal as Only

from misure.facts.vocabulary import TIME
from misure.ground.place import nearest
from misure.ground.record import replaced
from misure.reading.expressions.aggregates import AGGREGATES, read_aggregate
from misure.reading.expressions.context import Context
from misure.reading.expressions.kinds import in_words, one_with_other, unify
from misure.reading.expressions.law_calls import is_law_function, read_law_call
from misure.reading.expressions.scope import TRUTH
from misure.reading.expressions.syntax import Wrong
from misure.rulebook.expression import Expr, Extreme, Happened, Name, Rounded, Type, Within, YearOf
from misure.rulebook.functions import FUNCTIONS

__all__ = ["SPANS", "SpanUnit", "is_span", "read_call", "read_span"]

SpanUnit: TypeAlias = Only["days", "months", "years", "working_days"]
SPANS: Final = {
    "days": ("days",), "months": ("months",), "years": ("years",), "working_days": ("working_days", "days"),
}  # fmt: skip


def read_call(node: ast.Call, context: Context) -> Expr:
    """A call of one of the functions, or a comprehension over a table."""
    if not isinstance(node.func, ast.Name):
        raise Wrong(node.col_offset, "only the functions of the rule language can be called")
    name = node.func.id
    if is_law_function(name):
        return read_law_call(name, node, context)
    if node.keywords:
        raise Wrong(node.col_offset, f"{name!r} takes no named arguments")
    if len(node.args) == 1 and isinstance(node.args[0], (ast.GeneratorExp, ast.ListComp, ast.SetComp)):
        return read_aggregate(name, node, node.args[0], context)
    if name in SPANS:
        raise Wrong(
            node.col_offset, f"{name}(...) is a length of time: add it to a day, as in 'filed_on + {name}(...)'"
        )
    reader = _FUNCTIONS.get(name)
    if reader is None and name in AGGREGATES:
        example = "p for p" if name == "count" else "p.field for p"
        raise Wrong(node.col_offset, f"{name!r} reads a table: {name}({example} in table if ...)")
    if reader is None:
        known = [*_FUNCTIONS, *SPANS, *AGGREGATES, *FUNCTIONS]
        raise Wrong(node.col_offset, f"no function is called {name!r}", nearest(name, known))
    return reader(name, node, context)


def is_span(node: ast.expr) -> bool:
    """Whether the node is written as a length of time."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPANS


def read_span(node: ast.expr, context: Context) -> tuple[SpanUnit, Expr]:
    """The unit and the amount of a length of time, which the node is."""
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    context.begun.add(node)
    unit = node.func.id
    (arg,) = _args(unit, node, 1)
    amount = context.read(arg)
    if amount.type.kind != "number" or (amount.type.unit and amount.type.unit not in SPANS[unit]):
        raise Wrong(arg.col_offset, f"{unit}(...) takes a number of {unit}, and this is {in_words(amount.type)}")
    return cast("SpanUnit", unit), amount


def _args(name: str, node: ast.Call, number: int) -> list[ast.expr]:
    if len(node.args) != number or any(isinstance(arg, ast.Starred) for arg in node.args):
        things = "one thing" if number == 1 else f"{number} things"
        raise Wrong(node.col_offset, f"{name!r} takes {things} in brackets")
    return node.args


def _year(name: str, node: ast.Call, context: Context) -> Expr:
    (arg,) = _args(name, node, 1)
    day = context.read(arg)
    if day.type.kind != "date":
        raise Wrong(arg.col_offset, f"'year' takes a day, and this is {in_words(day.type)}")
    return YearOf(day, Type("number", "year"), context.place(node))


def _happened(name: str, node: ast.Call, context: Context) -> Expr:
    (arg,) = _args(name, node, 1)
    event = context.read(arg)
    if not isinstance(event, Name) or event.role != "event":
        raise Wrong(arg.col_offset, f"'happened' takes an event, and this is {in_words(event.type)}")
    return Happened(event, TRUTH, context.place(node))


def _within(name: str, node: ast.Call, context: Context) -> Expr:
    code_arg, codes_arg = _args(name, node, 2)
    code: list[Expr] = []
    codes: list[Name] = []
    context.gather([
        lambda: code.append(_classified(code_arg, context)), lambda: codes.append(_codes(codes_arg, context))
    ])  # fmt: skip
    return Within(code[0], codes[0], TRUTH, context.place(node))


def _classified(node: ast.expr, context: Context) -> Expr:
    code = context.read(node)
    if code.type.kind != "code":
        raise Wrong(node.col_offset, f"'within' takes a classification code first, and this is {in_words(code.type)}")
    return code


def _codes(node: ast.expr, context: Context) -> Name:
    codes = context.read(node)
    if not isinstance(codes, Name) or codes.type.kind != "list" or codes.type.unit:
        raise Wrong(node.col_offset, "'within' takes a parameter that lists codes, such as [A, K, 01.61]")
    return codes


def _rounded(name: str, node: ast.Call, context: Context) -> Expr:
    """To the last decimal of the unit, or to the whole unit: `half_up(x, 0)`."""
    given = [one.value for one in node.args[1:] if isinstance(one, ast.Constant)]
    whole = len(node.args) == 2 and len(given) == 1 and type(given[0]) is int and given[0] == 0
    arg = node.args[0] if whole else _args(name, node, 1)[0]
    context.begun.update(node.args[1:])
    value = context.read(arg)
    if value.type.kind != "number" or value.type.unit in ("", "share", TIME):
        raise Wrong(arg.col_offset, f"{name!r} rounds a number that has a unit, and this is {in_words(value.type)}")
    kind = replaced(value.type, decimals=0) if whole else value.type
    return Rounded(cast("Only['half_up', 'down']", name), value, kind, context.place(node))


def _extreme(name: str, node: ast.Call, context: Context) -> Expr:
    if len(node.args) < 2 or any(isinstance(arg, ast.Starred) for arg in node.args):
        raise Wrong(node.col_offset, f"{name!r} takes two things or more, or reads a table")
    args = context.each(node.args, lambda arg, inside: inside.read(arg))
    kind = args[0].type
    wrong = []
    for tree, arg in zip(args, node.args, strict=True):
        found = unify(kind, tree.type, context.scope) if tree.type.kind in ("number", "date") else None
        if found is None:
            wrong.append(Wrong(arg.col_offset, f"cannot compare {one_with_other(kind, tree.type)}"))
        if kind.kind not in ("number", "date"):  # whatever stands beside it, the first is what is wrong
            break
        kind = found or kind
    context.refuse(wrong)
    return Extreme(cast("Only['min', 'max']", name), tuple(args), kind, context.place(node))


_FUNCTIONS: dict[str, Callable[[str, ast.Call, Context], Expr]] = {
    "year": _year,
    "happened": _happened,
    "within": _within,
    "half_up": _rounded,
    "down": _rounded,
    "min": _extreme,
    "max": _extreme,
}
