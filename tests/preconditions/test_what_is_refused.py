# SPDX-License-Identifier: Apache-2.0
"""Every fault of a question about a precondition: whose it is, and in which words."""

import datetime as dt

import pytest

from misure import Range
from misure.ground.errors import BadFacts, NotEncoded
from misure.preconditions import (
    code_applies,
    cor_stands,
    deggendorf,
    documentation,
    durc,
    insured,
    interest,
    may_proceed,
    project_code,
    redetermined,
    relocation,
    rewarded,
    stable,
    still_good,
    substitutive_power,
    treated_as_sme,
)

NOW = "2026-11-22"
NO_TRUTH = "expected True, False, or None when it is not known; got "
RELOCATED = {"completed": "2026-05-01", "moved": "2030-04-30", "to": "DE", "area_bound": True, "size": "small"}


@pytest.mark.parametrize(("ask", "faults"), [
    (lambda: durc("2026-13-01", regular="yes", on=20261122, subject="no"), [
        ("issued", "2026-13-01 does not exist: there is no month 13"),
        ("on", "expected a date; got 20261122"),
        ("regular", NO_TRUTH + "'yes'"),
        ("subject", NO_TRUTH + "'no'"),
    ]),
    (lambda: durc(dt.date(2026, 1, 1), regular=True, on=None), [
        ("on", "expected a date; got nothing"),
    ]),
    (lambda: substitutive_power(0.1, debt=-1, on=NOW), [
        ("debt", "-1 is negative, and an amount of money is not"),
        ("payment", '0.1 is a binary float, which is not exact: write it as text, "0.1"'),
    ]),
    (lambda: substitutive_power(Range(2, 1), debt=Range(3, 2), on="soon"), [
        ("debt", "the range begins at 3, above its end 2"),
        ("on", "'soon' is not a date: write YYYY-MM-DD"),
        ("payment", "the range begins at 2, above its end 1"),
    ]),
    (lambda: documentation("150.000,00", on=NOW, tranches="abc", farmland="no"), [
        ("benefit", "'150.000,00' has a comma: write 1234.50, a point before the decimals and no thousands separators"),
        ("farmland", NO_TRUTH + "'no'"),
        ("tranches", "expected a list of amounts"),
    ]),
    (lambda: documentation(100, on=NOW, tranches=[60, 50]), [
        ("tranches", "they are more than the benefit of which they are parts"),
    ]),
    (lambda: documentation(Range(100, 110), on=NOW, tranches=[60, Range(51, 70)]), [
        ("tranches", "they are more than the benefit of which they are parts"),
    ]),
    (lambda: documentation(on=NOW, tranches=[60, None], other_projects=5), [
        ("other_projects", "expected a list of amounts"),
        ("tranches[1]", "expected a number; got nothing"),
    ]),
    (lambda: documentation(on="2026", other_projects=[1, -1]), [
        ("on", "'2026' is not a date: write YYYY-MM-DD"),
        ("other_projects[1]", "-1 is negative, and an amount of money is not"),
    ]),
    (lambda: documentation(-1, on=NOW, tranches=[60, 50]), [
        ("benefit", "-1 is negative, and an amount of money is not"),
    ]),
    (lambda: still_good("certificate", issued="2026", on=NOW, unchanged=1), [
        ("issued", "'2026' is not a date: write YYYY-MM-DD"),
        ("kind", "expected one of information, communication; got 'certificate'"),
        ("unchanged", NO_TRUTH + "1"),
    ]),
    (lambda: still_good("informations", issued=NOW, on="x"), [
        ("kind", "expected one of information, communication; got 'informations'", "information"),
        ("on", "'x' is not a date: write YYYY-MM-DD"),
    ]),
    (lambda: may_proceed("yesterday", on=NOW, answered_with="ok"), [
        ("answered_with", NO_TRUTH + "'ok'"),
        ("requested", "'yesterday' is not a date: write YYYY-MM-DD"),
    ]),
    (lambda: may_proceed(NOW, on=None), [
        ("on", "expected a date; got nothing"),
    ]),
    (lambda: deggendorf({}, stage="grant", on=NOW), [
        ("members", "nobody is named: the applicant is a member"),
    ]),
    (lambda: deggendorf({}, stage="grants", on=NOW), [
        ("stage", "expected one of grant, payment; got 'grants'", "grant"),
    ]),
    (lambda: deggendorf(["alfa"], stage="grants", on=NOW), [
        ("members", "expected, of each undertaking by its name, whether it has aid to give back"),
        ("stage", "expected one of grant, payment; got 'grants'", "grant"),
    ]),
    (lambda: deggendorf({"alfa": "no", 3: False, " ": True}, stage="grant", on=NOW), [
        ("members", "' ' is no name of an undertaking"),
        ("members", "3 is no name of an undertaking"),
        ("members['alfa']", NO_TRUTH + "'no'"),
    ]),
    (lambda: deggendorf({"alfa": False, "beta": True}, possible={"beta": None, "alfa": None}, stage="grant", on=NOW), [
        ("possible", "'alfa' is a member already"),
        ("possible", "'beta' is a member already"),
    ]),
    (lambda: deggendorf({"alfa": False}, possible="beta", stage="grant", on="x"), [
        ("on", "'x' is not a date: write YYYY-MM-DD"),
        ("possible", "expected, of each undertaking by its name, whether it has aid to give back"),
    ]),
    (lambda: project_code("E44", stage="award", on=NOW, substitute=" "), [
        ("cup", "'E44' has 3 characters, not 15"),
        ("stage", "expected one of grant, invoice; got 'award'"),
        ("substitute", "expected a text; got ' '"),
    ]),
    (lambda: project_code("E44E2O000140007", stage="grant", on="x", substitute=5), [
        ("cup", "'E44E2O000140007' has 'O' where a digit stands", "E44E20000140007"),
        ("on", "'x' is not a date: write YYYY-MM-DD"),
        ("substitute", "expected a text; got 5"),
    ]),
    (lambda: insured("tiny", policy=1, on=NOW, exempt="x"), [
        ("exempt", NO_TRUTH + "'x'"),
        ("policy", NO_TRUTH + "1"),
        ("size", "expected one of micro, small, medium, large; got 'tiny'"),
    ]),
    (lambda: insured("micro", policy=None, on=NOW, sector="Fishing"), [
        ("sector", "expected one of other, food_service, accommodation, fishing, agriculture; got 'Fishing'", "fishing"),
    ]),
    (lambda: insured("Micro", policy=None, on="x"), [
        ("on", "'x' is not a date: write YYYY-MM-DD"),
        ("size", "expected one of micro, small, medium, large; got 'Micro'", "micro"),
    ]),
    (lambda: code_applies("grant", call_published="2026-02-30", body="region"), [
        ("body", "expected one of state, ordinary_region, special_region; got 'region'", "special_region"),
        ("call_published", "2026-02-30 does not exist: February 2026 has 28 days"),
        ("kind", "expected one of incentive, automatic_tax_incentive, social_security_incentive; got 'grant'"),
    ]),
    (lambda: code_applies("incentive", call_published="2026-03-01", granted="2026-02-28"), [
        ("granted", "the grant lies before the publication of the call"),
    ]),
    (lambda: code_applies("incentive", call_published="x", granted="y"), [
        ("call_published", "'x' is not a date: write YYYY-MM-DD"),
        ("granted", "'y' is not a date: write YYYY-MM-DD"),
    ]),
    (lambda: treated_as_sme(self_employed="yes", admitted=0, on=NOW), [
        ("admitted", NO_TRUTH + "0"),
        ("self_employed", NO_TRUTH + "'yes'"),
    ]),
    (lambda: rewarded("legality", held="yes", on="x"), [
        ("ground", "expected one of legality_rating, gender_equality_certificate, disabled_hires, youth_and_women, births_and_care; got 'legality'", "legality_rating"),
        ("held", NO_TRUTH + "'yes'"),
        ("on", "'x' is not a date: write YYYY-MM-DD"),
    ]),
    (lambda: treated_as_sme(self_employed=None, admitted=None, on="x"), [
        ("on", "'x' is not a date: write YYYY-MM-DD"),
    ]),
    (lambda: cor_stands("2026-11-23", sent="2026-11-24", on=NOW), [
        ("registered", "it lies after the day of the question"),
        ("sent", "it lies after the day of the question"),
    ]),
    (lambda: cor_stands("2026-11-02", sent="2026-11-01", on=NOW), [
        ("sent", "it lies before the COR"),
    ]),
    (lambda: cor_stands("2026", sent="2027-01-01", on=NOW), [
        ("registered", "'2026' is not a date: write YYYY-MM-DD"),
    ]),
    (lambda: redetermined(0.1, admitted=0, spent=-1, least_share="70", on="x"), [
        ("admitted", "is zero: there is nothing to compute"),
        ("grant", '0.1 is a binary float, which is not exact: write it as text, "0.1"'),
        ("least_share", "70 is above 100%: a rate of 70 per cent is written 70%"),
        ("on", "'x' is not a date: write YYYY-MM-DD"),
        ("spent", "-1 is negative, and an amount of money is not"),
    ]),
    (lambda: redetermined(1, admitted=1, spent=Range(3, 2), least_share=None, on=NOW), [
        ("spent", "the range begins at 3, above its end 2"),
    ]),
    (lambda: interest("a", paid="2026-02-30", returned=None, reference_rate="105%", law="l-241"), [
        ("amount", "'a' is not a number: write 1234.50"),
        ("law", "expected one of dlgs-123-1998, dlgs-184-2025; got 'l-241'"),
        ("paid", "2026-02-30 does not exist: February 2026 has 28 days"),
        ("reference_rate", "105% is above 100%"),
        ("returned", "expected a date; got nothing"),
    ]),
    (lambda: interest(1, paid="2025-02-01", returned="2025-01-31", reference_rate=None, law=None), [
        ("returned", "the return lies before the payment"),
    ]),
    (lambda: interest(-1, paid="2025-02-01", returned="2025-01-31", reference_rate=None, law=None), [
        ("amount", "-1 is negative, and an amount of money is not"),
    ]),
    (lambda: relocation(completed="x", moved=None, to="Germania", area_bound=1, size="tiny", grant=-1, moved_share=2), [
        ("area_bound", NO_TRUTH + "1"),
        ("completed", "'x' is not a date: write YYYY-MM-DD"),
        ("grant", "-1 is negative, and an amount of money is not"),
        ("moved", "expected a date; got nothing"),
        ("moved_share", "2 is above 100%: a rate of 2 per cent is written 2%"),
        ("size", "expected one of micro, small, medium, large; got 'tiny'"),
        ("to", "expected the two letters of a country (ISO 3166), such as DE; got 'Germania'"),
    ]),
    (lambda: relocation(**RELOCATED | {"to": None}), [
        ("to", "expected the two letters of a country (ISO 3166), such as DE; got nothing"),
    ]),
    (lambda: stable("2026", regime="fesr", size=3, left="2026", on="x", reduced="yes"), [
        ("left", "'2026' is not a date: write YYYY-MM-DD"),
        ("on", "'x' is not a date: write YYYY-MM-DD"),
        ("reduced", NO_TRUTH + "'yes'"),
        ("regime", "expected one of erdf, gber; got 'fesr'"),
        ("size", "expected one of micro, small, medium, large; got 3"),
        ("start", "'2026' is not a date: write YYYY-MM-DD"),
    ]),
    (lambda: stable("2026-05-01", regime="erdf", size=None, left="2026-04-30", on=NOW), [
        ("left", "it lies before the start"),
    ]),
    (lambda: stable("2026-05-01", regime="erdf", size=None, left="2026-11-23", on=NOW), [
        ("left", "it lies after the day of the question"),
    ]),
    (lambda: stable(None, regime="erdf", size=None, left="2026-11-23", on=NOW), [
        ("left", "it lies after the day of the question"),
    ]),
    (lambda: stable("2026-12-01", regime="erdf", size=None, left="2026-11-23", on=NOW), [
        ("left", "it lies after the day of the question"),
        ("left", "it lies before the start"),
    ]),
])  # fmt: skip
def test_every_fault_is_told(ask, faults):
    with pytest.raises(BadFacts) as caught:
        ask()
    found = [(one.subject, one.message, *filter(None, [one.suggestion])) for one in caught.value.faults]
    assert found == faults


@pytest.mark.parametrize(("ask", "table", "first"), [
    (lambda on: durc(on, regular=True, on=NOW), "stato/durc (validity_days)", "2015-07-01"),
    (lambda on: documentation(1, on=on), "stato/antimafia (threshold)", "2017-11-19"),
    (lambda on: still_good("information", issued=on, on=NOW), "stato/antimafia (information_months)", "2017-11-19"),
    (lambda on: may_proceed(on, on=NOW), "stato/antimafia (wait_days)", "2017-11-19"),
    (lambda on: deggendorf({"a": False}, stage="grant", on=on), "stato/deggendorf (grant)", "2014-07-01"),
    (lambda on: project_code("n.d.", stage="grant", on=on), "stato/project-code (grant)", "2021-04-08"),
    (lambda on: insured("micro", policy=True, on=on), "stato/natural-catastrophes (duty, micro, other)", "2024-01-01"),
    (lambda on: treated_as_sme(self_employed=True, admitted=True, on=on), "stato/incentives-code (self_employed)", "2026-01-01"),
    (lambda on: rewarded("legality_rating", held=True, on=on), "stato/incentives-code (legality_rating)", "2026-01-01"),
    (lambda on: cor_stands(on, sent=None, on=NOW), "stato/rna-registration (send_days)", "2017-08-12"),
    (lambda on: redetermined(1, admitted=1, spent=1, least_share=None, on=on), "stato/clawback (proportional, any)", "1998-05-15"),
    (lambda on: interest(1, paid=on, returned=NOW, reference_rate=0, law=None), "stato/clawback (interest_points, dlgs-123-1998)", "1998-05-15"),
    (lambda on: relocation(**RELOCATED | {"moved": on}), "stato/clawback (relocation_years, any)", "2018-07-14"),
    (lambda on: stable(on, regime="erdf", size="large", left=None, on=NOW), "ue/stability (erdf, any)", "2021-07-01"),
])  # fmt: skip
def test_the_law_is_encoded_from_its_first_day(ask, table, first):
    day = dt.date.fromisoformat(first)
    assert ask(day).citations
    with pytest.raises(NotEncoded) as caught:
        ask(day - dt.timedelta(days=1))
    error = caught.value
    assert (error.measure, error.asked, error.first) == (table, day - dt.timedelta(days=1), day)


def test_what_falls_on_the_very_day_is_no_fault():
    assert code_applies("incentive", call_published="2026-03-01", granted="2026-03-01").reason == "ruled"
    assert stable(NOW, regime="erdf", size="large", left=NOW, on=NOW).reason == "left_too_early"
    assert cor_stands(NOW, sent=NOW, on=NOW).reason == "in_time"
    assert interest(1, paid=NOW, returned=NOW, reference_rate=None, law=None).reason == "none_due"
    assert documentation(100, on=NOW, tranches=[60, 40]).reason == "not_needed"
    assert relocation(**RELOCATED | {"moved": "2026-05-01"}).reason == "loses_moved_part_plus_interest"
    assert durc(NOW, regular=True, on=NOW).reason == "valid"
    assert still_good("information", issued=NOW, on=NOW).reason == "valid"
