# SPDX-License-Identifier: Apache-2.0
"""Two tables that speak of one somebody: what one tells is told of both, and two that differ are a fault at each reading."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.facts.dossier import Records
from misure.facts.identities import links
from misure.facts.printed_reader import print_reading
from misure.facts.reader import read_carefully
from misure.facts.source import facts_of
from misure.facts.validation import FactsForm
from misure.facts.vocabulary import Fact, Kind, Table, Vocabulary
from misure.ground.errors import BadFacts
from misure.identifiers.forms import made_up

ON = dt.date(2022, 6, 1)
A, B, C = (made_up("codice_fiscale", number) for number in (1, 2, 3))
KINDS = {"firm": "impresa", "body": "altro"}


def named(*facts: Fact) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts}


def code(name: str = "code") -> Fact:
    return Fact(name, Kind.TEXT, greatest=16, identifier="codice_fiscale")


def key(name: str, refers_to: str = "") -> Fact:
    return Fact(name, Kind.TEXT, greatest=8, refers_to=refers_to)


def told_alike(label: str = "sede") -> tuple[Fact, Fact]:
    return Fact("kind", Kind.CHOICE, choices=KINDS, label="tipo"), Fact("seat", Kind.TRUTH, label=label)


PARTNERS = Table("partners", "id", "id", 6, named(key("id"), code(), *told_alike()), identity="code")
COSTS = Table(
    "costs", "firm", "firm", 6, named(key("firm", "partners"), code("whose"), *told_alike()), identity="whose"
)
VISITS = Table("visits", "costs_of", "costs_of", 6, named(key("costs_of", "costs"), code()), identity="code")
# Whom a partner controls is somebody else: a reference that is no key says nothing of who a record is.
OWNED = Table("owned", "id", "id", 6, named(key("id"), key("by", "partners"), code(), *told_alike()), identity="code")
TABLES = {table.name: table for table in (COSTS, OWNED, PARTNERS, VISITS)}
INTAKE = FactsForm({}, TABLES, Vocabulary({}, {}, TABLES), "on")
TWO = {table.name: table for table in (COSTS, PARTNERS)}
PLAIN = FactsForm({}, TWO, Vocabulary({}, {}, TWO), "on")


def faults(facts: object) -> list[str]:
    told, places = facts_of(facts, "facts.json") if isinstance(facts, str) else (facts, None)
    with pytest.raises(BadFacts) as caught:
        INTAKE.read(told, ON, places)  # type: ignore[arg-type]
    return [str(fault) for fault in caught.value.faults]


def read(facts: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    said = INTAKE.read(facts, ON).said()
    return {name: rows["records"] if isinstance(rows, dict) else rows for name, rows in said.items()}  # type: ignore[misc]


def of(*codes: str | None, name: str = "id", field: str = "code") -> list[dict[str, object]]:
    return [{name: f"p{n}", **({field: one} if one else {})} for n, one in enumerate(codes)]


def costs(*codes: str | None) -> list[dict[str, object]]:
    return of(*codes, name="firm", field="whose")


def test_another_code_than_its_partner_is_told_with_the_partner_and_the_right_one() -> None:
    assert faults({"partners": of(A, B), "costs": costs(A, C)}) == [
        f"<facts>: costs[1].whose: '{C}' is not the code of partners[1], whose record this is; did you mean '{B}'?"
    ]
    # Two that are swapped are two faults, and the tables may be open.
    open_ = {"partners": {"records": of(A, B), "complete": False}, "costs": {"records": costs(B, A), "complete": False}}
    assert [fault.split(":")[1].strip() for fault in faults(open_)] == [
        "costs.records[0].whose",
        "costs.records[1].whose",
    ]


def test_it_has_its_place_in_a_text() -> None:
    text = json.dumps({"costs": costs(C), "partners": of(A)}, indent=1)
    (fault,) = faults(text)
    assert text.splitlines()[int(fault.split(":")[1]) - 1].strip() == f'"whose": "{C}"'


def test_a_writing_of_the_same_code_is_no_other() -> None:
    assert read({"partners": of(f"IT{A}"), "costs": costs(f" {A} ")})["costs"][0]["whose"] == A


@pytest.mark.parametrize(("partners", "rows"), [((A, None), (None, B)), ((None, None), (A, B)), ((A, B), (None, None))])
def test_what_one_tells_is_told_of_both(partners: tuple[str | None, ...], rows: tuple[str | None, ...]) -> None:
    found = read({"partners": of(*partners), "costs": costs(*rows)})
    assert [row["code"] for row in found["partners"]] == [row["whose"] for row in found["costs"]] == [A, B]


def test_who_is_told_of_neither_stays_untold() -> None:
    assert read({"partners": of(None, A), "costs": costs(None)})["costs"] == [{"firm": "p0"}]


@pytest.mark.parametrize(
    ("partners", "rows", "place", "other"),
    [
        ((A, None), (None, A), "costs[1].whose", "partners[0]"),
        ((None, A), (A, None), "costs[0].whose", "partners[1]"),
        ((None, None), (A, A), "costs[1].whose", "costs[0]"),
    ],
)
def test_two_partners_that_share_a_code_are_one_firm_wherever_it_is_told(
    partners: tuple[str | None, ...], rows: tuple[str | None, ...], place: str, other: str
) -> None:
    assert faults({"partners": of(*partners), "costs": costs(*rows)}) == [
        f"<facts>: {place}: '{A}' stands in {other} too: one firm is one row"
    ]


def test_costs_under_another_name_than_the_partner_of_that_code_are_of_one_firm_with_two_names() -> None:
    open_ = {"partners": {"records": of(A, B), "complete": False}, "costs": [{"firm": "zz", "whose": A}]}
    assert faults(open_) == [f"<facts>: costs[0].whose: '{A}' stands in partners.records[0] too: one firm is one row"]
    # Of all partners the name is none: that is told, and is enough.
    assert faults(open_ | {"partners": of(A, B)}) == ["<facts>: costs[0].firm: no record of partners is called 'zz'"]
    # Somebody whom nobody told of yet is nobody else.
    assert read(open_ | {"costs": [{"firm": "zz", "whose": C}]})["costs"] == [{"firm": "zz", "whose": C}]
    assert read(open_ | {"costs": [{"firm": "zz"}]})["costs"] == [{"firm": "zz"}]


def test_a_choice_and_a_truth_that_are_declared_alike_are_one_thing_too() -> None:
    body, firm = {"id": "p0", "kind": "body", "seat": False}, {"firm": "p0"}
    assert read({"partners": [body], "costs": [firm]})["costs"] == [{"firm": "p0", "kind": "body", "seat": False}]
    assert faults({"partners": [body], "costs": [{**firm, "kind": "firm", "seat": True}]}) == [
        "<facts>: costs[0].kind: 'firm' is not the kind of partners[0], whose record this is; did you mean 'body'?",
        "<facts>: costs[0].seat: true is not the seat of partners[0], whose record this is; did you mean 'false'?",
    ]


def test_what_is_declared_in_other_words_is_another_thing() -> None:
    costs = Table("costs", "firm", "firm", 6, named(key("firm", "partners"), *told_alike("altra sede")))
    (link,) = links([costs, PARTNERS])
    assert link.shared == ((1, 2),)


def test_a_code_goes_as_far_as_tables_speak_of_tables() -> None:
    visits = of(None, name="costs_of")
    found = read({"partners": of(A), "costs": costs(None), "visits": visits})
    assert found["visits"] == [{"costs_of": "p0", "code": A}]
    assert faults({"partners": of(A), "costs": costs(None), "visits": of(B, name="costs_of")}) != []


def test_who_is_named_without_being_the_key_is_somebody_else() -> None:
    found = read(
        {"partners": of(A), "owned": [{"id": "x", "by": "p0", "code": B, "kind": "body"}, {"id": "y", "by": "p0"}]}
    )
    assert found["owned"] == [{"id": "x", "by": "p0", "code": B, "kind": "body"}, {"id": "y", "by": "p0"}]


def test_all_that_is_told_is_known_to_be_all() -> None:
    rows = [{"id": "p0", "code": A, "kind": "firm", "seat": True}]
    told = {"partners": rows, "costs": [{"firm": "p0"}], "visits": [{"costs_of": "p0"}], "owned": []}
    assert INTAKE.read(told, ON).complete
    assert not INTAKE.read({**told, "partners": [{"id": "p0", "code": A, "kind": "firm"}]}, ON).complete


few = st.sampled_from(["p0", "p1", "p2"])
codes = st.sampled_from([A, B, C])
shared = {"kind": st.sampled_from(sorted(KINDS)), "seat": st.booleans()}


def table(name: str, field: str, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    rows = st.lists(st.fixed_dictionaries({name: few}, optional={field: codes, **fields}), max_size=3)
    return rows | st.fixed_dictionaries({"records": rows, "complete": st.booleans()})


told = st.fixed_dictionaries(
    {"partners": table("id", "code", **shared), "costs": table("firm", "whose", **shared)},
    optional={"visits": table("costs_of", "code")},
)


def answer(read: object) -> tuple[object, ...] | list[str]:
    try:
        return read()  # type: ignore[operator, no-any-return]
    except BadFacts as problem:
        return [str(fault) for fault in problem.faults]


@pytest.mark.parametrize("intake", [INTAKE, PLAIN], ids=["tables of tables", "one table of another"])
@given(told)
def test_the_quick_reading_and_the_careful_one_agree(intake: FactsForm, facts: dict[str, object]) -> None:
    facts = {name: value for name, value in facts.items() if name in {table.name for table in intake.layout.tables}}

    def quick() -> tuple[object, ...]:
        found = intake.read(facts, ON)
        return found.values, found.tables, found.complete

    def careful() -> tuple[object, ...]:
        values, tables, _, _, whole = read_carefully(intake._asked, facts, ON.toordinal(), None, text_source=False)
        return values, tables, whole

    assert answer(quick) == answer(careful)


lists = st.fixed_dictionaries(
    {
        "partners": st.lists(st.fixed_dictionaries({"id": few}, optional={"code": codes, **shared}), max_size=3, unique_by=lambda row: row["id"]),
        "costs": st.lists(st.fixed_dictionaries({"firm": few}, optional={"whose": codes, **shared}), max_size=3, unique_by=lambda row: row["firm"]),
    }
)  # fmt: skip


@given(lists)
def test_the_printed_reading_joins_as_the_careful_one_does(facts: dict[str, object]) -> None:
    """Lists of records with a key each: what the printed reading takes itself, as long as nothing is wrong."""

    def careful() -> tuple[object, ...]:
        return read_carefully(PLAIN._asked, facts, ON.toordinal(), None, text_source=False)[1:2]

    found = print_reading(PLAIN._asked)(facts, ON.toordinal())
    expected = answer(careful)
    assert found is None if isinstance(expected, list) else found is not None and found[1:2] == expected


@given(told)
def test_what_was_read_is_read_again_as_the_same(facts: dict[str, object]) -> None:
    try:
        found = INTAKE.read(facts, ON)
    except BadFacts:
        return
    assert INTAKE.read(found.said(), ON) == found


@given(told)
def test_of_one_somebody_one_thing_is_known(facts: dict[str, object]) -> None:
    try:
        costs, _, partners, _ = INTAKE.read(facts, ON).tables
    except BadFacts:
        return
    known = {record[0]: record[1:] for record in rows(partners)}
    for record in rows(costs):
        assert record[0] not in known or record[1:] == known[record[0]]


def rows(records: Records) -> tuple[tuple[object, ...], ...]:
    return records[0]
