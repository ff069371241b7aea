# SPDX-License-Identifier: Apache-2.0
"""Texts with their places: what is read, what is refused, and that no input does anything else."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts, BadRules
from misure.reading import place_of, plain, read_file, read_text
from misure.reading.text.events import MOST_BYTES, MOST_DEPTH, MOST_FAULTS


def faults(text: str) -> list[str]:
    with pytest.raises(BadRules) as caught:
        read_text(text, "x.yaml")
    return str(caught.value).splitlines()


def test_every_scalar_stays_a_text():
    text = "no: NO\ncode: 01.10\nhour: 12:30\ntrue: true\nnull: ~\nday: 2022-01-31\nmany: 1_000\non: on\n"
    assert plain(read_text(text, "x")) == {
        "no": "NO", "code": "01.10", "hour": "12:30", "true": "true", "null": "~", "day": "2022-01-31",
        "many": "1_000", "on": "on",
    }  # fmt: skip


def test_styles_are_kept_apart():
    tree = read_text("a: 12\nb: '12'\nc: \"12\"\nd: |\n  12\ne: >-\n  12\n", "x")
    assert [tree[key].style for key in "abcde"] == ["plain", "quoted", "quoted", "block", "block"]


def test_an_empty_text_in_quotes_is_a_text():
    assert plain(read_text("a: ''\nb: []\nc: {}", "x")) == {"a": "", "b": [], "c": {}}


def test_json_is_read_with_places():
    tree = read_text('{\n\t"size": "small",\n\t"members": [{"id": "a\\/\\u00e8", "signed": null}]}', "<facts>")
    assert plain(tree) == {"size": "small", "members": [{"id": "a/è", "signed": "null"}]}
    assert str(place_of(tree, ("members", 0, "signed"))) == "<facts>:3:44"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["x.yaml:1:1: the file is empty"]),
        ("# only a comment", ["x.yaml:1:1: the file is empty"]),
        ("a: b\na: c", ["x.yaml:2:1: the key 'a' is given twice; first at line 1"]),
        (
            "a: &x b\nc: *x\nd: !!str e",
            [
                "x.yaml:1:4: the anchor &x is not allowed; write the value out where it is needed",
                "x.yaml:2:4: the alias *x is not allowed; write the value out",
                "x.yaml:3:4: the tag tag:yaml.org,2002:str is not allowed; every value is read as text",
            ],
        ),
        ("a: {b, c: d}", ["x.yaml:1:6: 'b' has no value; a text with a comma, a colon, '#' or a brace must be in quotes"]),
        ("a:\nb: c", ["x.yaml:1:3: 'a' has no value; a text with a comma, a colon, '#' or a brace must be in quotes"]),
        ("- a\n-\n", ["x.yaml:2:2: this has no value; a text with a comma, a colon, '#' or a brace must be in quotes"]),
        ("[a]: b", ["x.yaml:1:1: a key must be a text; a text that begins with a brace or bracket must be in quotes"]),
        ("? {a: b}\n: c", ["x.yaml:1:3: a key must be a text; a text that begins with a brace or bracket must be in quotes"]),
        ("? ''\n: c\n?\n: d", ["x.yaml:3:2: a key is empty", "x.yaml:3:2: the key '' is given twice; first at line 1"]),
        ("a: b\n---\nc: d", ["x.yaml:2:1: a second document begins here; a file holds one"]),
        ("a: b\x07", ["x.yaml:1:5: the character U+0007 cannot stand in a text file"]),
        ("a: b\nc: \x00", ["x.yaml:2:4: the character U+0000 cannot stand in a text file"]),
        ("è: \u2028", ["x.yaml:1:4: the character U+2028 cannot stand in a text file"]),
        ("a: \ud800", ["x.yaml:1:4: the character U+D800 cannot stand in a text file"]),
        ("a: dieci\u202e imprese", ["x.yaml:1:9: the character U+202E cannot stand in a text file"]),
        ("a: b\n# c\u2066d", ["x.yaml:2:4: the character U+2066 cannot stand in a text file"]),
        ("a: b\u200bc", ["x.yaml:1:5: the character U+200B cannot stand in a text file"]),
        ("a: b\ufeffc", ["x.yaml:1:5: the character U+FEFF cannot stand in a text file"]),
        ("a: b\u00adc", ["x.yaml:1:5: the character U+00AD cannot stand in a text file"]),
        ("a: b\ue000c", ["x.yaml:1:5: the character U+E000 cannot stand in a text file"]),
        ('a: "dieci\\u202e imprese"\nb: "\\0"', ["x.yaml:1:10: the character U+202E cannot stand in a text", "x.yaml:2:5: the character U+0000 cannot stand in a text"]),
        ('"a\\u200b": b', ["x.yaml:1:3: the character U+200B cannot stand in a text"]),
        ("a: [b", ["x.yaml:2:1: this is not YAML: while parsing a flow sequence, did not find expected ',' or ']'"]),
        ("[" * 30, ["x.yaml:1:25: this is nested more than 24 deep"]),
    ],
)  # fmt: skip
def test_what_is_refused(text, expected):
    assert faults(text) == expected


@pytest.mark.parametrize(
    "control", [0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070)]
)
def test_what_nobody_sees_or_turns_the_direction_of_a_text_is_refused(control):
    assert faults(f"a: b\nb: c{chr(control)}") == [
        f"x.yaml:2:5: the character U+{control:04X} cannot stand in a text file"
    ]


def test_blanks_of_any_width_are_no_more_than_blanks():
    text = 'a: "1\xa0000\u202f000\u2009€"\nb: "c\\n\\td"\r\n'
    assert read_text(text, "x.yaml") == {"a": "1\xa0000\u202f000\u2009€", "b": "c\n\td"}


@pytest.mark.parametrize("opening", ["- ", "[", "{", "? ", "a: {", "- [", "[{", '{"a":'])
def test_deep_nesting_is_refused_whatever_its_form(opening):
    (fault, *_) = faults(opening * (200_000 // len(opening)))
    assert "x.yaml:1:" in fault


def test_nesting_up_to_the_bound_is_read():
    assert read_text("[" * MOST_DEPTH + "]" * MOST_DEPTH, "x")


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed():
    assert faults("a" * (MOST_BYTES + 1)) == ["x.yaml: the file is larger than 1000 kB"]
    assert faults("è" * (MOST_BYTES // 2 + 1)) == ["x.yaml: the file is larger than 1000 kB"]


def test_the_faults_of_one_file_have_an_end():
    assert len(faults("a: 1\n" * 50_000)) == MOST_FAULTS


def test_a_byte_order_mark_moves_no_column():
    tree = read_text("\ufeffa: b", "x")
    assert str(tree["a"].place) == "x:1:4"


def test_the_caller_chooses_the_error():
    with pytest.raises(BadFacts):
        read_text("a:", "<facts>", BadFacts)


def test_files_that_are_not_there_or_no_files(tmp_path):
    with pytest.raises(BadRules, match=r"none\.yaml: there is no such file"):
        read_file(tmp_path / "none.yaml", shown="none.yaml")
    with pytest.raises(BadRules, match="this is a folder, not a file"):
        read_file(tmp_path)
    with pytest.raises(BadRules, match="cannot be read"):
        read_file(tmp_path / "a\0b")


def test_a_file_that_is_not_utf_8_is_refused_at_the_byte(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes("\ufeffà: perché\nb: citt".encode() + b"\xe0\n")
    with pytest.raises(BadRules, match=r"x:2:8: this is not UTF-8"):
        read_file(path, shown="x")
    path.write_bytes(b"a: 1\n" * 300_000)
    with pytest.raises(BadRules, match="larger than"):
        read_file(path)


YAML_LIKE = st.text(alphabet=st.sampled_from("ab01 \n\t:-?,[]{}#&*!|>'\"%@`~.è\ufeff\x00\u2028"), max_size=80)


@given(st.text(max_size=200) | YAML_LIKE)
@example("? - a\n: b")
@example("a: !<tag:x> {b: *c, *d : e}")
def test_any_text_is_read_or_refused(text):
    told = []

    def refuse(faults):
        told.extend(faults)
        return BadRules(told)

    with suppress(BadRules):
        read_text(text, "x", refuse)
    assert all(fault.place.path == "x" and fault.message for fault in told)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters="\u2028\u2029"), max_size=20)
JSON = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)


@given(JSON)
def test_json_texts_come_back_and_places_point_at_them(data):
    text = json.dumps(data, ensure_ascii=False, indent=1)
    lines = text.split("\n")
    tree = read_text(text, "x")
    assert plain(tree) == data

    def walk(node, value):
        place = node.place
        rest = lines[place.line - 1][place.column - 1 :]
        assert rest.startswith(
            json.dumps(value, ensure_ascii=False) if isinstance(value, str) else "[{"["[{".index(rest[0])]
        )
        if isinstance(value, dict):
            for key, inner in node.items():
                walk(key, str(key))
                walk(inner, value[key])
        elif isinstance(value, list):
            for inner, wanted in zip(node, value, strict=True):
                walk(inner, wanted)

    walk(tree, data)
