# SPDX-License-Identifier: Apache-2.0
"""What a decision says, laid out by the keys of `cases.yaml`, so that two can be compared and the difference be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from misure.deciding.values import Range, as_json
from misure.ground.errors import MisureError
from misure.testing.comparing import NOTHING, same_value

if TYPE_CHECKING:
    from misure.deciding.decision import Decision
    from misure.deciding.measure import Measure

__all__ = ["amount_of", "answered", "differences", "ends", "said"]


def answered(measure: Measure, facts: Mapping[str, Any], on: dt.date) -> Decision | MisureError:
    """The decision, or the error in its place."""
    try:
        return measure.decide(facts, on=on)
    except MisureError as error:
        return error


def said(decision: Decision) -> dict[str, Any]:
    """Everything that does not depend on how it was told: outcome, truths, margins, amounts, terms, tranches, score."""
    found: dict[str, Any] = {
        "outcome": str(decision.outcome),
        "findings": {finding.id: str(finding.truth) for finding in decision.findings},
        "margins": {finding.id: as_json(finding.margin) for finding in decision.findings},
        "support": {amount.id: as_json(amount.amount) for amount in decision.support},
        "parts": {
            amount.id: {part.record: as_json(part.amount) for part in amount.parts}
            for amount in decision.support
            if amount.parts
        },
        "terms": {term.id: {"day": as_json(term.day), "state": str(term.state)} for term in decision.terms},
        "duties": {duty.id: {"day": as_json(duty.day), "state": str(duty.state)} for duty in decision.duties},
        "tranches": {
            tranche.id: {"amount": as_json(tranche.amount), "due": str(tranche.due), "payable": str(tranche.payable)}
            for tranche in decision.tranches
        },
        "spending": {},
    }
    for line in decision.spending:
        found["spending"].setdefault(line.plan, {})[line.id] = as_json(line.admitted)
    if decision.score is not None:
        found["score"] = {name: as_json(value) for name, value in decision.score.criteria}
        found["score"] |= {name: str(truth) for name, truth in decision.score.bonuses}
        found["score"] |= {"total": as_json(decision.score.total), "final": as_json(decision.score.final)}
    return found


def differences(expected: Mapping[str, Any], came: Mapping[str, Any], under: str = "") -> tuple[dict[str, Any], str]:
    """What was expected and did not come, by the keys of `cases.yaml`; and what came in its place, in a line."""
    wanted: dict[str, Any] = {}
    found: list[str] = []
    for key, value in expected.items():
        other = came.get(key)
        if isinstance(value, Mapping) and isinstance(other, Mapping) and "from" not in value:
            part, shown = differences(value, other, f"{under}{key}.")
            wanted |= {key: part} if part else {}
            found += [shown] if shown else []
        elif not (value is other is None or same_value(value, other)):
            # What cannot stand in a file of cases, for it is nothing, is told in the line alone.
            wanted |= {} if value is None else {key: value}
            found.append(f"{under}{key} {_shown(other)}")
    return wanted, ", ".join(found)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value.get('from')} to {value.get('to')}" if "from" in value else str(dict(value))
    return NOTHING if value is None else str(value)


def amount_of(decision: Decision, gives: str) -> Decimal | Range | None:
    """A line of the support; nothing at all, and not an unknown amount, of an applicant who is refused."""
    found: dict[str, Any] = {line.id: line.amount for line in decision.support}
    amount: Decimal | Range | None = found.get(gives, Decimal("0.00"))
    return amount


def ends(amount: Decimal | Range | None) -> tuple[Decimal, Decimal] | None:
    """Both ends of an amount, without end where nothing bounds it; None where nothing is known of it."""
    if amount is None:
        return None
    if isinstance(amount, Range):
        return (
            Decimal("-Infinity") if amount.least is None else Decimal(str(amount.least)),
            Decimal("Infinity") if amount.greatest is None else Decimal(str(amount.greatest)),
        )
    return amount, amount
