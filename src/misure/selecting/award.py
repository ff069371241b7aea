# SPDX-License-Identifier: Apache-2.0
"""An award: what a funded application receives once its own caps, the envelope and the rule for the last award have spoken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from misure._reopen import by_public_name
from misure.allocating import NO
from misure.deciding.machinery import compiled
from misure.deciding.results import Amount, Part, Step, json_of
from misure.deciding.supporting.parts import parts_of
from misure.deciding.values import Range, Shown, as_json
from misure.ground.truth import Confidence, worst
from misure.selecting.placement import without_end

if TYPE_CHECKING:
    from misure.selecting.workings import Workings

__all__ = ["Award", "award_of", "equivalent_of", "is_given_outright"]

_GIVEN_OUTRIGHT = ("grant", "service", "interest_subsidy")
"""The forms whose gross grant equivalent is what is given: Reg. (EU) 2023/2831, art. 3(6)."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Award:
    """What one application receives, in euro, and how that was worked out."""

    application: str
    amount: Decimal | Range
    """A range where it is open, without a greatest end where nothing bounds it."""
    asked: Decimal | Range
    lines: tuple[Amount, ...]
    """The lines of support that the envelopes pay, as the rules work them out before the envelope, with their steps."""
    steps: tuple[Step, ...]
    """What the selection adds: what is asked, what the envelope has left, what the rule for the last award makes of it."""
    envelope: str
    """The envelope on which it draws first; "" where that is not known."""
    equivalent: Decimal | Range | None
    """The gross grant equivalent: what counts towards a ceiling. None where it is not known how a cut award is shared out."""
    confidence: Confidence
    parts: tuple[Part, ...] = ()
    """What each record receives of the award, where the envelopes pay one line alone, and that is apportioned. Where they pay
    several, each of the `lines` has its parts as they are before the envelope."""

    @property
    def cut(self) -> bool:
        """Whether it is certain that it receives less than it asks."""
        most = self.amount.greatest if isinstance(self.amount, Range) else self.amount
        least = self.asked.least if isinstance(self.asked, Range) else self.asked
        return most is not None and least is not None and most < least  # type: ignore[operator]

    def to_dict(self) -> dict[str, object]:
        """The award as plain data, ready for JSON."""
        return {
            "application": self.application,
            "amount": as_json(self.amount),
            "asked": as_json(self.asked),
            "lines": json_of(self.lines),
            "steps": json_of(self.steps),
            "envelope": self.envelope,
            "equivalent": as_json(self.equivalent),
            "confidence": str(self.confidence),
            "parts": json_of(self.parts),
        }


def award_of(workings: Workings, row: int) -> Award | None:
    """The award of the application of a row; None where it is certain that it receives nothing."""
    allocation, rule = workings.allocation, workings.rule
    low, high = allocation.award_least[row], allocation.award_most[row]
    if high == 0 or allocation.present[row] == NO:
        return None
    support = () if workings.no_answer(row) is not None else workings.decision(row).support
    lines = tuple(line for line in support if line.form != "own_share" and (not rule.pays or line.id in rule.pays))
    asked = workings.columns.least[row], workings.columns.most[row]
    choices = allocation.budgets[row]
    amount = without_end(low, high, endless=workings.gets_without_end(row))
    wants = without_end(*asked, endless=asked[0] < asked[1] and workings.asks_without_end(row))
    steps = [Step("asked", wants)]
    sure = [line.confidence for line in lines]
    if len(choices) == 1 and choices[0] >= 0:
        envelope, result = rule.envelopes[choices[0]], allocation.results[choices[0]]
        left = (
            max(0, result.held[0] - allocation.before_most[row]),
            max(0, result.held[1] - allocation.before_least[row]),
        )
        own = workings.law.sure(envelope, envelope.amount)
        endless = choices[0] in workings.law.endless
        steps.append(
            Step(
                "envelope",
                without_end(*left, endless=endless),
                binds=high < asked[0],
                text=envelope.text,
                confidence=own,
            )
        )
        sure.append(own)
    if rule.last_award is not None:
        own = workings.law.sure(rule.last_award)
        steps.append(Step("last_award", amount, text=rule.last_award.text, confidence=own))
        sure.append(own)
    named = rule.envelopes[choices[0]].id if len(choices) == 1 and choices[0] >= 0 else ""
    surely = worst(*sure, Confidence.OFFICIAL)
    return Award(
        workings.read.candidates.ids[row], amount, wants, lines, tuple(steps), named,
        _equivalent(lines, amount, (low, high), asked), surely,
        tuple(replace(part, confidence=worst(part.confidence, surely)) for part in _parts(workings, row, lines, amount)),
    )  # fmt: skip


def _parts(workings: Workings, row: int, lines: tuple[Amount, ...], amount: Decimal | Range) -> tuple[Part, ...]:
    """What each record receives of the award, where that is of one line and apportioned."""
    support = workings.law.measure.rulebook.support
    known = {line.id: line for line in support.lines} if support else {}
    line = known.get(lines[0].id) if len(lines) == 1 else None
    if line is None or line.apportioned is None:
        return ()
    allocation = workings.allocation
    ends = allocation.award_least[row], allocation.award_most[row]
    return parts_of(compiled(workings.decision(row)), line, ends, amount, awarded=True)


def _equivalent(
    lines: tuple[Amount, ...], amount: Decimal | Range, award: tuple[int, int], asked: tuple[int, int]
) -> Decimal | Range | None:
    if all(map(is_given_outright, lines)):
        return amount
    if award != asked:
        return None
    ends = [_ends(equivalent_of(line)) for line in lines]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    low, high = sum((least for least, _ in known), Decimal(0)), sum((most for _, most in known), Decimal(0))
    return low if low == high else Range(low, high)


def is_given_outright(line: Amount) -> bool:
    """Whether what a line gives is its gross grant equivalent."""
    return line.form in _GIVEN_OUTRIGHT


def equivalent_of(line: Amount) -> Shown:
    """The gross grant equivalent of a line: itself, or its step of that name; None where no rule works it out."""
    if is_given_outright(line):
        return line.amount
    return next((step.value for step in line.steps if step.step == "equivalent"), None)


def _ends(value: Shown) -> tuple[Decimal, Decimal] | None:
    if isinstance(value, Range):
        least, greatest = value.least, value.greatest
        return (least, greatest) if isinstance(least, Decimal) and isinstance(greatest, Decimal) else None
    return (value, value) if isinstance(value, Decimal) else None
