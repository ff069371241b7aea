# SPDX-License-Identifier: Apache-2.0
"""Who is of a single undertaking, surely and possibly, over every way of completing what nobody told."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from misure.program.groups import Group, is_person, records_of, single_undertaking, sure_control

PERSON = "RSSMRA85T10F205R"
NAMES = ("a", "b", "c", PERSON)


def joined(start, pairs):
    found = {start}
    while True:
        more = {end for pair in pairs for end in pair if found & set(pair)} - found
        if not more:
            return frozenset(found)
        found |= more


RELATIONS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), *[st.sampled_from([True, False, None])] * 2), max_size=5
)


@given(RELATIONS, st.sampled_from(NAMES))
@example([("a", "b", True, None), ("b", "c", None, None)], "a")
@example([("a", PERSON, True, None), (PERSON, "c", True, None)], "a")
@example([("a", "b", True, None)], PERSON)
def test_the_group_holds_what_every_completion_joins_and_what_some_completion_does(relations, start):
    worlds = []
    for told in itertools.product(*([held] if held is not None else [True, False] for *_, held, _ in relations)):
        for trades in itertools.product(*([one] if one is not None else [True, False] for *_, one in relations)):
            pairs = [
                (one, other)
                for (one, other, _, _), held, trade in zip(relations, told, trades, strict=True)
                if held and (trade or not any(end == PERSON != start for end in (one, other)))
            ]
            worlds.append(joined(start, pairs))
    sure, possible = single_undertaking(start, relations, 0)
    assert sure == frozenset.intersection(*worlds)
    assert possible == frozenset.union(*worlds)


def test_nobody_is_sure_and_anybody_possible_where_the_applicant_is_not_told():
    assert single_undertaking(None, [("a", "b", True, None)], 0) == (frozenset(), None)


@pytest.mark.parametrize(
    ("relations", "unseen", "sure", "anybody"),
    [
        ([], 0, {"a"}, False),
        ([], 1, {"a"}, True),
        ([("a", "b", True, None)], 1, {"a", "b"}, True),
        ([("a", None, True, None)], 0, {"a"}, True),
        ([(None, "b", None, None)], 0, {"a"}, True),
        ([(None, "b", False, None)], 0, {"a"}, False),
        ([("a", "b", True, None), (None, None, True, None)], 0, {"a", "b"}, True),
    ],
)
def test_a_relation_that_is_not_told_whole_may_join_anybody(relations, unseen, sure, anybody):
    found = single_undertaking("a", relations, unseen)
    assert found == (frozenset(sure), None if anybody else frozenset(sure))


@pytest.mark.parametrize(
    ("one", "other", "control", "sole_trader", "held"),
    [
        ("a", "b", True, None, True),
        ("a", "b", True, False, True),
        ("a", "b", False, True, False),
        ("a", "b", None, True, None),
        (PERSON, "b", True, True, True),
        (PERSON, "b", True, False, False),
        (PERSON, "b", True, None, None),
        (PERSON, "b", None, True, None),
        (PERSON, "b", None, False, False),
        (PERSON, "b", False, None, False),
        (PERSON, "b", False, True, False),
        ("b", PERSON, True, False, False),
        ("b", PERSON, True, None, None),
    ],
)
def test_a_person_who_does_not_trade_joins_nothing(one, other, control, sole_trader, held):
    assert sure_control("a", one, other, control, sole_trader) is held


@pytest.mark.parametrize(
    ("one", "other", "undertaking", "person"),
    [
        (PERSON, "b", "a", True),
        ("b", PERSON, "a", True),
        (PERSON, "b", PERSON, False),
        (PERSON, PERSON.replace("R", "S"), PERSON, True),
        (None, PERSON, "a", True),
        (None, None, "a", False),
        (PERSON[:15], PERSON + "X", "a", False),
        ("01234560157", "b", "a", False),
    ],
)
def test_a_person_has_a_codice_fiscale_of_sixteen_characters(one, other, undertaking, person):
    assert is_person(one, other, undertaking) is person


def test_relations_are_read_by_the_names_of_their_columns():
    group = Group("firm", "controls", "beneficiary", controlled="held")
    assert group.fields == ("controller", "held", "control", "sole_trader")
    columns = ["id", "control", "held", "controller", "sole_trader"]
    assert records_of(group, columns, [(1, True, "b", "a", None), (2, None, "d", "c", False)]) == [
        ("a", "b", True, None),
        ("c", "d", None, False),
    ]
