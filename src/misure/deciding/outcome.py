# SPDX-License-Identifier: Apache-2.0
"""What a decision answers as a whole, and stage by stage."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from misure._reopen import by_public_name
from misure.ground.truth import Truth
from misure.rulebook.rules import Condition, Effect, Stage

__all__ = ["Outcome", "StageAnswer", "answers_of_stages"]


@by_public_name
class Outcome(StrEnum):
    """What the conditions that can refuse say together."""

    ELIGIBLE = "eligible"
    """Every condition is met, and the governing text was read whole."""
    NO_KNOWN_OBSTACLE = "no_known_obstacle"
    """Every condition that is known is met; the governing text was not read whole, so others may stand in it."""
    REFUSED = "refused"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not_applicable"
    """Nothing can refuse: a transfer, whose tranches speak."""


@by_public_name
class StageAnswer(StrEnum):
    """What a stage answers: a stage that can refuse speaks of the outcome, any other of what was done."""

    ELIGIBLE = "eligible"
    NO_KNOWN_OBSTACLE = "no_known_obstacle"
    REFUSED = "refused"
    UNDECIDED = "undecided"
    MET = "met"
    BREACHED = "breached"
    OPEN = "open"


_STAGES = tuple(Stage)
_DECIDED = (StageAnswer.REFUSED, StageAnswer.UNDECIDED, StageAnswer.ELIGIBLE)
_AS_FAR_AS_KNOWN = (StageAnswer.REFUSED, StageAnswer.UNDECIDED, StageAnswer.NO_KNOWN_OBSTACLE)
_DONE = (StageAnswer.BREACHED, StageAnswer.OPEN, StageAnswer.MET)


def answers_of_stages(found: Iterable[tuple[Condition, Truth]], *, whole: bool) -> dict[Stage, StageAnswer]:
    """What each stage that has conditions answers, in the order of the call's life; `whole` says that the text was read whole."""
    refusing: dict[Stage, set[Truth]] = {}
    others: dict[Stage, set[Truth]] = {}
    for rule, truth in found:
        (refusing if rule.effect is Effect.REFUSES else others).setdefault(rule.stage, set()).add(truth)
    answers = {stage: _answer(truths, _DONE) for stage, truths in others.items()}
    words = _DECIDED if whole else _AS_FAR_AS_KNOWN
    answers |= {stage: _answer(truths, words) for stage, truths in refusing.items()}
    return {stage: answers[stage] for stage in _STAGES if stage in answers}


def _answer(truths: set[Truth], words: tuple[StageAnswer, ...]) -> StageAnswer:
    return words[0 if Truth.NO in truths else 1 if Truth.UNKNOWN in truths else 2]
