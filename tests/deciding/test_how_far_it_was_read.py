# SPDX-License-Identifier: Apache-2.0
"""What the best answer is under a text that was read whole, in part, or not; and how sure the outcome is."""

from __future__ import annotations

import datetime as dt

import pytest

from misure import Confidence, Outcome
from misure.rulebook import Read
from tests.deciding.test_law_of_the_day import DATED, FACTS

ON = dt.date(2024, 6, 1)
EARLY, LATE = "2022-06-01", "2024-03-01"


def editions(first: str, second: str) -> str:
    """Two editions, read as said; "" says nothing of it."""
    read = [f", read: {said}" if said else "" for said in (first, second)]
    return f"editions: {{2022-01-31: {{act: uno{read[0]}}}, 2024-01-31: {{act: due, restates: [most]{read[1]}}}}}\n"


def best(read: str) -> str:
    return "eligible" if read == "whole" else "no_known_obstacle"


# The text


@pytest.mark.parametrize("second", ["whole", "partly", "not", ""])
@pytest.mark.parametrize("first", ["whole", "partly", "not", ""])
def test_the_best_outcome_is_that_of_the_edition_in_force(write, first, second) -> None:
    measure = write(DATED, editions=editions(first, second), vocabulary=FACTS)
    for filed, said in ((EARLY, first), (LATE, second), ("not_yet", second)):
        decision = measure.decide({"employees": 5, "filed_on": filed}, on=ON)
        assert (decision.read, decision.outcome) == (said or "not", best(said))
        assert decision.stages == {"admission": best(said)}
        for employees, outcome in ((500, "refused"), (None, "undecided")):
            other = measure.decide({"employees": employees, "filed_on": filed}, on=ON)
            assert (other.outcome, other.stages, other.read) == (outcome, {"admission": outcome}, said or "not")


ORDER = ["whole", "partly", "not"]


@pytest.mark.parametrize("second", ORDER)
@pytest.mark.parametrize("first", ORDER)
def test_where_filing_is_not_told_the_least_that_was_read_of_any_edition_counts(write, first, second) -> None:
    decision = write(DATED, editions=editions(first, second), vocabulary=FACTS).decide({"employees": 5}, on=ON)
    least = max(first, second, key=ORDER.index)
    assert (decision.read, decision.outcome, decision.assumed) == (least, best(least), ())
    # Who tells the day may learn that it lies under a text that was read whole.
    asked = [("filed_on", ("read",))] if least != "whole" and "whole" in (first, second) else []
    assert [(one.name, tuple(use.id for use in one.decides)) for one in decision.missing] == asked


@pytest.mark.parametrize(("first", "second", "on", "read"), [
    ("whole", "not", "2023-06-01", "whole"), ("not", "whole", "2023-06-01", "not"), ("not", "whole", "2024-06-01", "whole"),
])  # fmt: skip
def test_where_the_day_of_the_question_picks_the_law_filing_does_not_matter(write, first, second, on, read) -> None:
    measure = write(DATED, law_of="question", editions=editions(first, second), vocabulary=FACTS)
    decision = measure.decide({"employees": 5}, on=dt.date.fromisoformat(on))
    assert (decision.read, decision.outcome) == (read, best(read))


@pytest.mark.parametrize("granted", ["not_yet", EARLY, LATE, None])
def test_where_the_grant_picks_the_law_every_edition_may_rule(write, granted) -> None:
    measure = write(DATED, law_of="grant", editions=editions("whole", "partly"), vocabulary=FACTS)
    decision = measure.decide({"employees": 5, "granted_on": granted}, on=ON)
    assert (decision.read, decision.outcome) == ("partly", "no_known_obstacle")


def test_the_least_of_what_was_read() -> None:
    assert [Read.least([one, other]) for one in Read for other in Read] == [
        "whole", "partly", "not", "partly", "partly", "not", "not", "not", "not",
    ]  # fmt: skip
    assert Read.least(iter([Read.PARTLY])) is Read.PARTLY


TRANSFER = """
parameters:
  most:
    2022-01-31: 10 firms
    2024-01-31: {is: 20 firms, act: due}
provisions:
  - cite: {act: uno}
    admission:
      small_enough: {provision: P.1, text: "Al massimo {most}", holds: employees <= most, effect: none}
"""


def test_where_nothing_can_refuse_there_is_no_outcome_however_little_was_read(write) -> None:
    decision = write(TRANSFER, editions=editions("", ""), vocabulary=FACTS).decide({"employees": 5}, on=ON)
    assert (decision.outcome, decision.read, decision.confidence) == (Outcome.NOT_APPLICABLE, "not", None)
    assert decision.stages == {"admission": "met"}


# How sure the outcome is

DOUBTFUL = """
parameters:
  ten: 10 firms
  twenty: {is: 20 firms, read_in: stampa}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      sure: {provision: P.1, text: "A", holds: employees <= ten}
      less_sure: {provision: P.2, text: "B", holds: employees <= twenty}
      ours: {provision: P.3, text: "C", holds: young, inferred: "lettura"}
      unasked: {provision: P.4, text: "D", when: female, holds: young, inferred: "lettura"}
      told: {provision: P.5, text: "E", holds: female, effect: none, inferred: "lettura"}
"""
RESTS = [
    # employees, young: the outcome, and how sure it is
    (5, True, "eligible", Confidence.INFERRED),
    (15, True, "refused", Confidence.OFFICIAL),
    (25, True, "refused", Confidence.OFFICIAL),
    (15, False, "refused", Confidence.OFFICIAL),
    (5, False, "refused", Confidence.INFERRED),
    (None, False, "refused", Confidence.INFERRED),
    (5, None, "undecided", None),
]


@pytest.mark.parametrize(("employees", "young", "outcome", "confidence"), RESTS)
def test_a_refusal_is_as_sure_as_its_surest_and_a_yes_as_its_weakest_condition(
    write, employees, young, outcome, confidence
) -> None:
    """A refusal stands where one failed condition does, and a yes only where all that decide stand."""
    decision = write(DOUBTFUL, vocabulary=FACTS).decide(
        {"employees": employees, "young": young, "female": False, "filed_on": "2022-06-01"}, on=ON
    )
    assert (decision.outcome, decision.confidence) == (outcome, confidence)
    assert decision.to_dict()["confidence"] == (None if confidence is None else str(confidence))


LIMITS = """
parameters:
  ten: TEN
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      limit: {provision: P.1, text: "A", holds: employees <= ten}
      other: {provision: P.2, text: "B", holds: employees <= other_limit, read_in: stampa}
      told: {provision: P.3, text: "C", holds: employees <= ten, effect: none, inferred: "lettura"}
    definitions:
      other_limit: {is: "ten + ten", label: "altro limite", unit: firms}
"""


def test_what_is_only_reported_makes_no_outcome_less_sure(write) -> None:
    told = {"employees": 5, "filed_on": "2022-06-01"}
    measure = write(LIMITS.replace("TEN", "10 firms"), vocabulary=FACTS)
    assert measure.decide(told, on=ON).confidence == "secondary"
    assert measure.decide(told | {"employees": 11}, on=ON).confidence == "official"
    varied = measure.vary(ten="4 firms")
    assert (varied.decide(told, on=ON).outcome, varied.decide(told, on=ON).confidence) == ("refused", "assumed")
