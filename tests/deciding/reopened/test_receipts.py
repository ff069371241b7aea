# SPDX-License-Identifier: Apache-2.0
"""What a receipt holds, and every way in which one of a decision or of a selection can be none."""

import datetime as dt
import json

import pytest

import misure
from misure.ground.holidays import national_calendar
from tests.deciding.whole_measure import ON as DAY
from tests.deciding.whole_measure import RULES, VOCABULARY, facts
from tests.selecting.chosen_measure import ON, WAITING, three
from tests.selecting.test_select_envelopes import TWO_WINDOWS

FILIERE = misure.catalogue()["lombardia/filiere"]
APPROVED = dt.date(2024, 5, 1)


def test_the_receipt_of_a_decision(write) -> None:
    later = "editions: {2022-01-31: {act: uno, read: whole}, 2022-06-01: {act: uno, read: whole, others: unchanged}}\n"
    measure = write(RULES, editions=later, vocabulary=VOCABULARY)
    receipt = measure.decide({"works": "4000", "filed_on": "2022-05-31"}, on=DAY).receipt
    parameters = receipt.pop("parameters")
    assert receipt == {
        "library": misure.__version__, "format": 1, "measure": "prova/breve", "rules": measure.rulebook.rules_hash,
        "calendar": national_calendar().version, "edition": {"from": "2022-01-31", "act": "uno"},
        "editions": [{"from": "2022-01-31", "act": "uno"}], "on": "2022-07-15",
        "varied": {}, "facts": {"works": "4000.00", "filed_on": "2022-05-31"}, "defaults": {},
    }  # fmt: skip
    assert set(parameters) == set(measure.parameters)
    assert parameters["half"] == {
        "value": "0.5", "since": "2022-01-31", "cite": {"act": "uno", "at": ""}, "confidence": "official",
    }  # fmt: skip
    assert parameters["opens"] == {
        "value": {"from": "2022-03-01", "to": "2022-03-31"}, "since": "2022-01-31", "cite": {"act": "uno", "at": ""},
        "confidence": "official", "unpublished": "lasciato al decreto",
    }  # fmt: skip
    assert (parameters["most_hands"]["value"], parameters["closes"]["value"], parameters["counting"]["value"]) == (
        50, "2022-12-31", "it_civil",
    )  # fmt: skip
    today = measure.decide({"filed_on": "not_yet"}, on=DAY).receipt
    assert (today["edition"], today["defaults"]) == ({"from": "2022-06-01", "act": "uno"}, {"filed_on": "2022-07-15"})
    assert today["facts"] == {"filed_on": "not_yet"}
    untold = measure.decide({}, on=DAY).receipt
    assert (untold["facts"], untold["defaults"]) == ({}, {})
    varied = measure.vary(half="40%").decide(facts(), on=DAY).receipt
    assert (varied["varied"], varied["parameters"]["half"]["value"]) == ({"half": "40%"}, "0.4")
    assert varied["parameters"]["half"]["confidence"] == "assumed"


def bad(redo, receipt):
    with pytest.raises((misure.BadFacts, misure.BadRules)) as caught:
        redo(receipt)
    return type(caught.value), [str(fault) for fault in caught.value.faults]


BROKEN = {
    "another measure": ({"measure": "lombardia/altra"}, misure.BadRules,
        ["<receipt>: measure: the receipt is of 'lombardia/altra', and here is 'lombardia/filiere'"]),
    "two things of another law": ({"measure": "x", "calendar": "y"}, misure.BadRules, [
        f"<receipt>: calendar: the receipt is of 'y', and here is {national_calendar().version!r}",
        "<receipt>: measure: the receipt is of 'x', and here is 'lombardia/filiere'"]),
    "no day": ({"on": None}, misure.BadFacts, ["<receipt>: on: expected a date, YYYY-MM-DD; got nothing"]),
    "a day that is no text": ({"on": 20220601}, misure.BadFacts, ["<receipt>: on: expected a date, YYYY-MM-DD; got a whole number"]),
    "another format": ({"format": 9}, misure.BadRules, ["<receipt>: format: the receipt is of 9, and here is 1"]),
    "a format that is no number": ({"format": True}, misure.BadRules, ["<receipt>: format: the receipt is of true, and here is 1"]),
    "unknown keys": ({"fact": {}, "zzzz": 1}, misure.BadFacts, [
        "<receipt>: fact: a receipt says no such thing; did you mean 'facts'?", "<receipt>: zzzz: a receipt says no such thing"]),
    "facts that are none": ({"facts": [1]}, misure.BadFacts, ["<receipt>: facts: expected a mapping; got a list"]),
    "what was varied is no mapping": ({"varied": None}, misure.BadFacts, ["<receipt>: varied: expected a mapping; got nothing"]),
    "all of it": ({"varied": 1, "facts": 2, "on": "x"}, misure.BadFacts, [
        "<receipt>: facts: expected a mapping; got a whole number", "<receipt>: on: 'x' is not a date: write YYYY-MM-DD",
        "<receipt>: varied: expected a mapping; got a whole number"]),
}  # fmt: skip


@pytest.mark.parametrize(("change", "kind", "faults"), BROKEN.values(), ids=list(BROKEN))
def test_what_is_no_receipt_of_a_decision(change, kind, faults) -> None:
    assert bad(FILIERE.replay, FILIERE.decide({}, on=dt.date(2022, 6, 1)).receipt | change) == (kind, faults)


def test_a_receipt_without_what_was_varied_varied_nothing() -> None:
    decision = FILIERE.decide({}, on=dt.date(2022, 6, 1))
    receipt = {name: value for name, value in decision.receipt.items() if name != "varied"}
    assert FILIERE.replay(receipt) == decision
    assert FILIERE.vary(threshold="50 points").replay(receipt) == decision


@pytest.mark.parametrize(("wrong", "kind"), [(None, "nothing"), ("{}", "a text"), ([], "a list")])
def test_a_receipt_is_a_mapping(wrong, kind) -> None:
    for redo in (FILIERE.replay, FILIERE.reselect):
        assert bad(redo, wrong) == (misure.BadFacts, [f"<receipt>: a receipt is a mapping; got {kind}"])


def test_a_selection_with_windows_and_withdrawals_comes_out_equal_again(measure) -> None:
    one = measure(shape=TWO_WINDOWS, more=WAITING)
    first = one.select(three(), on=ON, approved_on={"prima": APPROVED, "seconda": ON})
    after = first.withdraw("a", on=dt.date(2024, 5, 20)).withdraw("c", on=dt.date(2024, 5, 21))
    for selection in (first, after, one.select(three(), on=ON), one.select([], on=ON)):
        receipt = json.loads(json.dumps(selection.receipt))
        again = one.reselect(receipt)
        assert again == selection
        assert again.to_dict() == selection.to_dict()
        assert one.vary(budget="20000 EUR").reselect(receipt) == selection


CHANGES = {
    "applications that are no list": ({"applications": {}}, ["applications: expected a list; got a mapping"]),
    "withdrawals that are no list": ({"withdrawals": None}, ["withdrawals: expected a list; got nothing"]),
    "an approval that is no day": ({"approved_on": "ieri"}, ["approved_on: 'ieri' is not a date: write YYYY-MM-DD"]),
    "an approval of a window that is no day": ({"approved_on": {"prima": 3}},
        ["approved_on.prima: expected a date, YYYY-MM-DD; got a whole number"]),
    "a withdrawal without an id": ({"withdrawals": [{"on": "2024-05-20"}]},
        ["withdrawals: a withdrawal says the id of an application, and on which day"]),
    "a withdrawal whose id is no text": ({"withdrawals": [{"id": 3, "on": "2024-05-20"}]},
        ["withdrawals: a withdrawal says the id of an application, and on which day"]),
    "a withdrawal without a day": ({"withdrawals": [{"id": "a"}]}, ["withdrawals.on: expected a date, YYYY-MM-DD; got nothing"]),
    "all of it": ({"withdrawals": ["a", {"id": "b", "on": "x"}], "approved_on": "y"}, [
        "approved_on: 'y' is not a date: write YYYY-MM-DD",
        "withdrawals: a withdrawal says the id of an application, and on which day",
        "withdrawals.on: 'x' is not a date: write YYYY-MM-DD"]),
}  # fmt: skip


@pytest.mark.parametrize(("change", "faults"), CHANGES.values(), ids=list(CHANGES))
def test_what_is_no_receipt_of_a_selection(measure, change, faults) -> None:
    one = measure(shape=TWO_WINDOWS)
    kind, found = bad(one.reselect, one.select(three(), on=ON).receipt | change)
    assert (kind, found) == (misure.BadFacts, [f"<receipt>: {fault}" for fault in faults])


def test_a_selection_that_does_not_say_whether_it_was_approved_is_no_receipt(measure) -> None:
    one = measure("stops")
    receipt = {name: value for name, value in one.select(three(), on=ON).receipt.items() if name != "approved_on"}
    assert bad(one.reselect, receipt) == (
        misure.BadFacts, ["<receipt>: approved_on: it is not there: a selection that was not approved says so"],
    )  # fmt: skip


def test_a_withdrawal_of_nobody_and_faults_of_applications_are_told_as_ever(measure) -> None:
    one = measure("stops")
    receipt = one.select(three(), on=ON).receipt
    with pytest.raises(misure.NoSuchApplication, match="no application is called 'x'"):
        one.reselect(receipt | {"withdrawals": [{"id": "x", "on": "2024-05-20"}]})
    with pytest.raises(misure.BadFacts, match="b: it was withdrawn before"):
        one.reselect(receipt | {"withdrawals": [{"id": "b", "on": "2024-05-20"}] * 2})
    with pytest.raises(misure.BadFacts, match="two applications have this id"):
        one.reselect(receipt | {"applications": receipt["applications"] * 2})
