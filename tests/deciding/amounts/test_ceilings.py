# SPDX-License-Identifier: Apache-2.0
"""A cap that stands in a definition beneath an amount is a step of the amount, and binds by its name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import misure
from misure import Range

ON = dt.date(2022, 6, 1)
VOCABULARY = """
facts:
  cost: {unit: EUR, least: "0", greatest: "1000", label: costi, question: "Quanto?"}
  other: {unit: EUR, least: "0", greatest: "1000", label: altri, question: "Quanto?"}
flags:
  young: {label: giovane, question: "È giovane?"}
"""
RULES = """
parameters:
  most: {MOST, label: "spesa massima"}
DEFINITIONS
support:
  cite: {act: uno, at: "art. 2"}
  lines:
    grant: {form: grant, of: "BASE", provision: P.2, text: "Contributo"}
"""
ONE = 'counted: {is: "min(cost, most)", unit: EUR, label: "spesa che conta"}'


@pytest.fixture
def decided(write):
    def written(base="counted", most="is: 100.00 EUR", definitions=ONE, **facts):
        head = 'provisions:\n  - cite: {act: uno, at: "art. 5"}\n    definitions:\n      ' if definitions else ""
        text = RULES.replace("DEFINITIONS", head + definitions.replace("\n", "\n      ")).replace("BASE", base)
        return write(text.replace("MOST", most), vocabulary=VOCABULARY).decide(facts, on=ON)

    return written


def steps(decision):
    """The ceilings of the grant: value, whether it binds, by what name, where it stands."""
    return [
        (s.value, s.binds, s.parameter, s.text, s.cite and s.cite.at)
        for s in decision.support[0].steps
        if s.step == "ceiling"
    ]


HUNDRED = Decimal("100.00")
BINDS = {
    "one cent more": ("100.01", True), "just as much": ("100.00", False), "less": ("99.99", False), "not told": (None, False),
}  # fmt: skip


@pytest.mark.parametrize(("cost", "binds"), BINDS.values(), ids=list(BINDS))
def test_a_ceiling_binds_where_more_is_told(decided, cost, binds) -> None:
    decision = decided(cost=cost)
    assert steps(decision) == [(HUNDRED, binds, "most", "spesa massima", "art. 5")]
    assert ("conta al massimo 100,00 € (spesa massima" in str(misure.explain(decision)).replace("\xa0", " ")) is binds


def test_it_is_told_with_its_place_before_the_base(decided) -> None:
    decision = decided(cost=700)
    assert [step.step for step in decision.support[0].steps] == ["ceiling", "base", "half_up"]
    told = (
        decision.support[0].to_dict() if hasattr(decision.support[0], "to_dict") else decision.to_dict()["support"][0]
    )
    assert told["steps"][0] == {
        "step": "ceiling", "value": "100.00", "binds": True, "confidence": "official",
        "parameter": "most", "cite": {"act": "uno", "at": "art. 5"},
    }  # fmt: skip
    assert "art. 5" in str(misure.explain(decision))


DEEP = (
    'inner: {is: "min(cost + other, most)", unit: EUR, label: a}\ncounted: {is: "inner - other", unit: EUR, label: b}'
)
WHERE = {
    "in the base itself": ("min(cost, most)", "", "art. 2"),
    "in a definition that a definition reads": ("counted", DEEP, "art. 5"),
    "beside another amount": ("counted + other", ONE, "art. 5"),
    "the parameter first": ("counted", ONE.replace("cost, most", "most, cost"), "art. 5"),
}


@pytest.mark.parametrize(("base", "definitions", "at"), WHERE.values(), ids=list(WHERE))
def test_wherever_the_ceiling_stands(decided, base, definitions, at) -> None:
    (step,) = steps(decided(base, definitions=definitions, cost=700, other=1))
    assert step[:4] == (HUNDRED, True, "most", "spesa massima")
    assert step[4] in (at, "")


@pytest.mark.parametrize(("other", "binds"), [(50, False), (100, False), (101, True)])
def test_of_three_the_least_of_the_others_is_held_against_it(decided, other, binds) -> None:
    three = ONE.replace("cost, most", "cost, other, most")
    assert steps(decided(definitions=three, cost=700, other=other))[0][1] is binds


@pytest.mark.parametrize(("cost", "binds"), [("150", False), ("200.00", False), ("200.01", True)])
def test_a_ceiling_that_is_not_published_binds_above_all_that_it_may_be(decided, cost, binds) -> None:
    open_ = 'unknown: "non pubblicata", between: [100.00 EUR, 200.00 EUR]'
    assert steps(decided(most=open_, cost=cost))[0][:2] == (Range(HUNDRED, Decimal("200.00")), binds)


CASES = """counted:
  unit: EUR
  label: c
  cases:
    - {when: young, is: "min(cost, most)"}
    - {otherwise: cost}"""


def test_a_definition_of_several_cases_tells_no_ceiling(decided) -> None:
    """Which of them counts is another question: the cap of the one is no cap of the other."""
    assert steps(decided(definitions=CASES, cost=700, young=False)) == []


def test_the_investment_of_verso_nuovi_mercati_counts_up_to_600000_euro() -> None:
    measure = misure.catalogue()["lombardia/verso-nuovi-mercati"]
    decision = measure.decide({"planned_eligible_spend": 700000}, on=dt.date(2025, 7, 1))
    assert steps(decision) == [
        (
            Decimal("600000.00"),
            True,
            "maximum_spend",
            "investimento massimo agevolabile",
            "All. A, B.2.a, comma 3, p. 12",
        )
    ]
    page = " ".join(str(misure.explain(decision)).replace("\xa0", " ").split())
    assert (
        "conta al massimo 600.000,00 € (investimento massimo agevolabile, Decreto 5678, All. A, B.2.a, comma 3, p. 12)"
        in page
    )


def test_what_limits_each_record_of_a_sum_is_no_ceiling_of_the_amount(write) -> None:
    table = """
tables:
  costs:
    label: costi
    question: "Quali?"
    key: firm
    name: firm
    max_items: 5
    fields:
      firm: {text: 8, label: impresa}
      paid: {unit: EUR, least: "0", greatest: "1000", label: pagato, question: "Quanto?"}
"""
    each = '{is: "sum(min(c.paid, most) for c in costs)", unit: EUR, label: "spesa che conta"}'
    text = RULES.replace(
        "DEFINITIONS", f'provisions:\n  - cite: {{act: uno, at: "art. 5"}}\n    definitions:\n      counted: {each}'
    )
    measure = write(text.replace("BASE", "counted").replace("MOST", "is: 100.00 EUR"), vocabulary=VOCABULARY + table)
    decision = measure.decide({"costs": [{"firm": "a", "paid": "150"}, {"firm": "b", "paid": "20"}]}, on=ON)
    assert decision.support[0].amount == Decimal("120.00")
    assert steps(decision) == []
