# SPDX-License-Identifier: Apache-2.0
"""Lines of costs made to add up to a total that is told: whoever completes what an applicant told cannot change the total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from misure.ground.errors import MisureError
from misure.rulebook.expression import Aggregate, FieldOf, Name
from misure.testing.told import Facts, rows_of
from misure.testing.within import most_of, told_amount, without_parts

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.rulebook.rules import SpendingPlan

__all__ = ["adding_up", "filled"]

_CENT = Decimal("0.01")
_TRIES = 4
"""How often a line is corrected: totals of flat rates are linear in it but for their cents."""


def filled(measure: Measure, facts: Facts, on: dt.date, free: Collection[str]) -> Facts:
    """The facts with lines that add up to the total that is declared, or to no less than what is told to be counted in it.

    As far as the `free` lines can give way: one takes what the others leave.
    """
    spending = measure.rulebook.spending
    for plan in spending.plans if spending else ():
        lines = [line.takes.get(plan.id) for line in spending.lines] if spending else []
        giving = [one.name for one in lines if isinstance(one, Name) and one.name in free and one.name in facts]
        exactly = plan.declared in facts and plan.declared not in free
        wanted = told_amount(facts, plan.declared) if exactly else _counted(plan, facts, free)
        if giving and (exactly or wanted):
            _fill(facts, giving, wanted, exactly=exactly, total=adding_up(measure, plan, on))
    return facts


def _fill(
    facts: Facts, giving: list[str], wanted: Decimal, *, exactly: bool, total: Callable[[Facts], Decimal | None]
) -> None:
    found = total(facts)
    if found is None or found == wanted or (not exactly and found > wanted):
        return
    as_told = {name: facts[name] for name in giving}
    if found > wanted:
        facts |= dict.fromkeys(giving, "0.00")
    for name in giving:
        kept = facts[name]
        if _solved(facts, name, wanted, exactly=exactly, total=total):
            return
        facts[name] = kept
    facts |= as_told


def _solved(
    facts: Facts, name: str, wanted: Decimal, *, exactly: bool, total: Callable[[Facts], Decimal | None]
) -> bool:
    """Whether a line could be told so that the total is the one that is wanted; it is told then."""
    line, found = told_amount(facts, name), total(facts)
    if found is None or found == wanted:
        return found is not None
    trying = max(Decimal(0), line + wanted - found)
    for _ in range(_TRIES):
        facts[name] = str(trying := trying.quantize(_CENT))
        now = total(facts)
        if now is None or now == found:
            return False
        if now == wanted or (not exactly and now > wanted):
            return True
        line, found, trying = trying, now, max(Decimal(0), trying + (wanted - now) * (trying - line) / (now - found))
    return False


def adding_up(measure: Measure, plan: SpendingPlan, on: dt.date) -> Callable[[Facts], Decimal | None]:
    """What the lines of a plan add up to, whatever its total is declared to be; None where it is not known."""

    def total(facts: Facts) -> Decimal | None:
        rest = {name: value for name, value in without_parts(measure, facts).items() if name != plan.declared}
        try:
            most, known = most_of(measure.decide(rest, on=on), f"spending.{plan.id}.total")
        except MisureError:
            return None
        return most if known else None

    return total


def _counted(plan: SpendingPlan, facts: Mapping[str, Any], free: Collection[str]) -> Decimal:
    """What is told, for good, to be counted in the total: the most of any of it, and of the records of a table together."""
    found = Decimal(0)
    for part in plan.includes:
        if isinstance(part, Name) and part.name not in free:
            found = max(found, told_amount(facts, part.name))
        elif isinstance(part, Aggregate) and isinstance(part.value, FieldOf) and part.table not in free:
            found = max(
                found,
                sum((told_amount(row, part.value.field) for row in rows_of(facts.get(part.table, ()))), Decimal(0)),
            )
    return found
