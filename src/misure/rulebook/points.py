# SPDX-License-Identifier: Apache-2.0
"""Which points tell of which facts: a criterion that names a fact and `gives` its points from others ties the two, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from misure.rulebook.expression import Expr, names
from misure.rulebook.rules import Criterion, Rulebook

__all__ = ["criteria_of", "facts_behind"]


def criteria_of(book: Rulebook) -> Mapping[str, tuple[Criterion, ...]]:
    """Of each fact the criteria whose points the act gives from it, and that somebody may tell."""
    found: dict[str, tuple[Criterion, ...]] = {}
    for criterion in book.score.criteria if book.score else ():
        if criterion.fact and criterion.gives is not None:
            for name in facts_behind(book, [criterion.gives]):
                found[name] = (*found.get(name, ()), criterion)
    return found


def facts_behind(book: Rulebook, trees: Iterable[Expr | None]) -> tuple[str, ...]:
    """The facts of the applicant that some trees read, through definitions too, each once."""
    waiting = [tree for tree in trees if tree is not None]
    found: dict[str, None] = {}
    seen: set[str] = set()
    while waiting:
        for name in names(waiting.pop()):
            if name.role == "fact":
                found[name.name] = None
            elif name.role == "definition" and name.name not in seen:
                seen.add(name.name)
                cases = book.definitions[name.name].cases
                waiting += [tree for case in cases for tree in (case.when, case.value) if tree is not None]
    return tuple(found)
