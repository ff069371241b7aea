# SPDX-License-Identifier: Apache-2.0
"""The dated tables of the law as a program reads them: which rows it may meet, what stands on each day, how sure it is."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

import pytest

from misure.ground.dated import Cited, Row, act_of, dated_table
from misure.ground.place import Place
from misure.ground.truth import Confidence
from misure.program.lowering.tabulated import GENERAL, by_day, confidence_of_law, doubtful_law, limits, live_rows
from misure.rulebook.expression import Call, Type
from misure.rulebook.functions import FUNCTIONS

CEILINGS, SHARED = "ue/deminimis-ceilings", "ue/cumulation-deminimis"


def day(text):
    return dt.date.fromisoformat(text).toordinal()


def row(since, until, value):
    texts = MappingProxyType({"value": value})
    cited = Cited(act_of("reg-2023-2831"), "art. 3", Confidence.OFFICIAL)
    return Row("t", since, until, texts, cited, "", Place("t"))


ROWS = (row(10, 19, "1.00"), row(20, 29, "unknown"), row(30, 39, "3.00"))


def cents(one):
    return one.cents("value") if one.known("value") else None


@pytest.mark.parametrize(
    ("first", "on", "ends"),
    [
        (10, 9, (0, 999)),
        (10, 10, (100, 100)),
        (10, 19, (100, 100)),
        (10, 20, (0, 999)),
        (10, 29, (0, 999)),
        (10, 30, (300, 300)),
        (10, 39, (300, 300)),
        (10, 40, (0, 999)),
        (15, 14, (0, 999)),
        (15, 15, (100, 100)),
        (5, 9, (0, 999)),
    ],
)
def test_a_value_stands_from_the_first_day_of_its_row_or_of_the_measure_to_its_last(first, on, ends):
    assert by_day("t", ROWS, first, cents, (0, 999)).between(on, on) == ends


def test_a_last_row_without_an_end_stands_for_ever():
    steps = by_day("t", (row(10, 19, "1.00"), row(20, None, "2.00")), 10, cents, (0, 999))
    assert steps.between(20, 10**7) == (200, 200)
    assert (steps.name, steps.breaks) == ("t", (10, 20))
    assert by_day("t", (), 10, cents, (0, 999)).between(0, 99) == (0, 999)


@pytest.mark.parametrize(
    ("first", "ceilings"),
    [
        ("2022-01-31", ["200000.00", "300000.00", "300000.00"]),
        ("2023-12-31", ["200000.00", "300000.00", "300000.00"]),
        ("2024-01-01", ["300000.00", "300000.00"]),
        ("2030-12-31", ["300000.00", "300000.00"]),
        ("2031-01-01", ["300000.00"]),
        ("2031-07-01", []),
    ],
)
def test_rows_that_ended_before_the_measure_began_are_not_met(first, ceilings):
    rows = live_rows(CEILINGS, day(first), regulation=GENERAL)
    assert [one.texts["ceiling"] for one in rows] == ceilings


@pytest.mark.parametrize(
    ("cap", "regulation", "counts"),
    [
        ("gen-agri-fish", "gen", True),
        ("gen-agri-fish", "sgei", False),
        ("gen-agri-fish", "fish", True),
        ("agri-fish", "agri", True),
        ("agri-fish", "gen", False),
        ("road-freight", "gen", False),
    ],
)
def test_a_shared_cap_limits_the_regulations_it_names_unless_it_is_of_one_activity(cap, regulation, counts):
    rows = dated_table(SHARED).series(cap=cap)
    assert rows
    assert {limits(one, regulation) for one in rows} == {counts}


def test_a_shared_cap_that_rests_on_a_reading_does_not_limit():
    found = {one.texts["reading"]: limits(one, "sgei") for one in dated_table(SHARED).series(cap="gen-sgei")}
    assert found == {"": True, "sgei_joint_cap": False}


def test_a_row_of_another_table_always_counts():
    assert all(limits(one, "fish") for one in dated_table(CEILINGS).rows)


def call(name, *words):
    return Call(name, (), words, (), Type("number"), Place("x"))


CALLS = [
    call("headroom", "gen"),
    call("headroom", "sgei"),
    call("headroom", "agri"),
    call("headroom", "fish"),
    call("size_of", "recommendation"),
    call("size_of", "gber"),
    call("in_difficulty"),
    call("present_value"),
    call("loan_gge"),
    call("guarantee_gge"),
]


@pytest.mark.parametrize("called", CALLS, ids=lambda one: " ".join([one.function, *one.words]))
@pytest.mark.parametrize("first", ["2014-01-01", "2022-01-31", "2026-06-01"])
def test_a_function_is_as_sure_as_the_least_sure_row_that_it_may_read(called, first):
    word = called.words[0] if called.words else GENERAL
    read = []
    for name in FUNCTIONS[called.function].reads:
        table = dated_table(name)
        read += [
            one
            for one in table.rows
            if (one.until is None or one.until >= day(first))
            and all(one.texts[key] == word for key in ("regulation", "definition") if key in table.keys)
            and "unknown" not in one.texts.values()
            and limits(one, word)
        ]
    order = [Confidence.OFFICIAL, Confidence.SECONDARY, Confidence.INFERRED]
    sure = [one.citation.confidence for one in read]
    # A figure that no source gives takes nothing away: it is told as unknown.
    assert confidence_of_law(called, day(first)) == max(sure, key=order.index, default=Confidence.OFFICIAL)
    assert list(doubtful_law(called, day(first))) == [
        (one.table, one.citation.act.label, one.citation.confidence)
        for one in read
        if one.citation.confidence is not Confidence.OFFICIAL
    ]
