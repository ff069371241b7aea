# SPDX-License-Identifier: Apache-2.0
"""Who is of a single undertaking and who is not, over every way of completing what nobody told."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from misure.engines.intervals.interpreter import Interpreter, Unknown
from misure.engines.intervals.unknowns import unknowns
from misure.facts.dossier import Dossier
from misure.facts.vocabulary import Fact, Kind, Table
from misure.ground.truth import NotKnowing
from misure.program.groups import Group, is_person, records_of, single_undertaking, sure_control
from misure.program.nodes import Nodes
from misure.testing.conformance.door import layout_of

ON = dt.date(2026, 6, 1)
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
def test_the_group_holds_what_every_completion_joins_and_apart_is_who_is_told_of_and_joined_by_none(relations, start):
    worlds = []
    for told in itertools.product(*([held] if held is not None else [True, False] for *_, held, _ in relations)):
        for trades in itertools.product(*([one] if one is not None else [True, False] for *_, one in relations)):
            pairs = [
                (one, other)
                for (one, other, _, _), held, trade in zip(relations, told, trades, strict=True)
                if held and (trade or not any(end == PERSON != start for end in (one, other)))
            ]
            worlds.append(joined(start, pairs))
    sure, apart = single_undertaking(start, relations, 0)
    assert sure == frozenset.intersection(*worlds)
    told_of = joined(start, [(one, other) for one, other, _, _ in relations])
    assert apart == told_of - frozenset.union(*worlds)


def test_nobody_is_sure_and_anybody_possible_where_the_applicant_is_not_told():
    assert single_undertaking(None, [("a", "b", True, None), ("a", "c", False, None)], 0) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("relations", "unseen", "sure", "apart"),
    [
        ([], 0, {"a"}, set()),
        ([], 1, {"a"}, set()),
        ([("a", "d", False, None)], 0, {"a"}, {"d"}),
        ([("d", "a", False, None)], 0, {"a"}, {"d"}),
        ([("a", "d", False, None)], 1, {"a"}, set()),
        ([("a", "d", False, None), ("a", "b", True, None)], 1, {"a", "b"}, set()),
        ([("a", "d", False, None), ("a", None, True, None)], 0, {"a"}, set()),
        ([("a", "d", False, None), (None, "b", None, None)], 0, {"a"}, set()),
        ([("a", "d", False, None), (None, "b", False, None)], 0, {"a"}, {"d"}),
        ([("a", "d", False, None), ("a", "b", True, None), (None, None, True, None)], 0, {"a", "b"}, set()),
        ([("a", "b", True, None), ("b", "d", False, None), ("d", "e", True, None)], 0, {"a", "b"}, {"d", "e"}),
        ([("a", "d", False, None), ("d", "e", False, None)], 0, {"a"}, {"d", "e"}),
        ([("d", "e", True, None)], 0, {"a"}, set()),
        ([("a", "d", False, None), ("e", "f", False, None)], 0, {"a"}, {"d"}),
    ],
)
def test_apart_is_only_whom_the_relations_told_whole_reach_without_control(relations, unseen, sure, apart):
    assert single_undertaking("a", relations, unseen) == (frozenset(sure), frozenset(apart))


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


GROUP = Group("applicant", "controls", "beneficiary")
ENDS_OF_CONTROL = {name: Fact(name, Kind.TEXT, greatest=16) for name in ("controller", "controlled")}
TRUTHS_OF_CONTROL = {name: Fact(name, Kind.TRUTH) for name in ("control", "sole_trader")}
FORM = layout_of(
    {"applicant": Fact("applicant", Kind.TEXT, greatest=16)},
    {
        "controls": Table("controls", "", "", 5, ENDS_OF_CONTROL | TRUTHS_OF_CONTROL),
        "aids": Table("aids", "", "", 5, {"beneficiary": Fact("beneficiary", Kind.TEXT, greatest=16)}),
    },
)
CONTROLS = (("a", "b", True, None), ("a", "d", False, None))
AIDS = (("a",), ("b",), ("d",), ("e",), (None,))


@pytest.mark.parametrize(
    ("applicant", "unseen", "said"),
    [
        ("a", 0, [(1, 0), (1, 0), (0, 1), (1, 1), (1, 1)]),
        ("a", 1, [(1, 0), (1, 0), (1, 1), (1, 1), (1, 1)]),
        ("e", 0, [(1, 1), (1, 1), (1, 1), (1, 0), (1, 1)]),
        (None, 0, [(1, 1)] * 5),
    ],
)
def test_the_plain_reading_tells_of_each_beneficiary_whether_it_may_be_of_the_group_and_may_not(
    applicant, unseen, said
):
    nodes = Nodes()
    asked = (nodes.given("text", "beneficiary", "aids"), nodes.given("text", "applicant"))
    reading = Interpreter(Dossier(FORM, ON, (applicant,), ((CONTROLS, unseen), (AIDS, 0)), (), (), False))
    assert [reading.ends(nodes.member(GROUP, asked)) for _ in reading.rows("aids")] == said


def test_who_is_told_whole_and_still_apart_from_nobody_waits_for_a_relation_that_reaches_it():
    """What hangs on it lies between ends that were told: with the aid and without."""
    nodes = Nodes()
    asked = (nodes.given("text", "beneficiary", "aids"), nodes.given("text", "applicant"))
    reading = Interpreter(
        Dossier(FORM, ON, ("a",), ((((*CONTROLS[0][:3], True), CONTROLS[1]), 0), (AIDS, 0)), (), (), False)
    )
    found = {row: unknowns(reading, nodes.member(GROUP, asked)) for row in reading.rows("aids")}
    assert found == {
        0: (), 1: (), 2: (),
        3: (Unknown(NotKnowing.UNDEFINED, "", "controls", wanted=(("controlled", "e"),), bounded=True),),
        4: (Unknown(NotKnowing.MISSING, "beneficiary", "aids", 4),),
    }  # fmt: skip
