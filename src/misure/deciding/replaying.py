# SPDX-License-Identifier: Apache-2.0
"""Deciding again from a receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from misure.ground.arguments import kind_in_words
from misure.ground.days import parse_day
from misure.ground.errors import BadFacts, BadRules
from misure.ground.holidays import national_calendar
from misure.ground.place import Fault, Place

if TYPE_CHECKING:
    from misure.deciding.decision import Decision
    from misure.deciding.measure import Measure

__all__ = ["RECEIPT", "again", "day_of", "decided_again", "replay"]

RECEIPT = Place("<receipt>")


def replay(measure: Measure, receipt: Mapping[str, Any]) -> Decision:
    """The decision of a receipt, by the same measure, rules and calendar."""
    found, on = again(measure, receipt, {"facts": Mapping})
    return found.decide(receipt["facts"], on=on)


def decided_again(measure: Measure, facts: Mapping[str, Any], on: str) -> Decision:
    """A decision as it was pickled."""
    return measure.decide(facts, on=dt.date.fromisoformat(on))


def again(measure: Measure, receipt: Mapping[str, Any], parts: Mapping[str, type]) -> tuple[Measure, dt.date]:
    """The measure of a receipt, varied as it was, and the day of its question; `parts` are what must be in it."""
    if not isinstance(receipt, Mapping):
        raise BadFacts([Fault(RECEIPT, "", f"a receipt is a mapping; got {kind_in_words(receipt)}")])
    ours = {"measure": measure.id, "rules": measure.rulebook.rules_hash, "calendar": national_calendar().version}
    strange = [
        Fault(RECEIPT, key, f"the receipt is of {receipt.get(key)!r}, and here is {value!r}")
        for key, value in ours.items()
        if receipt.get(key) != value
    ]
    if strange:
        raise BadRules(strange)
    varied = receipt.get("varied", {})
    faults = [
        Fault(RECEIPT, key, f"expected a {_WORDS[kind]}; got {kind_in_words(value)}")
        for key, value, kind in (
            ("varied", varied, Mapping),
            *((name, receipt.get(name), kind) for name, kind in parts.items()),
        )
        if not isinstance(value, kind)
    ]
    day = day_of(receipt.get("on"), "on", faults)
    if faults:
        raise BadFacts(faults)
    if dict(measure.varied) != dict(varied):
        base = measure.base
        measure = base.vary(**{str(name): value for name, value in varied.items()}) if varied else base
    return measure, day


def day_of(given: object, subject: str, faults: list[Fault]) -> dt.date:
    """A day as a receipt holds it; a fault where it is none."""
    try:
        return dt.date.fromordinal(parse_day(given if isinstance(given, str) else repr(given)))
    except ValueError as problem:
        faults.append(Fault(RECEIPT, subject, str(problem)))
        return dt.date.min


_WORDS: Mapping[type, str] = {Mapping: "mapping", list: "list"}
