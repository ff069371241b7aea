# SPDX-License-Identifier: Apache-2.0
"""What is not known of a loan or of a ledger is carried soundly: completing it stays within what was said before."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misure import BadFacts, NotKnowing, Range
from misure.deciding.machinery import compiled
from tests.functions.conftest import ON
from tests.functions.test_against_the_library import AIDS, RELATIONS, known, records

LOAN = {
    "principal": Decimal("250000.00"), "duration": 48, "borrower_rating": "bb", "loan_collateral": "normal",
    "loan_repayment": "equal_principal_quarterly",
}  # fmt: skip


def within(inner, outer):
    """Whether an answer lies within another; an end that is None is open."""
    (least, greatest), (lowest, highest) = known(inner), known(outer)
    assert least is not None
    assert lowest is not None
    return lowest <= least and (highest is None or (greatest is not None and least <= greatest <= highest))


@settings(max_examples=40)
@given(st.sets(st.sampled_from(sorted(LOAN))), st.sets(st.sampled_from(sorted(LOAN))))
def test_knowing_more_of_a_loan_only_narrows_its_equivalent(amount, untold, learnt):
    before = amount("by_reference", **{name: value for name, value in LOAN.items() if name not in untold})
    after = amount("by_reference", **{name: value for name, value in LOAN.items() if name not in untold - learnt})
    assert within(after, before)


HIDDEN = st.sets(st.tuples(st.integers(0, 7), st.sampled_from(["amount", "granted_on", "regulation", "beneficiary"])))


@settings(max_examples=80)
@given(AIDS, HIDDEN, HIDDEN)
def test_knowing_more_of_an_aid_only_narrows_the_headroom(amount, aids, hidden, learnt):
    def told(untold):
        return [
            {name: value for name, value in record.items() if (number, name) not in untold}
            for number, record in enumerate(records(aids))
        ]

    before = amount("left", deminimis_aids=told(hidden))
    after = amount("left", deminimis_aids=told(hidden - learnt))
    assert within(after, before)


@settings(max_examples=60)
@given(AIDS, RELATIONS, st.integers(0, 7))
def test_aid_that_is_added_never_leaves_more(amount, aids, relations, number):
    told = [
        {"id": str(at), "controller": one, "controlled": other} | ({} if control is None else {"control": control})
        for at, (one, other, control) in enumerate(relations)
    ]
    rest = {"codice_fiscale": "01234560157", "control_relations": told}
    fewer = [record for at, record in enumerate(records(aids)) if at != number]
    least, greatest = known(amount("left_group", deminimis_aids=records(aids), **rest))
    more = known(amount("left_group", deminimis_aids=fewer, **rest))
    assert Decimal(0) <= least <= more[0] <= Decimal("300000.00")
    assert greatest <= more[1] <= Decimal("300000.00")


def test_a_table_of_aid_that_nobody_told_leaves_anything(amount):
    assert amount("left") == Range(Decimal("0.00"), Decimal("300000.00"))


def test_a_day_on_which_no_rate_was_found_is_told_as_the_law_that_is_missing(measure):
    decision = measure.decide(LOAN, on=dt.date(2026, 3, 1))
    missing = compiled(decision).missing_behind("support.by_reference")
    assert [(one.name, one.kind) for one in missing] == [("stato/discount-rates", NotKnowing.UNPUBLISHED)]


@pytest.mark.parametrize("untold", ["borrower_rating", "loan_collateral", "loan_repayment", "duration", "principal"])
def test_a_fact_that_is_missing_is_asked_and_the_law_is_not_blamed(measure, untold):
    decision = measure.decide({name: value for name, value in LOAN.items() if name != untold}, on=ON)
    assert {one.name for one in compiled(decision).missing_behind("support.by_reference")} == {untold}


def test_a_group_asks_for_the_relation_that_is_not_told(measure):
    aids = [{"cor": "1", "beneficiary": "02345670158", "regulation": "gen", "granted_on": ON, "amount": "100"}]
    relation = {"id": "r1", "controller": "02345670158", "controlled": "01234560157"}
    facts = {"codice_fiscale": "01234560157", "deminimis_aids": aids, "control_relations": [relation]}
    missing = compiled(measure.decide(facts, on=ON)).missing_behind("support.left_group")
    assert [(one.name, one.records) for one in missing] == [("control_relations.control", ("r1",))]


@pytest.mark.parametrize("wrong", ["01234560158", "0123456015", "ALFA"])
def test_a_mistyped_beneficiary_is_refused_and_not_passed_over(amount, wrong):
    aid = {"cor": "1", "beneficiary": wrong, "regulation": "gen", "granted_on": "2025-01-15", "amount": "1.00"}
    with pytest.raises(BadFacts) as caught:
        amount("left", deminimis_aids=[aid])
    assert [fault.subject for fault in caught.value.faults] == ["deminimis_aids[0].beneficiary"]
