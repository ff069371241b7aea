# SPDX-License-Identifier: Apache-2.0
"""Laws of amounts: they move one way, make no jump that was not declared, and no cent is lost or made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeAlias

from hypothesis import assume
from hypothesis import strategies as st

from misure.deciding.decision import Decision, Outcome
from misure.deciding.measure import Measure
from misure.deciding.values import Range
from misure.facts.dossier import Column
from misure.facts.values import read_value
from misure.facts.vocabulary import Fact, Kind
from misure.ground.given import Money, cents, euros
from misure.rulebook.expression import Name
from misure.testing.agreeing import totals
from misure.testing.drawn.fact_strategies import edge_facts
from misure.testing.drawn.fact_strategies import facts as complete_facts
from misure.testing.drawn.moving import Move, answer
from misure.testing.edges import edges_of
from misure.testing.handed import known, yes_or_no
from misure.testing.laws.answers import amount_of, ends
from misure.testing.laws.holding import Broken, TriedCase, asked, hold
from misure.testing.laws.of_decisions import any_facts, decision_of
from misure.testing.told import Facts, specs_of

__all__ = ["assert_conserves", "assert_monotone", "assert_no_cliff"]

_OUTCOME = "outcome"
_RANKS = {
    Outcome.REFUSED: (0, 0),
    Outcome.UNDECIDED: (0, 1),
    Outcome.ELIGIBLE: (1, 1),
    Outcome.NO_KNOWN_OBSTACLE: (1, 1),
    Outcome.NOT_APPLICABLE: (1, 1),
}
Ends: TypeAlias = tuple[Decimal | int, Decimal | int]


class _Line:
    """What a measure gives along one fact of one applicant, everything else being said as it is."""

    def __init__(self, measure: Measure, facts: Facts, fact: Fact, gives: str, on: dt.date) -> None:
        self.measure, self.facts, self.fact, self.gives, self.on = measure, facts, fact, gives, on
        self._found: dict[int, Ends | None] = {}

    def told(self, value: int) -> Facts:
        return Move(self.fact.name, Column.of(self.fact).json(value)).made(self.measure, self.facts, self.on)

    def at(self, value: int) -> Ends | None:
        """Both ends of what is given; None where nothing is decided, or nothing is known of the amount."""
        if value not in self._found:
            decision = answer(self.measure, self.told(value), self.on)
            self._found[value] = None if decision is None else self._read(decision)
        return self._found[value]

    def _read(self, decision: Decision) -> Ends | None:
        return _RANKS[decision.outcome] if self.gives == _OUTCOME else ends(amount_of(decision, self.gives))

    def shown(self, value: int) -> str:
        decision = answer(self.measure, self.told(value), self.on)
        if decision is None:
            return "nothing"
        return (
            str(decision.outcome)
            if self.gives == _OUTCOME
            else f"{self.gives} {_text(amount_of(decision, self.gives))}"
        )

    def case(self, value: int, expect: dict[str, Any], came: str) -> TriedCase:
        return TriedCase(self.told(value), self.on, expect, came)

    def expected(self, value: int) -> dict[str, Any]:
        """What is given there, as a case may expect it; of whom is refused, that."""
        decision = answer(self.measure, self.told(value), self.on)
        assert decision is not None
        if self.gives == _OUTCOME or decision.outcome is Outcome.REFUSED:
            return {_OUTCOME: str(decision.outcome)}
        return {"support": {self.gives: _text(amount_of(decision, self.gives))}}


def _text(amount: Decimal | Range | None) -> Any:
    if isinstance(amount, Range):
        return {"from": str(amount.least), "to": str(amount.greatest)}
    return str(amount)


def assert_monotone(
    measure: Measure,
    fact: str,
    *,
    on: dt.date,
    gives: str = "outcome",
    falling: bool = False,
    facts: st.SearchStrategy[Facts] | None = None,
    examples: int = 100,
) -> None:
    """Assert that more of a fact never gives less: never a refusal where less was eligible, never a smaller amount.

    Args:
        measure: The measure.
        fact: A number, a day or an event that the measure asks.
        on: The day on which the question is put.
        gives: `outcome`, or the id of a line of the support; a refused applicant is given nothing.
        falling: That more of the fact never gives more.
        facts: Draws the applicants: complete ones if it is not given. Each is asked with two values of the fact.
        examples: How many applicants.

    Amounts that are open are compared only where one lies wholly below the other.

    Raises:
        AssertionError: It does; the message holds the two neighbouring values between which it does.
        ValueError: The measure asks no such number or day, or gives no such line.
    """
    asked(measure, on, facts, examples)
    yes_or_no("falling", falling)
    spec, sign = _along(measure, fact, gives), -1 if falling else 1

    def worse(before: Ends, after: Ends) -> bool:
        return after[1] < before[0] if sign > 0 else after[0] > before[1]

    def look(drawn: tuple[Facts, int, int]) -> Broken | None:
        told, low, high = drawn
        line = _Line(measure, told, spec, gives, on)
        first, last = line.at(low), line.at(high)
        assume(first is not None and last is not None)
        if first is None or last is None or low >= high or not worse(first, last):
            return None
        while high - low > 1:
            middle = line.at((low + high) // 2)
            if middle is not None and worse(line.at(low) or first, middle):
                high = (low + high) // 2
            elif middle is not None and worse(middle, line.at(high) or last):
                low = (low + high) // 2
            else:
                break
        why = f"more of {fact} gives {'more' if falling else 'less'} {gives}"
        expected = line.expected(low)
        return Broken(why, (line.case(low, expected, ""), line.case(high, expected, line.shown(high))))

    told = facts if facts is not None else complete_facts(measure, on=on)
    hold("assert_monotone", measure, examples, _pairs(measure, spec, on, told), look)


def assert_no_cliff(
    measure: Measure,
    fact: str,
    *,
    on: dt.date,
    gives: str,
    at_most: Money,
    facts: st.SearchStrategy[Facts] | None = None,
    examples: int = 100,
) -> None:
    """Assert that one step more of a fact (a cent, a point, a day) changes an amount by no more than `at_most` euro.

    A jump is looked for along the whole range of the fact, between the values about which rules turn: from nothing to an
    amount where somebody comes to be eligible, and down where a class ends. A refused applicant is given nothing.

    Args:
        measure: The measure.
        fact: A number, a day or an event that the measure asks.
        on: The day on which the question is put.
        gives: The id of a line of the support.
        at_most: The greatest jump that is meant, in euro; no binary float.
        facts: Draws the applicants: complete ones if it is not given.
        examples: How many applicants.

    Raises:
        AssertionError: There is a greater jump; the message holds the two neighbouring values between which it lies.
        ValueError: The measure asks no such number or day, or gives no such line.
    """
    asked(measure, on, facts, examples)
    spec = _along(measure, fact, gives)
    if gives == _OUTCOME:
        raise ValueError("a cliff is one of an amount: gives= is a line of the support")
    try:
        limit = euros(cents(at_most))
    except ValueError as problem:
        raise ValueError(f"at_most=: {problem}") from None

    def jump(line: _Line, low: int, high: int) -> Decimal | None:
        before, after = line.at(low), line.at(high)
        if before is None or after is None:
            return None
        # As much as the two differ for certain.
        return Decimal(max(after[0] - before[1], before[0] - after[1], Decimal(0)))

    def cliff(line: _Line, low: int, high: int) -> tuple[int, int] | None:
        """Two neighbours between which the jump is too great; the greater half is looked at first."""
        size = jump(line, low, high)
        if size is None or size <= limit:
            return None
        if high - low == 1:
            return low, high
        middle = (low + high) // 2
        halves = sorted([(low, middle), (middle, high)], key=lambda half: jump(line, *half) or Decimal(0), reverse=True)
        return cliff(line, *halves[0]) or cliff(line, *halves[1])

    def look(told: Facts) -> Broken | None:
        line = _Line(measure, told, spec, gives, on)
        values = sorted({*_turning(measure, spec, on), *_own(spec, told, on)})
        for low, high in pairwise(values):
            found = cliff(line, low, high)
            if found is not None:
                size = jump(line, *found)
                why = f"one step more of {fact} changes {gives} by {size}, and {limit} is the most that is meant"
                expected = line.expected(found[0])
                return Broken(
                    why, (line.case(found[0], expected, ""), line.case(found[1], expected, line.shown(found[1])))
                )
        assume(any(line.at(value) is not None for value in values))
        return None

    told = facts if facts is not None else complete_facts(measure, on=on)
    hold("assert_no_cliff", measure, examples, told, look)


def _along(measure: Measure, fact: str, gives: str) -> Fact:
    specs = {
        name: spec for name, spec in specs_of(measure).items() if spec.kind in (Kind.NUMBER, Kind.DATE, Kind.EVENT)
    }
    known(fact, list(specs), f"no number or day that {measure.id} asks")
    sums = {plan.declared for plan in measure.rulebook.spending.plans} if measure.rulebook.spending else set()
    if fact in sums:
        parts = sorted(next(parts for total, parts in totals(measure) if total == fact))
        raise ValueError(f"{fact} is what {', '.join(parts)} add up to: name one of these")
    support = measure.rulebook.support
    lines = [line.id for line in support.lines] + (["own_share"] if support.own_share else []) if support else []
    known(gives, [_OUTCOME, *lines], f"nothing that {measure.id} gives")
    return specs[fact]


def _turning(measure: Measure, fact: Fact, on: dt.date) -> list[int]:
    """The values of a fact about which something may turn; of an event those that can have happened."""
    edges = edges_of(measure)
    own = edges.points(fact) if fact.name in edges.criteria else edges.values(fact, on.toordinal())
    return sorted(int(value) for value in own if value)


def _own(fact: Fact, told: Facts, on: dt.date) -> Iterator[int]:
    value = told.get(fact.name)
    read = read_value(fact, value["value"] if isinstance(value, dict) else value, on.toordinal())
    if read:
        yield int(read)


@st.composite
def _pairs(
    draw: st.DrawFn, measure: Measure, fact: Fact, on: dt.date, told: st.SearchStrategy[Facts]
) -> tuple[Facts, int, int]:
    facts = draw(told)
    steps = edges_of(measure).steps(fact)
    values = [*_own(fact, facts, on), *(steps or _turning(measure, fact, on))]
    latest = min(fact.greatest, on.toordinal()) if fact.kind is Kind.EVENT else fact.greatest
    one = st.sampled_from(values)
    between = [pair for pair in pairwise(sorted(values)) if pair[1] - pair[0] > 1]
    if between and not steps:
        one |= st.sampled_from(between).flatmap(lambda pair: st.integers(*pair))
    if not steps:
        one |= st.integers(min(max(fact.least, 0), latest), latest)
    low, high = sorted((draw(one), draw(one)))
    return facts, low, high


# Nothing is lost


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
    tranches = measure.rulebook.tranches
    if tranches is None:
        return
    whole = decision.value(tranches.of.name) if isinstance(tranches.of, Name) else None
    dividing = {line.id for line in tranches.dividing}
    parts = [tranche for tranche in decision.tranches if tranche.id in dividing]
    amounts = [tranche.amount for tranche in parts]
    if isinstance(whole, Decimal) and all(isinstance(one, Decimal) for one in amounts):
        made = sum((one for one in amounts if isinstance(one, Decimal)), Decimal(0))
        if made != whole:
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
