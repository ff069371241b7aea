# SPDX-License-Identifier: Apache-2.0
"""Every fact has bounds: what stands on one is read, by either reading, and one step beyond it is a fault that says so."""

import datetime as dt
from decimal import Decimal

import pytest

from misure.facts.reader import read_carefully
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.ground.errors import BadFacts
from tests.facts.sample_measure import COMPLETE, INTAKE

ON = dt.date(2022, 6, 1)
INPUTS = [column.name for column in INTAKE.layout.inputs]
TODAY = ON.toordinal()


def quickly(facts):
    return INTAKE._quickly(facts, ON.toordinal())


def carefully(facts, *, text_source=False):
    return read_carefully(INTAKE._asked, facts, ON.toordinal(), None, text_source=text_source)


def faults(facts):
    with pytest.raises(BadFacts) as caught:
        INTAKE.read(facts, ON)
    return [str(fault).removeprefix("<facts>: ") for fault in caught.value.faults]


# The fact, a form of it, its internal value, and whether the quick reading knows the form by itself.
ON_THE_BOUND = [
    ("turnover", 0, 0), ("turnover", "0.00", 0), ("turnover", 10**11, 10**13), ("turnover", "100000000000.00", 10**13),
    ("result", -(10**11), -(10**13)), ("result", 10**11, 10**13),
    ("firms", 1, 1), ("firms", "1", 1), ("firms", 100_000, 100_000), ("firms", "100000", 100_000),
    ("aid_share", 0, 0), ("aid_share", 1, 10_000), ("aid_share", "0.0000", 0), ("aid_share", "1.0000", 10_000),
    ("score", 0, 0), ("score", 100, 10_000), ("score", "100.00", 10_000),
    ("opened_on", "1900-01-01", FIRST_DAY), ("opened_on", dt.date(1900, 1, 1), FIRST_DAY),
    ("opened_on", "2100-12-31", LAST_DAY), ("opened_on", dt.date(2100, 12, 31), LAST_DAY),
    ("report_filed", "1900-01-01", FIRST_DAY), ("report_filed", dt.date(1900, 1, 1), FIRST_DAY),
    ("report_filed", "2022-06-01", TODAY), ("report_filed", dt.date(2022, 6, 1), TODAY),
    ("filed_on", "2022-06-01", TODAY), ("capofila", "x", "x"), ("capofila", "x" * 8, "x" * 8),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "internal"), ON_THE_BOUND, ids=range(len(ON_THE_BOUND)))
def test_what_stands_on_a_bound_is_read_quickly_and_carefully(name, given, internal):
    outcome = quickly({name: given})
    assert outcome is not None
    assert outcome[0][INPUTS.index(name)] == internal
    assert outcome == carefully({name: given})


# The same in forms that only the careful reading of one value knows.
UNUSUAL = [
    ("turnover", Decimal("100000000000"), 10**13), ("turnover", "100000000000", 10**13), ("turnover", "0.1", 10),
    ("result", "-100000000000.00", -(10**13)), ("result", "-0.01", -1), ("aid_share", "100%", 10_000),
    ("aid_share", "0%", 0), ("score", {"value": 100}, 10_000), ("score", {"value": "0.00", "by": None}, 0),
    ("report_filed", "not_yet", 0), ("capofila", " " + "x" * 8, "x" * 8), ("capofila", "e\u0301" * 8, "é" * 8),
    ("turnover", "0000000000000000001.00", 100), ("firms", "0000000000000000001", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "internal"), UNUSUAL, ids=range(len(UNUSUAL)))
def test_an_unusual_form_is_read_alike_by_both(name, given, internal):
    outcome = quickly({name: given})
    assert outcome is not None
    assert outcome[0][INPUTS.index(name)] == internal
    assert outcome == carefully({name: given})


EUR = "that can be, 100000000000.00 EUR"
BEYOND = [
    ("turnover", -1, "turnover: -1 is below the least that can be, 0.00 EUR"),
    ("turnover", "-0.01", "turnover: '-0.01' is below the least that can be, 0.00 EUR"),
    ("turnover", 10**11 + 1, f"turnover: 100000000001 is above the greatest {EUR}"),
    ("turnover", "100000000000.01", f"turnover: '100000000000.01' is above the greatest {EUR}"),
    ("result", -(10**11) - 1, "result: -100000000001 is below the least that can be, -100000000000.00 EUR"),
    ("result", "-100000000000.01", "result: '-100000000000.01' is below the least that can be, -100000000000.00 EUR"),
    ("result", 10**11 + 1, f"result: 100000000001 is above the greatest {EUR}"),
    ("firms", 0, "firms: 0 is below the least that can be, 1 firms"),
    ("firms", "0", "firms: '0' is below the least that can be, 1 firms"),
    ("firms", 100_001, "firms: 100001 is above the greatest that can be, 100000 firms"),
    ("firms", "100001", "firms: '100001' is above the greatest that can be, 100000 firms"),
    ("aid_share", 2, "aid_share: 2 is above the greatest that can be, 1.0000 share"),
    ("aid_share", "1.0001", "aid_share: '1.0001' is above the greatest that can be, 1.0000 share"),
    ("aid_share", "100.01%", "aid_share: '100.01%' is above the greatest that can be, 1.0000 share"),
    ("score", "100.01", "score: '100.01' is above the greatest that can be, 100.00 points"),
    ("opened_on", "1899-12-31", "opened_on: 1899-12-31 is before 1900-01-01, the first day that can be"),
    ("opened_on", dt.date(1899, 12, 31), "opened_on: 1899-12-31 is before 1900-01-01, the first day that can be"),
    ("opened_on", "2101-01-01", "opened_on: 2101-01-01 is after 2100-12-31, the last day that can be"),
    ("opened_on", dt.date(2101, 1, 1), "opened_on: 2101-01-01 is after 2100-12-31, the last day that can be"),
    ("report_filed", "1899-12-31", "report_filed: 1899-12-31 is before 1900-01-01, the first day that can be"),
    ("report_filed", "2022-06-02", "report_filed: 2022-06-02 has not happened yet on 2022-06-01: write not_yet"),
    ("report_filed", dt.date(2022, 6, 2), "report_filed: 2022-06-02 has not happened yet on 2022-06-01: write not_yet"),
    ("filed_on", "2022-06-02", "filed_on: 2022-06-02 has not happened yet on 2022-06-01: write not_yet"),
    ("capofila", "", "capofila: the text is empty: leave the fact out when it is not known"),
    ("capofila", "x" * 9, "capofila: the text has 9 characters; at most 8 are allowed"),
    ("capofila", " " * 97, "capofila: the text has 97 characters; at most 8 are allowed"),
    ("capofila", " " * 96, "capofila: the text is empty: leave the fact out when it is not known"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "fault"), BEYOND, ids=range(len(BEYOND)))
def test_one_step_beyond_a_bound_is_told(name, given, fault):
    assert quickly({name: given}) is None
    assert faults({name: given}) == [fault]


def rows(count, **more):
    return [{"id": f"p{number}"} | more for number in range(count)]


@pytest.mark.parametrize(("table", "most"), [("partners", 5), ("years", 3)])
def test_a_table_with_as_many_records_as_it_may_have(table, most):
    outcome = quickly({table: rows(most)})
    assert outcome is not None
    assert outcome == carefully({table: rows(most)})
    records, unseen = outcome[1][("partners", "years").index(table)]
    assert (len(records), unseen) == (most, 0)
    assert quickly({table: rows(most + 1)}) is None
    assert faults({table: rows(most + 1)}) == [f"{table}: {most + 1} records; at most {most} are allowed"]


@pytest.mark.parametrize(("records", "fault"), [
    ([{"id": "a"}, {"id": "b"}, {"id": "a"}], "partners[2].id: 'a' stands twice: partners[0] has it too"),
    ([{"id": "a"}, {"id": " a"}], "partners[1].id: 'a' stands twice: partners[0] has it too"),
    ([{"id": "b"}, {}], "partners[1]: every record needs its id, which tells it from the others"),
    ([{"id": "b"}, {"id": None}], "partners[1]: every record needs its id, which tells it from the others"),
    ([{"id": "b", "signd": True}], "partners[0].signd: no field is called 'signd'; did you mean 'signed'?"),
    ([{"id": "b"}, "c"], "partners[1]: expected a record with the fields name, id, signed, quota, reliable; got 'c'"),
    ([{"id": "b", "quota": "10000000.01"}], "partners[0].quota: '10000000.01' is above the greatest that can be, 10000000.00 EUR"),
    ([{"id": "b", "name": "x" * 21}], "partners[0].name: the text has 21 characters; at most 20 are allowed"),
    ([{"id": "x" * 9}], "partners[0].id: the text has 9 characters; at most 8 are allowed"),
    ([{1: 2, "id": "a"}], "partners[0]: the name of a field is a text; got 1"),
    ({"records": [{"id": "a"}, {"id": "a"}]}, "partners.records[1].id: 'a' stands twice: partners.records[0] has it too"),
    ({"records": "a"}, "partners.records: expected a list of records; got 'a'"),
    ({"records": [7]}, "partners.records[0]: expected a record with the fields name, id, signed, quota, reliable; got 7"),
])  # fmt: skip
def test_records_that_cannot_be(records, fault):
    assert quickly({"partners": records}) is None
    assert faults({"partners": records}) == [fault]


def test_a_key_that_stands_thrice_is_told_twice_each_time_of_the_first():
    assert faults({"years": [{"id": "a"}, {"id": "a"}, {"id": "a"}]}) == [
        "years[1].id: 'a' stands twice: years[0] has it too",
        "years[2].id: 'a' stands twice: years[0] has it too",
    ]


@pytest.mark.parametrize("complete", [True, False])
def test_a_table_is_open_only_where_it_is_said_not_to_be_whole(complete):
    records = {"records": rows(2), "complete": complete}
    assert carefully({"partners": records})[1][0][1] == (3 if complete is False else 0)
    neither = "it says neither true, that these are all its records, nor false, that there may be more"
    assert faults({"partners": records | {"complete": None}}) == [f"partners.complete: {neither}"]


@pytest.mark.parametrize(("facts", "whole"), [
    (COMPLETE, True),
    (COMPLETE | {"partners": [{"id": "a", "name": "A", "signed": True, "quota": 1, "reliable": True}]}, True),
    (COMPLETE | {"partners": [{"id": "a", "name": None, "signed": True, "quota": 1, "reliable": True}]}, False),
    (COMPLETE | {"years": None}, False), (COMPLETE | {"size": None}, False), ({}, False),
    ({name: told for name, told in COMPLETE.items() if name != "filed_on"}, False),
    ({name: told for name, told in COMPLETE.items() if name != "capofila"}, False),
    (COMPLETE | {"filed_on": "not_yet"}, True), (COMPLETE | {"report_filed": None}, False),
    (COMPLETE | {"score": {"value": "70", "by": "Nucleo"}}, True), (COMPLETE | {"score": {"value": None, "by": "Nucleo"}}, False),
    (COMPLETE | {"partners": [{"id": "a", "name": "A", "signed": True, "quota": 1, "reliable": {"value": None, "by": "N."}}]}, False),
])  # fmt: skip
def test_both_readings_know_whether_all_was_told(facts, whole):
    for outcome in (quickly(facts), carefully(facts)):
        assert outcome is not None
        assert outcome[4] is whole


@pytest.mark.parametrize("facts", [
    {"turnover": 1.5}, {"unknown": 1}, {"partners": ()}, {"partners": {"records": []}}, {"partners": "x"},
    {"opened_on": "2022-02-30"}, {"opened_on": "20220228"}, {"partners": [("id", "a")]}, {"score": {"valu": 1}},
])  # fmt: skip
def test_what_may_be_wrong_is_left_to_the_careful_reading(facts):
    assert quickly(facts) is None


@pytest.mark.parametrize(("name", "given"), [
    ("agreement_signed", True), ("agreement_signed", False), ("size", "micro"), ("primary_ateco", "62.01.00"),
    ("second_ateco", "96.99"), ("tax_code", "01234560157"), ("project_code", "E44E20000140007"), ("capofila", "è già"),
])  # fmt: skip
def test_the_usual_forms_stay_as_they_are(name, given):
    outcome = quickly({name: given})
    assert outcome is not None
    assert outcome[0][INPUTS.index(name)] is given or outcome[0][INPUTS.index(name)] == given
    assert outcome == carefully({name: given})
