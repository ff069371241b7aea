# SPDX-License-Identifier: Apache-2.0
"""Laws of amounts: they move one way, and make no jump that was not declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
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
from misure.testing.agreeing import totals
from misure.testing.drawn.fact_strategies import facts as complete_facts
from misure.testing.drawn.moving import Move, answer
from misure.testing.edges import edges_of
from misure.testing.handed import known, yes_or_no
from misure.testing.laws.answers import amount_of, ends
from misure.testing.laws.holding import Broken, TriedCase, asked, hold
from misure.testing.told import Facts, specs_of

__all__ = ["assert_monotone", "assert_no_cliff"]

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
    # Half of them are neighbours among the values about which rules turn: a jump of a cent lies between two of these.
    neighbours = list(pairwise(sorted(set(values))))
    turning = draw(st.booleans())
    if turning and neighbours:
        low, high = draw(st.sampled_from(neighbours))
        return facts, low, high
    one = st.sampled_from(values)
    between = [pair for pair in pairwise(sorted(values)) if pair[1] - pair[0] > 1]
    if between and not steps:
        one |= st.sampled_from(between).flatmap(lambda pair: st.integers(*pair))
    if not steps:
        one |= st.integers(min(max(fact.least, 0), latest), latest)
    low, high = sorted((draw(one), draw(one)))
    return facts, low, high


# Nothing is lost
