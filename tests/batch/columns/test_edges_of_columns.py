# SPDX-License-Identifier: Apache-2.0
"""Values on the edge of what can be, one step inside and one outside, in every type of column; keys by example."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import misure
from misure import batch
from misure.batch.keys import key_faults
from misure.batch.native import native
from misure.ground.place import Place
from tests.batch.proposals import FILIERE, ON, applicants, decided, firms, partners
from tests.batch.scalar import assert_same, read
from tests.deciding.test_whole_decision import measure as whole
from tests.deciding.whole_measure import facts

__all__ = ["whole"]

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
THEN = dt.date(2025, 12, 1)


def bad(engine, name, column, **options):
    found = decided(engine, applicants(len(column), **{name: column}), **options)
    return [row["outcome"] == "bad_facts" for _, row in sorted(found.items())]


def filed(engine, column):
    told = applicants(len(column)).drop_columns(["filed_on"]).append_column("filed_on", column)
    return [row["outcome"] == "bad_facts" for _, row in sorted(decided(engine, told).items())]


EDGES = {
    "whole": ("total_score", pa.array([0, 100, -1, 101], pa.int64())),
    "narrow": ("total_score", pa.array([0, 100, -1, 101], pa.int8())),
    "cents": ("total_score_cents", pa.array([0, 10_000, -1, 10_001], pa.int64())),
    "narrow cents": ("total_score_cents", pa.array([0, 10_000, -1, 10_001], pa.int16())),
    "two decimals": (
        "total_score",
        pa.array([Decimal(one) for one in ("0.00", "100.00", "-0.01", "100.01")], pa.decimal128(9, 2)),
    ),
    "one decimal": (
        "total_score",
        pa.array([Decimal(one) for one in ("0.0", "100.0", "-0.1", "100.1")], pa.decimal128(9, 1)),
    ),
    "no decimals": ("total_score", pa.array([Decimal(one) for one in ("0", "100", "-1", "101")], pa.decimal128(9, 0))),
}


@pytest.mark.parametrize(("name", "column"), EDGES.values(), ids=list(EDGES))
@pytest.mark.parametrize("complete", [False, True])
def test_the_least_and_the_greatest_can_be_and_one_step_beyond_cannot(engine, name, column, complete):
    assert bad(engine, name, column, complete=complete) == [False, False, True, True]


MOMENTS = {
    name: dt.datetime.fromisoformat(f"2022-05-02T{time}") for name, time in (
        ("an hour", "01:00:00"), ("a minute", "00:01:00"), ("a second", "00:00:01"), ("less than a second", "00:00:00.000001"),
        ("midnight", "00:00:00"),
    )
}  # fmt: skip


@pytest.mark.parametrize("name", MOMENTS)
def test_a_moment_is_a_day_at_midnight_alone(engine, name):
    column = pa.array([MOMENTS[name]], pa.timestamp("us"))
    assert filed(engine, column) == [name != "midnight"]


def test_an_event_lies_on_the_day_of_the_question_at_the_latest(engine):
    days = [ON, ON + dt.timedelta(1), dt.date(1900, 1, 1), dt.date(1899, 12, 31)]
    assert filed(engine, pa.array(days)) == [False, True, False, True]


TEXTS = {
    "\x01": True, "\x1f": True, "\x7f": True, "\u0300": True, "\u036f": True, "\u0370": False, "~": False, "\xa0": True, "!": False,
}  # fmt: skip


@pytest.mark.parametrize("sign", TEXTS, ids=[f"U+{ord(sign):04X}" for sign in TEXTS])
def test_a_sign_that_one_decision_would_refuse_or_compose_is_bad_facts_within_a_text(engine, sign):
    assert bad(engine, "capofila", pa.array([f"a{sign}b"])) == [TEXTS[sign]]


def test_a_text_has_at_most_as_many_characters_as_it_may(engine):
    assert bad(engine, "capofila", pa.array(["à" * 64, "à" * 65])) == [False, True]


def test_a_fact_declared_to_be_told_may_not_be_null_in_whatever_column(engine):
    columns = {
        "total_score": pa.array([70, None]), "capofila": pa.array(["a", None]), "strategy_from_swot": pa.array([True, None]),
        "total_score_cents": pa.array([7000, None]),
    }  # fmt: skip
    for name, column in columns.items():
        fact = name.removesuffix("_cents")
        assert bad(engine, name, column, complete=[fact]) == [False, True], name
        assert bad(engine, name, column, complete=["swot_adequate"]) == [False, False], name


SEAT = "lombard_seat_opened_on"
EVENTS = {
    # the day, whether it is said not to have happened, and whether it cannot be where it is declared to be told, or not
    "a day": (dt.date(2020, 1, 1), None, False, False), "a day, and it has not happened": (dt.date(2020, 1, 1), True, True, True),
    "a day, and it has": (dt.date(2020, 1, 1), False, False, False), "it has not happened": (None, True, False, False),
    "nothing": (None, None, True, False), "no day, and it has happened": (None, False, True, False),
    "a day to come": (THEN + dt.timedelta(1), None, True, True),
}  # fmt: skip


@pytest.mark.parametrize("declared", [True, False])
def test_an_event_is_told_by_its_day_or_as_not_having_happened(engine, declared):
    days, waits, told, untold = zip(*EVENTS.values(), strict=True)
    frame = pa.table(
        {
            "id": pa.array(range(len(days))),
            SEAT: pa.array(days, pa.date32()),
            f"{SEAT}_not_yet": pa.array(waits, pa.bool_()),
        }
    )
    options = {"complete": [SEAT]} if declared else {}
    rows = engine.by_key(batch.decide(VERSO, engine.frame(frame), on=THEN, **options))
    found = [rows[key]["outcome"] == "bad_facts" for key in range(len(days))]
    assert dict(zip(EVENTS, found, strict=True)) == dict(zip(EVENTS, told if declared else untold, strict=True))


@pytest.mark.parametrize("declared", [True, False])
def test_an_event_of_which_only_is_said_that_it_has_not_happened(engine, declared):
    frame = pa.table({"id": [0, 1, 2], f"{SEAT}_not_yet": pa.array([True, False, None])})
    options = {"complete": [SEAT]} if declared else {}
    rows = engine.by_key(batch.decide(VERSO, engine.frame(frame), on=THEN, **options))
    assert [rows[key]["outcome"] == "bad_facts" for key in range(3)] == [False, declared, declared]


def test_a_day_of_filing_that_is_declared_told_is_told_by_every_row(engine):
    """As any fact; who has not filed tells that."""
    told = applicants(3).set_column(1, "filed_on", pa.array([None, ON, None], pa.date32()))
    told = told.append_column("filed_on_not_yet", pa.array([None, None, True], pa.bool_()))
    found = decided(engine, told, complete=["filed_on"])
    assert found[0]["outcome"] == "bad_facts"
    assert [found[key].pop("assumed") for key in range(3)][1:] == ["", "filed_on"]
    assert found[1] == found[2]
    assert found[1]["outcome"] != "bad_facts"
    assert decided(engine, told)[0]["outcome"] == "undecided"


# Keys


def orphans(engine, keys):
    told = [(key, f"p{at}", {}) for at, key in enumerate(keys)]
    with pytest.raises(misure.BadFacts) as caught:
        decided(engine, applicants(1), partners(told))
    return [str(fault) for fault in caught.value.faults]


def test_of_keys_at_fault_three_are_told(engine):
    (line,) = orphans(engine, [10, 9, 8, 7, 8])
    assert line == "<frame partners>: partners.applicant: no applicant has the key of these records: 7, 8, 9 and 1 more"
    told = pa.concat_tables([applicants(5), applicants(4)])
    with pytest.raises(misure.BadFacts) as caught:
        decided(engine, told)
    (fault,) = caught.value.faults
    assert (str(fault.place), fault.subject) == ("<frame>", "id")
    assert fault.message == "these keys stand more than once: 0, 1, 2 and 1 more"


@pytest.mark.parametrize("seed", [1, 2])
def test_keys_at_fault_stand_in_one_order_whatever_the_engine(engine, seed):
    numbers = list(range(100, 133))
    told = [(number, "p", {}) for number in (*numbers, *numbers, None, None)]
    random.Random(seed).shuffle(told)
    with pytest.raises(misure.BadFacts) as caught:
        decided(engine, applicants(1).set_column(0, "id", pa.array([100])), partners(told))
    assert [fault.message for fault in caught.value.faults] == [
        "no applicant has the key of these records: nothing, 101, 102 and 30 more",
        "these keys stand more than once: 'p'",
    ]


def test_repeated_applicants_stand_in_one_order_whatever_the_engine(engine):
    names = [*(f"D-{number:03}" for number in range(100, 130)), "é", "Z", "a"]
    random.Random(3).shuffle(names)
    told = applicants(2 * len(names) + 2).set_column(0, "id", pa.array([*names, *reversed(names), None, None]))
    with pytest.raises(misure.BadFacts) as caught:
        decided(engine, told)
    assert [fault.message for fault in caught.value.faults] == [
        "2 rows have no key",
        "these keys stand more than once: 'D-100', 'D-101', 'D-102' and 30 more",
    ]


def test_every_fault_of_every_key_is_told_at_once(engine):
    told = pa.concat_tables([applicants(2), applicants(1)])
    records = partners([(0, "a", {}), (0, "a", {}), (1, None, {}), (9, "b", {})])
    with pytest.raises(misure.BadFacts) as caught:
        decided(engine, told, records)
    assert [str(fault) for fault in caught.value.faults] == [
        "<frame partners>: partners.applicant: no applicant has the key of these records: 9",
        "<frame partners>: partners.id: a row has no key",
        "<frame partners>: partners.id: these keys stand more than once: 'a'",
        "<frame>: id: these keys stand more than once: 0",
    ]


def test_keys_that_fit_have_no_fault():
    people, records = (
        native(pa.table({"id": [1, 2]}), Place("<frame>")),
        native(pa.table({"of": [1, 1, 2], "no": ["a", "b", "a"]}), Place("<frame t>")),
    )
    places = {"": Place("<frame>"), "t": Place("<frame t>")}
    assert list(key_faults(people, "id", {"t": records}, "of", {"t": "no"}, places)) == []
    assert list(key_faults(people, "id", {"t": records}, "of", {}, places)) == []


# Frames of every engine and what comes back


@pytest.mark.parametrize("dtype", [pa.int8(), pa.int32(), pa.uint16(), pa.int64()], ids=str)
def test_keys_of_two_widths_fit_each_other(engine, dtype):
    told = applicants(2)
    records = partners(firms(0, 10) + firms(1, 9))
    records = records.set_column(0, "applicant", records["applicant"].cast(dtype))
    found = decided(engine, told, records)
    assert [found[key]["failed"] & 1 for key in (0, 1)] == [0, 1]


def test_a_frame_of_pandas_whose_keys_are_of_no_type_has_the_type_of_the_other():
    told = pd.DataFrame({"id": pd.Series([], dtype="object")})
    records = pd.DataFrame({"applicant": pd.Series([], dtype="float64"), "id": pd.Series([], dtype="object")})
    answer = batch.decide(FILIERE, told, on=ON, tables={"partners": records})
    assert list(answer["outcome"]) == []


def test_the_index_and_the_order_of_pandas_stay_where_records_are_joined():
    told = applicants(5).to_pandas().iloc[::-1].set_index(pd.Index(list("abcde")))
    records = partners(firms(3, 10)).to_pandas()
    answer = batch.decide(FILIERE, told, on=ON, tables={"partners": records}, complete=["partners"])
    assert list(answer.index) == list("abcde")
    assert answer["id"].tolist() == [4, 3, 2, 1, 0]
    assert [int(failed) & 1 for failed in answer["failed"]] == [1, 0, 1, 1, 1]


def test_a_frame_of_polars_comes_back_as_it_came():
    told, records = pl.from_arrow(applicants(1)), pl.from_arrow(partners(firms(0, 10)))
    eager = batch.decide(FILIERE, told, on=ON, tables={"partners": records})
    lazy = batch.decide(FILIERE, told.lazy(), on=ON, tables={"partners": records.lazy()})
    assert (type(eager), type(lazy)) == (pl.DataFrame, pl.LazyFrame)
    assert eager.equals(lazy.collect())
    assert eager.columns == ["id", "outcome", "failed", "unknown", "assumed"]


# A measure that has something of every shape


def test_every_shape_is_decided_in_frames_as_of_one_applicant(engine, whole):
    on = dt.date(2022, 7, 15)
    people = [
        facts(), {}, facts("works"), facts("young", "advice"), facts(young=True, hands=55), facts(sound=False),
        facts(sound=False, spared=True), facts("spared", sound=False), facts(ended_on="2022-06-06"), facts(ended_on="not_yet"),
        facts("ended_on", "begun_on"), facts(quality="30", breadth="20"), facts("quality"), facts(quality="29.99"),
        facts(members=[{"id": "a", "signed": True}, {"id": "b"}]), facts(members=[{"id": "a", "signed": False}]),
        facts(members={"records": [{"id": "a", "signed": True}], "complete": False}), facts(works="0", advice="0", floor_area="0"),
        facts(ceiling_left="0.01"), facts("ceiling_left"), facts(works="1000.01", advice="200.01"), facts(filed_on="2022-03-15"),
    ]  # fmt: skip
    outcomes = assert_same(engine, whole, read(whole, people, on), on)
    assert {"eligible", "refused", "undecided"} == set(outcomes)
    assert outcomes[:2] == ["eligible", "undecided"]
