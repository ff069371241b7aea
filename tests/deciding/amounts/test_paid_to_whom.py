# SPDX-License-Identifier: Apache-2.0
"""Nothing is payable to who is refused, and nothing for certain to who may be."""

from functools import cache

import pytest

import misure
from misure.testing.worked_cases import decided_cases

MEASURE = misure.catalogue()["lombardia/verso-nuovi-mercati"]


@cache
def funded():
    """The first worked case of which everything is payable."""
    return next(
        one
        for one in decided_cases(MEASURE)
        if one.outcome == "no_known_obstacle"
        and one.tranches
        and all(tranche.payable == "yes" for tranche in one.tranches)
    )


def asked(**more):
    return MEASURE.decide(funded().receipt["facts"] | more, on=funded().on)


@pytest.mark.parametrize(
    ("more", "outcome", "payable"),
    [
        ({}, "no_known_obstacle", "yes"),
        ({"durc_regular_at_grant": False}, "refused", "no"),
        ({"size": "large"}, "refused", "no"),
        ({"durc_regular_at_grant": None}, "undecided", "unknown"),
    ],
    ids=["admitted", "not regular", "too large", "not told"],
)
def test_what_is_payable_follows_the_outcome(more, outcome, payable):
    decision = asked(**more)
    assert decision.outcome == outcome
    assert {str(tranche.payable) for tranche in decision.tranches} == {payable}
    assert all(tranche.due == "yes" for tranche in decision.tranches)
    assert ("Pagabili 142.494,00 €" in str(misure.explain(decision))) is (payable == "yes")
