# SPDX-License-Identifier: Apache-2.0
"""Eligible costs as a rule file says them: plans, lines, what each takes, where it counts, what limits it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from misure.ground.record import Record
from misure.rulebook.expression import Expr
from misure.rulebook.rule import Rule

__all__ = ["Spending", "SpendingLine", "SpendingPlan"]


class SpendingPlan(Record):
    """One set of facts for the same lines: `total` names its sum, `declared` the fact that states the sum alone.

    `includes` are amounts that are counted in the total and told apart: a fact, or the sum of a field over the records of a table.
    None of them can be more than the total.
    """

    id: str
    total: str
    declared: str
    includes: tuple[Expr, ...] = ()


class SpendingLine(Rule, kw_only=True):
    """One cost category. Exactly one of `takes` (plan -> amount), `flat` (share parameter) and `units` (plan -> number) is set.

    `when`, by plan, is where the line counts: elsewhere nothing of it is admitted. `most`, by plan, is an amount that it may not pass.
    """

    takes: Mapping[str, Expr] = MappingProxyType({})
    flat: str = ""
    units: Mapping[str, Expr] = MappingProxyType({})
    unit_cost: str = ""
    share: str = ""
    """The parameter of the cap's share, "" where it is capped by no share."""
    base: tuple[str, ...] = ()
    """The lines on which the flat rate, or the cap, is taken."""
    measured: Literal["requested", "admitted"] = "admitted"
    refuses: bool = False
    most: Mapping[str, Expr] = MappingProxyType({})
    when: Mapping[str, Expr] = MappingProxyType({})

    @property
    def capped(self) -> bool:
        """Whether a share or an amount limits it."""
        return bool(self.share or self.most)

    @property
    def trees(self) -> tuple[Expr, ...]:
        """All expressions that it reads, of every plan."""
        return tuple(tree for part in (self.takes, self.units, self.when, self.most) for tree in part.values())


class Spending(Rule, kw_only=True):
    """What is spent and admitted: the plans of costs, and the lines of their amounts."""

    plans: tuple[SpendingPlan, ...]
    lines: tuple[SpendingLine, ...]

    def moving_with(self, line: SpendingLine) -> frozenset[str]:
        """The line itself, and the flat rates that count it, through flat rates alone."""
        found = {line.id}
        while more := {one.id for one in self.lines if one.flat and found.intersection(one.base)} - found:
            found |= more
        return frozenset(found)

    def limited_with(self, line: SpendingLine) -> tuple[SpendingLine, ...]:
        """The lines whose limits count each other, that line among them: shares of the same lines, in which all of them stand.

        None where it is limited alone. A line that refuses is not cut, so nothing moves with its limit.
        """
        found = tuple(
            one
            for one in self.lines
            if one.share
            and one.measured == "admitted"
            and not one.refuses
            and set(one.base) == set(line.base)
            and self.moving_with(one).intersection(one.base)
        )
        return found if len(found) > 1 and line in found else ()
