# SPDX-License-Identifier: Apache-2.0
"""A selection as a value, its awards, its contract."""

import copy
import datetime as dt
import json
import pickle
from decimal import Decimal

import pytest

import misure
from misure import Application
from tests.selecting.chosen_measure import ON, WAITING, amounts, application, three

# The award


def test_the_award_with_its_steps(measure):
    award = measure("in_part").select(three(), on=ON)["c"].award
    assert (award.amount, award.asked, award.cut, award.equivalent) == (
        Decimal("2000.00"), Decimal("5000.00"), True, Decimal("2000.00"),
    )  # fmt: skip
    assert [(step.step, str(step.value), step.binds) for step in award.steps] == [
        ("asked", "5000.00", False), ("envelope", "2000.00", True), ("last_award", "2000.00", False),
    ]  # fmt: skip
    assert [step.step for step in award.lines[0].steps] == ["base", "intensity", "half_up", "cap"]


def test_who_receives_nothing_has_no_award(measure):
    selection = measure("stops").select(three(), on=ON)
    assert selection["c"].award is None


# A value


def test_a_selection_is_a_value(measure):
    one = measure("stops")
    selection = one.select(three(), on=ON)
    assert selection == one.select(list(reversed(three())), on=ON)
    assert hash(selection) == hash(one.select(list(reversed(three())), on=ON))
    assert selection != one.select(three()[:2], on=ON)
    assert pickle.loads(pickle.dumps(selection)) == selection  # noqa: S301 - our own bytes
    with pytest.raises(AttributeError, match="a selection never changes: 'on' cannot be set"):
        selection.on = ON
    with pytest.raises(AttributeError, match="a placement never changes: 'id' cannot be set"):
        selection["a"].id = "b"


def test_a_decision_may_stand_for_the_facts(measure):
    one = measure("stops")
    told = [
        Application(a.id, one.decide(a.facts | {"filed_on": "2024-02-01"}, on=ON), filed_at=a.filed_at) for a in three()
    ]
    assert amounts(one.select(told, on=ON)) == amounts(one.select(three(), on=ON))


def test_the_contract(measure):
    told = json.loads(measure("stops").select(three(), on=ON).to_json())
    assert told["format"] == 2
    assert told["tensions"] == []
    assert told["placements"][2]["standing"] == "not_funded"
    assert told["envelopes"][0]["left"] == "2000.00"
    assert told["receipt"]["applications"][0]["facts"]["costs"] == "10000.00"


def test_a_selection_is_done_again_from_its_receipt(measure):
    one = measure("stops", more=WAITING)
    selection = one.vary(budget="11000 EUR").select(three(), on=ON, approved_on=dt.date(2024, 5, 1))
    selection = selection.withdraw("b", on=dt.date(2024, 5, 20))
    receipt = json.loads(selection.to_json())["receipt"]
    again = one.reselect(receipt)
    assert again == selection
    assert again.to_json() == selection.to_json()


def test_what_is_no_receipt_of_a_selection(measure):
    one = measure("stops")
    receipt = one.select(three(), on=ON).receipt
    with pytest.raises(misure.BadRules, match="rules: the receipt is of 'x'"):
        one.reselect(receipt | {"rules": "x"})
    with pytest.raises(misure.BadFacts) as caught:
        one.reselect(receipt | {"applications": 3, "on": "ieri"})
    assert "applications: expected a list; got a whole number" in str(caught.value)
    assert "<receipt>: on: " in str(caught.value)
    with pytest.raises(misure.BadFacts, match=r"withdrawals: a withdrawal says the id"):
        one.reselect(receipt | {"withdrawals": [3]})
    with pytest.raises(misure.BadFacts, match="approved_on: it is not there"):
        one.reselect({name: value for name, value in receipt.items() if name != "approved_on"})


def test_a_selection_is_gone_through_and_asked_as_a_collection(measure):
    selection = measure("stops").select(three(), on=ON)
    assert [placement.id for placement in selection] == ["a", "b", "c"]
    assert ("a" in selection, "d" in selection, 3 in selection) == (True, False, False)
    assert selection["a"] in selection


def test_a_placement_is_a_value(measure):
    placement = measure("stops").select(three(), on=ON)["c"]
    assert pickle.loads(pickle.dumps(placement)).to_dict() == placement.to_dict()  # noqa: S301 (our own)
    assert copy.copy(placement).to_dict() == placement.to_dict()


def test_the_order_in_which_withdrawals_are_told_does_not_matter(measure):
    selection = measure("stops", more=WAITING).select(three(), on=ON)
    assert selection.withdraw("a", on=ON).withdraw("b", on=ON) == selection.withdraw("b", on=ON).withdraw("a", on=ON)


def test_a_waiting_list_of_no_window(measure):
    with pytest.raises(KeyError, match="no window is called 'prima'"):
        measure("stops", more=WAITING).select(three(), on=ON).waiting_list_until("prima")


def test_an_application_of_whose_day_no_law_is_encoded_depends_and_the_others_are_decided(measure):
    one = measure("stops")
    old = Application("old", three()[0].facts, filed_at="2019-12-31T10:00:00")
    selection = one.select([*three(), old], on=ON)
    assert str(selection["old"].standing) == "depends"
    assert str(selection["old"].reasons[0].why) == "not_encoded"
    assert selection["old"].award.lines == ()
    page = " ".join(str(misure.explain(selection)).split())
    assert "le regole del giorno in cui è stata presentata non sono scritte qui" in page
    assert one.reselect(json.loads(json.dumps(selection.receipt))) == selection
    with pytest.raises(misure.BadFacts) as caught:
        one.select([*three(), old, application("wild", 101)], on=ON)
    [fault] = map(str, caught.value.faults)
    assert fault == "<applications>: wild.points_given: 101 is above the greatest that can be, 100.00 points"
