# SPDX-License-Identifier: Apache-2.0
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from misure.ground.ranges import Range
from misure.undertakings import Figures, Holding, Relations, Undertaking, aggregate, relation, size_of

ON = "2026-11-22"
NAMES = [f"F{number}" for number in range(6)]
KINDS = ["company"] * 6 + [
    "venture_capital", "business_angels", "natural_person", "public_body", "local_authority", "university",
]  # fmt: skip
BODIES = {"natural_person", "public_body", "local_authority"}
markets = st.sampled_from([("a",), ("b",), ("a", "b"), ()])
twentieths = st.integers(0, 20).map(lambda part: Fraction(part, 20))


@st.composite
def graphs(draw):
    people = [
        Undertaking(name, Figures(draw(st.integers(0, 99)), draw(st.integers(0, 99)), draw(st.integers(0, 99))),
                    draw(st.sampled_from(KINDS)), markets=draw(markets), budget=draw(st.sampled_from([1, 10_000_000])), inhabitants=9)
        for name in NAMES
    ]  # fmt: skip
    left, ties = dict.fromkeys(NAMES, Fraction(1)), []
    pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))
    for holder, held in draw(st.lists(pairs, max_size=10, unique=True)):
        share = min(draw(twentieths), left[held])
        if holder != held and people[int(held[1])].kind not in BODIES:
            left[held] -= share
            ties.append(Holding(holder, held, share, share, invested=draw(st.integers(0, 2_000_000))))
    return people, ties


def enterprises(people):
    return [one.id for one in people if one.kind not in BODIES]


@given(graphs(), st.data())
def test_an_undertaking_more_never_makes_the_sums_smaller(graph, data):
    people, ties = graph
    gone = data.draw(st.sampled_from(NAMES))
    fewer = Relations(
        [one for one in people if one.id != gone], [tie for tie in ties if gone not in {tie.holder, tie.held}]
    )
    for name in enterprises(people):
        if name in fewer:
            before, after = (aggregate(group, of=name, on=ON) for group in (fewer, Relations(people, ties)))
            for column in ("headcount", "turnover", "balance_sheet"):
                assert getattr(before, column).exact <= getattr(after, column).exact


@given(graphs())
def test_relations_hold_both_ways(graph):
    group = Relations(*graph)
    for one in enterprises(graph[0]):
        for other in enterprises(graph[0]):
            if one != other:
                there, back = (relation(group, of=a, to=b, on=ON) for a, b in ((one, other), (other, one)))
                if "linked" in {there.relation, back.relation}:
                    assert there.relation == back.relation


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_saying_matters_nowhere(graph, order):
    again = Relations(*[order.sample(part, len(part)) for part in graph])
    for name in enterprises(graph[0]):
        assert size_of(Relations(*graph), of=name, on=ON) == size_of(again, of=name, on=ON)


def unsure(draw, value):
    """A statement that the value fits."""
    match draw(st.integers(0, 2)):
        case 0:
            return None
        case 1:
            return Range(value * draw(st.sampled_from([Fraction(0), Fraction(1, 2)])), value)
        case _:
            return value


def vaguely(draw, one):
    if one.kind in {"natural_person", "public_body"}:
        return one
    figures = Figures(*(unsure(draw, Fraction(getattr(one.figures, name)))
                        for name in ("headcount", "turnover", "balance_sheet")))  # fmt: skip
    return Undertaking(
        one.id, figures, one.kind, markets=draw(st.sampled_from([None, one.markets])),
        budget=draw(st.sampled_from([None, one.budget])), inhabitants=draw(st.sampled_from([None, Range(5, 6000), 9])),
    )  # fmt: skip


@given(graphs(), st.data())
def test_completing_what_is_not_known_never_contradicts(graph, data):
    people, ties = graph
    vague = [vaguely(data.draw, one) for one in people]
    loose = [
        Holding(tie.holder, tie.held, unsure(data.draw, tie.capital), unsure(data.draw, tie.votes),
                appoints_majority=data.draw(st.sampled_from([False, False, None])), invested=data.draw(st.sampled_from([None, tie.invested])))
        for tie in ties
    ]  # fmt: skip
    told, known = Relations(vague, loose), Relations(people, ties)
    for name in enterprises(people):
        before, after = (size_of(group, of=name, on=ON, definition="gber") for group in (told, known))
        assert set(after.classes) <= set(before.classes)
        for column in ("headcount", "turnover", "balance_sheet"):
            low, high = getattr(before.aggregate, column), getattr(after.aggregate, column).exact
            assert low.least <= high
            assert low.greatest is None or high <= low.greatest
        for other in enterprises(people):
            doubtful, sure = (relation(group, of=name, to=other, on=ON) for group in (told, known))
            assert set(sure.relations) <= set(doubtful.relations)
            assert doubtful.share.least <= sure.share.exact <= doubtful.share.greatest
