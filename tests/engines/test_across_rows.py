# SPDX-License-Identifier: Apache-2.0
"""What goes across rows: planned as data, and printed for every dataframe engine."""

from __future__ import annotations

import inspect
from typing import get_type_hints

import narwhals as nw
import pyarrow as pa
import pytest

import misure
from misure.batch.native import native
from misure.engines.columns import across
from misure.engines.columns.across import (
    KEY_TESTS,
    STEPS,
    Belonging,
    Miscalled,
    Once,
    Opposed,
    Renamed,
    Repeated,
    Same,
    Selfsame,
    Shared,
    Stray,
    Whole,
    key_tests,
    steps_across,
)
from misure.engines.columns.entry import Storage
from misure.engines.narwhals import across as printer
from misure.facts.vocabulary import Fact, Kind, Table
from misure.ground.place import Place
from misure.identifiers.forms import form
from tests.batch.engines import KINDS, Engine

PLACE = Place("<test>")
CODE = {"kind": Kind.TEXT, "identifier": "codice_fiscale"}


def fact(name, kind=Kind.TEXT, **more):
    return Fact(name, kind, **more)


def table(name, identity="code", refers_to="", **fields):
    held = {"id": fact("id", refers_to=refers_to), "code": fact("code", identifier="codice_fiscale"), **fields}
    return Table(name, "id", "id", 10, held, identity=identity)


ABROAD = fact("abroad", Kind.TRUTH, label="Abroad")
PARTNERS = table("partners", abroad=ABROAD, leads=fact("leads", refers_to="costs"))
COSTS = table("costs", refers_to="partners", abroad=ABROAD)
TABLES = (PARTNERS, COSTS)


def told(**columns):
    """The columns that tell the fields named, each called after its field and its table."""
    return {name: {field: f"{name}_{field}" for field in fields.split()} for name, fields in columns.items()}


def planned(known=None, silent=(), **columns):
    return steps_across(TABLES, told(**columns), known or {}, frozenset(silent))


def test_what_is_one_thing_goes_up_first_and_then_down_with_its_marks():
    up, down, *_ = planned(partners="id", costs="id code abroad")
    assert up == Shared("partners", "partners_id", "costs", "costs_id", (
        Same("abroad", None, "costs_abroad", Storage.TRUTH), Same("code", None, "costs_code", Storage.TEXT),
    ))  # fmt: skip
    # What was made is read by its own name from there on.
    assert down == Shared("costs", "costs_id", "partners", "partners_id", (
        Same("abroad", "costs_abroad", "abroad", Storage.TRUTH, "apart:abroad"),
        Same("code", "costs_code", "code", Storage.TEXT, "apart:code"),
    ))  # fmt: skip


def test_then_what_cannot_be_table_by_table():
    assert planned(partners="id code leads", costs="id", known={"costs": "costs_known"}, silent=["partners"])[2:] == (
        Repeated("partners", "code", "code", "twice:code"),
        Miscalled("partners", "id", "partners_id", "code", form("tax_number"), 8, "miscalled:id"),
        Stray("partners", "leads", "partners_leads", "costs", "costs_id", Whole("costs_known", silent=False), "stray:leads"),
        Repeated("costs", "code", "code", "twice:code"),
        Miscalled("costs", "id", "costs_id", "code", form("tax_number"), 8, "miscalled:id"),
        Renamed("costs", "code", "code", "costs_id", "partners", "code", "partners_id", "renamed:code"),
        Stray("costs", "id", "costs_id", "partners", "partners_id", Whole(None, silent=True), "stray:id"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"partners": "code leads"}, [Repeated]),
        ({"partners": "abroad"}, []),
        ({"partners": "id", "costs": "id"}, [Miscalled, Miscalled, Stray]),
        ({"partners": "", "costs": "id"}, [Miscalled, Stray]),
        ({"partners": "code", "costs": "id"}, [Repeated, Miscalled, Stray]),
        ({"partners": "code", "costs": "code"}, [Repeated, Repeated]),
        ({}, []),
    ],
)
def test_what_no_column_tells_is_not_asked(columns, expected):
    assert [type(step) for step in planned(**columns)] == expected


TIES = table("ties", "", one=fact("one"), other=fact("other", other_than="one"),
             joined=fact("joined", Kind.TRUTH, determined_by=("one", "other")))  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("one other joined", [
            Selfsame("ties", "other", "ties_other", "ties_one", "selfsame:other"),
            Opposed("ties", "joined", "ties_joined", Storage.TRUTH, ("ties_one", "ties_other"), "opposed:joined"),
        ]),
        ("one joined", []),
        ("other joined", []),
        ("one other", [Selfsame("ties", "other", "ties_other", "ties_one", "selfsame:other")]),
    ],
)  # fmt: skip
def test_what_fields_of_a_table_say_of_one_another(columns, expected):
    assert list(steps_across([TIES], told(ties=columns), {}, frozenset())) == expected


def test_a_name_is_looked_for_among_names_that_are_told():
    _, stray = planned(partners="abroad", costs="id")
    assert stray.other_name is None


def test_the_tests_of_keys_in_their_order():
    assert list(key_tests("id", "applicant", {"partners": "name", "costs": ""})) == [
        Once("", ("id",)), Belonging("partners", "applicant", "id"), Once("partners", ("applicant", "name")),
        Belonging("costs", "applicant", "id"),
    ]  # fmt: skip


def test_every_measure_is_planned():
    met = set()
    for measure in misure.catalogue().values():
        tables = list(measure.rulebook.tables.values())
        columns = {one.name: {name: name for name in one.fields} for one in tables}
        met |= {type(step) for step in steps_across(tables, columns, {}, frozenset())}
    assert met == set(STEPS)


def test_the_printer_prints_every_step_and_every_test_of_keys():
    functions = [
        one for _, one in inspect.getmembers(printer, inspect.isfunction) if one.__module__ == printer.__name__
    ]
    printed = {
        kind
        for one in functions
        for kind in get_type_hints(one).values()
        if getattr(kind, "__module__", "") == across.__name__
    }
    assert printed >= {*STEPS, *KEY_TESTS}


# Printed

KEYS = {"": "id", "partners": "of", "costs": "applicant"}


@pytest.fixture(params=KINDS)
def frames(request):
    """A frame of each table, of columns as lists; a column of texts unless its values say otherwise."""
    engine = Engine(request.param)

    def made(**tables):
        return {
            name.replace("applicants", ""): native(engine.frame(pa.table({key: _typed(column) for key, column in columns.items()})), PLACE).frame
            for name, columns in tables.items()
        }  # fmt: skip

    return made


def _typed(column):
    kind = next((type(one) for one in column if one is not None), str)
    return pa.array(column, {str: pa.string(), bool: pa.bool_(), int: pa.int64()}[kind])


def rows(frame, *names):
    """The rows of these columns, in order."""
    found = frame.select(*names)
    found = found.collect("pyarrow") if isinstance(found, nw.LazyFrame) else found
    return sorted(map(tuple, found.rows()), key=repr)


def test_what_another_table_tells_of_the_same_record(frames):
    given = frames(
        partners={"of": [1, 1, 1, 2, 2], "name": ["a", "b", "c", "a", None], "code": ["X", None, "Z", None, None]},
        costs={"applicant": [1, 1, 1, 1, 2], "who": ["a", "b", "c", None, "b"], "firm": ["Y", "B", None, "N", "V"]},
    )
    same = Same("code", "code", "firm", Storage.TEXT, "apart:code")
    found = printer.with_shared(Shared("partners", "name", "costs", "who", (same,)), given, KEYS)
    assert rows(found, "of", "name", "code", "apart:code") == [
        (1, "a", "X", True), (1, "b", "B", False), (1, "c", "Z", False), (2, "a", None, False), (2, None, None, False),
    ]  # fmt: skip


def test_a_truth_that_one_table_alone_tells(frames):
    given = frames(
        partners={"of": [1, 1], "name": ["a", "b"]}, costs={"applicant": [1], "who": ["b"], "abroad": [False]}
    )
    same = Same("abroad", None, "abroad", Storage.TRUTH)
    found = printer.with_shared(Shared("partners", "name", "costs", "who", (same,)), given, KEYS)
    assert rows(found, "name", "abroad") == [("a", None), ("b", False)]


def test_an_identity_that_stands_twice_of_one_applicant(frames):
    given = frames(partners={"of": [1, 1, 1, 2, 2, 2], "code": ["A", "A", "B", "A", None, None]})["partners"]
    step = Repeated("partners", "code", "code", "twice:code")
    those = printer.repeated(step, given, "of")
    assert len(rows(those, "m:who")) == 1
    assert rows(printer.with_repeated(step, given, "of", those), "of", "code", "twice:code") == [
        (1, "A", True), (1, "A", True), (1, "B", False), (2, "A", False), (2, None, False), (2, None, False),
    ]  # fmt: skip


OPPOSED = Opposed("partners", "joined", "joined", Storage.TRUTH, ("one", "other"), "opposed:joined")


def test_what_is_told_in_two_ways_of_the_same(frames):
    given = frames(partners={
        "of": [1, 1, 1, 1, 1, 2, 2, 2, 2], "one": ["A", "A", "A", "B", "B", "A", None, None, "C"],
        "other": ["X", "X", "X", "X", "X", "X", "Y", "Y", "Z"],
        "joined": [True, False, None, True, True, False, True, False, None],
    })["partners"]  # fmt: skip
    those = printer.opposed(OPPOSED, given, "of")
    assert len(rows(those, "m:key")) == 1
    found = printer.with_opposed(OPPOSED, given, "of", those)
    assert rows(found, "of", "one", "joined", "opposed:joined") == sorted([
        (1, "A", True, True), (1, "A", False, True), (1, "A", None, False), (1, "B", True, False), (1, "B", True, False),
        (2, "A", False, False), (2, None, True, False), (2, None, False, False), (2, "C", None, False),
    ], key=repr)  # fmt: skip


def test_two_fields_that_are_never_the_same(frames):
    given = frames(partners={"of": [1, 1, 1, 1], "one": ["A", "A", None, None], "other": ["A", "B", "A", None]})
    found = printer.with_selfsame(Selfsame("partners", "other", "other", "one", "selfsame:other"), given["partners"])
    assert rows(found, "one", "other", "selfsame:other") == [
        ("A", "A", True), ("A", "B", False), (None, "A", False), (None, None, False),
    ]  # fmt: skip


def test_an_identity_that_another_table_has_under_another_name(frames):
    given = frames(
        partners={"of": [1, 1, 1, 2], "name": ["a", "b", None, "a"], "code": ["A", None, "C", "C"]},
        costs={
            "applicant": [1, 1, 1, 1, 2, 2],
            "who": ["a", "z", "b", "c", "a", "z"],
            "firm": ["A", "A", None, "C", "A", "C"],
        },
    )
    step = Renamed("costs", "firm", "firm", "who", "partners", "code", "name", "renamed:firm")
    assert rows(printer.with_renamed(step, given["costs"], given, KEYS), "applicant", "who", "firm", "renamed:firm") == sorted([
        (1, "a", "A", False), (1, "z", "A", True), (1, "b", None, False), (1, "c", "C", False), (2, "a", "A", False), (2, "z", "C", True),
    ], key=repr)  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "strays"),
    [
        # Of applicant 2 there are no records, and 3 says that there are more.
        (Whole(None, silent=False), {1, 2, 3}), (Whole(None, silent=True), {1, 3}),
        (Whole("partners_known", silent=False), {1, 2}), (Whole("partners_known", silent=True), {1}),
    ],
)  # fmt: skip
def test_a_name_of_a_record_that_is_not_there(frames, whole, strays):
    given = frames(
        applicants={"id": [1, 2, 3], "partners_known": [True, None, False]},
        partners={"of": [1, 1, 3], "name": ["a", None, "c"]},
        costs={"applicant": [1, 1, 1, 2, 3, 3], "who": ["a", "z", None, "a", "c", "z"]},
    )
    step = Stray("costs", "who", "who", "partners", "name", whole, "stray:who")
    found = rows(printer.with_strays(step, given["costs"], given, KEYS), "applicant", "who", "stray:who")
    assert [row for row in found if row[2]] == [(one, "a" if one == 2 else "z", True) for one in sorted(strays)]
    assert len(found) == 6


def test_a_name_where_no_records_have_names(frames):
    given = frames(applicants={"id": [1]}, partners={"of": [1]}, costs={"applicant": [1], "who": ["a"]})
    step = Stray("costs", "who", "who", "partners", None, Whole(None, silent=True), "stray:who")
    assert rows(printer.with_strays(step, given["costs"], given, KEYS), "who", "stray:who") == [("a", True)]


def test_keys_that_stand_twice_and_rows_of_nobody(frames):
    given = frames(applicants={"id": [1, 2]}, partners={"of": [1, 1, 2, None, 3], "name": ["a", "a", "a", "b", "c"]})
    assert rows(printer.repeated_keys(Once("partners", ("of", "name")), given["partners"]), "of", "name") == [(1, "a")]
    found = rows(printer.orphans(Belonging("partners", "of", "id"), given["partners"], given[""]), "of")
    assert found == [(3,), (None,)]
