# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import json

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.facts.json_places import MOST_DEPTH, JsonPlaces, json_values
from misure.facts.source import MOST_BYTES, facts_of
from misure.ground.errors import BadFacts
from tests.facts.sample_measure import COMPLETE, INTAKE

ON = dt.date(2022, 6, 1)


def refused(source, name="<facts>"):
    with pytest.raises(BadFacts) as caught:
        facts, places = facts_of(source, name)
        INTAKE.read(facts, ON, places)
    return list(map(str, caught.value.faults))


def test_the_same_facts_in_every_form():
    class Applicant(pydantic.BaseModel):
        turnover: str
        firms: int | None = None
        opened_on: dt.date

    said = {"turnover": "10.00", "firms": None, "opened_on": "2020-01-31"}
    dossiers = [
        INTAKE.read(*facts_of(source)[:1], ON)
        for source in (
            said,
            json.dumps(said),
            json.dumps(said).encode(),
            "\ufeff" + json.dumps(said),
            Applicant(**said),
        )
    ]
    assert len(set(dossiers)) == 1


def test_a_fault_in_a_text_names_its_line_and_column():
    text = """{
  "turnover": 1234.50,
  "agreement_signed": true, "turnovr": "1",
  "partners": [
    {"id": "a", "quota": "10.00"},
    {"id": "a",
     "quota": 1e3, "reliable": {"value": "x"}}
  ],
  "years": {"records": [{"id": ""}], "complete": 0}
}"""
    assert refused(text, "facts.json") == [
        'facts.json:2:15: turnover: 1234.50 is a binary float, which is not exact: write it as text, "1234.50"',
        "facts.json:3:40: turnovr: no fact is called 'turnovr'; did you mean 'turnover'?",
        "facts.json:6:12: partners[1].id: 'a' stands twice: partners[0] has it too",
        'facts.json:7:15: partners[1].quota: 1e3 is a binary float, which is not exact: write it as text, "1e3"',
        "facts.json:7:42: partners[1].reliable.value: expected true or false; got 'x'",
        "facts.json:9:32: years.records[0].id: the text is empty: leave the fact out when it is not known",
        "facts.json:9:50: years.complete: expected true or false; got 0",
    ]


@pytest.mark.parametrize(("source", "faults"), [
    ("\n [1]", ["<facts>:2:2: expected a JSON object of facts, each with its name"]),
    (b"\xff{}", ["<facts>: the text is not UTF-8: byte 0 cannot be read"]),
    ('{"vat": NaN,\n "firms": -Infinity}', ["<facts>:1:9: vat: NaN is no number", "<facts>:2:11: firms: -Infinity is no number"]),
    ('{"vat": {"x": 1}, "firms": 1,\n "vat": {"x": 2}}', ["<facts>:2:2: vat: the name stands twice in one object"]),
    ('{"partners": [{"id": "a", "id": "b"}]}', ["<facts>:1:27: partners[0].id: the name stands twice in one object"]),
    ('{"firms": %s}' % ("9" * 5000), ["<facts>:1:11: firms: a whole number of 5000 digits is too long"]),
    (" " * (MOST_BYTES + 1), ["<facts>: the text is longer than 1000000 bytes"]),
    (42, ["<facts>: expected a mapping, a JSON text or a pydantic object; got 42"]),
    (pydantic.BaseModel, ["<facts>: expected a mapping, a JSON text or a pydantic object; got a ModelMetaclass"]),
])  # fmt: skip
def test_a_source_that_cannot_be_read(source, faults):
    assert refused(source) == faults


@pytest.mark.parametrize("depth", [MOST_DEPTH, 5_000, 400_000])
def test_what_is_nested_without_end_is_refused(depth):
    (fault,) = refused('{"vat": ' + "[" * depth + "]" * depth + "}")
    assert fault.startswith("<facts>:1:32: vat[0][0]")
    assert fault.endswith("nested more than 24 levels deep")


def test_depth_within_the_bound_is_read():
    facts, _ = facts_of('{"vat": ' + "[" * (MOST_DEPTH - 1) + "]" * (MOST_DEPTH - 1) + "}")
    with pytest.raises(BadFacts, match="vat: expected true or false; got a list"):
        INTAKE.read(facts, ON)


def test_a_decimal_in_a_fact_that_is_not_asked_is_looked_at():
    facts, places = facts_of('{"vat": 0.1}')
    with pytest.raises(BadFacts, match=r"<facts>:1:9: vat: expected true or false; got 0\.1"):
        INTAKE.read(facts, ON, places)


def test_a_path_that_is_not_there_is_placed_at_what_is_around_it():
    places = JsonPlaces('{"a": {"b": 1}}', "x")
    assert str(places(("a", "c"))) == "x:1:7"
    assert str(places(("z",))) == "x:1:1"


keys = st.text(max_size=5)
documents = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@given(documents, st.sampled_from([None, 0, 3]), st.booleans())
def test_every_value_is_found_where_it_stands(document, indent, ascii_only):
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    for value in json_values(text):
        expected = document
        for step in value.path:
            expected = expected[step]
        assert json.JSONDecoder().raw_decode(text, value.at)[0] == expected
        if value.path and isinstance(value.path[-1], str):
            assert json.JSONDecoder().raw_decode(text, value.name_at)[0] == value.path[-1]


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_read_or_refused(source):
    try:
        facts, places = facts_of(source, "f")
    except BadFacts as bad:
        told = [(fault.place.path, bool(fault.message)) for fault in bad.faults]
    else:
        told = [(places(()).path, isinstance(facts, dict))]
    assert set(told) == {("f", True)}


def test_the_complete_facts_as_text():
    assert INTAKE.read(facts_of(json.dumps(COMPLETE))[0], ON) == INTAKE.read(COMPLETE, ON)
