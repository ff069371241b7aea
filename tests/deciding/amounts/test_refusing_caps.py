# SPDX-License-Identifier: Apache-2.0
"""A cap of support either cuts the amount or refuses the application: the measure says which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

import misure

RULES = """\
parameters:
  grant_share: 50%
  grant_maximum: 1000.00 EUR
support:
  cite: {act: uno, at: art. 1}
  lines:
    grant:
      form: grant
      of: planned_implementation
      intensity: grant_share
      at_most: [grant_maximum, {is: credit_limit, over: OVER, text: "Contributo entro il plafond"}]
      provision: T.01
      text: "Contributo del {grant_share}"
"""


@pytest.fixture
def measure(write: Callable[[str], misure.Measure], request: pytest.FixtureRequest) -> misure.Measure:
    return write(RULES.replace("OVER", request.param))


def decided(measure: misure.Measure, spend: str, headroom: str) -> misure.Decision:
    facts = {"planned_implementation": spend, "credit_limit": headroom}
    return measure.decide(facts, on=dt.date(2025, 6, 1))


@pytest.mark.parametrize("measure", ["cut"], indirect=True)
def test_a_cap_that_cuts_leaves_what_fits(measure: misure.Measure) -> None:
    decision = decided(measure, "1000", "499.99")
    assert decision.outcome is misure.Outcome.NOT_APPLICABLE
    assert [amount.amount for amount in decision.support] == [Decimal("499.99")]


@pytest.mark.parametrize("measure", ["refuse"], indirect=True)
@pytest.mark.parametrize(
    ("headroom", "outcome", "amounts"),
    [("500", "eligible", [Decimal("500.00")]), ("499.99", "refused", []), ("0", "refused", [])],
)
def test_a_cap_that_refuses_is_a_condition_of_the_award(
    measure: misure.Measure, headroom: str, outcome: str, amounts: list[Decimal]
) -> None:
    decision = decided(measure, "1000", headroom)
    assert decision.outcome == outcome
    finding = decision["grant_within_cap"]
    assert (finding.stage, finding.effect) == ("award", "refuses")
    assert finding.margin == Decimal(headroom) - 500
    assert [amount.amount for amount in decision.support] == amounts


@pytest.mark.parametrize("measure", ["refuse"], indirect=True)
def test_the_amount_that_is_compared_is_the_one_before_any_cap(measure: misure.Measure) -> None:
    assert decided(measure, "4000", "1500").outcome == "refused"
    assert decided(measure, "4000", "2000").outcome == "eligible"
