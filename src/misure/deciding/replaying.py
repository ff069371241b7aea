# SPDX-License-Identifier: Apache-2.0
"""Deciding again from a receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from misure.deciding.reopening import reopen
from misure.ground.days import parse_day
from misure.ground.errors import BadFacts, BadRules
from misure.ground.holidays import national_calendar
from misure.ground.place import Fault, Place

if TYPE_CHECKING:
    from misure.deciding.decision import Decision
    from misure.deciding.measure import Measure

__all__ = ["replay"]

_PLACE = Place("<receipt>")


def replay(measure: Measure, receipt: Mapping[str, Any]) -> Decision:
    """The decision of a receipt, by the same measure, rules and calendar."""
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
    varied, facts, on = receipt.get("varied", {}), receipt.get("facts"), receipt.get("on")
    faults = [
        Fault(_PLACE, key, f"expected a mapping; got {type(value).__name__}")
        for key, value in (("varied", varied), ("facts", facts))
        if not isinstance(value, Mapping)
    ]
    day = measure.stretches[0]
    try:
        day = dt.date.fromordinal(parse_day(on if isinstance(on, str) else repr(on)))
    except ValueError as problem:
        faults.append(Fault(_PLACE, "on", str(problem)))
    if faults:
        raise BadFacts(faults)
    if dict(measure.varied) != dict(varied):
        measure = reopen(measure.rulebook.root, measure.id, measure.rulebook.rules_hash, varied)
    return measure.decide(facts, on=day)
