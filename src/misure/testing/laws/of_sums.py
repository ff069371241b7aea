# SPDX-License-Identifier: Apache-2.0
"""The law that cents add up: of costs, of payments, of what is apportioned, of support and own share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st

from misure.deciding.decision import Decision, Outcome
from misure.deciding.measure import Measure
from misure.rulebook.expression import Name
from misure.testing.drawn.fact_strategies import edge_facts
from misure.testing.laws.answers import ends
from misure.testing.laws.holding import Broken, TriedCase, asked, hold
from misure.testing.laws.of_decisions import any_facts, decision_of
from misure.testing.told import Facts

__all__ = ["assert_conserves"]


def assert_conserves(
    measure: Measure, *, on: dt.date, facts: st.SearchStrategy[Facts] | None = None, examples: int = 100
) -> None:
    """Assert that cents add up: lines of spending to their total, tranches to what they divide, support and own share to the spend.

    So do the parts of an amount that is apportioned. No admitted amount is above what was requested, none is negative or has parts of a cent, and who is refused is given
    nothing. Sums are looked at where every part is known.

    Raises:
        AssertionError: Something is lost, or made; the message holds the applicant.
    """
    asked(measure, on, facts, examples)

    def look(told: Facts) -> Broken | None:
        decision = decision_of(measure, told, on)
        found = next(_lost(measure, decision), None)
        return None if found is None else Broken(found[0], (TriedCase(told, on, found[1], found[2]),))

    told = facts if facts is not None else any_facts(measure, on) | edge_facts(measure, on=on)
    hold("assert_conserves", measure, examples, told, look)


_Loss: TypeAlias = tuple[str, dict[str, Any], str]
"""What is lost in a sentence, what a case expects, and what came."""
_Look: TypeAlias = Callable[["Measure", Decision], Iterator[_Loss]]


def _lost(measure: Measure, decision: Decision) -> Iterator[_Loss]:
    for look in _LOOKS:
        yield from look(measure, decision)


def _spending(measure: Measure, decision: Decision) -> Iterator[_Loss]:
    spending = measure.rulebook.spending
    for plan in spending.plans if spending else ():
        lines = [line for line in decision.spending if line.plan == plan.id]
        for part in ("requested", "admitted"):
            *parts, total = (getattr(line, part) for line in lines)
            if all(isinstance(one, Decimal) for one in (*parts, total)) and sum(parts) != total:
                expect = {"spending": {plan.id: {"total": str(sum(parts))}}}
                yield f"the lines of {plan.id} do not add up to what is {part}", expect, f"total {total}"
        for line in lines:
            if (
                isinstance(line.admitted, Decimal)
                and isinstance(line.requested, Decimal)
                and line.admitted > line.requested
            ):
                expect = {"spending": {plan.id: {line.id: str(line.requested)}}}
                yield f"more of {line.id} is admitted than was requested", expect, f"{line.id} {line.admitted}"


def _tranches(measure: Measure, decision: Decision) -> Iterator[_Loss]:
    rules, support = measure.rulebook.tranches, {amount.id: amount.amount for amount in decision.support}
    found = {tranche.id: tranche for tranche in decision.tranches}
    for tranche in decision.tranches:
        kept = [one.amount for one in tranche.withheld]
        if kept and all(isinstance(one, Decimal) for one in (tranche.amount, tranche.net, *kept)):
            made = sum((one for one in (tranche.net, *kept) if isinstance(one, Decimal)), Decimal(0))
            if made != tranche.amount:
                expect = {
                    "tranches": {
                        tranche.id: {"net": str(Decimal(str(tranche.net)) + Decimal(str(tranche.amount)) - made)}
                    }
                }
                yield (
                    f"what is withheld and paid of {tranche.id} does not add up to it",
                    expect,
                    f"{made} of {tranche.amount}",
                )
    for group in rules.groups if rules is not None else ():
        of = rules.of if rules is not None and group[0].of is None else group[0].of
        whole: Any = None
        if isinstance(of, Name):
            whole = support.get(of.name) if of.role == "line" else decision.value(of.name)
        parts = [found[line.id] for line in group]
        amounts = [tranche.amount for tranche in parts]
        if not isinstance(whole, Decimal) or not all(isinstance(one, Decimal) for one in amounts):
            continue
        made = sum((one for one in amounts if isinstance(one, Decimal)), Decimal(0))
        if made > whole or (made < whole and not any(line.most is not None for line in group)):
            last = parts[-1]
            expect = {"tranches": {last.id: {"amount": str(Decimal(str(last.amount)) + whole - made)}}}
            yield "the tranches do not add up to what they divide", expect, f"{made} of {whole}"


def _support(measure: Measure, decision: Decision) -> Iterator[_Loss]:
    amounts: dict[str, Any] = {amount.id: amount.amount for amount in decision.support}
    for name, amount in amounts.items():
        for end in ends(amount) or ():
            if end < 0 or (end.is_finite() and end != end.quantize(Decimal("0.01"))):
                yield f"{name} is no amount of whole cents", {"support": {name: "0.00"}}, f"{name} {end}"
            elif decision.outcome is Outcome.REFUSED and end:
                yield f"who is refused is given {name}", {"support": {}}, f"{name} {end}"
    book = measure.rulebook.support
    if (
        book is None
        or book.own_share is None
        or not amounts
        or not all(isinstance(one, Decimal) for one in amounts.values())
    ):
        return
    of = book.own_share.of.name if isinstance(book.own_share.of, Name) else ""
    totals = {plan.total: plan.id for plan in measure.rulebook.spending.plans} if measure.rulebook.spending else {}
    whole: Any = None
    if of in totals:
        whole = next(line.admitted for line in decision.spending if (line.plan, line.id) == (totals[of], "total"))
    elif of in measure.rulebook.definitions or of in measure.rulebook.facts:
        whole = decision.value(of)
    if isinstance(whole, Decimal):
        others = sum(
            (one for name, one in amounts.items() if name != "own_share" and isinstance(one, Decimal)), Decimal(0)
        )
        rest = whole - others
        if amounts.get("own_share") != rest:
            expect = {"support": {"own_share": str(rest)}}
            yield f"support and own share do not add up to {of}", expect, f"own_share {amounts.get('own_share')}"


def _parts(measure: Measure, decision: Decision) -> Iterator[_Loss]:  # noqa: ARG001 - as the others are asked
    for amount in decision.support:
        parts = {part.record: part.amount for part in amount.parts}
        if parts and all(isinstance(one, Decimal) for one in (amount.amount, *parts.values())):
            made = sum((one for one in parts.values() if isinstance(one, Decimal)), Decimal(0))
            if made != amount.amount:
                told = {name: str(one) for name, one in parts.items()}
                yield (
                    f"the parts of {amount.id} do not add up to it",
                    {"support": {amount.id: str(made)}},
                    f"parts {told}",
                )


_LOOKS: tuple[_Look, ...] = (_spending, _tranches, _support, _parts)
