# SPDX-License-Identifier: Apache-2.0
"""What waits for something that has not happened has not happened either, and law of later days is asked of nobody."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

import misure
from misure import batch
from misure.deciding.machinery import compiled
from tests.batch.engines import KINDS, Engine
from tests.batch.scalar import answered, expected

CATALOGUE = misure.catalogue()
VERSO, EXPORT, BANDO, FILIERE, FIERE = (
    CATALOGUE[f"lombardia/{name}"]
    for name in (
        "verso-nuovi-mercati",
        "export-su-misura",
        "bando-filiere-2022",
        "filiere",
        "fiere-lombardia-2024-2026",
    )
)

FOLLOWING = {
    "no grant": (VERSO, dt.date(2025, 11, 3), {"filed_on": "2025-06-10", "granted_on": "not_yet"}, [
        "advance_paid_on", "contract_documents_sent_on", "contract_signed_on", "balance_asked_on", "extension_asked_on", "arrears_notified_on"]),
    "no spending": (VERSO, dt.date(2026, 1, 25), {"first_spend_on": "not_yet"}, ["project_concluded_on", "balance_asked_on", "first_other_spend_on"]),
    "no ranking": (EXPORT, dt.date(2026, 2, 10), {"ranking_approved_on": "not_yet"}, ["granted_on", "outcome_notified_on", "ranking_published_on"]),
    "recognised after all": (BANDO, dt.date(2022, 11, 3), {"manifestation_filed_on": "not_yet"}, ["manifestation_recognised_on"]),
}  # fmt: skip
each = pytest.mark.parametrize(("measure", "on", "facts", "after"), FOLLOWING.values(), ids=FOLLOWING)


@each
def test_it_is_not_asked_and_cannot_be_told(measure, on, facts, after):
    answer = measure.decide(facts, on=on)
    assert {str(one.kind) for one in answer.missing if one.name in after} <= {"pending"}
    for event in after:
        assert measure.decide(facts | {event: "not_yet"}, on=on).outcome is answer.outcome
        with pytest.raises(misure.BadFacts, match="not_yet"):
            measure.decide(facts | {event: str(on)}, on=on)


@each
def test_telling_it_changes_nothing(measure, on, facts, after):
    whole = measure.decide(facts | dict.fromkeys(after, "not_yet"), on=on)
    answer = measure.decide(facts, on=on)
    assert [(one.id, one.truth) for one in answer.findings] == [(one.id, one.truth) for one in whole.findings]
    assert [(one.id, one.due, one.payable) for one in answer.tranches] == [
        (one.id, one.due, one.payable) for one in whole.tranches
    ]
    assert answer.receipt["facts"] == facts
    assert measure.replay(answer.receipt).outcome is answer.outcome


@each
def test_frames_know_it_too(measure, on, facts, after):
    days = {name: [dt.date.fromisoformat(told), None] for name, told in facts.items() if told != "not_yet"}
    waits = {f"{name}_not_yet": [True, None] for name, told in facts.items() if told == "not_yet"}
    frame = pa.table({"id": ["told", "untold"], **days, **waits})
    rows = batch.decide(measure, frame, on=on).to_pylist()
    for row, said in zip(rows, [facts, {}], strict=True):
        wants = expected(measure, compiled(measure).facts.read(said, on))
        found = answered(measure, row)
        assert {name: found[name] for name in wants} == wants


@pytest.mark.parametrize("kind", KINDS)
def test_frames_of_every_kind(kind):
    measure, on, facts, _ = FOLLOWING["no ranking"]
    engine = Engine(kind)
    frame = engine.frame(pa.table({"id": ["a"], "ranking_approved_on_not_yet": [True]}))
    row = engine.by_key(batch.decide(measure, frame, on=on))["a"]
    assert row["outcome"] == str(measure.decide(facts, on=on).outcome)


# Law of later days


def test_no_edition_of_later_days_is_asked_of_who_tells_no_filing():
    answer = FILIERE.decide({}, on=dt.date(2022, 6, 10))
    assert "agreement_states_duration" not in {one.name for one in answer.missing}
    assert str(answer.read) == "partly"
    assert all(one["from"] <= "2022-06-10" for one in answer.receipt["editions"])
    later = FILIERE.decide({}, on=dt.date(2025, 6, 10))
    assert "agreement_states_duration" in {one.name for one in later.missing}


@pytest.mark.parametrize(
    ("measure", "on", "asked"),
    [
        (BANDO, dt.date(2022, 10, 1), False),
        (BANDO, dt.date(2026, 10, 1), True),
        (FIERE, dt.date(2025, 6, 10), False),
        (FIERE, dt.date(2026, 4, 10), True),
    ],
    ids=range(4),
)
def test_no_general_law_of_later_days_is_asked_of_who_tells_no_grant(measure, on, asked):
    answer = measure.decide({"size": "small"} if "size" in measure.rulebook.facts else {}, on=on)
    (finding,) = (one for one in answer.findings if one.id == "catastrophe_duty")
    assert (finding.truth is misure.Truth.PENDING) is not asked
    assert ("catastrophe_duty_met" in {one.name for one in answer.missing}) is asked
