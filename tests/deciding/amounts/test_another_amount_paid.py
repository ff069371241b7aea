# SPDX-License-Identifier: Apache-2.0
"""A tranche that pays the whole of another amount stands beside those that divide the first one."""

import datetime as dt
from decimal import Decimal

import pytest

import misure

RULES = """
parameters:
  loan_amount: 1000.01 EUR
  grant_amount: 300.00 EUR
  half: 50%
tranches:
  cite: {act: uno, at: "art. 2"}
  of: loan_amount
  lines:
    first: {share: half, provision: P.1, text: "Prima", due: {granted: {holds: happened(granted_on), text: "Concesso"}}}
    rest: {provision: P.2, text: "Saldo", due: {paid: {holds: happened(paid_on), text: "Pagato"}}}
    beside: {of: grant_amount, provision: P.3, text: "Contributo", due: {paid_too: {holds: happened(paid_on), text: "Pagato"}}}
"""
ON = dt.date(2022, 6, 1)


def test_the_rest_is_of_the_first_amount_and_the_other_is_paid_whole(write):
    decision = write(RULES).decide({"granted_on": "2022-03-01", "paid_on": "2022-04-01"}, on=ON)
    amounts = {tranche.id: tranche.amount for tranche in decision.tranches}
    assert amounts == {"first": Decimal("500.01"), "rest": Decimal("500.00"), "beside": Decimal("300.00")}
    assert "Pagabili 1.300,01 € su 1.300,01 €." in " ".join(str(misure.explain(decision)).split())
    waiting = decision.measure.decide({"granted_on": "2022-03-01", "paid_on": "not_yet"}, on=ON)
    assert [str(tranche.payable) for tranche in waiting.tranches] == ["yes", "no", "no"]
    assert "Pagabili 500,01 € su 1.300,01 €." in " ".join(str(misure.explain(waiting)).split())


WRONG = {
    "a share of it": (
        "of: grant_amount, provision: P.3",
        "of: grant_amount, share: half, provision: P.3",
        "the shares of the tranches add up to 50%, not to 100%",
    ),
    "no amount": ("of: grant_amount", "of: half", "what is paid is an amount"),
    "no such name": ("of: grant_amount", "of: grant_amout", "grant_amount"),
    "nothing divides": (
        (
            '    first: {share: half, provision: P.1, text: "Prima", due: {granted: {holds: happened(granted_on), text: "Concesso"}}}\n'
            '    rest: {provision: P.2, text: "Saldo", due: {paid: {holds: happened(paid_on), text: "Pagato"}}}\n'
        ),
        "",
        "no tranche pays this",
    ),
}


@pytest.mark.parametrize(("before", "after", "told"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_paid_so(write, before, after, told):
    assert before in RULES
    with pytest.raises(misure.BadRules, match=told):
        write(RULES.replace(before, after)).decide({}, on=ON)
