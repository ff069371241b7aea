# SPDX-License-Identifier: Apache-2.0
"""How the funded are picked among the admitted: order, envelopes, last award, waiting list, relations across applications."""

from __future__ import annotations

from typing import Literal, TypeAlias

from misure.ground.record import Record
from misure.rulebook.expression import Expr
from misure.rulebook.rule import Rule

__all__ = [
    "FILED_AT", "SCORE", "Among", "Envelope", "Intake", "LastAward", "LastAwardRule", "Order", "OrderKey", "Relation",
    "Selection", "SelectionKind", "Survivor", "WaitingList", "Window",
]  # fmt: skip

FILED_AT = "filed_at"
"""The instant of filing: no fact of the applicant, the office knows it of each application."""
SCORE = "score"
"""The final score of the measure's grid, with the bonus that counts after the threshold."""

SelectionKind: TypeAlias = Literal["list", "ranking", "counter"]
"""How applications are chosen: one after another as filed (`counter`), in the order that the act gives (`ranking`), or all who are admitted (`list`)."""
LastAward: TypeAlias = Literal["in_full", "in_part", "stops", "skips"]
"""What becomes of the first application that its envelope does not pay whole."""
Survivor: TypeAlias = Literal["first_filed", "last_filed", "best_placed", "none"]
"""Which of several applications that share a key stays."""
Among: TypeAlias = Literal["filed", "admitted"]
"""Among which applications a key may stand once: all that were filed, or those that are admitted."""


class OrderKey(Record):
    """One thing by which applications are put in order; `by` is None for `filed_at` and `score`, which `name` tells."""

    word: Literal["highest", "lowest", "earliest", "latest"]
    name: str
    by: Expr | None

    @property
    def falls(self) -> bool:
        """Whether the greater value comes first."""
        return self.word in ("highest", "latest")


class Order(Rule, kw_only=True):
    """The order, or what decides among equals. `unknown` says why no source gives it; then there are no keys."""

    keys: tuple[OrderKey, ...]
    unknown: str = ""


class LastAwardRule(Rule, kw_only=True):
    """What happens to the next in order that does not fit into what is left; "" with the reason where nothing says it."""

    outcome: LastAward | Literal[""]
    unknown: str = ""


class Window(Rule, kw_only=True):
    """One of several windows, both days included: the names of the parameters of its days."""

    opens: str
    closes: str


class Envelope(Rule, kw_only=True):
    """Money for the applications that meet `when`, filed in `window` where one is named.

    What is left of it goes to the envelope `rolls_to`; what it cannot give an application is asked of `then`.
    """

    amount: str
    when: Expr | None = None
    window: str = ""
    rolls_to: str = ""
    then: str = ""


class Intake(Rule, kw_only=True):
    """A counter closes once what was asked reaches `percent` of the envelopes. It limits what is received, not funded.

    `of` is the parameter of the amount of which it is a percentage, such as the original envelope; "" where it is of the envelopes
    as they are on the day.
    """

    percent: str
    of: str = ""


class WaitingList(Rule, kw_only=True):
    """The admitted that could not be funded, for `life` days from the approval (a parameter, "" where none is named)."""

    life: str = ""


class Relation(Rule, kw_only=True):
    """What may occur once across applications, such as: a capofila leads one proposal.

    `key` is an identifier: a fact, or a field of a table (`partners.codice_fiscale`): then one record in common is enough. With
    `of`, a fact that refers to that table, only the record that it names has the key.

    `survivor` is "" where nothing says which application stays, and `unknown` then says why. `among` says whether an
    application that is not admitted still counts; "" where nothing says so.
    """

    key: str
    within: Literal["call", "window"] = "call"
    survivor: Survivor | Literal[""] = ""
    unknown: str = ""
    among: Among | Literal[""] = ""
    of: str = ""


class Selection(Rule, kw_only=True):
    """The section as a whole. `pays` names the lines of support that the budget pays; empty means all of them."""

    kind: SelectionKind
    pays: tuple[str, ...] = ()
    order: Order | None = None
    tie_break: Order | None = None
    last_award: LastAwardRule | None = None
    windows: tuple[Window, ...] = ()
    envelopes: tuple[Envelope, ...] = ()
    """In an order in which each stands before the one to which it rolls over."""
    intake: Intake | None = None
    waiting_list: WaitingList | None = None
    no_waiting_list: bool = False
    """Whether it is said that there is none; else, without a waiting list, nothing says whether there is one."""
    relations: tuple[Relation, ...] = ()

    @property
    def keys(self) -> tuple[OrderKey, ...]:
        """What puts the applications in order, the tie-break last. None where the order itself is not known."""
        if self.order is None or self.order.unknown:
            return ()
        return tuple(key for part in (self.order, self.tie_break) if part for key in part.keys)
