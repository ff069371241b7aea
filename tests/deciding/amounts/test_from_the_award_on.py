# SPDX-License-Identifier: Apache-2.0
"""From its award on a line of support is what was granted of it, however much of what it was worked out from is not told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import misure
from misure import Range, batch
from tests.deciding.amounts.test_what_is_granted import REST

DAY = dt.date(2025, 7, 1)
AWARDED = REST.replace("granted: given,", 'granted: given, granted_of: "max(0, spend)", granted_once: granted_on,') + """
      own_share: {of: spend, text: "A carico"}
    tranches:
      cite: {act: uno, at: art. 4}
      of: half_up(share * grant_granted)
      lines:
        whole: {provision: P.3, text: "In una volta", due: {award: {holds: happened(granted_on), text: "Concesso"}}}
"""  # fmt: skip
TOLD = {"filed_on": "2025-05-01", "granted_on": "2025-06-01", "spend": "150000.00", "dropped": "0", "given": "60000.00"}
NOT_TOLD = None


def amounts(measure, **told):
    facts = {name: value for name, value in (TOLD | told).items() if value is not NOT_TOLD}
    decision = measure.decide(facts, on=DAY)
    return decision.value("grant"), decision.tranches[0].amount


@pytest.mark.parametrize(
    ("told", "grant", "paid"),
    [
        ({}, "60000.00", "30000.00"),
        ({"spend": NOT_TOLD}, "60000.00", "30000.00"),
        ({"given": "0.00"}, "0.00", "0.00"),
        ({"dropped": "30000.00"}, "60000.00", "30000.00"),
        ({"dropped": "30000.02"}, "59999.99", "30000.00"),
        ({"granted_on": "not_yet"}, "75000.00", "37500.00"),
    ],
    ids=["less than the whole", "of a spend that is not told", "nothing", "what is left is as much", "less is left", "not yet"],
)  # fmt: skip
def test_what_is_told_to_be_granted_is_the_line(write, told, grant, paid):
    assert amounts(write(AWARDED), **told) == (Decimal(grant), Decimal(paid))


def test_an_award_that_may_not_have_come_leaves_both(write):
    assert amounts(write(AWARDED), granted_on=NOT_TOLD)[0] == Range(Decimal("60000.00"), Decimal("75000.00"))


def test_of_an_award_that_may_have_granted_less_nothing_is_certain_but_the_most(write):
    measure = write(AWARDED)
    assert amounts(measure, given=NOT_TOLD) == (
        Range(Decimal("0.00"), Decimal("75000.00")),
        Range(Decimal("0.00"), Decimal("37500.00")),
    )
    decision = measure.decide({name: value for name, value in TOLD.items() if name != "given"}, on=DAY)
    (asked,) = (missing for missing in decision.missing if missing.name == "given")
    assert ("amount", "grant") in {(one.kind, one.id) for one in asked.decides}


def test_what_is_not_told_is_no_more_than_the_share_of_what_is_admitted(write):
    admitted = AWARDED.replace('granted_of: "max(0, spend)"', "granted_of: dropped").replace(
        "holds: dropped == 0", "holds: dropped >= 0"
    )
    assert amounts(write(admitted), given=NOT_TOLD, dropped="100000.00")[0] == Range(
        Decimal("0.00"), Decimal("50000.00")
    )


def test_a_frame_says_the_same(write):
    measure = write(AWARDED)
    rows = {
        "id": [1, 2, 3, 4, 5], "filed_on": [dt.date(2025, 5, 1)] * 5, "granted_on": [dt.date(2025, 6, 1)] * 4 + [None],
        "granted_on_not_yet": [False] * 4 + [True], "dropped_cents": [0, 0, 0, 3_000_002, 0],
        "spend_cents": [15_000_000, None, 15_000_000, 15_000_000, 15_000_000], "given_cents": [6_000_000, 6_000_000, None, 6_000_000, 6_000_000],
    }  # fmt: skip
    found = batch.decide(measure, __import__("polars").DataFrame(rows), on=DAY)
    wanted = [6_000_000, 6_000_000, 7_500_000, 5_999_999, 7_500_000]
    assert found["grant_cents_to"].to_list() == wanted
    assert found["grant_cents"].to_list() == [*wanted[:2], 0, *wanted[3:]]


def test_the_page_says_what_was_granted(write):
    decision = write(AWARDED).decide(TOLD, on=DAY)
    assert [step.value for step in decision.support[0].steps if step.step == "granted"] == [Decimal("60000.00")]
    assert "concesso: 60.000,00 €" in str(misure.explain(decision, "it"))
    assert "granted: €60,000.00" in str(misure.explain(decision, "en"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('granted: given, granted_of: "max(0, spend)", granted_once: granted_on', "granted_once: granted_on", "belongs beside 'granted'"),
        ("granted_once: granted_on", "granted_once: grantd_on", "did you mean 'granted_on'"),
        ("granted_once: granted_on", "granted_once: spend", "no event is called 'spend'"),
    ],
    ids=["alone", "no such name", "a number"],
)  # fmt: skip
def test_it_is_an_event_beside_what_is_granted(write, old, new, told):
    with pytest.raises(misure.BadRules) as failure:
        write(AWARDED.replace(old, new))
    assert any(told in str(fault) for fault in failure.value.faults), failure.value
