# SPDX-License-Identifier: Apache-2.0
"""Applications from a file: what is read of them with their places, and each thing that cannot be read."""

from __future__ import annotations

import json

import pytest

from misure.ground.errors import BadFacts
from misure.reading.applicants.applications import OFFICE, read_applications_file, read_csv

KNOWN = ("score", "owner", "note")


def faults(text, tables=None):
    with pytest.raises(BadFacts) as caught:
        read_csv(text, "d.csv", KNOWN, tables)
    return [str(fault) for fault in caught.value.faults]


def test_a_row_is_an_application_with_what_the_office_says_and_its_facts():
    one, two = read_csv(
        "id,filed_at,admitted,window,score,owner\nD-1,2026-01-12T09:00,yes,first,78.50,Rossi\nD-2,,,,,\n",
        "d.csv",
        KNOWN,
    )
    assert (one.id, one.filed_at, one.admitted, one.window) == ("D-1", "2026-01-12T09:00", "yes", "first")
    assert one.facts == {"score": "78.50", "owner": "Rossi"}
    assert (two.id, two.facts, two.filed_at, two.admitted, two.window) == ("D-2", {}, None, None, None)
    assert (str(one.place), str(two.place)) == ("d.csv:2:1", "d.csv:3:1")
    assert OFFICE == ("filed_at", "admitted", "window")


@pytest.mark.parametrize(
    ("text", "facts", "place"),
    [
        ("id;score\nD-1;1,5\n", {"score": "1,5"}, "d.csv:2:5"),
        ("id,score\nD-1,2\n", {"score": "2"}, "d.csv:2:5"),
        ("\ufeffid,score\nD-1,2\n", {"score": "2"}, "d.csv:2:5"),
        (" id , score \n D-1 , 2 \n", {"score": "2"}, "d.csv:2:7"),
        ('id,owner,score\nD-1,"a, b",2\n', {"owner": "a, b", "score": "2"}, "d.csv:2:12"),
        ('id,owner,score\nD-1,"a ""b"", c",2\n', {"owner": 'a "b", c', "score": "2"}, "d.csv:2:18"),
        ("score,id\n2,D-1\n", {"score": "2"}, "d.csv:2:1"),
        ("id,score\r\nD-1,2\r\n", {"score": "2"}, "d.csv:2:5"),
        ("id,score\rD-1,2\r", {"score": "2"}, "d.csv:2:5"),
        ("id,score\n\n  \nD-1,2\n", {"score": "2"}, "d.csv:4:5"),
        ("id,score\nD-1,2", {"score": "2"}, "d.csv:2:5"),
        ("id,score\n,\nD-1,2", {"score": "2"}, "d.csv:3:5"),
    ],
)
def test_a_cell_is_a_text_with_its_place(text, facts, place):
    (told,) = read_csv(text, "d.csv", KNOWN)
    assert (told.id, told.facts) == ("D-1", facts)
    assert str(told.places(("score",))) == place


def test_a_row_after_a_break_inside_quotes_stands_on_its_own_line():
    one, two = read_csv('id,owner,score\nD-1,"a\nb",1\nD-2,c,2\n', "d.csv", KNOWN)
    assert one.facts["owner"] == "a\nb"
    assert (str(one.place), str(two.place), str(two.places(("score",)))) == ("d.csv:2:1", "d.csv:4:1", "d.csv:4:7")


def test_the_place_of_what_has_no_column_is_that_of_its_row():
    (told,) = read_csv("score,id\n2,D-1\n", "d.csv", KNOWN)
    assert str(told.places(())) == "d.csv:2:3"
    assert str(told.places(("owner",))) == "d.csv:2:1"


TABLES = {"crew": ("application,name,fee\nD-1,a,1\nD-2,b,\nD-1,c,3\n", "crew.csv")}


def test_records_of_tables_go_to_the_applications_they_name():
    one, two, three = read_csv("id,score\nD-1,1\nD-2,2\nD-3,3\n", "d.csv", KNOWN, TABLES)
    assert one.facts == {"score": "1", "crew": [{"name": "a", "fee": "1"}, {"name": "c", "fee": "3"}]}
    assert two.facts["crew"] == [{"name": "b"}]
    assert "crew" not in three.facts
    places = [
        ("crew", 0, "fee"),
        ("crew", 1, "fee"),
        ("crew", 1, "name"),
        ("crew", 1),
        ("crew", 1, "strange"),
        ("score",),
    ]
    assert [str(one.places(path)) for path in places] == [
        "crew.csv:2:7", "crew.csv:4:7", "crew.csv:4:5", "crew.csv:4:1", "crew.csv:4:1", "d.csv:2:5",
    ]  # fmt: skip
    assert [str(one.places(path)) for path in (("crew",), ("crew", 2, "fee"), ("crew", -1, "fee"))] == ["d.csv:2:1"] * 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["d.csv:1:1: the file is empty"]),
        ("  \n\n", ["d.csv:1:1: the file is empty"]),
        ("id,score\n", ["d.csv:1:1: there is a header and no row below it"]),
        ("id,score\n,\n\n", ["d.csv:1:1: there is a header and no row below it"]),
        ("id,score;owner\nD-1,1\n", ["d.csv:1:3: the header has both commas and semicolons: one of them separates the columns"]),
        ("id;score,owner\nD-1,1\n", ["d.csv:1:3: the header has both commas and semicolons: one of them separates the columns"]),
        ("id\tscore\nD-1\t1\n", ["d.csv:1:3: tabs separate the columns; use commas or semicolons"]),
        ("id|score\nD-1|1\n", ["d.csv:1:3: bars separate the columns; use commas or semicolons"]),
        ("id,scor\nD-1,1\n", ["d.csv:1:4: scor: no fact is called 'scor'; did you mean 'score'?"]),
        ("id,score,,owner\nD-1,1,2,3\n", ["d.csv:1:10: the column 3 has no name: a separator too many?"]),
        ("id,score,score\nD-1,1,2\n", ["d.csv:1:10: score: two columns have this name"]),
        ("ids,score\nD-1,1\n", [
            "d.csv:1:1: id: there is no column 'id'; did you mean 'ids'?",
            "d.csv:1:1: ids: no fact is called 'ids'; did you mean 'id'?",
        ]),  # what stands in that column is read as the id, so that what is wrong in the rows is told too
        ("ids,score\nD-1,1\n,2\nD-3\n", [
            "d.csv:1:1: id: there is no column 'id'; did you mean 'ids'?",
            "d.csv:1:1: ids: no fact is called 'ids'; did you mean 'id'?",
            "d.csv:3:1: id: every row needs its id",
            "d.csv:4:1: 1 cells, and the header has 2: a separator too many or too few; a text that holds one stands in double quotes",
        ]),
        ("id,score\n,1\nD-2,2\n ,3\n", ["d.csv:2:1: id: every row needs its id", "d.csv:4:1: id: every row needs its id"]),
        ("id,score\nD-1,1,2\nD-2\n", [
            "d.csv:2:1: 3 cells, and the header has 2: a separator too many or too few; a text that holds one stands in double quotes",
            "d.csv:3:1: 1 cells, and the header has 2: a separator too many or too few; a text that holds one stands in double quotes",
        ]),
        ('id,score\nD-1,1\nD-2,"2\n', ["d.csv:3:1: this row cannot be read: a double quote opens a text that nothing closes"]),
        ('id,score\nD-1,"a"b\n', [
            "d.csv:2:1: this row cannot be read: after the double quote that closes a text, a separator or the end of the row is expected"]),
        ("id,score\nD-1,a\x07\n", ["d.csv:2:6: the character U+0007 cannot stand in a text file"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_at_its_place(text, told):
    assert faults(text) == told


def test_an_application_without_records_tells_nothing_unless_something_says_so():
    text = "id,crew_known\nD-1,\nD-2,no\nD-3,\nD-4,sì\nD-5,No\n"
    told = [one.facts.get("crew") for one in read_csv(text, "d.csv", KNOWN, TABLES)]
    more = {"records": [{"name": "b"}], "complete": False}
    assert told == [
        [{"name": "a", "fee": "1"}, {"name": "c", "fee": "3"}],
        more,
        None,
        [],
        {"records": [], "complete": False},
    ]
    whole = [one.facts["crew"] for one in read_csv("id\nD-1\nD-2\nD-3\n", "d.csv", KNOWN, TABLES, ["crew"])]
    assert whole == [[{"name": "a", "fee": "1"}, {"name": "c", "fee": "3"}], [{"name": "b"}], []]


def test_a_file_of_records_may_have_a_header_alone():
    nobody = {"crew": ("application,name\n", "crew.csv")}
    assert [one.facts for one in read_csv("id,crew_known\nD-1,yes\nD-2,\n", "d.csv", KNOWN, nobody)] == [
        {"crew": []},
        {},
    ]
    assert [one.facts for one in read_csv("id\nD-1\n", "d.csv", KNOWN, nobody, ["crew"])] == [{"crew": []}]
    assert faults("id\n") == ["d.csv:1:1: there is a header and no row below it"]


def test_whether_a_table_is_known_is_yes_or_no():
    assert faults("id,crew_known\nD-1,yess\n", TABLES | {"crew": ("application,name\nD-1,a\n", "crew.csv")}) == [
        "d.csv:2:5: crew_known: expected yes or no; got 'yess'; did you mean 'yes'?"
    ]
    assert faults("id,crew_known\nD-1,yes\n") == ["d.csv:1:4: crew_known: no fact is called 'crew_known'"]


def test_a_record_of_a_table_that_is_not_whole_has_its_place_in_its_file():
    _, two = read_csv(
        "id,crew_known\nD-1,\nD-2,no\n", "d.csv", KNOWN, {"crew": ("application,fee\nD-2,x\n", "crew.csv")}
    )
    assert str(two.places(("crew", "records", 0, "fee"))) == "crew.csv:2:5"
    assert str(two.places(("crew",))) == "d.csv:3:5"


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ("application,name\nD-9,a\n", ["crew.csv:2:1: application: no application is called 'D-9'; did you mean 'D-1'?"]),
        ("name,application\na,xyz\n", ["crew.csv:2:3: application: no application is called 'xyz'"]),
        ("applicaton,name\nD-1,a\n", [
            "crew.csv:1:1: application: there is no column 'application'; did you mean 'applicaton'?",
        ]),
        ("application,anything at all\nD-1,a\n", []),
        ("", ["crew.csv:1:1: the file is empty"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_records_of_a_table(records, told):
    if told:
        assert faults("id\nD-1\n", {"crew": (records, "crew.csv")}) == told
    else:
        assert read_csv("id\nD-1\n", "d.csv", KNOWN, {"crew": (records, "crew.csv")})[0].facts["crew"]


def test_all_that_is_wrong_is_told_at_once():
    assert len(faults("id,scor\nD-1,1\n", {"crew": ("", "crew.csv")})) == 2


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def written(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path.relative_to(tmp_path)

    return written


def refused(path, tables=None):
    with pytest.raises(BadFacts) as caught:
        read_applications_file(path, KNOWN, tables)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("name", ["d.json", "d.yaml", "d.yml", "d.JSON"])
def test_a_list_in_yaml_or_json_is_read_with_its_places(file, name):
    told = [
        {"id": "D-1", "filed_at": "2026-01-12T09:00", "admitted": "yes", "window": "first", "facts": {"score": "1"}},
        {"id": "D-2"},
    ]
    one, two = read_applications_file(file(name, json.dumps(told)), KNOWN)
    assert (one.id, one.facts, one.filed_at, one.admitted, one.window) == (
        "D-1", {"score": "1"}, "2026-01-12T09:00", "yes", "first",
    )  # fmt: skip
    assert (two.id, two.facts, two.filed_at, two.admitted, two.window) == ("D-2", {}, None, None, None)
    text = json.dumps(told)
    found = [one.place, one.places(("score",)), one.places(("admitted",)), two.place]
    admitted = '"yes"' if name.lower().endswith("json") else '"admitted"'  # in JSON a value's place is its own
    starts = ['{"id": "D-1"', '"1"', admitted, '{"id": "D-2"']
    assert [str(place) for place in found] == [f"{name}:1:{text.index(start) + 1}" for start in starts]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id: D-1\n", ["d.yaml:1:1: expected a list of applications, each with its id and its facts"]),
        ("- 3\n- {id: D-1, fact: {}}\n", [
            "d.yaml:1:3: expected an application with its id and its facts",
            "d.yaml:2:13: fact: an application has no 'fact'; did you mean 'facts'?",
        ]),
        ("- {facts: {}}\n", ["d.yaml:1:3: an application has an id, which is a text, and facts, each with its name"]),
        ("- {id: [a]}\n", ["d.yaml:1:3: an application has an id, which is a text, and facts, each with its name"]),
        ("- {id: a, facts: [b]}\n", ["d.yaml:1:3: an application has an id, which is a text, and facts, each with its name"]),
        ("- {id: a, facts: b}\n", ["d.yaml:1:3: an application has an id, which is a text, and facts, each with its name"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_list(file, content, told):
    assert refused(file("d.yaml", content)) == told


def test_files_that_cannot_be_used(file, tmp_path):
    csv = file("d.csv", "id\nD-1\n")
    assert read_applications_file(csv, KNOWN)[0].id == "D-1"
    assert refused(csv.with_name("no.csv")) == ["no.csv: there is no such file"]
    (tmp_path / "folder.csv").mkdir()
    assert refused(csv.with_name("folder.csv")) == ["folder.csv: this is a folder, not a file"]
    assert refused(csv.with_name("a\0b.csv"))[0].startswith("a\\x00b.csv: the file cannot be read: ")
    assert refused(file("e.csv", "id\nD-1\n".encode("utf-16"))) == [
        "e.csv:1:1: this is UTF-16; save the file as CSV UTF-8"
    ]
    assert refused(file("f.csv", b"id,owner\nD-1,citt" + b"\xe0\n")) == [
        "f.csv:2:9: this is not UTF-8: it looks like Windows-1252, with 'à' here; save the file as CSV UTF-8"
    ]
    assert refused(file("g.yaml", "[]"), {"crew": csv}) == [
        "g.yaml: further files of records go with a CSV file of applications"
    ]
    assert read_applications_file(csv, KNOWN, {"crew": file("c.csv", "application\nD-1\n")})[0].facts == {"crew": [{}]}


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (64_000_000, "d.csv:1:1: the character U+0000 cannot stand in a text file"),
        (64_000_001, "d.csv: the file is larger than 64 MB"),
    ],
)
def test_a_file_has_at_most_64_megabytes(file, size, told):
    path = file("d.csv", "")
    with path.open("r+b") as stream:
        stream.truncate(size)
    assert refused(path) == [told]


def test_a_cell_that_is_too_long_is_told_in_words(file):
    told = refused(file("d.csv", "id,score\nD-1," + "9" * 131_073 + "\n"))
    assert told == ["d.csv:2:1: this row cannot be read: a cell has more than 131072 characters"]
