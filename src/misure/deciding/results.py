# SPDX-License-Identifier: Apache-2.0
"""What a decision says beside its findings: amounts, score, tranches, terms, duties, tensions. Plain frozen values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from misure._reopen import by_public_name
from misure.deciding.missing import Missing
from misure.deciding.values import Range, Shown, as_json
from misure.ground.truth import Confidence, Truth
from misure.rulebook import rules
from misure.rulebook.rules import Citation

__all__ = ["Alternative", "Amount", "DutyState", "Part", "Recovered", "Score", "SpendingLine", "Step", "Tension", "Term",
           "Tranche", "Waiting", "Withheld", "json_of", "paid_to"]  # fmt: skip


@by_public_name
class DutyState(StrEnum):
    """Where a term stands on the day of the question. `standing` has no day by which.

    A duty that goes on for some time is `running`, has `ended` or was `broken`; `before` it has not begun.
    """

    KEPT = "kept"
    LATE = "late"
    OPEN = "open"
    UNKNOWN = "unknown"
    STANDING = "standing"
    NOT_APPLICABLE = "not_applicable"
    BEFORE = "before"
    INSIDE = "inside"
    AFTER = "after"
    RUNNING = "running"
    ENDED = "ended"
    BROKEN = "broken"


@by_public_name
@dataclass(frozen=True, slots=True)
class Step:
    """One step of an amount: a ceiling of its base, the base, the intensity, the rounding, a cap, a condition that reduces it.

    `binds` where a ceiling or a cap certainly holds it, or such a condition is certainly not met; `value` is then what is left.
    """

    step: str
    value: Shown
    binds: bool = False
    text: str = ""
    confidence: Confidence = Confidence.OFFICIAL
    parameter: str = ""
    """Of a ceiling: the legal value up to which the base counts."""
    cite: Citation | None = None
    """Where the act says it: of a ceiling, and of a cap or an equivalent that stands elsewhere than its line."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Part:
    """What one record of a table receives of an amount that is apportioned, in euro: a partner, by the key of its record.

    The parts of an amount that is known add up to it. Where parts of a cent were cut off and cents given in their place the
    confidence is `inferred`: acts say in proportion, and not who is given the cents that do not divide.
    """

    record: str
    amount: Shown
    confidence: Confidence


@by_public_name
@dataclass(frozen=True, slots=True)
class Amount:
    """One line of support, in euro; `form` is grant, loan, guarantee, interest_subsidy, service or own_share."""

    id: str
    form: str
    amount: Shown
    steps: tuple[Step, ...]
    text: str
    cite: Citation
    confidence: Confidence
    parts: tuple[Part, ...] = ()
    """What each record receives, in the order in which they are told; empty where the amount is not apportioned."""


@by_public_name
@dataclass(frozen=True, slots=True)
class SpendingLine:
    """One cost category of one plan, in euro: what is requested, what is admitted, under which cap. `id` total sums up."""

    plan: str
    id: str
    requested: Shown
    admitted: Shown
    cap: Shown
    text: str


@by_public_name
@dataclass(frozen=True, slots=True)
class Score:
    """The total score, and the final one with its bonus."""

    total: Shown
    final: Shown
    criteria: tuple[tuple[str, Shown], ...]
    bonuses: tuple[tuple[str, Truth], ...]
    cite: Citation


@by_public_name
@dataclass(frozen=True, slots=True)
class Waiting:
    """What a tranche waits for. `part` says for what: due (trigger), evidence, act, a condition that blocks, paid, or lapse.

    A lapse is a condition that takes the award back, and is not met, or may not be. Where `paid` is not met it was paid already.
    """

    id: str
    part: str
    truth: Truth
    text: str
    cite: Citation
    missing: tuple[Missing, ...] = ()


@by_public_name
@dataclass(frozen=True, slots=True)
class Withheld:
    """What is withheld of a payment, in euro: a tax at source, a debt that is set off."""

    id: str
    amount: Shown
    text: str
    cite: Citation
    confidence: Confidence


@by_public_name
@dataclass(frozen=True, slots=True)
class Tranche:
    """A payment, in euro: whether its trigger has happened (`due`), and whether it can be paid (`payable`)."""

    id: str
    amount: Shown
    due: Truth
    payable: Truth
    waits_for: tuple[Waiting, ...]
    text: str
    cite: Citation
    confidence: Confidence
    cap: Shown = None
    """The most that it pays; None where nothing limits it by itself."""
    withheld: tuple[Withheld, ...] = ()
    """What is withheld of `amount` when it is paid, in order."""
    net: Shown = None
    """What of `amount` is paid out in the end; None where the act withholds nothing of it."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Recovered:
    """An amount that is to be given back, in euro, because a condition is not met (`truth` is `no`) or may not be.

    `condition` is its id. Where the condition is open the amount lies between nothing and all that would be given back.
    """

    id: str
    amount: Shown
    condition: str
    truth: Truth
    text: str
    cite: Citation
    confidence: Confidence


def paid_to(admitted: Truth, lapses: tuple[Waiting, ...], tranche: Tranche) -> Tranche:
    """The tranche of one that is admitted, or not, or perhaps, and whose award has lapsed, or perhaps: `lapses` says by what.

    Who is refused, or has lost the award, is paid nothing; who may be, or may have, is not paid for certain.
    """
    gone = tuple(lapse for lapse in lapses if lapse.truth is Truth.NO)
    if gone:
        return replace(tranche, payable=Truth.NO, waits_for=(*tranche.waits_for, *gone))
    if tranche.payable is Truth.NO or admitted is Truth.NO:
        return replace(tranche, payable=Truth.NO)
    if lapses:
        return replace(tranche, payable=Truth.UNKNOWN, waits_for=(*tranche.waits_for, *lapses))
    return tranche if admitted is Truth.YES else replace(tranche, payable=admitted)


@by_public_name
@dataclass(frozen=True, slots=True)
class Alternative:
    """What another counting regime would answer."""

    regime: str
    day: Shown


@by_public_name
@dataclass(frozen=True, slots=True)
class Term:
    """A window, a deadline, or a duty with or without a day.

    `raw` is the last day as counted, `day` as it rules, `moved` why the two differ: (day passed over, reason) each.
    """

    id: str
    kind: str
    state: DutyState
    day: Shown
    raw: Shown
    moved: tuple[tuple[str, ...], ...]
    regime: str
    alternatives: tuple[Alternative, ...]
    opens: Shown
    closes: Shown
    who: str
    peremptory: bool | None
    text: str
    cite: Citation
    confidence: Confidence
    opens_at: Shown = None
    """The time of day from which the first day of a window is open; None where the whole day is."""
    closes_at: Shown = None
    """The time of day until which the last day of a window is open, that very time included."""


@by_public_name
@dataclass(frozen=True, slots=True)
class TensionReading:
    """One of the readings of provisions that do not fit; `says` is its Italian sentence."""

    id: str
    says: str


@by_public_name
@dataclass(frozen=True, slots=True)
class Tension:
    """Two provisions that do not fit together, from a day on, and what that bears on."""

    id: str
    provisions: tuple[str, ...]
    since: dt.date
    bears_on: tuple[str, ...]
    text: str
    cite: Citation
    confidence: Confidence
    holds_open: Truth | None = None
    """Whether it holds conditions open for this applicant; None where its readings are not told apart."""
    readings: tuple[TensionReading, ...] = ()
    """The readings, none before another; empty where they are not told apart."""


def tension_of(rule: rules.Tension, holds_open: Truth | None = None) -> Tension:
    """A tension of the rules as an answer tells it."""
    readings = tuple(TensionReading(id_, text) for id_, text in rule.readings.items())
    return Tension(
        rule.id, rule.provisions, rule.since, rule.bears_on, rule.text, rule.cite, rule.confidence, holds_open, readings
    )


def json_of(value: object) -> object:
    """A result as the contract writes it: its fields by name, citations as act and locator, empty ones left out."""
    kind: Any = type(value)
    if kind is tuple:
        return [json_of(item) for item in value]  # type: ignore[attr-defined]
    if kind is Citation:
        return value.to_dict()  # type: ignore[attr-defined]
    if kind is Missing:
        return value.to_dict()  # type: ignore[attr-defined]
    if not _is_result(kind):
        return str(value) if isinstance(value, StrEnum) else as_json(value)  # type: ignore[arg-type]
    found = {}
    for name, quiet in _named(kind):
        item = json_of(getattr(value, name))
        if not (quiet and item in (None, False, "", [])):
            found[name] = item
    return found


@cache
def _is_result(kind: Any) -> bool:
    return is_dataclass(kind) and kind is not Range


@cache
def _named(kind: Any) -> tuple[tuple[str, bool], ...]:
    """The fields that the contract holds, and which are left out when they say nothing. Sentences are for `explain`."""
    return tuple((field.name, field.name in _QUIET) for field in fields(kind) if field.name != "text")


_QUIET = frozenset({"who", "moved", "alternatives", "opens", "closes", "raw", "missing", "binds", "cap", "cite", "parameter",
                    "criteria", "bonuses", "parts", "withheld", "net"})  # fmt: skip
