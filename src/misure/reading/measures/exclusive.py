# SPDX-License-Identifier: Apache-2.0
"""Whether the cases of a definition can be live at once, shown from their guards alone.

What cannot be shown is not proved: then two live cases with different values are a conflict when they are decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from misure.rulebook.expression import AllOf, Compare, Expr, Literal, Name, Not, OneOf, same
from misure.rulebook.rules import Case, Parameter

__all__ = ["conflict", "exclusive"]

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def exclusive(guards: Sequence[Expr | None], parameters: Mapping[str, Parameter]) -> bool:
    """Whether no two guards can hold at once; None, the guard of `otherwise`, holds when no other does."""
    written = [guard for guard in guards if guard is not None]
    return all(_disjoint(one, two, parameters) for one, two in combinations(written, 2))


def conflict(cases: Sequence[Case]) -> tuple[Case, Case] | None:
    """Two cases with the same guard and different values, which contradict each other for every applicant."""
    for one, two in combinations(cases, 2):
        if (
            one.when is not None
            and two.when is not None
            and same(one.when, two.when)
            and not same(one.value, two.value)
        ):
            return one, two
    return None


def _disjoint(one: Expr, two: Expr, parameters: Mapping[str, Parameter]) -> bool:
    """Whether some part that `one` needs contradicts some part that `two` needs."""
    return any(_contradict(a, b, parameters) for a in _needed(one) for b in _needed(two))


def _needed(guard: Expr) -> list[Expr]:
    if isinstance(guard, AllOf):
        return [part for arg in guard.args for part in _needed(arg)]
    return [guard]


def _contradict(one: Expr, two: Expr, parameters: Mapping[str, Parameter]) -> bool:
    if isinstance(one, Not) and same(one.arg, two):
        return True
    if isinstance(two, Not) and same(two.arg, one):
        return True
    first, second = _choices(one), _choices(two)
    if first and second and same(first[0], second[0]):
        return not set(first[1]) & set(second[1])
    if isinstance(one, Compare) and isinstance(two, Compare):
        return _comparisons_contradict(one, two, parameters)
    return False


def _choices(guard: Expr) -> tuple[Expr, tuple[str, ...]] | None:
    """What must be one of which choices."""
    if isinstance(guard, OneOf) and isinstance(guard.options, tuple):
        return guard.item, guard.options
    if isinstance(guard, Compare) and guard.op == "==" and isinstance(guard.right, Literal):
        value = guard.right.value
        return (guard.left, (value,)) if isinstance(value, str) else None
    return None


def _comparisons_contradict(one: Compare, two: Compare, parameters: Mapping[str, Parameter]) -> bool:
    """`x < a` and `x >= b` contradict each other when a is never more than b."""
    for first in (one, _mirror(one)):
        for second in (two, _mirror(two)):
            if not same(first.left, second.left):
                continue
            if same(first.right, second.right) and _never_both(first.op, second.op):
                return True
            if _below(first, second, parameters) or _below(second, first, parameters):
                return True
    return False


def _mirror(guard: Compare) -> Compare:
    op = _MIRRORED[guard.op]
    return Compare(op, guard.right, guard.left, guard.type, guard.place)  # type: ignore[arg-type]


def _never_both(one: str, two: str) -> bool:
    allowed = {"<": {-1}, "<=": {-1, 0}, "==": {0}, "!=": {-1, 1}, ">=": {0, 1}, ">": {1}}
    return not allowed[one] & allowed[two]


def _below(low: Compare, high: Compare, parameters: Mapping[str, Parameter]) -> bool:
    """Whether what `low` allows ends before what `high` allows begins."""
    if low.op not in ("<", "<=", "==") or high.op not in (">", ">=", "=="):
        return False
    ends, begins = _constant(low.right, parameters), _constant(high.right, parameters)
    if ends is None or begins is None:
        return False
    touching = low.op != "<" and high.op != ">"
    return ends[1] < begins[0] or (ends[1] == begins[0] and not touching)


def _constant(tree: Expr, parameters: Mapping[str, Parameter]) -> tuple[int | Fraction, int | Fraction] | None:
    """The least and the greatest value that a literal or a parameter has in any edition."""
    if isinstance(tree, Literal) and isinstance(tree.value, int):
        return (0, 0) if tree.value == 0 else None
    if isinstance(tree, Name) and tree.role == "parameter" and tree.type.kind in ("number", "date"):
        values = parameters[tree.name].values
        return min(value.least for value in values), max(value.greatest for value in values)
    return None
