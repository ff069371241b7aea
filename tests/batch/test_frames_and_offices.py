# SPDX-License-Identifier: Apache-2.0
"""What the office says in a frame, in every type of column, and answers that come back as a frame of the same kind."""

from __future__ import annotations

import datetime as dt

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import misure
from misure import batch
from misure.batch.filings import Filings, days_of
from misure.ground.place import Place
from tests.batch.chosen import ON, applications, frames, measure_of, row_of, selected
from tests.batch.test_selection import some

PLACE = Place("<frame>")
DAY = dt.date(2024, 2, 1).toordinal()


def filings(**columns):
    faults = []
    return Filings.of(nw.from_native(pa.table(columns)), PLACE, faults), [str(fault) for fault in faults]


# The columns of the office

WRONG = {
    "filed_at": (pa.array([dt.date(2024, 2, 1)]),
        "expected a column of instants (datetimes, on the clock of Italy or with a time zone, or texts); got Date"),
    "admitted": (pa.array(["yes"]), "expected a column of truths; got String"),
    "window": (pa.array([True]), "expected a column of texts; got Boolean"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_column_of_another_type_is_told_and_says_nothing(name) -> None:
    column, message = WRONG[name]
    found, faults = filings(id=["a"], **{name: column})
    assert faults == [f"<frame>: {name}: {message}"]
    assert (found.filed, found.days, found.admitted, found.windows) == ([None], [None], [None], [None])
    assert found.of_row(0) == {}
    assert found.odd == frozenset()


@pytest.mark.parametrize("name", WRONG)
def test_a_column_of_no_type_is_no_fault_and_says_nothing(name) -> None:
    found, faults = filings(id=["a", "b"], **{name: pa.nulls(2)})
    assert faults == []
    assert (found.filed, found.days, found.admitted, found.windows) == ([None] * 2,) * 4


def test_every_wrong_column_is_told() -> None:
    found, faults = filings(id=["a"], **{name: column for name, (column, _) in WRONG.items()})
    assert len(faults) == 3
    assert found.rows == 1


def test_what_is_not_told_is_null_in_every_row() -> None:
    found, faults = filings(id=["a", "b"])
    assert faults == []
    assert (found.filed, found.days, found.admitted, found.windows) == ([None] * 2,) * 4


AT_NINE = dt.datetime(2024, 2, 1, 8, tzinfo=dt.UTC)
INSTANTS = {
    "on the clock of Italy": pa.array([dt.datetime(2024, 2, 1, 9)], pa.timestamp("us")),  # noqa: DTZ001 - a wall clock
    "with a zone": pa.array([AT_NINE], pa.timestamp("us", "UTC")),
    "with another zone": pa.array([AT_NINE], pa.timestamp("us", "America/New_York")),
    "in milliseconds": pa.array([dt.datetime(2024, 2, 1, 9)], pa.timestamp("ms")),  # noqa: DTZ001 - the same
    "as a text": pa.array(["2024-02-01T09:00:00"]),
    "as a text with an offset": pa.array(["2024-02-01T09:00:00+01:00"]),
}


@pytest.mark.parametrize("column", INSTANTS.values(), ids=list(INSTANTS))
def test_an_instant_is_the_same_in_every_form(column) -> None:
    found, faults = filings(filed_at=column)
    assert (faults, found.odd) == ([], frozenset())
    assert found.filed == [int(AT_NINE.timestamp()) * 1_000_000]
    assert found.days == [DAY]


def test_the_day_in_italy_is_not_that_of_another_zone() -> None:
    late = pa.array([dt.datetime(2024, 1, 31, 23, 30, tzinfo=dt.UTC), dt.datetime(2024, 7, 31, 21, 59, tzinfo=dt.UTC)],
                    pa.timestamp("us", "UTC"))  # fmt: skip
    found, _ = filings(filed_at=late)
    assert found.days == [DAY, dt.date(2024, 7, 31).toordinal()]


ODD = {
    "an hour that was left out": ["2024-03-31T02:30:00", "2024-03-31T03:00:00"],
    "an hour that came twice": ["2023-10-29T02:30:00", "2023-10-29T03:00:00"],
    "no instant": ["ieri", "2024-02-01T09:00:00"],
}


@pytest.mark.parametrize("texts", ODD.values(), ids=list(ODD))
@pytest.mark.parametrize("as_text", [True, False])
def test_an_instant_that_cannot_be_is_odd_in_its_own_row(texts, as_text) -> None:
    column = pa.array([*texts, None])
    if not as_text:
        if texts[0] == "ieri":
            column = pa.array(
                [*map(dt.datetime.fromisoformat, ["9999-12-31T23:30:00", texts[1]]), None], pa.timestamp("us")
            )
        else:
            column = pa.array([*map(dt.datetime.fromisoformat, texts), None], pa.timestamp("us"))
    found, faults = filings(filed_at=column)
    assert faults == []
    assert found.odd == {0}
    assert (found.filed[0], found.days[0]) == (None, None)
    assert found.filed[1] is not None
    assert (found.filed[2], found.days[2]) == (None, None)


def test_a_column_of_which_no_instant_can_be(engine) -> None:
    told = some(1, filed_at="2024-03-31T02:30:00")
    with pytest.raises(
        misure.BadFacts, match=r"D-0\.filed_at: 2024-03-31T02:30:00 does not exist in Europe/Rome"
    ) as caught:
        selected(engine, measure_of("counter"), told)
    assert len(caught.value.faults) == 1


# The day of filing beside the instant

FILED = {
    # the column filed_on, and on which day each is then filed
    "not there": (None, [1, 1]),
    "of no type": (pa.nulls(2), [1, 1]),
    "null": (pa.array([None, None], pa.date32()), [1, 1]),
    "told": (pa.array([dt.date(2024, 2, 1), None]), [1, 1]),
    "a moment at midnight": (pa.array([dt.datetime(2024, 2, 1), None], pa.timestamp("us")), [1, 1]),  # noqa: DTZ001
}


@pytest.mark.parametrize(("column", "days"), FILED.values(), ids=list(FILED))
def test_the_instant_tells_the_day_where_the_frame_does_not(engine, column, days) -> None:
    table, records = frames(some(2))
    table = table.drop_columns(["filed_on"])
    if column is not None:
        table = table.append_column("filed_on", column)
    answer = batch.select(
        measure_of("counter"), engine.frame(table), on=ON, tables={"members": engine.frame(records)}
    )  # fmt: skip
    # From 1 February 2024 on the law gives 40% of the costs, before that a half.
    assert [row["asked_cents_from"] for row in engine.rows(answer)] == [480_000 for _ in days]
    early = table.drop_columns(["filed_at"]).append_column(
        "filed_at", pa.array(["2024-01-31T09:00:00", "2024-02-01T09:00:01"])
    )
    if column is None or column.null_count == 2:
        answer = batch.select(
            measure_of("counter"), engine.frame(early), on=ON, tables={"members": engine.frame(records)}
        )  # fmt: skip
        assert [row["asked_cents_from"] for row in engine.rows(answer)] == [600_000, 480_000]


def test_a_frame_may_say_that_the_day_of_filing_has_not_come_as_objects_may(engine) -> None:
    told, one = some(2), measure_of("editions")
    told[0]["filed_at"] = None
    table, records = frames(told)
    table = table.append_column("filed_on_not_yet", pa.array([True, None]))
    answer = batch.select(one, engine.frame(table), on=ON, tables={"members": engine.frame(records)})
    told[0]["filed_on"] = "not_yet"
    expected = one.select(applications(told), on=ON)
    assert engine.rows(answer) == [{"id": row["id"], **row_of(expected, row["id"], assumed=True)} for row in told]


def test_what_has_not_been_filed_has_no_instant_in_any_kind_of_frame(engine) -> None:
    table, records = frames(some(2))
    table = table.append_column("filed_on_not_yet", pa.array([None, True]))
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(measure_of("editions"), engine.frame(table), on=ON, tables={"members": engine.frame(records)})
    assert [str(fault) for fault in caught.value.faults] == [
        "<frame>: D-1.filed_on: filed_on is not_yet, and the instant of filing lies on 2024-02-01"
    ]


def test_days_of_columns_of_every_type() -> None:
    table = pa.table({
        "date": pa.array([dt.date(2024, 2, 1), None]), "moment": pa.array([dt.datetime(2024, 2, 1, 9), None]),  # noqa: DTZ001
        "text": ["2024-02-01", None], "none": pa.nulls(2),
    })  # fmt: skip
    frame = nw.from_native(table)
    assert [days_of(frame, name) for name in ("date", "moment")] == [[DAY, None]] * 2
    assert [days_of(frame, name) for name in ("text", "none", "elsewhere")] == [[None, None]] * 3


# Withdrawals in a frame


def test_who_withdraws_on_the_very_day_of_filing_has_withdrawn(engine) -> None:
    told = some(3, born_on=dt.date(1990, 1, 1))
    for day in (dt.date(2024, 2, 1), ON):
        found = selected(engine, measure_of("ranking"), told, withdrawn={"D-0": day})
        assert [row["standing"] for row in found] == ["withdrawn", "funded", "funded"]
    with pytest.raises(misure.BadFacts) as caught:
        selected(
            engine, measure_of("ranking"), told, withdrawn={"D-0": dt.date(2024, 1, 31), "D-1": dt.date(2024, 6, 2)}
        )
    assert [str(fault) for fault in caught.value.faults] == [
        "<frame>: D-0: withdrawn on 2024-01-31, and filed on 2024-02-01",
        "<frame>: D-1: withdrawn on 2024-06-02, after 2024-06-01, the day of the question",
    ]


@pytest.mark.parametrize(
    "column",
    [pa.array([dt.datetime(2024, 5, 1), None]), pa.nulls(2), pa.array([None, None], pa.date32())],  # noqa: DTZ001
    ids=["moments", "of no type", "nulls"],
)
def test_a_column_of_withdrawals_may_hold_moments_or_nothing(column) -> None:
    table, _ = frames(some(2, born_on=dt.date(1990, 1, 1)))
    table = table.drop_columns(["members_known"]).append_column("gone", column)
    found = batch.select(measure_of("ranking"), table, on=ON, withdrawn="gone").to_pylist()
    gone = column.null_count < 2
    assert [row["standing"] for row in found] == ["withdrawn" if gone else "funded", "funded"]


@pytest.mark.parametrize(
    ("column", "fault"),
    [
        (pa.array(["2024-05-01", None]), "<frame>: gone: expected a column of dates; got String"),
        (None, "<frame>: gone: there is no column with the days of withdrawal; did you mean 'gne'?"),
    ],
)
def test_a_column_of_withdrawals_that_cannot_be(column, fault) -> None:
    table, _ = frames(some(2))
    table = table.drop_columns(["members_known"]).append_column(
        "gone" if column is not None else "gne", column or pa.nulls(2)
    )
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(measure_of("ranking"), table, on=ON, withdrawn="gone")
    assert fault in [str(one) for one in caught.value.faults]


@pytest.mark.parametrize("withdrawn", [{}, None])
def test_where_nobody_withdraws_nobody_has(withdrawn) -> None:
    table, _ = frames(some(2))
    table = table.drop_columns(["members_known"])
    found = batch.select(measure_of("ranking"), table, on=ON, withdrawn=withdrawn).to_pylist()
    assert all(row["standing"] != "withdrawn" for row in found)


# Answers of the caller's kind


def test_an_answer_of_pandas_has_the_index_and_the_types_of_pandas() -> None:
    table, _ = frames(some(2, born_on=dt.date(1990, 1, 1)))
    told = table.drop_columns(["members_known"]).to_pandas().set_index(pd.Index([7, 5]))
    answer = batch.select(measure_of("ranking"), told, on=ON)
    assert list(answer.index) == [7, 5]
    assert answer["funded"].tolist() == [True, True]
    assert (answer["place_from"].dtype, answer["amount_cents_to"].dtype) == (pd.Int64Dtype(), pd.Int64Dtype())
    assert answer["admitted"].dtype == pd.BooleanDtype()


def test_groups_come_back_in_the_kind_and_the_types_of_the_relations(engine) -> None:
    table = pa.table({"controller": ["B", "X"], "controlled": ["A", "X"], "control": [True, True]})
    rows = engine.rows(batch.single_undertakings(engine.frame(table)))
    assert rows == [
        {"undertaking": name, "impresa_unica": group, "impresa_unica_possible": group}
        for name, group in (("A", "A"), ("B", "A"), ("X", "X"))
    ]
    assert engine.rows(batch.single_undertakings(engine.frame(table.slice(0, 0)))) == []


def test_relations_without_any_value_of_control_are_all_possible() -> None:
    table = pa.table({"controller": ["B"], "controlled": ["A"], "control": pa.nulls(1)})
    assert batch.single_undertakings(table).to_pylist() == [
        {"undertaking": "A", "impresa_unica": "A", "impresa_unica_possible": "A"},
        {"undertaking": "B", "impresa_unica": "B", "impresa_unica_possible": "A"},
    ]


def test_a_polars_frame_of_texts_that_are_categories_is_a_frame_of_texts() -> None:
    told = pl.DataFrame({"id": ["a"], "window": ["prima"]}).with_columns(pl.col("window").cast(pl.Categorical))
    faults = []
    found = Filings.of(nw.from_native(told), PLACE, faults)
    assert (faults, found.windows) == ([], ["prima"])
