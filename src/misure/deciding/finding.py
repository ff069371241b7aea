# SPDX-License-Identifier: Apache-2.0
"""A finding: what one condition answers, with its values, its margin, who broke it, and what is not known."""

from __future__ import annotations

from typing import Literal

from misure import _doors as doors
from misure._reopen import opened_whole, reopen_finding
from misure.deciding.explaining import Explaining
from misure.deciding.machinery import compiled
from misure.deciding.missing import Missing
from misure.deciding.record_details import Assumed, Culprit, LeftOut
from misure.deciding.values import Shown, as_json
from misure.ground.truth import Confidence, Truth
from misure.rulebook.rules import Citation, Condition, Effect, Stage

__all__ = ["Finding"]


@opened_whole
class Finding:
    """What one condition answers. Its details are worked out when they are read."""

    __slots__ = ("_decision", "_reading", "_rule", "truth")

    truth: Truth
    _decision: doors.Decision
    _rule: Condition
    _reading: Explaining | None
    """The second reading of the decision, once something of it was asked."""

    def __init__(self, decision: doors.Decision, rule: Condition, truth: Truth) -> None:
        _DECISION(self, decision)
        _RULE(self, rule)
        _TRUTH(self, truth)
        _READING(self, None)

    def _read_again(self) -> Explaining:
        found: Explaining = compiled(self._decision)
        _READING(self, found)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a finding never changes: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a finding never changes: {name!r} cannot be taken away")

    @property
    def id(self) -> str:
        """The id of the condition in the rules."""
        return self._rule.id

    @property
    def stage(self) -> Stage:
        """The stage of the procedure at which the condition is looked at."""
        return self._rule.stage

    @property
    def effect(self) -> Effect:
        """What follows when it is not met."""
        return self._rule.effect

    @property
    def rule(self) -> Condition:
        """The condition as it stands in the rulebook."""
        return self._rule

    @property
    def text(self) -> str:
        """The Italian sentence of the rule file, `{names}` not filled in."""
        return self._rule.text

    @property
    def cite(self) -> Citation:
        """Where the act says it."""
        return self._rule.cite

    @property
    def provisions(self) -> tuple[str, ...]:
        """The provisions that it encodes, by their ids."""
        return self._rule.provisions

    @property
    def origin(self) -> Literal["call", "law_beneath"]:
        """Whether the call asks it, or the general law beneath every grant."""
        law = (self._reading or self._read_again()).book.borrowed(self._rule.id)
        return "law_beneath" if law is not None and law.general else "call"

    @property
    def applies(self) -> bool:
        """False only where the condition is certainly not asked."""
        return self.truth is not Truth.NOT_APPLICABLE

    @property
    def confidence(self) -> Confidence:
        """How sure the answer is: its rule, and the values that it rests on, as far as they were read."""
        return (self._reading or self._read_again()).confidence_of(self._rule)

    @property
    def values(self) -> dict[str, Shown]:
        """What the condition reads by name: facts, parameters, definitions, amounts. None is not known at all."""
        x = self._reading or self._read_again()
        return {name: read(x) for name, read in x.answers.readers.of_condition(self._rule)}

    @property
    def margin(self) -> Shown:
        """By how much it holds, or (negative) what is missing, in the unit of its left side (days for dates)."""
        x = self._reading or self._read_again()
        return x.answers.readers.margin(self._rule)(x)

    @property
    def culprits(self) -> tuple[str, ...]:
        """The keys of the records that break it, such as the partners who did not sign."""
        return tuple(culprit.key for culprit in self.culprit_records) if self.truth is Truth.NO else ()

    @property
    def culprit_records(self) -> tuple[Culprit, ...]:
        """The same records with what the rule reads of each."""
        return (self._reading or self._read_again()).culprits_of(self._rule) if self.truth is Truth.NO else ()

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Where it fails or is open: the records that its sums and counts do not count, and what keeps them out."""
        asked = self.truth in (Truth.NO, Truth.UNKNOWN)
        return (self._reading or self._read_again()).left_out_of(self._rule) if asked else ()

    @property
    def assumes(self) -> tuple[Assumed, ...]:
        """Where it is met: the records that it counts each as another firm, though nobody said who they are."""
        return (self._reading or self._read_again()).assumed_by(self._rule) if self.truth is Truth.YES else ()

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is not known, where that leaves it open."""
        if self.truth is not Truth.UNKNOWN:
            return ()
        reading = self._reading or self._read_again()
        return reading.missing_behind(f"condition.{self._rule.id}", reading.decided_by(self._rule))

    @property
    def exemptions(self) -> tuple[str, ...]:
        """The exemptions that certainly apply."""
        return (self._reading or self._read_again()).exemptions_of(self._rule) if self._rule.exemptions else ()

    def to_dict(self) -> dict[str, object]:
        """The finding as the contract writes it in JSON."""
        rule = self._rule
        found: dict[str, object] = {
            "id": rule.id,
            "origin": self.origin,
            "stage": rule.stage.value,
            "effect": rule.effect.value,
            "truth": self.truth.value,
            "cite": rule.cite.to_dict(),
            "values": {name: as_json(value) for name, value in self.values.items()},
            "margin": as_json(self.margin),
            "culprits": list(self.culprits),
            "culprit_records": [culprit.to_dict() for culprit in self.culprit_records],
            "left_out": [records.to_dict() for records in self.left_out],
            "assumes": [records.to_dict() for records in self.assumes],
            "missing": [missing.to_dict() for missing in self.missing],
            "confidence": self.confidence.value,
        }
        exemptions = self.exemptions
        if exemptions:
            found["exemptions"] = list(exemptions)
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Finding):
            return NotImplemented
        return self._rule.id == other._rule.id and self._decision == other._decision

    def __hash__(self) -> int:
        return hash((self._rule.id, self._decision))

    def __repr__(self) -> str:
        return f"Finding({self.id}: {self.truth})"

    def __reduce__(self) -> tuple[object, ...]:
        return (reopen_finding, (self._decision, self._rule.id))


# Past __setattr__, which refuses: a decision makes one finding for each condition, so this is worth a little.
_DECISION, _RULE, _TRUTH, _READING = (
    getattr(Finding, name).__set__ for name in ("_decision", "_rule", "truth", "_reading")
)
