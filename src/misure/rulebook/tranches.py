# SPDX-License-Identifier: Apache-2.0
"""What is paid, and when: the tranches of an amount, and what each of them waits for."""

from __future__ import annotations

from misure.ground.record import Record
from misure.rulebook.expression import Expr
from misure.rulebook.rule import Rule

__all__ = ["Requirement", "Tranche", "Tranches"]


class Requirement(Rule, kw_only=True):
    """What a tranche is paid upon: `holds`, asked only where `when` is so."""

    holds: Expr
    when: Expr | None = None


class Tranche(Rule, kw_only=True):
    """A payment: a share of what the tranches divide, what the others leave of it, or the whole of another amount (`of`)."""

    share: str
    stated: str
    due: tuple[Requirement, ...]
    evidence: tuple[Requirement, ...]
    act: tuple[Requirement, ...]
    of: Expr | None = None
    paid: tuple[Requirement, ...] = ()
    """That it has not been paid yet, where the facts tell its payment: one, or none."""

    @property
    def needs(self) -> dict[str, tuple[Requirement, ...]]:
        """What must hold so that it is paid, by what it is: what makes it due first."""
        return {"due": self.due, "evidence": self.evidence, "act": self.act, "paid": self.paid}


class Tranches(Record):
    """The payments of one amount, `of`, and beside them those of other amounts. The last line of the former is its residual."""

    of: Expr
    lines: tuple[Tranche, ...]

    @property
    def dividing(self) -> tuple[Tranche, ...]:
        """The payments of `of`, without those that pay another amount."""
        return tuple(line for line in self.lines if line.of is None)
