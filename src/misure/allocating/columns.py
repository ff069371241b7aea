# SPDX-License-Identifier: Apache-2.0
"""What goes into a selection: the applications as columns, and the rules as a plan of budgets, relations and a last award."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

from misure.rulebook.selection import Among, LastAward, Survivor

__all__ = ["MAYBE", "NO", "YES", "Columns", "Key", "Maybe", "Plan", "Budget", "Relation", "Said", "Withdrawn"]

Maybe: TypeAlias = int
NO, MAYBE, YES = 0, 1, 2
"""Whether something is so: the least of several is what they say together."""

Key: TypeAlias = tuple[int, ...]
"""Where an application stands in the order: the lesser comes first."""


Said: TypeAlias = tuple[tuple[str, ...], bool]
"""What an application says of what may occur once: its keys, and whether it may have others that it does not tell."""


class Withdrawn(IntEnum):
    """What became of an application that was withdrawn, for the others."""

    STAYS = 0
    """It was not withdrawn."""
    GHOST = 1
    """Its money is not passed on: the others stand as if it were still there."""
    PERHAPS = 2
    """Whether its money is passed on is not known."""
    GONE = 3
    """The others move up."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The applications, one row each, in any order."""

    admitted: list[Maybe]
    first: list[Key]
    """The best place that each may have in the order."""
    last: list[Key]
    """The worst."""
    least: list[int]
    """The least that each asks, in cents."""
    most: list[int]
    filed: list[tuple[int, int]] = field(default_factory=list)
    """The instant of filing, as a range; needed where a relation or the intake looks at it."""
    windows: list[tuple[int, ...]] = field(default_factory=list)
    """The windows in which each may have been filed; empty where the call has none."""
    budgets: list[list[Maybe]] = field(default_factory=list)
    """For each budget, whether each application meets its condition."""
    keys: list[list[Said]] = field(default_factory=list)
    """For each relation, what each application says."""
    withdrawn: list[Withdrawn] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    """The last moment of the day on which each was withdrawn; it counts only where it was."""
    kept: list[frozenset[int]] = field(default_factory=list)
    """For each relation, the rows that stay because the office says so."""

    def __len__(self) -> int:
        return len(self.admitted)


@dataclass(frozen=True, slots=True)
class Budget:
    """Money, in cents, as a range: what it is for, and where the rest goes. Pots are named by their place in the plan."""

    least: int
    most: int
    window: int = -1
    rolls_to: int = -1
    then: int = -1


@dataclass(frozen=True, slots=True)
class Relation:
    """What may occur once."""

    within_window: bool
    survivor: Survivor | str
    """ "" where nothing says which application stays: then it is one of those that still can."""
    among: Among | str
    read: bool = False
    """Whether that only one may is what an act says, and no reading of ours: then two are never given anything both."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules of one selection. `last_award` is "" where nothing says it; `intake` a percentage of all budgets, as a range.

    It is of `intake_of`, in cents, where that is not None: an amount that stays as it was when the budgets were not yet raised.
    """

    budgets: tuple[Budget, ...]
    last_award: LastAward | str
    intake: tuple[int, int] | None = None
    """In hundredths of a percent."""
    relations: tuple[Relation, ...] = ()
    intake_of: tuple[int, int] | None = None
