# SPDX-License-Identifier: Apache-2.0
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.deminimis import Support, cumulate
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range
from misure.ground.truth import Truth

D = Decimal
ON = "2026-11-22"


def aid(name, amount, *costs, kind="state_aid", **more):
    return Support(name, kind, amount, costs=costs, **more)


def rules(found, truth):
    return [(check.rule, check.cost) for check in found.checks if check.truth is truth]


# CU-1, CU-3 and CU-4
@pytest.mark.parametrize(("granted", "more", "outcome"), [
    (30000, aid("new", 20000, "machine", kind="deminimis"), Truth.YES),
    (30000, aid("new", "20000.01", "machine", kind="deminimis"), Truth.NO),
    (50000, aid("new", 20000, "training", kind="deminimis"), Truth.YES),
    (50000, aid("new", 5000, kind="deminimis"), Truth.YES),           # a guarantee that is tied to no costs
    (50000, aid("new", "0.01", "machine", kind="deminimis"), Truth.NO),
    (50000, aid("new", 50000, "machine", kind="general"), Truth.YES),  # a general measure uses up no intensity
    (50000, aid("new", "50000.01", "machine", kind="general"), Truth.NO),
])  # fmt: skip
def test_state_aid_and_other_support(granted, more, outcome):
    grant = aid("grant", granted, "machine", max_intensity="50%")
    found = cumulate({"machine": 100000, "training": 40000}, [grant, more], on=ON)
    assert found.outcome is outcome


def test_the_highest_intensity_counts():
    grants = [aid("a", 30000, "machine", max_intensity="50%"), aid("b", 30000, "machine", max_intensity="60%")]
    found = cumulate({"machine": 100000}, grants, on=ON)
    check = found.checks[0]
    assert (check.rule, check.counted, check.limit, check.left_at_most, check.truth) == (
        "same_costs",
        60000,
        60000,
        0,
        Truth.YES,
    )
    assert found.left_on("machine") == 0
    assert (
        cumulate({"machine": 100000}, [grants[0], aid("b", "20000.01", "machine", max_intensity="40%")], on=ON).outcome
        == "no"
    )
    capped = aid("a", 30000, "machine", max_intensity="50%", max_amount=25000)
    assert cumulate({"machine": 100000}, [capped], on=ON).broken[0].limit == 25000


# CU-6
def test_money_that_the_union_manages_is_no_aid_but_public():
    support = [aid("erdf", 40000, "c"), aid("horizon", 70000, "c", kind="eu_managed")]
    found = cumulate({"c": 100000}, support, on=ON)
    assert (found.state_aid, found.total_public, found.outcome) == (40000, 110000, Truth.NO)
    assert [(check.rule, check.cost) for check in found.broken] == [("total_public", "c")]  # paid for twice
    assert rules(found, Truth.UNKNOWN) == [("same_costs", "c"), ("eu_managed", "c")]


@pytest.mark.parametrize(("horizon", "rate", "outcome"), [
    (30000, "70%", Truth.YES), (30001, "70%", Truth.NO), (30001, None, Truth.UNKNOWN), (30000, "30%", Truth.NO), (9999, "30%", Truth.YES),
])  # fmt: skip
def test_with_it_the_most_favourable_rate_bounds_all(horizon, rate, outcome):
    support = [
        aid("erdf", 40000, "c", max_intensity="50%"),
        aid("horizon", horizon, "c", kind="eu_managed", max_intensity=rate),
    ]
    assert cumulate({"c": 100000}, support, on=ON).outcome is outcome


# CU-7: two projects share a part of their costs.
def test_a_shared_slice_is_filled_pro_rata():
    costs = {"a": 40000, "b": 40000, "shared": 20000}
    one = aid("A", 30000, "a", "shared", max_intensity="50%")
    found = cumulate(costs, [one], on=ON)
    shared = next(check for check in found.checks if check.cost == "shared")
    assert (shared.limit, shared.counted, found.left_on("shared"), found.left_on("b")) == (10000, 10000, 0, 40000)
    assert (found.convention, found.confidence) == ("pro_rata", "inferred")
    both = cumulate(costs, [one, aid("B", 30000, "b", "shared", max_intensity="50%")], on=ON)
    assert rules(both, Truth.NO) == [("same_costs", "shared")]
    assert cumulate(costs, [one, aid("B", 20000, "b", max_intensity="50%")], on=ON).outcome is Truth.YES


def test_shares_are_compared_exactly():
    costs = {"x": "33.33", "y": "66.67"}
    third = aid("A", "33.33", "x", "y", max_intensity=Fraction(3333, 10000))
    assert cumulate(costs, [third], on=ON).outcome is Truth.YES
    assert (
        cumulate(costs, [aid("A", "33.34", "x", "y", max_intensity=Fraction(3333, 10000))], on=ON).outcome is Truth.NO
    )


def test_aid_without_identifiable_costs():
    start, risk = aid("start-up", 400000, max_amount=500000), aid("risk", 150000, max_amount=600000)
    machine = aid("grant", 50000, "m", max_intensity="50%")
    assert cumulate({"m": 100000}, [start, risk, machine], on=ON).outcome is Truth.YES
    more = aid("other", 50001, max_amount=10)
    assert rules(cumulate({"m": 100000}, [start, risk, more], on=ON), Truth.NO) == [("no_identifiable_costs", None)]
    assert cumulate({"m": 100000}, [start, aid("risk", 100001)], on=ON).outcome is Truth.UNKNOWN


def test_a_service_is_compensated_once():
    paid = [aid("a", 5, kind="deminimis", service="bus"), aid("b", 7, kind="general", service="bus")]
    found = cumulate({"c": 100}, paid, on=ON)
    assert [(check.rule, check.cost, check.counted) for check in found.broken] == [("same_service", "bus", 12)]
    apart = [paid[0], aid("b", 7, kind="general", service="ferry")]
    assert cumulate({"c": 100}, apart, on=ON).outcome is Truth.YES


def test_each_rule_cites_the_act_that_states_it():
    grant, other = (aid(name, 30000, "m", max_intensity="50%") for name in "ab")
    small = aid("d", 30000, "m", kind="deminimis")

    def cited(supports, on=ON):
        found = cumulate({"m": 100000}, supports, on=on)
        assert found.outcome is Truth.NO
        return [str(each) for each in found.citations], str(found.confidence)

    block = (["Reg. (UE) 651/2014, art. 8, par. 3, 5"], "inferred")
    assert cited([grant, other]) == block
    assert cited([grant, small]) == (["Reg. (UE) 2023/2831, art. 5, par. 3"], "secondary")
    assert cited([grant, other, small]) == block
    assert cited([grant, small], "2023-12-31") == (["Reg. (UE) 651/2014, art. 8, par. 5"], "inferred")
    elsewhere = cumulate({"m": 100000, "t": 50000}, [grant, other, aid("d", 5, "t", kind="deminimis")], on=ON)
    assert [str(each) for each in elsewhere.citations] == block[0]


def test_de_minimis_aid_alone_outlives_the_block_exemption():
    support = [aid(name, 60, "m", kind="deminimis") for name in "ab"]
    found = cumulate({"m": 100}, support, on="2028-03-01")
    assert (found.outcome, [check.rule for check in found.broken]) == (Truth.NO, ["total_public"])
    assert [str(each) for each in found.citations] == ["Prassi nazionale, divieto di doppio finanziamento"]


# What is not known


def test_what_is_not_known_stays_open():
    grant = aid("grant", 50000, "m", max_intensity="50%")
    costs = {"m": 100000, "t": 1000}
    unknown = Support("new", "deminimis", 900, costs=None)
    found = cumulate(costs, [grant, unknown], on=ON)
    assert (found.outcome, rules(found, Truth.UNKNOWN)) == (Truth.UNKNOWN, [("same_costs", "m")])
    assert found.left_on("t") == Range(D(100), D(1000))
    assert cumulate(costs, [grant, aid("new", None, "m", kind="deminimis")], on=ON).outcome is Truth.UNKNOWN
    assert cumulate(costs, [aid("grant", Range(1, 50000), "m", max_intensity="50%")], on=ON).outcome is Truth.YES
    assert cumulate(costs, [aid("grant", 5, "m")], on=ON).outcome is Truth.UNKNOWN
    assert cumulate(costs, [aid("grant", 5, "m")], on=ON).left_on("m") == Range(D(0), D(99995))
    astray = Support("grant", "state_aid", 600, costs=None, max_intensity="50%")
    assert rules(cumulate(costs, [astray], on=ON), Truth.UNKNOWN) == [("same_costs", "t")]


supports = st.lists(
    st.tuples(
        st.sampled_from(["state_aid", "deminimis", "eu_managed", "general"]), st.integers(0, 60000),
        st.sets(st.sampled_from(["a", "b", "c"]), min_size=1), st.integers(0, 100), st.sampled_from(["known", "amount", "costs", "rate"]),
    ), max_size=4,
)  # fmt: skip


@given(supports)
def test_what_turns_out_agrees_with_what_was_said_before(rows):
    costs = {"a": 30000, "b": 20000, "c": 100}
    known, unknown = [], []
    for at, (kind, amount, tied, rate, hidden) in enumerate(rows):
        one = {"costs": sorted(tied), "max_intensity": D(rate) / 100}
        known.append(Support(str(at), kind, amount, **one))
        less = one | ({"costs": None} if hidden == "costs" else {"max_intensity": None} if hidden == "rate" else {})
        unknown.append(Support(str(at), kind, None if hidden == "amount" else amount, **less))
    truly, before = cumulate(costs, known, on=ON), cumulate(costs, unknown, on=ON)
    assert before.outcome in (Truth.UNKNOWN, truly.outcome)
    for cost in costs:
        left, then = truly.left_on(cost), before.left_on(cost)
        assert (then.least <= left <= then.greatest) if isinstance(then, Range) else then == left


@given(st.integers(0, 60000), st.integers(0, 100))
def test_what_is_left_fits_exactly(granted, rate):
    grant = aid("grant", D(granted) / 100, "a", "b", max_intensity=D(rate) / 100)
    costs = {"a": "333.33", "b": "66.67"}
    found = cumulate(costs, [grant], on=ON)
    left = found.left_on("a")
    within = found.outcome
    filled = cumulate(costs, [grant, aid("new", left, "a", kind="deminimis")], on=ON)
    over = cumulate(costs, [grant, aid("new", left + D("0.01"), "a", kind="deminimis")], on=ON)
    assert filled.outcome is within
    assert ("same_costs", "a") in rules(over, Truth.NO) or ("total_public", "a") in rules(over, Truth.NO)


# What is refused


def test_every_fault_is_told():
    with pytest.raises(BadFacts) as caught:
        Support("", "stateaid", -1, costs=["a", "a", ""], max_intensity="-5%", max_amount=0.1)
    assert [fault.subject for fault in caught.value.faults] == [
        "amount",
        "costs",
        "costs",
        "id",
        "kind",
        "max_amount",
        "max_intensity",
    ]
    assert "did you mean state_aid" in str(caught.value)
    with pytest.raises(BadFacts) as caught:
        cumulate({"a": -1, "": 5}, [aid("x", 1, "b"), aid("x", 1), None, "y"], on="soon")
    assert [fault.subject for fault in caught.value.faults] == [
        "costs",
        "costs.a",
        "on",
        "supports",
        "supports",
        "x",
        "x",
    ]
    for costs in ({}, None, ["a"], 5):
        with pytest.raises(BadFacts, match="at least one cost"):
            cumulate(costs, [], on=ON)
    with pytest.raises(BadFacts, match="costs of nothing"):
        cumulate({"a": 0}, [aid("x", 1, "a")], on=ON)
    with pytest.raises(NotEncoded):  # the block exemption ends, and no new one was found
        cumulate({"a": 1}, [aid("x", 1, "a")], on="2027-07-01")


def test_an_answer_is_a_value():
    found = cumulate({"a": 100}, [aid("x", 1, "a", max_intensity="50%")], on=ON)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert isinstance(hash(found), int)
    assert found.left_on("z") is None
