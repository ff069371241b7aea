# SPDX-License-Identifier: Apache-2.0
"""Which law decides each row of a frame, and the rows that have no answer."""

from __future__ import annotations

import datetime as dt

import pytest

from misure import BadFacts, NotEncoded, batch
from tests.batch.proposals import FILIERE, applicants
from tests.batch.scalar import assert_same, read
from tests.deciding.test_law_of_the_day import AID, ANCHORED, CASES, CHOICE, DATED, FACTS, TWO_EDITIONS, ZONES

ON = dt.date(2024, 6, 1)
EMPLOYEES = [9, 10, 11, 19, 20, 21, None]


def people(days, **facts):
    """One applicant for each day (None: not told) and each number of employees."""
    (event,) = facts
    found = [{event: day, "employees": employees} for day in days for employees in EMPLOYEES]
    return [{name: said for name, said in person.items() if said is not None} for person in found]


def test_each_row_is_decided_by_the_law_of_its_filing(engine, write):
    measure = write(DATED, editions=TWO_EDITIONS, vocabulary=FACTS)
    days = ["2022-01-30", "2022-01-31", "2024-01-30", "2024-01-31", "2024-06-01", "not_yet", None]
    outcomes = assert_same(engine, measure, read(measure, people(days, filed_on=True), ON), ON)
    assert outcomes[:7] == ["not_encoded"] * 7
    assert outcomes[7:14] == ["eligible", "eligible", "refused", "refused", "refused", "refused", "undecided"]
    assert outcomes[28:35] == outcomes[35:42] == ["eligible"] * 5 + ["refused", "undecided"]
    # Under either edition, where the day is not told: who would be refused under one of them alone is open.
    assert outcomes[42:] == ["eligible"] * 2 + ["undecided"] * 3 + ["refused", "undecided"]


@pytest.mark.parametrize("day", ["2022-01-31", "2024-01-31", "2022-01-30"])
def test_a_frame_of_one_edition(engine, write, day):
    measure = write(DATED, editions=TWO_EDITIONS, vocabulary=FACTS)
    assert_same(engine, measure, read(measure, people([day], filed_on=True), ON), ON)


def test_the_law_of_the_question_is_one_for_all(engine, write):
    measure = write(DATED, law_of="question", editions=TWO_EDITIONS, vocabulary=FACTS)
    told = people(["2022-01-01", "2022-06-01", None], filed_on=True)
    for day in ("2022-06-01", "2024-06-01"):
        on = dt.date.fromisoformat(day)
        assert_same(engine, measure, read(measure, [{**person, "filed_on": "2022-01-01"} for person in told], on), on)


def test_the_law_of_the_grant(engine, write):
    measure = write(DATED, law_of="grant", editions=TWO_EDITIONS, vocabulary=FACTS)
    days = ["2022-01-30", "2023-01-01", "2024-03-01", "not_yet", None]
    assert_same(engine, measure, read(measure, people(days, granted_on=True), ON), ON)


@pytest.mark.parametrize("on", [dt.date(2023, 6, 1), dt.date(2024, 1, 31), dt.date(2024, 6, 1)])
def test_a_value_dated_on_the_grant(engine, write, on):
    measure = write(ANCHORED, vocabulary=FACTS)
    days = ["2022-03-01", "2024-01-30", "2024-01-31", "not_yet", None]
    days = [day for day in days if day in (None, "not_yet") or day <= on.isoformat()]
    assert_same(engine, measure, read(measure, people(days, granted_on=True), on), on)


def test_the_question_before_the_first_edition_is_not_encoded(engine):
    with pytest.raises(NotEncoded) as caught:
        batch.decide(FILIERE, engine.frame(applicants(1)), on=dt.date(2022, 1, 30))
    assert (caught.value.asked, caught.value.first) == (dt.date(2022, 1, 30), dt.date(2022, 1, 31))


@pytest.mark.parametrize("on", [3, dt.datetime(2022, 6, 1, tzinfo=dt.UTC), None])
def test_the_day_of_the_question_is_a_plain_date(engine, on):
    with pytest.raises(TypeError, match=r"on= is a day, a date without a time of day; got"):
        batch.decide(FILIERE, engine.frame(applicants(1)), on=on)


# Rows without an answer


def test_a_conflict_is_an_outcome_of_its_row(engine, write):
    measure = write(CASES.replace("OTHER", "60%"), vocabulary=AID)
    truths = [None, False, True]
    told = [
        {"cost": "100.00", "aid": aid, "young": young, "female": female}
        for aid in ("30.00", "55.00", "60.01") for young in truths for female in truths
    ]  # fmt: skip
    told = [{name: said for name, said in person.items() if said is not None} for person in told]
    on = dt.date(2022, 6, 1)
    outcomes = assert_same(engine, measure, read(measure, told, on), on)
    assert outcomes.count("conflict") == 3


def test_definitions_that_are_choices(engine, write):
    measure = write(CHOICE, vocabulary=ZONES)
    zones = [None, "rural", "mountain", "urban"]
    told = [
        {"young": young, "home_zone": home, "declared_zone": declared}
        for young in (None, True, False) for home in zones for declared in zones
    ]  # fmt: skip
    told = [{name: said for name, said in person.items() if said is not None} for person in told]
    on = dt.date(2022, 6, 1)
    assert_same(engine, measure, read(measure, told, on), on)


ROLLED = """
provisions:
  - cite: {act: uno, at: "art. 1"}
    terms:
      spent_in_time:
        provision: P.1
        text: "Entro un mese dall'inizio"
        by: "begun + months(one)"
        done: first_spend_on
        regime: it_civil
        stage: admission
        effect: refuses
parameters:
  one: 1 months
"""
BEGUN = """
facts:
  begun: {date: yes, label: "inizio", question: "Quando?"}
"""


def test_a_day_beyond_the_table_of_holidays_is_not_encoded(engine, write):
    measure = write(ROLLED, vocabulary=BEGUN)
    on = dt.date(2022, 6, 10)
    begun = ["1985-01-01", "1989-11-30", "1989-12-01", "2022-04-02", "2022-05-02"]
    spent = ["1985-02-01", "1990-01-02", "2022-05-02", "2022-05-03", "2022-06-03"]
    told = [{"begun": start, "first_spend_on": day, "filed_on": "not_yet"} for start in begun for day in spent]
    # Where a day may be unknown its range is what counts, and beyond the table the range only widens.
    outcomes = assert_same(engine, measure, read(measure, told, on), on, complete=["begun", "first_spend_on"])
    # 1 January 1990, a holiday and the first day of the table, rolls to the 2nd; 2 June 2022 was a holiday.
    assert [outcomes[at : at + 5] for at in range(0, 25, 5)] == [
        ["not_encoded"] * 5,
        ["not_encoded"] * 5,
        ["eligible"] * 2 + ["refused"] * 3,
        ["eligible"] * 3 + ["refused"] * 2,
        ["eligible"] * 5,
    ]


def test_an_unknown_day_is_open_whatever_the_table_of_holidays(engine, write):
    measure = write(ROLLED, vocabulary=BEGUN)
    on = dt.date(2022, 6, 10)
    told = [
        {"begun": "2022-05-02"},
        {"begun": "2022-05-02", "first_spend_on": "not_yet"},
        {"first_spend_on": "2022-06-03"},
    ]
    assert assert_same(engine, measure, read(measure, told, on), on) == ["undecided", "refused", "undecided"]


@pytest.mark.parametrize("missing", [float("nan"), None])
def test_no_number_is_no_key_whatever_the_library(engine, write, missing):
    measure = write(DATED, editions=TWO_EDITIONS, vocabulary=FACTS)
    frame = engine.frame({"id": [missing, 2.0], "employees": [9, 10]})
    with pytest.raises(BadFacts, match="id: a row has no key"):
        batch.decide(measure, frame, on=ON, key="id")
