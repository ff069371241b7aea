# SPDX-License-Identifier: Apache-2.0
"""A ledger handed to a measure leaves what the ledger itself says is left."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import BadFacts, Range, deminimis

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
ON = dt.date(2025, 7, 1)
FIRMS = ("01234560157", "02345670158", "03456780166")
AIDS = st.lists(
    st.tuples(
        st.sampled_from(FIRMS), st.sampled_from(["gen", "agri", "sgei"]),
        st.none() | st.dates(dt.date(2021, 1, 1), dt.date(2025, 7, 1)),
        st.none() | st.decimals(0, 150_000, places=2),
    ),
    max_size=6,
)  # fmt: skip


def ends(amount):
    return (amount.least, amount.greatest) if isinstance(amount, Range) else (amount, amount)


@settings(max_examples=60)
@given(AIDS, st.booleans())
def test_a_measure_reads_a_ledger_as_the_ledger_reads_itself(aids, whole):
    told = [deminimis.Aid(f"A{n}", who, law, day, amount) for n, (who, law, day, amount) in enumerate(aids)]
    ledger = deminimis.Ledger(told, complete_by="the test" if whole else None)

    class Group:
        members, possible = FIRMS[:2], FIRMS[2:]

    asked = {
        "granted_on": "not_yet", "best_production_value": "3000000.00", "planned_eligible_spend": "600000.00",
        **deminimis.facts(ledger, Group, applicant=FIRMS[0], on=ON),
    }  # fmt: skip
    found = VERSO.decide(asked, on=ON)
    left = found["loan_fits_headroom"].values["deminimis_headroom"]
    least, greatest = ends(deminimis.headroom(ledger, Group, on=ON, later="ignore").amount)
    if left is None:
        assert least < greatest
    else:
        assert ends(left) == (least, greatest)


def test_the_applicant_belongs_to_its_single_undertaking():
    with pytest.raises(BadFacts, match="does not belong to the single undertaking"):
        deminimis.facts(deminimis.Ledger(complete_by="x"), [FIRMS[0]], applicant=FIRMS[1], on=ON)


@pytest.mark.parametrize(
    ("until", "gaps", "whole"),
    [
        (None, [], True), ("2025-07-01", [], True), ("2025-06-30", [], False),
        (None, [deminimis.Gap("giugno", FIRMS[0])], False), (None, [deminimis.Gap("giugno", FIRMS[2])], True),
        (None, [deminimis.Gap("giugno")], False),
    ],
)  # fmt: skip
def test_a_ledger_that_may_lack_aid_gives_a_table_that_is_not_complete(until, gaps, whole):
    ledger = deminimis.Ledger(complete_by="the test", complete_until=until, gaps=gaps)
    found = deminimis.facts(ledger, [FIRMS[0]], applicant=FIRMS[0], on=ON)["deminimis_aids"]
    assert found == ([] if whole else {"records": [], "complete": False})


@pytest.mark.parametrize(("beneficiary", "complete"), [
    ("Alfa srl", False), ("DE123456789", False), ("DE136695976", True), (FIRMS[1], True), (FIRMS[0], True),
])  # fmt: skip
def test_aid_that_may_be_the_applicants_leaves_the_table_open_where_headroom_is_open(beneficiary, complete):
    aid = deminimis.Aid("A1", beneficiary, "gen", granted_on="2025-01-10", amount="295000.00")
    ledger = deminimis.Ledger([aid], complete_by="the test")
    told = deminimis.facts(ledger, FIRMS[0], applicant=FIRMS[0], on=ON)["deminimis_aids"]
    assert isinstance(told, list) is complete
    assert isinstance(deminimis.headroom(ledger, FIRMS[0], on=ON).amount, Range) is not complete
    found = VERSO.decide({"granted_on": "not_yet", "best_production_value": "3000000.00", "planned_eligible_spend": "600000.00",
                          **deminimis.facts(ledger, FIRMS[0], applicant=FIRMS[0], on=ON)}, on=ON)  # fmt: skip
    assert (ends(found["loan_fits_headroom"].values["deminimis_headroom"])[0] == 0) is not complete
