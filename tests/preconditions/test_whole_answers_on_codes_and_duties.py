# SPDX-License-Identifier: Apache-2.0
"""What is answered on the CUP, the COR, the duty to insure and the incentives code, whole."""

import pytest

from misure.preconditions import code_applies, cor_stands, insured, project_code, rewarded, treated_as_sme
from tests.preconditions.pages import page

NOW = "2026-11-22"


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: project_code("e44e 20000140007", stage="grant", on=NOW),
     "yes present", "the CUP is there", "cup E44E20000140007", "l-3-2003 art. 11, c. 2-bis", "official", []),
    (lambda: project_code("n.d.", stage="grant", on=NOW),
     "no absent", "the act is void without it", "cup None", "l-3-2003 art. 11, c. 2-bis", "official", []),
    (lambda: project_code("n.d.", stage="invoice", on=NOW),
     "no absent", "the invoice does not bear it", "cup None", "dl-13-2023 art. 5, c. 6", "secondary", []),
    (lambda: project_code(None, stage="grant", on=NOW, substitute="B-1"),
     "unknown cup_unknown", "not told: cup", "cup None", "l-3-2003 art. 11, c. 2-bis", "official missing", []),
    (lambda: project_code("n.d.", stage="invoice", on=NOW, substitute="B-1"),
     "yes substitute", "the call's own code stands in its place", "cup None", "dl-13-2023 art. 5, c. 6", "secondary", []),
    (lambda: project_code("E44E20000140007", stage="invoice", on="2023-05-31"),
     "yes not_asked_yet", "invoices of that day need none", "cup E44E20000140007", "dl-13-2023 art. 5, c. 6", "secondary", []),
    (lambda: project_code("E44E20000140007", stage="invoice", on=NOW, substitute="B-1"),
     "yes present", "the CUP is there", "cup E44E20000140007", "dl-13-2023 art. 5, c. 6", "secondary", []),
])  # fmt: skip
def test_the_cup(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: cor_stands("2026-11-02", sent="2026-11-23", on="2026-12-01"),
     "yes in_time", "the date of the act was sent in time", "last_day 2026-11-23", "dm-115-2017 art. 9, c. 5 | dm-115-2017 art. 9, c. 5 | codice-civile art. 2963, c. 3", "inferred", []),
    (lambda: cor_stands("2026-11-02", sent="2026-11-24", on="2026-12-01"),
     "no too_late", "the date of the act was sent too late", "last_day 2026-11-23", "dm-115-2017 art. 9, c. 5 | dm-115-2017 art. 9, c. 5 | codice-civile art. 2963, c. 3", "inferred", []),
    (lambda: cor_stands("2026-11-01", sent=None, on="2026-11-21"),
     "yes time_runs", "the time to send the date of the act still runs", "last_day 2026-11-21", "dm-115-2017 art. 9, c. 5 | dm-115-2017 art. 9, c. 5", "inferred", []),
    (lambda: cor_stands("2026-11-01", sent=None, on="2026-11-22"),
     "no not_sent", "the date of the act was not sent in time", "last_day 2026-11-21", "dm-115-2017 art. 9, c. 5 | dm-115-2017 art. 9, c. 5", "inferred", []),
    (lambda: cor_stands("2026-11-01", sent=None, sent_known=False, on="2026-11-22"),
     "unknown sent_unknown", "not told: sent", "last_day 2026-11-21", "dm-115-2017 art. 9, c. 5 | dm-115-2017 art. 9, c. 5", "inferred missing", []),
    (lambda: cor_stands(None, sent=None, on="2026-11-22"),
     "unknown registered_unknown", "not told: registered", "last_day None", "dm-115-2017 art. 9, c. 5 | dm-115-2017 art. 9, c. 5", "inferred missing", []),
    (lambda: cor_stands("2026-11-02", sent="2026-11-02", on="2026-11-02"),
     "yes in_time", "the date of the act was sent in time", "last_day 2026-11-23", "dm-115-2017 art. 9, c. 5 | dm-115-2017 art. 9, c. 5 | codice-civile art. 2963, c. 3", "inferred", []),
])  # fmt: skip
def test_a_cor(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: insured("micro", sector="other", policy=False, on="2026-02-01", call_published="2026-01-01"),
     "no no_policy", "the duty is not met, which excludes", "duty_since 2025-12-31", "l-213-2023 art. 1, c. 101 | dlgs-184-2025 art. 9", "secondary", []),
    (lambda: insured("micro", sector="other", policy=False, on="2026-02-01"),
     "unknown published_unknown", "the duty is not met, which excludes under the code; not told: call_published", "duty_since 2025-12-31", "l-213-2023 art. 1, c. 101 | dlgs-184-2025 art. 9", "secondary missing", []),
    (lambda: insured("micro", sector="other", policy=False, on="2026-02-01", call_published="2025-12-31"),
     "unknown transition", "the duty is not met, and the call is older than the code: the transitional rule for calls published before was not read", "duty_since 2025-12-31", "l-213-2023 art. 1, c. 101 | dlgs-184-2025 art. 9 | dlgs-184-2025 artt. 27-28", "secondary unpublished", []),
    (lambda: insured("micro", sector="other", policy=True, on="2026-02-01"),
     "yes insured", "the firm is insured", "duty_since 2025-12-31", "l-213-2023 art. 1, c. 101 | dlgs-184-2025 art. 9", "secondary", []),
    (lambda: insured("micro", sector="other", policy=None, on="2026-02-01"),
     "unknown policy_unknown", "not told: policy", "duty_since 2025-12-31", "l-213-2023 art. 1, c. 101 | dlgs-184-2025 art. 9", "secondary missing", []),
    (lambda: insured("micro", sector="other", policy=False, on="2025-12-30"),
     "yes no_duty_yet", "the duty of that size and sector has not begun", "duty_since 2025-12-31", "l-213-2023 art. 1, c. 101 | l-213-2023 art. 1, c. 102", "inferred", []),
    (lambda: insured("medium", sector="other", policy=False, on="2025-12-31"),
     "unknown before_the_code", "the duty is not met; how an unmet duty bore on incentives before the code was for each body to say; the paragraph was not read", "duty_since 2025-10-01", "l-213-2023 art. 1, c. 101 | l-213-2023 art. 1, c. 102", "inferred unpublished", []),
    (lambda: insured("large", sector="other", policy=False, exempt=True, on="2026-02-01"),
     "yes exempt", "the duty is not the firm's own", "duty_since 2025-03-31", "l-213-2023 art. 1, c. 101 | dlgs-184-2025 art. 9", "secondary", []),
    (lambda: insured("large", sector="other", policy=False, exempt=None, on="2026-02-01"),
     "unknown exempt_unknown", "not told: exempt", "duty_since 2025-03-31", "l-213-2023 art. 1, c. 101 | dlgs-184-2025 art. 9", "secondary missing", []),
    (lambda: insured(None, sector="other", policy=None, exempt=None, on="2025-10-15"),
     "unknown size_unknown", "not told: size", "", "l-213-2023 art. 1, c. 101 | l-213-2023 art. 1, c. 102", "inferred missing", []),
    (lambda: insured(None, sector="other", policy=True, on="2025-10-15"),
     "yes insured", "the firm is insured", "", "l-213-2023 art. 1, c. 101 | l-213-2023 art. 1, c. 102", "inferred", []),
    (lambda: insured(None, sector="other", policy=False, on="2025-12-31"),
     "unknown size_unknown", "not told: size", "", "l-213-2023 art. 1, c. 101 | l-213-2023 art. 1, c. 102", "inferred missing", []),
    (lambda: insured("large", sector="other", policy=False, on="2025-06-29"),
     "yes not_counted", "the duty is not met, which is not counted yet", "duty_since 2025-03-31", "l-213-2023 art. 1, c. 101 | dl-39-2025 art. 1", "secondary", []),
])  # fmt: skip
def test_insurance_against_catastrophes(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: code_applies("automatic_tax_incentive", call_published="2026-03-01"),
     "no outside_its_scope", "the code does not rule it: tax incentives without assessment; art. 19 alone is of them", "in_force 2026-01-01", "dlgs-184-2025 art. 1, c. 2", "secondary", []),
    (lambda: code_applies("social_security_incentive", call_published=None, body=None),
     "no outside_its_scope", "the code does not rule it: save art. 19", "in_force 2026-01-01", "dlgs-184-2025 art. 1, c. 2", "secondary", []),
    (lambda: code_applies("incentive", call_published="2026-01-01"),
     "yes ruled", "the call was published under the code", "in_force 2026-01-01", "dlgs-184-2025 | dlgs-184-2025 art. 1, c. 2, e art. 12", "secondary", []),
    (lambda: code_applies("incentive", call_published="2026-01-01", body="special_region"),
     "yes ruled", "the call was published under the code", "in_force 2026-01-01", "dlgs-184-2025 | dlgs-184-2025 art. 1, c. 2, e art. 12 | dlgs-184-2025 art. 1, c. 3", "secondary", ["region"]),
    (lambda: code_applies("incentive", call_published="2026-01-01", body=None),
     "yes ruled", "the call was published under the code", "in_force 2026-01-01", "dlgs-184-2025 | dlgs-184-2025 art. 1, c. 2, e art. 12 | dlgs-184-2025 art. 1, c. 3", "inferred", ["region"]),
    (lambda: code_applies("incentive", call_published="2025-12-31", granted="2026-01-01", body="ordinary_region"),
     "unknown transition", "the call was published before the code and the aid granted under it: which law stands was not read", "in_force 2026-01-01", "dlgs-184-2025 | dlgs-184-2025 art. 1, c. 2, e art. 12 | dlgs-184-2025 art. 1, c. 3 | dlgs-184-2025 artt. 27-28", "inferred unpublished", ["region", "transitional_rule_unknown"]),
    (lambda: code_applies("incentive", call_published="2025-12-31"),
     "unknown granted_unknown", "the call was published before the code, and the grant is not told", "in_force 2026-01-01", "dlgs-184-2025 | dlgs-184-2025 art. 1, c. 2, e art. 12 | dlgs-184-2025 artt. 27-28", "secondary missing", ["transitional_rule_unknown"]),
    (lambda: code_applies("incentive", call_published="2025-12-20", granted="2025-12-31"),
     "no before_the_code", "the aid was granted before the code", "in_force 2026-01-01", "dlgs-184-2025", "secondary", []),
    (lambda: code_applies("incentive", call_published="2025-12-20", granted="2025-12-31", body="special_region"),
     "no before_the_code", "the aid was granted before the code", "in_force 2026-01-01", "dlgs-184-2025", "secondary", []),
    (lambda: code_applies("incentive", call_published=None),
     "unknown published_unknown", "not told: call_published", "in_force 2026-01-01", "dlgs-184-2025 | dlgs-184-2025 art. 1, c. 2, e art. 12", "secondary missing", []),
])  # fmt: skip
def test_whether_the_code_rules(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


@pytest.mark.parametrize(("ask", "told", "text", "figures", "citations", "sure", "warned"), [
    (lambda: treated_as_sme(self_employed=True, admitted=True, on=NOW),
     "yes admitted", "the call admits the self-employed, who are treated as SMEs", "", "dlgs-184-2025 art. 9", "secondary", []),
    (lambda: treated_as_sme(self_employed=True, admitted=False, on=NOW),
     "no not_admitted", "the call does not admit the self-employed", "", "dlgs-184-2025 art. 9", "secondary", []),
    (lambda: treated_as_sme(self_employed=False, admitted=False, on=NOW),
     "no not_self_employed", "the applicant is no self-employed person", "", "dlgs-184-2025 art. 9", "secondary", []),
    (lambda: treated_as_sme(self_employed=None, admitted=None, on=NOW),
     "unknown self_employed_unknown", "not told: self_employed", "", "dlgs-184-2025 art. 9", "secondary missing", []),
    (lambda: treated_as_sme(self_employed=True, admitted=None, on="2026-01-01"),
     "unknown admitted_unknown", "not told: admitted", "", "dlgs-184-2025 art. 9", "secondary missing", []),
])  # fmt: skip
def test_the_self_employed(ask, told, text, figures, citations, sure, warned):
    assert page(ask()) == (told, text, figures, citations, sure, warned)


def test_warnings_say_where_they_come_from():
    region, transition = code_applies(
        "incentive", call_published="2025-12-31", granted="2026-01-01", body="ordinary_region"
    ).warnings
    assert region.text.startswith("D.Lgs. 184/2025, art. 1, c. 3: ")
    assert transition.text.startswith("D.Lgs. 184/2025, artt. 27-28: ")
    (special,) = code_applies("incentive", call_published="2026-01-01", body="special_region").warnings
    assert special.text.startswith("D.Lgs. 184/2025, art. 1, c. 3: ")
    assert special.text != region.text


WEIGHT = ["weight_of_the_call"]


@pytest.mark.parametrize(("ask", "told", "text", "warned"), [
    (lambda: rewarded("legality_rating", held=True, on=NOW),
     "yes rewarded", "the rating is listed on the day of the application", WEIGHT),
    (lambda: rewarded("gender_equality_certificate", held=True, on="2026-01-01"),
     "yes rewarded", "the certificate is held on the day of the application", WEIGHT),
    (lambda: rewarded("disabled_hires", held=True, on=NOW),
     "yes rewarded", "hires of people with disabilities beyond what the law asks", WEIGHT),
    (lambda: rewarded("youth_and_women", held=True, on=NOW), "yes rewarded", "work of young people and of women", WEIGHT),
    (lambda: rewarded("births_and_care", held=False, on=NOW), "no not_held", "the applicant does not hold it", []),
    (lambda: rewarded("births_and_care", held=None, on=NOW), "unknown held_unknown", "not told: held", []),
])  # fmt: skip
def test_what_the_code_rewards(ask, told, text, warned):
    found = page(ask())
    assert found[:2] == (told, text)
    assert found[3] == "dlgs-184-2025 art. 8"
    assert found[5] == warned
