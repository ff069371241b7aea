# SPDX-License-Identifier: Apache-2.0
"""Two writings of one COR are one aid at every door of a ledger; what has the shape of a COR and is none has the right one."""

from decimal import Decimal

import pytest

import misure
from misure.deminimis import Aid, Ledger, headroom, survey
from misure.deminimis.ledgers.frames import ledger_of_frame
from misure.identifiers import aid_id

CODE, DAY = "01234560157", "2026-01-01"


def aid(id_, amount="200000.00"):
    return Aid(id_, CODE, "gen", "2025-01-01", amount)


def frame(*ids):
    several = len(ids)
    return {"id": list(ids), "beneficiary": [CODE] * several, "regulation": ["gen"] * several, "granted_on": ["2025-01-01"] * several, "amount": ["200000.00"] * several}  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("COR 123", "cor123"),
        ("123", " 123 "),
        ("123", "123\u00a0"),
        ("COR-5", "RNA-COR n. 5"),
        ("COR:7", "Cor_7"),
        ("COR 8", "COR\u00a08"),
        ("COR-9", "COR\u20139"),
    ],
)
def test_two_writings_are_one_aid(one, other):
    ledger = Ledger([aid(one), aid(other)], complete_by="the register")
    assert (len(ledger), headroom(ledger, CODE, on=DAY).amount) == (1, Decimal("100000.00"))
    assert ledger_of_frame(frame(one, other), complete_by="the register") == ledger
    (standing,) = survey(frame(one, other), on=DAY, complete_by="the register")
    assert (standing.left, standing.overdrawn) == (Decimal("100000.00"), Decimal("0.00"))


@pytest.mark.parametrize(
    ("one", "other"), [("A-1", "a-1"), ("COR-1", "COR-2"), ("row 1", "row 2"), ("1", "1/gen"), ("CORSO 1", "1")]
)
def test_other_ids_stay_two(one, other):
    ledger = Ledger([aid(one), aid(other)], complete_by="the register")
    assert [each.id for each in sorted(ledger, key=lambda each: each.id)] == sorted((one, other))
    assert headroom(ledger, CODE, on=DAY).overdrawn == Decimal("100000.00")


@pytest.mark.parametrize(("one", "other", "read"), [("COR-123", "123", "COR-123"), ("123", "cor 123", "123")])
def test_with_its_name_and_without_are_a_double_that_is_told(one, other, read):
    for made in (lambda: Ledger([aid(one), aid(other)]), lambda: Ledger([aid(one)]).with_aid(aid(other)),
                 lambda: ledger_of_frame(frame(one, other), complete_by=None), lambda: survey(frame(one, other), on=DAY)):  # fmt: skip
        with pytest.raises(misure.BadFacts, match=f"'{read}' is the same COR, written otherwise"):
            made()


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("01234567", "1234567"),
        ("COR 007", "COR-7"),
        ("1234567.0", "1234567"),
        ("1234567,00", "1234567"),
        ("1.234.567", "1234567"),
        ("00", None),
        ("COR 123.0", "COR-123"),
        ("cor 23.193.436", "COR-23193436"),
        ("23\u2019193\u2019436", "23193436"),
        ("\uff11\uff12", "12"),
        ("\u0661\u06f23", "123"),
        ("2,3193436E+7", None),
    ],
)
def test_what_is_no_cor_has_the_right_one(given, right):
    doors = [
        lambda: aid(given),
        lambda: ledger_of_frame(frame(given), complete_by=None),
        lambda: survey(frame(given), on=DAY),
    ]
    for door in doors:
        with pytest.raises(misure.BadFacts) as refused:
            door()
        (fault,) = refused.value.faults
        assert fault.subject.endswith("id")
        assert fault.suggestion == right


@pytest.mark.parametrize(
    "free", ["COR-1", "12E3", "9999999999999", "12.345", "0/2025", "COR", "COR-A", "C-01", "2025 123"]
)
def test_what_somebody_chose_stays_as_it_is(free):
    assert aid(free).id == aid_id.read(free) == free
