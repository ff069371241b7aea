# SPDX-License-Identifier: Apache-2.0
"""The calendar as arithmetic, for engines of columns: as the calendar of one applicant, at every edge, within all bounds."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misure.engines.columns.calendar import CALENDAR, expanded, floor
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.ground.errors import NotEncoded
from misure.ground.holidays import national_calendar
from misure.program.civil import FUNCTIONS
from misure.program.nodes import Nodes, below

SPANS = {"add_months": (-1200, 1200), "add_working": (-120, 120), "working_lo": (-120, 120), "working_hi": (-120, 120)}


def ordinal(text):
    return dt.date.fromisoformat(text).toordinal()


TABLE = national_calendar()
EDGES = [FIRST_DAY, LAST_DAY, TABLE.first - 1, TABLE.first, TABLE.first + 1, TABLE.last - 3, TABLE.last] + [
    ordinal(day)
    for day in (
        "1900-02-28", "2000-02-29", "2024-02-29", "2025-02-28", "2022-12-31", "2023-01-01", "2027-10-02", "2027-10-04",
        "2026-10-04", "2022-04-15", "2022-04-17", "2022-04-18", "2022-12-25", "2022-12-26", "2024-12-24", "2100-02-28",
    )
]  # fmt: skip


def evaluated(root, values):
    """An integer node by plain Python, with its bounds and its divisions watched."""
    found = {}
    for node in below([root]):
        args = [found[arg] for arg in node.args]
        match node.op:
            case "int":
                value = node.lo
            case "truth":
                value = node.data
            case "column":
                value = values[node.data[2]]
            case "among":
                value = args[0] in node.data
            case "floordiv":
                assert args[0] >= 0
                assert args[1] > 0
                value = args[0] // args[1]
            case op:
                value = PLAIN[op](*args)
        assert node.sort != "int" or node.lo <= value <= node.hi, (node, values)
        found[node] = value
    return found[root]


PLAIN = {
    "add": lambda *args: sum(args), "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "min": min, "max": max,
    "if": lambda test, then, other: then if test else other, "le": lambda a, b: a <= b, "eq": lambda a, b: a == b,
    "not": lambda a: not a, "and": lambda *args: all(args), "or": lambda *args: any(args),
}  # fmt: skip


def columns(nodes, op):
    day = nodes.column("value", "int", "day", least=FIRST_DAY, greatest=LAST_DAY)
    least, greatest = SPANS.get(op, (0, 0))
    span = nodes.column("value", "int", "span", least=least, greatest=greatest)
    return (day, span) if op in SPANS else (day,)


EXPANDED = {op: expanded(nodes := Nodes(), op, columns(nodes, op)) for op in sorted(CALENDAR)}


def by_function(op, day, span):
    try:
        return FUNCTIONS[op](day, span) if op in SPANS else FUNCTIONS[op](day)
    except NotEncoded:
        return None


@pytest.mark.parametrize("op", EXPANDED)
def test_every_operator_of_the_calendar_is_arithmetic(op):
    value, outside = EXPANDED[op]

    @settings(max_examples=50 if "working" in op else 120)
    @given(st.sampled_from(EDGES) | st.integers(FIRST_DAY, LAST_DAY), st.integers(*SPANS.get(op, (0, 0))))
    def law(day, span):
        want = by_function(op, day, span)
        assert evaluated(outside, {"day": day, "span": span}) == (want is None)
        if want is not None:
            assert evaluated(value, {"day": day, "span": span}) == want

    law()


@pytest.mark.parametrize("span", [(-200, 3), (-3, 200), (-200, -150), (150, 200), (0, 0)])
def test_working_days_that_reach_further_one_way_than_the_other(span):
    nodes = Nodes()
    first, last = ordinal("2026-03-01"), ordinal("2026-06-30")
    day = nodes.column("value", "int", "day", least=first, greatest=last)
    days = (
        nodes.column("value", "int", "span", least=span[0], greatest=span[1])
        if span[0] < span[1]
        else nodes.const(span[0])
    )
    value, _ = expanded(nodes, "add_working", (day, days))
    for when in range(first, last + 1, 9):
        for count in {span[0], span[1], (span[0] + span[1]) // 2}:
            assert evaluated(value, {"day": when, "span": count}) == TABLE.add_working_days(when, count), (when, count)


@given(st.integers(-60, 60), st.integers(0, 60), st.integers(1, 12), st.integers(0, 12))
def test_the_bounds_of_a_quotient_are_those_of_its_ends(least, more, divisor, wider):
    nodes = Nodes()
    left = nodes.column("value", "int", "day", least=least, greatest=least + more)
    right = nodes.column("value", "int", "span", least=divisor, greatest=divisor + wider)
    found = floor(nodes, left, right)
    pairs = [(a, b) for a in range(least, least + more + 1) for b in range(divisor, divisor + wider + 1)]
    quotients = [a // b for a, b in pairs]
    if more and wider:
        assert (found.lo, found.hi) == (min(quotients), max(quotients))
    assert found.lo <= min(quotients)
    assert max(quotients) <= found.hi
    for (a, b), quotient in zip(
        pairs[:: max(1, len(pairs) // 40)], quotients[:: max(1, len(pairs) // 40)], strict=True
    ):
        assert evaluated(found, {"day": a, "span": b}) == quotient


def test_a_constant_day_needs_no_arithmetic():
    nodes = Nodes()
    monday = expanded(nodes, "roll", (nodes.const(ordinal("2027-10-03")),))
    assert [node.op for node in monday] == ["int", "truth"]
    assert monday[0].lo == ordinal("2027-10-05")
