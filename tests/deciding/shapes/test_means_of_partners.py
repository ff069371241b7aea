# SPDX-License-Identifier: Apache-2.0
"""A mean over partners, rounded to the whole point, and a limit that grows with their number.

As the points of Tecnologie Strategiche, C.3.c, 4: in bands for each partner, their arithmetic mean rounded to the nearest unit, a half up.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import Range, Truth, testing
from tests.deciding.written_measures import opened

DAY = dt.date(2025, 7, 1)
VOCABULARY = """
tables:
  members:
    label: partner
    question: "Quali?"
    key: id
    name: id
    max_items: 9
    unit: partners
    fields:
      id: {text: 64, label: identificativo}
      costs: {unit: EUR, least: "0", greatest: "1000000", label: spese, question: "Quanto?"}
      turnover: {unit: EUR, least: "0", greatest: "10000000", label: fatturato, question: "Quanto?"}
"""
RULES = """
parameters:
  low: 30%
  high: 35%
  best: 5 points
  fair: 3 points
  lowest: 0 points
  highest: 10 points
  least_mean: {is: 4 points, label: minimo della media}
  each_most: {is: 1000.00 EUR, label: massimo per partner}
  share: 50%
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      mean_points:
        label: media dei punti
        is: "half_up(sum((best if m.costs <= low * m.turnover else fair if m.costs <= high * m.turnover else 0) for m in members) / count(m for m in members), 0)"
      all_costs: {is: "sum(m.costs for m in members)", label: spese}
    assessment:
      each_sound: {provision: P.1, text: "Ciascuno", holds: "all(m.costs <= high * m.turnover for m in members)", effect: none}
score:
  cite: {act: uno, at: "art. 2"}
  provision: P.2
  scale: {from: lowest, to: highest}
  criteria: {mean: {gives: mean_points, most: best, text: "Capacità economica"}}
  threshold: {id: reaches, at_least: least_mean, text: "Almeno {least_mean}"}
support:
  cite: {act: uno, at: "art. 3"}
  lines:
    grant: {form: grant, of: all_costs, intensity: share, at_most: each_most * count(m for m in members), provision: P.3, text: "Contributo"}
"""


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("network"), RULES, vocabulary=VOCABULARY)


def member(number, costs, turnover="100"):
    return {"id": str(number), "costs": str(costs), "turnover": turnover}


def decided(measure, *members, complete=True):
    told = list(members) if complete else {"records": list(members), "complete": False}
    return measure.decide({"members": told}, on=DAY)


@pytest.mark.parametrize(
    ("costs", "mean"),
    [
        (("30",), 5),
        (("30", "35"), 4),
        (("30", "30", "35"), 4),  # 13 / 3 = 4.33...
        (("30", "30", "30", "35"), 5),  # 18 / 4 = 4.5, and a half goes up
        (("30", "30", "30.01", "35.01"), 3),  # 13 / 4 = 3.25
        (("30", "36", "36", "36"), 1),  # 5 / 4
        (("35", "36"), 2),  # 1.5
    ],
)
def test_a_mean_is_rounded_to_the_whole_point(network, costs, mean):
    decision = decided(network, *(member(number, one) for number, one in enumerate(costs)))
    assert dict(decision.score.criteria)["mean"] == mean
    assert decision["reaches"].truth is (Truth.YES if mean >= 4 else Truth.NO)


def test_parts_of_a_point_that_the_law_gives_are_not_lost(write):
    bonus = """
      bonus:
        many: {points: half_point, when: all_costs > 0, counts: before_threshold, text: "Premialità"}
    support:"""
    rules = RULES.replace("\nsupport:", bonus.replace("\n    ", "\n")).replace(
        "  share: 50%", "  share: 50%\n  half_point: 0.50 points"
    )
    measure = write(rules.replace("least_mean: {is: 4 points", "least_mean: {is: 4.50 points"), vocabulary=VOCABULARY)
    decision = decided(measure, member(1, "30"), member(2, "35"))
    assert (decision.score.total, decision.score.final) == (4, Decimal("4.5"))
    assert (decision["reaches"].truth, decision["reaches"].margin) == (Truth.YES, 0)


def test_of_nobody_there_is_no_mean(network):
    decision = decided(network)
    assert decision["reaches"].truth is Truth.UNKNOWN
    assert decision.outcome == "undecided"


def test_a_limit_grows_with_the_number(network):
    for number in (1, 2, 5):
        decision = decided(network, *(member(at, "3000", "100000") for at in range(number)))
        grant = next(one for one in decision.support if one.id == "grant")
        assert grant.amount == 1000 * number


def test_where_there_may_be_more_the_mean_is_open(network):
    decision = decided(network, member(1, "30"), complete=False)
    assert decision["reaches"].truth is Truth.UNKNOWN
    assert isinstance(decision.support[0].amount, Range)


MEMBERS = st.lists(
    st.tuples(st.sampled_from(["29.99", "30", "30.01", "35", "35.01", "2000"]), st.sampled_from(["0", "100", "5000"])),
    min_size=1,
    max_size=9,
)


@settings(max_examples=80)
@given(told=MEMBERS)
def test_drawn_partners_have_the_mean_of_a_count_by_hand(network, told):
    decision = decided(network, *(member(number, *one) for number, one in enumerate(told)))
    points = []
    for costs, turnover in told:
        ratio = Decimal(costs) * 100, Decimal(turnover)
        points.append(5 if ratio[0] <= 30 * ratio[1] else 3 if ratio[0] <= 35 * ratio[1] else 0)
    mean = (Decimal(sum(points)) / len(points)).quantize(Decimal(1), ROUND_HALF_UP)
    assert decision.score.total == mean
    assert decision["each_sound"].truth is (Truth.YES if min(points) >= 3 else Truth.NO)


def test_laws_hold(network):
    testing.assert_completion_safe(network, on=DAY, examples=10)
    testing.assert_same_in_frames(network, on=DAY, examples=10)
    testing.assert_order_free(network, on=DAY, examples=10)


def test_linked_data_decides_the_same(network):
    facts = {"members": [member(1, "30"), member(2, "35")]}
    assert (
        misure.open_linked(network.linked()).decide(facts, on=DAY).to_json() == network.decide(facts, on=DAY).to_json()
    )


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (', 0)"', ', 1)"', "'half_up' takes one thing in brackets"),
        (', 0)"', ', best)"', "'half_up' takes one thing in brackets"),
        ("each_most * count", "each_most * each_most * count", "cannot multiply a number of EUR with another; one side must be a share, or a number of what is counted"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(write, was, now, told):
    assert was in RULES
    with pytest.raises(misure.BadRules) as failure:
        write(RULES.replace(was, now), vocabulary=VOCABULARY)
    assert any(told in fault.message for fault in failure.value.faults), failure.value
