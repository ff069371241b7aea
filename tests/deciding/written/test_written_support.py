# SPDX-License-Identifier: Apache-2.0
"""Support, decided: intensities, rounding, caps that cut or refuse, equivalents, and what is left to the applicant."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest

import misure
from misure import BadRules, Range
from misure.telling.presenting import present

D = Decimal
ON = dt.date(2022, 6, 1)
EUR = '{unit: EUR, least: "0", greatest: "1000", label: x, question: "Quanto?"}'
VOCABULARY = f"""
facts:
  cost: {EUR}
  credit: {EUR}
  spare: {EUR}
  fine: {{unit: EUR, decimals: "4", least: "0", greatest: "1000", label: x, question: "Quanto?"}}
  quota: {{unit: share, least: "0", greatest: "1", label: x, question: "Quanta?"}}
flags:
  young: {{label: x, question: "È giovane?"}}
tables:
  firms_told:
    label: x
    question: "Chi?"
    key: id
    max_items: 3
    fields:
      id: {{text: 40, label: x}}
      amount: {{unit: EUR, least: "0", greatest: "1000", label: x, question: "Quanto?"}}
      young: {{flag: yes, label: x, question: "È giovane?"}}
"""
RULES = """
parameters:
PARAMETERS
support:
  cite: {act: uno, at: "art. 2"}
  lines:
LINES
"""
PARAMETERS = {
    "half": "50%",
    "third": "33.33%",
    "fifth": "20%",
    "bonus": "5%",
    "most": "100.00 EUR",
    "hidden": '{unknown: "non pubblicata", unit: share}',
}


@pytest.fixture
def support(write):
    def written(*lines, own="", parameters=PARAMETERS):
        text = "\n".join(f"    {line}" for line in lines) + (f"\n  own_share: {own}" if own else "")
        used = {name: value for name, value in parameters.items() if re.search(rf"\b{name}\b", text)}
        told = "\n".join(f"  {name}: {value}" for name, value in used.items())
        rules = RULES.replace("PARAMETERS", told).replace("LINES", text)
        return write(rules if told else rules.replace("parameters:\n\n", ""), vocabulary=VOCABULARY)

    return written


def grant(of="cost", rest="", form="grant", name="grant"):
    return f'{name}: {{form: {form}, of: "{of}", provision: P.1, text: "Contributo"{rest}}}'


def amounts(measure, **facts):
    return {amount.id: amount.amount for amount in measure.decide(facts, on=ON).support}


@pytest.mark.parametrize(
    ("rest", "cost", "amount"),
    [
        (", intensity: half", "0.01", "0.01"),
        (", intensity: half", "0.03", "0.02"),
        (", intensity: half, rounding: down", "0.01", "0"),
        (", intensity: half, rounding: down", "0.03", "0.01"),
        (", intensity: half, rounding: half_up", "0.03", "0.02"),
        (", intensity: third", "100", "33.33"),
        (", intensity: third", "0.02", "0.01"),
        (", intensity: third, rounding: down", "0.02", "0"),
        ("", "12.34", "12.34"),
        (", intensity: half, at_most: most", "199.99", "100.00"),
        (", intensity: half, at_most: most", "199.98", "99.99"),
        (", intensity: half, at_most: most", "1000", "100"),
    ],
)
def test_a_grant_is_a_share_rounded_once_and_held_under_its_cap(support, rest, cost, amount):
    assert amounts(support(grant(rest=rest)), cost=cost) == {"grant": D(amount)}


@pytest.mark.parametrize(("young", "amount"), [(True, "25"), (False, "20"), (None, Range(D("20"), D("25")))])
def test_an_intensity_may_depend_on_the_applicant(support, young, amount):
    measure = support(grant(rest=', intensity: "fifth + (bonus if young else 0)"'))
    found = amounts(measure, cost="100", **({} if young is None else {"young": young}))["grant"]
    assert found == (amount if isinstance(amount, Range) else D(amount))
    decision = measure.decide({"cost": "100", "young": True}, on=ON)
    assert {step.step: step.value for step in decision.support[0].steps}["intensity"] == D("0.25")


def test_an_intensity_may_be_a_fact(support):
    assert amounts(support(grant(rest=", intensity: quota")), cost="100", quota="0.1234")["grant"] == D("12.34")


def test_an_intensity_that_nobody_publishes_leaves_the_whole_range(support):
    assert amounts(support(grant(rest=", intensity: hidden")), cost="100")["grant"] == Range(D("0"), D("100"))


@pytest.mark.parametrize(
    ("cap", "facts", "amount"),
    [
        ("credit", {"credit": "30"}, "30"),
        ("credit", {"credit": "50.01"}, "50"),
        ('"credit - spare"', {"credit": "30", "spare": "10"}, "20"),
        ('"credit - spare"', {"credit": "30", "spare": "31"}, "0"),
        ('"third * credit"', {"credit": "100"}, "33.33"),
        ('"third * credit"', {"credit": "0.05"}, "0.01"),
        ("fine", {"fine": "12.3456"}, "12.34"),
        ("fine", {"fine": "12.3499"}, "12.34"),
        ("[credit, spare]", {"credit": "30", "spare": "20"}, "20"),
        ("[credit, spare]", {"credit": "10", "spare": "20"}, "10"),
        ("credit", {"credit": "0"}, "0"),
    ],
)  # fmt: skip
def test_a_cap_is_cut_to_the_cent_and_is_never_less_than_nothing(support, cap, facts, amount):
    measure = support(grant(rest=f", intensity: half, at_most: {cap}"))
    assert amounts(measure, cost="100", **facts) == {"grant": D(amount)}


def test_the_cap_that_holds_is_the_one_that_binds(support):
    measure = support(grant(rest=', intensity: half, at_most: [credit, {is: spare, text: "Il secondo"}]'))
    decision = measure.decide({"cost": "100", "credit": "30", "spare": "20"}, on=ON)
    steps = [(step.step, step.value, step.binds, step.text) for step in decision.support[0].steps]
    assert [step[1:] for step in steps if step[0] == "cap"] == [
        (D(30), False, ""),
        (D(20), True, "Il secondo"),
    ]


REFUSING = ', intensity: half, at_most: [{is: credit, over: refuse, text: "Uno"}, {is: spare, over: refuse, text: "Due"}, most]'


@pytest.mark.parametrize(
    ("credit", "spare", "failed", "amount"),
    [
        ("60", "60", [], "60"),
        ("59.99", "60", ["grant_within_cap"], None),
        ("60", "59.99", ["grant_within_cap_2"], None),
        ("0", "0", ["grant_within_cap", "grant_within_cap_2"], None),
    ],
)
def test_each_cap_that_refuses_is_a_condition_of_its_own(support, credit, spare, failed, amount):
    measure = support(grant(rest=REFUSING))
    decision = measure.decide({"cost": "120", "credit": credit, "spare": spare}, on=ON)
    assert [finding.id for finding in decision.findings if finding.truth == "no"] == failed
    assert [finding.text for finding in decision.findings] == ["Uno", "Due"]
    assert [one.amount for one in decision.support] == ([] if amount is None else [D(amount)])
    assert decision["grant_within_cap"].margin == D(credit) - 60
    assert decision["grant_within_cap_2"].margin == D(spare) - 60


def test_what_a_refusing_cap_compares_has_met_no_other_cap(support):
    decision = support(grant(rest=REFUSING)).decide({"cost": "500", "credit": "249.99", "spare": "250"}, on=ON)
    assert [finding.id for finding in decision.findings if finding.truth == "no"] == ["grant_within_cap"]


LOAN = grant(form="loan", name="loan", rest=', intensity: half, equivalent: {is: "third * loan", text: "ESL"}')


@pytest.mark.parametrize(
    ("cost", "loan", "rest"),
    [("100", "50", "83.33"), ("0.03", "0.02", "99.99"), ("0.02", "0.01", "100.00"), ("1000", "500", "0")],
)
def test_what_the_equivalent_of_a_loan_leaves_of_a_ceiling_is_the_cap_of_a_grant(support, cost, loan, rest):
    # a third of 50 is 16.665, half up 16.67; of 0.02 it is 0.01, of 0.01 nothing
    measure = support(LOAN, grant(of="credit", rest=', at_most: {is: "most - loan_equivalent", text: "Resto"}'))
    found = amounts(measure, cost=cost, credit="1000")
    assert (found["loan"], found["grant"]) == (D(loan), D(rest))


OWN = '{of: cost, provision: P.2, text: "Quota propria"}'


@pytest.mark.parametrize(
    ("cost", "own"),
    [("100", "30.00"), ("0.01", "0.00"), ("0.03", "0.00"), (None, Range(D("0"), None))],
)
def test_the_own_share_is_what_every_line_leaves(support, cost, own):
    measure = support(grant(rest=", intensity: half"), grant(name="more", rest=", intensity: fifth"), own=OWN)
    found = amounts(measure, **({} if cost is None else {"cost": cost}))["own_share"]
    assert found == (own if isinstance(own, Range) else D(own))


def test_the_own_share_of_a_loan_and_a_grant_under_a_falling_cap(support):
    measure = support(LOAN, grant(rest=', intensity: fifth, at_most: {is: "most - loan", text: "Resto"}'), own=OWN)
    assert amounts(measure, cost="180")["own_share"] == D("80")
    assert amounts(measure, cost="1000")["own_share"] == D("500")
    assert amounts(measure)["own_share"] == Range(D("0"), None)


SHARED = "sum(f.amount * (half if f.young else fifth) for f in firms_told)"


def test_a_grant_of_shares_of_costs_never_takes_more_than_all_of_them(support):
    own = '{of: "sum(f.amount for f in firms_told)", provision: P.2, text: "Quota propria"}'
    measure = support(grant(of=SHARED), own=own)
    told = [{"id": "a", "amount": "100", "young": True}, {"id": "b", "amount": "10", "young": False}]
    assert amounts(measure, firms_told=told)["own_share"] == D("58")
    assert amounts(measure, firms_told=[{"id": "a", "young": True}])["own_share"].least == 0


BROKEN = [
    (
        grant(rest=', intensity: "fine / cost"'),
        "grant",
        "an intensity is a share, not a quotient",
    ),
    (grant(of="cost - credit", rest=", intensity: half"), "grant", "an amount that is rounded may be negative"),
    (grant(of="cost * third - credit"), "grant", "an amount that is rounded may be negative"),
]


@pytest.mark.parametrize(("line", "subject", "message"), BROKEN)
def test_what_an_amount_of_support_cannot_be(support, line, subject, message):
    with pytest.raises(BadRules) as caught:
        support(line)
    assert [(fault.subject, fault.message) for fault in caught.value.faults] == [(subject, message)]
    assert caught.value.faults[0].place.line > 1


def test_the_own_share_is_of_whole_cents(support):
    with pytest.raises(BadRules) as caught:
        support(grant(rest=", intensity: half"), own='{of: "cost * third", provision: P.2, text: x}')
    told = "the own share is taken of an amount in cents: round it first"
    assert [(fault.subject, fault.message) for fault in caught.value.faults] == [("own_share", told)]


def test_a_cap_and_an_equivalent_that_stand_elsewhere_say_where(support):
    elsewhere = (
        '{is: "min(credit, spare)", text: "Tetto altrove", cite: {act: uno, at: "art. 9, p. 47", read_in: stampa}}'
    )
    worth = '{is: "half_up(loan * half)", text: "ESL", cite: {act: uno, at: "art. 11"}}'
    measure = support(
        f'loan: {{form: loan, of: cost, at_most: [most, {elsewhere}], equivalent: {worth}, provision: P.1, text: "Prestito"}}',
        grant(rest=", intensity: half, at_most: most"),
    )
    decision = measure.decide({"cost": "80", "credit": "50", "spare": "70"}, on=ON)
    cites = [(step.step, str(step.cite)) for amount in decision.support for step in amount.steps if step.cite]
    assert cites == [("cap", "DGR XI/1, art. 9, p. 47"), ("equivalent", "DGR XI/1, art. 11")]
    found = next(one for one in decision.support if one.id == "loan")
    assert (found.amount, found.confidence) == (D("50.00"), misure.Confidence.SECONDARY)
    page = re.sub(r"\s+", " ", str(misure.explain(decision, "it", all=True)))
    assert "Tetto altrove, 50,00 € (DGR XI/1, art. 9, p. 47) [fonte secondaria] – riduce l'importo di 30,00 €" in page
    assert "ESL: 25,00 € (DGR XI/1, art. 11)" in page
    rules = re.sub(r"\s+", " ", str(present(measure, "it")))
    assert "Tetto altrove (DGR XI/1, art. 9, p. 47)" in rules
    assert "ESL (DGR XI/1, art. 11)" in rules
    assert '"cite": {"act": "uno", "at": "art. 11"}' in decision.to_json()


def test_a_place_in_an_act_that_is_not_declared_is_told(support):
    with pytest.raises(BadRules) as caught:
        support(grant(rest=', at_most: [{is: most, text: x, cite: {act: uni, at: "art. 9"}}]'))
    (fault,) = caught.value.faults
    assert (fault.message, fault.suggestion) == ("no act is called 'uni'", "uno")
