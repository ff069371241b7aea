# SPDX-License-Identifier: Apache-2.0
"""Every night from 2015 to 2035 on which the clock of Italy changes, through every door by which an instant of filing comes in."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import zoneinfo
from pathlib import Path

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import misure
from misure import Application, batch
from misure.ground.clock import instant
from misure.reading.applicants.applications import read_applications_file
from tests.batch.test_hours_of_filing import CALL
from tests.batch.test_hours_of_filing import ON as LATER
from tests.deciding.written_measures import HEAD, opened
from tests.selecting.counters import COSTS, counter_rules

ON = dt.date(2036, 1, 1)
ROME = zoneinfo.ZoneInfo("Europe/Rome")
BACK = [
    "2015-10-25", "2016-10-30", "2017-10-29", "2018-10-28", "2019-10-27", "2020-10-25", "2021-10-31", "2022-10-30", "2023-10-29",
    "2024-10-27", "2025-10-26", "2026-10-25", "2027-10-31", "2028-10-29", "2029-10-28", "2030-10-27", "2031-10-26", "2032-10-31",
    "2033-10-30", "2034-10-29", "2035-10-28",
]  # fmt: skip
"""The nights on which the clock goes from 03:00 back to 02:00."""
FORWARD = [
    "2015-03-29", "2016-03-27", "2017-03-26", "2018-03-25", "2019-03-31", "2020-03-29", "2021-03-28", "2022-03-27", "2023-03-26",
    "2024-03-31", "2025-03-30", "2026-03-29", "2027-03-28", "2028-03-26", "2029-03-25", "2030-03-31", "2031-03-30", "2032-03-28",
    "2033-03-27", "2034-03-26", "2035-03-25",
]  # fmt: skip
"""The nights on which it goes from 02:00 on to 03:00."""


@pytest.fixture
def counter(tmp_path):
    return opened(
        tmp_path / "rules",
        counter_rules(budget="1000000.00 EUR"),
        vocabulary=COSTS,
        head=HEAD.replace("2022-01-31", "2015-01-01"),
        editions="editions: {2015-01-01: {act: uno, read: whole}}\n",
    )


def moments():
    """Of each night a moment of its first hour of two, and one of the second that shows less; told backwards."""
    for night in BACK:
        wall = dt.datetime.fromisoformat(f"{night}T02:40:00.000001").replace(tzinfo=ROME)
        yield f"{night} first", wall
        yield f"{night} second", wall.replace(minute=10, fold=1)


RIGHT = [id_ for id_, _ in moments()]
TOLD = dict(reversed(list(moments())))


def by_objects(way):
    def door(measure, folder, filed):
        told = [Application(id_, {"costs": 2}, filed_at=way(at)) for id_, at in filed.items()]
        return [one.id for one in measure.select(told, on=ON).placements]

    return door


def by_mapping(measure, folder, filed):
    told = [{"id": id_, "facts": {"costs": 2}, "filed_at": at} for id_, at in filed.items()]
    return [one.id for one in measure.select(told, on=ON).placements]


def by_file(name, write):
    def door(measure, folder, filed):
        path = Path(folder) / name
        path.write_text(
            write({id_: at if isinstance(at, str) else at.isoformat() for id_, at in filed.items()}), "utf-8"
        )
        told = [
            Application(one.id, one.facts, one.filed_at, place=one.place, places=one.places, text_source=True)
            for one in read_applications_file(path, measure.rulebook.vocabulary.facts)
        ]
        return [one.id for one in measure.select(told, on=ON).placements]

    return door


def by_json(filed):
    return json.dumps([{"id": id_, "filed_at": at, "facts": {"costs": "2"}} for id_, at in filed.items()])


def by_yaml(filed):
    return "".join(f"- {{id: {id_}, filed_at: '{at}', facts: {{costs: 2}}}}\n" for id_, at in filed.items())


def by_csv(separator):
    def written(filed):
        rows = [("id", "costs", "filed_at"), *((id_, "2", at) for id_, at in filed.items())]
        return "".join(f"{separator.join(row)}\n" for row in rows)

    return written


def by_frame(unit, zone, make):
    def door(measure, folder, filed):
        at = list(filed.values())
        kind = pa.string() if isinstance(at[0], str) else pa.timestamp(unit, zone)
        table = pa.table({"id": list(filed), "costs": [2] * len(filed), "filed_at": pa.array(at, kind)})
        answer = batch.select(measure, make(table), on=ON)
        frame = nw.from_native(answer)
        rows = list((frame.collect() if isinstance(frame, nw.LazyFrame) else frame).rows(named=True))
        assert [row["place_from"] for row in rows] == [row["place_to"] for row in rows]
        return [row["id"] for row in sorted(rows, key=lambda row: row["place_from"])]

    return door


def in_duckdb(table):
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'America/New_York'")
    connection.register("told", table)
    return connection.table("told")


DOORS = {
    "datetimes": by_objects(lambda at: at), "texts": by_objects(str), "instants": by_objects(instant),
    "fold alone": by_objects(lambda at: at if isinstance(at, str) or not at.fold else at.replace(tzinfo=None)),
    "pandas times": by_objects(pd.Timestamp), "another zone": by_objects(lambda at: at if isinstance(at, str) else at.astimezone(zoneinfo.ZoneInfo("Asia/Tokyo"))),
    "mappings": by_mapping, "json": by_file("d.json", by_json), "yaml": by_file("d.yaml", by_yaml), "csv": by_file("d.csv", by_csv(",")),
    "csv of a spreadsheet": by_file("d.csv", by_csv(";")), "arrow": by_frame("us", "Europe/Rome", lambda table: table),
    "arrow to the nanosecond": by_frame("ns", "UTC", lambda table: table), "polars": by_frame("us", "Europe/Rome", pl.from_arrow),
    "pandas": by_frame("ns", "America/New_York", lambda table: table.to_pandas()), "duckdb": by_frame("us", "UTC", in_duckdb),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_the_second_of_two_equal_hours_comes_after_the_first(counter, tmp_path, door):
    assert DOORS[door](counter, tmp_path, TOLD) == RIGHT


def test_receipts_and_pickles_keep_the_moment(counter):
    told = [Application(id_, {"costs": 2}, filed_at=at) for id_, at in TOLD.items()]
    selection = counter.select(told, on=ON)
    receipt = json.loads(json.dumps(selection.receipt))
    assert counter.reselect(receipt) == selection
    assert [one.id for one in counter.reselect(receipt).placements] == RIGHT
    assert pickle.loads(pickle.dumps(selection)) == selection  # noqa: S301 - our own
    assert {one["id"]: instant(one["filed_at"]).utc for one in receipt["applications"]} == {
        id_: at.astimezone(dt.UTC) for id_, at in TOLD.items()
    }


GAPS = {night: f"{night}T02:30:00.500000" for night in FORWARD}
NO_SUCH_HOUR = {
    door: DOORS[door] for door in ("texts", "mappings", "json", "yaml", "csv", "csv of a spreadsheet", "arrow", "polars", "pandas", "duckdb")
}  # fmt: skip


@pytest.mark.parametrize("door", NO_SUCH_HOUR)
def test_an_hour_that_does_not_exist_is_told_of_each_with_the_nearest_right_one(counter, tmp_path, door):
    with pytest.raises(misure.BadFacts) as caught:
        DOORS[door](counter, tmp_path, GAPS)
    told = {fault.subject: (fault.message, fault.suggestion) for fault in caught.value.faults}
    assert told == {
        f"{night}.filed_at": (
            f"{at} does not exist in Europe/Rome: the clock goes from 02:00 to 03:00 that night",
            f"{night}T03:30:00.500000",
        )
        for night, at in GAPS.items()
    }


@pytest.mark.parametrize("make", [lambda table: table, pl.from_arrow, lambda table: table.to_pandas()])
def test_a_clock_without_a_zone_shows_no_such_hour_either(counter, make):
    wall = pa.array([dt.datetime.fromisoformat(at) for at in GAPS.values()], pa.timestamp("ns"))
    table = pa.table({"id": list(GAPS), "costs": [2] * len(GAPS), "filed_at": wall})
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(counter, make(table), on=ON)
    assert [fault.suggestion for fault in caught.value.faults] == [f"{night}T03:30:00.500000" for night in FORWARD]


def test_the_place_of_an_hour_that_does_not_exist_is_that_of_its_cell(counter, tmp_path):
    with pytest.raises(misure.BadFacts) as caught:
        DOORS["csv"](counter, tmp_path, GAPS)
    assert [(fault.place.line, fault.place.column) for fault in caught.value.faults] == [
        (line, 14) for line in range(2, len(GAPS) + 2)
    ]


# At 12:00 of the last day, wherever the clock of who tells it stands


ZONES = ["Europe/Rome", "UTC", "America/New_York", "Asia/Tokyo", "Asia/Kathmandu", "Pacific/Kiritimati"]
NOON = dt.datetime(2025, 9, 9, 12, tzinfo=ROME)
AROUND = {0: True, 1: False, -1: True, 1_000_000: False, -1_000_000: True}
"""Microseconds after noon, and whether who files then is in time."""


def around(zone):
    at = NOON.astimezone(dt.UTC)
    return [(at + dt.timedelta(microseconds=step)).astimezone(zoneinfo.ZoneInfo(zone)) for step in AROUND]


@pytest.mark.parametrize("zone", ZONES)
def test_noon_is_noon_of_italy_for_objects(zone):
    for way in (lambda at: at, lambda at: at.isoformat(), pd.Timestamp):
        told = [Application(f"D-{n}", {"costs": 2}, filed_at=way(at)) for n, at in enumerate(around(zone))]
        selection = CALL.select(told, on=LATER)
        assert [selection[one.id].admitted == "yes" for one in told] == list(AROUND.values())


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("unit", ["us", "ns"])
@pytest.mark.parametrize("make", [lambda table: table, pl.from_arrow, lambda table: table.to_pandas()])
def test_noon_is_noon_of_italy_for_frames(zone, unit, make):
    filed = pa.array(around(zone), pa.timestamp(unit, zone))
    table = pa.table({"id": [f"D-{n}" for n in range(len(AROUND))], "costs": [2] * len(AROUND), "filed_at": filed})
    admitted = batch.select(CALL, make(table), on=LATER)["admitted"]
    found = admitted.to_pylist() if isinstance(admitted, pa.ChunkedArray) else list(admitted)
    assert found == list(AROUND.values())


# Less than a microsecond


JUST_AFTER = int(NOON.timestamp()) * 10**9 + 1


@pytest.mark.parametrize("zone", [None, "Europe/Rome", "UTC"])
@pytest.mark.parametrize("make", [lambda table: table, pl.from_arrow, lambda table: table.to_pandas(), in_duckdb])
def test_less_than_a_microsecond_is_never_cut_off(make, zone):
    shift = 0 if zone else 7_200 * 10**9
    filed = pa.array([JUST_AFTER + shift, JUST_AFTER - 1 + shift, None], pa.timestamp("ns", zone))
    days = pa.array([None, None, dt.date(2025, 8, 1)], pa.date32())
    table = pa.table({"id": ["late", "sharp", "none"], "costs": [2] * 3, "filed_at": filed, "filed_on": days})
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(CALL, make(table), on=LATER)
    told = [(fault.subject, fault.message.partition("is told")[2]) for fault in caught.value.faults]
    assert told[0] == ("late.filed_at", " to less than a microsecond, to which an instant is exact")


@pytest.mark.parametrize(
    ("filed_at", "why"),
    [
        (pd.Timestamp("2025-09-09T12:00:00.000000001"), "is told to the nanosecond"),
        ("2025-09-09T12:00:00.0000001", "is told to less than a microsecond"),
        ("2025-09-09 12:00:00.000000001+02:00", "is told to less than a microsecond"),
        (pd.NaT, "got NaT"),
    ],
)
def test_less_than_a_microsecond_of_an_object_is_refused(filed_at, why):
    with pytest.raises(misure.BadFacts, match=why):
        CALL.select([Application("D-1", {"costs": 2}, filed_at=filed_at)], on=LATER)


def test_idle_zeros_behind_the_microseconds_are_none():
    told = {"D-1": "2025-09-09T12:00:00.000000000", "D-2": pd.Timestamp("2025-09-09T12:00:00.000001000")}
    selection = CALL.select([Application(id_, {"costs": 2}, filed_at=at) for id_, at in told.items()], on=LATER)
    assert [selection[id_].admitted for id_ in told] == ["yes", "no"]
    assert type(selection.receipt["applications"][0]["filed_at"]) is str
    assert type(instant(told["D-2"]).utc) is dt.datetime
