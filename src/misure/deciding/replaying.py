# SPDX-License-Identifier: Apache-2.0
"""Deciding again from a receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from misure import _doors as doors
from misure.ground.arguments import kind_in_words, shown
from misure.ground.days import parse_day
from misure.ground.errors import BadFacts, BadRules
from misure.ground.holidays import national_calendar
from misure.ground.place import Fault, Place, nearest

__all__ = ["RECEIPT", "again", "day_of", "decided_again", "replay"]

RECEIPT = Place("<receipt>")
_PICKLE = Place("<pickle>")


def replay(measure: doors.Measure, receipt: Mapping[str, Any]) -> doors.Decision:
    """The decision of a receipt, by the same measure, rules and calendar."""
    found, on = again(measure, receipt, {"facts": Mapping}, _BESIDE)
    return found.decide(receipt["facts"], on=on)


def decided_again(measure: doors.Measure, facts: Mapping[str, Any], on: str, calendar: str) -> doors.Decision:
    """A decision as it was pickled, by the calendar with which it was decided; its rules the measure has been asked for.

    Raises:
        BadRules: Another calendar is here: its terms may end on other days.
    """
    day = dt.date.fromisoformat(on)
    here = national_calendar().version
    if calendar != here:
        message = f"pickled with {calendar!r:.80}, and here is {here!r}: make the pickle again with this calendar"
        raise BadRules([Fault(_PICKLE, "calendar", message)])
    return measure.decide(facts, on=day)


def again(
    measure: doors.Measure, receipt: Mapping[str, Any], parts: Mapping[str, type], beside: Collection[str]
) -> tuple[doors.Measure, dt.date]:  # fmt: skip
    """The measure of a receipt, varied as it was, and the day of its question; `parts` must be in it, and what is `beside` may."""
    if not isinstance(receipt, Mapping):
        raise BadFacts([Fault(RECEIPT, "", f"a receipt is a mapping; got {kind_in_words(receipt)}")])
    ours = {
        "format": measure.rulebook.format,
        "measure": measure.id,
        "rules": measure.rulebook.rules_hash,
        "calendar": national_calendar().version,
    }
    strange = [
        Fault(RECEIPT, key, f"the receipt is of {shown(receipt[key])}, and here is {value!r}")
        for key, value in ours.items()
        if key in receipt and (type(receipt[key]) is not type(value) or receipt[key] != value)
    ]
    if strange:
        raise BadRules(strange)
    untold = [
        Fault(RECEIPT, key, "it is not there: every receipt says it") for key in (*ours, "on") if key not in receipt
    ]
    if untold:
        raise BadFacts(untold)
    known = ("library", *ours, "on", "varied", *parts, *beside)
    odd = [
        Fault(RECEIPT, str(key)[:60], "a receipt says no such thing", nearest(key, known))
        for key in receipt if key not in known
    ]  # fmt: skip
    if odd:
        raise BadFacts(odd)
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
    if not isinstance(given, str):
        faults.append(Fault(RECEIPT, subject, f"expected a date, YYYY-MM-DD; got {kind_in_words(given)}"))
        return dt.date.min
    try:
        return dt.date.fromordinal(parse_day(given))
    except ValueError as problem:
        faults.append(Fault(RECEIPT, subject, str(problem)))
        return dt.date.min


_BESIDE = ("edition", "editions", "defaults", "parameters")
_WORDS: Mapping[type, str] = {Mapping: "mapping", list: "list"}
