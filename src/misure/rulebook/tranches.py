# SPDX-License-Identifier: Apache-2.0
"""What is paid, and when: the tranches of an amount, and what each of them waits for."""

from __future__ import annotations

from misure.ground.record import Record
from misure.rulebook.expression import Expr, same
from misure.rulebook.rule import Rule

__all__ = ["Requirement", "Tranche", "Tranches", "Withheld"]


class Requirement(Rule, kw_only=True):
    """What a tranche is paid upon: `holds`, asked only where `when` is so."""

    holds: Expr
    when: Expr | None = None


class Withheld(Rule, kw_only=True):
    """What is withheld when a tranche is paid, where `when` is so: a share of it (or of so much of it as `of` says), or the amount `of`."""

    share: str = ""
    of: Expr | None = None
    when: Expr | None = None


class Tranche(Rule, kw_only=True):
    """A payment of an amount, `of`, or of that which the tranches divide: a share of it, or what the others leave of it."""

    share: str
    stated: str
    due: tuple[Requirement, ...]
    evidence: tuple[Requirement, ...]
    act: tuple[Requirement, ...]
    of: Expr | None = None
    paid: tuple[Requirement, ...] = ()
    """That it has not been paid yet, where the facts tell its payment: one, or none."""
    most: Expr | None = None
    """The most that it pays; None where nothing limits it by itself."""
    withheld: tuple[Withheld, ...] = ()
    """What is withheld of it, in order."""

    @property
    def needs(self) -> dict[str, tuple[Requirement, ...]]:
        """What must hold so that it is paid, by what it is: what makes it due first."""
        return {"due": self.due, "evidence": self.evidence, "act": self.act, "paid": self.paid}


class Tranches(Record):
    """The payments of one amount, `of`, and beside them those of other amounts. The last line of each amount is its residual."""

    of: Expr
    lines: tuple[Tranche, ...]

    @property
    def dividing(self) -> tuple[Tranche, ...]:
        """The payments of `of`, without those that pay another amount."""
        return tuple(line for line in self.lines if line.of is None or same(line.of, self.of))

    @property
    def groups(self) -> tuple[tuple[Tranche, ...], ...]:
        """The payments of each amount, in their order."""
        found: list[tuple[Tranche, ...]] = []
        for line in self.lines:
            if not any(line is one for group in found for one in group):
                found.append(self.beside(line))
        return tuple(found)

    def beside(self, line: Tranche) -> tuple[Tranche, ...]:
        """The payments of the amount that a line pays, that line among them."""
        of = self.of if line.of is None else line.of
        return tuple(one for one in self.lines if same(self.of if one.of is None else one.of, of))
