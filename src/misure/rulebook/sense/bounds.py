# SPDX-License-Identifier: Apache-2.0
"""Bounds of unknown legal values (`between`) that reach where nothing can lie: past the scale of the score, past what a fact can be."""

from __future__ import annotations

from collections.abc import Iterator

from misure.ground.place import Place
from misure.rulebook.expression import Compare, Expr, Name, walk
from misure.rulebook.rules import Parameter, Score
from misure.rulebook.sense.limits import Bounds, OfDay, values_on, written
from misure.rulebook.sense.telling import Findings

__all__ = ["bounds_of_conditions", "bounds_of_criteria"]


def bounds_of_conditions(law: OfDay, findings: Findings) -> None:
    """Bounds of what a condition compares with a fact, a count or the score: within what those can be."""
    for condition in law.book.conditions:
        for node in walk(condition.holds):
            if isinstance(node, Compare):
                for value, other in ((node.left, node.right), (node.right, node.left)):
                    can_be = law.told(other)
                    if isinstance(value, Name) and value.role == "parameter" and can_be is not None:
                        _past(value.name, can_be, _named(other), law, findings, (node.place, condition.id))


def bounds_of_criteria(score: Score, law: OfDay, findings: Findings) -> None:
    """Bounds of what a criterion gives at most: within the scale of the score."""
    least, greatest = law.parameter(score.least), law.parameter(score.greatest)
    if least is None or greatest is None:
        return
    for criterion in score.criteria:
        if criterion.most:
            _past(criterion.most, (least[0], greatest[1]), "score", law, findings, (criterion.place, criterion.id))


def _past(name: str, can_be: Bounds, what: str, law: OfDay, findings: Findings, where: tuple[Place, str]) -> None:
    """Tell it where some value may be there and its bounds go further; where none may be, it is told as what nobody can meet."""
    parameter = law.book.parameters.get(name)
    if parameter is None:  # one that could not be read, which is told where it stands
        return
    for least, greatest in _given(parameter, law):
        if least > can_be[1] or greatest < can_be[0]:
            continue
        for end, bound, words in ((greatest, can_be[1], "at most"), (least, can_be[0], "at least")):
            if (end > bound) if words == "at most" else (end < bound):
                kind = parameter.type
                message = f"the bounds reach {written(end, kind)}, and {what} is {words} {written(bound, kind)}"
                findings.tell(f"bounds {words}", law.day, [name], message, where)


def _given(parameter: Parameter, law: OfDay) -> Iterator[Bounds]:
    """The bounds that stand under `between` for the values of a day."""
    for value in values_on(parameter, law.book, law.day):
        if value.known is None and value.bounds_given:
            ends = law.ends(parameter, value)
            if ends is not None:
                yield ends


def _named(tree: Expr) -> str:
    return tree.name if isinstance(tree, Name) else "what it is compared with"
