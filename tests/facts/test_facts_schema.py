# SPDX-License-Identifier: Apache-2.0
import copy
import datetime as dt
import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.facts.schema import facts_schema
from misure.ground.errors import BadFacts
from tests.facts.sample_measure import COMPLETE, FACTS, INTAKE, TABLES

ON = dt.date(2022, 6, 1)
SCHEMA = facts_schema(FACTS, TABLES, "Misura di prova")
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_the_words_of_the_vocabulary_are_the_words_of_the_form():
    assert SCHEMA["title"] == "Misura di prova"
    assert SCHEMA["properties"]["turnover"] == {
        "title": "fatturato",
        "description": "Quanto?",
        "x-nature": "declared",
        "x-unit": "EUR",
        "x-least": "0.00",
        "x-greatest": "100000000000.00",
        "anyOf": [
            {"type": "string", "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"},
            {"type": "integer", "minimum": 0, "maximum": 10**11},
            {"type": "null"},
        ],
    }


def test_choices_carry_their_labels():
    (choices, null) = SCHEMA["properties"]["size"]["anyOf"]
    assert choices["enum"] == ["micro", "small", "medium"]
    assert choices["oneOf"][1] == {"const": "small", "title": "piccola impresa"}
    assert null == {"type": "null"}


def test_a_schema_is_the_callers_own():
    mine = facts_schema(FACTS, TABLES, "x")
    before = copy.deepcopy(mine)
    facts_schema(FACTS, TABLES, "x")["properties"]["report_filed"]["anyOf"][0]["type"] = "spoilt"
    assert facts_schema(FACTS, TABLES, "x") == before


def test_the_complete_facts_fit():
    VALIDATOR.validate(COMPLETE)


@pytest.mark.parametrize("facts", [
    {"turnover": 1.5}, {"turnover": "1.234"}, {"turnover": "1e3"}, {"turnover": -1}, {"turnover": True}, {"firms": 0},
    {"firms": "1.0"}, {"agreement_signed": "yes"}, {"agreement_signed": {"value": True}}, {"swot_adequate": {"by": "x"}},
    {"swot_adequate": {"value": True, "becouse": "x"}}, {"opened_on": "not_yet"}, {"opened_on": "20200131"},
    {"opened_on": "2022-02-30"}, {"report_filed": False}, {"size": "smal"}, {"primary_ateco": "620100"}, {"capofila": ""},
    {"second_ateco": "04"}, {"tax_code": "RSSMRA85T32F205R"}, {"tax_code": "rssmra85t32f205r"}, {"project_code": "n.d."}, {"tax_code": ""},
    {"capofila": "alfabetico"}, {"partners": [{"name": "Alfa"}]}, {"partners": [{"id": None}]}, {"partners": [{"id": "a", "x": 1}]},
    {"partners": [{"id": str(n)} for n in range(6)]}, {"years": {"record": []}},
])  # fmt: skip
def test_what_the_intake_refuses_the_schema_refuses(facts):
    with pytest.raises(BadFacts):
        INTAKE.read(facts, ON)
    assert not VALIDATOR.is_valid(facts)


@pytest.mark.parametrize("facts", [
    {}, dict.fromkeys([*FACTS, *TABLES]), {"turnover": 3}, {"result": "-0.5"}, {"aid_share": "35%"}, {"firms": "12"},
    {"report_filed": "2022-01-01"}, {"score": {"value": None}}, {"vat": True}, {"partners": [{"id": "a", "reliable": None}]},
    {"partners": {"records": [{"id": "a"}], "complete": False}}, {"swot_adequate": {"value": False, "on": None}},
])  # fmt: skip
def test_what_the_schema_takes_the_intake_reads(facts):
    VALIDATOR.validate(facts)
    INTAKE.read(facts, ON)


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from([COMPLETE[name], None]) for name in COMPLETE}))
def test_what_was_said_fits_the_schema(facts):
    VALIDATOR.validate(INTAKE.read(facts, ON).said())
