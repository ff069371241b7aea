# SPDX-License-Identifier: Apache-2.0
"""A measure under the law of one period of days, lowered to integers, and split on request for whoever runs it."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from misure.program.law import Law
from misure.program.lowering.lowering import Program, lower
from misure.program.nodes import Node
from misure.program.split import Split
from misure.rulebook.rules import Condition, Rulebook

__all__ = ["Period"]


class Period:
    """A rulebook while its law stands still: `day` is the first of its days.

    Where the day of filing is not known (`filing` is false), whatever it picks stands with all its versions.
    """

    def __init__(self, rulebook: Rulebook, day: dt.date, *, filing: bool = True) -> None:
        self.rulebook, self.filing = rulebook, filing
        self.law = Law.from_day(rulebook, day, filing=filing)

    @cached_property
    def program(self) -> Program:
        """The law of the period as an integer program.

        Raises:
            BadRules: A value could pass 63 bits, or a rounded amount be negative; all faults at once.
        """
        return lower(self.law)

    def split(self, *, complete: bool) -> Split:
        """A fresh split: of a dossier in which everything is told, or of one in which anything may be missing."""
        return Split(_nothing if complete else _anything, filing=self.filing)

    def output(self, key: str) -> Node:
        """The lowered node of an output, for the reading that explains."""
        return self.program.outputs[key]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions, in the order of the act."""
        return self.rulebook.conditions

    @cached_property
    def conditional(self) -> frozenset[str]:
        """The conditions that may not be asked at all."""
        applies = {condition.id: self.output(f"applies.{condition.id}") for condition in self.conditions}
        return frozenset(name for name, node in applies.items() if not node.constant or not node.data)


def _nothing(_kind: str, _table: str, _name: str) -> bool:
    """Everything was told."""
    return False


def _anything(_kind: str, _table: str, _name: str) -> bool:
    """Anything may be missing."""
    return True
