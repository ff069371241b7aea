# SPDX-License-Identifier: Apache-2.0
"""Linked data that is not what it should be is refused, with what to do; and nobody's data does more than make rules."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from pathlib import Path

import pytest

import misure
from misure.rulebook.linked.decoding import MOST_PARTS, _Made
from misure.rulebook.linked.encoding import MAGIC
from misure.rulebook.linked.kinds import record_kinds

FILIERE = "lombardia/filiere"
DATA = misure.catalogue()[FILIERE].linked()
AGAIN = r"make it again from the rule files with this library: catalogue\(\)\[\.\.\.\]\.linked\(\)"


def whole():
    return json.loads(DATA.partition(b"\n")[2])


def sealed(content):
    """Data with a right first line, as anybody can make it."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return MAGIC + f"{len(body)} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def refused(data):
    with pytest.raises(misure.BadRules) as caught:
        misure.open_linked(data)
    assert len(str(caught.value)) < 300
    return str(caught.value)


def test_sealed_again_it_opens():
    assert misure.open_linked(sealed(whole())) == misure.catalogue()[FILIERE]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"format: 1\nmeasure: a/b\n", b"\x80\x04\x95", DATA[1:], DATA[:20]]
)
def test_what_is_no_linked_rulebook(data):
    assert refused(data) == "<linked rulebook>: this is no linked rulebook: that is what measure.linked() gives"


@pytest.mark.parametrize("length", [len(MAGIC) + 2, DATA.index(b"\n")])
def test_what_was_cut_in_its_first_line(length):
    assert "was cut short" in refused(DATA[:length])


@pytest.mark.parametrize("format_", [2, "1", None, True])
def test_rules_of_another_format(format_):
    shown = str(format_)
    assert re.search(
        f"it holds rules of format {shown}, and this library reads format 1; {AGAIN}$",
        refused(sealed(whole() | {"format": format_})),
    )


@pytest.mark.parametrize("missing", [1, 100, 50_000])
def test_what_was_cut_short(missing):
    assert f"it was cut short: {missing} of " in refused(DATA[:-missing])


@pytest.mark.parametrize(
    "data",
    [DATA.replace(b'"filed_on"', b'"filed_no"', 1), DATA + b"\n", DATA[:-2] + b"}}"],
    ids=["text", "longer", "end"],
)
def test_what_was_changed(data):
    assert "it was changed after it was made; fetch or copy it again" in refused(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"library": "0.0.9"}, r"it was made by misure 0\.0\.9, and this is [0-9.a-z]+; " + AGAIN),
        ({"library": "<b>\n\x1b" + "x" * 500}, r"it was made by misure <b>\\n\\x1bx+, and"),
        ({"kinds": "0" * 16}, "by another state of misure .*, with other kinds of rules; " + AGAIN),
        (
            {"law": {"ue/deminimis-ceilings": "0"}},
            r"tables of the law that are not those of this library \(festivita-nazionali\); " + AGAIN,
        ),
        (
            {"law": {**whole()["law"], "festivita-nazionali": "0"}},
            r"not those of this library \(festivita-nazionali\); ",
        ),
        ({"law": {**whole()["law"], "ue/deminimis-ceilings": "0"}}, r"not those of this library \(others\); "),
        ({"law": ["festivita-nazionali"]}, r"not those of this library \(festivita-nazionali\); "),
    ],
)
def test_what_is_of_another_version(change, message):
    with pytest.raises(misure.BadRules, match=message):
        misure.open_linked(sealed(whole() | change))


def test_a_form_of_writing_that_is_to_come():
    assert "in a form that this library does not read" in refused(DATA.replace(b"rulebook 1 ", b"rulebook 2 ", 1))


@pytest.mark.parametrize("given", ["text", None, 5, ["x"]])
def test_what_is_no_bytes(given):
    with pytest.raises(TypeError, match="a linked rulebook is bytes"):
        misure.open_linked(given)


@pytest.mark.parametrize("given", ["rules.linked", Path("rules.linked")])
def test_a_path_is_not_opened_and_it_is_said_what_to_write(given):
    with pytest.raises(TypeError, match=r"; of a file they are Path\(\.\.\.\)\.read_bytes\(\)$"):
        misure.open_linked(given)


def test_a_pickled_rulebook_of_another_version_is_told_as_a_pickle():
    book = misure.catalogue()[FILIERE].rulebook
    (data,) = book.__reduce__()[1]
    older = data.partition(b"\n")[2].replace(b'"library":"', b'"library":"0.', 1)
    with pytest.raises(misure.BadRules) as caught:
        book.__reduce__()[0](sealed(older))
    said = str(caught.value)
    assert said.startswith("<pickled rulebook>: it was made by misure 0.")
    assert said.endswith("; make the pickle again with this library")


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_other_bytes_are_taken(kind):
    assert misure.open_linked(kind(DATA)).id == FILIERE


# Data from anybody


@pytest.mark.parametrize(
    "body",
    [
        b"[]", b"null", b"{}", b"{" * 100_000, b"[" * 100_000, b'{"library": 1.5}', DATA.partition(b"\n")[2].replace(b"[", b"[1.5,", 1), b"\xff\xfe", b'{"a": NaN}',
        b'{"a": ' + b"9" * 100_000 + b"}",
    ],
    ids=range(10),
)  # fmt: skip
def test_a_body_that_is_none(body):
    assert "it is no sound rulebook" in refused(sealed(body))


def test_data_that_is_too_large():
    assert "larger than 8 MB" in refused(sealed(b" " * 8_000_001))


CODE = "x); __import__('os').system('touch ran'); ("


@pytest.mark.parametrize(
    "entry",
    [
        [], ["object"], ["Rule"], ["Decision"], ["Popen", "x"], [7], "text", None, ["tuple", [9_999_999]], ["tuple", [-1]],
        ["tuple", [True]], ["tuple", ["a"]], ["tuple", [1, 2]], ["tuple", 2**64], ["tuple", {"a": 1}],
        ["tuple", "\x1b[31m"], ["map", "a"], ["map", 1, 2], ["map", "a", 1, "a", 2], ["set", 1], ["date", "2022-02-30"],
        ["date", 5], ["fraction", 1, 0], ["fraction", True, 1], ["Stage", "nowhere"], ["Stage"],
        ["Place", "a", True, 1], ["Place", "a", 1], ["Place", "a", 1, 1, 1],
    ],
    ids=repr,
)  # fmt: skip
def test_an_entry_that_is_none(entry):
    content = whole()
    content["pool"].insert(0, entry)
    assert "it is no sound rulebook: entry 0: " in refused(sealed(content))


def forged(head, change):
    """The data with something changed in every entry of a kind."""
    content = whole()
    for row in content["pool"]:
        if row[0] == head:
            change(row)
    return sealed(content)


def put(at, value):
    def change(row):
        row[at] = value

    return change


@pytest.mark.parametrize(
    ("head", "at", "value"),
    [
        ("Fact", 1, CODE), ("Table", 1, CODE), ("Name", 1, CODE), ("FieldOf", 2, CODE), ("Aggregate", 2, CODE),
        ("FieldOf", 1, CODE), ("Term", 11, CODE), ("Fact", 4, 400_000), ("Unit", 2, 400_000), ("Type", 3, 10**9),
        ("Type", 3, -1), ("Table", 4, 10**9), ("Table", 4, -1), ("Rulebook", -2, "/etc"), ("Aggregate", 1, "eval"),
        ("Compare", 1, "**"), ("Fact", 13, "passport"), ("Act", 7, "javascript:alert(1)"), ("Citation", 4, "urn:nir:nobody"),
    ],
)  # fmt: skip
def test_no_text_becomes_code_and_no_number_hangs(head, at, value, tmp_path):
    assert "it is no sound rulebook" in refused(forged(head, put(at, value)))


def test_a_name_that_nothing_asks_about_is_still_no_code():
    """The last door: whatever a rulebook holds, the printer puts no text into a program that is no name."""
    from misure.engines.python.printer import _variable

    with pytest.raises(ValueError, match="is no name that a program can use"):
        _variable("f_", CODE)


def deep(content, times):
    """A tree of so many refusals around one condition."""
    pool = content["pool"]
    book = pool.pop()
    at = next(n for n, row in enumerate(pool) if row[0] == "Condition")
    field = next(
        n for n, told in enumerate(pool[at]) if isinstance(told, list) and pool[told[0]][0] in ("Compare", "Name")
    )
    inner, (kind, where) = pool[at][field], pool[pool[at][field][0]][-2:]
    new = []
    for _ in range(times):
        new.append(["Not", inner, kind, where])
        inner = [at + len(new) - 1]

    def moved(told):
        return [told[0] + len(new)] if isinstance(told, list) and told[0] >= at else told

    later = [[row[0], *map(moved, row[1:])] for row in [*pool[at:], book]]
    later[0][field] = inner
    return content | {"pool": [*pool[:at], *new, *later]}


def test_a_tree_may_be_as_deep_as_in_a_rule_file():
    assert misure.open_linked(sealed(deep(whole(), 50))).decide({}, on=dt.date(2022, 6, 1)).findings


def test_a_tree_that_is_too_deep():
    assert "too deep or too large" in refused(sealed(deep(whole(), 5_000)))


def doubling(content, times):
    """The rulebook whose first condition holds where twice itself does, and so on: a short text that says much."""
    pool = content["pool"]
    at, row = next((at, row) for at, row in enumerate(pool) if row[0] == "Compare")
    kind, place = row[-2:]
    new = []
    for _ in range(times):
        last = [at + len(new)]
        new += [["tuple", last, last], ["AllOf", [at + len(new) + 1], kind, place]]

    def moved(told):
        if not isinstance(told, list) or told[0] < at:
            return told
        return [told[0] + len(new)]

    return content | {"pool": [*pool[: at + 1], *new, *([one[0], *map(moved, one[1:])] for one in pool[at + 1 :])]}


def test_data_that_says_more_than_ten_measures_together_is_refused():
    assert misure.open_linked(sealed(doubling(whole(), 5))).decide({}, on=dt.date(2022, 6, 1)).findings
    long = sealed(doubling(whole(), 13))
    assert len(long) < 110_000
    assert "too deep or too large" in refused(long)


def test_every_measure_is_far_from_being_too_large():
    for measure in misure.catalogue([]).values():
        made = _Made()
        for row in json.loads(measure.linked().partition(b"\n")[2])["pool"]:
            made.add(row)
        assert made._parts[-1] * 5 < MOST_PARTS, measure.id


def test_parts_that_double_at_each_step():
    content = whole()
    content["pool"][:0] = [["tuple", "a"]]
    doubled = [["tuple"]] + [["tuple", [n], [n]] for n in range(60)]
    assert "too deep or too large" in refused(sealed(content | {"pool": doubled}))


@pytest.mark.parametrize(
    ("varied", "message"),
    [
        ([], "'varied' or 'pool' is not what it should be"),
        ({"minimum_firms": 8}, "a what-if of it is no text"),
        ({"minimum_firms": "\x1b[31m"}, "a what-if of it is no text"),
        ({"minimum_firm": "8 firms"}, "no parameter of lombardia/filiere is called 'minimum_firm'"),
        ({"self": "8 firms"}, "no parameter of lombardia/filiere is called 'self'"),
    ],
    ids=range(5),
)
def test_a_what_if_that_is_none(varied, message):
    assert message in refused(sealed(whole() | {"varied": varied}))


def test_a_rulebook_whose_rules_do_not_fit_together():
    def nowhere(row):
        row[1] = row[1] if row[2] in ("fact", "event", "on") else "nowhere"

    message = refused(forged("Name", nowhere))
    assert "it is no sound rulebook: Condition 'at_least_ten_firms': no definition is called 'nowhere'" in message


def field_of(kind, field):
    return 1 + record_kinds()[kind].fields.index(field)


@pytest.mark.parametrize(
    ("kind", "field", "value", "message"),
    [
        ("Condition", "once", "a b", "no event is called 'a b'"),
        ("Condition", "text", "  ", "it has no sentence"),
        ("Condition", "text", "Almeno {firms}", "its sentence asks for 'firms', which nothing is called"),
        ("Condition", "effect", None, "effect of a Condition cannot be"),
        ("Condition", "id", "a b", "it has no id that rules could use"),
        ("Name", "name", "a b", "is called 'a b'"),
        ("Parameter", "name", "a b", "something is held under another name than its own"),
        ("Parameter", "anchor", "yesterday", "the day that picks the law is not declared"),
        ("Value", "source", "a b", "it was read in no source that is declared, 'a b'"),
        ("Value", "unknown", "chi lo sa", "it is both known and unknown"),
        ("Citation", "act", "nowhere", "its editions do not follow each other, or are of no act|it cites an act"),
        ("Term", "regime", "a b", "no parameter is called 'a b'"),
        ("Duty", "who", "", "it is nobody's"),
        ("Relation", "key", "capofila", "'capofila' is no identifier by which applications are compared"),
        ("Source", "url", "javascript:alert(1)", "the 'url' of a source is no link"),
        ("Rulebook", "title", " ", "its id, its title or its subject says nothing"),
        ("Rulebook", "id", "../../etc", "its id, its title or its subject says nothing"),
    ],
)
def test_what_a_rule_names_is_there_and_says_something(kind, field, value, message):
    assert re.search(message, refused(forged(kind, put(field_of(kind, field), value))))


def test_an_amount_of_no_shape():
    def amount(row):
        row[1] = "nowhere" if row[2] == "score" else row[1]

    assert "no score is called 'nowhere'" in refused(forged("Name", amount))
