# SPDX-License-Identifier: Apache-2.0
"""What a funded application is certainly given, line by line: the amount, and what it is worth as a grant."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from misure.ground.given import Mistake, cents
from misure.ground.truth import Truth

if TYPE_CHECKING:
    from misure.deciding.results import Amount
    from misure.selecting.award import Award
    from misure.selecting.placement import Placement

__all__ = ["Given", "given_by"]

Faults = list[Mistake]


@dataclass(frozen=True, slots=True)
class Given:
    """What one line of support gives, in cents."""

    line: str
    form: str
    aid: int
    """The gross grant equivalent."""
    nominal: int
    """The loan, the guaranteed sum, the grant itself."""


def given_by(placement: Placement, faults: Faults) -> tuple[Given, ...]:
    """Every line that gives anything, where all of it is certain; what is not goes to the faults.

    The lines that the envelopes do not pay count as well: who is funded receives them, and they fill the ceiling.
    """
    award = placement.award
    if placement.funded is not Truth.YES:
        faults.append(("standing", f"{placement.standing}: it is not certain that the application is funded"))
    elif award is None:
        faults.append(("award", f"{placement.standing}: no envelope gives it anything"))
    elif not isinstance(award.amount, Decimal):
        faults.append(("award", f"its amount is not certain: {award.amount}"))
    elif award.amount != award.asked:
        return _of_a_part(award, placement, faults)
    else:
        return _whole(placement.decision.support, faults)
    return ()


def _whole(lines: tuple[Amount, ...], faults: Faults) -> tuple[Given, ...]:
    from misure.selecting.award import equivalent_of

    found = []
    for line in lines:
        if line.form == "own_share":
            continue
        amount, worth = line.amount, equivalent_of(line)
        if not isinstance(amount, Decimal):
            faults.append((line.id, f"its amount is not certain: {amount}"))
        elif not isinstance(worth, Decimal):
            why = "no rule works it out" if worth is None else f"it is not certain: {worth}"
            faults.append((line.id, f"its gross grant equivalent is not known: {why}"))
        elif amount or worth:
            found.append(Given(line.id, line.form, cents(worth), cents(amount)))
    return tuple(found)


def _of_a_part(award: Award, placement: Placement, faults: Faults) -> tuple[Given, ...]:
    """A partial award is one line's where the envelopes pay one line, given outright; no rule shares it out among several."""
    from misure.selecting.award import is_given_outright

    paid = [line for line in award.lines if line.amount != 0]
    if len(paid) != 1 or not is_given_outright(paid[0]):
        message = f"it is {award.amount} of the {award.asked} asked, and no rule says how that is shared out"
        faults.append(("award", f"{message} among {', '.join(line.id for line in paid)}, nor what it is worth"))
        return ()
    (line,) = paid
    amount = cents(award.amount)
    others = tuple(other for other in placement.decision.support if other.id != line.id)
    return (Given(line.id, line.form, amount, amount), *_whole(others, faults))
