# SPDX-License-Identifier: Apache-2.0
"""The days between two days: a term that was suspended, and an amount in proportion to a time.

Seen to fail when the two days stood the other way round, and when a quotient lost its divisor on the way through a product.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import misure.batch
from misure import Range
from tests.deciding.written_measures import opened

VOCABULARY = """
facts:
  paid: {unit: EUR, least: "0", greatest: "10000000", label: x, question: "Quanto?"}
events:
  asked_on: {label: x, question: "Quando?", not_before: filed_on}
  answered_on: {label: x, question: "Quando?", not_before: asked_on}
  decided_on: {label: x, question: "Quando?"}
  left_on: {label: x, question: "Quando?", not_before: paid_on}
"""
RULES = """
parameters:
  evaluation_days: {is: 90 days, label: x}
  kept_years: {is: 3 years, label: x}
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      suspended: {is: "answered_on - asked_on if happened(asked_on) else 0", unit: days, label: "giorni di sospensione"}
      kept_until: {is: "paid_on + years(kept_years)", label: x}
      left_of_it: {is: "max(0, kept_until - left_on) if happened(left_on) else 0", unit: days, label: x}
      whole_time: {is: "max(0, kept_until - paid_on)", unit: days, label: x}
      back: {is: "half_up(paid * (left_of_it / whole_time))", unit: EUR, label: x}
    reporting:
      nothing_back: {provision: P.1, text: "Resta {back}", holds: back <= 0}
    terms:
      evaluation: {provision: P.2, text: "Entro {evaluation_days}, sospesi {suspended}", by: "filed_on + days(evaluation_days) + days(suspended)", done: decided_on, stage: reporting}
"""
FILED, ON = dt.date(2022, 6, 1), dt.date(2030, 6, 1)
DAYS = st.integers(0, 900).map(lambda n: FILED + dt.timedelta(n))


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("between"), RULES, vocabulary=VOCABULARY)


def term(decision):
    return next(one for one in decision.terms if one.id == "evaluation")


@pytest.mark.parametrize(
    ("told", "day", "state"),
    [
        ({"asked_on": "not_yet"}, dt.date(2022, 8, 30), "late"),
        ({"asked_on": "2022-06-20", "answered_on": "2022-07-05"}, dt.date(2022, 9, 14), "kept"),
        ({"asked_on": "2022-06-20", "answered_on": "2022-07-04"}, dt.date(2022, 9, 13), "late"),
        ({"asked_on": "2022-06-20", "answered_on": "2022-06-20"}, dt.date(2022, 8, 30), "late"),
        ({"asked_on": "2022-06-20"}, None, "unknown"),
        ({}, None, "unknown"),
    ],
)
def test_a_term_stands_still_while_an_answer_is_waited_for(measure, told, day, state):
    decision = measure.decide({"filed_on": FILED, "decided_on": "2022-09-14"} | told, on=dt.date(2022, 10, 1))
    found = term(decision)
    assert found.state == state
    if day is not None:
        assert found.day == day


def test_a_term_whose_suspension_goes_on_is_not_late(measure):
    told = {"filed_on": FILED, "asked_on": "2022-06-20", "answered_on": "not_yet", "decided_on": "not_yet"}
    on = dt.date(2022, 10, 1)
    found = term(measure.decide(told, on=on))
    assert found.state == "open"
    assert found.day.least >= on + dt.timedelta(71)


def by_hand(paid, paid_on, left_on):
    until = paid_on.replace(year=paid_on.year + 3)
    part = max(0, (until - left_on).days)
    return (paid * part / (until - paid_on).days).quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(
    rows=st.lists(st.tuples(st.integers(0, 10**9), DAYS, st.integers(0, 1300), st.booleans()), min_size=1, max_size=8)
)
def test_what_is_in_proportion_to_a_time_is_what_one_counts_by_hand(measure, rows):
    told, expected = [], []
    for at, (cents, paid_on, later, known) in enumerate(rows):
        paid, left_on = Decimal(cents) / 100, paid_on + dt.timedelta(later)
        told.append({"id": at, "paid": paid, "paid_on": paid_on, "left_on": left_on if known else None})
        expected.append(by_hand(paid, paid_on, left_on) if known else None)
    for row, hand in zip(told, expected, strict=True):
        facts = {name: value for name, value in row.items() if name != "id" and value is not None}
        value = measure.decide(facts, on=ON)["nothing_back"].values["back"]
        if hand is None:
            assert isinstance(value, Range) or value == 0
        else:
            assert value == hand
    schema = {"id": pl.Int64, "paid": pl.Decimal(18, 2), "paid_on": pl.Date, "left_on": pl.Date}
    answered = misure.batch.decide(measure, pl.DataFrame(told, schema=schema), on=ON, key="id")
    scalar = [measure.decide({k: v for k, v in row.items() if k != "id" and v is not None}, on=ON) for row in told]
    assert answered["outcome"].to_list() == [one.outcome.value for one in scalar]
    for one, mask in zip(scalar, answered["failed"].to_list(), strict=True):
        assert bool(mask) == any(finding.truth == "no" for finding in one.findings)


def test_linked_rules_hold_the_days_between_two_days(measure):
    told = {"filed_on": FILED, "paid": "1096", "paid_on": "2022-07-01", "left_on": "2025-06-30"}
    opened_again = misure.open_linked(measure.linked())
    assert opened_again.decide(told, on=ON)["nothing_back"].values["back"] == 1
    assert opened_again.decide(told, on=ON) == measure.decide(told, on=ON)


def test_selections_read_them_as_decisions_do(tmp_path):
    rules = (
        RULES
        + 'selection:\n  cite: {act: uno, at: "art. 2"}\n  kind: ranking\n  provision: P.3\n  text: a\n  order: [lowest back]\n'
    )
    chosen = opened(tmp_path, rules, vocabulary=VOCABULARY)
    told = {"filed_on": FILED, "paid": "1096", "paid_on": "2022-07-01"}
    days = {"A": "2024-06-30", "B": "2025-06-29", "C": "2025-07-01"}
    applications = [misure.Application(name, told | {"left_on": day}, admitted=True) for name, day in days.items()]
    selection = chosen.select(applications, on=ON)
    assert [selection[name].place for name in "ABC"] == [3, 2, 1]
