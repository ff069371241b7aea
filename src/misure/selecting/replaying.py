# SPDX-License-Identifier: Apache-2.0
"""Selecting again from a receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from misure.deciding.measure import Measure
from misure.deciding.replaying import RECEIPT, again, day_of
from misure.ground.errors import BadFacts
from misure.ground.place import Fault
from misure.selecting.approval import ApprovedOn
from misure.selecting.selection import Selection

__all__ = ["reselect"]


def reselect(measure: Measure, receipt: Mapping[str, Any]) -> Selection:
    """The selection of a receipt, with its withdrawals, by the same measure, rules and calendar."""
    found, on = again(measure, receipt, {"applications": list, "withdrawals": list}, ("approved_on", "survivors"))
    faults: list[Fault] = []
    if "approved_on" not in receipt:
        faults.append(Fault(RECEIPT, "approved_on", "it is not there: a selection that was not approved says so"))
    day = _approved(receipt.get("approved_on"), faults)
    kept = _survivors(receipt.get("survivors", {}), faults)
    gone = [_withdrawal(one, faults) for one in receipt["withdrawals"]]
    if faults:
        raise BadFacts(faults)
    selection = found.select(receipt["applications"], on=on, approved_on=day, survivors=kept)
    for name, when in gone:
        selection = selection.withdraw(name, on=when)
    return selection


def _approved(given: object, faults: list[Fault]) -> ApprovedOn:
    if isinstance(given, Mapping):
        return {str(window): day_of(day, f"approved_on.{window}", faults) for window, day in given.items()}
    return None if given is None else day_of(given, "approved_on", faults)


def _survivors(given: object, faults: list[Fault]) -> dict[str, list[str]]:
    """Receipts of before there were any say nothing of them."""
    if isinstance(given, Mapping) and all(isinstance(ids, list) for ids in given.values()):
        return {str(relation): [str(id_) for id_ in ids] for relation, ids in given.items()}
    faults.append(Fault(RECEIPT, "survivors", "they are the ids of applications, in a list for each relation"))
    return {}


def _withdrawal(given: object, faults: list[Fault]) -> tuple[str, dt.date]:
    if not isinstance(given, Mapping) or not isinstance(given.get("id"), str):
        faults.append(Fault(RECEIPT, "withdrawals", "a withdrawal says the id of an application, and on which day"))
        return "", dt.date.min
    return given["id"], day_of(given.get("on"), "withdrawals.on", faults)
