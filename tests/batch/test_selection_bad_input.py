# SPDX-License-Identifier: Apache-2.0
"""What is wrong with the applications of a frame: told of each, all at once, as of objects."""

import datetime as dt

import pyarrow as pa
import pytest

import misure
from misure import batch
from tests.batch.chosen import ON, applications, code, frames, measure_of, row_of, selected
from tests.batch.engines import Engine
from tests.batch.test_selection import some
from tests.batch.test_who_leads import CODES, LAW
from tests.batch.test_who_leads import ON as FILED
from tests.batch.test_who_leads import frames as who_leads


def faults(engine, measure, told, **options):
    with pytest.raises(misure.BadFacts) as caught:
        selected(engine, measure, told, **options)
    return [str(fault) for fault in caught.value.faults]


WRONG = {
    "D-0": {"filed_at": None},
    "D-1": {"filed_at": "2024-03-31T02:30:00"},
    "D-2": {"filed_at": "2023-10-29T02:30:00"},
    "D-3": {"filed_on": dt.date(2024, 2, 2)},
    "D-4": {"active": False, "admitted": True, "filed_at": "2023-10-02T10:00:00"},
    "D-5": {"filed_at": "2024-07-01T10:00:00"},
    "D-6": {"costs": -1},
    "D-7": {"place": "to"},
}
TOLD = [
    "D-0.filed_at: the order looks at the instant of filing, and none is told",
    "D-1.filed_at: 2024-03-31T02:30:00 does not exist in Europe/Rome: the clock goes from 02:00 to 03:00 that night",
    "D-2.filed_at: 2023-10-29T02:30:00 exists twice in Europe/Rome: the first is 2023-10-29T02:30:00+02:00, the second 2023-10-29T02:30:00+01:00",
    "D-3.filed_on: filed_on is 2024-02-02, and the instant of filing lies on 2024-02-01",
    "D-4.admitted: said to be admitted, and the rules refuse it: is_active",
    "D-5.filed_at: filed on 2024-07-01, after 2024-06-01, the day of the question",
    "D-6.costs: -1 is below the least that can be, 0.00 EUR",
    "D-7.place: ",
]


@pytest.mark.parametrize("as_text", [False, True])
def test_every_fault_of_every_row_at_once(engine, as_text):
    told = [row | WRONG.get(row["id"], {}) for row in some(10)]
    found = faults(engine, measure_of("counter"), told, as_text=as_text)
    assert len(found) == len(TOLD)
    for line, start in zip(found, TOLD, strict=True):
        assert line.startswith(f"<frame>: {start}")
    with pytest.raises(misure.BadFacts) as caught:
        measure_of("counter").select(applications(told), on=ON)
    ours = {line.removeprefix("<frame>: ") for line in found}
    objects = {str(fault).removeprefix("<applications>: ") for fault in caught.value.faults}
    assert ours == objects


def test_the_same_clock_with_a_time_zone_has_no_gap(engine):
    told = [row | {"filed_at": "2024-03-31T01:30:00"} for row in some(2)]
    told[1]["filed_at"] = "2024-03-31T03:30:00"
    found = selected(engine, measure_of("counter"), told, zone="UTC")
    assert [row["place_from"] for row in found] == [1, 2]


def test_a_window_that_the_day_of_filing_contradicts(engine):
    told = some(3, window="prima")
    told[1]["filed_at"] = "2024-03-01T09:00:01"
    told[2] |= {"filed_at": "2024-02-29T23:59:59"}
    expected = "<frame>: D-1.window: said to be filed in the window 'prima', and 2024-03-01 lies outside it"
    assert faults(engine, measure_of("ranking"), told) == [expected]


def test_faults_are_told_of_a_frame_in_which_the_instant_tells_the_day(engine):
    told = some(3)
    told[0]["filed_at"] = "2024-07-01T10:00:00"
    told[1]["points_given"] = 101
    found = faults(engine, measure_of("ranking"), told, drop=("filed_on",))
    assert found == [
        "<frame>: D-0.filed_at: filed on 2024-07-01, after 2024-06-01, the day of the question",
        "<frame>: D-1.points_given: 101 is above the greatest that can be, 100.00 points",
    ]


def test_ids_that_tell_nobody_apart_are_no_ids(engine):
    told = some(3)
    told[0]["id"], told[1]["id"] = " ", "D-1\n"
    assert faults(engine, measure_of("ranking"), told) == [
        "<frame>: ' ': an id is a printable text of 1 to 100 characters",
        "<frame>: 'D-1\\n': an id is a printable text of 1 to 100 characters",
    ]


@pytest.mark.parametrize(
    "options", [{"key": None}, {"parent": 3}, {"tables": "x"}, {"withdrawn": ["a"]}, {"withdrawn": 5}]
)
def test_what_is_no_option(options):
    table = pa.table({"id": ["D-1"], "filed_at": ["2024-02-01T09:00:00"]})
    with pytest.raises(TypeError, match=f"{next(iter(options))}="):
        batch.select(measure_of("counter"), table, **({"on": ON} | options))


def test_a_window_that_nobody_knows(engine):
    told = some(2)
    told[1]["window"] = "terza"
    assert faults(engine, measure_of("ranking"), told) == ["<frame>: D-1.window: no window is called 'terza'"]
    told[1]["window"] = "secnda"
    assert "did you mean 'seconda'?" in faults(engine, measure_of("ranking"), told)[0]
    assert faults(engine, measure_of("counter"), told) == ["<frame>: D-1.window: the call has no windows"]


def test_an_envelope_too_small(engine):
    measure = measure_of("clashing").vary(budget="10.00 EUR").vary()
    assert measure.select(applications(some(2, young=True)), on=ON)  # nothing says what becomes of the last award
    small = measure_of("counter")
    assert selected(engine, small, some(2))[0]["funded"] is True
    stops = measure_of("stops")
    (line,) = faults(engine, stops.vary(budget="10.00 EUR"), some(2))
    assert "dote: the envelope holds 10.00 EUR, less than the smallest award that is asked, 6000.00 EUR" in line
    untold = some(2)
    untold[1]["costs"] = None
    assert len(selected(engine, stops.vary(budget="10.00 EUR"), untold)) == 2


def test_keys_that_stand_twice_or_nowhere(engine):
    told = some(3)
    told[1]["id"], told[2]["id"] = "D-0", None
    assert faults(engine, measure_of("ranking"), told) == [
        "<frame>: id: a row has no key", "<frame>: id: these keys stand more than once: 'D-0'",
    ]  # fmt: skip


def test_columns_that_cannot_be_are_told_together(engine):
    table, _ = frames(some(2))
    table = table.drop_columns(["members_known", "filed_at", "admitted", "window"])
    table = table.append_column("filed_at", pa.array([ON, ON], pa.date32())).append_column("admitted", pa.array([1, 0]))
    table = table.append_column("window", pa.array([1, 0])).append_column("costi", pa.array([1, 0]))
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(measure_of("ranking"), engine.frame(table), on=ON, withdrawn="gone", key="ident")
    told = str(caught.value)
    for line in (
        "<frame>: filed_at: expected a column of instants", "<frame>: admitted: expected a column of truths; got Int64",
        "<frame>: window: expected a column of texts; got Int64", "<frame>: costi: no fact is called 'costi'; did you mean 'costs'",
        "<frame>: gone: there is no column with the days of withdrawal", "<frame>: ident: there is no column with the keys",
    ):  # fmt: skip
        assert line in told


def test_no_column_of_instants_where_the_order_needs_them(engine):
    assert faults(engine, measure_of("counter"), some(2), drop=["filed_at"]) == [
        "<frame>: filed_at: the order looks at the instant of filing, and no column tells it"
    ]


def test_the_answer_needs_the_names_of_its_columns(engine):
    table, _ = frames(some(2))
    table = table.drop_columns(["members_known"]).rename_columns({"id": "standing"})
    with pytest.raises(misure.BadFacts, match="the answer has a column of that name"):
        batch.select(measure_of("ranking"), engine.frame(table), on=ON, key="standing")


def test_what_a_frame_takes_in_its_plain_form_alone_is_told(engine):
    told = [("p0", CODES[:2], True), ("p1", CODES[2:], True)]
    people, partners = who_leads(told)
    people = people.set_column(people.column_names.index("capofila"), "capofila", pa.array(["p0", " p1"]))
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(LAW, engine.frame(people), on=FILED, tables={"partners": engine.frame(partners)})
    (fault,) = caught.value.faults
    assert str(fault).startswith("<frame>: D-1.capofila: not a value as a frame has to tell it")
    told = some(2)
    told[1]["firm"] = None
    (line,) = faults(engine, measure_of("ranking"), told, complete=["firm"])
    assert line.startswith("<frame>: D-1.firm: not a value")


def test_a_key_that_is_a_code_too_is_told_in_its_plain_form_alone(engine):
    """It ties the records to the applicants, and the answer to the caller's rows, as the caller has it."""
    table, records = frames(some(2))
    written = [code(0), f"it {code(1)}"]
    table = table.drop_columns(["id"]).set_column(table.column_names.index("firm") - 1, "firm", pa.array(written))
    tables = {"members": engine.frame(records.set_column(0, "applicant", pa.array(written)))}
    asked = table.drop_columns(["filed_at", "admitted", "window"])
    found = engine.rows(batch.decide(measure_of("ranking"), engine.frame(asked), on=ON, key="firm", tables=tables))
    assert {row["firm"]: row["outcome"] for row in found} == {written[0]: "eligible", written[1]: "bad_facts"}
    with pytest.raises(misure.BadFacts) as caught:
        batch.select(measure_of("ranking"), engine.frame(table), on=ON, key="firm", tables=tables)
    (fault,) = caught.value.faults
    assert str(fault).startswith(f"<frame>: {written[1]}.firm: not a value as a frame has to tell it")


def test_of_many_faults_the_first_are_told_and_the_others_counted(engine):
    told = [row | {"id": f"D-{n}", "costs": -1} for n, row in enumerate(some(1) * 60)]
    found = faults(engine, measure_of("ranking"), told)
    assert len(found) == 51
    assert "<frame>: 10 more applications are at fault" in found


@pytest.mark.parametrize("name", ["counter", "ranking", "list"])
@pytest.mark.parametrize("admitted", [None, True, False])
def test_of_a_day_before_every_law_anything_may_come_out_and_the_others_are_decided(engine, name, admitted):
    told = some(3)
    told[0] |= {"filed_at": "2022-01-01T10:00:00", "admitted": admitted}
    measure = measure_of(name)
    objects = measure.select(applications(told), on=ON)
    assert selected(engine, measure, told) == [{"id": row["id"]} | row_of(objects, row["id"]) for row in told]
    out = admitted is False or name == "ranking"  # whose windows all opened later
    assert str(objects["D-0"].admitted) == ("no" if out else "unknown" if admitted is None else "yes")
    assert ("not_encoded" in [str(reason.why) for reason in objects["D-0"].reasons]) is not out
    with pytest.raises(misure.NotEncoded, match="the law of 2022-01-01 is not encoded"):
        _ = objects["D-0"].decision
    if out:
        alone = measure.select(applications(told[1:]), on=ON)
        assert [one.to_dict() for one in alone] == [objects[one.id].to_dict() for one in alone]


def test_withdrawals_that_cannot_be():
    engine = Engine("polars")
    measure, told = measure_of("ranking"), some(2)
    with pytest.raises(misure.NoSuchApplication, match="'D-9'"):
        selected(engine, measure, told, withdrawn={"D-9": ON})
    with pytest.raises(misure.BadFacts, match=r"D-1: withdrawn on 2024-06-02, after 2024-06-01"):
        selected(engine, measure, told, withdrawn={"D-1": dt.date(2024, 6, 2)})
    with pytest.raises(TypeError, match=r"withdrawn= has a day for each application"):
        selected(engine, measure, told, withdrawn={"D-1": 3})
    with pytest.raises(misure.BadFacts, match="<frame>: D-1: withdrawn on 2024-01-31, and filed on 2024-02-01"):
        selected(engine, measure, told, withdrawn={"D-1": dt.date(2024, 1, 31)})
    with pytest.raises(misure.BadFacts, match="no window is called"):
        selected(engine, measure, told, approved_on={"terza": ON})
    with pytest.raises(misure.BadRules, match="chooses among nobody"):
        selected(engine, misure.catalogue()["lombardia/piano-export-2025"], told, on=dt.date(2025, 12, 1))
    with pytest.raises(TypeError, match=r"on= is a day, a date without a time of day; got a whole number"):
        selected(engine, measure, told, on=3)
