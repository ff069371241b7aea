# SPDX-License-Identifier: Apache-2.0
"""A selection: who is funded among the applications of a call, for how much, and why. It never changes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from misure._lazy import told_where_it_is
from misure._reopen import by_public_name, opened_whole, reopen_selection
from misure._version import __version__
from misure.allocating import NO
from misure.deciding.contract import FORMAT
from misure.deciding.measure import Measure
from misure.deciding.results import Tension, tension_of
from misure.deciding.values import Range, as_json, day_of
from misure.ground.arguments import indent_of, is_no
from misure.ground.errors import BadFacts, NoSuchApplication, NoSuchName
from misure.ground.given import Day, plain_day
from misure.ground.holidays import national_calendar
from misure.ground.place import Fault
from misure.ground.plain_ids import plain_id
from misure.ground.truth import Confidence, worst
from misure.rulebook.rules import Citation, Read
from misure.rulebook.selection import Selection as Rule
from misure.selecting.applications import APPLICATIONS, natural
from misure.selecting.approval import ApprovedOn
from misure.selecting.basis import Basis, bases_of
from misure.selecting.contract import contract
from misure.selecting.placement import Placement, money_of, without_end
from misure.selecting.standing import Standing
from misure.selecting.withdrawing import Withdrawal, misdated
from misure.selecting.workings import Workings

__all__ = ["EnvelopeResult", "Selection"]


@by_public_name
@dataclass(frozen=True, slots=True)
class EnvelopeResult:
    """One envelope after the selection, in euro.

    An amount that no source gives is a range; where nothing bounds it above, the greatest end is None, or the whole amount is.
    """

    id: str
    held: Decimal | Range | None
    """What it had to give, with what rolled into it from others."""
    rolled_in: Decimal | Range | None
    given: Decimal | Range
    freed: Decimal | Range
    """What withdrawn applications had been given, and is passed on to nobody."""
    left: Decimal | Range | None
    beyond: Decimal | Range
    """What awards in full take beyond what it held: it comes from elsewhere."""
    text: str
    cite: Citation
    confidence: Confidence
    unpublished: str = ""
    """Why no source gives its own amount, in Italian; "" where one does."""

    def to_dict(self) -> dict[str, object]:
        """The envelope as plain data, ready for JSON."""
        amounts = ("held", "rolled_in", "given", "freed", "left", "beyond")
        return (
            {"id": self.id}
            | {name: as_json(getattr(self, name)) for name in amounts}
            | {"unpublished": self.unpublished or None, "cite": self.cite.to_dict(), "confidence": str(self.confidence)}
        )


def _known(amount: Decimal | Range) -> Decimal | Range | None:
    """The amount; None where nothing is known: that it is not negative, or may be, is no news."""
    return None if isinstance(amount, Range) and amount.greatest is None and amount.least <= 0 else amount  # type: ignore[operator]


@told_where_it_is
@opened_whole
class Selection:
    """Who is funded among the applications of a call. Immutable, hashable, thread-safe, picklable."""

    def __init__(self, workings: Workings) -> None:
        law = workings.law
        self.__dict__.update(measure=law.measure, on=law.on, rule=law.rule, withdrawals=workings.withdrawals)
        self.__dict__["_compiled"] = workings

    _compiled: Workings
    measure: Measure
    rule: Rule
    on: dt.date
    """The day on which the question was put."""
    withdrawals: tuple[Withdrawal, ...]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a selection never changes: {name!r} cannot be set; withdraw() makes another one")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a selection never changes: {name!r} cannot be taken away")

    def __getitem__(self, application: str) -> Placement:
        """The placement of one application by its id.

        Raises:
            NoSuchApplication: No application has that id.
        """
        row = None if is_no(application, str) else self._rows.get(plain_id(application))
        if row is None:
            raise NoSuchApplication([str(application)], self._rows)
        return Placement(self, row)

    def __len__(self) -> int:
        return len(self._compiled.columns)

    def __iter__(self) -> Iterator[Placement]:
        return iter(self.placements)

    def __contains__(self, application: object) -> bool:
        """Whether an application of that id took part; or whether a placement is one of this selection."""
        if isinstance(application, Placement):
            return application in self.placements
        return isinstance(application, str) and plain_id(application) in self._rows

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {id_: row for row, id_ in enumerate(self._compiled.read.candidates.ids)}

    # All of them

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        """Every application: in the order of the ranking, window by window; then those that have no place in it, by id.

        Equals stand by the natural order of their ids: `D-2` before `D-10`.
        """
        allocation, ids = self._compiled.allocation, self._compiled.read.candidates.ids
        windows = self._compiled.columns.windows or [(0,)] * len(ids)

        def order(row: int) -> tuple[object, ...]:
            last = len(ids) + 1
            there = allocation.present[row] != NO and self.rule.kind != "list"
            return (not there, windows[row][:1], allocation.place_first[row] if there else last,
                    allocation.place_last[row] if there else last, natural(ids[row]), ids[row])  # fmt: skip

        return tuple(Placement(self, row) for row in sorted(range(len(ids)), key=order))

    def _standing_at(self, *wanted: Standing) -> tuple[Placement, ...]:
        return tuple(placement for placement in self.placements if placement.standing in wanted)

    @property
    def funded_applications(self) -> tuple[Placement, ...]:
        """Those that are funded for certain (of a list: listed), in order."""
        return self._standing_at(Standing.FUNDED, Standing.LISTED)

    @property
    def waiting(self) -> tuple[Placement, ...]:
        """The waiting list, in order."""
        return self._standing_at(Standing.WAITING)

    @property
    def depends(self) -> tuple[Placement, ...]:
        """Those of which something that decides is not known."""
        return self._standing_at(Standing.DEPENDS)

    @property
    def not_admitted(self) -> tuple[Placement, ...]:
        """The applications that were not admitted."""
        return self._standing_at(Standing.NOT_ADMITTED)

    @cached_property
    def envelopes(self) -> tuple[EnvelopeResult, ...]:
        """The envelopes after the selection."""
        found = self._compiled
        return tuple(
            EnvelopeResult(
                envelope.id, _known(without_end(*result.held, endless=at in found.law.endless)),
                _known(without_end(*result.rolled_in, endless=at in found.law.endless)),
                without_end(*result.given, endless=found.given_without_end), money_of(*result.freed),
                _known(without_end(*result.left, endless=at in found.law.endless)),
                without_end(*result.beyond, endless=found.given_without_end), envelope.text, envelope.cite,
                found.law.sure(envelope, envelope.amount), found.law.unpublished(envelope.amount),
            )
            for at, (envelope, result) in enumerate(zip(self.rule.envelopes, found.allocation.results, strict=True))
        )  # fmt: skip

    @property
    def given(self) -> Decimal | Range:
        """What is awarded in all, in euro; a range without a greatest end where nothing bounds it."""
        return without_end(*self._compiled.allocation.given, endless=self._compiled.given_without_end)

    @cached_property
    def rests_on(self) -> tuple[Basis, ...]:
        """What the answer rests on that is not read in an act: readings of ours, secondary sources, what is unpublished."""
        return tuple(bases_of(self._compiled.law))

    @property
    def confidence(self) -> Confidence:
        """The worst of all that the selection rests on."""
        return worst(Confidence.OFFICIAL, *(basis.confidence for basis in self.rests_on))

    @cached_property
    def read(self) -> Read:
        """How far the governing text was read: the least of the editions under which the applications are decided."""
        laws = (self._compiled.law.period, *self._compiled.periods())
        return Read.least(dict.fromkeys(period.law.read for period in laws))

    @property
    def unasked(self) -> tuple[str, ...]:
        """What calls of this family usually ask and no rule here asks, by id; in words under `measure.rulebook.unasked`."""
        return tuple(self.measure.rulebook.unasked)

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """What the decision of some application takes for so though nobody told it, by name: as `Placement.assumed`."""
        found = (name for row in range(len(self)) for name in self._compiled.assumed(row))
        return tuple(dict.fromkeys(found))

    @property
    def approved_on(self) -> ApprovedOn:
        """The day on which the ranking was approved (or one for each window), from which the waiting list lives."""
        return self._compiled.approvals.told

    @property
    def survivors(self) -> dict[str, list[str]]:
        """For each relation, the applications that the office said to stay."""
        return self._compiled.survivors.told

    def waiting_list_until(self, window: str = "") -> dt.date | Range | None:
        """The last day of the waiting list (of a window); a range where its life is known within bounds.

        None where nothing bounds it, or the ranking has not been approved.

        Raises:
            KeyError: The call has no such window.
        """
        windows = [one.id for one in self._compiled.law.windows]
        if window and window not in windows:
            raise NoSuchName.among("window", window, windows)
        life, approved = self._compiled.law.life(), self._compiled.approvals.day(window)
        if approved is None or life is None:
            return None
        ends = tuple(day_of(approved.toordinal() + days) for days in life)
        return ends[0] if ends[0] == ends[1] else Range(*ends)

    @property
    def tensions(self) -> tuple[Tension, ...]:
        """Where provisions do not fit together, as seen on the day of the question."""
        return tuple(tension_of(one) for one in self.measure.rulebook.tensions if one.since <= self.on)

    # Another one

    def withdraw(self, *applications: str, on: Day) -> Selection:
        """The selection after some applications were withdrawn on a day; this one does not change.

        Before the approval, and while the waiting list lives, the others move up. After that the money is passed on to
        nobody; where nothing says how long the list lives, what depends on it is told so.

        Raises:
            NoSuchApplication: One of them is not there.
            BadFacts: One was withdrawn before; or the day lies after that of the question, or before the filing.
            TypeError: `on` is neither a plain date nor a text.
        """
        day = plain_day(on)
        applications = tuple(plain_id(str(name)) for name in applications)
        strange = [name for name in applications if name not in self._rows]
        if strange:
            raise NoSuchApplication(strange, self._rows)
        gone = {withdrawal.application for withdrawal in self.withdrawals}
        twice = sorted({name for name in applications if name in gone or applications.count(name) > 1})
        if twice:
            raise BadFacts([Fault(APPLICATIONS, name, "it was withdrawn before") for name in twice])
        more = [Withdrawal(name, day) for name in applications]
        faults = list(misdated(more, self._compiled.read.candidates, self._rows, self.on, APPLICATIONS))
        if faults:
            raise BadFacts(faults)
        all_of_them = sorted((*self.withdrawals, *more), key=lambda one: one.application)
        return Selection(self._compiled.with_withdrawals(tuple(all_of_them)))

    # The contract

    def to_dict(self, *, format: int = FORMAT) -> dict[str, Any]:  # noqa: A002 - the key's own name
        """The selection as plain data, as the contract of that format names it.

        Raises:
            ValueError: There is no such format.
        """
        return contract(self, format)

    @property
    def receipt(self) -> dict[str, Any]:
        """What is needed to select again: versions, hashes, every application as told, withdrawals."""
        book = self.measure.rulebook
        return {
            "library": __version__,
            "format": book.format,
            "measure": self.measure.id,
            "rules": book.rules_hash,
            "calendar": national_calendar().version,
            "on": self.on.isoformat(),
            "approved_on": self._compiled.approvals.to_json(),
            "survivors": self.survivors,
            "varied": dict(self.measure.varied),
            "applications": [self._said(row) for row in range(len(self))],
            "withdrawals": [withdrawal.to_dict() for withdrawal in self.withdrawals],
        }

    def _said(self, row: int) -> dict[str, Any]:
        office = self._compiled.read.filings[row]
        told = {
            "filed_at": None if office.filed_at is None else str(office.filed_at),
            "admitted": office.admitted,
            "window": office.window,
        }
        said = {key: value for key, value in told.items() if value is not None}
        return {
            "id": self._compiled.read.candidates.ids[row],
            **said,
            "facts": self._compiled.read.dossiers[row].said(),
        }

    def to_json(self, *, indent: int | None = None, format: int = FORMAT) -> str:  # noqa: A002 - the same
        """The contract as JSON text, of this format or of the one before it.

        Raises:
            TypeError: `indent` is no whole number, no blanks and not None.
            ValueError: There is no such format, or `indent` is above 100.
        """
        return json.dumps(contract(self, format), ensure_ascii=False, indent=indent_of(indent))

    # A value

    @property
    def _identity(self) -> tuple[object, ...]:
        # The order in which the applications were handed over is no part of the selection.
        read = self._compiled.read
        rows = sorted(range(len(self)), key=lambda row: read.candidates.ids[row])
        told = tuple((read.candidates.ids[row], read.dossiers[row], read.filings[row]) for row in rows)
        return (self.measure, self.on, self._compiled.approvals, self._compiled.survivors, self.withdrawals, told)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Selection):
            return NotImplemented
        return self._identity == other._identity

    def __hash__(self) -> int:
        return hash((self.measure, self.on, self._compiled.approvals, len(self)))

    def __repr__(self) -> str:
        return f"Selection({self.measure.id} on {self.on}: {len(self)} applications, {self.given} awarded)"

    def __reduce__(self) -> tuple[object, ...]:
        return (reopen_selection, (self.measure, self.receipt))
