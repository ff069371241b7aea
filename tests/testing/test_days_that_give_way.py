# SPDX-License-Identifier: Apache-2.0
"""Days that are drawn are put in an order that can be, and stay what they are: a date is never `not_yet`."""

import datetime as dt

import pytest

from misure.testing.ordering import in_order
from tests.deciding.written_measures import opened

ON = dt.date(2026, 6, 1)
VOCABULARY = """
events:
  started_on: {label: "inizio", question: "Quando?"}
  ended_on: {label: "fine", question: "Quando?", not_before: started_on}
  undone_on: {label: "annullo", question: "Quando?", not_before: ended_on}
facts:
  report_day: {date: yes, not_before: started_on, label: "relazione", question: "Quando?"}
"""
RULES = """
provisions:
  - cite: {act: uno, at: "art. 2"}
    admission:
      reported: {provision: P.01, text: "Relazione", holds: happened(ended_on) and not happened(undone_on) and report_day >= started_on}
"""


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("days"), RULES, vocabulary=VOCABULARY)


@pytest.mark.parametrize(("started", "later", "told", "right"), [
    ("not_yet", "ended_on", "2026-05-01", "not_yet"), ("not_yet", "report_day", "2026-05-01", "2026-06-01"),
    ("not_yet", "report_day", dt.date(2026, 5, 1), ON), ("2026-05-02", "report_day", "2026-05-01", "2026-05-02"),
    ("2026-05-02", "ended_on", "2026-05-01", "2026-05-02"), ("2026-05-02", "report_day", "2026-05-03", "2026-05-03"),
])  # fmt: skip
def test_the_later_day_gives_way_and_stays_what_it_is(measure, started, later, told, right):
    facts = in_order(measure, {"started_on": started, later: told}, ON, {later})
    assert facts == {"started_on": started, later: right}
    measure.decide(facts, on=ON)


@pytest.mark.parametrize(("started", "undone", "right"), [
    ("not_yet", "2026-05-01", "not_yet"), ("2026-05-02", "2026-05-01", "2026-05-02"), ("2026-05-02", "2026-05-03", "2026-05-03"),
])  # fmt: skip
def test_a_day_gives_way_through_an_event_that_nobody_tells(measure, started, undone, right):
    facts = in_order(measure, {"started_on": started, "undone_on": undone}, ON, {"undone_on"})
    assert facts == {"started_on": started, "undone_on": right}
    measure.decide(facts, on=ON)
