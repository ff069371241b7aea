# SPDX-License-Identifier: Apache-2.0
"""What a JSON text may be at most: values on each limit are read, and one beyond is a fault with its place."""

import pytest

from misure.facts.json_places import MOST_DEPTH, JsonPlaces, JsonValue, json_values
from misure.facts.source import MOST_BYTES, facts_of
from misure.facts.values import JsonDecimal
from misure.ground.errors import BadFacts
from misure.ground.place import Lines, Place


def told(source, name="<facts>"):
    with pytest.raises(BadFacts) as caught:
        facts_of(source, name)
    return list(map(str, caught.value.faults))


@pytest.mark.parametrize("digits", ["9" * 40, "-" + "9" * 39, "0", "-1"])
def test_a_whole_number_of_up_to_forty_characters_is_read(digits):
    facts, _ = facts_of('{"firms": ' + digits + "}")
    assert facts == {"firms": int(digits)}
    assert type(facts["firms"]) is int


@pytest.mark.parametrize(("digits", "length"), [("9" * 41, 41), ("-" + "9" * 40, 41), ("1" + "0" * 99, 100)])
def test_a_longer_one_is_a_fault_at_its_place(digits, length):
    fault = f"<facts>:2:11: firms: a whole number of {length} digits is too long"
    assert told('{"a": 1,\n "firms": ' + digits + "}") == [fault]


def test_only_whole_numbers_are_too_long_and_the_others_stay_as_written():
    long = "1." + "5" * 60
    facts, _ = facts_of('{"a": ' + long + ', "b": "' + "9" * 60 + '"}')
    assert facts == {"a": JsonDecimal(long), "b": "9" * 60}
    too_long = "9" * 41
    text = '{"n": ' + too_long + ', "d": ' + long + ', "e": -1e' + "5" * 60 + ', "t": "' + "9" * 60 + '"}'
    assert told(text) == ["<facts>:1:7: n: a whole number of 41 digits is too long"]


def test_a_text_as_long_as_any_is_read_and_one_byte_more_is_not():
    text = '{"a": "' + "x" * (MOST_BYTES - 9) + '"}'
    assert len(text) == MOST_BYTES
    for source in (text, text.encode(), bytearray(text.encode())):
        assert facts_of(source)[0]["a"] == "x" * (MOST_BYTES - 9)
        longer = source + (" " if isinstance(source, str) else b" ")
        assert told(longer) == ["<facts>: the text is longer than 1000000 bytes"]


def nested(depth, open_="[", close="]"):
    return '{"a": ' + open_ * depth + close * depth + "}"


def test_depth_on_the_limit_is_read_and_one_beyond_is_told_once_where_it_begins():
    facts, _ = facts_of(nested(MOST_DEPTH - 1))
    depth, inner = 0, facts["a"]
    while inner:
        depth, inner = depth + 1, inner[0]
    assert depth == MOST_DEPTH - 2
    path = "a" + "[0]" * (MOST_DEPTH - 1)
    assert told(nested(MOST_DEPTH)) == [f"<facts>:1:{6 + MOST_DEPTH}: {path[:60]}: nested more than 24 levels deep"]


def test_objects_count_as_deep_as_lists():
    opened, closed = '{"b": ' * (MOST_DEPTH - 2) + "[", "]" + "}" * (MOST_DEPTH - 2)
    facts, _ = facts_of('{"a": ' + opened + closed + "}")
    assert list(facts) == ["a"]
    (fault,) = told('{"a": {"b": ' + opened + closed + "}}")
    assert fault.endswith("nested more than 24 levels deep")


def test_depth_hides_no_fault_before_it_and_a_fault_does_not_hide_depth():
    found = told('{"vat": NaN, "b": ' + "[" * MOST_DEPTH + "]" * MOST_DEPTH + "}")
    assert [fault.partition(": ")[0] for fault in found] == ["<facts>:1:9", f"<facts>:1:{18 + MOST_DEPTH}"]


def test_each_odd_thing_is_told_with_its_own_place_in_the_order_of_the_text():
    text = """{"a": Infinity,
  "b": [-Infinity, NaN, {"c": 1, "c": 2, "c": 3, "d": NaN}],
  "b": 4,
  "e": """ + "8" * 50 + "}"  # fmt: skip
    assert told(text, "x.json") == [
        "x.json:1:7: a: Infinity is no number",
        "x.json:2:9: b[0]: -Infinity is no number",
        "x.json:2:20: b[1]: NaN is no number",
        "x.json:2:34: b[2].c: the name stands twice in one object",
        "x.json:2:42: b[2].c: the name stands twice in one object",
        "x.json:2:55: b[2].d: NaN is no number",
        "x.json:3:3: b: the name stands twice in one object",
        "x.json:4:8: e: a whole number of 50 digits is too long",
    ]


def test_what_stands_inside_a_repeated_name_is_not_told_again():
    assert told('{"a": {"b": {"c": 1}}, "a": {"b": {"c": 2}}, "d": 1}') == [
        "<facts>:1:24: a: the name stands twice in one object"
    ]
    # The same name in two objects is no repetition.
    facts, _ = facts_of('{"a": [{"b": 1}, {"b": 1}], "c": {"b": 1}, "b": 1}')
    assert facts == {"a": [{"b": 1}, {"b": 1}], "c": {"b": 1}, "b": 1}


@pytest.mark.parametrize(("source", "fault"), [
    ("[]", "1:1"), (" \n\t 7", "2:3"), ("\ufeff\n\n  null", "3:3"), ('"text"', "1:1"), ("true", "1:1"),
])  # fmt: skip
def test_a_text_that_is_no_object_is_told_where_it_begins(source, fault):
    assert told(source) == [f"<facts>:{fault}: expected a JSON object of facts, each with its name"]


def test_a_byte_that_is_not_utf_8_is_counted_from_the_beginning():
    assert told(b'{"a": "\xe8"}') == ["<facts>: the text is not UTF-8: byte 7 cannot be read"]


class Model:
    def __init__(self, dumped):
        self.dumped = dumped

    def model_dump(self):
        return self.dumped


class NoMethod:
    model_dump = {"a": 1}


def test_what_is_dumped_must_be_a_mapping():
    assert facts_of(Model({"a": 1})) == ({"a": 1}, None)
    for odd, kind in (
        (Model([1]), "a Model"),
        (NoMethod(), "a NoMethod"),
        (Model, "a type"),
        (None, "nothing"),
        ([], "an empty list"),
    ):
        assert told(odd, "x") == [f"x: expected a mapping, a JSON text or a pydantic object; got {kind}"]


def test_a_mapping_is_handed_on_as_it_is_and_has_no_places():
    given = {"a": object()}
    facts, places = facts_of(given)
    assert facts is given
    assert places is None


TEXT = '{"a": [1, {"b": "x, y: [z"}, [[], 2]],\n "c\\n\\"": {"d": true}, "e": -1.5e3}'


def test_every_value_of_a_text_has_its_path_its_name_and_its_place():
    line = TEXT.index("\n") + 1
    name = TEXT.index('"c')
    assert list(json_values(TEXT)) == [
        JsonValue((), 0, 0, "{"),
        JsonValue(("a",), 1, 6, "["),
        JsonValue(("a", 0), 7, 7, "1"),
        JsonValue(("a", 1), 10, 10, "{"),
        JsonValue(("a", 1, "b"), 11, 16, '"x, y: [z"'),
        JsonValue(("a", 2), 29, 29, "["),
        JsonValue(("a", 2, 0), 30, 30, "["),
        JsonValue(("a", 2, 1), 34, 34, "2"),
        JsonValue(('c\n"',), name, line + 10, "{"),
        JsonValue(('c\n"', "d"), line + 11, line + 16, "true"),
        JsonValue(("e",), line + 23, line + 28, "-1.5e3"),
    ]


@pytest.mark.parametrize(("path", "place"), [
    ((), "1:1"), (("a",), "1:7"), (("a", 0), "1:8"), (("a", 1, "b"), "1:17"), (("a", 1, "b", "deeper"), "1:17"),
    (("a", 2, 0), "1:31"), (("a", 2, 7), "1:30"), (("a", 9), "1:7"), (('c\n"', "d"), "2:17"), (("e",), "2:29"), (("z",), "1:1"),
])  # fmt: skip
def test_the_place_of_a_path_is_that_of_its_nearest_part(path, place):
    assert str(JsonPlaces(TEXT, "f")(path)) == f"f:{place}"


@pytest.mark.parametrize(
    ("offset", "line", "column"), [(0, 1, 1), (1, 1, 2), (2, 1, 3), (3, 2, 1), (4, 2, 2), (5, 3, 1)]
)
def test_an_offset_as_a_line_and_a_column(offset, line, column):
    assert Lines("ab\nc\nd", "f").place(offset) == Place("f", line, column)
