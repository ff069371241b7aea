# SPDX-License-Identifier: Apache-2.0
"""The time of day of filing, told by a text or by the instant of the office: objects, frames and selections say the same."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import Application, batch
from misure.ground.clock import instant
from misure.reading.applicants.applications import read_csv
from tests.batch.engines import KINDS, Engine
from tests.deciding import written_measures
from tests.selecting.counters import COSTS, counter_rules, filed_within

ON = dt.date(2031, 1, 1)
RULES = counter_rules(
    parameters="""
    first_day: 2025-06-03
    last_day: 2025-09-09
    opening_time: "10:00"
    closing_time: "12:00"
    """,
    rules=filed_within("from: first_day, until: last_day, opens_at: opening_time, closes_at: closing_time"),
    last_award="skips",
)


def opened():
    with tempfile.TemporaryDirectory() as root:
        return written_measures.opened(Path(root), RULES, vocabulary=COSTS)


CALL = opened()
SIDES = {
    "2025-06-02T23:59:59.999999": "no", "2025-06-03T00:00": "no", "2025-06-03T09:59:59": "no", "2025-06-03T09:59:59.999999": "no",
    "2025-06-03T10:00:00": "yes", "2025-06-03T23:59:59.999999": "yes", "2025-06-04T00:00": "yes", "2025-09-08T23:59:59.999999": "yes",
    "2025-09-09T00:00": "yes", "2025-09-09T12:00:00": "yes", "2025-09-09T12:00:00.000001": "no", "2025-09-09T12:00:01": "no",
    "2025-09-10T00:00": "no",
}  # fmt: skip


@pytest.fixture(params=KINDS)
def engine(request):
    return Engine(request.param)


def selected(engine, rows, **columns):
    """What a selection among the rows of a frame says, by the id of each."""
    table = pa.table({"id": [f"D-{n}" for n in range(rows)], "costs": pa.array([2] * rows, pa.int64()), **columns})
    return {row["id"]: row for row in engine.rows(batch.select(CALL, engine.frame(table), on=ON))}


def admitted(truth):
    return {"yes": True, "no": False, "unknown": None}[truth]


def test_a_decision_among_frames_is_that_of_an_object(engine):
    days = [text[:10] for text in SIDES] * 2
    times = [text[11:] for text in SIDES] + [None] * len(SIDES)
    table = pa.table({
        "id": range(len(days)), "filed_on": pa.array(map(dt.date.fromisoformat, days), pa.date32()),
        "filing_time": pa.array(times, pa.string()),
    })  # fmt: skip
    found = engine.by_key(batch.decide(CALL, engine.frame(table), on=ON))
    for row, (day, time) in enumerate(zip(days, times, strict=True)):
        decision = CALL.decide({"filed_on": day, "filing_time": time}, on=ON)
        assert found[row]["outcome"] == str(decision.outcome), (day, time)
    outcomes = [found[row]["outcome"] for row in range(len(SIDES))]
    assert [outcome == "refused" for outcome in outcomes] == [truth == "no" for truth in SIDES.values()]


@pytest.mark.parametrize("form", ["texts", "moments", "with a zone"])
def test_the_instant_tells_the_hour_of_a_row(engine, form):
    moments = [dt.datetime.fromisoformat(text) for text in SIDES]
    match form:
        case "texts":
            filed = pa.array(list(SIDES))
        case "moments":
            filed = pa.array(moments, pa.timestamp("us"))
        case _:
            filed = pa.array([instant(one).utc for one in moments], pa.timestamp("us", "UTC"))
    found = selected(engine, len(SIDES), filed_at=filed)
    assert {id_: row["admitted"] for id_, row in found.items()} == {
        f"D-{n}": admitted(truth) for n, truth in enumerate(SIDES.values())
    }


def test_the_instant_tells_the_hour_of_an_object():
    for text, truth in SIDES.items():
        filed_at = [text, dt.datetime.fromisoformat(text), instant(text), instant(text).utc]
        for at in filed_at:
            (placed,) = CALL.select([Application("D-1", {"costs": 2}, filed_at=at)], on=ON).placements
            assert placed.admitted == truth, text
            assert placed.decision.terms[0].state != "unknown"


def test_a_decision_that_did_not_know_the_hour_learns_it_from_the_office():
    undecided = CALL.decide({"filed_on": "2025-09-09", "costs": 2}, on=ON)
    unfiled = CALL.decide({"costs": 2}, on=ON)
    assert undecided.findings[0].truth == unfiled.findings[0].truth == "unknown"
    for text, truth in (("2025-09-09T12:00", "yes"), ("2025-09-09T12:00:00.000001", "no")):
        for decision in (undecided, unfiled):
            selection = CALL.select([Application("D-1", decision, filed_at=text)], on=ON)
            assert selection["D-1"].admitted == truth
            assert CALL.reselect(selection.receipt) == selection
    assert undecided.findings[0].truth == "unknown"


@settings(max_examples=60)
@given(st.data())
def test_frames_and_objects_agree_around_every_limit(data):
    """Instants near the limits, times told beside them or instead of them, days told or not."""
    near = [
        instant(text).utc for text in ("2025-06-03T10:00", "2025-09-09T12:00", "2025-06-04T00:00", "2025-09-09T00:00")
    ]
    step = st.sampled_from([0, 1, -1, 1_000_000, -1_000_000, 3_600_000_000])
    rows = []
    for n in range(data.draw(st.integers(1, 6))):
        at = instant(data.draw(st.sampled_from(near)) + dt.timedelta(microseconds=data.draw(step)))
        office = data.draw(st.booleans())
        told = data.draw(st.booleans())
        time = at.local.time().isoformat() if told else None
        day = at.day if data.draw(st.booleans()) or not office else None
        rows.append((f"D-{n}", at.utc.isoformat(), day, time))
    engine = Engine(data.draw(st.sampled_from(KINDS)))
    ids, filed, days, times = zip(*rows, strict=True)
    table = pa.table({
        "id": list(ids), "costs": pa.array([2] * len(rows), pa.int64()), "filed_at": pa.array(filed, pa.string()),
        "filed_on": pa.array(days, pa.date32()), "filing_time": pa.array(times, pa.string()),
    })  # fmt: skip
    found = {row["id"]: row for row in engine.rows(batch.select(CALL, engine.frame(table), on=ON))}
    objects = CALL.select(
        [
            Application(id_, {"costs": 2, "filed_on": day, "filing_time": time}, filed_at=at)
            for id_, at, day, time in rows
        ],
        on=ON,
    )
    assert {id_: (row["admitted"], row["standing"]) for id_, row in found.items()} == {
        one.id: (admitted(one.admitted), str(one.standing)) for one in objects.placements
    }


# What cannot be


APART = "filing_time is 11:30, and at the instant of filing the clock of Italy shows 10:30:15.250000"


def test_a_time_that_is_not_that_of_the_instant_is_told_of_objects_and_of_rows(engine):
    filed, told = "2025-06-05T10:30:15.25", "11:30"
    with pytest.raises(misure.BadFacts) as caught:
        CALL.select([Application("D-0", {"costs": 2, "filing_time": told}, filed_at=filed)], on=ON)
    (fault,) = caught.value.faults
    assert (fault.subject, fault.message) == ("D-0.filing_time", APART)
    with pytest.raises(misure.BadFacts) as caught:
        selected(engine, 2, filed_at=pa.array([filed, filed]), filing_time=pa.array([told, "10:30:15.250000"]))
    (fault,) = caught.value.faults
    assert (fault.subject, fault.message) == ("D-0.filing_time", APART)


def read(text):
    """The applications of a CSV text, as the command line reads them."""
    told = read_csv(text, "d.csv", CALL.rulebook.vocabulary.facts)
    return [Application(*(getattr(one, field) for field in FIELDS), text_source=True) for one in told]


FIELDS = ("id", "facts", "filed_at", "admitted", "window", "place", "places")


def test_a_time_that_is_not_that_of_the_instant_is_found_in_its_file():
    text = "id;costs;filed_at;filing_time\nD-1;2;2025-06-05T10:30:15.25;11:30\nD-2;2;2025-06-05T10:30:15.25;\n"
    with pytest.raises(misure.BadFacts, match=re.escape(f"d.csv:2:30: D-1.filing_time: {APART}")):
        CALL.select(read(text), on=ON)


def test_a_file_tells_the_hour_by_a_cell_or_by_the_instant():
    text = (
        "id;costs;filed_at;filed_on;filing_time\n"
        "D-1;2;2025-09-09T12:00;;\nD-2;2;2025-09-09T12:00:00.000001;;\nD-3;2;2025-09-09T11:00;2025-09-09;11:00\n"
    )
    selection = CALL.select(read(text), on=ON)
    assert {one.id: str(one.admitted) for one in selection.placements} == {"D-1": "yes", "D-2": "no", "D-3": "yes"}


@pytest.mark.parametrize(("time", "told"), [
    ("25:00", "25:00 does not exist"), ("10.30", "'10.30' is not written as a time of day, HH:MM; did you mean '10:30'?"),
    ("24:00", "24:00 is 00:00 of the day after"),
])  # fmt: skip
def test_a_wrong_time_of_a_row_is_told_in_the_words_of_one(engine, time, told):
    with pytest.raises(misure.BadFacts, match=re.escape(f"D-1.filing_time: {told}")):
        selected(engine, 2, filed_at=pa.array(["2025-06-05T10:30", None]), filed_on=pa.array([None, dt.date(2025, 6, 5)], pa.date32()),
                 filing_time=pa.array([None, time], pa.string()))  # fmt: skip


@pytest.mark.parametrize(
    "column", [pa.array([36000]), pa.array([dt.time(10)], pa.time64("us"))], ids=["numbers", "times"]
)
def test_a_column_of_no_texts_tells_no_times(column):
    table = pa.table({"id": ["D-0"], "costs": pa.array([2]), "filing_time": column})
    with pytest.raises(misure.BadFacts, match="filing_time: expected a column of texts such as 10:30; got "):
        batch.decide(CALL, table, on=ON)


def test_a_column_that_is_asked_no_more_names_the_one_that_is():
    table = pa.table({"id": ["D-0"], "filed_in_hours": pa.array([True])})
    with pytest.raises(misure.BadFacts, match=re.escape("did you mean 'filing_time'?")):
        batch.decide(CALL, table, on=ON)


def test_a_file_with_a_column_that_is_asked_no_more_is_told_which_one_is():
    with pytest.raises(
        misure.BadFacts, match=r"d\.csv:1:4: .*no fact is called 'filed_in_hours'; did you mean 'filing_time'\?"
    ):
        read("id;filed_in_hours\nD-1;yes\n")


def test_the_contract_of_a_selection_holds_the_hour():
    selection = CALL.select([Application("D-1", {"costs": 2}, filed_at="2025-09-09T12:00:00.000001")], on=ON)
    contract = json.loads(selection["D-1"].decision.to_json())
    assert (contract["terms"][0]["state"], contract["terms"][0]["closes_at"]) == ("after", "12:00")
    assert selection["D-1"].decision.value("filing_time") == dt.time(12, 0, 0, 1)


def test_a_row_filed_in_the_hour_that_spring_leaves_out_is_refused_as_its_object_is(engine):
    times = ["01:59:59.999999", "02:00", "02:30", "03:00", None]
    table = pa.table({
        "id": range(len(times)), "filed_on": pa.array([dt.date(2025, 3, 30)] * len(times), pa.date32()),
        "filing_time": pa.array(times, pa.string()),
    })  # fmt: skip
    found = engine.by_key(batch.decide(CALL, engine.frame(table), on=ON))
    assert [found[row]["outcome"] for row in range(len(times))] == [
        "refused",
        "bad_facts",
        "bad_facts",
        "refused",
        "refused",
    ]
    for time in times[1:3]:
        with pytest.raises(misure.BadFacts):
            CALL.decide({"filed_on": "2025-03-30", "filing_time": time}, on=ON)
