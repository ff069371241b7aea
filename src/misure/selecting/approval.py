# SPDX-License-Identifier: Apache-2.0
"""The days on which rankings were approved, from which waiting lists live: one for the whole call, or one a window.

>>> approvals = Approvals.of({"first": dt.date(2026, 3, 18)})
>>> approvals.day("first"), approvals.day("second")
(datetime.date(2026, 3, 18), None)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from misure.ground.errors import BadFacts
from misure.ground.given import Day, plain_days
from misure.ground.place import Fault, Place, nearest

__all__ = ["ApprovedOn", "Approvals"]

ApprovedOn: TypeAlias = Day | Mapping[str, Day] | None
"""The day on which the list was approved (a date, or its ISO text), or that of each window by its name; None where it is not told."""
_PLACE = Place("<applications>")
_ALL = ""


@dataclass(frozen=True, slots=True)
class Approvals:
    """The day of each approval, by window; under "" that of the whole call."""

    days: tuple[tuple[str, dt.date], ...] = ()

    @classmethod
    def of(cls, given: ApprovedOn) -> Approvals:
        """The approvals that a caller tells.

        Raises:
            BadFacts: A text is no day; all of them at once.
            TypeError: It is no day, and no mapping from windows to days.
        """
        if given is None:
            return cls()
        days = given if isinstance(given, Mapping) else {_ALL: given}
        faults: list[Fault] = []
        told = {str(window): day for window, day in days.items()}
        found = plain_days(told, "approved_on", "is a day, or one for each window", faults)
        if faults:
            raise BadFacts(faults)
        return cls(tuple(sorted(found.items())))

    def faults(self, windows: Collection[str], on: dt.date, begins: dt.date) -> Iterator[Fault]:
        """A fault for every window that the call has not, and for every day before its law or after the question."""
        for window, day in self.days:
            subject = f"approved_on.{window}" if window else "approved_on"
            if window and window not in windows:
                message = f"no window is called {window!r}" if windows else "the call has no windows"
                yield Fault(_PLACE, subject, message, nearest(window, windows))
            if day < begins:
                yield Fault(_PLACE, subject, f"approved on {day}, before {begins}, when the law of the call begins")
            if day > on:
                yield Fault(_PLACE, subject, f"approved on {day}, after {on}, the day of the question")

    def day(self, window: str) -> dt.date | None:
        """When the ranking of a window was approved; None where it has not been."""
        found = dict(self.days)
        return found.get(window, found.get(_ALL))

    @property
    def told(self) -> dt.date | Mapping[str, dt.date] | None:
        """As the caller told it."""
        found = dict(self.days)
        return found.get(_ALL, found or None)

    def to_json(self) -> str | dict[str, str] | None:
        told = self.told
        if told is None or isinstance(told, dt.date):
            return None if told is None else told.isoformat()
        return {window: day.isoformat() for window, day in told.items()}
