# SPDX-License-Identifier: Apache-2.0
"""Whether one amount is a part of another, as their trees show: shares of the same records that the other sums up whole.

A grant that is a share of each firm's costs can never pass the costs of all firms. Intervals do not see this where the costs are
not known, because they have forgotten that both sums run over the same records.
"""

from __future__ import annotations

from misure.rulebook.expression import Aggregate, Arithmetic, Conditional, Expr, Extreme, FieldOf, Literal, Name
from misure.rulebook.rules import Rulebook

__all__ = ["is_part_of"]


def is_part_of(book: Rulebook, part: Expr, whole: Expr) -> bool:
    """Whether `part` sums, over some records of a table, shares of what `whole` sums over all of them."""
    part, whole = _behind(book, part), _behind(book, whole)
    if not (isinstance(part, Aggregate) and isinstance(whole, Aggregate)):
        return False
    if (part.op, whole.op, part.table) != ("sum", "sum", whole.table) or whole.condition is not None:
        return False
    summed = whole.value
    if not isinstance(summed, FieldOf) or book.tables[whole.table].fields[summed.field].least < 0:
        return False
    return _shares(book, part.value, summed)


def _behind(book: Rulebook, tree: Expr) -> Expr:
    """What a name of a definition with one case stands for."""
    while isinstance(tree, Name) and tree.role == "definition":
        cases = book.definitions[tree.name].cases
        if len(cases) != 1 or cases[0].when is not None:
            break
        tree = cases[0].value
    return tree


def _shares(book: Rulebook, value: Expr | None, summed: FieldOf) -> bool:
    if isinstance(value, FieldOf):
        return value.field == summed.field
    if isinstance(value, Extreme) and value.op == "min":
        return any(_shares(book, arg, summed) for arg in value.args)
    if isinstance(value, Arithmetic) and value.op == "*":
        pairs = ((value.left, value.right), (value.right, value.left))
        return any(_is_share(book, share) and _shares(book, rest, summed) for share, rest in pairs)
    return False


def _is_share(book: Rulebook, tree: Expr) -> bool:
    """Whether it is a legal share, nothing, or a choice between such: the unit holds them between nothing and the whole."""
    if isinstance(tree, Conditional):
        return _is_share(book, tree.then) and _is_share(book, tree.other)
    if isinstance(tree, Literal):
        return tree.value == 0
    if isinstance(tree, Name) and tree.role == "definition":
        return all(_is_share(book, case.value) for case in book.definitions[tree.name].cases)
    return isinstance(tree, Name) and tree.role == "parameter" and tree.type.unit == "share"
