# SPDX-License-Identifier: Apache-2.0
"""Definitions in several cases, of each kind: what is live, what is open, what clashes, and where no case holds."""

from __future__ import annotations

import datetime as dt

import pytest

from misure import Conflict, Range

ON = dt.date(2022, 6, 1)
VOCABULARY = """
facts:
  cost: {unit: EUR, least: "0", greatest: "1000", label: x, question: "Quanto?"}
  gain: {unit: EUR, least: "0", greatest: "1000", label: x, question: "Quanto?"}
  quota: {unit: share, least: "0", greatest: "1", label: x, question: "Quanta?"}
  opened_on: {date: yes, label: x, question: "Quando?"}
  closed_on: {date: yes, label: x, question: "Quando?"}
flags:
  young: {label: x, question: "È giovane?"}
  local: {label: x, question: "È locale?"}
  first: {label: x, question: "È prima?"}
  second: {label: x, question: "È seconda?"}
"""
RULES = """
parameters:
  half: {is: 50%, for_information: yes}
  start: {is: 2022-03-01, for_information: yes}
  limit: {is: 100.00 EUR, for_information: yes}
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      d: {label: x, CASES}
    admission:
      rule: {provision: P.1, text: a, holds: "HOLDS", effect: none}
"""


@pytest.fixture
def decide(write):
    def decided(cases, holds, **facts):
        unit = "unit: EUR, " if "otherwise: 0" in cases else ""
        text = RULES.replace("CASES", f"{unit}cases: [{cases}]").replace("HOLDS", holds)
        return write(text, vocabulary=VOCABULARY).decide(facts, on=ON)

    return decided


NUMBERS = "{when: young, is: cost}, {when: local, is: gain * half}, {otherwise: limit}"
DAYS = "{when: young, is: opened_on}, {when: local, is: closed_on}"
TRUTHS = "{when: young, is: first}, {when: local, is: second}, {otherwise: first and second}"
PARTLY = "{when: young, is: first}, {when: local, is: second}"


@pytest.mark.parametrize(
    ("cases", "holds", "facts", "truth", "value"),
    [
        (NUMBERS, "d >= limit", {"young": True, "local": False, "cost": 100}, "yes", "100.00"),
        (NUMBERS, "d >= limit", {"young": False, "local": True, "gain": 199}, "no", "99.50"),
        (NUMBERS, "d >= limit", {"young": False, "local": False}, "yes", "100.00"),
        (NUMBERS, "d >= limit", {"young": False, "gain": 200}, "yes", "100.00"),
        (NUMBERS, "d >= limit", {"young": False, "gain": 199}, "unknown", ("99.50", "100.00")),
        (NUMBERS, "d >= limit", {"young": True, "local": True, "cost": 50, "gain": 100}, "no", "50.00"),
        (NUMBERS, "d >= limit", {"cost": 100, "gain": 200}, "yes", "100.00"),
        (DAYS, "d < start", {"young": True, "local": False, "opened_on": "2022-02-28"}, "yes", "2022-02-28"),
        (DAYS, "d < start", {"young": False, "local": True, "closed_on": "2022-03-01"}, "no", "2022-03-01"),
        (DAYS, "d < start", {"young": False, "local": False}, "unknown", None),
        (DAYS, "d < start", {"young": False, "closed_on": "2022-02-28"}, "unknown", None),
        (
            DAYS,
            "d < start",
            {"young": True, "local": True, "opened_on": "2022-02-28", "closed_on": "2022-02-28"},
            "yes",
            "2022-02-28",
        ),
        (TRUTHS, "d", {"young": True, "local": False, "first": True}, "yes", "True"),
        (TRUTHS, "d", {"young": False, "local": True, "second": False}, "no", "False"),
        (TRUTHS, "d", {"young": False, "local": False, "first": True, "second": True}, "yes", "True"),
        (TRUTHS, "d", {"young": False, "local": False, "first": False}, "no", "False"),
        (TRUTHS, "d", {"young": True, "local": True, "first": False, "second": False}, "no", "False"),
        (TRUTHS, "d", {"first": True, "second": True}, "yes", "True"),
        (TRUTHS, "d", {"young": False, "first": True, "second": False}, "no", "False"),
        (PARTLY, "d", {"young": False, "local": False, "first": True, "second": True}, "unknown", None),
        (PARTLY, "not d", {"young": True, "local": False, "first": False}, "yes", "False"),
    ],
)
def test_the_value_is_that_of_the_case_that_is_live_or_of_all_that_may_be(decide, cases, holds, facts, truth, value):
    decision = decide(cases, holds, **facts)
    assert decision["rule"].truth == truth
    found = decision.value("d")
    shown = (
        (str(found.least), str(found.greatest)) if isinstance(found, Range) else found if found is None else str(found)
    )
    assert shown == value


@pytest.mark.parametrize(
    ("cases", "facts"),
    [
        (NUMBERS, {"cost": 50, "gain": "100.01"}),
        (NUMBERS, {"cost": 50, "gain": "99.99"}),
        (DAYS, {"opened_on": "2022-02-28", "closed_on": "2022-03-01"}),
        (DAYS, {"opened_on": "2022-03-01", "closed_on": "2022-02-28"}),
        (TRUTHS, {"first": True, "second": False}),
        (TRUTHS, {"first": False, "second": True}),
    ],
)
def test_two_live_cases_with_two_values_contradict_each_other(decide, cases, facts):
    with pytest.raises(Conflict) as caught:
        decide(
            cases,
            "d" if cases is TRUTHS else "d < start" if cases is DAYS else "d > 0",
            young=True,
            local=True,
            **facts,
        )
    assert caught.value.definition == "d"
    assert caught.value.citations == ("DGR XI/1, art. 1", "DGR XI/1, art. 1")


@pytest.mark.parametrize(
    ("cases", "facts"),
    [
        (NUMBERS, {"young": True, "cost": 50, "gain": "100.01"}),
        (NUMBERS, {"young": True, "local": True, "cost": 50}),
        (DAYS, {"young": True, "local": True, "opened_on": "2022-02-28"}),
        (TRUTHS, {"young": True, "local": True, "first": True}),
    ],
)
def test_cases_that_may_agree_or_may_not_be_live_are_no_contradiction(decide, cases, facts):
    decision = decide(cases, "d" if cases is TRUTHS else "d < start" if cases is DAYS else "d > 0", **facts)
    assert decision["rule"].truth in ("yes", "unknown")


@pytest.mark.parametrize(("fact", "holds"), [("cost", "d >= 0"), ("quota", "d >= 0"), ("quota", "d <= 1")])
def test_where_no_case_is_live_the_value_lies_within_its_unit(decide, fact, holds):
    assert decide(f"{{when: young, is: {fact}}}", holds, young=False)["rule"].truth == "yes"


def test_where_no_case_is_live_nothing_else_is_known(decide):
    found = decide("{when: young, is: quota}", "d <= half", young=False, quota="0.1")["rule"]
    assert (found.truth, [one.kind for one in found.missing]) == ("unknown", ["undefined"])
