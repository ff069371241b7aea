# SPDX-License-Identifier: Apache-2.0
"""The duty to insure is one law: the function and the condition beneath every grant answer alike on each day."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.preconditions import insured
from misure.testing.drawn.repertoire import repertoire_of

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
ON = dt.date(2026, 11, 22)
BASE = repertoire_of(VERSO, ON).base
DAYS = (
    "2025-03-30", "2025-03-31", "2025-04-01", "2025-06-29", "2025-06-30", "2025-09-30", "2025-10-01", "2025-10-02", "2025-12-31",
    "2026-01-01", "2026-03-31", "2026-04-01", "2026-09-01",
)  # fmt: skip
SIZES = ("micro", "small", "medium", "large")


def condition(day, **told):
    facts = BASE | {"filed_on": day, "granted_on": day} | told
    return VERSO.decide({name: value for name, value in facts.items() if value is not None}, on=ON)["catastrophe_duty"]


@pytest.mark.parametrize("day", [day for day in DAYS if day >= "2025-04-18"])
@pytest.mark.parametrize("size", SIZES)
def test_of_an_uninsured_firm_of_no_special_sector(size, day):
    """The call's law begins on 18 April 2025: on earlier days it is not asked."""
    alone = insured(size, sector="other", policy=False, on=day)
    found = condition(day, size=size, catastrophe_duty_met=False).truth
    assert {"not_applicable": "yes"}.get(found, found) == alone.truth


@pytest.mark.parametrize("sector", ["other", "food_service", "accommodation", "fishing", "agriculture"])
@pytest.mark.parametrize("day", [day for day in DAYS if day >= "2025-04-18"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("policy", [True, False])
def test_of_every_firm_that_answers_as_the_question_asks(size, day, sector, policy):
    """Insured, or not bound, or still in time: so the question has it."""
    alone = insured(size, sector=sector, policy=policy, on=day)
    bound = None if alone.reason == "duty_unknown" else alone.truth == "yes"
    told = False if alone.reason == "before_the_code" else bound
    found = condition(day, size=size, catastrophe_duty_met=told).truth
    assert {"not_applicable": "yes"}.get(found, found) == alone.truth


def test_what_is_open_before_the_code_says_what_is_not_known():
    found = condition("2025-12-31", size="medium", catastrophe_duty_met=False)
    assert [(one.name, str(one.kind)) for one in found.missing] == [("unmet_duty_excludes_from", "unpublished")]
    assert condition("2025-12-31", size="medium", catastrophe_duty_met=True).truth == "yes"
    assert [one.name for one in condition("2025-12-31", size="medium", catastrophe_duty_met=None).missing] == [
        "catastrophe_duty_met", "unmet_duty_excludes_from",
    ]  # fmt: skip
    assert condition("2025-12-31", size=None, catastrophe_duty_met=False).truth == "unknown"
    assert condition("2026-01-01", size=None, catastrophe_duty_met=False).truth == "no"
