# SPDX-License-Identifier: Apache-2.0
"""A ledger that is kept in a file comes back equal; a file that was cut short, changed or is another gives no ledger."""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given, strategies

from misure.deminimis import Aid, Gap, Ledger, RegisterKeys, open_ledger, save_ledger
from misure.ground.errors import BadFacts
from tests.deminimis.test_course import ledgers


def kept(ledger):
    file = io.StringIO()
    save_ledger(ledger, file)
    return file.getvalue()


@given(ledgers() | ledgers(exact=True))
def test_what_is_kept_is_read_back_equal(ledger):
    assert open_ledger(io.StringIO(kept(ledger))) == ledger


def test_everything_an_aid_tells_is_kept(tmp_path):
    aid = Aid("COR-1", "01234560157", "gen", "2025-01-10", "250000.00", activity="road_freight", costs=["a", "b"], measure="99901",
              keys=RegisterKeys("1", "2", "E44E20000140007", "Ente «x»", "grant", "C.28.9"))  # fmt: skip
    ledger = Ledger(
        [aid, Aid("COR-2", "beta", "agri", None, None, costs=())], complete_by="registro", complete_until="2026-10-31",
        complete_for=["gamma", "01234560157"], gaps=[Gap("a month"), Gap("a row", "beta")],
    ).merged("gamma", "beta")  # fmt: skip
    path = tmp_path / "ledger.jsonl"
    save_ledger(ledger, path)
    assert open_ledger(path) == open_ledger(str(path)) == ledger
    assert open_ledger(path)["COR-2"].origin == ("COR-2", "beta")
    assert [each.name for each in tmp_path.iterdir()] == ["ledger.jsonl"]


LEDGER = Ledger(
    [Aid("COR-1", "alfa", "gen", "2025-01-10", "1.00"), Aid("COR-2", "beta", "gen", "2025-01-10", "2.00")],
    complete_by="x",
)
TEXT = kept(LEDGER)


@pytest.mark.parametrize("length", range(len(TEXT)))
def test_a_file_that_was_cut_short_gives_no_ledger(length):
    with pytest.raises(BadFacts):
        open_ledger(io.StringIO(TEXT[:length]))


HEAD, FIRST, SECOND, SEAL = TEXT.splitlines(keepends=True)


def sealed(text):
    """The text as whoever writes such a file seals it."""
    return text + f'{{"sha256": "{hashlib.sha256(text.encode()).hexdigest()}"}}\n'


def test_the_seal_is_of_all_lines_before():
    assert sealed(HEAD + FIRST + SECOND) == TEXT


ALTERED = (
    "the file is not as it was kept: it was altered, cut short or added to; keep it again from the register's files"
)


@pytest.mark.parametrize("text", [
    TEXT.replace('"2.00"', '"1.99"'), TEXT.replace('"x"', '"y"'), HEAD + SECOND + FIRST + SEAL, HEAD + FIRST + SECOND,
    TEXT + "\n", TEXT + FIRST, TEXT + SEAL, TEXT.replace(SEAL[12:20], "00000000"),
], ids=["an amount", "who answers", "an order", "no seal", "a line", "an aid after", "a seal after", "the seal"])  # fmt: skip
def test_a_file_that_was_altered_gives_no_ledger_and_says_what_to_do(text):
    with pytest.raises(BadFacts) as caught:
        open_ledger(io.StringIO(text))
    (fault,) = caught.value.faults
    assert fault.message.startswith(ALTERED)
    assert fault.place.line == 4


@given(data=strategies.data())
def test_no_altered_character_goes_unseen(data):
    at = data.draw(strategies.integers(0, len(TEXT) - 1))
    other = data.draw(strategies.characters(codec="utf-8").filter(lambda one: one != TEXT[at]))
    with pytest.raises(BadFacts):
        open_ledger(io.StringIO(TEXT[:at] + other + TEXT[at + 1 :]))


@pytest.mark.parametrize(("text", "fault"), [
    ("7\n", "<ledger>:1:1: it is no ledger"), ("[\n", "<ledger>:1:1: the line is no JSON"),
    (HEAD + FIRST, "<ledger>:1:1: aids: the head tells 2 aids, and 1 follow: the file was cut short or added to"),
    (HEAD + FIRST + SECOND + FIRST.replace("COR-1", "COR-3"), "<ledger>:1:1: aids: the head tells 2 aids, and 3 follow"),
    (HEAD.replace('"version": 3', '"version": 2') + FIRST + SECOND, "<ledger>:1:1: version: it was written by another version"),
    (HEAD.replace('"complete_by": "x", ', "") + FIRST + SECOND, "<ledger>:1:1: the head is not whole: 'complete_by'"),
    (HEAD.replace('"gaps": []', '"gaps": [{"who": 1}]') + FIRST + SECOND, "<ledger>:1:1: the head is not whole: "),
    (HEAD.replace('"complete_until": null', '"complete_until": "soon"') + FIRST + SECOND, "<ledger>:1:1: complete_until: "),
    (HEAD + FIRST + FIRST.replace("1.00", "3.00"), "<ledger>:1:1: COR-1: two aids have this id"),
    (HEAD + FIRST + "7\n", "<ledger>:3:1: expected an aid; got 7"), (HEAD + FIRST + "{}\n", "<ledger>:3:1: amount: it is missing"),
    (HEAD + FIRST + SECOND.replace('"regulation"', '"regolamento"'), "<ledger>:3:1: regolamento: an aid has no such field"),
    (HEAD + FIRST + SECOND.replace('"2.00"', "2.5"), "<ledger>:3:1: amount: 2.5 is a binary float"),
    (HEAD + FIRST + SECOND.replace("2025-01-10", "2025-02-30"), "<ledger>:3:1: granted_on: 2025-02-30 does not exist"),
    (HEAD + FIRST + SECOND.replace("beta", "1234560157"), "<ledger>:3:1: beneficiary: '1234560157' has 10 digits"),
    (HEAD + FIRST + SECOND.replace('"2.00"', '{"from": "1"}'), "<ledger>:3:1: it is no aid: 'to'"),
    (HEAD + FIRST + SECOND.replace("}", ', "keys": {"x": 1}}'), "<ledger>:3:1: x: the register has no such key of an aid"),
    (HEAD + FIRST + SECOND.replace("}", ', "origin": "ab"}').replace('"ab"', '"abc"'), "<ledger>:3:1: it is no aid: "),
])  # fmt: skip
def test_what_no_ledger_was_kept_as(text, fault):
    with pytest.raises(BadFacts) as caught:
        open_ledger(io.StringIO(sealed(text)))
    assert str(caught.value.faults[0]).startswith(fault)


def test_a_hundred_faults_are_enough():
    with pytest.raises(BadFacts) as caught:
        open_ledger(io.StringIO(HEAD + "7\n" * 300))
    assert len(caught.value.faults) == 101


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(BadFacts, match="the file cannot be read: No such file"):
        open_ledger(tmp_path / "none")
    path = tmp_path / "ledger"
    path.write_bytes(HEAD.encode() + b"\xff\n")
    with pytest.raises(BadFacts, match="the file cannot be read: "):
        open_ledger(path)
    with pytest.raises(OSError, match="No such file"):
        save_ledger(LEDGER, tmp_path / "none" / "ledger")


def test_the_first_line_says_what_it_is():
    assert json.loads(HEAD) == {
        "format": "misure-ledger", "version": 3, "complete_by": "x", "complete_until": None, "complete_for": None,
        "gaps": [], "aids": 2,
    }  # fmt: skip


def one_aid():
    return Ledger([Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00")], complete_by="register")


def test_a_link_is_followed_and_a_pipe_is_written_into(tmp_path):
    target, link, pipe = tmp_path / "kept", tmp_path / "link", tmp_path / "pipe"
    target.write_text("old", "utf-8")
    link.symlink_to(target)
    save_ledger(one_aid(), link)
    assert link.is_symlink()
    assert open_ledger(target) == one_aid()
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(Path(pipe).read_text("utf-8")))
    reader.start()
    save_ledger(one_aid(), pipe)
    reader.join(timeout=10)
    assert read == [kept(one_aid())]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(("call", "words"), [
    (lambda: save_ledger(one_aid(), None), "expected a path or an open text file; got nothing"),
    (lambda: save_ledger("alfa", "kept"), "expected a Ledger; got 'alfa'"),
    (lambda: open_ledger(None), "expected a path or an open text file; got nothing"),
    (lambda: open_ledger(5), "expected a path or an open text file; got 5"),
])  # fmt: skip
def test_what_is_no_ledger_or_no_file(call, words):
    with pytest.raises(TypeError) as caught:
        call()
    assert str(caught.value) == words
