# SPDX-License-Identifier: Apache-2.0
"""Eligible costs, decided: lines, flat rates, unit costs, shares that cut or refuse, plans, totals and other units."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest

from misure import BadFacts, BadRules

D = Decimal
ON = dt.date(2022, 6, 1)
EUR = '{unit: EUR, least: "0", greatest: "1000000", label: x, question: "Quanto?"}'
VOCABULARY = f"""
facts:
  works: {EUR}
  advice: {EUR}
  later_works: {EUR}
  stated: {EUR}
  rough: {{unit: EUR, decimals: "0", least: "0", greatest: "1000000", label: x, question: "Quanto?"}}
  fine: {{unit: EUR, decimals: "3", least: "0", greatest: "1000000", label: x, question: "Quanto?"}}
  stand: {{unit: square_metres, least: "0", greatest: "1000", label: x, question: "Quanti?"}}
  store: {{unit: square_metres, least: "0", greatest: "1000", label: x, question: "Quanti?"}}
"""
RULES = """
parameters:
  share: 20%
  flat: 15%
  each: 250.50 EUR
  most: 1000.00 EUR
  room: 100.00 square_metres
provisions:
  - cite: {act: uno, at: "art. 1"}
    award:
      other: {provision: P.9, text: "Prova", holds: "CONDITION"}
spending:
  cite: {act: uno, at: "art. 2"}
  plans:
    planned: {total: total_spend}
  lines:
LINES
"""
LINE = 'provision: P.1, text: "Voce"'


def measure(write, lines, condition="total_spend <= most", plans=None):
    lines = "\n".join(f"    {line}" for line in lines)
    used = [
        name for name in ("share", "flat", "each", "most", "room") if not re.search(rf"\b{name}\b", lines + condition)
    ]
    text = RULES.replace("LINES", lines).replace("CONDITION", condition)
    for name in used:
        head, value = next((line, line.split(": ", 1)[1]) for line in text.split("\n") if line.startswith(f"  {name}:"))
        text = text.replace(head, f"  {name}: {{is: {value}, for_information: yes}}")
    if plans:
        text = text.replace("    planned: {total: total_spend}", "\n".join(f"    {plan}" for plan in plans))
    return write(text, vocabulary=VOCABULARY)


def lines_of(decision, plan="planned"):
    return {line.id: (line.requested, line.admitted, line.cap) for line in decision.spending if line.plan == plan}


WORKS = f"works_line: {{takes: {{planned: works}}, {LINE}}}"
REFUSING = [
    f"advice_line: {{takes: {{planned: advice}}, at_most: {{share: share, of: [works_line]}}, over: refuse, {LINE}}}",
    WORKS,
]


@pytest.mark.parametrize(
    ("works", "advice", "outcome", "margin"),
    [
        ("1000", "200", "eligible", D("0")),
        ("1000", "200.01", "refused", D("-0.01")),
        ("1000", "210", "refused", D("-10")),
        ("1000", "0", "eligible", D("200")),
        # a fifth of 999.99 is 199.998, which is cut to the cent
        ("999.99", "199.99", "eligible", D("0")),
        ("999.99", "200", "refused", D("-0.01")),
    ],
)
def test_a_line_over_its_share_refuses_the_application(write, works, advice, outcome, margin):
    rules = measure(write, REFUSING, "total_spend >= 0")
    decision = rules.decide({"works": works, "advice": advice}, on=ON)
    assert decision.outcome == outcome
    finding = decision["advice_line"]
    assert (finding.stage, finding.effect, finding.margin) == ("award", "refuses", margin)
    assert finding.truth == ("yes" if outcome == "eligible" else "no")
    assert (finding.provisions, str(finding.cite)) == (("P.1",), "DGR XI/1, art. 2")
    # nothing is cut: it is refused or it stands
    assert lines_of(decision)["advice_line"] == (D(advice), D(advice), D(works) - (D(works) - margin - D(advice)))


@pytest.mark.parametrize(
    ("facts", "truth"),
    [
        ({"advice": "0"}, "yes"),
        ({"advice": "200000.01"}, "no"),
        ({"advice": "200000"}, "unknown"),
        ({"works": "0"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_a_line_that_refuses_is_open_while_its_costs_are(write, facts, truth):
    decision = measure(write, REFUSING, "total_spend >= 0").decide(facts, on=ON)
    assert decision["advice_line"].truth == truth


@pytest.mark.parametrize(
    ("works", "advice", "admitted", "total"),
    [("1000", "200", "200", "1200"), ("1000", "200.01", "200.00", "1200.00"), ("0", "5", "0", "0")],
)
def test_a_line_over_its_share_is_cut(write, works, advice, admitted, total):
    cutting = [line.replace(" over: refuse,", "") for line in REFUSING]
    decision = measure(write, cutting).decide({"works": works, "advice": advice}, on=ON)
    assert lines_of(decision)["advice_line"][:2] == (D(advice), D(admitted))
    assert lines_of(decision)["total"][:2] == (D(works) + D(advice), D(total))
    assert decision["other"].margin == 1000 - D(total)
    assert [finding.id for finding in decision.findings] == ["other"]


@pytest.mark.parametrize(("measured", "cap"), [("requested", "300.00"), ("admitted", "240.00")])
def test_a_share_is_of_what_is_requested_or_of_what_is_admitted(write, measured, cap):
    lines = [
        f"store_line: {{takes: {{planned: later_works}}, at_most: {{share: share, of: [advice_line, works_line], measured: {measured}}}, {LINE}}}",
        f"advice_line: {{takes: {{planned: advice}}, at_most: {{share: share, of: [works_line]}}, {LINE}}}",
        WORKS,
    ]
    facts = {"works": "1000", "advice": "500", "later_works": "900"}
    found = lines_of(measure(write, lines).decide(facts, on=ON))
    assert found["advice_line"] == (D("500"), D("200"), D("200"))
    assert found["store_line"] == (D("900"), D(cap), D(cap))
    assert found["total"][:2] == (D("2400"), D("1200") + D(cap))


def test_a_share_of_all_lines_is_of_the_line_itself_too(write):
    lines = [
        f"advice_line: {{takes: {{planned: advice}}, at_most: {{share: share, of: all, measured: requested}}, {LINE}}}",
        WORKS,
    ]
    found = lines_of(measure(write, lines).decide({"works": "1000", "advice": "500"}, on=ON))
    assert found["advice_line"] == (D("500"), D("300"), D("300"))


@pytest.mark.parametrize(
    ("works", "flat", "requested"),
    [("1000", "150.00", "150.00"), ("0.03", "0.00", "0.00"), ("0.10", "0.02", "0.02"), ("0.09", "0.01", "0.01")],
)
def test_a_flat_rate_is_a_share_of_what_is_admitted_rounded_half_up(write, works, flat, requested):
    lines = [WORKS, f"staff: {{flat: flat, of: [works_line], {LINE}}}"]
    found = lines_of(measure(write, lines).decide({"works": works}, on=ON))
    assert found["staff"] == (D(requested), D(flat), None)
    assert found["total"][1] == D(works) + D(flat)


def test_a_flat_rate_on_what_was_cut_asks_more_than_it_is_given(write):
    lines = [
        f"advice_line: {{takes: {{planned: advice}}, at_most: {{share: share, of: [works_line]}}, {LINE}}}",
        WORKS,
        f"staff: {{flat: flat, of: [advice_line, works_line], {LINE}}}",
    ]
    found = lines_of(measure(write, lines).decide({"works": "1000", "advice": "500"}, on=ON))
    assert found["staff"] == (D("225"), D("180"), None)
    assert found["total"][:2] == (D("1725"), D("1380"))


@pytest.mark.parametrize(
    ("metres", "amount"), [("0", "0"), ("1", "250.50"), ("0.01", "2.51"), ("0.02", "5.01"), ("1000", "250500")]
)
def test_a_unit_cost_is_paid_for_each_unit_rounded_half_up(write, metres, amount):
    lines = [f"stand_line: {{units: {{planned: stand}}, unit_cost: each, {LINE}}}"]
    found = lines_of(measure(write, lines).decide({"stand": metres}, on=ON))
    assert found["stand_line"] == (D(amount), D(amount), None)


PLANS = ["planned: {total: total_spend, declared: stated}", "reported: {total: later_spend}"]
TWO = [
    f"works_line: {{takes: {{planned: works, reported: later_works}}, {LINE}}}",
    f"advice_line: {{takes: {{planned: advice}}, {LINE}}}",
    f"stand_line: {{units: {{reported: stand}}, unit_cost: each, {LINE}}}",
]


def test_each_plan_has_its_own_facts_and_a_line_without_one_is_nothing_there(write):
    rules = measure(write, TWO, "later_spend <= total_spend", PLANS)
    decision = rules.decide({"works": "10", "advice": "5", "later_works": "7", "stand": "2", "stated": "15"}, on=ON)
    assert {name: pair[:2] for name, pair in lines_of(decision).items()} == {
        "works_line": (10, 10),
        "advice_line": (5, 5),
        "stand_line": (0, 0),
        "total": (15, 15),
    }
    assert {name: pair[:2] for name, pair in lines_of(decision, "reported").items()} == {
        "works_line": (7, 7),
        "advice_line": (0, 0),
        "stand_line": (501, 501),
        "total": (508, 508),
    }
    assert decision["other"].margin == 15 - 508


@pytest.mark.parametrize(
    ("facts", "total"),
    [
        ({"stated": "15"}, D("15")),
        ({"works": "10", "advice": "5"}, D("15")),
        ({"works": "10", "stated": "15"}, D("15")),
        ({"works": "10"}, None),
    ],
)
def test_a_total_is_what_is_stated_or_what_the_lines_add_up_to(write, facts, total):
    decision = measure(write, TWO, "later_spend <= total_spend", PLANS).decide(facts, on=ON)
    assert lines_of(decision)["total"][1] == total


@pytest.mark.parametrize("facts", [{"works": "10", "advice": "5", "stated": "15.01"}, {"works": "16", "stated": "15"}])
def test_a_total_that_the_lines_cannot_add_up_to_is_bad_facts(write, facts):
    rules = measure(write, TWO, "later_spend <= total_spend", PLANS)
    with pytest.raises(
        BadFacts, match=r"stated: what is declared as the total is not what its parts add up to: it is 15\.0"
    ):
        rules.decide(facts, on=ON)


@pytest.mark.parametrize(("stand", "store", "margin"), [("45", "9", "1"), ("45.46", "9.09", "-0.01")])
def test_lines_may_be_in_another_unit_than_euro(write, stand, store, margin):
    lines = [
        f"stand_line: {{takes: {{planned: stand}}, {LINE}}}",
        f"store_line: {{takes: {{planned: store}}, at_most: {{share: share, of: [stand_line]}}, {LINE}}}",
    ]
    rules = measure(write, lines, "total_spend + stand <= room")
    decision = rules.decide({"stand": stand, "store": "30"}, on=ON)
    assert lines_of(decision)["store_line"] == (30, D(store), D(store))
    assert decision["other"].values["total_spend"] == D(stand) + D(store)
    assert decision["other"].margin == D(margin)


@pytest.mark.parametrize(("lines", "amount"), [("rough", "12"), ("works", "12.34")])
def test_facts_with_fewer_decimals_than_the_cent_are_euros_all_the_same(write, lines, amount):
    rules = measure(write, [f"works_line: {{takes: {{planned: {lines}}}, {LINE}}}"])
    decision = rules.decide({lines: amount}, on=ON)
    assert lines_of(decision)["works_line"][:2] == (D(amount), D(amount))
    assert decision["other"].margin == 1000 - D(amount)


def test_a_fact_with_more_decimals_than_the_cent_is_no_cost(write):
    with pytest.raises(BadRules) as caught:
        measure(write, [f"works_line: {{takes: {{planned: fine}}, {LINE}}}"])
    (fault,) = caught.value.faults
    assert (fault.subject, fault.message) == ("works_line", "'fine' has more decimals than a cent")


@pytest.mark.parametrize(
    ("condition", "margin"),
    [
        ("advice_line <= most", D("800")),
        ("works_line <= most", D("0")),
        ("works_line + advice_line <= most", D("-200")),
        ("total_spend <= most", D("-200")),
    ],
)
def test_rules_name_what_is_admitted_of_the_lines_of_the_first_plan(write, condition, margin):
    cutting = [line.replace(" over: refuse,", "") for line in REFUSING]
    decision = measure(write, cutting, condition).decide({"works": "1000", "advice": "500"}, on=ON)
    assert decision["other"].margin == margin
