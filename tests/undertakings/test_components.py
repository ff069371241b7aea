# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts
from misure.undertakings import components


def by_hand(edges, nodes):
    """The same by a walk over neighbours."""
    near = {node: set() for node in nodes}
    for left, right in edges:
        near.setdefault(left, set()).add(right)
        near.setdefault(right, set()).add(left)
    found = {}
    for start in near:
        seen, waiting = {start}, [start]
        while waiting:
            for other in near[waiting.pop()] - seen:
                seen.add(other)
                waiting.append(other)
        found[start] = min(seen)
    return found


edges = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40)


@given(edges, st.lists(st.integers(0, 40), max_size=5))
def test_as_by_hand(pairs, nodes):
    assert components(pairs, nodes=nodes) == by_hand(pairs, nodes)


@given(edges.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))), st.data())
def test_the_order_of_the_edges_and_of_their_ends_is_nothing(both, data):
    pairs, shuffled = both
    turned = [pair[::-1] if data.draw(st.booleans()) else pair for pair in shuffled]
    assert components(pairs) == components(turned)


def test_a_long_chain_is_no_deep_recursion():
    chain = [(str(place), str(place + 1)) for place in range(50_000)]
    assert set(components(reversed(chain)).values()) == {"0"}


def test_texts_pairs_from_anywhere_and_nothing():
    assert components(iter([["B", "A"], ("C", "C")])) == {"B": "A", "A": "A", "C": "C"}
    assert components([], nodes=iter("BA")) == {"B": "B", "A": "A"}
    assert components([]) == {}


@pytest.mark.parametrize(("pairs", "nodes", "message"), [
    ([("A", "B", "C"), ("D",)], [], "expected pairs of ids; got a list"),
    (["AB"], [], "expected pairs of ids; got a text"),
    ([("A", 1)], [], "ids are all texts or all whole numbers; got a text and a whole number"),
    ([(True, False)], [], "ids are all texts or all whole numbers; got a yes or no"),
    ([(1.5, 2.5)], [], "ids are all texts or all whole numbers; got a number"),
    ([("A", None)], [], "ids are all texts or all whole numbers; got a text and nothing"),
    ([("A", [])], [], "an id is neither text nor whole number"),
    ([], [{}], "an id is neither text nor whole number"),
    ([None], [], "expected pairs of ids; got nothing"),
])  # fmt: skip
def test_bad_edges(pairs, nodes, message):
    with pytest.raises(BadFacts) as caught:
        components(pairs, nodes=nodes)
    assert [fault.message for fault in caught.value.faults] == [message]


@pytest.mark.parametrize(("pairs", "nodes"), [(5, []), (None, []), ([], 3)])
def test_what_is_no_sequence(pairs, nodes):
    with pytest.raises(BadFacts):
        components(pairs, nodes=nodes)
