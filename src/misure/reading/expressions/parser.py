# SPDX-License-Identifier: Apache-2.0
"""From the text of an expression to a typed tree, with every name, type and unit checked.

What can be written is a small subset of Python's expressions. Whatever is not listed here is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from typing import Literal as Only

from misure.facts.vocabulary import TIME
from misure.ground.place import Fault, nearest
from misure.reading.expressions.calls import SpanUnit, is_span, read_call, read_span
from misure.reading.expressions.context import Context
from misure.reading.expressions.kinds import in_words, one_with_other, shared_unit, unify
from misure.reading.expressions.lookups import read_lookup
from misure.reading.expressions.membership import is_text, read_choice, read_membership
from misure.reading.expressions.scope import DAY, DAYS, TRUTH, Scope, type_of_fact
from misure.reading.expressions.syntax import Wrong, parse
from misure.reading.expressions.unread import read_the_rest
from misure.reading.text.written import Written
from misure.rulebook.expression import (
    AllOf,
    AnyOf,
    Arithmetic,
    Compare,
    Conditional,
    Expr,
    FieldOf,
    Literal,
    Name,
    Not,
    Shift,
    Type,
)

__all__ = ["read_expression"]

_Order = Only["<", "<=", "==", "!=", ">=", ">"]
_ORDERS: dict[type[ast.cmpop], _Order] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!=", ast.GtE: ">=", ast.Gt: ">",
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], Only["+", "-", "*", "/"]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
}  # fmt: skip


def read_expression(text: Written, scope: Scope, faults: list[Fault], subject: str, want: str = "") -> Expr | None:
    """The tree of an expression; None, and the faults added, when it is wrong. `want` is the kind that it must have."""
    context = Context(text, scope, faults, subject, _read)
    told: list[Wrong] = []
    tree: Expr | None = None
    try:
        tree = _read(parse(text, told), context)
        if want and not told and tree.type.kind != want and len(faults) == context.faults_before:
            context.wrong(0, f"{_WANTED[want]}, and this is {in_words(tree.type)}")
    except Wrong as problem:
        told.append(problem)
    for wrong in told:
        context.tell(wrong)
    faults[context.faults_before :] = sorted(faults[context.faults_before :], key=_in_the_text)
    return tree if len(faults) == context.faults_before else None


def _in_the_text(fault: Fault) -> tuple[int, int]:
    return fault.place.line, fault.place.column


_VERBS = {"+": "add up", "-": "subtract", "*": "multiply", "/": "divide"}
_WANTED = {"date": "a day belongs here", "number": "a number belongs here", "truth": "a condition is a yes or no"}


def _read(node: ast.expr, context: Context) -> Expr:
    if node in context.stopped:
        raise Wrong(node.col_offset, "")
    context.begun.add(node)
    try:
        return _READERS.get(type(node), _nothing)(node, context)
    except Wrong as problem:
        context.tell(problem)
        read_the_rest(node, context)
        context.stopped.add(node)
        raise Wrong(problem.offset, "") from None


def _name(node: ast.Name, context: Context) -> Expr:
    name, scope = node.id, context.scope
    known = scope.names.get(name)
    if known is not None and known.type.kind != "window":
        return Name(known.name, known.role, known.type, context.place(node))
    if known is not None:
        raise Wrong(node.col_offset, f"{name!r} is a window; ask whether a day lies in it: 'day in {name}'")
    if name in scope.broken:
        raise Wrong(node.col_offset, "")
    if name == context.fieldless:
        raise Wrong(node.col_offset, "")
    if context.record and name == context.record[0]:
        raise Wrong(
            node.col_offset,
            f"{name!r} is a whole record; name one of its fields, such as '{name}.{context.some_field}'",
        )
    if name in scope.late:
        raise Wrong(node.col_offset, f"{name!r} cannot be used here: {scope.late[name]}")
    if name in scope.plans:
        line = next(iter(scope.plans[name]), "line")
        raise Wrong(node.col_offset, f"{name!r} is a plan of costs; name one of its lines, such as '{name}.{line}'")
    if name in scope.lookups:
        asked = ", ".join(one.by for one in scope.lookups[name].dimensions)
        raise Wrong(node.col_offset, f"{name!r} is a table of values; look one up: '{name}[{asked}]'")
    if name in scope.tables:
        raise Wrong(node.col_offset, f"{name!r} is a table; read it with count, sum, any, all, min, max or only")
    raise Wrong(
        node.col_offset, f"nothing is called {name!r}", nearest(name, [*scope.names, *scope.lookups, *scope.tables])
    )


def _attribute(node: ast.Attribute, context: Context) -> Expr:
    if isinstance(node.value, ast.Name) and node.value.id == context.fieldless:
        raise Wrong(node.col_offset, "")
    of_record = isinstance(node.value, ast.Name) and context.record and node.value.id == context.record[0]
    if isinstance(node.value, ast.Name) and node.value.id in context.scope.plans and not of_record:
        return _line_of_plan(node, node.value.id, context)
    if not isinstance(node.value, ast.Name) or not context.record or not of_record:
        raise Wrong(node.col_offset, "only a record inside count, sum, any, all, min, max or only has fields")
    table = context.record[1]
    known = table.fields.get(node.attr)
    if known is None:
        end = node.col_offset + len(node.value.id) + 1
        raise Wrong(end, f"{table.name!r} has no field {node.attr!r}", nearest(node.attr, table.fields))
    return FieldOf(table.name, node.attr, type_of_fact(known), context.place(node))


def _line_of_plan(node: ast.Attribute, plan: str, context: Context) -> Expr:
    """What is admitted of a line in one plan of costs: `reported.training`."""
    lines = context.scope.plans[plan]
    known = lines.get(node.attr)
    if known is None and node.attr in context.scope.broken:
        raise Wrong(node.col_offset, "")
    if known is None:
        end = node.col_offset + len(plan) + 1
        raise Wrong(end, f"the plan {plan!r} has no line {node.attr!r}", nearest(node.attr, lines))
    return Name(known.name, known.role, known.type, context.place(node))


def _constant(node: ast.Constant, context: Context) -> Expr:
    value = node.value
    if isinstance(value, int) and not isinstance(value, bool) and value in (0, 1):
        return Literal(value, Type("number"), context.place(node))
    if isinstance(value, str):
        raise Wrong(node.col_offset, f"the text {value[:40]!r} can only be compared with a choice")
    shown = "..." if value is Ellipsis else repr(value)
    raise Wrong(node.col_offset, f"{shown} cannot stand in an expression; a yes or no is named alone, or after 'not'")


def _bool(node: ast.BoolOp, context: Context) -> Expr:
    args = context.each(node.values, _truth)
    make = AllOf if isinstance(node.op, ast.And) else AnyOf
    return make(tuple(args), TRUTH, context.place(node))


def _truth(node: ast.expr, context: Context) -> Expr:
    tree = _read(node, context)
    if tree.type.kind != "truth":
        raise Wrong(node.col_offset, f"a yes or no belongs here, and this is {in_words(tree.type)}")
    return tree


def _unary(node: ast.UnaryOp, context: Context) -> Expr:
    if not isinstance(node.op, ast.Not):
        raise Wrong(node.col_offset, "a sign cannot stand here; write a difference")
    return Not(_truth(node.operand, context), TRUTH, context.place(node))


def _conditional(node: ast.IfExp, context: Context) -> Expr:
    test: list[Expr] = []
    branches: list[tuple[Expr, Expr, Type]] = []
    context.gather([
        lambda: test.append(_truth(node.test, context)), lambda: branches.append(_branches(node, context))
    ])  # fmt: skip
    ((then, other, kind),) = branches
    return Conditional(test[0], then, other, kind, context.place(node))


def _branches(node: ast.IfExp, context: Context) -> tuple[Expr, Expr, Type]:
    then, other = context.each((node.body, node.orelse), _read)
    kind = unify(then.type, other.type, context.scope)
    if kind is None:
        raise Wrong(node.col_offset, f"the two branches do not go together: {one_with_other(then.type, other.type)}")
    return then, other, kind


def _compare(node: ast.Compare, context: Context) -> Expr:
    lefts = [node.left, *node.comparators]
    links = zip(lefts, node.ops, node.comparators, strict=False)
    parts = context.gather([partial(_one_comparison, left, op, right, context) for left, op, right in links])
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts), TRUTH, context.place(node))


def _one_comparison(left: ast.expr, op: ast.cmpop, right: ast.expr, context: Context) -> Expr:
    if isinstance(op, (ast.In, ast.NotIn)):
        tree = read_membership(left, right, context)
        return Not(tree, TRUTH, tree.place) if isinstance(op, ast.NotIn) else tree
    order = _ORDERS.get(type(op))
    if order is None:
        raise Wrong(left.col_offset, "compare with ==, !=, <, <=, > or >=")
    if is_text(left) and not is_text(right):
        two = _read(right, context)
        one: Expr = read_choice(left, two, context)
    else:
        one = _read(left, context)
        two = read_choice(right, one, context) if is_text(right) else _read(right, context)
    a, b = one.type, two.type
    place = context.place(left)
    if a.kind == b.kind == "number":
        if shared_unit(a, b, context.scope) is None:
            raise Wrong(left.col_offset, f"cannot compare {one_with_other(a, b)}")
    elif not (a.kind == b.kind and a.kind in ("date", "choice", "text")):
        hint = "; ask 'within(code, codes)'" if "code" in (a.kind, b.kind) else ""
        raise Wrong(left.col_offset, f"cannot compare {one_with_other(a, b)}{hint}")
    elif a.kind != "date" and order not in ("==", "!="):
        raise Wrong(left.col_offset, f"{in_words(a)} is only the same or another: compare with == or !=")
    elif a.choices != b.choices:
        raise Wrong(left.col_offset, "these two choices are not among the same words")
    return Compare(order, one, two, TRUTH, place)


def _binary(node: ast.BinOp, context: Context) -> Expr:
    op = _OPERATORS.get(type(node.op))
    if op is None:
        raise Wrong(node.col_offset, "only + - * / can be computed with")
    if is_span(node.right):
        return _shift(node, op, context)
    left, right = context.each((node.left, node.right), _read)
    a, b = left.type, right.type
    if a.kind == b.kind == "date" and op == "-":
        return Arithmetic(op, left, right, DAYS, context.place(node))
    if a.kind != "number" or b.kind != "number":
        dates = a.kind == b.kind == "date"
        hint = "; compare the two days, subtract one from the other, or add days(...) to one" if dates else ""
        words = _VERBS[op]
        raise Wrong(node.col_offset, f"cannot {words} {one_with_other(a, b)}{hint}")
    if TIME in (a.unit, b.unit):
        raise Wrong(node.col_offset, f"cannot {_VERBS[op]} {one_with_other(a, b)}: times of day are only compared")
    kind = _result(op, a, b, node, context.scope)
    return Arithmetic(op, left, right, kind, context.place(node))


def _shift(node: ast.BinOp, op: str, context: Context) -> Expr:
    spans: list[tuple[SpanUnit, Expr]] = []
    days: list[Expr] = []
    context.gather([
        lambda: spans.append(read_span(node.right, context)), lambda: days.append(_day_of(node, op, context))
    ])  # fmt: skip
    ((unit, amount),) = spans
    return Shift(days[0], amount, unit, 1 if op == "+" else -1, DAY, context.place(node))


def _day_of(node: ast.BinOp, op: str, context: Context) -> Expr:
    left = _read(node.left, context)
    if left.type.kind != "date" or op not in ("+", "-"):
        raise Wrong(node.col_offset, f"a length of time is added to a day, not to {in_words(left.type)}")
    return left


def _result(op: str, a: Type, b: Type, node: ast.BinOp, scope: Scope) -> Type:
    if op in ("+", "-"):
        kind = unify(a, b, scope)
        if kind is None:
            raise Wrong(node.col_offset, f"cannot {_VERBS[op]} {one_with_other(a, b)}")
        return kind
    plain = ("", "share")
    if op == "*":
        # So much for each of what is counted is an amount: 15,000.00 EUR for each of three firms.
        each = [one for one, other in ((a, b), (b, a)) if scope.counts(other.unit) and not scope.counts(one.unit)]
        if a.unit not in plain and b.unit not in plain and not each:
            hint = "; one side must be a share, or a number of what is counted"
            raise Wrong(node.col_offset, f"cannot multiply {one_with_other(a, b)}{hint}")
        main = b if a.unit in plain and b.unit else a if b.unit in plain or not each else each[0]
        return Type("number", main.unit, main.decimals)
    if b.unit in plain and (a.unit or not b.unit):
        return Type("number", a.unit, a.decimals)
    if a.unit and scope.counts(b.unit) and not scope.counts(a.unit):
        return Type("number", a.unit, a.decimals)
    if shared_unit(a, b, scope) is None or not a.unit:
        raise Wrong(
            node.col_offset, f"cannot divide {one_with_other(a, b)}; the units must be the same, or the second counts"
        )
    return Type("number", "share", scope.units["share"].decimals if "share" in scope.units else 4)


def _nothing(node: ast.expr, _: Context) -> Expr:
    raise Wrong(node.col_offset, f"{_NAMED.get(type(node), 'this')} cannot stand in an expression")


def _comprehension(node: ast.expr, _: Context) -> Expr:
    raise Wrong(node.col_offset, "a comprehension stands alone inside count, sum, any, all, min, max or only")


_READERS: dict[type[ast.expr], Callable[..., Expr]] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Constant: _constant,
    ast.BoolOp: _bool,
    ast.UnaryOp: _unary,
    ast.IfExp: _conditional,
    ast.Compare: _compare,
    ast.BinOp: _binary,
    ast.GeneratorExp: _comprehension,
    ast.Call: read_call,
    ast.Subscript: read_lookup,
}
_NAMED: dict[type[ast.expr], str] = {
    ast.ListComp: "a list in brackets",
    ast.SetComp: "a set in braces",
    ast.DictComp: "a mapping",
    ast.Dict: "a mapping",
    ast.List: "a list",
    ast.Tuple: "a list",
    ast.Set: "a set",
    ast.Lambda: "a function",
    ast.Slice: "a range",
    ast.NamedExpr: "an assignment",
    ast.JoinedStr: "a template",
    ast.Starred: "a star",
}
