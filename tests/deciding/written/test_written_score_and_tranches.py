# SPDX-License-Identifier: Apache-2.0
"""Scores, tranches and duties, decided: scales, criteria, bonuses on either side of the threshold, shares of a payment."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

import misure
from misure import BadFacts, Range
from misure.ground.dated import dated_table
from misure.ground.rules_folder import bundled_rules
from misure.reading.packages.package import read_rulebook

D = Decimal
ON = dt.date(2022, 6, 1)


def points(decimals):
    rest = 'least: "0", greatest: "100", label: x, question: "Quanti?"'
    return f'{{unit: points, decimals: "{decimals}", {rest}}}'


VOCABULARY = f"""
facts:
  first_points: {points(0)}
  second_points: {points(1)}
  all_points: {points(2)}
flags:
  young: {{label: x, question: "È giovane?"}}
  local: {{label: x, question: "È locale?"}}
"""
RULES = """
parameters:
  lowest: 10 points
  highest: 90 points
  threshold: 60 points
  most: 50.50 points
  rungs: [0 points, 10.5 points, 30 points]
  before: 5 points
  after: 7.25 points
score:
  cite: {act: uno, at: "art. 2"}
  provision: P.1
  scale: {from: lowest, to: highest}
  total: all_points
  criteria:
    one: {fact: first_points, most: most, text: "Uno"}
    two: {fact: second_points, steps: rungs, text: "Due"}
  threshold: {id: reached, at_least: threshold, text: "Almeno {threshold}"}
  bonus:
    early: {points: before, when: young, counts: before_threshold, text: "Prima"}
    late: {points: after, when: local, counts: after_threshold, text: "Dopo"}
"""


@pytest.fixture
def scored(write):
    measure = write(RULES, vocabulary=VOCABULARY)
    return lambda **facts: measure.decide(facts, on=ON)


TOLD = {"young": False, "local": False}


@pytest.mark.parametrize(
    ("facts", "total"),
    [
        ({"first_points": "50", "second_points": "10.5"}, D("60.5")),
        ({"first_points": "0", "second_points": "10.5"}, D("10.5")),
        ({"all_points": "60.25"}, D("60.25")),
        ({"first_points": "50", "second_points": "10.5", "all_points": "60.50"}, D("60.5")),
        # the scale, the criteria and their steps bound what nobody told
        ({}, None),
        ({"second_points": "0"}, Range(D("10"), D("50.5"))),
        ({"first_points": "50"}, Range(D("50"), D("80"))),
        ({"second_points": "30"}, Range(D("30"), D("80.5"))),
        ({"first_points": "5"}, Range(D("10"), D("35"))),
    ],
)
def test_a_total_lies_within_the_scale_and_what_the_criteria_add_up_to(scored, facts, total):
    assert scored(**TOLD, **facts).score.total == total


def test_each_criterion_is_told_with_its_points(scored):
    found = scored(**TOLD, first_points="50", second_points="10.5").score
    assert found.criteria == (("one", D("50")), ("two", D("10.5")))
    assert found.bonuses == (("early", "no"), ("late", "no"))
    assert str(found.cite) == "DGR XI/1, art. 2"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"first_points": "51"}, "first_points"),
        ({"second_points": "10.4"}, "second_points"),
        ({"second_points": "0.5"}, "second_points"),
        ({"first_points": "50", "second_points": "0", "all_points": "50.01"}, "what its parts add up to"),
        ({"all_points": "9.99"}, "all_points: the score is 9.99, and its scale goes from 10.00 to "),
        (
            {"all_points": "90.01"},
            "all_points: what is declared as the total is not what its parts add up to: it is 90.01, and",
        ),
        ({"first_points": "0", "second_points": "0"}, "score"),
    ],
)
def test_points_that_cannot_be_are_bad_facts(scored, facts, told):
    with pytest.raises(BadFacts) as caught:
        scored(**TOLD, **facts)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("total", "young", "local", "reached", "margin", "final"),
    [
        ("60", False, False, "yes", "0", "60"),
        ("59.99", False, False, "no", "-0.01", "59.99"),
        # a bonus that counts before the threshold lifts a score over it
        ("55", True, False, "yes", "0", "60"),
        ("54.99", True, False, "no", "-0.01", "59.99"),
        # one that counts after it never does
        ("59.99", False, True, "no", "-0.01", "59.99"),
        ("60", False, True, "yes", "0", "67.25"),
        ("55", True, True, "yes", "0", "67.25"),
        ("54.99", True, True, "no", "-0.01", "59.99"),
    ],
)
def test_a_bonus_counts_before_the_threshold_or_after_it(scored, total, young, local, reached, margin, final):
    decision = scored(all_points=total, young=young, local=local)
    assert decision["reached"].truth == reached
    assert decision["reached"].margin == D(margin)
    assert decision.score.total == D(total)
    assert decision.score.final == D(final)
    assert decision.outcome == ("eligible" if reached == "yes" else "refused")
    assert (decision["reached"].stage, decision["reached"].effect) == ("assessment", "refuses")


def test_a_bonus_that_nobody_told_leaves_the_final_score_open(scored):
    decision = scored(all_points="60")
    assert decision.score.final == Range(D("60"), D("72.25"))
    assert decision.score.bonuses == (("early", "unknown"), ("late", "unknown"))


TRANCHES = """
parameters:
  budget: BUDGET
  half: 33.33%
  rest: 33.33%
tranches:
  cite: {act: uno, at: "art. 3"}
  of: budget
  lines:
    first: {share: half, provision: P.1, text: "Prima", due: {start: {holds: happened(granted_on), text: "Concesso"}}}
    second: {share: rest, provision: P.2, text: "Seconda", due: {go: {holds: young, when: local, text: "Via"}}, evidence: {sent: {holds: happened(paid_on), text: "Inviate"}}, act: {taken: {holds: local, text: "Atto"}}}
    last: {provision: P.3, text: "Saldo"}
"""


@pytest.mark.parametrize(
    ("budget", "amounts"),
    [
        ("100.00 EUR", ["33.33", "33.33", "33.34"]),
        ("0.01 EUR", ["0.00", "0.00", "0.01"]),
        ("0.02 EUR", ["0.01", "0.01", "0.00"]),
        ("1000000.00 EUR", ["333300.00", "333300.00", "333400.00"]),
    ],
)
def test_tranches_are_rounded_half_up_and_the_last_is_what_is_left(write, budget, amounts):
    measure = write(TRANCHES.replace("BUDGET", budget), vocabulary=VOCABULARY)
    decision = measure.decide({}, on=ON)
    assert [tranche.amount for tranche in decision.tranches] == [D(amount) for amount in amounts]


@pytest.mark.parametrize(
    ("facts", "due", "payable", "waits"),
    [
        ({"local": False, "young": False}, "yes", "no", ["sent", "taken"]),
        ({"local": True, "young": False}, "no", "no", ["go", "sent"]),
        ({"local": True, "young": True}, "yes", "unknown", ["sent"]),
        ({"local": True, "young": True, "paid_on": "2022-05-01"}, "yes", "yes", []),
        ({"local": True, "young": True, "paid_on": "not_yet"}, "yes", "no", ["sent"]),
        ({"young": True, "paid_on": "2022-05-01"}, "yes", "unknown", ["taken"]),
        ({"paid_on": "2022-05-01"}, "unknown", "unknown", ["go", "taken"]),
    ],
)
def test_a_tranche_is_due_by_its_triggers_and_payable_by_all_it_wants(write, facts, due, payable, waits):
    measure = write(TRANCHES.replace("BUDGET", "100.00 EUR"), vocabulary=VOCABULARY)
    found = measure.decide(facts, on=ON).tranches[1]
    assert (found.due, found.payable) == (due, payable)
    assert [one.id for one in found.waits_for] == waits


TERMS = """
parameters:
  ten: 10 days
  two: 2 months
  way: {is: REGIME, inferred: "lettura"}
provisions:
  - cite: {act: uno, at: "art. 4"}
    definitions:
      alias: {is: "granted_on + days(ten)", label: x}
      back: {is: "granted_on - days(ten)", label: x}
      by_case: {label: x, cases: [{when: young, is: "granted_on + days(ten)"}, {when: not young, is: granted_on}]}
    duties:
      told: {provision: P.1, who: ente, text: a, by: "granted_on + days(ten)", done: paid_on, regime: way}
      named: {provision: P.1, who: ente, text: a, by: alias, done: paid_on, regime: way}
      counted_back: {provision: P.1, who: ente, text: a, by: back, done: paid_on, regime: way}
      of_a_case: {provision: P.1, who: ente, text: a, by: by_case, done: paid_on, regime: way}
      in_months: {provision: P.1, who: ente, text: a, by: "granted_on + months(two)", done: paid_on, regime: way}
      standing: {provision: P.1, who: ente, text: a}
"""
FACTS = {"granted_on": "2022-05-05", "young": True}
SUNDAY, MONDAY = "2022-05-15", "2022-05-16"
# Ten days from 5 May 2022 end on a Sunday; ten days before it, on Monday 25 April, a holiday.


@pytest.mark.parametrize(
    ("regime", "days"),
    [
        ("it_civil", [MONDAY, MONDAY, "2022-04-23", MONDAY, "2022-07-05", None]),
        ("it_cpc", [MONDAY, MONDAY, "2022-04-22", MONDAY, "2022-07-05", None]),
        ("it_tax", [MONDAY, MONDAY, "2022-04-22", MONDAY, "2022-07-05", None]),
        ("eu_1182_71", [MONDAY, MONDAY, "2022-04-25", MONDAY, "2022-07-05", None]),
        ("validity", [SUNDAY, SUNDAY, "2022-04-25", SUNDAY, "2022-07-05", None]),
        ("fixed_instant", [SUNDAY, SUNDAY, "2022-04-25", SUNDAY, "2022-07-05", None]),
    ],
)
def test_the_last_day_of_a_duty_is_that_of_its_regime(write, regime, days):
    measure = write(TERMS.replace("REGIME", regime), vocabulary=VOCABULARY)
    found = {duty.id: duty for duty in measure.decide(FACTS, on=ON).duties}
    assert [str(one.day) if one.day else None for one in found.values()] == days
    assert [str(found[name].raw) for name in ("told", "named", "counted_back")] == [SUNDAY, SUNDAY, "2022-04-25"]
    assert found["standing"].state == "standing"


@pytest.mark.parametrize(
    ("granted", "span", "day"),
    [
        ("2022-05-13", "2 days", "2022-05-17"),
        ("2022-05-13", "1 days", "2022-05-16"),
        ("2022-05-12", "2 days", "2022-05-16"),
        ("2022-05-12", "3 days", "2022-05-16"),
        ("2022-05-11", "2 days", "2022-05-13"),
        # Good Friday is a working day, and Easter Monday is not
        ("2022-04-15", "2 days", "2022-04-20"),
    ],
)
def test_a_period_of_two_days_of_the_union_has_two_working_days(write, granted, span, day):
    rules = TERMS.replace("REGIME", "eu_1182_71").replace("10 days", span)
    found = write(rules, vocabulary=VOCABULARY).decide({"granted_on": granted, "young": True}, on=ON).duties
    assert [str(duty.day) for duty in found if duty.id in ("told", "named")] == [day, day]


@pytest.mark.parametrize(("regime", "other"), [("eu_1182_71", True), ("it_civil", False)])
def test_other_figures_of_the_regime_are_other_rules(write, tmp_path, monkeypatch, regime, other):
    """A receipt, a pickle and linked data are refused where a period of the Union has another number of working days."""
    measure = write(TERMS.replace("REGIME", regime), vocabulary=VOCABULARY)
    data = measure.linked()
    table = replace(dated_table("stato/counting-regimes"), version="another")
    changed = {"stato/counting-regimes": table}
    for module in ("reading.measures.linking", "rulebook.linked.encoding"):
        monkeypatch.setattr(f"misure.{module}.dated_table", lambda name: changed.get(name) or dated_table(name))
    assert (read_rulebook(tmp_path, measure.id, [bundled_rules()]).rules_hash != measure.rulebook.rules_hash) is other
    if other:
        with pytest.raises(
            misure.BadRules, match=r"not those of this library \(stato/counting-regimes\); make it again"
        ):
            misure.open_linked(data)
    else:
        assert misure.open_linked(data) == measure
