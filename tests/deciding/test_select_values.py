# SPDX-License-Identifier: Apache-2.0
"""A selection as a value, its awards, its contract."""

import json
import pickle
from decimal import Decimal

import pytest

from misure import Application
from tests.deciding.chosen_measure import ON, amounts, three

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
    with pytest.raises(AttributeError):
        selection.on = ON
    with pytest.raises(AttributeError):
        selection["a"].id = "b"


def test_a_decision_may_stand_for_the_facts(measure):
    one = measure("stops")
    told = [
        Application(a.id, one.decide(a.facts | {"filed_on": "2024-02-01"}, on=ON), filed_at=a.filed_at) for a in three()
    ]
    assert amounts(one.select(told, on=ON)) == amounts(one.select(three(), on=ON))


def test_the_contract(measure):
    told = json.loads(measure("stops").select(three(), on=ON).to_json())
    assert told["format"] == 1
    assert told["placements"][2]["standing"] == "not_funded"
    assert told["envelopes"][0]["left"] == "2000.00"
    assert told["receipt"]["applications"][0]["facts"]["costs"] == "10000.00"


def test_a_selection_can_be_done_again_from_its_receipt(measure):
    one = measure("stops")
    selection = one.select(three(), on=ON)
    again = one.select(json.loads(selection.to_json())["receipt"]["applications"], on=ON)
    assert amounts(again) == amounts(selection)
