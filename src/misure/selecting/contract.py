# SPDX-License-Identifier: Apache-2.0
"""A selection as JSON: what each format of the contract holds. A format stays for one minor version after the next one came."""

from __future__ import annotations

from typing import Any

from misure import _doors as doors
from misure.deciding.contract import FORMAT, missing_before, tension_before
from misure.deciding.results import json_of
from misure.deciding.values import as_json
from misure.selecting.basis import unit_of

__all__ = ["contract"]

_NEW = ("read", "unasked", "assumed", "survivors")
_NEW_OF_A_PLACEMENT = ("filed_on", "assumed")
_SAID_OR_LEFT_OUT = ("cite", "rules", "other", "missing", "value", "inferred", "unknown")
"""What format 1 left out of a reason, and of what the answer rests on, where it said nothing."""


def contract(selection: doors.Selection, format: int) -> dict[str, Any]:  # noqa: A002 - the key's own name
    """The selection as the contract of a format names it.

    Raises:
        ValueError: There is no such format.
    """
    known = format if type(format) is int else 0  # true is equal to 1
    if known == FORMAT:
        return _second(selection)
    if known == 1:
        return _first(_second(selection))
    raise ValueError(f"there is no format {format!r} of a selection; there are 1 and {FORMAT}")


def _second(found: doors.Selection) -> dict[str, Any]:
    approvals = found._compiled.approvals  # noqa: SLF001 - the machinery behind a selection, of this floor
    return {
        "format": 2,
        "measure": found.measure.id,
        "on": found.on.isoformat(),
        "kind": found.rule.kind,
        "confidence": str(found.confidence),
        "read": str(found.read),
        "unasked": list(found.unasked),
        "assumed": list(found.assumed),
        "approved_on": approvals.to_json(),
        "survivors": found.survivors,
        "waiting_list_until": {
            window or "call": as_json(found.waiting_list_until(window)) for window, _ in approvals.days
        },
        "given": as_json(found.given),
        "envelopes": [envelope.to_dict() for envelope in found.envelopes],
        "placements": [placement.to_dict() for placement in found.placements],
        "rests_on": [basis.to_dict() | {"unit": unit_of(found.measure, basis.id)} for basis in found.rests_on],
        "tensions": json_of(found.tensions),
        "receipt": found.receipt,
    }


def _first(whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {key: value for key, value in whole.items() if key not in _NEW} | {"format": 1}
    found["placements"] = [
        {key: value for key, value in placement.items() if key not in _NEW_OF_A_PLACEMENT}
        | {"reasons": list(map(_reason_before, placement["reasons"]))}
        for placement in whole["placements"]
    ]
    found["envelopes"] = [
        {key: value for key, value in envelope.items() if key != "unpublished"} for envelope in whole["envelopes"]
    ]
    found["rests_on"] = [
        {key: value for key, value in _said(basis).items() if key != "unit"} for basis in whole["rests_on"]
    ]
    found["tensions"] = list(map(tension_before, whole["tensions"]))
    return found


def _said(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in _SAID_OR_LEFT_OUT or value not in (None, "", [])}


def _reason_before(reason: dict[str, Any]) -> dict[str, Any]:
    found = _said(reason)
    if reason["cite"] is None:
        del found["confidence"]
    if reason["missing"]:
        found["missing"] = list(map(missing_before, reason["missing"]))
    return found
