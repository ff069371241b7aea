# SPDX-License-Identifier: Apache-2.0
"""Interest at the legal rate: what one adds up day by day, for one applicant and over a frame; open where a year has no rate.

Seen to fail when the first day bore interest, and when a year began on its second day.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import misure
import misure.batch
from misure import Range, finance, testing
from misure.deciding.machinery import compiled
from misure.ground.truth import NotKnowing
from tests.deciding.written_measures import opened

VOCABULARY = """
facts:
  owed: {unit: EUR, least: "0", greatest: "10000000", label: "importo dovuto", question: "Quanto?"}
events:
  since_on: {label: "erogazione delle somme", question: "Quando?"}
  until_on: {label: "decadenza", question: "Quando?"}
"""
RULES = """
support:
  cite: {act: uno, at: "art. 1"}
  lines:
    interest: {form: grant, of: "legal_interest(owed, since_on, until_on)", provision: P.1, text: "Interessi legali"}
"""
RATES = {2022: "0.0125", 2023: "0.05", 2024: "0.025", 2025: "0.02", 2026: "0.016"}
"""As the decrees have them, read off their reports and not off the table."""
ON = dt.date(2030, 1, 1)
DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("interest"), RULES, law_of="question", vocabulary=VOCABULARY)


def interest(measure, **facts):
    return measure.decide(facts, on=ON).support[0].amount


def by_hand(owed, since, until):
    days = (since + dt.timedelta(n) for n in range(1, (until - since).days + 1))
    exact = sum(Fraction(owed) * Fraction(RATES[day.year]) / 365 for day in days)
    return (Decimal(exact.numerator) / exact.denominator if exact else Decimal(0)).quantize(
        Decimal("0.01"), ROUND_HALF_UP
    )


def test_the_worked_example_of_a_revocation(measure):
    assert interest(measure, owed="10000", since_on="2025-06-01", until_on="2025-12-01") == Decimal("100.27")


@settings(max_examples=60)
@given(st.integers(0, 10**9), DAYS, DAYS)
@example(1_000_000, dt.date(2023, 12, 31), dt.date(2024, 1, 1))
@example(1_000_000, dt.date(2024, 1, 1), dt.date(2024, 1, 1))
@example(1_000_000, dt.date(2024, 2, 28), dt.date(2025, 3, 1))
@example(1_000_000, dt.date(2025, 2, 28), dt.date(2024, 3, 1))
def test_it_is_what_one_adds_up_day_by_day(measure, cents, since, until):
    owed = Decimal(cents) / 100
    found = interest(measure, owed=owed, since_on=since, until_on=until)
    assert found == by_hand(owed, since, until)
    if since <= until:
        assert finance.legal_interest(owed, since=since, until=until).amount == found


@settings(max_examples=40)
@given(DAYS, DAYS, DAYS)
def test_a_day_that_nobody_told_leaves_what_it_may_be(measure, since, one, two):
    least, most = (by_hand(Decimal(1000), since, day) for day in sorted((one, two)))
    found = interest(measure, owed="1000", since_on=since)
    assert isinstance(found, Range)
    assert found.least <= least <= most
    assert found.greatest is None or found.greatest >= most


def test_the_first_day_that_bears_interest_is_the_one_after():
    assert by_hand(Decimal(1000), dt.date(2021, 12, 31), dt.date(2022, 1, 1)) == Decimal("0.03")


def test_a_year_counts_from_its_first_day_on(measure):
    found = interest(measure, owed="1000", since_on="2021-12-31", until_on="2022-06-01")
    assert found == by_hand(Decimal(1000), dt.date(2021, 12, 31), dt.date(2022, 6, 1))


@pytest.mark.parametrize(("since", "until"), [("2026-12-31", "2027-01-01"), ("2021-12-30", "2029-01-01")])
def test_days_of_a_year_without_a_rate_leave_it_open_and_are_told(measure, since, until):
    decision = measure.decide({"owed": "1000", "since_on": since, "until_on": until}, on=ON)
    found = decision.support[0].amount
    assert isinstance(found, Range)
    assert found.greatest - found.least == 1000
    missing = compiled(decision).missing_behind("support.interest")
    assert [(one.name, one.kind) for one in missing] == [("stato/legal-interest", NotKnowing.UNPUBLISHED)]
    assert "saggio degli interessi legali" in str(misure.explain(decision, "it", all=True))
    assert "rate of legal interest" in str(misure.explain(decision, "en", all=True))


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.none() | st.integers(0, 10**9), st.none() | DAYS, st.none() | DAYS), min_size=1, max_size=6)
)
def test_a_frame_answers_as_one_applicant_does(measure, rows):
    told = [
        {"id": n, "owed": cents if cents is None else Decimal(cents) / 100, "since_on": since, "until_on": until}
        for n, (cents, since, until) in enumerate(rows)
    ]
    schema = {"id": pl.Int64, "owed": pl.Decimal(18, 2), "since_on": pl.Date, "until_on": pl.Date}
    frame = misure.batch.decide(measure, pl.DataFrame(told, schema=schema), on=ON, key="id")
    one_by_one = [compiled(measure.decide(given_facts(row), on=ON)).ends("support.interest") for row in told]
    columns = [name for name in frame.columns if name.startswith("interest")]
    assert [tuple(row) for row in frame.select(columns).rows()] == one_by_one, frame.columns


def given_facts(row):
    return {name: value for name, value in row.items() if name != "id" and value is not None}


def test_the_library_refuses_an_end_before_the_beginning_and_names_a_year_without_a_rate():
    with pytest.raises(misure.BadFacts, match="until: interest ends before it begins"):
        finance.legal_interest("10", since="2025-01-02", until="2025-01-01")
    with pytest.raises(misure.NotEncoded):
        finance.legal_interest("10", since="2021-12-30", until="2022-01-02")
    answer = finance.legal_interest("10", since="2026-12-31", until="2027-01-01")
    assert answer.amount is None
    assert answer.unknown == ("stato/legal-interest: no source read gives the rate from 2027-01-01 on",)
    assert finance.legal_interest("10", since="2025-01-02", until="2025-01-02").amount == 0


PAYMENTS = (
    VOCABULARY
    + """
tables:
  payments:
    label: pagamenti
    question: "Quali?"
    key: id
    max_items: 5
    fields:
      id: {text: 64, label: identificativo}
      amount: {unit: EUR, least: "0", greatest: "1000000", label: importo, question: "Quanto?"}
      due_on: {date: yes, label: scadenza, question: "Quando scadeva?"}
      paid_on: {event: yes, label: pagamento, question: "Quando è stato pagato?"}
"""
)
EACH = RULES.replace(
    "legal_interest(owed, since_on, until_on)",
    "sum(legal_interest(p.amount, p.due_on, min(p.paid_on, on)) for p in payments)",
)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 1_000_000), DAYS, DAYS), max_size=4))
def test_each_payment_bears_interest_over_its_own_days(tmp_path_factory, rows):
    measure = opened(tmp_path_factory.mktemp("each"), EACH, law_of="question", vocabulary=PAYMENTS)
    told = [
        {"id": f"p{at}", "amount": f"{cents // 100}.{cents % 100:02}", "due_on": due, "paid_on": paid}
        for at, (cents, due, paid) in enumerate(rows)
    ]
    expected = sum((by_hand(Decimal(one["amount"]), one["due_on"], one["paid_on"]) for one in told), Decimal(0))
    assert interest(measure, payments=told) == expected


def test_frames_count_each_payment_alike(tmp_path):
    measure = opened(tmp_path, EACH, law_of="question", vocabulary=PAYMENTS)
    testing.assert_same_in_frames(measure, on=ON, library="polars", examples=20)
    testing.assert_completion_safe(measure, on=ON, examples=20)
