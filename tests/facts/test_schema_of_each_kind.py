# SPDX-License-Identifier: Apache-2.0
"""The schema of each kind of fact, of a judgement and of a table, in full."""

import pytest

from misure.facts.schema import facts_schema
from misure.facts.vocabulary import Fact, Kind, Nature, Table
from tests.facts.sample_measure import FACTS, TABLES

DAY = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
DAY_OR_NULL = DAY | {"type": ["string", "null"]}
NULL = {"type": "null"}
TEXT = {"type": ["string", "null"], "minLength": 1}
CENTS = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"}
SIGNED = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,2})?$"}


def judged(value, or_null, *, needed=False):
    judgement = {
        "type": "object", "properties": {"value": or_null, "by": TEXT, "on": DAY_OR_NULL, "why": TEXT},
        "required": ["value"], "additionalProperties": False,
    }  # fmt: skip
    return {"anyOf": [value, judgement, *([] if needed else [NULL])]}


def whole(least, most):
    return {"type": "integer", "minimum": least, "maximum": most}


TRUTH, TRUTH_OR_NULL = {"type": "boolean"}, {"type": ["boolean", "null"]}
BOUNDED = {"x-nature": "declared", "x-unit": "EUR", "x-least": "-100000000000.00", "x-greatest": "100000000000.00"}
POINTS = [CENTS, whole(0, 100)]
EVENT = [DAY, {"const": "not_yet", "title": "non ancora"}]
CHOICE = {
    "type": "string", "enum": ["micro", "small", "medium"],
    "oneOf": [
        {"const": "micro", "title": "microimpresa"}, {"const": "small", "title": "piccola impresa"},
        {"const": "medium", "title": "media impresa"},
    ],
}  # fmt: skip
ANY_CODE = r"^[0-9]{2}(\.[0-9]{1,2}(\.[0-9]{1,2})?)?$"
OWN_CODE = r"^(01|10|62|96)(\.[0-9]{1,2}(\.[0-9]{1,2})?)?$"
DECLARED = {"x-nature": "declared"}
KINDS = {
    "result": BOUNDED | {"anyOf": [SIGNED, whole(-(10**11), 10**11), NULL]},
    "firms": {"x-nature": "declared", "x-unit": "firms", "x-least": "1", "x-greatest": "100000",
              "anyOf": [whole(1, 100_000), {"type": "string", "pattern": "^[0-9]+$"}, NULL]},
    "aid_share": {"x-nature": "declared", "x-unit": "share", "x-least": "0.0000", "x-greatest": "1.0000",
                  "anyOf": [{"type": "string", "pattern": r"^[0-9]+(\.[0-9]{1,4})?$"},
                            {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?%$"}, whole(0, 1), NULL]},
    "agreement_signed": DECLARED | TRUTH_OR_NULL,
    "swot_adequate": {"title": "analisi SWOT adeguata", "x-nature": "assessed"} | judged(TRUTH, TRUTH_OR_NULL),
    "score": {"x-nature": "assessed", "x-unit": "points", "x-least": "0.00", "x-greatest": "100.00"}
             | judged({"anyOf": POINTS}, {"anyOf": [*POINTS, NULL]}),
    "opened_on": DECLARED | DAY_OR_NULL | {"x-least": "1900-01-01", "x-greatest": "2100-12-31"},
    "report_filed": DECLARED | {"anyOf": [*EVENT, NULL]},
    "size": DECLARED | {"anyOf": [CHOICE, NULL]},
    "primary_ateco": DECLARED | {"x-scheme": "ateco-2007", "type": ["string", "null"], "pattern": ANY_CODE},
    "second_ateco": DECLARED | {"x-scheme": "ateco-2007", "type": ["string", "null"], "pattern": OWN_CODE},
    "capofila": DECLARED | {"type": ["string", "null"], "minLength": 1, "maxLength": 8},
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_fact_of_each_kind(name):
    assert facts_schema(FACTS, TABLES, "x")["properties"][name] == KINDS[name]


@pytest.mark.parametrize(("name", "longest"), [("tax_code", 16), ("project_code", 15)])
def test_an_identifier_has_its_form_and_no_other(name, longest):
    found = facts_schema(FACTS, TABLES, "x")["properties"][name]
    assert found["x-identifier"] == FACTS[name].identifier
    assert found["type"] == ["string", "null"]
    assert found["maxLength"] == longest
    assert found["pattern"].startswith("^")
    assert found["pattern"].endswith("$")
    assert "minLength" not in found


def test_a_number_of_less_than_one_whole_has_whole_bounds_within_it():
    fact = Fact("x", Kind.NUMBER, unit="EUR", decimals=2, least=-150, greatest=250)
    found = facts_schema({"x": fact}, {}, "x")["properties"]["x"]
    assert found["anyOf"][1] == whole(-1, 2)
    assert (found["x-least"], found["x-greatest"]) == ("-1.50", "2.50")
    fact = Fact("x", Kind.NUMBER, unit="EUR", decimals=2, least=50, greatest=99)
    assert facts_schema({"x": fact}, {}, "x")["properties"]["x"]["anyOf"] == [CENTS, whole(1, 0), NULL]


def test_a_table_in_full():
    asked = Table("years", "id", "label", 3, {
        "id": Fact("id", Kind.TEXT, greatest=4, label="anno"),
        "label": Fact("label", Kind.TRUTH, nature=Nature.COMPUTED),
        "good": Fact("good", Kind.TRUTH, nature=Nature.ASSESSED),
    }, label="anni", question="Quali anni?")  # fmt: skip
    record = {
        "type": "object",
        "properties": {
            "id": {"title": "anno", "x-nature": "declared", "type": "string", "minLength": 1, "maxLength": 4},
            "label": {"x-nature": "computed", "type": ["boolean", "null"]},
            "good": {"x-nature": "assessed"} | judged(TRUTH, TRUTH_OR_NULL),
        },
        "required": ["id"], "additionalProperties": False,
    }  # fmt: skip
    records = {"type": "array", "items": record, "maxItems": 3}
    in_part = {
        "type": "object", "properties": {"records": records, "complete": {"type": "boolean"}}, "required": ["records"],
        "additionalProperties": False,
    }  # fmt: skip
    schema = facts_schema({}, {"years": asked}, "Misura")
    assert schema == {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Misura", "type": "object",
        "properties": {
            "years": {"title": "anni", "description": "Quali anni?", "x-key": "id", "x-shown": "label",
                      "anyOf": [records, in_part, NULL]},
        },
    }  # fmt: skip


def test_a_key_that_is_assessed_is_needed_whatever_judges_it():
    asked = Table("t", "k", "k", 2, {"k": Fact("k", Kind.TRUTH, nature=Nature.ASSESSED)})
    found = facts_schema({}, {"t": asked}, "x")["properties"]["t"]["anyOf"][0]["items"]["properties"]["k"]
    assert found == {"x-nature": "assessed"} | judged(TRUTH, TRUTH_OR_NULL, needed=True)


def test_facts_come_before_tables_in_the_order_of_the_measure():
    assert list(facts_schema(FACTS, TABLES, "x")["properties"]) == [*FACTS, *TABLES]
