# SPDX-License-Identifier: Apache-2.0
"""What is counted in a total, or granted of a line of support, made to be no more than it: more is refused as bad facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from misure.deciding.machinery import compiled
from misure.deciding.readers import MONEY
from misure.deciding.values import number_of
from misure.ground.errors import MisureError
from misure.rulebook.expression import Aggregate, FieldOf, Name
from misure.testing.told import Facts, rows_of

if TYPE_CHECKING:
    from misure.deciding.decision import Decision
    from misure.deciding.measure import Measure

__all__ = ["most_of", "told_amount", "within_totals", "without_parts"]


def without_parts(measure: Measure, facts: Facts, since: str = "") -> Facts:
    """The facts with nothing told of what totals include, or of what is granted: of a line and those after it, or of all."""
    names = [name for _, table, name in _parts(measure) if not table]
    found = {name: value for name, value in _without_granted(measure, facts, since).items() if name not in names}
    for _, table, name in _parts(measure):
        if table in found:
            told = found[table]
            rows = [{key: value for key, value in row.items() if key != name} for row in rows_of(told)]
            found[table] = {**told, "records": rows} if isinstance(told, Mapping) else rows
    return found


def within_totals(measure: Measure, facts: Facts, on: dt.date, free: Collection[str]) -> Facts:
    """The facts with no more told of what a total includes, or is granted, than may be, as far as the `free` ones can give way."""
    facts = _within_plans(measure, facts, on, free)
    for line, name in _granted(measure).items():
        if name in free and name in facts:
            # What is granted may be a share of what a total includes: that gives way first. It may rest on what a line before it is.
            told = _without_granted(measure, facts, line)
            # With the parts and without them, where any are told.
            ways = [told, without_parts(measure, told, line)]
            bounds = [_bounded(measure, way, on, f"support.{line}.most") for way in ways[: 1 + (ways[0] != ways[1])]]
            most = min((one for one in bounds if one is not None), default=None)
            facts[name] = str(min(told_amount(facts, name), most)) if most is not None else facts[name]
    return facts


def _within_plans(measure: Measure, facts: Facts, on: dt.date, free: Collection[str]) -> Facts:
    """The facts with no more told of what a total includes than the total, as far as the `free` ones can give way."""
    parts = [part for part in _parts(measure) if any(told_amount(one, part[2]) for one in _holders(facts, part[1]))]
    if not parts:
        return facts
    limits = {plan: _most(measure, facts, on, plan) for plan in {plan for plan, _, _ in parts}}
    for plan, table, name in parts:
        left = limits[plan]
        if left is None:
            continue
        for at, one in enumerate(_holders(facts, table)):
            held = told_amount(one, name)
            if (table or name) in free or f"{table}[{at}].{name}" in free:
                held = min(held, left)
                if name in one:
                    one[name] = str(held)
            left = max(Decimal(0), left - held)
    return facts


def _most(measure: Measure, facts: Facts, on: dt.date, plan: str) -> Decimal | None:
    """The most that the total of a plan may be: what is declared, or what its lines add up to; None where nothing bounds it."""
    spending = measure.rulebook.spending
    declared = next(one.declared for one in spending.plans if one.id == plan) if spending else ""
    if declared in facts:
        return told_amount(facts, declared)
    return _bounded(measure, without_parts(measure, facts), on, f"spending.{plan}.total")


def _without_granted(measure: Measure, facts: Facts, since: str = "") -> Facts:
    """The facts without what is granted, of a line and of those after it; of all, where none is named."""
    lines = list(_granted(measure).items())
    first = next((at for at, (line, _) in enumerate(lines) if line == since), 0)
    gone = {name for _, name in lines[first:]}
    return {name: value for name, value in facts.items() if name not in gone}


def _bounded(measure: Measure, facts: Facts, on: dt.date, output: str) -> Decimal | None:
    """The most that an amount may be; None where nothing bounds it."""
    try:
        answer = measure.decide(facts, on=on)
    except MisureError:
        return None
    return most_of(answer, output)[0]


def most_of(decision: Decision, output: str) -> tuple[Decimal | None, bool]:
    """The most that an amount may be, None where nothing bounds it, and whether it is known to be just that.

    The amount is read by itself: reading all that explains a decision takes several times as long.
    """
    x = compiled(decision)
    node = x.period.output(output)
    low, high = x.reading.ends(node)
    if low != high and (high == node.hi or x.free_ends(output)[1]):
        return None, False
    found = number_of(high, x.period.program.scales.get(output, 10**MONEY), MONEY)
    return (found if isinstance(found, Decimal) else None), low == high


def _granted(measure: Measure) -> dict[str, str]:
    """The lines of support of which a fact tells how much is granted, with the fact."""
    support = measure.rulebook.support
    lines = support.lines if support else ()
    return {line.id: line.granted.name for line in lines if isinstance(line.granted, Name)}


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


def told_amount(one: Mapping[str, Any], name: str) -> Decimal:
    """How much is told, by itself or as a judgement, nothing where it is not."""
    given = one.get(name)
    given = given.get("value") if isinstance(given, Mapping) else given
    return Decimal(str(given)) if given is not None else Decimal(0)
