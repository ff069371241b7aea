# SPDX-License-Identifier: Apache-2.0
"""Deciding, or selecting, again from a receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from misure.deciding.opening import reopen
from misure.ground.days import parse_day
from misure.ground.errors import BadFacts, BadRules
from misure.ground.holidays import national_calendar
from misure.ground.place import Fault, Place

if TYPE_CHECKING:
    from misure.deciding.decision import Decision
    from misure.deciding.measure import Measure
    from misure.selecting.approval import ApprovedOn
    from misure.selecting.selection import Selection

__all__ = ["replay", "reselect"]

_PLACE = Place("<receipt>")


def replay(measure: Measure, receipt: Mapping[str, Any]) -> Decision:
    """The decision of a receipt, by the same measure, rules and calendar."""
    again, on = _again(measure, receipt, {"facts": Mapping})
    return again.decide(receipt["facts"], on=on)


def reselect(measure: Measure, receipt: Mapping[str, Any]) -> Selection:
    """The selection of a receipt, with its withdrawals, by the same measure, rules and calendar."""
    again, on = _again(measure, receipt, {"applications": list, "withdrawals": list})
    faults: list[Fault] = []
    if "approved_on" not in receipt:
        faults.append(Fault(_PLACE, "approved_on", "it is not there: a selection that was not approved says so"))
    day = _approved(receipt.get("approved_on"), faults)
    gone = [_withdrawal(one, faults) for one in receipt["withdrawals"]]
    if faults:
        raise BadFacts(faults)
    selection = again.select(receipt["applications"], on=on, approved_on=day)
    for name, when in gone:
        selection = selection.withdraw(name, on=when)
    return selection


def _again(measure: Measure, receipt: Mapping[str, Any], parts: Mapping[str, type]) -> tuple[Measure, dt.date]:
    """The measure of a receipt, varied as it was, and the day of its question; `parts` are what must be in it."""
    if not isinstance(receipt, Mapping):
        raise BadFacts([Fault(_PLACE, "", f"a receipt is a mapping; got {type(receipt).__name__}")])
    ours = {"measure": measure.id, "rules": measure.rulebook.rules_hash, "calendar": national_calendar().version}
    strange = [
        Fault(_PLACE, key, f"the receipt is of {receipt.get(key)!r}, and here is {value!r}")
        for key, value in ours.items()
        if receipt.get(key) != value
    ]
    if strange:
        raise BadRules(strange)
    varied = receipt.get("varied", {})
    faults = [
        Fault(_PLACE, key, f"expected a {_WORDS[kind]}; got {type(value).__name__}")
        for key, value, kind in (
            ("varied", varied, Mapping),
            *((name, receipt.get(name), kind) for name, kind in parts.items()),
        )
        if not isinstance(value, kind)
    ]
    day = _day(receipt.get("on"), "on", faults)
    if faults:
        raise BadFacts(faults)
    if dict(measure.varied) != dict(varied):
        measure = reopen(measure.rulebook.root, measure.id, measure.rulebook.rules_hash, varied)
    return measure, day


def _day(given: object, subject: str, faults: list[Fault]) -> dt.date:
    try:
        return dt.date.fromordinal(parse_day(given if isinstance(given, str) else repr(given)))
    except ValueError as problem:
        faults.append(Fault(_PLACE, subject, str(problem)))
        return dt.date.min


def _approved(given: object, faults: list[Fault]) -> ApprovedOn:
    if isinstance(given, Mapping):
        return {str(window): _day(day, f"approved_on.{window}", faults) for window, day in given.items()}
    return None if given is None else _day(given, "approved_on", faults)


def _withdrawal(given: object, faults: list[Fault]) -> tuple[str, dt.date]:
    if not isinstance(given, Mapping) or not isinstance(given.get("id"), str):
        faults.append(Fault(_PLACE, "withdrawals", "a withdrawal says the id of an application, and on which day"))
        return "", dt.date.min
    return given["id"], _day(given.get("on"), "withdrawals.on", faults)


_WORDS: Mapping[type, str] = {Mapping: "mapping", list: "list"}
