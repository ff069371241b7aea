# SPDX-License-Identifier: Apache-2.0
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.dated import dated_table
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range
from misure.ground.truth import Confidence
from misure.undertakings import Holding, LinkReason, Relations, Undertaking, single_undertaking, single_undertakings

ON = "2026-11-22"


def votes(*ties, **more):
    """Holdings (holder, held, votes in per cent)."""
    return [Holding(holder, held, votes=f"{share}%", **more) for holder, held, share in ties]


def group(holdings, of, undertakings=(), **how):
    relations = how.pop("relations", None) or Relations(undertakings, holdings)
    return single_undertaking(relations, of=of, on=how.pop("on", ON), **how)


def kinds(**named):
    return [Undertaking(name, kind=kind) for name, kind in named.items()]


def test_half_is_no_majority():  # DM-G2
    found = group(votes(("A", "C", 50), ("B", "C", 50)), "C")
    assert (found.ids, found.possible_ids) == (("C",), ())
    assert group(votes(("A", "C", "50.0001")), "C").ids == ("A", "C")


def test_sole_control_by_agreement():  # DM-G3
    holdings = [Holding("A", "C", votes="50%", sole_control=True), Holding("B", "C", votes="50%")]
    found = group(holdings, "C")
    assert found.ids == ("A", "C")
    assert [link.reason for link in found.members[0].path] == [LinkReason.SOLE_CONTROL]


def test_two_firms_under_one_company():  # DM-G5
    found = group(votes(("H", "X", 100), ("H", "Y", 100)), "X")
    assert found.ids == ("H", "X", "Y")
    assert [(link.one, link.other, link.reason) for link in found.members[2].path] == [
        ("H", "X", LinkReason.MAJORITY_OF_VOTES), ("H", "Y", LinkReason.MAJORITY_OF_VOTES),
    ]  # fmt: skip
    assert found.confidence is Confidence.SECONDARY
    assert str(found.citation) == "Reg. (UE) 2023/2831, art. 2, par. 2"


def test_the_votes_count_and_not_the_capital():  # DM-G6
    assert group([Holding("A", "C", capital="60%", votes="40%")], "C").ids == ("C",)
    assert group([Holding("A", "C", capital="40%", votes="60%")], "C").ids == ("A", "C")


@pytest.mark.parametrize("right", ["appoints_majority", "dominant_influence", "sole_control"])
def test_each_right_of_control_joins(right):
    assert group([Holding("A", "C", "10%", "10%", **{right: True})], "C").ids == ("A", "C")
    unsure = group([Holding("A", "C", "10%", "10%", **{right: None})], "C")
    assert (unsure.ids, unsure.possible_ids) == (("C",), ("A",))
    # A right without any holding: a contract.
    assert group([Holding("A", "C", 0, 0, **{right: True})], "A").ids == ("A", "C")


def test_chains_up_and_down_and_round():
    chain = votes(("A", "B", 60), ("B", "C", 60), ("D", "C", 40), ("C", "E", 51), ("E", "A", 51))
    for member in "ABCE":
        assert group(chain, member).ids == ("A", "B", "C", "E")
    assert group(chain, "D").ids == ("D",)


def test_partners_do_not_belong():
    assert group([Holding.plain("A", "C", "50%"), Holding.plain("C", "P", "49%")], "C").ids == ("C",)


def test_a_group_votes_as_one():
    found = group(votes(("A", "B", 100), ("A", "C", 30), ("B", "C", 30), ("D", "C", 40)), "C")
    assert found.ids == ("A", "B", "C")
    assert found.members[0].path[-1].reason is LinkReason.JOINT_MAJORITY
    assert found.confidence is Confidence.INFERRED
    # And whom that joins may make the next majority.
    more = votes(("A", "B", 100), ("A", "C", 30), ("B", "C", 30), ("C", "E", 26), ("A", "E", 25))
    assert group(more, "E").ids == ("A", "B", "C", "E")
    assert group(votes(("A", "B", 100), ("A", "C", 25), ("B", "C", 25)), "C").ids == ("C",)


def test_votes_that_are_not_known():
    unknown = [Holding("A", "C", capital="30%"), *votes(("B", "C", 20))]
    found = group(unknown, "C")
    assert (found.ids, found.possible_ids) == (("C",), ("A",))
    # The other holders leave too little for a majority.
    assert group([Holding("A", "C"), *votes(("B", "C", 50))], "C").possible_ids == ()
    assert group([Holding("A", "C", votes=Range("40%", "60%"))], "C").possible_ids == ("A",)
    assert group([Holding("A", "C", votes=Range("51%", "60%"))], "C").ids == ("A", "C")
    assert group([Holding("A", "C", votes=Range("40%", "50%"))], "C").possible_ids == ()
    # What is one of possible members is possible too.
    assert group([*unknown, *votes(("A", "D", 80))], "C").possible_ids == ("A", "D")


PERSON = kinds(P="natural_person")
UNDER_ONE_PERSON = votes(("P", "X", 100), ("P", "Y", 60), ("Y", "Z", 100))


def test_natural_persons():
    ignored = group(UNDER_ONE_PERSON, "X", PERSON, natural_person_links="ignore")
    assert (ignored.ids, ignored.by_person, ignored.confidence) == (("X",), (), Confidence.SECONDARY)
    warned = group(UNDER_ONE_PERSON, "X", PERSON)
    assert (warned.ids, warned.possible_ids) == (("X",), ())
    assert [member.id for member in warned.by_person] == ["Y", "Z"]
    assert warned.by_person[0].path[0].via == ("P",)
    assert warned.confidence is Confidence.INFERRED
    merged = group(UNDER_ONE_PERSON, "X", PERSON, natural_person_links="merge")
    assert merged.ids == ("X", "Y", "Z")
    assert merged.members[1].path[0].reason is LinkReason.NATURAL_PERSON
    assert merged.confidence is Confidence.INFERRED


def test_a_person_who_votes_beside_a_firm_of_hers():
    holdings = votes(("P", "X", 100), ("P", "Y", 30), ("X", "Y", 30))
    assert group(holdings, "Y", PERSON, natural_person_links="merge").ids == ("X", "Y")
    assert group(holdings, "Y", PERSON, natural_person_links="ignore").ids == ("Y",)


def test_persons_acting_jointly():
    family = Relations(
        kinds(P="natural_person", Q="natural_person"),
        votes(("P", "X", 50), ("Q", "X", 50), ("P", "Y", 40), ("Q", "Y", 40)),
        acting_jointly=[["Q", "P"]],
    )
    found = group(None, "X", relations=family, natural_person_links="merge")
    assert found.ids == ("X", "Y")
    assert found.members[1].path[0].via == ("P", "Q")
    apart = Relations(family.undertakings, family.holdings)
    assert group(None, "X", relations=apart, natural_person_links="merge").ids == ("X",)


def test_the_same_public_body():
    holdings = votes(("R", "X", 100), ("R", "Y", 100), ("Y", "Z", 100))
    for regulation in ("gen", "sgei", "agri", "fish"):
        found = group(holdings, "Y", kinds(R="public_body"), regulation=regulation)
        assert found.ids == ("Y", "Z")
        assert [member.id for member in found.by_body] == ["R", "X"]
    merged = group(holdings, "Y", kinds(R="public_body"), regulation="gen", body_links="merge")
    assert (merged.ids, merged.by_body) == (("R", "X", "Y", "Z"), ())


@pytest.mark.parametrize(
    "kind", ["university", "research_centre", "institutional_investor", "regional_development_fund"]
)
def test_an_investor_that_is_a_public_body(kind):
    holdings = votes(("U", "X", 100), ("U", "Y", 100), ("Y", "Z", 100))

    def asked(public, **how):
        return group(holdings, "Y", [Undertaking("U", kind=kind, public=public)], **how)

    found = asked(True)
    assert (found.ids, found.possible_ids) == (("Y", "Z"), ())
    assert [member.id for member in found.by_body] == ["U", "X"]
    unsure = asked(None)
    assert (unsure.ids, unsure.possible_ids, unsure.by_body) == (("Y", "Z"), ("U", "X"), ())
    assert asked(False).ids == ("U", "X", "Y", "Z")
    for public in (True, None, False):
        assert asked(public, body_links="merge").ids == ("U", "X", "Y", "Z")
    bulk = single_undertakings(Relations([Undertaking("U", kind=kind)], holdings), on=ON)
    assert bulk == {"U": "U", "X": "X", "Y": "Y", "Z": "Y"}


def test_the_same_non_profit_body():
    holdings = votes(("N", "X", 100), ("N", "Y", 100))
    assert group(holdings, "X", kinds(N="non_profit_body"), regulation="sgei").ids == ("X",)
    assert group(holdings, "X", kinds(N="non_profit_body"), regulation="gen").ids == ("N", "X", "Y")


def test_two_links_one_of_them_through_the_body():
    holdings = votes(("R", "X", 60), ("R", "Y", 40), ("X", "Y", 60))
    assert group(holdings, "Y", kinds(R="public_body"), regulation="sgei").ids == ("X", "Y")


def test_the_definition_of_the_day():
    holdings = votes(("A", "C", 60))
    old = group(holdings, "C", on="2023-12-31")
    assert (old.citation.act.id, old.confidence) == ("reg-1407-2013", Confidence.INFERRED)
    for regulation, on in (
        ("gen", "2013-12-31"),
        ("sgei", "2023-12-31"),
        ("gen", "2031-07-01"),
        ("fish", "2030-07-01"),
        ("agri", "2033-07-01"),
    ):
        with pytest.raises(NotEncoded):
            group(holdings, "C", on=on, regulation=regulation)


@pytest.mark.parametrize("regulation", ["gen", "sgei", "agri", "fish"])
def test_the_definition_stands_as_long_as_the_ceiling(regulation):
    ends = {
        dated_table(f"ue/{name}").series(regulation=regulation)[-1].until
        for name in ("single-undertaking", "deminimis-ceilings")
    }
    assert len(ends) == 1


def test_bad_questions():
    relations = Relations([Undertaking("Alfa"), *PERSON], votes(("Alfa", "Beta", 60), ("P", "Beta", 1)))
    with pytest.raises(BadFacts, match="'Bta' is none of Alfa, Beta, P; did you mean 'Beta'"):
        single_undertaking(relations, of="Bta", on=ON)
    with pytest.raises(BadFacts, match="P is a natural person"):
        single_undertaking(relations, of="P", on=ON)
    with pytest.raises(BadFacts) as caught:
        single_undertaking(relations, of="Beta", on=5, regulation="sgie", natural_person_links="warm", body_links=None)
    assert [fault.subject for fault in caught.value.faults] == [
        "body_links",
        "natural_person_links",
        "on",
        "regulation",
    ]
    for bad in (None, [], {"Alfa": 1}):
        with pytest.raises(BadFacts, match="expected Relations"):
            single_undertaking(bad, of="Beta", on=ON)
    with pytest.raises(BadFacts):
        single_undertaking(relations, of=["Beta"], on=ON)


def test_an_answer_is_a_value():
    found = group(UNDER_ONE_PERSON, "X", PERSON)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert hash(found) == hash(group(reversed(UNDER_ONE_PERSON), "X", PERSON))
    assert "X" in found
    assert "Y" not in found


NAMES = [f"F{number}" for number in range(7)]
truths = st.sampled_from([False, False, False, True, None])
shares = st.one_of(
    st.none(),
    st.integers(0, 8).map(lambda found: Fraction(found, 24)),
    st.tuples(st.integers(0, 4), st.integers(4, 20)).map(
        lambda ends: Range(Fraction(ends[0], 24), Fraction(ends[1], 24))
    ),
    st.sampled_from([Fraction(13, 24), Fraction(2, 3), Fraction(1, 2)]),
)


@st.composite
def graphs(draw, names=NAMES):
    """Some firms, persons and bodies, with holdings that add up."""
    kind = {name: draw(st.sampled_from(["company"] * 6 + ["natural_person", "public_body"])) for name in names}
    free = [name for name in names if kind[name] == "company"]
    holdings, left = [], dict.fromkeys(names, Fraction(1))
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(free or names))
    for holder, held in draw(st.lists(pairs, max_size=12, unique=True)):
        share = draw(shares)
        least = share.least if isinstance(share, Range) else share or Fraction(0)
        if holder != held and kind[held] == "company" and least <= left[held]:
            left[held] -= least
            holdings.append(Holding(holder, held, votes=share, appoints_majority=draw(truths)))
    persons = [name for name in names if kind[name] == "natural_person"]
    jointly = [persons] if len(persons) > 1 and draw(st.booleans()) else []
    return kinds(**kind), holdings, jointly


ways = st.fixed_dictionaries({
    "natural_person_links": st.sampled_from(["ignore", "warn", "merge"]), "body_links": st.sampled_from(["separate", "merge"]),
})  # fmt: skip


def firms(graph):
    return [one.id for one in graph[0] if one.kind != "natural_person"]


@given(graphs(), ways)
def test_membership_is_symmetric_and_so_is_what_is_possible(graph, how):
    relations = Relations(graph[0], graph[1], acting_jointly=graph[2])
    found = {name: single_undertaking(relations, of=name, on=ON, **how) for name in firms(graph)}
    for one, mine in found.items():
        for other, theirs in found.items():
            assert (other in mine) == (one in theirs)
            assert (other in mine.possible_ids) == (one in theirs.possible_ids)
            if other in mine:
                assert mine.ids == theirs.ids


@given(graphs(), ways, st.randoms(use_true_random=False))
def test_the_order_of_saying_matters_nowhere(graph, how, order):
    said = Relations(graph[0], graph[1], acting_jointly=graph[2])
    shuffled = [order.sample(part, len(part)) for part in graph[:2]]
    again = Relations(*shuffled, acting_jointly=graph[2])
    assert said == again
    assert hash(said) == hash(again)
    for name in firms(graph):
        assert single_undertaking(said, of=name, on=ON, **how) == single_undertaking(again, of=name, on=ON, **how)


@given(graphs(), ways)
def test_every_path_leads_from_the_one_to_the_other(graph, how):
    relations = Relations(graph[0], graph[1], acting_jointly=graph[2])
    for name in firms(graph):
        found = single_undertaking(relations, of=name, on=ON, **how)
        for member in (*found.members, *found.possible, *found.by_person, *found.by_body):
            here = name
            for link in member.path:
                assert here in {link.one, link.other}
                here = link.other if here == link.one else link.one
            assert here == member.id


@given(graphs(), st.sampled_from(["ignore", "merge"]), st.sampled_from(["separate", "merge"]))
def test_the_bulk_form_answers_the_same(graph, persons, bodies):
    relations = Relations(graph[0], graph[1], acting_jointly=graph[2])
    how = {"natural_person_links": persons, "body_links": bodies, "on": ON}
    mapping = single_undertakings(relations, **how)
    assert sorted(mapping) == firms(graph)
    for name in mapping:
        found = single_undertaking(relations, of=name, **how)
        assert [other for other in mapping if mapping[other] == mapping[name]] == list(found.ids)
        assert mapping[name] == found.ids[0]


@given(graphs(), ways, st.data())
def test_completing_what_is_not_known_never_contradicts(graph, how, data):
    unsure = Relations(graph[0], graph[1], acting_jointly=graph[2])
    left = {tie.held: Fraction(1) for tie in graph[1]}
    for tie in graph[1]:
        left[tie.held] -= tie.votes.least if isinstance(tie.votes, Range) else tie.votes or Fraction(0)
    told = []
    for tie in graph[1]:
        share, board = tie.votes, tie.appoints_majority
        if share is None or isinstance(share, Range):
            least, most = (Fraction(0), Fraction(1)) if share is None else (share.least, share.greatest)
            more = min(most - least, left[tie.held]) * data.draw(
                st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)])
            )
            left[tie.held] -= more
            share = least + more
        if board is None:
            board = data.draw(st.booleans())
        told.append(Holding(tie.holder, tie.held, votes=share, appoints_majority=board))
    complete = Relations(graph[0], told, acting_jointly=graph[2])
    for name in firms(graph):
        before = single_undertaking(unsure, of=name, on=ON, **how)
        after = single_undertaking(complete, of=name, on=ON, **how)
        assert set(before.ids) <= set(after.ids) <= set(before.ids) | set(before.possible_ids)
        assert after.possible == ()


# Whom nobody describes, by the code of a person

SOLE = "RSSMRA85T10F205R"
UNDER_A_CODE = votes((SOLE, "01234560157", 60), (SOLE, "02345670158", 60))


@pytest.mark.parametrize(("described", "sure", "possible"), [
    ([], ("01234560157",), ("02345670158", SOLE)),
    ([Undertaking(SOLE, kind="natural_person")], ("01234560157",), ()),
    ([Undertaking(SOLE, kind="company")], ("01234560157", "02345670158", SOLE), ()),
])  # fmt: skip
def test_a_person_of_whom_nobody_says_whether_he_trades_joins_possibly(described, sure, possible):
    found = group(UNDER_A_CODE, "01234560157", described)
    assert (found.ids, found.possible_ids) == (sure, possible)
    bulk = single_undertakings(Relations(described, UNDER_A_CODE), on=ON)
    assert (bulk["01234560157"] == bulk["02345670158"]) == (len(sure) > 1)


def test_who_asks_for_the_aid_trades():
    assert group(UNDER_A_CODE, SOLE).ids == ("01234560157", "02345670158", SOLE)
    merged = group(UNDER_A_CODE, "01234560157", natural_person_links="merge")
    assert {"01234560157", "02345670158"} <= set(merged.ids)
