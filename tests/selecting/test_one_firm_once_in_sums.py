# SPDX-License-Identifier: Apache-2.0
"""Applications of which only one may stay are given no more together than one of them is; strangers are not told to be one firm."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

import misure
from misure import Application, Range
from tests.selecting.chosen_measure import ON, application, code
from tests.selecting.test_survivors import FEBRUARY, SHAPE, UNTOLD, standings, two

FIRM = "xxyyyz"


@pytest.fixture
def chosen(measure):
    def written(budget="90000.00 EUR", last="in_part", more=""):
        shape = SHAPE.replace("      kind: ranking\n", "").replace("SURVIVOR", UNTOLD).replace("AMONG", more)
        return measure(shape=shape.replace("last_award: in_part", f"last_award: {last}"), budget=budget)

    return written


def six(**facts):
    """Six applications of three firms, of which x files twice and y thrice; each asks another amount."""
    return [
        application(f"a{n}", 90 - n, costs=str(4000 + 2000 * n), firm=code(name), at=f"09:00:{n:02}", **facts)
        for n, name in enumerate(FIRM)
    ]


def ends(amount):
    return (amount.least, amount.greatest) if isinstance(amount, Range) else (amount, amount)


def test_what_is_given_is_no_more_than_the_largest_of_each_firm(chosen) -> None:
    found = chosen().select(six(), on=ON)
    # x asks 2,000 or 3,000; y 4,000, 5,000 or 6,000; z 7,000.
    assert ends(found.given)[1] == Decimal("16000.00")
    (envelope,) = found.envelopes
    assert ends(envelope.given)[1] == Decimal("16000.00")
    assert ends(envelope.left)[0] == Decimal("74000.00")


@pytest.mark.parametrize("last", ["in_part", "in_full", "stops", "skips"])
@pytest.mark.parametrize("budget", ["7000.00", "9000.00", "12000.00", "90000.00"])
def test_whichever_stay_what_they_are_given_lies_within(chosen, budget, last) -> None:
    measure = chosen(f"{budget} EUR", last)
    found = measure.select(six(), on=ON)
    for one, other in itertools.product(("a0", "a1"), ("a2", "a3", "a4")):
        settled = measure.select(six(), on=ON, survivors={"one_each": [one, other]})
        for name in ("given", "left"):
            for whole, said in zip(found.envelopes, settled.envelopes, strict=True):
                least, most = ends(getattr(whole, name))
                assert least <= ends(getattr(said, name))[0] <= ends(getattr(said, name))[1] <= most
        assert ends(found.given)[0] <= settled.given <= ends(found.given)[1]
        assert last == "in_full" or settled.given <= Decimal(budget)
    for envelope in found.envelopes:
        assert ends(envelope.given)[1] <= Decimal(budget)
        assert ends(envelope.left)[0] >= 0


def test_where_that_only_one_may_is_a_reading_both_may_be_given_theirs(measure) -> None:
    shape = (
        SHAPE.replace("      kind: ranking\n", "")
        .replace("SURVIVOR", UNTOLD)
        .replace("AMONG", 'inferred: "una lettura", ')
    )
    found = measure(shape=shape, budget="90000.00 EUR").select(six(), on=ON)
    assert ends(found.given)[1] == Decimal("27000.00")


# Of whom nobody told who they are


def test_strangers_are_not_told_to_be_one_firm(chosen) -> None:
    told = [application("a", 90, firm=None), application("b", 80, firm=None, at="09:00:01")]
    found = chosen().select(told, on=ON)
    assert standings(found) == {"a": "depends", "b": "depends"}
    assert [[one.name for one in reason.missing] for reason in found["a"].reasons] == [["firm"]]
    assert ends(found.given)[1] == Decimal("10000.00")
    page = " ".join(str(misure.explain(found)).split())
    assert "forse è di chi presenta b, e allora ne resta una: non si sa (impresa)" in page
    assert "non si sa quale domanda resta" not in page
    english = " ".join(str(misure.explain(found, "en")).split())
    assert "perhaps it is of who files b, and then one of them stays: it is not known (firm)" in english


def test_one_who_tells_and_one_who_does_not_are_not_either(chosen) -> None:
    found = chosen().select([application("a", 90), application("b", 80, firm=None, at="09:00:01")], on=ON)
    assert [[one.name for one in reason.missing] for reason in found["a"].reasons] == [["firm"]]
    assert ends(found.given)[1] == Decimal("10000.00")


def test_those_that_tell_one_firm_are(chosen) -> None:
    found = chosen().select(two(), on=ON)
    assert [reason.missing for reason in found["a"].reasons] == [()]
    assert "non si sa quale domanda resta, questa o b" in " ".join(str(misure.explain(found)).split())


# The office's survivor that was perhaps withdrawn


def test_a_survivor_that_was_perhaps_withdrawn_displaces_the_others_only_perhaps(chosen) -> None:
    """Withdrawn after the approval, where nothing says whether the list moves up: the one beside it may still be funded."""
    measure = chosen()
    kept = measure.select(two(), on=ON, approved_on=FEBRUARY, survivors={"one_each": ["a"]})
    assert standings(kept) == {"a": "funded", "b": "displaced", "c": "funded"}
    found = kept.withdraw("a", on=ON)
    assert standings(found) == {"a": "withdrawn", "b": "depends", "c": "funded"}
    assert ends(found["b"].amount) == (Decimal("0.00"), Decimal("5000.00"))
    # Before the approval it is gone; the other was filed while it stood.
    gone = measure.select(two(), on=ON, survivors={"one_each": ["a"]}).withdraw("a", on=ON)
    assert standings(gone)["b"] == "depends"
    both = {"one_each": ["b"]}
    assert standings(measure.select(two(), on=ON, survivors=both).withdraw("a", on=ON))["b"] == "funded"


def test_verso_nuovi_mercati_gives_a_firm_one_aid() -> None:
    measure = misure.catalogue()["lombardia/verso-nuovi-mercati"].vary(firms_budget="1000000.00 EUR")
    facts = {
        "codice_fiscale": "01234560157", "planned_eligible_spend": "200000.00", "best_production_value": "3000000.00",
        "deminimis_aids": [], "control_relations": [], "borrower_rating": "bbb", "loan_collateral": "normal",
        "grace_months": 0, "requested_loan_months": 60, "expenses": [], "granted_on": "not_yet", "first_spend_on": "not_yet",
    }  # fmt: skip
    told = [Application(name, facts, filed_at=f"2025-06-20T1{name}:00:00", admitted=True) for name in "01"]
    found = measure.select(told, on=ON.replace(year=2025, month=10))
    assert ends(found.given)[1] == Decimal("170000.00")
    strangers = [
        Application(one.id, {key: value for key, value in facts.items() if key != "codice_fiscale"}, one.filed_at, True)
        for one in told
    ]
    assert ends(measure.select(strangers, on=ON.replace(year=2025, month=10)).given)[1] == Decimal("340000.00")
