# SPDX-License-Identifier: Apache-2.0
"""Conditions that read the amounts of a measure by name, and lines of spending that refuse instead of cutting."""

from __future__ import annotations

from decimal import Decimal

import pytest

from misure import Outcome, Range
from tests.deciding.whole_measure import ON, RULES, VOCABULARY, facts

CONDITIONS = """\
      not_much_advice: {provision: P.07, text: "Poca consulenza", holds: advice_line <= works_line}
      enough_in_all: {provision: P.07, text: "Abbastanza", holds: whole_spend >= budget}
      grant_below_loan: {provision: P.07, text: "Contributo", holds: grant <= loan}
"""


@pytest.fixture
def measure(write):
    return write(RULES.replace("    upkeep:\n", f"    upkeep:\n{CONDITIONS}"), vocabulary=VOCABULARY)


def euro(*ends):
    low, high = (Decimal(one) for one in (ends[0], ends[-1]))
    return low if len(ends) == 1 else Range(low, high)


def test_a_condition_reads_what_is_admitted_of_a_line_the_total_and_an_amount(measure) -> None:
    decision = measure.decide(facts(), on=ON)
    assert {name: (str(decision[name].truth), decision[name].values, decision[name].margin)
            for name in ("not_much_advice", "enough_in_all", "grant_below_loan")} == {
        "not_much_advice": ("yes", {"planned.advice_line": euro("800.00"), "planned.works_line": euro("4000.00")}, euro("3200.00")),
        "enough_in_all": ("yes", {"whole_spend": euro("5820.00"), "budget": euro("1000.01")}, euro("4819.99")),
        "grant_below_loan": ("yes", {"grant": euro("1900.00"), "loan": euro("2328.00")}, euro("428.00")),
    }  # fmt: skip
    assert [str(decision[name].confidence) for name in ("not_much_advice", "enough_in_all", "grant_below_loan")] == [
        "official"
    ] * 3


def test_what_it_reads_is_a_range_where_something_is_not_told(measure) -> None:
    decision = measure.decide(facts("advice"), on=ON)
    assert decision["not_much_advice"].values == {
        "planned.advice_line": euro("0.00", "800.00"),
        "planned.works_line": euro("4000.00"),
    }
    assert decision["enough_in_all"].values["whole_spend"] == euro("4900.00", "5820.00")
    assert decision["grant_below_loan"].values == {"grant": euro("1900.00"), "loan": euro("1960.00", "2328.00")}


def test_a_condition_is_as_sure_as_the_amounts_that_it_reads(write) -> None:
    rules = RULES.replace("    upkeep:\n", f"    upkeep:\n{CONDITIONS}").replace(
        "half: 50%", 'half: {is: 50%, inferred: "x"}'
    )
    decision = write(rules, vocabulary=VOCABULARY).decide(facts(), on=ON)
    assert [finding.id for finding in decision.findings if finding.confidence == "inferred"] == ["grant_below_loan"]


def test_a_condition_on_spending_is_as_sure_as_the_lines_of_spending(write) -> None:
    rules = RULES.replace("    upkeep:\n", f"    upkeep:\n{CONDITIONS}").replace(
        'text: "Lavori"}', 'text: "Lavori", inferred: "x"}'
    )
    decision = write(rules, vocabulary=VOCABULARY).decide(facts(), on=ON)
    found = [finding.id for finding in decision.findings if finding.confidence == "inferred"]
    assert found == ["not_much_advice", "enough_in_all", "grant_below_loan"]


REFUSING = RULES.replace("over: cut, ", "over: refuse, ")


@pytest.mark.parametrize(
    ("advice", "outcome", "truth", "margin"),
    [
        ("800.00", Outcome.ELIGIBLE, "yes", euro("0.00")), ("800.01", Outcome.REFUSED, "no", euro("-0.01")),
        ("0", Outcome.ELIGIBLE, "yes", euro("800.00")),
    ],
)  # fmt: skip
def test_a_line_of_spending_may_refuse_what_is_above_its_share(write, advice, outcome, truth, margin) -> None:
    decision = write(REFUSING, vocabulary=VOCABULARY).decide(facts(advice=advice), on=ON)
    finding = decision["advice_line"]
    assert (decision.outcome, str(finding.truth), finding.margin) == (outcome, truth, margin)
    assert (str(finding.stage), str(finding.effect), finding.text) == ("award", "refuses", "Consulenza")
    assert list(finding.values.values()) == [euro(f"{Decimal(advice):.2f}"), euro("800.00")]
    (line,) = (one for one in decision.spending if one.id == "advice_line")
    assert (line.requested, line.cap) == (euro(f"{Decimal(advice):.2f}"), euro("800.00"))


def test_a_line_that_refuses_is_open_where_what_it_rests_on_is(write) -> None:
    measure = write(REFUSING, vocabulary=VOCABULARY)
    decision = measure.decide(facts("works", advice="1000"), on=ON)
    assert (decision.outcome, str(decision["advice_line"].truth)) == (Outcome.UNDECIDED, "unknown")
    assert [one.name for one in decision["advice_line"].missing] == ["works"]
