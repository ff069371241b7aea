# SPDX-License-Identifier: Apache-2.0
"""A measure dated on the grant, with two editions: which law is named, and which value decides, known or not."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure import Confidence, NotEncoded, Range
from misure.deciding.machinery import compiled

EDITIONS = "editions: {2022-01-31: {act: uno, read: whole}, 2024-01-31: {act: due, read: whole, restates: [cap, under_cap], others: inferred}}\n"
VOCABULARY = """
facts:
  cost: {unit: EUR, least: "0", greatest: "1000", label: x, question: "Quanto?"}
"""
RULES = """
parameters:
  cap:
    2022-01-31: 100.00 EUR
    2024-01-31: {is: 200.00 EUR, act: due, read_in: stampa}
  last_day:
    2022-01-31: 2022-12-31
    2023-06-01: 2023-12-31
  hidden:
    2022-01-31: {unknown: "non pubblicato", between: [1.00 EUR, 5.00 EUR]}
    2023-06-01: 50.00 EUR
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      under_cap: {provision: P.1, text: "Al massimo {cap}", holds: cost <= cap}
      in_time: {provision: P.2, text: "Entro {last_day}", holds: filed_on <= last_day}
      above: {provision: P.3, text: "Almeno {hidden}", holds: cost >= hidden, effect: none}
"""


@pytest.fixture
def measure(write):
    return lambda law_of="grant": write(RULES, law_of=law_of, editions=EDITIONS, vocabulary=VOCABULARY)


def decided(measure, on="2024-06-01", **facts):
    return measure.decide({"filed_on": "2022-06-01"} | facts, on=dt.date.fromisoformat(on))


UNO, DUE = {"from": "2022-01-31", "act": "uno"}, {"from": "2024-01-31", "act": "due"}


def test_the_law_of_every_day_of_a_grant_is_that_of_the_newest_edition(measure):
    assert compiled(decided(measure(), cost="150")).period.law.edition.act.id == "due"


@pytest.mark.parametrize(
    ("law_of", "facts", "edition", "editions"),
    [
        # Every edition is in the one law of all grants: none is named as the one, and those that may rule are listed.
        ("grant", {}, None, [UNO, DUE]),
        ("grant", {"granted_on": "2024-01-30"}, None, [UNO]),
        ("grant", {"granted_on": "2024-01-31"}, None, [DUE]),
        ("grant", {"granted_on": "not_yet"}, None, [DUE]),
        ("grant", {"granted_on": "not_yet", "on": "2024-01-30"}, None, [UNO, DUE]),
        ("filing", {"filed_on": "2024-01-30"}, UNO, [UNO]),
        ("filing", {"filed_on": "2024-01-31"}, DUE, [DUE]),
        ("filing", {"filed_on": "not_yet", "on": "2024-01-30"}, UNO, [UNO]),
        ("filing", {"filed_on": None}, None, [UNO, DUE]),
        ("question", {"filed_on": None, "on": "2024-01-30"}, UNO, [UNO]),
        ("question", {"filed_on": None, "on": "2024-01-31"}, DUE, [DUE]),
    ],
)
def test_a_receipt_names_the_editions_that_may_rule(measure, law_of, facts, edition, editions):
    decision = decided(measure(law_of), cost="150", **facts)
    receipt = decision.receipt
    assert (receipt["edition"], receipt["editions"]) == (edition, editions)
    assert decision.measure.replay(receipt) == decision
    assert decision.measure.replay({key: value for key, value in receipt.items() if key != "editions"}) == decision
    assert "editions" not in decision.to_dict(format=1)["receipt"]
    head = " ".join(str(misure.explain(decision)).split("Esito:")[0].split())
    assert (
        "quelle in vigore dal 31 gennaio 2022" in head or "tutte le regole in vigore dal 31 gennaio 2022" in head
    ) is (len(editions) > 1)
    assert ("Regole in vigore dal 31 gennaio 2024: " in head) is (editions == [DUE])


@pytest.mark.parametrize(
    ("cost", "facts", "truth"),
    [
        ("100", {"granted_on": "2022-01-31", "filed_on": "2022-01-31"}, "yes"),
        ("100.01", {"granted_on": "2024-01-30"}, "no"),
        ("200", {"granted_on": "2024-01-31"}, "yes"),
        ("200.01", {"granted_on": "2024-01-31"}, "no"),
        ("100", {}, "yes"),
        ("100.01", {}, "unknown"),
        ("200.01", {}, "no"),
        ("200", {"granted_on": "not_yet"}, "yes"),
        ("150", {"granted_on": "not_yet", "on": "2023-12-31"}, "unknown"),
        ("150", {"granted_on": "not_yet", "on": "2024-01-31"}, "yes"),
    ],
)
def test_an_amount_of_the_law_is_that_of_the_day_of_the_grant(measure, cost, facts, truth):
    assert decided(measure(), cost=cost, **facts)["under_cap"].truth == truth


@pytest.mark.parametrize(
    ("filed", "facts", "truth"),
    [
        ("2022-12-31", {"granted_on": "2023-05-31"}, "yes"),
        ("2023-01-01", {"granted_on": "2023-05-31"}, "no"),
        ("2023-01-01", {"granted_on": "2023-06-01"}, "yes"),
        ("2023-12-31", {"granted_on": "not_yet"}, "yes"),
        ("2022-12-31", {}, "yes"),
        ("2023-01-01", {}, "unknown"),
        ("2024-01-01", {}, "no"),
    ],
)
def test_a_day_of_the_law_is_that_of_the_day_of_the_grant(measure, filed, facts, truth):
    assert decided(measure(), filed_on=filed, **facts)["in_time"].truth == truth


@pytest.mark.parametrize(
    ("cost", "facts", "truth"),
    [
        ("5", {"granted_on": "2023-05-31"}, "yes"),
        ("4.99", {"granted_on": "2023-05-31"}, "unknown"),
        ("0.99", {"granted_on": "2023-05-31"}, "no"),
        ("49.99", {"granted_on": "2023-06-01"}, "no"),
        ("50", {}, "yes"),
        ("5", {}, "unknown"),
        ("0.99", {}, "no"),
    ],
)
def test_a_value_that_nobody_publishes_may_be_one_of_the_versions(measure, cost, facts, truth):
    assert decided(measure(), cost=cost, **facts)["above"].truth == truth


def test_a_grant_that_nobody_told_leaves_the_margin_between_the_versions(measure):
    finding = decided(measure(), cost="150", on="2023-12-31", granted_on="not_yet")["under_cap"]
    assert finding.margin == Range(-50, 50)
    assert [(one.name, one.kind) for one in finding.missing] == [("granted_on", "pending")]


def test_an_answer_is_as_sure_as_the_least_sure_version(measure):
    decision = decided(measure(), cost="150", granted_on="2022-02-01", filed_on="2022-02-01")
    assert {finding.id: finding.confidence for finding in decision.findings} == {
        "under_cap": Confidence.SECONDARY,
        "in_time": Confidence.INFERRED,
        "above": Confidence.INFERRED,
    }


def test_a_grant_before_the_first_edition_is_not_encoded(measure):
    with pytest.raises(NotEncoded, match="2022-01-30"):
        decided(measure(), cost="1", granted_on="2022-01-30")
