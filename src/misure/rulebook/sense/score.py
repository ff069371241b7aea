# SPDX-License-Identifier: Apache-2.0
"""Scales, maxima and steps of a score that cannot be: nobody could reach the threshold, or what is told could not add up."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from misure.rulebook.expression import Compare, Name
from misure.rulebook.rules import Criterion, Score
from misure.rulebook.sense.limits import Bounds, OfDay, values_on, written
from misure.rulebook.sense.telling import Findings

__all__ = ["score_on"]


def score_on(score: Score, law: OfDay, findings: Findings) -> None:
    """What makes no sense in the score under the law of one day."""
    where = score.place, score.id
    for criterion in score.criteria:
        if criterion.steps:
            _steps(criterion, law, findings)
    least, greatest = law.parameter(score.least), law.parameter(score.greatest)
    if least is None or greatest is None:
        return
    kind = law.book.parameters[score.greatest].type
    ends = (score.greatest, score.least)
    if least[0] > greatest[1]:
        shown = f"{written(least[0], kind)} to {written(greatest[1], kind)}"
        findings.tell("scale", law.day, ends, f"the scale of the score goes from {shown}", where)
        return
    for condition in law.book.conditions:
        if condition.origin == "threshold" and isinstance(condition.holds, Compare):
            threshold = condition.holds.right
            asked = law.law(threshold)
            if isinstance(threshold, Name) and asked is not None:
                if asked[1] < least[0]:
                    message = f"the threshold lies below the scale, which begins at {written(least[0], kind)}"
                    findings.tell("threshold", law.day, (threshold.name, *ends), message, where)
                if asked[0] <= greatest[1]:
                    _reachable(score, threshold.name, asked, law, findings)
    _maxima(score, law, greatest, findings)
    together = law.parameter(score.bonus_most) if score.bonus_most else None
    if together is not None and together[1] <= 0:
        message = "all bonuses together add nothing to anybody"
        findings.tell("bonus", law.day, [score.bonus_most], message, where)


def _maxima(score: Score, law: OfDay, greatest: Bounds, findings: Findings) -> None:
    """What the criteria give at most together stays on the scale; that it leaves the top free may well be the act's wish."""
    total = _together(score, law)
    if total is not None and total[0] > greatest[1]:
        kind = law.book.parameters[score.greatest].type
        shown = f"{written(total[0], kind)} at most together, and the scale ends at {written(greatest[1], kind)}"
        findings.tell(
            "maxima", law.day, [score.greatest, *_names(score)], f"the criteria give {shown}", (score.place, score.id)
        )


def _reachable(score: Score, threshold: str, asked: Bounds, law: OfDay, findings: Findings) -> None:
    """The threshold can be reached with the most of every criterion, and what counts before it."""
    total = _together(score, law)
    before = [law.parameter(bonus.points) for bonus in score.bonuses if not bonus.after_threshold]
    if total is None or None in before:
        return
    bonuses = sum((one[1] for one in before if one is not None), Fraction(0))
    together = law.parameter(score.bonus_most) if score.bonus_most else None
    most = total[1] + (min(bonuses, together[1]) if together is not None else bonuses)
    if most < asked[0]:
        kind = law.book.parameters[threshold].type
        message = (
            f"nobody can reach {written(asked[0], kind)}: the criteria give {written(most, kind)} at most together"
        )
        findings.tell(
            "maxima", law.day, [threshold, *_names(score), score.bonus_most], message, (score.place, score.id)
        )


def _names(score: Score) -> list[str]:
    return [criterion.most or criterion.steps for criterion in score.criteria]


def _together(score: Score, law: OfDay) -> Bounds | None:
    """What all the criteria give at most; None where that of one is not known to be a number, or there are none."""
    most = [_most(criterion, law) for criterion in score.criteria]
    known = [one for one in most if one is not None]
    if not known or len(known) < len(most):
        return None
    return sum((one[0] for one in known), Fraction(0)), sum((one[1] for one in known), Fraction(0))


def _most(criterion: Criterion, law: OfDay) -> Bounds | None:
    if criterion.most:
        return law.parameter(criterion.most)
    steps = _steps_of(criterion, law)
    return (max(steps), max(steps)) if steps else None


def _steps_of(criterion: Criterion, law: OfDay) -> list[Fraction]:
    parameter = law.book.parameters.get(criterion.steps)
    if parameter is None:
        return []
    known = values_on(parameter, law.book, law.day)[-1].known
    scale = 10**parameter.type.decimals
    return [Fraction(step, scale) for step in known if isinstance(step, int)] if isinstance(known, tuple) else []


def _steps(criterion: Criterion, law: OfDay, findings: Findings) -> None:
    steps = _steps_of(criterion, law)
    if not steps:
        return
    where = criterion.place, criterion.id
    if len(steps) == 1:
        findings.tell("steps", law.day, [criterion.steps], "one step alone gives everybody the same points", where)
    elif any(after <= before for before, after in pairwise(steps)):
        findings.tell("steps", law.day, [criterion.steps], "the steps do not ascend, each above the one before", where)
