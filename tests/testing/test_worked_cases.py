# SPDX-License-Identifier: Apache-2.0
"""A worked case that is wrong says what it expected and what came out, key by key."""

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

import pytest

import misure
from misure.testing.worked_cases import cases_of_measure, decide_case, run_case, run_cases

MEASURES = misure.catalogue()


def case_with(measure, key):
    return next(case for case in cases_of_measure(measure) if key in case.expect)


def expecting(case, **expect):
    return replace(case, expect=MappingProxyType(expect))


def differences(measure, case):
    return [str(difference) for difference in run_case(measure, case).differences]


def test_a_case_names_its_place():
    result = run_cases(MEASURES["lombardia/filiere"])[0]
    assert result.passed
    assert result.place.path.endswith("cases.yaml")
    assert str(result).endswith(result.name)


WRONG = [
    ("outcome", "eligible", "outcome: expected eligible, found refused"),
    ("findings", {"at_least_ten_firms": "yes"}, "findings.at_least_ten_firms: expected yes, found no"),
    ("findings", {"no_such_finding": "yes"}, "findings.no_such_finding: expected yes, found nothing"),
    ("stages", {"admission": "eligible"}, "stages.admission: expected eligible, found refused"),
    ("missing", ("swot_adequate",), "missing: expected [swot_adequate], found [opening_day]"),
    ("tensions", ("rankings",), "tensions: expected [rankings], found []"),
    ("margins", {"at_least_ten_firms": "0"}, "margins.at_least_ten_firms: expected 0, found -1"),
    (
        "margins", {"at_least_ten_firms": {"from": "-1", "to": "0"}},
        "margins.at_least_ten_firms: expected -1 to 0, found -1",
    ),
    ("confidence", {"at_least_ten_firms": "assumed"}, "confidence.at_least_ten_firms: expected assumed, found official"),
    ("score", {"total": "79.99"}, "score.total: expected 79.99, found 80.00"),
    ("support", {"grant": "1"}, "support.grant: expected 1, found nothing"),
    ("spending", {"planned": {"total": "1"}}, "spending.planned.total: expected 1, found nothing"),
    ("tranches", {"first": {"due": "yes"}}, "tranches.first: expected a tranche, found nothing"),
    (
        "terms", {"application_window": {"state": "after"}},
        "terms.application_window.state: expected after, found inside",
    ),
    ("terms", {"no_such_term": {"state": "after"}}, "terms.no_such_term: expected one of the terms, found nothing"),
    (
        "duties", {"evaluated_in_time": {"day": "2022-07-02"}},
        "duties.evaluated_in_time.day: expected 2022-07-02, found 2022-07-01",
    ),
    ("error", "conflict", "error: expected conflict, found a decision, refused"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "expected", "words"), WRONG, ids=[f"{key}: {words}" for key, _, words in WRONG])
def test_every_key_is_compared(key, expected, words):
    filiere = MEASURES["lombardia/filiere"]
    refused = next(case for case in cases_of_measure(filiere) if case.name.startswith("Con nove imprese lombarde"))
    assert words in differences(filiere, expecting(refused, **{key: expected}))


def test_amounts_are_compared_by_value_and_to_the_cent():
    measure = MEASURES["lombardia/verso-nuovi-mercati"]
    case = case_with(measure, "support")
    amounts = {line.id: line.amount for line in decide_case(measure, case).support}
    line, amount = next((name, amount) for name, amount in amounts.items() if not hasattr(amount, "least"))
    assert differences(measure, expecting(case, support={line: str(amount.normalize())})) == []
    assert differences(measure, expecting(case, support={line: f"{amount}1"})) != []
    assert differences(measure, expecting(case, support={line: "molto"})) != []


def test_a_tranche_is_compared_part_by_part():
    measure = MEASURES["lombardia/piano-export-2025"]
    case = case_with(measure, "tranches")
    name = next(iter(case.expect["tranches"]))
    wrong = {"amount": "1", "due": "no", "payable": "unknown", "waits_for": ("godot",)}
    told = {
        found.what.rpartition(".")[2]
        for found in run_case(measure, expecting(case, tranches={name: wrong})).differences
    }
    assert {"amount", "waits_for"} <= told


def test_an_unexpected_error_is_a_difference():
    filiere = MEASURES["lombardia/filiere"]
    case = cases_of_measure(filiere)[0]
    [early] = differences(filiere, replace(case, on=dt.date(2021, 1, 1)))
    assert early.startswith("error: expected a decision, found bad_facts: ")
    [varied] = differences(filiere, replace(case, vary=MappingProxyType({"minimum_firm": "8 firms"})))
    assert varied.startswith("error: expected a decision, found bad_rules: ")
    assert "did you mean 'minimum_firms'" in varied


def test_an_expected_error_of_another_kind_is_a_difference():
    filiere = MEASURES["lombardia/filiere"]
    early = next(case for case in cases_of_measure(filiere) if case.expect.get("error") == "not_encoded")
    [found] = differences(filiere, expecting(early, error="bad_facts"))
    assert found.startswith("error: expected bad_facts, found not_encoded: ")
