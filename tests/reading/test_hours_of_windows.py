# SPDX-License-Identifier: Apache-2.0
"""What is wrong with the hours of a window, and with a time of day anywhere in a rule file, is told at its place."""

from __future__ import annotations

import textwrap

import pytest

import misure
from tests.deciding.written_measures import opened

RULES = """
parameters:
  first_day: 2025-06-03
  last_day: {is: 2025-09-09}
  opening_time: "10:00"
  closing_time: {is: 12:00}
  few: 3 days
VOCABULARY
provisions:
  - cite: {act: uno, at: "art. 2"}
    admission:
      far: {provision: P.02, text: "Entro {few}", holds: "HOLDS"}
    terms:
      call:
        provision: P.01
        text: "Finestra"
        window: {from: first_day, until: last_day, opens_at: opening_time, closes_at: closing_time}
        of: filed_on
        stage: admission
OTHER
"""
HOLDS = "filed_on <= last_day + days(few)"


def faults(tmp_path, *changes, holds=HOLDS, vocabulary="", other=""):
    """What is told of the rules with some texts changed for others, without the path of their file."""
    text = (
        RULES.replace("HOLDS", holds)
        .replace("VOCABULARY", vocabulary)
        .replace("OTHER", textwrap.indent(other, "      "))
    )
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    try:
        opened(tmp_path, text)
    except misure.BadRules as problem:
        return [str(fault).rpartition("measure.yaml:")[2] for fault in problem.faults]
    return []


def test_the_rules_themselves_have_no_fault(tmp_path):
    assert faults(tmp_path) == []


WINDOW = "opens_at: opening_time, closes_at: closing_time"
TOLD = [
    ("no time of day", (WINDOW, "opens_at: few, closes_at: closing_time"), [
        "call: 'opens_at' is a time of day, such as a parameter 'opening_time: {is: \"12:00\"}', and this is a number of days"]),
    ("a day", (WINDOW, "opens_at: opening_time, closes_at: last_day"), [
        "call: 'closes_at' is a time of day, such as a parameter 'closing_time: {is: \"12:00\"}', and this is a day"]),
    ("a time itself", (WINDOW, "opens_at: 10:00, closes_at: closing_time"), [
        "call: a time of day stands in a parameter, such as 'opening_time: {is: \"12:00\"}', which 'opens_at' names"]),
    ("no such name", (WINDOW, "opens_at: opening_tim, closes_at: closing_time"), [
        "call: nothing is called 'opening_tim'; did you mean 'opening_time'?"]),
    ("another event", ("of: filed_on", "of: paid_on"), [
        "call: only the time of day of filed_on is told: the window of 'paid_on' has no hours"]),
    ("closed before it opens", ("last_day: {is: 2025-09-09}", "last_day: {is: 2025-06-03}"), []),
    ("wrong key", (WINDOW, "open_at: opening_time, closes_at: closing_time"), [
        "window: unknown key 'open_at'; did you mean 'opens_at'?"]),
    ("a wrong time", ('opening_time: "10:00"', 'opening_time: "10:60"'), [
        "opening_time: 10:60 does not exist: hours go from 00 to 23, minutes and seconds from 00 to 59, as in 23:59"]),
    ("an hour alone", ('opening_time: "10:00"', 'opening_time: "9:30"'), [
        "opening_time: '9:30' is not written as a time of day, HH:MM; did you mean '09:30'?"]),
    ("the hour 24", ("{is: 12:00}", "{is: 24:00}"), [
        "closing_time: 24:00 is 00:00 of the day after; the last time of a day is 23:59:59.999999"]),
    ("a day with its hour", ("{is: 2025-09-09}", "{is: 2025-09-09 12:00}"), [
        "last_day: '2025-09-09 12:00' is a day and a time: two values, 2025-09-09 and \"12:00\""]),
    ("two kinds", ('opening_time: "10:00"', 'opening_time: {2022-01-31: "10:00", 2024-01-31: 3 days}'), [
        "opening_time: this is a number of days, and the first value is a time of day"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "told"), [case[1:] for case in TOLD], ids=[case[0] for case in TOLD])
def test_what_is_wrong_is_told_at_its_place(tmp_path, change, told):
    found = [fault for fault in faults(tmp_path, change) if "nothing uses this parameter" not in fault]
    assert [fault.split(": ", 1)[1] for fault in found] == told
    assert all(fault.partition(":")[0].isdigit() for fault in found)


def test_a_window_of_one_day_opens_before_it_closes(tmp_path):
    one_day = ("last_day: {is: 2025-09-09}", "last_day: {is: 2025-06-03}")
    (fault,) = faults(tmp_path, one_day, ('opening_time: "10:00"', 'opening_time: "12:00:00.000001"'))
    assert fault.endswith(
        "call: on 2022-01-31 the window is one day long, and closes at an hour before the one at which it opens"
    )


def test_a_window_of_one_day_may_open_and_close_at_one_time(tmp_path):
    one_day = ("last_day: {is: 2025-09-09}", "last_day: {is: 2025-06-03}")
    assert faults(tmp_path, one_day, ('opening_time: "10:00"', 'opening_time: "12:00"')) == []


def test_a_window_may_become_one_day_by_an_amendment(tmp_path):
    shorter = ("last_day: {is: 2025-09-09}", "last_day: {2022-01-31: 2025-09-09, 2024-01-31: 2025-06-03}")
    (fault,) = faults(tmp_path, shorter, ('opening_time: "10:00"', 'opening_time: "17:00"'))
    assert "on 2024-01-31 the window is one day long" in fault


DEADLINE = """\
end: {provision: P.03, text: "Termine", by: last_day, done: paid_on, stage: reporting, closes_at: closing_time}
"""


def test_a_deadline_has_no_hour(tmp_path):
    (fault,) = faults(tmp_path, other=DEADLINE)
    assert "'closes_at' cannot stand here: an hour belongs to a window, beside its 'from' and 'until'" in fault


COMPUTED = [
    (
        "filing_time - opening_time <= closing_time",
        "cannot subtract a time of day with another: times of day are only compared",
    ),
    (
        "filing_time + filing_time <= closing_time",
        "cannot add up a time of day with another: times of day are only compared",
    ),
    ("filing_time <= few", "cannot compare a time of day with a number of days"),
    ("filing_time == filed_on", "cannot compare a time of day with a day"),
    ("half_up(filing_time) <= closing_time", "'half_up' rounds a number that has a unit, and this is a time of day"),
    ("sum(s.at for s in steps) <= closing_time", "'sum' takes numbers, and this is a time of day"),
]
STEPS = """\
tables:
  steps:
    max_items: 3
    key: id
    label: passi
    question: "Quali?"
    fields:
      id: {text: 9, label: id}
      at: {unit: time, label: ora}
"""


@pytest.mark.parametrize(("holds", "told"), COMPUTED)
def test_times_are_compared_and_nothing_else(tmp_path, holds, told):
    found = faults(tmp_path, ('text: "Entro {few}"', 'text: "Entro {few} {last_day}"'), holds=holds, vocabulary=STEPS)
    assert told in found[0]


@pytest.mark.parametrize("holds", ["filing_time >= opening_time", "min(s.at for s in steps) >= opening_time",
                                   "max(filing_time, opening_time) <= closing_time"])  # fmt: skip
def test_what_may_be_asked_of_times(tmp_path, holds):
    assert faults(tmp_path, holds=holds, vocabulary=STEPS) == []


def test_a_time_has_no_bounds_of_its_own(tmp_path):
    own = STEPS.replace("unit: time, label", 'unit: time, least: "08:00", label')
    (fault,) = faults(tmp_path, vocabulary=own)
    assert "a time of day lies between midnight and midnight: it has no bounds of its own" in fault


def test_no_other_unit_is_called_time(tmp_path):
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    unit = '{decimals: 0, least: "0", greatest: "24", it: {one: ora, many: ore}, en: {one: hour, many: hours}}'
    (folder / "x.yaml").write_text(f"format: 1\nunits:\n  time: {unit}\n", "utf-8")
    (fault,) = faults(tmp_path)
    assert "time: the unit is declared twice" in fault
