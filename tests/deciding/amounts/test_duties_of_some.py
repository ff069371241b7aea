# SPDX-License-Identifier: Apache-2.0
"""Duties that fall only in a case: of nobody else, open while the case is, and told as such.

Seen to fail when `when` was not looked at: a firm from which nothing was ever taken back was told by when to give it back.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest

import misure
from tests.deciding.written_measures import opened

VOCABULARY = """
events:
  revoked_on: {label: "revoca", question: "In che giorno è stato revocato il contributo?"}
  returned_on: {label: "restituzione", question: "In che giorno è stato restituito?"}
  sold_on: {label: "vendita", question: "In che giorno sono stati venduti i beni?"}
"""
RULES = """
parameters:
  return_days: {is: 30 days, label: "giorni per restituire"}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      filed: {provision: P.1, text: "Presentata", holds: happened(filed_on)}
    duties:
      given_back: {provision: P.2, who: impresa, text: "Restituisce", when: happened(revoked_on), by: "revoked_on + days(return_days)", done: returned_on, regime: fixed_instant}
      goods_kept: {provision: P.3, who: impresa, text: "Tiene i beni", when: happened(paid_on), from: paid_on, until: "paid_on + years(3)", broken: sold_on}
      told: {provision: P.4, who: ente, text: "Ne riferisce", when: happened(revoked_on)}
"""
ON = dt.date(2023, 6, 1)


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    rules = RULES.replace("years(3)", "years(kept_years)").replace(
        "  return_days:", '  kept_years: {is: 3 years, label: "anni di mantenimento"}\n  return_days:'
    )
    return opened(tmp_path_factory.mktemp("some"), rules, vocabulary=VOCABULARY)


@pytest.mark.parametrize(
    ("revoked", "returned", "on", "given_back", "told"),
    [
        ("not_yet", None, ON, "not_applicable", "not_applicable"),
        (None, None, ON, "unknown", "unknown"),
        ("2023-05-02", "not_yet", ON, "open", "standing"),
        ("2023-05-02", "2023-06-01", ON, "kept", "standing"),
        ("2023-05-02", "not_yet", dt.date(2023, 6, 2), "late", "standing"),
    ],
)
def test_it_is_of_whom_its_case_is(measure, revoked, returned, on, given_back, told):
    facts = {"filed_on": "2022-06-01", "paid_on": "not_yet", "revoked_on": revoked, "returned_on": returned}
    decision = measure.decide({name: day for name, day in facts.items() if day is not None}, on=on)
    states = {one.id: str(one.state) for one in decision.duties}
    assert states == {"given_back": given_back, "told": told, "goods_kept": "not_applicable"}


@pytest.mark.parametrize(
    ("paid", "sold", "state"),
    [
        ("2023-05-01", "not_yet", "running"),
        ("2023-05-01", "2023-05-20", "broken"),
        (None, "2023-05-20", "unknown"),
        ("not_yet", "2023-05-20", "not_applicable"),
    ],
)
def test_one_that_goes_on_too(measure, paid, sold, state):
    facts = {"filed_on": "2022-06-01", "revoked_on": "not_yet", "paid_on": paid, "sold_on": sold}
    decision = measure.decide({name: day for name, day in facts.items() if day is not None}, on=ON)
    assert next(str(one.state) for one in decision.duties if one.id == "goods_kept") == state


def test_nobody_is_asked_for_the_days_of_what_is_not_theirs(measure):
    told = {"filed_on": "2022-06-01", "paid_on": "not_yet"}
    decision = measure.decide(told, on=ON)
    assert [(one.name, sorted(each.id for each in one.decides)) for one in decision.missing] == [
        ("revoked_on", ["given_back", "told"])
    ]
    assert measure.decide(told | {"revoked_on": "not_yet"}, on=ON).missing == ()


def test_pages_data_rules_and_linked_rules_tell_it(measure):
    told = {"filed_on": "2022-06-01", "paid_on": "not_yet", "revoked_on": "not_yet"}
    decision = measure.decide(told, on=ON)
    page = re.sub(r"\s+", " ", str(misure.explain(decision, "it", all=True)))
    assert "Restituisce: non si applica" in page
    assert "ultimo giorno" not in page
    assert "Restituisce: does not apply" in re.sub(r"\s+", " ", str(misure.explain(decision, "en", all=True)))
    assert '"id": "given_back", "kind": "duty", "state": "not_applicable"' in decision.to_json()
    assert misure.open_linked(measure.linked()).decide(told, on=ON) == decision
    late = told | {"revoked_on": "2023-05-01", "returned_on": "not_yet"}
    assert measure.decide(late, on=ON).outcome == decision.outcome


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("when: filed", "nothing is called 'filed'; did you mean 'filed_on'?"),
        ("when: return_days", "a condition is a yes or no, and this is a number of days"),
        ("when: return_days, until: paid_on", "a condition is a yes or no, and this is a number of days"),
    ],
    ids=["name", "number", "lasting"],
)
def test_what_cannot_be_is_told_where_it_stands(tmp_path, said, message):
    odd = f"    duties:\n      odd: {{provision: P.5, who: impresa, text: x, {said}}}\n"
    rules = RULES.replace(', from: paid_on, until: "paid_on + years(3)", broken: sold_on', "")
    with pytest.raises(misure.BadRules) as caught:
        opened(tmp_path, rules.replace("    duties:\n", odd, 1), vocabulary=VOCABULARY)
    assert [
        f"{fault.message}{f'; did you mean {fault.suggestion!r}?' if fault.suggestion else ''}"
        for fault in caught.value.faults
    ] == [message]
