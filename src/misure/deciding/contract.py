# SPDX-License-Identifier: Apache-2.0
"""A decision as JSON: what each format of the contract holds. A format stays for one minor version after the next one came."""

from __future__ import annotations

from typing import Any

from misure import _doors as doors

__all__ = ["FORMAT", "contract", "missing_before", "tension_before"]

FORMAT = 2
"""The format that is written where none is named."""

_NEW = ("confidence", "read", "unasked", "assumed", "succeeded_by", "lapses", "recovery", "aid_remarks")
"""The keys that format 2 brought."""
_NEW_OF_A_FINDING = ("origin", "culprit_records", "left_out", "assumes")
_NEW_OF_A_TRANCHE = ("cap", "withheld", "net")
_NEW_OF_A_TERM = ("opens_at", "closes_at")
_NEW_OF_A_TENSION = ("holds_open", "readings")
_STEPS_BEFORE = ("base", "intensity", "half_up", "down", "cap")
_NEW_OF_A_STEP = ("parameter", "cite")


def contract(decision: doors.Decision, format: int) -> dict[str, Any]:  # noqa: A002 - the key's own name
    """The decision as the contract of a format names it; what it shares with the decision is not to be changed.

    Raises:
        ValueError: There is no such format.
    """
    known = format if type(format) is int else 0  # true is equal to 1
    if known == FORMAT:
        return _second(decision)
    if known == 1:
        return _first(decision)
    raise ValueError(f"there is no format {format!r} of a decision; there are 1 and {FORMAT}")


def _second(decision: doors.Decision) -> dict[str, Any]:
    from misure.deciding.results import json_of

    selection, confidence = decision.selection, decision.confidence
    return {
        "format": 2,
        "measure": decision.measure.id,
        "on": decision.on.isoformat(),
        "outcome": str(decision.outcome),
        "confidence": None if confidence is None else str(confidence),
        "read": str(decision.read),
        "unasked": list(decision.unasked),
        "assumed": list(decision.assumed),
        "succeeded_by": decision.succeeded_by or None,
        "stages": {str(stage): {"outcome": str(answer)} for stage, answer in decision.stages.items()},
        "findings": [finding.to_dict() for finding in decision.findings],
        "missing": [missing.to_dict() for missing in decision.missing],
        "spending": json_of(decision.spending),
        "support": json_of(decision.support),
        "score": None if decision.score is None else json_of(decision.score),
        "tranches": json_of(decision.tranches),
        "lapses": json_of(decision.lapses),
        "recovery": json_of(decision.recovery),
        "terms": json_of(decision.terms),
        "duties": json_of(decision.duties),
        "tensions": json_of(decision.tensions),
        "aid_remarks": [remark.to_dict() for remark in decision.aid_remarks],
        "selection": None if selection is None else {
            "kind": selection.kind,
            "relations": [{"id": r.id, "key": r.key, "of": r.of or None, "cite": json_of(r.cite)} for r in selection.relations],
        },
        "receipt": decision.receipt,
    }  # fmt: skip


def _first(decision: doors.Decision) -> dict[str, Any]:
    """Format 1 has no word for an outcome as far as it is known: it is not decided there."""
    whole = _second(decision)
    found: dict[str, Any] = {key: value for key, value in whole.items() if key not in _NEW} | {"format": 1}
    found["outcome"] = _known_before(whole["outcome"])
    if whole["selection"] is not None:
        before = [{"id": r["id"], "key": r["key"], "cite": r["cite"]} for r in whole["selection"]["relations"]]
        found["selection"] = {"kind": whole["selection"]["kind"], "relations": before}
    found["stages"] = {name: {"outcome": _known_before(said["outcome"])} for name, said in whole["stages"].items()}
    found["missing"] = list(map(missing_before, whole["missing"]))
    found["findings"] = list(map(_asked_before, whole["findings"]))
    found["tranches"] = [
        tranche | {"waits_for": list(map(_asked_before, tranche["waits_for"]))} if "waits_for" in tranche else tranche
        for tranche in (_without(tranche, _NEW_OF_A_TRANCHE) for tranche in whole["tranches"])
    ]
    found["tensions"] = list(map(tension_before, whole["tensions"]))
    found["support"] = [
        _without(amount, ("parts",)) | {"steps": _steps_before(amount["steps"])} for amount in whole["support"]
    ]
    for key in ("terms", "duties"):
        found[key] = [_without(term, _NEW_OF_A_TERM) for term in whole[key]]
    found["receipt"] = _without(whole["receipt"], ("editions",))
    return found


def _without(said: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key not in names}


def _steps_before(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps that there were: no ceiling of the base, no equivalent, no condition that reduces."""
    return [_without(step, _NEW_OF_A_STEP) for step in steps if step["step"] in _STEPS_BEFORE]


def tension_before(tension: dict[str, Any]) -> dict[str, Any]:
    """A tension as format 1 wrote it."""
    return _without(tension, _NEW_OF_A_TENSION)


def _known_before(outcome: str) -> str:
    return "undecided" if outcome == "no_known_obstacle" else outcome


def _asked_before(said: dict[str, Any]) -> dict[str, Any]:
    """The same, as it was written before: what it waits for, no word of what came since, and none for pending."""
    found = _without(said, _NEW_OF_A_FINDING)
    if "missing" in said:
        found["missing"] = list(map(missing_before, said["missing"]))
    return found | {"truth": "not_applicable"} if said["truth"] == "pending" else found


def missing_before(missing: dict[str, Any]) -> dict[str, Any]:
    """What is missing as format 1 wrote it."""
    kept = {"name": missing["name"], "kind": missing["kind"]}
    return kept | {"records": missing["records"]} if missing["records"] else kept
