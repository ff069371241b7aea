# SPDX-License-Identifier: Apache-2.0
"""Where the rules of a measure ask how much room a ceiling of de minimis aid leaves."""

from __future__ import annotations

from collections.abc import Iterator

from misure.rulebook.expression import Call, Expr, walk
from misure.rulebook.rules import Rulebook

__all__ = ["headrooms_asked"]

_FUNCTIONS = ("headroom", "group_headroom")


def headrooms_asked(book: Rulebook) -> Iterator[tuple[str, Call]]:
    """Where rules ask for a headroom, with the call that asks: the same in every decision."""
    trees: list[tuple[str, Expr | None]] = []
    for name, definition in book.definitions.items():
        trees += [(name, tree) for case in definition.cases for tree in (case.when, case.value)]
    for condition in book.conditions:
        trees += [(condition.id, condition.when), (condition.id, condition.holds)]
        trees += [(condition.id, tree) for tree in (condition.leaves, *condition.keeps)]
    for line in book.support.lines if book.support else ():
        trees += [(line.id, line.of), *((line.id, cap.most) for cap in line.caps)]
    for of, tree in trees:
        for node in walk(tree) if tree is not None else ():
            if isinstance(node, Call) and node.function in _FUNCTIONS:
                yield of, node
