# SPDX-License-Identifier: Apache-2.0
"""A text that is no JSON: where it breaks off and why, in words that are the same on every Python."""

import datetime as dt
import json

import pytest

import misure
from misure.facts.json_words import told_of
from misure.facts.source import facts_of
from misure.ground.errors import BadFacts

VALUE = "a value is expected here"
NAME = "a name in double quotes is expected here"
COMMA = "a comma, or the end of what was opened, is expected here"
IDLE = "a comma, and nothing after it"
BROKEN = [
    ("", "1:1", VALUE),
    ("  \n", "2:1", VALUE),
    ("nul", "1:1", VALUE),
    ("{", "1:2", NAME),
    ("{'a': 1}", "1:2", NAME),
    ("{1: 2}", "1:2", NAME),
    ("{,}", "1:2", NAME),
    ('{"a": 1,', "1:9", NAME),
    ('{"a": 1,,}', "1:9", NAME),
    ('{"a": 1,]', "1:9", NAME),
    ('{"a": }', "1:7", VALUE),
    ("[", "1:2", VALUE),
    ("[,]", "1:2", VALUE),
    ("[1,", "1:4", VALUE),
    ("[1,,2]", "1:4", VALUE),
    ("[1,}", "1:4", VALUE),
    ('{"a": 1,}', "1:8", IDLE),
    ('{"a": 1, \t}', "1:8", IDLE),
    ('{"a": 1,\r\n\n}', "1:8", IDLE),
    ('{"a":\n [1,\n 2,\n ]}', "3:3", IDLE),
    ("[1,]]", "1:3", IDLE),
    ('{"a": 1', "1:8", COMMA),
    ('{"a": 1 "b": 2}', "1:9", COMMA),
    ('{"a": 01}', "1:8", COMMA),
    ("[1 2]", "1:4", COMMA),
    ('{"a" 1}', "1:6", "a colon is expected here"),
    ('{"a": "b}', "1:7", "no double quote closes the text that begins here"),
    ('{"a', "1:2", "no double quote closes the text that begins here"),
    ('{"a": "\n"}', "1:8", "a line break or another control character cannot stand in a text"),
    ('{"a": "b\\c"}', "1:9", "no such thing follows a backslash in JSON"),
    ('{"a": "\\u12"}', "1:9", "four hexadecimal digits are expected here"),
    ('{"a": 1} 2', "1:10", "something stands after the end"),
    ("\ufeff\ufeff{}", "1:1", "it cannot be read from here on"),
]


@pytest.mark.parametrize(("text", "place", "why"), BROKEN, ids=range(len(BROKEN)))
def test_where_a_text_breaks_off_and_why(text, place, why):
    with pytest.raises(BadFacts) as caught:
        facts_of(text, "facts.json")
    (fault,) = caught.value.faults
    line, column = map(int, place.split(":"))
    assert str(fault) == f"facts.json:{place}: this is not JSON: {why}"
    assert (fault.place.line, fault.place.column, fault.subject) == (line, column, "")


@pytest.mark.parametrize(("text", "words", "at"), [
    ('{"a": 1, }', "Expecting property name enclosed in double quotes", 9),
    ('{"a": 1, }', "Illegal trailing comma before end of object", 7),
    ("[1\n,\n]", "Expecting value", 5), ("[1\n,\n]", "Illegal trailing comma before end of array", 3),
])  # fmt: skip
def test_an_idle_comma_is_told_alike_whatever_the_parser_says_of_it(text, words, at):
    (comma,) = [place for place, character in enumerate(text) if character == ","]
    assert told_of(text, json.JSONDecodeError(words, text, at)) == (comma, IDLE)


@pytest.mark.parametrize(("text", "at"), [("[1,}", 3), ('{"a": [}', 7), ("[1,", 3), ('[","', 4)])
def test_a_comma_is_idle_only_before_the_end_of_its_own_list(text, at):
    assert told_of(text, json.JSONDecodeError("Expecting value", text, at)) == (at, VALUE)


def test_words_of_a_parser_that_nobody_knows_are_not_passed_on():
    assert told_of("[1]", json.JSONDecodeError("Something new", "[1]", 1)) == (1, "it cannot be read from here on")


def test_what_json_has_not_hides_no_value_that_cannot_be():
    filiere = misure.catalogue()["lombardia/filiere"]
    text = '{"total_score": NaN, "strategy_from_swot": "true", "size": 1, "size": 2, "score_coherence": %s}' % (
        "9" * 50
    )
    with pytest.raises(misure.BadFacts) as caught:
        filiere.decide(text, on=dt.date(2022, 6, 1))
    assert [(fault.subject, fault.message.partition(";")[0]) for fault in caught.value.faults] == [
        ("total_score", "NaN is no number"),
        ("strategy_from_swot", "expected true or false"),
        ("size", "the name stands twice in one object"),
        ("size", "expected one of micro, small, medium, large"),
        ("score_coherence", "a whole number of 50 digits is too long"),
    ]
