# SPDX-License-Identifier: Apache-2.0
"""The hour that autumn repeats and the one that spring leaves out, of each year from 2022 to 2030, day by day."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

import misure
from misure import Application, batch
from tests.selecting.counters import COSTS, counter_rules, filed_within

ON = dt.date(2031, 1, 1)
BACK = [
    "2022-10-30",
    "2023-10-29",
    "2024-10-27",
    "2025-10-26",
    "2026-10-25",
    "2027-10-31",
    "2028-10-29",
    "2029-10-28",
    "2030-10-27",
]
"""The nights on which the clock goes from 03:00 back to 02:00."""
FORWARD = [
    "2022-03-27",
    "2023-03-26",
    "2024-03-31",
    "2025-03-30",
    "2026-03-29",
    "2027-03-28",
    "2028-03-26",
    "2029-03-25",
    "2030-03-31",
]
"""The nights on which it goes from 02:00 on to 03:00."""


@pytest.fixture
def counter(write):
    return write(counter_rules(budget="1000000.00 EUR"), vocabulary=COSTS)


def order_of(measure, filed):
    """The ids in the order in which a counter takes them, of objects and of frames; the two must say the same."""
    told = [Application(id_, {"costs": 2}, filed_at=at) for id_, at in filed.items()]
    objects = [one.id for one in measure.select(told, on=ON).placements]
    frame = pl.DataFrame({"id": list(filed), "costs": [2] * len(filed), "filed_at": list(filed.values())})
    rows = batch.select(measure, frame, on=ON).sort("place_from")
    assert rows["id"].to_list() == objects
    assert rows["place_from"].to_list() == rows["place_to"].to_list()
    return objects


@pytest.mark.parametrize("night", BACK)
def test_a_counter_takes_the_repeated_hour_in_the_order_of_the_moments(counter, night):
    filed = {
        "sixth": f"{night}T03:00", "fifth": f"{night}T02:59:59.999999+01:00", "second": f"{night}T02:10+02:00",
        "fourth": f"{night}T02:05+01:00", "third": f"{night}T02:59:59.999999+02:00", "first": f"{night}T01:59:59.999999",
    }  # fmt: skip
    assert order_of(counter, filed) == ["first", "second", "third", "fourth", "fifth", "sixth"]


@pytest.mark.parametrize("night", BACK)
def test_the_two_equal_hours_are_told_apart_by_their_fold(counter, night):
    wall = dt.datetime.fromisoformat(f"{night}T02:30")
    moments = {f"fold {fold}": misure.ground.clock.instant(wall, fold) for fold in (1, 0)}
    placed = counter.select([Application(id_, {"costs": 2}, filed_at=at) for id_, at in moments.items()], on=ON)
    assert [one.id for one in placed.placements] == ["fold 0", "fold 1"]
    assert (moments["fold 1"].utc - moments["fold 0"].utc) == dt.timedelta(hours=1)
    again = counter.reselect(placed.receipt)
    assert again == placed
    assert [one["filed_at"] for one in placed.receipt["applications"]] == [
        f"{night}T02:30:00+01:00",
        f"{night}T02:30:00+02:00",
    ]
    with pytest.raises(misure.BadFacts, match="exists twice in Europe/Rome: the first is "):
        counter.select([Application("D-1", {"costs": 2}, filed_at=f"{night}T02:30")], on=ON)


@pytest.mark.parametrize("night", FORWARD)
def test_an_hour_that_does_not_exist_is_refused_with_its_reason(counter, night):
    for time in ("02:00", "02:30", "02:59:59.999999"):
        reason = (
            f"D-1.filed_at: {night}T{time} does not exist in Europe/Rome: the clock goes from 02:00 to 03:00 that night"
        )
        with pytest.raises(misure.BadFacts, match=reason):
            counter.select([Application("D-1", {"costs": 2}, filed_at=f"{night}T{time}")], on=ON)
        frame = pl.DataFrame({"id": ["D-1"], "costs": [2], "filed_at": [f"{night}T{time}"]})
        with pytest.raises(misure.BadFacts, match=reason):
            batch.select(counter, frame, on=ON)
    assert order_of(counter, {"after": f"{night}T03:00", "before": f"{night}T01:59:59.999999"}) == ["before", "after"]


DAYS = """
first_day: 2022-02-01
last_day: DAY
closing_time: "02:30"
"""
WINDOW = filed_within("from: first_day, until: last_day, closes_at: closing_time")


@pytest.mark.parametrize("night", BACK)
def test_a_window_looks_at_what_the_clock_shows(write, night):
    rules = counter_rules(budget="1000000.00 EUR", parameters=DAYS.replace("DAY", night), rules=WINDOW)
    measure = write(rules, vocabulary=COSTS)
    filed = {
        "first, before": f"{night}T02:10+02:00", "first, after": f"{night}T02:40+02:00",
        "second, before": f"{night}T02:10+01:00", "second, after": f"{night}T02:40+01:00",
    }  # fmt: skip
    told = [Application(id_, {"costs": 2}, filed_at=at) for id_, at in filed.items()]
    selection = measure.select(told, on=ON)
    frame = pl.DataFrame({"id": list(filed), "costs": [2] * len(filed), "filed_at": list(filed.values())})
    rows = {row["id"]: row["admitted"] for row in batch.select(measure, frame, on=ON).to_dicts()}
    for id_ in filed:
        assert rows[id_] == (selection[id_].admitted == "yes") == id_.endswith("before"), id_
    assert [one.id for one in selection.placements if one.admitted == "yes"] == ["first, before", "second, before"]
