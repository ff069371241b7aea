# SPDX-License-Identifier: Apache-2.0
"""A text that knows its place: the place of each of its characters, in every style of YAML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.reading import read_text
from misure.reading.text.written import Written

WORDS = st.lists(st.text("abcèxyz😀_>=", min_size=1, max_size=6), min_size=1, max_size=8)


def character_at(text: str, place) -> str:
    return text.split("\n")[place.line - 1][place.column - 1]


@pytest.mark.parametrize(
    "text",
    [
        "a: {0}\n",
        "a: '{0}'\n",
        'a: "{0}"\n',
        "è: [x, {0}]\n",
        "a:\n  {0}\n",
        "a:\n  - '{0}'\n",
    ],
)
@given(words=WORDS)
def test_each_character_of_one_line_is_found(text, words):
    content = "q" + " ".join(words)
    whole = text.replace("{0}", content)
    node = next(iter(read_text(whole, "x").values()))
    while isinstance(node, list):
        node = node[-1]
    assert node == content
    assert [character_at(whole, node.place_at(offset)) for offset in range(len(node))] == list(content)


@pytest.mark.parametrize("head", ["a: ", "a: >-\n  ", "a: |-\n  ", "a: '", 'a: "'])
@given(lines=st.lists(WORDS, min_size=1, max_size=4))
def test_each_character_of_several_lines_is_found(head, lines):
    tail = head[-1] if head[-1] in "'\"" else ""
    whole = head + "\n  ".join("q" + " ".join(words) for words in lines) + tail + "\n"
    node = read_text(whole, "x")["a"]
    for offset, character in enumerate(node):
        if character not in " \n":
            assert character_at(whole, node.place_at(offset)) == character


def test_escapes_are_counted_as_they_are_written():
    node = read_text("a: \"x\\u00e8y\\\"z\"\nb: 'it''s'", "x")
    assert [node["a"].place_at(offset).column for offset in range(5)] == [5, 6, 12, 13, 15]
    assert [node["b"].place_at(offset).column for offset in range(4)] == [5, 6, 7, 9]


def test_a_text_of_nowhere_has_a_place_too():
    text = Written("lombard_firms")
    assert (str(text.place), str(text.place_at(8)), text.style) == ("<text>", "<text>:1:9", "plain")


def test_a_written_text_is_an_ordinary_text():
    node = read_text("key: value", "x")
    assert node["key"] == "value"
    assert hash(node["key"]) == hash("value")
    assert node == {"key": "value"}
