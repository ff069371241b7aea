# SPDX-License-Identifier: Apache-2.0
"""What the records of a rulebook say of themselves: citations, editions of defaults, trees walked, orders."""

from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction

import pytest

from misure.ground.place import Place
from misure.ground.truth import Confidence
from misure.reading import read_text
from misure.reading.forms.form import shape_of
from misure.reading.text.written import Written
from misure.rulebook import rules as r
from misure.rulebook.expression import (
    Aggregate,
    AllOf,
    Arithmetic,
    Call,
    Compare,
    Conditional,
    FieldOf,
    Happened,
    Literal,
    Name,
    Not,
    OneOf,
    Shift,
    Type,
    Within,
    names,
    walk,
)  # fmt: skip
from misure.rulebook.selection import Order, OrderKey, Selection
from misure.rulebook.shared_law import SharedLaw, by_file
from misure.rulebook.tranches import Requirement

HERE = Place("x.yaml", 3, 4)
TRUTH, NUMBER, DAY = Type("truth"), Type("number", "EUR", 2), Type("date")
CITE = r.Citation("uno", "DGR XI/1", "art. 1")
ADDRESS = "urn:nir:stato:legge:1990-08-07;241"


def name(text, role="fact", kind=NUMBER):
    return Name(text, role, kind, HERE)


@pytest.mark.parametrize(
    ("citation", "text", "said"),
    [
        (CITE, "DGR XI/1, art. 1", {"act": "uno", "at": "art. 1"}),
        (r.Citation("uno", "DGR XI/1", ""), "DGR XI/1", {"act": "uno", "at": ""}),
        (r.Citation("l", "L. 241", "art. 2", ADDRESS), "L. 241, art. 2", {"act": "l", "at": "art. 2", "urn": ADDRESS}),
    ],
)
def test_a_citation_is_told_with_its_place_in_the_act(citation, text, said):
    assert str(citation) == text
    assert citation.to_dict() == said


def test_only_what_has_a_permanent_address_can_be_followed():
    act = r.Act("l", "L.", "241", dt.date(1990, 8, 7), "", "L. 241", ADDRESS)
    cited = r.Citation("l", "L. 241", "art. 2", ADDRESS)
    assert act.url == cited.url == f"https://www.normattiva.it/uri-res/N2Ls?{ADDRESS}"
    assert (CITE.url, r.Act("uno", "DGR", "XI/1", dt.date(2022, 1, 31), "", "DGR XI/1").url) == (None, None)


def test_a_rule_says_the_least_where_nothing_is_said():
    rule = {"id": "a", "place": HERE, "cite": CITE}
    condition = r.Condition(**rule, stage=r.Stage.AWARD, effect=r.Effect.REFUSES, holds=name("young", kind=TRUTH))
    assert (condition.provisions, condition.text, condition.confidence) == ((), "", Confidence.OFFICIAL)
    assert (condition.inferred, condition.note, condition.when, condition.blocks) == ("", "", None, "")
    assert (condition.since, condition.until, condition.exemptions, condition.origin) == (None, None, (), "condition")
    term = r.Term(**rule, stage=r.Stage.UPKEEP, regime="it_civil")
    assert (term.opens, term.closes, term.of, term.by, term.done, term.peremptory) == (None, None, "", None, "", None)
    duty = r.Duty(**rule, who="ente")
    assert (duty.by, duty.done, duty.regime) == (None, "", "")
    line = r.SpendingLine(**rule)
    assert (dict(line.takes), line.flat, dict(line.units), line.unit_cost) == ({}, "", {}, "")
    assert (line.share, line.base, line.measured, line.refuses) == ("", (), "admitted", False)
    support = r.SupportLine(**rule, form="grant", of=name("cost"), intensity="", caps=())
    assert (support.rounding, support.equivalent, support.share) == ("half_up", None, None)
    assert r.Definition(**rule, type=NUMBER, cases=()).proved is True
    assert r.Cap(**rule, most=name("cost")).refuses is False
    assert r.Criterion(**rule, fact="marks").most == r.Criterion(**rule, fact="marks").steps == ""
    assert Requirement(**rule, holds=name("young", kind=TRUTH)).when is None
    value = r.Value(dt.date(2022, 1, 1), 1, "", 1, 1, Confidence.OFFICIAL, "", CITE, "act", HERE)
    assert value.bounds_given is False


TREES = [
    (Compare("<=", name("a"), Arithmetic("*", name("b"), name("c"), NUMBER, HERE), TRUTH, HERE), ["a", "b", "c"], 5),
    (AllOf((name("a"), Not(name("b"), TRUTH, HERE), name("a")), TRUTH, HERE), ["a", "b", "a"], 5),
    (Conditional(name("a"), name("b"), name("c"), NUMBER, HERE), ["a", "b", "c"], 4),
    (OneOf(name("a"), ("x", "y"), TRUTH, HERE), ["a"], 2),
    (OneOf(name("a"), name("listed", "parameter"), TRUTH, HERE), ["a", "listed"], 3),
    (Within(name("a"), name("codes", "parameter"), TRUTH, HERE), ["a", "codes"], 3),
    (Shift(name("a"), name("b"), "days", -1, DAY, HERE), ["a", "b"], 3),
    (Happened(name("a", "event"), TRUTH, HERE), ["a"], 2),
    (Aggregate("sum", "crew", FieldOf("crew", "fee", NUMBER, HERE), name("a"), NUMBER, HERE), ["a"], 3),
    (Aggregate("count", "crew", None, None, NUMBER, HERE), [], 1),
    (Call("headroom", (name("a"), name("b")), ("gen",), ("aids",), NUMBER, HERE), ["a", "b"], 3),
    (Literal(0, NUMBER, HERE), [], 1),
]


@pytest.mark.parametrize(("tree", "found", "nodes"), TREES)
def test_a_tree_is_walked_whole_in_the_order_of_the_text(tree, found, nodes):
    assert [one.name for one in names(tree)] == found
    walked = list(walk(tree))
    assert walked[0] is tree
    assert len(walked) == nodes


@pytest.mark.parametrize("tree", [tree for tree, _, _ in TREES])
def test_a_tree_comes_back_from_a_pickle_and_is_equal_to_it(tree):
    back = pickle.loads(pickle.dumps(tree))  # noqa: S301 (our own)
    assert back == tree
    assert hash(back) == hash(tree)


def key(word, by="marks"):
    return OrderKey(word, by, None)


def order(*keys, unknown=""):
    return Order(id="order", place=HERE, cite=CITE, keys=keys, unknown=unknown)


@pytest.mark.parametrize(
    ("word", "falls"), [("highest", True), ("latest", True), ("lowest", False), ("earliest", False)]
)
def test_the_greater_value_comes_first_of_what_falls(word, falls):
    assert key(word).falls is falls


@pytest.mark.parametrize(
    ("first", "tie", "found"),
    [
        (order(key("highest", "a")), order(key("earliest", "b"), key("lowest", "c")), ["a", "b", "c"]),
        (order(key("highest", "a")), None, ["a"]),
        (order(unknown="x"), order(key("earliest", "b")), []),
        (None, order(key("earliest", "b")), []),
        (None, None, []),
    ],
)
def test_the_keys_of_a_selection_are_those_of_its_order_and_then_of_its_ties(first, tie, found):
    selection = Selection(id="selection", place=HERE, cite=CITE, kind="ranking", order=first, tie_break=tie)
    assert [one.name for one in selection.keys] == found


def test_a_selection_says_the_least_where_nothing_is_said():
    plain = Selection(id="selection", place=HERE, cite=CITE, kind="list")
    assert (plain.pays, plain.windows, plain.envelopes, plain.relations) == ((), (), (), ())
    assert (plain.last_award, plain.intake, plain.waiting_list, plain.no_waiting_list) == (None, None, None, False)


def test_rules_of_a_measure_stand_before_those_of_its_laws_each_as_the_eye_goes():
    laws = [
        SharedLaw(id=id_, title="", path=f"{id_}.yaml", names=frozenset({id_}), not_modelled={}) for id_ in ("b", "a")
    ]
    places = [
        Place("a.yaml", 1, 1),
        Place("b.yaml", 9, 1),
        Place("m.yaml", 5, 2),
        Place("m.yaml", 5, 1),
        Place("b.yaml", 2, 1),
    ]
    assert [str(place) for place in sorted(places, key=by_file(laws))] == [
        "m.yaml:5:1", "m.yaml:5:2", "b.yaml:2:1", "b.yaml:9:1", "a.yaml:1:1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("10 firms", "<written>"),
        ("[a, b]", "<written>"),
        ("{2022-01-31: a}", "<dated>"),
        ("{2022x: a}", "<dated>"),
        ("{is: a}", "<long>"),
        ("{20x2: a}", "<long>"),
        ("{}", "<long>"),
    ],
)
def test_the_shape_of_a_value_is_that_of_its_first_key(text, shape):
    assert shape_of(read_text(text, "x")) == shape


@pytest.mark.parametrize(
    ("text", "offset", "rest", "place"),
    [
        ("a: highest marks", 8, "marks", "x:1:12"),
        ("a: 'highest marks'", 8, "marks", "x:1:13"),
        ('a: "highest marks"', 8, "marks", "x:1:13"),
        ("a: [b, highest marks]", 8, "marks", "x:1:16"),
        ("a: 'highest marks'", 13, "", "x:1:18"),
    ],
)
def test_what_stands_after_a_word_keeps_its_place(text, offset, rest, place):
    node = next(iter(read_text(text, "x").values()))
    whole = node[-1] if isinstance(node, list) else node
    found = whole.after(offset)
    assert (found, str(found.place)) == (rest, place)
    assert [str(found.place_at(at)) for at in range(len(rest))] == [
        f"x:1:{int(place.split(':')[2]) + at}" for at in range(len(rest))
    ]


def test_what_stands_after_a_word_of_nowhere_is_of_nowhere():
    found = Written("highest marks").after(8)
    assert (found, str(found.place)) == ("marks", "<text>")


@pytest.mark.parametrize(("text", "column"), [("a: bcd", 7), ("a: 'bcd'", 8)])
def test_a_place_beyond_a_text_is_its_end(text, column):
    node = read_text(text, "x")["a"]
    assert [node.place_at(offset).column for offset in (3, 4, 99)] == [column, column, column]


def test_shares_are_exact():
    assert r.Share is Fraction
