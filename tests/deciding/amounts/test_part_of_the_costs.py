# SPDX-License-Identifier: Apache-2.0
"""What is left to firms of which a grant takes shares is never less than nothing, however little is known of their costs."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa

import misure
from misure import batch

BANDO = misure.catalogue()["lombardia/bando-filiere-2022"]
ON = dt.date(2022, 9, 10)


def own_share(facts):
    return {amount.id: amount.amount for amount in BANDO.decide(facts, on=ON).support}["own_share"]


def test_costs_that_nobody_told_leave_nothing_or_more():
    assert own_share({"firm_costs": [{"firm": "a", "size": "small"}, {"firm": "b", "amount": "300000"}]}).least >= 0


def test_costs_that_are_told_leave_what_the_grant_does_not_take():
    costs = {"firm": "a", "kind": "impresa", "seat_in_lombardy": True, "size": "small", "amount": "300000",
             "deminimis_left": "200000"}  # fmt: skip
    assert own_share({"firm_costs": [costs]}) == Decimal("150000.00")
    # Of whom nobody says that it is a firm, or where its seat is, it is not known how much is aided.
    # Nor what is left of the ceiling, which linked firms share and other aid uses up.
    for unsaid in ("kind", "seat_in_lombardy", "deminimis_left"):
        told = {name: value for name, value in costs.items() if name != unsaid}
        assert own_share({"firm_costs": [told]}) == misure.Range(Decimal("150000.00"), Decimal("300000.00"))


def grant(*costs):
    told = [
        {"kind": "impresa", "seat_in_lombardy": True, "collaborates": True, **row, "firm": f"p{n}"}
        for n, row in enumerate(costs)
    ]
    return {amount.id: amount.amount for amount in BANDO.decide({"firm_costs": told}, on=ON).support}["grant"]


def between(least, greatest):
    return misure.Range(Decimal(least), Decimal(greatest))


def test_what_is_left_of_the_ceiling_is_never_taken_for_granted():
    small, large = {"size": "small", "amount": "400000"}, {"size": "large", "amount": "5000000"}
    left = {"deminimis_left": "200000"}
    # Two of whom nobody says who they are may be one firm, or linked, or have had their aid already.
    assert grant(small, small) == between("0.00", "400000.00")
    assert grant(small | left, small | left) == Decimal("400000.00")
    assert grant(small | left, small) == between("200000.00", "400000.00")
    # One large firm has at most the ceiling under the one regime, and nothing under the other: never the whole.
    assert grant(large) == grant(large | left) == between("0.00", "200000.00")
    assert grant(large | {"deminimis_left": "50000"}) == between("0.00", "50000.00")
    assert grant(large | {"deminimis_left": "0"}) == Decimal("0.00")


def test_the_regime_is_one_for_all():
    # Under de minimis the small firm has nothing left; under the other regime the large firm has nothing, for want of small ones.
    small = {"size": "small", "amount": "100000", "deminimis_left": "0"}
    large = {"size": "large", "amount": "700000", "deminimis_left": "200000"}
    assert grant(small, large) == between("50000.00", "105000.00")  # and never the sum of the two


def test_a_frame_says_the_same():
    rows = [{"size": "small", "amount": 400_000, "left": 200_000}, {"size": "small", "amount": 400_000, "left": None},
            {"size": "large", "amount": 5_000_000, "left": None}]  # fmt: skip
    costs = pa.Table.from_pylist([
        {"applicant": n, "firm": "p", "kind": "impresa", "seat_in_lombardy": True, "collaborates": True, "size": row["size"],
         "amount": row["amount"], "deminimis_left": row["left"]}
        for n, row in enumerate(rows)
    ])  # fmt: skip
    answer = batch.decide(BANDO, pa.table({"id": [0, 1, 2]}), on=ON, tables={"firm_costs": costs}).to_pylist()
    assert [(row["grant_cents"], row["grant_cents_to"]) for row in answer] == [
        (200_000_00, 200_000_00), (0, 200_000_00), (0, 200_000_00),
    ]  # fmt: skip
