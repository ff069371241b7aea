# SPDX-License-Identifier: Apache-2.0
"""Which points tell of which facts: a criterion that names a fact and `gives` its points from others ties the two, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from misure.rulebook.expression import Expr, names
from misure.rulebook.rules import Criterion, Parameter, Rulebook, Score

__all__ = ["criteria_of", "decimals_of", "facts_behind"]


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


def decimals_of(book: Rulebook, score: Score) -> int:
    """The decimals of the score: the most of any points that are told, worked out, or given by the law."""
    told = [book.facts[name].decimals for name in (score.total, *(one.fact for one in score.criteria)) if name]
    worked_out = [one for one in score.criteria if one.gives is not None and not one.fact]
    given = [one.gives.type.decimals for one in worked_out if one.gives is not None]
    named = [*(one.most for one in worked_out), *(bonus.points for bonus in score.bonuses), score.bonus_most]
    return max(told + given + [_written_with(book.parameters[name]) for name in named if name], default=0)


def _written_with(parameter: Parameter) -> int:
    """The decimals that the values of a parameter need; of one that no source gives, those of its unit."""
    most = parameter.type.decimals
    return max(
        next(few for few in range(most + 1) if int(value.known) % 10 ** (most - few) == 0)
        if isinstance(value.known, int)
        else most
        for value in parameter.values
    )
