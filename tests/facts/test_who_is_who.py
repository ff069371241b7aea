# SPDX-License-Identifier: Apache-2.0
"""Who is who among the records that are told: one identity is one row, and what refers to a table names a row of it."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.facts.reader import read_carefully
from misure.facts.source import facts_of
from misure.facts.validation import FactsForm
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind, Table, Vocabulary
from misure.ground.errors import BadFacts
from misure.identifiers.forms import made_up

ON = dt.date(2022, 6, 1)
ONE, TWO = made_up("codice_fiscale", 1), made_up("codice_fiscale", 2)


def named(*facts: Fact) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts}


FACTS = named(
    Fact("lead", Kind.TEXT, greatest=8, refers_to="partners"),
    Fact("elsewhere", Kind.TEXT, greatest=8, refers_to="not_asked"),
    Fact("filed_on", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY),
)
PARTNERS = Table(
    "partners", "id", "id", 6,
    named(Fact("id", Kind.TEXT, greatest=8), Fact("code", Kind.TEXT, greatest=16, identifier="codice_fiscale")),
    identity="code",
)  # fmt: skip
COSTS = Table(
    "costs", "id", "id", 6, named(Fact("id", Kind.TEXT, greatest=8), Fact("firm", Kind.TEXT, greatest=8, refers_to="partners"))
)  # fmt: skip
PROJECTS = Table(
    "projects", "id", "id", 6,
    named(Fact("id", Kind.TEXT, greatest=8), Fact("cup", Kind.TEXT, greatest=15, identifier="cup")), identity="cup",
)  # fmt: skip
TABLES = {table.name: table for table in (COSTS, PARTNERS, PROJECTS)}
INTAKE = FactsForm(FACTS, TABLES, Vocabulary({}, FACTS, TABLES), "filed_on")


def faults(facts: object) -> list[str]:
    told, places = facts_of(facts, "facts.json") if isinstance(facts, str) else (facts, None)
    with pytest.raises(BadFacts) as caught:
        INTAKE.read(told, ON, places)  # type: ignore[arg-type]
    return [str(fault) for fault in caught.value.faults]


def partners(*codes: str | None, complete: bool = True) -> object:
    rows = [{"id": f"p{n}", "code": code} for n, code in enumerate(codes)]
    return rows if complete else {"records": rows, "complete": False}


def test_a_firm_that_stands_twice_is_told_with_the_row_where_it_stood_first() -> None:
    assert faults({"partners": partners(ONE, TWO, None, None, ONE, ONE)}) == [
        f"<facts>: partners[4].code: '{ONE}' stands in partners[0] too: one firm is one row",
        f"<facts>: partners[5].code: '{ONE}' stands in partners[0] too: one firm is one row",
    ]
    cup = made_up("cup", 1)
    assert faults({"projects": [{"id": "a", "cup": cup}, {"id": "b", "cup": cup}]}) == [
        f"<facts>: projects[1].cup: '{cup}' stands in projects[0] too: one cup is one row"
    ]


def test_another_writing_of_an_identity_is_no_other_firm() -> None:
    """What is not refused as a writing is compared in its plain form."""
    assert faults({"partners": partners(ONE, f" {ONE} ")}) == [
        f"<facts>: partners[1].code: '{ONE}' stands in partners[0] too: one firm is one row"
    ]
    for other in (f"IT{ONE}", ONE[1:], f"{ONE[:3]} {ONE[3:]}"):
        (fault,) = faults({"partners": partners(ONE, other)})
        assert fault.startswith("<facts>: partners[1].code: ")


def test_it_does_not_matter_whether_there_are_more_rows() -> None:
    assert faults({"partners": partners(ONE, ONE, complete=False)}) == [
        f"<facts>: partners.records[1].code: '{ONE}' stands in partners.records[0] too: one firm is one row"
    ]


def test_who_is_not_told_may_stand_any_number_of_times() -> None:
    assert INTAKE.read({"partners": partners(None, ONE, None, TWO, None)}, ON).tables[1][1] == 0


def test_a_name_of_no_record_is_told_with_the_name_that_is_nearest() -> None:
    rows = [{"id": "acciai"}, {"id": "stampi"}]
    costs = [{"id": "a", "firm": "stampi"}, {"id": "b", "firm": "stampe"}]
    assert sorted(faults({"partners": rows, "lead": "acciaio", "costs": costs})) == [
        "<facts>: costs[1].firm: no record of partners is called 'stampe'; did you mean 'stampi'?",
        "<facts>: lead: no record of partners is called 'acciaio'; did you mean 'acciai'?",
    ]
    assert faults({"partners": [], "lead": "p0"}) == ["<facts>: lead: no record of partners is called 'p0'"]


def test_where_the_records_may_be_others_nothing_is_said() -> None:
    costs = [{"id": "a", "firm": "zz"}]
    assert INTAKE.read({"lead": "zz", "costs": costs, "elsewhere": "x"}, ON).values[0] == "zz"
    assert INTAKE.read({"lead": "zz", "costs": costs, "partners": partners(ONE, complete=False)}, ON).values[0] == "zz"


def test_a_fault_of_a_text_has_its_place() -> None:
    text = json.dumps({"lead": "zz", "partners": partners(ONE, ONE)}, indent=1)
    lines = text.splitlines()
    found = [fault.partition(": ")[0] for fault in faults(text)]
    assert [lines[int(place.split(":")[1]) - 1].strip() for place in found] == ['"lead": "zz",', f'"code": "{ONE}"']


few = st.sampled_from(["a", "b", "c"])
codes = st.sampled_from([ONE, TWO, None])
tables = st.lists(st.fixed_dictionaries({"id": few}, optional={"code": codes}), max_size=3)
costs = st.lists(st.fixed_dictionaries({"id": few}, optional={"firm": few}), max_size=3)
told = st.fixed_dictionaries(
    {},
    optional={
        "lead": few, "costs": costs,
        "partners": tables | st.fixed_dictionaries({"records": tables, "complete": st.booleans()}),
    },
)  # fmt: skip


def quickly(facts: dict[str, object]) -> tuple[object, object]:
    found = INTAKE.read(facts, ON)
    return found.values, found.tables


@given(told)
def test_the_quick_reading_and_the_careful_one_agree(facts: dict[str, object]) -> None:
    asked = INTAKE._asked
    answers = []
    for read in (
        lambda: read_carefully(asked, facts, ON.toordinal(), None, text_source=False)[:2],
        lambda: quickly(facts),
    ):
        try:
            answers.append(read())
        except BadFacts as problem:
            answers.append([str(fault) for fault in problem.faults])
    assert answers[0] == answers[1]
