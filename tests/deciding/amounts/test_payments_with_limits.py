# SPDX-License-Identifier: Apache-2.0
"""Payments of several amounts, each with tranches of its own, by years with limits of their own; what is withheld of each.

A loan paid in two, a grant paid over three years of which none pays more than its limit, as in Quota Lombardia; a tax at source of 4%
and debts that are set off, as acts lay down for contributions to firms.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import Range, testing
from misure.telling.formats.text import Style, plain_text
from misure.telling.presenting import present
from tests.deciding.written_measures import opened

ON = dt.date(2025, 7, 1)
VOCABULARY = """
facts:
  costs: {unit: EUR, least: "0", greatest: "1000000", label: costi, question: "Quanti?"}
  debts: {unit: EUR, least: "0", greatest: "1000000", label: debiti, question: "Quanti debiti?"}
  goods: {unit: EUR, least: "0", greatest: "1000000", label: beni strumentali, question: "Quanti beni?"}
flags:
  firm: {label: impresa, question: "È un'impresa?"}
"""
RULES = """
parameters:
  loan_share: {is: 50%, label: "quota del prestito"}
  grant_share: {is: 30%, label: "quota del contributo"}
  third: {is: 33.3333%, label: "un terzo"}
  half: {is: 50%, label: "metà"}
  year_most: {is: 10000.00 EUR, label: "massimo di un anno"}
  last_most: {is: 4000.00 EUR, label: "massimo dell'ultimo anno"}
  source_share: {is: 4%, label: "ritenuta"}
support:
  cite: {act: uno, at: "art. 1"}
  lines:
    loan: {form: loan, of: costs, intensity: loan_share, provision: P.1, text: "Prestito"}
    grant: {form: grant, of: costs, intensity: grant_share, provision: P.1, text: "Contributo"}
tranches:
  cite: {act: uno, at: "art. 2"}
  of: loan
  lines:
    loan_first: {share: third, provision: P.2, text: "Prima quota del prestito"}
    loan_last: {provision: P.2, text: "Saldo del prestito"}
    year_one: {of: grant, at_most: year_most, provision: P.2, text: "Primo anno"}
    year_two: {of: grant, share: half, at_most: year_most, provision: P.2, text: "Secondo anno"}
    year_three:
      of: grant
      at_most: last_most
      provision: P.2
      text: "Terzo anno"
      withheld:
        source: {share: source_share, of: "max(0, grant - goods)", when: firm, provision: P.3, text: "Ritenuta del {source_share}", cite: {act: due, at: "art. 28"}}
        set_off: {is: debts, provision: P.3, text: "Debiti che si compensano"}
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("plan"), RULES, vocabulary=VOCABULARY)


def paid(measure, costs, **more):
    told = {"filed_on": "2025-05-02", "costs": costs, "firm": True, "debts": "0", "goods": "0"} | more
    return {tranche.id: tranche for tranche in measure.decide(told, on=ON).tranches}


def amounts(tranches):
    return [tranche.amount for tranche in tranches.values()]


def decimals(*texts):
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        # 50,000.00 of loan, of which a third is 16,666.65; 30,000.00 of grant: ten, ten of fifteen, four of what is left.
        ("100000.00", ("16666.65", "33333.35", "10000", "10000", "4000")),
        ("20000.00", ("3333.33", "6666.67", "6000", "0", "0")),
        # Half of the grant, and no more than the first year leaves.
        ("40000.00", ("6666.66", "13333.34", "10000", "2000", "0")),
        ("66666.67", ("11111.10", "22222.24", "10000", "10000", "0")),
        ("70000.00", ("11666.66", "23333.34", "10000", "10000", "1000")),
        ("0.00", ("0", "0", "0", "0", "0")),
        ("0.03", ("0.01", "0.01", "0.01", "0", "0")),
    ],
)
def test_each_amount_is_divided_by_its_own_tranches_up_to_their_limits(plan, costs, expected):
    assert amounts(paid(plan, costs)) == decimals(*expected)


def test_a_year_that_is_cut_says_so(plan):
    tranches = paid(plan, "100000.00")
    assert [tranche.cap for tranche in tranches.values()] == [None, None, *decimals("10000", "10000", "4000")]
    decision = plan.decide(
        {"filed_on": "2025-05-02", "costs": "100000", "firm": True, "debts": "50", "goods": "0"}, on=ON
    )
    text = " ".join(str(misure.explain(decision)).split())
    assert "limite: 10.000,00 € – riduce l'importo" in text
    assert "si trattiene: 160,00 € – Ritenuta del 4% (DGR XII/2, art. 28)" in text
    assert "si trattiene: 50,00 € – Debiti che si compensano" in text
    assert "si riceve: 3.790,00 €" in text
    english = " ".join(str(misure.explain(decision, "en")).split())
    assert "withheld: €50.00" in english
    assert "paid out: €3,790.00" in english
    assert "si trattiene: Ritenuta del 4%" in " ".join(plain_text(present(plan), Style()).split())


@pytest.mark.parametrize(
    ("more", "withheld", "net"),
    [
        ({}, ("160.00", "0.00"), "3840.00"),
        ({"firm": False}, ("0.00", "0.00"), "4000.00"),
        ({"debts": "1000.01"}, ("160.00", "1000.01"), "2839.99"),
        # Debts take no more than is left.
        ({"debts": "5000"}, ("160.00", "3840.00"), "0.00"),
        # Of what pays for goods nothing is withheld at source.
        ({"goods": "27500.10"}, ("100.00", "0.00"), "3900.00"),
        ({"goods": "30000"}, ("0.00", "0.00"), "4000.00"),
    ],
)
def test_what_is_withheld_of_a_payment(plan, more, withheld, net):
    last = paid(plan, "100000.00", **more)["year_three"]
    assert [one.amount for one in last.withheld] == decimals(*withheld)
    assert (last.amount, last.net) == (Decimal("4000.00"), Decimal(net))
    assert sum(one.amount for one in last.withheld) + last.net == last.amount
    assert paid(plan, "100000.00")["year_one"].net is None


def test_what_is_not_known_leaves_both_ends(plan):
    open_ = paid(plan, "100000.00", firm=None, debts=None)["year_three"]
    assert open_.withheld[0].amount == Range(Decimal("0.00"), Decimal("160.00"))
    assert open_.net == Range(Decimal("0.00"), Decimal("4000.00"))
    told = {"filed_on": "2025-05-02", "costs": "100000", "firm": True, "goods": "0"}
    (asked,) = plan.decide(told, on=ON).missing_for("tranche")
    assert (asked.name, [decides.id for decides in asked.decides]) == ("debts", ["year_three"])
    whole = paid(plan, None)
    assert whole["year_one"].amount == Range(Decimal("0.00"), Decimal("10000.00"))
    assert whole["year_three"].amount == Range(Decimal("0.00"), Decimal("4000.00"))


def test_the_contract_has_what_there_is_and_format_one_nothing_of_it(plan):
    decision = plan.decide(
        {"filed_on": "2025-05-02", "costs": "100000", "firm": True, "debts": "1", "goods": "0"}, on=ON
    )
    first, *_, last = decision.to_dict()["tranches"]
    assert not {"cap", "withheld", "net"} & set(first)
    assert (last["cap"], last["net"]) == ("4000.00", "3839.00")
    assert [one["id"] for one in last["withheld"]] == ["source", "set_off"]
    assert not {"cap", "withheld", "net"} & set(decision.to_dict(format=1)["tranches"][-1])
    again = misure.open_linked(plan.linked()).decide(
        {"filed_on": "2025-05-02", "costs": "100000", "firm": True, "debts": "1", "goods": "0"}, on=ON
    )
    assert again.to_dict()["tranches"] == decision.to_dict()["tranches"]


CENTS = st.integers(0, 300_000_00).map(lambda cents: f"{cents // 100}.{cents % 100:02}")


@given(CENTS, CENTS, CENTS)
@settings(deadline=None)
def test_nothing_is_paid_twice_nor_above_a_limit(plan, costs, debts, goods):
    tranches = paid(plan, costs, debts=debts, goods=goods)
    decision = plan.decide({"filed_on": "2025-05-02", "costs": costs}, on=ON)
    loan, grant = (amount.amount for amount in decision.support)
    first, last, *years = amounts(tranches)
    assert first + last == loan
    assert sum(years) <= grant
    assert max(years[:2]) <= 10000
    assert years[2] <= 4000
    if grant <= 10000:
        assert years[0] == grant
    kept = tranches["year_three"]
    assert sum(one.amount for one in kept.withheld) + kept.net == kept.amount
    assert kept.net >= 0


@given(CENTS, CENTS)
@settings(deadline=None)
def test_what_is_paid_lies_between_what_was_said_before_the_costs_were_known(plan, costs, debts):
    before, after = paid(plan, None, debts=None), paid(plan, costs, debts=debts)
    for name, tranche in after.items():
        told = before[name].amount
        assert isinstance(told, Range)
        assert told.least <= tranche.amount
        assert told.greatest is None or tranche.amount <= told.greatest
    assert before["year_three"].net.least <= after["year_three"].net <= before["year_three"].net.greatest


def test_laws_hold(plan):
    testing.assert_conserves(plan, on=ON)
    testing.assert_completion_safe(plan, on=ON)
    testing.assert_replays(plan, on=ON)


WRONG = {
    "all-is-left-to-the-first": (
        "year_one: {of: grant, at_most: year_most,", "year_one: {of: grant,",
        "year_one: only the last tranche of an amount, which is the residual, can have neither a share nor an 'at_most'",
    ),
    "unit": ("at_most: last_most", "at_most: half", "year_three: the limit is a share, and what is paid is a number of EUR"),
    "name": ("at_most: last_most", "at_most: last_mots", "did you mean 'last_most'?"),
    "neither": ('source: {share: source_share, of: "max(0, grant - goods)",', "source: {", "source: what is withheld is a 'share' of the payment, or an amount: 'is'"),
    "both": ("set_off: {is: debts,", "set_off: {is: debts, share: half,", "set_off: what is withheld is a 'share' of the payment, or an amount: 'is'"),
    "of-an-amount": ("set_off: {is: debts,", "set_off: {is: debts, of: goods,", "set_off: 'of' says of how much of the payment a share is withheld, and this is an amount"),
    "no-share": ("share: source_share, of", "share: year_most, of", "source: the parameter 'year_most' is not a share"),
    "key": ("set_off: {is: debts,", "set_off: {is: debts, whenn: firm,", "set_off: unknown key 'whenn'; did you mean 'when'?"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_at_its_place(write, before, after, told):
    assert before in RULES
    with pytest.raises(misure.BadRules) as failure:
        write(RULES.replace(before, after), vocabulary=VOCABULARY)
    assert any(str(fault).endswith(told) for fault in failure.value.faults), failure.value
