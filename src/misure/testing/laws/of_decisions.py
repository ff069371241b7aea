# SPDX-License-Identifier: Apache-2.0
"""Laws of any measure: completing changes nothing that is definite, order changes nothing, a receipt gives the same again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from misure.deciding.decision import Decision, Outcome
from misure.deciding.measure import Measure
from misure.ground.truth import Truth
from misure.testing.drawn.fact_strategies import Drawn, edge_facts, partial_facts
from misure.testing.drawn.fact_strategies import facts as complete_facts
from misure.testing.drawn.making import with_more_records
from misure.testing.drawn.repertoire import repertoire_of
from misure.testing.laws.answers import answered, differences, said
from misure.testing.laws.holding import Broken, Mistaken, TriedCase, asked, hold
from misure.testing.laws.oracles import expected_of
from misure.testing.strategies import completions
from misure.testing.told import Facts, copied

__all__ = ["any_facts", "assert_completion_safe", "assert_order_free", "assert_replays", "assert_same_as"]

_ANSWERED = {Truth.YES, Truth.NOT_APPLICABLE, Truth.PENDING}
_STAYS = {
    Truth.YES: _ANSWERED,
    Truth.NOT_APPLICABLE: _ANSWERED,
    Truth.PENDING: _ANSWERED,
    Truth.NO: {Truth.NO},
    Truth.UNKNOWN: set(Truth),
}
"""What a finding may become when more is told: what does not apply refuses nobody, nor does what waits for an event that is told
not to have happened yet, as what is met does not.
"""


def any_facts(measure: Measure, on: dt.date) -> st.SearchStrategy[Facts]:
    """What a law draws by itself: complete applicants, some with something untold, some on the edges of the rules."""
    return complete_facts(measure, on=on) | partial_facts(measure, on=on) | edge_facts(measure, on=on)


def decision_of(measure: Measure, facts: Mapping[str, Any], on: dt.date) -> Decision:
    """The decision; facts of which there is none do not count."""
    found = answered(measure, facts, on)
    assume(isinstance(found, Decision))
    assert isinstance(found, Decision)
    return found


@st.composite
def _completed(draw: st.DrawFn, measure: Measure, on: dt.date, told: st.SearchStrategy[Facts]) -> tuple[Facts, Facts]:
    less = draw(told)
    assume(isinstance(answered(measure, less, on), Decision))
    return less, draw(completions(measure, less, on=on, whole=draw(st.booleans())))


_OUTCOMES: Mapping[Outcome, tuple[Outcome, ...]] = {
    Outcome.ELIGIBLE: (Outcome.ELIGIBLE,),
    Outcome.REFUSED: (Outcome.REFUSED,),
    # Told when it was filed, an application may fall under an edition that was read whole.
    Outcome.NO_KNOWN_OBSTACLE: (Outcome.NO_KNOWN_OBSTACLE, Outcome.ELIGIBLE),
    Outcome.NOT_APPLICABLE: (Outcome.NOT_APPLICABLE,),
    Outcome.UNDECIDED: tuple(Outcome),
}
"""What each outcome may become when more is told."""


def assert_completion_safe(
    measure: Measure, *, on: dt.date, facts: st.SearchStrategy[Facts] | None = None, examples: int = 100
) -> None:
    """Assert that telling more never changes what was definite: the outcome, and each finding that was met or failed.

    `facts` draws what is told at first (`partial_facts` if it is not given); more is then told of it.

    Raises:
        AssertionError: It does; the message holds the applicant before and after.
    """
    asked(measure, on, facts, examples)

    def look(pair: tuple[Facts, Facts]) -> Broken | None:
        less, more = pair
        before, after = decision_of(measure, less, on), decision_of(measure, more, on)
        wanted: dict[str, Any] = {}
        came = []
        if after.outcome not in _OUTCOMES[before.outcome]:
            wanted["outcome"] = str(before.outcome)
            came.append(str(after.outcome))
        for earlier, later in zip(before.findings, after.findings, strict=True):
            if later.truth not in _STAYS[earlier.truth]:
                wanted.setdefault("findings", {})[earlier.id] = str(earlier.truth)
                came.append(f"{earlier.id} {later.truth}")
        if not came:
            return None
        first = TriedCase(less, on, wanted, "")
        return Broken("telling more changed what was definite", (first, TriedCase(more, on, wanted, ", ".join(came))))

    told = facts if facts is not None else partial_facts(measure, on=on)
    hold("assert_completion_safe", measure, examples, _completed(measure, on, told), look)


@st.composite
def _several(draw: st.DrawFn, measure: Measure, on: dt.date) -> Facts:
    """An applicant with a record more in its tables, which says something else than the others."""
    return with_more_records(Drawn(draw), repertoire_of(measure, on))


@st.composite
def _reordered(draw: st.DrawFn, told: st.SearchStrategy[Facts]) -> tuple[Facts, Facts]:
    facts = draw(told)
    names = draw(st.permutations(list(facts)))
    other: Facts = {name: copied(facts[name]) for name in names}
    for value in other.values():
        rows = value.get("records") if isinstance(value, dict) else value
        if isinstance(rows, list) and len(rows) > 1:
            rows[:] = draw(st.permutations(rows))
    return facts, other


def assert_order_free(
    measure: Measure, *, on: dt.date, facts: st.SearchStrategy[Facts] | None = None, examples: int = 100
) -> None:
    """Assert that neither the order of the facts nor that of the records of a table changes anything of a decision.

    Raises:
        AssertionError: It does; the message holds the applicant in both orders.
    """
    asked(measure, on, facts, examples)

    def look(pair: tuple[Facts, Facts]) -> Broken | None:
        one, other = pair
        expected, came = said(decision_of(measure, one, on)), said(decision_of(measure, other, on))
        if expected == came:
            return None
        wanted, shown = differences(expected, came)
        return Broken(
            "another order gave another answer", (TriedCase(one, on, wanted, ""), TriedCase(other, on, wanted, shown))
        )

    told = facts if facts is not None else any_facts(measure, on) | _several(measure, on)
    hold("assert_order_free", measure, examples, _reordered(told), look)


def assert_replays(
    measure: Measure, *, on: dt.date, facts: st.SearchStrategy[Facts] | None = None, examples: int = 100
) -> None:
    """Assert that the receipt of a decision, written as JSON and read again, replays to an equal decision.

    Raises:
        AssertionError: It does not; the message holds the applicant, with what the decision said.
    """
    asked(measure, on, facts, examples)

    def look(told: Facts) -> Broken | None:
        decision = decision_of(measure, told, on)
        again = measure.replay(json.loads(json.dumps(decision.receipt)))
        if again == decision and again.to_json() == decision.to_json():
            return None
        wanted, shown = differences(said(decision), said(again))
        expect = wanted or {"outcome": str(decision.outcome)}
        return Broken("the replay is another decision", (TriedCase(told, on, expect, shown or "another JSON"),))

    told = facts if facts is not None else any_facts(measure, on)
    hold("assert_replays", measure, examples, told, look)


def assert_same_as(
    measure: Measure,
    oracle: Callable[[Facts, dt.date], Any],
    *,
    on: dt.date,
    facts: st.SearchStrategy[Facts] | None = None,
    examples: int = 100,
) -> None:
    """Assert that a measure answers as an oracle does: a function written by hand, another program, an older version.

    `oracle(facts, on)` gives what it expects by the keys of `cases.yaml` (`{"outcome": "eligible", "support": {"grant":
    Decimal("10000")}}`), as much of it as it knows; or the outcome alone; or None where it says nothing. `facts` draws
    the applicants: complete ones, half of them on the edges of the rules, if it is not given.

    Raises:
        AssertionError: They differ; the message holds the smallest applicant of whom they do.
        ValueError: The oracle says what no decision of the measure can say: a wrong key, name or word, or no amount; all of it at
            once, each with the nearest right one. Or it said nothing of anybody.
        TypeError: `oracle` is no function. What the oracle itself raises stays what it is, with the applicant in a note.
    """
    asked(measure, on, facts, examples)
    if not callable(oracle):
        raise TypeError(f"an oracle is a function of the facts and the day; got {oracle!r:.60}")

    def look(told: Facts) -> Broken | None:
        decision = decision_of(measure, told, on)
        answer = _told_by(oracle, told, on)
        assume(answer is not None)
        try:
            expected = expected_of(measure, answer)
        except ValueError as problem:
            raise Mistaken(problem) from None
        wanted, shown = differences(expected, said(decision))
        return Broken("the oracle and the measure differ", (TriedCase(told, on, wanted, shown),)) if shown else None

    told = facts if facts is not None else complete_facts(measure, on=on) | edge_facts(measure, on=on)
    hold("assert_same_as", measure, examples, told, look)


def _told_by(oracle: Callable[[Facts, dt.date], Any], told: Facts, on: dt.date) -> Any:
    try:
        return oracle(copied(told), on)
    except Exception as problem:
        problem.add_note(f"raised by the oracle that assert_same_as asked on {on.isoformat()} of {told}")
        raise
