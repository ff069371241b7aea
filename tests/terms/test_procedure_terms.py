# SPDX-License-Identifier: Apache-2.0
import datetime as dt

import pytest

from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.truth import Confidence
from misure.terms import procedure_term


@pytest.mark.parametrize(("term", "end"), [
    ({}, "2026-07-01"), ({"days": 90}, "2026-08-31"), ({"days": 180, "complex_procedure": True}, "2026-11-28"),
    ({"suspended": 10}, "2026-07-11"),                                                    # TL-24
    ({"suspended": ("2026-06-10", "2026-06-19")}, "2026-07-11"), ({"suspended": 30}, "2026-07-31"),
    ({"notice": "2026-06-10", "observations": "2026-06-15"}, "2026-07-16"),               # runs again from the 25th: 15 days later
    ({"notice": "2026-06-10", "observations": "none"}, "2026-07-11"),                     # the ten days end on Saturday 20 June, which stays
    ({"notice": "2026-06-11", "observations": "none"}, "2026-07-13"),                     # they end on Sunday 21, so on Monday: 12 July, a Sunday
    ({"notice": "2026-06-10", "observations": "2026-06-21"}, "2026-07-11"),
    ({"suspended": 5, "notice": "2026-06-10", "observations": "2026-06-15"}, "2026-07-21"),
    ({"suspended": ("2026-06-03", "2026-06-07"), "notice": "2026-06-10", "observations": "2026-06-15"}, "2026-07-21"),
    ({"notice": "2026-07-05", "observations": "none"}, "2026-07-01"),                     # the term had run out
])  # fmt: skip
def test_procedures(term, end):
    assert procedure_term("2026-06-01", **term).day == dt.date.fromisoformat(end)


def test_each_pause_has_its_provision():
    found = procedure_term(
        "2026-06-01", suspended=("2026-06-03", "2026-06-07"), notice="2026-06-10", observations="2026-06-15"
    )
    assert [(step.name, step.amount, str(step.citation)) for step in found.steps] == [
        ("start", 0, "Codice civile, art. 2963, c. 2"), ("counted", 30, "L. 241/1990, art. 2, c. 2"),
        ("suspended", 5, "L. 241/1990, art. 2, c. 7"), ("suspended", 15, "L. 241/1990, art. 10-bis"),
        ("stays", 0, "Codice civile, art. 2963, c. 3"),
    ]  # fmt: skip
    assert found.confidence is Confidence.SECONDARY
    assert procedure_term("2026-06-01", days=60).confidence is Confidence.INFERRED


@pytest.mark.parametrize(("term", "subject", "why"), [
    ({"days": 91}, "days", "a procedure lasts from 1 to 90 days (L. 241/1990, art. 2, c. 3); got 91"),
    ({"days": 181, "complex_procedure": True}, "days", "a procedure lasts from 1 to 180 days (L. 241/1990, art. 2, c. 4); got 181"),
    ({"days": 0}, "days", "a procedure lasts from 1 to 90 days (L. 241/1990, art. 2, c. 3); got 0"),
    ({"suspended": 31}, "suspended", "a suspension lasts from 1 to 30 days (L. 241/1990, art. 2, c. 7); got 31"),
    ({"suspended": ("2026-06-05", "2026-07-05")}, "suspended", "a suspension lasts from 1 to 30 days (L. 241/1990, art. 2, c. 7); got 31"),
    ({"suspended": ("2026-06-01", "2026-06-05")}, "suspended", "the suspension does not begin after the procedure"),
    ({"suspended": ("2026-06-08", "2026-06-05")}, "suspended", "a suspension lasts from 1 to 30 days (L. 241/1990, art. 2, c. 7); got -2"),
    ({"notice": "2026-06-10"}, "observations", "the day on which observations came, or 'none': it is not known"),
    ({"notice": "2026-06-10", "observations": "2026-06-09"}, "observations", "2026-06-09 lies before the notice"),
    ({"notice": "2026-06-01", "observations": "none"}, "notice", "2026-06-01 does not lie after the start of the procedure"),
    ({"observations": "2026-06-09"}, "observations", "without a notice of refusal there are none"),
    ({"place": "Milan"}, "place", None),
])  # fmt: skip
def test_a_procedure_that_cannot_be(term, subject, why):
    with pytest.raises(BadFacts) as caught:
        procedure_term("2026-06-01", **term)
    (fault,) = caught.value.faults
    assert fault.subject == subject
    assert why is None or fault.message == why


def test_it_is_suspended_once():
    with pytest.raises(BadFacts, match="the term is suspended once"):
        procedure_term("2026-06-01", suspended=[("2026-06-05", "2026-06-10"), ("2026-06-15", "2026-06-20")])


@pytest.mark.parametrize("term", [
    {"received": "2009-07-03"}, {"received": "2020-07-01", "notice": "2020-07-16", "observations": "none"},
])  # fmt: skip
def test_older_law_is_not_encoded(term):
    with pytest.raises(NotEncoded):
        procedure_term(**term)
