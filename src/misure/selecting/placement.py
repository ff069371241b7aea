# SPDX-License-Identifier: Apache-2.0
"""What a selection answers of one application: whether it is funded, its place, its award, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from misure import _doors as doors
from misure._reopen import by_public_name, reopen_placement
from misure.allocating import MAYBE, NO, YES
from misure.deciding.machinery import compiled
from misure.deciding.missing import Missing
from misure.deciding.values import Range, Shown, as_json
from misure.ground.money import decimal_text
from misure.ground.truth import Confidence, Truth
from misure.rulebook.rules import Citation
from misure.selecting.standing import Standing, funded, standing

__all__ = ["Placement", "Reason", "Why", "money_of", "truth_of", "without_end"]


@by_public_name
class Why(StrEnum):
    """Why an application stands where it stands; `other` of the reason names another application where there is one."""

    NOT_ADMITTED = "not_admitted"
    """The rules refuse it, or the office has not admitted it; the ids of the conditions stand in `rules`."""
    OUTSIDE_WINDOWS = "outside_windows"
    WITHDRAWN = "withdrawn"
    DISPLACED = "displaced"
    """Another application of the same key stays."""
    COUNTER_CLOSED = "counter_closed"
    LISTED = "listed"
    NOTHING_ASKED = "nothing_asked"
    FITS = "fits"
    IN_PART = "in_part"
    IN_FULL = "in_full"
    """The last award, given whole though the envelope does not hold it."""
    DOES_NOT_FIT = "does_not_fit"
    EXHAUSTED = "exhausted"
    NO_ENVELOPE = "no_envelope"

    CONFLICT = "conflict"
    """The act contradicts itself for this applicant; the definition concerned stands in `rules`."""
    NOT_ENCODED = "not_encoded"
    """No rules are encoded for the day on which it was filed: nothing can be worked out of it."""
    ADMISSION_OPEN = "admission_open"
    WINDOW_OPEN = "window_open"
    """Whether it was filed in a window is not known: the days of the windows are not published."""
    PERHAPS_DISPLACED = "perhaps_displaced"
    PERHAPS_CLOSED = "perhaps_closed"
    ENVELOPE_OPEN = "envelope_open"
    """Which envelope it draws on is not known."""
    BUDGET_OPEN = "budget_open"
    """What the envelope holds is not published."""
    TIE = "tie"
    """It stands equal with others, and nothing decides between them."""
    ORDER_OPEN = "order_open"
    """Its own place is not known."""
    AMOUNT_OPEN = "amount_open"
    OTHERS_OPEN = "others_open"
    """What others before it do or ask is not known."""
    LAST_AWARD_OPEN = "last_award_open"


@by_public_name
@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with the rule that says so (None where it is no rule of the selection)."""

    why: Why
    cite: Citation | None = None
    confidence: Confidence = Confidence.OFFICIAL
    rules: tuple[str, ...] = ()
    other: str = ""
    missing: tuple[Missing, ...] = ()
    text: str = ""
    """The sentence of the rule file, in Italian; why something is unknown, where that is the reason."""

    def to_dict(self) -> dict[str, object]:
        """The reason as the contract writes it; how sure it is, where a rule says it."""
        ruled = self.cite is not None
        return {
            "why": str(self.why),
            "cite": None if self.cite is None else self.cite.to_dict(),
            "confidence": str(self.confidence) if ruled else None,
            "rules": list(self.rules),
            "other": self.other or None,
            "missing": [missing.to_dict() for missing in self.missing],
        }


def money_of(low: int, high: int) -> Decimal | Range:
    """An amount of cents in euro, or a range.

    >>> money_of(600000, 600000), money_of(0, 600000)
    (Decimal('6000.00'), Range(least=Decimal('0.00'), greatest=Decimal('6000.00')))
    """
    least, greatest = (Decimal(decimal_text(amount, 2)) for amount in (low, high))
    return least if low == high else Range(least, greatest)


def without_end(low: int, high: int, *, endless: bool) -> Decimal | Range:
    """The same, without an end above where only the vocabulary gives it.

    >>> without_end(600000, 900000, endless=True)
    Range(least=Decimal('6000.00'), greatest=None)
    """
    found = money_of(low, high)
    return Range(found.least, None) if endless and isinstance(found, Range) else found


def truth_of(maybe: int) -> Truth:
    return {YES: Truth.YES, NO: Truth.NO, MAYBE: Truth.UNKNOWN}[maybe]


class Placement:
    """One application after the selection. Its details are worked out when they are read."""

    __slots__ = ("_row", "_selection")

    _selection: doors.Selection
    _row: int

    def __init__(self, selection: doors.Selection, row: int) -> None:
        object.__setattr__(self, "_selection", selection)
        object.__setattr__(self, "_row", row)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a placement never changes: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a placement never changes: {name!r} cannot be taken away")

    def __reduce__(self) -> tuple[object, ...]:
        return (reopen_placement, (self._selection, self.id))

    @property
    def id(self) -> str:
        """The id of the application."""
        return compiled(self._selection).read.candidates.ids[self._row]

    @property
    def filed_on(self) -> dt.date | None:
        """The day on which it was filed, in Italy; None where it is not told."""
        first, last = compiled(self._selection).read.candidates.day[self._row]
        return dt.date.fromordinal(first) if first == last else None

    @property
    def assumed(self) -> tuple[str, ...]:
        """What its decision takes for so though nobody told it: `filed_on`, where it is not filed yet; whose a record is."""
        return compiled(self._selection).assumed(self._row)

    @property
    def standing(self) -> Standing:
        """Where it stands, in one word."""
        found = compiled(self._selection)
        return standing(found.rule, found.columns, found.allocation, self._row)

    @property
    def admitted(self) -> Truth:
        """Whether it is admitted: by the office, where it says so, else by the rules."""
        return truth_of(compiled(self._selection).columns.admitted[self._row])

    @property
    def funded(self) -> Truth:
        """Whether it is funded (of a list: whether it is listed): for certain, for certain not, or it depends."""
        return funded(self._selection.rule, compiled(self._selection).allocation, self._row)

    @property
    def place(self) -> int | Range | None:
        """Its place in the ranking of its window, from 1; None where it has none."""
        allocation = compiled(self._selection).allocation
        if allocation.present[self._row] == NO or self._selection.rule.kind == "list":
            return None
        best, worst = allocation.place_first[self._row], allocation.place_last[self._row]
        return best if best == worst else Range(best, worst)

    @property
    def asked(self) -> Decimal | Range:
        """What it asks of the envelopes, in euro: the lines of support that they pay, as the rules work them out.

        The greatest end of a range is None where nothing bounds it.
        """
        found = compiled(self._selection)
        return without_end(*found.read.candidates.asked[self._row], endless=found.asks_without_end(self._row))

    @property
    def amount(self) -> Decimal | Range:
        """What it gets, in euro; a range without a greatest end where neither what it asks nor an envelope bounds it."""
        found = compiled(self._selection)
        return without_end(
            found.allocation.award_least[self._row], found.allocation.award_most[self._row],
            endless=found.gets_without_end(self._row),
        )  # fmt: skip

    @property
    def asked_before(self) -> Decimal | Range:
        """What is asked of its envelope before it, in euro."""
        allocation = compiled(self._selection).allocation
        return money_of(allocation.before_least[self._row], allocation.before_most[self._row])

    @property
    def envelopes(self) -> tuple[str, ...]:
        """The envelope on which it draws first; several where that is not known."""
        rule, found = self._selection.rule, compiled(self._selection).allocation.budgets[self._row]
        return tuple(rule.envelopes[budget].id for budget in found if budget >= 0)

    @property
    def window(self) -> tuple[str, ...]:
        """The window in which it was filed; several where that is not known."""
        rule, found = self._selection.rule, compiled(self._selection).columns.windows[self._row]
        return tuple(rule.windows[window].id for window in found if window >= 0)

    @property
    def order(self) -> tuple[tuple[str, Shown], ...]:
        """What puts it in order: each key with its value, or the range in which it lies; None where nothing bounds it."""
        return compiled(self._selection).order_of(self._row)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it stands there, what decides first."""
        from misure.selecting.reasons import reasons_of

        return tuple(reasons_of(compiled(self._selection), self._row))

    @property
    def award(self) -> doors.Award | None:
        """What it receives, with the steps; None where it is certain that it receives nothing."""
        from misure.selecting.award import award_of

        return award_of(compiled(self._selection), self._row)

    @property
    def decision(self) -> doors.Decision:
        """What the measure answers of the applicant alone.

        Raises:
            Conflict: The act contradicts itself for this applicant.
            NotEncoded: No rules are encoded for the day on which it was filed.
        """
        return compiled(self._selection).decision(self._row)

    def to_dict(self) -> dict[str, object]:
        """The placement as the contract writes it."""
        return {
            "id": self.id,
            "standing": str(self.standing),
            "admitted": str(self.admitted),
            "funded": str(self.funded),
            "place": as_json(self.place),
            "order": {name: as_json(value) for name, value in self.order},
            "asked": as_json(self.asked),
            "amount": as_json(self.amount),
            "envelopes": list(self.envelopes),
            "window": list(self.window),
            "filed_on": as_json(self.filed_on),
            "assumed": list(self.assumed),
            "reasons": [reason.to_dict() for reason in self.reasons],
        }

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Placement):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.id, self.standing))

    def __repr__(self) -> str:
        return f"Placement({self.id!r}: {self.standing}, {self.amount})"
