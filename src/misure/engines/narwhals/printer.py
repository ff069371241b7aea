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

__all__ = ["Printed", "expression", "first_that_holds", "mask", "printed", "those_that_hold"]

Printed: TypeAlias = "nw.Expr | int"

_FOLDED: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add, "mul": operator.mul, "and": operator.and_, "or": operator.or_,
}  # fmt: skip
_TWO: dict[str, Callable[[Any, Any], Any]] = {
    "sub": operator.sub, "floordiv": operator.floordiv, "le": operator.le, "eq": operator.eq,
}  # fmt: skip


_HALF = 31
"""Bits are put together in 32 bits, half as wide as the word: engines move half as much."""


def expression(value: Printed | bool) -> nw.Expr:
    """A constant as an expression of its own."""
    if isinstance(value, nw.Expr):
        return value
    return nw.lit(value) if isinstance(value, bool) else nw.lit(value, nw.Int64)


def printed(node: Node, args: Sequence[Printed], *, unsure: bool = False) -> Printed:
    """One operator over its printed operands; with `unsure` a text among them may be null, and then the answer is no."""
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
            return _told(_one_of(expression(args[0]), sorted(node.data)), unsure=unsure)
        case "within":
            return _told(_within(expression(args[0]), sorted(node.data)), unsure=unsure)
        case "same":
            return _told(expression(args[0]) == expression(args[1]), unsure=unsure)
        case _:
            raise AssertionError(f"no engine knows {node.op}")


def mask(truths: Sequence[Printed | None]) -> nw.Expr:
    """Truths as the bits of a 64-bit word, the first as the lowest; None is never true."""
    halves = []
    for start in range(0, len(truths), _HALF):
        bits = [
            nw.when(expression(truth)).then(nw.lit(1 << bit, nw.Int32)).otherwise(nw.lit(0, nw.Int32))
            for bit, truth in enumerate(truths[start : start + _HALF])
            if truth is not None
        ]
        if bits:
            halves.append(expression(_balanced(operator.add, bits)).cast(nw.Int64) * (1 << start))
    return expression(_balanced(operator.add, halves)) if halves else nw.lit(0, nw.Int64)


def first_that_holds(tests: Sequence[tuple[str, Printed]], otherwise: str) -> nw.Expr:
    """The name whose test is the first that holds."""
    found = nw.lit(otherwise)
    for name, test in reversed(tests):
        found = nw.when(expression(test)).then(nw.lit(name)).otherwise(found)
    return found


def those_that_hold(tests: Sequence[tuple[str, Printed]], before: str = "") -> nw.Expr:
    """The names of which the test holds, as a text with blanks between them."""
    if not tests:
        return nw.lit(before)
    (name, test), *rest = tests
    return (
        nw.when(expression(test))
        .then(those_that_hold(rest, f"{before} {name}".strip()))
        .otherwise(those_that_hold(rest, before))
    )


def _balanced(step: Callable[[Any, Any], Any], args: list[Any]) -> Printed:
    """A long sum or conjunction as a tree of even depth: engines bound the depth of what they parse."""
    if len(args) <= 8:
        return reduce(step, args)  # type: ignore[no-any-return]
    half = len(args) // 2
    return step(_balanced(step, args[:half]), _balanced(step, args[half:]))  # type: ignore[no-any-return]


def _told(test: nw.Expr, *, unsure: bool) -> nw.Expr:
    return test.fill_null(False) if unsure else test


def _one_of(text: nw.Expr, options: list[str]) -> nw.Expr:
    return text == options[0] if len(options) == 1 else text.is_in(options)


def _within(code: nw.Expr, prefixes: list[str]) -> nw.Expr:
    """Whether a code begins with one of the prefixes, by one look-up for each length of a prefix."""
    by_length: dict[int, list[str]] = {}
    for prefix in prefixes:
        by_length.setdefault(len(prefix), []).append(prefix)
    return reduce(operator.or_, (_one_of(code.str.head(length), found) for length, found in by_length.items()))
