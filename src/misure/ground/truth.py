# SPDX-License-Identifier: Apache-2.0
"""The three truths of a condition, and how sure the reading of the law behind an answer is.

A condition of a bando is met, not met, or cannot be told from what is known. The fourth word, "not applicable", says
that the condition was not asked at all (its `when` is false); for the outcome it counts as met.

>>> Truth.from_ends(may_be_yes=True, may_be_no=True)
<Truth.UNKNOWN: 'unknown'>
>>> worst(Confidence.OFFICIAL, Confidence.INFERRED)
<Confidence.INFERRED: 'inferred'>
"""

from __future__ import annotations

from enum import StrEnum

from misure._reopen import by_public_name

__all__ = ["Confidence", "NotKnowing", "Truth", "best", "worst"]


@by_public_name
class Truth(StrEnum):
    """What a condition answers."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"
    """It is asked from an event on that has not happened, as far as is told: till then it decides nothing."""

    @classmethod
    def from_ends(cls, *, may_be_yes: bool, may_be_no: bool) -> Truth:
        """The truth whose two ends are given: it is definite when only one of them is open."""
        if may_be_yes:
            return cls.UNKNOWN if may_be_no else cls.YES
        return cls.NO


@by_public_name
class NotKnowing(StrEnum):
    """Why a value is not known, told apart because each is cured by somebody else."""

    MISSING = "missing"
    """The applicant has not said it: ask."""
    TO_BE_JUDGED = "to_be_judged"
    """A person must assess it."""
    PENDING = "pending"
    """The event has not happened: it lies on or after the day of the question."""
    UNPUBLISHED = "unpublished"
    """The act leaves it open, or no source gives it."""
    UNDEFINED = "undefined"
    """It has no value: a quotient by zero, the one record of a year that is not there."""


@by_public_name
class Confidence(StrEnum):
    """How sure the reading of a legal value is; an answer takes the worst that it rests on."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    INFERRED = "inferred"
    ASSUMED = "assumed"

    @property
    def doubt(self) -> int:
        """0 for an official text, 3 for an assumption of the person who asks."""
        return _DOUBT[self]


_DOUBT = {confidence: doubt for doubt, confidence in enumerate(Confidence)}


def best(*confidences: Confidence) -> Confidence:
    """The surest of the given confidences; official when there is none."""
    return min(confidences, key=_DOUBT.__getitem__, default=Confidence.OFFICIAL)


def worst(*confidences: Confidence) -> Confidence:
    """The least sure of the given confidences; official when there is none."""
    return max(confidences, key=_DOUBT.__getitem__, default=Confidence.OFFICIAL)
