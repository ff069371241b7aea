# SPDX-License-Identifier: Apache-2.0
"""Candidates: the instant and the day of filing as ranges, the windows that they fall in, and the columns made of them."""

import datetime as dt

import pytest

from misure.allocating import MAYBE, NO, YES
from misure.ground.clock import instant
from misure.selecting.candidates import (
    ADMITTED,
    ALWAYS,
    Candidates,
    Window,
    filing,
    moment,
    surely_in_a_window,
    windows_of,
)

MICROSECONDS = 1_000_000
HOUR = 3600 * MICROSECONDS


def ordinal(text):
    return dt.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("text", "microseconds"),
    [
        ("1970-01-01T01:00:00", 0), ("1970-01-01T01:00:01", MICROSECONDS), ("1970-01-01T00:59:59", -MICROSECONDS),
        ("1970-01-01T01:00:00.000001", 1), ("2024-07-01T02:00:00", 1_719_792_000 * MICROSECONDS),
    ],
)  # fmt: skip
def test_an_instant_is_a_whole_number_of_microseconds(text, microseconds) -> None:
    assert moment(instant(text)) == microseconds


def test_an_instant_that_is_told_is_exact_and_so_is_its_day() -> None:
    at = instant("2024-02-01T00:00:00")
    assert filing(at, None) == ((moment(at),) * 2, (ordinal("2024-02-01"),) * 2)
    assert filing(at, ordinal("2023-01-01")) == filing(at, None)


@pytest.mark.parametrize(("day", "hours"), [("2024-02-01", 24), ("2024-03-31", 23), ("2024-10-27", 25)])
def test_of_a_day_alone_the_instant_is_any_of_that_day_in_italy(day, hours) -> None:
    (first, last), days = filing(None, ordinal(day))
    assert days == (ordinal(day), ordinal(day))
    assert first == moment(instant(f"{day}T00:00:00"))
    assert last - first == hours * HOUR - 1


@pytest.mark.parametrize("untold", [None, 0])
def test_of_a_day_that_is_not_told_nothing_is_known(untold) -> None:
    assert filing(None, untold) == (ALWAYS, (1, ordinal("9999-12-31")))
    assert ALWAYS[0] < moment(instant("1900-01-01T00:00:00")) < moment(instant("2100-01-01T00:00:00")) < ALWAYS[1]


WINDOWS = [Window("prima", (10, 12), (20, 22)), Window("seconda", (23, 23), (30, 30))]
CASES = {
    # the days of filing, the window that is said, whether the office received it: the windows, and whether surely in one
    "before": ((9, 9), None, False, (), False), "perhaps on the first day": ((10, 10), None, False, (0,), False),
    "perhaps on a later first day": ((11, 11), None, False, (0,), False), "on the last first day": ((12, 12), None, False, (0,), True),
    "on the first last day": ((20, 20), None, False, (0,), True), "perhaps on the last day": ((21, 21), None, False, (0,), False),
    "perhaps on the last last day": ((22, 22), None, False, (0,), False), "on the only day": ((23, 23), None, False, (1,), True),
    "on the last day of the second": ((30, 30), None, False, (1,), True), "after": ((31, 31), None, False, (), False),
    "any day": ((1, 99), None, False, (0, 1), False), "any day, and received": ((1, 99), None, True, (0, 1), True),
    "said": ((1, 99), "seconda", False, (1,), True), "said on a day that may lie outside": ((21, 21), "prima", False, (0,), True),
    "received on a day that may lie outside": ((21, 21), None, True, (0,), True),
}  # fmt: skip


@pytest.mark.parametrize(("day", "said", "received", "found", "sure"), CASES.values(), ids=list(CASES))
def test_the_windows_in_which_a_candidate_may_have_been_filed(day, said, received, found, sure) -> None:
    candidates = Candidates(["a"], [YES], day=[day], window=[said], received=[received])
    assert windows_of(candidates, WINDOWS, 0) == found
    assert surely_in_a_window(candidates, WINDOWS, 0) is sure


def test_what_each_outcome_says_of_admission() -> None:
    from misure.program.verdict import ELIGIBLE, REFUSED, UNDECIDED

    assert [ADMITTED[one] for one in (REFUSED, ELIGIBLE, UNDECIDED)] == [NO, YES, MAYBE]
