# SPDX-License-Identifier: Apache-2.0
"""Which answers wait for what is not known: each kind where it waits, and where it does not."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.deciding.missing import Decided, Decides, Missing, together
from misure.ground.truth import NotKnowing
from tests.deciding.whole_measure import ON, RULES, VOCABULARY, facts
from tests.selecting.chosen_measure import ON as RANKED_ON

KINDS = ["outcome", "amount", "term", "tranche", "place", "finding"]


@pytest.fixture
def whole(write):
    return write(RULES, vocabulary=VOCABULARY)


def decides(decision, name):
    """What waits for one thing, as pairs of kind and id."""
    return [(str(one.kind), one.id) for missing in decision.missing if missing.name == name for one in missing.decides]


WAITING = [
    # what is not told, what waits for it where all else is told, and the outcome
    ("sound", [("outcome", "is_sound")], "undecided"),
    ("hands", [("outcome", "few_hands")], "undecided"),
    ("members", [("outcome", "all_signed")], "undecided"),
    ("quality", [("outcome", "enough_points")], "undecided"),
    ("ended_on", [("outcome", "in_time"), ("tranche", "second")], "undecided"),
    # The report is due from the young alone: of its day nothing is asked here.
    ("begun_on", [("outcome", "in_time"), ("term", "check")], "undecided"),
    ("works", [("amount", "grant"), ("amount", "loan"), ("amount", "own_share")], "eligible"),
    # The grant stands at what is left of the ceiling, whatever the advice costs.
    ("advice", [("amount", "loan"), ("amount", "own_share")], "eligible"),
    ("ceiling_left", [("amount", "grant"), ("amount", "own_share")], "eligible"),
    # Fifty hands are within both limits, and the report was in time: only the loan is larger for the young.
    ("young", [("amount", "loan"), ("amount", "own_share")], "eligible"),
    # Where it is not met support may be taken back.
    ("papers", [("amount", "keeps_papers"), ("tranche", "second")], "eligible"),
    ("granted_on", [("tranche", "first")], "eligible"),
    # The window is only reported: no effect.
    ("filed_on", [("finding", "window")], "eligible"),
    # A firm that is sound needs no exemption.
    ("spared", [], "eligible"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "waiting", "outcome"), WAITING, ids=[name for name, _, _ in WAITING])
def test_what_waits_for_one_thing_that_is_not_told(whole, name, waiting, outcome) -> None:
    decision = whole.decide(facts(name), on=ON)
    assert (decides(decision, name), decision.outcome) == (waiting, outcome)
    for kind in KINDS:
        asked = [missing.name for missing in decision.missing_for(kind)]
        assert (name in asked) is (kind in [found for found, _ in waiting]), kind


def test_where_all_is_told_only_the_law_is_waited_for(whole) -> None:
    decision = whole.decide(facts(), on=ON)
    assert decision.missing == (
        Missing("opens", NotKnowing.UNPUBLISHED, (), (Decides(Decided.TERM, "window"),)),
    )  # fmt: skip
    assert {kind: len(decision.missing_for(kind)) for kind in KINDS} == dict.fromkeys(KINDS, 0) | {"term": 1}


def test_a_place_in_a_ranking_waits_for_what_puts_it_in_order(measure) -> None:
    told = {"active": True, "costs": "10000", "points_given": 80, "firm": "01234560157", "place": "mi"}
    ranked = measure()
    open_ = ranked.decide(told | {"points_given": None}, on=RANKED_ON)
    assert decides(open_, "points_given") == [("place", "points_given")]
    assert open_.outcome == "eligible"
    assert [missing.name for missing in open_.missing_for("place")] == ["points_given"]
    assert ranked.decide(told, on=RANKED_ON).missing_for("place") == ()


def test_each_kind_by_its_word_or_itself(whole) -> None:
    decision = whole.decide({}, on=ON)
    for kind in Decided:
        assert decision.missing_for(kind) == decision.missing_for(str(kind))
    assert [str(kind) for kind in Decided] == KINDS
    assert {missing.name for kind in KINDS for missing in decision.missing_for(kind)} == {
        missing.name for missing in decision.missing
    }


@pytest.mark.parametrize("word", ["", "outcomes", "Outcome", "amounts", "score", "missing"])
def test_a_kind_that_there_is_not(whole, word) -> None:
    with pytest.raises(ValueError, match="outcome, amount, term, tranche, place, finding") as caught:
        whole.decide({}, on=ON).missing_for(word)
    assert repr(word) in str(caught.value)


# After a refusal


def test_who_is_refused_is_asked_for_nothing_but_terms(whole) -> None:
    """Whatever else is open: nothing that is told can change a refusal, and no amount is given."""
    decision = whole.decide({"sound": False, "spared": False}, on=ON)
    assert decision.outcome == "refused"
    assert {one.kind for missing in decision.missing for one in missing.decides} == {Decided.TERM}
    assert [missing.name for missing in decision.missing] == ["begun_on", "opens"]
    assert decides(decision, "begun_on") == [("term", "report"), ("term", "check")]
    # What conditions and tranches wait for is still said by each of them.
    assert [missing.name for missing in decision["few_hands"].missing] == ["hands", "young"]


def test_the_same_without_the_refusal_is_asked_for_all(whole) -> None:
    decision = whole.decide({"sound": True, "spared": False}, on=ON)
    assert decision.outcome == "undecided"
    assert {one.kind for missing in decision.missing for one in missing.decides} == set(Decided) - {Decided.PLACE}


# The day of filing stands first


def test_the_day_of_filing_is_asked_first_whatever_it_decides(whole) -> None:
    """Here it decides only a finding, and others decide the outcome."""
    decision = whole.decide(facts("filed_on", "sound", "hands"), on=ON)
    assert [missing.name for missing in decision.missing] == ["filed_on", "sound", "hands", "opens"]
    waiting = whole.decide(facts("sound", "hands", filed_on="not_yet", granted_on="not_yet"), on=ON)
    assert [missing.name for missing in waiting.missing] == ["sound", "hands", "opens"]


# One item for one thing


def test_what_is_named_twice_is_put_together() -> None:
    a, b = Decides(Decided.OUTCOME, "a"), Decides(Decided.TERM, "b")
    found = together([
        Missing("x", NotKnowing.MISSING, ("1", "2"), (a,)), Missing("y", NotKnowing.MISSING, (), (a,)),
        Missing("x", NotKnowing.MISSING, ("2", "3"), (b, a)), Missing("x", NotKnowing.PENDING, (), (b,)),
    ])  # fmt: skip
    assert found == (
        Missing("x", NotKnowing.MISSING, ("1", "2", "3"), (a, b)),
        Missing("y", NotKnowing.MISSING, (), (a,)),
        Missing("x", NotKnowing.PENDING, (), (b,)),
    )
    assert together([]) == ()


def test_of_a_tranche_that_is_not_paid_yet_nothing_is_asked(whole) -> None:
    """Its evidence will be asked for once it is due."""
    told = facts("papers", ended_on="not_yet")
    waiting = whole.decide(told, on=ON)
    (second,) = (tranche for tranche in waiting.tranches if tranche.id == "second")
    assert (str(second.due), str(second.payable)) == ("no", "no")
    assert ("tranche", "second") not in decides(waiting, "papers")
    assert ("tranche", "second") in decides(whole.decide(facts("papers"), on=ON), "papers")


def test_before_the_grant_nobody_is_asked_what_is_looked_at_when_it_is_paid() -> None:
    quota = misure.catalogue()["lombardia/quota-lombardia"]
    on = dt.date(2025, 3, 10)
    decision = quota.decide({"filed_on": "2025-03-10", "granted_on": "not_yet"}, on=on)
    assert {str(tranche.payable) for tranche in decision.tranches} == {"no"}
    asked = {one.name for one in decision.missing if one.kind is not NotKnowing.UNPUBLISHED}
    assert asked.isdisjoint({"listing_accounts_verified", "antimafia_clear_at_payment", "recovery_order_at_payment"})
