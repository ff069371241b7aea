# SPDX-License-Identifier: Apache-2.0
"""Where a fault stands, and the nearest right name: right for each, and cheap for very many."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import misure
from misure.ground.place import Hints, Lines

ON = dt.date(2022, 6, 1)
FILIERE = misure.catalogue()["lombardia/filiere"]


@given(st.text("a\n\r", max_size=30), st.data())
def test_the_place_of_an_offset_is_counted_from_one(text, data):
    offset = data.draw(st.integers(0, len(text)))
    place = Lines(text, "t").place(offset)
    before = text[:offset]
    assert (place.path, place.line) == ("t", before.count("\n") + 1)
    assert place.column == offset - (before.rfind("\n") + 1) + 1


def test_hints_are_given_until_enough_was_compared():
    names = [f"UNI-2026-{number:04}" for number in range(1_000)]
    hints = Hints(names)
    found = [hints(f"UNI/2026/{number:04}") for number in range(100)]
    assert found[:20] == names[:20]
    assert set(found[20:]) == {None}


@given(st.sampled_from(["NaN", "Infinity", "9" * 41]), st.integers(1, 5))
def test_every_odd_number_is_told_at_its_place(number, count):
    text = '{"total_score":\n' + ",\n".join([f"[{number}"] + [number] * count) + "]}"
    with pytest.raises(misure.BadFacts) as caught:
        FILIERE.decide(text, on=ON)
    odd = [fault for fault in caught.value.faults if fault.subject != "total_score"]
    assert [fault.place.line for fault in odd] == list(range(2, count + 3))
    assert {fault.place.column for fault in odd} == {1, 2}
    assert [fault.message[:17] for fault in caught.value.faults if fault not in odd] == ["expected a number"]


def test_sixty_thousand_wrong_names_are_all_told_at_their_places():
    text = "{" + ",\n".join(f'"x{number}": 1' for number in range(60_000)) + "}"
    assert len(text) < 1_000_000
    with pytest.raises(misure.BadFacts) as caught:
        FILIERE.decide(text, on=ON)
    faults = caught.value.faults
    assert len(faults) == 60_000
    assert (faults[0].place.line, faults[0].subject) == (1, "x0")
    assert (faults[-1].place.line, faults[-1].subject) == (60_000, "x59999")


def test_a_name_that_stands_very_often_is_told_once_each_time():
    text = "{" + ",".join(['"total_score": 1'] * 3) + "}"
    with pytest.raises(misure.BadFacts, match="the name stands twice in one object") as caught:
        FILIERE.decide(text, on=ON)
    assert [fault.place.column for fault in caught.value.faults] == [19, 36]
