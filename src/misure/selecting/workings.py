# SPDX-License-Identifier: Apache-2.0
"""What a selection is put together from: the law of the day, the applications as they were read, their columns, the allocation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from misure.allocating import NO
from misure.deciding.decision import Decision
from misure.deciding.explaining import Explaining
from misure.deciding.machinery import compiled
from misure.deciding.values import Range, Shown, day_within, number_of
from misure.ground.errors import Conflict, NotEncoded
from misure.program.lowering.candidates import ASKED, keys_of
from misure.program.period import Period
from misure.rulebook.selection import FILED_AT, OrderKey
from misure.selecting.approval import Approvals
from misure.selecting.intake import Read
from misure.selecting.law import SelectionLaw
from misure.selecting.survivors import Survivors
from misure.selecting.withdrawing import Withdrawal, allocation_of

__all__ = ["Workings"]


class Workings:
    """The machinery behind a selection; a row is one application, in the order in which they were handed over."""

    def __init__(
        self, law: SelectionLaw, read: Read, approvals: Approvals, survivors: Survivors,
        withdrawals: tuple[Withdrawal, ...] = (),
    ) -> None:  # fmt: skip
        self.law, self.rule, self.read, self.approvals, self.withdrawals = law, law.rule, read, approvals, withdrawals
        self.survivors = survivors
        self.columns, self.allocation = allocation_of(law, read.candidates, approvals, withdrawals, survivors)
        self._decisions: dict[int, Decision] = {}

    def with_withdrawals(self, withdrawals: tuple[Withdrawal, ...]) -> Workings:
        """The same applications with other withdrawals."""
        return Workings(self.law, self.read, self.approvals, self.survivors, withdrawals)

    def periods(self) -> Iterator[Period]:
        """The law of each application, but of those of which none is encoded."""
        for dossier in self.read.dossiers:
            with suppress(NotEncoded):
                yield compiled(self.law.measure).period_of(dossier)

    def order_of(self, row: int) -> tuple[tuple[str, Shown], ...]:
        """What puts the application of a row in order: each key by its name, with its value."""
        try:
            period = compiled(self.law.measure).period_of(self.read.dossiers[row])
        except NotEncoded:  # its keys are what they may be under any law
            period = self.law.period
        found: dict[str, Shown] = {}
        for (output, key), column in zip(keys_of(self.rule), self.read.candidates.keys, strict=True):
            found[key.name] = key_value(period, output, key, column[row])
        filed = self.read.filings[row].filed_at
        found[FILED_AT] = None if filed is None else str(filed)
        return tuple((key.name, found[key.name]) for key in self.rule.keys)

    def is_tied(self, row: int) -> bool:
        """Whether another application that competes has exactly the same place in the order."""
        return self._places.get(self.columns.first[row], 0) > 1

    @cached_property
    def _places(self) -> Counter[tuple[int, ...]]:
        columns = self.columns
        rows = (row for row in range(len(self.columns)) if self.allocation.present[row] != NO)
        return Counter(columns.first[row] for row in rows if columns.first[row] == columns.last[row])

    def decision(self, row: int) -> Decision:
        """What the measure answers of the applicant of a row alone."""
        known: dict[int, Decision] = self._decisions
        if row not in known:
            known[row] = compiled(self.law.measure).decide(self.read.dossiers[row])
        return known[row]

    def assumed(self, row: int) -> tuple[str, ...]:
        """What the decision of a row takes for so though nobody told it, by name."""
        if self.no_answer(row) is None:
            return self.decision(row).assumed
        return tuple(name for name, _ in self.read.dossiers[row].defaults)

    # What only the vocabulary bounds

    def asks_without_end(self, row: int) -> bool:
        """Whether nothing but the vocabulary bounds what the application of a row asks."""
        low, high = self.read.candidates.asked[row]
        if low == high or self.no_answer(row) is not None:
            return False
        return compiled(self.decision(row)).free_ends(ASKED)[1]

    def gets_without_end(self, row: int) -> bool:
        """The same of what it gets: no envelope bounds it either."""
        asked, got = self.read.candidates.asked[row][1], self.allocation.award_most[row]
        if got < asked or self.allocation.award_least[row] == got:
            return False
        return self._may_ask_without_end and self.asks_without_end(row)

    @cached_property
    def given_without_end(self) -> bool:
        """Whether nothing bounds what some application gets."""
        return any(self.gets_without_end(row) for row in range(len(self.columns)))

    @cached_property
    def _may_ask_without_end(self) -> bool:
        """Whether somebody of whom nothing is told could ask any amount: mostly a cap of the act says that nobody can."""
        found = compiled(self.law.measure)
        nobody = found.facts.read({}, self.law.on)
        return Explaining(found.period_of(nobody), nobody).free_ends(ASKED)[1]

    def conflict(self, row: int) -> Conflict | None:
        """The contradiction of the act for the applicant of a row, where there is one."""
        found = self.no_answer(row)
        return found if isinstance(found, Conflict) else None

    def no_answer(self, row: int) -> Conflict | NotEncoded | None:
        """Why the measure has no answer of the applicant of a row, where it has none."""
        try:
            self.decision(row)
        except (Conflict, NotEncoded) as problem:
            return problem
        return None


def key_value(period: Period, output: str, key: OrderKey, ends: tuple[int, int]) -> Shown:
    """The value of a key of the order, or the range in which it lies; None where nothing but its own bounds holds it."""
    low, high = ends
    node = period.output(output)
    if low != high and ends == (node.lo, node.hi):
        return None
    if key.by is not None and key.by.type.kind == "date":
        return day_within(low, high)
    scale = period.program.scales.get(output, 1)
    decimals = len(str(scale)) - 1
    least, greatest = (number_of(end, scale, decimals) for end in ends)
    return least if low == high else Range(least, greatest)
