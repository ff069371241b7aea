# SPDX-License-Identifier: Apache-2.0
"""What is answered before a grant or a payment, whole: reason, figures, provisions, confidence, warnings."""

import pytest

from misure import Range
from misure.preconditions import deggendorf, documentation, durc, may_proceed, still_good, substitutive_power
from tests.preconditions.pages import page

NOW = "2026-11-22"


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: durc("2026-07-01", regular=True, on="2026-10-29"),
     "yes valid", "the document is regular and in its validity", "last_day 2026-10-29", "di-2015-01-30 | dlgs-184-2025 art. 9", "secondary", []),
    (lambda: durc("2025-07-01", regular=True, on="2025-10-29"),
     "yes valid", "the document is regular and in its validity", "last_day 2025-10-29", "di-2015-01-30", "secondary", []),
    (lambda: durc("2026-07-01", regular=None, subject=False, on="2026-10-29"),
     "yes not_subject", "the firm is not subject to contributions, and declares it", "", "dlgs-184-2025 art. 9", "secondary", []),
    (lambda: durc("2025-07-01", regular=None, subject=False, on="2025-10-29"),
     "yes not_subject", "the firm is not subject to contributions, and declares it", "", "di-2015-01-30", "secondary", []),
    (lambda: durc("2026-07-01", regular=True, on="2026-10-30"),
     "no expired", "the document is no longer good", "last_day 2026-10-29", "di-2015-01-30 | dlgs-184-2025 art. 9", "secondary", []),
    (lambda: durc("2026-07-01", regular=True, on="2026-06-30"),
     "no issued_later", "the document is of a later day", "last_day 2026-10-29", "di-2015-01-30 | dlgs-184-2025 art. 9", "secondary", []),
    (lambda: durc("2026-07-01", regular=False, on="2026-07-02"),
     "no irregular", "the document says that contributions are not in order", "last_day 2026-10-29", "di-2015-01-30 | dlgs-184-2025 art. 9", "secondary", []),
    (lambda: durc("2026-07-01", regular=None, on="2026-07-02"),
     "unknown regular_unknown", "not told: regular", "last_day 2026-10-29", "di-2015-01-30 | dlgs-184-2025 art. 9", "secondary missing", []),
    (lambda: durc(None, regular=True, on="2026-07-02"),
     "unknown issued_unknown", "not told: issued", "last_day None", "di-2015-01-30 | dlgs-184-2025 art. 9", "secondary missing", []),
    (lambda: durc(None, regular=None, subject=None, on="2026-07-02"),
     "unknown subject_unknown", "not told: subject", "last_day None", "di-2015-01-30 | dlgs-184-2025 art. 9", "secondary missing", []),
])  # fmt: skip
def test_a_durc(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: substitutive_power("10000", debt="500", on=NOW),
     "yes held_back", "the debt is paid to the institutes out of the payment", "to_firm 9500.00; to_institutes 500.00", "dl-69-2013 art. 31, c. 3 e 8-bis", "inferred", []),
    (lambda: substitutive_power("10000", debt=0, on=NOW),
     "no nothing_owed", "nothing is held back", "to_firm 10000.00; to_institutes 0.00", "dl-69-2013 art. 31, c. 3 e 8-bis", "inferred", []),
    (lambda: substitutive_power("10000", debt=None, on=NOW),
     "unknown debt_unknown", "the debt is not told", "to_firm 0.00 to 10000.00; to_institutes 0.00 to 10000.00", "dl-69-2013 art. 31, c. 3 e 8-bis", "inferred missing", []),
    (lambda: substitutive_power(Range(100, 200), debt=Range(0, 150), on=NOW),
     "unknown debt_unknown", "the debt may be nothing", "to_firm 0.00 to 200.00; to_institutes 0.00 to 150.00", "dl-69-2013 art. 31, c. 3 e 8-bis", "inferred missing", []),
    (lambda: substitutive_power(Range(100, 200), debt=None, on=NOW),
     "unknown debt_unknown", "the debt is not told", "to_firm 0.00 to 200.00; to_institutes 0.00 to 200.00", "dl-69-2013 art. 31, c. 3 e 8-bis", "inferred missing", []),
])  # fmt: skip
def test_the_substitutive_power(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: documentation("150000.00", on=NOW),
     "no not_needed", "the value is within the threshold", "value 150000.00; threshold 150000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3, lett. e)", "inferred", []),
    (lambda: documentation("150000.01", on=NOW),
     "yes information", "the value is above the threshold: the information is asked", "value 150000.01; threshold 150000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 91, c. 1, lett. b)", "inferred", []),
    (lambda: documentation("100000", other_projects=["50000.01"], on=NOW),
     "no not_needed", "the value is within the threshold", "value 100000.00; threshold 150000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 91, c. 2", "inferred", ["splitting"]),
    (lambda: documentation("100000", other_projects=[Range(0, "50000.01")], on=NOW),
     "no not_needed", "the value is within the threshold", "value 100000.00; threshold 150000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 91, c. 2", "inferred", ["splitting"]),
    (lambda: documentation(on=NOW),
     "unknown value_unknown", "the value of the project is not told", "value None; threshold 150000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 91, c. 1, lett. b)", "inferred missing", []),
    (lambda: documentation(Range(100000, 200000), on=NOW),
     "unknown value_unknown", "the value may lie on either side of the threshold", "value 100000.00 to 200000.00; threshold 150000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 91, c. 1, lett. b)", "inferred missing", []),
    (lambda: documentation(Range(1, 200000), on=NOW, farmland=None),
     "unknown farmland_unknown", "not told: whether the project uses farmland", "value 1.00 to 200000.00; threshold 5000.00 to 150000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3-bis | dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 91, c. 1, lett. b)", "inferred missing", []),
    (lambda: documentation("5000.01", on=NOW, farmland=True),
     "unknown farmland_threshold", "the farmland threshold in force on the day is not known", "value 5000.01; threshold 5000.00 to 25000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3-bis | dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 91, c. 1, lett. b)", "inferred unpublished", []),
    (lambda: documentation(Range(1, 20000), on=NOW, farmland=True),
     "unknown value_unknown", "the value may lie on either side of the threshold", "value 1.00 to 20000.00; threshold 5000.00 to 25000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3-bis | dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 91, c. 1, lett. b)", "inferred missing", []),
    (lambda: documentation("5000.01", on=NOW, farmland=None),
     "unknown farmland_unknown", "not told: whether the project uses farmland", "value 5000.01; threshold 5000.00 to 150000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3-bis | dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 91, c. 1, lett. b)", "inferred missing", []),
    (lambda: documentation("25000.01", on=NOW, farmland=True),
     "yes information", "the value is above the threshold: the information is asked", "value 25000.01; threshold 5000.00 to 25000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3-bis | dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 91, c. 1, lett. b)", "inferred", []),
    (lambda: documentation("5000", on=NOW, farmland=True),
     "no not_needed", "the value is within the threshold", "value 5000.00; threshold 5000.00 to 25000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3-bis | dlgs-159-2011 art. 83, c. 3, lett. e)", "inferred", []),
    (lambda: documentation(tranches=[100, Range(1, 2)], on=NOW),
     "no not_needed", "the value is within the threshold", "value 101.00 to 102.00; threshold 150000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3, lett. e)", "inferred", []),
    (lambda: documentation(200, tranches=[100, Range(100, 200)], on=NOW),
     "no not_needed", "the value is within the threshold", "value 200.00; threshold 150000.00", "dlgs-159-2011 art. 83, c. 3, lett. e) | dlgs-159-2011 art. 83, c. 3, lett. e)", "inferred", []),
])  # fmt: skip
def test_anti_mafia_documentation(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: still_good("information", issued="2025-11-22", on=NOW),
     "yes valid", "the document is in its validity", "last_day 2026-11-22", "dlgs-159-2011 art. 86", "inferred", []),
    (lambda: still_good("communication", issued="2026-05-22", on=NOW),
     "yes valid", "the document is in its validity", "last_day 2026-11-22", "dlgs-159-2011 art. 86", "inferred", []),
    (lambda: still_good("communication", issued="2026-05-21", on=NOW),
     "no expired", "the document is no longer good", "last_day 2026-11-21", "dlgs-159-2011 art. 86", "inferred", []),
    (lambda: still_good("communication", issued="2026-11-23", on=NOW),
     "no issued_later", "the document is of a later day", "last_day 2027-05-23", "dlgs-159-2011 art. 86", "inferred", []),
    (lambda: still_good("communication", issued=NOW, on=NOW, unchanged=False),
     "no changed", "the firm has changed since: a new document is asked", "last_day 2027-05-22", "dlgs-159-2011 art. 86", "inferred", []),
    (lambda: still_good("communication", issued=NOW, on=NOW, unchanged=None),
     "unknown unchanged_unknown", "not told: unchanged", "last_day 2027-05-22", "dlgs-159-2011 art. 86", "inferred missing", []),
    (lambda: still_good("communication", issued=None, on=NOW, unchanged=None),
     "unknown issued_unknown", "not told: issued", "last_day None", "dlgs-159-2011 art. 86", "inferred missing", []),
    (lambda: still_good("communication", issued=None, on=NOW, unchanged=False),
     "no changed", "the firm has changed since: a new document is asked", "last_day None", "dlgs-159-2011 art. 86", "inferred", []),
])  # fmt: skip
def test_how_long_a_document_is_good(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: may_proceed("2026-10-01", on="2026-10-31"),
     "no waiting", "the document has not come, and the time has not passed", "first_day 2026-11-01", "dlgs-159-2011 art. 92, c. 3", "inferred", []),
    (lambda: may_proceed("2026-10-01", on="2026-11-01"),
     "yes under_condition", "the time has passed: under resolutory condition", "first_day 2026-11-01", "dlgs-159-2011 art. 92, c. 3", "inferred", []),
    (lambda: may_proceed("2026-10-01", on="2026-10-02", answered_with=True),
     "yes no_bar", "the document bars nothing", "first_day 2026-11-01", "dlgs-159-2011 art. 92, c. 3", "inferred", []),
    (lambda: may_proceed(None, on="2026-10-02", answered_with=False),
     "no bar", "the document bars aid", "first_day None", "dlgs-159-2011 art. 92, c. 3", "inferred", []),
    (lambda: may_proceed(None, on="2026-10-02"),
     "unknown requested_unknown", "not told: requested", "first_day None", "dlgs-159-2011 art. 92, c. 3", "inferred missing", []),
])  # fmt: skip
def test_whether_the_body_may_go_on(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: deggendorf({"b": True, "a": True, "c": None}, stage="grant", on=NOW),
     "no recovery_pending", "unlawful aid has not been given back: a, b", "owing a, b", "l-234-2012 art. 46", "inferred", ["grant_waits"]),
    (lambda: deggendorf({"b": True, "a": False}, stage="payment", on=NOW),
     "no recovery_pending", "unlawful aid has not been given back: b", "owing b", "reg-651-2014 art. 1, par. 4, lett. a) e b)", "inferred", []),
    (lambda: deggendorf({"b": None, "a": None}, possible={"z": True}, stage="payment", on=NOW),
     "unknown member_unknown", "not told of: a, b", "not_told a, b", "reg-651-2014 art. 1, par. 4, lett. a) e b)", "inferred missing", []),
    (lambda: deggendorf({"b": False}, possible={"z": True, "y": None, "x": False}, stage="payment", on=NOW),
     "unknown possible_member", "who may belong to the single undertaking may have aid to give back: y, z", "possible y, z", "reg-651-2014 art. 1, par. 4, lett. a) e b)", "inferred missing", []),
    (lambda: deggendorf({"b": False}, stage="grant", on=NOW),
     "yes clear", "nobody has unlawful aid to give back", "", "l-234-2012 art. 46", "inferred", []),
])  # fmt: skip
def test_deggendorf(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


def test_who_waits_at_the_grant_is_told_of_the_other_reading():
    (warned,) = deggendorf({"a": True}, stage="grant", on=NOW).warnings
    text = "the law of the Union bars the payment alone: aid may be granted and wait for it"
    assert (warned.kind, warned.text) == ("grant_waits", f"Reg. (UE) 651/2014, art. 1, par. 4, lett. a) e b): {text}")
    (warned,) = documentation("100000", other_projects=["60000"], on=NOW).warnings
    assert warned.text == "the projects together pass the threshold: what is split to stay below it is void"
    assert documentation("150000", other_projects=[0], on=NOW).warnings == ()
    assert documentation("150000", on=NOW).warnings == ()


def test_a_figure_is_found_by_its_name():
    answer = documentation("150000", on=NOW)
    assert [figure.name for figure in answer.figures] == ["value", "threshold"]
    assert answer.figure("threshold") == answer.figures[1].value
    with pytest.raises(KeyError, match="valu"):
        answer.figure("valu")
