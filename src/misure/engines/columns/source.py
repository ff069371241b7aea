# SPDX-License-Identifier: Apache-2.0
"""Which column tells a fact, and as what it is stored.

A fact is told by the column of its name. Beside it, a number of two decimals may be told in cents (`turnover_cents`, whole
numbers), and an event as not happened (`granted_on_not_yet`, true or false). Whether a table is complete is told by
`partners_known`.
"""

from __future__ import annotations

from dataclasses import dataclass

from misure.engines.columns.entry import Entry, Stored, entry_of
from misure.facts.vocabulary import Fact

__all__ = ["CENTS", "KNOWN", "NOT_YET", "Source"]

CENTS, NOT_YET, KNOWN = "_cents", "_not_yet", "_known"
"""What a fact's or a table's name may end in, to tell it in another way."""


@dataclass(frozen=True, slots=True)
class Source:
    """The column that tells a fact, with what it is stored as, and the one that says that an event has not happened."""

    fact: Fact
    column: str
    stored: Stored | None
    not_yet: str = ""

    @property
    def absent(self) -> bool:
        """Whether nothing is said of the fact."""
        return self.stored is None and not self.not_yet

    @property
    def in_cents(self) -> bool:
        return self.column != self.fact.name

    def entry(self, *, declared: bool, on: int) -> Entry:
        """How it enters, on the day of the question; `declared` where every row is to tell it."""
        return entry_of(
            self.fact, self.column, self.stored, in_cents=self.in_cents, not_yet=self.not_yet, declared=declared, on=on
        )
