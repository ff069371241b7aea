# SPDX-License-Identifier: Apache-2.0
"""Every fault of statements about undertakings is told, each with its own, and none hides what comes after it."""

from fractions import Fraction

import pytest

from misure.ground.errors import BadFacts
from misure.ground.ranges import Range
from misure.identifiers.likeness import misspelt
from misure.undertakings import (
    EntityKind,
    Figures,
    Holding,
    Relations,
    Undertaking,
    aggregate,
    components,
    relation,
    single_undertaking,
    single_undertakings,
    size_of,
)
from misure.undertakings.figures import Figure, count, money, share, signed
from misure.undertakings.names import unknown_name
from misure.undertakings.relations import cluster_of

ON = "2026-11-22"
plain = Holding.plain
KINDS = ", ".join(EntityKind)
NO_TRUTH = "expected True, False, or None while it is not known; got"
NO_GROUP = (
    "acts jointly only as a natural person or an investor; between companies, say who has sole control by the agreement"
)


def faults(ask):
    with pytest.raises(BadFacts) as caught:
        ask()
    return [(fault.place.path, fault.subject, fault.message) for fault in caught.value.faults]


def of_relations(*args, **more):
    found = faults(lambda: Relations(*args, **more))
    assert {path for path, _, _ in found} == {"<relations>"}
    return [(subject, message) for _, subject, message in found]


@pytest.mark.parametrize(("undertakings", "expected"), [
    (5, [("undertakings", "expected many of them; got 5")]), ("ab", [("undertakings", "expected many of them; got 'ab'")]),
    ([7, Undertaking(" "), Undertaking("A", 7), Undertaking("A"), Undertaking("B", kind="x")], [
        ("A", "expected Figures; got 7"), ("A", "is described twice"), ("B", f"kind: 'x' is none of {KINDS}"),
        ("undertakings", "an id is a text that is not empty; got ' '"), ("undertakings", "expected an Undertaking; got 7"),
    ]),
    ([Undertaking("A", Figures(-1, "x", 0.5), markets=("", "x"), budget=-1, inhabitants="5%", public=1, consolidates="B")], [
        ("A", 'balance_sheet: 0.5 is a binary float, which is not exact: write it as text, "0.5"'),
        ("A", "budget: -1 is negative, and an amount of money is not"), ("A", "consolidates: expected a tuple of texts; got 'B'"),
        ("A", "headcount: a count is never negative; got -1"), ("A", "inhabitants: expected a count; got '5%'"),
        ("A", "markets: expected a tuple of texts; got a list"), ("A", f"public: {NO_TRUTH} 1"),
        ("A", "public: nobody asks it of a company; a public body has a kind of its own"), ("A", "turnover: 'x' is not a number: write 1234.50"),
    ]),
    ([Undertaking("A", consolidates=("B", "C", 5))], [("A", "consolidates: expected a tuple of texts; got a list")]),
    ([Undertaking("A", consolidates=("B", "C"))], [("A", "consolidates: 'B' is none of A"), ("A", "consolidates: 'C' is none of A")]),
    ([Undertaking("A", kind="public_body", public=False)], [("A", "public: nobody asks it of a public_body; a public body has a kind of its own")]),
])  # fmt: skip
def test_each_fault_of_an_undertaking(undertakings, expected):
    assert of_relations(undertakings) == expected


@pytest.mark.parametrize("kind", ["university", "research_centre", "institutional_investor", "regional_development_fund"])  # fmt: skip
def test_of_whom_it_is_asked_whether_it_is_public(kind):
    for public in (True, False, None):
        assert cluster_of(Relations([Undertaking("U", kind=kind, public=public)])).what("U").public is public


@pytest.mark.parametrize(("holdings", "expected"), [
    ("ab", [("holdings", "expected many of them; got 'ab'")]),
    ([7, Holding("", "B"), Holding("A", 5), Holding("A", "A", "10%"), Holding("A", "B", 2, votes="x", appoints_majority=1, dominant_influence=0, sole_control="x", invested=-1)], [
        ("A holds A", "nobody holds a part of itself here: own shares bear no votes"), ("A holds B", f"appoints_majority: {NO_TRUTH} 1"),
        ("A holds B", "capital: 2 is above 100%: a rate of 2 per cent is written 2%"), ("A holds B", f"dominant_influence: {NO_TRUTH} 0"),
        ("A holds B", "invested: -1 is negative, and an amount of money is not"), ("A holds B", f"sole_control: {NO_TRUTH} 'x'"),
        ("A holds B", "votes: 'x' is not a number: write 1234.50"), ("holdings", "an id is a text that is not empty; got ''"),
        ("holdings", "an id is a text that is not empty; got 5, a number: a code is text"), ("holdings", "expected a Holding; got 7"),
    ]),
    ([plain("A", "B", "30%"), plain("A", "B", "31%"), plain("C", "D", "60%"), plain("E", "D", "41%")], [
        ("A holds B", "is said twice, and differently"), ("D", "C, E hold more than the whole of its capital: 101%"), ("D", "C, E hold more than the whole of its votes: 101%"),
    ]),
    ([Holding("A", "B", votes=Fraction(2, 3)), Holding("C", "B", votes=Fraction(1, 2))], [("B", "A, C hold more than the whole of its votes: 350/3%")]),
])  # fmt: skip
def test_each_fault_of_a_holding(holdings, expected):
    assert of_relations([], holdings) == expected


@pytest.mark.parametrize(("kind", "words"), [("natural_person", "natural person"), ("public_body", "public body"), ("local_authority", "local authority")])  # fmt: skip
def test_what_nobody_holds(kind, words):
    assert of_relations([Undertaking("P", kind=kind)], [plain("A", "P", 0)]) == [
        ("A holds P", f"nobody holds a part of a {words}")
    ]


def test_shares_may_come_to_the_whole():
    whole = Relations([], [plain("A", "B", "60%"), plain("C", "B", "40%"), Holding("D", "B")])
    assert [(str(tie.capital), str(tie.votes)) for tie in cluster_of(whole).ties] == [
        ("0.6", "0.6"),
        ("0.4", "0.4"),
        ("0", "0"),
    ]
    unsure = Relations([], [Holding("A", "B", Range("10%", "90%"), "5%"), Holding("C", "B", "40%", None)])
    assert [(str(tie.capital), str(tie.votes)) for tie in cluster_of(unsure).ties] == [
        ("from 0.1 to 0.6", "0.05"),
        ("0.4", "from 0 to 0.95"),
    ]


ALFA = [Undertaking("Alfa", markets=("software",)), Undertaking("Pia", kind="natural_person")]


@pytest.mark.parametrize(("more", "expected"), [
    ({"acting_jointly": 5}, [("acting_jointly", "expected groups of ids; got 5")]),
    ({"acting_jointly": ["Pia", 5, ["Pia", 5], ["Pio", "Alfa"]]}, [
        ("Alfa", NO_GROUP), ("acting_jointly", "'Pio' is none of Alfa, Pia; did you mean 'Pia'?"), ("acting_jointly", "expected a group of ids; got 'Pia'"),
        ("acting_jointly", "expected a group of ids; got 5"), ("acting_jointly", "expected a group of ids; got a list"),
    ]),
    ({"adjacent_markets": "ab"}, [("adjacent_markets", "expected pairs of markets; got 'ab'")]),
    ({"adjacent_markets": [5, ("a",), ("a", 5), ("sofware", "wine")]}, [
        ("adjacent_markets", "expected a pair of markets; got 5"), ("adjacent_markets", "expected a pair of markets; got a list"),
        ("adjacent_markets", "expected a pair of markets; got a list"), ("adjacent_markets", "nobody is active in 'sofware'; did you mean 'software'?"),
    ]),
])  # fmt: skip
def test_each_fault_of_groups_and_markets(more, expected):
    assert of_relations(ALFA, **more) == expected


@pytest.mark.parametrize(
    "kind", [kind for kind in EntityKind if kind not in ("company", "non_profit_body", "public_body")]
)
def test_who_may_act_jointly(kind):
    people = [Undertaking("P", kind=kind), Undertaking("Q", kind="natural_person")]
    assert Relations(people, acting_jointly=[{"Q", "P"}, ("P", "Q", "P")]).acting_jointly == (("P", "Q"),)


@pytest.mark.parametrize("kind", ["company", "non_profit_body", "public_body"])
def test_who_may_not_act_jointly(kind):
    assert of_relations([Undertaking("P", kind=kind)], acting_jointly=[["P"]]) == [("P", NO_GROUP)]


def test_slips_are_told_each():
    found = of_relations([Undertaking("Alfa srl"), Undertaking("Gamma")], [plain("ALFA S.R.L.", "Gamme", "1%")])
    assert found == [
        ("ALFA S.R.L.", "is not described, and looks like a slip; did you mean 'Alfa srl'?"),
        ("Gamme", "is not described, and looks like a slip; did you mean 'Gamma'?"),
    ]
    assert misspelt([], ["a"]) == misspelt(["a"], []) == {}
    assert misspelt(["Gamme", "Gammo", "zzzzz"], ["Gamma", "Gammb"]) == {"Gamme": "Gamma", "Gammo": "Gamma"}
    assert unknown_name("x", ["alfa"]) == "'x' is none of alfa"
    assert unknown_name("alf", iter(["beta", "alfa"])) == "'alf' is none of beta, alfa; did you mean 'alfa'?"


@pytest.mark.parametrize(("stranger", "known", "slip"), [
    ("abcd", "abce", False), ("abcde", "abcdf", True), ("abcd", "abcde", True), ("abcd e", "abcde", True), ("abcde1", "abcde2", False),
    ("abcde1", "abcdf1", True), ("abcdefg", "abcdefg h", False), ("xbcde", "abcde", True), ("abcdex", "abcdfy", False),
])  # fmt: skip
def test_which_ids_look_like_a_slip(stranger, known, slip):
    assert misspelt([stranger], [known]) == ({stranger: known} if slip else {})


@pytest.mark.parametrize(("read", "given", "told"), [
    (count, "12.5", "12.5"), (count, None, "at least 0"), (count, Range(1, 1), "1"), (count, Figure(None, Fraction(2)), "from 0 to 2"),
    (count, Figure(Fraction(1), None), "at least 1"), (money, Fraction(1, 3), "1/3"), (money, "0.10", "0.1"), (money, Figure(None, None), "at least 0"),
    (signed, None, "unknown"), (signed, Figure(None, Fraction(-1)), "at most -1"), (signed, Range(-2, 1), "from -2 to 1"), (share, None, "from 0 to 1"),
    (share, "100%", "1"), (share, 0, "0"), (share, Figure(None, None), "from 0 to 1"), (share, Range("1%", "2%"), "from 0.01 to 0.02"),
    (money, Fraction(1, 10**12), "0.000000000001"), (money, Fraction(1, 10**13), "1/10000000000000"), (count, "100", "100"),
])  # fmt: skip
def test_a_figure_is_read(read, given, told):
    figure = read(given)
    assert str(figure) == told
    assert figure.exact == (figure.least if figure.least == figure.greatest else None)


@pytest.mark.parametrize(("read", "given", "why"), [
    (count, "5%", "expected a count; got '5%'"), (count, -1, "a count is never negative; got -1"), (signed, "5%", "expected a number; got '5%'"),
    (money, Fraction(-1, 3), "-1/3 is negative, and an amount of money is not"), (money, "x", "'x' is not a number: write 1234.50"),
    (share, "100.01%", "100.01% is above 100%"), (share, 100, "100 is above 100%: a rate of 100 per cent is written 100%"),
    (share, 101, "101 is above 100%"), (share, -1, "-1 is below zero, and no such rate is used"), (count, Range(2, 1), "a range goes from its least to its greatest value; got 2 to 1"),
    (count, Figure(Fraction(2), Fraction(1)), "a range goes from its least to its greatest value; got 2 to 1"), (count, Range(None, 1), "expected a number; got nothing"),
])  # fmt: skip
def test_a_figure_that_is_none(read, given, why):
    with pytest.raises(ValueError) as caught:
        read(given)
    assert str(caught.value) == why


GROUP = Relations([Undertaking("P", kind="natural_person"), Undertaking("R", kind="public_body")], [plain("P", "Alfa", "1%"), plain("R", "Alfa", "1%")])  # fmt: skip
PERSON = "P is a natural person, no undertaking; one who trades is described as a company"


@pytest.mark.parametrize(("ask", "expected"), [
    (lambda: relation(GROUP, of="P", to="Alfb", on=ON), [("<relations>", "of", PERSON), ("<relations>", "to", "'Alfb' is none of Alfa, P, R; did you mean 'Alfa'?")]),
    (lambda: relation(5, of="P", to="x", on=ON), [("<relations>", "relations", "expected Relations; got 5")]),
    (lambda: aggregate(GROUP, of=5, on=ON), [("<relations>", "of", "expected a text; got 5, a number: a code is text, with all its zeros")]),
    (lambda: aggregate(GROUP, of="R", on=ON), [("<size>", "of", "R is a public body, and no enterprise whose size could be asked")]),
    (lambda: size_of(GROUP, of="Alfa", on="x"), [("<size>", "on", "'x' is not a date: write YYYY-MM-DD")]),
    (lambda: size_of(GROUP, of="Alfa", on=ON, definition="x"), [("<size>", "definition", "'x' is none of recommendation, gber")]),
    (lambda: single_undertaking(GROUP, of="P", on=ON), [("<relations>", "of", PERSON)]),
    (lambda: single_undertaking(GROUP, of="Alfa", on=5, regulation="sgie", natural_person_links="warm", body_links=None), [
        ("<single undertaking>", "body_links", "expected one of separate, merge; got nothing"),
        ("<single undertaking>", "natural_person_links", "'warm' is none of ignore, warn, merge; did you mean 'warn'?"),
        ("<single undertaking>", "on", "expected a date; got 5"),
        ("<single undertaking>", "regulation", "'sgie' is none of gen, sgei, agri, fish; did you mean 'sgei'?"),
    ]),
    (lambda: single_undertakings([], on=ON), [("<relations>", "relations", "expected Relations; got an empty list")]),
    (lambda: single_undertakings(GROUP, on="x"), [("<single undertaking>", "on", "'x' is not a date: write YYYY-MM-DD")]),
    (lambda: components("ab"), [("<edges>", "edges", "expected many of them; got 'ab'")]), (lambda: components([], nodes="ab"), [("<edges>", "nodes", "expected many of them; got 'ab'")]),
    (lambda: components(5), [("<edges>", "edges", "expected many of them; got 5")]), (lambda: components([], nodes=5), [("<edges>", "nodes", "expected many of them; got 5")]),
    (lambda: components([("A", "B"), "CD"]), [("<edges>", "edges", "expected pairs of ids; got a text")]), (lambda: components([("A", "B"), ("C",)]), [("<edges>", "edges", "expected pairs of ids; got a list")]),
    (lambda: components([(1, 2)], nodes=["A"]), [("<edges>", "edges", "ids are all texts or all whole numbers; got a text and a whole number")]),
    (lambda: components([], nodes=[[]]), [("<edges>", "edges", "an id is neither text nor whole number")]),
])  # fmt: skip
def test_each_fault_of_a_question(ask, expected):
    assert faults(ask) == expected


def test_what_a_group_knows_of_itself():
    group = Relations(
        [Undertaking("B"), Undertaking("A", markets=["y", "x"])], [plain("C", "B", "1%"), plain("A", "B", "1%")]
    )
    assert (group.ids, group.undescribed) == (("A", "B", "C"), ("C",))
    assert [name in group for name in ("A", "C", "D", 5)] == [True, True, False, False]
    assert (
        cluster_of(group).what("A").markets,
        cluster_of(group).what("C").markets,
        cluster_of(group).what("C").kind,
    ) == (
        ("x", "y"),
        None,
        "company",
    )
    assert [(tie.holder, tie.held) for tie in group.holdings] == [("A", "B"), ("C", "B")]
    assert [one.id for one in group.undertakings] == ["A", "B"]
    assert "_ties" not in repr(group)
    people = [Undertaking(name, kind="natural_person") for name in "PQ"]
    jointly = Relations(
        people, [plain("P", "X", "1%"), plain("Q", "Y", "1%"), plain("Z", "W", "1%")], acting_jointly=[["P", "Q"]]
    )
    assert cluster_of(jointly, "X").ids == ("P", "Q", "X", "Y")
    assert cluster_of(jointly, "X").acting_jointly == (("P", "Q"),)
    assert cluster_of(jointly, "Z").acting_jointly == ()
    assert [tie.holder for tie in cluster_of(jointly, "Y").ties] == ["P", "Q"]
    assert cluster_of(jointly).ids == jointly.ids == ("P", "Q", "W", "X", "Y", "Z")
