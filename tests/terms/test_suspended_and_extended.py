# SPDX-License-Identifier: Apache-2.0
"""Terms that are suspended and extended at once, in every unit: where each step leads, and what cannot be asked."""

import datetime as dt

import pytest

from misure.ground.errors import BadFacts
from misure.terms import deadline

STEPS = {"days": 20, "working_days": 15, "weeks": 3, "months": 2, "years": 1}
START = "2026-06-01"
"""A Monday; the next day is a holiday."""
COUNTED = {
    "days": "2026-06-21", "working_days": "2026-06-23", "weeks": "2026-06-22", "months": "2026-08-01", "years": "2027-06-01",
}  # fmt: skip
ONE = [("2026-06-10", "2026-06-10")]
TWO = [("2026-06-10", "2026-06-10"), ("2026-06-12", "2026-06-15")]
FOUR = [("2026-06-08", "2026-06-11")]


def led(unit, **term):
    found = deadline(START, regime="fixed_instant", **{unit: STEPS[unit]}, **term)
    assert (found.day, found.steps[0].name, found.steps[-1].name) == (found.raw, "start", "stays")
    return [(step.name, str(step.day), step.amount, step.unit) for step in found.steps[1:-1]]


def on(day, more):
    return str(dt.date.fromisoformat(day) + dt.timedelta(more))


@pytest.mark.parametrize("unit", STEPS)
@pytest.mark.parametrize(("suspended", "days", "working"), [(ONE, 1, 1), (TWO, 5, 3), (FOUR, 4, 6)])
def test_days_that_do_not_count_come_after_the_extension(unit, suspended, days, working):
    """Of a term in working days those alone are lost; four of them are made up for over a weekend, in six days."""
    lost = working if unit == "working_days" else days
    counted = ("counted", COUNTED[unit], STEPS[unit], unit)
    extended = ("extended", on(COUNTED[unit], 10), 10, "days")
    assert led(unit, extended=10) == [counted, extended]
    assert led(unit, suspended=suspended) == [counted, ("suspended", on(COUNTED[unit], lost), lost, "days")]
    both = [counted, extended, ("suspended", on(extended[1], lost), lost, "days")]
    assert led(unit, extended=10, suspended=suspended) == both


@pytest.mark.parametrize("unit", STEPS)
def test_days_after_the_term_are_lost_only_where_the_extension_holds_them(unit):
    first, last = on(COUNTED[unit], 1), on(COUNTED[unit], 2)
    assert [step[0] for step in led(unit, suspended=[(first, last)])] == ["counted"]
    # In working days: a Wednesday and a Thursday.
    assert led(unit, extended=10, suspended=[(first, last)])[-1] == ("suspended", on(COUNTED[unit], 12), 2, "days")
    after = [(on(COUNTED[unit], 11), on(COUNTED[unit], 12))]
    assert [step[0] for step in led(unit, extended=10, suspended=after)] == ["counted", "extended"]


@pytest.mark.parametrize("unit", STEPS)
def test_a_day_to_which_a_term_is_extended_comes_after_what_was_suspended(unit):
    assert led(unit, extended="2027-09-01", suspended=ONE) == [
        ("counted", COUNTED[unit], STEPS[unit], unit), ("suspended", on(COUNTED[unit], 1), 1, "days"),
        ("extended", "2027-09-01", 0, ""),
    ]  # fmt: skip
    assert led(unit, extended=on(COUNTED[unit], 1), suspended=ONE)[-1] == ("extended", on(COUNTED[unit], 1), 0, "")
    with pytest.raises(BadFacts, match=f"the term runs until {on(COUNTED[unit], 1)}: {COUNTED[unit]} would shorten it"):
        led(unit, extended=COUNTED[unit], suspended=ONE)


MONTHS_MORE = {
    "days": "2026-07-21", "working_days": "2026-07-23", "weeks": "2026-07-22", "months": "2026-09-01", "years": "2027-07-01",
}  # fmt: skip


@pytest.mark.parametrize("unit", STEPS)
def test_months_more_are_counted_from_the_last_day_and_then_suspended(unit):
    assert led(unit, extended_months=1, suspended=ONE) == [
        ("counted", COUNTED[unit], STEPS[unit], unit), ("extended", MONTHS_MORE[unit], 1, "months"),
        ("suspended", on(MONTHS_MORE[unit], 1), 1, "days"),
    ]  # fmt: skip


@pytest.mark.parametrize(("term", "beyond"), [
    ({"suspended": [("9999-12-25", "9999-12-26")]}, {"suspended": [("9999-12-25", "9999-12-27")]}),
    ({"suspended": [("9999-12-25", "9999-12-25")], "extended": 1}, {"suspended": [("9999-12-25", "9999-12-25")], "extended": 2}),
    ({"suspended": 2}, {"suspended": 3}), ({"extended": 2}, {"extended": 3}),
    ({"suspended": 1, "extended": 1}, {"suspended": 2, "extended": 1}),
])  # fmt: skip
def test_days_that_do_not_count_may_lead_outside_the_calendar(term, beyond):
    assert deadline("9999-12-20", days=8, regime="fixed_instant", **term).day == dt.date(9999, 12, 30)
    with pytest.raises(BadFacts) as caught:
        deadline("9999-12-20", days=8, regime="fixed_instant", **beyond)
    assert [str(fault) for fault in caught.value.faults] == ["<deadline>: length: the term leads outside the calendar"]
