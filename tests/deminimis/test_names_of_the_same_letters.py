# SPDX-License-Identifier: Apache-2.0
"""Two free names of the same letters are perhaps one firm: the amount is a range, and who may be it is told."""

from decimal import Decimal

import pytest

from misure.deminimis import Aid, Ledger, course, first_day_that_fits, headroom, survey
from misure.ground.ranges import Range

DAY = "2026-01-01"
CODE = "01234560157"


def ledger_of(*held):
    """A complete ledger of aid of a day: names with amounts."""
    aids = [
        Aid(f"{9_000_001 + number}", name, "gen", "2025-01-01", amount) for number, (name, amount) in enumerate(held)
    ]
    return Ledger(aids, complete_by="the register")


def frame_of(ledger):
    aids = list(ledger)
    return {
        "id": [aid.id for aid in aids], "beneficiary": [aid.beneficiary for aid in aids],
        "regulation": [aid.regulation for aid in aids], "granted_on": [aid.granted_on for aid in aids],
        "amount": [aid.amount for aid in aids],
    }  # fmt: skip


def kinds(remarks):
    return [
        (remark.kind, remark.subject) for remark in remarks if remark.kind in {"possible_member", "names_beside_codes"}
    ]


@pytest.mark.parametrize("other", ["ROSSI SRL", "rossi  s.r.l.", "R\u00f2ssi S.r.l.", "Rossi S.R.L", "Ro\u0301ssi-Srl"])
def test_another_writing_of_a_name_may_be_the_same_firm(other):
    ledger = ledger_of(("Rossi S.r.l.", "200000.00"), (other, "200000.00"))
    for asked in ("Rossi S.r.l.", other):
        found = headroom(ledger, asked, on=DAY)
        assert found.amount == Range(Decimal("0.00"), Decimal("100000.00"))
        assert found.overdrawn == Range(Decimal("0.00"), Decimal("100000.00"))
        assert len(found.possible) == 1
        assert kinds(found.doubts) == [("possible_member", found.possible[0])]
        assert headroom(ledger, found.possible[0], on=DAY).possible == found.members != found.possible


@pytest.mark.parametrize("other", ["Bianchi S.r.l.", "Rossi 2 S.r.l.", "Rosso S.r.l."])
def test_a_name_of_other_letters_is_another_firm(other):
    found = headroom(ledger_of(("Rossi S.r.l.", "200000.00"), (other, "200000.00")), "Rossi S.r.l.", on=DAY)
    assert (found.amount, found.possible, found.doubts) == (Decimal("100000.00"), (), ())


def test_asked_together_they_are_one_undertaking_and_nothing_is_open():
    ledger = ledger_of(("Rossi", "299999.99"), ("ROSSI", "0.02"))
    found = headroom(ledger, ["Rossi", "ROSSI"], on=DAY)
    assert (found.amount, found.overdrawn, found.possible) == (Decimal("0.00"), Decimal("0.01"), ())


def test_nothing_surely_fits_while_they_may_be_one():
    ledger = ledger_of(("Rossi", "200000.00"), ("ROSSI", "200000.00"))
    alone = ledger_of(("Rossi", "200000.00"))
    assert str(first_day_that_fits("100000.00", alone, "Rossi", from_=DAY).day) == DAY
    found = first_day_that_fits("100000.00", ledger, "Rossi", from_=DAY)
    assert (str(found.day), str(found.perhaps_from)) == ("2028-01-01", DAY)
    stretches = course(ledger, "Rossi", DAY, "2027-01-01")
    assert stretches.possible == ("ROSSI",)
    assert stretches.stretches[0].left == Range(Decimal("0.00"), Decimal("100000.00"))


def test_a_survey_says_of_each_what_headroom_says():
    ledger = ledger_of(("Rossi", "200000.00"), ("ROSSI", "200000.00"), ("DE136695976", "200000.00"), ("DE136695975", "200000.00"), ("Bianchi", "5.00"), (CODE, "7.00"))  # fmt: skip
    found = survey(ledger, on=DAY)
    assert found == survey(frame_of(ledger), on=DAY, complete_by="the register")
    assert len(found) == 6
    for each in found:
        alone = headroom(ledger, each.members, on=DAY)
        assert (each.left, each.overdrawn, each.possible) == (alone.amount, alone.overdrawn, alone.possible)
    assert {each.members[0]: each.possible for each in found if each.possible} == {
        "Rossi": ("ROSSI",), "ROSSI": ("Rossi",), "DE136695976": ("DE136695975",),
    }  # fmt: skip
    assert kinds(found.warnings) == [("names_beside_codes", "ledger")]


def test_that_nobody_stands_under_two_unlike_names_is_told_where_names_stand_beside_codes():
    ledger = ledger_of(("Bianchi", "5.00"), (CODE, "7.00"))
    told = [("names_beside_codes", "ledger")]
    assert kinds(headroom(ledger, CODE, on=DAY).warnings) == kinds(headroom(ledger, "Bianchi", on=DAY).warnings) == told
    # Whom the ledger does not hold may be anybody: that is a doubt, and nothing is taken for so.
    assert kinds(headroom(ledger, "02345670158", on=DAY).warnings) == []
    for alone in (
        ledger_of(("Bianchi", "5.00")),
        ledger_of((CODE, "7.00")),
        ledger_of((CODE, "7.00"), ("DE136695975", "1.00")),
    ):
        assert (
            kinds(survey(alone, on=DAY).warnings)
            == kinds(headroom(alone, next(iter(alone)).beneficiary, on=DAY).warnings)
            == []
        )


def test_ten_thousand_names_are_surveyed_without_looking_at_each_for_each():
    looked = survey(ledger_of(*((f"a firm that is called {n}", "5.00") for n in range(10_000))), on=DAY)
    assert len(looked) == 10_000
    assert not any(each.possible for each in looked)
