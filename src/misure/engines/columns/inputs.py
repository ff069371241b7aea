# SPDX-License-Identifier: Apache-2.0
"""What the columns of a split program are, given which facts the frames tell: columns on entry, or constants.

What a frame never tells is as unknown in every row as a fact can be: a constant, which folds away much of the program.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Protocol

from misure.facts.vocabulary import FILING, FIRST_DAY, LAST_DAY
from misure.program.nodes import Node, Nodes

__all__ = ["Inputs", "Presence", "ToldSheet"]

"""The day of filing, in place of which stands the day of the question where it is not told."""
_MOST_ROWS = 2**40
"""More records than any frame can have of one applicant."""


class Presence(Enum):
    """Whether the rows of a table of columns tell a fact."""

    ALWAYS = "always"
    PERHAPS = "perhaps"
    NEVER = "never"


class ToldSheet(Protocol):
    """What an engine knows of one table of columns before it runs: the applicants', or that of some records."""

    @property
    def known(self) -> Collection[str]:
        """The tables of which a row may say whether they are complete."""

    @property
    def silent(self) -> Collection[str]:
        """The tables of which a row without records tells nothing, unless it says that they are complete."""

    def state(self, name: str, /) -> Presence:
        """Whether its rows tell a fact."""

    def valued(self, name: str, /) -> bool:
        """Whether a column holds the fact's value, and not only whether the event is still to come."""

    def may_wait(self, name: str, /) -> bool:
        """Whether a column says of an event that it has not happened."""


class Inputs:
    """Says of each column of a split program what it is.

    `law_of` is the event whose day picks the law, or `on`; `items` how many records each table may have; `earlier` the
    events before which another never lies (`facts.following`).
    """

    def __init__(
        self, nodes: Nodes, sheets: Mapping[str, ToldSheet], on: int, *, law_of: str, items: Mapping[str, int],
        earlier: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:  # fmt: skip
        self.nodes, self.sheets, self.on = nodes, sheets, on
        self.law_of, self.items, self.earlier = law_of, items, earlier or {}

    def may_be_unknown(self, kind: str, table: str, name: str) -> bool:
        """What `Split` asks before it makes the columns."""
        sheet = self.sheets.get(table)
        if kind == "table":
            return sheet is None or table in self.sheets[""].known or table in self.sheets[""].silent
        return sheet is not None and sheet.state(name) is not Presence.ALWAYS

    def anchor(self) -> Node:
        """The day that picks the law, where it is told: of filing, mostly; the day of the question while it has not happened."""
        return self.nodes.const(self.on) if self.law_of == "on" else self._or_on(self.law_of)

    def untold(self, event: str) -> Node:
        """Whether a row does not tell the day of an event: neither the day, nor that it has not happened."""
        sheet, nodes = self.sheets[""], self.nodes
        state = sheet.state(event)
        if state is not Presence.PERHAPS:
            return nodes.truth(state is Presence.NEVER)
        absent = nodes.column("missing", "truth", event) if sheet.valued(event) else nodes.truth(True)
        if not sheet.may_wait(event):
            return absent
        return nodes.all_of(absent, nodes.not_(nodes.column("not_yet", "truth", event)))

    def _or_on(self, event: str) -> Node:
        sheet = self.sheets[""]
        if sheet.state(event) is Presence.NEVER or not sheet.valued(event):
            return self.nodes.const(self.on)
        return self.nodes.column("or_on", "int", event, least=FIRST_DAY, greatest=self.on)

    def __call__(self, node: Node) -> Node:
        """The column as it is in these frames."""
        part, table, name = node.data
        nodes = self.nodes
        if part == "on":
            return nodes.const(self.on)
        if part == "unseen":
            return self._unseen(table)
        if part == "value" and name == FILING and not table:
            return self._or_on(FILING)
        sheet = self.sheets.get(table)
        if part in ("member_sure", "member_possible"):
            # Of a table that was not given no record is asked.
            return nodes.column(part, "truth", name, table) if sheet else nodes.truth(part == "member_possible")
        state = sheet.state(name) if sheet else Presence.NEVER
        if part in ("day_lo", "day_hi", "happened_yes", "happened_no"):
            return self._event(part, table, name, state)
        if state is Presence.NEVER and part != "value":
            end = {"lo": node.lo, "hi": node.hi}
            return nodes.const(end[part]) if node.sort == "int" else nodes.truth(True)
        return nodes.column(part, node.sort, name, table, least=node.lo, greatest=node.hi)

    def _waits(self, name: str, table: str) -> Node:
        """Whether an event has not happened, as a row says of it, or of one before which it never lies where it says nothing of it."""
        nodes, sheet = self.nodes, self.sheets.get(table)
        if sheet is None:
            return nodes.truth(False)

        def told_to_wait(event: str) -> Node:
            if sheet.state(event) is Presence.NEVER or not sheet.may_wait(event):
                return nodes.truth(False)
            return nodes.column("not_yet", "truth", event, table)

        followed = nodes.any_of(*map(told_to_wait, () if table else self.earlier.get(name, ())))
        return nodes.any_of(told_to_wait(name), nodes.all_of(self.untold(name), followed) if not table else followed)

    def _event(self, part: str, table: str, name: str, state: Presence) -> Node:
        """An event that has not happened lies on or after the day of the question; one not told lies anywhere."""
        nodes = self.nodes
        told = state is not Presence.NEVER
        dated = told and self.sheets[table].valued(name)
        waits = self._waits(name, table)
        known = dated and state is Presence.ALWAYS and waits.constant
        if part == "happened_yes":
            return nodes.not_(waits)
        if part == "happened_no":
            return nodes.column("missing", "truth", name, table) if dated and not known else nodes.truth(not known)
        if known:
            return nodes.column("value", "int", name, table, least=FIRST_DAY, greatest=self.on)
        if part == "day_hi":
            last = nodes.column("hi", "int", name, table, least=FIRST_DAY, greatest=LAST_DAY)
            return last if dated else nodes.const(LAST_DAY)
        first = nodes.column("lo", "int", name, table, least=FIRST_DAY, greatest=self.on)
        return nodes.choose(waits, nodes.const(self.on), first if dated else nodes.const(FIRST_DAY))

    # Tables

    def _count(self, table: str) -> Node:
        """How many records the applicant has, which may be more than the table may hold."""
        return self.nodes.make("gather_sum", "int", (self.nodes.const(1),), (table, 0), 0, _MOST_ROWS)

    def _unseen(self, table: str) -> Node:
        """How many more records there may be: none where the table is told.

        It is where the row says so, and where it says nothing and has records; one that says nothing and has none tells nothing.
        """
        nodes, items = self.nodes, self.nodes.const(self.items[table])
        if table not in self.sheets:
            return items
        said, silent = table in self.sheets[""].known, table in self.sheets[""].silent
        if not said and not silent:
            return nodes.const(0)
        count = self._count(table)
        told = nodes.le(nodes.const(1), count) if silent else nodes.truth(True)
        if said:
            told = nodes.all_of(nodes.column("known", "truth", table), told)
            told = nodes.any_of(nodes.column("said_known", "truth", table), told) if silent else told
        return nodes.choose(told, nodes.const(0), nodes.sub(items, nodes.least(count, items)))

    def whole(self, table: str) -> Node:
        """Whether every record of the applicant is told."""
        return self.nodes.le(self._unseen(table), self.nodes.const(0))

    def too_many(self, table: str) -> Node:
        """Whether the applicant has more records than the table may hold."""
        return self.nodes.le(self.nodes.const(self.items[table] + 1), self._count(table))

    def some(self, table: str, test: Node) -> Node:
        """Whether it holds of any record of the applicant."""
        one = self.nodes.choose(test, self.nodes.const(1), self.nodes.const(0))
        found = self.nodes.make("gather_sum", "int", (one,), (table, 0), 0, _MOST_ROWS)
        return self.nodes.le(self.nodes.const(1), found)

    def gathers(self, table: str) -> bool:
        """Whether there are records to gather: of a table that was not given there are none."""
        return table in self.sheets
