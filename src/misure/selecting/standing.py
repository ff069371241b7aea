# SPDX-License-Identifier: Apache-2.0
"""Where an application stands after a selection, in one word."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from misure._reopen import by_public_name
from misure.allocating import MAYBE, NO, YES
from misure.ground.truth import Truth

if TYPE_CHECKING:
    from misure.allocating import Allocation, Columns
    from misure.rulebook.selection import Selection

__all__ = ["Standing", "funded", "standing"]


@by_public_name
class Standing(StrEnum):
    """Where an application stands."""

    FUNDED = "funded"
    LISTED = "listed"
    DEPENDS = "depends"
    """It may be funded, or not; or it is certainly not funded, and whether it is admitted is open."""
    WAITING = "waiting"
    """Admitted and not funded, on the waiting list."""
    NOT_FUNDED = "not_funded"
    """Admitted and not funded, where no waiting list is known."""
    NOT_ADMITTED = "not_admitted"
    DISPLACED = "displaced"
    """Another application of the same firm, capofila or partnership stays in its stead."""
    NOT_RECEIVED = "not_received"
    """The counter had closed."""
    WITHDRAWN = "withdrawn"


def standing(rule: Selection, columns: Columns, allocation: Allocation, row: int) -> Standing:
    """Where the application of a row stands."""
    if columns.withdrawn and columns.withdrawn[row]:
        return Standing.WITHDRAWN
    if columns.admitted[row] == NO:
        return Standing.NOT_ADMITTED
    if columns.admitted[row] == MAYBE:
        return Standing.DEPENDS
    if allocation.received[row] == NO:
        return Standing.NOT_RECEIVED
    if any(relation.stays[row] == NO for relation in allocation.standing):
        return Standing.DISPLACED
    paid = funded(rule, allocation, row)
    if allocation.present[row] == MAYBE or paid is Truth.UNKNOWN:
        return Standing.DEPENDS
    if rule.kind == "list":
        return Standing.LISTED
    if paid is Truth.YES:
        return Standing.FUNDED
    return Standing.WAITING if rule.waiting_list else Standing.NOT_FUNDED


def funded(rule: Selection, allocation: Allocation, row: int) -> Truth:
    """Whether the application of a row is funded; of a list, whether it is listed."""
    if allocation.present[row] == NO:
        return Truth.NO
    if rule.kind == "list":
        return Truth.YES if allocation.present[row] == YES else Truth.UNKNOWN
    if not rule.envelopes:
        return Truth.UNKNOWN
    if allocation.award_least[row] > 0:
        return Truth.YES
    return Truth.UNKNOWN if allocation.award_most[row] > 0 else Truth.NO
