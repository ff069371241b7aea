# SPDX-License-Identifier: Apache-2.0
"""A row at fault is read again as an application: its values in every form, its records, and what no other row has to do."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

import misure
from misure import batch
from tests.batch.chosen import ON, applications, code, frames, measure_of, row_of
from tests.batch.test_selection import some


def asked(name, table, records=None, **options):
    tables = {} if records is None else {"members": records}
    return batch.select(measure_of(name), table, **({"on": ON, "tables": tables} | options))


def faults(name, table, records=None, **options):
    with pytest.raises(misure.BadFacts) as caught:
        asked(name, table, records, **options)
    return [str(fault).removeprefix("<frame>: ") for fault in caught.value.faults]


def with_column(table, name, values, kind=None):
    column = pa.array(values, kind)
    return table.set_column(table.column_names.index(name), name, column) if name in table.column_names else (
        table.append_column(name, column)
    )  # fmt: skip


def plain(number=3, **changes):
    table, _ = frames(some(number, born_on=dt.date(1990, 1, 1), **changes))
    return table.drop_columns(["members_known"])


# Values in every form in which a frame may tell them

VALUES = {
    "a whole number": ("costs", [-1, 5, 5], pa.int64(), "D-0.costs: -1 is below the least that can be, 0.00 EUR"),
    "cents": ("costs_cents", [500, 500, -1], pa.int64(), "D-2.costs: '-0.01' is below the least that can be, 0.00 EUR"),
    "too many cents": ("costs_cents", [500, 100_000_001, 100_000_000], pa.int64(),
        "D-1.costs: '1000000.01' is above the greatest that can be, 1000000.00 EUR"),
    "points": ("points_given", [100, 0, 101], pa.int64(), "D-2.points_given: 101 is above the greatest that can be, 100.00 points"),
    "a day": ("born_on", [dt.date(1990, 1, 1), dt.date(1899, 12, 31), dt.date(1900, 1, 1)], pa.date32(),
        "D-1.born_on: 1899-12-31 is before 1900-01-01, the first day that can be"),
    "a choice": ("place", ["mi", "bg", "to"], pa.string(), "D-2.place: "),
    "a text that is too long": ("firm", [code(0), "0" * 61, code(1)], pa.string(), "D-1.firm: "),
    "an empty text": ("firm", [code(0), "", code(1)], pa.string(), "D-1.firm: "),
}  # fmt: skip


@pytest.mark.parametrize(("name", "values", "kind", "start"), VALUES.values(), ids=list(VALUES))
def test_a_value_that_cannot_be_is_told_as_one_decision_tells_it(name, values, kind, start) -> None:
    table = plain()
    if name == "costs_cents":
        table = table.drop_columns(["costs"])
    (line,) = faults("ranking", with_column(table, name, values, kind))
    assert line.startswith(start)


def test_a_moment_that_is_no_midnight_is_told_and_one_at_midnight_is_a_day() -> None:
    moments = [dt.datetime(1990, 1, 1), dt.datetime(1990, 1, 1, 0, 0, 1), dt.datetime(1990, 1, 1, 12)]  # noqa: DTZ001
    found = faults("ranking", with_column(plain(), "born_on", moments, pa.timestamp("us")))
    assert [line.partition(":")[0] for line in found] == ["D-1.born_on", "D-2.born_on"]
    whole = asked("ranking", with_column(plain(), "born_on", moments[:1] * 3, pa.timestamp("us")))
    assert whole.equals(asked("ranking", plain()))


# Records


def test_a_record_that_cannot_be_is_told_of_its_applicant() -> None:
    table, records = frames(some(3))
    records = with_column(records, "code", [code(0), "x" * 41, code(2)], pa.string())
    (line,) = faults("counter", table, records)
    assert line.startswith("D-1.members[0].code: ")


def test_the_records_of_a_row_at_fault_are_its_own_and_no_other() -> None:
    told = some(3)
    told[1] |= {"costs": -1, "members": [code(1), code(7)], "members_known": False}
    table, records = frames(told)
    assert faults("counter", table, records) == ["D-1.costs: -1 is below the least that can be, 0.00 EUR"]
    told[2]["costs"] = -2
    table, records = frames(told)
    assert [line.partition(":")[0] for line in faults("counter", table, records)] == ["D-1.costs", "D-2.costs"]


def test_more_records_than_there_may_be_are_told() -> None:
    told = some(2)
    told[1]["members"] = [code(n) for n in range(5)]
    table, records = frames(told)
    (line,) = faults("counter", table, records)
    assert line.startswith("D-1.members: ")
    told[1]["members"] = [code(n) for n in range(1, 5)]
    table, records = frames(told)
    assert len(asked("counter", table, records)) == 2


# What the office says


def test_an_instant_that_is_missing_is_told_where_the_order_needs_it_alone() -> None:
    told = some(3, born_on=dt.date(1990, 1, 1))
    told[1]["filed_at"] = None
    table, records = frames(told)
    assert faults("counter", table, records) == [
        "D-1.filed_at: the order looks at the instant of filing, and none is told"
    ]
    rows = asked("ranking", table.drop_columns(["members_known"])).to_pylist()
    expected = measure_of("ranking").select(applications(told), on=ON)
    assert rows == [{"id": row["id"], **row_of(expected, row["id"])} for row in told]


def test_what_is_filed_on_the_day_of_the_question_is_filed_in_time() -> None:
    told = some(2, born_on=dt.date(1990, 1, 1))
    told[1]["filed_at"] = "2024-06-01T23:59:59"
    table, records = frames(told)
    assert len(asked("counter", table, records)) == 2
    told[1]["filed_at"] = "2024-06-02T00:00:00"
    table, records = frames(told)
    assert faults("counter", table, records) == [
        "D-1.filed_at: filed on 2024-06-02, after 2024-06-01, the day of the question"
    ]


@pytest.mark.parametrize(
    ("day", "fault"),
    [(1, None), (2, "D-1.filed_on: filed_on is 2024-02-02, and the instant of filing lies on 2024-02-01")],
)
def test_the_day_and_the_instant_agree(day, fault) -> None:
    told = some(2, born_on=dt.date(1990, 1, 1))
    told[1]["filed_on"] = dt.date(2024, 2, day)
    table, records = frames(told)
    if fault is None:
        assert len(asked("counter", table, records)) == 2
    else:
        assert faults("counter", table, records) == [fault]


@pytest.mark.parametrize("waits", [None, False, True])
def test_what_is_not_filed_yet_has_no_instant_of_filing(waits) -> None:
    told = some(3, born_on=dt.date(1990, 1, 1))
    told[1]["filed_at"] = told[2]["filed_at"] = None
    table, _ = frames(told)
    table = with_column(table, "filed_on_not_yet", [waits, True, None], pa.bool_()).drop_columns(["members_known"])
    if waits:
        assert faults("ranking", table) == [
            "D-0.filed_on: filed_on is not_yet, and the instant of filing lies on 2024-02-01"
        ]
    else:
        assert len(asked("ranking", table)) == 3


@pytest.mark.parametrize(
    ("admitted", "active", "fault"),
    [(True, True, False), (True, None, False), (False, False, False), (True, False, True)],
)
def test_the_office_admits_nobody_whom_the_rules_refuse(admitted, active, fault) -> None:
    told = some(2, born_on=dt.date(1990, 1, 1))
    told[1] |= {"admitted": admitted, "active": active}
    table = frames(told)[0].drop_columns(["members_known"])
    if fault:
        assert faults("ranking", table) == ["D-1.admitted: said to be admitted, and the rules refuse it: is_active"]
    else:
        assert asked("ranking", table).to_pylist()[1]["admitted"] is admitted


def test_fifty_faults_are_told_and_one_more_is_counted() -> None:
    for number, more in ((50, []), (51, ["1 more applications are at fault"])):
        told = [
            row | {"id": f"D-{n:02}", "costs": -1}
            for n, row in enumerate(some(1, born_on=dt.date(1990, 1, 1)) * number)
        ]
        found = faults("ranking", frames(told)[0].drop_columns(["members_known"]))
        assert len([line for line in found if ".costs: " in line]) == 50
        assert [line for line in found if "more applications" in line] == more


def test_of_ids_that_are_none_fifty_are_told() -> None:
    told = [row | {"id": "x" * 101 + str(n)} for n, row in enumerate(some(1, born_on=dt.date(1990, 1, 1)) * 51)]
    found = faults("ranking", frames(told)[0].drop_columns(["members_known"]))
    assert len(found) == 50
    assert all(line.endswith(": an id is a printable text of 1 to 100 characters") for line in found)


# Keys that are trusted, and keys of other types


def test_keys_that_are_trusted_are_not_looked_at() -> None:
    table, records = frames(some(2))
    stray = pa.concat_tables([records, pa.table({"applicant": ["D-9"], "id": ["m-0"], "code": [code(9)]})])
    assert faults("counter", table, stray) == [
        "<frame members>: members.applicant: no applicant has the key of these records: 'D-9'"
    ]
    assert asked("counter", table, stray, check_keys=False).equals(asked("counter", table, records))


def test_a_withdrawal_of_nobody_names_who_is_meant() -> None:
    with pytest.raises(misure.NoSuchApplication, match="'D-9'"):
        asked("ranking", plain(), withdrawn={"D-9": ON, "D-0": ON})


@pytest.mark.parametrize("wrong", [dt.datetime(2024, 6, 1, tzinfo=dt.UTC), 3, None])
def test_a_day_of_withdrawal_is_a_plain_date(wrong) -> None:
    with pytest.raises(TypeError, match=r"withdrawn= has a day for each application; got "):
        asked("ranking", plain(), withdrawn={"D-0": wrong})


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"key": None}, "key= is the name of a column; got nothing"), ({"parent": 3}, "parent= is the name of a column; got 3"),
        ({"tables": "x"}, "tables= has a dataframe for each table; got 'x'"),
        ({"withdrawn": ["a"]}, r"withdrawn= has a day for each application, or names a column; got "),
    ],
)  # fmt: skip
def test_an_option_that_is_none_is_told_with_what_it_takes(option, message) -> None:
    with pytest.raises(TypeError, match=f"^{message}"):
        asked("ranking", plain(), **option)


def test_a_table_that_nobody_knows_is_told_and_one_that_the_measure_does_not_read_is_passed_over() -> None:
    other = pa.table({"whatever": [1]})
    assert faults("ranking", plain(), tables={"membrs": other}) == [
        "<frame membrs>: membrs: no table is called 'membrs'; did you mean 'members'?"
    ]


# What may occur once, where the frame does not tell the table


@pytest.mark.parametrize(
    ("members", "known", "standings"),
    [
        ([code(1), code(2)], [None, None], ["funded", "funded"]), ([code(1), code(1)], [None, None], ["depends", "depends"]),
        ([code(1), None], [True, True], ["depends", "depends"]), ([code(1), code(2)], [True, False], ["depends", "depends"]),
        ([code(1), code(2)], [True, None], ["funded", "funded"]),
    ],
)  # fmt: skip
def test_what_is_not_told_of_a_table_may_be_anybody(members, known, standings) -> None:
    told = some(2)
    for row, member in zip(told, members, strict=True):
        row["members"] = [member]
    table, records = frames(told)
    table = with_column(table, "members_known", known, pa.bool_())
    assert [row["standing"] for row in asked("counter", table, records).to_pylist()] == standings
    if known == [None, None]:
        without = table.drop_columns(["members_known"])
        assert asked("counter", without, records).equals(asked("counter", table, records))


def test_a_table_that_is_full_hides_nobody_though_it_is_said_not_to_be_whole() -> None:
    told = some(2)
    told[1] |= {"members": [code(50 + n) for n in range(4)], "members_known": False}
    table, records = frames(told)
    assert [row["standing"] for row in asked("counter", table, records).to_pylist()] == ["funded", "funded"]
    told[1]["members"].pop()
    table, records = frames(told)
    assert [row["standing"] for row in asked("counter", table, records).to_pylist()] == ["depends", "depends"]


def test_a_field_that_the_frame_does_not_tell_may_be_anybodys() -> None:
    table, records = frames(some(2))
    for changed in (records.drop_columns(["code"]), with_column(records, "code", [None, None])):
        assert [row["standing"] for row in asked("counter", table, changed).to_pylist()] == ["depends", "depends"]
