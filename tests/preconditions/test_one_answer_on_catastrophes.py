# SPDX-License-Identifier: Apache-2.0
"""The duty to insure is one law: the function and the condition beneath every grant answer alike on each day."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from misure import Range
from misure.ground.errors import BadFacts
from misure.preconditions import code_applies, insured
from tests.deciding.written_measures import opened_whole

ON = dt.date(2026, 11, 22)
OLD, NEW = "2024-07-29", "2026-01-01"
"""The days of two calls: one is older than the incentives code, the other is of its first day."""
DAYS = (
    "2025-03-30", "2025-03-31", "2025-04-01", "2025-06-29", "2025-06-30", "2025-09-30", "2025-10-01", "2025-10-02", "2025-12-31",
    "2026-01-01", "2026-03-31", "2026-04-01", "2026-09-01",
)  # fmt: skip
SIZES = ("micro", "small", "medium", "large")


def told(answer):
    return str(answer.truth), answer.reason


def call_of(day):
    """The call under which a firm may ask on a day: of the code where it can be."""
    return NEW if day >= NEW else OLD


@pytest.mark.parametrize(("size", "sector", "policy", "on", "expected"), [
    ("micro", "other", False, "2026-02-01", ("no", "no_policy")),                # CI-1
    ("micro", "other", True, "2026-02-01", ("yes", "insured")),
    ("micro", "other", None, "2026-02-01", ("unknown", "policy_unknown")),
    # The last day is still in time.
    ("micro", None, False, "2025-12-31", ("yes", "no_duty_yet")),
    ("micro", None, None, "2025-12-31", ("yes", "no_duty_yet")),
    ("small", "other", False, "2025-12-31", ("yes", "no_duty_yet")),
    ("small", "other", False, "2026-01-01", ("no", "no_policy")),
    ("medium", None, False, "2025-10-01", ("yes", "no_duty_yet")),
    ("medium", None, False, "2025-10-02", ("unknown", "before_the_code")),
    ("medium", "other", False, "2025-12-31", ("unknown", "before_the_code")),
    ("medium", "other", False, "2026-01-01", ("no", "no_policy")),
    ("large", None, False, "2025-03-31", ("yes", "no_duty_yet")),
    # Of large firms the want of a policy is not counted for 90 days.
    ("large", None, False, "2025-04-01", ("yes", "not_counted")),
    ("large", "other", None, "2025-06-29", ("yes", "not_counted")),
    ("large", "other", True, "2025-06-29", ("yes", "insured")),
    ("large", None, False, "2025-06-30", ("unknown", "before_the_code")),
    ("large", "other", False, "2026-01-01", ("no", "no_policy")),
    # Small firms that serve food and drink or take in tourists, and fishing, have until 31 March 2026.
    ("small", "food_service", False, "2026-01-15", ("yes", "no_duty_yet")),
    ("micro", "accommodation", False, "2026-03-31", ("yes", "no_duty_yet")),
    ("micro", "accommodation", False, "2026-04-01", ("no", "no_policy")),
    ("small", "fishing", False, "2026-03-31", ("yes", "no_duty_yet")),
    ("small", "fishing", False, "2026-04-01", ("no", "no_policy")),
    ("medium", "food_service", False, "2026-01-15", ("no", "no_policy")),
    ("large", "accommodation", False, "2026-01-15", ("no", "no_policy")),
    ("large", "fishing", False, "2026-03-31", ("yes", "no_duty_yet")),
    ("large", "fishing", False, "2025-07-15", ("unknown", "duty_unknown")),
    ("large", "fishing", None, "2025-07-15", ("unknown", "policy_unknown")),
    # Agricultural undertakings have no duty on any day.
    ("large", "agriculture", False, "2026-09-01", ("yes", "exempt")),
    (None, "agriculture", None, "2026-09-01", ("yes", "exempt")),
    # What is not told is open where it matters, and only there.
    ("small", None, False, "2026-01-15", ("unknown", "sector_unknown")),
    ("small", None, True, "2026-01-15", ("yes", "insured")),
    ("small", None, False, "2026-04-01", ("no", "no_policy")),
    ("medium", None, False, "2026-01-15", ("unknown", "sector_unknown")),
    (None, "other", False, "2026-02-01", ("no", "no_policy")),                    # by then every size has the duty
    (None, "food_service", False, "2026-02-01", ("unknown", "size_unknown")),
    (None, None, False, "2026-02-01", ("unknown", "sector_unknown")),
    (None, None, False, "2025-10-15", ("unknown", "size_unknown")),
    (None, None, True, "2025-10-15", ("yes", "insured")),
    (None, None, None, "2025-01-15", ("yes", "no_duty_yet")),
])  # fmt: skip
def test_insurance_against_catastrophes(size, sector, policy, on, expected):
    assert told(insured(size, sector=sector, policy=policy, on=on, call_published=call_of(on))) == expected


def test_who_has_no_duty():
    assert told(insured("micro", policy=False, exempt=True, on="2026-02-01")) == ("yes", "exempt")
    told_apart = insured("micro", sector="other", policy=False, exempt=None, on="2026-02-01")
    assert told(told_apart) == ("unknown", "exempt_unknown")


@pytest.mark.parametrize(("size", "sector", "day"), [
    ("micro", "other", dt.date(2025, 12, 31)),
    ("micro", "fishing", dt.date(2026, 3, 31)),
    ("micro", None, Range(dt.date(2025, 12, 31), dt.date(2026, 3, 31))),
    ("medium", "food_service", dt.date(2025, 10, 1)),
    ("large", "other", dt.date(2025, 3, 31)),
    ("large", "agriculture", None),
])  # fmt: skip
def test_the_day_of_the_duty_is_the_last_in_time(size, sector, day):
    assert insured(size, sector=sector, policy=False, on="2026-02-01").figure("duty_since") == day


HEAD = """
format: 1
measure: prova/breve
title: Misura di prova
subject: impresa
law_of: filing
uses: [stato/concessione-di-aiuti]
acts: {uno: {type: Decreto, number: "1", date: DAY, title: "Bando"}}
sources: {act: {confidence: official, title: "testo integrale"}}
editions: {DAY: {act: uno, read: whole, read_in: act}}
"""


@pytest.fixture(scope="module")
def condition(tmp_path_factory):
    """The condition beneath a call of a day, of a firm to which aid is granted on the day on which it applies."""

    @cache
    def measure(call):
        return opened_whole(tmp_path_factory.mktemp("call"), HEAD.replace("DAY", call))

    def asked(day, call, **told):
        facts = {"filed_on": day, "granted_on": day} | {
            name: value for name, value in told.items() if value is not None
        }
        return measure(call).decide(facts, on=ON)["catastrophe_duty"]

    return asked


CALLS = [(call, day) for call in (OLD, NEW) for day in DAYS if day >= call]


@pytest.mark.parametrize(("call", "day"), CALLS)
@pytest.mark.parametrize("size", SIZES)
def test_of_an_uninsured_firm_of_no_special_sector(condition, size, call, day):
    alone = insured(size, sector="other", policy=False, on=day, call_published=call)
    found = condition(day, call, size=size, catastrophe_duty_met=False).truth
    assert {"not_applicable": "yes"}.get(found, found) == alone.truth
    if found == "no":
        assert code_applies("incentive", call_published=call, granted=day, body="ordinary_region").truth == "yes"


@pytest.mark.parametrize("sector", ["other", "food_service", "accommodation", "fishing", "agriculture"])
@pytest.mark.parametrize(("call", "day"), CALLS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("policy", [True, False])
def test_of_every_firm_that_answers_as_the_question_asks(condition, size, call, day, sector, policy):
    """Insured, or not bound, or still in time: so the question has it."""
    alone = insured(size, sector=sector, policy=policy, on=day, call_published=call)
    bound = None if alone.reason == "duty_unknown" else alone.truth == "yes"
    told = False if alone.reason in ("before_the_code", "transition") else bound
    found = condition(day, call, size=size, catastrophe_duty_met=told).truth
    assert {"not_applicable": "yes"}.get(found, found) == alone.truth


def test_what_is_open_before_the_code_says_what_is_not_known(condition):
    for day in ("2025-12-31", "2026-09-01"):
        found = condition(day, OLD, size="medium", catastrophe_duty_met=False)
        assert [(one.name, str(one.kind)) for one in found.missing] == [("unmet_duty_excludes_from", "unpublished")]
    assert condition("2025-12-31", OLD, size="medium", catastrophe_duty_met=True).truth == "yes"
    assert [one.name for one in condition("2025-12-31", OLD, size="medium", catastrophe_duty_met=None).missing] == [
        "catastrophe_duty_met", "unmet_duty_excludes_from",
    ]  # fmt: skip
    assert condition("2025-12-31", OLD, size=None, catastrophe_duty_met=False).truth == "unknown"
    assert condition("2026-01-01", NEW, size=None, catastrophe_duty_met=False).truth == "no"


def test_of_a_call_that_is_older_than_the_code_or_not_told():
    def ask(**told):
        return insured("micro", sector="other", policy=False, on="2026-02-01", **told)

    assert told(ask()) == ("unknown", "published_unknown")
    assert told(ask(call_published="2025-12-31")) == ("unknown", "transition")
    assert told(ask(call_published="2026-01-01")) == ("no", "no_policy")
    assert told(insured("micro", sector="other", policy=True, on="2026-02-01")) == ("yes", "insured")
    with pytest.raises(BadFacts, match="the day lies before the publication of the call"):
        ask(call_published="2026-02-02")
