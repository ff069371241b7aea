# SPDX-License-Identifier: Apache-2.0
"""The intake of a measure: from what somebody says of an applicant to a checked dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from misure._reopen import opened_whole
from misure.facts.dossier import Column, Dossier, Layout, TableLayout, Told
from misure.facts.following import earlier_events
from misure.facts.identities import whole
from misure.facts.printed_reader import Printed, print_reading
from misure.facts.reader import Outcome, Places, Request, read_beside, read_carefully
from misure.facts.vocabulary import FILING, Fact, Table, Vocabulary
from misure.ground.arguments import kind_in_words
from misure.ground.place import Fault, nearest

__all__ = ["FactsForm"]


@opened_whole
class FactsForm:
    """Reads the facts of one measure. It never changes; what it has worked out for speed is rebuilt after pickling.

    `anchor` is the event on which the measure's law is chosen, or `on`. An anchor that no rule asks is read too, as the
    last input. Where the application is said not to be filed yet, it is read as if filed on the day of the question.
    """

    __slots__ = ("_after", "_asked", "_printed", "earlier", "layout")

    layout: Layout
    """What is asked: the order of every dossier's values and tables."""
    earlier: Mapping[str, tuple[str, ...]]
    """The events before which another never lies: while one of them has not happened, it has not either."""

    def __init__(
        self, rulebook_facts: Mapping[str, Fact], tables: Mapping[str, Table], vocabulary: Vocabulary, anchor: str
    ) -> None:
        asked = dict(rulebook_facts)
        if anchor != "on" and anchor not in asked:
            asked[anchor] = vocabulary.facts[anchor]
        known = frozenset({*vocabulary.facts, *vocabulary.tables, *asked, *tables})
        beside: dict[str, Fact | Table] = {name: one for name, one in vocabulary.facts.items() if name not in asked}
        beside |= {name: one for name, one in vocabulary.tables.items() if name not in tables}
        defaulted = FILING if FILING in asked else ""
        self._take(Request(tuple(asked.values()), tuple(tables.values()), known, defaulted, beside))

    def _take(self, asked: Request) -> None:
        self._asked = asked
        self._printed: Printed | None = None
        names = [fact.name for fact in asked.facts]
        self.earlier = MappingProxyType(
            earlier_events({fact.name: fact for fact in asked.facts if fact.name != asked.defaulted})
        )
        self._after = tuple(
            (names.index(name), tuple(map(names.index, earlier))) for name, earlier in self.earlier.items()
        )
        self.layout = Layout(tuple(map(Column.of, asked.facts)), tuple(map(TableLayout.of, asked.tables)))

    def read(
        self, facts: Mapping[str, object], on: dt.date, places: Places | None = None, *, text_source: bool = False,
        sink: list[Fault] | None = None,
    ) -> Dossier:  # fmt: skip
        """The dossier of what is said, as known on day `on`.

        Facts that the vocabulary knows and the measure does not ask are passed over, but must be what they are called (see
        `passed_over`). `places` tells where the value of
        a path stands. With `text_source` every scalar is text, as in a YAML file read by `misure`. Where `sink` is given it
        takes the faults, and the dossier holds what could be read.

        Raises:
            BadFacts: What is said cannot be, and there is no sink; all the faults are in it. Or it is nothing with names.
            TypeError: `on` is no date, or has a time of day.
        """
        if type(on) is not dt.date:
            raise TypeError(f"on= is a day, a date without a time of day; got {kind_in_words(on)}")
        day = on.toordinal()
        outcome = None if text_source or type(facts) is not dict else self._quickly(facts, day)
        if outcome is None:
            outcome = read_carefully(self._asked, facts, day, places, text_source=text_source, sink=sink)
        values, tables, defaults, notes, told_whole = outcome
        values, followed = self._following(values)
        if followed:
            told_whole = whole(values, tables)
        stood_in = {name for name, _ in defaults} if notes else ()
        judgements = tuple(note for note in notes if note.path[0] not in stood_in)
        return Dossier(self.layout, on, values, tables, defaults, judgements, told_whole, followed)

    def _following(self, values: tuple[Told, ...]) -> tuple[tuple[Told, ...], tuple[str, ...]]:
        """The values with `not_yet` for each event that lies after one which has not happened, and the names of these events."""
        found = [at for at, earlier in self._after if values[at] is None and any(values[one] == 0 for one in earlier)]
        if not found:
            return values, ()
        filled = list(values)
        for at in found:
            filled[at] = 0
        return tuple(filled), tuple(self.layout.inputs[at].name for at in found)

    def passed_over(self, facts: Mapping[str, object]) -> list[str]:
        """The facts and tables that are told, and that no rule of the measure reads."""
        return [name for name in facts if name in self._asked.beside and facts[name] is not None]

    def nearest(self, name: str) -> str | None:
        """The fact or table of the measure that is called almost like this one."""
        return nearest(name, [*(one.name for one in self._asked.facts), *(one.name for one in self._asked.tables)])

    def _quickly(self, facts: dict[str, object], day: int) -> Outcome | None:
        # A view of keys is looked up in, not gone through.
        if not facts.keys().isdisjoint(self._asked.beside.keys()) and not read_beside(self._asked, facts, day):
            return None
        if self._printed is None:
            self._printed = print_reading(self._asked)
        try:
            return self._printed(facts, day)
        except (ValueError, TypeError, LookupError, ArithmeticError):
            return None  # something is wrong, or at least odd: the careful reading finds out what

    def __reduce__(self) -> tuple[object, ...]:
        return _intake, (_plain(self._asked),)


def _intake(asked: Request) -> FactsForm:
    intake = FactsForm.__new__(FactsForm)
    intake._take(asked)  # noqa: SLF001 - it is its own
    return intake


def _plain(asked: Request) -> Request:
    """The same with dicts for mappings: a mapping proxy cannot be pickled."""
    tables = tuple(map(_plain_table, asked.tables))
    beside = {
        name: _plain_fact(one) if isinstance(one, Fact) else _plain_table(one) for name, one in asked.beside.items()
    }
    return replace(asked, facts=tuple(map(_plain_fact, asked.facts)), tables=tables, beside=beside)


def _plain_table(table: Table) -> Table:
    return replace(table, fields={name: _plain_fact(fact) for name, fact in table.fields.items()})


def _plain_fact(fact: Fact) -> Fact:
    return replace(fact, choices=dict(fact.choices))
