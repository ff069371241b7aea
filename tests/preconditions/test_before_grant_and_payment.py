# SPDX-License-Identifier: Apache-2.0
"""DURC, anti-mafia, Deggendorf, CUP, insurance against catastrophes, and whether the incentives code rules."""

import datetime as dt
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure import Range
from misure.ground.errors import BadFacts, NotEncoded
from misure.preconditions import (
    code_applies,
    cor_stands,
    deggendorf,
    documentation,
    durc,
    insured,
    may_proceed,
    project_code,
    still_good,
    substitutive_power,
    treated_as_sme,
)

NOW = "2026-11-22"
days = st.dates(dt.date(2018, 1, 1), dt.date(2035, 12, 31))
amounts = st.integers(0, 50_000_000).map(lambda cents: Decimal(cents) / 100)


def told(answer):
    return str(answer.truth), answer.reason


# DURC


@pytest.mark.parametrize(("issued", "regular", "subject", "on", "expected"), [
    ("2026-07-01", True, True, "2026-10-30", ("no", "expired")),               # DU-2
    ("2026-07-01", True, True, "2026-10-29", ("yes", "valid")),                # TL-17: the last day never moves
    ("2026-08-01", True, True, "2026-11-29", ("yes", "valid")),                # a Sunday
    ("2026-08-01", True, True, "2026-11-30", ("no", "expired")),               # and it does not roll to Monday
    ("2026-07-01", True, True, "2026-07-01", ("yes", "valid")),
    ("2026-07-01", True, True, "2026-06-30", ("no", "issued_later")),
    ("2026-07-01", False, True, "2026-07-02", ("no", "irregular")),
    ("2026-07-01", None, True, "2026-07-02", ("unknown", "regular_unknown")),
    ("2026-07-01", None, True, "2026-12-02", ("no", "expired")),               # whatever it says
    (None, True, True, "2026-07-02", ("unknown", "issued_unknown")),
    (None, False, True, "2026-07-02", ("no", "irregular")),
    (None, None, None, "2026-07-02", ("unknown", "subject_unknown")),
    (None, None, False, "2026-07-02", ("yes", "not_subject")),
    ("2026-07-01", True, None, "2026-07-02", ("unknown", "subject_unknown")),
])  # fmt: skip
def test_a_durc(issued, regular, subject, on, expected):
    answer = durc(issued, regular=regular, subject=subject, on=on)
    assert told(answer) == expected
    assert answer.citations
    assert (answer.not_knowing is not None) == (expected[0] == "unknown")


@given(days)
def test_a_durc_is_good_for_120_days(issued):
    last = issued + dt.timedelta(days=120)
    found = durc(issued, regular=True, on=last)
    assert (str(found.truth), found.figure("last_day")) == ("yes", last)
    assert str(durc(issued, regular=True, on=last + dt.timedelta(days=1)).truth) == "no"


def test_the_code_is_cited_from_its_own_day():
    before, after = (durc(issued, regular=True, on=issued) for issued in ("2025-12-31", "2026-01-01"))
    assert [str(cited) for cited in before.citations] == ["DI 30 gennaio 2015 (DURC on line)"]
    assert str(after.citations[-1]) == "D.Lgs. 184/2025, art. 9"
    assert str(after.confidence) == "secondary"


@pytest.mark.parametrize(("payment", "debt", "expected"), [
    ("10000", "500", ("yes", Decimal("9500.00"), Decimal("500.00"))),          # DU-3
    ("10000", "10000.01", ("yes", Decimal("0.00"), Decimal("10000.00"))),
    ("10000", 0, ("no", Decimal("10000.00"), Decimal("0.00"))),
    ("10000", None, ("unknown", Range(Decimal("0.00"), Decimal("10000.00")), Range(Decimal("0.00"), Decimal("10000.00")))),
    ("10000", Range(100, 200), ("yes", Range(Decimal("9800.00"), Decimal("9900.00")), Range(Decimal("100.00"), Decimal("200.00")))),
    (Range(50, 1000), "100", ("yes", Range(Decimal("0.00"), Decimal("900.00")), Range(Decimal("50.00"), Decimal("100.00")))),
    (0, "500", ("no", Decimal("0.00"), Decimal("0.00"))),
])  # fmt: skip
def test_the_substitutive_power(payment, debt, expected):
    found = substitutive_power(payment, debt=debt, on=NOW)
    assert (str(found.truth), found.figure("to_firm"), found.figure("to_institutes")) == expected
    assert str(found.confidence) == "inferred"


@pytest.mark.parametrize(("payment", "debt", "reason", "text"), [
    (Range(0, 200), 150, "payment_unknown", "the payment may be nothing"),
    (Range(0, 200), Range(1, 150), "payment_unknown", "the payment may be nothing"),
    (Range(0, 200), Range(0, 150), "debt_unknown", "the debt may be nothing"),
    (200, Range(0, 150), "debt_unknown", "the debt may be nothing"),
    (200, None, "debt_unknown", "the debt is not told"), (Range(0, 200), None, "debt_unknown", "the debt is not told"),
    (Range(1, 200), 150, "held_back", "the debt is paid to the institutes out of the payment"),
    (Range(0, 200), 0, "nothing_owed", "nothing is held back"),
])  # fmt: skip
def test_what_leaves_the_substitutive_power_open_is_named(payment, debt, reason, text):
    found = substitutive_power(payment, debt=debt, on=NOW)
    assert (found.reason, found.text) == (reason, text)


@given(amounts, amounts, amounts)
def test_what_is_held_back_and_what_is_paid_are_the_payment(payment, debt, more):
    one, other = substitutive_power(payment, debt=debt, on=NOW), substitutive_power(payment, debt=debt + more, on=NOW)
    assert one.figure("to_firm") + one.figure("to_institutes") == payment
    assert one.figure("to_institutes") == min(payment, debt) <= other.figure("to_institutes")
    between = substitutive_power(payment, debt=Range(debt, debt + more), on=NOW).figure("to_firm")
    ends = (between.least, between.greatest) if isinstance(between, Range) else (between, between)
    assert ends == (other.figure("to_firm"), one.figure("to_firm"))


# Anti-mafia


@pytest.mark.parametrize(("given", "expected"), [
    ({"benefit": "150000.00"}, ("no", "not_needed")),                                       # AM-1
    ({"benefit": "150000.01"}, ("yes", "information")),                                     # AM-2
    ({"benefit": 200000, "tranches": [100000, 100000]}, ("yes", "information")),            # AM-4
    ({"tranches": [100000, 100000]}, ("yes", "information")),
    ({"benefit": 400000}, ("yes", "information")),                                          # AM-5: the loan as lent
    ({"tranches": ["75000", "75000"]}, ("no", "not_needed")),
    ({}, ("unknown", "value_unknown")),
    ({"benefit": Range(100000, 150000)}, ("no", "not_needed")),
    ({"benefit": Range(100000, 200000)}, ("unknown", "value_unknown")),
    ({"benefit": Range("150000.01", 200000)}, ("yes", "information")),
    ({"benefit": "5000.00", "farmland": True}, ("no", "not_needed")),
    ({"benefit": "5000.01", "farmland": True}, ("unknown", "farmland_threshold")),
    ({"benefit": "25000.00", "farmland": True}, ("unknown", "farmland_threshold")),
    ({"benefit": "25000.01", "farmland": True}, ("yes", "information")),
    ({"benefit": "25000.01", "farmland": None}, ("unknown", "farmland_unknown")),
    ({"benefit": "150000.01", "farmland": None}, ("yes", "information")),
    ({"benefit": "4000", "farmland": None}, ("no", "not_needed")),
    ({"farmland": True}, ("unknown", "value_unknown")),
])  # fmt: skip
def test_anti_mafia_documentation(given, expected):
    found = documentation(on=NOW, **given)
    assert told(found) == expected
    assert str(found.confidence) == "inferred"


def test_projects_that_pass_the_threshold_together_are_told():
    found = documentation("100000", other_projects=["60000"], on=NOW)
    assert (str(found.truth), [warned.kind for warned in found.warnings]) == ("no", ["splitting"])
    assert documentation("100000", other_projects=["50000"], on=NOW).warnings == ()
    assert documentation("100000", other_projects=[], on=NOW).warnings == ()


@given(st.lists(amounts, min_size=1, max_size=5))
def test_tranches_are_judged_by_their_sum(tranches):
    parts = documentation(tranches=tranches, on=NOW)
    assert told(parts) == told(documentation(sum(tranches), on=NOW))
    assert parts.figure("value") == sum(tranches)
    assert str(parts.truth) == ("yes" if sum(tranches) > 150_000 else "no")


@pytest.mark.parametrize(("kind", "issued", "on", "expected"), [
    ("information", "2025-11-22", "2026-11-22", ("yes", "valid")),
    ("information", "2025-11-21", "2026-11-22", ("no", "expired")),
    ("communication", "2026-08-31", "2027-02-28", ("yes", "valid")),
    ("communication", "2026-08-31", "2027-03-01", ("no", "expired")),
    ("communication", None, "2027-03-01", ("unknown", "issued_unknown")),
    ("communication", "2027-03-02", "2027-03-01", ("no", "issued_later")),
])  # fmt: skip
def test_how_long_a_document_is_good(kind, issued, on, expected):
    assert told(still_good(kind, issued=issued, on=on)) == expected


def test_a_changed_firm_needs_another_document():
    assert told(still_good("information", issued=NOW, on=NOW, unchanged=False)) == ("no", "changed")
    assert told(still_good("information", issued=NOW, on=NOW, unchanged=None)) == ("unknown", "unchanged_unknown")


@pytest.mark.parametrize(("requested", "on", "came", "expected"), [
    ("2026-10-01", "2026-10-31", None, ("no", "waiting")),
    ("2026-10-01", "2026-11-01", None, ("yes", "under_condition")),
    ("2026-10-01", "2026-10-02", True, ("yes", "no_bar")),
    ("2026-10-01", "2026-12-02", False, ("no", "bar")),
    (None, "2026-12-02", None, ("unknown", "requested_unknown")),
    (None, "2026-12-02", True, ("yes", "no_bar")),
])  # fmt: skip
def test_whether_the_body_may_go_on(requested, on, came, expected):
    assert told(may_proceed(requested, on=on, answered_with=came)) == expected


# Deggendorf


@pytest.mark.parametrize(("members", "possible", "expected"), [
    ({"alfa": False}, {}, ("yes", "clear")),
    ({"alfa": False, "beta": True}, {}, ("no", "recovery_pending")),
    ({"alfa": None, "beta": True}, {}, ("no", "recovery_pending")),
    ({"alfa": None, "beta": False}, {}, ("unknown", "member_unknown")),
    ({"alfa": False}, {"beta": True}, ("unknown", "possible_member")),
    ({"alfa": False}, {"beta": None}, ("unknown", "possible_member")),
    ({"alfa": False}, {"beta": False}, ("yes", "clear")),
])  # fmt: skip
def test_deggendorf(members, possible, expected):
    for stage in ("grant", "payment"):
        found = deggendorf(members, possible=possible, stage=stage, on=NOW)
        assert told(found) == expected
        waits = [warned.kind for warned in found.warnings]
        assert waits == (["grant_waits"] if stage == "grant" and expected[0] == "no" else [])


def test_who_stands_behind_the_answer():
    assert deggendorf({"b": True, "a": True, "c": False}, stage="payment", on=NOW).figure("owing") == "a, b"
    assert str(deggendorf({"a": True}, stage="grant", on=NOW).citations[0]) == "L. 234/2012, art. 46"
    assert str(deggendorf({"a": True}, stage="payment", on=NOW).citations[0]).startswith("Reg. (UE) 651/2014")


# CUP


@pytest.mark.parametrize(("cup", "stage", "on", "substitute", "expected"), [
    ("E44E20000140007", "grant", NOW, None, ("yes", "present")),
    ("n.d.", "grant", NOW, None, ("no", "absent")),
    ("n.d.", "grant", NOW, "BANDO-1", ("no", "absent")),
    (None, "grant", NOW, None, ("unknown", "cup_unknown")),
    (None, "invoice", NOW, None, ("unknown", "cup_unknown")),
    ("n.d.", "invoice", NOW, None, ("no", "absent")),
    ("n.d.", "invoice", NOW, "BANDO-1", ("yes", "substitute")),
    (None, "invoice", NOW, "BANDO-1", ("yes", "substitute")),
    ("n.d.", "invoice", "2023-05-31", None, ("yes", "not_asked_yet")),
    ("n.d.", "invoice", "2023-06-01", None, ("no", "absent")),
])  # fmt: skip
def test_the_cup(cup, stage, on, substitute, expected):
    found = project_code(cup, stage=stage, on=on, substitute=substitute)
    assert told(found) == expected
    assert found.figure("cup") == (cup if expected[1] == "present" else None)


# The COR after it is given


@pytest.mark.parametrize(("registered", "sent", "on", "expected", "last"), [
    ("2026-11-02", "2026-11-20", "2026-12-01", ("yes", "in_time"), "2026-11-23"),      # the 22nd is a Sunday
    ("2026-11-02", "2026-11-23", "2026-12-01", ("yes", "in_time"), "2026-11-23"),
    ("2026-11-02", "2026-11-24", "2026-12-01", ("no", "too_late"), "2026-11-23"),
    ("2026-11-02", None, "2026-11-23", ("yes", "time_runs"), "2026-11-23"),
    ("2026-11-02", None, "2026-11-24", ("no", "not_sent"), "2026-11-23"),
    ("2026-11-01", None, "2026-11-21", ("yes", "time_runs"), "2026-11-21"),             # a Saturday stays
    ("2026-11-01", None, "2026-11-22", ("no", "not_sent"), "2026-11-21"),
])  # fmt: skip
def test_the_date_of_the_act_is_sent_within_twenty_days(registered, sent, on, expected, last):
    found = cor_stands(registered, sent=sent, on=on)
    assert (told(found), str(found.figure("last_day"))) == (expected, last)
    assert str(found.citations[0]) == "DM 115/2017, art. 9, c. 5"


def test_what_nobody_told_of_a_cor():
    assert told(cor_stands(None, sent="2026-11-02", on=NOW)) == ("unknown", "registered_unknown")
    assert told(cor_stands("2026-10-01", sent=None, sent_known=False, on=NOW)) == ("unknown", "sent_unknown")
    assert told(cor_stands("2026-11-20", sent=None, sent_known=False, on=NOW)) == ("yes", "time_runs")


# Insurance against catastrophes


# The incentives code


@pytest.mark.parametrize(("kind", "published", "granted", "expected", "warned"), [
    ("automatic_tax_incentive", "2026-03-01", None, ("no", "outside_its_scope"), []),                 # CI-2
    ("social_security_incentive", None, None, ("no", "outside_its_scope"), []),
    ("incentive", "2026-01-01", None, ("yes", "ruled"), []),
    ("incentive", "2026-01-01", "2026-06-01", ("yes", "ruled"), []),
    ("incentive", "2025-12-20", "2026-03-01", ("unknown", "transition"), ["transitional_rule_unknown"]),   # CI-5
    ("incentive", "2025-12-20", None, ("unknown", "granted_unknown"), ["transitional_rule_unknown"]),
    ("incentive", "2025-12-20", "2025-12-31", ("no", "before_the_code"), []),
    ("incentive", None, "2025-12-31", ("no", "before_the_code"), []),
    ("incentive", None, "2026-03-01", ("unknown", "published_unknown"), []),
    ("incentive", None, None, ("unknown", "published_unknown"), []),
])  # fmt: skip
def test_whether_the_code_rules(kind, published, granted, expected, warned):
    found = code_applies(kind, call_published=published, granted=granted)
    assert told(found) == expected
    assert [each.kind for each in found.warnings] == warned
    assert found.figure("in_force") == dt.date(2026, 1, 1)
    regional = code_applies(kind, call_published=published, granted=granted, body="ordinary_region")
    assert told(regional) == expected
    if expected[0] != "no":
        assert regional.warnings[0].kind == "region"
        assert str(regional.confidence) == "inferred"
        assert str(code_applies(kind, call_published=published, granted=granted, body=None).confidence) == "inferred"


@pytest.mark.parametrize(("alone", "admitted", "expected"), [
    (True, True, ("yes", "admitted")),                                 # CI-4
    (True, False, ("no", "not_admitted")), (None, False, ("no", "not_admitted")), (False, None, ("no", "not_self_employed")),
    (True, None, ("unknown", "admitted_unknown")), (None, True, ("unknown", "self_employed_unknown")),
])  # fmt: skip
def test_the_self_employed(alone, admitted, expected):
    assert told(treated_as_sme(self_employed=alone, admitted=admitted, on=NOW)) == expected


# Bad input, and answers as values

BAD = [
    (lambda: durc("2026-13-01", regular="yes", on=20261122, subject="no"), 4),
    (lambda: durc(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), regular=True, on=NOW), 1),
    (lambda: substitutive_power(0.1, debt=-1, on=NOW), 2),
    (lambda: substitutive_power(Range(2, 1), debt=0, on="soon"), 2),
    (lambda: documentation("150.000,00", on=NOW, tranches="abc", farmland="no"), 3),
    (lambda: documentation(100, on=NOW, tranches=[60, 50]), 1),
    (lambda: documentation(on=NOW, tranches=[60, None]), 1),
    (lambda: still_good("certificate", issued=NOW, on=NOW), 1),
    (lambda: may_proceed("yesterday", on=NOW, answered_with="ok"), 2),
    (lambda: deggendorf({}, stage="grant", on=NOW), 1),
    (lambda: deggendorf(["alfa"], stage="grants", on=NOW), 2),
    (lambda: deggendorf({"alfa": "no", 3: False}, stage="grant", on=NOW), 2),
    (lambda: deggendorf({"alfa": False}, possible={"alfa": None}, stage="grant", on=NOW), 1),
    (lambda: project_code("E44", stage="award", on=NOW, substitute=" "), 3),
    (lambda: insured("tiny", policy=1, on=NOW), 2),
    (lambda: code_applies("grant", call_published="2026-02-30", body="region"), 3),
    (lambda: code_applies("incentive", call_published="2026-03-01", granted="2026-02-01"), 1),
    (lambda: treated_as_sme(self_employed="yes", admitted=0, on=NOW), 2),
    (lambda: cor_stands("2026-12-01", sent="2026-12-02", on=NOW), 2),
    (lambda: cor_stands("2026-11-02", sent="2026-11-01", on=NOW), 1),
]


@pytest.mark.parametrize(("asked", "faults"), BAD)
def test_every_fault_is_told(asked, faults):
    with pytest.raises(BadFacts) as caught:
        asked()
    assert len(caught.value.faults) == faults


@pytest.mark.parametrize("asked", [
    lambda: durc("2015-06-30", regular=True, on="2015-07-02"), lambda: documentation(1, on="2017-11-18"),
    lambda: project_code("n.d.", stage="grant", on="2020-01-01"), lambda: insured("micro", policy=True, on="2023-12-31"),
    lambda: treated_as_sme(self_employed=True, admitted=True, on="2025-12-31"), lambda: substitutive_power(1, debt=1, on="2013-01-01"),
    lambda: deggendorf({"a": False}, stage="grant", on="2014-06-30"), lambda: cor_stands("2017-08-11", sent=None, on="2017-08-12"),
])  # fmt: skip
def test_law_of_a_day_that_is_not_encoded(asked):
    with pytest.raises(NotEncoded):
        asked()


def test_an_answer_is_a_value():
    found = documentation("200000", on=NOW)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert hash(found) == hash(documentation("200000", on=NOW))
    assert str(found) == "yes: the value is above the threshold: the information is asked"
    with pytest.raises(KeyError):
        found.figure("threshhold")
