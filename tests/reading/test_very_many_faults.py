# SPDX-License-Identifier: Apache-2.0
"""Very many faults, in very wide or very long files: each keeps its place, the work grows with the file, and a thousand are told."""

from __future__ import annotations

import pytest

import misure
from misure.ground.place import MOST_TOLD, Fault, Place, told
from misure.reading.applicants import sheets
from misure.reading.applicants.applications import read_csv


def faults(text, known=()):
    with pytest.raises(misure.BadFacts) as caught:
        read_csv(text, "d.csv", known)
    return caught.value


def test_a_header_is_gone_through_once(monkeypatch):
    """The place of the last of many columns once cost a walk over all those before it, for each."""
    walked = []
    plain = sheets._starts
    monkeypatch.setattr(sheets, "_starts", lambda raw, separator: walked.append(len(raw)) or plain(raw, separator))
    count = 3_000
    header = "id," + ",".join(f'"col ""{n},"' for n in range(count))
    plain.cache_clear()
    error = faults(f"{header}\n1{',' * count}\n")
    assert len(error.faults) == count
    assert plain.cache_info().misses == 2  # the header once, and the row once
    last = error.faults[-1]
    assert header[last.place.column - 1 :] == f'"col ""{count - 1},"'


def test_so_is_a_row_of_many_faults():
    columns = [f"n{n}" for n in range(500)]
    known = {name: misure.facts.Fact(name, misure.facts.Kind.NUMBER, greatest=10**9) for name in columns}
    sheets._starts.cache_clear()
    error = faults("id;" + ";".join(columns) + "\nD-1;" + ";".join(["1.234"] * 500) + "\n", known)
    assert len(error.faults) == 500
    assert error.faults[-1].place == Place("d.csv", 2, 5 + 499 * 6)
    assert sheets._starts.cache_info().misses <= 2


def test_a_thousand_are_told_and_how_many_more():
    error = faults("id\n" + "".join(f"D-{n},x\n" for n in range(5_000)))
    assert len(error.faults) == 5_000
    assert str(error).splitlines()[-1] == "... and 4000 more"
    many = misure.BadFacts([Fault(Place("a", n), "", "no") for n in range(2_500)])
    assert len(many.faults) == 2_500
    lines = str(many).splitlines()
    assert (len(lines), lines[0], lines[-1]) == (MOST_TOLD + 1, "a: no", "... and 1500 more")
    assert list(told(many.faults[:3])) == list(map(str, many.faults[:3]))
