# SPDX-License-Identifier: Apache-2.0
"""What an expression comes to, exactly, for one record of a table, with what one decision read: to see who stands on a threshold."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from misure.deciding.explaining import Explaining
from misure.deciding.record_details import shown_field
from misure.facts.vocabulary import Kind
from misure.ground.days import add_months
from misure.ground.truth import Truth
from misure.rulebook import expression as tree

__all__ = ["Worth", "parameters_of", "worth_of"]

Worth = Fraction | dt.date | dt.time | str | bool
"""What an expression is worth: a number in its unit, a day, a time of day, a choice, a truth."""

_ARITHMETIC: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip
_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip
_MONTHS = {"months": 1, "years": 12}


def parameters_of(expr: tree.Expr) -> set[str]:
    """The parameters that an expression is made of, but for those with which something is compared inside it."""
    if isinstance(expr, tree.Conditional):
        return parameters_of(expr.then) | parameters_of(expr.other)
    if isinstance(expr, tree.Arithmetic):
        return parameters_of(expr.left) | parameters_of(expr.right)
    if isinstance(expr, tree.Extreme):
        return set[str]().union(*map(parameters_of, expr.args))
    if isinstance(expr, tree.Rounded):
        return parameters_of(expr.value)
    if isinstance(expr, tree.Shift):
        return parameters_of(expr.day) | parameters_of(expr.amount)
    return {expr.name} if isinstance(expr, tree.Name) and expr.role == "parameter" else set()


def worth_of(expr: tree.Expr, reading: Explaining, row: int | None) -> Worth | None:
    """What an expression is worth for the record in a row, where there is one; None where that is not known, or not worked out here."""

    def worth(one: tree.Expr) -> Worth | None:
        return worth_of(one, reading, row)

    match expr:
        case tree.Literal():
            return _plain(expr.value)
        case tree.Name():
            return _plain(reading.answers.readers.of_name(expr)(reading))
        case tree.FieldOf() if row is not None:
            return _field(expr, reading, row)
        case tree.Happened():
            event = worth(expr.event)
            return None if event is None else isinstance(event, dt.date)
        case tree.Not():
            told = worth(expr.arg)
            return not told if isinstance(told, bool) else None
        case tree.AllOf() | tree.AnyOf():
            truths = [worth(arg) for arg in expr.args]
            decides = isinstance(expr, tree.AnyOf)
            return decides if decides in truths else None if None in truths else not decides
        case tree.OneOf(options=tuple() as options):
            item = worth(expr.item)
            return item in options if isinstance(item, str) else None
        case tree.Compare():
            return _compared(expr, worth(expr.left), worth(expr.right))
        case tree.Arithmetic():
            return _calculated(expr.op, worth(expr.left), worth(expr.right))
        case tree.Extreme():
            found = [worth(arg) for arg in expr.args]
            numbers = [one for one in found if isinstance(one, Fraction)]
            return (min if expr.op == "min" else max)(numbers) if len(numbers) == len(found) else None
        case tree.Conditional():
            test = worth(expr.test)
            if isinstance(test, bool):
                return worth(expr.then if test else expr.other)
            then = worth(expr.then)
            return then if then == worth(expr.other) else None
        case tree.Rounded():
            value = worth(expr.value)
            return _rounded(expr, value) if isinstance(value, Fraction) else None
        case tree.Shift():
            return _shifted(expr, worth(expr.day), worth(expr.amount))
        case _:
            return None


def _plain(value: object) -> Worth | None:
    if isinstance(value, Truth):
        return {Truth.YES: True, Truth.NO: False}.get(value)
    if isinstance(value, bool | str | dt.date | dt.time):
        return value
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else None


def _field(expr: tree.FieldOf, reading: Explaining, row: int) -> Worth | None:
    table = reading.book.tables[expr.table]
    records = reading.reading.tables[table.name][1]
    spec = table.fields[expr.field]
    told = shown_field(spec, records[row][list(table.fields).index(expr.field)])
    return bool(told) if spec.kind is Kind.TRUTH and told is not None else _plain(told)


def _compared(expr: tree.Compare, left: Worth | None, right: Worth | None) -> bool | None:
    alike = type(left) is type(right) and left is not None
    return bool(_COMPARED[expr.op](left, right)) if alike else None


def _calculated(op: str, left: Worth | None, right: Worth | None) -> Fraction | None:
    if not isinstance(left, Fraction) or not isinstance(right, Fraction) or (op == "/" and not right):
        return None
    return _ARITHMETIC[op](left, right)


def _rounded(expr: tree.Rounded, value: Fraction) -> Fraction:
    scaled = value * 10**expr.type.decimals + (Fraction(1, 2) if expr.mode == "half_up" else 0)
    return Fraction(scaled.numerator // scaled.denominator, 10**expr.type.decimals)


def _shifted(expr: tree.Shift, day: Worth | None, amount: Worth | None) -> dt.date | None:
    if not isinstance(day, dt.date) or not isinstance(amount, Fraction) or amount.denominator != 1:
        return None
    moved = expr.sign * amount.numerator
    if expr.unit in _MONTHS:
        return dt.date.fromordinal(add_months(day.toordinal(), moved * _MONTHS[expr.unit]))
    return day + dt.timedelta(days=moved) if expr.unit == "days" else None
