# SPDX-License-Identifier: Apache-2.0
"""Caps that stand in the base of an amount: `min(eligible_spend, maximum_spend)` in a definition that a line rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from misure.rulebook.expression import Aggregate, Expr, Extreme, Name, names, walk
from misure.rulebook.rules import Definition

__all__ = ["Ceiling", "ceilings"]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A legal value up to which something counts."""

    parameter: str
    counted: Expr
    """What counts up to it."""
    definition: str
    """The definition that says so; "" where the base itself does."""


def ceilings(base: Expr, definitions: Mapping[str, Definition]) -> list[Ceiling]:
    """The ceilings of amounts in euro in a tree, and in the definitions that it reads, in the order of the text.

    A definition of several cases is left out: which of them counts is another question. So is what limits each record of a
    sum: there are as many of these limits as records, and none is that of the amount.
    """
    return list(_ceilings(base, "", definitions, set()))


def _ceilings(tree: Expr, of: str, definitions: Mapping[str, Definition], seen: set[str]) -> Iterator[Ceiling]:
    each = [part for node in walk(tree) if isinstance(node, Aggregate) for part in (node.value, node.condition)]
    of_records = {id(node) for part in each if part is not None for node in walk(part)}
    for node in walk(tree):
        if id(node) in of_records:
            continue
        if isinstance(node, Extreme) and node.op == "min" and node.type.unit == "EUR":
            yield from _of(node, of)
    for name in names(tree):
        definition = definitions.get(name.name) if name.role == "definition" else None
        if definition is not None and name.name not in seen and [case.when for case in definition.cases] == [None]:
            seen.add(name.name)
            yield from _ceilings(definition.cases[0].value, definition.id, definitions, seen)


def _of(least: Extreme, definition: str) -> Iterator[Ceiling]:
    for at, limit in enumerate(least.args):
        rest = (*least.args[:at], *least.args[at + 1 :])
        if isinstance(limit, Name) and limit.role == "parameter":
            counted = rest[0] if len(rest) == 1 else Extreme("min", rest, least.type, least.place)
            yield Ceiling(limit.name, counted, definition)
