# SPDX-License-Identifier: Apache-2.0
"""Who comes after the last day of a window that the act lets be extended is late by our reading, and by no official text."""

import datetime as dt

import pytest

import misure
from misure.testing.worked_cases import cases_of_measure, decide_case

MEASURE = misure.catalogue()["lombardia/verso-nuovi-mercati"]
FILED = dict(decide_case(MEASURE, cases_of_measure(MEASURE)[0]).receipt["facts"])
ALONE = "Il rifiuto si regge soltanto su una nostra lettura."
WHY = "il bando scrive «salvo proroga», e degli atti successivi nessuno è stato letto"


def asked(filed, time, on=None, **more):
    facts = FILED | {"filed_on": filed, "filing_time": time} | more
    facts = {name: value for name, value in facts.items() if value is not None}
    return MEASURE.decide(facts, on=dt.date.fromisoformat(on or "2025-10-01"))


@pytest.mark.parametrize(
    ("filed", "time", "truth", "confidence"),
    [
        ("2025-06-02", "12:00", "no", "official"),
        ("2025-06-03", "10:29", "no", "official"),
        ("2025-06-03", "10:30", "yes", "official"),
        ("2025-09-09", "12:00", "yes", "official"),
        ("2025-09-09", "12:01", "no", "inferred"),
        ("2025-09-10", "09:00", "no", "inferred"),
        ("2025-09-09", None, "unknown", "official"),
        ("not_yet", None, "no", "inferred"),
    ],
    ids=["before", "before its hour", "first", "last", "after its hour", "after", "no hour", "not filed"],
)
def test_only_after_the_last_day_the_reading_is_ours(filed, time, truth, confidence):
    decision = asked(filed, time)
    finding = decision["application_window"]
    assert (str(finding.truth), str(finding.confidence)) == (truth, confidence)
    [term] = [term for term in decision.terms if term.id == "application_window"]
    assert str(term.confidence) == confidence
    page = " ".join(str(misure.explain(decision)).split())
    late = confidence == "inferred"
    assert (ALONE in page, WHY in page) == (late, late)
    assert (str(decision.confidence) == "inferred") is (late or truth == "yes")


def test_a_refusal_for_another_ground_rests_on_that():
    decision = asked("2025-09-10", "09:00", size="large")
    assert str(decision.confidence) == "official"
    assert ALONE not in " ".join(str(misure.explain(decision)).split())


def test_it_is_told_in_english_too():
    page = " ".join(str(misure.explain(asked("2025-09-10", "09:00"), "en")).split())
    assert "the call says «unless extended», and none of the later acts was read" in page
