# SPDX-License-Identifier: Apache-2.0
"""What is counted in a total and told apart, made to be no more than it: what is more is refused as bad facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from misure.deciding.machinery import compiled
from misure.ground.errors import MisureError
from misure.ground.ranges import Range
from misure.rulebook.expression import Aggregate, FieldOf, Name
from misure.testing.told import Facts, rows_of

if TYPE_CHECKING:
    from misure.deciding.measure import Measure

__all__ = ["within_totals", "without_parts"]


def without_parts(measure: Measure, facts: Facts) -> Facts:
    """The facts with nothing told of what totals include."""
    names = [name for _, table, name in _parts(measure) if not table]
    found = {name: value for name, value in facts.items() if name not in names}
    for _, table, name in _parts(measure):
        if table in found:
            told = found[table]
            rows = [{key: value for key, value in row.items() if key != name} for row in rows_of(told)]
            found[table] = {**told, "records": rows} if isinstance(told, Mapping) else rows
    return found


def within_totals(measure: Measure, facts: Facts, on: dt.date, free: Collection[str]) -> Facts:
    """The facts with no more told of what a total includes than the total may be, as far as the `free` ones can give way."""
    parts = [part for part in _parts(measure) if any(_told(one, part[2]) for one in _holders(facts, part[1]))]
    if not parts:
        return facts
    limits = {plan: _most(measure, facts, on, plan) for plan in {plan for plan, _, _ in parts}}
    for plan, table, name in parts:
        left = limits[plan]
        if left is None or (table or name) not in free:
            continue
        for one in _holders(facts, table):
            held = min(_told(one, name), left)
            if name in one:
                one[name] = str(held)
            left -= held
    return facts


def _most(measure: Measure, facts: Facts, on: dt.date, plan: str) -> Decimal | None:
    """The most that the total of a plan may be: what is declared, or what its lines add up to; None where nothing bounds it."""
    spending = measure.rulebook.spending
    declared = next(one.declared for one in spending.plans if one.id == plan) if spending else ""
    if declared in facts:
        return _told(facts, declared)
    try:
        answer = measure.decide(without_parts(measure, facts), on=on)
    except MisureError:
        return None
    total = compiled(answer).bounded_money(f"spending.{plan}.total")
    most = total.greatest if isinstance(total, Range) else total
    return most if isinstance(most, Decimal) else None


def _parts(measure: Measure) -> Iterator[tuple[str, str, str]]:
    """Each plan with what its total includes: the table and its field, or "" and the fact."""
    spending = measure.rulebook.spending
    for plan in spending.plans if spending else ():
        for part in plan.includes:
            if isinstance(part, Name):
                yield plan.id, "", part.name
            elif isinstance(part, Aggregate) and isinstance(part.value, FieldOf):
                yield plan.id, part.table, part.value.field


def _holders(facts: Facts, table: str) -> list[Facts]:
    """The facts themselves, or the records of a table."""
    return rows_of(facts.get(table)) if table else [facts]


def _told(one: Mapping[str, Any], name: str) -> Decimal:
    """How much is told, by itself or as a judgement, nothing where it is not."""
    given = one.get(name)
    given = given.get("value") if isinstance(given, Mapping) else given
    return Decimal(str(given)) if given is not None else Decimal(0)
