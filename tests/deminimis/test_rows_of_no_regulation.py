# SPDX-License-Identifier: Apache-2.0
"""Aid of a frame that names no regulation is not known: it may count under any; and of aid of nobody the rest is read all the same."""

from decimal import Decimal

import pytest

from misure.deminimis import headroom, survey
from misure.deminimis.ledgers.frames import ledger_of_frame
from misure.ground.errors import BadFacts
from misure.ground.ranges import Range

ALFA, BETA, ON = "01234560157", "02345670158", "2026-11-22"


def rows(*regulations, who=(ALFA, ALFA, BETA)):
    return {
        "id": ["1", "2", "3"], "beneficiary": list(who), "regulation": list(regulations), "granted_on": ["2025-01-10"] * 3,
        "amount": ["10.00", "20.00", "30.00"],
    }  # fmt: skip


@pytest.mark.parametrize("empty", [None, "", float("nan")], ids=["none", "text", "nan"])
def test_its_beneficiary_has_from_nothing_to_what_the_rest_leaves(empty):
    frame = rows("gen", empty, "gen")
    found = {each.members: each.left for each in survey(frame, on=ON, complete_by="x")}
    assert found == {(ALFA,): Range(Decimal("0.00"), Decimal("299990.00")), (BETA,): Decimal("299970.00")}
    told = headroom(ledger_of_frame(frame, complete_by="x"), ALFA, on=ON)
    assert (told.amount, [(doubt.kind, doubt.subject, doubt.text) for doubt in told.doubts]) == (
        found[ALFA,], [("gap", ALFA, "the aid of row 2 names no regulation")],
    )  # fmt: skip
    grouped = survey(frame, on=ON, complete_by="x", groups=[(ALFA, BETA)])
    assert [each.left for each in grouped] == [Range(Decimal("0.00"), Decimal("299960.00"))]


def test_the_rest_of_the_row_is_read_all_the_same():
    with pytest.raises(BadFacts) as caught:
        survey(rows("gen", None, "gen") | {"amount": ["10", "-1", "30"]}, on=ON, complete_by="x")
    assert [fault.subject for fault in caught.value.faults] == ["row 2: amount"]


@pytest.mark.parametrize("nobody", [None, "", float("nan")], ids=["none", "text", "nan"])
def test_a_row_of_nobody_is_read_all_the_same(nobody):
    frame = rows("gen", "gn", "gen", who=(ALFA, nobody, BETA)) | {
        "amount": ["10", "-1", "30"],
        "granted_on": ["2025-01-10", "x", "2025-01-10"],
    }
    with pytest.raises(BadFacts) as caught:
        survey(frame, on=ON, complete_by="x")
    assert {fault.subject for fault in caught.value.faults} == {
        "row 2: amount",
        "row 2: granted_on",
        "row 2: regulation",
    }


@pytest.mark.parametrize("regulation", ["gen", None])
def test_a_right_row_of_nobody_may_be_anybodys(regulation):
    frame = rows("gen", regulation, "gen", who=(ALFA, None, BETA))
    assert ledger_of_frame(frame, complete_by="x").gaps[0].what == "1 rows name no beneficiary, first row 2"
    assert len(ledger_of_frame(frame, complete_by="x").gaps) == 1
    assert [each.left for each in survey(frame, on=ON, complete_by="x")] == [
        Range(Decimal("0.00"), Decimal("299970.00")), Range(Decimal("0.00"), Decimal("299990.00")),
    ]  # fmt: skip
