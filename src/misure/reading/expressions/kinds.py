# SPDX-License-Identifier: Apache-2.0
"""How types and units go together, and how a type is called in a fault.

>>> in_words(Type("number", "EUR", 2)), in_words(Type("date"))
('a number of EUR', 'a day')
"""

from __future__ import annotations

from misure.facts.vocabulary import TIME
from misure.reading.expressions.scope import Scope
from misure.rulebook.expression import Type

__all__ = ["in_words", "one_with_other", "shared_unit", "unify"]

_WORDS = {
    "truth": "a yes or no",
    "date": "a day",
    "choice": "a choice",
    "code": "a classification code",
    "text": "a text",
    "span": "a length of time",
    "list": "a list",
    "regime": "a counting regime",
    "window": "a window",
}


def in_words(kind: Type) -> str:
    """What a value of this type is, in plain words."""
    if kind.kind != "number":
        return _WORDS[kind.kind]
    if kind.unit == "share":
        return "a share"
    if kind.unit == TIME:
        return "a time of day"
    if kind.unit == "count":
        return "a count"
    return f"a number of {kind.unit}" if kind.unit else "a plain number"


def shared_unit(left: Type, right: Type, scope: Scope) -> str | None:
    """The unit in which two numbers can be added or compared, or None: 0 and 1 take any, a count any that counts."""
    if left.unit == right.unit or not right.unit:
        return left.unit
    if not left.unit:
        return right.unit
    if left.unit == "count" and scope.counts(right.unit):
        return right.unit
    if right.unit == "count" and scope.counts(left.unit):
        return left.unit
    return None


def unify(left: Type, right: Type, scope: Scope) -> Type | None:
    """The type of what may be either: two branches, two cases, two sides of a sum."""
    if left.kind != right.kind:
        return None
    if left.kind != "number":
        return left if left == right else None
    unit = shared_unit(left, right, scope)
    return None if unit is None else Type("number", unit, max(left.decimals, right.decimals))


def one_with_other(left: Type, right: Type) -> str:
    """The two types in words, for 'cannot compare ...'."""
    one, two = in_words(left), in_words(right)
    return f"{one} with {two if one != two else 'another'}"
