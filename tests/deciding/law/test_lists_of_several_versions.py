# SPDX-License-Identifier: Apache-2.0
"""Lists, codes, ways of counting and live conditions that depend on a day which is not known: each version is asked."""

from __future__ import annotations

import datetime as dt

import pytest

ON = dt.date(2024, 6, 1)
FACTS = """
facts:
  place: {choices: {hill: "collina", plain: "piano", coast: "costa"}, label: "luogo", question: "Dove?"}
  activity: {code: ateco-2007, label: "attività", question: "Quale?"}
  begun: {date: yes, label: "inizio", question: "Quando?"}
events:
  ended_on: {label: "fine", question: "Quando?"}
"""
RULES = """
parameters:
  places: {values: {2022-01-31: [hill], 2024-01-31: [hill, plain]}, anchor: grant}
  sections: {edition: ateco-2007, values: {2022-01-31: [A, C], 2024-01-31: [C, F]}, anchor: grant}
  counting: {values: {2022-01-31: fixed_instant, 2024-01-31: it_civil}, anchor: grant}
  wait: 30 days
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      well_placed: {provision: P.1, text: "Nel territorio", holds: place in places}
      out_of_place: {provision: P.2, text: "Fuori", holds: not (place in places), effect: none}
      trade: {provision: P.3, text: "Settore", holds: "within(activity, sections)"}
    terms:
      answer: {provision: P.4, text: "Risposta", by: begun + days(wait), done: ended_on, regime: counting, stage: admission, effect: refuses}
"""
# 2 March 2024 and thirty days is 1 April, Easter Monday: under the civil rule the term moves to the 2nd.
TOLD = {"filed_on": "2023-05-02", "place": "hill", "activity": "10.1", "begun": "2024-03-02", "ended_on": "2024-04-01"}
ASKED = [
    # what is told, the condition, and its truth: granted in 2023, granted in 2024, grant not told, not granted yet
    ({"place": "hill"}, "well_placed", ("yes", "yes", "yes", "yes")),
    ({"place": "plain"}, "well_placed", ("no", "yes", "unknown", "yes")),
    ({"place": "coast"}, "well_placed", ("no", "no", "no", "no")),
    ({"place": "plain"}, "out_of_place", ("yes", "no", "unknown", "no")),
    ({"place": None}, "well_placed", ("unknown", "unknown", "unknown", "unknown")),
    ({"activity": "10.1"}, "trade", ("yes", "yes", "yes", "yes")),
    ({"activity": "01.1"}, "trade", ("yes", "no", "unknown", "no")),
    ({"activity": "41.2"}, "trade", ("no", "yes", "unknown", "yes")),
    ({"activity": "62.01"}, "trade", ("no", "no", "no", "no")),
    ({"ended_on": "2024-04-01"}, "answer", ("yes", "yes", "yes", "yes")),
    ({"ended_on": "2024-04-02"}, "answer", ("no", "yes", "unknown", "yes")),
    ({"ended_on": "2024-04-03"}, "answer", ("no", "no", "no", "no")),
]


@pytest.mark.parametrize(("change", "condition", "truths"), ASKED)
def test_each_version_is_asked_where_the_grant_is_not_known(write, change, condition, truths) -> None:
    measure = write(RULES, vocabulary=FACTS)
    found = [
        measure.decide(TOLD | change | {"granted_on": granted}, on=ON)[condition].truth
        for granted in ("2023-11-03", "2024-02-01", None, "not_yet")
    ]
    assert found == list(truths)


def test_what_waits_for_the_grant_names_it(write) -> None:
    decision = write(RULES, vocabulary=FACTS).decide(TOLD | {"place": "plain", "ended_on": "2024-04-02"}, on=ON)
    assert decision.outcome == "undecided"
    (missing,) = decision.missing
    assert (missing.name, missing.kind) == ("granted_on", "missing")
    assert [(str(one.kind), one.id) for one in missing.decides] == [
        ("outcome", "well_placed"), ("finding", "out_of_place"), ("outcome", "answer"), ("term", "answer"),
    ]  # fmt: skip
