# SPDX-License-Identifier: Apache-2.0
"""What was paid is not payable any more, and is told as paid; where nobody told, nobody knows whether it still is."""

import datetime as dt

import pytest

import misure
from misure.deciding.results import Waiting

RULES = """
parameters:
  loan_amount: 1000.00 EUR
  half: 50%
tranches:
  cite: {act: uno, at: "art. 2"}
  of: loan_amount
  lines:
    first: {share: half, provision: P.1, text: "Prima", due: {granted: {holds: happened(granted_on), text: "Concesso"}}, paid: happened(paid_on)}
    rest: {provision: P.2, text: "Saldo", due: {granted_too: {holds: happened(granted_on), text: "Concesso"}}}
"""
ON = dt.date(2022, 6, 1)
GRANTED = {"granted_on": "2022-03-01"}


def decided(write, **facts):
    decision = write(RULES).decide(GRANTED | facts, on=ON)
    return decision, " ".join(str(misure.explain(decision)).split())


def first(decision):
    tranche = decision.tranches[0]
    return str(tranche.due), str(tranche.payable), [(one.part, str(one.truth)) for one in tranche.waits_for]


def test_what_was_paid_is_due_and_not_payable_again(write):
    decision, page = decided(write, paid_on="2022-04-01")
    assert first(decision) == ("yes", "no", [("paid", "no")])
    assert [str(one.payable) for one in decision.tranches] == ["no", "yes"]
    assert "Già pagati 500,00 €. Pagabili 500,00 € su 500,00 €." in page
    assert "Prima: già pagata" in page
    assert "already paid" in " ".join(str(misure.explain(decision, "en")).split())
    (told, _) = decision.to_dict()["tranches"]
    assert [one["part"] for one in told["waits_for"]] == ["paid"]


def test_what_was_not_is_payable(write):
    decision, page = decided(write, paid_on="not_yet")
    assert first(decision) == ("yes", "yes", [])
    assert "Pagabili 1.000,00 € su 1.000,00 €." in page


def test_where_nobody_told_it_is_asked(write):
    decision, page = decided(write)
    assert first(decision) == ("yes", "unknown", [("paid", "unknown")])
    (waiting,) = decision.tranches[0].waits_for
    assert isinstance(waiting, Waiting)
    assert [one.name for one in waiting.missing] == ["paid_on"]
    assert "paid_on" in {one.name for one in decision.missing}
    assert "da sapere: se è già stata pagata" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("paid_on", "a condition is a yes or no, and this is a day"),
        ("happened(pad_on)", "nothing is called 'pad_on'; did you mean 'paid_on'?"),
    ],
)
def test_a_wrong_one_is_told(write, wrong, told):
    with pytest.raises(misure.BadRules) as caught:
        write(RULES.replace("paid: happened(paid_on)", f"paid: {wrong}")).decide({}, on=ON)
    (fault,) = caught.value.faults
    assert told in str(fault)
    assert fault.subject == "first"
