# SPDX-License-Identifier: Apache-2.0
"""Whoever puts a question tells its day as a date or as ISO text, at every door; a text that is no day is told with the nearest one."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

import misure
from misure import batch
from tests.selecting.chosen_measure import ON, three

TEXT = ON.isoformat()
WRONG = [
    ("1/6/2024", "'1/6/2024' is not a date: write YYYY-MM-DD", "2024-06-01"),
    ("2024-02-30", "2024-02-30 does not exist: February 2024 has 29 days", None),
    ("2024-06-01T10:00", "'2024-06-01T10:00' is not a date: write YYYY-MM-DD", None),
    ("", "'' is not a date: write YYYY-MM-DD", None),
]
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]


def rows():
    return pa.table({"id": ["a", "b"], "filed_at": ["2024-02-01T09:00", "2024-02-01T10:00"], "points_given": [90, 80]})


DOORS = {
    "decide": lambda one, day: one.decide({"active": True}, on=day),
    "select": lambda one, day: one.select(three(), on=day),
    "approved": lambda one, day: one.select(three(), on=ON, approved_on=day),
    "withdraw": lambda one, day: one.select(three(), on=ON).withdraw("a", on=day),
    "frame": lambda one, day: batch.decide(one, pa.table({"id": ["a"], "active": [True]}), on=day),
    "ranked frame": lambda one, day: batch.select(one, rows(), on=day),
    "approved frame": lambda one, day: batch.select(one, rows(), on=ON, approved_on=day),
    "withdrawn frame": lambda one, day: batch.select(one, rows(), on=ON, withdrawn={"a": day}),
}
NAMES = {"approved": "approved_on", "approved frame": "approved_on", "withdrawn frame": "withdrawn.a"}


@pytest.mark.parametrize("door", DOORS)
def test_a_text_is_the_day_that_it_says(measure, door) -> None:
    one = measure("stops")
    found = DOORS[door](one, TEXT)
    assert found == DOORS[door](one, ON)
    assert found != DOORS[door](one, "2024-05-31") or isinstance(found, pa.Table)


@pytest.mark.parametrize(("text", "message", "near"), WRONG)
@pytest.mark.parametrize("door", DOORS)
def test_a_text_that_is_no_day(measure, door, text, message, near) -> None:
    with pytest.raises(misure.BadFacts) as caught:
        DOORS[door](measure("stops"), text)
    (fault,) = caught.value.faults
    assert (fault.subject, fault.message, fault.suggestion) == (NAMES.get(door, "on"), message, near)


def test_both_days_of_two_windows_are_told() -> None:
    with pytest.raises(misure.BadFacts) as caught:
        VERSO.select({}, on="2025-07-01", approved_on={"first": "x", "second": "y"})
    assert [fault.subject for fault in caught.value.faults] == ["approved_on.first", "approved_on.second"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("wrong", [3, True, 0.5, dt.datetime(2024, 6, 1, tzinfo=dt.UTC), [TEXT]])
def test_what_is_neither_is_of_the_wrong_kind(measure, door, wrong) -> None:
    with pytest.raises(TypeError, match=NAMES.get(door, "on").partition(".")[0] + "="):
        DOORS[door](measure("stops"), wrong)
