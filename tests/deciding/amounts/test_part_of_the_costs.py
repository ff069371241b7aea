# SPDX-License-Identifier: Apache-2.0
"""What is left to firms of which a grant takes shares is never less than nothing, however little is known of their costs."""

import datetime as dt
from decimal import Decimal

import misure

BANDO = misure.catalogue()["lombardia/bando-filiere-2022"]
ON = dt.date(2022, 9, 10)


def own_share(facts):
    return {amount.id: amount.amount for amount in BANDO.decide(facts, on=ON).support}["own_share"]


def test_costs_that_nobody_told_leave_nothing_or_more():
    assert own_share({"firm_costs": [{"firm": "a", "size": "small"}, {"firm": "b", "amount": "300000"}]}).least >= 0


def test_costs_that_are_told_leave_what_the_grant_does_not_take():
    costs = {"firm": "a", "kind": "impresa", "seat_in_lombardy": True, "size": "small", "amount": "300000"}
    assert own_share({"firm_costs": [costs]}) == Decimal("150000.00")
    # Of whom nobody says that it is a firm, or where its seat is, it is not known how much is aided.
    for unsaid in ("kind", "seat_in_lombardy"):
        told = {name: value for name, value in costs.items() if name != unsaid}
        assert own_share({"firm_costs": [told]}) == misure.Range(Decimal("150000.00"), Decimal("300000.00"))
