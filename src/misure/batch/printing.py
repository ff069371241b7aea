# SPDX-License-Identifier: Apache-2.0
"""The operators of a split program as Narwhals expressions: this table is the whole printer.

Operands are null-free and hold 64 bits; a constant comes as a Python integer, so that engines see a literal. Divisions are
of operands that are never negative, because engines round the others differently.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, TypeAlias

import narwhals as nw

from misure.program.nodes import Node

__all__ = ["Printed", "expression", "printed"]

Printed: TypeAlias = "nw.Expr | int"

_FOLDED: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add, "mul": operator.mul, "and": operator.and_, "or": operator.or_,
}  # fmt: skip
_TWO: dict[str, Callable[[Any, Any], Any]] = {
    "sub": operator.sub, "floordiv": operator.floordiv, "le": operator.le, "eq": operator.eq,
}  # fmt: skip


def expression(value: Printed | bool) -> nw.Expr:
    """A constant as an expression of its own."""
    if isinstance(value, nw.Expr):
        return value
    return nw.lit(value) if isinstance(value, bool) else nw.lit(value, nw.Int64)


def printed(node: Node, args: Sequence[Printed]) -> Printed:
    """One operator over its printed operands."""
    match node.op:
        case "int":
            return node.lo
        case "truth":
            return nw.lit(bool(node.data))
        case op if op in _FOLDED:
            return _balanced(_FOLDED[op], list(args))
        case op if op in _TWO:
            return _TWO[op](*args)  # type: ignore[no-any-return]
        case "min":
            return nw.min_horizontal(*map(expression, args))
        case "max":
            return nw.max_horizontal(*map(expression, args))
        case "not":
            return ~expression(args[0])
        case "if":
            test, then, other = map(expression, args)
            return nw.when(test).then(then).otherwise(other)
        case "among":
            return expression(args[0]).is_in(sorted(node.data))
        case "one_of":
            return _text_test(args[0], node.data, lambda text, options: text.is_in(options))
        case "within":
            return _within(expression(args[0]), node.data)
        case "same":
            return (expression(args[0]) == expression(args[1])).fill_null(False)
        case _:
            raise AssertionError(f"no engine knows {node.op}")


def _balanced(step: Callable[[Any, Any], Any], args: list[Any]) -> Printed:
    """A long sum or conjunction as a tree of even depth: engines bound the depth of what they parse."""
    if len(args) <= 8:
        return reduce(step, args)  # type: ignore[no-any-return]
    half = len(args) // 2
    return step(_balanced(step, args[:half]), _balanced(step, args[half:]))  # type: ignore[no-any-return]


def _text_test(text: Printed, options: Any, test: Callable[[nw.Expr, list[str]], nw.Expr]) -> nw.Expr:
    """A test of a text; of one that is not told the answer is no, as it is in the printed Python."""
    one = expression(text)
    found = one == next(iter(options)) if len(options) == 1 else test(one, sorted(options))
    return found.fill_null(False)


def _within(code: nw.Expr, prefixes: Any) -> nw.Expr:
    """Whether a code begins with one of the prefixes, by one look-up for each length of a prefix."""
    by_length: dict[int, list[str]] = {}
    for prefix in sorted(prefixes):
        by_length.setdefault(len(prefix), []).append(prefix)
    tests = [code.str.head(length).is_in(found) for length, found in sorted(by_length.items())]
    return reduce(operator.or_, tests).fill_null(False)
