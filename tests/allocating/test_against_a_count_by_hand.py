# SPDX-License-Identifier: Apache-2.0
"""Whatever is open may turn out in many ways; each of them, counted by hand, lies inside what the selection answers."""

from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misure.allocating import MAYBE, NO, YES, Budget, Columns, Plan, Relation, Withdrawn, allocate
from tests.allocating import by_hand
from tests.allocating.drawn import columns_for, plans, turned_out

DRAWN = settings.default.max_examples
"""What the profile asks for: laws about much that may be open look at several times as many."""


def inside(columns, plan, seed):
    allocation = allocate(columns, plan)
    found = by_hand.select(*turned_out(columns, plan, seed))
    for row in range(len(columns)):
        assert allocation.award_least[row] <= found.awards[row] <= allocation.award_most[row], row
        competes = found.competes[row] and not (columns.withdrawn and columns.withdrawn[row])
        assert not (allocation.present[row] == YES and not competes), row
        assert not (allocation.present[row] == NO and competes), row
        assert allocation.received[row] in (MAYBE, YES if found.received[row] else NO), row
        for standing, fallen in zip(allocation.standing, found.fallen, strict=True):
            assert standing.stays[row] in (MAYBE, NO if fallen[row] else YES), row
        assert found.first[row] in allocation.budgets[row], row
        if competes and found.first[row] >= 0:
            assert allocation.before_least[row] <= found.before[row] <= allocation.before_most[row], row
            assert allocation.place_first[row] <= found.places[row] <= allocation.place_last[row], row
    for name in ("held", "left", "given", "freed", "rolled_in", "beyond"):
        for result, one in zip(allocation.results, getattr(found, name), strict=True):
            assert getattr(result, name)[0] <= one <= getattr(result, name)[1], name
    money_is_joint(allocation, columns, plan, found)
    return allocation, found


def money_is_joint(allocation, columns, plan, found):
    """Sums are those of one way it may turn out, not of all of them at once."""
    assert allocation.given[0] <= sum(found.awards) <= allocation.given[1]
    for result in allocation.results:
        assert result.left[0] >= 0, "a remainder below nothing"
        assert result.given[1] + result.freed[0] <= result.held[1], "more than there is"
        for name in ("held", "rolled_in", "given", "freed", "left", "beyond"):
            assert getattr(result, name)[0] <= getattr(result, name)[1], name
    if plan.last_award not in ("in_full", ""):
        assert allocation.given[1] <= sum(budget.most for budget in plan.budgets)


@settings(max_examples=5 * DRAWN)
@given(st.data(), st.integers(0, 1 << 30))
def test_every_way_it_may_turn_out_lies_inside(data, seed):
    plan = data.draw(plans())
    inside(data.draw(columns_for(plan, withdrawn=True)), plan, seed)


@pytest.mark.parametrize("among", ["filed", "admitted", ""])
@pytest.mark.parametrize("kept", [{1}, {0, 1}], ids=["one", "two"])
@pytest.mark.parametrize("fate", list(Withdrawn), ids=[fate.name.lower() for fate in Withdrawn])
def test_every_way_lies_inside_where_one_that_stays_by_decision_was_withdrawn(fate, kept, among):
    """Perhaps withdrawn in time, it displaces the others perhaps: each of them may be the one that is granted."""
    columns = Columns(
        [YES] * 3, [(0, 0)] * 3, [(1, 0)] * 3, [0] * 3, [1, 0, 0], filed=[(0, 0)] * 3, windows=[(0, 1)] * 3,
        budgets=[[YES] * 3], keys=[[(("a",), True), (("a",), True), ((), True)]],
        withdrawn=[Withdrawn.STAYS, fate, Withdrawn.STAYS], kept=[frozenset(kept)],
    )  # fmt: skip
    for within in (False, True):
        plan = Plan((Budget(0, 1),), "in_full", relations=(Relation(within, "", among),))
        for seed in range(60):
            inside(columns, plan, seed)


@settings(max_examples=3 * DRAWN)
@given(st.data())
def test_where_everything_is_known_the_answer_is_the_count_by_hand(data):
    plan = data.draw(plans(open_=False))
    columns = data.draw(columns_for(plan, open_=False, ties=False, withdrawn=True))
    allocation, found = inside(columns, plan, 0)
    assert allocation.award_least == allocation.award_most == found.awards
    assert MAYBE not in allocation.present
    assert MAYBE not in allocation.received
    assert allocation.before_least == allocation.before_most
    for row, there in enumerate(allocation.present):
        assert allocation.budgets[row] == (found.first[row],)
        if there == YES:
            assert allocation.place_first[row] == allocation.place_last[row] == found.places[row], row
            assert allocation.before_least[row] == found.before[row], row
    for standing, fallen in zip(allocation.standing, found.fallen, strict=True):
        assert standing.stays == [NO if falls else YES for falls in fallen]
    for name in ("held", "left", "given", "freed", "rolled_in", "beyond"):
        assert [getattr(result, name) for result in allocation.results] == [
            (one, one) for one in getattr(found, name)
        ], name


@settings(max_examples=2 * DRAWN)
@given(st.data(), st.integers(0, 1 << 30))
def test_money_is_conserved_to_the_cent(data, seed):
    plan = data.draw(plans(open_=False))
    columns = data.draw(columns_for(plan, open_=False, ties=False, withdrawn=True))
    allocation = allocate(columns, plan)
    for result in allocation.results:
        assert result.held[0] == result.given[0] + result.freed[0] + result.left[0]
        assert result.held[1] == result.given[1] + result.freed[1] + result.left[1]
    assert sum(allocation.award_least) == allocation.given[0] == allocation.given[1]
    paid = sum(result.given[0] for result in allocation.results)
    assert paid == allocation.given[0] if plan.last_award != "in_full" else paid <= allocation.given[0]


def test_a_counter_stays_open_as_long_as_less_than_the_limit_was_asked_before():
    """125% of 10 cents is 12.5: after 12 one is still received, after 13 none is."""
    columns = Columns([2] * 3, [(0,), (1,), (2,)], [(0,), (1,), (2,)], [12, 1, 5], [12, 1, 5],
                      filed=[(0, 0), (1, 1), (2, 2)], budgets=[[2, 2, 2]])  # fmt: skip
    assert allocate(columns, Plan((Budget(10, 10),), "in_part", (12_500, 12_500))).received == [YES, YES, NO]


EXACT = ("in_full", "in_part", "stops")


@settings(max_examples=3 * DRAWN // 2)
@given(st.data())
def test_what_one_budget_gives_is_exact_where_only_amounts_or_only_places_of_equal_amounts_are_open(data):
    """The bounds are the least and the most of all the ways it may turn out, counted one by one."""
    tied, rule = data.draw(st.booleans()), data.draw(st.sampled_from(EXACT))
    rows = data.draw(st.integers(1, 4 if tied else 3))
    own = st.tuples(st.integers(0, 7), st.integers(0, 7)).map(sorted)
    asked = [data.draw(own)] * rows if tied else [data.draw(own) for _ in range(rows)]
    asked = [(high if tied else low, high) for low, high in asked]
    places = [data.draw(st.integers(0, 2)) if tied else row for row in range(rows)]
    money = data.draw(st.tuples(st.integers(0, 15), st.integers(0, 15)).map(sorted))
    line = [(place,) for place in places]
    columns = Columns([YES] * rows, line, line, [low for low, _ in asked], [high for _, high in asked])
    (result,) = allocate(columns, Plan((Budget(*money),), rule)).results
    found = [
        by_hand.select([by_hand.One(True, (places[row], turn[row]), ask[row], (row, 0), -1, [True], []) for row in range(rows)],
                       [by_hand.Budget(held)], rule)
        for held in range(money[0], money[1] + 1)
        for ask in product(*(range(low, high + 1) for low, high in asked))
        for turn in (permutations(range(rows)) if tied else [range(rows)])
    ]  # fmt: skip
    for name in ("given", "left"):
        every = [getattr(one, name)[0] for one in found]
        assert getattr(result, name) == (min(every), max(every)), name
