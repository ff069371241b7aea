# SPDX-License-Identifier: Apache-2.0
"""Applications filed in the hour that comes twice are ordered by the moment, not by what the clock shows."""

import datetime as dt
import zoneinfo

import pandas as pd
import polars as pl
import pytest

import misure
from misure import Application, batch
from misure.ground.clock import instant
from tests.selecting.counters import COSTS, counter_rules

ROME = zoneinfo.ZoneInfo("Europe/Rome")
ON = dt.date(2024, 11, 30)
EARLIER = dt.datetime(2024, 10, 27, 2, 40, tzinfo=ROME)
LATER = dt.datetime(2024, 10, 27, 2, 10, tzinfo=ROME, fold=1)
"""Half an hour after the other, though the clock shows less."""
ASKED = {"second": LATER, "first": EARLIER}


@pytest.fixture
def counter(write):
    return write(counter_rules(), vocabulary=COSTS)


def placed(measure, **filed):
    selection = measure.select(
        [Application(name, {"costs": "10000"}, filed_at=at) for name, at in filed.items()], on=ON
    )
    return {one.id: (str(one.standing), one.place) for one in selection.placements}


RIGHT = {"first": ("funded", 1), "second": ("not_funded", 2)}


@pytest.mark.parametrize("write_as", [
    lambda moment: moment, lambda moment: moment.isoformat(), lambda moment: moment.astimezone(dt.UTC), instant,
    lambda moment: instant(moment.replace(tzinfo=None), moment.fold),
], ids=["datetime", "text", "utc", "instant", "fold"])  # fmt: skip
def test_a_counter_takes_the_first_of_two_hours_first(counter, write_as):
    assert placed(counter, **{name: write_as(moment) for name, moment in ASKED.items()}) == RIGHT


def columns(moments):
    return {"id": list(ASKED), "costs": [10000, 10000], "filed_at": moments}


@pytest.mark.parametrize("zone", ["Europe/Rome", "UTC", "America/New_York"])
@pytest.mark.parametrize("frame", [pl.DataFrame, pd.DataFrame])
def test_a_frame_of_moments_with_a_zone_says_what_objects_say(counter, frame, zone):
    told = columns([moment.astimezone(dt.UTC) for moment in ASKED.values()])
    if frame is pl.DataFrame:
        rows = pl.DataFrame(told).with_columns(pl.col("filed_at").dt.convert_time_zone(zone))
        answer = batch.select(counter, rows, on=ON).to_dicts()
    else:
        rows = pd.DataFrame(told).assign(filed_at=lambda one: one["filed_at"].dt.tz_convert(zone))
        answer = batch.select(counter, rows, on=ON).to_dict("records")
    assert {row["id"]: (row["standing"], row["place_from"]) for row in answer} == RIGHT


@pytest.mark.parametrize("frame", [pl.DataFrame, pd.DataFrame])
def test_a_frame_of_texts_with_their_offset_says_what_objects_say(counter, frame):
    answer = batch.select(counter, frame(columns([moment.isoformat() for moment in ASKED.values()])), on=ON)
    rows = answer.to_dicts() if frame is pl.DataFrame else answer.to_dict("records")
    assert {row["id"]: (row["standing"], row["place_from"]) for row in rows} == RIGHT


def test_an_hour_that_may_be_either_is_refused_of_objects_and_of_frames(counter):
    bare = {name: moment.replace(tzinfo=None, fold=0) for name, moment in ASKED.items()}
    with pytest.raises(misure.BadFacts) as caught:
        placed(counter, **bare)
    twice = "exists twice in Europe/Rome: the first is"
    assert [(fault.subject, fault.message) for fault in caught.value.faults] == [
        (
            "first.filed_at",
            f"2024-10-27T02:40:00 {twice} 2024-10-27T02:40:00+02:00, the second 2024-10-27T02:40:00+01:00",
        ),
        (
            "second.filed_at",
            f"2024-10-27T02:10:00 {twice} 2024-10-27T02:10:00+02:00, the second 2024-10-27T02:10:00+01:00",
        ),
    ]
    for frame in (pl.DataFrame, pd.DataFrame):
        with pytest.raises(misure.BadFacts, match="exists twice in Europe/Rome"):
            batch.select(counter, frame(columns(list(bare.values()))), on=ON)


def test_the_ranking_in_words_tells_the_two_hours_apart(counter):
    applications = [Application(name, {"costs": "10000"}, filed_at=at) for name, at in ASKED.items()]
    page = misure.explain(counter.select(applications, on=ON), "en").page
    told = [line.text for section in page.sections for line in section.lines if ":" in line.text and "02:" in line.text]
    assert ["02:40:00 (UTC+02:00)" in told[0], "02:10:00 (UTC+01:00)" in told[1]] == [True, True]
