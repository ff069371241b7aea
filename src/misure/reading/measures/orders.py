# SPDX-License-Identifier: Apache-2.0
"""What a vocabulary says cannot stand together: a day before one that it never precedes, a number or a yes without what it rests on.

It is no rule of an act, but what nothing can turn round: nobody is granted what nobody has asked for yet. So facts that gainsay it
are a fault, and no answer.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import TypedDict

from misure.facts.vocabulary import Fact, Kind, Table
from misure.ground.place import Fault, nearest
from misure.reading.forms.vocabulary import EventForm, FactForm, FlagForm
from misure.reading.text.written import Written

__all__ = ["Orders"]

_ORDER = re.compile(r"\s*([a-z][a-z0-9_]*)\s*<=\s*([a-z][a-z0-9_]*)\s*", re.ASCII)
_DAYS = (Kind.DATE, Kind.EVENT)
_ANSWERS = (Kind.TRUTH, Kind.EVENT)


class Said(TypedDict):
    """The fields of a fact that say of an order."""

    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    only_if: tuple[str, ...]


class Orders:
    """Gathers what files say of the order of days; the names are looked up when every file has been taken."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self._orders: list[tuple[Written, str, str, str, str]] = []
        """Where an order of two days is said, the fact that says it, its table, and the names of the earlier and of the later day."""
        self._named: list[tuple[Written, str, str, str]] = []
        """Where a name stands, the fact that names it, the table of that one, the name."""
        self._presupposed: list[tuple[Written, str]] = []
        """Where a truth or an event names one without which it cannot be, and which does."""

    def of(self, fact: Written, form: EventForm, table: str = "", *, day: bool) -> Said:
        """What the form of a fact, or of a field of a `table`, says; `day` says whether that is a day."""
        said = {key: getattr(form, key) for key in ("not_before", "not_after")}
        for key, names in said.items():
            for name in names:
                if not day:
                    self._fault(name, fact, f"{key!r} is said of a day, and this is none")
                self._named.append((name, str(fact), table, str(name)))
                pair = (str(name), str(fact)) if key == "not_before" else (str(fact), str(name))
                self._orders.append((name, str(fact), table, *pair))
        before, after = (tuple(map(str, names)) for names in said.values())
        return Said(not_before=before, not_after=after, only_if=self._only_if(fact, form, table))

    def presupposed(self, fact: Written, form: FlagForm) -> tuple[str, ...]:
        """The truth or the event without which another cannot be."""
        if form.only_if is None:
            return ()
        self._presupposed.append((form.only_if, str(fact)))
        return (str(form.only_if),)

    def _only_if(self, fact: Written, form: EventForm, table: str) -> tuple[str, ...]:
        text = form.only_if
        if text is None:
            return ()
        if not isinstance(form, FactForm):
            return self.presupposed(fact, form)
        found = _ORDER.fullmatch(text)
        if found is None:
            self._fault(text, fact, "'only_if' is an order of two days, such as first_spend_on <= filed_on")
            return ()
        if form.unit is None or table:
            self._fault(
                text, fact, "'only_if' is said of a number of the applicant, which is more than nothing only then"
            )
        self._named += [(text, str(fact), "", name) for name in found.groups()]
        return found.groups()

    def check(self, facts: Mapping[str, Fact], tables: Mapping[str, Table], broken: Container[str]) -> None:
        """A fault for every name that is none of a day, of the same table or of the applicant, or none of what is so or happens."""
        answers = sorted(name for name, one in facts.items() if one.kind in _ANSWERS)
        for text, fact in self._presupposed:
            name = str(text)
            if name == fact:
                self._fault(text, fact, "nothing rests on itself")
            elif name not in answers and name not in broken:
                self._fault(text, fact, f"no flag or event is called {name!r}", nearest(name, answers))
        for where, fact, table, name in self._named:
            own = dict(tables[table].fields) if table in tables else {}
            days = [known for known, one in {**facts, **own}.items() if one.kind in _DAYS]
            if name == fact:
                self._fault(where, fact, "a day is neither before nor after itself")
            elif name not in days and name not in broken:
                self._fault(where, fact, f"no day is called {name!r}", nearest(name, sorted(days)))
        self._check_rounds(tables)

    def _check_rounds(self, tables: Mapping[str, Table]) -> None:
        """A fault for each order that closes a round: days of which each never lies before the next, and the last not before the first."""
        after: dict[str, list[str]] = {}
        for where, fact, table, *pair in self._orders:
            own = tables[table].fields if table in tables else {}
            earlier, later = (f"{table}.{name}" if name in own else name for name in pair)
            path = _way(after, later, earlier)
            if path and earlier != later:
                days = ", ".join(map(repr, path))
                self._fault(where, fact, f"the orders of {days} go round: all of them would be one day")
            else:
                after.setdefault(earlier, []).append(later)

    def _fault(self, where: Written, subject: str, message: str, suggestion: str | None = None) -> None:
        self.faults.append(Fault(where.place, str(subject), message, suggestion))


def _way(after: Mapping[str, Sequence[str]], start: str, end: str) -> list[str]:
    """The days through which the orders lead from one to another; none where they do not."""
    before: dict[str, str] = {start: ""}
    waiting = [start]
    while waiting:
        day = waiting.pop()
        if day == end:
            path = [day]
            while before[path[-1]]:
                path.append(before[path[-1]])
            return path[::-1]
        for later in after.get(day, ()):
            if later not in before:
                before[later] = day
                waiting.append(later)
    return []
