# SPDX-License-Identifier: Apache-2.0
"""The faults of values that make no sense together: each told once, at the value that is to blame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from misure.ground.place import Fault, Place
from misure.rulebook.rules import Rulebook
from misure.rulebook.sense.limits import values_on

__all__ = ["Findings", "days_of"]


def days_of(book: Rulebook) -> Iterator[dt.date]:
    """The days from which some legal value is another, the first edition among them, in order."""
    found = {value.since for parameter in book.parameters.values() for value in parameter.values}
    yield from sorted(found | {edition.day for edition in book.editions[:1]})


class Findings:
    """What was found. `varied` are the values of a what-if: then they are to blame, and what does not rest on them is no matter."""

    def __init__(self, book: Rulebook, varied: Collection[str] = ()) -> None:
        self.book, self.varied = book, varied
        self._told: set[tuple[str, frozenset[str]]] = set()
        self.faults: list[Fault] = []

    def tell(self, kind: str, day: dt.date, involved: Iterable[str], message: str, where: tuple[Place, str]) -> None:
        """Tell once that these legal values make nonsense from a day on, the first of them above all; `where` if there is none."""
        names = [name for name in dict.fromkeys(involved) if name in self.book.parameters]
        key = kind, frozenset(names) or frozenset({str(where)})
        if key in self._told or not self._matters(names):
            return
        self._told.add(key)
        place, subject = where
        blamed = next((name for name in names if name in self.varied), names[0] if names else None)
        if blamed is not None:
            place, subject = values_on(self.book.parameters[blamed], self.book, day)[0].place, blamed
        first = self.book.editions[0].day if self.book.editions else day
        since = f"from {day} on " if day > first and not self.varied else ""
        self.faults.append(Fault(place, subject, f"{since}{message}"))

    def tell_rule(self, involved: Iterable[str], message: str, where: tuple[Place, str]) -> None:
        """Tell that a rule makes no sense with these legal values: at the rule, or at what a what-if varies."""
        names = list(involved)
        if not self._matters(names):
            return
        varied = next((name for name in names if name in self.varied), "")
        place, subject = (self.book.parameters[varied].values[0].place, varied) if varied else where
        self.faults.append(Fault(place, subject, message))

    def _matters(self, names: Iterable[str]) -> bool:
        return not self.varied or any(name in self.varied for name in names)
