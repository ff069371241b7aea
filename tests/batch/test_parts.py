# SPDX-License-Identifier: Apache-2.0
"""What each record of a table receives, over frames of every library: as a single decision, or an award of a selection, tells it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest

import misure
from misure import Application, Range, batch
from tests.deciding.shapes.test_parts_of_partners import DAY, RULES, VOCABULARY, member, parts
from tests.deciding.written_measures import opened

SELECTED = """
selection:
  kind: ranking
  cite: {act: uno, at: "art. 4"}
  provision: P.3
  text: "Graduatoria"
  order: [highest spent]
  last_award: in_part
  envelopes:
    whole: {amount: money, text: "Dotazione"}
"""
MONEY = 'parameters:\n  money: {is: 12000.00 EUR, label: "dotazione"}\n'
NETWORKS = {
    "one": [member("b", "50000"), member("a", "60000"), member("c", "60000")],
    "two": [member("a", "4000"), member("o", "8000", kind="other"), member("b", "3000", small=False, left="100.01")],
    "open": [member("a", "20000"), member("b", "0") | {"costs": None}],
    "refused": [member("a", "20000")],
}


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    rules = RULES.replace("parameters:\n", MONEY, 1) + SELECTED
    return opened(tmp_path_factory.mktemp("network"), rules, vocabulary=VOCABULARY)


def told(name):
    return {"approved": name != "refused", "clean": True, "members": NETWORKS[name]}


def frames(engine, names, *, filed_at=False):
    people = {
        "id": list(names), "filed_on": [dt.date(2025, 5, 2)] * len(names), "approved": [name != "refused" for name in names],
        "clean": [True] * len(names), "filed_at": [f"2025-05-02T10:00:{at:02}" for at, _ in enumerate(names)],
    }  # fmt: skip
    if not filed_at:
        del people["filed_at"]
    rows = [(name, one) for name in names for one in NETWORKS[name]]
    members = {"applicant": [name for name, _ in rows]}
    members |= {field: [one[field] for _, one in rows] for field in ("id", "called", "kind", "small")}
    for field in ("costs", "left"):
        cents = [None if one[field] is None else int(Decimal(one[field]) * 100) for _, one in rows]
        members[f"{field}_cents"] = pa.array(cents, pa.int64())
    return engine.frame(pa.table(people)), engine.frame(pa.table(members))


def ends(part):
    low, high = (part.least, part.greatest) if isinstance(part, Range) else (part, part)
    return int(low * 100), int(high * 100)


def test_frames_of_every_library_divide_as_decisions_do(engine, network):
    people, members = frames(engine, [*NETWORKS])
    answer = engine.rows(batch.parts(network, people, line="grant", on=DAY, tables={"members": members}))
    assert [(row["applicant"], row["id"]) for row in answer] == [
        (name, one["id"]) for name, network_ in NETWORKS.items() for one in network_
    ]
    found = {(row["applicant"], row["id"]): (row["cents_from"], row["cents_to"]) for row in answer}
    for name, members_ in NETWORKS.items():
        decision = network.decide(told(name) | {"filed_on": "2025-05-02"}, on=DAY)
        single = parts(decision) if decision.support else {one["id"]: Decimal(0) for one in members_}
        assert {key: found[name, key] for key in single} == {key: ends(part) for key, part in single.items()}


def test_what_a_selection_gives_is_divided_in_the_place_of_what_was_asked(engine, network):
    names = ["one", "two"]
    people, members = frames(engine, names, filed_at=True)
    placed = batch.select(network, people, on=DAY, tables={"members": members}, approved_on=DAY)
    answer = engine.rows(batch.parts(network, people, line="grant", on=DAY, tables={"members": members}, placed=placed))
    found = {(row["applicant"], row["id"]): (row["cents_from"], row["cents_to"]) for row in answer}
    applications = [
        Application(name, told(name), filed_at=f"2025-05-02T10:00:{at:02}") for at, name in enumerate(names)
    ]
    selection = network.select(applications, on=DAY, approved_on=DAY)
    award = selection["one"].award
    # 12,000.00 of the 15,000.00 that it asks, by 5, 6 and 6: of the two equal ones the first by name has the cent.
    assert {part.record: part.amount for part in award.parts} == {
        "b": Decimal("3529.41"), "a": Decimal("4235.30"), "c": Decimal("4235.29"),
    }  # fmt: skip
    assert sum(part.amount for part in award.parts) == award.amount == Decimal(12000)
    assert [part["record"] for part in award.to_dict()["parts"]] == ["b", "a", "c"]
    assert selection["two"].award is None
    assert {key: part for key, part in found.items() if key[0] == "one"} == {
        ("one", part.record): ends(part.amount) for part in award.parts
    }
    assert {part for key, part in found.items() if key[0] == "two"} == {(0, 0)}


def test_an_applicant_without_an_answer_has_no_parts(engine, network):
    people, members = frames(engine, ["two"])
    before = engine.frame(
        pa.table({"id": ["two"], "filed_on": [dt.date(2020, 5, 2)], "approved": [True], "clean": [True]})
    )
    answer = engine.rows(batch.parts(network, before, line="grant", on=DAY, tables={"members": members}))
    assert {(row["cents_from"], row["cents_to"]) for row in answer} == {(None, None)}
    del people


def test_what_no_frame_tells_is_a_fault(engine, network):
    people, members = frames(engine, ["two"])
    del members
    with pytest.raises(misure.BadFacts, match="'grant' is apportioned among its records, and no such frame is given"):
        batch.parts(network, people, line="grant", on=DAY, tables={})
    nameless = engine.frame(pa.table({"applicant": ["two"], "kind": ["firm"]}))
    with pytest.raises(misure.BadFacts, match="parts are told by the keys of the records, and no column has them"):
        batch.parts(network, people, line="grant", on=DAY, tables={"members": nameless})
    lost = engine.frame(pa.table({"id": ["two"], "amount_cents": [1]}))
    _, members = frames(engine, ["two"])
    with pytest.raises(
        misure.BadFacts, match=r"the answer of batch\.select has such a column, and this has none"
    ) as failure:
        batch.parts(network, people, line="grant", on=DAY, tables={"members": members}, placed=lost)
    assert [fault.subject for fault in failure.value.faults] == ["amount_cents_from", "amount_cents_to"]


def test_a_line_that_is_not_apportioned_is_no_line_here(network):
    with pytest.raises(misure.NoSuchName, match=r"no line of support that is apportioned is called 'grants'.*'grant'"):
        batch.parts(network, None, line="grants", on=DAY, tables={})
    for wrong in ({"on": 3}, {"on": dt.datetime(2025, 7, 1, tzinfo=dt.UTC)}, {"tables": None}, {"line": 3}):
        with pytest.raises(TypeError):
            batch.parts(network, None, **({"line": "grant", "on": DAY, "tables": {}} | wrong))


def test_duplicates_of_keys_are_faults_as_everywhere(engine, network):
    people, _ = frames(engine, ["two"])
    twice = engine.frame(pa.table({"applicant": ["two", "two"], "id": ["a", "a"], "kind": ["firm", "firm"]}))
    with pytest.raises(misure.BadFacts):
        batch.parts(network, people, line="grant", on=DAY, tables={"members": twice})
